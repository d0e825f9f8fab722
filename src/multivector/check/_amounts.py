"""Amounts: trade, exports, imports, balances, deliveries and remittances, beside what both sides report."""

from __future__ import annotations

import math

from multivector.check._claims import Understood
from multivector.check._data import Shape, rules
from multivector.check._judge import Evidence, judge, margin, too_wide, turned
from multivector.check._money import Names, amount, between, listed, span_name
from multivector.check._pairs import Pair, pair_of, pairs_of, share_of_year, spare_slight
from multivector.check._readings import Period, Readings, year
from multivector.check._sheet import Sheet
from multivector.check._types import Check, Claim, Relation, Verdict

_HEDGES = {
    Relation.EXACTLY: "",
    Relation.ABOUT: "about ",
    Relation.ALMOST: "almost ",
    Relation.AT_LEAST: "more than ",
    Relation.AT_MOST: "at most ",
}


def check_amount(understood: Understood, readings: Readings) -> Check:
    """The verdict on an amount in a period that is told, or in one of the two years before it was said."""
    if understood.period is not None:
        return _in_period(understood, readings, understood.period)
    if understood.spoken is None:
        reason = "The text names no period, and its own date is not known."
        return Sheet(understood.claim).finish(Verdict.NOT_CHECKABLE, reason)
    tried = [
        (number, _in_period(understood, readings, year(number)))
        for number in (understood.spoken.year - 1, understood.spoken.year - 2)
    ]
    for number, check in tried:
        if check.verdict in (Verdict.SUPPORTED, Verdict.CONSISTENT):
            reason = f"The text names no period; the figure would fit {number}."
            return Sheet.again(check, Verdict.CONSISTENT, reason)
    contradicted = [check for _, check in tried if check.verdict is Verdict.CONTRADICTED]
    fits = ", and neither of the two years before fits it" if len(contradicted) == len(tried) else ""
    reason = f"The text names no period{fits}; another one may be meant."
    return Sheet.again((contradicted or [tried[0][1]])[0], Verdict.NOT_CHECKABLE, reason)


def told(claim: Claim) -> str:
    """The claimed number as the claim has it: `about 35.0 billion USD`."""
    return f"{'not ' if claim.negated else ''}{_HEDGES[claim.relation]}{amount(claim.value or 0.0, claim.unit)}"


def whom(claim: Claim, names: Names) -> str:
    """Between whom, in words."""
    first, second = claim.sides
    if not second:
        return f"of {names.group(first)} with the world"
    if set(first) == set(second):
        return f"among {names.group(first)}"
    if claim.statistic in ("exports", "imports", "arms", "remittances"):
        return f"from {names.group(first)} to {names.group(second)}"
    return f"between {names.group(first)} and {names.group(second)}"


def other_unit(unit: str, units: set[str]) -> str:
    """Why rows in these units say nothing of a claim in another."""
    if "TIV" in units:
        return (
            "SIPRI counts deliveries in trend indicator values (TIV), which are not money and cannot be turned into it."
        )
    rows = listed(sorted(units))
    return (
        f"The claim is in {unit} and the rows are in {rows}; without an exchange rate for the period they do not meet."
    )


