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
@json_option
@store_option
def command(kind: str, limit: int | None, oldest: bool, as_json: bool | None, store_path: str, **given: Any) -> None:
    """List documents or items of one KIND, those of the newest documents first.

    KIND is documents, actors, dates, statements, events, figures, agreements or ties.

    A table for a person, JSON Lines with --json or when piped. Every line leads to its document and to
    the offsets of its words there.

    Example:
        multivector list statements --speaker KAZ --since 2026-01
        multivector list figures --domain trade --json | head
        multivector list events --type CONSULT --actor UZB
    """
    from multivector.store import open_store

    wanted = PLURALS[kind]
    query = chosen(given, wanted) | {"newest": not oldest}
    with open_store(store_path, create=False, readonly=True) as store:
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

    from multivector.cli._render import COLUMNS, add_column, console, fitting, heading, plain, row

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

        names = (*COLUMNS[kind], "document")
        for found in store.items(kind, limit=limit, **wanted):
            cells = row(found.item, text_of(found.document.id))
            rows.append([*(plain(_short(cell)) for cell in cells), plain(found.document.id[:11], "cyan")])
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
