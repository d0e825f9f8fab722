"""Gathers what a check finds: steps with their rows, what is missing, and at the end the verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from multivector.check._types import Check, Claim, Part, Row, Step, Verdict, row_of
from multivector.record import Observation


@dataclass(slots=True)
class Sheet:
    """The working paper of one check."""

    claim: Claim
    low: float | None = None
    high: float | None = None
    unit: str = ""
    steps: list[Step] = field(default_factory=list[Step])
    rows: list[Row] = field(default_factory=list[Row])
    missing: list[str] = field(default_factory=list[str])
    parts: list[Part] = field(default_factory=list[Part])
    _places: dict[Row, int] = field(default_factory=dict[Row, int])

    def step(self, words: str, value: float | None, unit: str, rows: Iterable[Observation | Row] = ()) -> None:
        """Add a step with its rows; a row that is there already keeps its place."""
        places = tuple(dict.fromkeys(self._place(row if isinstance(row, Row) else row_of(row)) for row in rows))
        step = Step(words, value, unit, places)
        if step not in self.steps:
            self.steps.append(step)

    def finish(self, verdict: Verdict, *reasons: str) -> Check:
        """The check with its verdict."""
        return Check(
            claim=self.claim,
            verdict=verdict,
            low=self.low,
            high=self.high,
            unit=self.unit or self.claim.unit,
            reasons=tuple(dict.fromkeys(reasons)),
            steps=tuple(self.steps),
            rows=tuple(self.rows),
            missing=tuple(dict.fromkeys(self.missing)),
            parts=tuple(self.parts),
        )

    @staticmethod
    def again(check: Check, verdict: Verdict, reason: str) -> Check:
        """The same check with another verdict, for a reason that goes before the others."""
        return replace(check, verdict=verdict, reasons=(reason, *check.reasons))

    def _place(self, row: Row) -> int:
        if row not in self._places:
            self._places[row] = len(self.rows)
            self.rows.append(row)
        return self._places[row]
