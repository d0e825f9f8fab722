"""Attributions by rules: reporting verbs and source phrases.

A sentence is read with its quotations blanked, so that a verb inside a quotation attributes nothing; every
reporting verb with a subject that can speak gives one draft, whose content is the quotation or clause that it
governs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from multivector.reading._analysis import Analysis, Sentence
from multivector.reading._cues import Cues
from multivector.reading._drafts import Draft
from multivector.reading._sources import ends_with_conjunction, is_somebody, subject_after, subject_before
from multivector.record import Span, Spans

_WORD = re.compile(r"\w")
_DASH = re.compile(r"\s*[-–—]")
_FILLING = re.compile(r"\w+")
_LONGEST_INTERRUPTION = 160
_UP_TO_COLON = re.compile(r"\s[^.;:]{1,90}:\s*")


def by_rules(analysis: Analysis, cues: Cues, masked: str) -> Iterator[Draft]:
    """The attributions of each sentence, in order; `masked` is the text with quotations blanked."""
    for number, sentence in enumerate(analysis.sentences):
        yield from _in_sentence(analysis, cues, masked, number, sentence)


def blank(text: str, quotes: Spans) -> str:
    """The text with each quotation's inside overwritten, length and marks kept."""
    parts: list[str] = []
    position = 0
    for start, end in quotes:
        parts += [
            text[position : start + 1],
            "_" * max(0, end - start - 2),
            text[end - 1 : end] if end - start > 1 else "",
        ]
        position = end
    return "".join(parts) + text[position:]


def _in_sentence(analysis: Analysis, cues: Cues, masked: str, number: int, sentence: Sentence) -> Iterator[Draft]:
    start, end = sentence.span
    if (match := cues.pattern["stated_by"].match(masked, start, end)) is not None and number > 0:
        subject = subject_after(analysis, cues, masked, match.end(), end)
        before = analysis.sentences[number - 1]
        if subject is not None and before.span.end <= start:
            yield Draft((subject,), (Span(start, match.end() - 1),), (_trim(analysis.text, before.span),))
            return
    drafts: list[Draft] = []
    for match in cues.verb.finditer(masked, analysis.starts, start, end):
        draft = _by_verb(analysis, cues, masked, sentence, match, drafts[-1].source[0] if drafts else None)
        if draft is not None:
            if drafts and drafts[-1].source == draft.source:
                drafts[-1] = _cut_before(cues, analysis.text, drafts[-1], draft.cue[0].start)
            drafts.append(draft)
    found = [draft for draft in drafts if draft.content]
    yield from (_passed_on(analysis, cues, draft, found) for draft in _by_phrase(analysis, cues, masked, sentence))
    yield from found


def _passed_on(analysis: Analysis, cues: Cues, draft: Draft, found: list[Draft]) -> Draft:
    """In `A reports, citing B` what B says is what A reports."""
    if analysis.words(draft.cue).lower() in cues.words["citations"]:
        for each in found:
            between = analysis.text[max(each.source[-1].end, each.cue[-1].end) : draft.cue[0].start]
            if between and not between.strip(" ,"):
                return Draft(draft.source, draft.cue, each.content)
    return draft


def _cut_before(cues: Cues, text: str, draft: Draft, cue: int) -> Draft:
    """`draft` without what belongs to a further verb of the same subject: `welcomed A and called for B`."""
    kept: list[Span] = []
    for start, end in draft.content:
        if start < cue < end:
            lead = cues.pattern["joint"].search(text, start, cue)
            span = _trim(text, Span(start, lead.start() if lead else cue))
            kept += [span] if span.end > span.start else []
        else:
            kept.append(Span(start, end))
    return Draft(draft.source, draft.cue, tuple(kept))


def _by_phrase(analysis: Analysis, cues: Cues, masked: str, sentence: Sentence) -> Iterator[Draft]:
    """`According to X, ...` and `..., according to X`."""
    start, end = sentence.span
    for match in cues.source_phrase.finditer(masked, analysis.starts, start, end):
        low = match.end() + 1
        stop = cues.pattern["phrase_end"].search(masked, low, end)
        source = _trim(analysis.text, Span(low, stop.start() if stop else end))
        if source.end <= source.start:
            continue
        cites = match.group().lower() in cues.words["citations"]
        if cites and not is_somebody(analysis, cues, source):
            continue  # `citing a lack of water`
        if not masked[start : match.start()].strip(' “"—–-'):
            content = _trim(analysis.text, Span(source.end, end))
        else:
            content = _trim(analysis.text, Span(start, match.start()))
        if len(analysis.text[content.start : content.end].split()) > 1:
            yield Draft((source,), (Span(match.start(), match.end()),), (content,))


