"""Who speaks in the preamble of a joint paper: `The Parties, / Noting that ..., / Reaffirming ..., / have agreed`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from multivector.reading._analysis import Analysis
from multivector.reading._cues import Cues
from multivector.reading._drafts import Draft
from multivector.reading._sources import is_somebody
from multivector.record import Span

_PARTICIPLE = re.compile(r"(?:Having\s\w+|\w+ing|\w+ed)\b")
_GOES_ON = ",;"


def by_the_head(analysis: Analysis, cues: Cues, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """`drafts`, those of a preamble's participles with the words before the first of them as their source."""
    for draft in drafts:
        head = None if draft.source or not draft.cue else _head(analysis, cues, draft.cue[0])
        yield replace(draft, source=(head,)) if head else draft


def _head(analysis: Analysis, cues: Cues, cue: Span) -> Span | None:
    """The paragraph that names those who speak, if the cue opens a paragraph of a preamble."""
    number = bisect_left(analysis.paragraphs, cue.start, key=lambda each: each.start)
    opens = number < len(analysis.paragraphs) and analysis.paragraphs[number].start == cue.start
    if not opens or not _PARTICIPLE.match(analysis.text, *cue):
        return None
    for start, end in reversed(analysis.paragraphs[:number]):
        words = analysis.text[start:end].rstrip()
        if words[-1:] not in _GOES_ON:
            return None
        if not _PARTICIPLE.match(words):
            named = Span(start, start + len(words.rstrip(_GOES_ON)))
            return named if is_somebody(analysis, cues, named) else None
    return None
