"""The claim that a state has no alternative to another in security: arms, treaties, organisations, forces, by state."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from multivector.check._data import rules, statistic
from multivector.check._money import Names, amount, listed, place
from multivector.check._readings import Readings
from multivector.check._sheet import Sheet
from multivector.check._standing import by_verdict, overall
from multivector.check._table import Table
from multivector.check._types import Check, Claim, ClaimKind, Part, Relation, Row, Verdict
from multivector.check._words import Mention, Text
from multivector.knowledge import Knowledge
from multivector.record import Domain, Flow, Span, Tie, TieType, interval

_NEAR = 2
"""A name so many words ahead of `is indispensable` is its subject."""
_SECURITY_TIES = (TieType.MILITARY_PRESENCE, TieType.SECURITY_COOPERATION, TieType.ALLIANCE, TieType.DEPENDENCE)


@dataclass(frozen=True, slots=True)
class Unrivalled:
    """A claim that the states of the first side have no alternative to the second in security."""

    claim: Claim
    partner: str
    on: dt.date | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class _Leg:
    """What one kind of evidence says for a state: True for the claim, False against it, None where it leaves it open.

    `rows`: whether there is anything to go by.
    """

    name: str
    words: str
    bears: bool | None
    rows: bool = True


def unrivalled_claimed(text: Text) -> Iterator[Unrivalled]:
    """The claims that somebody cannot be replaced in security, one for each partner and speaker."""
    seen: set[tuple[str, tuple[str, ...], str | None, bool]] = set()
    table = text.phrases.section("no_alternative")
    if not table:
        return
    for sentence in text.sentences():
        for words, partner in _phrases(text, sentence, table):
            found = _claimed(text, sentence, words, partner, table)
            key = (found.partner, found.claim.sides[0], _who(found.claim), found.claim.negated)
            if key not in seen:
                seen.add(key)
                yield found


def check_alternative(
    claimed: Unrivalled, table: Table, knowledge: Knowledge, names: Names, ties: Sequence[tuple[str, Tie]]
) -> Check:
    """The verdict for each state, and one for the claim. `ties` are those of the record with their documents' ids."""
    claim, sheet = claimed.claim, Sheet(claimed.claim)
    sheet.unit = "states"
    if claimed.problem is not None:
        return sheet.finish(Verdict.NOT_CHECKABLE, claimed.problem)
    known = rules()["security"]
    readings = Readings(table, statistic("arms"), "TIV", names)
    for state in claim.sides[0]:
        legs = [
            _arms(state, claimed, readings, names, sheet),
            _pacts(state, claimed, table, knowledge, names, sheet),
            _members(state, claimed, knowledge, names),
            _forces(state, claimed, names, ties, sheet),
        ]
        sheet.parts.append(_judged(state, claimed, legs, names))
    sheet.missing += [missing for part in sheet.parts for missing in part.missing]
    who = names(claimed.partner)
    reading = (
        f"The claim is read as: in security these states have nobody in the place of {who}. Beside it stand deliveries"
        f" of major arms over {known['years']} years, duties and organisations of defence, and forces in the record;"
        " what cannot be counted (training, intelligence, trust) is not in it."
    )
    return sheet.finish(overall([part.verdict for part in sheet.parts]), reading, *by_verdict(sheet.parts, names))


