"""From a claim and the range that the rows leave to a verdict. The rules are told in `docs/checks.md`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from multivector.check._data import rules
from multivector.check._types import Claim, Relation, Verdict

_SWAPPED = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rows say of one quantity.

    `values` are the readings that count, in the claim's unit; `low` and `high` bound what is possible by them (None: no
    bound). `whole` is True when nothing is missing, in doubt, estimated or bracketed, and `sides` counts the states
    whose reports there are.
    """

    values: tuple[float, ...]
    low: float | None
    high: float | None
    whole: bool
    sides: int

    @property
    def spread(self) -> float | None:
        """The largest reading over the smallest, None where there is no second one or a sign differs."""
        if len(self.values) < 2 or min(self.values) <= 0 < max(self.values):
            return None
        size = [abs(value) for value in self.values]
        return max(size) / min(size) if min(size) else None


def margin(evidence: Evidence) -> float:
    """How far beyond the readings what is so may lie, as a part: revisions, half the spread, an unheard other side."""
    known = rules()
    low, high = min(evidence.values, default=0.0), max(evidence.values, default=0.0)
    half = (high - low) / abs(high + low) if high + low else 0.0
    return max(known["revised"], half, known["one_report"] if evidence.sides < 2 else 0.0)


def judge(claim: Claim, evidence: Evidence, *, points: float | None = None) -> Verdict:
    """The verdict on a claimed quantity, before negation.

    `points` is the margin in units of the claim (percentage points), instead of a part of the value.
    """
    if evidence.low is None and evidence.high is None:
        return Verdict.NOT_CHECKABLE
    if _apart(claim, evidence, points):
        return Verdict.CONTRADICTED
    if evidence.whole and not too_wide(evidence, points) and _matches(claim, evidence.values, points):
        return Verdict.SUPPORTED
    return Verdict.CONSISTENT


def turned(verdict: Verdict, claim: Claim) -> Verdict:
    """The verdict on what is said: of a claim that something is not so, the opposite."""
    return _SWAPPED.get(verdict, verdict) if claim.negated else verdict


def too_wide(evidence: Evidence, points: float | None = None) -> bool:
    """Whether the sources differ by too much to prove anything."""
    if points is not None and evidence.values:
        return max(evidence.values) - min(evidence.values) > 2 * points
    if evidence.values and min(evidence.values) <= 0 < max(evidence.values):
        return True
    return evidence.spread is not None and evidence.spread > rules()["spread"]


def _matches(claim: Claim, values: Sequence[float], points: float | None) -> bool:
    """Whether a reading is what is claimed, but for revisions; all of them, where the claim sets one bound only."""
    hits = [_within(value, claim, 0.0 if points is not None else rules()["revised"] * abs(value)) for value in values]
    return all(hits) if claim.relation in (Relation.AT_LEAST, Relation.AT_MOST) else any(hits)


def _within(value: float, claim: Claim, slack: float) -> bool:
    above = claim.low is None or value >= claim.low - slack
    return above and (claim.high is None or value <= claim.high + slack)


def _apart(claim: Claim, evidence: Evidence, points: float | None) -> bool:
    """Whether all values that would make the claim true lie outside what the rows allow."""
    part = margin(evidence)

    def room(bound: float) -> float:
        return points if points is not None else part * abs(bound)

    over = claim.low is not None and evidence.high is not None and claim.low > evidence.high + room(evidence.high)
    under = claim.high is not None and evidence.low is not None and claim.high < evidence.low - room(evidence.low)
    return over or under
