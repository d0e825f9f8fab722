"""Attributions: who is said to say what, by labels and by rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from multivector.reading._analysis import Analysis, contains
from multivector.reading._cues import Cues, cues_of
from multivector.reading._domains import domains_of
from multivector.reading._drafts import Draft
from multivector.reading._labels import by_labels
from multivector.reading._rules import by_rules
from multivector.reading._speakers import resolve_speakers
from multivector.record import Spans, Speaker, Statement, StatementMode


def find_statements(analysis: Analysis) -> tuple[Statement, ...]:
    """The statements of the document, speakers resolved; none for a language without a table of cues."""
    cues = cues_of(analysis.language)
    if cues is None:
        return ()
    labelled = list(by_labels(analysis, cues))
    drafts = [*labelled, *_beside(analysis, cues, labelled, by_rules(analysis, cues))]
    statements = [_statement(analysis, cues, draft) for draft in _distinct(drafts)]
    return resolve_speakers(analysis, cues, statements)


def _beside(analysis: Analysis, cues: Cues, labelled: list[Draft], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """`drafts` without `I hope` and `we think` in somebody's own words, which are no statements beside his."""
    contents = [draft.content[0] for draft in labelled]
    for draft in drafts:
        own = analysis.words(draft.source).lower() in cues.words["first_person"]
        if not (own and any(contains(content, draft.cue[0]) for content in contents)):
            yield draft


def _statement(analysis: Analysis, cues: Cues, draft: Draft) -> Statement:
    mode = _mode(analysis, cues, draft)
    domains = domains_of(analysis, draft.content)
    return Statement("", draft.source, draft.cue, draft.content, mode, Speaker(), None, None, domains)


def _mode(analysis: Analysis, cues: Cues, draft: Draft) -> StatementMode:
    """How much of the content is quoted; a leading `that` or `to` is not counted, a labelled answer is direct."""
    if analysis.words(draft.cue) == ":":
        return StatementMode.DIRECT
    letters = quoted = 0
    for index, (start, end) in enumerate(draft.content):
        lead = cues.pattern["lead"].match(analysis.text, start, end) if index == 0 else None
        for offset in range(lead.end() if lead else start, end):
            if analysis.text[offset].isalnum():
                letters += 1
                quoted += analysis.quoted(offset)
    if quoted == 0:
        return StatementMode.INDIRECT
    return StatementMode.DIRECT if quoted == letters else StatementMode.MIXED


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """Each content once for each source, the first cue kept; in text order."""
    seen: dict[tuple[Spans, Spans], Draft] = {}
    for draft in drafts:
        seen.setdefault((draft.source, draft.content), draft)
    return sorted(seen.values(), key=lambda draft: (draft.content, draft.cue))
