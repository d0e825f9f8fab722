"""Whom people act for, by the offices that a document tells beside their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.knowledge import NameForm
from multivector.reading._analysis import ActorMention, Analysis
from multivector.reading._contents import Contents
from multivector.reading._lookup import Sought
from multivector.reading._people import NAME, offices_of
from multivector.reading._understood import home_of
from multivector.reading.languages import Language
from multivector.record import Span

_BESIDE = 80
"""How far from a name, in characters, its office may stand."""

_HEAD = 4
"""How many characters may stand before the first name of a sentence."""

_LED = 3
"""How far, in characters, a name stands behind the city that it leads: `the mayor of Osh, N`."""

_OWNERS = 3
"""How many actors named before a person may own the office."""

NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
BARE = ("two", "three", "four", "five", "six")
"""Numbers that may stand alone: `the five will meet`."""

_OF = re.compile(r"\sof\s(?:the\s)?$", re.IGNORECASE)
_LONGEST_OF = len(" of the ")
_TITLE = re.compile(r"(?:[’']s)?(?:\s[\w’'-]+){1,10},?\s")


_IN = re.compile(r"(?:In|At)\s")
_RECEIVES = re.compile(
    r"\b(?:by|with|met|meets?|received by|counterpart,?)\s(?:[\w’'-]+\s){0,3}?(?:counterpart,\s)?(?:[\w’-]+\s){0,2}$"
)
"""Before an office, in the words after the place: that somebody else meets its bearer."""

_CITY = r"([A-ZÀ-Þ][\w’'ʻ-]+(?:\s[A-ZÀ-Þ][\w’'ʻ-]+)?)\b(?!\s[A-ZÀ-Þ])"
_NAME = r"[A-ZÀ-Þ][\w’'ʻ-]+"


@dataclass(frozen=True, slots=True)
class Words:
    description: Sought
    speaker: Sought
    role: re.Pattern[str]
    office: re.Pattern[str]
    body: re.Pattern[str]
    titled: re.Pattern[str]
    office_of: re.Pattern[str]
    officer: re.Pattern[str]
    officer_behind: re.Pattern[str]
    office_before: re.Pattern[str]
    office_behind: re.Pattern[str]
    sides: Sought
    main: re.Pattern[str]
    city: Sought
    not_city: frozenset[str]
    city_again: re.Pattern[str]
    led: Sought
    it: re.Pattern[str]
    its: re.Pattern[str]
    his: Sought
    bearer: re.Pattern[str]
    bearer_of: re.Pattern[str]
    where: re.Pattern[str]
    meets: re.Pattern[str]
    met: re.Pattern[str]
    peoples: re.Pattern[str]
    frame: re.Pattern[str]
    city_office: re.Pattern[str]


@lru_cache(maxsize=4)
def words_of(language: Language) -> Words:
    table = language.table("references")
    table = {**table, "people": table.get("again", {}).get("people", ())}

    def any_of(name: str) -> str:
        listed = sorted(table.get(name, ()), key=len, reverse=True)
        return "|".join(re.escape(word) for word in listed) or "(?!)"

    return Words(
        sides=Sought(
            rf"\b(?:{any_of('sides')}|(?:the\s)?(?:{'|'.join(NUMBERS)})\s(?:(?-i:[a-z-]+)\s){{0,2}}(?:{any_of('many')}))\b(?!\s+of\b)"
            rf"|\bthe\s(?:{'|'.join(BARE)})(?=[.,;]|\s(?:{any_of('finite')})\b)"
        ),
        description=Sought(rf"\b[Tt]he (?i:{any_of('offices')})(?![\w’'-]|\s+(?:of|for|to)\b|\s(?-i:[A-Z]))", flags=0),
        office_of=re.compile(rf"\b({any_of('offices')})\sof\s(?:the\s)?$", re.IGNORECASE),
        officer=re.compile(rf"\b(?:{any_of('offices')})\b[\w\s’'-]*\sof\s(?:the\s)?$", re.IGNORECASE),
        officer_behind=re.compile(rf"(?:[’']s)?\s(?:[\w-]+\s){{0,3}}?(?:{any_of('offices')})\b", re.IGNORECASE),
        office_before=re.compile(
            rf"\b({any_of('offices')})(?:\sof(?:\s(?-i:the|and|[A-ZÀ-Þ][\w’'-]*)){{1,6}})?,?\s$", re.IGNORECASE
        ),
        office_behind=re.compile(rf",\s(?:[\w’'-]+\s){{0,4}}?({any_of('offices')})\b", re.IGNORECASE),
        body=re.compile(rf"\s(?:[\w’-]+\s){{0,3}}?(?:{any_of('bodies')})\b", re.IGNORECASE),
        office=re.compile(rf"\b(?:{any_of('offices')})\b", re.IGNORECASE),
        titled=re.compile(rf"\b(?i:{any_of('offices')})\s(?!(?i:{any_of('offices')})\b)[A-ZÀ-Þ][\w’'-]+"),
        main=re.compile(rf"\b(?:{any_of('main')})$", re.IGNORECASE),
        role=re.compile(rf"\b(?:{any_of('offices')}|{any_of('roles')})\b", re.IGNORECASE),
        city=Sought(rf"\b(?:{any_of('at_city')})\s{_CITY}", flags=0),
        not_city=frozenset(table.get("not_city", ())),
        city_again=re.compile(rf"(?:,|,?\s(?:and|or|to))\s{_CITY}"),
        led=Sought(
            rf"\b(?i:{any_of('city_offices')})\sof\s(?:the\s)?(?:(?:{any_of('city_words')})\sof\s)?"
            r"([A-ZÀ-Þ][\w’'ʻ-]+(?:\s[A-ZÀ-Þ][\w’'ʻ-]+)?)\b",
            flags=0,
        ),
        it=re.compile(rf"(?:that\s)?(it)\s(?:{any_of('finite')}|\w+(?:ed|s|ly|n[’']t)|also|not|never|once)\b"),
        its=re.compile(
            rf"([Ii]ts|[Tt]heir)\s(?:[\w-]+\s){{0,2}}?(?i:{any_of('bodies')}|(?:{any_of('offices')})s?|{any_of('heads')})\b"
        ),
        his=Sought(rf"\b(?:[Hh]e|[Ss]he|(?:[Hh]is|[Hh]er)\s(?:{any_of('his')}))\b", flags=0),
        bearer=re.compile(rf"(?:[’']s)?\s(?:[a-z-]+\s){{0,2}}?((?i:{any_of('offices')}|representative|attaché))\b"),
        bearer_of=re.compile(
            rf"(?:The|An?)\s(?:[a-z-]+\s){{0,2}}?((?i:{any_of('offices')}|representative|attaché))\s(?:of|from)\s(?:the\s)?"
        ),
        meets=re.compile(meets := rf"\b(?:I|[Ww]e)\s(?:\w+\s){{0,2}}?(?:{any_of('met')})\b"),
        met=re.compile(rf"{meets}\s(?:with\s|to\s)?(?:the\s)?((?:[\w-]+\s){{1,5}})$"),
        where=re.compile(rf"[^;]*,\s(?:{any_of('where')})\s(?:he|she|they|it)\s[^,;]*"),
        peoples=re.compile(rf"(?:[’']s)?\s(?:[\w-]+\s){{0,2}}?(?:{any_of('bodies')}|{any_of('people')})\b"),
        frame=re.compile(rf"(?:{any_of('frames')})\b(?:\s[\w’'-]+){{0,4}}?,?\s(?=its?\b|their\b)"),
        city_office=re.compile(rf"\b(?:{any_of('city_offices')})\sof\s", re.IGNORECASE),
        speaker=Sought(rf"\b(?:I|(?i:{any_of('speaker')}))\b", flags=0),
    )


def states_of_people(analysis: Analysis, words: Words) -> dict[str, str]:
    """The state or organisation of everybody whose office the document tells, by full name."""
    speakers = [statement.speaker for statement in analysis.statements if statement.speaker.person]
    known: dict[str, str] = {s.person: s.state for s in speakers if s.person and s.state}
    titles = _titles(analysis, words)
    led = {span.end: code for span, code in cities_led(analysis, words)}
    home = home_of(analysis)
    speaks = Contents(analysis.statements, known)
    for sentence in analysis.sentences:
        mentions = [
            m for m in analysis.actors_in(sentence.span) if len(m.codes) == 1 and not m.codes[0].startswith("PER:")
        ]
        told = words.meets.search(analysis.text, *sentence.span) is not None
        if not mentions and home is None and not titles and not led and not told:
            continue
        for match in NAME.finditer(analysis.text, *sentence.span):
            run = list(re.finditer(r"[^\s]+", match.group()))
            while run and (words.role.fullmatch(run[0].group()) or _named(mentions, match.start() + run[0].start())):
                run = run[1:]
            if len(run) < 2:
                continue
            name = Span(match.start() + run[0].start(), match.end())
            own = speaks.state_at(name.start) if told else None
            if own is not None and (met := _met(analysis, words, sentence.span, name, own)) is not None:
                known.setdefault(analysis.words(name), met)
                continue
            near = (led[end] for end in range(name.start - _LED, name.start) if end in led) if led else iter(())
            code = next(near, None) or _beside(analysis, words, sentence.span, name, mentions, home, titles)
            if code is not None and analysis.words(name) not in known:
                known[analysis.words(name)] = code
    for speaker in speakers:
        if speaker.person and speaker.person not in known:
            code = _organisation(analysis, speaker.organisation, speaker.role)
            if code is None and words.office.search(speaker.role or ""):
                code = home
            if code is not None:
                known[speaker.person] = code
    return known


def cities_led(analysis: Analysis, words: Words) -> Iterator[tuple[Span, str]]:
    """The cities and regions of whose office the text speaks, with their states: `the mayor of Osh`."""
    for match in words.led.finditer(analysis.text, analysis.starts):
        name, start = match.group(1), match.start(1)
        for words_taken in (name, name.split()[0]):
            span = Span(start, start + len(words_taken))
            code = analysis.knowledge.city(words_taken)
            if code is not None and not analysis.actor_touches(span):
                yield span, code
                break


def _titles(analysis: Analysis, words: Words) -> dict[str, set[str]]:
    """The states of the offices that the document names with their state: `the president of A`."""
    titles: dict[str, set[str]] = {}
    for mention in analysis.actors:
        end = mention.span.start
        if not _OF.search(analysis.text, max(0, end - _LONGEST_OF), end):
            continue  # soon told, and true of most
        found = words.office_of.search(analysis.text, max(0, end - _BESIDE), end)
        if found is not None and len(mention.codes) == 1:
            titles.setdefault(found.group(1).lower(), set()).add(mention.codes[0])
    return titles


def _named(mentions: Iterable[ActorMention], offset: int) -> bool:
    return any(m.span.start <= offset < m.span.end for m in mentions)


def _beside(
    analysis: Analysis,
    words: Words,
    sentence: Span,
    name: Span,
    mentions: list[ActorMention],
    home: str | None,
    titles: dict[str, set[str]],
) -> str | None:
    """The actor of the office before a name (`the A minister N`) or in apposition to it (`N, minister of A`)."""
    before = [m for m in mentions if m.span.end <= name.start]
    if before:
        gap = analysis.text[before[-1].span.end : name.start]
        lead = analysis.text[max(sentence.start, before[-1].span.start - 70) : before[-1].span.start]
        if re.fullmatch(r"(?:[’']s)?(?:\s[\w-]+){1,8}\s", gap) and words.role.search(gap):
            return before[-1].codes[0]
        if gap in (" ", ", ") and words.role.search(lead) and re.search(r"\b(?:of|for)\s(?:the\s)?$", lead):
            return before[-1].codes[0]
    for mention in reversed(before[-_OWNERS:]):
        # `A's ambassador to B, N`: A's, not B's.
        gap = analysis.text[mention.span.end : name.start]
        owns = gap.startswith(("’s", "'s")) or mention.form in (NameForm.ADJECTIVE, NameForm.DEMONYM)
        if owns and _TITLE.fullmatch(gap) and words.role.search(gap):
            return mention.codes[0]
    bare = words.office_before.search(analysis.text, max(sentence.start, name.start - _BESIDE), name.start)
    if bare is not None:
        holders = titles.get(bare.group(1).lower(), set[str]())
        if len(holders) == 1:
            return next(iter(holders))
        if words.city_office.search(analysis.text, max(sentence.start, bare.start() - _LED * 2), name.start) and (
            _RECEIVES.search(analysis.text, sentence.start, bare.start())
        ):
            return None  # somebody met the governor of a region that nobody knows
        host = _host(analysis, sentence, bare.start(), mentions, home) or _where(analysis, words, bare.start(), before)
        if host is not None:
            return host
        # An ambassador in a national paper is that of another state.
        abroad = offices_of(analysis.language).abroad.search(bare.group(1)) is not None
        # But `Minister of Trade, Ambassador N` is a minister who has been one.
        rank = words.office.search(analysis.text, max(sentence.start, bare.start() - _BESIDE), bare.start())
        ranked = rank is not None and analysis.text[: bare.start()].endswith(", ")
        if home is None and bare.start() - sentence.start <= _HEAD:
            return _topic(analysis, words, sentence, mentions)
        return None if abroad and not ranked else home
    aside = re.match(r",\s(?!who|which|where)([^,;.]{4,160})", analysis.text[name.end : sentence.end])
    if aside is None or not words.role.search(aside.group(1)):
        return None
    if offices_of(analysis.language).pattern["clause"].match(aside.group(1)):
        # `the minister, N, accused traders`: no apposition.
        return None
    if words.titled.search(aside.group(1)):
        # `beside the Oder, the A minister N said`: the office is that of somebody else.
        return None
    inside = [m for m in mentions if name.end < m.span.start and m.span.end <= name.end + aside.end()]
    owned = [m for m in inside if re.search(r"\b(?:of|for|from)\s(?:the\s)?$", analysis.text[name.end : m.span.start])]
    chosen = owned[-1:] or inside[:1]
    if chosen:
        return chosen[0].codes[0]
    return home if words.office_behind.match(analysis.text, name.end, sentence.end) else None


def _host(
    analysis: Analysis, sentence: Span, office: int, mentions: list[ActorMention], home: str | None
) -> str | None:
    """The state of a bare office that receives: `In A's capital, he met President N`, told by another state's paper."""
    if not mentions:
        return None
    first = mentions[0]
    there = first.form is NameForm.CAPITAL and first.codes[0] != home and first.span.end < office
    if not there or not _IN.fullmatch(analysis.text, sentence.start, first.span.start):
        return None
    return first.codes[0] if _RECEIVES.search(analysis.text, first.span.end, office) else None


