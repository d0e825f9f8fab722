"""When an agreement was signed, and from when until when it holds."""

from __future__ import annotations

import re

from multivector.reading._analysis import Analysis
from multivector.reading._deeds import Deeds
from multivector.reading._occasion import Occasion, date_of
from multivector.reading._papers import Paper
from multivector.record import Span

_YEARS = re.compile(r"(?<!\d)(\d{4})\s?(?:[-–—/]|to|and)\s?(\d{4})(?!\d)")
_UNTIL = re.compile(
    r"\b(?:valid|runs?|in force|effective)\s(?:until|till|through|up to)\s(?:the end of\s)?", re.IGNORECASE
)
_FROM = re.compile(
    r"\b(?:enter(?:ed|s)? into force|took effect|takes effect|came into (?:force|effect))\s(?:on|in|from)?\s?",
    re.IGNORECASE,
)


def period_of(analysis: Analysis, paper: Paper, span: Span) -> str | None:
    """From the title (`for 2025-2027`), or from words on when it takes effect or runs out."""
    text = analysis.text
    if (match := _YEARS.search(text, paper.phrase.start, paper.phrase.end)) and match[1] <= match[2]:
        return f"{match[1]}-01-01/{match[2]}-12-31"
    for pattern, form in ((_UNTIL, "../{}"), (_FROM, "{}/..")):
        for match in pattern.finditer(text, span.start, span.end):
            for time in analysis.times_in(Span(match.start(), span.end)):
                if time.span.start - match.end() <= 6 and "/" not in time.value:
                    return form.format(_last_day(time.value) if form.startswith("..") else time.value)
    return None


def _last_day(value: str) -> str:
    return f"{value}-12-31" if len(value) == len("2030") else value


def signed_on(
    analysis: Analysis, deeds: Deeds, paper: Paper, clause: Span, occasion: Occasion | None, parties: tuple[str, ...]
) -> str | None:
    outside = [
        t
        for t in analysis.times_in(clause)
        if not (paper.title.start <= t.span.start < paper.title.end)
        and not re.search(
            r"\b(?:until|till|for|from|force on|effect on|force from)\s+$",
            analysis.text[max(0, t.span.start - 14) : t.span.start],
        )
    ]
    if outside:
        return min(outside, key=lambda t: (t.span.start < paper.phrase.end, abs(t.span.start - paper.phrase.end))).value
    if occasion is not None and set(parties) <= set(occasion.participants):
        return occasion.date
    return date_of(analysis, deeds, Span(paper.phrase.start, paper.phrase.end))
