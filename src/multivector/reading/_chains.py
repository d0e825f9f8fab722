"""Who passes on what another one says: `A reports, citing B`, `A quoted B as saying`, `..., B said, A reports`."""

from __future__ import annotations

from collections.abc import Iterator

from multivector.reading._analysis import Analysis
from multivector.reading._cues import Cues
from multivector.reading._drafts import Draft, length, shared, stripped
from multivector.reading._sources import subject_before
from multivector.record import Span

_LONGEST_REPORTER = 40


def as_saying(analysis: Analysis, cues: Cues, masked: str) -> Iterator[Draft]:
    """`A quoted | B as saying that ...`, and what B says; `masked` is the text with quotations blanked."""
    for start, end in (sentence.span for sentence in analysis.sentences):
        for match in cues.pattern["as_saying"].finditer(masked, start, end):
            who, said = Span(*match.span("who")), Span(*match.span("said"))
            content = stripped(analysis.text, Span(said.end, end), " ,:", " ,;:.")
            if content.start == content.end:
                continue
            subject = subject_before(analysis, cues, masked, start, match.start("cue"))
            if subject is not None:
                yield Draft((subject,), (Span(*match.span("cue")),), (Span(who.start, content.end),))
            yield Draft((who,), (said,), (content,))


def cites(analysis: Analysis, cues: Cues, draft: Draft) -> bool:
    """Whether somebody is cited: `citing two officials`."""
    return analysis.words(draft.cue).lower() in cues.words["citations"]


def by_the_nearer(analysis: Analysis, draft: Draft, ruled: Draft | None) -> Draft:
    """The draft with the source of the one by rule for the same cue, if that touches the cue and its own does not.

    In `prices fell, the bank said, as Kabar reports` it is not Kabar that said.
    """
    if ruled is None or not draft.source or shared(ruled.source, draft.source):
        return draft
    near, far = (_gap(analysis, each.source[-1], draft.cue[0]) for each in (ruled, draft))
    alike = shared(ruled.content, draft.content) > 0
    return Draft(ruled.source, draft.cue, draft.content) if alike and not near and far else draft


def _gap(analysis: Analysis, source: Span, cue: Span) -> str:
    """What stands between a source and its cue, white space apart."""
    first, last = sorted((source, cue))
    return analysis.text[first.end : last.start].strip()


def holds(draft: Draft, known: list[Draft]) -> bool:
    """Whether a whole attribution is the content of another one: `Prices fell, the bank said, Kabar reports`."""
    (start, end), *more = draft.content
    if more or draft.cue[0].start < end or length(draft.source) > _LONGEST_REPORTER:
        return False
    inner = [each for each in known if each.cue and start <= each.content[0].start and each.content[-1].end <= end]
    return any(max(span.end for span in (*each.source, *each.cue)) == end for each in inner)
