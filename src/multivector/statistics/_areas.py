"""Areas as providers write them, to the record's codes; what is no state is never taken for one.

States and territories are those of `data/areas.csv` (ISO 3166-1, and 3166-3 for states that are gone), names those of
the knowledge room and of `data/areas.toml`, which also holds what each provider codes in a way of its own.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from multivector.knowledge import Knowledge, NameForm, load
from multivector.record import UNALLOCATED, WORLD, AreaKind
from multivector.statistics._data import data_text


class Scheme(StrEnum):
    """How an area is written: a code list, a name, or whichever of ISO code and name it is."""

    AUTO = "auto"
    NAME = "name"
    ISO2 = "iso2"
    ISO3 = "iso3"
    M49 = "m49"
    COMTRADE = "comtrade"
    WORLD_BANK = "worldbank"
    IMF = "imf"
    EUROSTAT = "eurostat"
    COW = "cow"
    GLEDITSCH_WARD = "gw"


@dataclass(frozen=True, slots=True)
class Area:
    """An area's code in the record and what it stands for."""

    code: str
    kind: AreaKind


def kind_of(code: str) -> AreaKind:
    """What a code of the record stands for, by its form."""
    if code == WORLD:
        return AreaKind.WORLD
    if code == UNALLOCATED or code.startswith(f"{UNALLOCATED}:"):
        return AreaKind.UNALLOCATED
    return AreaKind.AGGREGATE if ":" in code else AreaKind.STATE


def find_area(text: str, scheme: Scheme | str = Scheme.AUTO, year: int | None = None) -> Area | None:
    """The area that a provider writes as `text`, or None when that is not known for sure.

    `year` decides where a number has stood for several states (345: Yugoslavia, then Serbia). A name in English or
    Russian, or a code of the record itself, is understood under every scheme but the numeric ones.

    >>> find_area("Kyrgyz Republic"), find_area("417", "m49"), find_area("World").kind.value
    (Area(code='KGZ', kind=<AreaKind.STATE: 'state'>), Area(code='KGZ', kind=<AreaKind.STATE: 'state'>), 'world')
    """
    return _find(text, scheme, year)


def states() -> frozenset[str]:
    """The codes that count as states: those in use of ISO 3166-1 and those of states that are gone."""
    return _tables().states


def write_area(code: str, scheme: Scheme | str) -> str | None:
    """A state, the world or an aggregate as a provider's interface takes it; None when it has no code there.

    >>> write_area("USA", "comtrade"), write_area("GRC", "eurostat"), write_area("WLD", "imf")
    ('842', 'EL', 'G001')
    """
    scheme, tables = Scheme(scheme), _tables()
    own = [theirs for theirs, ours in tables.codes.get(scheme.value, {}).items() if ours == code]
    current = [theirs for theirs in own if theirs not in _OLD_CODES.get(scheme, ())]
    if current:
        return current[0]
    if code not in tables.states:
        return None
    base = _BASES.get(scheme, scheme)
    if base not in tables.numbers:
        return code
    return next((theirs for theirs, ours in tables.numbers[base].items() if code in ours), None)


_OLD_CODES = {
    Scheme.COMTRADE: frozenset({"280", "230", "736", "886", "866", "868", "590", "588", "717", "841", "849", "W00"}),
    Scheme.WORLD_BANK: frozenset({"ROM", "ZAR", "TMP", "WBG", "ADO", "IMY", "KSV", "1W"}),
}
"""Codes that are read but not asked for: of states that are gone, and spellings of old."""


@cache
def _find(text: str, scheme: Scheme | str, year: int | None) -> Area | None:
    code = _code(text.strip(), Scheme(scheme), year)
    return Area(code, kind_of(code)) if code else None


@dataclass(frozen=True, slots=True)
class _Tables:
    states: frozenset[str]
    until: dict[str, int]
    numbers: dict[Scheme, dict[str, tuple[str, ...]]]
    codes: dict[str, dict[str, str]]
    patterns: dict[str, tuple[tuple[re.Pattern[str], str], ...]]
    names: dict[str, str]
    knowledge: Knowledge


_NUMERIC = (Scheme.COMTRADE, Scheme.M49, Scheme.COW, Scheme.GLEDITSCH_WARD)
_BASES = {Scheme.COMTRADE: Scheme.M49, Scheme.EUROSTAT: Scheme.ISO2}


