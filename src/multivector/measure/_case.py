"""One state, indicator and flow: its weights in each period under any choices, from statistics or from the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol

import numpy as np

from multivector.measure import _bootstrap
from multivector.measure._diversity import Array
from multivector.measure._happenings import HAPPENED, Happening, events, ties
from multivector.measure._material import Material
from multivector.measure._numbers import EFFECTIVE, NUMBERS, numbers
from multivector.measure._reports import evidence_of
from multivector.measure._similarity import Known, extremes, known
from multivector.measure._tables import Indicator
from multivector.measure._types import (
    Choices,
    Coverage,
    Eu,
    Interval,
    MeasureError,
    Partner,
    Said,
    Weights,
)
from multivector.measure._votes import vote_weights
from multivector.measure._weights import EU, merged, ranked, weights
from multivector.record import Event, Flow, Observation, Tie, interval
from multivector.statistics import Defect, corrected, defects
from multivector.store import Found

_bounds = lru_cache(maxsize=4096)(interval)

RECORD_KINDS = ("cooperation", "conflict", "events", "ties")
"""What of the record can be weighed: events of PLOVER's quad classes 1 and 2, of 3 and 4, all events, or ties."""

Reading = dict[str, tuple[float | None, Interval | None]]
"""Each measure's value and interval."""


class Case(Protocol):
    """What a vector is made from."""

    material: Material
    state: str

    def periods(self) -> list[str]:
        """The years there is something of, in order."""
        ...

    def window(self) -> list[str]:
        """The years that the source speaks of, of whatever state, in order."""
        ...

    def weights(self, period: str, choices: Choices) -> Weights:
        """Weights in one period. Raises MeasureError where there are none."""
        ...

    def missing(self, period: str, choices: Choices) -> tuple[tuple[str, float], ...]:
        """Partners that have a share in another period and no data in this one, with that share."""
        ...

    def read(self, period: str, choices: Choices) -> tuple[Weights, Reading, Coverage, list[str]]:
        """Weights, every measure with its interval, coverage, and notes."""
        ...


