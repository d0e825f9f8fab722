"""When an agreement was signed, and from when until when it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading._analysis import Analysis, TimeMention
from multivector.reading._deeds import Deeds
from multivector.reading._occasion import Occasion
from multivector.reading._papers import Paper
from multivector.reading._when import date_of
from multivector.reading.languages import Language
from multivector.record import AgreementType, Span

_YEARS = re.compile(r"(?<!\d)(\d{4})\s?(?:[-–—/]|to|and)\s?(\d{4})(?!\d)")
_DATED = re.compile(r"\bof\s(?:the\s)?$")
_PERIODS = frozenset({AgreementType.ACTION_PLAN, AgreementType.PROGRAMME})
"""A year in the title of such a paper tells when it holds, in that of others when it was signed."""

_GAP = 6
"""How far, in characters, a day may stand from the words that lead to it."""

_CENTURY = 99
_LEAD = 60
"""How far before a day, in characters, the words stand that tell what it is."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language for signing and validity."""

    since: re.Pattern[str]
    until: re.Pattern[str]
    valid: re.Pattern[str]
    holding: re.Pattern[str]
    signing: re.Pattern[str]
    relative: re.Pattern[str]
    not_signing: re.Pattern[str]
    undergone: re.Pattern[str]
    again: re.Pattern[str]
    signed_it: re.Pattern[str]


@lru_cache(maxsize=4)
def words_of(language: Language) -> Words:
    """The words of `language`, which has a table of papers."""
    table = language.table("agreements")["terms"]
    return Words(**{name: re.compile(table[name], re.IGNORECASE) for name in Words.__slots__})


def period_of(analysis: Analysis, paper: Paper, span: Span) -> str | None:
    """From the title (`for 2025-2027`), or from words on when it takes effect or runs out."""
    text, words = analysis.text, words_of(analysis.language)
    if (match := _YEARS.search(text, paper.phrase.start, paper.phrase.end)) and match[1] <= match[2]:
        return f"{match[1]}-01-01/{match[2]}-12-31"
    for time in analysis.times_in(Span(min(span.start, paper.phrase.start), span.end)):
        if "/" in time.value and not _century(time.value) and _holds(analysis, paper, time, *span):
            return time.value
    since, until = _led(analysis, words.since, span), _led(analysis, words.until, span)
    if since is None and until is None:
        return None
    return f"{since or '..'}/{_last_day(until) if until else '..'}"


def _holds(analysis: Analysis, paper: Paper, time: TimeMention, low: int, high: int) -> bool:
    """Whether a period is that of a paper: it stands in its title or right behind, or words of validity lead to it."""
    text, words = analysis.text, words_of(analysis.language)
    behind = text[paper.phrase.end : time.span.start]
    if paper.phrase.start <= time.span.start < paper.phrase.end or behind == " ":
        return not time.value.endswith("/..")
    if _YEARS.search(analysis.words(time.span)) and time.span.start > paper.phrase.end:
        return len(behind) < _LEAD and re.search(r"[,;.]", behind) is None
    if time.span.start < paper.phrase.start:
        return time.value.endswith("/..") and words.holding.search(text, paper.phrase.end, high) is not None
    return words.valid.search(text, max(low, time.span.start - _LEAD), time.span.start) is not None


def _century(period: str) -> bool:
    """Whether a period is too long to be that of a paper."""
    first, last = (re.match(r"\d{4}", end) for end in period.split("/"))
    return first is not None and last is not None and int(last.group()) - int(first.group()) >= _CENTURY


def _led(analysis: Analysis, lead: re.Pattern[str], span: Span) -> str | None:
    """The first day or year that words of the pattern lead to."""
    for match in lead.finditer(analysis.text, *span):
        for time in analysis.times_in(Span(match.start(), span.end)):
            if time.span.start - match.end() <= _GAP and "/" not in time.value:
                return time.value
    return None


def _last_day(value: str) -> str:
    return f"{value}-12-31" if len(value) == len("2030") else value


def in_title(analysis: Analysis, paper: Paper) -> str | None:
    """The day or year of a paper that its title names: `the 1992 treaty`, `the Convention of 4 May 1995`."""
    if paper.type in _PERIODS:
        return None
    for time in analysis.times_in(paper.phrase):
        first = time.span.start in (paper.title.start, paper.phrase.start)
        before = analysis.text[paper.phrase.start : time.span.start]
        last = time.span.end == paper.phrase.end and time.span.start > paper.phrase.start
        if "/" not in time.value and (first or (last and _DATED.search(before))):
            return time.value
    return None


def signed_on(
    analysis: Analysis, deeds: Deeds, paper: Paper, clause: Span, occasion: Occasion | None, parties: tuple[str, ...]
) -> str | None:
    """The day on which a paper was signed that the clause says was signed."""
    if words_of(analysis.language).signing.search(analysis.text, *clause) is None:
        return None
    outside = list(_days(analysis, paper, clause))
    if outside:
        return min(outside, key=lambda t: (t.span.start < paper.phrase.end, abs(t.span.start - paper.phrase.end))).value
    if occasion is not None and set(parties) <= set(occasion.participants):
        return occasion.date
    if any(time.span.start >= paper.phrase.end for time in analysis.times_in(clause)):
        return None  # the day of something else
    found = date_of(analysis, deeds, Span(paper.phrase.start, paper.phrase.end))
    return found if found is None or "/" not in found else None


def _days(analysis: Analysis, paper: Paper, clause: Span) -> Iterator[TimeMention]:
    """The days of a clause that may be the day of signing: in no title, led by nothing else, told of nothing else."""
    words = words_of(analysis.language)
    cues = [span for statement in analysis.statements for span in statement.cue]
    for time in analysis.times_in(clause):
        before = analysis.text[max(0, time.span.start - _LEAD) : time.span.start]
        said = any(
            paper.phrase.end <= cue.start < time.span.start and not words.signing.search(analysis.text, *cue)
            for cue in cues
        )
        if (
            "/" not in time.value
            and not paper.phrase.start <= time.span.start < paper.phrase.end
            and not said
            and not words.not_signing.search(before)
            and not words.undergone.search(before)
        ):
            yield time


def signed_beside(analysis: Analysis, paper: Paper, end: int) -> str | None:
    """The day that a clause right after a paper tells for its signing: `, signed in Lima on 4 May, is in force`."""
    words = words_of(analysis.language)
    match = words.relative.match(analysis.text, paper.phrase.end, end)
    if match is None:
        return None
    for time in analysis.times_in(Span(match.end(), end)):
        gap = analysis.text[match.end() : time.span.start]
        if "/" not in time.value and not re.search(r"[,:]|(?<!&nbsp);", gap) and not words.not_signing.search(gap):
            return time.value
    return None


def signing_day(analysis: Analysis, sentence: Span) -> str | None:
    """The day of signing that a sentence tells which takes a paper up: `The signing was held on 4 May`."""
    words = words_of(analysis.language)
    if words.signing.search(analysis.text, *sentence) is None:
        return None
    for time in analysis.times_in(sentence):
        before = analysis.text[max(sentence.start, time.span.start - _LEAD) : time.span.start]
        if "/" not in time.value and not words.not_signing.search(before):
            return time.value
    return None
