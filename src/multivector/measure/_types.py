"""What the room takes and gives: the choices behind a measure, weights over partners, and measures of them.

Everything here is plain data: `msgspec.to_builtins` makes JSON of it. A value that is not known is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from multivector.errors import MultivectorError
from multivector.record import Flow

_Word = TypeVar("_Word", bound=StrEnum)


class MeasureError(MultivectorError):
    """A measure that cannot be taken: an unknown state or domain, no data, a choice that does not apply."""


class Origin(StrEnum):
    """Where the weights come from: rows of open statistics, or events and ties of the record."""

    STATISTICS = "statistics"
    RECORD = "record"


class Data(StrEnum):
    """Whose report counts: the state's own, its partners' (mirror data), or its own and theirs where it has none."""

    OWN = "own"
    MIRROR = "mirror"
    BOTH = "both"


class Eu(StrEnum):
    """The European Union as one partner (the members of today at all dates), or its members one by one."""

    MEMBERS = "members"
    ONE = "one"


class Part(StrEnum):
    """Whether something counts: gold, or what a source gives to no partner."""

    IN = "in"
    OUT = "out"


class Alike(StrEnum):
    """What makes two partners alike: nothing (each is itself), a bloc, votes in the UN, ideal points in the UN."""

    IDENTITY = "identity"
    BLOC = "bloc"
    VOTES = "votes"
    IDEAL = "ideal"


class Said(StrEnum):
    """Items inside somebody's statement: left out (what the documents report themselves), added, or they alone."""

    OUT = "out"
    IN = "in"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was decided before measuring; each of these can change the result. `docs/measures.md` tells how.

    `data`, `gold` and `unallocated` matter for statistics; `said` for the record. `order` is q, 1 or 2.
    """

    data: Data = Data.BOTH
    eu: Eu = Eu.MEMBERS
    gold: Part = Part.IN
    unallocated: Part = Part.OUT
    order: int = 2
    similarity: Alike = Alike.BLOC
    said: Said = Said.OUT


def choices(
    data: str = "both",
    eu: str = "members",
    gold: str = "in",
    unallocated: str = "out",
    order: int = 2,
    similarity: str = "bloc",
    said: str = "out",
) -> Choices:
    """Choices from their words. Raises MeasureError, naming the words there are, for one that is none."""

    def one(kind: type[_Word], name: str, word: str) -> _Word:
        try:
            return kind(word)
        except ValueError:
            raise MeasureError(f"{name} {word!r}", "no such choice", f"take one of {', '.join(kind)}") from None

    if order not in (1, 2):
        raise MeasureError(f"order {order}", "not an order that is offered", "take 1 or 2")
    return Choices(
        one(Data, "data", data),
        one(Eu, "eu", eu),
        one(Part, "gold", gold),
        one(Part, "unallocated", unallocated),
        order,
        one(Alike, "similarity", similarity),
        one(Said, "said", said),
    )


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the largest value that the data allow; `method` says how they came about."""

    low: float
    high: float
    method: str


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner: its weight (in the unit of the weights), share, rank from 1, and the rows or items behind them.

    `low` and `high` bound the share. `reports` are the differing reports on it: whose, and how large.
    """

    code: str
    weight: float
    share: float
    rank: int
    low: float | None
    high: float | None
    evidence: tuple[str, ...]
    reports: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of a state's partners in one period, the largest first.

    `total` is the total that the source prints (over all partners and what it gives to none), else the sum of
    partners and unallocated. `unallocated` is the part of it that belongs to no partner. `sources` begins with
    that of the base. `flows` are those that are reported (a turnover may lack its imports). `others` are the same
    weights with another report in place of each one that it differs from: label, and weight by partner.
    """

    state: str
    indicator: str
    flow: Flow
    period: str
    unit: str
    partners: tuple[Partner, ...]
    total: float
    unallocated: float
    sources: tuple[str, ...]
    flows: tuple[Flow, ...] = ()
    others: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def allocated(self) -> float:
        """The sum over partners, which shares are of."""
        return sum(partner.weight for partner in self.partners)

    @property
    def values(self) -> dict[str, float]:
        """Weight by partner."""
        return {partner.code: partner.weight for partner in self.partners}

    def partner(self, code: str) -> Partner | None:
        """The partner with this code, or None when there is no weight for it (which is not zero)."""
        return next((partner for partner in self.partners if partner.code == code), None)

    def share(self, code: str) -> float | None:
        """The partner's share of the sum over partners, or None."""
        return found.share if (found := self.partner(code)) else None

    def rank(self, code: str) -> int | None:
        """The partner's place by weight, 1 for the largest, or None."""
        return found.rank if (found := self.partner(code)) else None


