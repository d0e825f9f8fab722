"""Layouts: TOML files that say which columns of a table are which fields. They are data, ours and the user's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from multivector.errors import StatisticsError
from multivector.record import Flow, ObservationStatus, Valuation
from multivector.statistics._areas import Scheme
from multivector.statistics._build import Builder, OddError, Row, number
from multivector.statistics._data import data_names, data_text
from multivector.statistics._files import Content
from multivector.statistics._tables import Table, column_name, find_table
from multivector.statistics._types import Given, Reading


class _Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a layout that takes no other fields than those it names."""


class Field(_Form, frozen=True):
    """Where a field's words come from: a column, or a template of columns; then `extract`, `map` and `default`.

    `template` names columns in braces (`{year}-{month:>02}`). `extract` is a regular expression whose first group is
    kept where it is found. `map` gives our word for the provider's. `default` is for an empty cell; with `optional` the
    table may lack the column. `scheme` says how an area is written.
    """

    column: str | None = None
    template: str | None = None
    extract: str | None = None
    map: dict[str, str] = {}
    default: str | None = None
    optional: bool = False
    scheme: Scheme = Scheme.AUTO


Source = str | Field
"""A word that is the same for all rows, or a field."""


class Value(_Form, frozen=True):
    """`[[value]]`: a column of values, or all columns whose whole name fits the regular expression `columns`.

    Named groups of the expression can be used in templates. Without either, each row counts as one.
    """

    column: str | None = None
    columns: str | None = None
    indicator: Source | None = None
    flow: Source | None = None
    unit: Source | None = None
    unit_multiplier: int | Field | None = None
    valuation: Source | None = None
    status: Source | None = None
    counterpart_area: Field | None = None


class Layout(_Form, frozen=True):
    """A layout. A table has it when all of `columns` are among its own, and none of `without`.

    What is told at the top goes for every `[[value]]` that does not say otherwise. `where` keeps the rows whose column
    has one of the words, `leave` drops them. `combine`: rows of one key are added up. `spread`: the period holds
    several years, over which the value is spread evenly (and marked as estimated). `alone`: a row without a counterpart
    is about the reporting area alone.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    source: Source
    period: Source
    reporting_area: Source
    value: tuple[Value, ...]
    counterpart_area: Source | None = None
    indicator: Source = ""
    flow: Source = "none"
    unit: Source = ""
    unit_multiplier: int | Field = 0
    valuation: Source = "unknown"
    status: Source = "A"
    without: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = {}
    leave: dict[str, tuple[str, ...]] = {}
    combine: bool = False
    spread: bool = False
    alone: bool = False
    encoding: str = "utf-8"
    vintage: Source | None = None
    provider: str | None = None
    notes: str = ""

    def fits(self, names: frozenset[str]) -> bool:
        """Whether a header with these columns is of this layout."""
        return all(column_name(name) in names for name in self.columns) and not any(
            column_name(name) in names for name in self.without
        )


@cache
def layouts() -> tuple[Layout, ...]:
    """The shipped layouts, those with more columns first: they are the more exact."""
    found = [_convert(tomllib.loads(data_text(name)), name) for name in data_names("layouts")]
    return tuple(sorted(found, key=lambda layout: (-len(layout.columns), layout.name)))


def read_layout(path: Path) -> Layout:
    """A layout of the user's own. Raises StatisticsError naming the file and field."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise StatisticsError(str(path), error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise StatisticsError(str(path), "not in UTF-8") from None
    try:
        return _convert(tomllib.loads(text), str(path))
    except tomllib.TOMLDecodeError as error:
        raise StatisticsError(str(path), f"not TOML: {error}") from None


def find_layout(content: Content, known: Sequence[Layout], encoding: str | None) -> tuple[Layout, Table] | None:
    """The first layout that the table in `content` has, and the table."""
    if encoding is None and len(known) == 1:
        encoding = known[0].encoding
    table = find_table(content, lambda names: any(layout.fits(names) for layout in known), encoding)
    if table is None:
        return None
    names = frozenset(map(column_name, table.header))
    return next(layout for layout in known if layout.fits(names)), table


