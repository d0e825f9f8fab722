"""Russian inflection for the builders of the data files: noun phrases, adjectives, names of peoples, persons.

Adjectives, peoples in -ец, -анин and -ка, and persons follow rules written here, since they are regular and mostly
not in a dictionary; other nouns are inflected with pymorphy3 (dictionary OpenCorpora). Every function gives all
forms, the nominative first.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pymorphy3

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
VOWELS = "аеёиоуыэюя"

# Endings of the six cases; the accusative is that of things (for men, it equals the genitive, which is there anyhow).
_FEMININE = {"ая": ("ая", "ой", "ой", "ую", "ой", "ой"), "яя": ("яя", "ей", "ей", "юю", "ей", "ей")}
_PLURAL = {"ые": ("ые", "ых", "ым", "ые", "ыми", "ых"), "ие": ("ие", "их", "им", "ие", "ими", "их")}
_HARD = ("ого", "ому", "", "ым", "ом")
_VELAR = ("ого", "ому", "", "им", "ом")
_SOFT = ("его", "ему", "", "им", "ем")

# Parts of a person's name that do not change, and names that lose a vowel.
_PARTICLES = frozenset({"Аль", "Ас", "Ад", "Аш", "Аз", "Бин", "Бен", "Ибн", "Ый"})
_SHORTENED = {"Павел": "Павл", "Лев": "Льв", "Пётр": "Петр", "Петр": "Петр"}
# Nouns whose usual forms the dictionary lacks.
_OWN = {"Балканы": ("Балканы", "Балкан", "Балканам", "Балканы", "Балканами", "Балканах")}


@cache
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


def unique(forms: list[str]) -> list[str]:
    """`forms` without repeats, in order."""
    return list(dict.fromkeys(forms))


def adjective_cases(word: str) -> list[str]:
    """The six cases of an adjective in the gender and number it stands in: `Новая` -> `Новая Новой Новой Новую ...`."""
    stem, ending = word[:-2], word[-2:]
    if ending in _FEMININE:
        return [stem + e for e in _FEMININE[ending]]
    if ending in _PLURAL:
        return [stem + e for e in _PLURAL[ending]]
    velar = stem[-1].lower() in "кгх"
    soft = ending == "ее" or (ending == "ий" and not velar)
    endings = _SOFT if soft else _VELAR if velar else _HARD
    return [word, *((stem + e if e else word) for e in endings)]


def adjective(word: str) -> list[str]:
    """All long forms of an adjective in -ский or -ый and the first part of compounds, which ends in a hyphen."""
    if word.endswith("-"):
        return [word]
    stem = word[:-2]
    feminine, plural = (stem + "ая", stem + ("ие" if stem[-1] in "кгх" else "ые"))
    instrumental = plural[:-1] + "ми"
    forms = [*adjective_cases(word), *adjective_cases(feminine), stem + "ое", *adjective_cases(plural), instrumental]
    return unique([*forms, stem + "о-"])


def people(word: str) -> list[str]:
    """All forms of the name of a member of a people, singular and plural."""
    if word.endswith("ец"):
        stem = word[:-2]
        stem += "йц" if stem[-1] in VOWELS else "ьц" if stem[-1] == "л" else "ц"
        return unique([word, *(stem + e for e in ("а", "у", "ем", "е", "ы", "ев", "ам", "ами", "ах"))])
    if word.endswith(("анин", "янин")):
        stem = word[:-2]
        endings = ("ин", "ина", "ину", "ином", "ине", "е", "", "ам", "ами", "ах")
        return [stem + e for e in endings]
    if word.endswith("ка"):
        stem = word[:-1]
        return [stem + e for e in ("а", "и", "е", "у", "ой", "ам", "ами", "ах")] + [word[:-2] + "ок"]
    parse = _noun(word, plural=None)
    return unique([str(form.word) for form in parse.lexeme if "NOUN" in form.tag and "V-sh" not in str(form.tag)])


def phrase(text: str) -> list[str]:
    """The cases of a name: its leading adjectives and first noun change, what follows the noun stays.

    `Республика Казахстан` -> `Республики Казахстан`; a noun joined by `и` changes with the first. Abbreviations and
    text in quotation marks stay as they are.
    """
    words = text.split(" ")
    columns: list[list[str]] = []
    head: int | None = None
    plural: bool | None = None
    for index, word in enumerate(words):
        joined = head is not None and index == head + 2 == len(words) - 1 and words[index - 1] == "и"
        if (head is not None and not joined) or word == "и" or not (word[0].isalpha() and word[-1].isalpha()):
            columns.append([word] * 6)
        elif not joined and _is_adjective(word) and index < len(words) - 1:
            plural = word.endswith(("ые", "ие"))
            columns.append(adjective_cases(word))
        elif len(word) > 1 and word.isupper():
            columns.append([word] * 6)
            head = index
        else:
            columns.append(_noun_cases(word, plural))
            head = index
    return unique([" ".join(column[case] for column in columns) for case in range(6)])


def person(text: str) -> list[str]:
    """The cases of a person's full name, word by word, by the endings of names."""
    words = text.split()
    tags = [p.tag for p in _analyser().parse(words[0]) if p.is_known and "Name" in p.tag and "nomn" in p.tag]
    women = any("femn" in tag for tag in tags)
    men = any("masc" in tag for tag in tags)
    if any(w.endswith(("ова", "ева", "ёва", "ина", "ская", "цкая", "вна", "ична")) for w in words[1:]):
        genders = [True]
    elif women != men:
        genders = [women]
    else:  # a first name that does not tell: a consonant at the end stays for a woman, changes for a man
        genders = [False, True]
    forms: list[str] = []
    for female in genders:
        columns = [_personal(word, female=female, surname=False, slavic=True) for word in words[:-1]]
        columns.append(_personal(words[-1], female=female, surname=True, slavic=women or men))
        forms += [" ".join(column[case] for column in columns) for case in range(6)]
    return unique(forms)


