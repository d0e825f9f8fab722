"""Reading: documents in, records with evidence out. Knows nothing of files, the web or storage."""

from multivector.reading._reader import RULES_VERSION, STEPS, Reader, Step
from multivector.reading.languages import KNOWN as LANGUAGES

__all__ = ["LANGUAGES", "RULES_VERSION", "STEPS", "Reader", "Step"]
