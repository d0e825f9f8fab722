"""Filters as conditions in SQL, every value of the user's bound and never part of the statement."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field
from enum import StrEnum

from multivector.record import AgreementStatus, Domain, Kind, Modality, interval
from multivector.store._fold import fold_name, plain
from multivector.store._schema import SAYABLE, TABLES
from multivector.store._types import DocumentQuery, ItemQuery, QueryError
from multivector.store._words import match_query

_DOCUMENT_ID = re.compile(r"(?:do-)?([0-9a-f]{1,20})", re.IGNORECASE)
_STATE = re.compile(r"[a-z]{3}", re.IGNORECASE | re.ASCII)
_LAST = "\U0010ffff"
# Filters by a column that one kind alone has.
_KEPT: dict[str, tuple[Kind, type[StrEnum]]] = {
    "modality": (Kind.EVENT, Modality),
    "status": (Kind.AGREEMENT, AgreementStatus),
}
# The statement that an item stands in. Kinds whose items never do have none.
_SAID_BY = {
    kind: f"(SELECT k.said_by FROM {table} k WHERE k.item = i.number)" if kind in SAYABLE else "NULL"  # noqa: S608
    for kind, table in TABLES.items()
}


def _distinct(column: str) -> str:
    """The different values of a column of `statement`, by a leap from each to the next: there are few of them."""
    return (
        f"WITH RECURSIVE each (name) AS (SELECT min({column}) FROM statement UNION ALL"  # noqa: S608
        f" SELECT (SELECT min({column}) FROM statement WHERE {column} > name) FROM each WHERE name IS NOT NULL)"
        " SELECT name FROM each WHERE names_hold(?, '', name, NULL)"
    )


_BY_NAME = "SELECT item FROM statement WHERE {0} IN ({1})"
_NAMED = " UNION ".join(_BY_NAME.format(column, _distinct(column)) for column in ("person", "role", "organisation"))
_SPEAKER = f"i.number IN ({_NAMED} UNION SELECT item FROM statement WHERE state = ?)"  # noqa: S608


@dataclass(slots=True)
class Conditions:
    """Conditions joined by AND, with the values for their places."""

    sql: list[str] = field(default_factory=list[str])
    values: list[str | int | float] = field(default_factory=list[str | int | float])

    def add(self, sql: str, *values: str | float) -> None:
        """One more condition."""
        self.sql.append(sql)
        self.values += (plain(value) if isinstance(value, str) else value for value in values)

    def __str__(self) -> str:
        return " AND ".join(self.sql) or "1"


def item_conditions(kind: Kind, query: ItemQuery, *, walk: bool = False) -> Conditions:
    """Conditions on `item i` with its `document d`. Raises QueryError for a filter of a wrong form.

    With `walk` they are written for a query that goes through items in their order and stops at its limit: each item
    is looked up in the lists of actors and domains, where else the lists are gone through.
    """
    where = Conditions()
    among = (
        "EXISTS (SELECT 1 FROM {0} WHERE {0}.item = i.number AND {0}.{1} = ?)"
        if walk
        else "i.number IN (SELECT item FROM {0} WHERE {1} = ?)"
    )
    where.add("i.kind = ?", kind.value)
    if (actor := query.get("actor")) is not None:
        where.add(among.format("item_actor", "code"), _code(actor))
    if (domain := query.get("domain")) is not None:
        where.add(among.format("item_domain", "domain"), _one_of("domain", domain, Domain))
    if (speaker := query.get("speaker")) is not None:
        where.add(_SPEAKER, *(fold_name(speaker),) * 3, _code(speaker))
    for name in ("person", "state"):
        if (exact := query.get(name)) is not None:
            where.add(among.format("statement", name), _code(exact) if name == "state" else exact)
    if (type_ := query.get("type")) is not None:
        where.add("i.type = ? COLLATE NOCASE", type_)
    for name, (owner, words) in _KEPT.items():
        if (value := query.get(name)) is not None:
            if kind is not owner:
                raise QueryError(f"{name} {str(value)[:80]!r}", f"{kind}s have no {name}", f"it goes with {owner}s")
            where.add(among.format(TABLES[kind], name), _one_of(name, str(value), words))
    if (doc := query.get("doc")) is not None:
        where.add("d.id >= ? AND d.id < ?", *id_range(doc))
    if (said_by := query.get("said_by")) is not None:
        where.add(f"{_SAID_BY[kind]} = ?", said_by)
    if (inside := query.get("in_statement")) is not None:
        where.add(f"{_SAID_BY[kind]} IS {'NOT ' if inside else ''}NULL")
    for name, sign in (("min_confidence", ">="), ("max_confidence", "<=")):
        if (bound := query.get(name)) is not None:
            sure = f"(SELECT k.confidence FROM {TABLES[kind]} k WHERE k.item = i.number) {sign} ?"  # noqa: S608
            where.add(sure, _probability(name, bound))
    _add_dates(where, "i", query.get("since"), query.get("until"))
    _add_words(where, "i.number IN (SELECT rowid FROM item_search WHERE item_search MATCH ?)", query.get("text"))
    if walk:  # the sign keeps SQLite from going through such a list anew for every document
        where.sql = [sql.replace("i.number IN (", "+i.number IN (") for sql in where.sql]
    return where


def document_conditions(query: DocumentQuery) -> Conditions:
    """Conditions on `document d`. Raises QueryError for a filter of a wrong form."""
    where = Conditions()
    if (language := query.get("language")) is not None:
        where.add(
            "(d.language = ? COLLATE NOCASE OR substr(d.language, 1, ?) = ? COLLATE NOCASE)",
            language,
            len(language) + 1,
            language + "-",
        )
    if (publisher := query.get("publisher")) is not None:
        where.add("names_hold(?, '', d.publisher, NULL)", fold_name(publisher))
    among = "d.number IN (SELECT i.document FROM item i JOIN {0} ON {0}.item = i.number WHERE {0}.{1} = ?)"
    if (actor := query.get("actor")) is not None:
        where.add(among.format("item_actor", "code"), _code(actor))
    if (domain := query.get("domain")) is not None:
        where.add(among.format("item_domain", "domain"), _one_of("domain", domain, Domain))
    _add_dates(where, "d", query.get("since"), query.get("until"))
    _add_words(
        where, "d.number IN (SELECT rowid FROM document_search WHERE document_search MATCH ?)", query.get("text")
    )
    return where


def page(limit: int | None, offset: int) -> tuple[int, int]:
    """Values for `LIMIT ? OFFSET ?`. Raises QueryError for negative ones."""
    for name, value in (("limit", limit), ("offset", offset)):
        if value is not None and not 0 <= value < 2**63:
            raise QueryError(f"{name} {value}", "not a number of rows", "give 0 or more")
    return -1 if limit is None else limit, offset


def id_range(prefix: str) -> tuple[str, str]:
    """Bounds of the document ids that begin with `prefix`, with or without `do-`. Raises QueryError."""
    match = _DOCUMENT_ID.fullmatch(prefix.strip())
    if match is None:
        raise QueryError(f"document {prefix[:80]!r}", "not a document's id", "ids look like do-0123456789abcdef0123")
    first = "do-" + match[1].lower()
    return first, first + _LAST


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the function that the conditions use."""

    def names_hold(folded: str, code: str, *names: str | None) -> bool:
        *free, state = names
        return (bool(folded) and any(folded in fold_name(name) for name in free if name)) or (
            bool(code) and state == code
        )

    connection.create_function("names_hold", -1, names_hold, deterministic=True)


