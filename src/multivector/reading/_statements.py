"""Attributions: who is said to say what, by labels, by the trained tagger and by rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from multivector.reading._analysis import Analysis
from multivector.reading._chains import as_saying, by_the_nearer, cites, holds
from multivector.reading._cues import Cues, cues_of
from multivector.reading._domains import domains_of
from multivector.reading._drafts import Contents, Draft, length, shared, stripped
from multivector.reading._grounds import contents_of, of_statement
from multivector.reading._labels import body_of, by_labels, labelled_turns
from multivector.reading._preambles import by_the_head
from multivector.reading._quotations import completed
from multivector.reading._rules import blank, by_rules
from multivector.reading._speakers import resolve_speakers
from multivector.reading._tagged import by_tagger, findings_of, likely, named, reread
from multivector.reading._turns import Turn
from multivector.record import Kind, Span, Spans, Speaker, Statement, StatementMode

if TYPE_CHECKING:
    from multivector.reading._tagger.reader import Findings

_PART_OF_SPEECH = 0.8
"""A statement inside labelled speech is at most this share of its turn; a longer one is the speech itself."""
_ENDS, _CLOSING = ".!?…:;,", " ”\"'’»)"
_ASIDE = " \n,;—–"
_LONGEST_HEADLINE = 200
_MUCH_THE_SAME, _SAME = 0.5, 0.9
"""Intersection over union from which two contents are one: of one sentence, and of a sentence that is pointed at."""


def find_statements(analysis: Analysis) -> tuple[Statement, ...]:
    """The statements of the document, speakers resolved; none for a language without a table of cues.

    Labels of interviews come first, then what the tagger finds, then what the rules find beside both: statements
    inside the content of another one, which the tagger does not look for, and sentences where it found nothing.
    """
    cues = cues_of(analysis.language)
    if cues is None:
        return ()
    turns, findings = labelled_turns(analysis, cues), findings_of(analysis)
    masked, body = blank(analysis.text, analysis.quotes), _body(analysis, cues)
    labelled = list(by_labels(analysis, turns))
    passed_on = {draft.cue: draft for draft in as_saying(analysis, cues, masked)}
    ruled = {draft.cue: draft for draft in by_rules(analysis, cues, masked)} | passed_on
    tagged = [
        by_the_nearer(analysis, draft, ruled.get(draft.cue))
        for draft in _by_network(analysis, cues, turns, findings, masked)
        # `citing two officials`: what these say is what stands before.
        if draft.cue not in passed_on and not (draft.cue in ruled and cites(analysis, cues, draft))
    ]
    drafts = [*labelled, *(draft for draft in tagged if body.touching(draft.content))]
    beside = _beside_labels(analysis, cues, turns, (d for d in ruled.values() if body.touching(d.content)))
    drafts += list(_beside(analysis, cues, drafts, findings, beside))
    sources = tuple(span for draft in drafts for span in draft.source)
    statements = [_statement(analysis, cues, draft, sources) for draft in _distinct(drafts)]
    by = {**dict.fromkeys(drafts, "rule"), **dict.fromkeys(tagged, "tagger"), **dict.fromkeys(labelled, "label")}
    return _judged(analysis, findings, resolve_speakers(replace(analysis, names=named(findings)), cues, statements), by)


def _by_network(
    analysis: Analysis, cues: Cues, turns: tuple[Turn, ...], findings: Findings | None, masked: str
) -> Iterator[Draft]:
    """What the tagger found, completed; the turns of an interview it reads once more, each by itself."""
    narrated = _outside(turns, by_tagger(analysis, cues, findings.attributions if findings else ()))
    yield from by_the_head(analysis, cues, completed(analysis, cues, narrated, masked))
    read = (each for turn in turns for each in reread(analysis, body_of(analysis, turn)))
    yield from _beside_labels(analysis, cues, turns, by_tagger(analysis, cues, read))


def _judged(
    analysis: Analysis, findings: Findings | None, statements: tuple[Statement, ...], by: dict[Draft, str]
) -> tuple[Statement, ...]:
    """The statements with their confidence; `by` tells what found each."""
    contents = contents_of(statements)
    result: list[Statement] = []
    for each in statements:
        found = by[Draft(each.source, each.cue, each.content)]
        grounds = of_statement(analysis, each, findings, contents, found)
        result.append(replace(each, confidence=analysis.judge(Kind.STATEMENT, grounds)))
    return tuple(result)


def _body(analysis: Analysis, cues: Cues) -> Contents:
    """The paragraphs that tell: without headlines, which tell what the text tells again, notes of editors, and endings.

    Headlines are the paragraphs at the head of a text that are no sentences, if any other one is.
    """
    paragraphs, first = analysis.paragraphs, 0
    for number, (start, end) in enumerate(paragraphs):
        if analysis.text[start:end].rstrip(_CLOSING)[-1:] in _ENDS or end - start > _LONGEST_HEADLINE:
            first = number
            break
    note, ending = cues.pattern["note"], cues.pattern["ending"]
    half = (len(paragraphs) + 1) // 2
    last = next(
        (n for n in range(half, len(paragraphs)) if ending.match(analysis.words(paragraphs[n]))), len(paragraphs)
    )
    return Contents((each,) for each in paragraphs[first:last] if not note.match(analysis.text, *each))


def _outside(turns: tuple[Turn, ...], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """`drafts` that stand in no turn: in a labelled one the tagger finds hardly more than its label."""
    spoken = Contents((turn.span,) for turn in turns)
    return (draft for draft in drafts if not spoken.touching(draft.content))


def _beside_labels(analysis: Analysis, cues: Cues, turns: tuple[Turn, ...], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """`drafts` that are statements beside labelled speech: told of somebody else within one turn.

    `I hope` and `we think` in somebody's own words are no statements beside his, nor is the speech itself once more.
    """
    spoken = Contents((turn.span,) for turn in turns)
    labels = Contents((turn.label,) for turn in turns)
    for draft in drafts:
        if labels.touching(draft.content):
            continue
        touched = spoken.touching(draft.content)
        source = analysis.words(draft.source).lower()
        if not touched or (
            len(touched) == 1
            and shared(touched[0], draft.content) == length(draft.content)
            and length(draft.content) <= _PART_OF_SPEECH * length(touched[0])
            and source
            and source not in cues.words["first_person"] | cues.words["personal"]
            and analysis.words(draft.cue) != ":"
        ):
            yield draft


def _beside(
    analysis: Analysis, cues: Cues, known: list[Draft], findings: Findings | None, drafts: Iterable[Draft]
) -> Iterator[Draft]:
    """`drafts` by rules that add to the `known` ones.

    Inside one by a named source; a whole sentence that is pointed at; or where there is none and the tagger doubts.
    """
    contents, cues_there = Contents(each.content for each in known), Contents(each.cue for each in known)
    pronouns = cues.words["first_person"] | cues.words["personal"] | cues.words["impersonal"] | cues.words["plural"]
    for draft in drafts:
        # `This was stated by X`: the sentence before, with whatever was found inside it.
        pointed_at = analysis.sentence_at(draft.content[-1].end) < analysis.sentence_at(draft.cue[0].start)
        holding = (each for each in contents.touching(draft.cue) if shared(each, draft.cue) == length(draft.cue))
        inside = min(holding, key=length, default=None)
        if inside is not None:
            if analysis.words(draft.source).lower() in pronouns:
                continue
            # `A is considering B, its spokesman said`: what A considers ends where what he said ends.
            if any(not shared(cue, inside) for cue in cues_there.touching(draft.content)):
                draft = replace(draft, content=_within(analysis.text, draft.content, inside))
        if not draft.content:
            continue
        much = contents.alike(draft.content, _SAME if pointed_at else _MUCH_THE_SAME)
        chained = much and (cites(analysis, cues, draft) or holds(draft, known))
        if much and not chained:
            continue
        touched = contents.touching(draft.content)
        around = pointed_at and all(shared(content, draft.content) == length(content) for content in touched)
        said = cues.formula.search(analysis.words(draft.cue)) is not None or likely(findings, draft)
        if inside is not None or around or chained or (not touched and said):
            yield draft


def _within(text: str, content: Spans, outer: Spans) -> Spans:
    """The parts of a content that lie in another one, without white space and commas at their ends."""
    common = (Span(max(a.start, b.start), min(a.end, b.end)) for a in content for b in outer)
    kept = (stripped(text, span, _ASIDE, _ASIDE) for span in common if span.start < span.end)
    return tuple(span for span in kept if span.start < span.end)


def _statement(analysis: Analysis, cues: Cues, draft: Draft, sources: Spans) -> Statement:
    mode = _mode(analysis, cues, draft)
    domains = domains_of(analysis, draft.content, sources=sources)
    return Statement("", draft.source, draft.cue, draft.content, mode, Speaker(), None, None, domains)


def _mode(analysis: Analysis, cues: Cues, draft: Draft) -> StatementMode:
    """How much of the content is quoted; a leading `that` or `to` is not counted, a labelled answer is direct."""
    if analysis.words(draft.cue) == ":":
        return StatementMode.DIRECT
    letters = quoted = 0
    for index, (start, end) in enumerate(draft.content):
        lead = cues.pattern["lead"].match(analysis.text, start, end) if index == 0 else None
        inside = Span(lead.end() if lead else start, end)
        letters += _letters(analysis.text, inside)
        quoted += sum(_letters(analysis.text, part) for part in analysis.quoted_in(inside))
    if quoted == 0:
        return StatementMode.INDIRECT
    return StatementMode.DIRECT if quoted == letters else StatementMode.MIXED


def _letters(text: str, span: Span) -> int:
    """How many letters and digits are under `span`."""
    return sum(map(str.isalnum, text[span.start : span.end]))


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """Each content once for each source, the first cue kept; in text order."""
    seen: dict[tuple[Spans, Spans], Draft] = {}
    for draft in drafts:
        seen.setdefault((draft.source, draft.content), draft)
    return sorted(seen.values(), key=lambda draft: (draft.content, draft.cue))