def _in_period(understood: Understood, readings: Readings, period: Period) -> Check:
    claim = understood.claim
    sheet = Sheet(claim)
    pairs = [pair_of(readings, one, other, period) for one, other in pairs_of(*claim.sides)]
    spare_slight(pairs)
    when, what = span_name(period), f"{understood.statistic.name} {whom(claim, readings.names)}"
    if not any(pair.readings or pair.low for pair in pairs):
        units = {unit for pair in pairs for unit in readings.units(pair.one, pair.other)}
        if units and claim.unit not in units:
            return sheet.finish(Verdict.NOT_CHECKABLE, other_unit(claim.unit, units))
        _steps(sheet, pairs, claim.unit)
        near = [_near(pair, claim.unit) for pair in pairs if pair.near]
        return sheet.finish(Verdict.NOT_CHECKABLE, f"No row gives {what} for {when}.", *near[:3])
    _steps(sheet, pairs, claim.unit)
    if understood.statistic.shape is Shape.BALANCE and not all(pair.readings for pair in pairs):
        return sheet.finish(Verdict.NOT_CHECKABLE, f"A balance needs every flow of {when}, and some are missing.")
    evidence = _total(pairs)
    sheet.low, sheet.high = evidence.low, evidence.high
    if len(pairs) > 1:
        sheet.step(
            f"Together, of what is known: {between(evidence.low, evidence.high, claim.unit)}", evidence.low, claim.unit
        )
    verdict = judge(claim, evidence)
    if verdict is not Verdict.CONTRADICTED and (reason := _unseen(claim, pairs)):
        return sheet.finish(Verdict.NOT_CHECKABLE, reason, *_open_points(pairs, when), *_trap(claim, pairs, period))
    crossed = all(reading.side == "both" for pair in pairs for reading in pair.readings)
    reasons = [_said(claim, evidence, verdict, what, when, crossed=crossed), *_open_points(pairs, when)]
    least = evidence.low if claim.relation is Relation.AT_LEAST and not evidence.whole else None
    if least is not None and claim.low is not None and least >= claim.low:
        reasons.append("What is known alone comes to more than the claim; the sum is not complete all the same.")
    reasons += _likely(pairs, claim.unit, when)
    if too_wide(evidence):
        factor = f" by {evidence.spread:.1f} times" if evidence.spread else ""
        reasons.append(f"The reports differ{factor}, too much to prove anything.")
    return sheet.finish(turned(verdict, claim), *reasons, *_trap(claim, pairs, period))


def _steps(sheet: Sheet, pairs: list[Pair], unit: str) -> None:
    """The readings of each pair, those of another year marked, and what is missing."""
    for pair in pairs:
        for reading in pair.readings:
            when = " (whole year)" if pair.bracketed else ""
            sheet.step(f"{reading.words}{when}", reading.value, unit, reading.rows)
        for reading in pair.near:
            sheet.step(f"To compare, {pair.near_year}: {reading.words}", reading.value, unit, reading.rows)
        if pair.missing:
            sheet.missing.append(pair.missing)


def _near(pair: Pair, unit: str) -> str:
    values = [reading.value for reading in pair.near]
    return f"{pair.name} came to {between(min(values), max(values), unit)} in {pair.near_year}."


def _total(pairs: list[Pair]) -> Evidence:
    """The pairs together: sums of the least and of the largest values."""
    low = math.fsum(pair.low for pair in pairs)
    highs = [pair.high for pair in pairs if pair.high is not None]
    high = math.fsum(highs) if len(highs) == len(pairs) else None
    whole = all(pair.whole for pair in pairs)
    sides = min(len({reading.side for reading in pair.readings}) for pair in pairs)
    values: tuple[float, ...] = ()
    if whole and high is not None:
        values = tuple(r.value for r in pairs[0].readings) if len(pairs) == 1 else (low, (low + high) / 2, high)
    return Evidence(values, low, high, whole, sides)


def _unseen(claim: Claim, pairs: list[Pair]) -> str | None:
    """Why too much of a claim is in pairs of which nothing is known; None when it is not."""
    blind = [pair for pair in pairs if pair.guess is None]
    if not blind or claim.low is None or claim.value is None:
        return None
    most = math.fsum(pair.guess[1] if pair.guess else pair.low for pair in pairs)
    if claim.low - most <= rules()["unseen"] * abs(claim.value):
        return None
    return (
        f"What is known comes to {amount(most, claim.unit)} at most; the rest of the claimed"
        f" {amount(claim.value, claim.unit)} would have to be in {listed([pair.name for pair in blind])}, of which too"
        " little is known."
    )


