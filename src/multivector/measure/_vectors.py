"""The front of the room: vectors of states in a domain, with every choice that changes them tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from multivector.knowledge import ActorEntry, Knowledge, load
from multivector.measure._case import RECORD_KINDS, Case, Recorded, Statistics, values
from multivector.measure._formulas import FORMULAS, VERSION
from multivector.measure._material import DECADE, Material
from multivector.measure._numbers import lead
from multivector.measure._tables import Indicator, indicator
from multivector.measure._types import (
    Alike,
    Choices,
    Data,
    Eu,
    Measure,
    MeasureError,
    Origin,
    Part,
    Said,
    Trend,
    Variant,
    Vector,
    Vectors,
    Weights,
    direction,
)
from multivector.record import ActorKind, Domain, Flow, Kind, interval
from multivector.store import Store

TRACE = 0.5
"""A year whose partners without data held more than this is left out of a series: the rest is not the same thing."""
YEARS = 10
"""Years that are taken together when none are asked for and single years say little."""


def vectors(
    data: Material | Store,
    states: str | Sequence[str],
    *,
    domain: Domain | str = Domain.TRADE,
    source: Origin | str = Origin.STATISTICS,
    kind: str | None = None,
    flow: Flow | str | None = None,
    since: str | None = None,
    until: str | None = None,
    by: str | None = None,
    choices: Choices | None = None,
    knowledge: Knowledge | None = None,
) -> Vectors:
    """How many vectors each state has in a domain, for each year or for all years together.

    `data` is a store, or rows, votes and items at hand; `knowledge` goes with a store, and is the shipped one unless
    given.
    `states` are codes of states, or one code of a group, format or organisation (`GRP:CENTRAL-ASIA`), which stands for
    its members. `kind` is an indicator of statistics (the first of the domain unless given), or of the record one of
    `cooperation` (unless given), `conflict`, `events` and `ties`. `flow` is seen from the state. `since` and `until`
    are years; `by` is `year` or `whole`, which puts all years together (as arms and votes are unless told otherwise).

    Raises MeasureError for a state or domain that is not known, and when there is nothing to measure for any state.
    """
    choices = choices or Choices()
    origin = Origin(source)
    knowledge = data.knowledge if isinstance(data, Material) else knowledge or load()
    codes = _states(states, knowledge)
    if origin is Origin.STATISTICS:
        about = indicator(str(domain), kind)
        name, way, by = about.code, Flow(flow) if flow else about.flow, by or about.by
        word = about.domain.value
        material = data if isinstance(data, Material) else _statistics(data, knowledge, codes, about, since, until)
        cases: dict[str, Case] = {code: Statistics(material, code, about, way) for code in codes}
    else:
        name = kind or RECORD_KINDS[0]
        if name not in RECORD_KINDS:
            raise MeasureError(name, "not a kind that the record has", f"take one of {', '.join(RECORD_KINDS)}")
        word, by = str(domain), by or ("whole" if name == "ties" else "year")
        only = None if word == "all" else _domain(word)
        material = data if isinstance(data, Material) else _record(data, knowledge, codes, name, only)
        cases = {code: Recorded(material, code, name, only) for code in codes}
    made: list[Vector] = []
    notes: list[str] = []
    trends: list[Trend] = []
    for code, case in cases.items():
        try:
            series, remarks = _series(case, code, word, origin, since, until, by, choices)
        except MeasureError as error:
            if len(codes) == 1:
                raise
            notes.append(str(error))
            continue
        made += series
        notes += remarks
        trends += _trends(series, choices)
    if not made:
        raise MeasureError(", ".join(codes), f"nothing to measure in {word}", notes[0] if notes else None)
    return Vectors(word, origin, name, choices, tuple(made), tuple(trends), tuple(notes), VERSION)


def _states(states: str | Sequence[str], knowledge: Knowledge) -> list[str]:
    given = [states] if isinstance(states, str) else list(states)
    codes: list[str] = []
    for each in given:
        code = each.strip()
        code = code.upper() if re.fullmatch(r"[A-Za-z]{3}", code) else code
        actor = knowledge.actor(code)
        if actor is None:
            actor = _by_name(code, knowledge)
        if actor is None:
            raise MeasureError(each, "not a state or group that is known", "give an ISO 3166-1 code such as KAZ")
        if actor.type is ActorKind.STATE:
            codes.append(actor.code)
        elif members := knowledge.members(actor.code):
            codes += [member for member in members if ":" not in member]
        else:
            raise MeasureError(each, "no state, and no members are known", "give codes of states")
    return list(dict.fromkeys(codes))


def _domain(word: str) -> str:
    if word not in (known := [domain.value for domain in Domain]):
        raise MeasureError(word, "not a domain", f"take one of {', '.join(known)}, or all")
    return word


def _statistics(
    store: Store, knowledge: Knowledge, codes: Sequence[str], about: Indicator, since: str | None, until: str | None
) -> Material:
    """What a store has for the statistics of these states. Rows of other years are needed to tell what is missing."""
    kinds = sorted(about.rows | {"gold"})
    rows = [*store.observations(reporting_area=codes, indicator=kinds)]
    rows += store.observations(counterpart_area=codes, indicator=kinds)
    if about.sparse:  # which years the source speaks of is told by the rows of all states
        rows += store.observations(indicator=kinds)
    rows += store.observations(indicator="ideal-point")
    first, last = _year(since, 0), _year(until, -1)
    votes = store.votes(since=f"{int(first) - DECADE:04}" if first else None, until=last)
    if not votes:  # older ones are better than none to tell who is like whom
        votes = store.votes(until=last)
    return Material(knowledge, list(dict.fromkeys(rows)), votes)


def _record(store: Store, knowledge: Knowledge, codes: Sequence[str], name: str, domain: str | None) -> Material:
    """The events or ties of these states in a store, with what statistics it has of who is like whom."""
    kind = Kind.TIE if name == "ties" else Kind.EVENT
    found = [each for code in codes for each in store.items(kind, actor=code, domain=domain)]
    reports = list({(each.document.id, each.item.id): each for each in found}.values())
    return Material(knowledge, store.observations(indicator="ideal-point"), store.votes(), reports)


def _by_name(text: str, knowledge: Knowledge) -> ActorEntry | None:
    name = text.replace("-", " ").casefold()
    return next((actor for actor in knowledge.actors.values() if actor.name.replace("-", " ").casefold() == name), None)


def _series(
    case: Case,
    state: str,
    domain: str,
    origin: Origin,
    since: str | None,
    until: str | None,
    by: str,
    choices: Choices,
) -> tuple[list[Vector], list[str]]:
    """The vectors of one state, in order of time, and notes on what was left out."""
    years = case.window() if by == "whole" else case.periods()
    first, last = _year(since, 0), _year(until, -1)
    inside = [year for year in years if (first is None or year >= first) and (last is None or year <= last)]
    if not inside:
        there = f"there are {years[0]} to {years[-1]}" if years else "read or add some first"
        raise MeasureError(f"{state}, {domain}", "nothing in these years" if years else f"no {origin} data", there)
    if by == "whole":
        least = f"{int(inside[-1]) - YEARS + 1:04}"
        begin = first or (max(inside[0], least) if origin is Origin.STATISTICS else inside[0])
        end = last or inside[-1]
        return [_vector(case, domain, origin, begin if begin == end else f"{begin}/{end}", choices)], []
    lacking: dict[str, float] = {}
    failed: list[MeasureError] = []
    for year in inside:
        try:
            lacking[year] = sum(share for _, share in case.missing(year, choices))
        except MeasureError as error:
            failed.append(error)
    if not lacking:
        raise failed[-1]
    full = [year for year, share in lacking.items() if share <= TRACE]
    thin = [year for year in lacking if year not in full] if full else []
    made = [_vector(case, domain, origin, year, choices) for year in full or lacking]
    return made, [
        f"{state}: left out {_runs(thin)}: most of the trade of a full year is with partners that have no data there"
        for _ in thin[:1]
    ]


def _runs(years: Sequence[str]) -> str:
    """Years in short: `1994-2017, 2019`."""
    runs: list[list[str]] = []
    for year in years:
        if runs and int(year) == int(runs[-1][-1]) + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _year(value: str | None, end: int) -> str | None:
    if value is None:
        return None
    bounds = interval(value)
    day = bounds[end]
    return f"{day.year:04}" if day is not None else None


def _vector(case: Case, domain: str, origin: Origin, period: str, choices: Choices) -> Vector:
    made, reading, coverage, notes = case.read(period, choices)
    measures = tuple(
        Measure(name, reading[name][0], formula.text, formula.version, reading[name][1])
        for name, formula in FORMULAS.items()
    )
    return Vector(
        case.state,
        domain,
        origin,
        made,
        choices,
        lead(made.values),
        measures,
        coverage,
        tuple(_variants(case, period, choices, origin, made.unallocated > 0)),
        tuple(notes),
    )


_PARTNERS, _VECTORS = "effective partners", "effective vectors"


def _variants(case: Case, period: str, choices: Choices, origin: Origin, rest: bool) -> Iterable[Variant]:
    """Both headline measures as chosen, and with each choice changed alone."""
    others: list[tuple[str, Choices]] = [("as chosen", choices)]
    others += [("eu", replace(choices, eu=each)) for each in Eu if each is not choices.eu]
    others += [("order", replace(choices, order=each)) for each in (1, 2) if each != choices.order]
    others += [("similarity", replace(choices, similarity=each)) for each in Alike if each is not choices.similarity]
    if origin is Origin.STATISTICS:
        others += [("data", replace(choices, data=each)) for each in Data if each is not choices.data]
        others += [("gold", replace(choices, gold=each)) for each in Part if each is not choices.gold]
        if rest:
            others += [
                ("unallocated", replace(choices, unallocated=each)) for each in Part if each is not choices.unallocated
            ]
    else:
        others += [("said", replace(choices, said=each)) for each in Said if each is not choices.said]
    for choice, changed in others:
        try:
            if choice == "data" and not _comparable(case.weights(period, choices), case.weights(period, changed)):
                continue
            found = values(case, period, changed)
        except MeasureError:
            continue
        value = "" if choice == "as chosen" else str(getattr(changed, choice))
        if choice != "similarity":
            yield Variant(choice, value, _PARTNERS, found[f"hill-{changed.order}"])
        yield Variant(choice, value, _VECTORS, found[f"vectors-{changed.order}"])


COVERED = 0.8
"""The part of the weight whose partners other data must have, too, to be set beside it."""


def _comparable(made: Weights, other: Weights) -> bool:
    """Whether other data speak of the same flows and of most of the partners: three neighbours are not the world."""
    there = other.values
    return (
        made.flows == other.flows
        and sum(partner.share for partner in made.partners if partner.code in there) >= COVERED
    )


LACKING = 0.1
"""The share of partners without data up to which a period can be compared with another."""


def _trends(series: Sequence[Vector], choices: Choices) -> list[Trend]:
    """From the first to the last period of the source that covers most: each headline measure, under each choice."""
    runs: dict[str, list[Vector]] = {}
    for vector in series:
        if (vector.coverage.missing_share or 0.0) <= LACKING:
            source = vector.weights.sources[0] if vector.origin is Origin.STATISTICS else ""
            runs.setdefault(source, []).append(vector)
    if not runs:
        return []
    run = max(runs.values(), key=len)
    if len(run) < 2:
        return []
    first, last = run[0], run[-1]
    made: list[Trend] = []
    for measure in (_PARTNERS, _VECTORS):
        then, now = (
            {(each.choice, each.value): each.result for each in vector.variants if each.measure == measure}
            for vector in (first, last)
        )
        changes = tuple(
            (_words(key, choices), before, after)
            for key in then
            if (before := then[key]) is not None and (after := now.get(key)) is not None
        )
        signs = {direction(before, after) for _, before, after in changes} - {0}
        if changes:
            made.append(Trend(first.state, measure, first.period, last.period, changes, len(signs) > 1))
    return made


_WORDS = {
    ("eu", "one"): "with the EU as one partner",
    ("eu", "members"): "with the EU's members one by one",
    ("data", "own"): "by its own reports alone",
    ("data", "mirror"): "by its partners' reports",
    ("data", "both"): "by its own reports, gaps filled from its partners'",
    ("gold", "in"): "with gold",
    ("gold", "out"): "without gold",
    ("unallocated", "in"): "with what is unallocated as one partner",
    ("unallocated", "out"): "without what is unallocated",
    ("order", "1"): "of order 1",
    ("order", "2"): "of order 2",
    ("similarity", "identity"): "with every partner for itself",
    ("similarity", "bloc"): "with partners alike by bloc",
    ("similarity", "votes"): "with partners alike by votes in the UN",
    ("similarity", "ideal"): "with partners alike by ideal points in the UN",
    ("said", "out"): "without what is only said",
    ("said", "in"): "with what is only said",
    ("said", "only"): "by what is said alone",
}


def _words(key: tuple[str, str], choices: Choices) -> str:
    return _WORDS.get(key) or f"as chosen (EU {choices.eu}, likeness {choices.similarity}, order {choices.order})"
