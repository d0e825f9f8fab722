"""Event data sets from elsewhere (POLECAT, ICEWS, GDELT) as coded events in PLOVER's terms.

These rows lead back to no sentence. They are read into a class of their own and marked with their source, so that they
are never counted among what this program read, unless somebody asks for both.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from multivector.errors import InputError
from multivector.knowledge import Knowledge, NameForm
from multivector.record import CodedEvent, EventType
from multivector.statistics._types import Problem

_COUNTRY = re.compile(r"^(?P<office>.+?)\s*\((?P<state>[^()]+)\)$")
_NOT_NAMES = {"", "none", "null", "nan", "na", "n/a", "-"}
_COMPACT = 8
"""Digits of a day without hyphens (20180829)."""


Cell = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class _Party:
    name: Cell
    country: Cell
    group: Cell
    sector: Cell


@dataclass(frozen=True, slots=True)
class _Layout:
    source: str
    cells: dict[str, Cell]
    actor: _Party
    recipient: _Party


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Any], dict[str, tuple[str, EventType, str, tuple[str, ...]]]]:
    """The data file of layouts, and CAMEO's codes: name, type, mode, contexts by code."""
    folder = files("multivector.statistics") / "data"
    layouts = tomllib.loads((folder / "event_data.toml").read_text("utf-8"))
    rows = tomllib.loads((folder / "cameo.toml").read_text("utf-8"))["code"]
    return layouts, {row[0]: (row[1], EventType(row[2]), row[3], tuple(row[4])) for row in rows}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {_key(name): code for code, (name, *_) in _tables()[1].items()}


def cameo(code: str, text: str = "") -> tuple[EventType, str | None, tuple[str, ...]] | None:
    """PLOVER's type, mode and contexts of a CAMEO code, or of an event's name in ICEWS's words; None for none.

    A code without a row of its own is its longest beginning that has one. Mere statements (01) have no type.
    """
    _, codes = _tables()
    number = code.strip() or _by_name().get(_key(text), "")
    if number.isdigit() and int(number) > {1: 0, 2: 20, 3: 209}.get(len(number), 9999):
        number = f"0{number}"  # spreadsheets drop the leading zero; roots end at 20, their parts at 209
    while number and number not in codes:
        number = number[:-1]
    if not number:
        return None
    _, kind, mode, contexts = codes[number]
    return kind, mode or None, contexts


def is_event_data(head: str) -> bool:
    """Whether the first lines of a file are those of an event data set that `read_events` knows."""
    return _layout(_rows(head.splitlines()[:2])) is not None


def read_events(path: Path, knowledge: Knowledge, *, vintage: str, retrieved: str) -> Iterator[CodedEvent | Problem]:
    """The events of a file, row by row, with the rows that were left out.

    `vintage` and `retrieved` are ISO 8601 dates. Mere statements, which PLOVER does not code, are passed over without
    a word. Raises InputError for a file that is none of the known data sets.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text("latin-1")
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    lines = text.splitlines()
    head = _rows(lines[:2])
    layout = _layout(head)
    if layout is None:
        raise InputError(
            str(path), "not a table of POLECAT, ICEWS or GDELT", "its header (or GDELT's columns) must be whole"
        )
    first = 1 if layout.source == "GDELT" else 2
    delimiter = _delimiter(lines[0])
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    names = _Names(knowledge)
    if first == 2:
        next(table)
    seen: set[str] = set()
    for row in table:
        place = f"{path.name}:{table.line_num}"
        if not any(cell.strip() for cell in row):
            continue
        try:
            event = _event(layout, row, names, place, vintage, retrieved)
        except ValueError as error:
            yield Problem(path.name, table.line_num, str(error))
            continue
        if event is None:
            continue
        if event.source_id and event.source_id in seen:
            yield Problem(path.name, table.line_num, f"event {event.source_id} stands in the file before")
            continue
        seen.add(event.source_id)
        yield event


def _event(
    layout: _Layout, row: Sequence[str], names: _Names, place: str, vintage: str, retrieved: str
) -> CodedEvent | None:
    def cell(name: str) -> str:
        return layout.cells[name](row) if name in layout.cells else ""

    date = _day(cell("date"))
    coded = _plover(cell("type"), cell("mode"), cell("contexts")) if "type" in layout.cells else None
    original = cell("type") or cell("cameo") or cell("text")
    if coded is None:
        coded = cameo(cell("cameo"), cell("text"))
    if coded is None:
        if original.startswith("01") or not original:
            return None
        if "cameo" not in layout.cells and _key(original) not in _by_name():
            return None  # a mere statement, or a word that CAMEO does not have
        raise ValueError(f"no event of CAMEO or PLOVER: {original}")
    kind, mode, contexts = coded
    on = dt.date.fromisoformat(date)
    actor, recipient = names.party(layout.actor, row, on), names.party(layout.recipient, row, on)
    if actor[0] is None and recipient[0] is None:
        raise ValueError("neither an actor nor a recipient")
    identity = cell("id") or f"{place}"
    link = cell("url")
    return CodedEvent(
        layout.source,
        identity,
        date,
        kind,
        mode,
        contexts,
        *actor,
        *recipient,
        original,
        _score(cell("intensity")),
        link if link.startswith(("http://", "https://")) else None,
        vintage,
        retrieved,
        place,
    )


class _Names:
    """Who a row names, as codes of the record."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        tables, _ = _tables()
        self.states: dict[str, str] = tables["states"]
        self.groups: dict[str, str] = tables["groups"]
        self.official = {_key(name) for name in tables["sectors"]["state"]}
        self.people = tuple(name.casefold() for name in tables["people"]["not_state"])
        self._known: dict[str, str | None] = {}

    def party(self, party: _Party, row: Sequence[str], on: dt.date) -> tuple[str | None, str | None, str | None]:
        """Code, name and country of one side of a row; (None, None, None) where it names nobody."""
        name, country = _given(party.name(row)), self._state(_given(party.country(row)))
        if (group := self.groups.get(party.group(row).strip())) is not None:
            return group, name or group, None
        if name is None:
            return country, None, country
        if (code := self._code(name)) is not None and not code.startswith("PER:"):
            return code, name, code if code in self.knowledge.actors and not code.startswith("IGO:") else country
        if (inside := _COUNTRY.match(name)) is not None and (state := self._state(inside["state"])) is not None:
            civil = inside["office"].casefold().startswith(self.people)
            return (f"ORG:{name}" if civil else state), name, state
        if (state := self._served(name, on)) is not None:
            return state, name, state
        sectors = [_key(part) for part in re.split(r"[,;]", party.sector(row)) if part.strip()]
        if country is not None and (not sectors or any(sector in self.official for sector in sectors)):
            return country, name, country
        return f"ORG:{name}", name, country

    def _served(self, name: str, on: dt.date) -> str | None:
        """The state in whose office a person stood on the day, with or without the middle names that a row gives."""
        words = name.split()
        offices = self.knowledge.offices(person=name, on=on) or tuple(
            office
            for office in self.knowledge.offices_by_surname(words[-1], on)
            if office.person.split()[0].casefold() == words[0].casefold()
        )
        return next((office.state for office in offices if office.state), None)

    def _state(self, value: str | None) -> str | None:
        if value is None:
            return None
        code = self.states.get(value, value)
        if len(code) == 3 and code.isupper():
            return code if code in self.knowledge.actors else None
        return self._code(value)

    def _code(self, name: str) -> str | None:
        """The actor whose name this is, whole."""
        if name not in self._known:
            text = name.title() if name.isupper() and len(name) > 5 else name
            whole = [m for m in self.knowledge.find(text, "en") if m.start == 0 and m.end == len(text)]
            named = next((m.code for m in whole if m.form in (NameForm.NAME, NameForm.PERSON)), None)
            self._known[name] = named
        return self._known[name]


