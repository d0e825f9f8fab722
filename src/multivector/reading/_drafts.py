"""An attribution before its speaker is known: three sets of spans."""

from __future__ import annotations

from dataclasses import dataclass

from multivector.record import Spans


@dataclass(frozen=True, slots=True)
class Draft:
    """The spans of an attribution: who, by what words, and what; `source` and `cue` may be empty."""

    source: Spans
    cue: Spans
    content: Spans
