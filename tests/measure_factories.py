"""Rows of statistics, votes and reported events made by hand, for tests of measures."""

from __future__ import annotations

from multivector.record import (
    AreaKind,
    Choice,
    Domain,
    Event,
    EventType,
    Flow,
    Modality,
    Observation,
    ObservationStatus,
    Span,
    Tie,
    TieType,
    Valuation,
    Vote,
    with_id,
)
from multivector.store import DocumentHead, Found

_KINDS = {"WLD": AreaKind.WORLD, "OTH": AreaKind.UNALLOCATED}


def row(
    area: str,
    partner: str,
    flow: str,
    value: float,
    *,
    period: str = "2020",
    indicator: str = "goods",
    unit: str = "USD",
    source: str = "Office",
    vintage: str = "2024-01-01",
    line: int = 1,
    kind: AreaKind | None = None,
) -> Observation:
    """A row in millions; the kind of the partner follows from its code unless given."""
    aggregate = AreaKind.AGGREGATE if partner.startswith(("IGO:", "GRP:")) else AreaKind.STATE
    return Observation(
        area,
        partner,
        kind or _KINDS.get(partner.partition(":")[0], aggregate),
        indicator,
        Flow(flow),
        period,
        value,
        unit,
        6,
        Valuation.UNKNOWN,
        ObservationStatus.NORMAL,
        source,
        vintage,
        "2026-01-01",
        f"{source.lower()}.csv:{line}",
    )


def rows(area: str, flow: str, values: dict[str, float], **more: str) -> list[Observation]:
    """A row for each partner."""
    return [
        row(area, partner, flow, value, line=line, **more)  # type: ignore[arg-type]
        for line, (partner, value) in enumerate(values.items(), 2)
    ]


def votes(table: dict[str, str], *, year: int = 2015, vintage: str = "2024-01-01") -> list[Vote]:
    """Votes by area, a letter for each roll call: y, n, a, and - for absent."""
    words = {"y": Choice.YES, "n": Choice.NO, "a": Choice.ABSTAIN, "-": Choice.ABSENT}
    return [
        Vote(area, f"R/{number}", year - 1945, f"{year}-12-01", words[letter], (), "Votes", vintage, "2026-01-01", "1")
        for area, letters in table.items()
        for number, letter in enumerate(letters)
    ]


def head(name: str, published: str | None = "2026-03-10", publisher: str | None = None) -> DocumentHead:
    """A document without its text."""
    return DocumentHead(f"do-{name}", None, publisher, published, None, "en")


def event(
    document: DocumentHead,
    actors: str,
    recipients: str = "",
    *,
    date: str | None = "2026-03-09",
    type: EventType = EventType.CONSULT,  # noqa: A002
    modality: Modality = Modality.OCCURRED,
    domains: tuple[Domain, ...] = (Domain.TRADE,),
    said_by: str | None = None,
    at: int = 0,
) -> Found:
    """A report of an event; actors and recipients are codes with spaces between."""
    sides = tuple(actors.split()), tuple(recipients.split())
    made = Event("", type, *sides, date, None, modality, domains, (Span(at, at + 1),), said_by)
    return Found(with_id(made, document.id), document)


def tie(document: DocumentHead, type: TieType, one: str, other: str) -> Found:  # noqa: A002
    """A report of a tie."""
    return Found(with_id(Tie("", type, one, other, (Domain.POLITICS,), (Span(0, 1),)), document.id), document)
