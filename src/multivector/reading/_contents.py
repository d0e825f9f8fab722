"""The contents of statements by place: which statements hold an offset, and who speaks there."""

from __future__ import annotations

from collections.abc import Iterable

from multivector.reading._places import Places
from multivector.record import Span, Statement, StatementMode


class Contents:
    """Looks up the contents of a document's statements without going through all of them."""

    def __init__(self, statements: Iterable[Statement], people: dict[str, str]) -> None:
        """`people` has the states of those whom a statement does not know better."""
        self._people = people
        self._places = Places[Statement]()
        for statement in statements:
            for span in statement.content:
                self._places.add(span, statement)

    def at(self, offset: int) -> tuple[Span, Statement] | None:
        """The narrowest content that holds `offset`, with its statement."""
        near = self._places.near(Span(offset, offset))
        held = [(span, statement) for span, statement in near if span.start <= offset < span.end]
        return min(held, key=lambda each: each[0].end - each[0].start) if held else None

    def words_at(self, offset: int) -> Statement | None:
        """The innermost statement that gives the very words at `offset`."""
        near = self._places.near(Span(offset, offset))
        held = [
            (span, statement)
            for span, statement in near
            if span.start <= offset < span.end and statement.mode is StatementMode.DIRECT
        ]
        return min(held, key=lambda each: each[0].end - each[0].start)[1] if held else None

    def span_at(self, offset: int) -> Span | None:
        """The narrowest content that holds `offset`."""
        found = self.at(offset)
        return found[0] if found else None

    def state_at(self, offset: int) -> str | None:
        """The state for which the speaker of the innermost statement at `offset` speaks."""
        found = self.at(offset)
        if found is None:
            return None
        speaker = found[1].speaker
        return speaker.state or self._people.get(speaker.person or "")
