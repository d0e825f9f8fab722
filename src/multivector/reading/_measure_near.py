"""The measure word nearest to a number, and the name that it gives together with the words beside it."""

from __future__ import annotations

from dataclasses import dataclass

from multivector.reading._measure_words import Hit, MeasureWords
from multivector.reading._phrases import modifiers_of
from multivector.reading._quantity import Quantity
from multivector.reading._units import Sort
from multivector.record import Span

PRODUCT = "GDP"
UNKNOWN = "value"
"""The name of a measure that nothing tells."""

TOGETHER = 45
"""A flow and a commodity so far apart, in characters, still make one measure (`exports of wheat`)."""

_AROUND = 90
"""A flow and the goods that an amount is of, with that amount between them (`sold 5 million tonnes of rice`)."""

_MONEY_FLOWS = ("exports", "imports", "purchases")
_DEFAULTS = {
    "MW": "capacity",
    "km": "length",
    "ha": "area",
    "km2": "area",
    "t": "supplies",
    "m3": "water volume",
    "kWh": "electricity supplies",
    "barrel": "oil supplies",
    "TEU": "container traffic",
}
OF_UNIT = {
    "MW": ("capacity",),
    "km": ("length", "distance", "height", "depth"),
    "ha": ("area",),
    "km2": ("area",),
    "TEU": ("container traffic",),
}
"""Units that only some measures have; the first is what they measure where no word tells."""

_NUMBER_OF = "number of "
_KINDS = {Sort.QUANTITY: ("volumes",), Sort.MONEY: ("measures", "giving")}
"""Which tables beside flows name what is measured in a sort of unit."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The name of a measure, the words that tell it, and whether it is a change and which way (-1, 0, 1)."""

    name: str
    spans: tuple[Span, ...]
    change: int


def end_of(quantity: Quantity) -> int:
    """Where a quantity ends, or the pair that it belongs to."""
    return max(quantity.span.end, quantity.core.end)


def default_of(quantity: Quantity) -> str:
    """The name of a measure by its unit alone."""
    return _DEFAULTS.get(quantity.unit.name, UNKNOWN)


def named(text: str, hit: Hit, clause: Span, words: MeasureWords) -> str:
    """The name of a hit with the words before it that say more: `public debt`, `non-oil exports`."""
    said = text[hit.span.start : hit.span.end].lower()
    if not words.phrases.known or said.rstrip("s") != hit.name.lower().rstrip("s"):
        return hit.name
    start = max(clause.start, hit.span.start - TOGETHER)
    return " ".join([*modifiers_of(text, start, hit.span.start, words.phrases), hit.name])


def general(text: str, hits: list[Hit], quantity: Quantity) -> list[Hit]:
    """Without names of places that only physical units measure (`route`), and goods that others do (electricity)."""
    if quantity.unit.sort is Sort.QUANTITY:
        power = quantity.unit.name == "kWh"
        hits = [hit for hit in hits if hit.kind != "commodities" or (hit.name == "electricity") == power]
    if quantity.unit.name in OF_UNIT:
        return hits
    physical = {name for names in OF_UNIT.values() for name in names if name != "container traffic"}
    if quantity.unit.sort is Sort.MONEY:
        return [hit for hit in hits if hit.name not in physical and not hit.name.startswith(_NUMBER_OF)]
    spoken = ("capacit", "area", "мощност", "площад", "length", "протяж")
    return [
        hit
        for hit in hits
        if hit.name not in physical or any(word in text[hit.span.start : hit.span.end].lower() for word in spoken)
    ]


def together(text: str, hit: Hit, hits: list[Hit], clause: Span, words: MeasureWords) -> str:
    """A commodity with the flow beside it, a flow with its commodity, or the name alone."""
    other = {"flows": "commodities", "commodities": "flows"}.get(hit.kind, "")
    beside = [h for h in hits if h.kind == other and gap_between(h.span, hit.span) <= TOGETHER // 2]
    if not beside:
        return named(text, hit, clause, words)
    near = min(beside, key=lambda h: gap_between(h.span, hit.span))
    return f"{hit.name} {near.name}" if hit.kind == "commodities" else f"{near.name} {hit.name}"


def nearest(
    text: str, at: Span, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords
) -> tuple[str, tuple[Span, ...]]:
    """The measure nearest to `at`, its own clause first; a flow and a commodity beside each other are one."""
    unit = quantity.unit
    if unit.name in OF_UNIT:
        fitting = [hit for hit in hits if hit.name in OF_UNIT[unit.name]]
        chosen = min(fitting, key=lambda hit: _distance(hit.span, at, clause), default=None)
        return (chosen.name, (chosen.span,)) if chosen else (_DEFAULTS[unit.name], ())
    commodities = [hit for hit in hits if hit.kind in ("commodities", "goods")]
    flowing = ("flows", "intake") if unit.sort is Sort.QUANTITY else ("flows",)
    flows = [hit for hit in hits if hit.kind in flowing]
    candidates: list[tuple[float, str, tuple[Span, ...]]] = []
    for flow in flows:
        beside = min(commodities, key=lambda hit: gap_between(hit.span, flow.span), default=None)
        reach = TOGETHER if beside is None or beside.kind == "commodities" else _AROUND
        if beside is not None and gap_between(beside.span, flow.span) <= reach:
            distance = min(_distance(flow.span, at, clause), _distance(beside.span, at, clause))
            candidates.append((distance, f"{beside.name} {flow.name}", (beside.span, flow.span)))
        elif unit.sort is not Sort.MONEY or flow.name in _MONEY_FLOWS:
            candidates.append((_distance(flow.span, at, clause), named(text, flow, clause, words), (flow.span,)))
    if unit.sort is Sort.QUANTITY:
        for hit in commodities:
            name = f"{hit.name} supplies" if hit.kind == "commodities" else hit.name
            candidates.append((_distance(hit.span, at, clause) + TOGETHER, name, (hit.span,)))
    kinds = _KINDS.get(unit.sort, ("volumes", "measures"))
    for hit in hits:
        if hit.kind in kinds:
            # `goods worth 5 million were sold`: that they were sold says more.
            weak = TOGETHER if hit.kind == "giving" or (hit.name == "trade" and flows) else 0
            candidates.append((_distance(hit.span, at, clause) + weak, named(text, hit, clause, words), (hit.span,)))
    if not candidates:
        if commodities and unit.sort is not Sort.MONEY:
            hit = min(commodities, key=lambda hit: _distance(hit.span, at, clause))
            return hit.name, (hit.span,)
        return UNKNOWN, ()
    _, name, spans = min(candidates, key=lambda candidate: candidate[0])
    return name, spans


def gap_between(a: Span, b: Span) -> int:
    return max(0, a.start - b.end, b.start - a.end)


def _distance(span: Span, at: Span, clause: Span) -> float:
    outside = not clause.start <= span.start < clause.end
    return gap_between(span, at) + (200 if outside else 0)
