"""`multivector check`: claims in documents beside the statistics in the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from multivector.cli._options import Command, store_option, wants_json, write_lines

if TYPE_CHECKING:
    from rich.console import Console

    from multivector.check import Check
    from multivector.record import Document
    from multivector.store import Store

CONTRADICTED = 3
"""The exit status when a claim is contradicted."""

_STYLES = {"supported": "bold green", "contradicted": "bold red", "consistent": "bold yellow", "not checkable": "bold"}
_SHOWN = 12
"""Rows of one claim that are printed without --rows."""


@click.command("check", cls=Command)
@click.argument("doc", metavar="DOC", required=False)
@click.option("--all", "all_documents", is_flag=True, help="All documents of the store instead of one.")
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    type=click.Choice(list(_STYLES)),
    help="Claims with this verdict only; repeatable.",
)
@click.option(
    "--rows", "all_rows", is_flag=True, help=f"All rows of statistics behind a claim, not the first {_SHOWN}."
)
@click.option("--json/--table", "as_json", default=None, help="JSON Lines, or text  [default: text at a terminal only]")
@click.option("--csv", "as_csv", is_flag=True, help="A row a claim; for claims about several states a row a state.")
@store_option
def command(
    doc: str | None,
    all_documents: bool,
    verdicts: tuple[str, ...],
    all_rows: bool,
    as_json: bool | None,
    as_csv: bool,
    store_path: str,
) -> None:
    """Check claims against statistics: turnover, exports, shares, growth, arms, votes, standing.

    DOC is a document's id or the beginning of it. The statistics are those of the store (multivector statistics add).
    Every verdict comes with the arithmetic, the rows of its sources and what is missing: docs/checks.md has the rules.

    Exit status: 0 nothing is contradicted, 3 a claim is.

    Example:
        multivector check do-3f
        multivector check --all --verdict contradicted
        multivector check --all --csv > checks.csv
    """
    from multivector import checks
    from multivector.store import open_store

    if (doc is None) is not all_documents:
        raise click.UsageError("give a DOC or --all" if doc is None else "give a DOC or --all, not both")
    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two forms; give one")
    with open_store(store_path, create=False, readonly=True) as store:
        if not store.sources():
            click.echo("multivector: no statistics in the store; add some: multivector statistics add FILE", err=True)
        found = [each for each in checks(store, doc) if not verdicts or each.verdict.value in verdicts]
        if as_csv:
            write_lines(line for line in _csv(store, found))
        elif wants_json(as_json):
            write_lines(_json(found))
        else:
            _print(store, found, all_rows=all_rows)
    if any(each.verdict.value == "contradicted" for each in found):
        raise SystemExit(CONTRADICTED)


def _json(found: Iterable[Check]) -> Iterator[bytes]:
    import msgspec

    from multivector.check import to_dict

    for check in found:
        yield msgspec.json.encode(to_dict(check))


def _csv(store: Store, found: list[Check]) -> Iterator[bytes]:
    import csv
    import io

    from multivector._export import CHECK_COLUMNS, check_rows

    documents: dict[str, Document] = {}
    rows: list[dict[str, str]] = []
    for check in found:
        of = check.claim.document
        documents.setdefault(of, store.document(of))
        rows += check_rows(check, documents[of])
    out = io.StringIO()
    writer = csv.DictWriter(out, CHECK_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    yield out.getvalue().encode().removesuffix(b"\n")


def _print(store: Store, found: list[Check], *, all_rows: bool) -> None:
    from multivector.cli._render import console, heading, plain

    to = console()
    document: str | None = None
    for check in found:
        if check.claim.document != document:
            document = check.claim.document
            of = store.document(document)
            to.print(heading(of))
            to.print(plain(" · ".join(part for part in (of.publisher, of.published, of.id) if part), "dim"))
            to.print()
        _print_check(to, check, all_rows=all_rows)
    counts = {name: sum(check.verdict.value == name for check in found) for name in _STYLES}
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    to.print(plain(f"{len(found)} claim{'' if len(found) == 1 else 's'}{f': {told}' if told else ''}", "dim"))


def _print_check(to: Console, check: Check, *, all_rows: bool) -> None:
    from rich.table import Table

    from multivector.cli._render import plain, speaker

    claim = check.claim
    to.print(plain(check.verdict.upper(), _STYLES[check.verdict.value]))
    to.print(_indented(plain(claim.sentence, "italic")))
    who = speaker(claim.speaker) if claim.speaker else "the document itself"
    to.print(
        _indented(
            plain(" · ".join(part for part in (who or "somebody", claim.said_on) if part), "dim"),
        )
    )
    for reason in check.reasons:
        to.print(_bullet(reason))
    if check.parts:
        to.print(_parts(check))
    if check.steps:
        to.print(_indented(plain("arithmetic", "bold")))
        grid = Table.grid(padding=(0, 1))
        grid.add_column(justify="right", style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for number, step in enumerate(check.steps, 1):
            marks = f" [{_places(step.rows)}]" if step.rows else ""
            grid.add_row(plain(f"{number}."), plain(step.words).append_text(plain(marks, "cyan")))
        to.print(_indented(grid))
    _print_rows(to, check, all_rows=all_rows)
    if check.missing:
        to.print(_indented(plain("missing", "bold")))
        for missing in check.missing:
            to.print(_bullet(missing))
    to.print()


def _print_rows(to: Console, check: Check, *, all_rows: bool) -> None:
    from rich.table import Table

    from multivector.cli._render import plain

    if not check.rows:
        return
    to.print(_indented(plain("rows", "bold")))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    shown = check.rows if all_rows else check.rows[:_SHOWN]
    for number, row in enumerate(shown, 1):
        value = f" = {row.value:,.0f} {row.unit}" if row.value is not None else ""
        vintage = f" ({row.vintage})" if row.vintage else ""
        grid.add_row(
            plain(f"[{number}]"),
            plain(f"{row.what}{value}").append_text(plain(f"  {row.source}{vintage}, {row.row}", "dim")),
        )
    to.print(_indented(grid))
    if len(shown) < len(check.rows):
        to.print(_indented(plain(f"and {len(check.rows) - len(shown):,} more; --rows shows all", "dim")))


def _parts(check: Check) -> Any:
    """A claim about states as a table: a line a state with its verdict and what was found."""
    from rich.table import Table

    from multivector.cli._render import plain

    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("state", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("what the rows say", overflow="fold")
    for part in check.parts:
        said = "\n".join(f"{name}: {words}" for name, words in part.table) or " ".join(part.reasons)
        verdict = part.verdict.value
        table.add_row(plain(part.state), plain(verdict, _STYLES[verdict]), _lines(said))
    return _indented(table)


def _indented(what: Any) -> Any:
    """Something to print, two columns in."""
    from rich.padding import Padding

    return Padding(what, (0, 0, 0, 2), expand=False)


def _lines(text: str) -> Any:
    from rich.text import Text

    from multivector.cli._render import plain

    return Text("\n").join(plain(line) for line in text.split("\n"))


def _bullet(words: str) -> Any:
    from rich.table import Table

    from multivector.cli._render import plain

    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(plain("-", "dim"), plain(words))
    return _indented(grid)


def _places(rows: tuple[int, ...]) -> str:
    """Numbers of rows from 1, runs of them joined: `1-4, 7`."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row + 1 == runs[-1][-1] + 1:
            runs[-1].append(row + 1)
        else:
            runs.append([row + 1])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
