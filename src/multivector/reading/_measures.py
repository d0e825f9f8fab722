"""What a figure measures, in the field's usual English words, from the words around the number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from multivector.reading._analysis import contains
from multivector.reading._measure_near import (
    OF_UNIT,
    TOGETHER,
    UNKNOWN,
    gap_between,
    general,
    named,
    nearest,
    overlap,
    together,
)
from multivector.reading._measure_words import Hit, MeasureWords
from multivector.reading._phrases import (
    Phrase,
    modifiers_of,
    phrase_after,
    phrase_at,
    phrase_of_verb,
    phrase_worth,
    subject_of,
)
from multivector.reading._quantity import Quantity
from multivector.reading._units import Sort, plural
from multivector.record import Span

_DEED = 60
"""A verb so far from the people it is about, in characters, still tells what they do."""

_PRODUCT = "GDP"
_GROWTH = "GDP growth"
SHARE = "share"
"""The name of a share of something that was named before."""

_SIGN = re.compile(r"(?:^|[\s(])([+−-])$")
"""A sign right before a percentage that makes it a change."""

_NUMBER = re.compile(r"(?:[^\S\n]+[^\W\d]+){0,6}[^\S\n]+\W{0,2}\d")
"""Words up to the next number."""

_OF_THING = {
    "capacity": "{} capacity",
    "length": "length of {}",
    "area": "area of {}",
    "height": "height of {}",
    "depth": "depth of {}",
}
"""How a thing is joined to the extent that it has."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The name of a measure, the words that tell it, and whether it is a change and which way (-1, 0, 1)."""

    name: str
    spans: tuple[Span, ...]
    change: int


