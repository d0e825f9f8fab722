"""Papers between parties as the text names them: the noun phrase, its title, and the kind of paper."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from multivector.knowledge import NameForm
from multivector.reading._analysis import Analysis
from multivector.reading._paper_words import Grammar
from multivector.record import AgreementType, Span

_MODIFIER = re.compile(r"(?:^|(?<=[\s“\"«(‘]))(\w[\w’'–-]*)\s+$")
_AFTER = re.compile(r"\s+([^\W_](?:[\w’'–.-]*[\w’'–])?|\d+)")
_YEARS = re.compile(
    r"\s+(?:for|of|to|until)?\s*(?:the\s(?:period|years)\s(?:of\s)?)?\d{4}(?:\s?[-–—/]\s?\d{2,4}|\s(?:to|and)\s\d{4})?"
)
_MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:\d{1,2}|\d{4})(?!\w))",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\s+(?:on|of|for|concerning|regarding|about|in|to|against)\s"
    r"|\s+(?:between|with)\s.{1,120}?\s(?:on|for|concerning|regarding)\s"
)
_ASIDE = re.compile(r",(\s(?:on|concerning|regarding|about)\s[^,.;:]{3,80}),")
"""`a second agreement, on fisheries, was signed`"""

_OPEN_QUOTE = re.compile(r"[“\"«]")
_LIST = re.compile(r",\s[\w’-]+(?:\s[\w’-]+)?(?:,\s[\w’-]+)*,?\sand\s[\w’-]+")
_OBJECT = re.compile(r"\s(?:a|an|the|to|that|his|its|their|on|in|with|them)\b")
_SET_PHRASE = frozenset(
    {
        "principle",
        "force",
        "effect",
        "operation",
        "full",
        "exchange",
        "return",
        "reply",
        "response",
        "line",
        "addition",
        "turn",
        "particular",
    }
)
_AGAINST = frozenset({"combat", "prevent", "avoid"})
_PURPOSE = frozenset({"signature", "example", "instance", "ratification"})
_DEFINITE = frozenset({"the", "this", "its", "their", "our"})
_OWNED = re.compile(r"(?:[’']s?\s)?")
_SUM = re.compile(r"[$€£¥]?\d[\d.,]*[\s-](?:million|billion|trillion)(?:[\s-](?:dollar|euro))?$")
"""`a $300 million deal`"""

_TO_DO = re.compile(r"(?:\s(?:with|on|in|at|worth|for)\s[^,.;:]{1,50}?)?\sto\s[a-z]+\s")
"""What those who sign a paper bind themselves to."""

_APPOSED = re.compile(r",\s(?:(?:the|an?)\s)?(?:(?!and\b)[a-z][\w’'-]*\s){0,4}")
_LINK = re.compile(r",?\s(?:and\s)?(?:(?:the|an?)\s)?")
_CLOSED = re.compile(r"[.;]|,\s(?!and\b|or\b|an?\s|the\s)|[^,.;]{1,40},\s(?!and\b|or\b|an?\s|the\s)")
"""Around what stands in apposition."""

_SHORT = re.compile(r"\s\([A-Z][\w-]*\)")
_SHORT_BEFORE = re.compile(r"\([A-Z][\w-]*\)\s$")
"""`Partnership (RCEP) agreement`"""

_GENITIVE = re.compile(r"(?:[’']s|s[’'])\s$")
_PHRASE = re.compile(r"(?:[\w’-]+\s){0,4}")
_CAPITALS = re.compile(r"(?:\s[A-Z][\w-]*){1,3}\s?")
_NEAR = 60
"""How far, in characters, the head of a noun phrase is from its article."""

_TITLE = 200
"""A quotation longer than this, in characters, is no title."""

_FEW = 4
_MODIFIERS = 9
_LONGEST = 22
"""The most words before a head, and after it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One mention of a paper. `title` is its span without article; `named` when it says what the paper is about."""

    head: str
    type: AgreementType | None
    phrase: Span
    title: Span
    named: bool
    definite: bool
    denied: bool


def papers_in(analysis: Analysis, grammar: Grammar, sentence: Span) -> list[Paper]:
    """The papers that a sentence mentions, named or by a word alone (`the Plan`, `the document`)."""
    found: list[Paper] = []
    for match in grammar.head.finditer(analysis.text, *sentence):
        if found and match.start() < found[-1].phrase.end:
            continue
        paper = _paper(analysis, grammar, sentence, Span(*match.span()))
        if paper is not None:
            found.append(paper)
    return _with_appositions(analysis.text, found)


def _with_appositions(text: str, papers: list[Paper]) -> list[Paper]:
    """The papers, each together with what it is called in apposition: `the Oslo Accord, a pact between A and B,`."""
    result: list[Paper] = []
    for number, paper in enumerate(papers):
        following = papers[number + 1].phrase.start if number + 1 < len(papers) else None
        listed = following is not None and _LINK.fullmatch(text, paper.phrase.end, following) is not None
        last = result[-1] if result else None
        if (
            last is not None
            and last.named
            and paper.type is not None
            and not listed
            and text[paper.title.start].islower()
            and _APPOSED.fullmatch(text, last.phrase.end, paper.phrase.start)
            and _CLOSED.match(text, paper.phrase.end)
        ):
            result[-1] = replace(last, phrase=Span(last.phrase.start, paper.phrase.end))
        else:
            result.append(paper)
    return result


def _paper(analysis: Analysis, grammar: Grammar, sentence: Span, head: Span) -> Paper | None:
    text = analysis.text
    word = text[head.start : head.end].lower()
    kind = grammar.types.get(word)
    if _part_of_name(analysis, grammar, head, sentence.end) or _is_gathering(text, grammar, head, sentence):
        return None
    if grammar.understanding.search(text, max(sentence.start, head.start - _NEAR), head.start):
        return None
    start, modifiers, article = _front(text, grammar, sentence, head)
    end = head.end if kind is None else _back(analysis, grammar, sentence, head)
    start, end = _quoted(analysis, sentence, start, head, end)
    inner = text[head.end : end]
    content = [m for m in modifiers if m.lower() not in grammar.empty and not grammar.lasting.fullmatch(m.lower())]
    titled = text[head.start].isupper() and any(modifier[0].isupper() for modifier in content)
    subject = bool(_SUBJECT.match(inner.removeprefix(",")) or _OPEN_QUOTE.search(inner))
    subject = subject or grammar.participle.match(inner) is not None
    if kind is None:
        if article not in _DEFINITE or modifiers:
            return None
        named = False
    else:
        shared = {m.lower() for m in (*modifiers, *re.findall(r"[\w-]+", inner))} & grammar.shared
        bound = _TO_DO.match(text, head.end, sentence.end) and grammar.signing.search(
            text, max(sentence.start, head.start - _NEAR), head.start
        )
        named = titled or subject or bool(content) or bool(bound)
        if word in grammar.owned:
            # One actor may have such a paper for itself.
            named = named and (bool(shared) or _of_several(analysis, grammar, sentence, Span(start, end)))
        elif word in grammar.plans and not shared:
            named = named and not _of_one(analysis, grammar, sentence, Span(start, end))
        elif word in grammar.weak:
            named = bool(content) or subject or bool(bound)
    first = start - len(article) - 1 if article else start
    definite = article in _DEFINITE or _GENITIVE.search(text, max(sentence.start, start - 4), start) is not None
    return Paper(word, kind, Span(first, end), Span(start, end), named, definite, article in grammar.denied)


def _part_of_name(analysis: Analysis, grammar: Grammar, head: Span, end: int) -> bool:
    """Whether a head word belongs to the name of an actor, or to another head (`framework agreement`)."""
    if analysis.actor_touches(head):
        return True
    following = _CAPITALS.match(analysis.text, head.end, end) if analysis.text[head.start].isupper() else None
    places = {head.end + 1} if analysis.text[head.end : head.end + 1].isspace() else set[int]()
    if following is not None:
        places |= {following.start() + mark.end() for mark in re.finditer(r"\s", following.group())}
    return any(grammar.head.match(analysis.text, place, end) for place in places)


def _is_gathering(text: str, grammar: Grammar, head: Span, sentence: Span) -> bool:
    """Whether the word means people who meet: a party's `convention`."""
    if text[head.start : head.end].lower() not in grammar.gatherings:
        return False
    before, after = grammar.meeting
    low = max(sentence.start, head.start - _NEAR)
    return bool(before.search(text, low, head.start) or after.match(text, head.end, sentence.end))


