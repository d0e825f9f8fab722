"""The turns of a transcript: which paragraphs ask, which answer, and for whom."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from multivector.reading._analysis import Analysis
from multivector.reading._bearers import Words
from multivector.reading._reference import Reference, Sort
from multivector.record import Span

_ABBREVIATED = r"(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z]{2})\."
_LABEL = re.compile(
    rf"[“\"]?(?P<label>(?:[A-ZÀ-Þ]|[Tt]he\s)(?:[^:.!?\n“\"]|{_ABBREVIATED}){{0,60}}):\s|(?P<short>[QA]\d{{0,2}})[.:]\s"
)
_INNER = re.compile(r"[.?!”\"]\s(?P<label>[A-ZÀ-Þ][\w.]*(?:\s[A-ZÀ-Þ][\w.]*){0,2}):\s")
_DASH = re.compile(r"[—–-]\s")

_DASHES = 4
"""From so many paragraphs with a dash on a document is an interview."""


_ASKS = 0.5
"""The share of one's words that end with a question mark, from which on one asks."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The words of one speaker; `codes` are those for whom they speak, empty where nothing tells."""

    span: Span
    label: Span
    asks: bool
    answers: bool
    lone: bool
    codes: tuple[str, ...] = ()

    def told(
        self,
        analysis: Analysis,
        words: Words,
        named: tuple[Reference, ...],
        people: dict[str, str],
        speaker: str | None,
        *,
        titled: bool,
    ) -> Turn:
        """The turn with those for whom its speaker speaks; `speaker` is the one whom the document presents.

        With `titled` its title does, which is surer than an office that is told without a state.
        """
        if self.asks:
            return self
        if titled and speaker is not None and (self.answers or self.lone):
            return replace(self, codes=(speaker,))
        label = analysis.words(self.label)
        here = [each for each in named if self.label.start <= each.span.start < self.label.end]
        people_here = [each for each in here if each.sort is Sort.PERSON] or here
        codes = {each.codes for each in people_here if len(each.codes) == 1}
        if len(codes) == 1:
            return replace(self, codes=codes.pop())
        known = states_of_surnames(people, label)
        if len(known) == 1:
            return replace(self, codes=(known.pop(),))
        fits = self.answers or self.lone or words.role.search(label) is not None
        return replace(self, codes=(speaker,) if fits and speaker is not None and not known else ())


def states_of_surnames(people: dict[str, str], words: str) -> set[str]:
    """The states of those whose surname stands in `words`; `people` are states by full name."""
    return {code for name, code in people.items() if re.search(rf"\b{re.escape(name.split()[-1])}\b", words)}


def turns_of(analysis: Analysis, asker: re.Pattern[str], answer: re.Pattern[str]) -> tuple[Turn, ...]:
    """The turns of a document, in text order; empty when it is no transcript."""
    labels: dict[int, Span] = {}
    dashes: set[int] = set()
    for number, paragraph in enumerate(analysis.paragraphs):
        found = _LABEL.match(analysis.text, *paragraph)
        if found is not None:
            labels[number] = Span(*found.span("label" if found.group("label") else "short"))
        elif _DASH.match(analysis.text, *paragraph):
            dashes.add(number)
    if labels.keys() & {0, 1} == {0}:
        del labels[0]  # a headline: `Holm: no talks before spring`
    if not labels:
        return _by_dashes(analysis, dashes)
    names = {number: analysis.words(label) for number, label in labels.items()}
    paper = {word.lower() for word in re.findall(r"\w+", analysis.document.publisher or "") if len(word) > 1}
    asking = {number for number, name in names.items() if asker.match(name)}
    if not asking:
        asking = {number for number, name in names.items() if name.lower() in paper and not answer.search(name)}
    if not asking:
        asking = _questioners(analysis, names, answer)
    others = Counter(name.split()[-1].strip("()") for number, name in names.items() if number not in asking)
    if not asking and max(others.values(), default=0) < 2:
        return ()
    turns: list[Turn] = []
    lone = len(others) == 1
    for number, paragraph in enumerate(analysis.paragraphs):
        label = labels.get(number)
        if label is None:
            # Under a label go the paragraphs after it too; where nobody who answers has one, they are the answer.
            if turns and others:
                turns[-1] = replace(turns[-1], span=Span(turns[-1].span.start, paragraph.end))
            elif not others:
                turns.append(Turn(paragraph, Span(paragraph.start, paragraph.start), False, True, True))
            continue
        asks, end = number in asking, paragraph.end
        inner = _answered(analysis, paragraph, answer) if asks else None
        if inner is not None:
            end = inner.start
        turns.append(
            Turn(Span(paragraph.start, end), label, asks, not asks and answer.search(names[number]) is not None, lone)
        )
        if inner is not None:
            turns.append(Turn(Span(inner.start, paragraph.end), inner, False, True, True))
    return tuple(turns)


def _questioners(analysis: Analysis, names: dict[int, str], answer: re.Pattern[str]) -> set[int]:
    """The paragraphs of the labels under which questions stand, if they are not under all labels."""
    paragraphs: dict[str, list[int]] = {}
    for number, name in names.items():
        paragraphs.setdefault(name.lower(), []).append(number)
    asked = {
        name: sum(analysis.words(analysis.paragraphs[number]).rstrip(' ”"').endswith("?") for number in own) / len(own)
        for name, own in paragraphs.items()
        if len(own) > 1
    }
    asking = {name for name, share in asked.items() if share > _ASKS and not answer.search(name)}
    return set() if asking == set(asked) else {number for name in asking for number in paragraphs[name]}


def _answered(analysis: Analysis, paragraph: Span, answer: re.Pattern[str]) -> Span | None:
    """The label of the answer that stands in the paragraph of its question."""
    for found in _INNER.finditer(analysis.text, *paragraph):
        if answer.match(found.group("label")) is not None:
            return Span(*found.span("label"))
    return None


def _by_dashes(analysis: Analysis, dashes: set[int]) -> tuple[Turn, ...]:
    """The turns that a dash marks: who asks ends with a question mark."""
    if len(dashes) < _DASHES:
        return ()
    asking = {number for number in dashes if analysis.text[: analysis.paragraphs[number].end].rstrip().endswith("?")}
    if not asking or asking == dashes:
        return ()
    return tuple(
        Turn(paragraph, Span(paragraph.start, paragraph.start), number in asking, number not in asking, True)
        for number, paragraph in enumerate(analysis.paragraphs)
        if number >= min(dashes)
    )
