"""The people of a document: names with the offices that stand beside them, and the bodies that speak."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from multivector.knowledge import Knowledge, NameForm
from multivector.reading._analysis import ActorMention, Analysis
from multivector.reading._names import name_words, plain
from multivector.reading._tagger.mentions import Naming
from multivector.reading.languages import Language
from multivector.record import ActorKind, Span

_CAPITAL = r"[A-ZÀ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƏ]"
_NAME_WORD = rf"{_CAPITAL}[\w’'‘ʻ]*[a-zß-ÿā-ž](?:-\w+)*"
PARTICLES = "bin|bint|ibn|abu|al|el|ul|de|del|della|der|den|di|da|do|dos|das|du|la|le|ter|van|von|zu|af"
NAME = re.compile(
    rf"(?<![\w’'-]){_NAME_WORD}(?:\s+(?:(?:{PARTICLES})\s+){{0,2}}(?:{_CAPITAL}\.\s+)?{_NAME_WORD}){{1,8}}"
)
_SURNAME = re.compile(rf"(?<![\w’'-]){_NAME_WORD}$")
_BEFORE_NAME = re.compile(r"(?:[\w’'.-]+\s+){0,12}(?:[\w’'.-]+,\s+)?$")
_BESIDE = re.compile(r"(?:[’']s)?\s*(?:[\w’'-]+\s+){0,3}")
"""What may stand between a state and the title that is its own."""

_MOST_WORDS = 5
"""A person's name has no more words than this; a longer run of capitals is a title of something."""


_NO_PERSON = (Naming.ORGANISATION, Naming.PLACE)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the document presents him or her; `state` is whom he or she speaks for."""

    name: str
    role: str | None
    organisation: str | None
    state: str | None

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.split()[-1]


@dataclass(frozen=True, slots=True)
class Offices:
    """The words of a language for offices and bodies, compiled."""

    office: re.Pattern[str]
    body: re.Pattern[str]
    public: re.Pattern[str]
    private: re.Pattern[str]
    descriptors: frozenset[str]
    leading: frozenset[str]
    """Words that are capitalised at the start of a sentence or before a name, and no part of it."""
    portfolios: frozenset[str]
    """Words for what an office is of (`Science`, `Trade`), no part of the name that follows."""
    kinds: dict[str, frozenset[str]]
    """For the head of a description, the words of offices whose holders it fits (`the diplomat`: an ambassador)."""
    pattern: dict[str, re.Pattern[str]]
    honorific: re.Pattern[str]
    state_office: re.Pattern[str]
    """Offices that belong to the state of which the text speaks, where it names none."""
    abroad: re.Pattern[str]
    """Offices held in another state than the one spoken of: they never belong to it by themselves."""
    state_body: re.Pattern[str]
    """Bodies of the state of which the text speaks."""
    unannounced: frozenset[str]
    """Offices that a description may mean though the text has not told that somebody has them."""
    lands: frozenset[str]
    """Words for a state spoken of (`the country's`)."""
    bloc: frozenset[str]
    """Words for an organisation of states named before (`the bloc`)."""

    def speaks_privately(self, words: str) -> bool:
        """Whether a title or phrase is of somebody who speaks for no state; a central bank does."""
        return self.private.search(self.pattern["public_bank"].sub("", words)) is not None


@cache
def offices_of(language: Language) -> Offices:
    """The words for offices in `language`; patterns that match nothing when it has no table."""
    table = language.table("speakers")

    def words(name: str) -> re.Pattern[str]:
        listed = sorted(table.get(name, ()), key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed)) or '(?!)'})s?\b", re.IGNORECASE)

    honorifics = "|".join(map(re.escape, table.get("honorifics", ()))) or "(?!)"
    return Offices(
        office=words("offices"),
        body=words("bodies"),
        public=words("public"),
        private=words("private"),
        descriptors=frozenset(table.get("descriptors", ())),
        leading=frozenset(table.get("leading", ())),
        portfolios=frozenset(table.get("portfolios", ())),
        kinds={head: frozenset(fits) for head, fits in table.get("kinds", {}).items()},
        pattern={name: re.compile(pattern, re.IGNORECASE) for name, pattern in table.get("patterns", {}).items()},
        honorific=re.compile(rf"^(?:the\s+)?(?:{honorifics})\.?\s+", re.IGNORECASE),
        state_office=words("state_offices"),
        abroad=words("abroad"),
        state_body=words("state_bodies"),
        unannounced=frozenset(table.get("unannounced", ())),
        lands=frozenset(table.get("lands", ())),
        bloc=frozenset(table.get("bloc", ())),
    )


def person_in(analysis: Analysis, span: Span) -> Person | None:
    """The person whom a noun phrase names in full, with the office that it gives; None when it names nobody.

    Handles `Office Name`, `Name, office`, `office, Name` and `Name of Body`. Where a name begins and ends the tagger
    knows better (`Zh. K. Ospanova`, `Mirlan uulu Azat`), and what is a body's name or a place's.
    """
    person = _by_rules(analysis, span)
    if not analysis.names:
        return person
    if person is None:
        return _by_name(analysis, span)
    start = analysis.text.find(person.name, span.start, span.end)
    whole = Span(start, start + len(person.name))
    near = [each for each in analysis.names_in(span) if each.span.start < whole.end and whole.start < each.span.end]
    if person.role is None and near and all(each.kind in _NO_PERSON for each in near):
        return None  # an office beside the name tells more than the tagger does
    names = [each for each in near if each.kind is Naming.PERSON]
    if len(names) != 1:
        return person
    name = _without_office(analysis, names[0].span)
    if " " not in name or name == person.name:
        return person
    return replace(person, name=name, role=person.role or _office_before(analysis, span, names[0].span))


def _by_name(analysis: Analysis, span: Span) -> Person | None:
    """The one person whom the tagger finds in a noun phrase, with the office before the name."""
    names = [each.span for each in analysis.names_in(span) if each.kind is Naming.PERSON]
    if len(names) != 1 or not _is_full(analysis, names[0]):
        return None
    role = _office_before(analysis, span, names[0])
    offices = offices_of(analysis.language)
    return Person(
        _without_office(analysis, names[0]), role, _organisation(offices, role), _state(analysis, offices, span, role)
    )


def _without_office(analysis: Analysis, name: Span) -> str:
    """A name without an office that the tagger took for its first word (`Major N N`)."""
    offices, words = offices_of(analysis.language), analysis.words(name).split()
    while len(words) > 1 and offices.office.fullmatch(words[0]):
        words = words[1:]
    return " ".join(words)


def _office_before(analysis: Analysis, span: Span, name: Span) -> str | None:
    """The title that stands before a name in a phrase."""
    offices = offices_of(analysis.language)
    return _clean(offices, _title(offices, analysis.text[span.start : name.start].strip(" ,")))


def _is_full(analysis: Analysis, name: Span) -> bool:
    """Whether a person is named in full there, by nobody else's name."""
    words = analysis.words(name).split()
    return 2 <= len(words) <= _MOST_WORDS and len(plain(words[-1])) > 1 and not analysis.actor_touches(name)


