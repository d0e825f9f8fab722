"""The last step: findings become items of the record, with ids, `said_by` and a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from multivector.reading._actors import actor_items
from multivector.reading._analysis import Analysis, TimeMention, contains
from multivector.reading._drafts import length
from multivector.reading._grounds import of_date
from multivector.reading._places import Places
from multivector.record import (
    Agreement,
    DateMention,
    Event,
    Figure,
    Item,
    Kind,
    Record,
    Span,
    Statement,
    Tie,
    spans_of,
    with_id,
)

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
        dates=_finish([_date(analysis, mention) for mention in analysis.times], document),
        statements=tuple(said),
        events=_finish([_said(item, holders) for item in analysis.events], document),
        figures=_finish([_said(item, holders) for item in analysis.figures], document),
        agreements=_finish([_said(item, holders) for item in analysis.agreements], document),
        ties=_finish([_said(item, holders) for item in analysis.ties], document),
    )


def _date(analysis: Analysis, mention: TimeMention) -> DateMention:
    sure = analysis.judge(Kind.DATE, of_date(analysis, mention))
    return DateMention("", mention.value, (mention.span,), sure)


def _finish(items: Iterable[_I], document: str) -> tuple[_I, ...]:
    """Items with their ids, those with the same id once, in text order."""
    by_id: dict[str, _I] = {}
    for item in items:
        item = with_id(item, document)
        by_id.setdefault(item.id, item)
    return tuple(sorted(by_id.values(), key=lambda item: (spans_of(item), item.id)))


class _Holders:
    """Finds the innermost statement around a place."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._places = Places[tuple[int, str]]()
        for statement in statements:
            for span in statement.content:
                self._places.add(span, (length(statement.content), statement.id))

    def around(self, place: Span, but: str) -> str | None:
        """The id of the shortest statement, other than `but`, whose content holds `place`."""
        near = self._places.near(place)
        held = [(size, by) for span, (size, by) in near if by != but and contains(span, place)]
        return min(held)[1] if held else None


def _said(item: _Said, holders: _Holders) -> _Said:
    """`item` with the id of the innermost statement whose content holds its first evidence."""
    first = spans_of(item)[0]
    if isinstance(item, Statement):
        # A statement stands inside another one by its cue: its content may begin with a word of the outer one.
        first = (item.cue or item.source or item.content)[0]
    return replace(item, said_by=holders.around(first, item.id))
