"""Short names for organisations that a document names in full: `the Union`, `the bloc`, `the Secretary-General`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading._analysis import Analysis
from multivector.reading._lookup import Sought
from multivector.reading._reference import Reference, Sort
from multivector.reading.languages import Language
from multivector.record import ActorKind, Span

_FAR = 12
"""How many mentions of organisations before a short name are looked at."""


@dataclass(frozen=True, slots=True)
class _Words:
    names: Sought
    kinds: Sought
    heads: Sought
    of_kind: dict[str, frozenset[str]]
    headed: dict[str, frozenset[str]]
    parts: dict[str, frozenset[str]]
    own: Sought
    halves: dict[str, tuple[Sought, str, str]]


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    table = language.table("references").get("short", {})
    of_kind = {kind: frozenset(codes) for kind, codes in table.get("of_kind", {}).items()}
    headed = {office: frozenset(codes) for office, codes in table.get("headed", {}).items()}

    def sought(words: list[str]) -> Sought:
        listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
        return Sought(rf"\b(?:[Tt]he|[Tt]his)\s({listed})\b(?![’'-]?[\w-]|\s(?:of|for|on)\b|\s[A-Z])", flags=0)

    return _Words(
        names=sought(table.get("names", [])),
        kinds=sought(list(of_kind)),
        heads=sought(list(headed)),
        of_kind=of_kind,
        headed=headed,
        parts={part: frozenset(codes) for part, codes in table.get("parts", {}).items()},
        halves={
            word: (Sought(rf"\b{word}\b(?!-|\sof\b|\s[A-Z])", flags=0), code, other)
            for word, (code, other) in table.get("halves", {}).items()
        },
        own=sought(table.get("own", [])),
    )


def short_names(analysis: Analysis) -> Iterator[Reference]:
    """The short names of organisations of states and of who heads them, where one organisation alone fits."""
    full = [(m.span.start, m.codes[0]) for m in analysis.actors if m.code.startswith("IGO:") and len(m.codes) == 1]
    words, publisher = _words(analysis.language), _publisher(analysis)
    if publisher is not None:
        full = [(-1, publisher), *full]
        for match in words.own.finditer(analysis.text, analysis.starts):
            yield Reference(Span(*match.span()), (publisher,), Sort.PERSON)
    named = {mention.code for mention in analysis.actors}
    for word, (half, code, other) in words.halves.items():
        if code in named and other in named:
            sort = Sort.NAME if " " in word else Sort.ADJECTIVE
            for match in half.finditer(analysis.text, analysis.starts):
                if _free(analysis, match):
                    yield Reference(Span(*match.span()), (code,), sort)
    if not full:
        return
    shared: dict[str, bool] = {}
    for match in words.names.finditer(analysis.text, analysis.starts):
        word = match.group(1)
        code = _named_so(analysis, full, match, words.parts.get(word, frozenset()))
        if code is None or not _free(analysis, match):
            continue
        if word not in shared:
            shared[word] = _another(analysis, word)
        if not shared[word]:
            yield Reference(Span(*match.span()), (code,), Sort.NAME)
    for sought, known, sort in ((words.kinds, words.of_kind, Sort.NAME), (words.heads, words.headed, Sort.PERSON)):
        for match in sought.finditer(analysis.text, analysis.starts):
            fitting = known[match.group(1)]
            code = publisher if publisher in fitting else _only(full, match.start(), fitting)
            if code is not None and _free(analysis, match):
                yield Reference(Span(*match.span()), (code,), sort)


def _publisher(analysis: Analysis) -> str | None:
    """The organisation of states of which a document is a paper."""
    found = analysis.knowledge.find(analysis.document.publisher or "", analysis.language.tag)
    codes = {match.code for match in found}
    code = codes.pop() if len(codes) == 1 else ""
    entry = analysis.knowledge.actor(code)
    return code if entry is not None and code.startswith("IGO:") and entry.type is ActorKind.ORGANISATION else None


def _named_so(
    analysis: Analysis, full: list[tuple[int, str]], match: re.Match[str], having: frozenset[str]
) -> str | None:
    """The one organisation named before in the name of which a word stands (`Union` in `European Union`).

    `having` are those that have a body of that name.
    """
    word = _plain(match.group(1))
    found: set[str] = set()
    for code in {code for start, code in full if start < match.start()}:
        entry = analysis.knowledge.actor(code)
        if code in having or (entry is not None and word in map(_plain, entry.name.split())):
            found.add(code)
    return found.pop() if len(found) == 1 else None


def _another(analysis: Analysis, word: str) -> bool:
    """Whether the document names something else in full that a word may be short for (`the Rivers Commission`)."""
    full = re.compile(rf"[A-ZÀ-Þ][\w’'-]+\s{word}\b|\b{word}\s(?:of|for|on)\s(?:the\s)?[A-ZÀ-Þ]")
    return any(
        not analysis.actor_touches(Span(*found.span())) and not found.group().startswith(("The ", "This "))
        for found in full.finditer(analysis.text)
    )


def _only(full: list[tuple[int, str]], place: int, fitting: frozenset[str]) -> str | None:
    """The one organisation of a kind that is named before a place."""
    before = [code for start, code in full if start < place][-_FAR:]
    found = {code for code in before if code in fitting}
    return found.pop() if len(found) == 1 else None


def _free(analysis: Analysis, match: re.Match[str]) -> bool:
    return not analysis.actor_touches(Span(*match.span()))


def _plain(word: str) -> str:
    return word.strip(".,’'").replace("isation", "ization")