def read_with(layout: Layout, table: Table, given: Given) -> Reading:
    """Read a table by its layout."""
    vintage = layout.vintage if isinstance(layout.vintage, str) else None
    build = Builder(table.content.path, layout.name, given, vintage=vintage, combine=layout.combine)
    reader = _Reader(layout, table, build)
    for line, cells in table.rows(given.encoding or layout.encoding):
        reader.take(line, cells)
    return build.finish()


Cells = Sequence[str]
Get = Callable[[Cells], str]
_PLACE = re.compile(r"\{([^{}:]+)(?::([^{}]*))?\}")
_YEARS = re.compile(r"\b(\d{4})\b")


def _convert(data: Mapping[str, object], subject: str) -> Layout:
    try:
        layout = msgspec.convert(data, type=Layout)
    except msgspec.ValidationError as error:
        raise StatisticsError(subject, str(error), "the form is described in docs/statistics.md") from None
    for each in layout.value:
        if not (each.indicator or layout.indicator) or not (each.unit or layout.unit):
            raise StatisticsError(subject, "a [[value]] without indicator or unit, and none for all")
    return layout


class _Reader:
    """The rows of one table, taken one after the other."""

    def __init__(self, layout: Layout, table: Table, build: Builder) -> None:
        self.layout = layout
        self._table = table
        self._build = build
        self._columns = {column_name(name): place for place, name in reversed(list(enumerate(table.header)))}
        self._where = [(self._place(name), frozenset(words)) for name, words in layout.where.items()]
        self._leave = [(self._place(name), frozenset(words)) for name, words in layout.leave.items()]
        self._values = [taker for value in layout.value for taker in self._takers(value)]

    def take(self, line: int, cells: list[str]) -> None:
        """Take one line."""
        width = len(self._table.header)
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            self._build.problem(line, f"{len(cells)} cells, where the header has {width}")
            return
        cells += [""] * (width - len(cells))
        if any(cells[place].strip() not in words for place, words in self._where):
            return
        if any(cells[place].strip() in words for place, words in self._leave):
            return
        for value in self._values:
            self._take_value(line, cells, value)

    def _take_value(self, line: int, cells: Cells, taker: _Taker) -> None:
        build = self._build
        try:
            value = 1.0 if taker.place is None else number(cells[taker.place])
            if value is None:
                build.missing += 1
                return
            when = taker.period(cells)
            periods = list(dict.fromkeys(_YEARS.findall(when))) if self.layout.spread else [when]
            if not periods:
                raise OddError(f"no year in {when!r}")
            status = (
                ObservationStatus.ESTIMATED if len(periods) > 1 else _member(ObservationStatus, taker.status(cells))
            )
            for each in periods:
                row = Row(
                    reporting=taker.reporting(cells),
                    counterpart=self._counterpart(taker, cells),
                    indicator=taker.indicator(cells),
                    flow=_member(Flow, taker.flow(cells)),
                    period=each,
                    value=value / len(periods),
                    unit=taker.unit(cells),
                    reporting_scheme=taker.schemes[0],
                    counterpart_scheme=taker.schemes[1],
                    unit_multiplier=taker.multiplier(cells),
                    valuation=_member(Valuation, taker.valuation(cells)),
                    status=status,
                    source=taker.source(cells),
                    vintage=taker.vintage(cells) or None,
                )
                build.add(line, row)
        except OddError as error:
            build.problem(line, str(error))

    def _counterpart(self, taker: _Taker, cells: Cells) -> str | None:
        """The partner's words; None where the table has none, or may leave them empty and does."""
        words = taker.counterpart(cells) if taker.counterpart else None
        return None if words == "" and self.layout.alone else words

    def _takers(self, value: Value) -> Iterator[_Taker]:
        """What reads a `[[value]]`: one for each of its columns."""
        if value.columns is None:
            yield _Taker(self, value, None if value.column is None else self._place(value.column), {})
            return
        pattern = re.compile(value.columns)
        for place, name in enumerate(self._table.header):
            if match := pattern.fullmatch(name.strip()):
                yield _Taker(self, value, place, match.groupdict())

    def _place(self, name: str) -> int:
        place = self._columns.get(column_name(name))
        if place is None:
            raise StatisticsError(
                f"{self._table.content.path}, line {self._table.header_line}",
                f"no column {name!r}, which the layout {self.layout.name} reads",
                f"its columns are: {', '.join(self._table.header[:20])}",
            )
        return place

    def getter(self, source: Source, groups: Mapping[str, str]) -> Get:
        """What gives a field's words from the cells of a row."""
        if isinstance(source, str):
            return lambda _: source
        base = self._base(source, groups)
        extract = re.compile(source.extract) if source.extract else None
        known = source.map
        if extract is None and not known and source.default is None:
            return base

        def get(cells: Cells) -> str:
            text = base(cells)
            if extract is not None and (match := extract.search(text)):
                text = match[1]
            if known and text in known:
                return known[text]
            if not text and source.default is not None:
                return source.default
            if known and source.default is None:
                raise OddError(f"{source.column or source.template}: {text[:60]!r} is not one of {', '.join(known)}")
            return source.default if known and source.default is not None else text

        return get

    def _base(self, source: Field, groups: Mapping[str, str]) -> Get:
        if source.column is not None:
            if source.optional and column_name(source.column) not in self._columns:
                return lambda _: ""
            place = self._place(source.column)
            return lambda cells: cells[place].strip()
        if source.template is None:
            raise StatisticsError(f"layout {self.layout.name}", "a field with neither column nor template")
        parts = _PLACE.split(source.template)
        names = {name: self._place(name) for name in parts[1::3] if name not in groups}
        pieces = list(zip(parts[0::3], [*parts[1::3], None], [*parts[2::3], None], strict=True))

        def get(cells: Cells) -> str:
            text = ""
            for literal, name, form in pieces:
                text += literal
                if name is not None:
                    text += format(groups[name] if name in groups else cells[names[name]].strip(), form or "")
            return text

        return get


