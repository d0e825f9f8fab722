"""The words for what is counted, and how providers' own codes lead to them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from multivector.record import Flow
from multivector.statistics._data import data_text

CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted: its word, label, units (`currency` is any ISO 4217 code), least value, domain."""

    code: str
    label: str
    unit: tuple[str, ...]
    least: float | None
    domain: str

    def takes(self, unit: str) -> bool:
        """Whether its rows may be in this unit."""
        return unit in self.unit or ("currency" in self.unit and CURRENCY.fullmatch(unit) is not None)


@cache
def indicators() -> dict[str, Indicator]:
    """The indicators of `data/indicators.toml` by their words."""
    return {
        code: Indicator(code, row["label"], tuple(row["unit"]), row.get("least"), row["domain"])
        for code, row in _file().items()
    }


def of_provider(provider: str, code: str) -> tuple[str, Flow]:
    """The indicator and flow that a provider's code means; for one that is not known, the code itself as its name."""
    found = _codes().get(f"{provider}:{code}")
    return found or (f"{provider}:{code}", Flow.NONE)


@cache
def _codes() -> dict[str, tuple[str, Flow]]:
    return {
        theirs: (code, Flow(flow)) for code, row in _file().items() for theirs, flow in row.get("providers", {}).items()
    }


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(data_text("indicators.toml"))
