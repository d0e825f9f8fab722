"""`multivector vectors`: over how many partners a state's ties are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from multivector.cli._options import Command, IsoDate, check_dates, json_option, store_option, wants_json, write_lines

if TYPE_CHECKING:
    from multivector.measure import Vectors

_DOMAINS = ("trade", "energy", "transport", "health", "culture", "ecology", "migration", "security", "politics", "all")


@click.command("vectors", cls=Command)
@click.argument("states", metavar="[STATE]...", nargs=-1)
@click.option("--region", metavar="NAME", help="All members of a group or organisation: central-asia, IGO:EAEU.")
@click.option("--domain", type=click.Choice(_DOMAINS), default="trade", show_default=True, help="In this domain.")
@click.option(
    "--source",
    type=click.Choice(["statistics", "record"]),
    help="Rows of statistics, or events of the record  [default: statistics where they stand for the domain]",
)
@click.option(
    "--indicator",
    metavar="WORD",
    help="Of statistics: goods, arms, treaties, ...; of the record: cooperation, conflict, events or ties.",
)
@click.option("--flow", type=click.Choice(["exports", "imports", "turnover"]), help="Seen from the state.")
@click.option("--since", type=IsoDate(), help="From this year on.")
@click.option("--until", type=IsoDate(), help="Up to this year.")
@click.option("--by", type=click.Choice(["year", "whole"]), help="Each year, or all years as one period.")
@click.option(
    "--data",
    type=click.Choice(["own", "mirror", "both"]),
    default="both",
    show_default=True,
    help="The state's own reports, its partners', or its own with gaps filled from theirs.",
)
@click.option(
    "--eu",
    type=click.Choice(["members", "one"]),
    default="members",
    show_default=True,
    help="The European Union's members one by one, or as one partner.",
)
@click.option(
    "--gold", type=click.Choice(["in", "out"]), default="in", show_default=True, help="Trade with or without gold."
)
@click.option(
    "--unallocated",
    type=click.Choice(["in", "out"]),
    default="out",
    show_default=True,
    help="What the source gives to no partner: as one more partner, or left out of the shares.",
)
@click.option(
    "--order",
    type=click.Choice(["1", "2"]),
    default="2",
    show_default=True,
    help="1 counts partners by their share, 2 gives large ones more weight.",
)
@click.option(
    "--similarity",
    type=click.Choice(["identity", "bloc", "votes", "ideal"]),
    default="bloc",
    show_default=True,
    help="When two partners are one vector: never, in one bloc, as they vote in the UN, by ideal points there.",
)
@click.option(
    "--said",
    type=click.Choice(["out", "in", "only"]),
    default="out",
    show_default=True,
    help="Of the record: what stands inside statements.",
)
@click.option("--partners", type=click.IntRange(1), default=8, show_default=True, help="Rows of the chart.")
@click.option("--csv", "as_csv", is_flag=True, help="One long table with everything, as CSV.")
@json_option
@store_option
def command(
    states: tuple[str, ...],
    region: str | None,
    domain: str,
    source: str | None,
    order: str,
    partners: int,
    as_csv: bool,
    as_json: bool | None,
    store_path: str,
    **given: Any,
) -> None:
    """Show over how many partners the ties of one STATE or several are spread.

    For each year: the total, concentration (HHI), the effective number of partners, and the effective number of
    vectors, which counts partners that are alike in foreign policy as one. With intervals, what is missing, and
    the choices that decide whether a number rises or falls. docs/measures.md has the formulas.

    --json and --csv give everything, with the rows or items behind each share.

    Example:
        multivector vectors KAZ --domain trade --eu one
        multivector vectors --region central-asia --domain security
        multivector vectors KAZ UZB --domain energy --source record --json
    """
    from multivector.measure import choices, indicators, vectors
    from multivector.store import open_store

    if not states and region is None:
        raise click.UsageError("name a STATE by its code (KAZ), or give --region")
    check_dates(given["since"], given["until"])
    if source is None:
        source = "statistics" if any(each.domain == domain for each in indicators().values()) else "record"
    wanted = {name: given.pop(name) for name in ("indicator", "flow", "since", "until", "by")}
    chosen = choices(order=int(order), **given)
    with open_store(store_path, create=False, readonly=True) as store:
        found = vectors(
            store,
            [*states, *([region] if region else [])],
            domain=domain,
            source=source,
            kind=wanted.pop("indicator"),
            choices=chosen,
            **wanted,
        )
    if as_csv:
        _csv(found)
    elif wants_json(as_json):
        import msgspec

        write_lines([msgspec.json.encode(found)])
    else:
        _print(found, partners)


def _csv(found: Vectors) -> None:
    from multivector.cli._output import csv_lines
    from multivector.measure import COLUMNS, lines

    write_lines(csv_lines(COLUMNS, lines(found)))


def _print(found: Vectors, partners: int) -> None:
    from multivector.cli._chart import bars, notes, table
    from multivector.cli._render import console

    to = console()
    to.print(table(found))
    for part in bars(found, partners):
        to.print()
        to.print(part)
    for note in notes(found):
        to.print()
        to.print(note)
