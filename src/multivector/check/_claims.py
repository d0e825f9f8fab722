"""From a figure of the record to what it claims: which statistic, whose, when, and which values would make it true."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from multivector.check._data import Shape, Statistic, rules, statistic_of
from multivector.check._sides import sides_of
from multivector.check._types import Claim, ClaimKind, Relation
from multivector.check._words import Text
from multivector.knowledge import Knowledge
from multivector.record import Figure, Span, interval

_NUMERAL = re.compile(r"\d[\d.,'’   ]*\d|\d")
_MONEY_MARK = r"(?:\s+(?:the|a|an|a total of|отметку в|уровень в))?\s*(?:US|USD|EUR)?\s*[$€£¥₽]?\s*"
_OR_MORE = re.compile(r"\s*(?:\+|(?:[a-z$€]+\s){0,3}or more\b)", re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Z]{3}")

_CHANGE, _SHARE = "change in ", "share of "


@dataclass(frozen=True, slots=True)
class Understood:
    """A claim with what the checks need beside it.

    `problem` says why it cannot be checked whatever the statistics hold, None when nothing stands against it.
    `direction` is False where the text does not tell who gives and who gets. `base` is an earlier period that
    the sentence names, with which a change may be compared.
    """

    claim: Claim
    statistic: Statistic
    period: tuple[dt.date, dt.date] | None
    spoken: dt.date | None
    direction: bool
    problem: str | None
    base: tuple[dt.date, dt.date] | None = None


def understand(figure: Figure, text: Text, knowledge: Knowledge) -> Understood | None:
    """What a figure claims; None when no statistic of this room bears on its measure."""
    sentence = text.sentence(figure.evidence[0].start)
    words = text.text[slice(*sentence)]
    kind, measure = _kind(figure)
    found = statistic_of(measure, words)
    if found is None or (kind is ClaimKind.SHARE and found.shape is Shape.BALANCE):
        return None
    if found.shape is Shape.VOTES:
        if kind is not ClaimKind.SHARE or not re.search(text.phrases.text("voted"), words, re.IGNORECASE):
            return None
        kind = ClaimKind.VOTES
    if not _unit_fits(kind, figure.unit):
        return None
    number = _number(text.text, figure, sentence)
    clause = _clause(text, sentence, number)
    relation, hedge = _relation(text, figure, number, clause)
    sides = sides_of(figure, text, sentence, found, kind, measure, knowledge)
    saying = next((each for each in text.record.statements if each.id == figure.said_by), None)
    spoken = _day(saying.said_on if saying and saying.said_on else text.record.document.published)
    period = _whole(figure.period)
    value = figure.value * found.sign if kind is ClaimKind.AMOUNT else figure.value
    half = _half_unit(text.text[slice(*number)], figure)
    low, high = accepted(value, relation, half, kind, points=figure.unit == "percent")
    claim = Claim(
        kind=kind,
        document=text.record.document.id,
        item=figure.id,
        evidence=figure.evidence,
        sentence=words,
        said_by=figure.said_by,
        speaker=saying.speaker if saying else None,
        said_on=saying.said_on if saying else None,
        statistic=found.code,
        sides=(sides.first, sides.second),
        period=figure.period,
        relation=relation,
        negated=_negated(text, sentence, clause, hedge),
        value=value,
        unit=figure.unit,
        low=low,
        high=high,
    )
    problem = _ahead(text, clause, number, period, spoken) or sides.problem or _odd_period(figure.period, period)
    base = _base(text, sentence, period) if kind is ClaimKind.CHANGE else None
    return Understood(claim, found, period, spoken, sides.direction, problem, base)


def accepted(
    value: float, relation: Relation, half: float, kind: ClaimKind, *, points: bool
) -> tuple[float | None, float | None]:
    """The values that make a claim true. `half` is half a unit of the last figure that is told; `points`: percent."""
    known = rules()
    if kind in (ClaimKind.SHARE, ClaimKind.VOTES):
        half = max(half, known["share_points"])
    elif points:
        half = max(half, known["growth_points"])
    size = abs(value)
    if kind is ClaimKind.AMOUNT:
        half = min(half, known["coarse"] * size)
    if relation is Relation.ABOUT:
        return value - max(half, known["about"] * size), value + max(half, known["about"] * size)
    if relation is Relation.ALMOST:
        # `Almost minus 5 percent` is less of a fall.
        below = max(half, known["almost"] * size)
        return (value - below, value + half) if value >= 0 else (value - half, value + below)
    if relation is Relation.AT_LEAST:
        return (value - half, None) if value >= 0 else (None, value + half)
    if relation is Relation.AT_MOST:
        return (None, value + half) if value >= 0 else (value - half, None)
    return value - half, value + half


def _kind(figure: Figure) -> tuple[ClaimKind, str]:
    if figure.measure.startswith(_CHANGE):
        return ClaimKind.CHANGE, figure.measure.removeprefix(_CHANGE)
    if figure.measure.startswith(_SHARE):
        return ClaimKind.SHARE, figure.measure.removeprefix(_SHARE)
    return ClaimKind.AMOUNT, figure.measure


def _unit_fits(kind: ClaimKind, unit: str) -> bool:
    """Whether a claim of this kind can be told in the unit; tonnes and numbers of contracts are other statistics."""
    money = _CURRENCY.fullmatch(unit) is not None
    if kind is ClaimKind.AMOUNT:
        return money
    return unit == "percent" or (kind is ClaimKind.CHANGE and (money or unit == "times"))


def _number(text: str, figure: Figure, sentence: Span) -> Span:
    """Where the number stands: the numeral in the evidence that gives the value, else the end of the evidence."""
    start, end = figure.evidence[0].start, min(figure.evidence[-1].end, sentence.end)
    for match in _NUMERAL.finditer(text, start, end):
        if _parse(match[0], abs(figure.value)) is not None:
            return Span(*match.span())
    return Span(end, end)


def _parse(numeral: str, value: float) -> tuple[int, int, int] | None:
    """Digits before and after the point and the power of ten with which a numeral gives the value, or None."""
    digits = re.sub(r"['’\s]", "", numeral)
    for point, group in ((".", ","), (",", ".")):
        plain = digits.replace(group, "").replace(point, ".")
        try:
            told = float(plain)
        except ValueError:
            continue
        for power in (0, 3, 6, 9, 12, 1, 2, 5, 7):
            if told and abs(told * 10**power - value) <= 1e-9 * value:
                whole, _, fraction = plain.partition(".")
                return int(whole), len(fraction), power
    return None


def _half_unit(numeral: str, figure: Figure) -> float:
    """Half a unit of the last figure that is told. Of a whole number's zeros at the end, all but two figures are round.

    `27.4 billion`: 50 million. `35 billion`: 500 million. `400 million`: 5 million. `1,250,000`: 5,000.
    """
    size = abs(figure.value)
    found = _parse(numeral, size) if numeral else None
    if found is None:
        power = 0
        while size >= 1000 * 10**power and size % (1000 * 10**power) == 0:
            power += 3
        found = int(size / 10**power), 0, power
    whole, decimals, power = found
    if decimals:
        return 0.5 * 10.0 ** (power - decimals)
    figures, zeros = len(str(whole)), len(str(whole)) - len(str(whole).rstrip("0"))
    return 0.5 * 10.0 ** (power + max(0, figures - max(2, figures - zeros)))


def _clause(text: Text, sentence: Span, number: Span) -> Span:
    """The clause from its beginning up to the number."""
    start = sentence.start
    for match in re.finditer(text.phrases.text("clause"), text.text[sentence.start : number.start], re.IGNORECASE):
        start = sentence.start + match.end()
    return Span(start, number.start)


def _relation(text: Text, figure: Figure, number: Span, clause: Span) -> tuple[Relation, Span | None]:
    """How the number is hedged, and where the words stand that do it."""
    before = text.text[clause.start : clause.end]
    if number.start == number.end:  # a number in words: the hedge stands somewhere before it
        before = text.text[clause.start : figure.evidence[-1].end]
    end = r"\b" if number.start == number.end else "$"
    found = [
        (match.start(), place, relation, match.end())
        for place, relation in enumerate((Relation.AT_MOST, Relation.ALMOST, Relation.ABOUT, Relation.AT_LEAST))
        if (
            match := re.search(f"{text.phrases.any_of(relation.name.lower())}{_MONEY_MARK}{end}", before, re.IGNORECASE)
        )
    ]
    if found:
        # `no less than`, not the `less than` inside it.
        begin, _, relation, last = min(found)
        return relation, Span(clause.start + begin, clause.start + last)
    if not figure.approximate:
        return Relation.EXACTLY, None
    return (Relation.AT_LEAST if _OR_MORE.match(text.text, number.end) else Relation.ABOUT), None


def _negated(text: Text, sentence: Span, clause: Span, hedge: Span | None) -> bool:
    """Whether the claim is that the number is not so. Words that belong to a hedge (`did not exceed`) do not count."""
    before = text.text[clause.start : hedge.start if hedge else clause.end]
    spared = re.sub(text.phrases.any_of("not_negation"), lambda m: " " * len(m[0]), before, flags=re.IGNORECASE)
    once = re.search(text.phrases.any_of("negation"), spared, re.IGNORECASE) is not None
    denied = re.search(text.phrases.any_of("denial"), text.text[sentence.start : clause.end], re.IGNORECASE)
    return once != (denied is not None)


def _ahead(
    text: Text, clause: Span, number: Span, period: tuple[dt.date, dt.date] | None, spoken: dt.date | None
) -> str | None:
    """Why a claim is about what has not been: its period was not over when it was made, or it is a plan."""
    if period is not None and spoken is not None:
        if period[1] < spoken:
            return None
        when = f"on {spoken.isoformat()}, when this was said or published"
        if period[0] > spoken:
            return f"It is about the future: its period had not begun {when}."
        return f"Its period was not over {when}, so that no statistics could hold it."
    # Without a date, words of intent tell. A sentence may end with them: `5 billion dollars are planned`.
    around = text.text[clause.start : text.sentence(number.start or clause.start).end]
    if re.search(text.phrases.any_of("future"), around, re.IGNORECASE):
        return "It is a plan, a forecast or a possibility, which statistics cannot hold."
    return None


def _base(text: Text, sentence: Span, period: tuple[dt.date, dt.date] | None) -> tuple[dt.date, dt.date] | None:
    """The one earlier period of about the same length that the sentence names, None where there is none or more."""
    if period is None:
        return None
    length = (period[1] - period[0]).days
    found = {
        named
        for date in text.record.dates
        if any(sentence.start <= start and end <= sentence.end for start, end in date.evidence)
        and (named := _whole(date.value)) is not None
        and named[1] < period[0]
        and abs((named[1] - named[0]).days - length) <= 3
    }
    return found.pop() if len(found) == 1 else None


def _odd_period(told: str | None, period: tuple[dt.date, dt.date] | None) -> str | None:
    return f"Its period ({told}) has an open end." if told is not None and period is None else None


def _whole(period: str | None) -> tuple[dt.date, dt.date] | None:
    if period is None:
        return None
    first, last = interval(period)
    return (first, last) if first and last else None


def _day(date: str | None) -> dt.date | None:
    return interval(date)[1] if date else None
