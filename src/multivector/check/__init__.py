"""Claims checked against statistics: a verdict, with the arithmetic, the rows and the reasons that can be quoted."""

from multivector.check._check import Checker, check_record
from multivector.check._data import INDICATORS
from multivector.check._types import (
    VERSION,
    Check,
    Claim,
    ClaimKind,
    Part,
    Relation,
    Row,
    Step,
    Verdict,
    to_dict,
)

__all__ = [
    "INDICATORS",
    "VERSION",
    "Check",
    "Checker",
    "Claim",
    "ClaimKind",
    "Part",
    "Relation",
    "Row",
    "Step",
    "Verdict",
    "check_record",
    "to_dict",
]
