"""Short ways to read a text of one's own and to see the words that were found."""

from __future__ import annotations

from functools import cache

from multivector import Reader
from multivector.record import Document, Record, Spans, document_id


@cache
def reader() -> Reader:
    """One reader for all tests of a process."""
    return Reader()


def read(text: str, published: str | None = "2026-03-20", language: str = "en", publisher: str | None = None) -> Record:
    """The record of `text`; published on a Friday."""
    return reader().read(Document(document_id(text), None, publisher, None, published, language, text))


def words(record: Record, spans: Spans) -> str:
    """The words under `spans`, gaps shown."""
    return " … ".join(record.document.text[start:end] for start, end in spans)


def said(record: Record) -> list[tuple[str, str, str]]:
    """Source, cue and content of each statement, in words."""
    return [(words(record, s.source), words(record, s.cue), words(record, s.content)) for s in record.statements]
