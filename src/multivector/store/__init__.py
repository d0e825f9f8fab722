"""The store: documents, where they were found, and their records, in one SQLite file."""

from multivector.store._store import Store, open_store
from multivector.store._types import (
    DamagedError,
    DocumentHead,
    DocumentQuery,
    Found,
    Hit,
    ItemQuery,
    NotedFailure,
    Outcome,
    OutdatedError,
    Query,
    QueryError,
    Sighting,
    Status,
)

__all__ = [
    "DamagedError",
    "DocumentHead",
    "DocumentQuery",
    "Found",
    "Hit",
    "ItemQuery",
    "NotedFailure",
    "Outcome",
    "OutdatedError",
    "Query",
    "QueryError",
    "Sighting",
    "Status",
    "Store",
    "open_store",
]