def _by_rules(analysis: Analysis, span: Span) -> Person | None:
    """The same by capitals, offices and punctuation alone."""
    offices = offices_of(analysis.language)
    words = analysis.text[span.start : span.end].strip(" ,")
    parts = [part.strip() for part in words.split(",") if part.strip()]
    for index, part in enumerate(parts):
        found = _split(analysis, offices, part)
        if found is None:
            continue
        role, name, rest = found
        others = [
            other if number > index else _before_comma(offices, other)
            for number, other in enumerate(parts)
            if number != index and not offices.pattern["clause"].match(other)
        ]
        if role is None:
            role = next((other for other in others if offices.office.search(other)), None)
        elif (
            others
            and index < len(parts) - 1
            and offices.office.search(others[-1])
            and not _office_is_full(analysis, role)
        ):
            role = others[-1]
        title = f"{role} {rest}" if role and rest.lower().startswith(("of ", "for ")) else role
        title = _clean(offices, title)
        return Person(name, title, _organisation(offices, title), _state(analysis, offices, span, title))
    return None


def body_in(analysis: Analysis, span: Span) -> str | None:
    """The organisation that a noun phrase names, without its article; None when it names none.

    It is the phrase itself, or what somebody without a name belongs to (`members of Congress`).
    """
    offices = offices_of(analysis.language)
    words = _clean(offices, analysis.text[span.start : span.end].split(",")[0])
    if words is not None and (name := _body_name(offices, words)) is not None:
        return name
    for mention in analysis.actors_in(span):
        entry = analysis.knowledge.actor(mention.code)
        if mention.form is NameForm.SEAT:
            return analysis.words(mention.span)
        if mention.form is NameForm.NAME and entry is not None and entry.type is ActorKind.ORGANISATION:
            return entry.name
    return None


