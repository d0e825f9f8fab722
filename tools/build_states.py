"""Build `states.json` of the knowledge room from `states.txt` (kept by hand) and the names in CLDR (by Babel).

python tools/build_states.py           writes the file
python tools/build_states.py --check   fails when the file on disk is not what would be written
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import babel
from babel.core import get_global

import russian
from generated import dump, write_or_check

SOURCE = Path(__file__).with_name("states.txt")
TARGET = Path(__file__).parents[1] / "src/multivector/knowledge/data/states.json"
SOURCES = [
    "tools/states.txt of this project: names in English and Russian, kept by hand; codes of ISO 3166-1 alpha-3",
    "Unicode CLDR (Unicode License v3), names of territories in az, en, fa, kk, ky, ru, tg, tk, tr, uz, zh, by Babel",
    "Wikidata (CC0), identifiers of states",
    "Russian forms: by the rules of tools/russian.py and by pymorphy3",
]
# BCP 47 primary language -> CLDR locales whose names it takes.
LOCALES = {
    "az": ("az",),
    "fa": ("fa",),
    "kk": ("kk",),
    "ky": ("ky",),
    "tg": ("tg",),
    "tk": ("tk",),
    "tr": ("tr",),
    "uz": ("uz", "uz_Cyrl"),
    "zh": ("zh", "zh_Hant"),
}
# Territories that stand in the data by their CLDR names alone, English and Russian too.
TERRITORIES = """
    ABW AIA ALA ASM BMU CUW CYM FLK FRO GIB GLP GUF GUM IMN MNP MSR MTQ NCL PYF SPM SXM TCA TKL VGB VIR WLF
"""
# Names that are also a common word in a language of our texts (Russian `of that`).
COMMON = frozenset({"Того"})
Names = dict[str, list[str]]
Entry = dict[str, object]


def split(column: str) -> list[str]:
    """The entries of a column."""
    return [entry for entry in (part.strip() for part in column.split(";")) if entry]


def english_people(adjectives: list[str], extra: list[str]) -> list[str]:
    """Nouns for people: plurals of the adjectives by rule, and `extra` with their plurals unless marked with `=`."""
    nouns: list[str] = []
    for word in adjectives:
        last = word.split()[-1]
        if not last.endswith(("sh", "ch", "ese", "-")) and (last[-1] in "nikthrdbl" or last.endswith("ne")):
            nouns.append(word + "s")
    for word in extra:
        nouns += [word[1:]] if word.startswith("=") else [word, word + "s"]
    return russian.unique(nouns)


def russian_forms(entries: list[str]) -> list[str]:
    """All forms of the names in `entries`."""
    forms: list[str] = []
    for entry in entries:
        if entry.startswith("="):
            forms.append(entry[1:])
        elif entry[0].islower() and " " not in entry and entry.endswith("ий"):
            forms += [form for form in russian.adjective(entry) if not form.endswith("-")]
        else:
            forms += russian.phrase(entry)
    return russian.unique(forms)


def literal_or(make: Callable[[str], list[str]], entries: list[str]) -> list[str]:
    """The forms that `make` gives for each entry, and entries marked with `=` as they stand."""
    forms: list[str] = []
    for entry in entries:
        forms += [entry[1:]] if entry.startswith("=") else make(entry)
    return russian.unique(forms)


def cldr(code: str, locales: dict[str, tuple[str, ...]]) -> Names:
    """The CLDR names of a state, language by language, without explanations in brackets."""
    aliases = get_global("territory_aliases").get(code)
    if not aliases:
        return {}
    names: Names = {}
    for language, tags in locales.items():
        found = [babel.Locale.parse(tag).territories.get(aliases[0], "") for tag in tags]
        plain = [name.split(" (")[0].split("（")[0].strip() for name in found]
        if kept := russian.unique([name for name in plain if len(name) > 1 and "&" not in name and name not in COMMON]):
            names[language] = kept
    return names


def state(columns: list[str]) -> Entry:
    """One state from its ten columns."""
    code, wikidata, en, en_adjectives, en_people, en_capitals, ru, ru_adjectives, ru_people, ru_capitals = columns
    names, adjectives, towns = split(en), split(en_adjectives), split(en_capitals)
    ru_towns = split(ru_capitals)
    risky = [town[1:] for town in towns if town[0] == "~"]
    ru_risky = [town[1:] for town in ru_towns if town[0] == "~"]
    entry: Entry = {
        "code": code,
        "name": names[0],
        "wikidata": wikidata,
        "names": {"en": names, "ru": russian_forms(split(ru))} | cldr(code, LOCALES),
        "adjectives": {
            "en": [a.lstrip("=") for a in adjectives],
            "ru": literal_or(russian.adjective, split(ru_adjectives)),
        },
        "demonyms": {
            "en": english_people([a for a in adjectives if a[0] != "="], split(en_people)),
            "ru": literal_or(russian.people, split(ru_people)),
        },
        "capitals": {
            "en": [town for town in towns if town[0] != "~"],
            "ru": russian_forms([town for town in ru_towns if town[0] != "~"]),
        },
        "towns": {"en": risky, "ru": russian_forms(ru_risky) if ru_risky else []},
        "seats": {},
    }
    return entry


def build() -> str:
    """The content of the file."""
    states: dict[str, Entry] = {}
    others: list[Entry] = []
    for number, line in enumerate(SOURCE.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [column.strip() for column in line.split("|")]
        try:
            if columns[0] == "not":
                _, label, en, ru = columns
                others.append({"label": label, "names": {"en": split(en), "ru": russian_forms(split(ru))}})
            elif columns[0] == "seat":
                _, code, en, ru = columns
                seats = states[code]["seats"]
                assert isinstance(seats, dict)
                seats["en"] = seats.get("en", []) + split(en)
                seats["ru"] = seats.get("ru", []) + russian_forms(split(ru))
            else:
                states[columns[0]] = state(columns)
        except (ValueError, KeyError) as error:
            raise SystemExit(f"{SOURCE.name}, line {number}: {error}") from error
    for code in TERRITORIES.split():
        names = cldr(code, {"en": ("en",), "ru": ("ru",)} | LOCALES)
        if "en" in names:
            states[code] = {"code": code, "name": names["en"][0], "wikidata": None, "names": names}
    lines = [compact(states[code]) for code in sorted(states)]
    return "\n".join(
        (
            "{",
            f'"sources":{json.dumps(SOURCES, ensure_ascii=False)},',
            '"not_name":[',
            ",\n".join(compact(entry) for entry in others),
            "],",
            '"state":[',
            ",\n".join(lines),
            "]",
            "}",
            "",
        )
    )


def compact(entry: Entry) -> str:
    """One entry as one line of JSON, without its empty parts."""
    kept: Entry = {}
    for key, value in entry.items():
        inner = {language: names for language, names in value.items() if names} if isinstance(value, dict) else value
        if inner:
            kept[key] = inner
    return dump(kept)


def main() -> int:
    """Write the file, or with `--check` compare it."""
    return write_or_check(
        TARGET, build(), (__doc__ or "").splitlines()[0], f"tools/build_states.py makes of {SOURCE.name}"
    )


if __name__ == "__main__":
    sys.exit(main())