def _quoted(analysis: Analysis, sentence: Span, start: int, head: Span, end: int) -> tuple[int, int]:
    """A phrase kept within the quotation that it stands in, or with the quoted title that follows it."""
    text = analysis.text
    following = analysis.quote_from(end + 1, end + 2)
    if following is not None and following.end <= sentence.end and following.end - following.start < _TITLE:
        return (start, following.end) if text[following.start + 1 : following.start + 2].isupper() else (start, end)
    around = analysis.quote_from(max(0, head.start - _TITLE), head.start)
    while around is not None and around.end <= head.start:
        around = analysis.quote_from(around.start + 1, head.start)
    if around is not None and head.end <= around.end and around.end - around.start < _TITLE:
        return max(start, around.start + 1), max(head.end, min(end, around.end - 1))
    return start, end


def _front(text: str, grammar: Grammar, sentence: Span, head: Span) -> tuple[int, list[str], str]:
    """Where the modifiers of a head begin, the modifiers, and the article before them (empty when there is none)."""
    start, modifiers = head.start, list[str]()
    while len(modifiers) < _MODIFIERS:
        low = max(sentence.start, start - 40)
        short = _SHORT_BEFORE.search(text, low, start)
        match = _MODIFIER.search(text, low, short.start() if short else start)
        if match is None:
            break
        word = match.group(1)
        lowered = word.lower()
        if lowered in grammar.before:
            return start, modifiers, lowered if match.end() - match.end(1) == 1 else ""
        if lowered == "and":
            earlier = _MODIFIER.search(text, max(sentence.start, match.start() - 40), match.start())
            both = modifiers and modifiers[0][0].isupper() and earlier and earlier.group(1)[0].isupper()
            if not both and not (modifiers and _one_phrase(text, grammar, sentence, match.start())):
                break
        elif (
            lowered in grammar.stops
            or lowered in grammar.subject
            or re.search(r"[’']s?$", lowered)
            or re.fullmatch(r"\d{1,2}", word)
            or (not word[0].isupper() and re.search(r"^[^-]*ed$", lowered))
            or (re.search(r"^[^-A-Z]*[^d]ing$", word) and not _is_noun(text, grammar, sentence, match.start(1)))
        ):
            break
        modifiers.insert(0, word)
        start = match.start(1)
        if (sum_ := _SUM.search(text, max(sentence.start, start - 20), match.end(1))) is not None:
            start = sum_.start()
    return start, modifiers, ""


