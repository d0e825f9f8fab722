"""Sources resolved within the document: pronouns, surnames and descriptions go back to who was named before."""

from __future__ import annotations

from dataclasses import replace

from multivector.knowledge import NameForm
from multivector.reading._analysis import Analysis
from multivector.reading._cues import Cues
from multivector.reading._people import Person, body_in, offices_of, people_of, person_in, state_of
from multivector.reading._sayings import Sayings
from multivector.record import Speaker, Statement


def resolve_speakers(analysis: Analysis, cues: Cues, statements: list[Statement]) -> tuple[Statement, ...]:
    """The statements with `speaker`, `said_on` and `occasion` filled as far as the document tells."""
    people = people_of(analysis, [span for statement in statements for span in statement.source])
    last_person: Speaker | None = None
    last_body: Speaker | None = None
    sayings = Sayings(analysis, cues, statements, people)
    resolved: list[Statement] = []
    for statement in sorted(statements, key=lambda s: (s.cue or s.content)[0].start):
        speaker = _speaker(analysis, cues, statement, people, last_person, last_body)
        if speaker.person is not None:
            last_person = speaker
        elif speaker.organisation is not None:
            last_body = speaker
        resolved.append(sayings.dated(replace(statement, speaker=speaker)))
    return tuple(sorted(resolved, key=lambda s: (s.content, s.cue)))


def _speaker(
    analysis: Analysis,
    cues: Cues,
    statement: Statement,
    people: dict[str, Person],
    last_person: Speaker | None,
    last_body: Speaker | None,
) -> Speaker:
    if not statement.source:
        return Speaker()
    span = statement.source[0]
    words = analysis.words(span).strip(" ,")
    folded = words.lower()
    if folded in cues.words["personal"]:
        return last_person or Speaker()
    if folded in cues.words["impersonal"]:
        return last_body or Speaker()
    if folded in cues.words["plural"]:
        return Speaker()
    named = person_in(analysis, span)
    if named is not None:
        return _of_person(analysis, people.get(named.name, named))
    bare = folded.split(",")[0].removeprefix("the ")
    last = bare.split()[-1] if bare else ""
    for person in people.values():
        if last == person.surname.lower():
            return _of_person(analysis, person)
    if folded.startswith("the "):
        if (holder := _holder(bare, people)) is not None:
            return _of_person(analysis, holder)
        head = bare.split()[-1] if bare else ""
        describes = {bare, head} & set(offices_of(analysis.language).descriptors)
        # `The Turkish officer` is not the Uzbek one who spoke before.
        if describes and last_person and state_of(analysis, span) in (None, last_person.state):
            return last_person
    known = [m for m in analysis.actors_in(span) if m.form is NameForm.PERSON]
    if known:
        return _of_person(analysis, Person(known[0].code.removeprefix("PER:"), None, None, None))
    organisation = body_in(analysis, span)
    if (
        organisation is None
        and last_body
        and last_body.organisation
        and bare == last_body.organisation.lower().split()[-1]
    ):
        return last_body
    return Speaker(None, None, organisation, state_of(analysis, span))


def _of_person(analysis: Analysis, person: Person) -> Speaker:
    """The speaker that a person is, with the office that the knowledge has for the date where the text gives none."""
    state, role = person.state, person.role
    if state is None or role is None:
        held = analysis.knowledge.offices(person=person.name, on=analysis.published)
        if len(held) == 1 or (held and len({office.state for office in held}) == 1):
            state = state or held[0].state
            role = role or held[0].title
    return Speaker(person.name, role, person.organisation, state)


def _holder(bare: str, people: dict[str, Person]) -> Person | None:
    """The one person in the document whose title has all words of a description (`the Deputy Minister`)."""
    wanted = bare.split()
    holders = [
        person for person in people.values() if person.role and all(w in person.role.lower().split() for w in wanted)
    ]
    return holders[0] if len(holders) == 1 else None
