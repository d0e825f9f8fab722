"""What stands beside a number and says what it counts: units, currencies, people, things."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from multivector.reading._numbers import any_of, spaced
from multivector.reading.languages import Language
from multivector.record import Span

_SYMBOLS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "₽": "RUB",
    "₸": "KZT",
    "₺": "TRY",
    "₹": "INR",
    "₩": "KRW",
    "₴": "UAH",
    "₾": "GEL",
    "₼": "AZN",
}
_DOLLARS = {
    "us": "USD",
    "u.s.": "USD",
    "a": "AUD",
    "c": "CAD",
    "hk": "HKD",
    "s": "SGD",
    "nz": "NZD",
    "nt": "TWD",
    "r": "BRL",
}
_SYMBOL = re.compile(r"(?:\b(U\.S\.|US|HK|NZ|NT|[ACSR]))?([$€£₽₸₺₹₩₴₾₼¥])\s?$", re.IGNORECASE)
_SYMBOL_AFTER = re.compile(r"\s?([$€£₽₸₺₹₩₴₾₼])(?!\w)")
_AND = re.compile(r"and\s[A-Z]")
_NEXT_WORD = re.compile(r"[ -]?\s*([^\W\d_](?:[\w’'.-]*\w)?)")
_REACH = 70
_MOST_WORDS = 5


class Sort(Enum):
    """What kind of thing is measured."""

    MONEY = "money"
    SHARE = "share"
    TIMES = "times"
    QUANTITY = "quantity"
    PEOPLE = "people"
    THINGS = "things"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its factor to the base unit; `label` is what is counted, in an English plural; `span` its words."""

    name: str
    sort: Sort
    factor: Decimal
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The words of one language for units and counted nouns."""

    units: tuple[tuple[re.Pattern[str], str, Decimal], ...]
    before: re.Pattern[str]
    prefixes: tuple[tuple[re.Pattern[str], str], ...]
    shared: tuple[tuple[re.Pattern[str], dict[str, str], str], ...]
    any_unit: re.Pattern[str]
    """One of `units` or `shared`."""

    people: tuple[tuple[re.Pattern[str], str], ...]
    things: tuple[tuple[re.Pattern[str], str], ...]
    nouns: re.Pattern[str]
    uncounted: re.Pattern[str]
    partitive: re.Pattern[str]
    further: re.Pattern[str]
    stop: frozenset[str]
    compound: frozenset[str]
    """Plurals that begin a compound: `arms` dealers."""

    english: bool


@cache
def unit_words(language: Language) -> UnitWords:
    """The words of a language, compiled."""
    table: dict[str, Any] = language.table("figures")

    def compiled(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((_whole(any_of(forms)), key) for key, forms in table[name].items() if forms)

    shared = table["shared"].values()
    units = [(_after(unit["forms"]), unit["unit"], Decimal(unit.get("factor", "1"))) for unit in table["units"]]
    units += [(_after(forms), code, Decimal(1)) for code, forms in table["currencies"].items()]
    nouns = [form for name in ("people", "things") for forms in table[name].values() for form in forms]
    return UnitWords(
        units=tuple(units),
        before=re.compile(rf"\b({'|'.join(table['currencies'])})\s?$"),
        prefixes=tuple(
            (re.compile(rf"\b{form}\s?$"), code) for code, forms in table["prefixes"].items() for form in forms
        ),
        shared=tuple((_after(entry["forms"]), entry["codes"], entry["default"]) for entry in shared),
        any_unit=_after(
            [form for entry in (*table["units"], *shared) for form in entry["forms"]]
            + [form for forms in table["currencies"].values() for form in forms]
        ),
        people=compiled("people"),
        things=compiled("things"),
        nouns=_whole(any_of(nouns)),
        uncounted=_whole(any_of(table["uncounted"]["words"])),
        partitive=re.compile(rf"[^\S\n]+{spaced(any_of(table['uncounted']['partitive']))}(?=[^\S\n])", re.IGNORECASE),
        further=re.compile(rf"[^\S\n]+{spaced(any_of(table['uncounted']['further']))}(?=[^\S\n])", re.IGNORECASE),
        compound=frozenset(table["uncounted"].get("compound", ())),
        stop=frozenset(table["uncounted"]["stop"]),
        english=language.tag == "en",
    )


def currency_before(text: str, start: int, words: UnitWords, codes: frozenset[str]) -> Unit | None:
    """The currency whose sign or code stands right before a number."""
    behind = text[max(0, start - 6) : start]
    if match := _SYMBOL.search(behind):
        prefix, symbol = (match[1] or "").lower(), match[2]
        name = _DOLLARS.get(prefix, "USD") if symbol == "$" else _SYMBOLS.get(symbol) or _yen(codes)
        return _money(name, Span(start - len(behind) + match.start(), start))
    if match := words.before.search(behind):
        return _money(match[1], Span(start - len(behind) + match.start(), start))
    for pattern, code in words.prefixes:
        if match := pattern.search(behind):
            return _money(code, Span(start - len(behind) + match.start(), start))
    return None


def unit_after(
    text: str, end: int, limit: int, words: UnitWords, *circles: Callable[[], frozenset[str]]
) -> Unit | None:
    """The unit or currency right after a number; the longest name that fits.

    A currency that several states have is that of the one state of them in the first of `circles` that names one alone.
    """
    best: Unit | None = None
    # What one pattern for all rules out need not be tried with each.
    likely = words.any_unit.match(text, end, limit) is not None
    for pattern, name, factor in words.units if likely else ():
        match = pattern.match(text, end, limit)
        if match and (best is None or match.end() > best.span.end):
            best = Unit(name, _sort(name), factor, "", Span(*match.span(1)))
    for pattern, by_state, default in words.shared if likely else ():
        match = pattern.match(text, end, limit)
        if match and best is None:
            best = _money(_shared(by_state, default, circles), Span(*match.span(1)))
    if best is None and (match := _SYMBOL_AFTER.match(text, end, limit)):
        best = _money(_SYMBOLS[match[1]], Span(*match.span(1)))
    return best


def _shared(by_state: dict[str, str], default: str, circles: tuple[Callable[[], frozenset[str]], ...]) -> str:
    for circle in circles:
        codes = circle()
        named = {code for state, code in by_state.items() if state in codes}
        if len(named) == 1:
            return named.pop()
    return default


def counted(text: str, end: int, limit: int, words: UnitWords, *, known: bool) -> Unit | None:
    """The noun after a number: people, or a thing; only one of the language's table when `known` is set."""
    phrase: list[re.Match[str]] = []
    part = words.partitive.match(text, end, limit) or words.further.match(text, end, limit)
    end = position = part.end() if part else end
    while len(phrase) < _MOST_WORDS:
        match = _NEXT_WORD.match(text, position, min(limit, end + _REACH))
        if match is None or (match.start(1) == end and not phrase):
            break
        joined = bool(phrase) and phrase[-1][1][0].isupper() and _AND.match(text, match.start(1)) is not None
        if match[1].lower() in words.stop and not joined:
            break  # but `Indian and Nepalese engineers` goes on
        phrase.append(match)
        position = match.end()
    if not phrase:
        return None
    start = phrase[0].start(1)
    first, known_noun = words.uncounted.match(text, start), words.nouns.match(text, start)
    if first and (known_noun is None or known_noun.end() < first.end()):
        return None
    hit = words.nouns.search(text, start, position)
    if hit is not None:
        # `business leaders`, `border markets`: the noun that the phrase ends with counts.
        while (further := words.nouns.search(text, hit.end(), position)) and text[
            hit.end() : further.start()
        ].isspace():
            hit = further
        ahead = [match for match in phrase if match.start(1) >= hit.end()]
        if words.english and ahead and words.uncounted.match(text, ahead[0].start(1)):
            return None
        if not _begins_compound(text, hit, ahead, words):
            return noun(text, Span(*hit.span()), start, words)
    if known or not words.english:
        return None
    last = _first_plural(phrase, words)
    if (
        last is None
        or words.uncounted.match(text, last.start(1))
        or any(words.uncounted.fullmatch(m[1]) for m in phrase)
    ):
        return None
    span = Span(last.start(1), last.end(1))
    return Unit(
        singular(last[1].lower()), Sort.THINGS, Decimal(1), _label(text[start : span.end]), Span(start, span.end)
    )


