"""Open statistics: readers for what providers give out, areas, known defects, and getting it over the network."""

from multivector.statistics._areas import Area, Scheme, find_area, states, write_area
from multivector.statistics._defects import SUSPICIOUS_RATIO, Defect, Mirror, corrected, defects, known_defects, mirrors
from multivector.statistics._fetch import Fetched, Limits, Provider, Request, fetch, providers, requests
from multivector.statistics._indicators import Indicator, indicators
from multivector.statistics._read import Reader, files_in, mapping_template, read, readers, template
from multivector.statistics._types import Problem, Reading

__all__ = [
    "SUSPICIOUS_RATIO",
    "Area",
    "Defect",
    "Fetched",
    "Indicator",
    "Limits",
    "Mirror",
    "Problem",
    "Provider",
    "Reader",
    "Reading",
    "Request",
    "Scheme",
    "corrected",
    "defects",
    "fetch",
    "files_in",
    "find_area",
    "indicators",
    "known_defects",
    "mapping_template",
    "mirrors",
    "providers",
    "read",
    "readers",
    "requests",
    "states",
    "template",
    "write_area",
]