def _plover(kind: str, mode: str, contexts: str) -> tuple[EventType, str | None, tuple[str, ...]] | None:
    word = kind.strip().upper()
    word = {"DEMAND": "REQUEST", "THREAT": "THREATEN"}.get(word, word)
    if not word:
        return None
    try:
        return (
            EventType(word),
            mode.strip().lower().replace(" ", "-") or None,
            tuple(part.strip().lower() for part in re.split(r"[;,|]", contexts) if part.strip()),
        )
    except ValueError as error:
        raise ValueError(f"no type of PLOVER: {kind}") from error


def _day(value: str) -> str:
    text = value.strip()[:10]
    if len(text) >= _COMPACT and text[:_COMPACT].isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(f"not a date: {value.strip() or 'empty'}") from error


def _score(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if -10 <= number <= 10 else None


def _given(value: str) -> str | None:
    text = " ".join(value.split())
    return None if text.casefold() in _NOT_NAMES else text


def _layout(head: list[list[str]]) -> _Layout | None:
    if not head:
        return None
    tables, _ = _tables()
    places = {_key(name): number for number, name in enumerate(head[0]) if name.strip()}
    for row in tables["layout"]:
        if "widths" in row:
            if len(head[0]) in row["widths"] and head[0][0].isdigit() and _is_day(head[0][1]):
                return _made(row, lambda column: column, len(head[0]))
        elif all(_key(name) in places for name in row["needs"]):
            return _made(row, lambda column: places.get(_key(column), -1), len(head[0]))
    return None


def _made(row: dict[str, Any], place: Callable[[Any], int], width: int) -> _Layout:
    def cell(column: object) -> Cell:
        number = place(column) if column is not None else None
        if isinstance(column, int) and column < 0:
            number = width + column if width > 57 else None
        elif number is None or number < 0:
            number = None
        return lambda values: values[number].strip() if number is not None and number < len(values) else ""

    def party(columns: dict[str, object]) -> _Party:
        return _Party(*(cell(columns.get(part)) for part in ("name", "country", "group", "sector")))

    fields = ("id", "date", "type", "mode", "contexts", "cameo", "text", "intensity", "url")
    cells = {name: cell(row[name]) for name in fields if name in row}
    return _Layout(row["source"], cells, party(row["actor"]), party(row["recipient"]))


def _is_day(value: str) -> bool:
    try:
        _day(value)
    except ValueError:
        return False
    return True


def _rows(lines: list[str]) -> list[list[str]]:
    if not lines:
        return []
    delimiter = _delimiter(lines[0])
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    return list(csv.reader(lines, delimiter=delimiter, quoting=quoting))


def _delimiter(line: str) -> str:
    return "\t" if "\t" in line else ","


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.casefold())
