"""Answers: a table as a page and as its twins, JSON and CSV, at the same address."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from multivector._version import __version__
from multivector.desk._faults import ProblemError
from multivector.desk._forms import Form, wanted
from multivector.desk._pages import page

OWN = "read out of the documents of this store by multivector"
"""The source of what comes from the record."""
OF_DOCUMENTS = "the words quoted belong to the publishers of the documents"
"""The licence of what comes from the record, as far as it goes."""


class About(msgspec.Struct, frozen=True):
    """Where the numbers of a table come from and what they are not: goes with every download."""

    sources: tuple[str, ...] = (OWN,)
    licence: str = OF_DOCUMENTS
    formula: str | None = None
    caveats: tuple[str, ...] = ()


class TableAnswer(msgspec.Struct, frozen=True):
    """A table as JSON. `total` counts all rows that the question has, beyond `limit` too; None where nobody counted.

    `next` is the address of the rows that follow, or None.
    """

    title: str
    address: str
    version: str
    sources: tuple[str, ...]
    licence: str
    formula: str | None
    caveats: tuple[str, ...]
    columns: tuple[str, ...]
    total: int | None
    total_is_least: bool
    next: str | None
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under `columns`, as the twins give them; `flat` are the rows for CSV where they differ."""

    title: str
    columns: Sequence[str]
    rows: Sequence[dict[str, Any]]
    about: About = field(default_factory=About)
    total: int | None = None
    total_is_least: bool = False
    next: str | None = None
    flat: Sequence[dict[str, Any]] | None = None
    flat_columns: Sequence[str] | None = None


def answer(request: Request, table: Table, template: str, **context: Any) -> Response:
    """`table` in the form that was asked for: the page of `template`, JSON or CSV."""
    form = wanted(request)
    if form is Form.JSON:
        return json(
            TableAnswer(
                table.title,
                _own_address(request),
                __version__,
                table.about.sources,
                table.about.licence,
                table.about.formula,
                table.about.caveats,
                tuple(table.columns),
                len(table.rows) if table.total is None else table.total,
                table.total_is_least,
                table.next,
                list(table.rows),
            )
        )
    if form is Form.CSV:
        rows = table.rows if table.flat is None else table.flat
        return as_csv(request, table.flat_columns or table.columns, rows)
    return page(request, template, table=table, **context)


def json(value: Any, status: int = 200) -> Response:
    """`value` as JSON."""
    return Response(msgspec.json.encode(value, enc_hook=str), status, media_type="application/json")


def as_csv(request: Request, columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> Response:
    """Rows as CSV in UTF-8, for download."""
    name = request.url.path.rpartition("/")[2].removesuffix(Form.CSV) or "table"
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(_lines(columns, rows), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
        if buffer.tell() > 60_000:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _cell(value: Any) -> str:
    """A cell. Words that a spreadsheet would take for a formula get a `'` before them; numbers stay as they are."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        value = " ".join(map(str, cast("list[object]", value)))
    text = str(value)
    if isinstance(value, str) and text[:1] in "=+-@\t\r" and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _own_address(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def whole_number(request: Request, name: str, default: int, most: int, least: int = 0) -> int:
    """A number in the address. Raises ProblemError."""
    given = request.query_params.get(name)
    if given is None or given == "":
        return default
    try:
        value = int(given)
    except ValueError:
        refuse(name, given, "a whole number")
    if not least <= value <= most:
        refuse(name, given, f"from {least} to {most:,}")
    return value


def one_of(request: Request, name: str, allowed: Iterable[str], default: str) -> str:
    """A word in the address that is one of `allowed`. Raises ProblemError."""
    given = request.query_params.get(name) or default
    allowed = list(allowed)
    if given not in allowed:
        refuse(name, given, f"one of {', '.join(allowed)}")
    return given


def refuse(name: str, given: str, wanted_form: str) -> NoReturn:
    """Raise ProblemError for a value in the address that makes no sense."""
    raise ProblemError(400, f"{name}: {given[:80]!r} will not do", f"give {wanted_form}")
