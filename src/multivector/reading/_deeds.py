"""Deeds: verbs of the event lexicon with the actors on both sides, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from multivector.reading._analysis import Analysis
from multivector.reading._clauses import Clauses, Noun
from multivector.reading._reference import Reference, Sort
from multivector.reading._references import References
from multivector.reading._verbs import Entry, Form, deed_words, lexicon
from multivector.record import EventType, Modality, Span

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEAD = re.compile(
    r"(?:(?:(?:[Tt]he|[Aa]n?)\s)?(?:[\w-]+\s){0,5}of\s(?:the\s)?"
    r"|(?:(?:[Tt]he|[Aa]n?)\s(?:[\w-]+\s){1,3}?(?:of|from)\s(?:the\s)?){1,3}|(?:[Tt]he|[Aa]n?)\s)?$"
)
_COORDINATE = re.compile(r"\b(?:and|but|or|then)\s$")
_SHARED = frozenset({"with", "between", "and"})
"""With these a verb tells what several do together (`they met`, `they signed it`), not what one does to another."""

_NEAR = 40
"""How far before its verb, in characters, a doer without a code may stand."""

_LOOK_BACK = 6
"""How many statements that begin earlier may hold a place: statements are seldom nested deeper."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of the lexicon with those who do it and those to whom it is done.

    A side is None where the text means the participants of the occasion; `partner` is true where the other side is
    whoever else takes part, `doer` where it is who did what was told last (`condemned the attack`). `verb` is the span
    of the verb with its auxiliaries, `clause` the smallest clause.
    """

    type: EventType
    actors: tuple[str, ...] | None
    recipients: tuple[str, ...] | None
    partner: bool
    doer: bool
    mutual: bool
    modality: Modality
    verb: Span
    clause: Span


class Deeds:
    """Finds the deeds of one document."""

    def __init__(self, analysis: Analysis, references: References) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.references = references
        self.clauses = Clauses(analysis, references)
        self._forms = lexicon(analysis.language)
        self._words = deed_words(analysis.language)
        self._contents = sorted(span for statement in analysis.statements for span in statement.content)
        self._denials = sorted(
            span
            for statement in analysis.statements
            if statement.cue and self._words.denial.match(analysis.words(statement.cue))
            for span in statement.content
        )

        self._titles = sorted(_title_spans(analysis))

    def titled(self, offset: int) -> bool:
        """Whether `offset` stands in the title of an agreement (`the programme for 2025`)."""
        return _holds(self._titles, offset)

    def find(
        self, types: Collection[EventType] = frozenset(EventType), *, sentences: int | None = None
    ) -> Iterator[Deed]:
        """The deeds of the given types, in text order, each verb once, in the first so many sentences."""
        for sentence in self.analysis.sentences[:sentences]:
            for match in _WORD.finditer(self.text, *sentence.span):
                for form in self._forms.get(match.group().lower(), ()):
                    if form.entry.type not in types or not self.text.startswith(form.rest, match.end()):
                        continue
                    verb = Span(match.start(), match.end() + len(form.rest))
                    if (deed := self._deed(sentence.span, verb, form)) is not None:
                        if form.entry.each and deed.recipients:
                            yield from (replace(deed, recipients=(code,)) for code in deed.recipients)
                        else:
                            yield deed
                        break

    def _deed(self, sentence: Span, verb: Span, form: Form) -> Deed | None:
        entry = form.entry
        group, planned_before = self.clauses.group(sentence.start, verb.start), False
        if match := self._words.planned.search(self.text, sentence.start, verb.start):
            group, planned_before = match.start(), True
        auxiliaries = self.text[group : verb.start].lower().split()
        shape = form.shape
        follows = (
            form.shape == "ing" if auxiliaries == [] else auxiliaries == ["to"] and form.shape not in ("ing", "third")
        )
        if follows and (begun := self._words.aspect.search(self.text, sentence.start, group)):
            # `began to supply`, `will start building`: the first verb tells when, the second what.
            group, shape = self.clauses.group(sentence.start, begun.start()), "begun"
            auxiliaries = self.text[group : begun.start()].lower().split()
        if not self._is_verb(auxiliaries, shape, group, planned_before) or self._words.duty & {*auxiliaries}:
            return None
        passive = shape == "past" and bool(self._words.be & {*auxiliaries})
        modality = self._modality(sentence, group, auxiliaries, planned_before)
        if entry.future and modality is not Modality.PLANNED:
            return None
        end = self.clauses.right(sentence, verb.end)
        if passive:
            deed = self._passive(sentence, Span(group, verb.end), end, entry, modality)
        else:
            deed = self._active(sentence, Span(group, verb.end), end, form, modality)
        return deed

    def _is_verb(self, auxiliaries: list[str], shape: str, group: int, planned: bool) -> bool:
        before = re.search(r"([\w’'-]+)\s+$", self.text[max(0, group - 25) : group])
        word = before.group(1).lower() if before else ""
        if "to" in auxiliaries and not planned and not (set(auxiliaries[: auxiliaries.index("to")]) & self._words.be):
            return False
        if not auxiliaries and word in self._words.beside and word not in ("that", "this"):
            return False
        if shape == "ing":
            return bool(self._words.be & set(auxiliaries))
        if shape == "base":
            return bool(auxiliaries) or planned or word in ("and", "we", "i", "they") or word[:1].isalpha()
        return True

    def _active(self, sentence: Span, verb: Span, end: int, form: Form, modality: Modality) -> Deed | None:
        entry = form.entry
        after = self.text[verb.end : end]
        if (entry.needs and not entry.needs.search(after)) or (entry.never and entry.never.search(after)):
            return None
        subject = self._crowd(verb.end, end) if entry.crowd else self.clauses.subject(sentence, verb.start)
        if subject is None and entry.type is EventType.ASSAULT and form.shape == "past":
            subject = self._nobody(sentence, verb.start)
        if subject is None or (
            form.shape == "base"
            and verb.start == verb.end - len(form.lemma + form.rest)
            and not _plural(subject, self.references)
        ):
            return None
        if entry.by_person and not self._by_person(subject, verb.start):
            return None
        if subject.denied:
            modality = Modality.DENIED
        found = self.clauses.object(verb.end, end, entry.marks)
        if found is not None and found.codes and subject.codes and {*found.codes} <= {*subject.codes}:
            found = None
        if found is not None and entry.person and not self._is_person(found, end):
            return None
        if form.shape == "third" and self._adjective(verb.start):
            return None
        if entry.solo and (found is not None or subject.codes is None or len(subject.codes) > 1):
            return None
        start = verb.start
        if sentence.start <= subject.span.start and subject.span.end <= verb.start:
            low = self.clauses.left(sentence, subject.span.start)
            lead = _LEAD.search(self.text[low : subject.span.start])
            start = subject.span.start - (len(lead.group()) if lead else 0)
            if _COORDINATE.search(self.text[subject.span.end : verb.start]):
                start = verb.start
        clause = trim(self.text, Span(start if not entry.crowd else verb.start, end))
        actors, recipients = subject.codes, found.codes if found else ()
        alone = actors is not None and len(actors) == 1
        partner = found is None and (entry.other == "partner" or (entry.other == "either" and alone))
        doer = found is None and entry.act is not None and bool(entry.act.match(after))
        together = entry.type is EventType.AGREE or (entry.mutual and not _SHARED.isdisjoint(entry.marks))
        together = together and (actors is None or len(actors) > 1)
        if found is None and entry.other == "must" and not together and not doer:
            return None
        if entry.reversed:
            actors, recipients = recipients, actors
        if actors is not None and recipients is not None and not entry.mutual:
            recipients = tuple(code for code in recipients if code not in actors)
        return Deed(
            entry.type, actors, recipients, partner, doer, entry.mutual, entry.modality or modality, verb, clause
        )

    def _passive(self, sentence: Span, verb: Span, end: int, entry: Entry, modality: Modality) -> Deed | None:
        low = self.clauses.left(sentence, verb.start)
        left = self.text[low : verb.start]
        agent = self.clauses.agent(verb.end, end)
        clause = trim(self.text, Span(low, end))
        if entry.passive == "object":
            if entry.thing is None or not entry.thing.search(left):
                return None
            named = self.clauses.object(verb.end, end, ("between",)) or agent
            recipients = (
                ()
                if entry.mutual
                else (
                    (found.codes or ())
                    if (found := self.clauses.object(low, verb.start, ("on", "against", "from", "of")))
                    else ()
                )
            )
            if named is None and not entry.mutual:
                return None
            return Deed(
                entry.type,
                named.codes if named else None,
                recipients,
                False,
                False,
                entry.mutual,
                modality,
                verb,
                clause,
            )
        if entry.future or (entry.mutual and agent is None):
            return None
        if entry.thing is not None and not entry.thing.search(left):
            return None
        subject = self.clauses.subject(sentence, verb.start)
        if entry.other == "none":
            if (
                subject is None
                or entry.passive != "subject"
                or (entry.needs and not entry.needs.search(self.text[verb.end : end]))
            ):
                return None
            return Deed(entry.type, subject.codes, (), False, False, False, modality, verb, clause)
        if subject is not None and agent is None and entry.type is EventType.ASSAULT and subject.codes:
            return Deed(entry.type, (), subject.codes, False, False, False, modality, verb, clause)
        if agent is None or subject is None or "" not in entry.marks or entry.passive == "never":
            return None
        recipients = subject.codes
        if agent.codes is not None and recipients is not None:
            recipients = tuple(code for code in recipients if code not in agent.codes)
        if recipients == ():
            return None
        return Deed(entry.type, agent.codes, recipients, False, False, entry.mutual, modality, verb, clause)

    def _modality(self, sentence: Span, group: int, auxiliaries: list[str], planned: bool) -> Modality:
        words = set(auxiliaries)
        low = self.clauses.left(sentence, group)
        if (
            words & self._words.negation
            or any(word.endswith(("n't", "n’t")) for word in words)
            or self._in_denial(group)
        ):
            return Modality.DENIED
        if self._words.condition.search(self.text[sentence.start : low]) and low > sentence.start:
            return Modality.HYPOTHETICAL
        if planned or words & self._words.future or ("to" in words and words & self._words.be):
            return Modality.PLANNED
        if words & self._words.possible:
            return Modality.PLANNED if "would" in words and self._reported(group) else Modality.HYPOTHETICAL
        if words & {"is", "are", "am"} and not words & {"been"}:
            return (
                Modality.ONGOING
                if self.text[group:].split(maxsplit=len(auxiliaries) + 1)[len(auxiliaries)].endswith("ing")
                else Modality.OCCURRED
            )
        return Modality.OCCURRED

    def _reported(self, offset: int) -> bool:
        """Whether `would` at `offset` is the future of indirect speech."""
        return not self.analysis.quoted(offset) and _holds(self._contents, offset)

    def _in_denial(self, offset: int) -> bool:
        return _holds(self._denials, offset)

    def _is_person(self, noun: Noun, end: int) -> bool:
        """Whether a noun phrase means people: a name, or an office beside the name of an actor."""
        references = self.references.within(noun.span.start, noun.span.end)
        if any(r.sort in (Sort.PERSON, Sort.PRONOUN, Sort.SIDES) for r in references):
            return True
        around = (
            self.text[max(0, noun.span.start - 60) : noun.span.start]
            + self.text[noun.span.end : min(end, noun.span.end + 40)]
        )
        return bool(self.clauses.grammar.heads.search(around)) and noun.span.end != noun.span.start

    def _by_person(self, subject: Noun, verb: int) -> bool:
        """Whether the subject of the verb at `verb` is somebody, or an office: a state does not fly to another."""
        references = self.references.within(subject.span.start, subject.span.end)
        if any(r.sort in (Sort.PERSON, Sort.PRONOUN) for r in references):
            return self.text[subject.span.start : subject.span.end].lower() != "it"
        lead = self.text[max(0, subject.span.start - _NEAR) : subject.span.start]
        owned = re.search(r"\sof\s(?:the\s)?$", lead) is not None and self.references.role.search(lead) is not None
        return owned or self.references.role.search(self.text, subject.span.start, verb) is not None

    def _nobody(self, sentence: Span, verb: int) -> Noun | None:
        """Doers who have no code (`gunmen`), where they stand right before the verb."""
        near = self.text[max(self.clauses.left(sentence, verb), verb - _NEAR) : verb]
        found = list(self._words.nobody.finditer(near))
        if not found or re.search(r"[,;]|\b(?:that|who|which)\b", near[found[-1].end() :]):
            return None
        start = verb - len(near) + found[-1].start()
        return Noun((), Span(start, start + len(found[-1].group())))

    def _adjective(self, offset: int) -> bool:
        """Whether the word right before is an actor's adjective, so that a noun follows (`Kazakh exports`)."""
        near = self.references.within(max(0, offset - 30), offset)
        return bool(near) and near[-1].sort is Sort.ADJECTIVE and near[-1].span.end + 1 == offset

    def _crowd(self, after: int, end: int) -> Noun | None:
        """Those who demonstrate, by where they do: the second actor named after the verb (`embassy in Bishkek`)."""
        for match in re.finditer(r"\bin\s+", self.text[after:end]):
            for reference in self.references.within(after + match.end(), end)[:1]:
                if reference.span.start == after + match.end() and reference.codes:
                    return Noun(reference.codes, reference.span)
        return None


