"""An item as rows of the store's tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, cast

import msgspec

from multivector.record import (
    Actor,
    Agreement,
    DateMention,
    Event,
    Figure,
    Item,
    Record,
    Span,
    Spans,
    Speaker,
    Statement,
    Tie,
)

SPAN_FIELDS = ("source", "cue", "content", "evidence", "mentions")
_GAP = " … "


def columns(item: Item, text: str) -> dict[str, str | float | None]:
    """The columns of an item's own table: its fields, with the words of `text` in place of spans."""
    row: dict[str, str | float | None] = {}
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if isinstance(value, Speaker):
            row |= cast("dict[str, str | None]", msgspec.to_builtins(value))
        elif field.name in SPAN_FIELDS:
            name = "words" if field.name in ("evidence", "mentions") else field.name
            row[name] = _GAP.join(dict.fromkeys(_pieces(value, text)))
        elif isinstance(value, tuple):
            row[field.name] = msgspec.json.encode(value).decode()
        else:
            row["from" if field.name == "from_" else field.name] = value
    return row


def words(item: Item, text: str) -> str:
    """The item's own words: the text under all its spans."""
    return _GAP.join(piece for _, spans in spans_by_role(item) for piece in dict.fromkeys(_pieces(spans, text)))


def spans_by_role(item: Item) -> Iterator[tuple[str, Spans]]:
    """Each field of the item that holds spans, with them."""
    for role in SPAN_FIELDS:
        if spans := cast("Spans | None", getattr(item, role, None)):
            yield role, spans


def type_of(item: Item) -> str | None:
    """What the filter `type` compares with."""
    match item:
        case Statement():
            return item.mode
        case Figure():
            return item.measure
        case DateMention():
            return None
        case _:
            return item.type


def own_date(item: Item) -> str | None:
    """The date or period that the item itself is of, or None."""
    match item:
        case Statement():
            return item.said_on
        case Event():
            return item.date
        case Figure():
            return item.period
        case Agreement():
            return item.signed_on or item.period
        case DateMention():
            return item.value
        case _:
            return None


def domains(item: Item) -> tuple[str, ...]:
    """The item's domains, each once."""
    return () if isinstance(item, Actor | DateMention) else tuple(dict.fromkeys(item.domains))


class Codes:
    """The actor codes that stand in items of one record."""

    def __init__(self, record: Record) -> None:
        self._mentions: list[tuple[Span, tuple[str, ...]]] = sorted(
            (span, (actor.code, *actor.members)) for actor in record.actors for span in actor.mentions
        )

    def of(self, item: Item) -> set[tuple[str, str]]:
        """Pairs of code and role."""
        match item:
            case Actor():
                return {(item.code, "actor"), *((code, "member") for code in item.members)}
            case Event():
                return {*((code, "actor") for code in item.actors), *((code, "recipient") for code in item.recipients)}
            case Figure() | Agreement():
                return {(code, "party") for code in item.parties}
            case Tie():
                return {(item.from_, "from"), (item.to, "to")}
            case Statement():
                speaker = {(item.speaker.state, "speaker")} if item.speaker.state else set[tuple[str, str]]()
                return speaker | {(code, "mentioned") for code in self._inside(item.content)}
            case DateMention():
                return set()

    def _inside(self, spans: Spans) -> set[str]:
        return {
            code
            for outer in spans
            for (start, end), codes in self._mentions
            if outer.start <= start and end <= outer.end
            for code in codes
        }


def _pieces(spans: Spans, text: str) -> Iterator[str]:
    for start, end in spans:
        yield text[start:end]


def encode_columns(row: dict[str, Any]) -> tuple[str, str]:
    """The names of a row's columns and its places for values, for an INSERT with named values."""
    return ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
