"""Companies as parties: organisations that the text names and that stand for no state."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading._analysis import Analysis, overlap
from multivector.reading._reference import Reference, Sort
from multivector.reading._references import References
from multivector.reading._tagged import findings_of, named
from multivector.reading._tagger.mentions import Naming
from multivector.reading.languages import Language
from multivector.record import Span

_NAME = re.compile(r"[A-Z][\w&-]*(?:\s[A-Z][\w&-]*)*")
_MORE = re.compile(r"(?:\s[A-Z][\w&-]*)*")
_OF_STATE = re.compile(r"(?:[’']s)?\s(?:[a-z][\w-]*\s){0,4}")
_FROM = re.compile(r"\s(?:of|from)\s(?:the\s)?")
_JOINED = re.compile(
    rf"(?m)(?:^|[.!?]\s|[’']s\s)(?P<first>{_NAME.pattern})\sand\s(?:the\s(?:\w+\s){{1,3}}?)?(?P<second>{_NAME.pattern})"
)
"""`Ghana's A and B`, `A and the Danish firm B`: where one is a company, so is the other."""

_FAR = 60
_PART_OF = re.compile(r"[A-Z]\w+\s(?:of|for|on)\s(?:the\s)?$")
_LEAST = 2
"""The fewest letters of a name."""


@dataclass(frozen=True, slots=True)
class _Words:
    barred: re.Pattern[str]
    kinds: re.Pattern[str]
    nouns: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    table = language.table("agreements")["companies"]
    listed = {name: "|".join(table[name]) for name in ("not", "kinds", "nouns")}
    return _Words(
        re.compile(rf"\b(?:{listed['not']})\b"),
        re.compile(rf"\b(?:{listed['kinds']})\b"),
        re.compile(rf"\b(?:{listed['nouns']})\s(?P<name>{_NAME.pattern})"),
    )


def with_companies(analysis: Analysis, references: References) -> References:
    """The references with companies among them, which go before the states that are only said to be theirs."""
    found = _companies(analysis)
    if not found:
        return references
    dropped = {r.span for company in found for r in _states_of(analysis, references, company)}
    starts = [company.span.start for company in found]
    kept = [r for r in references.all if r.span not in dropped and not _touches(r, found, starts)]
    return references.replaced([*kept, *found])


def _companies(analysis: Analysis) -> list[Reference]:
    """Wherever one of the companies is named, in text order."""
    names = {analysis.words(span) for span in _spans(analysis)}
    if not names:
        return []
    for joined in _JOINED.finditer(analysis.text):
        if joined["second"] in names and not analysis.actor_touches(Span(*joined.span("first"))):
            names.add(joined["first"])
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    matches = re.finditer(rf"(?<![\w-])(?:{listed})(?![\w-])", analysis.text)
    return [Reference(Span(*match.span()), (f"ORG:{match.group()}",), Sort.NAME) for match in matches]


def _spans(analysis: Analysis) -> Iterator[Span]:
    """The names of organisations, each at the first place that shows that it stands for no state."""
    nouns, text = _words(analysis.language).nouns, analysis.text
    for match in nouns.finditer(text):
        if not analysis.actor_touches(Span(*match.span("name"))):
            yield Span(*match.span("name"))
    known: set[str] = set()
    for mention in named(findings_of(analysis)):
        parts = list(_NAME.finditer(text, *mention.span)) if mention.kind is Naming.ORGANISATION else []
        if not parts or parts[-1].end() != mention.span.end:
            continue
        more = _MORE.match(text, parts[-1].end())
        span = Span(parts[-1].start(), more.end() if more else parts[-1].end())
        if (words := analysis.words(span)) not in known and _is_company(analysis, span, words):
            known.add(words)
            yield span


def _is_company(analysis: Analysis, span: Span, words: str) -> bool:
    """Whether a name is that of neither a state, city or body, nor the medium or speaker whose words follow."""
    table, text = _words(analysis.language), analysis.text
    if len(words) < _LEAST or words == analysis.document.publisher or text[span.end : span.end + 1] == ":":
        return False
    part = _PART_OF.search(text, max(0, span.start - _FAR), span.start)
    if table.barred.search(words) or (part and table.barred.search(part.group())):
        return False
    around = Span(max(0, span.start - _FAR), span.end + _FAR)
    actors = [mention for mention in analysis.actors_in(around) if overlap(mention.span, span)]
    if any(mention.span == span or mention.code.startswith("IGO:") for mention in actors):
        return False
    if any(":" not in mention.code for mention in actors) and not table.kinds.search(words):
        return False
    common = re.search(rf"\b{re.escape(words.lower())}\b", text) is not None
    return not common and analysis.knowledge.city(words) is None


def _states_of(analysis: Analysis, references: References, company: Reference) -> Iterable[Reference]:
    """The states that are said to be a company's: `Ghana's X`, `the Danish utility X`, `X of Ghana`."""
    start, end = company.span
    for reference in references.within(max(0, start - 60), start)[-1:]:
        gap = analysis.text[reference.span.end : start]
        owned = gap.startswith(("’", "'")) or reference.sort is Sort.ADJECTIVE
        if owned and _OF_STATE.fullmatch(gap):
            yield reference
    for reference in references.within(end, end + 60)[:1]:
        if _FROM.fullmatch(analysis.text, end, reference.span.start):
            yield reference


def _touches(reference: Reference, companies: list[Reference], starts: list[int]) -> bool:
    index = bisect_left(starts, reference.span.end)
    return index > 0 and companies[index - 1].span.end > reference.span.start
