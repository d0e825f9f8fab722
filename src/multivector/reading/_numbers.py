"""Numbers in a text, in digits and in words, with their scales: `3,000`, `44,8 млрд`, `15bn`, `two thousand`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from multivector.reading._lookup import BEHIND_LETTER, Sought, WordStarts, heads_of
from multivector.reading.languages import Language
from multivector.record import Span

_CAPITAL = re.compile(r"(?<!\\)[A-ZА-ЯЁ]")
_HUNDRED = Decimal(100)
_LONGEST = 18
"""A string of more digits than this is no quantity."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text. `scaled`: with a scale word; `digits`: written in digits; `odd`: as in `forty-odd`, `40+`.

    `scale` is the last scale word's value (a hundred too, which does not make a number `scaled`), 1 for none.
    """

    span: Span
    value: Decimal
    digits: bool
    scaled: bool
    scale: Decimal
    odd: bool


def any_of(forms: list[str]) -> str:
    """One of the forms, longest first; those with a capital letter as they stand, others in any case."""
    ordered = sorted(forms, key=len, reverse=True)
    return "(?:" + ("|".join(f"(?-i:{form})" if _CAPITAL.search(form) else form for form in ordered) or "(?!)") + ")"


def spaced(form: str) -> str:
    """A form in which a space stands for any white space within a line."""
    return form.replace(" ?", r"[^\S\n]?").replace(" ", r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class _Numerals:
    sought: Sought
    token: re.Pattern[str]
    small: dict[str, Decimal]
    hundred: frozenset[str]
    scales: tuple[tuple[re.Pattern[str], Decimal], ...]
    parts: tuple[tuple[str, Decimal], ...]
    comma_groups: bool

    def scale(self, word: str) -> Decimal:
        word = word.strip(" -")
        return next((value for pattern, value in self.scales if pattern.fullmatch(word)), Decimal(1))


@cache
def _numerals(language: Language) -> _Numerals:
    table = language.table("figures")
    words: dict[str, Any] = table["numerals"]
    scales = {Decimal(key): forms for key, forms in words["scales"].items()}
    letters = [form for forms in scales.values() for form in forms]
    scale = any_of([form for form in letters if len(form) > 1])
    short = any_of([form for form in letters if len(form) == 1])
    small = any_of([re.escape(word) for word in words["small"]])
    hundred = any_of(words["hundred"])
    parts = any_of(list(words["parts"]))
    and_half = any_of(words["and_half"])
    joins = "".join(f"|{join} " for join in words["joins"])
    token = rf"(?:{small}|{hundred}|{scale})(?!\w)"
    # A currency's code may stand right before the digits: `RMB3bn`.
    codes = "|".join(f"(?-i:(?<=\\b{code}))" for code in [*table["currencies"], *table["glued"]])
    digits = r"\d{1,3}(?:[ ,]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
    pattern = (
        r"(?<![\d][.,:/])(?<![^\W\d_]-)(?<![#№])(?<!\w\+)"
        rf"(?:(?P<halves>(?:\d{{1,3}}|{small}) {and_half} {scale})(?!\w)"
        rf"|(?P<digits>{digits})(?P<odd>[ -]odd)?(?:(?P<scale>(?: {{0,6}}|-){scale})(?!\w)|(?P<short>{short})(?!\w))?"
        rf"(?P<plus>\+(?= [^\W\d_]))?"
        rf"|(?P<part>{parts}[ -]{scale})(?!\w)"
        rf"|(?P<words>{small}(?!\w)(?P<oddwords>-odd)?(?:[ -](?:(?<= ){joins[1:] or '(?!)'})?{token}){{0,9}})"
        rf"|(?P<alone>{any_of(words['alone'])})(?!\w))"
    )
    heads = heads_of(r"(?<!\w)" + pattern)
    return _Numerals(
        sought=Sought(rf"(?:(?<!\w)|{codes})" + pattern, heads=None if heads is None else heads | {BEHIND_LETTER}),
        token=re.compile(r"[^\W\d_]+\.?"),
        small={word: Decimal(str(value)) for word, value in words["small"].items()},
        hundred=frozenset(words["hundred"]),
        scales=tuple((re.compile(any_of(forms), re.IGNORECASE), value) for value, forms in scales.items()),
        parts=tuple(
            sorted(
                ((word, Decimal(str(value))) for word, value in words["parts"].items()), key=lambda part: -len(part[0])
            )
        ),
        comma_groups=table["decimal"] == ".",
    )


def numbers_of(text: str, starts: WordStarts, language: Language) -> Iterator[Number]:
    """The numbers of `text`, whose words begin at `starts`, in order.

    Ordinals, parts of names and clock times are the caller's to leave out.
    """
    numerals = _numerals(language)
    for match in numerals.sought.finditer(text, starts):
        span, groups = Span(*match.span()), match.groupdict()
        odd = bool(groups["odd"] or groups["oddwords"] or groups["plus"])
        if digits := groups["digits"]:
            value = _digits(digits, comma_groups=numerals.comma_groups)
            if value is None:
                continue
            scale = numerals.scale(groups["scale"] or groups["short"] or "")
            yield Number(span, value * scale, True, scale != 1, scale, odd)
        elif groups["halves"]:
            first, scale = groups["halves"].split()[0].lower(), numerals.scale(groups["halves"].split()[-1])
            value = numerals.small[first] if first in numerals.small else Decimal(first)
            yield Number(span, (value + Decimal("0.5")) * scale, first.isdigit(), True, scale, False)
        elif groups["part"]:
            said = groups["part"].lower()
            part, value = next((word, value) for word, value in numerals.parts if said.startswith(word))
            scale = numerals.scale(said[len(part) :])
            yield Number(span, value * scale, False, True, scale, False)
        elif groups["alone"]:
            scale = numerals.scale(groups["alone"])
            yield Number(span, scale, False, True, scale, False)
        else:
            value, scale = _in_words(groups["words"], numerals)
            yield Number(span, value, False, scale not in (1, _HUNDRED), scale, odd)


def _digits(text: str, *, comma_groups: bool) -> Decimal | None:
    """`1,200.5`, `1 200,5`; a comma before three digits groups them in English, and separates decimals in Russian."""
    plain = text.replace(" ", "")
    commas = plain.count(",")
    if commas and (commas > 1 or "." in plain or (comma_groups and re.search(r",\d{3}$", plain))):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    if plain.count(".") > 1 or len(plain) > _LONGEST:
        return None
    return Decimal(plain)


def _in_words(text: str, numerals: _Numerals) -> tuple[Decimal, Decimal]:
    """The value of a number in words, and its last scale (1 for none, 100 for hundreds)."""
    total = group = Decimal(0)
    last = Decimal(1)
    for token in numerals.token.findall(text.lower()):
        if token in numerals.small:
            group += numerals.small[token]
        elif token in numerals.hundred:
            group, last = (group or Decimal(1)) * _HUNDRED, _HUNDRED
        elif (scale := numerals.scale(token)) != 1:
            total += (group or Decimal(1)) * scale
            group, last = Decimal(0), scale
    return total + group, last
