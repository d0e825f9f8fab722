"""Attributions by labels: `Name: ...` in interviews and transcripts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from multivector.reading._analysis import Analysis
from multivector.reading._cues import Cues
from multivector.reading._drafts import Draft
from multivector.record import Span

_LABEL = re.compile(r"([A-ZÀ-Þ][\w’'.-]*(?:\s+[A-ZÀ-Þ][\w’'.-]*){0,3}):\s+(?=\S)")
_LONGEST_QUESTION = 200


def by_labels(analysis: Analysis, cues: Cues) -> Iterator[Draft]:
    """Answers in interviews and transcripts: paragraphs that begin with a name and a colon, more than once."""
    labels: list[tuple[int, re.Match[str]]] = []
    for number, paragraph in enumerate(analysis.paragraphs):
        match = _LABEL.match(analysis.text, paragraph.start, paragraph.end)
        if match is not None and match.group(1).lower() not in cues.words["question_labels"]:
            labels.append((number, match))
    counts = Counter(match.group(1) for _, match in labels)
    publisher = (analysis.document.publisher or "").lower()
    for number, match in labels:
        if counts[match.group(1)] < 2 or match.group(1).lower() == publisher:
            continue
        content = Span(match.end(), analysis.paragraphs[number].end)
        if (
            analysis.text[content.start : content.end].rstrip().endswith("?")
            and content.end - content.start < _LONGEST_QUESTION
        ):
            continue
        yield Draft((Span(*match.span(1)),), (Span(match.end(1), match.end(1) + 1),), (content,))


def labelled_paragraphs(analysis: Analysis) -> Iterator[Span]:
    """The paragraphs that begin with a label of whatever kind, questions too."""
    return (span for span in analysis.paragraphs if _LABEL.match(analysis.text, *span))
