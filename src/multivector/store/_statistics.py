"""Rows of statistics and votes in the store: adding many at once, and reading them by vintage.

A row is known by what it measures and by the vintage that says so: adding it again changes nothing, and a later
vintage stands beside the earlier one. `data_set` holds each vintage of each source; the views `statistics` and `votes`
join it to the rows for people and for SQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from sys import intern
from typing import Any

from multivector.record import AreaKind, Choice, Flow, Observation, ObservationStatus, Valuation, Vote, interval
from multivector.store._fold import plain
from multivector.store._statistics_where import Conditions, ObservationQuery, VoteQuery, row_limit

_BATCH = 20_000
_ISSUES = "; "


@dataclass(frozen=True, slots=True)
class Added:
    """What adding rows did: how many are new, had another value in this vintage until now, or were there."""

    added: int
    replaced: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class DataSet:
    """One vintage of one source: how many rows and votes it has, of what, and for which time (ISO 8601 days)."""

    source: str
    vintage: str
    observations: int
    votes: int
    indicators: tuple[str, ...]
    first: str | None
    last: str | None


def add_observations(connection: sqlite3.Connection, rows: Iterable[Observation]) -> Added:
    """Do what `Store.add_observations` says, inside the caller's transaction."""
    sets = _DataSets(connection)
    days: dict[str, tuple[str | None, str | None]] = {}
    before, changes, given = _count(connection, "observation"), connection.total_changes, 0

    def cells(o: Observation) -> tuple[Any, ...]:
        if o.period not in days:
            days[o.period] = _days(o.period)
        return (
            sets.number(o.source, o.vintage),
            o.reporting_area,
            o.counterpart_area,
            o.counterpart_kind and o.counterpart_kind.value,
            o.indicator,
            o.flow.value,
            o.period,
            *days[o.period],
            o.value,
            o.unit,
            o.unit_multiplier,
            o.valuation.value,
            o.status.value,
            o.retrieved,
            plain(o.row),
        )

    iterator = iter(rows)
    while batch := list(islice(iterator, _BATCH)):
        # Told apart first: new data sets are rows of their own, not to be counted among those of this table.
        made = [cells(row) for row in batch]
        changes += sets.take_made()
        connection.executemany(_INSERT, made)
        given += len(made)
    added = _count(connection, "observation") - before
    changed = connection.total_changes - changes
    return Added(added, changed - added, given - changed)


_INSERT = """
    INSERT INTO observation (
        data_set, reporting_area, counterpart_area, counterpart_kind, indicator, flow, period, date_from, date_to,
        value, unit, unit_multiplier, valuation, status, retrieved, "row"
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (reporting_area, indicator, flow, ifnull(counterpart_area, ''), period, unit, valuation, data_set)
    DO UPDATE SET value = excluded.value, unit_multiplier = excluded.unit_multiplier, status = excluded.status,
        counterpart_kind = excluded.counterpart_kind, retrieved = excluded.retrieved, "row" = excluded."row"
    WHERE value <> excluded.value OR unit_multiplier <> excluded.unit_multiplier OR status <> excluded.status"""


def add_votes(connection: sqlite3.Connection, votes: Iterable[Vote]) -> Added:
    """Do what `Store.add_votes` says, inside the caller's transaction."""
    sets = _DataSets(connection)
    calls: dict[tuple[int, str], int] = {}
    before, changed, given = _count(connection, "vote"), 0, 0

    def call(vote: Vote) -> int:
        key = sets.number(vote.source, vote.vintage), vote.resolution
        if key not in calls:
            connection.execute(
                "INSERT INTO roll_call (data_set, resolution, session, date, issues) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (data_set, resolution) DO UPDATE SET session = excluded.session, date = excluded.date,"
                " issues = excluded.issues WHERE session <> excluded.session OR date <> excluded.date"
                " OR issues <> excluded.issues",
                (*key, vote.session, vote.date, _ISSUES.join(vote.issues)),
            )
            (calls[key],) = connection.execute(
                "SELECT number FROM roll_call WHERE data_set = ? AND resolution = ?", key
            ).fetchone()
        return calls[key]

    iterator = iter(votes)
    while batch := list(islice(iterator, _BATCH)):
        rows = [(v.area, call(v), v.choice.value, v.retrieved, plain(v.row)) for v in batch]
        start = connection.total_changes
        connection.executemany(
            "INSERT INTO vote VALUES (?, ?, ?, ?, ?) ON CONFLICT (area, roll_call) DO UPDATE SET"
            ' choice = excluded.choice, retrieved = excluded.retrieved, "row" = excluded."row"'
            " WHERE choice <> excluded.choice",
            rows,
        )
        changed += connection.total_changes - start
        given += len(rows)
    added = _count(connection, "vote") - before
    return Added(added, changed - added, given - changed)


