"""What `multivector statistics` prints: rows as a table that fits the terminal, as CSV or as JSON Lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from multivector.cli._options import write_lines


def as_fields(each: object) -> dict[str, Any]:
    """A data class as what JSON takes, with the quantity where it has one."""
    import msgspec

    fields: dict[str, Any] = msgspec.to_builtins(each)
    if (quantity := getattr(each, "quantity", None)) is not None:
        fields["quantity"] = quantity
    return fields


def write_rows(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], *, as_csv: bool, table: bool, limit: int
) -> None:
    """Print rows of named fields: a table of at most `limit` with these columns and headings, or all of them.

    Without a table all rows go out as CSV or JSON Lines.
    """
    import msgspec

    if as_csv:
        names = tuple(rows[0]) if rows else tuple(columns)
        write_lines(csv_lines(names, ([_cell(row[name]) for name in names] for row in rows)))
    elif not table:
        write_lines(msgspec.json.encode(row) for row in rows)
    else:
        cells = [tuple(_shown(name, row[name]) for name in columns) for row in rows[:limit]]
        print_table(tuple(columns.values()), cells)
        from multivector.cli._render import console

        more = "; there are more, --limit shows them" if len(rows) > limit else ""
        console().print(f"{len(cells):,} row{'' if len(cells) == 1 else 's'}{more}", style="dim")


def _cell(value: object) -> str:
    from multivector.cli._output import safe_cell

    if isinstance(value, list | tuple):
        return "; ".join(map(str, cast("Sequence[object]", value)))
    return "" if value is None else safe_cell(repr(value) if isinstance(value, float) else str(value))


def _shown(name: str, value: object) -> str:
    if name == "quantity" and isinstance(value, float):
        return f"{value:,.15g}" if abs(value) < 1e3 else f"{value:,.0f}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, cast("Sequence[object]", value)))
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Lines of CSV without their ends, the names first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in (names, *rows):
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(row)
        yield buffer.getvalue().removesuffix("\r\n").encode()


_WRAPPED = {"file": 24, "source": 16, "indicators": 16, "issues": 14, "what": 30, "reads": 30, "title": 30}
"""Columns whose cells may go over several lines, and the room that they need at least."""
_FIRST_TO_GO = (
    *("status", "there before", "changed", "counterparts", "votes", "issues", "vintage", "first", "unit", "last"),
    *("areas", "resolution"),
)
"""Columns to leave out one after the other until a table fits a narrow terminal."""


def print_table(names: Sequence[str], rows: Sequence[Sequence[str]], numbers: int = 0) -> None:
    """Print a table that fits the terminal, columns left out if need be; the last `numbers` columns are numbers."""
    from rich.table import Table

    from multivector.cli._render import console, plain

    to = console()
    widest = {name: max([len(name), *(len(row[place]) for row in rows)]) for place, name in enumerate(names)}
    least = {name: min(width, _WRAPPED.get(name, width)) for name, width in widest.items()}
    for name in _FIRST_TO_GO:
        if sum(least.values()) + 2 * len(least) <= to.width:
            break
        least.pop(name, None)
    table = Table(box=None, header_style="bold", pad_edge=False, row_styles=("", "dim"))
    shown = [(place, name) for place, name in enumerate(names) if name in least]
    for place, name in shown:
        right = name in ("value", "observations", "votes") or place >= len(names) - numbers
        table.add_column(name, justify="right" if right else "left", overflow="fold", no_wrap=name not in _WRAPPED)
    for row in rows:
        table.add_row(*(plain(row[place]) for place, _ in shown))
    to.print(table)
