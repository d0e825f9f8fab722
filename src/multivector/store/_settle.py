"""One document's metadata out of all its sightings, the same whatever order they came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from multivector.errors import RecordError
from multivector.record import Document, interval
from multivector.store._types import Sighting


def settle(document: Document, sightings: Iterable[Sighting]) -> Document:
    """`document` with the metadata that `sightings` of its text give together.

    The best sighting comes first: one with a date of publication, then the earliest and most exact date, then the
    smallest location. What it does not know is taken from the next that does. Raises RecordError for a date that is
    none.
    """
    ranked = sorted(sightings, key=_preference)

    def first(values: Iterable[str | None]) -> str | None:
        return next((value for value in values if value is not None), None)

    return replace(
        document,
        url=first(s.url for s in ranked),
        publisher=first(s.publisher for s in ranked),
        title=first(s.title for s in ranked),
        published=first(s.published for s in ranked),
        language=first(s.language for s in ranked),
    )


def days(value: str | None, where: str) -> tuple[str, str] | None:
    """First and last day of a date or period of the record, open ends as the first and last day of the calendar."""
    if value is None:
        return None
    try:
        start, end = interval(value)
    except ValueError as error:
        raise RecordError(where, str(error)) from None
    return (start or dt.date.min).isoformat(), (end or dt.date.max).isoformat()


def _preference(sighting: Sighting) -> tuple[bool, str, str, str, str]:
    first, last = days(sighting.published, sighting.location) or ("", "")
    return sighting.published is None, first, last, sighting.location, sighting.digest
