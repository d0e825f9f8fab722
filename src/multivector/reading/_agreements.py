"""Agreements: papers between parties, joined over their mentions, with parties, dates, sections and status."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from multivector.reading._analysis import Analysis
from multivector.reading._deeds import Deeds
from multivector.reading._domains import domains_of
from multivector.reading._figure_topics import Topics
from multivector.reading._grounds import of_agreement
from multivector.reading._occasion import Occasion, occasion_of
from multivector.reading._papers import Grammar, Paper, grammar_of, papers_in
from multivector.reading._references import references_of
from multivector.reading._sections import sections_after
from multivector.reading._status import status_of
from multivector.reading._terms import period_of, signed_on
from multivector.record import Agreement, AgreementStatus, AgreementType, Kind, Span

_VERB = re.compile(
    r"\b(?:have |has |had |also |jointly )*"
    r"(?:sign|conclud|initial|adopt|negotiat|agree|draft|prepar|ratif|ink|approv|exchang|complet|reach|propos|review|discuss|implement)\w*\b"
)


_GOVERNING = re.compile(
    r"\b(?:agree|want|plan|intend|decid|hope|promis|propos|wish|begin|began|continu)\w*(?:\s[\w’'-]+){0,4}?\sto\s$"
)
"""What those who are to sign a paper have agreed or want to do, up to the verb of the paper."""

_SIGNED = re.compile(r",?\s(?:(?:which|that)\s(?:was|were)\s)?(?:signed|concluded|adopted)\b")
"""Right after a paper that is in force: when it was signed."""

_NOUN = re.compile(r"\w+\s(?:the\s)\w+$")
_LISTED = re.compile(r"(?:,|,?\s(?:and|as well as))\s")
_DRAFT = re.compile(r"draft\s", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """An agreement as far as the mentions so far tell."""

    paper: Paper
    sentence: int
    last: int
    """The sentence of the last mention."""

    parties: tuple[str, ...] = ()
    status: AgreementStatus | None = None
    signed_on: str | None = None
    period: str | None = None
    sections: tuple[str, ...] = ()
    evidence: list[Span] = field(default_factory=list[Span])


def find_agreements(analysis: Analysis) -> tuple[Agreement, ...]:
    """The agreements that the document names or describes, each once, in the order of their first mention."""
    grammar = grammar_of(analysis.language)
    if grammar is None:
        return ()
    deeds = Deeds(analysis, references_of(analysis))
    occasion = occasion_of(analysis, deeds)
    found: list[_Found] = []
    if occasion is not None and occasion.heading:
        found.append(_heading(analysis, occasion))
    for number, sentence in enumerate(analysis.sentences):
        if found and sentence.span.start < found[0].paper.phrase.end:
            continue
        if found:
            _carry_on(analysis, found[-1], number)
        before: tuple[_Found, Paper] | None = None
        for paper in papers_in(analysis, grammar, sentence.span):
            known = _same(analysis, grammar, found, paper)
            if known is None and (not paper.named or paper.denied):
                continue
            if known is None:
                known = _Found(paper, number, number)
                found.append(known)
                known.evidence.append(paper.phrase)
                _read(analysis, deeds, known, paper, number, occasion)
            else:
                _add(analysis, deeds, known, paper, number, occasion)
                known.last = number
            _in_list(analysis, before, known, paper)
            before = (known, paper)
    return tuple(_agreement(analysis, item) for item in found)


def _in_list(analysis: Analysis, before: tuple[_Found, Paper] | None, item: _Found, paper: Paper) -> None:
    """What is done with the first paper of a list is done with the others: `signed A, B and C`."""
    if before is None or before[0] is item or item.evidence[0] != paper.phrase:
        return
    first, last = before
    if item.status is None and _LISTED.fullmatch(analysis.text, last.phrase.end, paper.phrase.start):
        item.status, item.signed_on = first.status, first.signed_on
        item.parties = item.parties or first.parties


def _heading(analysis: Analysis, occasion: Occasion) -> _Found:
    """The document itself, when its first lines say that it is a joint paper."""
    lines = [analysis.paragraphs[0]]
    if len(analysis.paragraphs) > 1:
        second = analysis.words(analysis.paragraphs[1])
        if (second[:1].islower() and len(second) < 250) or (len(second) < 200 and not second.endswith((".", ":"))):
            lines.append(analysis.paragraphs[1])
    span = Span(lines[0].start, lines[-1].end)
    paper = Paper("declaration", AgreementType.DECLARATION, span, span, True, True, False)
    return _Found(paper, 0, 0, occasion.participants, AgreementStatus.SIGNED, occasion.date, evidence=[span])


def _same(analysis: Analysis, grammar: Grammar, found: list[_Found], paper: Paper) -> _Found | None:
    """The agreement that a further mention means: one with the same words, or the last one of its kind."""
    words = _key(analysis, paper)
    for item in reversed(found):
        if paper.named:
            own = _key(analysis, item.paper)
            if _headline(analysis, item) and item.paper.type is paper.type and words & own - {*item.paper.head.split()}:
                # A headline names in short what the text then calls by its name.
                item.paper = paper
                return item
            if item.paper.head != "declaration" and (
                words == own or (len(words) > 1 and (words <= own or own <= words) and item.paper.type is paper.type)
            ):
                return item
        elif paper.definite:
            if (
                item.paper.title.end == analysis.paragraphs[0].end
                and item.sentence == 0
                and item.paper.head == "declaration"
            ):
                continue
            if paper.head == item.paper.head or paper.head == item.paper.head.split()[-1]:
                return item
            if paper.head in grammar.anaphors and item is found[-1]:
                near = analysis.sentence_at(paper.phrase.start) - analysis.sentence_at(item.evidence[-1].start)
                return item if near <= 2 else None
    return None


def _headline(analysis: Analysis, item: _Found) -> bool:
    first = analysis.paragraphs[0]
    return (
        item.paper.phrase.end <= first.end and item.paper.phrase != first and analysis.text[first.end - 1] not in '.:”"'
    )


def _key(analysis: Analysis, paper: Paper) -> set[str]:
    small = {"the", "of", "on", "for", "and", "in", "a", "an", "between"}
    return {word.lower() for word in re.findall(r"[\w-]+", analysis.words(paper.title))} - small


def _read(analysis: Analysis, deeds: Deeds, item: _Found, paper: Paper, number: int, occasion: Occasion | None) -> None:
    """Take from the sentence of the first mention what it tells."""
    sentence = analysis.sentences[number].span
    low, high = _clause(analysis, sentence, paper)
    before, after = _around(analysis, paper, low, high)
    item.status = status_of(analysis.language, before, after)
    item.parties = _parties(analysis, deeds, sentence, paper, Span(low, high), occasion)
    item.period = period_of(analysis, paper, Span(paper.phrase.start, high))
    if item.status is AgreementStatus.SIGNED:
        item.signed_on = signed_on(analysis, deeds, paper, Span(low, high), occasion, item.parties)
    elif signed := _SIGNED.match(analysis.text, paper.phrase.end, high):
        times = list(analysis.times_in(Span(signed.end(), high)))[:1]
        item.signed_on = next(
            (t.value for t in times if not re.search(r"[,;]", analysis.text[signed.end() : t.span.start])), None
        )
    sections, end = sections_after(analysis, number, paper.phrase.end)
    if sections:
        item.sections = sections
        item.evidence[-1] = Span(item.evidence[-1].start, end)


def _carry_on(analysis: Analysis, item: _Found, number: int) -> None:
    """Take what a sentence tells of the paper that ends the one before it: `It covers ...`, `It is valid until ...`."""
    span = analysis.sentences[number].span
    if not analysis.text.startswith("It ", span.start) or item.last != number - 1:
        return
    sections, end = sections_after(analysis, number, span.start) if not item.sections else ((), span.start)
    period = period_of(analysis, item.paper, span) if item.period is None else None
    if sections:
        item.sections = sections
        item.evidence.append(Span(span.start, end))
    elif period:
        item.period = period
        item.evidence.append(Span(span.start, max(span.start + 1, span.end - 1)))


def _add(analysis: Analysis, deeds: Deeds, item: _Found, paper: Paper, number: int, occasion: Occasion | None) -> None:
    """Take from a further mention what the first one did not tell; its words are evidence when it tells something."""
    sentence = analysis.sentences[number].span
    low, high = _clause(analysis, sentence, paper)
    before, after = _around(analysis, paper, low, high)
    told = paper.named
    if not item.sections:
        sections, end = sections_after(analysis, number, paper.phrase.end)
        if sections:
            item.sections = sections
            item.evidence.append(Span(paper.phrase.start, end))
            item.status = item.status or AgreementStatus.IN_FORCE
            return
    status = status_of(analysis.language, before, after, known=item.status)
    if status is not None and _RANK[status] > _RANK.get(item.status, -1):
        item.status, told = status, True
    if not item.parties and (parties := _parties(analysis, deeds, sentence, paper, Span(low, high), None)):
        item.parties, told = parties, True
    if item.period is None and (period := period_of(analysis, paper, Span(paper.phrase.start, high))):
        item.period, told = period, True
    if item.signed_on is None and status is AgreementStatus.SIGNED:
        item.signed_on = signed_on(analysis, deeds, paper, Span(low, high), occasion, item.parties)
    if told:
        item.evidence.append(
            Span(paper.phrase.start, max(paper.phrase.end, high if not paper.named else paper.phrase.end))
        )


_RANK: dict[AgreementStatus | None, int] = {
    AgreementStatus.PROPOSED: 0,
    AgreementStatus.DRAFTED: 1,
    AgreementStatus.SIGNED: 2,
    AgreementStatus.IN_FORCE: 3,
    AgreementStatus.IMPLEMENTED: 4,
    AgreementStatus.ENDED: 5,
}


def _around(analysis: Analysis, paper: Paper, low: int, high: int) -> tuple[str, str]:
    """The words of the clause before a paper, with `draft` where the title begins so, and those after it."""
    draft = _DRAFT.match(analysis.words(paper.title))
    before = analysis.text[low : paper.title.start] + (draft.group() if draft else "")
    return before, analysis.text[paper.phrase.end : high]


def _clause(analysis: Analysis, sentence: Span, paper: Paper) -> tuple[int, int]:
    text = analysis.text
    low = max((m.end() for m in re.finditer(r";|[.!?]\s", text[sentence.start : paper.phrase.start])), default=0)
    end = re.search(r";|\s[—–]\s", text[paper.phrase.end : sentence.end])
    return sentence.start + low, paper.phrase.end + end.start() if end else sentence.end


def _parties(
    analysis: Analysis, deeds: Deeds, sentence: Span, paper: Paper, clause: Span, occasion: Occasion | None
) -> tuple[str, ...]:
    """The parties: those named in the phrase, those who sign it, its owners, the participants of the occasion."""
    text = analysis.text
    inner = text[paper.phrase.start : paper.phrase.end]
    if match := re.search(r"\bbetween\s", inner):
        codes = analysis.codes_in(Span(paper.phrase.start + match.end(), paper.phrase.end))
        if len(codes) > 1:
            return codes
    verb = deeds.clauses.group(sentence.start, _verb_before(text, clause.start, paper.phrase.start))
    subject = deeds.clauses.subject(sentence, verb)
    owner = [
        r.codes
        for r in deeds.references.within(max(clause.start, paper.phrase.start - 60), paper.phrase.start)
        if re.fullmatch(r"[’']s?\s(?:own\s)?(?:[\w-]+\s){0,2}|\s", text[r.span.end : paper.title.start]) and r.codes
    ]
    named = [r for r in deeds.references.within(paper.title.start, paper.title.end) if r.codes]
    own: set[str] = set(owner[-1]) if owner else set()
    if match := re.search(r"\b(?:with|and)\s", inner):
        own |= (
            {code for r in named if r.span.start > paper.phrase.start + match.start() for code in r.codes}
            if "with" in match.group()
            else set()
        )
    after = re.match(
        r",?\s(?:was |were |has been |have been )?(?:[\w ]{0,30})?\b(?:with|between|by)\s",
        text[paper.phrase.end : clause.end],
    )
    if after:
        following = deeds.clauses.object(paper.phrase.end, clause.end, ("between", "with", "by"))
        if following is not None and following.codes:
            own |= set(following.codes)
    if subject is not None and subject.codes:
        own |= set(subject.codes)
    elif subject is not None:
        own |= set(occasion.participants if occasion is not None else deeds.references.pair)
    hyphen = [
        r
        for r in deeds.references.within(paper.title.start, paper.title.end)
        if re.match(r"[-–—]", text[r.span.end : r.span.end + 1])
    ]
    for reference in hyphen:
        own |= set(reference.codes)
        own |= {c for r in deeds.references.within(reference.span.end, paper.title.end)[:1] for c in r.codes}
    if len(own) < 2:
        own |= set(_named_before(analysis, deeds, paper))
    if len(own) > 1:
        return tuple(sorted(own))
    if occasion is not None and (not own or own <= set(occasion.participants)):
        return occasion.participants
    whole = analysis.codes_in(sentence)
    if own and len(whole) == 2 and own <= set(whole):
        return whole
    if len(together := _joint_with(analysis, deeds, paper)) > 1 and own <= set(together):
        return together
    if after and "with" in after.group() and len(own) == 1:
        # `Under an accord signed with A`: with whom the document is about.
        main = Topics(analysis, text).main()
        return tuple(sorted(own | {main})) if main is not None else tuple(own)
    pair = deeds.references.pair
    if (own or not paper.definite) and own <= set(pair) and set(whole) <= set(pair):
        # In a document about two states what one of them agrees on, or a new paper, is between both.
        return pair
    return tuple(sorted(own))


def _named_before(analysis: Analysis, deeds: Deeds, paper: Paper) -> tuple[str, ...]:
    """Whose paper `their agreement` and `its agreement` is: of the states with which the sentence before begins."""
    grammar = grammar_of(analysis.language)
    lead = analysis.text[max(0, paper.phrase.start - 8) : paper.title.start].lower().split()
    own = [word for word in lead[-1:] if grammar is not None and word in grammar.owners]
    number = analysis.sentence_at(paper.phrase.start)
    if not own:
        return ()
    if own[0] == "their" and deeds.references.pair:
        return deeds.references.pair
    if number == 0:
        return ()
    before = analysis.sentences[number - 1].span
    held = [r for r in deeds.references.within(before.start, before.end) if r.codes][:1]
    if not held:
        return ()
    noun = deeds.clauses.object(before.start, before.end, ("",))
    codes = noun.codes if noun is not None and noun.codes else held[0].codes
    return codes if (len(codes) > 1) == (own[0] == "their") else ()


def _joint_with(analysis: Analysis, deeds: Deeds, paper: Paper) -> tuple[str, ...]:
    """Whose a paper is that is called joint and names nobody: of the format told of just before, of all its members."""
    grammar = grammar_of(analysis.language)
    words = analysis.words(paper.title).lower().split()
    if grammar is None or not words or words[0] not in grammar.mutual:
        return ()
    number = analysis.sentence_at(paper.phrase.start)
    low = analysis.sentences[max(0, number - 1)].span.start
    told = [r.codes for r in deeds.references.within(low, paper.phrase.start) if len(r.codes) > 1]
    return tuple(sorted(told[-1])) if told else ()


def _verb_before(text: str, low: int, start: int) -> int:
    """Where the verb stands of which the paper is the object: the last word before it that looks like one.

    Of `welcomed the signing of` it is the first word: who welcomes it is who signs.
    """
    verbs = list(_VERB.finditer(text, low, start))
    if not verbs:
        return start
    last = verbs[-1]
    if governing := _GOVERNING.search(text, low, last.start()):
        return governing.start()  # `agreed last month to prepare`: who agreed
    noun = _NOUN.search(text, low, last.end()) if last.group().endswith(("ing", "ion")) else None
    return noun.start() if noun else last.start()


def _agreement(analysis: Analysis, item: _Found) -> Agreement:
    paper = item.paper
    status = item.status or (AgreementStatus.IN_FORCE if paper.definite else AgreementStatus.SIGNED)
    title = _DRAFT.sub("", re.sub(r"\s+", " ", analysis.words(paper.title)).strip(" ,"), count=1)
    if not re.search('[“"«]', title[1:]):
        title = title.strip('“”"«»')
    kind = paper.type or AgreementType.OTHER
    spans = tuple(dict.fromkeys(item.evidence))
    result = Agreement(
        "",
        title,
        kind,
        item.parties,
        item.signed_on,
        item.period,
        item.sections,
        status,
        domains_of(analysis, spans),
        spans,
    )
    if status in (AgreementStatus.PROPOSED, AgreementStatus.DRAFTED):
        result = replace(result, signed_on=None)
    grounds = of_agreement(analysis, result, told=item.status is not None)
    return replace(result, confidence=analysis.judge(Kind.AGREEMENT, grounds))
