"""The verbs of the event lexicon in all their forms, with what must stand beside each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading._inflect import irregular_forms, verb_forms
from multivector.reading.languages import Language
from multivector.record import EventType, Modality


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the lexicon; the comments in `events.toml` say what each field means."""

    type: EventType
    marks: tuple[str, ...]
    other: str
    mutual: bool
    reversed: bool
    future: bool
    solo: bool
    crowd: bool
    person: bool
    by_person: bool
    each: bool
    passive: str
    modality: Modality | None
    needs: re.Pattern[str] | None
    never: re.Pattern[str] | None
    thing: re.Pattern[str] | None
    act: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a verb of an entry."""

    entry: Entry
    lemma: str
    rest: str
    """The particle or object after the verb's first word, with a space before it."""

    shape: str
    """`base`, `third`, `past` or `ing`."""


@dataclass(frozen=True, slots=True)
class DeedWords:
    """The small words of a language that tell whether, when and how surely something is done."""

    planned: re.Pattern[str]
    aspect: re.Pattern[str]
    condition: re.Pattern[str]
    denial: re.Pattern[str]
    content: re.Pattern[str]
    nobody: re.Pattern[str]
    be: frozenset[str]
    future: frozenset[str]
    possible: frozenset[str]
    duty: frozenset[str]
    negation: frozenset[str]
    beside: frozenset[str]


@lru_cache(maxsize=4)
def deed_words(language: Language) -> DeedWords:
    """The words of `language`; none where its table names none."""
    table = language.table("events").get("words", {})

    def pattern(name: str) -> re.Pattern[str]:
        return re.compile(table.get(name, "(?!)"), re.IGNORECASE)

    def listed(name: str) -> frozenset[str]:
        return frozenset(table.get(name, ()))

    return DeedWords(
        planned=pattern("planned"),
        aspect=pattern("aspect"),
        condition=pattern("condition"),
        denial=pattern("denial"),
        content=pattern("content"),
        nobody=pattern("nobody"),
        be=listed("be"),
        future=listed("future"),
        possible=listed("possible"),
        duty=listed("duty"),
        negation=listed("negation"),
        beside=listed("beside"),
    )


@lru_cache(maxsize=4)
def lexicon(language: Language) -> dict[str, tuple[Form, ...]]:
    """The verbs of the language by the first word of each of their forms."""
    table = language.table("events")
    irregular = irregular_forms(table.get("irregular", ()))
    forms: dict[str, list[Form]] = {}
    for row in table.get("verb", ()):

        def pattern(name: str, row: dict[str, str] = row) -> re.Pattern[str] | None:
            return re.compile(row[name], re.IGNORECASE) if name in row else None

        entry = Entry(
            EventType(row["type"]),
            tuple(row["object"]) if "object" in row else (),
            row.get("other", "must"),
            bool(row.get("mutual")),
            bool(row.get("reversed")),
            bool(row.get("future")),
            bool(row.get("solo")),
            bool(row.get("crowd")),
            bool(row.get("person")),
            bool(row.get("by_person")),
            bool(row.get("each")),
            row.get("passive", ""),
            Modality(row["modality"]) if "modality" in row else None,
            pattern("needs"),
            pattern("not"),
            pattern("thing"),
            pattern("act"),
        )
        for verb in row["verbs"]:
            lemma, space, rest = verb.partition(" ")
            shapes = {form: _shape(form, lemma) for form in verb_forms(lemma, irregular)}
            if "past" not in shapes.values() and "ing" in shapes.values():
                shapes[lemma] = "past"  # `cut`, `put`: so they are met most
            for form, shape in shapes.items():
                forms.setdefault(form, []).append(Form(entry, lemma, space + rest, shape))
    return {form: tuple(entries) for form, entries in forms.items()}


def _shape(form: str, lemma: str) -> str:
    if form == lemma:
        return "base"
    if form.endswith("ing"):
        return "ing"
    return "third" if form.endswith("s") and form[:-1] in (lemma, f"{lemma}e", f"{lemma[:-1]}ie") else "past"