@dataclass(slots=True)
class Statistics:
    """Weights from rows of statistics or from roll calls."""

    material: Material
    state: str
    about: Indicator
    flow: Flow
    _rows: dict[int, list[Observation]] = field(init=False)
    _made: dict[tuple[str, Choices], Weights | MeasureError] = field(init=False)

    def __post_init__(self) -> None:
        self._made = {}
        self._rows = {}
        wanted = self.about.rows | {"gold"}
        for row in self.material.observations:
            if row.indicator in wanted and self.state in (row.reporting_area, row.counterpart_area):
                for year in _years(row.period) if row.counterpart_area is not None else ():
                    self._rows.setdefault(year, []).append(row)

    def periods(self) -> list[str]:
        """The years with rows on the state, or with its votes."""
        if self.about.code == "votes":
            return sorted({vote.date[:4] for vote in self.material.votes if vote.area == self.state})
        there = (year for year, rows in self._rows.items() if any(row.indicator != "gold" for row in rows))
        return [f"{year:04}" for year in sorted(there)]

    def window(self) -> list[str]:
        """The years that the source speaks of: of a state without deliveries it speaks, too."""
        if self.about.code == "votes":
            return sorted({vote.date[:4] for vote in self.material.votes})
        periods = {row.period for row in self.material.observations if row.indicator in self.about.rows}
        return [f"{year:04}" for year in sorted({year for period in periods for year in _years(period)})]

    def weights(self, period: str, choices: Choices) -> Weights:
        """Weights in one period, remembered: many choices ask for the same."""
        asked = Choices(data=choices.data, eu=choices.eu, gold=choices.gold, unallocated=choices.unallocated)
        key = period, asked
        if key not in self._made:
            try:
                self._made[key] = self._weigh(period, asked)
            except MeasureError as error:
                self._made[key] = error
        found = self._made[key]
        if isinstance(found, MeasureError):
            raise found
        return found

    def _weigh(self, period: str, choices: Choices) -> Weights:
        if self.about.code == "votes":
            made = vote_weights(self.material.votes, self.state, period)
            return merged(made, self.material.knowledge.members(EU), EU) if choices.eu is Eu.ONE else made
        return self._of(self._in(period), period, choices)

    def _in(self, period: str) -> list[Observation]:
        """The rows that touch a period; one that spans years stands under each of them, and counts once."""
        return list({id(row): row for year in _years(period) for row in self._rows.get(year, ())}.values())

    def _of(self, rows: list[Observation], period: str, choices: Choices) -> Weights:
        members = self.material.knowledge.members(EU) if choices.eu is Eu.ONE else ()
        return weights(rows, self.state, period, kind=self.about.code, flow=self.flow, choices=choices, members=members)

    def _mended(self, made: Weights, period: str, choices: Choices) -> tuple[Weights, list[str]]:
        """The weights with one more of the others, known defects corrected; and in words which defects touch them."""
        rows = self._in(period)
        evidence = {each for partner in made.partners for each in partner.evidence}
        found = defects(row for row in rows if evidence_of(row) in evidence)
        factors = [defect for defect in found if defect.factor is not None]
        if factors:
            for defect in factors:
                rows = [corrected(row, defect) for row in rows]
            better = self._of(rows, period, choices)
            made = replace(made, others=(*made.others, (CORRECTED, tuple(better.values.items()))))
        return made, [f"of {defect.source}: {defect.what}" for defect in found if self._concerns(defect)]

    def _concerns(self, defect: Defect) -> bool:
        """Whether a defect is worth a word here: not what others lack, nor what the reader has mended."""
        named = {*defect.areas, *defect.counterparts}
        return defect.kind != "scale" and (defect.kind != "missing" or not named or self.state in named)

    def read(self, period: str, choices: Choices) -> tuple[Weights, Reading, Coverage, list[str]]:
        """As `Case.read`; intervals are the spread over reports."""
        made = self.weights(period, choices)
        single = self.weights(period, replace(choices, eu=Eu.MEMBERS))
        made, known_defects = self._mended(made, period, choices)
        notes = [*known_defects, *made.notes]
        if not made.others:
            notes.append("no second report that differs: no interval")
        like, words, doubt = _like(self.material, single, made, choices, period)
        notes += [words] if words else []
        codes = [partner.code for partner in made.partners]
        others = [(label, np.array([dict(pairs).get(code, 0.0) for code in codes])) for label, pairs in made.others]
        rows = np.array([[partner.weight for partner in made.partners], *(row for _, row in others)])
        found = numbers(rows, like)
        labels = ", ".join(label for label, _ in others)
        reading: Reading = {}
        for name in NUMBERS:
            value = _number(found[name][0])
            if name.startswith("vectors-") and like is None:
                value = None
            low, high = np.nanmin(found[name], initial=np.inf), np.nanmax(found[name], initial=-np.inf)
            spread = Interval(float(low), float(high), f"spread over other reports: {labels}") if others else None
            if doubt is not None and name.startswith("vectors-"):
                spread = _wider(doubt[int(name[-1]) - 1], spread, value)
            reading[name] = value, spread if value is not None else None
        totals = [made.allocated, *(float(row.sum()) for _, row in others)]
        change = [each - totals[0] for each in totals]
        spread = (
            Interval(made.total + min(change), made.total + max(change), f"spread over other reports: {labels}")
            if others
            else None
        )
        reading["total"] = made.total, spread
        made = replace(made, partners=_bounded(made.partners, [row for _, row in others], codes))
        coverage = self._coverage(made, like, choices, period)
        return made, reading, coverage, notes + self._doubts(made, coverage, period, choices)

    def _coverage(self, made: Weights, like: Known | None, choices: Choices, period: str) -> Coverage:
        missing = self.missing(period, choices)
        sized = made.allocated
        twice = sum(partner.weight for partner in made.partners if len(partner.reports) > 1)
        evidence = {each for partner in made.partners for each in partner.evidence}
        return Coverage(
            partners=len(made.partners),
            sources=made.sources,
            missing=missing,
            missing_share=sum(share for _, share in missing),
            unallocated_share=max(made.unallocated, 0.0) / made.total if made.total else None,
            second_report_share=twice / sized if sized else None,
            similarity_share=_known_share(made, like),
            rows=len(evidence),
        )

    def _full_year(self, period: str, choices: Choices) -> Weights | None:
        """The nearest other year with at least half as many partners as the year with most: what to compare with."""
        if self.about.sparse or len(period) != 4 or self.about.code == "votes":
            return None
        there: list[tuple[int, Weights]] = []
        for year in self.periods():
            try:
                there.append((int(year), self.weights(year, choices)))
            except MeasureError:
                continue
        most = max((len(made.partners) for _, made in there), default=0)
        full = [(year, made) for year, made in there if 2 * len(made.partners) >= most and year != int(period)]
        return min(full, key=lambda each: (abs(each[0] - int(period)), each[0]))[1] if full else None

    def missing(self, period: str, choices: Choices) -> tuple[tuple[str, float], ...]:
        """Partners with at least 1 % in the nearest full year and none here, with that share."""
        other = self._full_year(period, choices)
        if other is None:
            return ()
        there = self.weights(period, choices).values
        return tuple(
            (partner.code, partner.share)
            for partner in other.partners
            if partner.share >= 0.01 and partner.code not in there
        )

    def _doubts(self, made: Weights, coverage: Coverage, period: str, choices: Choices) -> list[str]:
        """Notes on what is missing, and on values that are far from what another source has for a year nearby."""
        notes: list[str] = []
        other = self._full_year(period, choices)
        if coverage.missing and other is not None:
            listed = ", ".join(f"{code} {100 * share:.0f} %" for code, share in coverage.missing)
            notes.append(f"no data here for partners that had a share in {other.period}: {listed}")
        if self.about.sparse or len(period) != 4 or self.about.code == "votes":
            return notes
        nearby: list[Weights] = []
        for year in sorted(self.periods(), key=lambda year: abs(int(year) - int(period))):
            if 0 < abs(int(year) - int(period)) <= NEARBY:
                with suppress(MeasureError):
                    nearby.append(self.weights(year, choices))
        far: list[str] = []
        for partner in made.partners:
            then = next((each for each in nearby if partner.code in each.values), None)
            if then is None or partner.share < 0.02 or set(then.sources) & set(made.sources):
                continue
            times = partner.weight / then.values[partner.code]
            if times >= TIMES:
                far.append(f"{partner.code} {times:.1f} times {', '.join(then.sources)} {then.period}")
        if far:
            notes.append(f"far above another source nearby (it grew, or a source overstates it): {'; '.join(far)}")
        return notes


