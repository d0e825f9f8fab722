"""Things filed by the stretches of text that they touch, so that looking one up does not go through all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from multivector.record import Span

_T = TypeVar("_T")
_STRETCH = 1024
"""Length of a stretch, in characters."""


class Places(Generic[_T]):
    """Pairs of a span and what stands there."""

    def __init__(self) -> None:
        self._filed: dict[int, list[tuple[Span, _T]]] = {}

    def add(self, span: Span, thing: _T) -> None:
        """File `thing` under `span`."""
        for stretch in range(span.start // _STRETCH, span.end // _STRETCH + 1):
            self._filed.setdefault(stretch, []).append((span, thing))

    def near(self, span: Span) -> Iterator[tuple[Span, _T]]:
        """All that shares a stretch with `span`, once for each stretch shared; the caller tells what really touches."""
        for stretch in range(span.start // _STRETCH, span.end // _STRETCH + 1):
            yield from self._filed.get(stretch, ())
