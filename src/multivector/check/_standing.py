"""Claims of standing in trade: whose partner somebody is, and in which place among all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from multivector.check._data import Phrases, Statistic, rules, statistic
from multivector.check._money import Names, amount, listed, place, span_name
from multivector.check._readings import Period, Readings, year
from multivector.check._sheet import Sheet
from multivector.check._table import Sum, Table
from multivector.check._types import Check, Claim, ClaimKind, Part, Relation, Verdict
from multivector.check._words import Mention, Text
from multivector.record import Flow, Span, Tie, TieType, interval

_STATISTICS = {"exports": "exports", "imports": "imports", "turnover": "turnover"}
_FLOWS = {"turnover": Flow.TURNOVER, "exports": Flow.EXPORTS, "imports": Flow.IMPORTS}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A claim that `partner` stands in a place among the trading partners of the claim's first side."""

    claim: Claim
    partner: str
    exact: bool
    period: Period | None
    spoken: str | None


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


def check_rank(ranked: Ranked, table: Table, names: Names) -> Check:
    """The verdict, state by state and year by year, by each source that ranks the partner."""
    claim, sheet = ranked.claim, Sheet(ranked.claim)
    about = statistic(claim.statistic)
    parts = [_part(ranked, state, table, about, names, sheet) for state in claim.sides[0]]
    sheet.parts += parts
    sheet.missing += [missing for part in parts for missing in part.missing]
    sheet.unit = "rank"
    limit = int(claim.value or 0)
    what = "is the partner in " if ranked.exact else "is among the first "
    rule = f"{place(limit)} place" if ranked.exact else f"{limit} partners"
    reasons = [
        f"The claim is read as: {names(ranked.partner)} {what if not ranked.exact else 'holds '}{rule} by {about.name}."
    ]
    for verdict in Verdict:
        if states := [names(part.state) for part in parts if part.verdict is verdict]:
            reasons.append(f"{verdict.capitalize()} for {listed(states)}.")
    if len(parts) == 1:
        reasons += parts[0].reasons
    return sheet.finish(overall([part.verdict for part in parts]), *reasons)


def overall(verdicts: list[Verdict]) -> Verdict:
    """One verdict for a claim about several states: contradicted by one; supported only if by all."""
    if not verdicts or all(each is Verdict.NOT_CHECKABLE for each in verdicts):
        return Verdict.NOT_CHECKABLE
    if Verdict.CONTRADICTED in verdicts:
        return Verdict.CONTRADICTED
    return Verdict.SUPPORTED if all(each is Verdict.SUPPORTED for each in verdicts) else Verdict.CONSISTENT


def _part(ranked: Ranked, state: str, table: Table, about: Statistic, names: Names, sheet: Sheet) -> Part:
    claim, flow = ranked.claim, _FLOWS[ranked.claim.statistic]
    ranks: dict[int, dict[str, tuple[int, int]]] = {}
    gaps: list[str] = []
    units = sorted(
        {unit for each in about.indicators for unit in table.units_of(state, each)},
        key=lambda unit: (unit != "USD", unit),
    )
    for unit in units[:1]:
        readings = Readings(table, about, unit, names)
        for number in _years(ranked, readings, state):
            for source in readings.sources(state, flow):
                cells = readings.partners(state, year(number), flow, source)
                if len(cells) < rules()["rank"]["partners"]:
                    continue
                if ranked.partner not in cells:
                    gaps.append(f"{names(state)}, {number}: {source} has no row with {names(ranked.partner)}")
                    continue
                ranks.setdefault(number, {})[source] = _rank(cells, ranked.partner), len(cells)
                _tell(sheet, cells, ranked.partner, state, number, source, unit, names)
    return _judged(ranked, state, ranks, gaps, names, claim)


def _judged(
    ranked: Ranked,
    state: str,
    ranks: dict[int, dict[str, tuple[int, int]]],
    gaps: list[str],
    names: Names,
    claim: Claim,
) -> Part:
    limit = int(claim.value or 0)
    who = names(ranked.partner)
    if not ranks:
        when = f" for {span_name(ranked.period)}" if ranked.period else ""
        reason = f"No source ranks {who} among the partners of {names(state)}{when}."
        gaps = gaps or [f"{names(state)}: trade by partner{when or ' in the years before the claim'}, with {who} in it"]
        return Part(state, Verdict.NOT_CHECKABLE, (), (reason,), tuple(dict.fromkeys(gaps)))
    last = max(ranks)
    table = tuple(
        (str(number), "; ".join(f"{place(rank)} of {of} ({source})" for source, (rank, of) in sorted(found.items())))
        for number, found in sorted(ranks.items())
    )
    hits = [(rank == limit if ranked.exact else rank <= limit) for rank, _ in ranks[last].values()]
    verdict = Verdict.SUPPORTED if all(hits) else Verdict.CONSISTENT if any(hits) else Verdict.CONTRADICTED
    if claim.negated:
        verdict = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}.get(
            verdict, verdict
        )
    where = listed(sorted({place(rank) for rank, _ in ranks[last].values()}))
    reasons = [f"{who} was {names(state)}’s {where} partner in {last}, the last year with rows on both."]
    if not all(hits) and any(hits):
        reasons.append("The sources do not agree on the place.")
    return Part(state, verdict, table, tuple(reasons), tuple(dict.fromkeys(each for each in gaps if str(last) < each)))


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
    """Who is the partner, and whose partner: the name right before the noun's adjectives, or after `of`, is the owner."""
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
    if owner is None and after and words.after.match(text.text[noun.end : after[0].span.start] + "\0"[:0]):
        owner = after[0]
    if owner is None and words.our.search(text.text[sentence.start : noun.start][-40:]):
        saying = text.said_by(noun)
        state = saying.speaker.state if saying else None
        owners = (state,) if state else ()
    if owner is not None:
        owners = owner.states
    if not owners:
        return None
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