def _one_phrase(text: str, grammar: Grammar, sentence: Span, end: int) -> bool:
    """Whether what stands before `and` begins with an article: `a fair trade and investment treaty`."""
    for _ in range(_FEW):
        before = _MODIFIER.search(text, max(sentence.start, end - 40), end)
        if before is None:
            return False
        word, end = before.group(1), before.start(1)
        if word in grammar.before:
            return True
        plain = word.islower() and word not in grammar.stops and word not in grammar.subject
        if not plain or grammar.heads.fullmatch(word) or word.endswith("ed"):
            return False
    return False


def _is_noun(text: str, grammar: Grammar, sentence: Span, start: int) -> bool:
    """Whether a word in -ing begins a noun phrase, behind an article: `a fishing treaty`."""
    before = _MODIFIER.search(text, max(sentence.start, start - 40), start)
    return before is not None and before.group(1).lower() in grammar.before


def _back(analysis: Analysis, grammar: Grammar, sentence: Span, head: Span) -> int:
    """Where the phrase after a head ends: prepositional phrases that tell its subject, its years or its parties."""
    text, end, last = analysis.text, head.end, head.end
    if (aside := _ASIDE.match(text, head.end, sentence.end)) is not None:
        return aside.end(1)
    ahead = Span(head.end, min(sentence.end, head.end + _TITLE))
    cities = {m.span.start for m in analysis.actors_in(ahead) if m.form in (NameForm.CAPITAL, NameForm.SEAT)}
    days = {time.span.start: time.span.end for time in analysis.times_in(ahead)}
    for number in range(_LONGEST):
        if (short := _SHORT.match(text, end, sentence.end)) is not None:
            end = last = short.end()
        years = _YEARS.match(text, end, sentence.end)
        if years is not None:
            end = last = years.end()
            following = _AFTER.match(text, end, sentence.end)
            if following is None or following.group(1).lower() not in grammar.subject:
                break
            continue
        match = _AFTER.match(text, end, sentence.end)
        if match is None:
            break
        word = match.group(1).lower()
        if word == "of" and (dated := days.get(match.end() + 1)) is not None:
            return dated  # `the Protocol of 4 May 1999`
        if number == 0 and word not in grammar.subject:
            break
        if grammar.verbs.match(text, match.start(1), sentence.end):
            break
        if (word != "and" and word in grammar.stops) or _ends(text, grammar, head, match, number):
            break
        if word in ("on", "in") and match.end() + 1 in days:
            break
        if word == "in" and (match.end() + 1 in cities or _city_follows(analysis, match.end())):
            break
        end = match.end()
        if word not in grammar.subject and word not in grammar.before and word != "and":
            last = end
        if text[end : end + 1] == ",":
            listed = _LIST.match(text, end, sentence.end)
            if listed is None or _begins_clause(analysis, Span(head.end, listed.end()), end):
                break
            end = last = listed.end()
    return last


