"""Options and output that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, TypeVar

import click

from multivector.record import (
    ActorKind,
    AgreementStatus,
    AgreementType,
    Domain,
    EventType,
    Kind,
    Modality,
    StatementMode,
    TieType,
    interval,
)

if TYPE_CHECKING:
    from multivector.store import Store

_F = TypeVar("_F", bound=Callable[..., Any])

PLURALS = {
    "documents": Kind.DOCUMENT,
    "actors": Kind.ACTOR,
    "dates": Kind.DATE,
    "statements": Kind.STATEMENT,
    "events": Kind.EVENT,
    "figures": Kind.FIGURE,
    "agreements": Kind.AGREEMENT,
    "ties": Kind.TIE,
}

store_option = click.option(
    "--store",
    "store_path",
    envvar="MULTIVECTOR_STORE",
    default="multivector.db",
    show_default=True,
    metavar="FILE",
    help="The store; also from MULTIVECTOR_STORE.",
)

json_option = click.option(
    "--json/--table", "as_json", default=None, help="JSON Lines, or a table  [default: a table at a terminal only]"
)


def open_for_reading(path: str) -> Store:
    """Open the store at `path` to read from it; one in the form of an older version is brought up to date first."""
    from multivector.store import OutdatedError, open_store

    try:
        return open_store(path, create=False, readonly=True)
    except OutdatedError:
        open_store(path, create=False).close()
    return open_store(path, create=False, readonly=True)


class Command(click.Command):
    """A command whose example keeps its lines in the help."""

    def __init__(self, *args: Any, help: str | None = None, **kwargs: Any) -> None:  # noqa: A002  click's name
        super().__init__(*args, help=verbatim_example(help), **kwargs)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002  click's signature
        """The first sentence, whole."""
        return super().get_short_help_str(limit=200)


class Group(click.Group):
    """A command with commands of its own, whose example keeps its lines in the help."""

    def __init__(self, *args: Any, help: str | None = None, **kwargs: Any) -> None:  # noqa: A002  click's name
        super().__init__(*args, help=verbatim_example(help), **kwargs)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002  click's signature
        """The first sentence, whole."""
        return super().get_short_help_str(limit=200)


def verbatim_example(text: str | None) -> str | None:
    """A command's help with click's mark, a backspace, before its example."""
    return text and cleandoc(text).replace("Example:\n", "\b\nExample:\n")


_TYPES: dict[Kind, type[StrEnum]] = {
    Kind.ACTOR: ActorKind,
    Kind.STATEMENT: StatementMode,
    Kind.EVENT: EventType,
    Kind.AGREEMENT: AgreementType,
    Kind.TIE: TieType,
}
"""What `--type` may be; a figure's is its measure, in any words."""


class IsoDate(click.ParamType[str]):
    """A date, month or year of ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check `value`; a wrong one ends the program with status 2."""
        try:
            interval(str(value))
        except ValueError as error:
            self.fail(f"{error}; write 2026-02-18, 2026-02 or 2026", param, ctx)
        return str(value)


_TYPE_HELP = (
    "Events, agreements, ties or actors of this type; for statements direct, mixed or indirect,"
    " for figures the measure in any words."
)


_PROBABILITY = click.FloatRange(0, 1)


def filters(command: _F) -> _F:
    """Give a command the filters of the store's queries, collected by `chosen`."""
    options = [
        click.option("--actor", metavar="CODE", help="Items that name this actor (KAZ, IGO:SCO)."),
        click.option("--speaker", metavar="WORDS", help="Statements by this person, body or state code."),
        click.option("--domain", type=click.Choice([d.value for d in Domain]), help="Items in this domain."),
        click.option("--type", "item_type", metavar="TYPE", help=_TYPE_HELP),
        click.option("--modality", type=click.Choice([m.value for m in Modality]), help="Events of this modality."),
        click.option(
            "--status", type=click.Choice([s.value for s in AgreementStatus]), help="Agreements that have got so far."
        ),
        click.option("--since", type=IsoDate(), help="On or after this date (the item's, else the document's)."),
        click.option("--until", type=IsoDate(), help="On or before this date."),
        click.option("--text", metavar="WORDS", help="Items whose own words hold these."),
        click.option("--doc", metavar="ID", help="Items of one document; the beginning of its id will do."),
        click.option("--min-confidence", type=_PROBABILITY, help="Items at least this likely to be right (0 to 1)."),
        click.option("--max-confidence", type=_PROBABILITY, help="Items at most this likely to be right."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


_NAMES = {
    "actor": "actor",
    "speaker": "speaker",
    "domain": "domain",
    "item_type": "type",
    "modality": "modality",
    "status": "status",
    "since": "since",
    "until": "until",
    "text": "text",
    "doc": "doc",
    "min_confidence": "min_confidence",
    "max_confidence": "max_confidence",
}
_ITEMS_ONLY = {"speaker", "type", "modality", "status", "doc", "min_confidence", "max_confidence"}
_ONE_KIND = {"speaker": Kind.STATEMENT, "modality": Kind.EVENT, "status": Kind.AGREEMENT}


def chosen(given: dict[str, Any], kind: Kind | None = None) -> dict[str, Any]:
    """The filters among a command's arguments that were given, as the store's queries for `kind` name them."""
    wanted = {name: given[key] for key, name in _NAMES.items() if given.get(key) is not None}
    if kind is Kind.DOCUMENT and (wrong := sorted(_ITEMS_ONLY & wanted.keys())):
        raise click.UsageError(f"documents cannot be filtered by --{', --'.join(wrong).replace('_', '-')}")
    for name, owner in _ONE_KIND.items():
        if name in wanted and kind not in (None, owner):
            raise click.UsageError(f"--{name} goes with {owner}s only")
    if "type" in wanted and kind is not None:
        wanted["type"] = _type(wanted["type"], kind)
    check_dates(wanted.get("since"), wanted.get("until"))
    if wanted.get("min_confidence", 0) > wanted.get("max_confidence", 1):
        raise click.UsageError("--min-confidence is above --max-confidence")
    if "text" in wanted:
        check_words("--text", wanted["text"])
    return wanted


def check_dates(since: str | None, until: str | None) -> None:
    """Raise UsageError for a span of time in which there can be nothing."""
    if since is not None and until is not None:
        first, last = interval(since)[0], interval(until)[1]
        if first and last and first > last:
            raise click.UsageError(f"--since {since} is after --until {until}")


def check_words(name: str, words: str) -> None:
    """Raise UsageError for words to search for that are none."""
    if not any(map(str.isalnum, words)):
        raise click.UsageError(f"{name}: {words!r} holds no word to look for")


def _type(value: str, kind: Kind) -> str:
    if kind is Kind.FIGURE:
        return value
    if kind not in _TYPES:
        raise click.UsageError(f"{kind}s have no --type")
    allowed = {each.value.lower(): each.value for each in _TYPES[kind]}
    if (found := allowed.get(value.strip().lower())) is None:
        raise click.UsageError(f"--type {value!r} is not one of {', '.join(allowed.values())}")
    return found


def wants_json(as_json: bool | None) -> bool:
    """Whether to write JSON Lines: as asked for, else when nobody is looking."""
    return not sys.stdout.isatty() if as_json is None else as_json


def write_lines(lines: Iterable[bytes]) -> None:
    """Write lines of JSON to standard output as they come."""
    out = sys.stdout.buffer
    for line in lines:
        out.write(line + b"\n")
    out.flush()
