"""Whether the clause around a date speaks of the past or of what is to come."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from multivector.reading._analysis import Analysis
from multivector.reading._grammar import Grammar
from multivector.record import Span

_REACH = 90
"""The tense of a clause is told by the nearest verb within so many characters."""

_TO_DEADLINE = 30


class Tenses:
    """The tenses of a document's clauses, sentence by sentence; `text` is that in which dates are looked for."""

    def __init__(self, analysis: Analysis, text: str, grammar: Grammar) -> None:
        self._analysis = analysis
        self._text = text
        self._grammar = grammar
        self._sentence = -1
        self._cues: list[tuple[int, int, str]] = []

    def at(self, span: Span, sentence: int, *, opens: bool) -> str:
        """`past`, `future`, `speech` or nothing: the nearest cue before the date, else the nearest after it.

        A date that `opens` its clause takes that of its own clause, which comes after it.
        """
        if not self._analysis.sentences:
            return ""
        if sentence != self._sentence:
            where = self._analysis.sentences[sentence].span
            self._cues = [
                (m.start(), m.end(), m.lastgroup or "") for m in self._grammar.tense.finditer(self._text, *where)
            ]
            self._sentence = sentence
        before, after = self._before(span), self._after(span)
        if self._grammar.deadline.search(self._text[max(0, span.start - _TO_DEADLINE) : span.start]):
            # `By April shelves were empty` tells of the past, `they must answer by April` does not.
            return "past" if opens and after == "past" else "future"
        return (after or before) if opens or self._goes_with_next(span) else (before or after)

    def _goes_with_next(self, span: Span) -> bool:
        """Whether a verb follows right away, and a comma parts the date from the one before.

        `After refusing to be bound, they on Monday asked for talks.`
        """
        number = bisect_left(self._cues, span.end, key=lambda cue: cue[0])
        if number in (0, len(self._cues)) or self._cues[number][0] > span.end + 1:
            return False
        return "," in self._text[self._cues[number - 1][1] : span.start]

    def _before(self, span: Span) -> str:
        number = bisect_right(self._cues, span.start, key=lambda cue: cue[1])
        found = number and self._cues[number - 1][1] >= span.start - _REACH
        return self._cues[number - 1][2] if found else ""

    def _after(self, span: Span) -> str:
        number = bisect_left(self._cues, span.end, key=lambda cue: cue[0])
        found = number < len(self._cues) and self._cues[number][0] <= span.end + _REACH
        return self._cues[number][2] if found else ""
