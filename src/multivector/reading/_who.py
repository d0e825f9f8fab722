"""Who a source is: the person, body or state that a noun phrase means at its place in the document."""

from __future__ import annotations

import re
from bisect import bisect_right

from multivector.knowledge import NameForm
from multivector.reading._analysis import Analysis, contains
from multivector.reading._bodies import Bodies
from multivector.reading._cast import Cast
from multivector.reading._cues import Cues
from multivector.reading._names import name_words
from multivector.reading._people import Person, body_in, offices_of, person_in, state_of
from multivector.reading._service import Service
from multivector.reading._understood import Understood
from multivector.record import Span, Speaker, Statement

_NESTED = 8
"""How many contents that begin before a place are looked at for one that holds it."""


class Who:
    """Finds the speakers of one document, statement by statement in the order of the text."""

    def __init__(self, analysis: Analysis, cues: Cues, statements: list[Statement]) -> None:
        self._analysis = analysis
        self._cues = cues
        self._offices = offices_of(analysis.language)
        self._names = name_words(analysis.language)
        self._understood = Understood(analysis)
        self._bodies = Bodies(analysis, self._understood)
        held = ((span, statement) for statement in statements for span in statement.content)
        self._held = sorted(held, key=lambda each: each[0])
        self.cast = Cast(
            analysis,
            [span for statement in statements for span in statement.source],
            [span for span, _ in self._held],
        )
        self._service = Service(analysis, self.cast, self._bodies, self._understood)
        self._done: dict[Statement, Speaker] = {}
        self._last_person: str | None = None
        self._last_body: Speaker | None = None

    def speaker(self, statement: Statement) -> Speaker:
        """Who says it; nulls where the text does not tell."""
        speaker = self._of_source(statement) if statement.source else Speaker()
        self._done[statement] = speaker
        if speaker.person is not None and (person := self.cast.person(speaker.person)) is not None:
            self._last_person = person.name
            self.cast.speaks(person.name, statement.source[0])
        elif speaker.person is None and (speaker.organisation is not None or speaker.state is not None):
            self._last_body = speaker
        return speaker

    def _of_source(self, statement: Statement) -> Speaker:
        span = statement.source[0]
        words = self._analysis.words(span).strip(" ,")
        folded = words.lower()
        outer = self._around(statement)
        if self._offices.pattern["relative"].fullmatch(folded):
            before = self._before_relative(span)
            if before is None:
                return Speaker()
            span, words = before, self._analysis.words(before)
            folded = words.lower()
        if folded in self._cues.words["first_person"]:
            alone = self._offices.pattern["one_self"].fullmatch(folded) is not None
            return self._done.get(outer, Speaker()) if outer is not None and alone else Speaker()
        if folded in self._cues.words["personal"]:
            return self._by_pronoun(folded, statement, outer)
        if folded in self._cues.words["impersonal"]:
            return self._by_it(span.start)
        if folded in self._cues.words["plural"]:
            return Speaker()
        if (paper := self._offices.pattern["artefact"].match(words)) is not None:
            span = Span(span.start + self._analysis.text[span.start : span.end].find(words) + paper.end(), span.end)
            words = self._analysis.words(span).strip(" ,")
            folded = words.lower()
        return self._by_name(span, words) or self._by_description(span, folded, statement) or self._by_body(span, words)

    # ------------------------------------------------------------------ people

    def _by_name(self, span: Span, words: str) -> Speaker | None:
        analysis = self._analysis
        named = person_in(analysis, span)
        person = self.cast.person(named.name) if named is not None else None
        if person is None:
            person = self.cast.partly_named(words, span.start)
        if person is None and words[:1].isupper() and words.isalpha():
            person = self.cast.alike(words)
        if person is not None:
            return self._of_person(person)
        known = next((m.code for m in analysis.actors_in(span) if m.form is NameForm.PERSON), None)
        return self._of_person(Person(known.removeprefix("PER:"), None, None, None)) if known else None

    def _of_person(self, person: Person) -> Speaker:
        """The speaker that a person is, with the office that the knowledge has where the text gives none."""
        state, role = person.state, person.role
        if (state is None or role is None) and (office := self._service.known_office(person)) is not None:
            state, role = state or office.state, role or office.title
        return Speaker(person.name, role, person.organisation, state)

    def _by_pronoun(self, words: str, statement: Statement, outer: Statement | None) -> Speaker:
        place = statement.source[0].start
        sex = self._names.pronouns.get(words)
        apart = self._not_self(outer, place)
        cue = self._analysis.words(statement.cue).lower()
        goes_on = self._offices.pattern["goes_on"].search(cue) is not None and outer is None

        def fits(name: str) -> bool:
            return name != apart and (sex is None or self.cast.sex(name) in (None, sex))

        person = self.cast.antecedent(place, fits, self._last_person if goes_on else None)
        if person is None and outer is None and self._last_person is not None and fits(self._last_person):
            person = self.cast.person(self._last_person)
        if person is None:
            return Speaker()
        if sex is not None:
            self.cast.learn(person.name, sex)
        return self._of_person(person)

    def _not_self(self, outer: Statement | None, place: int) -> str | None:
        """Who is not meant by `he` and `the minister` in a quotation: the one who is quoted."""
        if outer is None or not self._analysis.quoted(place):
            return None
        return self._done.get(outer, Speaker()).person

    def _replies(self, statement: Statement) -> bool:
        """Whether the cue says that somebody else spoke before."""
        return self._offices.pattern["replies"].search(self._analysis.words(statement.cue).lower()) is not None

    def _by_description(self, span: Span, folded: str, statement: Statement) -> Speaker | None:
        """`the minister`, `the Finnish leader`, `her deputy` for somebody named before; `his office`."""
        owned = self._offices.pattern["owner"].match(folded)
        bare = self._offices.pattern["article"].sub("", folded.split(",")[0]).strip()
        if bare not in self._offices.kinds:
            bare = self._offices.pattern["complement_cut"].split(bare)[0].strip()
        if owned is not None and owned.group(1) in self._names.pronouns:
            holder = self._service.owning_person(owned.group(1), span.start)
            if holder is None or self._offices.speaks_privately(bare):
                return Speaker()
            return Speaker(None, bare, None, holder.state)
        if not self._offices.pattern["definite"].match(folded):
            return None
        words, state = self._without_adjective(span, bare)
        if not words:
            return None
        apart = self._not_self(self._around(statement), span.start)
        if self._replies(statement):
            apart = apart or self._last_person

        def exactly(name: str) -> bool:
            titles = self.cast.titles(name)
            own = set(re.findall(r"[\w-]+", titles))
            return all(word in own or word in titles for word in words) and self._may(name, words, state, apart)

        def loosely(name: str) -> bool:
            return self._is(name, words) and self._may(name, words, state, apart)

        if self._offices.body.fullmatch(words[-1]):
            return None
        person = self.cast.antecedent(span.start, exactly) or self.cast.antecedent(span.start, loosely)
        if person is None and words[-1] in self._offices.unannounced:
            person = self._unannounced(words, state, apart)
        if person is None:
            later = [name for name in self.cast.people if exactly(name)]
            person = self.cast.person(later[0]) if len(later) == 1 else None
        return self._of_person(person) if person is not None else None

    def _without_adjective(self, span: Span, bare: str) -> tuple[list[str], str | None]:
        """The words of a description, and the state that an adjective in it tells."""
        state: str | None = None
        for mention in self._analysis.actors_in(span):
            own = self._analysis.words(mention.span).lower()
            if len(mention.codes) == 1 and bare.startswith(own):
                state = mention.codes[0]
                bare = bare[len(own) :].removeprefix("’s").removeprefix("'s").strip()
        return [word for word in re.findall(r"[\w’'-]+", bare) if word not in self._offices.leading], state

    def _may(self, name: str, words: list[str], state: str | None, apart: str | None) -> bool:
        """Whether neither sex nor state forbid that a description means a person."""
        if name == apart:
            return False
        sex = {self._names.titles[word] for word in words if word in self._names.titles}
        if sex and self.cast.sex(name) not in (None, *sex):
            return False
        return state is None or self.cast.people[name].state == state

    def _is(self, name: str, words: list[str]) -> bool:
        """Whether a description fits the offices of a person: `the diplomat` an ambassador, `the guest` anybody."""
        phrase = " ".join(words)
        kinds = self._offices.kinds.get(phrase) or self._offices.kinds.get(words[-1])
        if kinds is None:
            return False
        if "*" in kinds:
            return True
        titles = self.cast.titles(name)
        return any(re.search(rf"\b{re.escape(kind)}\b", titles) for kind in kinds)

    def _unannounced(self, words: list[str], state: str | None, apart: str | None) -> Person | None:
        """The last speaker, who may have an office that the text has not told: somebody in a state's service."""
        name = self._last_person
        if name is None or not self._may(name, words, state, apart) or self.cast.people[name].state is None:
            return None
        return self.cast.people[name]

    # ------------------------------------------------------------------ bodies and states

    def _by_it(self, place: int) -> Speaker:
        if self._last_body is not None:
            return self._last_body
        body = self._bodies.owner(place)
        return Speaker(None, None, body.name, body.state) if body is not None else Speaker()

    def _by_body(self, span: Span, words: str) -> Speaker:
        """A body or state by its name, by a description (`the ministry`), or as that of another (`its ministry`)."""
        head = self._offices.pattern["complement_cut"].split(words.split(",")[0])[0].strip()
        bare = self._offices.pattern["article"].sub("", head).lower().strip()
        owner = self._service.owner(span, words)
        if owner is None and words[:1] and bare == head[-len(bare) :] and not re.search(r"[A-ZÀ-Þ]", head[1:]):
            meant = self._described_body(bare, span.start)
            if meant is not None:
                return meant
        organisation, state = body_in(self._analysis, span), state_of(self._analysis, span)
        if owner is not None:
            state = state or owner.state
            if owner.of_states and organisation is None:
                organisation = owner.name
        elif organisation is not None and state is None and not self._offices.speaks_privately(words):
            known = self._bodies.meant(organisation, span.end + 1)
            if known is not None:
                organisation = known.name if known.state and len(organisation.split()) < 2 else organisation
                state = known.state
            elif self._offices.state_body.search(organisation) and not list(self._analysis.actors_in(span)):
                state = self._understood.at(span.start)
        role = self._role(head) if organisation is None and state is not None else None
        return Speaker(None, role, organisation, state)

    def _described_body(self, bare: str, place: int) -> Speaker | None:
        head = bare.split()[-1] if bare else ""
        if head.endswith("s") and (
            self._offices.body.fullmatch(head[:-1]) or self._offices.office.fullmatch(head[:-1])
        ):
            return Speaker()  # several: `the two ministries`, `the presidents`
        if not self._offices.body.fullmatch(head) and bare not in self._offices.bloc:
            office = self._offices.state_office.fullmatch(bare) or self._offices.state_office.search(bare)
            if office is None or self._offices.abroad.search(bare) or self._offices.speaks_privately(bare):
                return None
            return Speaker(None, bare, None, self._understood.at(place)) if bare.split()[-1] in office.group() else None
        known = self._bodies.meant(bare, place)
        if known is not None:
            return Speaker(None, None, known.name, known.state)
        if self._offices.speaks_privately(bare) or not self._offices.state_body.search(bare):
            return None
        state = self._service.of_its_minister(bare) or self._understood.at(place)
        return Speaker(None, None, bare, state)

    def _role(self, head: str) -> str | None:
        """The office that a phrase without a name consists of (`the Kazakh president`)."""
        bare = self._offices.pattern["article"].sub("", head)
        found = list(self._offices.office.finditer(bare))
        return bare if found and found[-1].end() == len(bare) else None

    # ------------------------------------------------------------------ places

    def _around(self, statement: Statement) -> Statement | None:
        """The statement in whose content this one's cue stands, the innermost."""
        cue = (statement.cue or statement.source or statement.content)[0]
        index = bisect_right(self._held, cue.start, key=lambda held: held[0].start)
        near = self._held[max(0, index - _NESTED) : index]
        inside = [
            (span.end - span.start, other) for span, other in near if other is not statement and contains(span, cue)
        ]
        return min(inside, key=lambda each: each[0])[1] if inside else None

    def _before_relative(self, span: Span) -> Span | None:
        """The noun phrase before `who`, back to the mark or the beginning of its sentence."""
        sentence = self._analysis.sentences[self._analysis.sentence_at(span.start)].span
        before = self._analysis.text[sentence.start : span.start].rstrip(" ,")
        cut = max((before.rfind(mark) for mark in ',;:—(“"'), default=-1) + 1
        while cut < len(before) and before[cut] == " ":
            cut += 1
        return Span(sentence.start + cut, sentence.start + len(before)) if cut < len(before) else None
