"""The store: documents, where they were found, and their records, in one SQLite file."""

from multivector.store._coded import CodedQuery
from multivector.store._statistics import Added, DataSet
from multivector.store._statistics_where import ObservationQuery, VoteQuery
from multivector.store._store import Store, open_store
from multivector.store._types import (
    ActorTally,
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
    SpeakerTally,
    Status,
)

__all__ = [
    "ActorTally",
    "Added",
    "CodedQuery",
    "DamagedError",
    "DataSet",
    "DocumentHead",
    "DocumentQuery",
    "Found",
    "Hit",
    "ItemQuery",
    "NotedFailure",
    "ObservationQuery",
    "Outcome",
    "OutdatedError",
    "Query",
    "QueryError",
    "Sighting",
    "SpeakerTally",
    "Status",
    "Store",
    "VoteQuery",
    "open_store",
]