def _judged(state: str, claimed: Unrivalled, legs: list[_Leg], names: Names) -> Part:
    """Arms and duties of defence decide; forces and organisations tell more of the same."""
    arms, pacts, members, forces = legs
    ties = {members.bears, pacts.bears}
    bound = True if True in ties else False if False in ties else None
    who = names(claimed.partner)
    missing = tuple(f"{names(state)}: {leg.words}" for leg in (arms, pacts) if not leg.rows)
    if not arms.rows:
        verdict = Verdict.NOT_CHECKABLE
    elif arms.bears is False or (arms.bears is None and bound is False):
        verdict = Verdict.CONTRADICTED
    elif arms.bears and bound and forces.bears is not False:
        verdict = Verdict.SUPPORTED
    else:
        verdict = Verdict.CONSISTENT
    reasons: list[str] = []
    for leg in legs:
        if leg.bears is False:
            reasons.append(f"Against it: {leg.name}: {leg.words}.")
        elif leg.bears is True:
            reasons.append(f"For it: {leg.name}: {leg.words}.")
    if verdict is Verdict.CONSISTENT:
        reasons.append(f"The evidence on {names(state)} neither shows nor excludes an alternative to {who}.")
    if claimed.claim.negated:
        turn = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}
        verdict = turn.get(verdict, verdict)
    return Part(state, verdict, tuple((leg.name, leg.words) for leg in legs), tuple(reasons), missing)


def _arms(state: str, claimed: Unrivalled, readings: Readings, names: Names, sheet: Sheet) -> _Leg:
    """The partner's share of deliveries in the last years that a source covers, and the largest other supplier's."""
    known = rules()["security"]
    name = "arms"
    found: list[tuple[int, int, str, float, str | None, float, int, int]] = []
    for source in readings.sources(state, Flow.IMPORTS):
        extent = readings.table.extent(source, readings.indicator or "")
        if extent is None:
            continue
        last = min(extent[1], claimed.on.year - 1) if claimed.on else extent[1]
        first = max(extent[0], last - known["years"] + 1)
        period = dt.date(first, 1, 1), dt.date(last, 12, 31)
        cells = readings.partners(state, period, Flow.IMPORTS, source)
        total = math.fsum(each.value for each in cells.values())
        if not total:
            continue
        share = cells[claimed.partner].value / total if claimed.partner in cells else 0.0
        others = sorted(((each.value / total, code) for code, each in cells.items() if code != claimed.partner))
        rival, rival_share = (others[-1][1], others[-1][0]) if others else (None, 0.0)
        rank = 1 + sum(each > share for each, _ in others)
        rows = [row for each in cells.values() for row in each.rows]
        order = sorted(cells, key=lambda code: (-cells[code].value, code))[:5]
        shown = ", ".join(f"{names(code)} {100 * cells[code].value / total:.0f} percent" for code in order)
        sheet.step(
            f"{names(state)}, {source}, {first} to {last}: {amount(total, 'TIV')} in all; {shown}",
            100 * share,
            "percent",
            rows,
        )
        found.append((last, first, source, share, rival, rival_share, rank, len(cells)))
    if not found:
        return _Leg(name, "no rows of deliveries of arms", None, rows=False)
    # The source that reaches nearest to the claim speaks; the others stand in the arithmetic.
    last, first, source, share, rival, rival_share, rank, suppliers = max(found)
    against = f", {names(rival)} {100 * rival_share:.0f} percent" if rival else ""
    who = (
        f"{names(claimed.partner)} {100 * share:.0f} percent ({place(rank)} of {suppliers})"
        if share
        else (f"none from {names(claimed.partner)}")
    )
    words = f"{who}{against} of deliveries {first} to {last} by {source}"
    if share >= known["dominant"]:
        return _Leg(name, words, True)
    return _Leg(name, words, False if share <= known["minor"] else None)


