"""Claims of standing in trade: whose partner somebody is, and in which place among all of them."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from multivector.check._data import Phrases, Statistic, rules, statistic
from multivector.check._judge import turned
from multivector.check._money import Names, amount, listed, place, span_name
from multivector.check._pairs import WRONG
from multivector.check._readings import Period, Readings, year
from multivector.check._sheet import Sheet
from multivector.check._table import Sum, Table
from multivector.check._types import Check, Claim, ClaimKind, Part, Relation, Verdict
from multivector.check._words import Mention, Text
from multivector.record import Flow, Span, Tie, TieType, interval
from multivector.statistics import known_defects

_FLOWS = {"turnover": Flow.TURNOVER, "exports": Flow.EXPORTS, "imports": Flow.IMPORTS}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A claim that `partner` stands in a place among the trading partners of the claim's first side."""

    claim: Claim
    partner: str
    exact: bool
    period: Period | None
    spoken: str | None

    @property
    def day(self) -> dt.date | None:
        """The last day of its period, else the one on which it was said."""
        return self.period[1] if self.period else interval(self.spoken)[1] if self.spoken else None


def ranks_claimed(text: Text) -> Iterator[Ranked]:
    """The claims of a place among trading partners in a text, one a sentence and noun."""
    words = _rank_words(text.phrases)
    if words is None:
        return
    for sentence in text.sentences():
        for noun in words.partner.finditer(text.text, *sentence):
            found = _claimed(text, sentence, Span(*noun.span()), words)
            if found is not None:
                yield found


def check_rank(ranked: Ranked, table: Table, names: Names, members: tuple[str, ...] = ()) -> Check:
    """The verdict, state by state and year by year, by each source that ranks the partner.

    `members` are those of a partner that is an organisation: together they count as one partner.
    """
    claim, sheet = ranked.claim, Sheet(ranked.claim)
    about = statistic(claim.statistic)
    parts = [_part(ranked, state, table, about, names, sheet, members) for state in claim.sides[0]]
    sheet.parts += parts
    sheet.missing += [missing for part in parts for missing in part.missing]
    sheet.unit = "rank"
    limit = int(claim.value or 0)
    rule = f"holds {place(limit)} place" if ranked.exact else f"is among the first {limit} partners"
    denied = "It is not so that " if claim.negated else ""
    reasons = [f"The claim is read as: {denied}{names(ranked.partner)} {rule} by {about.name}."]
    if members:
        reasons.append(f"{names(ranked.partner)} counts as one partner, its {len(members)} members together.")
    reasons += by_verdict(parts, names)
    if len(parts) == 1:
        reasons += parts[0].reasons
    return sheet.finish(overall([part.verdict for part in parts]), *reasons)


def by_verdict(parts: Sequence[Part], names: Names) -> list[str]:
    """For which states the verdict is which, in words."""
    states = {verdict: [names(part.state) for part in parts if part.verdict is verdict] for verdict in Verdict}
    return [f"{verdict.capitalize()} for {listed(named)}." for verdict, named in states.items() if named]


def overall(verdicts: list[Verdict]) -> Verdict:
    """One verdict for a claim about several states: contradicted by one; supported only if by all."""
    if not verdicts or all(each is Verdict.NOT_CHECKABLE for each in verdicts):
        return Verdict.NOT_CHECKABLE
    if Verdict.CONTRADICTED in verdicts:
        return Verdict.CONTRADICTED
    return Verdict.SUPPORTED if all(each is Verdict.SUPPORTED for each in verdicts) else Verdict.CONSISTENT


def _part(
    ranked: Ranked, state: str, table: Table, about: Statistic, names: Names, sheet: Sheet, members: tuple[str, ...]
) -> Part:
    claim, flow = ranked.claim, _FLOWS[ranked.claim.statistic]
    ranks: dict[int, dict[str, _Rank]] = {}
    gaps: list[str] = []
    units = sorted(
        {unit for each in about.indicators for unit in table.units_of(state, each)},
        key=lambda unit: (unit != "USD", unit),
    )
    for unit in units[:1]:
        readings = Readings(table, about, unit, names)
        numbers = _years(ranked, readings, state)
        tables = _tables(readings, state, flow, numbers, ranked.partner, members)
        for (number, source), cells in sorted(tables.items()):
            if number not in numbers:
                continue
            if ranked.partner not in cells:
                gaps.append(f"{names(state)}, {number}: {source} has no row with {names(ranked.partner)}")
                continue
            rank = _rank(cells, ranked.partner)
            doubt = _doubt(cells[ranked.partner])
            limit = int(claim.value or 0)
            lacking = _lacking(tables, number, source)
            if doubt is None and lacking and rank <= limit < rank + len(lacking):
                before = ", ".join(f"{names(code)} ({place(old)} in {then})" for code, (old, then) in lacking.items())
                doubt = f"the table lacks {before}."
            ranks.setdefault(number, {})[source] = _Rank(rank, len(cells), doubt)
            _tell(sheet, cells, ranked.partner, state, number, source, unit, names)
    return _judged(ranked, state, ranks, gaps, names, claim)