def observations(connection: sqlite3.Connection, query: ObservationQuery) -> Iterator[Observation]:
    """Rows by area, indicator, flow, counterpart and period. Raises QueryError for a wrong filter."""
    where, values = Conditions.of_observations(connection, query).sql()
    rows = connection.execute(
        "SELECT o.reporting_area, o.counterpart_area, o.counterpart_kind, o.indicator, o.flow, o.period, o.value,"  # noqa: S608
        ' o.unit, o.unit_multiplier, o.valuation, o.status, o.data_set, o.retrieved, o."row"'
        f" FROM observation o JOIN data_set d ON d.number = o.data_set WHERE {where}"
        " ORDER BY o.reporting_area, o.indicator, o.flow, ifnull(o.counterpart_area, ''), o.period, o.unit,"
        " o.valuation, d.source, d.vintage LIMIT ?",
        (*values, row_limit(query.get("limit"))),
    )
    kinds: dict[str | None, AreaKind | None] = {None: None, **{kind.value: kind for kind in AreaKind}}
    flows = {flow.value: flow for flow in Flow}
    valuations = {valuation.value: valuation for valuation in Valuation}
    statuses = {status.value: status for status in ObservationStatus}
    sets: dict[int, tuple[str, str]] = {
        number: (source, vintage)
        for number, source, vintage in connection.execute("SELECT number, source, vintage FROM data_set")
    }
    # A million rows name the same few areas, words and dates: one string for each is a third of the memory.
    for area, other, kind, what, flow, when, value, unit, power, valuation, status, data_set, got, row in rows:
        source, vintage = sets[data_set]
        yield Observation(
            intern(area),
            other if other is None else intern(other),
            kinds[kind],
            intern(what),
            flows[flow],
            intern(when),
            value,
            intern(unit),
            power,
            valuations[valuation],
            statuses[status],
            source,
            vintage,
            intern(got),
            row,
        )


def votes(connection: sqlite3.Connection, query: VoteQuery) -> Iterator[Vote]:
    """Votes by date, resolution and area. Raises QueryError for a wrong filter."""
    where, values = Conditions.of_votes(connection, query).sql()
    rows = connection.execute(
        "SELECT v.area, r.resolution, r.session, r.date, v.choice, r.issues, d.source, d.vintage, v.retrieved,"  # noqa: S608
        ' v."row" FROM roll_call r JOIN vote v ON v.roll_call = r.number JOIN data_set d ON d.number = r.data_set'
        f" WHERE {where} ORDER BY r.date, r.resolution, v.area, d.source, d.vintage LIMIT ?",
        (*values, row_limit(query.get("limit"))),
    )
    choices = {choice.value: choice for choice in Choice}
    issues: dict[str, tuple[str, ...]] = {"": ()}
    for area, resolution, session, date, choice, tags, source, vintage, got, row in rows:
        if tags not in issues:
            issues[tags] = tuple(tags.split(_ISSUES))
        yield Vote(area, resolution, session, date, choices[choice], issues[tags], source, vintage, got, row)


def sources(connection: sqlite3.Connection) -> Iterator[DataSet]:
    """Every vintage of every source, by name, then date."""
    words: dict[int, list[str]] = {}
    for number, indicator in connection.execute("SELECT DISTINCT data_set, indicator FROM observation ORDER BY 1, 2"):
        words.setdefault(number, []).append(indicator)
    rows = connection.execute(
        "SELECT d.number, d.source, d.vintage, o.n, v.n, min(ifnull(o.first, v.first), ifnull(v.first, o.first)),"
        " max(ifnull(o.last, v.last), ifnull(v.last, o.last)) FROM data_set d"
        " LEFT JOIN (SELECT data_set, count(*) n, min(date_from) first, max(date_to) last FROM observation"
        " GROUP BY 1) o ON o.data_set = d.number"
        " LEFT JOIN (SELECT r.data_set, count(*) n, min(r.date) first, max(r.date) last FROM roll_call r"
        " JOIN vote ON roll_call = r.number GROUP BY 1) v ON v.data_set = d.number ORDER BY 2, 3"
    )
    for number, source, vintage, observed, voted, first, last in rows:
        yield DataSet(source, vintage, observed or 0, voted or 0, tuple(words.get(number, ())), first, last)


def dump(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """All rows and votes but the days on which they were read in, in an order of their own."""
    for o in observations(connection, {"vintage": "all"}):
        yield (
            *("observation", o.source, o.vintage, o.reporting_area, o.counterpart_area, o.indicator, o.flow, o.period),
            *(o.value, o.unit, o.unit_multiplier, o.valuation, o.status, o.row),
        )
    for v in votes(connection, {"vintage": "all"}):
        yield ("vote", v.source, v.vintage, v.area, v.resolution, v.session, v.date, v.choice, v.issues, v.row)


class _DataSets:
    """The numbers of data sets, made when they are first met."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._made = 0
        rows = connection.execute("SELECT source, vintage, number FROM data_set")
        self._numbers: dict[tuple[str, str], int] = {(source, vintage): number for source, vintage, number in rows}

    def number(self, source: str, vintage: str) -> int:
        found = self._numbers.get((source, vintage))
        if found is None:
            cursor = self._connection.execute(
                "INSERT INTO data_set (source, vintage) VALUES (?, ?)", (plain(source), vintage)
            )
            assert cursor.lastrowid is not None
            found = self._numbers[source, vintage] = cursor.lastrowid
            self._made += 1
        return found

    def take_made(self) -> int:
        """How many were made since this was last asked."""
        made, self._made = self._made, 0
        return made


def _count(connection: sqlite3.Connection, table: str) -> int:
    return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608


def _days(period: str) -> tuple[str | None, str | None]:
    first, last = interval(period)
    return first and first.isoformat(), last and last.isoformat()
