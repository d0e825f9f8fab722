"""The words that name what a figure measures: their patterns, and where they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from multivector.reading._lookup import Sought, WordStarts
from multivector.reading._numbers import any_of, spaced
from multivector.reading._phrases import PhraseWords, phrase_words
from multivector.reading.languages import Language
from multivector.record import Span

KINDS = ("measures", "volumes", "flows", "intake", "giving", "commodities")
_ASIDE = 60
"""How far before goods, in characters, the word stands that makes them an aside."""

_OWN = "="
"""The name of an entry whose words are measures as they stand."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that names a measure, a volume, a flow or a commodity; `kind` is the table that it stands in.

    Volumes (`freight`) are measured in tonnes or containers, flows (`exports`) in money too, commodities in tonnes;
    intake is a flow of what is measured in tonnes, giving a measure of money.
    """

    span: Span
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The words of one language for measures, changes and shares."""

    entries: tuple[tuple[Sought, str, str], ...]
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
    rates: frozenset[str]
    """Words of measures whose percentages are rates, not shares."""

    again: re.Pattern[str]
    """After `of`: words for what was named before, `them`."""

    balances: dict[str, str]
    """What a balance is called where it is one of trade."""

    lent: frozenset[str]
    """Measures of money on which interest is paid."""

    roles: tuple[tuple[re.Pattern[str], str], ...]
    """What people of any kind are by what they do: interns."""

    deeds: tuple[tuple[re.Pattern[str], str], ...]
    """What people without another name are by what they do: detainees."""

    done: tuple[tuple[re.Pattern[str], str], ...]
    """What is done to people, as a participle that their name follows: `deported` migrants."""

    asides: re.Pattern[str]
    """What opens an aside that names goods which are only a part, with the words after it."""

    next: re.Pattern[str]
    """All that stands between a number and the measure of the next one."""

    purpose: re.Pattern[str]
    """What an amount is for, right after it."""

    plain: re.Pattern[str]
    """Words for people that say nothing of what they do: people, citizens."""

    generic: re.Pattern[str]
    """Words for things that say nothing of what they are: units, places."""

    growth: re.Pattern[str]
    """A noun of change that is one of GDP where nothing else is named."""

    bare: frozenset[str]
    """Words before such a noun that name nothing."""

    price: re.Pattern[str]
    """Behind an amount: the unit of goods that it is the price of."""

    set_against: re.Pattern[str]
    """Right before an amount that another value of the same measure came before."""

    trading: re.Pattern[str]
    exchanged: re.Pattern[str]
    """Between goods and their price, up to the latter, where a verb of trading stands before."""

    among: re.Pattern[str]
    relatives: re.Pattern[str]
    phrases: PhraseWords
    english: bool


@cache
def measure_words(language: Language) -> MeasureWords:
    """The words of a language, compiled."""
    table: dict[str, Any] = language.table("figures")

    def whole(forms: list[str]) -> re.Pattern[str]:
        return re.compile(_whole(forms), re.IGNORECASE)

    change, share, clauses = table["change"], table["share"], table["clauses"]
    return MeasureWords(
        entries=tuple(
            (Sought(_whole(forms)), kind, name) for kind in KINDS for name, forms in table.get(kind, {}).items()
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
        rates=frozenset(share.get("rates", ())),
        again=re.compile(rf"{spaced(any_of(share.get('again', ['(?!)'])))}(?!\w)", re.IGNORECASE),
        balances=dict(table.get("balances", {})),
        lent=frozenset(share.get("lent", ())),
        roles=tuple((whole(forms), name) for name, forms in table.get("roles", {}).items()),
        deeds=tuple((whole(forms), name) for name, forms in table["deeds"].items()),
        done=tuple((whole(forms), name) for name, forms in table.get("done", {}).items()),
        asides=re.compile(rf",[^\S\n]+{spaced(any_of(clauses.get('asides', ['(?!)'])))}[^\S\n][^,;]*$", re.IGNORECASE),
        next=re.compile(
            rf"[^\S\n]*(?:,[^\S\n]+)?(?:{any_of(clauses.get('next', ['(?!)']))}[^\S\n]+)?(?:\w+[^\S\n]+){{0,2}}",
            re.IGNORECASE,
        ),
        purpose=re.compile(rf"[^\S\n]+{any_of(clauses.get('purposes', ['(?!)']))}[^\S\n]", re.IGNORECASE),
        plain=whole(table["labels"].get("plain", [])),
        generic=whole(table["labels"].get("generic", [])),
        growth=whole(change.get("growth", [])),
        bare=frozenset(change.get("bare", ())),
        price=re.compile(rf"[^\S\n]+{any_of(table.get('price', {}).get('of', ['(?!)']))}(?!\w)", re.IGNORECASE),
        set_against=re.compile(
            rf"(?<!\w){spaced(any_of(clauses.get('set_against', ['(?!)'])))}[^\S\n]+(?:the[^\S\n]+)?$", re.IGNORECASE
        ),
        trading=whole(clauses.get("trading", [])),
        exchanged=re.compile(
            rf"(?:[^\W\d]|[^\S\n]){{0,40}}\s{any_of(clauses.get('exchanged', ['(?!)']))}\s+", re.IGNORECASE
        ),
        among=whole(clauses.get("among", [])),
        relatives=whole(clauses.get("relatives", [])),
        phrases=phrase_words(language),
        english=language.tag == "en",
    )


def _whole(forms: list[str]) -> str:
    return rf"(?<!\w){spaced(any_of(forms))}(?!\w)"


def _as_said(words: str) -> str:
    return " ".join(word if word.isupper() else word.lower() for word in words.split())


def hits_in(text: str, starts: WordStarts, where: Span, words: MeasureWords) -> list[Hit]:
    """The measure words of a stretch of text; of several at one place the longest."""
    found = [
        Hit(Span(*match.span()), kind, name if name != _OWN else _as_said(match.group()))
        for sought, kind, name in words.entries
        for match in sought.finditer(text, starts, *where)
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
    found = [hit for hit in found if hit.kind != "commodities" or not _aside(text, where, hit, words)]
    found.sort(key=lambda hit: (hit.span.start, -hit.span.end))
    kept: list[Hit] = []
    for hit in found:
        if kept and hit.span.end <= kept[-1].span.end and hit.span != kept[-1].span:
            continue
        kept.append(hit)
    return kept


def _aside(text: str, where: Span, hit: Hit, words: MeasureWords) -> bool:
    """Whether goods are named only for a part: `exports, chiefly of grain, rose`."""
    return words.asides.search(text, max(where.start, hit.span.start - _ASIDE), hit.span.start) is not None
