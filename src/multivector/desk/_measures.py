"""Asking the room of measures, in the background: it may take longer than a reader waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from starlette.requests import Request

from multivector.desk._answer import one_of
from multivector.desk._desk import Desk, desk_of
from multivector.desk._faults import ProblemError
from multivector.desk._forms import Form, wanted
from multivector.desk._settings import Settings
from multivector.knowledge import load
from multivector.measure import Alike, Choices, Eu, MeasureError, Origin, Vector, Vectors, indicators, vectors
from multivector.record import ActorKind, Domain
from multivector.store import open_store

T = TypeVar("T")

REGION = "GRP:CENTRAL-ASIA"
SOURCES = ("statistics", "record", "both")
SINCE = "2012"
"""The first year of series: what pages show, not what the room can measure."""
LACKING = 0.1
"""The share of partners without data from which on a period is marked, and not shown unless asked for."""
_PATIENCE = 0.15
"""Seconds that a page waits before it says that something is being worked out; its twins wait longer."""
_LONG_PATIENCE = 90.0


class NotYetError(Exception):
    """Raised when an answer is still being worked out."""


def measured(
    settings: Settings, states: str, domain: str, source: str, eu: str, similarity: str, order: int
) -> Vectors | str:
    """Runs in the background process: vectors by year, or in words why there are none."""
    choices = Choices(eu=Eu(eu), similarity=Alike(similarity), order=order)
    with open_store(settings.store, create=False, readonly=True) as store:
        try:
            return vectors(
                store,
                states,
                domain=domain,
                source=source,
                since=SINCE,
                choices=choices,
                knowledge=load(settings.knowledge),
            )
        except MeasureError as error:
            return str(error)


def ask(request: Request, states: str, domain: str, source: str) -> Vectors | str:
    """The vectors that the address asks for, or why there are none. Raises NotYetError and ProblemError."""
    similarity, eu, order = choices_of(request)
    desk = desk_of(request)
    key = f"vectors {states} {domain} {source} {eu} {similarity} {order}"
    return patiently(request, key, measured, desk.settings, states, domain, source, eu, similarity, order)


def patiently(request: Request, key: str, work: Callable[..., T], *args: Any) -> T:
    """What `work` gives in the background. Raises NotYetError when that takes longer than a page waits."""
    there, answer = desk_of(request).background.ask(key, patience(request), work, *args)
    if not there:
        raise NotYetError
    return cast("T", answer)


def patience(request: Request) -> float:
    """How many more seconds the asker waits: a page little for all that it asks, a program long."""
    if not hasattr(request.state, "begun"):
        request.state.begun = time.monotonic()
    page = wanted(request) is Form.HTML and not request.url.path.endswith((".svg", ".png", ".vl.json"))
    return max(request.state.begun + (_PATIENCE if page else _LONG_PATIENCE) - time.monotonic(), 0.0)


def choices_of(request: Request) -> tuple[str, str, int]:
    """Likeness, the EU, and the order q that the address asks for. Raises ProblemError."""
    similarity = one_of(request, "similarity", [each.value for each in Alike], Choices().similarity.value)
    eu = one_of(request, "eu", [each.value for each in Eu], Choices().eu.value)
    return similarity, eu, int(one_of(request, "order", ("1", "2"), "2"))


def region_of(request: Request) -> str:
    """The group of states that the address names. Raises ProblemError."""
    desk = desk_of(request)
    region = request.query_params.get("region") or REGION
    if region not in dict(regions(desk)):
        raise ProblemError(400, f"region: {region[:40]!r} will not do", "give the code of a group or format of states")
    return region


def regions(desk: Desk) -> list[tuple[str, str]]:
    """Groups and formats that can be shown as a region: code and name."""
    kinds = (ActorKind.GROUP, ActorKind.FORMAT, ActorKind.ORGANISATION)
    return [
        (entry.code, entry.name)
        for entry in desk.knowledge.actors.values()
        if entry.type in kinds and 2 <= len(states_of(desk, entry.code)) <= 30
    ]


def states_of(desk: Desk, region: str) -> list[str]:
    """The states of a region today."""
    return [code for code in desk.knowledge.members(region) if ":" not in code]


def domain_of(request: Request) -> str:
    """The domain that the address names. Raises ProblemError."""
    return one_of(request, "domain", ["all", *(domain.value for domain in Domain)], "trade")


def has_statistics(domain: str) -> bool:
    """Whether any statistics stand for a domain."""
    return any(each.domain.value == domain for each in indicators().values())


def headline(vector: Vector) -> str:
    """The name of the project's headline measure under the vector's choices."""
    return f"vectors-{vector.choices.order}"


def latest(answer: Vectors, period: str = "") -> dict[str, Vector]:
    """Each state's vector of a period, or the latest that lacks little; where all lack much, the latest."""
    found: dict[str, Vector] = {}
    for vector in answer.vectors:
        if period and vector.period != period:
            continue
        before = found.get(vector.state)
        if before is None or (lacks(vector) <= LACKING, vector.period) >= (lacks(before) <= LACKING, before.period):
            found[vector.state] = vector
    return found


def lacks(vector: Vector) -> float:
    """The share that partners without data here had elsewhere."""
    return vector.coverage.missing_share or 0.0


def is_statistics(vector: Vector) -> bool:
    """Whether a vector is made of statistics, not of the record."""
    return vector.origin is Origin.STATISTICS
