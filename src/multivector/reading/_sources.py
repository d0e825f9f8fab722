"""The noun phrase that a reporting verb has for its subject."""

from __future__ import annotations

import re

from multivector.reading._analysis import Analysis
from multivector.reading._cues import Cues
from multivector.record import Span

_SEGMENT = re.compile(r",\s+|,$|[;:—–(]\s*|\s-\s")
_FIRST_WORD = re.compile(r"[\w’'-]+")
_NAME = re.compile(r"\b[A-ZÀ-ÞĀ-Ž][\w’'‘ʻ-]*(?:\s+(?:bin|al|de|van|von|ibn)?\s*[A-ZÀ-ÞĀ-Ž][\w’'‘ʻ-]*)+")
_NUMBERED = re.compile(r"(?:\d{1,3}[.)]|[-•*])\s+")
_LONGEST = 220


def subject_before(analysis: Analysis, cues: Cues, masked: str, start: int, end: int) -> Span | None:
    """The subject that ends at `end` (adverbs and auxiliaries already dropped), looking back to `start`.

    `masked` is the text with quotations blanked. None when what stands there is not somebody who can speak.
    """
    end = start + len(masked[start:end].rstrip())
    comma = end > start and masked[end - 1] == ","
    if comma:
        return _with_apposition(analysis, cues, masked, start, end)
    if (match := cues.pronoun.search(masked, start, end)) is not None and match.end() == end:
        return Span(match.start(), match.end())
    segments = _segments(masked, start, end)
    if not segments or masked[end - 1] in ":;":
        return None
    low, high = segments[-1]
    low = _after_boundary(cues, masked, low, high)
    low = _after_frame(cues, masked, low, high)
    span = _first_subject(cues, masked, _unnumbered(masked, Span(low, high)))
    if cues.pattern["ends_in_verb"].search(masked, *span):
        return None  # `the envoy rejected reports`: the reports are not his
    if cues.pattern["conjunction"].search(masked, *span):
        return None  # `the envoy needs to travel and tell more`: nobody stands before the verb
    if cues.pattern["finite"].search(masked, *span) and not cues.pattern["relative"].search(masked, *span):
        return None
    return span if can_speak(analysis, cues, span) else None


def subject_after(analysis: Analysis, cues: Cues, masked: str, start: int, end: int) -> Span | None:
    """The subject of an inverted clause (`said Foreign Minister X, who ...`), from `start` on."""
    low = start + len(masked[start:end]) - len(masked[start:end].lstrip())
    stop = cues.pattern["subject_end"].search(masked, low, end)
    high = stop.start() if stop else end
    span = Span(low, low + len(masked[low:high].rstrip()))
    if span.end <= span.start or cues.pattern["clause"].match(masked, *span) or not can_speak(analysis, cues, span):
        return None
    if stop and stop.group() == "," and (more := cues.pattern["apposition"].match(masked, span.end, end)) is not None:
        words = more.group(1)
        if cues.agents.search(words) and not cues.pattern["relative"].match(words):
            return Span(span.start, more.end() - 1)
    return span


def can_speak(analysis: Analysis, cues: Cues, span: Span) -> bool:
    """Whether a phrase names somebody: a person's name, an actor, a speaking office or body, a pronoun."""
    words = analysis.text[span.start : span.end]
    if not words or len(words) > _LONGEST:
        return False
    if cues.pronoun.fullmatch(words):
        return True
    head = cues.pattern["complement"].split(words, maxsplit=1)[0]
    if cues.agents.search(head) or _NAME.search(words):
        return True
    if len(words.split()) == 1 and words[0].isupper() and words.lower() not in cues.frames:
        return True
    return any(True for _ in analysis.actors_in(span))


def is_somebody(analysis: Analysis, cues: Cues, span: Span) -> bool:
    """Whether the head of a phrase, without what follows a preposition, names somebody who can speak."""
    head = cues.pattern["head_end"].split(analysis.text[span.start : span.end], maxsplit=1)[0]
    return can_speak(analysis, cues, Span(span.start, span.start + len(head)))


