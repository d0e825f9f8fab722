"""Tables that need more than a layout: Comtrade's and the World Bank's CSV, KNOMAD's matrix, the template."""

from __future__ import annotations

import re

from multivector.errors import StatisticsError
from multivector.record import AreaKind, Flow, ObservationStatus
from multivector.statistics._areas import Scheme, find_area
from multivector.statistics._build import Builder, OddError, Row, number
from multivector.statistics._files import Content
from multivector.statistics._json import take_comtrade, take_world_bank
from multivector.statistics._tables import Table, column_name
from multivector.statistics._types import Given, Reading

_COMTRADE = frozenset({"reportercode", "partnercode", "flowcode", "cmdcode", "primaryvalue"})
_NAMES = {
    name.casefold(): name
    for name in (
        *("typeCode", "freqCode", "refYear", "period", "reporterCode", "reporterISO", "flowCode", "partnerCode"),
        *("partnerISO", "partner2Code", "classificationSearchCode", "cmdCode", "customsCode", "motCode"),
        *("cifvalue", "fobvalue", "primaryValue", "isReported", "isAggregate"),
    )
}


def is_comtrade(names: frozenset[str]) -> bool:
    """Whether these are the columns of Comtrade's CSV."""
    return names >= _COMTRADE


def read_comtrade_csv(content: Content, table: Table, given: Given) -> Reading:
    """Read Comtrade's CSV, whose columns are the fields of its API."""
    build = Builder(content.path, "comtrade-csv", given)
    names = [_NAMES.get(column_name(name), "") for name in table.header]
    for line, cells in table.rows(given.encoding or "latin-1"):
        if len(cells) < len(names):
            build.problem(line, f"{len(cells)} cells, where the header has {len(names)}")
            continue
        # A comma too many at the end of each line shifts nothing, and is common in these files.
        row = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        try:
            value = number(row.get("primaryValue", ""))
        except OddError as error:
            build.problem(line, str(error))
            continue
        if value is None:
            build.missing += 1
            continue
        take_comtrade(build, line, row, f"{build.name}:{line}")
    return build.finish()


def is_world_bank(names: frozenset[str]) -> bool:
    """Whether these are the columns of the World Bank's CSV."""
    return {"country name", "country code"} <= names and bool({"indicator code", "series code"} & names)


_YEAR_COLUMN = re.compile(r"(\d{4})(?: \[YR\d{4}\])?")
_UPDATED = re.compile(r"Last Updated Date.*?(\d{4}-\d\d-\d\d)", re.IGNORECASE | re.DOTALL)


def read_world_bank_csv(content: Content, table: Table, given: Given) -> Reading:
    """Read the World Bank's CSV: a row an area and indicator, a column a year."""
    updated = _UPDATED.search("\n".join(table.before))
    build = Builder(content.path, "worldbank-csv", given, "World Bank WDI", updated[1] if updated else None)
    code_at = table.place("Indicator Code")
    code_at = table.place("Series Code") if code_at is None else code_at
    area_at = table.place("Country Code")
    years = [(place, m[1]) for place, name in enumerate(table.header) if (m := _YEAR_COLUMN.fullmatch(name.strip()))]
    assert code_at is not None
    assert area_at is not None
    for line, cells in table.rows(given.encoding):
        # What stands below the table (`Data from database: ...`) has no code.
        if len(cells) <= max(code_at, area_at) or not cells[code_at].strip():
            continue
        for place, year in years:
            try:
                value = number(cells[place]) if place < len(cells) else None
            except OddError as error:
                build.problem(line, f"{year}: {error}")
                continue
            if value is None:
                build.missing += 1
            else:
                at = f"{build.name}:{line} {year}"
                take_world_bank(build, line, at, cells[code_at].strip(), cells[area_at].strip(), year, value)
    return build.finish()


_MATRIX = re.compile(r"(remittance-)?(receiving|sending) country.*(sending|receiving) country", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_matrix(names: frozenset[str]) -> bool:
    """Whether this is the header of KNOMAD's matrix: what goes across and down, then a column a state."""
    return any(_MATRIX.search(name) for name in names) and len(names) > 3


def read_matrix(content: Content, table: Table, given: Given) -> Reading:
    """Read KNOMAD's bilateral matrix: receiving states across, sending ones down, in millions of USD.

    The year is that of the title above, or of the file's name. Raises StatisticsError when neither tells.
    """
    corner = next(place for place, name in enumerate(table.header) if _MATRIX.search(name))
    first = re.search("receiving|sending", table.header[corner], re.IGNORECASE)
    across_receive = first is not None and first[0].lower() == "receiving"
    told = [*table.before, content.path.name]
    year = next((match[0] for text in told if (match := _YEAR.search(text))), None)
    if year is None:
        raise StatisticsError(
            str(content.path), "neither title nor file name tells the year", "name it matrix_2021.csv"
        )
    build = Builder(content.path, "knomad-matrix", given, "KNOMAD bilateral remittance matrix")
    columns = [(place, name) for place, name in enumerate(table.header) if place > corner and name.strip()]
    for place, name in columns:
        if find_area(name, Scheme.NAME) is None:
            build.problem(table.header_line, f"unknown area {name.strip()[:60]!r} (column {place + 1})")
    known = [(place, name) for place, name in columns if find_area(name, Scheme.NAME) is not None]
    for line, cells in table.rows(given.encoding):
        name = cells[corner].strip() if corner < len(cells) else ""
        area = find_area(name, Scheme.NAME)
        if area is None:
            if sum(bool(cell.strip()) for cell in cells) > 2:  # not a note below the table
                build.problem(line, f"unknown area {name[:60]!r}")
            continue
        for place, other in known:
            _take_pair(build, line, name, other, cells[place] if place < len(cells) else "", year, across_receive)
    return build.finish()


def _take_pair(build: Builder, line: int, down: str, across: str, cell: str, year: str, across_receive: bool) -> None:
    sending, receiving = (down, across) if across_receive else (across, down)
    try:
        value = number(cell)
    except OddError as error:
        build.problem(line, f"{across}: {error}")
        return
    ends = find_area(sending, Scheme.NAME), find_area(receiving, Scheme.NAME)
    same = ends[0] == ends[1]
    if value is None or (same and (value == 0 or ends[0] is None or ends[0].kind is not AreaKind.STATE)):
        build.missing += 1
        return
    build.add(
        line,
        Row(
            reporting=receiving,
            counterpart=sending,
            indicator="remittances",
            flow=Flow.IMPORTS,
            period=year,
            value=value,
            unit="USD",
            reporting_scheme=Scheme.NAME,
            counterpart_scheme=Scheme.NAME,
            unit_multiplier=6,
            status=ObservationStatus.ESTIMATED,
        ),
        f"{build.name}:{line} {across}",
    )
