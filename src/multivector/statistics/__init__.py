"""Open statistics: readers for what providers give out, areas, known defects, and getting it over the network."""

from multivector.statistics._areas import Area, Scheme, find_area, states
from multivector.statistics._defects import SUSPICIOUS_RATIO, Defect, Mirror, corrected, defects, known_defects, mirrors
from multivector.statistics._indicators import Indicator, indicators
from multivector.statistics._read import Reader, files_in, mapping_template, read, readers, template
from multivector.statistics._types import Problem, Reading

__all__ = [
    "SUSPICIOUS_RATIO",
    "Area",
    "Defect",
    "Indicator",
    "Mirror",
    "Problem",
    "Reader",
    "Reading",
    "Scheme",
    "corrected",
    "defects",
    "files_in",
    "find_area",
    "indicators",
    "known_defects",
    "mapping_template",
    "mirrors",
    "read",
    "readers",
    "states",
    "template",
]