@cache
def _tables() -> _Tables:
    rows = list(csv.DictReader(io.StringIO(data_text("areas.csv"))))
    rows.sort(key=lambda row: row["until"] or "9999")
    extra: dict[str, Any] = tomllib.loads(data_text("areas.toml"))
    numbers: dict[Scheme, dict[str, tuple[str, ...]]] = {}
    for scheme in (Scheme.ISO2, Scheme.M49, Scheme.COW, Scheme.GLEDITSCH_WARD):
        table = numbers[scheme] = {}
        for row in rows:
            if written := row[scheme.value].lstrip("0"):
                table[written] = (*table.get(written, ()), row["iso3"])
    codes: dict[str, dict[str, str]] = {name: dict(table) for name, table in extra["codes"].items()}
    for provider, lists in extra["lists"].items():
        for form, listed in lists.items():
            codes[provider] |= {code: form.format(code=code) for code in listed}
    patterns = {
        provider: tuple((re.compile(form), code) for form, code in table.items())
        for provider, table in extra["patterns"].items()
    }
    names = {fold(_abbreviations(row["name"])): row["iso3"] for row in rows}
    names |= {fold(_abbreviations(name)): code for code, written in extra["names"].items() for name in written}
    return _Tables(
        frozenset(row["iso3"] for row in rows),
        {row["iso3"]: int(row["until"]) for row in rows if row["until"]},
        numbers,
        codes,
        patterns,
        names,
        load(),
    )


def _code(text: str, scheme: Scheme, year: int | None) -> str | None:
    tables = _tables()
    if not text:
        return None
    if scheme is not Scheme.NAME and text in (own := tables.codes.get(scheme.value, {})):
        return own[text]
    if text.isdigit():
        return _by_number(text.lstrip("0"), _BASES.get(scheme, scheme), year) if scheme in _NUMERIC else None
    upper = text.upper()
    if upper in tables.states or kind_of(upper) is not AreaKind.STATE:
        return upper if upper in tables.states or _well_formed(upper) else None
    two_letters = len(text) == 2 and scheme in (Scheme.ISO2, Scheme.EUROSTAT, Scheme.AUTO)
    if two_letters and (code := _by_number(upper, Scheme.ISO2, year)) is not None:
        return code
    for pattern, code in tables.patterns.get(scheme.value, ()):
        if pattern.fullmatch(text):
            return code.format(code=text)
    return _by_name(text)


def _by_number(number: str, scheme: Scheme, year: int | None) -> str | None:
    """The state with this code in `year`: the first whose time has not run out, else the one in use today."""
    tables = _tables()
    found = tables.numbers.get(scheme, {}).get(number, ())
    there = [code for code in found if year is None or tables.until.get(code, 9999) >= year]
    if year is None:
        there = [code for code in found if code not in tables.until] or list(found)
    return there[0] if there else None


_WELL_FORMED = re.compile(r"WLD|OTH(:[A-Z0-9-]+)?|(IGO|GRP):[A-Z0-9][A-Z0-9+_-]*")
_ASIDE = re.compile(r"\s*\((?:incl|excl|formerly|former)\b.*\)$", re.IGNORECASE | re.DOTALL)


def _well_formed(code: str) -> bool:
    return _WELL_FORMED.fullmatch(code) is not None


def _by_name(text: str) -> str | None:
    name = _abbreviations(" ".join(text.split()))
    last, comma, first = name.partition(", ")
    for each in (
        name,
        _ASIDE.sub("", name),
        f"{first} {last}" if comma else "",
        name.title() if name.isupper() else "",
    ):
        if each and (code := _tables().names.get(fold(each)) or _known(each)):
            return code
    return None


_SHORT = (
    (re.compile(r"\bSt\.?(?= )"), "Saint"),
    (re.compile(r" & "), " and "),
    (re.compile(r" И "), " и "),
    (re.compile(r"\bо-ва\b"), "Острова"),
    (re.compile(r"\bо-в\b"), "Остров"),
)


def _abbreviations(name: str) -> str:
    """A name with usual abbreviations written out."""
    for short, full in _SHORT:
        name = short.sub(full, name)
    return name


def _known(name: str) -> str | None:
    """The actor that the knowledge room has under this very name."""
    match _tables().knowledge.find(name):
        case (found,) if (found.start, found.end) == (0, len(name)) and found.form in (NameForm.NAME, NameForm.GROUP):
            area = ":" not in found.code or found.code.startswith(("IGO:", "GRP:"))
            return found.code if area else None
        case _:
            return None


def fold(name: str) -> str:
    """A name in small letters and figures, without accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i").replace("ё", "е"))
    kept = "".join(" " if not c.isalnum() else c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())
