"""An attribution before its speaker is known, and which of them touch the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from multivector.record import Span, Spans

_STRETCH = 1024
"""Length, in characters, of the stretches of text by which contents are looked up."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The spans of an attribution: who, by what words, and what; `source` and `cue` may be empty."""

    source: Spans
    cue: Spans
    content: Spans


class Contents:
    """The contents of drafts, looked up by place."""

    def __init__(self, drafts: Iterable[Draft] = ()) -> None:
        self._near: dict[int, list[Spans]] = {}
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Count in the content of one more draft."""
        for stretch in _stretches(draft.content):
            self._near.setdefault(stretch, []).append(draft.content)

    def touching(self, spans: Spans) -> list[Spans]:
        """The contents that share a character with `spans`."""
        near = (content for stretch in _stretches(spans) for content in self._near.get(stretch, ()))
        return [content for content in dict.fromkeys(near) if shared(content, spans)]

    def alike(self, spans: Spans, least: float) -> bool:
        """Whether a content is much the same as `spans`: intersection over union of at least `least`."""
        for content in self.touching(spans):
            common = shared(content, spans)
            if common >= least * (length(content) + length(spans) - common):
                return True
        return False


def shared(first: Spans, second: Spans) -> int:
    """How many characters two lists of spans have in common."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in first for b in second)


def length(spans: Spans) -> int:
    """How many characters are under `spans`."""
    return sum(end - start for start, end in spans)


def _stretches(spans: Iterable[Span]) -> Iterator[int]:
    for start, end in spans:
        yield from range(start // _STRETCH, end // _STRETCH + 1)
