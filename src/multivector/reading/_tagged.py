"""Attributions by the trained tagger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from multivector.reading._analysis import Analysis, NameMention
from multivector.reading._cues import Cues
from multivector.reading._drafts import Draft, stripped
from multivector.record import Span, Spans

if TYPE_CHECKING:
    from multivector.reading._tagger.reader import Attribution, Findings, Tagger

_MARKS = " \"'“”‘’«».,;:!?…-—–"
_LONGEST_ADDRESSEE = 6
"""In words; what is longer is not only an addressee."""
LEAST_CHANCE = 0.15
"""How likely, to the tagger, the words of a draft by rule must be content."""
LANGUAGES = frozenset({"en"})
"""Languages that the shipped weights were trained on."""


def tag(analysis: Analysis) -> Findings | None:
    """What the tagger finds in the document; nothing where it does not know the language."""
    return _tagger().findings(analysis.text) if analysis.language.tag in LANGUAGES else None


def findings_of(analysis: Analysis) -> Findings | None:
    """What `tag` gives, from the step of its own where that has run."""
    return tag(analysis) if analysis.findings is None else analysis.findings


def named(findings: Findings | None) -> tuple[NameMention, ...]:
    """The persons, organisations, places and offices that the tagger found."""
    found = findings.mentions() if findings else ()
    return tuple(NameMention(Span(mention.start, mention.end), mention.kind) for mention in found)


def reread(analysis: Analysis, part: Span) -> Iterator[Attribution]:
    """What the tagger finds in a part of the document by itself."""
    if analysis.language.tag not in LANGUAGES:
        return
    for found in _tagger().read(analysis.text[part.start : part.end]):
        source, cue, content = (_moved(spans, part.start) for spans in (found.source, found.cue, found.content))
        yield replace(found, source=source, cue=cue, content=content)


def _moved(spans: Iterable[tuple[int, int]], by: int) -> tuple[tuple[int, int], ...]:
    return tuple((start + by, end + by) for start, end in spans)


def by_tagger(analysis: Analysis, cues: Cues, attributions: Iterable[Attribution]) -> Iterator[Draft]:
    """The attributions that the tagger found, by the conventions of the record."""
    for found in attributions:
        source, cue, content = (
            tuple(Span(*span) for span in spans) for spans in (found.source, found.cue, found.content)
        )
        source = tuple(_in_sentence(analysis, span, cue) for span in source)
        cue = tuple(_without_colon(analysis.text, span) for span in cue)
        content = _without_addressee(analysis, cues, cue, content)
        draft = Draft(source, cue, content)
        quoted = analysis.quoted(content[0].start)
        # Without a source or a cue, nothing in the text says that somebody said it: a caption, a heading.
        attributed = source or (cue and analysis.words(cue) != ":")
        if (quoted or attributed) and not left_out(analysis, cues, draft):
            yield draft


def left_out(analysis: Analysis, cues: Cues, draft: Draft) -> bool:
    """Whether an attribution is none by the conventions of the record: a paper is signed, or a journalist asks.

    Nor is it one if its content is a mere pronoun (`is against | it`). In `This was stated by X`, what X stated is the
    sentence before, which the rules find.
    """
    if _signs(analysis, cues, draft.cue, draft.content) or _asks(analysis, cues, draft.source, draft.cue):
        return True
    pointer = analysis.words(draft.content).strip(_MARKS).lower() in cues.words["pointers"]
    return pointer and not analysis.quoted(draft.content[0].start)


def likely(findings: Findings | None, draft: Draft) -> bool:
    """Whether the tagger, which passed the draft over, holds it for possible; it says yes where it was not asked."""
    if findings is None:
        return True
    chances = [findings.chance("content", *span) * (span.end - span.start) for span in draft.content]
    return sum(chances) >= LEAST_CHANCE * sum(span.end - span.start for span in draft.content)


def _signs(analysis: Analysis, cues: Cues, cue: Spans, content: Spans) -> bool:
    """Whether a paper is signed rather than something said: `have signed | a protocol`."""
    words = analysis.words(cue).lower().split()
    if not words or words[-1] not in cues.deeds or not _follows(analysis, cue, content[0]):
        return False
    return not analysis.quoted(content[0].start) and not cues.pattern["that_only"].match(analysis.text, *content[0])


def _follows(analysis: Analysis, cue: Spans, span: Span) -> bool:
    """Whether `span` stands right after the cue."""
    return cue[-1].end <= span.start and not analysis.text[cue[-1].end : span.start].strip()


def _asks(analysis: Analysis, cues: Cues, source: Spans, cue: Spans) -> bool:
    """Whether a journalist asks: `Asked about prices`, or a label (`QUESTION (Radio One):`)."""
    words = analysis.words(cue).lower()
    if not source:
        return words.partition(" ")[0] in cues.words["questions"]
    return words == ":" and analysis.words(source).lower().partition(" ")[0] in cues.words["question_labels"]


def _in_sentence(analysis: Analysis, source: Span, cue: Spans) -> Span:
    """A source that runs over the end of a sentence, as its part in the sentence of the cue or else in the last one."""
    first, last = analysis.sentence_at(source.start), analysis.sentence_at(source.end - 1)
    if first == last:
        return source
    wanted = analysis.sentence_at(cue[0].start) if cue else last
    sentence = analysis.sentences[wanted if first <= wanted <= last else last].span
    start, end = max(source.start, sentence.start), min(source.end, sentence.end)
    return stripped(analysis.text, Span(start, end))


def _without_colon(text: str, span: Span) -> Span:
    """`stressed:` as `stressed`; a cue that is a colon stays one."""
    words = text[span.start : span.end].rstrip(" :,")
    return Span(span.start, span.start + len(words)) if words else span


def _without_addressee(analysis: Analysis, cues: Cues, cue: Spans, content: Spans) -> Spans:
    """`urged | Oslo to wait` as `urged ... to wait`: the record leaves out whom it is said to.

    The addressee stands right after the cue; a content before its cue (`It is late, he told | us`) has none.
    """
    first = content[0]
    if not analysis.words(cue).lower().endswith(tuple(cues.addressed)) or not _follows(analysis, cue, first):
        return content
    found = [cues.pattern[name].match(analysis.text, *first) for name in ("that", "to")]
    starts = [match.start(1) for match in found if match is not None]
    if not starts or len(analysis.text[first.start : min(starts)].split()) > _LONGEST_ADDRESSEE:
        return content
    return (Span(min(starts), first.end), *content[1:])


def _tagger() -> Tagger:
    """The tagger with the shipped weights; imported when the first English document is read."""
    from multivector.reading._tagger.reader import shipped

    return shipped()
