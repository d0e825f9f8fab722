"""What a figure measures, in the field's usual English words, from the words around the number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from multivector.reading._numbers import any_of, spaced
from multivector.reading._quantities import Quantity
from multivector.reading._units import Sort, plural
from multivector.reading.languages import Language
from multivector.record import Span

_TOGETHER = 45
"""A flow and a commodity so far apart, in characters, still make one measure (`exports of wheat`)."""

_DEED = 60
"""A verb so far from the people it is about, in characters, still tells what they do."""

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
_OF_UNIT = {
    "MW": ("capacity",),
    "km": ("length", "distance"),
    "ha": ("area",),
    "km2": ("area",),
    "TEU": ("container traffic",),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that names a measure, a flow or a commodity."""

    span: Span
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The words of one language for measures, changes and shares."""

    entries: tuple[tuple[re.Pattern[str], str, str], ...]
    up: re.Pattern[str]
    down: re.Pattern[str]
    by: re.Pattern[str]
    preposition: str
    """What stands before the amount of a change: by."""

    level: frozenset[str]
    """What stands before a level that something rose or fell to."""

    than: re.Pattern[str]
    share: re.Pattern[str]
    share_of: re.Pattern[str]
    gdp: re.Pattern[str]
    deeds: tuple[tuple[re.Pattern[str], str], ...]
    english: bool


@cache
def measure_words(language: Language) -> MeasureWords:
    """The words of a language, compiled."""
    table: dict[str, Any] = language.table("figures")

    def whole(forms: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){spaced(any_of(forms))}(?!\w)", re.IGNORECASE)

    change, share = table["change"], table["share"]
    return MeasureWords(
        entries=tuple(
            (whole(forms), kind, name)
            for kind in ("measures", "flows", "commodities")
            for name, forms in table[kind].items()
        ),
        up=whole(change["up"]),
        down=whole(change["down"]),
        by=whole(change["by"]),
        preposition=change["preposition"],
        level=frozenset(change["level"]),
        than=re.compile(rf"[^\S\n]+{any_of(change['than'])}(?!\w)", re.IGNORECASE),
        share=whole(share["before"]),
        share_of=re.compile(rf"[^\S\n]+{any_of(share['of'])}[^\S\n]+", re.IGNORECASE),
        gdp=whole(share["gdp"]),
        deeds=tuple((whole(forms), name) for name, forms in table["deeds"].items()),
        english=language.tag == "en",
    )


def hits_in(text: str, where: Span, words: MeasureWords) -> list[Hit]:
    """The measure words of a stretch of text; of several at one place the longest."""
    found = [
        Hit(Span(*match.span()), kind, name)
        for pattern, kind, name in words.entries
        for match in pattern.finditer(text, *where)
    ]
    # A word with a capital inside a sentence belongs to a name: the Ministry of Trade.
    found = [
        hit
        for hit in found
        if hit.span.start == where.start
        or not text[hit.span.start].isupper()
        or text[hit.span.start : hit.span.end].isupper()
        or not words.english
    ]
    found.sort(key=lambda hit: (hit.span.start, -hit.span.end))
    kept: list[Hit] = []
    for hit in found:
        if kept and hit.span.end <= kept[-1].span.end and hit.span != kept[-1].span:
            continue
        kept.append(hit)
    return kept


@dataclass(frozen=True, slots=True)
class Measure:
    """The name of a measure, the words that tell it, and whether it is a change and which way (-1, 0, 1)."""

    name: str
    spans: tuple[Span, ...]
    change: int


def measure_of(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure:
    """What `quantity` measures; `hits` are the measure words of its sentence."""
    hits = [hit for hit in hits if hit.span.end <= quantity.number.span.start or hit.span.start >= quantity.span.end]
    change, change_span = _change(text, quantity, clause, words)
    extra = (change_span,) if change_span else ()
    sort = quantity.unit.sort
    if sort is Sort.PEOPLE and not change and (done := _done(text, quantity, clause, words)) is not None:
        return done
    if sort in (Sort.PEOPLE, Sort.THINGS):
        name = quantity.unit.label or plural(quantity.unit.name)
        name = name if sort is Sort.PEOPLE else f"number of {name}"
        return Measure(f"change in {name}" if change else name, extra, change)
    if change or sort is Sort.TIMES:
        at = change_span or quantity.span
        name, spans = _subject(text, at, quantity, clause, hits, words)
        return Measure(f"change in {name}", (*spans, *extra), change or 1)
    if quantity.unit.name == "percent":
        found = _share(text, quantity, clause, hits, words)
        if found is not None:
            return found
    name, spans = _nearest(quantity.core, quantity, clause, _general(text, hits, quantity))
    return Measure(name, spans, 0)


def _change(text: str, quantity: Quantity, clause: Span, words: MeasureWords) -> tuple[int, Span | None]:
    """Whether the number is by how much something rose or fell; the words that say so."""
    sort, start = quantity.unit.sort, quantity.core.start if quantity.pair else quantity.span.start
    if sort in (Sort.SHARE, Sort.TIMES, Sort.MONEY, Sort.QUANTITY, Sort.PEOPLE) and (
        after := words.than.match(text, quantity.span.end, clause.end)
    ):
        down = words.down.search(after[0]) or re.search(r"decline|drop|fall|decrease|reduction|cut", after[0])
        if sort in (Sort.SHARE, Sort.TIMES) or re.match(r"\s+(?:than|чем)", text[after.end() : after.end() + 6]):
            return (-1 if down else 1), Span(after.start(), after.end())
    verbs = [(m.start(), m.end(), 1) for m in words.up.finditer(text, clause.start, start)]
    verbs += [(m.start(), m.end(), -1) for m in words.down.finditer(text, clause.start, start)]
    if not verbs:
        return 0, None
    begin, end, way = max(verbs)
    gap = text[end:start].lower()
    tokens = re.findall(r"\w+", gap)
    if sort is Sort.TIMES:
        return way, Span(begin, end)
    if words.preposition in tokens[-4:]:
        # `by` counts when nothing but an approximation stands between it and the number.
        rest = tokens[len(tokens) - tokens[::-1].index(words.preposition) :]
        return (way, Span(begin, end)) if not rest or words.by.search(" ".join(rest)) else (0, None)
    if any(token in words.level for token in tokens[-3:]):
        return 0, None
    led = words.by.search(gap) is not None and (tokens[-1:] and bool(words.by.search(" ".join(tokens[-4:]))))
    near = words.english and sort is Sort.SHARE and (not tokens or (led and len(tokens) <= 3))
    return (way, Span(begin, end)) if near else (0, None)


def _subject(
    text: str, at: Span, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords
) -> tuple[str, tuple[Span, ...]]:
    """What rose or fell: the nearest measure before the verb, else after it."""
    hits = _general(text, hits, quantity)
    if of := words.share_of.match(text, quantity.span.end, clause.end):
        named = [hit for hit in hits if of.end() <= hit.span.start <= of.end() + _TOGETHER]
        if named:
            return _together(named[0], hits), (named[0].span,)
    inside = [hit for hit in hits if clause.start <= hit.span.start < clause.end]
    for circle in (inside, hits):
        before = [hit for hit in circle if hit.span.end <= at.start]
        after = [hit for hit in circle if hit.span.start >= at.end]
        if before or after:
            pool = before or after
            name, spans = _nearest(at, quantity, clause, pool)
            return name, spans
    if words.english and (match := re.search(r"([a-z]+s)\s*$", text[clause.start : at.start])):
        return match[1], ()
    return "value", ()


def _share(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure | None:
    """`31 percent of the exports`, `the share of gas is 9 percent`, `23 percent of GDP`."""
    end = quantity.span.end
    rest = Span(end, clause.end)
    gdp = words.gdp.search(text, rest.start, min(rest.end, end + 60))
    if gdp:
        before = [
            hit for hit in hits if hit.span.end <= quantity.number.span.start and hit.name != "gross domestic product"
        ]
        name, spans = _nearest(quantity.span, quantity, clause, before) if before else ("value", ())
        name = "share in GDP" if name == "value" else f"share of {name} in GDP"
        return Measure(name, (Span(*gdp.span()), *spans), 0)
    of = words.share_of.match(text, end, clause.end)
    share = None
    for match in words.share.finditer(text, clause.start, quantity.number.span.start):
        share = match
    if share is not None and not of:
        after = [hit for hit in hits if hit.span.start >= share.end()]
        if after:
            return Measure(f"share of {_together(after[0], after)}", (Span(*share.span()), after[0].span), 0)
        tail = _phrase(text, share.end(), quantity.number.span.start) if words.english else ""
        return Measure(f"share of {tail}" if tail else "share", (Span(*share.span()),), 0)
    if of:
        after = [hit for hit in hits if of.end() <= hit.span.start <= of.end() + _TOGETHER]
        if after:
            return Measure(f"share of {_together(after[0], after)}", (after[0].span,), 0)
        if words.english and (tail := _phrase(text, of.end() - 1, clause.end)) not in _PRONOUNS:
            word = _WORD.search(text, of.end() - 1, clause.end)
            return Measure(f"share of {tail}", (Span(*word.span()),) if word else (), 0)
        return Measure("share", (), 0)
    return None


_WORD = re.compile(r"[\w’'-]+")
_PRONOUNS = frozenset(["", "it", "them", "this", "that", "which", "whom", "us", "him"])
_ARTICLES = frozenset(
    ["the", "a", "an", "its", "their", "his", "her", "our", "your", "all", "of", "total", "country's", "country’s"]
)
_STOPS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "from",
        "for",
        "with",
        "by",
        "and",
        "or",
        "but",
        "that",
        "which",
        "who",
        "is",
        "was",
        "are",
        "were",
        "will",
        "would",
        "has",
        "have",
        "had",
        "could",
    ]
)


def _phrase(text: str, start: int, end: int) -> str:
    """The noun phrase that begins at `start`, without articles and names."""
    kept: list[str] = []
    for match in re.compile(r"\s*([^\W\d_][\w’'-]*)").finditer(text, start, end):
        word = match[1]
        if match.start() != start:
            break
        start = match.end()
        if word.lower() in _STOPS and kept:
            break
        if word.lower() not in _ARTICLES and word.lower() not in _STOPS and not word[0].isupper():
            kept.append(word.lower())
        if len(kept) == 3:
            break
    return " ".join(kept)


def _done(text: str, quantity: Quantity, clause: Span, words: MeasureWords) -> Measure | None:
    """People called by what they do or what is done to them: detained, wounded, trained."""
    best: tuple[int, str, Span] | None = None
    for pattern, name in words.deeds:
        for match in pattern.finditer(text, clause.start, clause.end):
            gap = _gap(Span(*match.span()), quantity.core)
            if gap <= _DEED and (best is None or gap < best[0]):
                best = gap, name, Span(*match.span())
    return Measure(best[1], (best[2],), 0) if best else None


def _general(text: str, hits: list[Hit], quantity: Quantity) -> list[Hit]:
    """Without names of places that only physical units measure (`route`, `power station`)."""
    if quantity.unit.name in _OF_UNIT:
        return hits
    physical = {name for names in _OF_UNIT.values() for name in names if name != "container traffic"}
    if quantity.unit.sort is Sort.MONEY:
        return [hit for hit in hits if hit.name not in physical]
    spoken = ("capacit", "area", "мощност", "площад", "length", "протяж")
    return [
        hit
        for hit in hits
        if hit.name not in physical or any(word in text[hit.span.start : hit.span.end].lower() for word in spoken)
    ]


def _together(hit: Hit, hits: list[Hit]) -> str:
    """A commodity with the flow beside it, a flow with its commodity, or the name alone."""
    other = {"flows": "commodities", "commodities": "flows"}.get(hit.kind, "")
    beside = [h for h in hits if h.kind == other and _gap(h.span, hit.span) <= _TOGETHER // 2]
    if not beside:
        return hit.name
    near = min(beside, key=lambda h: _gap(h.span, hit.span))
    return f"{hit.name} {near.name}" if hit.kind == "commodities" else f"{near.name} {hit.name}"


def _nearest(at: Span, quantity: Quantity, clause: Span, hits: list[Hit]) -> tuple[str, tuple[Span, ...]]:
    """The measure nearest to `at`, its own clause first; a flow and a commodity beside each other are one."""
    unit = quantity.unit
    if unit.name in _OF_UNIT:
        fitting = [hit for hit in hits if hit.name in _OF_UNIT[unit.name]]
        chosen = min(fitting, key=lambda hit: _distance(hit.span, at, clause), default=None)
        return (chosen.name, (chosen.span,)) if chosen else (_DEFAULTS[unit.name], ())
    commodities = [hit for hit in hits if hit.kind == "commodities"]
    flows = [hit for hit in hits if hit.kind == "flows"]
    candidates: list[tuple[float, str, tuple[Span, ...]]] = []
    for flow in flows:
        beside = min(commodities, key=lambda hit: _gap(hit.span, flow.span), default=None)
        if beside is not None and _gap(beside.span, flow.span) <= _TOGETHER:
            distance = min(_distance(flow.span, at, clause), _distance(beside.span, at, clause))
            candidates.append((distance, f"{beside.name} {flow.name}", (beside.span, flow.span)))
        elif unit.sort is not Sort.MONEY or flow.name in _MONEY_FLOWS:
            candidates.append((_distance(flow.span, at, clause), flow.name, (flow.span,)))
    if unit.sort is Sort.QUANTITY:
        candidates += [
            (_distance(hit.span, at, clause) + _TOGETHER, f"{hit.name} supplies", (hit.span,)) for hit in commodities
        ]
    else:
        candidates += [
            (_distance(hit.span, at, clause), hit.name, (hit.span,)) for hit in hits if hit.kind == "measures"
        ]
    if not candidates:
        if commodities and unit.sort is not Sort.MONEY:
            hit = min(commodities, key=lambda hit: _distance(hit.span, at, clause))
            return hit.name, (hit.span,)
        return _DEFAULTS.get(unit.name, "value"), ()
    _, name, spans = min(candidates, key=lambda candidate: candidate[0])
    return name, spans


def _gap(a: Span, b: Span) -> int:
    return max(0, a.start - b.end, b.start - a.end)


def _distance(span: Span, at: Span, clause: Span) -> float:
    outside = not clause.start <= span.start < clause.end
    return _gap(span, at) + (200 if outside else 0)
