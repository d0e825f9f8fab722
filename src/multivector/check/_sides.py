"""Whose figure it is: between whom, and who gives and who gets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from multivector.check._data import Shape, Statistic
from multivector.check._types import ClaimKind
from multivector.check._words import Mention, Text
from multivector.knowledge import Knowledge
from multivector.record import Figure, Span, interval

_STATE = re.compile(r"[A-Z]{3}")
_JOINED = re.compile(r"(?:[,\s]|\b(?:and|or|as well as|и|или|а также|the)\b)*", re.IGNORECASE)
_WORLD = re.compile(r"\b(?:foreign trade|external trade|world|total|overall|внешн\w+|всего)\b", re.IGNORECASE)
_NEAR = 60
"""So far behind a name, in characters, a word still tells what is the name's own."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a claim as `Claim.sides`; whether the direction is told; why the sides are not known."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    direction: bool = True
    problem: str | None = None


def sides_of(
    figure: Figure, text: Text, sentence: Span, about: Statistic, kind: ClaimKind, measure: str, knowledge: Knowledge
) -> Sides:
    """The sides of a figure, by its parties and by the words around their names in its sentence.

    For a flow the first gives and the second gets; of a share the first has the whole, the second is the part; a
    balance is the first's. Organisations that are parties stand for their members.
    """
    parties = [code for code in figure.parties if not (about.shape is Shape.VOTES and code == "IGO:UN")]
    mentions = text.within(sentence)
    parted = _parted(text, sentence, parties, mentions, figure)
    if parted.problem is not None or (not parted.second and kind is not ClaimKind.SHARE):
        return _expanded(parted, figure, knowledge)
    if about.shape is Shape.VOTES or (about.shape is Shape.TURNOVER and kind is not ClaimKind.SHARE):
        return _expanded(parted, figure, knowledge)
    if kind is ClaimKind.SHARE:
        if not parted.second:
            return Sides((), (), problem="Whose share it is, or of whose whole, is not told.")
        first = _whole_of(text, sentence, parted, mentions)
    else:
        first = _giver(text, sentence, parted, mentions, about, measure)
    if first is None:
        return _expanded(Sides(parted.first, parted.second, direction=False), figure, knowledge)
    sides = parted if first == 0 else Sides(parted.second, parted.first)
    return _expanded(sides, figure, knowledge)


def _parted(text: Text, sentence: Span, parties: list[str], mentions: list[Mention], figure: Figure) -> Sides:
    """The parties as two sides, in the order of the text."""
    for group in mentions:
        if group.group and len(group.states) > 1 and set(group.states) <= set(parties):
            others = tuple(code for code in parties if code not in group.states)
            if others:
                return Sides(others, group.states)
            return _among_themselves(text, sentence, group.states)
    if not parties:
        return Sides((), (), problem="No parties are named that could be looked up.")
    if len(parties) == 1:
        return _with_speaker(text, parties[0], mentions, figure)
    order = [code for mention in mentions for code in mention.states if code in parties]
    parties = sorted(parties, key=lambda code: (order.index(code) if code in order else len(order), code))
    if len(parties) == 2:
        return Sides((parties[0],), (parties[1],))
    return _by_lists(text, parties, mentions)


def _among_themselves(text: Text, sentence: Span, states: tuple[str, ...]) -> Sides:
    words = text.text[slice(*sentence)]
    if re.search(text.phrases.any_of("among"), words, re.IGNORECASE):
        return Sides(states, states)
    if _WORLD.search(words):
        return Sides(states, ())
    return Sides((), (), problem="A group is named, and not with whom its trade is meant.")


def _with_speaker(text: Text, party: str, mentions: list[Mention], figure: Figure) -> Sides:
    """One party alone: its whole trade, unless the words before it say that it is with, from or to it."""
    phrases = text.phrases
    linked = "|".join(phrases.any_of(name) for name in ("with", "from", "to"))
    for mention in mentions:
        if party in mention.states:
            before = text.text[: mention.span.start][-20:]
            if re.search(rf"(?:{linked})\s+(?:the\s+)?$", before, re.IGNORECASE):
                saying = next((each for each in text.record.statements if each.id == figure.said_by), None)
                state = saying.speaker.state if saying else None
                if state is None or state == party:
                    return Sides((), (), problem="Only one side is named, and it is not told whose trade with it is.")
                return Sides((state,), (party,))
    return Sides((party,), ())


