"""Sources resolved within the document: pronouns, surnames and descriptions go back to who was named before."""

from __future__ import annotations

from dataclasses import replace

from multivector.reading._analysis import Analysis
from multivector.reading._cues import Cues
from multivector.reading._sayings import Sayings
from multivector.reading._who import Who
from multivector.record import Statement


def resolve_speakers(analysis: Analysis, cues: Cues, statements: list[Statement]) -> tuple[Statement, ...]:
    """The statements with `speaker`, `said_on` and `occasion` filled as far as the document tells."""
    who = Who(analysis, cues, statements)
    sayings = Sayings(analysis, cues, statements, who.cast.people)
    resolved = [
        sayings.dated(replace(statement, speaker=who.speaker(statement)))
        for statement in sorted(statements, key=_place)
    ]
    return tuple(sorted(resolved, key=lambda s: (s.content, s.cue)))


def _place(statement: Statement) -> tuple[int, int]:
    """Where a statement begins; one around others comes before them."""
    spans = statement.source[:1] + statement.cue[:1] + statement.content
    return min(span.start for span in spans), -max(span.end for span in spans)