def _pacts(state: str, claimed: Unrivalled, table: Table, knowledge: Knowledge, names: Names, sheet: Sheet) -> _Leg:
    """Who is bound to defend the state by treaty, in the last year that a source covers up to the claim."""
    name = "duties of defence"
    last = 0
    allies: dict[str, tuple[str, Row]] = {}
    spoken = False
    for indicator in rules()["security"]["pacts"]:
        for partner in table.partners(state, indicator, Flow.NONE):
            for source in table.sources(state, partner, indicator, Flow.NONE):
                extent = table.extent(source, indicator)
                if extent is None:
                    continue
                number = min(extent[1], claimed.on.year) if claimed.on else extent[1]
                row = table.row(state, partner, indicator, Flow.NONE, source, str(number))
                spoken, last = True, max(last, number)
                if row is not None and row.value == 1:
                    allies[partner] = (
                        source,
                        Row(
                            f"{names(state)} and {names(partner)}: duty of defence in force in {number}",
                            row.value,
                            row.unit,
                            row.source,
                            row.vintage,
                            row.row,
                        ),
                    )
    if not spoken:
        return _Leg(name, "no rows of treaties of defence", None, rows=False)
    on = claimed.on or dt.date(last, 12, 31)
    circle = {
        member
        for body in rules()["security"]["organisations"]
        if {state, claimed.partner} <= set(knowledge.members(body, dt.date(last, 12, 31)))
        for member in knowledge.members(body, dt.date(last, 12, 31))
    }
    others = sorted(set(allies) - circle - {claimed.partner})
    if allies:
        sheet.step(
            f"{names(state)}, {last}: duties of defence with {listed([names(code) for code in sorted(allies)])}",
            float(len(allies)),
            "states",
            [row for _, row in allies.values()],
        )
    old = f" (the rows end in {last})" if on.year - last > rules()["fresh"] else ""
    if claimed.partner not in allies:
        return _Leg(name, f"none with {names(claimed.partner)} in {last}{old}", None if old else False)
    if others:
        beside = listed([names(code) for code in others[:6]])
        return _Leg(name, f"with {names(claimed.partner)}, and beside it with {beside} in {last}{old}", None)
    return _Leg(name, f"with {names(claimed.partner)} and its circle alone in {last}{old}", None if old else True)


def _members(state: str, claimed: Unrivalled, knowledge: Knowledge, names: Names) -> _Leg:
    """Organisations of defence that the state belongs to on the day of the claim, with the partner and without it."""
    on = claimed.on
    mine = [body for body in rules()["security"]["organisations"] if state in knowledge.members(body, on)]
    joint = [body for body in mine if claimed.partner in knowledge.members(body, on)]
    partners = [body for body in rules()["security"]["organisations"] if claimed.partner in knowledge.members(body, on)]
    when = f" on {on.isoformat()}" if on else ""
    name = "organisations of defence"
    if other := [body for body in mine if body not in joint]:
        return _Leg(name, f"in {listed([names(each) for each in other])} without {names(claimed.partner)}{when}", False)
    if joint:
        return _Leg(name, f"in {listed([names(each) for each in joint])} with {names(claimed.partner)}{when}", True)
    if partners:
        which = listed([names(each) for each in partners])
        return _Leg(name, f"in none; {names(claimed.partner)} is in {which}{when}", False)
    return _Leg(name, "in none", None)


def _forces(state: str, claimed: Unrivalled, names: Names, ties: Sequence[tuple[str, Tie]], sheet: Sheet) -> _Leg:
    """Whose forces the record reports in the state."""
    here = [(document, tie) for document, tie in ties if tie.type is TieType.MILITARY_PRESENCE and tie.to == state]
    name = "forces in the state, by the record"
    if not here:
        return _Leg(name, "none are reported", None)
    whose = sorted({tie.from_ for _, tie in here})
    rows = [
        Row(f"{names(tie.from_)}’s forces in {names(state)}, as a document says", None, "tie", "record", "", tie.id)
        for _, tie in here
    ]
    sheet.step(f"Forces in {names(state)} by the record: {listed([names(code) for code in whose])}", None, "", rows)
    others = [code for code in whose if code != claimed.partner]
    words = f"{listed([names(code) for code in whose])}"
    return _Leg(name, words, not others)


