"""What a figure measures, in the field's usual English words, from the words around the number."""

from __future__ import annotations

import re

from multivector.reading._analysis import contains, overlap
from multivector.reading._measure_near import (
    OF_UNIT,
    PRODUCT,
    TOGETHER,
    UNKNOWN,
    Measure,
    end_of,
    gap_between,
    general,
    named,
    nearest,
    together,
)
from multivector.reading._measure_shares import share_of
from multivector.reading._measure_words import Hit, MeasureWords
from multivector.reading._phrases import (
    Phrase,
    modifiers_of,
    phrase_after,
    phrase_at,
    phrase_before,
    phrase_of_verb,
    phrase_worth,
    subject_of,
)
from multivector.reading._quantity import Quantity
from multivector.reading._units import Sort, plural
from multivector.record import Span

_DEED = 60
"""A verb so far from the people it is about, in characters, still tells what they do."""

_POWER = "electricity"
_GROWTH = "GDP growth"
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
        name = _GROWTH if name == PRODUCT else f"change in {name}"
        return Measure(name, (*spans, *extra), change or 1)
    if sort is Sort.SHARE and (found := share_of(text, quantity, clause, hits, words)) is not None:
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
    end = end_of(quantity)
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


def _at_once(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure | None:
    """The measure that the words around the number leave no doubt of: `a swap line of N`, `a deal worth N`."""
    sort = quantity.unit.sort
    phrase, pattern = phrase_at(text, quantity.core, end_of(quantity), clause, words.phrases), "{}"
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
    if not words.price.match(text, end_of(quantity), clause.end) or any(hit.kind == "measures" for hit in inside):
        return None
    goods = [hit for hit in inside if hit.kind == "commodities"]
    near = min(goods, key=lambda hit: gap_between(hit.span, quantity.span), default=None)
    return Measure(f"{near.name} price", (near.span,), 0) if near else Measure("price", (), 0)


def _held(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure | None:
    """What money is there as: `5 million of government bonds`, `5 million in loans`."""
    link = words.phrases.holds.match(text, end_of(quantity), clause.end)
    phrase = phrase_after(text, link.end(), clause.end, words.phrases) if link else None
    if link is None or phrase is None:
        return None
    # What it is put into is another thing: `5 million in the economy`.
    inside = [hit for hit in hits if contains(phrase.span, hit.span) and hit.kind == "measures" and hit.name != PRODUCT]
    if inside:
        return Measure(named(text, inside[-1], clause, words), (inside[-1].span,), 0)
    word = text[link.end() : phrase.span.end].split()[0].lower()
    bare = phrase.name.startswith(word) and word not in words.phrases.unheld
    return Measure(phrase.name, (phrase.span,), 0) if bare and text[link.start() : link.end()].strip() == "in" else None


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
    of = words.share_of.match(text, end_of(quantity), clause.end)
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
    power = [hit for hit in hits if hit.kind == "commodities" and hit.name == _POWER and contains(clause, hit.span)]
    flows = [hit for hit in hits if hit.kind == "flows" and contains(clause, hit.span)]
    if quantity.unit.name == "MW" and power and flows:
        return Measure(f"{_POWER} {flows[0].name}", (power[0].span, flows[0].span), 0)
    name, spans = nearest(text, quantity.core, quantity, clause, hits, words)
    if name not in _OF_THING:
        return Measure(name, spans, 0)
    of = words.share_of.match(text, end_of(quantity), clause.end)
    phrase = phrase_at(text, quantity.core, end_of(quantity), clause, words.phrases)
    if phrase is None and of is not None and words.phrases.known:
        phrase = phrase_after(text, of.end() - 1, clause.end, words.phrases)
    phrase = phrase or phrase_of_verb(text, quantity.core, clause, words.phrases)
    if phrase is None and words.phrases.known and text.endswith(", ", clause.start, quantity.core.start):
        phrase = phrase_before(text, clause.start, quantity.core.start - 2, words.phrases)  # `the line, 9 km long`
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
        phrase = subject_of(text, clause.start, at.start, words.phrases) if words.phrases.known else None
        if circle is hits and not before and phrase is not None:
            return phrase.name, (phrase.span,)  # a subject of its own goes before what another clause names
        if before or after:
            return nearest(text, at, quantity, clause, before or after, words)
    return UNKNOWN, ()


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