@dataclass(frozen=True, slots=True)
class Measure:
    """One number: its name, the formula (`FORMULAS` has the text and source) with its version, and its interval."""

    name: str
    value: float | None
    formula: str
    version: int
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """The largest partner and what stands against it.

    `ahead` is its share less the second's. `second_growth` is by how much (0.25: by a quarter) the second would have to
    grow to draw level, `others_growth` by how much all others together to make up for the largest, were it gone.
    """

    partner: str
    share: float
    second: str | None
    ahead: float
    second_growth: float | None
    others_growth: float | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a result stands on, and what it lacks.

    `partners` with a weight; `missing` those that have one in another period or source but none here, with the share
    that they had there; `missing_share` the sum of these; `unallocated_share` of the total; `second_report_share`: the
    share of the weight on which a second report exists; `similarity_share`: the share of the partners whose likeness is
    known; `undated`: events whose date was taken from their document; `said`: events or ties told of inside statements.
    None where it does not apply.
    """

    partners: int
    sources: tuple[str, ...]
    missing: tuple[tuple[str, float], ...] = ()
    missing_share: float | None = None
    unallocated_share: float | None = None
    second_report_share: float | None = None
    similarity_share: float | None = None
    rows: int = 0
    items: int = 0
    documents: int = 0
    publishers: int = 0
    undated: int = 0
    said: int = 0


@dataclass(frozen=True, slots=True)
class Variant:
    """The same measure under one other choice."""

    choice: str
    value: str
    measure: str
    result: float | None


@dataclass(frozen=True, slots=True)
class Vector:
    """One state in one domain and period: the weights, every measure of them, and what they stand on."""

    state: str
    domain: str
    origin: Origin
    weights: Weights
    choices: Choices
    lead: Lead | None
    measures: tuple[Measure, ...]
    coverage: Coverage
    variants: tuple[Variant, ...]
    notes: tuple[str, ...]

    @property
    def period(self) -> str:
        """The period, in ISO 8601."""
        return self.weights.period

    def measure(self, name: str) -> Measure:
        """The measure of this name. Raises KeyError, naming those there are."""
        for each in self.measures:
            if each.name == name:
                return each
        raise KeyError(f"{name!r} is not one of {', '.join(each.name for each in self.measures)}")

    def value(self, name: str) -> float | None:
        """The value of the measure of this name."""
        return self.measure(name).value


@dataclass(frozen=True, slots=True)
class Trend:
    """How a measure changes from the first to the last period under each choice, and whether they agree on the sign.

    `changes` holds, for each choice in words, the first and the last value.
    """

    state: str
    measure: str
    first: str
    last: str
    changes: tuple[tuple[str, float, float], ...]
    disputed: bool

    @property
    def against(self) -> tuple[tuple[str, float, float], ...]:
        """The changes whose sign is not that of the first, which is as chosen."""
        if not self.changes:
            return ()
        sign = direction(*self.changes[0][1:])
        return tuple(each for each in self.changes if direction(*each[1:]) not in (0, sign))

    def __str__(self) -> str:
        told = [f"{choice} {_moves(then, now)}" for choice, then, now in self.changes[:1]]
        but = [f"{choice} {_moves(then, now)}" for choice, then, now in self.against]
        words = f"{self.state}: {self.measure} from {self.first} to {self.last} {' and '.join(told)}"
        return words + (f", but {', '.join(but)}: the choice decides" if but else "")


@dataclass(frozen=True, slots=True)
class Vectors:
    """The answer to one question: a vector for each state and period, trends that hang on a choice, and notes."""

    domain: str
    origin: Origin
    indicator: str
    choices: Choices
    vectors: tuple[Vector, ...]
    trends: tuple[Trend, ...]
    notes: tuple[str, ...]
    version: int


SAME = 0.01
"""A change below this part of the value is no change: its sign says nothing."""


def direction(then: float, now: float) -> int:
    """1 for a rise, -1 for a fall, 0 for a change too small to speak of."""
    if abs(now - then) < SAME * abs(then):
        return 0
    return 1 if now > then else -1


def _moves(then: float, now: float) -> str:
    word = {1: "rise", -1: "fall", 0: "stay"}[direction(then, now)]
    return f"{word} ({then:.1f} to {now:.1f})"
