"""Dates and periods in words, resolved to ISO 8601 with the precision that the text gives.

The forms of each language stand in its `times` table. All of them are looked for; from the left, the longest
one at each place is taken and given its meaning, which may count from a date named before. One that only looks like
its form leaves the place to a shorter one; one that means no day of the calendar does not.
"""

from __future__ import annotations

import datetime as dt
import re

from multivector.reading._analysis import Analysis, TimeMention
from multivector.reading._calendar import Period, iso, year_of
from multivector.reading._grammar import Form, Grammar, grammar_of
from multivector.reading._lookup import WordStarts
from multivector.reading._periods import period_of
from multivector.reading._plain import plain
from multivector.reading._tenses import Tenses
from multivector.reading._time_words import Setting, TimeWords, UnfitError
from multivector.record import Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_OWNER = re.compile(r"['’]s\b")
_TO_LIMIT = 40
"""How far before a date the words may begin that open or limit it."""

_RECENT = 8
"""Of the dates before, so many may be what a relative one counts from."""

_DAY_BACK = 5
"""`That day` is one told at most so many sentences before."""

_LONG = 300
"""Days of a period that is a year or more."""

_Hit = tuple[Span, Form, "re.Match[str]"]


def find_times(analysis: Analysis) -> tuple[TimeMention, ...]:
    """The dates and periods of the document, in text order, none overlapping another.

    Relative ones and days without a year need the day of publication; without it they are left out.
    """
    grammar = grammar_of(analysis.language)
    if grammar is None:
        return ()
    return _Finder(analysis, grammar).find()


class _Finder:
    """One pass over a document; what has been found is the setting of what comes next."""

    def __init__(self, analysis: Analysis, grammar: Grammar) -> None:
        self._analysis = analysis
        self._grammar = grammar
        self._text = plain(analysis.text)
        self._tenses = Tenses(analysis, self._text, grammar)
        self._found: list[TimeMention] = []
        self._periods: list[Period] = []
        self._frame: tuple[int, int] | None = None
        """A sentence that a year opens, and the year."""

    def find(self) -> tuple[TimeMention, ...]:
        free = 0
        for span, form, match in _hits(self._text, self._analysis.starts, self._grammar):
            if span.start < free:
                continue
            sentence = self._analysis.sentence_at(span.start)
            setting = self._setting(span, form, sentence)
            try:
                period = period_of(TimeWords(self._grammar, form, match), setting)
            except UnfitError:
                continue
            free = span.end
            if period is not None:
                self._add(span, period, setting, sentence, vague=form.means == "year-end" or _has_part(match))
        return tuple(self._found)

    def _setting(self, span: Span, form: Form, sentence: int) -> Setting:
        recent = zip(self._found[-_RECENT:], self._periods[-_RECENT:], strict=True)
        told = [(p, sentence - self._analysis.sentence_at(m.span.start)) for m, p in recent]
        near = tuple(p for p, back in told if back <= 1)
        days = [p[0] for p, back in told if p[0] == p[1] and back <= _DAY_BACK]
        lead = self._lead(span, sentence)
        opens = self._grammar.opens.search(lead) is not None
        tense = self._tenses.at(span, sentence, opens=opens)
        if tense == "future" and form.means == "month" and self._grammar.determined.search(lead):
            # `They must file their February reports`.
            tense = ""
        return Setting(
            published=self._analysis.published,
            tense=tense,
            near=near,
            last_day=days[-1] if days else None,
            joined=self._joined(span),
            frame=self._frame[1] if self._frame and self._frame[0] == sentence else None,
            opens=opens,
        )

    def _lead(self, span: Span, sentence: int) -> str:
        """What stands before the date in its sentence."""
        start = self._analysis.sentences[sentence].span.start if self._analysis.sentences else 0
        return self._text[min(start, span.start) : span.start]

    def _joined(self, span: Span) -> Period | None:
        """The date that is joined to the one at `span` by a comma or a word such as `and`."""
        if not self._found:
            return None
        between = self._text[self._found[-1].span.end : span.start]
        return self._periods[-1] if self._grammar.joins.fullmatch(between) else None

    def _add(self, span: Span, period: Period, setting: Setting, sentence: int, *, vague: bool) -> None:
        lead = self._lead(span, sentence)
        first = period[0]
        if first and period == year_of(first.year) and self._grammar.framing.fullmatch(lead):
            self._frame = sentence, first.year
        span, period = self._opened(span, period, setting, lead, vague=vague)
        self._found.append(TimeMention(span, iso(period)))
        self._periods.append(period)

    def _opened(self, span: Span, period: Period, setting: Setting, lead: str, *, vague: bool) -> tuple[Span, Period]:
        """A date after a word such as `since`, `from` or `until`, with that word and an open end."""
        grammar, behind = self._grammar, lead[-_TO_LIMIT:]
        start, end = period
        if start is None or end is None or _OWNER.match(self._text, span.end):
            # `Before Tuesday's vote` is before the vote.
            return span, period

        def since(match: re.Match[str]) -> tuple[Span, Period]:
            return Span(span.start - len(behind) + match.start(), span.end), (start, None)

        if match := grammar.since.search(behind):
            return since(match)
        if (match := grammar.since_year.search(behind)) and (end - start).days >= _LONG:
            return since(match)
        if match := grammar.starting.search(behind):
            # `From 1 July` is a beginning; `the letter from 1 July` is not.
            onward = grammar.onward.match(self._text, span.end)
            begins = not lead[: len(lead) - len(behind) + match.start()].strip()
            to_come = setting.published is not None and start > setting.published
            if onward or begins or to_come or setting.tense == "future":
                return since(match)
        if match := grammar.until.search(behind):
            return Span(span.start - len(behind) + match.start(), span.end), (None, end)
        if vague:
            # `Before the end of the year` lies in it.
            return span, period
        if match := grammar.before.search(behind):
            return Span(span.start - len(behind) + match.start(), span.end), (None, start - dt.timedelta(days=1))
        if match := grammar.after.search(behind):
            return Span(span.start - len(behind) + match.start(), span.end), (end + dt.timedelta(days=1), None)
        return span, period


def _has_part(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("part"))


def _hits(text: str, starts: WordStarts, grammar: Grammar) -> list[_Hit]:
    """All forms in the text, from the left, at one place the longest first."""
    hits: list[tuple[int, int, int, _Hit]] = []
    for order, form in enumerate(grammar.forms):
        group = "at" if "at" in form.sought.pattern.groupindex else 0
        for match in form.sought.finditer(text, starts):
            start, end = match.span(group)
            fits = _is_year(text, match, grammar) if form.means == "year" else not _in_name(text, match, form)
            if fits:
                hits.append((start, -end, order, (Span(start, end), form, match)))
    hits.sort(key=lambda hit: hit[:3])
    return [hit[3] for hit in hits]


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
