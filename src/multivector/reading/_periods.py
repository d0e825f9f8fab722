"""Which meaning the forms of dates have: first and last day, by the name that a rule of the table gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from multivector.reading import _counted_times as counted
from multivector.reading import _named_times as named
from multivector.reading._calendar import Period
from multivector.reading._time_words import Setting, TimeWords, UnfitError

_MEANINGS: Mapping[str, Callable[[TimeWords, Setting], Period | None]] = {
    "day": named.day,
    "feast": named.feast,
    "day-range": named.day_range,
    "two-days": named.two_days,
    "one-more-day": named.one_more_day,
    "day-of-month": named.day_of_month,
    "month": named.month,
    "month-range": named.month_range,
    "month-half": named.month_half,
    "edge": named.edge,
    "first-parts": named.first_parts,
    "quarter": named.quarter,
    "half": named.half,
    "season": named.season,
    "span-to": named.span_to,
    "year": named.year,
    "explicit-year": named.year,
    "relative-year": named.year,
    "year-range": named.year_range,
    "split-year": named.year_range,
    "decade": named.decade,
    "century": named.century,
    "same-period": named.same_period,
    "day-shift": counted.day_shift,
    "told-day": counted.told_day,
    "weekday": counted.weekday,
    "shifted-weekday": counted.weekday,
    "weekday-of-week": counted.weekday_of_week,
    "weekday-range": counted.weekday_range,
    "weekend": counted.weekend,
    "shifted-month": counted.shifted_month,
    "shifted-season": counted.shifted_season,
    "shifted-unit": counted.shifted_unit,
    "turned-unit": counted.turned_unit,
    "told-unit": counted.told_unit,
    "year-before": counted.year_before,
    "year-so-far": counted.year_so_far,
    "year-end": counted.year_end,
    "ago": counted.ago,
    "ago-to-the-day": counted.ago_to_the_day,
    "half-unit-ago": counted.half_unit_ago,
    "ahead": counted.ahead,
    "earlier": counted.earlier,
    "later": counted.later,
    "past-span": counted.past_span,
    "coming-span": counted.coming_span,
}


def period_of(words: TimeWords, setting: Setting) -> Period | None:
    """The first and last day that the words mean; None when there is no such date or nothing to count from.

    UnfitError when the words only look like their form.
    """
    try:
        period = _MEANINGS[words.form.means](words, setting)
    except UnfitError:
        raise
    except (ValueError, OverflowError):
        return None
    if period and period[0] and period[1] and period[0] > period[1]:
        return None
    return period