def measure_of(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure:
    """What `quantity` measures; `hits` are the measure words of its sentence. `UNKNOWN` where no word tells."""
    hits = [hit for hit in hits if hit.span.end <= quantity.number.span.start or hit.span.start >= quantity.span.end]
    hits = _own(text, quantity, clause, hits, words)
    change, change_span = _change(text, quantity, clause, words)
    extra = (change_span,) if change_span else ()
    sort = quantity.unit.sort
    if sort in (Sort.PEOPLE, Sort.THINGS):
        if not change and (found := _counted(text, quantity, clause, words)) is not None:
            return found
        name = quantity.unit.label or plural(quantity.unit.name)
        name = name if sort is Sort.PEOPLE else f"number of {name}"
        return Measure(f"change in {name}" if change else name, extra, change)
    if change or sort is Sort.TIMES:
        at = change_span or quantity.span
        if _is_growth(text, at, clause, words):
            return Measure(_GROWTH, extra, 1)
        name, spans = _subject(text, at, quantity, clause, hits, words)
        return Measure(f"change in {name}", (*spans, *extra), change or 1)
    if sort is Sort.SHARE and (found := _share(text, quantity, clause, hits, words)) is not None:
        return found
    if quantity.unit.name in OF_UNIT:
        return _extent(text, quantity, clause, hits, words)
    hits = general(text, hits, quantity)
    if sort is Sort.MONEY and (price := _price(text, quantity, clause, hits, words)) is not None:
        return price
    found = _at_once(text, quantity, clause, hits, words)
    if found is None:
        found = _near(text, quantity, clause, hits, words)
        known = {hit.name for hit in hits}
        if (
            quantity.unit.name == "percent"
            and found.name in known
            and words.rates
            and words.rates.isdisjoint(found.name.split())
        ):
            return Measure(f"share of {found.name}", found.spans, 0)
    return found


def _own(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> list[Hit]:
    """Without what the next number measures, where this one has a measure before it.

    `Exports stood at 5 million and imports at 7 million`.
    """
    end = _end(quantity)
    fitting = general(text, hits, quantity)
    if not any(
        clause.start <= hit.span.start < quantity.core.start and hit.kind in ("flows", "measures") for hit in fitting
    ):
        return hits
    if words.purpose.match(text, end, clause.end):
        return [hit for hit in hits if hit.span.start < end or hit.kind == "commodities"]
    for place, hit in enumerate(hits):
        ahead = hit.span.start >= end and hit.kind in ("flows", "measures", "volumes")
        if ahead and words.next.fullmatch(text, end, hit.span.start):
            following = _NUMBER.match(text, hit.span.end, clause.end)
            return hits[:place] if following else hits
    return hits


def _end(quantity: Quantity) -> int:
    """Where a quantity ends, or the pair that it belongs to."""
    return max(quantity.span.end, quantity.core.end)


def _at_once(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure | None:
    """The measure that the words around the number leave no doubt of: `a swap line of N`, `a deal worth N`."""
    sort = quantity.unit.sort
    phrase, pattern = phrase_at(text, quantity.core, _end(quantity), clause, words.phrases), "{}"
    if phrase is not None and sort is Sort.MONEY and phrase.span.start >= quantity.span.end:
        pattern = "value of {}"
    if phrase is None and sort is Sort.MONEY:
        phrase, pattern = phrase_worth(text, quantity.core, clause, words.phrases), "value of {}"
        over = [hit for hit in hits if phrase is not None and overlap(hit.span, phrase.span)]
        if over and all(hit.kind == "commodities" or hit.name == "trade" for hit in over):
            phrase = None  # `gas worth 5 million`: what happens to it says more
    if phrase is not None and (sort is not Sort.QUANTITY or phrase.span.end <= quantity.core.start):
        inside = [hit for hit in hits if contains(phrase.span, hit.span) and hit.kind != "commodities"]
        if inside:
            # `a deficit of trade`, `The loan carries interest of 5 percent`: the last word before `of` counts.
            of = words.phrases.of
            heads = [hit for hit in inside if of not in text[phrase.span.start : hit.span.start].split()]
            hit = (heads or inside)[-1]
            return Measure(named(text, hit, clause, words), (hit.span,), 0)
        if sort is not Sort.QUANTITY:
            return Measure(pattern.format(phrase.name), (phrase.span,), 0)
    if sort is Sort.MONEY and (held := _held(text, quantity, clause, hits, words)) is not None:
        return held
    phrase = phrase_of_verb(text, quantity.core, clause, words.phrases)
    if phrase is not None:
        # The noun that the verb is about: `the price of exports is 5 dollars`.
        inside = [hit for hit in hits if contains(phrase.span, hit.span)]
        if inside and inside[0].kind == "measures" and sort is not Sort.QUANTITY:
            return Measure(named(text, inside[0], clause, words), (inside[0].span,), 0)
    return None


def _price(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure | None:
    """What one unit of goods costs, where no word says that it is a fee or the like: `71 dollars a tonne`."""
    inside = [hit for hit in hits if contains(clause, hit.span)]
    if not words.price.match(text, _end(quantity), clause.end) or any(hit.kind == "measures" for hit in inside):
        return None
    goods = [hit for hit in inside if hit.kind == "commodities"]
    near = min(goods, key=lambda hit: gap_between(hit.span, quantity.span), default=None)
    return Measure(f"{near.name} price", (near.span,), 0) if near else Measure("price", (), 0)


def _held(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure | None:
    """What money is there as: `5 million of government bonds`, `5 million in loans`."""
    link = words.phrases.holds.match(text, _end(quantity), clause.end)
    phrase = phrase_after(text, link.end(), clause.end, words.phrases) if link else None
    if phrase is None:
        return None
    # What it is put into is another thing: `5 million in the economy`.
    inside = [
        hit for hit in hits if contains(phrase.span, hit.span) and hit.kind == "measures" and hit.name != _PRODUCT
    ]
    return Measure(named(text, inside[-1], clause, words), (inside[-1].span,), 0) if inside else None


def _near(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure:
    """The measure word nearest to the number, else the subject of its verb."""
    hits = _with_commodity(text, quantity, clause, hits, words)
    name, spans = nearest(text, quantity.core, quantity, clause, hits, words)
    inside = any(contains(clause, span) for span in spans)
    if not inside and (phrase := phrase_of_verb(text, quantity.core, clause, words.phrases)):
        return Measure(phrase.name, (phrase.span,), 0)
    return Measure(name, spans, 0)


def _with_commodity(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> list[Hit]:
    """The hits, and what the amount is of where no word of a table tells it: `480 kg of heroin`."""
    of = words.share_of.match(text, _end(quantity), clause.end)
    if quantity.unit.sort is not Sort.QUANTITY or of is None or not words.phrases.known:
        return hits
    phrase = phrase_after(text, of.end() - 1, clause.end, words.phrases)
    if phrase is None:
        return hits
    inside = [hit for hit in hits if overlap(hit.span, phrase.span)]
    if any(hit.kind == "volumes" for hit in inside):
        return inside
    if inside:
        return hits
    return [*hits, Hit(phrase.span, "goods", phrase.name)]


def _extent(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure:
    """A length, area or capacity, with what has it where that is beside the number or the subject of its verb."""
    name, spans = nearest(text, quantity.core, quantity, clause, hits, words)
    if name not in _OF_THING:
        return Measure(name, spans, 0)
    of = words.share_of.match(text, _end(quantity), clause.end)
    phrase = phrase_at(text, quantity.core, _end(quantity), clause, words.phrases)
    if phrase is None and of is not None and words.phrases.known:
        phrase = phrase_after(text, of.end() - 1, clause.end, words.phrases)
    phrase = phrase or phrase_of_verb(text, quantity.core, clause, words.phrases)
    if phrase is None or _is_extent(phrase):
        return Measure(name, spans, 0)
    # `The 1,800-km gas pipeline crosses three states`: the thing ends with the word that is known.
    known = [hit for hit in hits if contains(phrase.span, hit.span) and phrase.span.start >= quantity.span.end]
    thing = phrase.name
    if known and text[known[-1].span.end : phrase.span.end].strip():
        thing = " ".join(text[phrase.span.start : known[-1].span.end].lower().split())
    return Measure(_OF_THING[name].format(thing), (phrase.span,), 0)


def _is_extent(phrase: Phrase) -> bool:
    """Whether a phrase is but the extent itself: `a capacity of 5 MW`."""
    return any(word in phrase.name for word in _OF_THING)


def _change(text: str, quantity: Quantity, clause: Span, words: MeasureWords) -> tuple[int, Span | None]:
    """Whether the number is by how much something rose or fell; the words that say so."""
    sort, start = quantity.unit.sort, quantity.core.start if quantity.pair else quantity.span.start
    if sort in (Sort.SHARE, Sort.TIMES, Sort.MONEY, Sort.QUANTITY, Sort.PEOPLE) and (
        after := words.than.match(text, quantity.span.end, clause.end)
    ):
        down = words.down.search(after[0]) or re.search(r"decline|drop|fall|decrease|reduction|cut", after[0])
        if sort in (Sort.SHARE, Sort.TIMES) or re.match(r"\s+(?:than|чем)", text[after.end() : after.end() + 6]):
            return (-1 if down else 1), Span(after.start(), after.end())
    if sort is Sort.SHARE and (sign := _SIGN.search(text[max(0, start - 2) : start])):
        return (1 if sign[1] == "+" else -1), Span(start - 1, start)  # `(+4.1%)`
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


def _is_growth(text: str, at: Span, clause: Span, words: MeasureWords) -> bool:
    """Whether a noun of change is of GDP: `growth of 3 percent` is, `export growth` and `growth in exports` are not."""
    if not words.growth.fullmatch(text, *at) or text.startswith(" in ", at.end):
        return False
    return words.bare.issuperset(modifiers_of(text, clause.start, at.start, words.phrases))


def _subject(
    text: str, at: Span, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords
) -> tuple[str, tuple[Span, ...]]:
    """What rose or fell: the nearest measure before the verb, else after it."""
    hits = general(text, hits, quantity)
    if of := words.share_of.match(text, quantity.span.end, clause.end):
        ahead = [hit for hit in hits if of.end() <= hit.span.start <= of.end() + TOGETHER]
        if ahead:
            return together(text, ahead[0], hits, clause, words), (ahead[0].span,)
    inside = [hit for hit in hits if clause.start <= hit.span.start < clause.end]
    moved = [hit for hit in inside if at.end <= hit.span.start and hit.span.end <= quantity.core.start]
    if moved and words.english and not text[at.end : moved[0].span.start].strip(" ").count(" "):
        # `raised its fee for transit by 5 percent`: what somebody moves.
        return together(text, moved[0], hits, clause, words), (moved[0].span,)
    for circle in (inside, hits):
        before = [hit for hit in circle if hit.span.end <= at.start]
        after = [hit for hit in circle if hit.span.start >= at.end]
        if before or after:
            pool = before or after
            return nearest(text, at, quantity, clause, pool, words)
    if words.phrases.known and (phrase := subject_of(text, clause.start, at.start, words.phrases)):
        return phrase.name, (phrase.span,)
    return UNKNOWN, ()


def _share(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure | None:
    """`31 percent of the exports`, `the share of gas is 9 percent`, `23 percent of GDP`, a loan `at 3 percent`."""
    end = _end(quantity)
    if quantity.unit.name != "percent":
        phrase = _after(text, end, clause.end, words) if words.share_of.match(text, end, clause.end) else None
        return Measure(phrase.name, (phrase.span,), 0) if phrase else None
    rest = Span(end, clause.end)
    gdp = words.gdp.search(text, rest.start, min(rest.end, end + 60))
    if gdp:
        before = [hit for hit in hits if hit.span.end <= quantity.number.span.start and hit.name != _PRODUCT]
        name, spans = nearest(text, quantity.span, quantity, clause, before, words) if before else (UNKNOWN, ())
        name = "share in GDP" if name == UNKNOWN else f"share of {name} in GDP"
        return Measure(name, (Span(*gdp.span()), *spans), 0)
    of = words.share_of.match(text, end, clause.end)
    share = None
    for match in words.share.finditer(text, clause.start, quantity.number.span.start):
        share = match
    if share is not None and not of:
        after = [hit for hit in hits if hit.span.start >= share.end()]
        if after:
            name = together(text, after[0], after, clause, words)
            return Measure(f"share of {name}", (Span(*share.span()), after[0].span), 0)
        phrase = _after(text, share.end(), quantity.number.span.start, words)
        return Measure(f"share of {phrase.name}" if phrase else "share", (Span(*share.span()),), 0)
    if of:
        after = [hit for hit in hits if of.end() <= hit.span.start <= of.end() + TOGETHER]
        if after:
            name = together(text, after[0], after, clause, words)
            return Measure(f"share of {name}", (after[0].span,), 0)
        # `9 percent of it`: what makes up so much.
        if words.again.match(text, of.end(), clause.end):
            return Measure(SHARE, (), 0)
        phrase = _phrase_after(text, of.end() - 1, clause.end, words)
        phrase = phrase or phrase_of_verb(text, quantity.core, clause, words.phrases)
        return Measure(f"share of {phrase.name}" if phrase else "share", (phrase.span,) if phrase else (), 0)
    opening = f" {text[clause.start : clause.start + TOGETHER].lower().lstrip()}"
    if words.phrases.known and hits and words.share_of.match(opening):
        # `Of the exports, 9 percent ...`
        name = together(text, hits[0], hits, clause, words)
        return Measure(f"share of {name}", (hits[0].span,), 0)
    behind = re.findall(r"\w+", text[clause.start : quantity.core.start].lower())[-1:]
    if behind and behind[0] in words.level and any(hit.name in words.lent for hit in hits):
        return Measure("interest rate", (), 0)
    return None


def _after(text: str, start: int, end: int, words: MeasureWords) -> Phrase | None:
    """The phrase after `of`, if a word `of` comes first: `the share of ...`."""
    of = words.share_of.match(text, start, end)
    return _phrase_after(text, of.end() - 1 if of else start, end, words)


def _phrase_after(text: str, start: int, end: int, words: MeasureWords) -> Phrase | None:
    return phrase_after(text, start, end, words.phrases) if words.phrases.known else None


def _counted(text: str, quantity: Quantity, clause: Span, words: MeasureWords) -> Measure | None:
    """People by what they do or what is done to them; people and things without a name of their own by the subject."""
    label = quantity.unit.label or plural(quantity.unit.name)
    if quantity.unit.sort is Sort.PEOPLE:
        bare = words.plain.fullmatch(label) is not None
        for table, fits, joined in (
            (words.roles, True, ""),
            (words.deeds, bare, ""),
            (words.done, not bare, f" {label}"),
        ):
            if fits and (done := _done(text, quantity, clause, table)) is not None:
                return Measure(done.name + joined, done.spans, 0)
    elif words.generic.fullmatch(label) is None:
        return None
    else:
        bare = True
    if bare and (phrase := phrase_of_verb(text, quantity.core, clause, words.phrases)):
        return Measure(phrase.name, (phrase.span,), 0)
    return None


def _done(
    text: str, quantity: Quantity, clause: Span, table: tuple[tuple[re.Pattern[str], str], ...]
) -> Measure | None:
    """The deed of a table nearest to people: detained, wounded, trained."""
    best: tuple[int, str, Span] | None = None
    for pattern, name in table:
        for match in pattern.finditer(text, clause.start, clause.end):
            gap = gap_between(Span(*match.span()), quantity.core)
            if gap <= _DEED and (best is None or gap < best[0]):
                best = gap, name, Span(*match.span())
    return Measure(best[1], (best[2],), 0) if best else None
