"""`multivector coded`: events of other data sets, beside our own and never among them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from multivector.cli._options import (
    Command,
    Group,
    IsoDate,
    check_dates,
    json_option,
    store_option,
    wants_json,
    write_lines,
)
from multivector.errors import MultivectorError, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from multivector.record import CodedEvent

_SHOWN = 20
"""Rows left out of one file that are told."""


@click.group("coded", cls=Group)
def command() -> None:
    """Keep events that others coded: POLECAT, ICEWS, GDELT, in PLOVER's terms.

    They lead back to no sentence. They stand apart: no other command gives or counts them unless asked to.

    Example:
        multivector coded add events.2023.txt
        multivector coded list --actor KAZ --type CONSULT
    """


@command.command("add", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--vintage", type=IsoDate(), help="Date of publication of the files  [default: of their last change].")
@json_option
@store_option
def add(paths: tuple[Path, ...], vintage: str | None, as_json: bool | None, store_path: str) -> None:
    """Add files of POLECAT, ICEWS or GDELT. Adding one again changes nothing.

    A row that cannot be read is named with its line and left out; mere statements, which PLOVER does not code, are
    passed over. The exit status is 1 when anything was left out.

    Example:
        multivector coded add POLECAT.2023.txt --vintage 2024-02-01
        multivector coded add 20240115.export.CSV
    """
    import msgspec

    from multivector.knowledge import load
    from multivector.record import CodedEvent
    from multivector.statistics import read_events
    from multivector.store import open_store

    knowledge, today, wrong = load(), dt.datetime.now(dt.UTC).date().isoformat(), False
    with open_store(store_path) as store:
        for path in paths:
            try:
                changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).date().isoformat()
                rows = list(read_events(path, knowledge, vintage=vintage or changed, retrieved=today))
            except OSError as error:
                click.echo(f"multivector: {one_line(str(path))}: {error.strerror or 'cannot be read'}", err=True)
                wrong = True
                continue
            except MultivectorError as error:
                click.echo(f"multivector: {error}", err=True)
                wrong = True
                continue
            events = [row for row in rows if isinstance(row, CodedEvent)]
            odd = [row for row in rows if not isinstance(row, CodedEvent)]
            wrong = wrong or bool(odd)
            for row in odd[:_SHOWN]:
                click.echo(f"multivector: {one_line(str(row))}", err=True)
            if len(odd) > _SHOWN:
                click.echo(f"multivector: {one_line(path.name)}: and {len(odd) - _SHOWN:,} more", err=True)
            outcome = store.add_coded_events(events)
            if wants_json(as_json):
                fields = {"path": str(path), **msgspec.to_builtins(outcome), "left_out": len(odd)}
                write_lines([msgspec.json.encode(fields)])
            else:
                click.echo(
                    f"{path}: {outcome.added:,} new, {outcome.replaced:,} changed, {outcome.unchanged:,} there before,"
                    f" {len(odd):,} left out"
                )
    if wrong:
        raise SystemExit(1)


@command.command("list", cls=Command)
@click.option("--source", metavar="NAME", help="POLECAT, ICEWS or GDELT.")
@click.option("--actor", "-a", metavar="CODE", help="With this code on either side (KAZ, IGO:SCO).")
@click.option("--type", "kind", metavar="TYPE", help="Of this type of PLOVER (CONSULT).")
@click.option("--since", type=IsoDate(), help="On or after this date.")
@click.option("--until", type=IsoDate(), help="On or before this date.")
@click.option("--limit", type=click.IntRange(1), metavar="NUMBER", help="At most this many  [default: 50 in a table].")
@json_option
@store_option
def list_(limit: int | None, kind: str | None, as_json: bool | None, store_path: str, **query: str | None) -> None:
    """List events of other data sets, the oldest first.

    Example:
        multivector coded list --source ICEWS --actor TJK --since 2018-09
    """
    import msgspec

    from multivector.store import open_store

    check_dates(query["since"], query["until"])
    table = not wants_json(as_json)
    with open_store(store_path, create=False, readonly=True) as store:
        wanted: dict[str, Any] = {**query, "type": kind, "limit": limit or (50 if table else None)}
        found = store.coded_events(**wanted)
    if table:
        _print(found)
    else:
        write_lines(map(msgspec.json.encode, found))


@command.command("sources", cls=Command)
@json_option
@store_option
def sources(as_json: bool | None, store_path: str) -> None:
    """List the data sets that events were added from.

    Example:
        multivector coded sources
    """
    import msgspec

    from multivector.store import open_store

    with open_store(store_path, create=False, readonly=True) as store:
        counts = store.coded_sources()
    if wants_json(as_json):
        write_lines(msgspec.json.encode({"source": name, "events": number}) for name, number in counts.items())
    else:
        for name, number in counts.items():
            click.echo(f"{name}: {number:,} events")


def _print(events: Sequence[CodedEvent]) -> None:
    from rich.table import Table

    from multivector.cli._render import console, plain

    table = Table(box=None, header_style="bold", pad_edge=False, row_styles=("", "dim"))
    for name in ("date", "type", "mode", "actor", "recipient", "their code", "source"):
        table.add_column(name, overflow="fold")
    for event in events:
        cells = (event.date, event.type.value, event.mode, event.actor, event.recipient, event.original, event.source)
        table.add_row(*(plain(cell or "") for cell in cells))
    console().print(table)
