"""Weights over partners from reports: one report as the base, others in its gaps, and all others as the doubt."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace as _changed

from multivector.measure._reports import Cell, Report, Side, reports
from multivector.measure._tables import Indicator, indicator
from multivector.measure._types import Choices, Data, Eu, MeasureError, Part, Partner, Weights
from multivector.record import UNALLOCATED, Flow, Observation

EU = "IGO:EU"
REST = UNALLOCATED
"""The code of what belongs to no partner, where it counts as one."""

_Key = tuple[str, Flow]
_TOGETHER = {
    Flow.TURNOVER: (Flow.EXPORTS, Flow.IMPORTS, Flow.TURNOVER),
    Flow.EXPORTS: (Flow.EXPORTS,),
    Flow.IMPORTS: (Flow.IMPORTS,),
    Flow.NONE: (Flow.NONE,),
}


def weights(
    rows: Iterable[Observation],
    state: str,
    period: str,
    *,
    kind: str = "goods",
    flow: Flow | str | None = None,
    choices: Choices | None = None,
    members: Sequence[str] = (),
) -> Weights:
    """Weights over the partners of `state` in `period` from rows of statistics.

    `kind` is an indicator (`goods`, `arms`, `remittances`), `flow` is seen from the state and taken from the indicator
    unless given; turnover is exports and imports together. `period` is a year, years (`2015/2024`), or another period
    of the record; what does not fill it counts nothing. `members` are the states of the European Union, needed when
    `choices.eu` is one.

    The base is the state's own report (or the mirror one, see `Data`) from the source that speaks of most of the period
    and of most partners. With `Data.BOTH` its gaps, partner by partner and flow by flow, are filled from other reports
    in the same unit. Every other report gives one of `Weights.others`: the base with that report's values in place of
    its own wherever both speak.

    Raises MeasureError when nothing is reported.

    >>> from multivector.record import AreaKind, ObservationStatus, Valuation
    >>> def row(partner: str, flow: str, value: float) -> Observation:
    ...     return Observation("AAA", partner, AreaKind.STATE, "goods", Flow(flow), "2020", value, "USD", 6,
    ...         Valuation.UNKNOWN, ObservationStatus.NORMAL, "office", "2021-03-01", "2026-01-01", "table.csv:1")
    >>> made = weights([row("BBB", "exports", 3), row("BBB", "imports", 1), row("CCC", "exports", 4)], "AAA", "2020")
    >>> made.total, made.share("CCC"), made.rank("BBB")
    (8000000.0, 0.5, 1)
    """
    choices = choices or Choices()
    about = indicator("", kind)
    wanted = Flow(flow) if flow is not None else about.flow
    rows = [row for row in rows if state in (row.reporting_area, row.counterpart_area)]
    made = _weights(rows, state, period, about, wanted, choices)
    if choices.gold is Part.OUT:
        made = _without(made, _gold(rows, state, period, about, wanted, choices))
    if choices.eu is Eu.ONE:
        made = merged(made, members, EU)
    if choices.unallocated is Part.IN:
        made = _with_rest(made)
    return made


def ranked(
    values: Mapping[str, float],
    evidence: Mapping[str, tuple[str, ...]],
    reported: Mapping[str, tuple[tuple[str, float], ...]] | None = None,
    bounds: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[Partner, ...]:
    """Partners by weight, the largest first; partners with equal weights have the same rank. Zero is no partner."""
    total = math.fsum(values.values())
    order = sorted(((code, value) for code, value in values.items() if value > 0), key=lambda each: (-each[1], each[0]))
    made: list[Partner] = []
    for place, (code, value) in enumerate(order, 1):
        rank = made[-1].rank if made and made[-1].weight == value else place
        low, high = (bounds or {}).get(code, (None, None))
        others = (reported or {}).get(code, ())
        made.append(Partner(code, value, value / total, rank, low, high, evidence.get(code, ()), others))
    return tuple(made)


def merged(made: Weights, members: Iterable[str], code: str) -> Weights:
    """The same weights with `members` put together to one partner `code`."""
    inside = frozenset(members) | {code}
    name = {partner.code: code if partner.code in inside else partner.code for partner in made.partners}
    values: dict[str, float] = {}
    evidence: dict[str, tuple[str, ...]] = {}
    reported: dict[str, tuple[tuple[str, float], ...]] = {}
    for partner in made.partners:
        to = name[partner.code]
        values[to] = values.get(to, 0.0) + partner.weight
        evidence[to] = evidence.get(to, ()) + partner.evidence
        if to == partner.code:  # reports on single members say nothing of their sum
            reported[to] = partner.reports
    others: list[tuple[str, tuple[tuple[str, float], ...]]] = []
    for label, pairs in made.others:
        together: dict[str, float] = {}
        for partner, value in pairs:
            to = code if partner in inside else partner
            together[to] = together.get(to, 0.0) + value
        others.append((label, tuple(together.items())))
    return _replaced(made, values, evidence, reported, tuple(others))


def _weights(
    rows: Sequence[Observation], state: str, period: str, about: Indicator, flow: Flow, choices: Choices
) -> Weights:
    flows = frozenset(_TOGETHER[flow])
    found = reports(rows, state, about, flows, period)
    sides = {Data.OWN: (Side.OWN,), Data.MIRROR: (Side.MIRROR,), Data.BOTH: (Side.OWN, Side.MIRROR)}[choices.data]
    usable = sorted((each for each in found.reports if each.side in sides and each.cells), key=_fullest)
    if not usable:
        raise _nothing(rows, state, period, about, choices)
    base = usable[0]
    same = [each for each in usable[1:] if each.unit == base.unit]
    # In a list of all that happened, no row says that nothing did: there is no gap to fill.
    cells, notes = (dict(base.cells), list[str]()) if about.sparse else _filled(base, same, choices)
    notes += [
        f"{each.label} is in {each.unit}, not in {base.unit}, and is left out"
        for each in usable[1:]
        if each.unit != base.unit
    ]
    notes += [f"left out: {count:,} {reason}" for reason, count in sorted(found.left_out.items()) if count]
    if flow is Flow.TURNOVER and len(there := {each for _, each in cells}) == 1 and Flow.TURNOVER not in there:
        notes.append(f"turnover of {there.pop()} alone: the other flow is not reported")
    others = [
        each
        for each in found.reports
        # One that speaks of fewer years is not another report of the same.
        if each.unit == base.unit and each.cells and each is not base and each.years >= base.years
    ]
    variants = tuple(
        (each.label, tuple(_by_partner(replaced).items()))
        for each in others
        if (replaced := {key: each.cells.get(key, cell) for key, cell in cells.items()}) != cells
    )
    evidence: dict[str, tuple[str, ...]] = {}
    for (partner, _), cell in sorted(cells.items()):
        evidence[partner] = evidence.get(partner, ()) + cell.evidence
    rest = _sum(base.unallocated, flow)
    allocated = _by_partner(cells)
    total = max(_total(base, flow), math.fsum(allocated.values()) + rest)
    used = [base.source, *(each.source for each in same if any(cells[key] is each.cells.get(key) for key in cells))]
    return Weights(
        state,
        about.code,
        flow,
        period,
        base.unit,
        ranked(allocated, evidence, _reported(cells, base, others, flow)),
        total,
        total - math.fsum(allocated.values()),
        tuple(dict.fromkeys(used)),
        tuple(sorted({each for _, each in cells})),
        variants,
        tuple(notes),
    )


def _fullest(report: Report) -> tuple[bool, int, int, float, str]:
    """Own reports before mirror ones, then those that speak of more of the period, of more partners, and of more."""
    size = math.fsum(cell.quantity for cell in report.cells.values())
    partners = len({partner for partner, _ in report.cells})
    return report.side is Side.MIRROR, -report.years, -partners, -size, report.source


def _filled(base: Report, others: Sequence[Report], choices: Choices) -> tuple[dict[_Key, Cell], list[str]]:
    """The base's cells and, where it has none, those of the others: of the same source first, then the fullest."""
    cells = dict(base.cells)
    notes: list[str] = []
    for each in sorted(others, key=lambda report: (report.source != base.source, _fullest(report))):
        if each.side is base.side and choices.data is not Data.BOTH:
            continue
        new = {
            key: cell
            for key, cell in each.cells.items()
            # A turnover that stands whole must not be added to its parts.
            if key not in cells and not (key[1] is Flow.TURNOVER or (key[0], Flow.TURNOVER) in cells)
        }
        if new:
            cells |= new
            amount, whole = (math.fsum(cell.quantity for cell in part.values()) for part in (new, cells))
            partners = len({partner for partner, _ in new})
            notes.append(
                f"{partners} partner{'' if partners == 1 else 's'} filled from {each.label}:"
                f" {100 * amount / whole if whole else 0:.1f} % of the sum"
            )
    return cells, notes


