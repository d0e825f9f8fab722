"""Who is meant by the words of a document: actors, people, pronouns, `the parties`, `we`.

Every reference carries the codes of the states or bodies that it stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from multivector.knowledge import NameForm
from multivector.reading._analysis import ActorMention, Analysis
from multivector.reading._contents import Contents
from multivector.reading._people import NAME
from multivector.reading.languages import Language
from multivector.record import Span

_DATELINE = 3
"""In which of the first paragraphs a dateline may stand."""

_REACH = 600
"""How far back, in characters, `he` or `the minister` may look for a person."""


class Sort(StrEnum):
    """How a reference names what it stands for."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PERSON = "person"
    PRONOUN = "pronoun"
    SPEAKER = "speaker"
    SIDES = "sides"


@dataclass(frozen=True, slots=True)
class Reference:
    """A word or phrase that stands for actors; without codes when it means the participants of the occasion."""

    span: Span
    codes: tuple[str, ...]
    sort: Sort


@dataclass(frozen=True, slots=True)
class _Words:
    description: re.Pattern[str]
    speaker: re.Pattern[str]
    role: re.Pattern[str]
    office: re.Pattern[str]
    titled: re.Pattern[str]
    sides: re.Pattern[str]
    main: re.Pattern[str]


_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_IT = re.compile(r"(?:that\s)?(it)\b")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    table = language.table("references")

    def any_of(name: str) -> str:
        listed = sorted(table.get(name, ()), key=len, reverse=True)
        return "|".join(re.escape(word) for word in listed) or "(?!)"

    return _Words(
        sides=re.compile(
            rf"\b(?:{any_of('sides')}|(?:the\s)?(?:{'|'.join(_NUMBERS)})\s(?:(?-i:[a-z-]+)\s){{0,2}}(?:{any_of('many')}))\b(?!\s+of\b)",
            re.IGNORECASE,
        ),
        description=re.compile(rf"\b[Tt]he (?:{any_of('offices')})(?![\w’'-]|\s+(?:of|for)\b)"),
        office=re.compile(rf"\b(?:{any_of('offices')})\b", re.IGNORECASE),
        titled=re.compile(rf"\b(?i:{any_of('offices')})\s(?!(?i:{any_of('offices')})\b)[A-ZÀ-Þ][\w’'-]+"),
        main=re.compile(rf"\b(?:{any_of('main')})$", re.IGNORECASE),
        role=re.compile(rf"\b(?:{any_of('offices')}|{any_of('roles')})\b", re.IGNORECASE),
        speaker=re.compile(rf"\b(?:I|(?i:{any_of('speaker')}))\b"),
    )


