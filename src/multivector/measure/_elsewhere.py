"""Events that others coded, as reports that can be weighed like those of the record.

They are never mixed with our own: a measure takes the one or the other, and says which.
"""

from __future__ import annotations

from collections.abc import Iterable

from multivector.record import CodedEvent, Event, Modality
from multivector.store import DocumentHead, Found


def as_reports(coded: Iterable[CodedEvent]) -> list[Found]:
    """Each row between two actors as a report of one event, with the row itself in place of a document.

    Its id is the data set's name and the row's own number. Such rows tell no modality: they are taken to have happened,
    which is what these data sets claim to hold, but for promises and threats, whose type says that they are words.
    """
    reports: list[Found] = []
    for row in coded:
        if row.actor is None or row.recipient is None or row.actor == row.recipient:
            continue
        name = f"{row.source} {row.source_id}"
        head = DocumentHead(name, None, row.source, row.date, row.url, None)
        event = Event(name, row.type, (row.actor,), (row.recipient,), row.date, None, Modality.OCCURRED, (), ())
        reports.append(Found(event, head))
    return reports