def _code(value: str) -> str:
    """An actor's code, that of a state in any case of letters."""
    code = value.strip()
    return code.upper() if _STATE.fullmatch(code) else code


def _one_of(name: str, value: str, words: type[StrEnum]) -> str:
    try:
        return words(value.strip().lower()).value
    except ValueError:
        raise QueryError(f"{name} {value[:80]!r}", f"no such {name}", f"one of: {', '.join(words)}") from None


def _probability(name: str, value: object) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise QueryError(f"{name} {value!r}", "not a probability", "give a number from 0 to 1")
    return float(value)


def _add_dates(where: Conditions, table: str, since: str | None, until: str | None) -> None:
    if since is not None and (first := day_of("since", since, end=False)):
        where.add(f"{table}.date_to >= ?", first)
    if until is not None and (last := day_of("until", until, end=True)):
        where.add(f"{table}.date_from <= ?", last)


def day_of(name: str, value: str, *, end: bool) -> str | None:
    """The first or last day of a date given as the filter `name`; None where it is open. Raises QueryError."""
    try:
        day = interval(value.strip())[end]
    except ValueError as error:
        raise QueryError(name, str(error)[:120], "give a date such as 2026-02-18, 2026-02 or 2026") from None
    return day.isoformat() if day else None


def _add_words(where: Conditions, condition: str, text: str | None) -> None:
    if text is not None:
        if (match := match_query(text)) is None:
            where.add("0")
        else:
            where.add(condition, match)
