"""How a state's ties are spread over partners: shares, ranks, concentration, diversity, with doubt and evidence."""

from multivector.measure._diversity import hhi, hhi_normalised, hill, shares, similar
from multivector.measure._formulas import FORMULAS, VERSION, Formula
from multivector.measure._happenings import EVENT_KEY, TIE_KEY, Happening, events, ties
from multivector.measure._long import COLUMNS, lines
from multivector.measure._material import Material
from multivector.measure._numbers import lead, numbers
from multivector.measure._tables import Indicator, blocs, indicator, indicators
from multivector.measure._types import (
    Alike,
    Choices,
    Coverage,
    Data,
    Eu,
    Interval,
    Lead,
    Measure,
    MeasureError,
    Origin,
    Part,
    Partner,
    Said,
    Trend,
    Variant,
    Vector,
    Vectors,
    Weights,
    choices,
)
from multivector.measure._vectors import vectors
from multivector.measure._votes import Agreement, agreement, vote_weights
from multivector.measure._weights import weights

__all__ = [
    "COLUMNS",
    "EVENT_KEY",
    "FORMULAS",
    "TIE_KEY",
    "VERSION",
    "Agreement",
    "Alike",
    "Choices",
    "Coverage",
    "Data",
    "Eu",
    "Formula",
    "Happening",
    "Indicator",
    "Interval",
    "Lead",
    "Material",
    "Measure",
    "MeasureError",
    "Origin",
    "Part",
    "Partner",
    "Said",
    "Trend",
    "Variant",
    "Vector",
    "Vectors",
    "Weights",
    "agreement",
    "blocs",
    "choices",
    "events",
    "hhi",
    "hhi_normalised",
    "hill",
    "indicator",
    "indicators",
    "lead",
    "lines",
    "numbers",
    "shares",
    "similar",
    "ties",
    "vectors",
    "vote_weights",
    "weights",
]
