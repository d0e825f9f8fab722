"""Analyses for the tests of single steps of reading: a text, with actors, times and the statements given."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from multivector.knowledge import load
from multivector.reading._actors import find_actors
from multivector.reading._analysis import Analysis
from multivector.reading._cues import Cues, cues_of
from multivector.reading._drafts import Draft
from multivector.reading._segment import paragraphs_of, quotes_of, sentences_of
from multivector.reading._times import find_times
from multivector.reading.languages import language_of
from multivector.record import Document, Domain, Span, Speaker, Statement, StatementMode, document_id

PUBLISHED = "2026-05-20"


def analysis_of(
    text: str,
    *,
    said: Iterable[tuple[str, str]] = (),
    language: str = "en",
    title: str | None = None,
    publisher: str | None = None,
) -> Analysis:
    """The analysis of a text as the steps after `statements` see it; `said` are (content, state of the speaker)."""
    tag = language_of(language)
    paragraphs = paragraphs_of(text)
    document = Document(document_id(text), None, publisher, title, PUBLISHED, language, text)
    analysis = Analysis(
        document,
        tag,
        load(),
        dt.date.fromisoformat(PUBLISHED),
        paragraphs,
        sentences_of(text, paragraphs, tag),
        quotes_of(text, paragraphs),
    )
    analysis = replace(analysis, actors=find_actors(analysis))
    analysis = replace(analysis, times=find_times(analysis))
    return replace(analysis, statements=tuple(_statement(text, words, state) for words, state in said))


def cues_in(analysis: Analysis) -> Cues:
    """The cues of the analysis's language, which has some."""
    cues = cues_of(analysis.language)
    assert cues is not None
    return cues


def in_words(analysis: Analysis, drafts: Iterable[Draft]) -> list[tuple[str, str, str]]:
    """Source, cue and content of each draft, in words."""
    return [(analysis.words(each.source), analysis.words(each.cue), analysis.words(each.content)) for each in drafts]


def _statement(text: str, words: str, state: str) -> Statement:
    start = text.index(words)
    content = (Span(start, start + len(words)),)
    return Statement("", (), (), content, StatementMode.INDIRECT, Speaker(state=state), None, None, (Domain.POLITICS,))