def _by_verb(
    analysis: Analysis, cues: Cues, masked: str, sentence: Sentence, match: re.Match[str], previous: Span | None
) -> Draft | None:
    start, end = sentence.span
    verb = match.group("verb").lower()
    if masked[match.start()].isupper() and masked[start : match.start()].strip(" “\"'(—–-•*0123456789."):
        return None  # `the Joint Action Plan`
    if analysis.actor_touches(Span(match.start(), match.end())):
        return None  # `the Central Asian states`
    cue_start = match.start()
    if verb.partition(" ")[0] in cues.present and cues.pattern["possessive"].search(masked, start, cue_start):
        return None
    if cues.pattern["other_sense"].match(masked, cue_start, end):
        return None
    before = masked[start:cue_start].rstrip().lower()
    if before.endswith(cues.filler_ends) and (filler := cues.filler.search(masked, start, cue_start)) is not None:
        cue_start = _after_names(masked, start, filler.start(), cue_start)
    cue = _trim(analysis.text, Span(cue_start, match.end()))
    if cues.pattern["not_a_verb"].search(masked[max(start, cue.start - 8) : cue.start]):
        return None
    quote_before = _quote_ending(analysis, cue.start)
    left_end = start + len(masked[start : cue.start].rstrip())
    subject: Span | None = None
    inverted = False
    if quote_before is not None or (left_end > start and masked[left_end - 1] == "," and verb in cues.says):
        subject = subject_after(analysis, cues, masked, cue.end, end)
        inverted = subject is not None and quote_before is not None
    if not inverted:
        subject = subject_before(analysis, cues, masked, _clause_start(masked, start, cue.start), cue.start)
        if (
            subject is None
            and previous is not None
            and (ends_with_conjunction(cues, masked, start, cue.start) or verb.endswith("ing"))
        ):
            subject = previous
    if subject is None or _disagree(cues, masked, subject, cue, verb):
        return None
    content = _content(analysis, cues, masked, sentence, cue, subject, verb)
    return Draft((subject,), (cue,), content) if content else None


def _disagree(cues: Cues, masked: str, subject: Span, cue: Span, verb: str) -> bool:
    """Whether a singular subject stands before another form of the verb: `a presidential tweet attacking the deal`."""
    if verb.partition(" ")[0] not in cues.bare or subject.end > cue.start:
        return False
    return cues.pattern["singular"].match(masked, *subject) is not None


def _after_names(masked: str, start: int, low: int, high: int) -> int:
    """Where the small words of `[low, high)` before a verb begin.

    A capital inside of a sentence is a name: `Prime Minister May said`.
    """
    words = [word for word in _FILLING.finditer(masked, low, high) if word.start() > start and word[0][0].isupper()]
    if not words:
        return low
    return words[-1].end() if masked[words[-1].end() : high].strip() else high


def _clause_start(masked: str, start: int, end: int) -> int:
    """After the last quotation or semicolon before `end`: what stands before it has no part in the clause."""
    cut = max((masked.rfind(mark, start, end) for mark in '”"»;'), default=-1)
    return start if cut < 0 else cut + 1