def _body_name(offices: Offices, words: str) -> str | None:
    """The name of a body in a phrase: its head with what it is of, the first words of it, or what follows `of`."""
    cut = offices.pattern["complement_cut"].search(words)
    head, rest = (words[: cut.start()], words[cut.end() :]) if cut else (words, "")
    found = list(offices.body.finditer(head))
    if not found:
        name = offices.pattern["article"].sub("", rest)
        return _body_name(offices, name) if offices.office.search(head) and name != words else None
    after = head[found[-1].end() :].strip()
    name = words if not after else head[: found[-1].end()]
    if after and " " not in name:
        return None  # `government economists`
    return name if re.search(_CAPITAL, name) else None


def state_of(analysis: Analysis, span: Span) -> str | None:
    """The one state that a phrase speaks for: `Moscow`, `the Kazakh side`, `the Tajik Foreign Ministry`."""
    return _state(analysis, offices_of(analysis.language), span, None)


def people_named(analysis: Analysis, sources: Iterable[Span]) -> list[tuple[int, Person]]:
    """Everybody whom the document names, with the place; sources first, whose phrases tell most.

    Those who are no source only where an office stands beside the name, or the tagger knows them for a person.
    """
    found: list[tuple[int, Person]] = []
    for span in sources:
        person = person_in(analysis, span) or _titled(analysis, span)
        if person is not None:
            found.append((analysis.text.find(person.name, span.start, span.end), person))
    for sentence in analysis.sentences:
        for match in NAME.finditer(analysis.text, *sentence.span):
            around = _phrase_around(analysis, sentence.span, Span(*match.span()))
            person = person_in(analysis, around)
            if person is not None and person.role is not None:
                found.append((match.start(), person))
    known = {person.name for _, person in found}
    for mention in analysis.names:
        name = _without_office(analysis, mention.span)
        if mention.kind is Naming.PERSON and " " in name and name not in known and _is_full(analysis, mention.span):
            found.append((mention.span.start, Person(name, None, None, None)))
            known.add(name)
    return found


def _titled(analysis: Analysis, span: Span) -> Person | None:
    """The person whom a phrase names by surname alone, with a title: `President Aliev`, `Mr Aliev`."""
    offices = offices_of(analysis.language)
    words = analysis.text[span.start : span.end].split(",")[0].strip()
    match = _SURNAME.search(words)
    if match is None:
        return None
    before, name = words[: match.start()].strip(), match.group().removesuffix("’s").removesuffix("'s")
    if name.lower() in name_words(analysis.language).pronouns or _is_actor(analysis, name):
        return None
    if not before and analysis.knowledge.offices_by_surname(name, analysis.published):
        return Person(name, None, None, None)
    known = offices.office.search(name) or offices.body.search(name) or name.lower() in offices.portfolios
    if known or not before or name.lower() in offices.leading:
        return None
    if offices.honorific.fullmatch(f"{before} "):
        return Person(name, None if before.lower().strip(".") in offices.leading else before, None, None)
    title = _title(offices, before)
    if title is None or not (title[0].isupper() or offices.office.fullmatch(title)):
        return None
    if not offices.office.search(before.split()[-1]):
        return None
    title = _clean(offices, title)
    return Person(name, title, _organisation(offices, title), _state(analysis, offices, span, title))


def _split(analysis: Analysis, offices: Offices, words: str) -> tuple[str | None, str, str] | None:
    """`(office, name, rest)` of one part of a phrase, or None when it holds no name of a person."""
    words = offices.pattern["article"].sub("", words)
    for match in reversed(list(NAME.finditer(words))):
        run = match.group().split()
        # The name is what is left of a capitalised run when offices and names of actors are taken off its front.
        last_office = max(
            (i for i, w in enumerate(run) if offices.office.fullmatch(w) or offices.body.fullmatch(w)), default=-1
        )
        name = run[last_office + 1 :]
        ended_by_actor = False
        while name and (
            name[0].lower().rstrip(".") in offices.leading
            or (len(name) > 2 and name[0].lower() in offices.portfolios)
            or _is_actor(analysis, name[0])
        ):
            ended_by_actor = ended_by_actor or _is_actor(analysis, name[0]) or name[0].lower() in offices.portfolios
            name = name[1:]
        if (
            not 2 <= len(name) <= _MOST_WORDS
            or offices.body.search(" ".join(name))
            or _is_actor(analysis, " ".join(name))
        ):
            continue
        if last_office < 0 and not ended_by_actor and offices.pattern["preposition"].search(words[: match.start()]):
            continue
        before = words[: match.start()] + " ".join(run[: len(run) - len(name)])
        if (body := list(offices.body.finditer(before))) and not before[body[-1].end() :].strip() and last_office < 0:
            continue  # `the consultancy Blue River Notes` is no person
        return _title(offices, before.strip(" ,")), " ".join(name), words[match.end() :].strip()
    return None


