"""Shares of a state's flows, and agreement of two states in roll calls."""

from __future__ import annotations

from collections.abc import Iterable

from multivector.check._amounts import told
from multivector.check._claims import Understood
from multivector.check._data import rules
from multivector.check._judge import Evidence, judge, too_wide, turned
from multivector.check._money import between, span_name
from multivector.check._pairs import WRONG, around, defects_of
from multivector.check._readings import Period, Reading, Readings, year
from multivector.check._sheet import Sheet
from multivector.check._types import Check, Verdict, row_of_votes
from multivector.record import Choice, Flow, Vote, interval

_FLOWS = {"turnover": Flow.TURNOVER, "exports": Flow.EXPORTS}


def check_share(understood: Understood, readings: Readings) -> Check:
    """The verdict on a part of a state's flow: of its own report, and of its partner's over its total."""
    claim, sheet = understood.claim, Sheet(understood.claim)
    (whole, *more), parts = claim.sides[0] or ("",), claim.sides[1]
    if more or not parts:
        return sheet.finish(Verdict.NOT_CHECKABLE, "A share of several states’ flows is not computed.")
    flow = _FLOWS.get(claim.statistic, Flow.IMPORTS)
    names = readings.names
    what = f"The share of {names.group(parts)} in {names(whole)}’s {_noun(claim.statistic)}"
    period, bracketed, found = understood.period, False, list[Reading]()
    if period is not None:
        found = readings.share(whole, parts, period, flow)
        annual = around(period)
        if not found and annual is not None:
            bracketed, found = True, readings.share(whole, parts, annual, flow)
    elif understood.spoken is not None:
        for number in range(understood.spoken.year, understood.spoken.year - rules()["fresh"] - 1, -1):
            if found := readings.share(whole, parts, year(number), flow):
                period, bracketed = year(number), True
                break
    if period is None or not found:
        when = f" for {span_name(period)}" if period else " for the years before it was said"
        sheet.missing.append(f"{names(whole)}: rows by partner{when}, with {names.group(parts)} and a total")
        return sheet.finish(Verdict.NOT_CHECKABLE, f"No source has {what[0].lower()}{what[1:]}{when}.")
    for reading in found:
        sheet.step(reading.words, reading.value, "percent", reading.rows)
    return _judged(understood, sheet, found, period, bracketed=bracketed, what=what)


def check_votes(understood: Understood, votes: Iterable[Vote], names: object) -> Check:
    """The verdict on the share of roll calls in which two states voted the same, of those in which both voted."""
    claim, sheet = understood.claim, Sheet(understood.claim)
    (one, *more), (other, *others) = claim.sides[0] or ("",), claim.sides[1] or ("",)
    name = names if callable(names) else str
    if more or others or not other:
        return sheet.finish(Verdict.NOT_CHECKABLE, "Agreement in votes is computed for two states at a time.")
    pairs = _common(votes, one, other, understood.period)
    if understood.period is None and understood.spoken is not None:
        pairs = [pair for pair in pairs if (interval(pair[0].date)[0] or understood.spoken) <= understood.spoken]
    if len(pairs) < rules()["votes"]:
        when = f" in {span_name(understood.period)}" if understood.period else ""
        sheet.missing.append(f"roll calls{when} in which {name(one)} and {name(other)} both voted")
        reason = f"There are {len(pairs)} roll calls{when} in which both voted, too few to tell."
        return sheet.finish(Verdict.NOT_CHECKABLE, reason)
    same = sum(mine.choice == theirs.choice for mine, theirs in pairs)
    value = 100 * same / len(pairs)
    first, last = min(mine.date for mine, _ in pairs), max(mine.date for mine, _ in pairs)
    sheet.step(
        f"Of {len(pairs)} roll calls from {first} to {last} in which both voted, {same} with the same vote:"
        f" {value:.1f} percent",
        value,
        "percent",
        [row_of_votes(mine, theirs) for mine, theirs in pairs],
    )
    points = rules()["share_points"]
    if understood.period is None:
        points = rules()["votes_points"]
    evidence = Evidence((value,), value, value, understood.period is not None, 2)
    sheet.low = sheet.high = value
    verdict = judge(claim, evidence, points=points)
    both = f"the {len(pairs)} roll calls of the UN General Assembly from {first} to {last} in which both voted"
    reasons = [
        f"{name(one)} and {name(other)} voted the same in {value:.1f} percent of {both}; the claim is {told(claim)}."
    ]
    if understood.period is None:
        reasons.append("The text does not say which years it counts; all are counted here.")
        verdict = Verdict.NOT_CHECKABLE if verdict is Verdict.CONTRADICTED else verdict
    reasons.append("An abstention counts as the same as an abstention only; absences are left out.")
    return sheet.finish(turned(verdict, claim), *reasons)


def _judged(
    understood: Understood, sheet: Sheet, found: list[Reading], period: Period, *, bracketed: bool, what: str
) -> Check:
    # Values of deliveries are estimates all of them; what is spread over years stays within a longer period.
    sparse = understood.statistic.sparse
    claim = understood.claim
    values = [reading.value for reading in found]
    touching = [defect for reading in found for defect in defects_of(reading)]
    defects = {defect.what for defect in touching if defect.kind != "missing"}
    wrong = any(defect.kind in WRONG for defect in touching)
    whole = not wrong and not bracketed and (sparse or not any(reading.unsure for reading in found))
    sides = len({reading.side for reading in found})
    evidence = Evidence(tuple(values), min(values), max(values), whole, sides)
    sheet.low, sheet.high = evidence.low, evidence.high
    points = rules()["share_margin"] * (2 if bracketed else 1)
    verdict = judge(claim, evidence, points=points)
    when = span_name(period)
    reasons = [f"{what} was {between(evidence.low, evidence.high, 'percent')} in {when}; the claim is {told(claim)}."]
    if bracketed:
        lacking = (
            f"for {span_name(understood.period)} there are no rows of its own"
            if understood.period
            else ("the text names no period")
        )
        reasons.append(f"That is {when}; {lacking}, so that nothing is proven.")
        if verdict is Verdict.CONTRADICTED:
            verdict = Verdict.NOT_CHECKABLE
    if too_wide(evidence, points):
        reasons.append("The reports differ too much to prove anything.")
    reasons += sorted(f"{each.rstrip('.')}." for each in defects)
    return sheet.finish(turned(verdict, claim), *reasons)


def _common(votes: Iterable[Vote], one: str, other: str, period: Period | None) -> list[tuple[Vote, Vote]]:
    """The votes of both in each roll call of the period in which both voted, the latest vintage of each."""
    found: dict[str, dict[str, Vote]] = {one: {}, other: {}}
    for vote in votes:
        if vote.area not in found or vote.choice is Choice.ABSENT:
            continue
        day = interval(vote.date)[0]
        if period is not None and (day is None or not period[0] <= day <= period[1]):
            continue
        known = found[vote.area].get(vote.resolution)
        if known is None or (known.vintage, known.source) < (vote.vintage, vote.source):
            found[vote.area][vote.resolution] = vote
    both = sorted(found[one].keys() & found[other].keys(), key=lambda name: (found[one][name].date, name))
    return [(found[one][name], found[other][name]) for name in both]


def _noun(statistic: str) -> str:
    return {"turnover": "trade in goods", "arms": "deliveries of major arms (TIV)"}.get(statistic, statistic)
