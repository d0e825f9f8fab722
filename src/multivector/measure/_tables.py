"""The room's own data files: indicators, and the organisations that count as blocs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from multivector.measure._types import MeasureError
from multivector.record import Domain, Flow

_T = TypeVar("_T", bound=msgspec.Struct)


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An indicator of the statistical table; the fields are described in `data/indicators.toml`."""

    code: str
    domain: Domain
    flow: Flow
    over: str
    sparse: bool
    by: str
    of: tuple[str, ...] = ()

    @property
    def rows(self) -> frozenset[str]:
        """The indicators of the rows that it is made of."""
        return frozenset(self.of or (self.code,))


class _Indicators(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    indicator: tuple[Indicator, ...]


class _Blocs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: tuple[str, ...]
    blocs: tuple[str, ...]


def indicators() -> dict[str, Indicator]:
    """The indicators that vectors are made of, by code."""
    return {each.code: each for each in _read("indicators.toml", _Indicators).indicator}


def indicator(domain: str, code: str | None = None) -> Indicator:
    """The indicator `code`, or the first of a domain. Raises MeasureError naming those there are."""
    known = indicators()
    if code is not None:
        if code in known:
            return known[code]
        raise MeasureError(code, "not an indicator that vectors are made of", f"take one of {', '.join(known)}")
    found = next((each for each in known.values() if each.domain == domain), None)
    if found is None:
        there = ", ".join(dict.fromkeys(each.domain.value for each in known.values()))
        raise MeasureError(
            domain, "no statistics stand for this domain", f"take the record as the source, or one of {there}"
        )
    return found


def blocs() -> tuple[str, ...]:
    """Codes of the organisations whose members count as one camp."""
    return _read("blocs.toml", _Blocs).blocs


@cache
def _read(name: str, form: type[_T]) -> _T:
    return msgspec.toml.decode(files("multivector.measure").joinpath("data", name).read_bytes(), type=form)
