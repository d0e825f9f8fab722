"""Companies as parties: organisations that the text names and that stand for no state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from multivector.reading._analysis import Analysis
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
_PART_OF = re.compile(r"[A-Z]\w+\s(?:of|for|on)\s(?:the\s)?$")
_LEAST = 2
"""The fewest letters of a name."""


@lru_cache(maxsize=4)
def _bodies(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = language.table("agreements")["companies"]
    listed = {name: "|".join(table[name]) for name in ("not", "kinds", "nouns")}
    return (
        re.compile(rf"\b(?:{listed['not']})\b"),
        re.compile(rf"\b(?:{listed['kinds']})\b"),
        re.compile(rf"\b(?:{listed['nouns']})\s(?P<name>{_NAME.pattern})"),
    )


def with_companies(analysis: Analysis, references: References) -> References:
    """The references with companies among them, which go before the states that are only said to be theirs."""
    found = list(_companies(analysis))
    if not found:
        return references
    dropped = {r.span for company in found for r in _states_of(analysis, references, company)}
    kept = [r for r in references.all if r.span not in dropped and not _touches(r, found)]
    return references.replaced([*kept, *found])


def _companies(analysis: Analysis) -> Iterator[Reference]:
    names = {analysis.words(span) for span in _spans(analysis)}
    if not names:
        return
    for name in tuple(names):
        for joined in re.finditer(rf"[’']s\s({_NAME.pattern})\sand\s{re.escape(name)}\b", analysis.text):
            if not analysis.actor_touches(Span(*joined.span(1))):
                names.add(joined.group(1))
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    for match in re.finditer(rf"(?<![\w-])(?:{listed})(?![\w-])", analysis.text):
        yield Reference(Span(*match.span()), (f"ORG:{match.group()}",), Sort.NAME)


def _spans(analysis: Analysis) -> Iterator[Span]:
    """The names of organisations that are neither states, cities, offices nor bodies of a state."""
    barred, kinds, nouns = _bodies(analysis.language)
    text, publisher = analysis.text, analysis.document.publisher
    for match in nouns.finditer(text):
        if not analysis.actor_touches(Span(*match.span("name"))):
            yield Span(*match.span("name"))
    for mention in named(findings_of(analysis)):
        if mention.kind is not Naming.ORGANISATION:
            continue
        parts = list(_NAME.finditer(text, *mention.span))
        if not parts or parts[-1].end() != mention.span.end:
            continue
        more = _MORE.match(text, parts[-1].end())
        span = Span(parts[-1].start(), more.end() if more else parts[-1].end())
        words = analysis.words(span)
        if words == publisher or text[span.end : span.end + 1] == ":":
            continue
        actors = [m for m in analysis.actors if _overlap(m.span, span)]
        known = any(m.span == span or m.code.startswith("IGO:") for m in actors) or (
            any(":" not in m.code for m in actors) and not kinds.search(words)
        )
        part = _PART_OF.search(text, max(0, span.start - 60), span.start)
        if len(words) < _LEAST or known or barred.search(words) or (part and barred.search(part.group())):
            continue
        if analysis.knowledge.city(words) is not None:
            continue
        if not re.search(rf"\b{re.escape(words.lower())}\b", text):
            yield span


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


def _touches(reference: Reference, companies: list[Reference]) -> bool:
    return any(_overlap(company.span, reference.span) for company in companies)


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end
