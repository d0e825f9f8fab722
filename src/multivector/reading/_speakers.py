"""Sources resolved within the document: pronouns, surnames and descriptions go back to who was named before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from multivector.reading._analysis import Analysis, contains
from multivector.reading._cues import Cues
from multivector.reading._deeds import Deeds
from multivector.reading._occasion import Occasion, occasion_of
from multivector.reading._people import Person
from multivector.reading._references import References
from multivector.reading._who import Who
from multivector.record import Span, Speaker, Statement

_NESTED = 8
"""How many contents that begin before a place are looked at for one that holds it."""


def resolve_speakers(analysis: Analysis, cues: Cues, statements: list[Statement]) -> tuple[Statement, ...]:
    """The statements with `speaker`, `said_on` and `occasion` filled as far as the document tells."""
    who = Who(analysis, cues, statements)
    dated: dict[Speaker, tuple[str | None, str | None]] = {}
    introduced = _introduced(analysis, cues, who.cast.people)
    resolved: list[Statement] = []
    for statement in sorted(statements, key=_place):
        speaker = who.speaker(statement)
        said_on, occasion = _when(analysis, cues, statement)
        if speaker != Speaker():
            known = dated.get(speaker) or introduced.get(speaker.person or "", (None, None))
            said_on, occasion = said_on or known[0], occasion or known[1]
            dated[speaker] = (said_on, occasion)
        resolved.append(replace(statement, speaker=speaker, said_on=said_on, occasion=occasion))
    return tuple(sorted(_at_the_occasion(analysis, resolved), key=lambda s: (s.content, s.cue)))


def _place(statement: Statement) -> tuple[int, int]:
    """Where a statement begins; one around others comes before them."""
    spans = statement.source[:1] + statement.cue[:1] + statement.content
    return min(span.start for span in spans), -max(span.end for span in spans)


def _introduced(analysis: Analysis, cues: Cues, people: dict[str, Person]) -> dict[str, tuple[str | None, str | None]]:
    """Date and occasion of people by name, from sentences that name all three (`At a briefing on 4 May, X ...`)."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for name in people:
        start = analysis.text.find(name)
        sentence = analysis.sentences[analysis.sentence_at(start)].span
        days = {time.value for time in analysis.times_in(sentence) if len(time.value) == len("2026-02-18")}
        match = cues.occasions.search(analysis.text, *sentence)
        if len(days) == 1 and match is not None and not analysis.quoted(match.start()):
            found[name] = (days.pop(), cues.occasion_names[match.group().lower()])
    return found


def _at_the_occasion(analysis: Analysis, statements: list[Statement]) -> Iterator[Statement]:
    """What participants of the one meeting that the document reports say in it is said on its day.

    A statement inside another one keeps what it has: it tells of something said elsewhere.
    """
    found = occasion_of(analysis, Deeds(analysis, References(analysis)))
    contents = sorted(span for statement in statements for span in statement.content)
    for statement in statements:
        speaker = statement.speaker
        takes_part = found is not None and _takes_part(speaker, found)
        if found is None or found.date is None or not takes_part or statement.said_on is not None:
            yield statement
            continue
        cue = (statement.cue or statement.source or statement.content)[0]
        index = bisect_right(contents, cue.start, key=lambda span: span.start)
        nested = any(contains(span, cue) for span in contents[max(0, index - _NESTED) : index])
        yield statement if nested else replace(statement, said_on=found.date, occasion=statement.occasion or "meeting")


def _takes_part(speaker: Speaker, meeting: Occasion) -> bool:
    """Whether a speaker speaks at the meeting: who comes for a participant, or nobody in particular (`the parties`).

    States and bodies speak at many places; they do at this one where the document is a paper of the meeting itself.
    """
    if speaker.person is None and not meeting.heading:
        return speaker.state is None and speaker.organisation is None
    return speaker.state in meeting.participants or speaker == Speaker()


def _when(analysis: Analysis, cues: Cues, statement: Statement) -> tuple[str | None, str | None]:
    """Date and occasion from the words of the attributing sentence that lie outside the content."""
    anchor = (statement.cue or statement.source or statement.content)[0]
    sentence = analysis.sentences[analysis.sentence_at(anchor.start)].span
    own = statement.content + statement.source
    days = [
        t.value for t in analysis.times_in(sentence) if len(t.value) == len("2026-02-18") and not _in(own, t.span.start)
    ]
    words = (m for m in cues.occasions.finditer(analysis.text, *sentence) if not _in(own, m.start()))
    occasion = next((cues.occasion_names[match.group().lower()] for match in words), None)
    return (days[0] if len(set(days)) == 1 else None), occasion


def _in(spans: tuple[Span, ...], offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)
