"""`multivector status`: what a store holds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from multivector.cli._options import Command, json_option, open_for_reading, store_option, wants_json, write_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from multivector.store import NotedFailure, Status


@click.command("status", cls=Command)
@click.option("--verify", is_flag=True, help="Check the whole file for damage.")
@json_option
@store_option
def command(verify: bool, as_json: bool | None, store_path: str) -> None:
    """Show what the store holds: documents, items, dates, reader versions, and inputs that failed.

    With --verify the exit status is 1 when the store is damaged.

    Example:
        multivector status
        multivector status --verify
    """
    from multivector.store import DamagedError, open_store

    # The full text indices can only be checked by one who may write.
    readonly = not (verify and os.access(store_path, os.W_OK))
    try:
        with open_for_reading(store_path) if readonly else open_store(store_path, create=False) as store:
            status = store.status()
            failures = store.failures()
            faults = store.verify() if verify else None
    except DamagedError as error:
        if not verify:
            raise
        click.echo(f"multivector: {error}", err=True)
        raise SystemExit(1) from None
    if wants_json(as_json):
        write_lines([_line(status, failures, faults)])
    else:
        _print(status, failures, faults)
    if faults:
        raise SystemExit(1)


def _line(status: Status, failures: tuple[NotedFailure, ...], faults: tuple[str, ...] | None) -> bytes:
    import msgspec

    plain = msgspec.to_builtins(status, enc_hook=str)
    plain["languages"] = {language or "unknown": count for language, count in status.languages.items()}
    plain["migrations"] = dict(status.migrations)
    return msgspec.json.encode(plain | {"failures": failures, "faults": faults})


def _print(status: Status, failures: tuple[NotedFailure, ...], faults: tuple[str, ...] | None) -> None:
    from rich.table import Table

    from multivector.cli._render import console, plain
    from multivector.errors import one_line

    rows = {
        "store": f"{status.path} ({status.size / 1e6:,.1f} MB)",
        "documents": f"{status.documents:,} found at {status.sightings:,} places",
        "published": " to ".join(dict.fromkeys(filter(None, (status.first_published, status.last_published)))),
        "languages": _counts({language or "unknown": count for language, count in status.languages.items()}),
        "items": _counts({f"{kind}s": count for kind, count in status.items.items()}),
        "read by": _counts(status.readers),
        "failures": f"{status.failures:,}",
    }
    if faults is not None:
        rows["verified"] = "; ".join(faults) or "no damage found"
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for name, value in rows.items():
        table.add_row(name, plain(value or "none"))
    to = console()
    to.print(table)
    for failure in failures:
        to.print(plain(one_line(f"{failure.location}: {failure.reason}"), "yellow"), soft_wrap=True)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())