def _of_several(analysis: Analysis, grammar: Grammar, sentence: Span, title: Span) -> bool:
    """Whether a programme is an organisation's, or said to be between two, or signed: nobody signs with himself."""
    first = next(analysis.actors_in(Span(max(sentence.start, title.start - _NEAR), title.end)), None)
    if (
        first is not None
        and ":" in first.code
        and _OWNED.fullmatch(analysis.text, first.span.end, max(first.span.end, title.start))
    ):
        return True
    leads = [match.end() for match in grammar.between.finditer(analysis.text, *title)]
    if leads and len(analysis.codes_in(Span(leads[0], title.end))) > 1:
        return True
    near = max(sentence.start, title.start - _NEAR)
    if grammar.signing.search(analysis.text, near, title.start) is not None:
        return True
    together = len(analysis.codes_in(Span(sentence.start, title.start))) > 1
    return together and grammar.adopting.search(analysis.text, near, title.start) is not None


def _of_one(analysis: Analysis, grammar: Grammar, sentence: Span, title: Span) -> bool:
    """Whether a plan is that of one state: `Ghana's roadmap for ports`; an organisation's is its members'."""
    near = max(sentence.start, title.start - _NEAR)
    if grammar.possessive.search(analysis.text, near, title.start) is None:
        return False
    codes = {code for mention in analysis.actors_in(Span(sentence.start, title.start)) for code in mention.codes}
    within = analysis.words(title).lower().split()
    return not any(":" in code for code in codes) and not grammar.partners & {*within}


def _city_follows(analysis: Analysis, end: int) -> bool:
    """Whether the next word is the name of a city: where a paper was signed, not what it is about."""
    following = _AFTER.match(analysis.text, end)
    return following is not None and analysis.knowledge.city(following.group(1)) is not None


def _begins_clause(analysis: Analysis, span: Span, comma: int) -> bool:
    """Whether those named after a comma are no part of a list but act: `Under the treaty, A and B met`."""
    named = next(analysis.actors_in(Span(comma, span.end)), None)
    return named is not None and next(analysis.actors_in(Span(span.start, comma)), None) is None


def _another(text: str, grammar: Grammar, start: int) -> bool:
    """Whether an article or number and other papers follow (`and the Protocol on ...`, `and three contracts`)."""
    article = grammar.counted.match(text, start)
    head = grammar.heads.search(text, article.end(), article.end() + _NEAR) if article else None
    return bool(article and head and _PHRASE.fullmatch(text, article.end(), head.start()))


def _ends(text: str, grammar: Grammar, head: Span, match: re.Match[str], number: int) -> bool:
    """Whether a word that could go on with the phrase begins something else: when, where, or another clause."""
    word = match.group(1).lower()
    following = _AFTER.match(text, match.end())
    if following is not None and following.group(1).lower() == "the":
        following = _AFTER.match(text, following.end())
    after = following.group(1) if following else ""
    if word == "and":
        verb = re.fullmatch(r"[a-z]{3,}(?:ed|s)", after) and following and _OBJECT.match(text, following.end())
        return (
            not after
            or after in ("a", "an")
            or after.lower() in grammar.stops
            or bool(verb)
            or _another(text, grammar, match.end())
        )
    if word == "on":
        return not after or bool(_MONTH.match(after))
    if word == "in":
        named = after[:1].isupper() and not text[head.start].isupper()
        place = named and not text.startswith(" the ", match.end())
        return place or bool(_MONTH.match(after)) or after.lower() in _SET_PHRASE
    if word == "to":
        deed = number == 0 and after[:1].islower() and after.lower() not in _AGAINST
        low = max(0, head.start - _NEAR)
        return deed and grammar.signing.search(text, low, head.start) is None  # `signed a deal to buy`
    return word == "for" and after.lower() in _PURPOSE
