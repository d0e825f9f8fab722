"""The region: states beside their partners in a domain, a map, and how many vectors each state has."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from multivector.desk import _charts
from multivector.desk._answer import About, Table, answer, one_of, refuse
from multivector.desk._desk import Desk, desk_of
from multivector.desk._forms import address
from multivector.desk._lists import twins
from multivector.desk._measures import (
    LACKING,
    SOURCES,
    ask,
    choices_of,
    domain_of,
    headline,
    lacks,
    latest,
    region_of,
    regions,
    states_of,
)
from multivector.desk._pictures import chart_answer
from multivector.measure import COLUMNS, FORMULAS, Alike, Eu, Vector, Vectors, lines
from multivector.record import Domain

_PARTNERS = 14
_STEPS = 9
_FULL = 0.45
"""The share from which on a cell has the strongest colour."""
_OWN = ("domain", "source", "period", "region", "similarity", "eu", "order")


@dataclass(frozen=True, slots=True)
class Cell:
    """A state's share with a partner: the share, the step of its colour, and the address of its evidence."""

    share: float | None
    step: int
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One state of the table: its vector by source, and a cell a partner for each source."""

    state: str
    vectors: dict[str, Vector]
    cells: list[dict[str, Cell]]


def region_page(request: Request) -> Response:
    """States beside partners. Raises NotYetError."""
    desk = desk_of(request)
    region, domain = region_of(request), domain_of(request)
    source = one_of(request, "source", SOURCES, "statistics")
    period = request.query_params.get("period", "")
    found, reasons = _found(request, region, domain, source)
    periods = sorted({vector.period for each in found.values() for vector in each.vectors}, reverse=True)
    if period and period not in periods:
        refuse("period", period, f"one of {', '.join(periods) or 'none: there is nothing to measure'}")
    shown = {name: latest(each, period) for name, each in found.items()}
    partners = _largest([vector for each in shown.values() for vector in each.values()])
    rows = [dict(line) for each in found.values() for line in lines(each)]
    table = Table(f"Region: {desk.name(region)}, {domain}", COLUMNS, rows, about(list(found.values())))
    query = {name: request.query_params.get(name, "") for name in _OWN}
    return answer(
        request,
        table,
        "region.html",
        region=region,
        domain=domain,
        source=source,
        period=period,
        periods=periods,
        partners=partners,
        rows=[_line(state, partners, shown) for state in states_of(desk, region)],
        found=found,
        reasons=reasons,
        regions=regions(desk),
        domains=["all", *(each.value for each in Domain)] if source == "record" else [each.value for each in Domain],
        sources=SOURCES,
        choices=choices_of(request),
        alikes=[each.value for each in Alike],
        eus=[each.value for each in Eu],
        trends=[trend for each in found.values() for trend in each.trends if trend.measure == "effective vectors"],
        headline=headline,
        lacks=lacks,
        lacking=LACKING,
        chart_query={name: value for name, value in query.items() if value},
        twins=twins(request),
    )


def about(answers: list[Vectors]) -> About:
    """Sources, formula and caveats of measured vectors."""
    every = [vector for each in answers for vector in each.vectors]
    sources = tuple(dict.fromkeys(name for vector in every for name in vector.weights.sources))
    formulas = dict.fromkeys(FORMULAS[headline(vector)].text for vector in every)
    notes = dict.fromkeys(note for each in answers for note in each.notes)
    notes |= dict.fromkeys(note for vector in every for note in vector.notes)
    return About(
        sources or ("nothing measured",),
        "as each source says: see /about; measures by multivector",
        "; ".join(formulas) or None,
        tuple(notes)[:40],
    )


def _found(request: Request, region: str, domain: str, source: str) -> tuple[dict[str, Vectors], list[str]]:
    found: dict[str, Vectors] = {}
    reasons: list[str] = []
    for name in ("statistics", "record") if source == "both" else (source,):
        each = ask(request, region, domain, name)
        if isinstance(each, str):
            reasons.append(each)
        else:
            found[name] = each
    return found, reasons


def _largest(vectors: list[Vector]) -> list[str]:
    """The partners with the largest shares over all states."""
    shares: dict[str, float] = {}
    for vector in vectors:
        for partner in vector.weights.partners:
            shares[partner.code] = shares.get(partner.code, 0.0) + partner.share
    return sorted(shares, key=lambda code: (-shares[code], code))[:_PARTNERS]


def _line(state: str, partners: list[str], shown: dict[str, dict[str, Vector]]) -> Line:
    vectors = {name: each[state] for name, each in shown.items() if state in each}
    cells = [
        {
            name: Cell(
                share := vector.weights.share(partner),
                round(_STEPS * min((share or 0.0) / _FULL, 1.0)),
                evidence_address(vector, partner),
            )
            for name, vector in vectors.items()
        }
        for partner in partners
    ]
    return Line(state, vectors, cells)


def evidence_address(vector: Vector, partner: str) -> str:
    """Where the rows or items behind a share are shown."""
    return address(
        "/evidence",
        state=vector.state,
        partner=partner,
        domain=vector.domain,
        source=vector.origin.value,
        period=vector.period,
    )


# Charts


def heat(request: Request) -> Response:
    """The table of shares as a picture."""
    desk, rows, source = _chart_rows(request)
    shares = [
        {
            "state": desk.name(vector.state),
            "partner": desk.name(partner.code),
            "share": partner.share,
            "period": vector.period,
            "source": vector.origin.value,
            "href": evidence_address(vector, partner.code),
        }
        for vector in rows
        for partner in vector.weights.partners
        if partner.code in _largest(rows)
    ]
    title = f"Shares of partners in {_domain_words(request)}"
    table = Table(title, ("state", "partner", "share", "period", "source", "href"), shares)
    return chart_answer(request, table, _charts.heat(shares, title, source), "heat")


def trend(request: Request) -> Response:
    """The effective number of vectors of each state, year by year, with its interval."""
    desk, _, source = _chart_rows(request)
    answers = _every(request)
    points = [
        {
            "state": desk.name(vector.state),
            "period": vector.period,
            "year": vector.period.rpartition("/")[2][:4],
            "value": measure.value,
            "low": measure.interval.low if measure.interval else measure.value,
            "high": measure.interval.high if measure.interval else measure.value,
            "source": vector.origin.value,
            "href": address(f"/states/{vector.state}", domain=vector.domain),
        }
        for each in answers
        for vector in each.vectors
        if (measure := vector.measure(headline(vector))).value is not None
    ]
    title = f"Effective number of vectors in {_domain_words(request)}"
    table = Table(title, ("state", "period", "value", "low", "high", "source", "href"), points, about(answers))
    return chart_answer(request, table, _charts.trend(points, title, source), "trend")


def tiles(request: Request) -> Response:
    """The tile-grid map: each state's effective number of vectors, and how it went."""
    desk, rows, source = _chart_rows(request)
    answers = _every(request)
    newest = {vector.state: vector for vector in rows}
    places = grid(states_of(desk, region_of(request)))
    made: list[dict[str, Any]] = []
    for state, (column, row) in places.items():
        vector = newest.get(state)
        value = vector.value(headline(vector)) if vector else None
        made.append(
            {
                "state": state,
                "name": desk.name(state),
                "column": column,
                "row": row,
                "value": value,
                "period": vector.period if vector else None,
                "series": [
                    [each.period, each.value(headline(each))]
                    for answer_ in answers
                    for each in answer_.vectors
                    if each.state == state
                ],
                "href": address(f"/states/{state}", domain=domain_of(request)),
            }
        )
    title = f"Effective number of vectors in {_domain_words(request)}"
    table = Table(title, ("state", "name", "value", "period", "href"), made, about(answers))
    return chart_answer(request, table, _charts.tiles(made, title, source), "tiles")


