"""For whom the people of a document speak: the state or body of an office that is not told beside the name."""

from __future__ import annotations

import re

from multivector.knowledge import Office
from multivector.reading._analysis import Analysis
from multivector.reading._bearers import states_of_people, words_of
from multivector.reading._bodies import Bodies, Body
from multivector.reading._cast import Cast
from multivector.reading._names import Sex, name_words
from multivector.reading._people import Person, offices_of
from multivector.reading._understood import Understood
from multivector.record import Span


class Service:
    """Fills in the states and bodies of a cast, from the text first, then from the knowledge, then as understood."""

    def __init__(self, analysis: Analysis, cast: Cast, bodies: Bodies, understood: Understood) -> None:
        self._analysis = analysis
        self._cast = cast
        self._bodies = bodies
        self._understood = understood
        self._offices = offices_of(analysis.language)
        self._names = name_words(analysis.language)
        self._beside = states_of_people(analysis, words_of(analysis.language))
        for name, person in list(cast.people.items()):
            office = self.known_office(person) if person.state is None else None
            if office is not None:
                cast.set_state(name, office.state)
        for name in sorted(cast.introduced, key=cast.introduced.__getitem__):
            self._settle(name)

    def known_office(self, person: Person) -> Office | None:
        """The office that the knowledge has for somebody on the date, when all that it has are of one state."""
        knowledge, day = self._analysis.knowledge, self._analysis.published
        if " " in person.name:
            held = knowledge.offices(person=person.name, on=day)
        else:
            held = knowledge.offices_by_surname(person.name, day)
            words = self._offices.office.findall((person.role or "").lower())
            held = tuple(office for office in held if all(word in office.title.lower() for word in words))
            if len({office.person for office in held}) > 1:
                return None
        return held[0] if held and len({office.state for office in held}) == 1 else None

    def owning_person(self, pronoun: str, place: int) -> Person | None:
        """Whom `his` or `her` means at `place`."""
        sex: Sex | None = self._names.pronouns.get(pronoun)
        return self._cast.antecedent(place, lambda name: sex is None or self._cast.sex(name) in (None, sex))

    def owner(self, span: Span, words: str) -> Body | None:
        """Whose body or office a phrase names by `its`, `their`, `that ministry's`, `the country's`."""
        match = self._offices.pattern["owner"].match(words.lower())
        if match is not None and match.group(1) not in self._names.pronouns:
            return self._bodies.owner(span.start)
        match = self._offices.pattern["owned_by"].match(words.lower())
        if match is None:
            return None
        owner = match.group(1)
        if owner in self._offices.lands:
            state = self._understood.at(span.start)
            return Body(span, None, state) if state else None
        return self._bodies.meant(owner, span.start)

    def of_its_minister(self, body: str) -> str | None:
        """The state of the minister whom the text names, for the ministry that it does not (`the energy ministry`)."""
        office = self._offices.pattern["ministry"].sub("minister", body)
        holders = {
            p.state for p in self._cast.people.values() if office != body and office in self._cast.titles(p.name)
        }
        return holders.pop() if len(holders) == 1 else None

    def _of_its_ministry(self, role: str, place: int) -> str | None:
        """The state of the ministry that the text names with it, for a minister without: the one named last before."""
        body = self._offices.pattern["minister"].sub("ministry", role.lower())
        known = self._bodies.meant(body, place) if body != role.lower() and " " in body else None
        return known.state if known is not None else None

    def _settle(self, name: str) -> None:
        """Fill in the state and body of a person whose own phrase does not tell them."""
        person, titles = self._cast.people[name], self._cast.titles(name)
        if self._offices.speaks_privately(titles) and not self._offices.public.search(titles):
            return
        place = self._cast.introduced.get(name)
        if place is None or person.state is not None:
            return
        role = person.role or ""
        mentions = self._analysis.knowledge.find(role, self._analysis.language.tag)
        if any(match.code.startswith("IGO:") for match in mentions) and not self._offices.public.search(role):
            # He speaks for an organisation of states, wherever it sent him.
            body = next(match for match in mentions if match.code.startswith("IGO:"))
            self._cast.set_state(name, None, role[body.start : body.end])
            return
        before = self._offices.pattern["owner_before"].search(self._analysis.text, max(0, place - 90), place)
        owner = None
        if before is not None and role and before.group(0).lower().find(role.lower()[:12]) >= 0:
            span = Span(before.start(1), place)
            owner = self.owner(span, self._analysis.words(span))
            pronoun = before.group(1).lower().strip()
            if owner is None and pronoun in self._names.pronouns:
                holder = self.owning_person(pronoun, before.start(1))
                if holder is not None and holder.name != name:
                    self._cast.set_state(name, holder.state, holder.organisation)
                return
        if owner is None:
            owner = self._inner_body(role, name, place)
        if owner is None and person.organisation is None and self._offices.pattern["voice"].fullmatch(role):
            owner = self._bodies.owner(place)
        if owner is not None:
            if person.organisation is None or owner.of_states or len(person.organisation.split()) == 1:
                self._cast.set_organisation(name, owner.name)
            self._cast.set_state(name, owner.state)
            return
        known = self._beside.get(name) or self._of_its_ministry(role, place)
        if known is None and self._offices.abroad.search(role):
            known = self._same_office(role)
        if known is not None:
            self._cast.set_state(name, None if ":" in known else known)
            return
        if self._offices.state_office.search(role) and not self._offices.abroad.search(role):
            if person.organisation is None or self._offices.public.search(person.organisation):
                self._cast.set_state(name, self._understood.at(place))
        elif person.organisation and self._offices.state_body.search(person.organisation):
            self._cast.set_state(name, self._understood.at(place))

    def _inner_body(self, role: str, name: str, place: int) -> Body | None:
        """The body named before to which an office belongs: `head of the agency`, `who heads its press service`.

        Or the body that somebody leads: `the delegation, led by General N`.
        """
        text, pattern = self._analysis.text, self._offices.pattern
        after = pattern["heads"].match(text[place : place + 200].removeprefix(name))
        clauses = [role.lower(), *([after.group(1).lower()] if after else [])]
        for clause in clauses:
            match = pattern["of_body"].search(clause) or (
                pattern["led"].search(clause) if clause != role.lower() else None
            )
            if match is not None and (body := self._bodies.meant(match.group(1), place)) is not None:
                return body
        led = pattern["led_by"].search(text, max(0, place - 120), place)
        return self._bodies.meant(led.group(1), place) if led is not None else None

    def _same_office(self, role: str) -> str | None:
        """The state whose holder of an office the text names elsewhere (`A's ambassador`), if there is but one."""
        found = self._offices.office.findall(role.lower())
        if not found:
            return None
        states: set[str] = set()
        for mention in self._analysis.actors:
            gap = self._analysis.text[mention.span.end : mention.span.end + 60].lower()
            if len(mention.codes) == 1 and re.match(rf"(?:[’']s)?\s(?:[\w-]+\s)?{re.escape(found[-1])}\b", gap):
                states.add(mention.codes[0])
        return states.pop() if len(states) == 1 else None
