"""Events from elsewhere: rows of event data sets, which name no sentence that they were read from.

They are a class of their own, so that they never stand among the events of a record unless somebody asks for both.
"""

from __future__ import annotations

from dataclasses import dataclass

from multivector.record._vocabulary import EventType


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One row of an event data set (POLECAT, ICEWS, GDELT) in PLOVER's terms.

    `source` names the data set and `source_id` the row's own number in it. `date` is ISO 8601. `actor` and `recipient`
    are codes as in the record, or None when the row names nobody: a government, its parts and its head stand for their
    state; whoever else acts is `ORG:` and the name that the row gives, with the state that it belongs to in
    `actor_country` or `recipient_country` (ISO 3166-1 alpha-3, or None). `mode` and `contexts` are PLOVER's. `original`
    is the row's own code or words for the event, `intensity` its own score (Goldstein's scale or PLOVER's, -10 to +10).
    `url` is a report that the row names. `vintage`, `retrieved` and `row` are as for `Observation`.
    """

    source: str
    source_id: str
    date: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    actor: str | None
    actor_name: str | None
    actor_country: str | None
    recipient: str | None
    recipient_name: str | None
    recipient_country: str | None
    original: str
    intensity: float | None
    url: str | None
    vintage: str
    retrieved: str
    row: str