_Tables = dict[tuple[int, str], dict[str, Sum]]


def _tables(
    readings: Readings, state: str, flow: Flow, numbers: list[int], partner: str, members: tuple[str, ...]
) -> _Tables:
    """By year and source, the state's partners, for the years to rank and those near enough to compare with."""
    near = {number + away for number in numbers for away in range(-rules()["memory"], rules()["memory"] + 1)}
    found: _Tables = {}
    for number in sorted(near):
        for source in readings.sources(state, flow):
            cells = readings.partners(state, year(number), flow, source)
            if len(cells) >= rules()["rank"]["partners"]:
                found[number, source] = _joined(cells, partner, members)
    return found


def _lacking(tables: _Tables, number: int, source: str) -> dict[str, tuple[int, int]]:
    """Partners that a table lacks although the nearest year before has them among the first: place and year."""
    cells = tables[number, source]
    earlier = sorted({then for then, _ in tables if number - rules()["memory"] <= then < number}, reverse=True)
    found: dict[str, tuple[int, int]] = {}
    for then in earlier[:1]:
        for (when, _), old in tables.items():
            if when == then:
                order = sorted(old, key=lambda code: (-old[code].value, code))[: rules()["rank"]["among"]]
                found |= {code: (order.index(code) + 1, then) for code in order if code not in cells}
    return found


@dataclass(frozen=True, slots=True)
class _Rank:
    """A place among so many partners; what is known to be wrong with the partner's row, or None."""

    place: int
    of: int
    doubt: str | None

    def __str__(self) -> str:
        return f"{place(self.place)} of {self.of}"


def _judged(
    ranked: Ranked, state: str, ranks: dict[int, dict[str, _Rank]], gaps: list[str], names: Names, claim: Claim
) -> Part:
    """The verdict by the last year in which a row that is not in doubt ranks the partner."""
    limit, who = int(claim.value or 0), names(ranked.partner)
    if not ranks:
        when = f" for {span_name(ranked.period)}" if ranked.period else ""
        reason = f"No source ranks {who} among the partners of {names(state)}{when}."
        gaps = gaps or [f"{names(state)}: trade by partner{when or ' in the years before the claim'}, with {who} in it"]
        return Part(state, Verdict.NOT_CHECKABLE, (), (reason,), tuple(dict.fromkeys(gaps)))
    sound = {
        number: {source: rank for source, rank in found.items() if rank.doubt is None}
        for number, found in ranks.items()
        if any(rank.doubt is None for rank in found.values())
    }
    last = max(sound or ranks)
    told = (sound or ranks)[last]
    hits = [(rank.place == limit if ranked.exact else rank.place <= limit) for rank in told.values()]
    verdict = Verdict.SUPPORTED if all(hits) else Verdict.CONSISTENT if any(hits) else Verdict.CONTRADICTED
    places = listed([place(each) for each in sorted({rank.place for rank in told.values()})])
    reasons = [f"{who} was {names(state)}’s {places} partner in {last}, the last year with sound rows on both."]
    if any(hits) and not all(hits):
        reasons.append("The sources do not agree on the place.")
    reasons += [
        f"Not counted: {number}, {source}: {rank.doubt}"
        for number, found in sorted(ranks.items())
        for source, rank in sorted(found.items())
        if rank.doubt is not None
    ]
    spoken = interval(ranked.spoken)[1] if ranked.spoken else None
    if not sound:
        verdict = Verdict.CONSISTENT
        reasons[0] = f"All rows that rank {who} among {names(state)}’s partners are in doubt."
    elif ranked.period is None and spoken is not None and spoken.year - last > rules()["fresh"]:
        verdict = Verdict.CONSISTENT
        reasons.append(f"That is {spoken.year - last} years before it was said, too long ago to tell.")
    table = tuple(
        (str(number), "; ".join(f"{rank} ({source}{', in doubt' if rank.doubt else ''})" for source, rank in each))
        for number, each in ((number, sorted(found.items())) for number, found in sorted(ranks.items()))
    )
    newer = tuple(dict.fromkeys(each for number, each in ((_number(gap), gap) for gap in gaps) if number > last))
    return Part(state, turned(verdict, claim), table, tuple(reasons), newer)


