"""The last step: findings become items of the record, with ids, `said_by` and a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from multivector.reading._actors import actor_items
from multivector.reading._analysis import Analysis, contains
from multivector.record import (
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
    with_id,
)

_STRETCH = 1024
"""Length, in characters, of the stretches of text by which statements are looked up."""

_I = TypeVar("_I", bound=Item)
_Said = TypeVar("_Said", Statement, Event, Figure, Agreement, Tie)


def to_record(analysis: Analysis, reader: str) -> Record:
    """The record of a finished analysis. Equal findings become one item; each kind is in text order."""
    document = analysis.document.id
    statements = _finish(analysis.statements, document)
    holders = _Holders(statements)
    said = [_said(statement, holders) for statement in statements]
    return Record(
        analysis.document,
        reader,
        actors=_finish(actor_items(analysis), document),
        dates=_finish([DateMention("", mention.value, (mention.span,)) for mention in analysis.times], document),
        statements=tuple(said),
        events=_finish([_said(item, holders) for item in analysis.events], document),
        figures=_finish([_said(item, holders) for item in analysis.figures], document),
        agreements=_finish([_said(item, holders) for item in analysis.agreements], document),
        ties=_finish([_said(item, holders) for item in analysis.ties], document),
    )


def _finish(items: Iterable[_I], document: str) -> tuple[_I, ...]:
    """Items with their ids, those with the same id once, in text order."""
    by_id: dict[str, _I] = {}
    for item in items:
        item = with_id(item, document)
        by_id.setdefault(item.id, item)
    return tuple(sorted(by_id.values(), key=lambda item: (spans_of(item), item.id)))


class _Holders:
    """Finds the innermost statement around a place: statements by the stretches of text that they touch."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._near: dict[int, list[tuple[int, str, Span]]] = {}
        for statement in statements:
            length = sum(end - start for start, end in statement.content)
            for span in statement.content:
                for stretch in range(span.start // _STRETCH, span.end // _STRETCH + 1):
                    self._near.setdefault(stretch, []).append((length, statement.id, span))

    def around(self, place: Span, but: str) -> str | None:
        """The id of the shortest statement, other than `but`, whose content holds `place`."""
        near = self._near.get(place.start // _STRETCH, ())
        held = [(length, by) for length, by, span in near if by != but and contains(span, place)]
        return min(held)[1] if held else None


def _said(item: _Said, holders: _Holders) -> _Said:
    """`item` with the id of the innermost statement whose content holds its first evidence."""
    first = spans_of(item)[0]
    if isinstance(item, Statement):
        # A statement stands inside another one by its cue: its content may begin with a word of the outer one.
        first = (item.cue or item.source or item.content)[0]
    return replace(item, said_by=holders.around(first, item.id))
