"""A number with what it counts, and the words that tell which numbers are such."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from multivector.reading._numbers import Number, any_of, spaced
from multivector.reading._units import Unit
from multivector.reading.languages import Language
from multivector.record import Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. `span` runs from currency sign to noun; `core` from the words of approximation on."""

    number: Number
    value: Decimal
    unit: Unit
    approximate: bool
    span: Span
    core: Span
    like: int | None = None
    """The place of an earlier quantity in the list that this one follows in unit (`20 of them`)."""

    pair: str = ""
    """`first` or `second` of a range, `from` or `to` of a change from one number to another."""


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """The words of one language around numbers, compiled."""

    approximate_before: re.Pattern[str]
    approximate_after: re.Pattern[str]
    names: re.Pattern[str]
    between: re.Pattern[str]
    from_: re.Pattern[str]
    to: re.Pattern[str]
    and_: re.Pattern[str]
    or_: re.Pattern[str]
    both: re.Pattern[str]
    part: re.Pattern[str]
    definite: re.Pattern[str]
    moved: re.Pattern[str]
    per: re.Pattern[str]
    ahead: re.Pattern[str]
    behind: re.Pattern[str]
    number_of: re.Pattern[str]
    numbering: re.Pattern[str]
    """A verb of how many somebody is, right before the number."""

    people_behind: re.Pattern[str]
    """A verb or noun right before the number after which it is one of people."""

    people_ahead: re.Pattern[str]
    """What becomes of people, right after the number."""

    others: re.Pattern[str]
    goes_on: re.Pattern[str]
    done: re.Pattern[str]
    """A verb right after the number."""

    of_which: re.Pattern[str]
    upto: re.Pattern[str]
    reached: re.Pattern[str]
    asked: re.Pattern[str]
    times_behind: re.Pattern[str]
    times_ahead: re.Pattern[str]
    one_like: frozenset[str]
    articles: frozenset[str]
    """Words for one that are articles: a dollar."""

    of_those: re.Pattern[str]
    company: re.Pattern[str]
    attending: re.Pattern[str]
    """Who is counted after the former or before the latter takes part in a meeting."""


@cache
def quantity_words(language: Language) -> QuantityWords:
    """The words of a language, compiled."""
    table: dict[str, Any] = language.table("figures")

    def ending(forms: list[str], more: str = "") -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){spaced(any_of(forms))}{more}[^\S\n]*$", re.IGNORECASE)

    def whole(forms: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){spaced(any_of(forms))}(?!\w)", re.IGNORECASE)

    def ahead(name: str) -> re.Pattern[str]:
        return re.compile(rf"\s+{spaced(any_of(elliptic.get(name, ['(?!)'])))}(?!\w)", re.IGNORECASE)

    approximate, ranges, elliptic = table["approximate"], table["ranges"], table["elliptic"]
    about = rf"(?:[^\S\n]+{spaced(any_of(approximate['before']))})?"
    return QuantityWords(
        approximate_before=ending(approximate["before"], r"(?:[^\S\n]+(?:the|a|an|to|by|of|в|на|до))?"),
        approximate_after=re.compile(rf"[^\S\n]*{spaced(any_of(approximate['after']))}(?!\w)", re.IGNORECASE),
        names=ending(table["uncounted"]["names"]),
        between=ending(ranges["between"]),
        from_=ending(ranges["from"]),
        to=re.compile(rf"\s+{any_of(ranges['to'])}\s+", re.IGNORECASE),
        and_=re.compile(rf"\s+{any_of(ranges['and'])}\s+", re.IGNORECASE),
        part=re.compile(rf"\s+{spaced(any_of(ranges.get('part', ['(?!)'])))}\s+", re.IGNORECASE),
        definite=ending(table["uncounted"].get("definite", ["(?!)"])),
        both=re.compile(rf"\s+{any_of(ranges['both'])}\s+", re.IGNORECASE),
        or_=re.compile(rf"\s+{any_of(ranges['or'])}\s+", re.IGNORECASE),
        moved=whole([*ranges["moved"], *table["change"]["up"], *table["change"]["down"]]),
        per=re.compile(rf"\s+{spaced(any_of(elliptic['per']))}(?!\w)", re.IGNORECASE),
        ahead=re.compile(rf"\s+{spaced(any_of(elliptic['ahead']))}(?!\w)", re.IGNORECASE),
        behind=ending(elliptic["behind"]),
        of_which=ending(elliptic["of_which"]),
        numbering=ending(elliptic.get("numbering", ["(?!)"]), about),
        people_behind=ending(elliptic.get("people_behind", ["(?!)"]), about),
        people_ahead=ahead("people_ahead"),
        others=ahead("others"),
        goes_on=ending(elliptic.get("goes_on", ["(?!)"]), about),
        done=ahead("done"),
        number_of=whole(elliptic["number"]),
        upto=ending(table["levels"]["upto"]),
        reached=whole([*table["levels"]["reached"], *table["change"]["up"], *table["change"]["down"]]),
        asked=whole(elliptic["asked"]),
        times_behind=ending(elliptic["times_behind"]),
        times_ahead=re.compile(rf"\s+{any_of(elliptic['times_ahead'])}(?!\w)", re.IGNORECASE),
        articles=frozenset(table["uncounted"].get("articles", ())),
        of_those=re.compile(rf"(?<!\w){spaced(any_of(elliptic.get('of_those', ['(?!)'])))}\s+(?=\w)", re.IGNORECASE),
        one_like=frozenset(table["uncounted"]["one_like"]),
        company=ending(table["uncounted"].get("company", ["(?!)"]), about),
        attending=re.compile(
            rf"\s(?:[^,;:.]*\s)?{spaced(any_of(table['uncounted'].get('attending', ['(?!)'])))}(?!\w)", re.IGNORECASE
        ),
    )
