"""A document's text cut at the borders of all items, so that any mark can lie over any other.

Spans of items overlap freely, which elements of a page cannot: the text becomes a row of pieces, each with the items
that it belongs to and the part that it plays in them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from multivector.record import (
    Actor,
    Agreement,
    DateMention,
    Event,
    Figure,
    Item,
    Record,
    Span,
    Statement,
    Tie,
    spans_of,
)

_PARTS: dict[type[Item], str] = {
    Actor: "actor",
    DateMention: "date",
    Event: "event",
    Figure: "figure",
    Agreement: "agreement",
    Tie: "tie",
}
_BREAK = re.compile(r"\n\s*\n|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under one set of marks.

    `classes` are the parts that it plays (`content`, `source`, `cue`, `figure`, ...), `depth` how many statements'
    contents it stands in, `items` the numbers of its items, `anchors` the ids of those that begin here.
    """

    text: str
    classes: tuple[str, ...]
    depth: int
    items: tuple[int, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The pieces of one paragraph; `start` is its offset in the text."""

    start: int
    pieces: tuple[Piece, ...]


def paragraphs(record: Record, items: tuple[Item, ...] | None = None, within: Span | None = None) -> list[Paragraph]:
    """The text of a record, or of the paragraphs that touch `within`, as marked pieces.

    `items` (all of the record unless given) are numbered as they stand; pieces name them by these numbers.
    """
    text = record.document.text
    items = record.items if items is None else items
    covers = sorted(_covers(items), key=lambda cover: cover.start)
    starts = [cover.start for cover in covers]
    longest = max((cover.end - cover.start for cover in covers), default=0)
    anchors: dict[int, list[str]] = {}
    for item in items:
        if spans := _all_spans(item):
            anchors.setdefault(min(spans).start, []).append(item.id)
    made: list[Paragraph] = []
    for start, end in _paragraph_bounds(text):
        if within is not None and (end <= within.start or start >= within.end):
            continue
        near = covers[bisect_left(starts, start - longest) : bisect_right(starts, end)]
        near = [cover for cover in near if cover.end > start and cover.start < end]
        made.append(Paragraph(start, tuple(_pieces(text, start, end, near, anchors))))
    return made


@dataclass(frozen=True, slots=True)
class _Cover:
    start: int
    end: int
    part: str
    number: int


def _pieces(text: str, start: int, end: int, covers: list[_Cover], anchors: dict[int, list[str]]) -> Iterator[Piece]:
    borders = sorted(
        {start, end}
        | {min(max(place, start), end) for cover in covers for place in (cover.start, cover.end)}
        | {place for place in anchors if start <= place < end}
    )
    for first, last in pairwise(borders):
        over = [cover for cover in covers if cover.start <= first and cover.end >= last]
        parts = tuple(dict.fromkeys(cover.part for cover in over))
        depth = sum(cover.part == "content" for cover in over)
        numbers = tuple(dict.fromkeys(cover.number for cover in over))
        yield Piece(text[first:last], parts, min(depth, 3), numbers, tuple(anchors.get(first, ())))


def _covers(items: tuple[Item, ...]) -> Iterator[_Cover]:
    for number, item in enumerate(items):
        if isinstance(item, Statement):
            for part, spans in (("content", item.content), ("source", item.source), ("cue", item.cue)):
                yield from (_Cover(start, end, part, number) for start, end in spans)
        else:
            yield from (_Cover(start, end, _PARTS[type(item)], number) for start, end in spans_of(item))


def _all_spans(item: Item) -> tuple[Span, ...]:
    if isinstance(item, Statement):
        return item.source + item.cue + item.content
    return spans_of(item)


def first_place(item: Item) -> int:
    """Where the item's words begin."""
    return min((span.start for span in _all_spans(item)), default=0)


def reach(item: Item) -> Span:
    """From the first to the last of the item's words."""
    spans = _all_spans(item)
    return Span(min((span.start for span in spans), default=0), max((span.end for span in spans), default=0))


def _paragraph_bounds(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _BREAK.finditer(text):
        if text[at : match.start()].strip():
            yield at, match.start()
        at = match.end()
    if text[at:].strip():
        yield at, len(text)
