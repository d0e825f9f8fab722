"""What stands behind one number: the rows of statistics, or the sentences, of a state and one of its partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from multivector.desk._answer import About, Table, answer, one_of
from multivector.desk._desk import Desk, desk_of
from multivector.desk._faults import ProblemError
from multivector.desk._lists import row_dict, row_of, twins
from multivector.desk._measures import ask, domain_of
from multivector.measure import Partner, Vector
from multivector.record import Observation
from multivector.store import QueryError

_MOST = 200


@dataclass(frozen=True, slots=True)
class Behind:
    """A row of statistics, and whether the share was made of it."""

    row: Observation
    used: bool


def evidence_page(request: Request) -> Response:
    """The rows or items behind a share. Raises NotYetError."""
    desk = desk_of(request)
    state = (request.query_params.get("state") or "").upper()
    partner = request.query_params.get("partner") or ""
    source = one_of(request, "source", ("statistics", "record"), "statistics")
    domain = domain_of(request)
    if not state or not partner:
        raise ProblemError(400, "Evidence of what?", "give state and partner, such as ?state=KAZ&partner=CHN")
    found = ask(request, state, domain, source)
    if isinstance(found, str):
        raise ProblemError(404, found)
    period = request.query_params.get("period") or found.vectors[-1].period
    vector = next((each for each in found.vectors if each.period == period), None)
    if vector is None:
        periods = ", ".join(each.period for each in found.vectors)
        raise ProblemError(404, f"Nothing was measured for {period[:40]}", f"there are {periods}")
    weight = vector.weights.partner(partner)
    rows = _rows(desk, vector, partner, weight) if source == "statistics" else []
    items = _items(desk, weight) if source == "record" else []
    title = f"{desk.name(state)} and {desk.name(partner)}: {domain}, {period}"
    table = (
        Table(title, _COLUMNS, [_row(each) for each in rows], _about(vector))
        if source == "statistics"
        else Table(
            title, ("id", "doc", "type", "date", "words"), [row_dict(desk, each) for each in items], _about(vector)
        )
    )
    return answer(
        request,
        table,
        "evidence.html",
        state=state,
        partner=partner,
        vector=vector,
        weight=weight,
        rows=rows,
        items=[row_of(desk, each) for each in items],
        domain=domain,
        source=source,
        twins=twins(request),
    )


_COLUMNS = (
    *("reporting_area", "counterpart_area", "indicator", "flow", "period", "value", "unit", "unit_multiplier"),
    *("valuation", "status", "source", "vintage", "retrieved", "row", "used"),
)


def _row(each: Behind) -> dict[str, Any]:
    made = {name: getattr(each.row, name) for name in _COLUMNS if name != "used"}
    return made | {"used": each.used}


def _rows(desk: Desk, vector: Vector, partner: str, weight: Partner | None) -> list[Behind]:
    """Both sides' rows for the period, those that the share was made of first."""
    used = set(weight.evidence if weight else ())
    period = vector.period
    since, _, until = period.partition("/")
    rows: list[Observation] = []
    for one, other in ((vector.state, partner), (partner, vector.state)):
        rows += desk.store.observations(
            reporting_area=one, counterpart_area=other, since=since, until=until or since, limit=_MOST
        )
    behind = [Behind(row, f"{row.source} ({row.vintage}): {row.row}" in used) for row in rows]
    return sorted(behind, key=lambda each: (not each.used, each.row.indicator, each.row.source, each.row.period))


def _items(desk: Desk, weight: Partner | None) -> list[Any]:
    found: list[Any] = []
    for id_ in (weight.evidence if weight else ())[:_MOST]:
        try:
            found.append(desk.store.item(id_))
        except QueryError:  # read anew since it was measured
            continue
    return found


def _about(vector: Vector) -> About:
    return About(vector.weights.sources, "as each source says", "share = w / sum of w over partners", vector.notes)