def _by_partner(cells: Mapping[_Key, Cell]) -> dict[str, float]:
    values: dict[str, float] = {}
    for (partner, _), cell in sorted(cells.items()):
        values[partner] = values.get(partner, 0.0) + cell.quantity
    return values


def _reported(
    cells: Mapping[_Key, Cell], base: Report, others: Sequence[Report], flow: Flow
) -> dict[str, tuple[tuple[str, float], ...]]:
    """For each partner on which more than one report speaks in all its flows: label and quantity of each report."""
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for partner in {partner for partner, _ in cells}:
        keys = [(partner, each) for each in _TOGETHER[flow] if (partner, each) in cells]
        told = [
            (each.label, math.fsum(each.cells[key].quantity for key in keys))
            for each in (base, *others)
            if all(key in each.cells for key in keys)
        ]
        if len(told) > 1:
            found[partner] = tuple(told)
    return found


def _sum(cells: Mapping[Flow, Cell], flow: Flow) -> float:
    return math.fsum(cells[each].quantity for each in _TOGETHER[flow] if each in cells)


def _total(base: Report, flow: Flow) -> float:
    """The printed total; zero when it is not printed for all flows that the report has."""
    spoken = {each for _, each in base.cells}
    return _sum(base.totals, flow) if spoken <= base.totals.keys() else 0.0