def _number(gap: str) -> int:
    return int(gap.split(", ", 1)[1].split(":", 1)[0])


def _doubt(value: Sum) -> str | None:
    """What is known to be wrong with a partner's rows."""
    found = [
        defect.what
        for defect in known_defects()
        if defect.kind in WRONG and any(defect.covers(row) for row in value.rows)
    ]
    return found[0] if found else None


def _years(ranked: Ranked, readings: Readings, state: str) -> list[int]:
    """The years to rank: those of the claim, else the last ones before it was made that are fresh enough."""
    if ranked.period is not None:
        return list(range(ranked.period[0].year, ranked.period[1].year + 1))
    spoken = interval(ranked.spoken)[1] if ranked.spoken else None
    there = [number for number in readings.years(state) if spoken is None or number <= spoken.year]
    if not there:
        return []
    newest = spoken.year if spoken else there[-1]
    return [number for number in there if newest - rules()["rank_years"] <= number]


def _joined(cells: dict[str, Sum], partner: str, members: tuple[str, ...]) -> dict[str, Sum]:
    """The cells with the members of an organisation as one partner; a member without a row is missing from its sum."""
    there = [cells[code] for code in members if code in cells]
    if not there:
        return cells
    rest = {code: each for code, each in cells.items() if code not in members}
    rows = tuple(row for each in there for row in each.rows)
    return rest | {partner: Sum(math.fsum(each.value for each in there), rows)}


def _rank(cells: dict[str, Sum], partner: str) -> int:
    mine = cells[partner].value
    return 1 + sum(each.value > mine for code, each in cells.items() if code != partner)


def _tell(
    sheet: Sheet, cells: dict[str, Sum], partner: str, state: str, number: int, source: str, unit: str, names: Names
) -> None:
    """The arithmetic: the partners ahead and the partner itself."""
    order = sorted(cells, key=lambda code: (-cells[code].value, code))
    shown = order[: max(3, order.index(partner) + 1)][:10]
    if partner not in shown:
        shown.append(partner)
    told = ", ".join(f"{order.index(code) + 1} {names(code)} {amount(cells[code].value, unit)}" for code in shown)
    rows = [row for code in shown for row in cells[code].rows]
    rank = float(_rank(cells, partner))
    sheet.step(f"{names(state)}, {number}, {source}, of {len(cells)} partners: {told}", rank, "rank", rows)


@dataclass(frozen=True, slots=True)
class _RankWords:
    partner: re.Pattern[str]
    exports: re.Pattern[str]
    imports: re.Pattern[str]
    within: re.Pattern[str]
    place: re.Pattern[str]
    one_of: re.Pattern[str]
    first: re.Pattern[str]
    after: re.Pattern[str]
    our: re.Pattern[str]
    negation: re.Pattern[str]
    ordinals: dict[str, int]
    numbers: dict[str, int]


@cache
def _rank_words(phrases: Phrases) -> _RankWords | None:
    table = phrases.section("rank")
    if not table:
        return None
    ordinals, numbers = dict(table["ordinals"]), dict(table["numbers"])

    def pattern(words: str) -> re.Pattern[str]:
        words = words.replace("NTH", "|".join(ordinals)).replace("NUMBER", "|".join(numbers))
        return re.compile(words, re.IGNORECASE)

    return _RankWords(
        partner=pattern(table["partner"]),
        exports=pattern(table["exports"]),
        imports=pattern(table["imports"]),
        within=pattern(table["within"]),
        place=pattern(table["place"]),
        one_of=pattern(table["one_of"]),
        first=pattern(table["first"]),
        after=pattern(rf"^\s+(?:{table['owner_after']})\s+(?:the\s+)?"),
        our=pattern(table["our"]),
        negation=pattern(f"{phrases.any_of('negation')}|{phrases.any_of('denial')}"),
        ordinals=ordinals,
        numbers=numbers,
    )


