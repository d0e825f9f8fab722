"""The reader: the steps in their order, and the languages that each can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from multivector.knowledge import Knowledge, load
from multivector.reading._actors import find_actors
from multivector.reading._agreements import find_agreements
from multivector.reading._analysis import Analysis
from multivector.reading._assemble import to_record
from multivector.reading._confidence import Judge, shipped
from multivector.reading._dateline import dateline_day
from multivector.reading._events import find_events
from multivector.reading._figures import find_figures
from multivector.reading._occasion import scene_of
from multivector.reading._references import references_of
from multivector.reading._seen import sights_of
from multivector.reading._segment import paragraphs_of, quotes_of, sentences_of
from multivector.reading._statements import find_statements
from multivector.reading._tagged import tag
from multivector.reading._ties import find_ties
from multivector.reading._times import find_times
from multivector.reading.languages import language_of
from multivector.record import Document, Record, interval

RULES_VERSION = 7
"""Raised with every change that makes the reader find something else; the store reads again what is older."""


@dataclass(frozen=True, slots=True)
class Step:
    """One extractor: the slot of the `Analysis` that it fills, and the languages that it reads (None: all)."""

    slot: str
    find: Callable[[Analysis], Any]
    languages: frozenset[str] | None = None


_EN = frozenset({"en"})
_EN_RU = frozenset({"en", "ru"})

STEPS = (
    Step("actors", find_actors),
    Step("times", find_times, _EN_RU),
    Step("findings", tag, _EN),
    Step("statements", find_statements, _EN),
    Step("references", references_of, _EN),
    Step("figures", find_figures, _EN_RU),
    Step("agreements", find_agreements, _EN),
    Step("scene", scene_of, _EN),
    Step("sights", sights_of, _EN),
    Step("events", find_events, _EN),
    Step("ties", find_ties, _EN),
)
"""In order: each sees what those before it have found."""


class Reader:
    """Reads documents into records. The same document, knowledge and version give the same record, byte for byte."""

    def __init__(self, knowledge: Knowledge | None = None, judge: Judge | None = None) -> None:
        """`judge` takes the place of the shipped models of confidence."""
        self.knowledge = knowledge or load()
        self._judge = judge or shipped()

    @property
    def version(self) -> str:
        """The version of the rules and a digest of the knowledge, as `1+0123456789ab`."""
        return f"{RULES_VERSION}+{self.knowledge.version[:12]}"

    def read(self, document: Document) -> Record:
        """The record of one document."""
        return to_record(self.analyse(document), self.version)

    def analyse(self, document: Document, before: str | None = None) -> Analysis:
        """What all steps, or those before the one that fills the slot `before`, find in one document."""
        analysis = self._open(document)
        for step in STEPS:
            if step.slot == before:
                break
            if step.languages is None or analysis.language.tag in step.languages:
                analysis = replace(analysis, **{step.slot: step.find(analysis)})
        return analysis

    def read_all(self, documents: Iterable[Document]) -> Iterator[Record]:
        """The records of several documents, in their order."""
        return map(self.read, documents)

    def _open(self, document: Document) -> Analysis:
        text, language = document.text, language_of(document.language)
        paragraphs = paragraphs_of(text)
        sentences = sentences_of(text, paragraphs, language)
        published = _day(document.published)
        analysis = Analysis(
            document,
            language,
            self.knowledge,
            published,
            paragraphs,
            sentences,
            quotes_of(text, paragraphs),
            judge=self._judge,
        )
        return replace(analysis, published=dateline_day(analysis) or published)


def _day(published: str | None) -> dt.date | None:
    """The day that relative dates count from: the last one when only a month or year is known."""
    return interval(published)[1] if published else None
