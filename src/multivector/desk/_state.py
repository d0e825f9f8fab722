"""A state: its vectors domain by domain, what changed, what is in dispute, and what it says and does lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from multivector.check import Verdict
from multivector.desk._answer import Table, answer
from multivector.desk._checks import newest_checks
from multivector.desk._desk import Desk, desk_of
from multivector.desk._faults import ProblemError
from multivector.desk._lists import row_of, twins
from multivector.desk._measures import NotYetError, ask, has_statistics, headline, latest
from multivector.desk._people import latest_about
from multivector.desk._region import about, evidence_address
from multivector.desk._search import upcoming
from multivector.measure import Vector, Vectors
from multivector.record import ActorKind, Domain, Kind

_LATEST = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in one domain and by one source: its latest vector, or why there is none; `waiting` while measured."""

    domain: str
    source: str
    vector: Vector | None
    reason: str = ""
    waiting: bool = False


def state_page(request: Request) -> Response:
    """One state."""
    desk = desk_of(request)
    code = request.path_params["code"].upper()
    entry = desk.knowledge.actor(code)
    if entry is None or entry.type is not ActorKind.STATE:
        raise ProblemError(404, f"{code!r} is no state", "give an ISO 3166-1 alpha-3 code such as KAZ")
    said = desk.kept(
        f"by {code}", lambda: list(desk.store.items(Kind.STATEMENT, state=code, newest=True, limit=_LATEST))
    )
    standings, answers = _standings(request, code)
    checks = _disputed(request, code)
    columns = ("state", "domain", "source", "period", "vectors", "low", "high", "largest", "share", "ahead")
    table = Table(entry.name, columns, [_flat(each, code) for each in standings if each.vector], about(answers))
    return answer(
        request,
        table,
        "state.html",
        code=code,
        name=entry.name,
        standings=standings,
        waiting=any(each.waiting for each in standings) or checks is None,
        trends=[trend for each in answers for trend in each.trends if trend.measure == "effective vectors"],
        checks=checks or [],
        by=[row_of(desk, each) for each in said],
        sections=latest_about(desk, code),
        formats=_formats(desk, code),
        ahead=desk.kept(f"ahead {code}", lambda: upcoming(request, code)),
        headline=headline,
        evidence_address=evidence_address,
        twins=twins(request),
    )


def _standings(request: Request, code: str) -> tuple[list[Standing], list[Vectors]]:
    standings: list[Standing] = []
    answers: list[Vectors] = []
    pairs = [(domain.value, "statistics") for domain in Domain if has_statistics(domain)]
    pairs += [("all", "record")]
    for domain, source in pairs:
        try:
            found = ask(request, code, domain, source)
        except NotYetError:
            standings.append(Standing(domain, source, None, waiting=True))
            continue
        if isinstance(found, str):
            standings.append(Standing(domain, source, None, found))
        else:
            answers.append(found)
            standings.append(Standing(domain, source, latest(found)[code]))
    return standings, answers


def _flat(each: Standing, code: str) -> dict[str, Any]:
    vector = each.vector
    assert vector is not None
    measure = vector.measure(headline(vector))
    bound, lead = measure.interval, vector.lead
    return {
        "state": code,
        "domain": each.domain,
        "source": each.source,
        "period": vector.period,
        "vectors": measure.value,
        "low": bound.low if bound else None,
        "high": bound.high if bound else None,
        "largest": lead.partner if lead else None,
        "share": lead.share if lead else None,
        "ahead": lead.ahead if lead else None,
    }


def _disputed(request: Request, code: str) -> list[Any] | None:
    """Claims about the state that statistics contradict; None while they are being looked at."""
    try:
        found = newest_checks(request)
    except NotYetError:
        return None
    return [
        each
        for each in found
        if each.verdict is Verdict.CONTRADICTED and any(code in side for side in each.claim.sides)
    ]


def _formats(desk: Desk, code: str) -> list[tuple[str, str]]:
    kinds = (ActorKind.FORMAT, ActorKind.ORGANISATION)
    return [
        (entry.code, entry.name)
        for entry in desk.knowledge.actors.values()
        if entry.type in kinds and code in desk.knowledge.members(entry.code)
    ]
