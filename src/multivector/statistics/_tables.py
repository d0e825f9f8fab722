"""Tables in text files, workbooks and Parquet: a header that is looked for, then rows with their lines."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from multivector.errors import MissingExtraError, StatisticsError
from multivector.statistics._files import Content

Line = tuple[int, list[str]]
_HEADER_WITHIN = 40
_DELIMITERS = ",;\t|"
_CELL_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are read as they come: the names of its columns and the line that these stand in."""

    content: Content
    header: tuple[str, ...]
    header_line: int
    before: tuple[str, ...]
    delimiter: str

    def rows(self, encoding: str | None = None) -> Iterator[Line]:
        """The lines below the header with any content, as cells, cut or filled to the header's width.

        Raises StatisticsError when the text is not in `encoding` (UTF-8 unless the file begins with another mark).
        """
        for line, cells in _cells(self.content, encoding or "utf-8", self.delimiter):
            if line > self.header_line and any(cell.strip() for cell in cells):
                yield line, cells

    def place(self, name: str) -> int | None:
        """Where a column stands, whatever the case of its name."""
        wanted = column_name(name)
        return next((place for place, given in enumerate(self.header) if column_name(given) == wanted), None)


def column_name(name: str) -> str:
    """A column's name as it is compared: without case, marks around it, or double spaces."""
    return " ".join(name.strip().strip("\ufeff\"'").split()).casefold()


def find_table(
    content: Content, is_header: Callable[[frozenset[str]], bool], encoding: str | None = None
) -> Table | None:
    """The table whose header, among the first lines, is one that `is_header` takes by the names of its columns."""
    encoding = _encoding_of_header(content, encoding)
    for delimiter in _delimiters(content):
        before: list[str] = []
        for line, cells in itertools.islice(_cells(content, encoding, delimiter), _HEADER_WITHIN):
            if is_header(frozenset(map(column_name, cells))):
                return Table(content, tuple(cells), line, tuple(before), delimiter)
            before.append(delimiter.join(cells))
    return None


def first_columns(content: Content) -> str:
    """The first line that may be a header, for a message."""
    for _, cells in _cells(content, _encoding_of_header(content, None), _delimiters(content)[0]):
        if sum(bool(cell.strip()) for cell in cells) > 1:
            return ", ".join(cell.strip() for cell in cells[:12])
    return ""


def _encoding_of_header(content: Content, encoding: str | None) -> str:
    """The first of: what is known of the file, UTF-8, and Latin-1, which fits anything; the rows have still to fit."""
    for name in (encoding, "utf-8"):
        if name is not None:
            with suppress(UnicodeDecodeError):
                codecs.getincrementaldecoder(_checked(content, name))().decode(content.data[:1_000_000])
                return name
    return "latin-1"


def _checked(content: Content, encoding: str) -> str:
    """The name of an encoding that there is. Raises StatisticsError."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise StatisticsError(
            str(content.path), f"no such encoding: {encoding[:40]!r}", "give one such as cp1251"
        ) from None


def is_workbook(content: Content) -> bool:
    """Whether the content is a workbook of a spreadsheet."""
    return content.data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def is_parquet(content: Content) -> bool:
    """Whether the content is a Parquet file."""
    return content.data.startswith(b"PAR1")


def is_text(content: Content) -> bool:
    """Whether the content can be text: no zero bytes, unless it says that it is UTF-16."""
    return content.data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in content.data[:100_000]


def _delimiters(content: Content) -> str:
    """The likely ends of cells, the likeliest first."""
    if is_workbook(content) or is_parquet(content):
        return ","
    start = content.data[:20_000].decode("latin-1")
    return "".join(sorted(_DELIMITERS, key=start.count, reverse=True))


def _cells(content: Content, encoding: str, delimiter: str) -> Iterator[Line]:
    if is_workbook(content):
        return _of_workbook(content)
    if is_parquet(content):
        return _of_parquet(content)
    return _of_text(content, encoding, delimiter)


def _of_text(content: Content, encoding: str, delimiter: str) -> Iterator[Line]:
    if content.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content.data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    file = io.TextIOWrapper(io.BytesIO(content.data), encoding, newline="")
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(file, delimiter=delimiter)
    first = 1
    try:
        for cells in reader:
            yield first, cells
            first = reader.line_num + 1
    except UnicodeDecodeError:
        raise StatisticsError(
            _near(content, encoding), f"not in {encoding.upper()}", "save it in UTF-8, or give its --encoding"
        ) from None
    except csv.Error as error:
        raise StatisticsError(f"{content.path}, line {first}", f"not a table ({error})") from None


def _near(content: Content, encoding: str) -> str:
    """The file and the first line in it that is not in `encoding`."""
    for line, raw in enumerate(content.data.split(b"\n"), 1):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            return f"{content.path}, line {line}"
    return str(content.path)


def _of_workbook(content: Content) -> Iterator[Line]:
    """The rows of the first sheet that has any. Raises MissingExtraError without the extra `xlsx`."""
    try:
        calamine: Any = import_module("python_calamine")
    except ImportError:
        raise MissingExtraError(
            str(content.path),
            "a workbook, which needs the extra xlsx",
            "pip install 'multivector[xlsx]', or save it as CSV",
        ) from None
    try:
        book = calamine.load_workbook(io.BytesIO(content.data))
        rows: Sequence[Sequence[object]] = []
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if len(rows) > 1:
                break
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise StatisticsError(str(content.path), f"a workbook that cannot be read ({error})") from None
    for line, row in enumerate(rows, 1):
        yield line, [_text(cell) for cell in row]


def _of_parquet(content: Content) -> Iterator[Line]:
    """The rows, the header counted as the first line. Raises MissingExtraError without the extra `arrow`."""
    try:
        pa: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError:
        raise MissingExtraError(
            str(content.path), "a Parquet file, which needs the extra arrow", "pip install 'multivector[arrow]'"
        ) from None
    try:
        file = parquet.ParquetFile(io.BytesIO(content.data))
        yield 1, [str(name) for name in file.schema_arrow.names]
        line = 2
        for batch in file.iter_batches():
            columns: list[list[object]] = [column.to_pylist() for column in batch.columns]
            for row in zip(*columns, strict=True):
                yield line, [_text(cell) for cell in row]
                line += 1
    except (pa.ArrowException, OSError) as error:
        raise StatisticsError(str(content.path), f"a Parquet file that cannot be read ({error})") from None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