class References:
    """The references of one document, in text order, without overlaps."""

    def __init__(self, analysis: Analysis) -> None:
        words = _words(analysis.language)
        self.contents = Contents(analysis.statements)
        self.role = words.role
        people = _states_of_people(analysis, words)
        named = [*_actors(analysis), *_persons(analysis, people)]
        named += [Reference(Span(*match.span()), (), Sort.SIDES) for match in words.sides.finditer(analysis.text)]
        ordered = _without_overlaps(named)
        ordered = _counted(analysis, ordered)
        later = [*_said_by_self(analysis, words, self.contents), *_resolved(analysis, words, ordered, people)]
        self.all = _without_overlaps([*ordered, *later])
        self._starts = [reference.span.start for reference in self.all]

    def within(self, start: int, end: int) -> tuple[Reference, ...]:
        """The references that lie wholly in `[start, end)`."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(r for r in self.all[first:last] if r.span.end <= end)


def _states_of_people(analysis: Analysis, words: _Words) -> dict[str, str]:
    """The state or organisation of everybody whose office the document tells, by full name."""
    speakers = [statement.speaker for statement in analysis.statements if statement.speaker.person]
    known = {speaker.person: speaker.state for speaker in speakers if speaker.person and speaker.state}
    for sentence in analysis.sentences:
        mentions = [
            m for m in analysis.actors_in(sentence.span) if len(m.codes) == 1 and not m.codes[0].startswith("PER:")
        ]
        if not mentions:
            continue
        for match in NAME.finditer(analysis.text, *sentence.span):
            run = list(re.finditer(r"[^\s]+", match.group()))
            while run and (words.role.fullmatch(run[0].group()) or _named(mentions, match.start() + run[0].start())):
                run = run[1:]
            if len(run) < 2:
                continue
            name = Span(match.start() + run[0].start(), match.end())
            code = _beside(analysis, words, sentence.span, name, mentions)
            if code is not None and analysis.words(name) not in known:
                known[analysis.words(name)] = code
    home = home_of(analysis)
    for speaker in speakers:
        if speaker.person and speaker.person not in known:
            code = _organisation(analysis, speaker.organisation, speaker.role)
            if code is None and words.office.search(speaker.role or ""):
                code = home
            if code is not None:
                known[speaker.person] = code
    return known


def home_of(analysis: Analysis) -> str | None:
    """The state of the capital in a dateline: whose `Trade Minister` is meant where the text names no state."""
    for paragraph in analysis.paragraphs[:_DATELINE]:
        for mention in analysis.actors_in(Span(paragraph.start, min(paragraph.end, paragraph.start + 40))):
            if mention.span.start == paragraph.start and mention.form is NameForm.CAPITAL and len(mention.codes) == 1:
                return mention.codes[0] if analysis.words(mention.span).isupper() else None
            break
    return None


def _named(mentions: Iterable[ActorMention], offset: int) -> bool:
    return any(m.span.start <= offset < m.span.end for m in mentions)


def _beside(analysis: Analysis, words: _Words, sentence: Span, name: Span, mentions: list[ActorMention]) -> str | None:
    """The actor of the office before a name (`the A minister N`) or in apposition to it (`N, minister of A`)."""
    before = [m for m in mentions if m.span.end <= name.start]
    if before:
        gap = analysis.text[before[-1].span.end : name.start]
        lead = analysis.text[max(sentence.start, before[-1].span.start - 70) : before[-1].span.start]
        if re.fullmatch(r"(?:[’']s)?(?:\s[\w-]+){1,8}\s", gap) and words.role.search(gap):
            return before[-1].codes[0]
        if gap == " " and words.role.search(lead) and re.search(r"\bof\s(?:the\s)?$", lead):
            return before[-1].codes[0]
    aside = re.match(r",\s([^,;.]{4,160})", analysis.text[name.end : sentence.end])
    if aside is None or not words.role.search(aside.group(1)):
        return None
    if words.titled.search(aside.group(1)):
        # `beside the Oder, the A minister N said`: the office is that of somebody else.
        return None
    inside = [m for m in mentions if name.end < m.span.start and m.span.end <= name.end + aside.end()]
    owned = [m for m in inside if re.search(r"\b(?:of|for|from)\s(?:the\s)?$", analysis.text[name.end : m.span.start])]
    chosen = owned[-1:] or inside[:1]
    return chosen[0].codes[0] if chosen else None


def _organisation(analysis: Analysis, *words: str | None) -> str | None:
    """The organisation of states in the name of a body or office."""
    for phrase in words:
        found = [match.code for match in analysis.knowledge.find(phrase or "", analysis.language.tag)]
        if code := next((code for code in reversed(found) if code.startswith("IGO:")), None):
            return code
    return None


def _actors(analysis: Analysis) -> Iterable[Reference]:
    for mention in analysis.actors:
        if any(code.startswith("PER:") for code in mention.codes):
            continue
        sort = Sort.NAME
        if mention.form is NameForm.PERSON:
            sort = Sort.PERSON
        elif mention.form in (NameForm.ADJECTIVE, NameForm.DEMONYM):
            sort = Sort.ADJECTIVE
        yield Reference(mention.span, mention.codes, sort)


def _persons(analysis: Analysis, people: dict[str, str]) -> Iterable[Reference]:
    surnames: dict[str, set[str]] = {}
    for name, code in people.items():
        surnames.setdefault(name.split()[-1], set()).add(code)
    known = dict(people.items())
    known |= {surname: next(iter(codes)) for surname, codes in surnames.items() if len(codes) == 1 and len(surname) > 2}
    if not known:
        return
    names = re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})(?![\w-])")
    for match in names.finditer(analysis.text):
        yield Reference(Span(*match.span()), (known[match.group()],), Sort.PERSON)


_JOINED = re.compile(r"(?:[’']s)?\s*(?:,|,?\s*\b(?:and|plus)\b|[-–—+])\s*(?:the\s)?")


def main_pair(analysis: Analysis) -> tuple[str, ...]:
    """The two states that a document is about, where no third one is named half as often as the second."""
    counts = Counter(m.codes[0] for m in analysis.actors if len(m.codes) == 1 and ":" not in m.codes[0])
    ranked = counts.most_common(3)
    if len(ranked) < 2 or ranked[1][1] < 2 or (len(ranked) > 2 and ranked[2][1] * 2 > ranked[1][1]):
        return ()
    return tuple(sorted(code for code, _ in ranked[:2]))


def _counted(analysis: Analysis, named: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """`the three governments` as the last list of as many actors, where there is one before."""
    result: list[Reference] = []
    lists: dict[int, tuple[str, ...]] = {}
    pair = main_pair(analysis)
    main = _words(analysis.language).main
    run: list[Reference] = []
    for reference in named:
        if reference.sort is Sort.SIDES:
            number = next((_NUMBERS[w] for w in analysis.words(reference.span).lower().split() if w in _NUMBERS), 0)
            # `both sides` are those of the dispute; `the two countries` may be any that were named together.
            last = () if main.search(analysis.words(reference.span)) and pair else lists.get(number, ())
            result.append(Reference(reference.span, last or (pair if number == 2 else ()), Sort.SIDES))
            run = []
            continue
        joined = run and _JOINED.fullmatch(analysis.text[run[-1].span.end : reference.span.start])
        run = [*run, reference] if joined else [reference]
        codes = tuple(sorted({code for each in run for code in each.codes}))
        if len(codes) > 1:
            lists[len(codes)] = codes
        result.append(reference)
    return tuple(result)


def _said_by_self(analysis: Analysis, words: _Words, contents: Contents) -> Iterable[Reference]:
    """`we`, `I`, `our government` in a speaker's words, whose state is known."""
    for match in words.speaker.finditer(analysis.text):
        if (state := contents.state_at(match.start())) is not None:
            owner = match.group().lower() in ("our", "my")
            yield Reference(Span(*match.span()), (state,), Sort.ADJECTIVE if owner else Sort.SPEAKER)


