"""The registry of actors and their names in several languages, members and offices over time, domains, PLOVER."""

from multivector.knowledge._registry import Knowledge, load
from multivector.knowledge._types import (
    ActorEntry,
    DomainEntry,
    DomainTerms,
    NameForm,
    NameMatch,
    Office,
    Plover,
    PloverMode,
    PloverTag,
    PloverType,
)

__all__ = [
    "ActorEntry",
    "DomainEntry",
    "DomainTerms",
    "Knowledge",
    "NameForm",
    "NameMatch",
    "Office",
    "Plover",
    "PloverMode",
    "PloverTag",
    "PloverType",
    "load",
]
