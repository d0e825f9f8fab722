"""Which rows of statistics and votes to give: filters as conditions of SQL, and the vintage of each row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Literal, TypedDict

from multivector.record import Flow, interval
from multivector.store._fold import plain
from multivector.store._types import QueryError
from multivector.store._where import day_of


class ObservationQuery(TypedDict, total=False):
    """Which rows to give; what is left out or None does not restrict.

    `reporting_area`, `counterpart_area`, `indicator`, `source`: one, or several of which each will do; a source may be
    the beginning of its name. `flow`: `exports`, `imports`, `turnover` or `none`. `since`, `until`: dates of the record
    in any precision, both included; the row's period must overlap with them. `vintage`: `latest` (of each source's
    vintages of a row the last), `all`, or a date: the last that there was on that day.
    """

    reporting_area: str | Iterable[str] | None
    counterpart_area: str | Iterable[str] | None
    indicator: str | Iterable[str] | None
    flow: Flow | str | None
    since: str | None
    until: str | None
    source: str | Iterable[str] | None
    vintage: Literal["latest", "all"] | str
    limit: int | None


class VoteQuery(TypedDict, total=False):
    """Which votes to give; as for `ObservationQuery`. `issue`: part of a subject; `resolution`: a roll call's name."""

    area: str | Iterable[str] | None
    since: str | None
    until: str | None
    session: int | None
    issue: str | None
    resolution: str | None
    source: str | Iterable[str] | None
    vintage: Literal["latest", "all"] | str
    limit: int | None


class Conditions:
    """Conditions joined by AND; every value is bound."""

    def __init__(self) -> None:
        self._conditions: list[str] = ["1"]
        self._values: list[str | int] = []

    def sql(self) -> tuple[str, tuple[str | int, ...]]:
        """The conditions for WHERE, and the values that they bind."""
        return " AND ".join(self._conditions), tuple(self._values)

    @classmethod
    def of_observations(cls, connection: sqlite3.Connection, query: ObservationQuery) -> Conditions:
        """For rows `o` of observations in data sets `d`. Raises QueryError for a wrong filter."""
        where = cls()
        where._among("o.reporting_area", query.get("reporting_area"), upper=True)
        where._among("o.counterpart_area", query.get("counterpart_area"), upper=True)
        where._among("o.indicator", query.get("indicator"))
        if (flow := query.get("flow")) is not None:
            try:
                where._add("o.flow = ?", Flow(flow).value)
            except ValueError:
                raise QueryError(f"flow {flow[:80]!r}", "no such flow", f"one of: {', '.join(Flow)}") from None
        where._dates("o.date_from", "o.date_to", query.get("since"), query.get("until"))
        where._sources(query.get("source"))
        where._vintage(connection, query.get("vintage", "latest"), _OLDER_OBSERVATION)
        return where

    @classmethod
    def of_votes(cls, connection: sqlite3.Connection, query: VoteQuery) -> Conditions:
        """For votes `v` in roll calls `r` of data sets `d`. Raises QueryError for a wrong filter."""
        where = cls()
        where._among("v.area", query.get("area"), upper=True)
        where._dates("r.date", "r.date", query.get("since"), query.get("until"))
        if (session := query.get("session")) is not None:
            where._add("r.session = ?", session)
        if (issue := query.get("issue")) is not None:
            where._add("instr(lower(r.issues), ?) > 0", issue.lower())
        if (resolution := query.get("resolution")) is not None:
            where._add("r.resolution = ?", resolution)
        where._sources(query.get("source"))
        where._vintage(connection, query.get("vintage", "latest"), _OLDER_VOTE)
        return where

    def _add(self, condition: str, *values: str | int) -> None:
        self._conditions.append(condition)
        self._values += (plain(value) if isinstance(value, str) else value for value in values)

    def _among(self, column: str, wanted: str | Iterable[str] | None, *, upper: bool = False) -> None:
        if wanted is None:
            return
        words = [wanted] if isinstance(wanted, str) else list(wanted)
        words = [word.strip().upper() if upper else word.strip() for word in words]
        self._add(f"{column} IN ({', '.join('?' * len(words))})", *words)

    def _sources(self, wanted: str | Iterable[str] | None) -> None:
        if wanted is None:
            return
        names = [wanted] if isinstance(wanted, str) else list(wanted)
        self._add(f"({' OR '.join(['substr(d.source, 1, ?) = ?'] * len(names)) or '0'})")
        for name in names:
            self._values += (len(plain(name)), plain(name))

    def _dates(self, first: str, last: str, since: str | None, until: str | None) -> None:
        if since is not None and (day := day_of("since", since, end=False)):
            self._add(f"{last} >= ?", day)
        if until is not None and (day := day_of("until", until, end=True)):
            self._add(f"{first} <= ?", day)

    def _vintage(self, connection: sqlite3.Connection, wanted: str, older: str) -> None:
        """Keep of each row the last vintage, or the last on a day. Vintages sort as text: ISO 8601."""
        if wanted == "all":
            return
        bound = "\U0010ffff"
        if wanted != "latest":
            try:
                day = interval(wanted.strip())[1]
            except ValueError as error:
                advice = "give latest, all, or a date such as 2026-02-18"
                raise QueryError("vintage", str(error)[:120], advice) from None
            # `2026-02` sorts before `2026-02-18`, and is known by its end.
            bound = f"{day.isoformat()}\U0010ffff" if day else bound
            self._add("d.vintage <= ?", bound)
        # Only sources with several vintages have anything to leave out; most have one.
        several = connection.execute("SELECT source FROM data_set GROUP BY source HAVING count(*) > 1").fetchall()
        if several:
            self._add(f"(d.source NOT IN ({', '.join('?' * len(several))}) OR NOT EXISTS ({older}))")
            self._values += [source for (source,) in several]
            self._values.append(bound)


_OLDER_OBSERVATION = (
    "SELECT 1 FROM observation n JOIN data_set e ON e.number = n.data_set"
    " WHERE n.reporting_area = o.reporting_area AND n.indicator = o.indicator AND n.flow = o.flow"
    " AND ifnull(n.counterpart_area, '') = ifnull(o.counterpart_area, '') AND n.period = o.period AND n.unit = o.unit"
    " AND n.valuation = o.valuation AND e.source = d.source AND e.vintage > d.vintage AND e.vintage <= ?"
)
_OLDER_VOTE = (
    "SELECT 1 FROM roll_call n JOIN data_set e ON e.number = n.data_set JOIN vote w ON w.roll_call = n.number"
    " WHERE n.resolution = r.resolution AND w.area = v.area AND e.source = d.source AND e.vintage > d.vintage"
    " AND e.vintage <= ?"
)


def row_limit(limit: int | None) -> int:
    """The number for LIMIT, -1 for none. Raises QueryError for a negative one."""
    if limit is not None and limit < 0:
        raise QueryError(f"limit {limit}", "not a number of rows", "give 0 or more")
    return -1 if limit is None else limit