def _resolved(
    analysis: Analysis, words: _Words, named: tuple[Reference, ...], people: dict[str, str]
) -> Iterable[Reference]:
    """`he` and `the minister`: whoever spoke last, or else the person named last before; `that it`: the speaker."""
    starts = [reference.span.start for reference in named]
    spoken: list[tuple[int, tuple[Span, ...], str]] = []
    for statement in analysis.statements:
        speaker = statement.speaker
        if statement.source and speaker.person and (code := speaker.state or people.get(speaker.person)):
            spoken.append((max(span.end for span in (*statement.cue, *statement.source)), statement.source, code))
        if speaker.state and statement.content:
            it = _IT.match(analysis.text, statement.content[0].start)
            if it is not None:
                yield Reference(Span(it.start(1), it.end(1)), (speaker.state,), Sort.PRONOUN)
    spoken.sort()
    for pattern in (_PRONOUN, words.description):
        for match in pattern.finditer(analysis.text):
            place = match.start()
            own = next((state for _, source, state in spoken if any(a <= place < b for a, b in source)), None)
            last = next(((end, state) for end, _, state in reversed(spoken) if end <= place), (0, None))
            before = named[: bisect_left(starts, place)]
            person = next((r for r in reversed(before) if r.sort is Sort.PERSON), None)
            span = Span(*match.span())
            if own is not None:
                yield Reference(span, (own,), Sort.PRONOUN)
            elif last[1] is not None and place - last[0] <= _REACH:
                yield Reference(span, (last[1],), Sort.PRONOUN)
            elif person is not None and place - person.span.end <= _REACH:
                yield Reference(span, person.codes, Sort.PRONOUN)


def _without_overlaps(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """In text order; of two that overlap the one that begins first, then the longer one."""
    kept: list[Reference] = []
    for reference in sorted(references, key=lambda r: (r.span.start, -r.span.end, r.sort)):
        if not kept or reference.span.start >= kept[-1].span.end:
            kept.append(reference)
    return tuple(kept)
