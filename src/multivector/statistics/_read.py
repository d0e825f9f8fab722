"""Reading a file of statistics: which reader its shape calls for, or the one that is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from multivector.errors import StatisticsError
from multivector.statistics import _json, _sdmx, _special, _unga
from multivector.statistics._data import data_text
from multivector.statistics._files import Content, open_content
from multivector.statistics._layouts import Layout, find_layout, layouts, read_layout, read_with
from multivector.statistics._tables import Table, find_table, first_columns, is_parquet, is_text, is_workbook
from multivector.statistics._types import Given, Reading

_HELP = "docs/statistics.md lists what is read; `multivector statistics template` gives a form for anything else"


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader by its name, and what it reads."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class _TableReader:
    name: str
    title: str
    fits: Callable[[frozenset[str]], bool]
    read: Callable[[Content, Table, Given], Reading]


_TABLES = (
    _TableReader("comtrade-csv", "UN Comtrade, CSV", _special.is_comtrade, _special.read_comtrade_csv),
    _TableReader(
        "worldbank-csv",
        "World Bank, CSV of an indicator or DataBank",
        _special.is_world_bank,
        _special.read_world_bank_csv,
    ),
    _TableReader("sdmx-csv", "SDMX-CSV 1.0 and 2.0 (IMF, Eurostat, OECD, ...)", _sdmx.is_sdmx_csv, _sdmx.read_csv),
    _TableReader("unga-votes", "UN roll calls, a row a vote (Voeten, unvotes)", _unga.is_long, _unga.read_long),
    _TableReader(
        "unga-votes-wide", "UN roll calls, a row a roll call, a column a state", _unga.is_wide, _unga.read_wide
    ),
    _TableReader(
        "knomad-matrix", "KNOMAD bilateral remittance matrix (CSV, XLSX)", _special.is_matrix, _special.read_matrix
    ),
)
_OTHERS = (
    Reader("comtrade-json", "UN Comtrade, JSON of the API"),
    Reader("worldbank-json", "World Bank, JSON of the v2 API"),
    Reader("json-stat", "JSON-stat 2.0 (Eurostat)"),
    Reader("factbook", "CIA World Factbook, JSON: shares of the main partners"),
    Reader("sdmx-ml", "SDMX-ML 2.1, structure-specific (IMF IMTS, ...)"),
    Reader("eurostat-tsv", "Eurostat, TSV"),
)


def readers() -> tuple[Reader, ...]:
    """All readers, the general ones before the layouts."""
    return (
        *_OTHERS,
        *(Reader(reader.name, reader.title) for reader in _TABLES),
        *(Reader(layout.name, layout.title) for layout in layouts()),
    )


def read(
    path: str | Path,
    *,
    reader: str | None = None,
    mapping: str | Path | None = None,
    source: str | None = None,
    vintage: str | None = None,
    retrieved: str | None = None,
    encoding: str | None = None,
    unit_multiplier: int | None = None,
) -> Reading:
    """Read one file of statistics into observations, votes and problems.

    Which form it has is told by its content; `reader` names one of `readers()` where it must be that one, `mapping` is
    a TOML file that says which of its columns is what (`docs/statistics.md`). `source` and `vintage` (ISO 8601)
    stand in place of what the file says of itself; a file that says nothing has as its vintage the day of its last
    change. `retrieved` is the day of reading unless given. `unit_multiplier`: the power of ten of the values, for a
    file that does not tell it truly.

    What is odd in a row is a problem of the reading, and the row is left out. Raises StatisticsError when the file as a
    whole cannot be read: missing, empty, not text, not in its encoding, a web page, of an unknown form.
    """
    path = Path(path)
    given = Given(source, vintage, retrieved, encoding, unit_multiplier)
    content = open_content(path)
    if mapping is not None:
        return _with_layouts(content, (read_layout(Path(mapping)),), given)
    if reader is not None:
        return _named(reader, content, given)
    if _json.is_json(content):
        return _json.read_json(content, given)
    if _sdmx.is_xml(content):
        return _sdmx.read_xml(content, given)
    if not (is_workbook(content) or is_parquet(content) or is_text(content)):
        raise StatisticsError(str(path), "not a text, workbook or Parquet file", _HELP)
    if _sdmx.is_eurostat_tsv(content):
        return _sdmx.read_tsv(content, given)
    for table_reader in _TABLES:
        if (table := find_table(content, table_reader.fits, given.encoding)) is not None:
            return table_reader.read(content, table, given)
    return _with_layouts(content, layouts(), given)


def template() -> str:
    """The plain CSV for anything else: its header, to fill in."""
    return data_text("template.csv")


def mapping_template() -> str:
    """A mapping file to change: which column of a table is which field."""
    return data_text("mapping.toml")


def _named(name: str, content: Content, given: Given) -> Reading:
    for table_reader in _TABLES:
        if table_reader.name == name:
            table = find_table(content, table_reader.fits, given.encoding)
            if table is None:
                raise StatisticsError(str(content.path), f"not of the form {name}", _told(content))
            return table_reader.read(content, table, given)
    if any(name == other.name for other in _OTHERS):
        read_it = {"sdmx-ml": _sdmx.read_xml, "eurostat-tsv": _sdmx.read_tsv}.get(name, _json.read_json)
        reading = read_it(content, given)
        if reading.reader != name:
            raise StatisticsError(str(content.path), f"not of the form {name}, but {reading.reader}")
        return reading
    chosen = tuple(layout for layout in layouts() if layout.name == name)
    if not chosen:
        raise StatisticsError(f"reader {name!r}", "no such reader", f"one of: {', '.join(r.name for r in readers())}")
    return _with_layouts(content, chosen, given)


def _with_layouts(content: Content, among: tuple[Layout, ...], given: Given) -> Reading:
    if (found := find_layout(content, among, given.encoding)) is None:
        wanted = f"expected the columns {', '.join(among[0].columns)}; " if len(among) == 1 else ""
        raise StatisticsError(str(content.path), "a table of a form that we do not know", wanted + _told(content))
    return read_with(*found, given)


def _told(content: Content) -> str:
    columns = first_columns(content)
    return f"it begins with the columns {columns[:200]}; {_HELP}" if columns else _HELP


def files_in(path: Path) -> Iterator[Path]:
    """The files to read at `path`: itself, or those of a folder that can be data, by name."""
    if not path.is_dir():
        yield path
        return
    for each in sorted(path.rglob("*")):
        if each.is_file() and not each.name.startswith(".") and each.suffix.lower() not in _NOT_DATA:
            yield each


_NOT_DATA = frozenset({".md", ".txt", ".pdf", ".toml", ".py", ".html", ".htm"})
