"""`multivector read`: the main job."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from multivector.cli._options import Command, store_option, write_lines
from multivector.errors import one_line
from multivector.record import Kind

if TYPE_CHECKING:
    from multivector._job import Done, Plan, Settings
    from multivector.store import Store


@click.command("read", cls=Command)
@click.argument("inputs", nargs=-1, metavar="PATHS|URLS|-")
@click.option("--urls", "url_file", metavar="FILE", help="Read the addresses listed in FILE, one a line.")
@store_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="table: keep in the store and sum up; jsonl: write the records to stdout, keep nothing and ignore --store.",
)
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="NUMBER", help="Processes that read [default: one a processor]."
)
@click.option("--published", metavar="DATE", help="Publication date of these documents (2026-02-18).")
@click.option("--publisher", metavar="NAME", help="Publisher of these documents.")
@click.option("--title", metavar="WORDS", help="Title of the document; for a single input.")
@click.option("--language", metavar="TAG", help="Language of these documents (en, ru).")
@click.option(
    "--knowledge",
    multiple=True,
    metavar="FILE",
    help="Further actors, offices or groups (TOML; see docs/knowledge.md).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="How long one URL may take.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1, 86400),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="How long one document may take to be read.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(1),
    default=20_000_000,
    show_default=True,
    metavar="NUMBER",
    help="Largest input, in bytes.",
)
@click.option(
    "--max-chars",
    type=click.IntRange(1),
    default=2_000_000,
    show_default=True,
    metavar="NUMBER",
    help="Longest text of a document, in characters.",
)
@click.option(
    "--allow-private", is_flag=True, help="Allow URLs on private and local addresses (never link-local ones)."
)
@click.option("--again", is_flag=True, help="Read again what the store has already seen.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
def command(
    inputs: tuple[str, ...],
    url_file: str | None,
    store_path: str,
    output: str,
    workers: int | None,
    published: str | None,
    publisher: str | None,
    title: str | None,
    language: str | None,
    knowledge: tuple[str, ...],
    timeout: float,
    time_limit: float,
    max_bytes: int,
    max_chars: int,
    allow_private: bool,
    again: bool,
    quiet: bool,
) -> None:
    """Read files, folders, web pages or standard input (-) and keep the record.

    Plain text in any usual encoding, Markdown, HTML and PDF are read. Of a folder, those files in it and
    below are read that end in .txt, .text, .md, .markdown, .html, .htm, .xhtml, .pdf, or have no ending.
    A run that was stopped goes on where it was when it is started again. Inputs that cannot be read are
    named on stderr with the reason; the rest is read all the same.

    Example:
        multivector read statements/ report.pdf
        multivector read --urls pages.txt --workers 4
        cat note.txt | multivector read - --published 2026-02-19 --format jsonl
    """
    from multivector._job import Settings, plan
    from multivector.gather import Options, url_list
    from multivector.knowledge import load
    from multivector.store import open_store

    wanted = [*inputs, *(url_list(url_file) if url_file else [])]
    if not wanted:
        raise click.UsageError("nothing to read: give files, folders, addresses, --urls FILE, or - for standard input")
    if "-" in wanted and sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]  it is when closed
        raise click.UsageError("standard input is closed")
    options = Options(
        max_bytes=max_bytes,
        max_chars=max_chars,
        timeout=timeout,
        allow_private=allow_private,
        published=published,
        publisher=publisher,
        title=title,
        language=language,
    )
    settings = Settings(options, workers, tuple(Path(name) for name in knowledge), again, time_limit)
    planned = plan(wanted)
    if not planned.sources:
        load(settings.knowledge)
        for failure in planned.missing:
            click.echo(one_line(f"{failure.location}: {failure.reason}"), err=True)
        raise SystemExit(1)
    if output == "jsonl":
        # The same path as with a store, so that the records are the same; the file is thrown away.
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "once.db") as store:
            done = _run(planned, store, settings, quiet=True, kept=False)
            write_lines(_lines(store))
    else:
        with open_store(store_path) as store:
            done = _run(planned, store, settings, quiet=quiet, kept=True)
        if not quiet:
            _sum_up(done, store_path)
    if any(each.reason is not None for each in done):
        raise SystemExit(1)


def _run(planned: Plan, store: Store, settings: Settings, *, quiet: bool, kept: bool) -> list[Done]:
    """Run the job with a progress bar on stderr; failures are named as they come."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from multivector._job import run
    from multivector.cli._render import console

    to = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    done: list[Done] = []
    with Progress(*columns, console=to, transient=True, disable=quiet or not to.is_terminal) as progress:
        task = progress.add_task("reading", total=len(planned))
        try:
            for each in run(planned, store, settings):
                done.append(each)
                progress.advance(task)
                if each.reason is not None:
                    to.print(one_line(f"{each.location}: {each.reason}"), soft_wrap=True)
        except KeyboardInterrupt:
            progress.stop()
            left = f"{len(planned) - len(done)} left; run the same command to go on"
            how = f"stopped: {len(done)} done and kept, {left}" if kept else "stopped"
            click.echo(f"multivector: {how}", err=True)
            raise SystemExit(130) from None
    return done


def _lines(store: Store) -> Iterator[bytes]:
    from multivector.record import record_to_lines

    for document in store.documents():
        yield from record_to_lines(store.record(document.id))


def _sum_up(done: list[Done], store_path: str) -> None:
    """Print what became of the inputs, and how many items of each kind came out of the new ones."""
    from rich.table import Table

    from multivector._job import Status
    from multivector.cli._render import console

    statuses = Counter(each.status for each in done)
    # By document: several inputs may have given the same, each time read anew with what the others know of it.
    news = {each.document: each.items for each in done if each.status in (Status.ADDED, Status.REPLACED)}
    items: Counter[Kind] = Counter()
    for counts in news.values():
        items.update(counts)
    to = console()
    became = ", ".join(f"{statuses[status]:,} {status}" for status in Status if statuses[status])
    to.print(f"{len(done):,} input{'' if len(done) == 1 else 's'}: {became or 'none'}")
    if items:
        table = Table(box=None, header_style="bold", pad_edge=False)
        kinds = [kind for kind in Kind if kind is not Kind.DOCUMENT]
        for kind in kinds:
            table.add_column(f"{kind}s", justify="right")
        table.add_row(*(f"{items[kind]:,}" for kind in kinds))
        to.print(table)
    to.print(f"kept in {one_line(store_path)}", soft_wrap=True)