def _title_spans(analysis: Analysis) -> Iterator[Span]:
    for agreement in analysis.agreements:
        for start, end in agreement.evidence:
            place = analysis.text.find(agreement.title, start, end)
            if place >= 0:
                yield Span(place, place + len(agreement.title))


def _plural(noun: Noun, references: References) -> bool:
    first: tuple[Reference, ...] = references.within(noun.span.start, noun.span.end)
    return noun.codes is None or len(noun.codes) > 1 or any(r.sort is Sort.SPEAKER for r in first)


_COOPERATIVE = frozenset({EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.AID})
_STILL_TO_COME = frozenset({Modality.PLANNED, Modality.HYPOTHETICAL})


def as_told(kind: EventType, modality: Modality) -> EventType:
    """The type of a deed of a kind by its modality: what is friendly and still to come is AGREE."""
    return EventType.AGREE if kind in _COOPERATIVE and modality in _STILL_TO_COME else kind


def trim(text: str, span: Span) -> Span:
    """A span without the spaces and marks at its ends."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(" ,;:—–-\n\t"))
    stripped = words.rstrip(" ,;:.—–-\n\t!?")
    return Span(start, max(start + 1, span.start + len(stripped)))


def _holds(spans: list[Span], offset: int) -> bool:
    """Whether one of the last spans that begin at or before `offset` holds it."""
    last = bisect_right(spans, offset, key=lambda span: span.start)
    return any(offset < span.end for span in spans[max(0, last - _LOOK_BACK) : last])
