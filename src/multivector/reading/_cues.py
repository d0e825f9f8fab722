"""The words that attribute, compiled from a language's table of cues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from multivector.reading._inflect import irregular_forms, verb_forms
from multivector.reading._lookup import Sought
from multivector.reading.languages import Language

_WORD_LISTS = (
    "question_labels",
    "questions",
    "first_person",
    "personal",
    "impersonal",
    "plural",
    "pointers",
    "own",
    "citations",
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled patterns of one language; each matches whole words, in any case."""

    verb: Sought
    """A reporting verb with its particles, or a formula, group `verb`."""
    formula: re.Pattern[str]
    """A formula of diplomacy at the end of a cue."""
    says: frozenset[str]
    """Verb forms that take a that-clause, a quotation or a sentence."""
    addressed: frozenset[str]
    """Verb forms that name whom it is said to before what is said."""
    deeds: frozenset[str]
    """Verb forms of which a paper is the object, not something said."""
    source_phrase: Sought
    filler: re.Pattern[str]
    """Adverbs and auxiliaries at the end of the text before a verb."""
    filler_ends: tuple[str, ...]
    """How such a text ends, in small letters and white space apart."""
    pronoun: re.Pattern[str]
    """A pronoun as subject at the end of the text before a verb."""
    agents: re.Pattern[str]
    frames: frozenset[str]
    boundary: re.Pattern[str]
    occasions: Sought
    occasion_names: dict[str, str]
    gatherings: frozenset[str]
    """The names of occasions at which several people speak."""
    saying: dict[str, re.Pattern[str]]
    """What tells when something was said, by the names that the language's table gives."""
    bare: frozenset[str]
    """First words of verbs in the form that no third person singular takes."""
    present: frozenset[str]
    """Verb forms and auxiliaries that tell of no single act in the past."""
    adverbs: frozenset[str]
    pattern: dict[str, re.Pattern[str]]
    """The grammar around a verb, by the names that the language's table gives."""
    words: dict[str, frozenset[str]]
    """Lists of plain words, by the names that the language's table gives."""


@cache
def cues_of(language: Language) -> Cues | None:
    """The cues of a language, or None when it has no table of them."""
    table = language.table("statements")
    if not table:
        return None
    irregular = irregular_forms(table["irregular"])

    def forms(lemmas: Iterable[str]) -> set[str]:
        return {form for lemma in lemmas for form in verb_forms(lemma, irregular)}

    says, express = forms(table["say"]), forms(table["express"])
    heads = {lemma.partition(" ")[0] for lemma in (*table["say"], *table["express"])}
    # The third person is the first of a verb's forms after its lemma.
    thirds = {verb_forms(head, irregular)[1] for head in heads}
    filler = _any([*table["adverbs"], *table["auxiliaries"]])
    formulas = "|".join(form for lemma in table["formulas"] for form in _formula_forms(lemma, irregular))
    return Cues(
        verb=Sought(rf"\b(?P<verb>{formulas}|{_any(says | express)})\b"),
        formula=re.compile(rf"\b(?:{formulas})$", re.IGNORECASE),
        says=frozenset(says),
        addressed=frozenset(forms(table["addressed"])),
        deeds=frozenset(forms(table["deeds"])),
        source_phrase=Sought(rf"\b(?:{_any(table['source_phrases'])})\b"),
        filler=re.compile(rf"(?:^|(?<=\W))(?:(?:{filler}|\w+ly)\s+)+$", re.IGNORECASE),
        filler_ends=(*table["adverbs"], *table["auxiliaries"], "ly"),
        pronoun=re.compile(rf"\b(?:{_any(table['pronouns'])})$", re.IGNORECASE),
        agents=re.compile(rf"\b(?:{_any(table['agents'])})\b", re.IGNORECASE),
        frames=frozenset(table["frames"]),
        boundary=re.compile(rf"\b(?:{_any(table['boundaries'])})\s+", re.IGNORECASE),
        occasions=Sought(rf"\b(?:{_any(table['occasions'])})\b"),
        occasion_names=dict(table["occasions"]),
        gatherings=frozenset(table["gatherings"]),
        saying={name: re.compile(pattern, re.IGNORECASE) for name, pattern in table["saying"].items()},
        bare=frozenset(heads),
        present=frozenset(heads | thirds | set(table["auxiliaries"])) - set(table["past_auxiliaries"]),
        adverbs=frozenset(table["adverbs"]),
        pattern={name: re.compile(pattern, re.IGNORECASE) for name, pattern in table["patterns"].items()},
        words={name: frozenset[str](table[name]) for name in _WORD_LISTS},
    )


def _formula_forms(lemma: str, irregular: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Patterns for the forms of a formula; `*` stands for up to two words, what follows `|` for the words after it."""
    cue, _, ahead = lemma.partition(" | ")
    after = rf"(?=\s(?:{'|'.join(map(re.escape, ahead.split('/')))})\b)" if ahead else ""
    for form in verb_forms(cue, irregular):
        yield re.escape(form).replace(r"\*\ ", r"(?:\w+\s){0,2}?").replace(r"\ ", r"\s") + after


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first so that `call on` wins over `call`."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
