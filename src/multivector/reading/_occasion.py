"""The occasion that a document is about: who took part, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading._analysis import Analysis
from multivector.reading._deeds import Deed, Deeds
from multivector.reading.languages import Language
from multivector.record import EventType, Modality, Span

_LEAD = 6
"""How many sentences from the start may tell what the document is about."""

_LOOSE_TIME = re.compile(
    r"\b(?:for|since|until|till|by|from|of|before|after|through|than|to|in the|(?:force|effect) (?:on|in|from))\s+$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|at|near|outside|to)\s+(?:the\s+(?:(?:city|capital|town|resort)(?:\s+of)?\s+)?)?"
    r"((?:[A-ZÀ-ÞĀ-ŽƏ][\w’'ʻ-]+)(?:\s+[A-ZÀ-ÞĀ-ŽƏ][\w’'ʻ-]+){0,2}(?:\s+(?:province|region|district|range|oblast|crossing))?)"
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting; `participants` are at least two codes, `date` and `place` None where not told."""

    participants: tuple[str, ...]
    date: str | None
    place: str | None
    heading: bool
    """Whether the document is a paper of the meeting itself, by its heading."""


@lru_cache(maxsize=4)
def _patterns(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = language.table("references")
    papers = "|".join(map(re.escape, table.get("papers", ()))) or "(?!)"
    meetings = "|".join(map(re.escape, table.get("meetings", ()))) or "(?!)"
    return (
        re.compile(rf"\s*(?:{papers})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{meetings})\b", re.IGNORECASE),
        re.compile(
            r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
            re.IGNORECASE,
        ),
    )


def occasion_of(analysis: Analysis, deeds: Deeds) -> Occasion | None:
    """The main occasion, from a heading of a joint paper or from the first meeting that the text reports."""
    if (found := _from_heading(analysis)) is not None:
        return found
    for deed in deeds.find({EventType.CONSULT}, sentences=_LEAD):
        codes = parties(deed)
        if deed.modality is Modality.OCCURRED and len(codes) > 1:
            return Occasion(codes, date_of(analysis, deed.clause), place_of(analysis, deed.clause), False)
    for sentence in analysis.sentences[:_LEAD]:
        for meeting in meetings_in(analysis, deeds, sentence.span):
            return Occasion(meeting.codes, date_of(analysis, meeting.span), place_of(analysis, meeting.span), False)
    return None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting named by a noun: its participants and the span that tells them."""

    codes: tuple[str, ...]
    span: Span


def meetings_in(analysis: Analysis, deeds: Deeds, sentence: Span) -> Iterator[Meeting]:
    """Meetings named by a noun that the sentence says were held: `the A-B summit held in`, `after talks with B`."""
    text, clauses = analysis.text, deeds.clauses
    for match in _patterns(analysis.language)[1].finditer(text, *sentence):
        end = clauses.right(sentence, match.end())
        after = text[match.end() : end]
        lead = text[sentence.start : match.start()]
        # `the A-B summit, held in Place`
        held = re.match(
            r"(?:,\s(?:which\s(?:was|were)\s)?|\s(?:which\s)?(?:was\s|were\s)?)(?:held|took place|hosted|convened)\b",
            text[match.end() : sentence.end],
        )
        before = [r for r in deeds.references.within(sentence.start, match.start()) if match.start() - r.span.end <= 12]
        if held and before:
            low = before[-1].span.start
            codes = set(before[-1].codes)
            for reference in reversed(deeds.references.within(sentence.start, low)):
                if not re.fullmatch(r"\s*(?:[-–—+,]|and|plus)\s*(?:the\s)?", text[reference.span.end : low]):
                    break
                codes |= set(reference.codes)
                low = reference.span.start
            if len(codes) > 1:
                stop = re.search(
                    r"[;]|,\s(?:and|but|which|where|who|showed)\b|\.(?=\s|$|[”\"])", text[match.end() : sentence.end]
                )
                start = re.search(r"(?:[Tt]he\s)?(?:[\w’-]+\s){0,3}$", text[sentence.start : low])
                first = sentence.start + start.start() if start else low
                tail = re.match(r"[^;.]{0,120}?\d{4}", text[match.end() : sentence.end])
                last = match.end() + (tail.end() if tail else stop.start() if stop else sentence.end - match.end())
                yield Meeting(tuple(sorted(codes)), Span(first, last))
                continue
        body = re.match(
            r"\sof\sthe\s(?:[\w-]+\s){0,4}?(?:intergovernmental|joint|bilateral|mixed)\s[^,;.]{0,60}?\b(?:commission|committee|council|group)\b",
            text[match.end() : sentence.end],
        )
        named = set(analysis.codes_in(sentence))
        if (
            body
            and len(named) == 2
            and not re.search(r"\b(?:will|next|to be|upcoming|before)\b", text[sentence.start : match.end()][-60:])
        ):
            lead_words = re.search(r"(?:[Tt]he\s)?(?:[\w-]+\s){0,2}$", lead)
            first = match.start() - len(lead_words.group()) if lead_words else match.start()
            yield Meeting(tuple(sorted(named)), Span(first, clauses.right(sentence, match.end() + body.end())))
            continue
        between = clauses.object(match.end(), end, ("between",))
        if (
            between is not None
            and between.codes
            and len(between.codes) > 1
            and (
                held
                or re.search(r"\b(?:after|following|during|at)\b[^,;]{0,30}$", lead)
                or re.search(r"\b(?:was|were|took place|ended|concluded)\b", after)
            )
        ):
            yield Meeting(between.codes, Span(match.start(), end))
            continue
        other = clauses.object(match.end(), end, ("with",))
        if (
            other is None
            or not other.codes
            or not re.search(
                r"\b(?:after|following|during|at)\s(?:a\s|the\s|his\s|her\s|their\s)?(?:[\w-]+\s){0,3}$", lead
            )
        ):
            continue
        low = sentence.start + len(lead)
        own = {
            s.speaker.state
            for s in analysis.statements
            if s.speaker.state and any(sentence.start <= c.start < sentence.end and c.start < low for c in s.cue)
        }
        codes = tuple(sorted({*other.codes, *own}))
        if len(codes) > 1 and own:
            yield Meeting(codes, Span(match.start(), end))


def parties(deed: Deed) -> tuple[str, ...]:
    """All codes on both sides."""
    return tuple(sorted({*(deed.actors or ()), *(deed.recipients or ())}))


def date_of(analysis: Analysis, clause: Span) -> str | None:
    """When what the clause tells happened: the time named in it, else the one time named in its sentence."""
    sentence = analysis.sentences[analysis.sentence_at(clause.start)].span
    for time in analysis.times_in(Span(sentence.start, clause.start)):
        # `On 3 May the parties met`: the clause is taken from its subject on.
        if re.fullmatch(r",?\s*", analysis.text[time.span.end : clause.start]) and _tells_when(analysis, time.span):
            return time.value
    for span, alone in ((clause, False), (sentence, True)):
        times = [t for t in analysis.times_in(span) if _tells_when(analysis, t.span)]
        if alone:
            holders = [c for s in analysis.statements for c in s.content if c.start <= clause.start < c.end]
            times = [t for t in times if not holders or any(c.start <= t.span.start < c.end for c in holders)]
            if not holders:
                times = [
                    t
                    for t in times
                    if not any(c.start <= t.span.start < c.end for s in analysis.statements for c in s.content)
                ]
        values = {t.value for t in times}
        if times and (not alone or len(values) == 1):
            return times[0].value
    return None


def _tells_when(analysis: Analysis, span: Span) -> bool:
    if any(
        s.start <= span.start < s.end
        for a in analysis.agreements
        for s in a.evidence
        if _named(analysis, a.title, s, span)
    ):
        return False
    return not _LOOSE_TIME.search(analysis.text[max(0, span.start - 16) : span.start])


def _named(analysis: Analysis, title: str, evidence: Span, span: Span) -> bool:
    """Whether a time is part of the title of an agreement."""
    place = analysis.text.find(title, evidence.start, evidence.end)
    return place >= 0 and place <= span.start < place + len(title)


def place_of(analysis: Analysis, clause: Span) -> str | None:
    """Where what the clause tells happened, as written: the place named in it; states do not count."""
    months = _patterns(analysis.language)[2]
    sentence = analysis.sentences[analysis.sentence_at(clause.start)].span
    for match in _PLACE.finditer(analysis.text, clause.start, min(sentence.end, clause.end)):
        name = match.group(1).strip()
        span = Span(match.start(1), match.start(1) + len(name))
        if months.match(name) or name.isupper():
            continue
        from multivector.knowledge import NameForm

        named = [m for m in analysis.actors if m.span.start < span.end and span.start < m.span.end]
        if any(m.form not in (NameForm.CAPITAL, NameForm.SEAT) for m in named) and " " not in name:
            continue
        if any(m.form not in (NameForm.CAPITAL, NameForm.SEAT) and m.span == span for m in named):
            continue
        if match.group().startswith("to") and not any(m.form is NameForm.CAPITAL for m in named):
            continue
        return name
    return None


def _from_heading(analysis: Analysis) -> Occasion | None:
    if not analysis.paragraphs or not _patterns(analysis.language)[0].match(analysis.words(analysis.paragraphs[0])):
        return None
    head = (
        analysis.paragraphs[:2]
        if len(analysis.paragraphs[0]) and len(analysis.words(analysis.paragraphs[0])) < 60
        else analysis.paragraphs[:1]
    )
    codes = set(analysis.codes_in(*head))
    body = analysis.sentences[:_LEAD]
    for sentence in body:
        if len(codes) < 2:
            codes |= set(analysis.codes_in(sentence.span))
    if len(codes) < 2:
        return None
    first = next((s.span for s in body if next(analysis.times_in(s.span), None)), None)
    date = next((t.value for t in analysis.times_in(first)), None) if first else analysis.document.published
    return Occasion(tuple(sorted(codes)), date, place_of(analysis, first) if first else None, True)