def _personal(word: str, *, female: bool, surname: bool, slavic: bool) -> list[str]:
    """The six cases of one word of a person's name; parts of a hyphenated first name change at the end only."""
    end, stem = word[-1], word[:-1]
    if not word[-1].isalpha() or word.isupper() or word.islower() or word in _PARTICLES:
        return [word] * 6
    if word in _SHORTENED:
        return [word, *(_SHORTENED[word] + e for e in ("а", "у", "а", "ом", "е"))]
    if female and surname and word.endswith(("ова", "ева", "ёва", "ина", "ына")):
        return [word, *(stem + e for e in ("ой", "ой", "у", "ой", "ой"))]
    if female and word.endswith("ая"):
        return adjective_cases(word)
    if end == "а" and len(word) > 2 and word[-2] not in VOWELS:
        soft = "и" if word[-2] in "гкхжшщч" else "ы"
        instrumental = "ей" if word[-2] in "жшщчц" else "ой"
        return [word, stem + soft, stem + "е", stem + "у", stem + instrumental, stem + "е"]
    if end == "я":
        other = "и" if word[-2] == "и" else "е"
        return [word, stem + "и", stem + other, stem + "ю", stem + "ей", stem + other]
    if female or end in "аеёиоуыэю":
        return [word] * 6
    if surname and word.endswith(("ский", "цкий", "ый", "ной", "кой")):
        cases = adjective_cases(word)
        return [*cases[:3], cases[1], *cases[4:]]
    if end in "йь":
        before = "и" if word.endswith("ий") else "е"
        return [word, stem + "я", stem + "ю", stem + "я", stem + "ем", stem + before]
    instrumental = "ом"
    if surname and (word.endswith(("ов", "ев", "ёв")) or (slavic and word.endswith(("ин", "ын")))) and len(word) > 4:
        instrumental = "ым"
    elif end in "жшщчц":
        instrumental = "ем"
    return [word, word + "а", word + "у", word + "а", word + instrumental, word + "е"]


def _is_adjective(word: str) -> bool:
    if word[-2:].lower() not in ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"):
        return False
    parses = _analyser().parse(word)
    return any(("ADJF" in p.tag or "PRTF" in p.tag) and "nomn" in p.tag for p in parses)


def _noun(word: str, plural: bool | None) -> Any:
    """The likeliest reading of `word` as a noun in the nominative."""
    parses = [p for p in _analyser().parse(word) if "NOUN" in p.tag and "nomn" in p.tag]
    if plural is not None:
        parses = [p for p in parses if ("plur" in p.tag) == plural] or parses
    if not parses:
        raise ValueError(f"{word!r} is not known as a noun in the nominative: write its forms with =")
    return max(parses, key=lambda p: ("Geox" in p.tag, "Surn" not in p.tag and "Name" not in p.tag, p.score))


def _noun_cases(word: str, plural: bool | None) -> list[str]:
    if word in _OWN:
        return list(_OWN[word])
    known = any(p.is_known and "NOUN" in p.tag and "nomn" in p.tag for p in _analyser().parse(word))
    if not known and not plural:
        return _personal(word, female=False, surname=False, slavic=True)
    parse = _noun(word, plural)
    if "Fixd" in parse.tag:
        return [word] * 6
    number = "plur" if "plur" in parse.tag else "sing"
    forms = [parse.inflect({number, case}) for case in CASES]
    if None in forms:
        raise ValueError(f"{word!r} cannot be inflected: write its forms with =")
    cased = [_as_written(str(form.word), word) for form in forms]
    return [word, *cased[1:]]


def _as_written(form: str, pattern: str) -> str:
    """`form` with the capitals of `pattern`, part by part between hyphens."""
    parts = zip(form.split("-"), pattern.split("-"), strict=False)
    return "-".join(f.capitalize() if p[:1].isupper() else f for f, p in parts)