def _first_subject(cues: Cues, masked: str, span: Span) -> Span:
    """The subject of `X reviewed A and [noted] B`, where both verbs share it."""
    if not cues.pattern["conjunction"].search(masked, *span):
        return span
    verb = cues.pattern["past"].search(masked, *span)
    return Span(span.start, verb.start()) if verb else span


def _unnumbered(masked: str, span: Span) -> Span:
    """`span` without the number or bullet of a list item."""
    mark = _NUMBERED.match(masked, *span)
    return Span(mark.end(), span.end) if mark else span


def _with_apposition(analysis: Analysis, cues: Cues, masked: str, start: int, end: int) -> Span | None:
    """`X, the minister of Y, speaking in Z,` before a verb: from the first segment that names somebody."""
    segments = _segments(masked, start, end - 1)
    while segments and _opens_with_frame(cues, masked, segments[0]):
        segments.pop(0)
    while len(segments) > 1 and cues.pattern["participle"].match(masked, *segments[-1]):
        segments.pop()
    clauses = [
        index
        for index, segment in enumerate(segments)
        if cues.pattern["finite"].search(masked, *segment) and not cues.pattern["relative"].match(masked, *segment)
    ]
    if clauses:
        # A segment with a verb is what is said, not who says it: `Trade is growing, the minister, X, said`.
        segments = segments[clauses[-1] + 1 :]
    kept = [segment for segment in segments if can_speak(analysis, cues, Span(*segment))]
    if not kept:
        return None
    low = _after_boundary(cues, masked, *kept[0])
    high = segments[-1][1]
    if len(segments) > 1 and cues.pattern["participle"].match(masked, segments[-1][0]) is None and high < end:
        high = end
    if high - low > _LONGEST:
        low, high = kept[-1]
    return Span(low, high)


def _segments(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between commas and dashes, without white space around them."""
    cuts = [start]
    for match in _SEGMENT.finditer(masked, start, end):
        cuts += [match.start(), match.end()]
    cuts.append(end)
    found: list[tuple[int, int]] = []
    for low, high in zip(cuts[::2], cuts[1::2], strict=True):
        words = masked[low:high]
        if stripped := words.strip():
            first = low + len(words) - len(words.lstrip())
            found.append((first, first + len(stripped)))
    return found


def _opens_with_frame(cues: Cues, masked: str, segment: tuple[int, int]) -> bool:
    first = _FIRST_WORD.match(masked, *segment)
    return first is None or first.group().lower() in cues.frames


def _after_boundary(cues: Cues, masked: str, low: int, high: int) -> int:
    """Where the clause begins: after the last conjunction that opens one."""
    for match in cues.boundary.finditer(masked, low, high):
        low = match.end()
    return low


def _after_frame(cues: Cues, masked: str, low: int, high: int) -> int:
    """Past a prepositional opening without a comma (`In Astana the minister`) and past `and`."""
    while (opening := cues.pattern["opening_conjunction"].match(masked, low, high)) is not None:
        low = opening.end() + len(masked[opening.end() : high]) - len(masked[opening.end() : high].lstrip())
    if not _opens_with_frame(cues, masked, (low, high)):
        return low
    starts = [
        match.start()
        for match in cues.pattern["determiner"].finditer(masked, low, high)
        if not cues.pattern["preposed"].search(masked, low, match.start())
    ]
    starts += [
        m.start()
        for m in _NAME.finditer(masked, low, high)
        if not cues.pattern["preposed"].search(masked, low, m.start())
    ]
    return max(starts, default=low)


def ends_with_conjunction(cues: Cues, masked: str, start: int, end: int) -> bool:
    """Whether a verb follows `and` or `but` directly, and so shares the subject of the verb before it."""
    return cues.pattern["conjunction"].search(masked, start, end) is not None