CORRECTED = "known defects corrected"
"""The label of weights that rows with a known factor of error were divided by."""

NEARBY = 3
"""Years within which two sources are compared."""
TIMES = 2.5
"""How many times as large as in another source a nearby year must be to be remarked on."""


@dataclass(slots=True)
class Recorded:
    """Weights from events or ties that documents report."""

    material: Material
    state: str
    kind: str
    domain: str | None
    _made: dict[tuple[str, Said], list[tuple[Happening, tuple[str, ...]]]] = field(init=False)

    def __post_init__(self) -> None:
        self._made = {}

    def periods(self) -> list[str]:
        """The years of the events, or of the documents that tell of ties."""
        happenings = self._all(Said.IN)
        if self.kind != "ties":
            return sorted({f"{each.last.year:04}" for each, _ in happenings if each.last is not None})
        published = (found.document.published for found in self.material.reports if isinstance(found.item, Tie))
        return sorted({day[:4] for day in published if day})

    def window(self) -> list[str]:
        """The years of `periods`: what was read is all that the record speaks of."""
        return self.periods()

    def missing(self, period: str, choices: Choices) -> tuple[tuple[str, float], ...]:  # noqa: ARG002
        """None: a partner of whom nothing is told has no event."""
        return ()

    def weights(self, period: str, choices: Choices) -> Weights:
        """How often partners are joined with the state: each event shares out one among its partners."""
        return self._weighed(period, choices)[0]

    def read(self, period: str, choices: Choices) -> tuple[Weights, Reading, Coverage, list[str]]:
        """As `Case.read`; intervals are of a bootstrap over documents."""
        made, happenings, contributions, codes = self._weighed(period, choices)
        single = self._weighed(period, replace(choices, eu=Eu.MEMBERS))[0]
        like, words, _ = _like(self.material, single, made, choices, period)
        place = {partner.code: codes.index(partner.code) for partner in made.partners}
        contributions = contributions[:, list(place.values())]
        documents = {name: at for at, name in enumerate(sorted({d for each in happenings for d in each.documents}))}
        present = _bootstrap.told(
            _bootstrap.drawn(len(documents)), [[documents[name] for name in each.documents] for each in happenings]
        )
        rounds = _bootstrap.resampled(present, contributions).astype(np.float64)
        value = numbers(np.array([partner.weight for partner in made.partners]), like)
        spread = numbers(rounds, like)
        reading: Reading = {}
        for name in NUMBERS:
            number = _number(value[name])
            if name.startswith("vectors-") and like is None:
                number = None
            if number is None:
                reading[name] = None, None
            elif name in EFFECTIVE:
                reading[name] = number, _bootstrap.bounds(spread[name], number, 1.0)
            else:
                reading[name] = number, _bootstrap.bounds(spread[name])
        reading["total"] = made.total, _bootstrap.bounds(rounds.sum(axis=1), made.total, 0.0)
        total = rounds.sum(axis=1, keepdims=True)
        parts = np.divide(rounds, total, out=np.full_like(rounds, np.nan), where=total > 0)
        partners = tuple(
            replace(partner, low=found.low if found else None, high=found.high if found else None)
            for at, partner in enumerate(made.partners)
            for found in (_bootstrap.bounds(parts[:, at]),)
        )
        made = replace(made, partners=partners)
        said = self._said(period)
        coverage = Coverage(
            partners=len(partners),
            sources=made.sources,
            similarity_share=_known_share(made, like),
            items=sum(len(each.items) for each in happenings),
            documents=len(documents),
            publishers=len({name for each in happenings for name in each.publishers}),
            undated=sum(each.undated for each in happenings),
            said=said,
        )
        notes = [*made.notes, *([words] if words else [])]
        if len(documents) < FEW:
            notes.append(f"{len(documents)} documents: too few for the interval to mean much")
        if said and choices.said is Said.OUT:
            notes.append(
                f"{said:,} items inside statements are left out; said=in adds them, said=only takes them alone"
            )
        return made, reading, coverage, notes

    def _weighed(self, period: str, choices: Choices) -> tuple[Weights, list[Happening], Array, list[str]]:
        first, last = interval(period)
        inside = [
            (each, partners)
            for each, partners in self._all(choices.said, period if self.kind == "ties" else "")
            if self.kind == "ties" or (each.last and first and last and first <= each.last <= last)
        ]
        if not inside:
            raise MeasureError(
                f"{self.state}, {self.kind}, {period}",
                "the record has none with a partner",
                "read more documents, or ask for another domain, period or kind",
            )
        members = self.material.knowledge.members(EU) if choices.eu is Eu.ONE else ()
        joined = [tuple(dict.fromkeys(EU if code in members else code for code in partners)) for _, partners in inside]
        codes = sorted({code for partners in joined for code in partners})
        contributions = np.zeros((len(inside), len(codes)))
        evidence: dict[str, tuple[str, ...]] = {}
        for at, partners in enumerate(joined):
            for code in partners:
                contributions[at, codes.index(code)] = 1 / len(partners)
                evidence[code] = evidence.get(code, ()) + tuple(inside[at][0].items)
        values = dict(zip(codes, contributions.sum(axis=0).tolist(), strict=True))
        sources = tuple(sorted({name for each, _ in inside for name in each.publishers}))
        made = Weights(
            self.state, self.kind, Flow.NONE, period, "tie" if self.kind == "ties" else "event",
            ranked(values, evidence), float(len(inside)), 0.0, sources, (Flow.NONE,),
        )  # fmt: skip
        return made, [each for each, _ in inside], contributions, codes

    def _all(self, said: Said, period: str = "") -> list[tuple[Happening, tuple[str, ...]]]:
        """The happenings that join the state with a partner, with these partners."""
        key = period, said
        if key not in self._made:
            found = [each for each in self.material.reports if self._fits(each, said, period)]
            joined = ties(found) if self.kind == "ties" else events(found)
            self._made[key] = [(each, partners) for each in joined if (partners := each.partners(self.state))]
        return self._made[key]

    def _fits(self, found: Found, said: Said, period: str) -> bool:
        item = found.item
        if not isinstance(item, Tie if self.kind == "ties" else Event):
            return False
        if self.domain is not None and self.domain not in item.domains:
            return False
        if said is not Said.IN and (item.said_by is not None) is not (said is Said.ONLY):
            return False
        if isinstance(item, Event):
            quad = self.material.knowledge.plover.types[item.type].quad
            wanted = {"cooperation": (1, 2), "conflict": (3, 4)}.get(self.kind, (1, 2, 3, 4))
            return item.modality in HAPPENED and quad in wanted
        return not period or _inside(found.document.published, period)

    def _said(self, period: str) -> int:
        first, last = interval(period)
        return sum(
            len(each.items)
            for each, _ in self._all(Said.ONLY, period if self.kind == "ties" else "")
            if self.kind == "ties" or (each.last and first and last and first <= each.last <= last)
        )