def _domain_words(request: Request) -> str:
    domain = domain_of(request)
    return "all domains" if domain == "all" else domain


def _every(request: Request) -> list[Vectors]:
    source = one_of(request, "source", SOURCES, "statistics")
    found, _ = _found(request, region_of(request), domain_of(request), source)
    return list(found.values())[:1]


def _chart_rows(request: Request) -> tuple[Desk, list[Vector], str]:
    """The vectors of the period that is asked for, and the line that names their sources."""
    answers = _every(request)
    rows = [vector for each in answers for vector in latest(each, request.query_params.get("period", "")).values()]
    names = ", ".join(dict.fromkeys(name for vector in rows for name in vector.weights.sources)) or "no data"
    periods = sorted({vector.period for vector in rows})
    span = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}" if periods else ""
    return desk_of(request), rows, f"{names}{', ' + span if span else ''}; measured by multivector"


@cache
def _map() -> dict[str, tuple[int, int]]:
    text = files("multivector.desk").joinpath("data", "tiles.toml").read_text(encoding="utf-8")
    return {
        code: (column, row)
        for row, line in enumerate(tomllib.loads(text)["rows"])
        for column, code in enumerate(line.split())
        if code != "."
    }


def grid(states: list[str]) -> dict[str, tuple[int, int]]:
    """Column and row of each state's tile, from nought; those that the map does not have stand in rows below."""
    known = {state: _map()[state] for state in states if state in _map()}
    left = min((column for column, _ in known.values()), default=0)
    top = min((row for _, row in known.values()), default=0)
    places = {state: (column - left, row - top) for state, (column, row) in known.items()}
    width = max((column for column, _ in places.values()), default=5) + 1
    below = max((row for _, row in places.values()), default=-1) + 1
    for number, state in enumerate(sorted(set(states) - set(known))):
        places[state] = (number % max(width, 4), below + number // max(width, 4))
    return places