class _Taker:
    """The getters of one column of values."""

    def __init__(self, reader: _Reader, value: Value, place: int | None, groups: Mapping[str, str]) -> None:
        layout = reader.layout
        self.place = place
        counterpart = value.counterpart_area or layout.counterpart_area
        self.schemes = _scheme(layout.reporting_area), _scheme(counterpart)
        self.source = reader.getter(layout.source, groups)
        self.vintage = reader.getter(layout.vintage or "", groups)
        self.period = reader.getter(layout.period, groups)
        self.reporting = reader.getter(layout.reporting_area, groups)
        self.counterpart = None if counterpart is None else reader.getter(counterpart, groups)
        self.indicator = reader.getter(value.indicator or layout.indicator, groups)
        self.flow = reader.getter(value.flow or layout.flow, groups)
        self.unit = reader.getter(value.unit or layout.unit, groups)
        self.valuation = reader.getter(value.valuation or layout.valuation, groups)
        self.status = reader.getter(value.status or layout.status, groups)
        multiplier = layout.unit_multiplier if value.unit_multiplier is None else value.unit_multiplier
        self._multiplier = multiplier if isinstance(multiplier, int) else reader.getter(multiplier, groups)

    def multiplier(self, cells: Cells) -> int:
        """The power of ten. Raises OddError for a cell that holds none."""
        if isinstance(self._multiplier, int):
            return self._multiplier
        text = self._multiplier(cells)
        if not re.fullmatch(r"-?\d{1,2}", text):
            raise OddError(f"{text[:60]!r} is not a power of ten")
        return int(text)


def _scheme(source: Source | None) -> Scheme:
    return source.scheme if isinstance(source, Field) else Scheme.AUTO


_Member = TypeVar("_Member", Flow, Valuation, ObservationStatus)


def _member(kind: type[_Member], word: str) -> _Member:
    for form in (word, word.lower(), word.upper()):
        try:
            return kind(form)
        except ValueError:
            continue
    raise OddError(f"{word[:60]!r} is not one of {', '.join(kind)}")
