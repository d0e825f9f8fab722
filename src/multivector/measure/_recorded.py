"""One state and kind of happening of the record: its weights and measures in each period under any choices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import numpy as np

from multivector.measure import _bootstrap
from multivector.measure._case import Reading, known_share, like, number_of
from multivector.measure._diversity import Array
from multivector.measure._happenings import HAPPENED, Happening, events, ties
from multivector.measure._material import Material
from multivector.measure._numbers import EFFECTIVE, NUMBERS, numbers
from multivector.measure._types import Choices, Coverage, Eu, MeasureError, Said, Weights
from multivector.measure._weights import EU, ranked
from multivector.record import Event, Flow, Tie, interval
from multivector.store import Found

RECORD_KINDS = ("cooperation", "conflict", "events", "ties")
"""What of the record can be weighed: events of PLOVER's quad classes 1 and 2, of 3 and 4, all events, or ties."""

FEW = 10
"""Documents below which a bootstrap over them says little."""


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

    def nothing(self) -> MeasureError:
        """As `Case.nothing`."""
        what = "ties" if self.kind == "ties" else "events" if self.kind == "events" else f"events of {self.kind}"
        about = self.domain or "all domains"
        return MeasureError(
            f"{self.state}, {about}",
            f"no {what} with another state in the record",
            "read documents that tell of them (multivector read), or ask for another domain",
        )

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
        alike, words, _ = like(self.material, single, made, choices, period)
        place = {partner.code: codes.index(partner.code) for partner in made.partners}
        contributions = contributions[:, list(place.values())]
        documents = {name: at for at, name in enumerate(sorted({d for each in happenings for d in each.documents}))}
        present = _bootstrap.told(
            _bootstrap.drawn(len(documents)), [[documents[name] for name in each.documents] for each in happenings]
        )
        rounds = _bootstrap.resampled(present, contributions).astype(np.float64)
        found = numbers(np.array([partner.weight for partner in made.partners]), alike)
        spread = numbers(rounds, alike)
        reading: Reading = {}
        for name in NUMBERS:
            value = number_of(found[name])
            if name.startswith("vectors-") and alike is None:
                value = None
            if value is None:
                reading[name] = None, None
            elif name in EFFECTIVE:
                reading[name] = value, _bootstrap.bounds(spread[name], value, 1.0)
            else:
                reading[name] = value, _bootstrap.bounds(spread[name])
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
            similarity_share=known_share(made, alike),
            items=sum(len(each.items) for each in happenings),
            documents=len(documents),
            publishers=len({name for each in happenings for name in each.publishers}),
            undated=sum(each.undated for each in happenings),
            said=said,
        )
        counted = (
            f"{len(happenings):,} {'ties' if self.kind == 'ties' else 'events'}, told of by {coverage.items:,} items"
        )
        notes = [f"{counted} in {coverage.documents:,} documents of {coverage.publishers:,} known publishers"]
        notes += [words] if words else []
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


def _inside(day: str | None, period: str) -> bool:
    if day is None:
        return False
    first, last = interval(period)
    return (first or dt.date.min) <= (interval(day)[0] or dt.date.min) <= (last or dt.date.max)
