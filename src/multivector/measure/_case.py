"""What a vector is made from: the form that statistics and the record share, and the likeness of partners."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np

from multivector.measure._diversity import Array
from multivector.measure._material import Material
from multivector.measure._numbers import numbers
from multivector.measure._similarity import Known, extremes, known
from multivector.measure._types import Choices, Coverage, Eu, Interval, MeasureError, Weights
from multivector.measure._weights import EU

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

    def nothing(self) -> MeasureError:
        """The error to raise when there is no year at all: what to add."""
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


def values(case: Case, period: str, choices: Choices) -> dict[str, float | None]:
    """Every measure without intervals, None where it has no value. Raises MeasureError where there are no weights."""
    made = case.weights(period, choices)
    single = case.weights(period, replace(choices, eu=Eu.MEMBERS))
    alike, _, _ = like(case.material, single, made, choices, period)
    found = {
        name: number_of(value)
        for name, value in numbers(np.array([partner.weight for partner in made.partners]), alike).items()
    }
    return found if alike is not None else found | {"vectors-1": None, "vectors-2": None}


def like(
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


def known_share(made: Weights, alike: Known | None) -> float | None:
    """The share of the partners whose likeness is known, or None where there is none at all."""
    if alike is None:
        return None
    return sum(partner.weight for partner, inside in zip(made.partners, alike.inside, strict=True) if inside) / (
        made.allocated or 1.0
    )


def number_of(value: Array) -> float | None:
    """A number out of an array, None for NaN."""
    return None if np.isnan(value) else float(value)