def _claimed(text: Text, sentence: Span, noun: Span, words: _RankWords) -> Ranked | None:
    before = text.text[sentence.start : noun.start]
    limit, exact = _place(before, words)
    if limit is None:
        return None
    tie = next((tie for tie in _ties(text, sentence)), None)
    roles = _roles(text, sentence, noun, words, tie)
    if roles is None:
        return None
    partner, owners = roles
    noun_text = before[-30:] + text.text[slice(*noun)]
    code = (
        "exports" if words.exports.search(noun_text) else "imports" if words.imports.search(noun_text) else "turnover"
    )
    saying = text.said_by(noun)
    spared = re.sub(text.phrases.any_of("not_negation"), "", before, flags=re.IGNORECASE)
    period = _period(text, sentence)
    claim = Claim(
        kind=ClaimKind.RANK,
        document=text.record.document.id,
        item=tie.id if tie else None,
        evidence=(sentence,) if tie is None else tie.evidence,
        sentence=text.text[slice(*sentence)],
        said_by=saying.id if saying else None,
        speaker=saying.speaker if saying else None,
        said_on=saying.said_on if saying else None,
        statistic=code,
        sides=(owners, (partner,)),
        period=period,
        relation=Relation.EXACTLY if exact else Relation.AT_MOST,
        negated=words.negation.search(spared) is not None,
        value=float(limit),
        unit="rank",
        low=float(limit) if exact else 1.0,
        high=float(limit),
    )
    spoken = (saying.said_on if saying else None) or text.record.document.published
    first, last = interval(period) if period else (None, None)
    return Ranked(claim, partner, exact, (first, last) if first and last else None, spoken)


def _place(before: str, words: _RankWords) -> tuple[int | None, bool]:
    """The last place that makes the claim true, and whether it is exactly that one; None when none is claimed."""
    near = before[-60:]
    if match := words.within.search(near):
        number = match["number"] or match["also"]
        return words.numbers[number.lower()], False
    if match := words.place.search(near):
        one = words.one_of.search(near)
        if match["nth"] and not (one and "one of" in one[0].lower()):
            return words.ordinals[match["nth"].lower()], True
        if match["digit"]:
            return int(match["digit"]), True
    if words.one_of.search(near):
        return int(rules()["rank"]["among"]), False
    return (1, True) if words.first.search(near) else (None, False)


def _ties(text: Text, sentence: Span) -> Iterator[Tie]:
    for tie in text.record.ties:
        if tie.type is TieType.TRADING_PARTNER and any(
            sentence.start <= start and end <= sentence.end for start, end in tie.evidence
        ):
            yield tie


def _roles(
    text: Text, sentence: Span, noun: Span, words: _RankWords, tie: Tie | None
) -> tuple[str, tuple[str, ...]] | None:
    """Who is the partner, and whose: the owner's name stands right before the noun's adjectives, or after `of`."""
    mentions = text.within(sentence)
    before = [each for each in mentions if each.span.end <= noun.start]
    after = [each for each in mentions if each.span.start >= noun.end]
    owner: Mention | None = None
    owners: tuple[str, ...] = ()
    possessive = re.compile(r"[’']s?\s|[a-z]*\s", re.IGNORECASE)
    if before:
        gap = text.text[before[-1].span.end : noun.start]
        verb = re.search(r"\b(?:is|are|was|were|has|have|remains?|became|becomes?|ranks?|ranked|as|among)\b", gap)
        if possessive.match(gap) and not verb and (gap[:1] in "’'" or len(gap.split()) <= 6):
            owner = before[-1]
    if owner is None and after and words.after.match(text.text[noun.end : after[0].span.start]):
        owner = after[0]
    if owner is None and words.our.search(text.text[sentence.start : noun.start][-40:]):
        saying = text.said_by(noun)
        state = saying.speaker.state if saying else None
        owners = (state,) if state else ()
    if owner is not None:
        owners = owner.states
    if not owners:
        return None
    if overtook := re.search(text.phrases.text("overtook"), text.text[sentence.start : noun.start], re.IGNORECASE):
        # `China overtook Russia as ...`: the one that is named first.
        before = [each for each in before if each.span.end <= sentence.start + overtook.start()] or before
    others = [each for each in (*reversed(before), *after) if each is not owner and not set(each.states) & set(owners)]
    ends = {tie.from_, tie.to} - set(owners) if tie else set[str]()
    for each in others:
        if len(each.states) == 1 and (not ends or each.states[0] in ends):
            return each.states[0], owners
    return (ends.pop(), owners) if len(ends) == 1 else None


def _period(text: Text, sentence: Span) -> str | None:
    """The one year or run of years that the sentence names, if it has passed or begun."""
    named = {
        date.value
        for date in text.record.dates
        if any(sentence.start <= start and end <= sentence.end for start, end in date.evidence)
    }
    whole = [value for value in named if re.fullmatch(r"\d{4}|\d{4}-01-01/\d{4}-12-31", value)]
    return whole[0] if len(whole) == 1 else None
