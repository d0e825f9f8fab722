"""Whose quotations are that the tagger could not give to anybody, by what stands around them.

The tagger reads a long text in windows, so it sees some quotations in part and some without the words that introduce
them. A quotation belongs to one speaker from mark to mark; one that is not closed goes on where the next paragraph
opens with a mark; and its speaker may stand before a colon or behind a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from multivector.reading._analysis import Analysis
from multivector.reading._cues import Cues
from multivector.reading._drafts import Draft, shared
from multivector.reading._places import Places
from multivector.reading._sources import is_somebody, subject_before
from multivector.record import Span, Spans

_CLOSING = "”\"»’'"
_CAPITAL = "A-ZÀ-ÞĀ-Ž"
_SIGNED = re.compile(
    rf"\s*(?P<dash>[―—–]|--)\s*"
    rf"(?P<name>[{_CAPITAL}][\w.’'-]*(?:\s[{_CAPITAL}][\w.’'-]*){{0,4}}(?:,[^\n]{{1,80}})?)\.?[ \t]*$",
    re.MULTILINE,
)
"""A dash and a name, to the end of the line."""
_LONGEST_LEAD = 100
_GAP, _FARTHEST = 3, 20
"""The most characters between two parts of a content that are one, and between a colon and the quotation after it."""


def completed(analysis: Analysis, cues: Cues, drafts: Iterable[Draft], masked: str) -> Iterator[Draft]:
    """`drafts` with the whole quotations that they begin; those without source and cue joined to others or given one.

    `masked` is the text with quotations blanked.
    """
    held: list[Draft | None] = list(drafts)
    places = Places[int]()
    for number, draft in enumerate(held):
        for span in draft.content if draft else ():
            places.add(span, number)
    owner_of: dict[Span, int] = {}
    for quote in analysis.quotes:
        near = dict.fromkeys(number for span, number in places.near(quote) if shared((span,), (quote,)))
        touching = {number: draft for number in near if (draft := held[number]) is not None}
        lone = {number: draft for number, draft in touching.items() if not draft.source and not draft.cue}
        owners = [number for number, draft in touching.items() if _outside(draft, quote)]
        before = _goes_on(analysis, quote) if lone and not owners else None
        if before is not None and before in owner_of:
            owners = [owner_of[before]]
        if len(owners) == 1:
            owner_of[quote] = owners[0]
        owner = held[owners[0]] if len(owners) == 1 else None
        parts = [span for draft in lone.values() for span in draft.content]
        if owner is not None and (lone or _begins(owner, quote)):
            others = touching.keys() - lone.keys() - set(owners)
            if _closed(analysis, quote) and not others:
                parts.append(quote)
            held[owners[0]] = replace(owner, content=_joined(analysis, (*owner.content, *parts)))
        elif lone and not owners and (found := _beside(analysis, cues, masked, quote)) is not None:
            held.append(Draft((found[0],), (found[1],), _joined(analysis, (*parts, quote))))
            owner_of[quote] = len(held) - 1
        else:
            continue
        for number in lone:
            held[number] = None
    yield from (draft for draft in held if draft is not None)


def _beside(analysis: Analysis, cues: Cues, masked: str, quote: Span) -> tuple[Span, Span] | None:
    """Source and cue of a quotation that stand before a colon or behind a dash."""
    return _introduced(analysis, cues, masked, quote) or _signed(analysis, quote)


def _outside(draft: Draft, quote: Span) -> bool:
    """Whether the draft says of somebody outside the quotation that its words are theirs."""
    named = (*draft.source, *draft.cue)
    return bool(draft.source and shared(draft.content, (quote,))) and not shared(named, (quote,))


def _begins(draft: Draft, quote: Span) -> bool:
    """Whether a part of the content begins with the quotation and ends within it."""
    return any(part.start == quote.start and part.end < quote.end for part in draft.content)


def _closed(analysis: Analysis, quote: Span) -> bool:
    return quote.end - quote.start > 1 and analysis.text[quote.end - 1] in _CLOSING


def _goes_on(analysis: Analysis, quote: Span) -> Span | None:
    """The quotation of the paragraph before that is not closed, if this one opens its paragraph."""
    before = analysis.quote_before(quote.start)
    if before is None or _closed(analysis, before):
        return None
    between = analysis.text[before.end : quote.start]
    return before if "\n" in between and not between.strip() else None


def _joined(analysis: Analysis, parts: Spans) -> Spans:
    """The parts in text order, those that touch or are but white space apart as one."""
    first, *others = sorted(parts)
    result = [first]
    for part in others:
        last = result[-1]
        if part.start <= last.end + _GAP and not analysis.text[last.end : part.start].strip():
            result[-1] = Span(last.start, max(last.end, part.end))
        else:
            result.append(part)
    return tuple(result)


def _introduced(analysis: Analysis, cues: Cues, masked: str, quote: Span) -> tuple[Span, Span] | None:
    """Subject and verb of the words before a colon that stands before the quotation: `She went on: “...”`."""
    low = max(0, quote.start - _FARTHEST)
    end = low + len(analysis.text[low : quote.start].rstrip())
    if end == low or analysis.text[end - 1] != ":":
        return None
    start = analysis.sentences[analysis.sentence_at(end - 1)].span.start
    for match in reversed(list(cues.verb.finditer(masked, analysis.starts, start, end))):
        subject = subject_before(analysis, cues, masked, start, match.start())
        if subject is not None:
            return subject, Span(*match.span())
    words = masked[start:end]
    comma = words.find(", ")
    if 0 < comma < len(words) <= _LONGEST_LEAD and is_somebody(analysis, cues, Span(start, start + comma)):
        return Span(start, start + comma), Span(start + comma + 2, end - 1)  # `The envoy, in a post on X: “...”`
    return None


def _signed(analysis: Analysis, quote: Span) -> tuple[Span, Span] | None:
    """Name and dash that stand behind the quotation."""
    match = _SIGNED.match(analysis.text, quote.end)
    return (Span(*match.span("name")), Span(*match.span("dash"))) if match else None