def _title(offices: Offices, before: str) -> str | None:
    """The title that stands before a name: up to an office, and what the office is of (`Ambassador of Korea`)."""
    found = list(offices.office.finditer(before))
    if not found:
        return None
    after = before[found[-1].end() :].strip()
    if after and (not offices.pattern["complement"].fullmatch(after) or offices.pattern["title_ended"].search(after)):
        return None
    # What stands before the office belongs to it up to a preposition or a verb (`after talks between | President`).
    cuts = [cut.end() for cut in offices.pattern["before_title"].finditer(before, 0, found[-1].start())]
    return before[max(cuts, default=0) :].strip() or None


def _before_comma(offices: Offices, words: str) -> str:
    """The title in the words before a comma and a name (`In Lima the prime minister, N`)."""
    office = offices.office.search(words)
    article = words.rfind(" the ", 0, office.start()) if office is not None else -1
    return words[article + 1 :] if article >= 0 else words


def _is_actor(analysis: Analysis, words: str) -> bool:
    """Whether words of a possible name are those of a state, an organisation or a place that stands for one."""
    return _names_actor(analysis.knowledge, analysis.language.tag, words.removesuffix("’s").removesuffix("'s"))


@lru_cache(maxsize=4096)
def _names_actor(knowledge: Knowledge, tag: str, words: str) -> bool:
    return any(match.form is not NameForm.PERSON for match in knowledge.find(words, tag))


def _office_is_full(analysis: Analysis, role: str) -> bool:
    return len(role.split()) > 2 or bool(analysis.knowledge.find(role, analysis.language.tag))


def _clean(offices: Offices, words: str | None) -> str | None:
    return (offices.pattern["article"].sub("", words.strip(" ,")) or None) if words else None


def _organisation(offices: Offices, role: str | None) -> str | None:
    """The body that an office belongs to: what follows `of`, or the body's name before the office."""
    if role is None:
        return None
    for piece in offices.pattern["of"].split(role)[1:]:
        if offices.body.search(piece):
            return role[role.index(piece) :].strip()
    if (office := list(offices.office.finditer(role))) and (body := offices.body.search(role[: office[-1].start()])):
        return role[: body.end()].strip()
    return None


def _state(analysis: Analysis, offices: Offices, span: Span, role: str | None) -> str | None:
    words = analysis.text[span.start : span.end].split(",")[0] if role is None else role
    if offices.speaks_privately(words):
        return None
    mentions = list(analysis.actors_in(span))
    if role is not None and (place := analysis.text.find(role, span.start, span.end)) >= 0:
        # The title's own state, or the one right before it: not that of somebody else in the phrase.
        own = list(analysis.actors_in(Span(place, place + len(role))))
        mentions = own or [
            m for m in mentions if m.span.end <= place and _BESIDE.fullmatch(analysis.text, m.span.end, place)
        ]
    if any(m.code.startswith(("IGO:", "GRP:")) for m in mentions) and not offices.public.search(words):
        return None
    if role is None and any(_joined(analysis, a, b) for a, b in pairwise(mentions)):
        return None
    codes = list(dict.fromkeys(m.codes[0] for m in mentions if len(m.codes) == 1 and ":" not in m.codes[0]))
    # An envoy speaks for the first state of his title and lives in the second.
    return codes[0] if codes else None


def _joined(analysis: Analysis, first: ActorMention, second: ActorMention) -> bool:
    """Whether two actors stand side by side, so that a phrase speaks for both."""
    between = analysis.text[first.span.end : second.span.start]
    return bool(offices_of(analysis.language).pattern["joint"].fullmatch(between))


def _phrase_around(analysis: Analysis, sentence: Span, name: Span) -> Span:
    """A name with its title before and its apposition after, within one sentence."""
    before = analysis.text[sentence.start : name.start]
    # `the ambassador, X,`: the title is the segment before the comma.
    upto = len(before.rstrip()) - 1 if before.rstrip().endswith(",") else len(before)
    cut = max((before.rfind(mark, 0, upto) for mark in ',;:—(“"'), default=-1) + 1
    tail = re.match(r",\s+[^,.;]{3,140}", analysis.text[name.end : sentence.end])
    lead = _BEFORE_NAME.search(before[cut:])
    start = sentence.start + cut + (lead.start() if lead else len(before) - cut)
    return Span(start, name.end + (tail.end() if tail else 0))
