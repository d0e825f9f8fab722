"""Rows of open statistics: what a provider reports of one area, often beside another, for a period.

The fields carry SDMX's names where SDMX has one (cross-domain concepts of the SDMX Content-Oriented Guidelines,
2016). A row is evidence: `source`, `vintage` and `row` lead back to where it was printed. What a provider does not
report has no row; a missing value is never written as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

WORLD = "WLD"
"""The counterpart area of a total over all partners."""

UNALLOCATED = "OTH"
"""The counterpart area of what a provider does not give to any area: not specified, secret, other countries."""


class AreaKind(StrEnum):
    """What an area code stands for. Only states (and territories with an ISO 3166-1 code) may be summed as partners."""

    STATE = "state"
    AGGREGATE = "aggregate"
    UNALLOCATED = "unallocated"
    WORLD = "world"


class Flow(StrEnum):
    """Which way what is counted goes, seen from the reporting area: out of it, into it, both added, or neither."""

    EXPORTS = "exports"
    IMPORTS = "imports"
    TURNOVER = "turnover"
    NONE = "none"


class Valuation(StrEnum):
    """Where goods are valued: at the exporter's border, at the importer's, or not told."""

    FOB = "FOB"
    CIF = "CIF"
    UNKNOWN = "unknown"


class ObservationStatus(StrEnum):
    """SDMX code list CL_OBS_STATUS, the codes that providers here use."""

    NORMAL = "A"
    BREAK = "B"
    ESTIMATED = "E"
    FORECAST = "F"
    IMPUTED = "I"
    MISSING = "M"
    PROVISIONAL = "P"
    UNRELIABLE = "U"


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one indicator, as a provider reports it.

    `reporting_area` is the area whose figure it is and `counterpart_area` the partner: ISO 3166-1 alpha-3, `WLD` for
    the world, `OTH` for what is unallocated (`OTH:` and a word for a part of it that the provider tells apart), `IGO:`
    or `GRP:` codes for aggregates; `counterpart_kind` says which of these it is. For an indicator of one area alone the
    counterpart is None. `indicator` is one of the words of `docs/statistics.md` (`goods`, `arms`, `remittances`, ...),
    or a provider's own code for what has no word (`worldbank:SP.POP.TOTL`), `period` a date or period of the record in
    ISO 8601
    (`2023`, `2025-09`, `2025-01-01/2025-09-30`). The quantity is `value` times ten to the power `unit_multiplier`,
    in `unit` (ISO 4217 code, `TIV`, `percent`, `index`). `source` names provider and data set, `vintage` the
    date of publication or snapshot that it was taken from, `retrieved` the day on which it was read in (both ISO
    8601), and `row` where the value stands in the source: a file and line, or a query.
    """

    reporting_area: str
    counterpart_area: str | None
    counterpart_kind: AreaKind | None
    indicator: str
    flow: Flow
    period: str
    value: float
    unit: str
    unit_multiplier: int
    valuation: Valuation
    status: ObservationStatus
    source: str
    vintage: str
    retrieved: str
    row: str

    @property
    def quantity(self) -> float:
        """The value in whole units."""
        return self.value * 10**self.unit_multiplier


class Choice(StrEnum):
    """How a state voted in a roll call."""

    YES = "yes"
    ABSTAIN = "abstain"
    NO = "no"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Vote:
    """One state's vote in one roll call of the United Nations General Assembly.

    `area` is an ISO 3166-1 alpha-3 code, `resolution` the roll call's name (`R/74/12`, with the source's own number
    where a name is used twice), `date` ISO 8601, `issues` the source's tags. The rest is as for `Observation`.
    """

    area: str
    resolution: str
    session: int
    date: str
    choice: Choice
    issues: tuple[str, ...]
    source: str
    vintage: str
    retrieved: str
    row: str
