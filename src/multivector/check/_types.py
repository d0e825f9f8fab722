"""What the room gives: a claim, what was computed beside it, and a verdict with its arithmetic and rows.

All of it is plain data; `to_dict` makes JSON of it. A value that is not known is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

import msgspec

from multivector.record import Observation, Spans, Speaker, Vote

VERSION = 1
"""The version of the rules, in every check; it rises when the same claim and rows could get another verdict."""


class Verdict(StrEnum):
    """What the statistics say of a claim; `docs/checks.md` has the rules.

    `CONSISTENT`: the claim lies within what the rows allow, which does not prove it.
    """

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    CONSISTENT = "consistent"
    NOT_CHECKABLE = "not checkable"


class ClaimKind(StrEnum):
    """What is claimed: an amount, a change of it, a part of a whole, agreement in votes, a standing among others."""

    AMOUNT = "amount"
    CHANGE = "change"
    SHARE = "share"
    VOTES = "votes"
    RANK = "rank"
    NO_ALTERNATIVE = "no alternative"


class Relation(StrEnum):
    """How the claimed number stands to what is so, in the claim's own words."""

    EXACTLY = "exactly"
    ABOUT = "about"
    ALMOST = "almost"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody claims, with the way back to its words.

    `item` is the id of the record's figure or tie that it was read from, None where it was found in a sentence. `sides`
    are the states whose flows with each other are meant: each of the first with each of the second; where the second is
    empty, those of the first with the world. For a flow with a direction the first side gives (exports, sends) and the
    second gets. `statistic` is a word of `data/statistics.toml`. `value` is in `unit`; for a rank it is the last place
    that still makes the claim true. `low` and `high` bound the values that would make it true, None for no bound.
    """

    kind: ClaimKind
    document: str
    item: str | None
    evidence: Spans
    sentence: str
    said_by: str | None
    speaker: Speaker | None
    said_on: str | None
    statistic: str
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    period: str | None
    relation: Relation
    negated: bool
    value: float | None
    unit: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statistic as evidence: what it says in words and as a number, and where it stands in the source."""

    what: str
    value: float | None
    unit: str
    source: str
    vintage: str
    row: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic: in words, with its result and the places of its rows in `Check.rows`."""

    words: str
    value: float | None
    unit: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A claim about several states, for one of them: the verdict, a line of its table, and the reasons."""

    state: str
    verdict: Verdict
    table: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A claim with its verdict.

    `low` and `high` bound what the rows say, in `unit`; None where they set no bound. `reasons` are sentences that can
    be quoted, the most telling first; `missing` names what would be needed and is not there.
    """

    claim: Claim
    verdict: Verdict
    low: float | None
    high: float | None
    unit: str
    reasons: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    rows: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    version: int = VERSION


def to_dict(check: Check) -> dict[str, Any]:
    """A check as plain data, in the order of its fields."""
    return cast("dict[str, Any]", msgspec.to_builtins(check))


def row_of(observation: Observation) -> Row:
    """An observation as evidence."""
    o = observation
    to = f" with {o.counterpart_area}" if o.counterpart_area else ""
    flow = f", {o.flow}" if o.flow != "none" else ""
    said = f"{o.reporting_area}{to}: {o.indicator}{flow}, {o.period}"
    marks = [str(o.valuation)] if o.valuation != "unknown" else []
    marks += [f"status {o.status}"] if o.status != "A" else []
    return Row(f"{said} ({', '.join(marks)})" if marks else said, o.quantity, o.unit, o.source, o.vintage, o.row)


def row_of_votes(one: Vote, other: Vote) -> Row:
    """Two states' votes in one roll call as evidence: 1 where they are the same."""
    what = f"{one.resolution} ({one.date}): {one.area} {one.choice}, {other.area} {other.choice}"
    return Row(what, float(one.choice == other.choice), "same vote", one.source, one.vintage, one.row)