def _phrases(text: Text, sentence: Span, table: Mapping[str, Any]) -> Iterator[tuple[Span, Mention]]:
    """The words of each claim in a sentence, with the name of who cannot be replaced."""
    mentions = text.within(sentence)
    for pattern in table["claims"]:
        for match in re.finditer(pattern, text.text[slice(*sentence)], re.IGNORECASE):
            end = sentence.start + match.end()
            behind = next((each for each in mentions if each.span.start >= end), None)
            if behind and re.fullmatch(table["gap"], text.text[end : behind.span.start], re.IGNORECASE):
                yield Span(sentence.start + match.start(), end), behind
    for pattern in table["after"]:
        for match in re.finditer(pattern, text.text[slice(*sentence)], re.IGNORECASE):
            start = sentence.start + match.start()
            ahead = next((each for each in reversed(mentions) if each.span.end <= start), None)
            if ahead and len(text.text[ahead.span.end : start].split()) <= _NEAR:
                yield Span(start, sentence.start + match.end()), ahead


def _claimed(text: Text, sentence: Span, words: Span, partner: Mention, table: Mapping[str, Any]) -> Unrivalled:
    saying = text.said_by(words)
    sentence_text = text.text[slice(*sentence)]
    security = re.search(table["security"], sentence_text, re.IGNORECASE) is not None
    if saying is not None and Domain.SECURITY in saying.domains:
        security = True
    states = _states(text, sentence, words, partner, saying.id if saying else None)
    said_on = saying.said_on if saying else None
    on = said_on or text.record.document.published
    before = text.text[sentence.start : words.start]
    negated = re.search(text.phrases.any_of("denial"), before, re.IGNORECASE) is not None
    claim = Claim(
        kind=ClaimKind.NO_ALTERNATIVE,
        document=text.record.document.id,
        item=None,
        evidence=(sentence,),
        sentence=sentence_text,
        said_by=saying.id if saying else None,
        speaker=saying.speaker if saying else None,
        said_on=said_on,
        statistic="arms",
        sides=(states, (partner.states[0],) if len(partner.states) == 1 else partner.states),
        period=None,
        relation=Relation.EXACTLY,
        negated=negated,
        value=None,
        unit="states",
        low=None,
        high=None,
    )
    problem = None
    if len(partner.states) != 1 or not re.fullmatch(r"[A-Z]{3}", partner.states[0]):
        problem = "Who is meant to have no alternative is not one state."
    elif not security:
        problem = "It is not a claim about security, and for other fields no statistic tells what an alternative is."
    elif not states:
        problem = "The text does not tell for whom there is said to be no alternative."
    return Unrivalled(claim, partner.states[0], interval(on)[1] if on else None, problem)


def _states(text: Text, sentence: Span, words: Span, partner: Mention, said_by: str | None) -> tuple[str, ...]:
    """For whom there is no alternative: states of the sentence, of ties in the same statement, or of the last group."""
    mine = set(partner.states)

    def of(mentions: Sequence[Mention]) -> tuple[str, ...]:
        codes = (code for each in mentions for code in each.states if re.fullmatch(r"[A-Z]{3}", code))
        return tuple(dict.fromkeys(code for code in codes if code not in mine))

    if named := of([each for each in text.within(sentence) if each is not partner]):
        return named
    ties = [
        tie
        for tie in text.record.ties
        if said_by is not None and tie.said_by == said_by and tie.type in _SECURITY_TIES and {tie.from_, tie.to} & mine
    ]
    if ends := sorted({code for tie in ties for code in (tie.from_, tie.to) if code not in mine}):
        return tuple(ends)
    earlier = [each for each in text.mentions if each.span.end <= words.start]
    groups = [each for each in earlier if each.group and len(each.states) > 1 and of([each])]
    if groups:
        return of([groups[-1]])
    paragraph = text.text.rfind("\n", 0, words.start) + 1
    return of([each for each in earlier if each.span.start >= paragraph])


def _who(claim: Claim) -> str | None:
    speaker = claim.speaker
    return (speaker.person or speaker.organisation or speaker.state) if speaker else None
