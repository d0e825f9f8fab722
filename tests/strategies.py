"""Hypothesis strategies for records: any text, any items that keep the record's rules."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from multivector.record import (
    ITEM_TYPES,
    Document,
    Item,
    Record,
    Span,
    Speaker,
    Statement,
    document_id,
    with_id,
)

# Every character but surrogates, which no encoding of Unicode has.
texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=200)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
codes = st.one_of(
    st.from_regex(r"[A-Z]{3}", fullmatch=True),
    st.sampled_from(["IGO:SCO", "IGO:EAEU", "IGO:UN", "IGO:C5+1"]),
    st.builds("ORG:{}".format, st.from_regex(r"\w[\w ]{0,12}\w", fullmatch=True)),
)


@st.composite
def points(draw: st.DrawFn) -> str:
    """A day, month or year."""
    day = draw(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
    return day.isoformat()[: draw(st.sampled_from([4, 7, 10]))]


@st.composite
def periods(draw: st.DrawFn) -> str:
    """Two years, the earlier first, one of which may be open."""
    first, last = sorted(draw(st.tuples(st.integers(1900, 2100), st.integers(1900, 2100))))
    return draw(st.sampled_from([f"{first}/{last}", f"{first}/..", f"../{last}"]))


dates: st.SearchStrategy[str] = points() | periods()

_DATED = {"value", "said_on", "date", "period", "signed_on"}
_CODED = {"code", "members", "actors", "recipients", "parties", "from_", "to"}


def spans_in(text: str) -> st.SearchStrategy[tuple[Span, ...]]:
    """Some spans within `text`."""
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda ends: ends[0] != ends[1])
    return st.lists(ends.map(lambda ends: Span(*sorted(ends))), max_size=3).map(tuple)


def items_in(document: Document, cls: type[Item]) -> st.SearchStrategy[Item]:
    """Items of one kind in a document, with their ids."""
    fields = {
        name: _field(name, hint, document.text)
        for name, hint in get_type_hints(cls).items()
        if name in {field.name for field in dataclasses.fields(cls)}
    }
    fields |= {name: st.none() for name in ("said_by",) if name in fields}
    return st.builds(cls, **(fields | {"id": st.just("")})).map(lambda item: with_id(item, document.id))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document."""
    text = draw(texts)
    return Document(
        id=document_id(text),
        url=draw(st.none() | st.just("https://example.org/report")),
        publisher=draw(st.none() | words),
        title=draw(st.none() | words),
        published=draw(st.none() | points()),
        language=draw(st.sampled_from([None, "en", "ru", "uz-Cyrl"])),
        text=text,
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record: items with ids of their own, some of them said by one of its statements."""
    document = draw(documents())
    kinds: list[tuple[Item, ...]] = []
    speakers: list[str] = []
    for cls in ITEM_TYPES.values():
        found = draw(st.lists(items_in(document, cls), max_size=3, unique_by=lambda item: item.id))
        if cls is Statement:
            speakers = [item.id for item in found]
        elif speakers:
            said_by = st.sampled_from([None, *speakers])
            found = [dataclasses.replace(item, said_by=draw(said_by)) for item in found]  # type: ignore[call-arg]
        kinds.append(tuple(found))
    reader = draw(st.from_regex(r"[0-9]\+[0-9a-f]{8}", fullmatch=True))
    return Record(document, reader, *kinds)  # type: ignore[arg-type]


def _field(name: str, hint: Any, text: str) -> st.SearchStrategy[Any]:
    if get_origin(hint) in (types.UnionType, Union):
        (inner,) = (arg for arg in get_args(hint) if arg is not types.NoneType)
        return st.none() | _field(name, inner, text)
    if get_origin(hint) is tuple:
        (inner, _) = get_args(hint)
        return spans_in(text) if inner is Span else st.lists(_field(name, inner, text), max_size=3).map(tuple)
    if hint is Speaker:
        return st.builds(Speaker, *[st.none() | words] * 3, st.none() | codes)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if name == "confidence":
        return st.floats(0, 1)
    if hint is str:
        return dates if name in _DATED else codes if name in _CODED else words
    return {float: st.floats(allow_nan=False, allow_infinity=False), bool: st.booleans()}[hint]