def _gold(
    rows: Sequence[Observation], state: str, period: str, about: Indicator, flow: Flow, choices: Choices
) -> Weights:
    gold = Indicator("gold", about.domain, flow, about.over, sparse=True, by=about.by)
    try:
        return _weights(rows, state, period, gold, flow, choices)
    except MeasureError:
        raise MeasureError(
            f"gold of {state}, {period}",
            "no rows of the indicator gold, so that it cannot be taken out",
            "add rows with trade in gold (HS 7108) by partner, or leave gold in",
        ) from None


def _without(made: Weights, gold: Weights) -> Weights:
    less = gold.values
    values = {partner.code: max(partner.weight - less.get(partner.code, 0.0), 0.0) for partner in made.partners}
    evidence = {
        partner.code: partner.evidence + (found.evidence if (found := gold.partner(partner.code)) else ())
        for partner in made.partners
    }
    others = tuple(
        (label, tuple((code, max(value - less.get(code, 0.0), 0.0)) for code, value in pairs))
        for label, pairs in made.others
    )
    taken = math.fsum(made.values.values()) - math.fsum(values.values())
    made = _replaced(made, values, evidence, {}, others)
    note = f"gold taken out: {taken:,.0f} {made.unit}"
    return _changed(
        made,
        total=made.total - taken - gold.unallocated,
        unallocated=made.unallocated - gold.unallocated,
        notes=(*made.notes, note),
    )


def _with_rest(made: Weights) -> Weights:
    """What belongs to no partner as one more partner."""
    if made.unallocated <= 0:
        return made
    values = made.values | {REST: made.unallocated}
    evidence = {partner.code: partner.evidence for partner in made.partners}
    reported = {partner.code: partner.reports for partner in made.partners}
    others = tuple((label, (*pairs, (REST, made.unallocated))) for label, pairs in made.others)
    return _replaced(made, values, evidence, reported, others)


def _replaced(
    made: Weights,
    values: Mapping[str, float],
    evidence: Mapping[str, tuple[str, ...]],
    reported: Mapping[str, tuple[tuple[str, float], ...]],
    others: tuple[tuple[str, tuple[tuple[str, float], ...]], ...],
) -> Weights:
    return _changed(made, partners=ranked(values, evidence, reported), others=others)


def _nothing(rows: Sequence[Observation], state: str, period: str, about: Indicator, choices: Choices) -> MeasureError:
    there = sorted({row.period[:4] for row in rows if row.indicator in about.rows})
    if not there:
        return MeasureError(f"{state}, {about.code}", "no statistics", f"add rows of {about.code} for it")
    side = "" if choices.data is Data.BOTH else f" with {choices.data} data"
    return MeasureError(
        f"{state}, {about.code}, {period}", f"no statistics{side} that fill it", f"there are rows of {', '.join(there)}"
    )
