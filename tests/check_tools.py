"""Invented statistics and claims, for tests of checks."""

from __future__ import annotations

import multivector
from multivector.check import Check, ClaimKind, check_record
from multivector.record import (
    UNALLOCATED,
    WORLD,
    AreaKind,
    Choice,
    Flow,
    Observation,
    ObservationStatus,
    Valuation,
    Vote,
)

SAID = "2026-02-20"
"""When all claims of these tests are published."""

_KINDS = {WORLD: AreaKind.WORLD, UNALLOCATED: AreaKind.UNALLOCATED}


def row(
    reporting: str,
    partner: str | None,
    flow: str,
    period: str,
    value: float,
    *,
    source: str | None = None,
    indicator: str = "goods",
    unit: str = "USD",
    power: int = 9,
    vintage: str = "2026-01-15",
    status: str = "A",
) -> Observation:
    """A row; values are billions of dollars unless told, and the source is the reporter's own office."""
    source = source or f"Office of {reporting}"
    kind = None if partner is None else _KINDS.get(partner, AreaKind.AGGREGATE if ":" in partner else AreaKind.STATE)
    return Observation(
        reporting_area=reporting,
        counterpart_area=partner,
        counterpart_kind=kind,
        indicator=indicator,
        flow=Flow(flow),
        period=period,
        value=value,
        unit=unit,
        unit_multiplier=power,
        valuation=Valuation.UNKNOWN,
        status=ObservationStatus(status),
        source=source,
        vintage=vintage,
        retrieved="2026-02-01",
        row=f"{source}: {reporting} {partner} {flow} {period} {vintage}",
    )


def trade(one: str, other: str, period: str, exports: float, imports: float, **more: object) -> list[Observation]:
    """What `one` reports of its trade with `other`."""
    return [
        row(one, other, "exports", period, exports, **more),  # type: ignore[arg-type]
        row(one, other, "imports", period, imports, **more),  # type: ignore[arg-type]
    ]


def arms(recipient: str, supplier: str, year: str, millions: float) -> Observation:
    """Deliveries of arms in millions of trend indicator values."""
    return row(
        recipient, supplier, "imports", year, millions, source="Arms Watch", indicator="arms", unit="TIV", power=6
    )


def vote(area: str, number: int, choice: str, date: str = "2025-11-10") -> Vote:
    """A vote in the roll call of this number."""
    name = f"R/80/{number}"
    return Vote(area, name, 80, date, Choice(choice), (), "Roll calls", "2026-01-15", "2026-02-01", f"{name}:{area}")


def claims(text: str, rows: list[Observation], votes: list[Vote] | None = None, **given: str) -> tuple[Check, ...]:
    """All checks of a text."""
    record = multivector.read(text, **({"published": SAID, "language": "en"} | given))  # type: ignore[arg-type]
    return check_record(record, rows, votes or ())


def claim(text: str, rows: list[Observation], votes: list[Vote] | None = None, **given: str) -> Check:
    """The one check of a text; any other number of them fails."""
    found = claims(text, rows, votes, **given)
    assert len(found) == 1, [(each.claim.kind, each.claim.sentence) for each in found]
    return found[0]


def of_kind(checks: tuple[Check, ...], kind: ClaimKind) -> list[Check]:
    """The checks of claims of one kind."""
    return [check for check in checks if check.claim.kind is kind]


def reasons(check: Check) -> str:
    """All reasons as one text."""
    return " ".join(check.reasons)
