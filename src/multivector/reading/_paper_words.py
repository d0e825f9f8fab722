"""The words of a language for papers between parties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading.languages import Language
from multivector.record import AgreementType


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of a language for papers."""

    head: re.Pattern[str]
    heads: re.Pattern[str]
    """Of one paper or several."""

    types: dict[str, AgreementType]
    empty: frozenset[str]
    weak: frozenset[str]
    owned: frozenset[str]
    shared: frozenset[str]
    plans: frozenset[str]
    """Heads of papers that one actor may well have for itself when it is said to be the actor's."""

    commercial: frozenset[str]
    """Last words of heads of papers that companies sign too."""

    partners: frozenset[str]
    """After a head these lead to the parties."""

    before: frozenset[str]
    denied: frozenset[str]
    subject: frozenset[str]
    stops: frozenset[str]
    anaphors: frozenset[str]
    owners: frozenset[str]
    mutual: frozenset[str]
    gatherings: frozenset[str]
    """Heads that may mean a meeting of people."""

    meeting: tuple[re.Pattern[str], re.Pattern[str]]
    """The words before and after such a head that show that it does."""

    verbs: re.Pattern[str]
    """What ends a noun phrase though its first word might be a noun: `dates from`."""

    understanding: re.Pattern[str]
    """The words before a head without an article that make it no paper: `reached agreement`."""

    between: re.Pattern[str]
    signing: re.Pattern[str]
    """Verbs that only several do, right before a paper."""

    adopting: re.Pattern[str]
    """Verbs that make a plan one of several, when several do it."""

    participle: re.Pattern[str]
    """What a paper does, right after its head: `treaty banning mines`."""

    lasting: re.Pattern[str]
    """Modifiers that tell for how long: `four-year`."""

    counted: re.Pattern[str]
    """Articles and numbers, before another paper or several."""

    possessive: re.Pattern[str]
    """The words before a plan that make it the plan of one."""


@lru_cache(maxsize=4)
def grammar_of(language: Language) -> Grammar | None:
    """The words for papers in `language`; None when it has none."""
    table = language.table("agreements")
    if not table:
        return None
    types = {head.lower(): AgreementType(kind) for kind, heads in table["heads"].items() for head in heads}
    words = table["words"]
    heads = sorted({*types, *(w.lower() for w in words["anaphors"])}, key=len, reverse=True)
    return Grammar(
        re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, heads))})(?![\w-])", re.IGNORECASE),
        re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, (*heads, *words['plurals'])))})(?![\w-])", re.IGNORECASE),
        types,
        *(
            frozenset((*words[name], *(words["participles"] if name == "subject" else ())))
            for name in (
                "empty",
                "weak",
                "owned",
                "shared",
                "plans",
                "commercial",
                "partners",
                "before",
                "denied",
                "subject",
                "stops",
                "anaphors",
                "owners",
                "mutual",
                "gatherings",
            )
        ),
        meeting=(re.compile(words["meeting_before"], re.IGNORECASE), re.compile(words["meeting_after"], re.IGNORECASE)),
        verbs=re.compile(words["verbs"]),
        understanding=re.compile(words["understanding"], re.IGNORECASE),
        between=re.compile(r"\b(?:between|among)\s", re.IGNORECASE),
        adopting=re.compile(words["adopting"], re.IGNORECASE),
        signing=re.compile(words["signing"], re.IGNORECASE),
        participle=re.compile(rf"\s(?:{'|'.join(words['participles'])})\s\w"),
        lasting=re.compile(words["lasting"]),
        counted=re.compile(words["counted"]),
        possessive=re.compile(words["possessive"], re.IGNORECASE),
    )
