"""`multivector statistics`: open statistics beside what officials say, in the same store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from multivector.cli._options import (
    Command,
    Group,
    IsoDate,
    check_dates,
    json_option,
    open_for_reading,
    store_option,
    wants_json,
    write_lines,
)
from multivector.cli._statistics_output import as_fields, csv_lines, print_table, write_rows
from multivector.errors import one_line

if TYPE_CHECKING:
    from multivector._api import FileAdded
    from multivector.store import Store

_F = TypeVar("_F", bound=Callable[..., Any])
_SHOWN = 20
"""Problems of one file that are printed; --problems writes all."""


@click.group("statistics", cls=Group)
def command() -> None:
    """Keep open statistics in the store: trade, arms, remittances, votes, treaties, of named sources and dates.

    Files come from the providers' own pages (docs/statistics.md says which are read), or over the network with fetch.

    Example:
        multivector statistics add comtrade.csv sipri/ un_votes.csv
        multivector statistics list --area KAZ --partner CHN --indicator goods
        multivector statistics sources
    """


@command.command("add", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--reader", metavar="NAME", help="Read with this reader; `statistics readers` lists them.")
@click.option("--mapping", metavar="FILE", help="A TOML file that says which column is what.")
@click.option("--source", metavar="WORDS", help="Provider and data set, in place of what the file says.")
@click.option("--vintage", type=IsoDate(), help="Date of publication, in place of what the file says.")
@click.option("--encoding", metavar="NAME", help="Encoding of a text file that is not in UTF-8 (cp1251).")
@click.option("--unit-multiplier", type=click.IntRange(-12, 12), metavar="POWER", help="Values are times ten to this.")
@click.option("--problems", metavar="FILE", help="Write all that was left out to this CSV file.")
@json_option
@store_option
def add(paths: tuple[str, ...], problems: str | None, as_json: bool | None, store_path: str, **given: Any) -> None:
    """Add files of statistics, or all files of folders. Adding one again changes nothing.

    What is odd (an unknown area, a negative value, a second value for the same) is named with its line and left out.
    The exit status is 1 when anything was.

    Example:
        multivector statistics add TradeData.csv --vintage 2026-09-01
        multivector statistics add customs.csv --mapping customs.toml
    """
    from multivector import add_statistics
    from multivector.store import open_store

    with open_store(store_path) as store:
        added = _watched(add_statistics(store, *paths, **given), quiet=wants_json(as_json))
        if problems is not None:
            _write_problems(problems, store_path, added)
        if wants_json(as_json):
            write_lines(map(_line_of_file, added))
        else:
            _print_added(store, added)
    if any(file.problems for file in added):
        raise SystemExit(1)


def _watched(files: Iterable[FileAdded], *, quiet: bool) -> list[FileAdded]:
    """The outcomes, with what was left out told on standard error as it comes."""
    added: list[FileAdded] = []
    for file in files:
        added.append(file)
        for problem in file.problems[:_SHOWN]:
            click.echo(f"multivector: {one_line(str(problem))}", err=True)
        if (more := len(file.problems) - _SHOWN) > 0:
            click.echo(f"multivector: {one_line(file.path)}: and {more:,} more; --problems FILE has all", err=True)
    if not added and not quiet:
        click.echo("multivector: no files of data there", err=True)
    return added


def _line_of_file(file: FileAdded) -> bytes:
    import msgspec

    return msgspec.json.encode(msgspec.to_builtins(file))


def _write_problems(path: str, store_path: str, files: Iterable[FileAdded]) -> None:
    from multivector.cli._output import whole_file

    with whole_file(path, store_path) as out:
        rows = ((p.file, "" if p.line is None else str(p.line), p.reason) for file in files for p in file.problems)
        out.writelines(line + b"\r\n" for line in csv_lines(("file", "line", "reason"), rows))


def _print_added(store: Store, files: Sequence[FileAdded]) -> None:
    from multivector.cli._render import console, plain
    from multivector.statistics import defects

    rows = [
        (
            file.path,
            file.reader or "not read",
            *(f"{a + b:,}" for a, b in _sums(file)),
            f"{len(file.problems):,}",
        )
        for file in files
    ]
    print_table(("file", "reader", "new", "changed", "there before", "left out"), rows, numbers=4)
    sets = {pair for file in files for pair in file.sources}
    for source in sorted({source for source, _ in sets}):
        for defect in defects(store.observations(source=source)):
            if defect.kind not in ("meaning", "scale"):  # the reader knows these
                console().print(plain(f"known defect ({source}): {defect.what}", "yellow"), soft_wrap=True)


def _sums(file: FileAdded) -> tuple[tuple[int, int], ...]:
    rows, votes = file.observations, file.votes
    return (rows.added, votes.added), (rows.replaced, votes.replaced), (rows.unchanged, votes.unchanged)


def _filters(command: _F) -> _F:
    options = [
        click.option("--source", multiple=True, metavar="WORDS", help="The beginning of a source's name; repeatable."),
        click.option("--since", type=IsoDate(), help="On or after this date."),
        click.option("--until", type=IsoDate(), help="On or before this date."),
        click.option(
            "--vintage",
            default="latest",
            show_default=True,
            metavar="WHICH",
            help="latest, all, or a date: what was known on it.",
        ),
        click.option(
            "--limit", type=click.IntRange(1), metavar="NUMBER", help="At most this many  [default: 50 in a table]."
        ),
        click.option("--csv", "as_csv", is_flag=True, help="CSV."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@command.command("list", cls=Command)
@click.option("--area", "-a", multiple=True, metavar="CODE", help="Rows of this reporting area (KAZ); repeatable.")
@click.option("--partner", "-p", multiple=True, metavar="CODE", help="With this counterpart (CHN, WLD); repeatable.")
@click.option("--indicator", "-i", multiple=True, metavar="WORD", help="Of this indicator (goods, arms); repeatable.")
@click.option("--flow", type=click.Choice(["exports", "imports", "turnover", "none"]), help="Which way it goes.")
@_filters
@json_option
@store_option
def list_(
    area: tuple[str, ...],
    partner: tuple[str, ...],
    indicator: tuple[str, ...],
    flow: str | None,
    source: tuple[str, ...],
    since: str | None,
    until: str | None,
    vintage: str,
    limit: int | None,
    as_csv: bool,
    as_json: bool | None,
    store_path: str,
) -> None:
    """List rows: area, partner, indicator, flow, period, value, with source, vintage and where it stands there.

    Example:
        multivector statistics list --area KAZ --indicator goods --since 2023 --until 2023
        multivector statistics list --area TJK --partner RUS --csv > tjk-rus.csv
    """
    check_dates(since, until)
    table = not as_csv and not wants_json(as_json)
    with open_for_reading(store_path) as store:
        rows = store.observations(
            reporting_area=area or None,
            counterpart_area=partner or None,
            indicator=indicator or None,
            flow=flow,
            since=since,
            until=until,
            source=source or None,
            vintage=vintage,
            limit=(limit or 50) + 1 if table else limit,
        )
    write_rows([as_fields(row) for row in rows], _COLUMNS, as_csv=as_csv, table=table, limit=limit or 50)


_COLUMNS = {
    "reporting_area": "area",
    "counterpart_area": "partner",
    "indicator": "indicator",
    "flow": "flow",
    "period": "period",
    "quantity": "value",
    "unit": "unit",
    "status": "status",
    "source": "source",
    "vintage": "vintage",
}
"""Fields of a row that a table shows, and their headings."""
_VOTE_COLUMNS = {
    "date": "date",
    "area": "area",
    "choice": "choice",
    "resolution": "resolution",
    "issues": "issues",
    "source": "source",
    "vintage": "vintage",
}


@command.command("votes", cls=Command)
@click.option("--area", "-a", multiple=True, metavar="CODE", help="Votes of this state (KAZ); repeatable.")
@click.option("--session", type=click.IntRange(1), metavar="NUMBER", help="In this session of the General Assembly.")
@click.option("--issue", metavar="WORDS", help="In roll calls whose subjects hold these words.")
@click.option("--resolution", metavar="NAME", help="In this roll call (R/74/12).")
@_filters
@json_option
@store_option
def votes(
    area: tuple[str, ...],
    session: int | None,
    issue: str | None,
    resolution: str | None,
    source: tuple[str, ...],
    since: str | None,
    until: str | None,
    vintage: str,
    limit: int | None,
    as_csv: bool,
    as_json: bool | None,
    store_path: str,
) -> None:
    """List votes in roll calls of the UN General Assembly.

    Example:
        multivector statistics votes --area KAZ --area RUS --session 74
        multivector statistics votes --issue nuclear --since 2018 --csv
    """
    check_dates(since, until)
    table = not as_csv and not wants_json(as_json)
    with open_for_reading(store_path) as store:
        found = store.votes(
            area=area or None,
            session=session,
            issue=issue,
            resolution=resolution,
            source=source or None,
            since=since,
            until=until,
            vintage=vintage,
            limit=(limit or 50) + 1 if table else limit,
        )
    write_rows([as_fields(vote) for vote in found], _VOTE_COLUMNS, as_csv=as_csv, table=table, limit=limit or 50)


@command.command("sources", cls=Command)
@json_option
@store_option
def sources(as_json: bool | None, store_path: str) -> None:
    """List the sources in the store: each vintage with its rows, votes, indicators and time.

    Example:
        multivector statistics sources
    """
    with open_for_reading(store_path) as store:
        found = [as_fields(each) for each in store.sources()]
    shown = dict.fromkeys(("source", "vintage", "observations", "votes", "indicators", "first", "last"))
    write_rows(found, {name: name for name in shown}, as_csv=False, table=not wants_json(as_json), limit=len(found))


@command.command("readers", cls=Command)
@json_option
def readers(as_json: bool | None) -> None:
    """List the readers: which files of which providers can be added.

    Example:
        multivector statistics readers
    """
    from multivector.statistics import readers as all_readers

    found = [as_fields(each) for each in all_readers()]
    write_rows(
        found, {"name": "reader", "title": "reads"}, as_csv=False, table=not wants_json(as_json), limit=len(found)
    )


@command.command("defects", cls=Command)
@json_option
def defects(as_json: bool | None) -> None:
    """List what is known to be wrong with data sets, or with the reading of them that suggests itself.

    Example:
        multivector statistics defects
    """
    from multivector.statistics import known_defects

    found = [as_fields(each) for each in known_defects()]
    names = ("source", "kind", "areas", "counterparts", "period", "what")
    write_rows(found, {name: name for name in names}, as_csv=False, table=not wants_json(as_json), limit=len(found))


@command.command("fetch", cls=Command)
@click.argument("provider", type=click.Choice(["comtrade", "worldbank", "imf", "eurostat"]))
@click.option("--area", "-a", multiple=True, required=True, metavar="AREA", help="Who reports (KAZ); repeatable.")
@click.option("--partner", "-p", multiple=True, metavar="AREA", help="With whom; all unless given; repeatable.")
@click.option("--indicator", "-i", metavar="CODE", help="The provider's code (worldbank), or data set (eurostat).")
@click.option("--since", required=True, metavar="YEAR", help="The first year, or month with --monthly.")
@click.option("--until", required=True, metavar="YEAR", help="The last year, or month with --monthly.")
@click.option("--monthly", is_flag=True, help="Months instead of years.")
@click.option(
    "--folder",
    default="statistics-files",
    show_default=True,
    metavar="FOLDER",
    help="Where answers are kept; what is there is not asked for again.",
)
@click.option("--refresh", is_flag=True, help="Ask again for what is there.")
@click.option("--base", metavar="URL", help="Another server with the same interface (a mirror).")
@json_option
@store_option
def fetch(
    provider: str,
    area: tuple[str, ...],
    partner: tuple[str, ...],
    indicator: str | None,
    since: str,
    until: str,
    monthly: bool,
    folder: str,
    refresh: bool,
    base: str | None,
    as_json: bool | None,
    store_path: str,
) -> None:
    """Get statistics from a provider's interface and add them. A run that was stopped goes on where it was.

    UN Comtrade's key is taken from COMTRADE_API_KEY; without one its answers are cut at 500 rows. The exit status is 1
    when a question got no answer, or anything was left out.

    Example:
        multivector statistics fetch worldbank -a KAZ -a UZB -i NY.GDP.MKTP.CD --since 2015 --until 2024
        multivector statistics fetch imf -a KAZ -p RUS -p CHN --since 2020 --until 2024
    """
    from pathlib import Path

    from multivector import add_statistics
    from multivector.statistics import fetch as fetch_all
    from multivector.statistics import requests
    from multivector.store import open_store

    asked = requests(
        provider,
        area,
        first=since,
        last=until,
        partners=partner,
        indicator=indicator,
        frequency="M" if monthly else "A",
        base=base,
    )
    failed = False
    added: list[FileAdded] = []
    with open_store(store_path) as store:
        for got in fetch_all(asked, Path(folder), provider=provider, refresh=refresh):
            if got.path is None:
                failed = True
                click.echo(f"multivector: {one_line(f'{got.request.address}: {got.reason}')}", err=True)
            else:
                added += _watched(add_statistics(store, got.path), quiet=True)
        if wants_json(as_json):
            write_lines(map(_line_of_file, added))
        elif added:
            _print_added(store, added)
    if failed or any(file.problems for file in added):
        raise SystemExit(1)


@command.command("template", cls=Command)
@click.option("--mapping", is_flag=True, help="A mapping file instead, for a table that you have.")
def template(mapping: bool) -> None:
    """Print a CSV to fill in with statistics for which there is no reader, or a mapping file for a table.

    Example:
        multivector statistics template > mine.csv
        multivector statistics template --mapping > customs.toml
    """
    from multivector.statistics import mapping_template
    from multivector.statistics import template as csv_template

    click.echo(mapping_template() if mapping else csv_template(), nl=False)