def _open_points(pairs: list[Pair], when: str) -> list[str]:
    """What stands between the rows and a proof."""
    reasons: list[str] = []
    if lacking := [pair.name for pair in pairs if not pair.readings]:
        reasons.append(f"Rows for {listed(lacking)} are missing for {when}, so that no sum is complete.")
    if bracketed := [pair.name for pair in pairs if pair.bracketed]:
        reasons.append(
            f"For {listed(bracketed)} there are rows of the whole year only; {when} is taken to have had at least half"
            " of its proportional part of it, and at most all."
        )
    reasons += [f"In doubt: {doubt.rstrip('.')}." for pair in pairs for doubt in pair.doubts]
    reasons += [f"{note.rstrip('.')}." for pair in pairs for note in pair.notes]
    if unsure := [pair.name for pair in pairs if any(reading.unsure for reading in pair.readings)]:
        reasons.append(f"The rows on {listed(unsure)} are estimates by their source’s own word.")
    return reasons


def _likely(pairs: list[Pair], unit: str, when: str) -> list[str]:
    """What it may have been, with other years in the gaps and parts of years in proportion."""
    known = [pair for pair in pairs if pair.likely is not None]
    if all(pair.whole for pair in pairs) or not known:
        return []
    low, high = (math.fsum(pair.likely[end] for pair in known if pair.likely) for end in (0, 1))
    filled = [f"{pair.name} as in {pair.near_year}" for pair in known if not pair.readings]
    parts = ["with parts of a year in proportion"] if any(pair.bracketed for pair in pairs) else []
    parts += [f"with {listed(filled)}"] if filled else []
    parts += (
        [f"without {listed([pair.name for pair in pairs if pair.likely is None])}"] if len(known) < len(pairs) else []
    )
    if not parts:
        return []
    return [f"A guess, which proves nothing: {between(low, high, unit)} for {when}, {', '.join(parts)}."]


def _trap(claim: Claim, pairs: list[Pair], period: Period) -> list[str]:
    """Warn of the sum that anybody would make of the rows at hand, where it happens to give the claim."""
    at_hand = [pair for pair in pairs if pair.readings]
    if claim.relation is Relation.AT_LEAST or all(pair.whole for pair in pairs) or len(pairs) < 2 or not at_hand:
        return []
    bracketed = any(pair.bracketed for pair in at_hand)
    part = round(12 * share_of_year(period)) / 12 if bracketed else 1.0
    total = part * math.fsum(max(reading.value for reading in pair.readings) for pair in at_hand)
    if (claim.low is not None and total < claim.low) or (claim.high is not None and total > claim.high):
        return []
    taken = f" and taking {round(12 * part)} twelfths of it" if part < 1 else ""
    flaws = [f"lacks {listed([p.name for p in pairs if not p.readings])}"] if len(at_hand) < len(pairs) else []
    if doubted := [pair.name for pair in at_hand if pair.doubts]:
        flaws.append(f"rests on {listed(doubted)}, which is in doubt")
    if part < 1:
        flaws.append("takes all months for the same")
    warning = (
        f"Adding up the rows at hand{taken} gives {amount(total, claim.unit)}, which would meet the claim and proves"
        f" nothing: that sum {'; it '.join(flaws)}. It is not used."
    )
    return [warning]


def _said(claim: Claim, evidence: Evidence, verdict: Verdict, what: str, when: str, *, crossed: bool) -> str:
    """The first reason: what the rows say, beside what is claimed."""
    found = between(evidence.low, evidence.high, claim.unit)
    head = what[0].upper() + what[1:]
    if verdict is Verdict.SUPPORTED:
        how = "the reports of both sides" if evidence.sides > 1 else "the report of one side"
        how = "what each side reports as exports" if crossed else how
        return f"{head} came to {found} in {when} by {how}; the claim is {told(claim)}."
    if verdict is Verdict.CONTRADICTED:
        edge = f"{100 * margin(evidence):.0f} percent of error allowed for"
        return f"{head} came to {found} in {when} ({edge}); the claim is {told(claim)}."
    return f"By what is known, {what} came to {found} in {when}; the claim, {told(claim)}, is possible and not proven."
