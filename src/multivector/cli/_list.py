"""`multivector list`: items of one kind, filtered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import click

from multivector.cli._options import (
    PLURALS,
    Command,
    chosen,
    filters,
    json_option,
    open_for_reading,
    store_option,
    wants_json,
    write_lines,
)
from multivector.record import Kind

if TYPE_CHECKING:
    from rich.text import Text

    from multivector.store import Store


@click.command("list", cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice(list(PLURALS)))
@filters
@click.option(
    "--limit", type=click.IntRange(1), metavar="NUMBER", help="At most this many [default: 50 in a table, all in JSON]."
)
@click.option("--oldest", is_flag=True, help="The oldest documents first.")
@click.option(
    "--sort",
    type=click.Choice(["date", "confidence"]),
    default="date",
    show_default=True,
    help="By date of publication, or the least certain items first.",
)
@json_option
@store_option
def command(
    kind: str, limit: int | None, oldest: bool, sort: str, as_json: bool | None, store_path: str, **given: Any
) -> None:
    """List documents or items of one KIND, those of the newest documents first.

    KIND is documents, actors, dates, statements, events, figures, agreements or ties.

    A table for a person, JSON Lines with --json or when piped. Every line leads to its document and to
    the offsets of its words there. In a table, `sure` is how likely an item is to be right, and a question
    mark behind it marks one that is more likely wrong.

    Example:
        multivector list statements --speaker KAZ --since 2026-01
        multivector list figures --domain trade --json | head
        multivector list events --type CONSULT --actor UZB
        multivector list events --sort confidence --limit 20
    """
    wanted = PLURALS[kind]
    if sort == "confidence" and wanted is Kind.DOCUMENT:
        raise click.UsageError("documents have no confidence to sort by")
    query = chosen(given, wanted) | {"newest": not oldest}
    if sort == "confidence":
        query["least_certain"] = True
    with open_for_reading(store_path) as store:
        if wants_json(as_json):
            write_lines(_lines(store, wanted, query, limit))
        else:
            _table(store, wanted, query, limit or 50)


def _lines(store: Store, kind: Kind, wanted: dict[str, Any], limit: int | None) -> Iterator[bytes]:
    import msgspec

    from multivector.record import to_dict

    if kind is Kind.DOCUMENT:
        for head in store.documents(limit=limit, **wanted):
            yield msgspec.json.encode(to_dict(store.document(head.id)))
    else:
        for found in store.items(kind, limit=limit, **wanted):
            yield msgspec.json.encode(to_dict(found.item, found.document.id))


def _table(store: Store, kind: Kind, wanted: dict[str, Any], limit: int) -> None:
    from rich.table import Table

    from multivector.cli._render import COLUMNS, add_column, console, fitting, heading, plain, row, sure

    rows: list[list[Text]] = []
    if kind is Kind.DOCUMENT:
        names = ("published", "publisher", "title", "language", "document")
        for head in store.documents(limit=limit, **wanted):
            title = plain(head.title) if head.title else heading(store.document(head.id))
            about = plain(head.published), plain(head.publisher), title, plain(head.language)
            rows.append([*about, plain(head.id[:11], "cyan")])
    else:

        @lru_cache(maxsize=64)
        def text_of(document: str) -> str:
            return store.document(document).text

        names = (*COLUMNS[kind], "sure", "document")
        for found in store.items(kind, limit=limit, **wanted):
            cells = row(found.item, text_of(found.document.id))
            about = sure(found.item), plain(found.document.id[:11], "cyan")
            rows.append([*(plain(_short(cell)) for cell in cells), *about])
    to = console()
    table = Table(box=None, header_style="bold", pad_edge=False, row_styles=("", "dim"))
    shown = fitting(names, rows, to.width)
    for place, width in shown.items():
        add_column(table, names[place], width)
    for cells in rows:
        table.add_row(*(cells[place] for place in shown))
    total = store.count(kind, **wanted)
    to.print(table)
    more = f" of {total:,}; --limit shows more" if total > table.row_count else ""
    to.print(f"{table.row_count:,} {kind}{'' if table.row_count == 1 else 's'}{more}", style="dim")


def _short(cell: str, most: int = 160) -> str:
    return cell if len(cell) <= most else cell[: most - 1].rstrip() + "…"
