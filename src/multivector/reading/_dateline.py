"""The day that a text's dateline tells: that of which its `today` and `on Monday` speak.

A dateline says when a text was written, not when somebody spoke, so it dates no statement by itself; it is the day that
relative words count from. Where a text was published later (a wire's report on another's page) it is nearer to them
than the day of publication, and where no publication is known it is all there is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from multivector.reading._analysis import Analysis, Sentence
from multivector.reading._segment import DATELINE
from multivector.reading._times import find_times
from multivector.record import Span, interval

_FIRST = 3
"""In which of the first paragraphs a dateline may stand."""

_WEEK = dt.timedelta(days=7)
"""A text comes out at most so long after its dateline; an older date is of something else."""

_LONGEST = 60
_REST = re.compile(
    r"(?:(?-i:[^\W\d_a-zа-яё])\w+(?:[ -]\w+){0,2},)?[\s,.|/()—–-]*"
    r"(?:\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?)?[\s,.|/()—–-]*",
    re.IGNORECASE,
)
"""What may stand beside the day in a line of its own: a place, a time of the clock."""


def dateline_day(analysis: Analysis) -> dt.date | None:
    """The day of the dateline, or of a line that holds nothing but a day, at the head of the text; None without one.

    A day without a year needs the day of publication (`analysis.published`). One that does not fit what is known of
    the publication is none: it comes after it, or more than a week before.
    """
    for span, alone in _places(analysis):
        text = analysis.text[span.start : span.end]
        whole = Span(0, len(text))
        part = replace(
            analysis,
            document=replace(analysis.document, text=text),
            paragraphs=(whole,),
            sentences=(Sentence(whole, 0),),
            quotes=(),
        )
        times = find_times(part)
        if len(times) != 1 or (alone and not _REST.fullmatch(text[: times[0].span.start] + text[times[0].span.end :])):
            continue
        first, last = interval(times[0].value)
        if first is not None and first == last and _fits(analysis, first):
            return first
    return None


def _places(analysis: Analysis) -> Iterator[tuple[Span, bool]]:
    """Where the day may stand: in a dateline, or in a short line with a digit (True)."""
    for paragraph in analysis.paragraphs[:_FIRST]:
        if (match := DATELINE.match(analysis.text, *paragraph)) is not None:
            yield Span(*match.span()), False
        elif paragraph.end - paragraph.start <= _LONGEST and re.search(r"\d", analysis.words(paragraph)):
            yield paragraph, True


def _fits(analysis: Analysis, day: dt.date) -> bool:
    """Whether a text of that day may have been published when it was."""
    if analysis.document.published is None:
        return True
    first, last = interval(analysis.document.published)
    return (first is None or first - _WEEK <= day) and (last is None or day <= last)
