"""`multivector show`: one document with what was read from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from multivector.cli._options import Command, json_option, open_for_reading, store_option, wants_json, write_lines
from multivector.record import LOW_CONFIDENCE, Item, Kind, Record

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_SIDE_BY_SIDE = 150
"""From this many columns on, the record stands beside the text."""


@click.command("show", cls=Command)
@click.argument("doc", metavar="DOC")
@click.option("--text/--no-text", "with_text", default=True, help="With the text, or the record alone.")
@json_option
@store_option
def command(doc: str, with_text: bool, as_json: bool | None, store_path: str) -> None:
    """Show a document: its text with statements, actors, dates and figures in colour, and its record.

    DOC is a document's id or the beginning of it (see: multivector list documents).

    Example:
        multivector show do-3f1c
        multivector show do-3f1c --json
    """
    from multivector.record import record_to_lines

    with open_for_reading(store_path) as store:
        record = store.record(store.document(doc).id)
    if wants_json(as_json):
        write_lines(record_to_lines(record))
        return
    print_record(record, with_text=with_text)


def print_record(record: Record, to: Console | None = None, *, with_text: bool = True) -> None:
    """Print a record for a person, on standard output unless `to` is given."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from multivector.cli._render import console, heading, legend, marked, plain

    to = to or console()
    document = record.document
    about = (document.publisher, document.published, document.language, document.url, document.id)
    to.print(Text.assemble(heading(document), style="bold" if document.title else ""))
    to.print(plain(" · ".join(part for part in about if part), "dim"))
    to.print()
    beside = with_text and to.width >= _SIDE_BY_SIDE
    items = _items(record, to.width // 2 - 2 if beside else to.width)
    if not with_text:
        to.print(items)
    elif beside:
        grid = Table.grid(padding=(0, 3), expand=True)
        grid.add_column(ratio=1)
        grid.add_column(ratio=1)
        grid.add_row(Group(legend(), Text(), marked(record)), items)
        to.print(grid)
    else:
        to.print(legend(), Text(), marked(record), Text(), items, sep="\n")


def _items(record: Record, width: int) -> RenderableType:
    """The items, kind by kind; statements are numbered, and what was said comes with the number."""
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = []
    numbers: dict[str | None, str] = {each.id: str(number) for number, each in enumerate(record.statements, 1)}
    for kind in Kind:
        items = [item for item in record.items if item.kind is kind]
        if items:
            heading = Text(f"{kind.value.capitalize()}s", "bold")
            listed = (
                _statements(record, numbers) if kind is Kind.STATEMENT else _table(record, kind, items, numbers, width)
            )
            parts += [heading, listed, Text()]
    return Group(*parts) if parts else Text("nothing was read from this document", "dim")


def _statements(record: Record, numbers: dict[str | None, str]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    from multivector.cli._render import plain, speaker, sure, words

    text = record.document.text
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for each in record.statements:
        said = Text().append_text(plain(speaker(each.speaker) or words(text, each.source) or "?", "bold"))
        said.append_text(plain(f" {words(text, each.cue)}", "italic"))
        when = ", ".join(part for part in (each.said_on, each.occasion) if part)
        said.append_text(plain(f" [{when}]" if when else "", "green"))
        said.append_text(plain(f" {words(text, each.content)}"))
        if each.said_by:
            said.append(f" (in {numbers.get(each.said_by, '?')})", "dim")
        if each.confidence is not None and each.confidence < LOW_CONFIDENCE:
            said.append(" ").append_text(sure(each))
        table.add_row(numbers[each.id], said)
    return table


def _table(record: Record, kind: Kind, items: list[Item], numbers: dict[str | None, str], width: int) -> RenderableType:
    from rich.table import Table

    from multivector.cli._render import COLUMNS, STYLES, add_column, fitting, plain, row, sure

    said = kind not in (Kind.ACTOR, Kind.DATE)
    names = (*COLUMNS[kind], "in", "sure") if said else (*COLUMNS[kind], "sure")
    rows: list[list[Text]] = []
    for item in items:
        first, *rest = row(item, record.document.text)
        cells = [plain(first, STYLES.get(kind, "")), *map(plain, rest)]
        if said:
            cells.append(plain(numbers.get(getattr(item, "said_by", None), "")))
        rows.append([*cells, sure(item)])
    shown = fitting(names, rows, width)
    table = Table(box=None, header_style="dim", pad_edge=False, show_edge=False)
    for place, wide in shown.items():
        add_column(table, names[place], wide)
    for item, cells in zip(items, rows, strict=True):
        table.add_row(*(cells[place] for place in shown))
        for section in getattr(item, "sections", ()):
            table.add_row(plain(f"  {section}", "dim"))
    return table