def values(case: Case, period: str, choices: Choices) -> dict[str, float | None]:
    """Every measure without intervals, None where it has no value. Raises MeasureError where there are no weights."""
    made = case.weights(period, choices)
    single = case.weights(period, replace(choices, eu=Eu.MEMBERS))
    like, _, _ = _like(case.material, single, made, choices, period)
    found = {
        name: _number(value)
        for name, value in numbers(np.array([partner.weight for partner in made.partners]), like).items()
    }
    return found if like is not None else found | {"vectors-1": None, "vectors-2": None}


FEW = 10
"""Documents below which a bootstrap over them says little."""


def _years(period: str) -> range:
    """The years that a period touches; none for one without both ends."""
    first, last = _bounds(period)
    return range(first.year, last.year + 1) if first is not None and last is not None else range(0)


def _inside(day: str | None, period: str) -> bool:
    if day is None:
        return False
    first, last = interval(period)
    return (first or dt.date.min) <= (interval(day)[0] or dt.date.min) <= (last or dt.date.max)


def _like(
    material: Material, single: Weights, made: Weights, choices: Choices, period: str
) -> tuple[Known | None, str, list[tuple[float, float]] | None]:
    """The known likeness of the partners of `made`, in words from what, and bounds of orders 1 and 2 where some is not.

    None, with the reason in words, where the choice asks for what there is no data for.
    """
    codes = [partner.code for partner in made.partners]
    group = dict.fromkeys(material.knowledge.members(EU), EU) if choices.eu is Eu.ONE else {}
    values = single.values
    group = {code: group.get(code, code) for code in values}
    try:
        z, words = material.likeness(choices.similarity, values, group, period)
    except MeasureError as error:
        return None, f"no effective number of vectors by {choices.similarity}: {error}", None
    names = list(dict.fromkeys(group.values()))
    at = [names.index(code) for code in codes]
    z = z[np.ix_(at, at)]
    w = np.array([partner.weight for partner in made.partners])
    doubt = [extremes(w, z, order) for order in (1, 2)] if np.isnan(z).any() else None
    return known(w, z), f"likeness ({choices.similarity}): {words}", doubt


def _known_share(made: Weights, like: Known | None) -> float | None:
    if like is None:
        return None
    return sum(partner.weight for partner, inside in zip(made.partners, like.inside, strict=True) if inside) / (
        made.allocated or 1.0
    )


def _number(value: Array) -> float | None:
    return None if np.isnan(value) else float(value)


def _wider(doubt: tuple[float, float], spread: Interval | None, value: float | None) -> Interval:
    each = [*doubt, *([spread.low, spread.high] if spread else []), *([value] if value is not None else [])]
    method = "unknown likeness taken as full and as none" + (f"; {spread.method}" if spread else "")
    return Interval(min(each), max(each), method)


def _bounded(partners: Sequence[Partner], others: list[Array], codes: list[str]) -> tuple[Partner, ...]:
    """Partners with the least and largest share that any of the reports gives them."""
    if not others:
        return tuple(partners)
    rows = np.array([[partner.weight for partner in partners], *others])
    parts = rows / rows.sum(axis=1, keepdims=True)
    return tuple(
        replace(partner, low=float(parts[:, at].min()), high=float(parts[:, at].max()))
        for at, partner in enumerate(partners)
        if codes[at] == partner.code
    )
