"""An attribution before its speaker is known, and which of them touch the same words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from multivector.reading._places import Places
from multivector.record import Span, Spans


@dataclass(frozen=True, slots=True)
class Draft:
    """The spans of an attribution: who, by what words, and what; `source` and `cue` may be empty."""

    source: Spans
    cue: Spans
    content: Spans


class Contents:
    """The contents of drafts, or other stretches of the text, looked up by place."""

    def __init__(self, contents: Iterable[Spans]) -> None:
        self._places = Places[Spans]()
        for content in contents:
            for span in content:
                self._places.add(span, content)

    def touching(self, spans: Spans) -> list[Spans]:
        """The contents that share a character with `spans`."""
        near = (content for span in spans for _, content in self._places.near(span))
        return [content for content in dict.fromkeys(near) if shared(content, spans)]

    def alike(self, spans: Spans, least: float) -> bool:
        """Whether a content is much the same as `spans`: intersection over union of at least `least`."""
        for content in self.touching(spans):
            common = shared(content, spans)
            if common >= least * (length(content) + length(spans) - common):
                return True
        return False


def stripped(text: str, span: Span, ahead: str | None = None, behind: str | None = None) -> Span:
    """`span` without the characters of `ahead` at its beginning and of `behind` at its end.

    None stands for white space. Where nothing else stands in it, it is empty and lies at its end.
    """
    words = text[span.start : span.end].lstrip(ahead)
    start = span.end - len(words)
    return Span(start, start + len(words.rstrip(behind)))


def shared(first: Spans, second: Spans) -> int:
    """How many characters two lists of spans have in common."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in first for b in second)


def length(spans: Spans) -> int:
    """How many characters are under `spans`."""
    return sum(end - start for start, end in spans)