def _by_lists(text: Text, parties: list[str], mentions: list[Mention]) -> Sides:
    """Three or more parties: names joined by commas and `and` are one side, when that leaves two sides."""
    runs: list[list[str]] = []
    end = -1
    for mention in mentions:
        codes = [code for code in mention.states if code in parties]
        if not codes:
            continue
        joined = end >= 0 and _JOINED.fullmatch(text.text[end : mention.span.start])
        if joined:
            runs[-1] += codes
        else:
            runs.append(codes)
        end = mention.span.end
    sides = [tuple(dict.fromkeys(run)) for run in runs]
    sides = list(dict.fromkeys(sides))
    if len(sides) == 2 and not set(sides[0]) & set(sides[1]) and {*sides[0], *sides[1]} == set(parties):
        return Sides(sides[0], sides[1])
    return Sides((), (), problem="Several parties are named, and not which of them trade with which.")


def _giver(
    text: Text, sentence: Span, sides: Sides, mentions: list[Mention], about: Statistic, measure: str
) -> int | None:
    """Which side gives (0 the first, 1 the second), or owns the balance; None when the words do not tell."""
    role = next((role for word, role in about.owner.items() if word in measure), None)
    if about.shape is Shape.BALANCE:
        role = "giver"
    phrases = text.phrases
    flows = "|".join(str(each) for each in phrases.section("flows").values())
    own = re.compile(rf"{phrases.text('own')}(?:{flows})\b", re.IGNORECASE)
    of = re.compile(rf"(?:{flows})\s+{phrases.text('of')}$|(?:{flows})\s+(?:of\s+)?(?:the\s+)?$", re.IGNORECASE)
    verdicts: set[int] = set()
    for place, mention in _placed(sides, mentions):
        before = text.text[sentence.start : mention.span.start]
        after = text.text[mention.span.end : min(sentence.end, mention.span.end + _NEAR)]
        gives: bool | None = None
        if about.shape is not Shape.BALANCE and re.search(
            rf"{phrases.any_of('from')}\s+(?:the\s+)?$", before, re.IGNORECASE
        ):
            gives = True
        elif about.shape is not Shape.BALANCE and re.search(
            rf"{phrases.any_of('to')}\s+(?:the\s+)?$", before, re.IGNORECASE
        ):
            gives = False
        elif role is not None and (own.match(after) or of.search(before)):
            gives = role == "giver"
        elif about.shape is Shape.BALANCE and re.search(
            rf"{phrases.any_of('with')}\s+(?:the\s+)?$", before, re.IGNORECASE
        ):
            gives = None
        if gives is not None:
            verdicts.add(place if gives else 1 - place)
    return verdicts.pop() if len(verdicts) == 1 else None


def _whole_of(text: Text, sentence: Span, sides: Sides, mentions: list[Mention]) -> int | None:
    """Which side's whole a share is of; None when the words do not tell."""
    phrases = text.phrases
    nouns = phrases.text("nouns")
    own = re.compile(rf"{phrases.text('own')}{nouns}\b", re.IGNORECASE)
    of = re.compile(rf"{nouns}\s+{phrases.text('of')}$|{phrases.any_of('whole_in')}$", re.IGNORECASE)
    part = re.compile("|".join(phrases.table.get("part", ())) or "(?!)", re.IGNORECASE)
    part_of = re.compile(
        rf"(?:{phrases.any_of('part_of')}|{phrases.any_of('to')}\s+|{phrases.any_of('from')}\s+)$", re.IGNORECASE
    )
    verdicts: set[int] = set()
    for place, mention in _placed(sides, mentions):
        before = text.text[sentence.start : mention.span.start]
        after = text.text[mention.span.end : min(sentence.end, mention.span.end + _NEAR)]
        if own.match(after) or of.search(before):
            verdicts.add(place)
        elif part.match(after) or part_of.search(before):
            verdicts.add(1 - place)
    return verdicts.pop() if len(verdicts) == 1 else None


def _placed(sides: Sides, mentions: Iterable[Mention]) -> Iterable[tuple[int, Mention]]:
    for mention in mentions:
        for place, side in enumerate((sides.first, sides.second)):
            if set(mention.states) & set(side):
                yield place, mention


def _expanded(sides: Sides, figure: Figure, knowledge: Knowledge) -> Sides:
    """Organisations as their members, and nobody but states."""
    first, second = (_states(side, figure, knowledge) for side in (sides.first, sides.second))
    if sides.problem is None and ((sides.first and not first) or (sides.second and not second)):
        return Sides((), (), problem="One of its parties is not a state, and its members are not known.")
    return Sides(first, second, sides.direction, sides.problem)


def _states(side: tuple[str, ...], figure: Figure, knowledge: Knowledge) -> tuple[str, ...]:
    found: dict[str, None] = {}
    on = interval(figure.period)[1] if figure.period else None
    for code in side:
        codes = (code,) if _STATE.fullmatch(code) else knowledge.members(code, on)
        found |= dict.fromkeys(each for each in codes if _STATE.fullmatch(each))
    return tuple(found)
