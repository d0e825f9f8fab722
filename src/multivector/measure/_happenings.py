"""Events and ties of the record, each counted once however many documents report it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from multivector.record import Event, Modality, Tie, interval
from multivector.store import Found

EVENT_KEY = ("type", "actors", "recipients", "date")
"""What two reports must have in common to be of one event: PLOVER type, both sides as sets of codes, and the date.

A date that is given less exactly (a month) is that of the one event of that month with the same type and sides, where
there is one only; an event without a date is that of the one event in the week up to the document's publication, else
it is taken to have its document's date.
"""
TIE_KEY = ("type", "from", "to")
"""What two reports of a tie must have in common. A tie stands; it has no date of its own."""

HAPPENED = frozenset({Modality.OCCURRED, Modality.ONGOING})
"""What counts: not what is planned, thinkable or denied."""

_STATE = re.compile(r"[A-Z]{3}", re.ASCII)
_EU = "IGO:EU"
_WEEK = dt.timedelta(days=7)


@dataclass(slots=True)
class Happening:
    """One event or tie: its key in words, what partners it joins the state with, and all reports of it."""

    type: str
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    first: dt.date | None
    last: dt.date | None
    undated: bool
    items: list[str] = field(default_factory=list[str])
    documents: list[str] = field(default_factory=list[str])
    publishers: set[str] = field(default_factory=set[str])

    @property
    def name(self) -> str:
        """Type, sides and dates in words."""
        actors, recipients = (" ".join(side) for side in self.sides)
        days = " ".join(dict.fromkeys(str(day) for day in (self.first, self.last) if day))
        return " ".join(filter(None, (days, self.type, actors, f"> {recipients}" if recipients else "")))

    def partners(self, state: str) -> tuple[str, ...]:
        """The states (and the European Union) that this joins with `state`, sorted.

        They are the other side; where all act together, all others.
        """
        actors, recipients = self.sides
        if state in actors and state in recipients:
            other = {*actors, *recipients}
        elif state in actors:
            other = set(recipients or actors)
        elif state in recipients:
            other = set(actors)
        else:
            return ()
        return tuple(sorted(code for code in other - {state} if _STATE.fullmatch(code) or code == _EU))

    def take(self, found: Found) -> None:
        """Add a report."""
        self.items.append(found.item.id)
        if found.document.id not in self.documents:
            self.documents.append(found.document.id)
        if found.document.publisher:
            self.publishers.add(found.document.publisher)


def events(reports: Iterable[Found]) -> list[Happening]:
    """The events that reports tell of, joined by `EVENT_KEY`, in the order of their keys."""
    groups: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[tuple[Found, Event]]] = {}
    for found in reports:
        if isinstance(item := found.item, Event):
            key = item.type.value, tuple(sorted(set(item.actors))), tuple(sorted(set(item.recipients)))
            groups.setdefault(key, []).append((found, item))
    made: list[Happening] = []
    for (type_, actors, recipients), group in sorted(groups.items(), key=lambda each: each[0]):
        made += _joined(type_, (actors, recipients), group)
    return made


def _joined(
    type_: str, sides: tuple[tuple[str, ...], tuple[str, ...]], group: Sequence[tuple[Found, Event]]
) -> list[Happening]:
    """Join reports with the same type and sides: those with exact dates first, those without a date last."""
    made: list[Happening] = []

    def width(report: tuple[Found, Event]) -> tuple[int, dt.date, dt.date, str]:
        first, last = _dates(report[1].date)
        known = first is not None and last is not None
        days = (last - first).days if first and last else dt.date.max.toordinal()
        return days if known else days + 1, first or dt.date.min, last or dt.date.max, report[1].id

    for found, event in sorted(group, key=width):
        first, last = _dates(event.date)
        undated = first is None and last is None
        if undated:
            published = _dates(found.document.published)[1]
            first, last = (published - _WEEK, published) if published else (None, None)
        inside = [each for each in made if _within(each, first, last)]
        same = [each for each in inside if (each.first, each.last) == (first, last)]
        if len(inside) == 1 or len(same) == 1:
            (same or inside)[0].take(found)
            continue
        happening = Happening(type_, sides, last if undated else first, last, undated)
        happening.take(found)
        made.append(happening)
    return sorted(made, key=lambda each: (each.first or dt.date.min, each.last or dt.date.max))


def _within(happening: Happening, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether a happening lies wholly within two days; without both ends only one of no known day does."""
    if first is None or last is None or happening.first is None or happening.last is None:
        return (happening.first, happening.last) == (first, last)
    return first <= happening.first and happening.last <= last


def _dates(value: str | None) -> tuple[dt.date | None, dt.date | None]:
    return interval(value) if value else (None, None)


def ties(reports: Iterable[Found]) -> list[Happening]:
    """The ties that reports tell of, joined by `TIE_KEY`."""
    made: dict[tuple[str, str, str], Happening] = {}
    for found in reports:
        if not isinstance(tie := found.item, Tie):
            continue
        one, other = sorted((tie.from_, tie.to)) if tie.type.symmetric else (tie.from_, tie.to)
        key = tie.type.value, one, other
        if key not in made:
            made[key] = Happening(tie.type.value, ((one,), (other,)), None, None, undated=False)
        made[key].take(found)
    return [made[key] for key in sorted(made)]