def _begins_compound(text: str, hit: re.Match[str], ahead: list[re.Match[str]], words: UnitWords) -> bool:
    """Whether a known noun only narrows the plural behind it: `300 hospital beds`."""
    if not words.english or not ahead or _plural(hit.group()) or text[hit.end() : ahead[0].start(1)].strip(" "):
        return False
    people = any(pattern.fullmatch(hit.group()) for pattern, _ in words.people)
    return not people and _plural(ahead[0][1]) and not ahead[0][1][0].isupper()


def _first_plural(phrase: list[re.Match[str]], words: UnitWords) -> re.Match[str] | None:
    """The noun that a phrase without a known one is about: its first plural that is not part of a compound."""
    found: re.Match[str] | None = None
    for match in phrase:
        fits = _plural(match[1]) and not match[1][0].isupper()
        if found is not None and (not fits or found[1].lower() not in words.compound):
            break  # `200 ferries carrying goods`, but `3 arms dealers`
        found = match if fits else found
    return found


def noun(text: str, span: Span, start: int, words: UnitWords) -> Unit:
    """The unit for a noun of the table at `span`, whose noun phrase begins at `start`."""
    said = text[span.start : span.end]
    whole = Span(min(start, span.start), span.end)
    for pattern, key in words.people:
        if pattern.fullmatch(said):
            label = said.lower() if words.english else key
            return Unit("people", Sort.PEOPLE, Decimal(1), label, whole)
    key = next((key for pattern, key in words.things if pattern.fullmatch(said)), singular(said.lower()))
    return Unit(
        key, Sort.THINGS, Decimal(1), _label(text[whole.start : whole.end]) if words.english else plural(key), whole
    )


def singular(word: str) -> str:
    """The singular of a regular English plural."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1] if _plural(word) else word


def plural(word: str) -> str:
    """The regular plural of an English noun."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    if word.endswith(("ch", "sh", "s", "x")):
        return f"{word}es"
    return word if word == "aircraft" else f"{word}s"


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "’s", "'s")) and len(word) > 3


def _label(phrase: str) -> str:
    """A noun phrase without the names in it."""
    return " ".join(word for word in phrase.split() if not word[0].isupper()).lower()


def _yen(codes: frozenset[str]) -> str:
    return "JPY" if "JPN" in codes and "CHN" not in codes else "CNY"


def _money(code: str, span: Span) -> Unit:
    return Unit(code, Sort.MONEY, Decimal(1), "", span)


def _sort(name: str) -> Sort:
    if name in ("percent", "percentage point", "basis point"):
        return Sort.SHARE
    if name == "times":
        return Sort.TIMES
    # Units other than codes come from the table of units; shared names of currencies are made by `_money`.
    if name == "cent":
        return Sort.MONEY
    return Sort.MONEY if len(name) == 3 and name.isupper() and name != "TEU" else Sort.QUANTITY


def _after(forms: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:[^\S\n]|-)*({spaced(any_of(forms))})(?![\w])", re.IGNORECASE)


def _whole(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){spaced(form)}(?!\w)", re.IGNORECASE)
