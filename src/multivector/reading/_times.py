"""Dates and periods in words, resolved to ISO 8601 with the precision that the text gives.

The forms of each language stand in its `times` table. All of them are looked for; from the left, the longest
one at each place is taken, and then given its meaning in text order, as some count from a date named before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from multivector.reading._analysis import Analysis, TimeMention
from multivector.reading._calendar import Period, iso
from multivector.reading._grammar import Form, Grammar, grammar_of
from multivector.reading._periods import Resolver, Setting
from multivector.reading._plain import plain
from multivector.record import Span

_REACH = 90
"""The tense of a clause is told by the nearest verb within so many characters."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TO_LIMIT = 30
_RECENT = 8
"""Of the dates before, so many may be what a relative one counts from."""


def find_times(analysis: Analysis) -> tuple[TimeMention, ...]:
    """The dates and periods of the document, in text order, none overlapping another.

    Relative ones and days without a year need the day of publication; without it they are left out.
    """
    grammar = grammar_of(analysis.language)
    if grammar is None:
        return ()
    text = plain(analysis.text)
    resolver = Resolver(grammar)
    found: list[TimeMention] = []
    periods: list[Period] = []
    tenses = _Tenses(analysis, text, grammar)
    for span, form, match in _candidates(text, grammar):
        sentence = analysis.sentence_at(span.start)
        recent = zip(found[-_RECENT:], periods[-_RECENT:], strict=True)
        near = tuple(p for m, p in recent if analysis.sentence_at(m.span.start) >= sentence - 1)
        period = resolver.period(form, match, Setting(analysis.published, tenses.at(span, sentence), near))
        if period is None or not _right_way(period):
            continue
        span, opened = _opened(text, span, period, grammar)
        found.append(TimeMention(span, iso(opened)))
        periods.append(period)
    return tuple(found)


def _candidates(text: str, grammar: Grammar) -> list[tuple[Span, Form, re.Match[str]]]:
    """The longest forms from the left, in text order."""
    hits: list[tuple[int, int, int, Form, re.Match[str]]] = []
    for order, form in enumerate(grammar.forms):
        group = "at" if "at" in form.pattern.groupindex else 0
        for match in form.pattern.finditer(text):
            start, end = match.span(group)
            fits = _is_year(text, match, grammar) if form.means == "year" else not _in_name(text, match, form)
            if fits:
                hits.append((start, -end, order, form, match))
    hits.sort(key=lambda hit: hit[:3])
    chosen: list[tuple[Span, Form, re.Match[str]]] = []
    free = 0
    for start, end, _, form, match in hits:
        if start >= free:
            free = -end
            chosen.append((Span(start, free), form, match))
    return chosen


def _in_name(text: str, match: re.Match[str], form: Form) -> bool:
    """Whether `today` stands at the end of a name in capitals: the newspaper Country Today."""
    if form.means != "day-shift" or not match.group()[0].isupper():
        return False
    return re.search(r"[A-ZА-ЯЁ][\w’'-]*\s$", text[max(0, match.start() - 30) : match.start()]) is not None


def _is_year(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """Whether a bare number of four digits is a year, from the words around it."""
    years = grammar.years
    ahead = text[match.end() : match.end() + 60].split("\n")[0]
    following = [word.lower() for word in _WORD.findall(ahead)[:3]]
    closed = not ahead.strip() or ahead.lstrip()[0] in '.,;:)]!?—–-”»"'
    if match.start("year") > match.start():
        return True
    if not closed and following and following[0] in years["not_after"]:
        return False
    if re.match(r"\s*[%‰°$€£]", ahead):
        return False
    behind = text[max(0, match.start() - 40) : match.start()].split("\n")[-1]
    if behind.endswith("(") and ahead[:1] in (")", ",", ";"):
        return True
    before = [word.lower() for word in _WORD.findall(behind)]
    joined = bool(before) and bool(re.search(r"\w\s+$", behind))
    if not joined:
        return False
    if before[-1] in years["before"] or " ".join(before[-2:]) in years["before"]:
        return True
    named = any(word in years["nouns"] for word in following) and not closed
    if before[-1] in years["weak"] and re.match(r"\s+[A-Z]", ahead):
        return True
    weak = before[-1] in years["weak"] or " ".join(before[-2:]) in years["weak"]
    return weak and (closed or named or not following or following[0] in years["after_weak"])


def _opened(text: str, span: Span, period: Period, grammar: Grammar) -> tuple[Span, Period]:
    """A date after `since` or `until`, with that word and an open end."""
    behind = text[max(0, span.start - _TO_LIMIT) : span.start]
    start, end = period
    if (match := grammar.since.search(behind)) or (
        (match := grammar.since_year.search(behind)) and start and end and (end - start).days >= 300
    ):
        return Span(span.start - len(behind) + match.start(), span.end), (start, None)
    if match := grammar.until.search(behind):
        return Span(span.start - len(behind) + match.start(), span.end), (None, end)
    return span, period


def _right_way(period: Period) -> bool:
    start, end = period
    return start is None or end is None or start <= end


class _Tenses:
    """Whether the clause around a date speaks of the past or of what is to come, sentence by sentence."""

    def __init__(self, analysis: Analysis, text: str, grammar: Grammar) -> None:
        self._analysis = analysis
        self._text = text
        self._grammar = grammar
        self._sentence = -1
        self._cues: list[tuple[int, int, str]] = []

    def at(self, span: Span, sentence: int) -> str:
        """`past`, `future`, `speech` or nothing: the nearest cue before the date, else the nearest after it."""
        if not self._analysis.sentences:
            return ""
        if sentence != self._sentence:
            where = self._analysis.sentences[sentence].span
            self._cues = [
                (m.start(), m.end(), m.lastgroup or "") for m in self._grammar.tense.finditer(self._text, *where)
            ]
            self._sentence = sentence
        if self._grammar.deadline.search(self._text[max(0, span.start - _TO_LIMIT) : span.start]):
            return "future"
        number = bisect_right(self._cues, span.start, key=lambda cue: cue[1])
        if number and self._cues[number - 1][1] >= span.start - _REACH:
            return self._cues[number - 1][2]
        number = bisect_left(self._cues, span.end, key=lambda cue: cue[0])
        if number < len(self._cues) and self._cues[number][0] <= span.end + _REACH:
            return self._cues[number][2]
        return ""