def _content(
    analysis: Analysis, cues: Cues, masked: str, sentence: Sentence, cue: Span, subject: Span, verb: str
) -> Spans:
    """What the verb governs: the quotation or clause after it, or what stands before its subject."""
    text, (start, end) = analysis.text, sentence.span
    after = max(cue.end, subject.end)
    first = min(cue.start, subject.start)
    if (behind := cues.pattern["as_told"].search(masked, start, first)) is not None:
        first = behind.start(1)
    inverted = subject.start >= cue.end
    right = _trim(text, Span(after, end))
    ahead = analysis.quote_from(after, end)
    if ahead is not None and not inverted and cues.pattern["quote_ahead"].fullmatch(masked, after, ahead.start):
        return (
            (_whole_quote(cues, text, right.start, ahead),)
            if ahead.end >= end - 1
            else (_until_stop(cues, text, masked, Span(ahead.start, max(ahead.end, right.end))),)
        )
    if ahead is not None and not inverted and _UP_TO_COLON.fullmatch(masked, after, ahead.start):
        return (ahead,)
    before = _before(analysis, cues, masked, sentence, first)
    governs_right = not inverted and not cues.pattern["circumstance"].match(masked, after, end)
    if (
        verb in cues.says
        and before is not None
        and (inverted or not governs_right or _follows_comma(masked, start, first))
    ):
        that = cues.pattern["that"].match(masked, after, end)
        if inverted or that is None or not governs_right:
            more = _resumed(analysis, cues, sentence, max(after, first))
            return (before, *more)
    if not governs_right or _DASH.match(masked, after, end):
        return ()
    if cues.pattern["bare_object_says_nothing"].match(verb) and not cues.pattern["that"].match(masked, after, end):
        return ()  # `added a firm to its list` says nothing
    if (
        verb in cues.addressed
        and before is not None
        and not cues.pattern["to"].match(masked, after, end)
        and not cues.pattern["that"].match(masked, after, end)
    ):
        return (before, *_resumed(analysis, cues, sentence, max(after, first)))
    if verb in cues.addressed or verb in ("said", "says", "announced", "stated", "noted"):
        if (that := cues.pattern["that"].match(masked, after, end)) is not None:
            return (_until_stop(cues, text, masked, Span(that.start(1), right.end)),)
        if verb in cues.addressed and (to := cues.pattern["to"].match(masked, after, end)) is not None:
            return (_until_stop(cues, text, masked, Span(to.start(1), right.end)),)
        if verb in cues.addressed and (about := cues.pattern["about"].match(masked, after, end)) is not None:
            return (_until_stop(cues, text, masked, Span(about.start(1), right.end)),)
        if verb in cues.addressed and ahead is not None:
            return (ahead,)
    if cues.pattern["predicate"].match(masked, *right):
        return ()
    span = _until_stop(cues, text, masked, right)
    return (span,) if _WORD.search(text, *span) else ()


def _follows_comma(masked: str, start: int, first: int) -> bool:
    return masked[start:first].rstrip().endswith((",", "”", '"', "»"))


def _before(analysis: Analysis, cues: Cues, masked: str, sentence: Sentence, first: int) -> Span | None:
    """The quotation or clause that ends before `first`, when it is one and not a mere frame of the sentence."""
    quote = _quote_ending(analysis, first)
    if quote is not None:
        low = quote.start
        lead = masked[sentence.span.start : low].strip() if low > sentence.span.start else ""
        return quote if len(lead.split()) < 3 else _trim(analysis.text, Span(sentence.span.start, quote.end))
    start = sentence.span.start
    if not masked[start:first].rstrip().endswith(","):
        return None
    span = _trim(analysis.text, Span(start, first))
    words = analysis.text[span.start : span.end].split()
    if len(words) < 4 or cues.pattern["frame"].match(words[0]):
        return None
    return span


def _resumed(analysis: Analysis, cues: Cues, sentence: Sentence, after: int) -> Spans:
    """The quotation that goes on after the attribution: `“...,” he said, “...”` or `... he said. “...”`."""
    text = analysis.text
    paragraph = analysis.paragraphs[sentence.paragraph]
    quote = analysis.quote_from(after, paragraph.end)
    if quote is None or quote.start > sentence.span.end + 2:
        return ()
    between = text[after : quote.start]
    if len(between) >= _LONGEST_INTERRUPTION or "\n" in between:
        return ()
    # A quotation that has a clause of attribution of its own belongs to that one.
    following = text[quote.end : paragraph.end].lstrip()
    if quote.start >= sentence.span.end and cues.pattern["own_attribution"].match(following):
        return ()
    return (quote,)


def _quote_ending(analysis: Analysis, position: int) -> Span | None:
    """The quotation that ends just before `position`, white space and a comma apart."""
    quote = analysis.quote_before(position)
    if quote is None:
        return None
    between = analysis.text[quote.end : position]
    return quote if len(between) < 4 and not between.strip(" ,\u2014\u2013-") else None


def _whole_quote(cues: Cues, text: str, start: int, quote: Span) -> Span:
    """The quotation with a `that` or the like before it."""
    lead = text[start : quote.start]
    return Span(start, quote.end) if cues.pattern["that_only"].fullmatch(lead) else quote


def _until_stop(cues: Cues, text: str, masked: str, span: Span) -> Span:
    """The clause without a following contrast, further participle of saying, or new main clause."""
    stop = cues.pattern["stop"].search(masked, span.start, span.end)
    return _trim(text, Span(span.start, stop.start() if stop else span.end))


def _trim(text: str, span: Span) -> Span:
    """`span` without white space, commas and a final full stop at its ends (a stop inside quotation marks stays)."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",:;—–"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.—–"):
        end -= 1
    return Span(start, end)