def _where(analysis: Analysis, words: Words, office: int, before: list[ActorMention]) -> str | None:
    """The state of a bare office in a capital: `flew to A's capital, where he met President N`."""
    if not before or before[-1].form is not NameForm.CAPITAL:
        return None
    there = words.where.fullmatch(analysis.text, before[-1].span.end, office)
    return before[-1].codes[0] if there is not None and len(before[-1].codes) == 1 else None


def _topic(analysis: Analysis, words: Words, sentence: Span, mentions: list[ActorMention]) -> str | None:
    """The state of a bare office that opens a sentence: that of the people with whom the sentence before opens."""
    number = analysis.sentence_at(sentence.start)
    if not number or analysis.sentences[number - 1].paragraph != analysis.sentences[number].paragraph:
        return None
    last = analysis.sentences[number - 1].span
    first = next(analysis.actors_in(last), None)
    if first is None or first.span.start - last.start > _HEAD or len(first.codes) != 1 or ":" in first.codes[0]:
        return None
    people = words.peoples.match(analysis.text, first.span.end) is not None
    elsewhere = all(mention.codes != first.codes for mention in mentions)
    return first.codes[0] if people and elsewhere else None


def _met(analysis: Analysis, words: Words, sentence: Span, name: Span, speaker: str) -> str | None:
    """The state of somebody with an office whom a speaker has met: the one other state of the paragraph."""
    lead = words.met.search(analysis.text, sentence.start, name.start)
    if lead is None or not words.role.search(lead.group(1)) or any(analysis.codes_in(Span(*lead.span(1)))):
        return None
    paragraph = analysis.paragraphs[analysis.sentences[analysis.sentence_at(name.start)].paragraph]
    others = set(analysis.codes_in(paragraph)) - {speaker}
    return others.pop() if len(others) == 1 else None


def _organisation(analysis: Analysis, *words: str | None) -> str | None:
    """The organisation of states in the name of a body or office."""
    for phrase in words:
        found = [match.code for match in analysis.knowledge.find(phrase or "", analysis.language.tag)]
        if code := next((code for code in reversed(found) if code.startswith("IGO:")), None):
            return code
    return None


def bearers_of(analysis: Analysis, words: Words, people: dict[str, str]) -> dict[str, set[str]]:
    """For whom those act who bear an office by name in the document: `ambassador`, `minister`."""
    bearers: dict[str, set[str]] = {}
    for name, code in people.items():
        start = analysis.text.find(name)
        if start < 0:
            continue
        end = start + len(name)
        front = words.office_before.search(analysis.text, max(0, start - _BESIDE), start)
        aside = words.office_behind.match(analysis.text, end, end + _BESIDE)
        higher = words.office_before.search(analysis.text, max(0, start - _BESIDE), front.start()) if front else None
        for found in (front, higher, aside):
            if found is not None:
                bearers.setdefault(found.group(1).lower(), set()).add(code)
                bearers.setdefault(found.group(1).lower().split()[-1], set()).add(code)
    return bearers
