"""Agreements: papers between parties, joined over their mentions, with parties, dates, sections and status."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from multivector.reading._analysis import Analysis
from multivector.reading._deeds import Deeds
from multivector.reading._domains import domains_of
from multivector.reading._grounds import of_agreement
from multivector.reading._occasion import Occasion, occasion_of
from multivector.reading._paper_words import Grammar, grammar_of
from multivector.reading._papers import Paper, papers_in
from multivector.reading._references import references_of
from multivector.reading._sections import sections_after
from multivector.reading._signatories import Mention, Signatories
from multivector.reading._status import status_of
from multivector.reading._terms import in_title, period_of, signed_beside, signed_on, signing_day, words_of
from multivector.record import Agreement, AgreementStatus, AgreementType, Kind, Span

_LISTED = re.compile(r"(?:[,;]\s(?:and\s)?|\s(?:and|as well as)\s|,\sas well as\s)")
_MARK = 8
"""The most characters of a mark with which a line of a list begins."""

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
    return _Search(analysis, grammar).run() if grammar is not None else ()


class _Search:
    """The search for the agreements of one document."""

    def __init__(self, analysis: Analysis, grammar: Grammar) -> None:
        self.analysis = analysis
        self.grammar = grammar
        self.deeds = Deeds(analysis, references_of(analysis))
        self.occasion = occasion_of(analysis, self.deeds)
        self.signatories = Signatories(analysis, grammar, self.deeds, self.occasion)
        self.found: list[_Found] = []
        self.leads: dict[int, Span] = {}
        """By paragraph the words that lead to the list which begins after it, or goes on in it."""

    def run(self) -> tuple[Agreement, ...]:
        """All agreements."""
        analysis, found = self.analysis, self.found
        if self.occasion is not None and self.occasion.heading:
            found.append(_heading(analysis, self.occasion))
        for number, sentence in enumerate(analysis.sentences):
            if found and sentence.span.start < found[0].paper.phrase.end:
                continue
            papers = papers_in(analysis, self.grammar, sentence.span)
            if found:
                span = Span(sentence.span.start, papers[0].phrase.start if papers else sentence.span.end)
                self.carry_on(found[-1], number, span)
            self.sentence(number, papers)
        return tuple(_agreement(analysis, item) for item in found)

    def sentence(self, number: int, papers: list[Paper]) -> None:
        """Take what a sentence tells of the papers that it mentions."""
        analysis, found = self.analysis, self.found
        span = analysis.sentences[number].span
        if analysis.text[span.start : span.end].rstrip().endswith(":"):
            self.leads[analysis.sentences[number].paragraph] = span
        before: tuple[_Found, Paper] | None = None
        for paper, following in zip(papers, (*papers[1:], None), strict=False):
            known = _same(analysis, self.grammar, found, paper)
            if known is None and (not paper.named or paper.denied):
                continue
            mention = _mention(analysis, paper, number, following)
            if known is None:
                known = _Found(paper, number, number)
                known.evidence.append(paper.phrase)
                self.first(known, mention)
                self.listed(known, mention)
                found.append(known)
            else:
                self.further(known, mention)
                known.last = number
            _in_list(analysis, before, known, paper)
            before = (known, paper)

    def first(self, item: _Found, mention: Mention) -> None:
        """Take from the sentence of the first mention what it tells."""
        analysis, paper = self.analysis, mention.paper
        before, after = _around(analysis, mention)
        item.status = status_of(analysis.language, before, after)
        item.parties = self.signatories.of(mention, self.last(mention), self.latest(), self.occasion)
        item.period = period_of(analysis, paper, Span(mention.clause.start, mention.alone))
        item.signed_on = in_title(analysis, paper) or signed_beside(analysis, paper, mention.alone)
        if item.signed_on is None and item.status is AgreementStatus.SIGNED:
            item.signed_on = self.signed(item, mention, self.occasion)
        sections, end = sections_after(analysis, mention.number, paper.phrase.end, mention.alone)
        if sections:
            item.sections = sections
            item.evidence[-1] = Span(item.evidence[-1].start, end)

    def listed(self, item: _Found, mention: Mention) -> None:
        """Take what the words before a list tell of a paper on a line of its own: `The parties signed:`."""
        analysis = self.analysis
        paragraph = analysis.sentences[mention.number].paragraph
        lead = self.leads.get(paragraph - 1)
        if lead is None or mention.paper.phrase.start - analysis.paragraphs[paragraph].start > _MARK:
            return
        self.leads[paragraph] = lead
        words = analysis.words(lead).rstrip(": ") + " "
        status = status_of(analysis.language, words, words)
        if item.status is not None or status is None:
            return
        item.status = status
        if len(item.parties) < 2 and len(codes := analysis.codes_in(lead)) > 1:
            item.parties = codes
        if item.signed_on is None and status is AgreementStatus.SIGNED:
            around = self.occasion.date if self.occasion is not None else None
            item.signed_on = signing_day(analysis, lead) or around

    def signed(self, item: _Found, mention: Mention, occasion: Occasion | None) -> str | None:
        """The day on which the clause of a mention says that the paper was signed."""
        clause = Span(mention.clause.start, mention.reach)
        return signed_on(self.analysis, self.deeds, mention.paper, clause, occasion, item.parties)

    def last(self, mention: Mention) -> tuple[str, ...]:
        """The parties of the paper that the sentence before, or the same one, has told of."""
        if not self.found or self.found[-1].last < mention.number - 1:
            return ()
        return self.found[-1].parties

    def latest(self) -> tuple[str, ...]:
        """The parties of the last paper that has more than one."""
        return next((item.parties for item in reversed(self.found) if len(item.parties) > 1), ())

    def carry_on(self, item: _Found, number: int, span: Span) -> None:
        """Take what a sentence tells of the paper told of just before: `It covers ...`, `It is valid until ...`."""
        analysis, words = self.analysis, words_of(self.analysis.language)
        signed = words.signed_it.match(analysis.text, *span)
        if item.last != number - 1 or not (signed or words.again.match(analysis.text, *span)):
            return
        sections, end = ((), span.start) if item.sections else sections_after(analysis, number, span.start, span.end)
        if sections:
            item.sections = sections
            item.evidence.append(Span(span.start, end))
            return
        told = False
        if item.period is None and (period := period_of(analysis, item.paper, span)):
            item.period, told = period, True
        status = status_of(analysis.language, "", analysis.words(span), known=item.status)
        status = AgreementStatus.SIGNED if status is None and signed else status
        if signed and len(item.parties) < 2 and (parties := self.signatories.together(Span(*signed.span()))):
            item.parties, told = parties, True
        unsigned = item.status is AgreementStatus.SIGNED and status is AgreementStatus.DRAFTED
        if status is not None and (unsigned or _RANK[status] > _RANK.get(item.status, -1)):
            item.status, told = status, True
        if item.signed_on is None and (day := signing_day(analysis, span)) is not None:
            item.signed_on, told = day, True
        if told:
            item.evidence.append(Span(span.start, max(span.start + 1, span.end - 1)))

    def further(self, item: _Found, mention: Mention) -> None:
        """Take from a further mention what the first one did not tell; then its words are evidence."""
        analysis, paper = self.analysis, mention.paper
        before, after = _around(analysis, mention)
        told = paper.named
        if not item.sections:
            sections, end = sections_after(analysis, mention.number, paper.phrase.end, mention.alone)
            if sections:
                item.sections = sections
                item.evidence.append(Span(paper.phrase.start, end))
                item.status = item.status or AgreementStatus.IN_FORCE
                item.period = item.period or period_of(analysis, paper, Span(mention.clause.start, mention.alone))
                return
        status = status_of(analysis.language, before, after, known=item.status)
        if status is not None and _RANK[status] > _RANK.get(item.status, -1):
            item.status, told = status, True
        if not item.parties and (parties := self.signatories.of(mention, (), (), None)):
            item.parties, told = parties, True
        if item.period is None and (period := period_of(analysis, paper, Span(mention.clause.start, mention.alone))):
            item.period, told = period, True
        if item.signed_on is None:
            item.signed_on = signed_beside(analysis, paper, mention.alone)
        if item.signed_on is None and status is AgreementStatus.SIGNED:
            item.signed_on = self.signed(item, mention, self.occasion)
        if told:
            high = paper.phrase.end if paper.named else mention.clause.end
            item.evidence.append(Span(paper.phrase.start, max(paper.phrase.end, high)))


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


_RANK: dict[AgreementStatus | None, int] = {
    AgreementStatus.PROPOSED: 0,
    AgreementStatus.DRAFTED: 1,
    AgreementStatus.SIGNED: 2,
    AgreementStatus.IN_FORCE: 3,
    AgreementStatus.IMPLEMENTED: 4,
    AgreementStatus.ENDED: 5,
}


def _around(analysis: Analysis, mention: Mention) -> tuple[str, str]:
    """The words of the clause before a paper, with `draft` where the title begins so, and those after it."""
    paper = mention.paper
    draft = _DRAFT.match(analysis.words(paper.title))
    before = analysis.text[mention.clause.start : paper.title.start] + (draft.group() if draft else "")
    return before, analysis.text[paper.phrase.end : mention.reach]


def _mention(analysis: Analysis, paper: Paper, number: int, following: Paper | None) -> Mention:
    """A paper with its clause; what follows another paper that is not in a list with it is said of that one."""
    text, sentence = analysis.text, analysis.sentences[number].span
    low = max(
        (m.end() for m in re.finditer(r"(?<!&nbsp);|[.!?]\s", text[sentence.start : paper.phrase.start])), default=0
    )
    end = re.search(r"(?<!&nbsp);|\s[—–]\s", text[paper.phrase.end : sentence.end])
    high = paper.phrase.end + end.start() if end else sentence.end
    reach = high
    if following is not None and following.phrase.start < high:
        listed = _LISTED.fullmatch(text, paper.phrase.end, following.phrase.start)
        reach = high if listed else following.phrase.start
    alone = min(reach, following.phrase.start) if following is not None else reach
    return Mention(paper, number, sentence, Span(sentence.start + low, high), reach, alone)


def _agreement(analysis: Analysis, item: _Found) -> Agreement:
    paper = item.paper
    status = item.status or (AgreementStatus.IN_FORCE if paper.definite else AgreementStatus.SIGNED)
    title = _DRAFT.sub("", re.sub(r"\s+", " ", analysis.words(paper.title)).strip(" ,"), count=1)
    if not re.search('[“"«]', title[1:]):
        title = title.strip('“”"«»')
    kind = paper.type or AgreementType.OTHER
    if kind is AgreementType.TREATY and any(party.startswith("ORG:") for party in item.parties):
        kind = AgreementType.CONTRACT  # companies do not conclude treaties
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
