"""`multivector export`: the record in the forms that other tools take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import click

from multivector.cli._options import PLURALS, Command, chosen, filters, open_for_reading, store_option, write_lines
from multivector.cli._output import csv_lines, whole_file
from multivector.errors import one_line
from multivector.record import ITEM_TYPES, Document, Kind

if TYPE_CHECKING:
    from multivector.record import Item
    from multivector.store import Store


@click.command("export", cls=Command)
@click.argument("kind", metavar="[KIND]", type=click.Choice([*PLURALS, "all"]), default="all")
@filters
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "parquet", "plover"]),
    default="jsonl",
    show_default=True,
    help="plover: events, as the PLOVER manual has them.",
)
@click.option("--output", "-o", metavar="FILE", help="Where to; standard output unless given (not for parquet).")
@store_option
def command(kind: str, form: str, output: str | None, store_path: str, **given: Any) -> None:
    """Export documents or items of one KIND, or all of the record.

    KIND is documents, actors, dates, statements, events, figures, agreements or ties.

    JSON Lines hold everything and can be read back; CSV and Parquet take one kind at a time; PLOVER takes
    events. Each row has its document's id, date and address, and the offsets of its words.

    Example:
        multivector export > record.jsonl
        multivector export figures --format csv -o figures.csv --domain trade
        multivector export events --format plover --since 2026-01 -o events.json
    """
    if form in ("csv", "parquet") and kind == "all":
        raise click.UsageError(f"--format {form} takes one kind: {', '.join(PLURALS)}")
    if form == "plover" and kind not in ("all", "events"):
        raise click.UsageError("--format plover takes events")
    if kind == "all" and form == "jsonl" and chosen(given):
        raise click.UsageError("filters need a kind, such as: export statements --speaker KAZ")
    if form == "parquet" and output is None:
        raise click.UsageError("--format parquet needs --output FILE")
    wanted = chosen(given, Kind.EVENT if form == "plover" else PLURALS.get(kind))
    with open_for_reading(store_path) as store:
        if form == "parquet" and output is not None:
            _parquet(store, PLURALS[kind], wanted, output, store_path)
        elif form == "csv":
            _write(_csv(store, PLURALS[kind], wanted), output, store_path)
        elif form == "plover":
            _write(_plover(store, wanted), output, store_path)
        else:
            _write(_jsonl(store, kind, wanted), output, store_path)


def _write(lines: Iterator[bytes], output: str | None, store_path: str) -> None:
    if output is None:
        write_lines(lines)
        return
    with whole_file(output, store_path) as file:
        file.writelines(line + b"\n" for line in lines)


def _jsonl(store: Store, kind: str, wanted: dict[str, Any]) -> Iterator[bytes]:
    import msgspec

    from multivector.record import record_to_lines, to_dict

    if kind == "all":
        for head in store.documents():
            yield from record_to_lines(store.record(head.id))
    elif kind == "documents":
        for head in store.documents(**wanted):
            yield msgspec.json.encode(to_dict(store.document(head.id)))
    else:
        for found in store.items(PLURALS[kind], **wanted):
            yield msgspec.json.encode(to_dict(found.item, found.document.id))


def _csv(store: Store, kind: Kind, wanted: dict[str, Any]) -> Iterator[bytes]:
    from multivector._export import csv_columns, csv_row

    columns = csv_columns(Document if kind is Kind.DOCUMENT else ITEM_TYPES[kind])
    rows = (
        {name: safe_cell(cell) for name, cell in csv_row(item, document).items()}
        for item, document in _with_documents(store, kind, wanted)
    )
    return csv_lines(columns, rows)


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(cell: str) -> str:
    """A cell that a spreadsheet does not run as a formula: the texts are not trusted."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def _plover(store: Store, wanted: dict[str, Any]) -> Iterator[bytes]:
    import msgspec

    from multivector._export import plover
    from multivector.knowledge import load
    from multivector.record import Event

    knowledge = load()
    for item, document in _with_documents(store, Kind.EVENT, wanted):
        if isinstance(item, Event):
            yield msgspec.json.encode(plover(item, document, knowledge))


def _with_documents(store: Store, kind: Kind, wanted: dict[str, Any]) -> Iterator[tuple[Document | Item, Document]]:
    if kind is Kind.DOCUMENT:
        for head in store.documents(**wanted):
            document = store.document(head.id)
            yield document, document
        return
    document_of = lru_cache(maxsize=64)(store.document)
    for found in store.items(kind, **wanted):
        yield found.item, document_of(found.document.id)


def _parquet(store: Store, kind: Kind, wanted: dict[str, Any], output: str, store_path: str) -> None:
    from importlib import import_module

    table = store.table(kind, **wanted)
    with whole_file(output, store_path) as file:
        import_module("pyarrow.parquet").write_table(table, file, compression="zstd")
    click.echo(f"{table.num_rows:,} row{'' if table.num_rows == 1 else 's'} to {one_line(output)}", err=True)
