"""What the registry gives out: matches of names, actors, offices, domains, PLOVER."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from multivector.record import ActorKind, Domain, EventType


class NameForm(StrEnum):
    """In what way a word names an actor."""

    NAME = "name"  # Kazakhstan, Российская Федерация, the SCO
    ADJECTIVE = "adjective"  # Kazakh, российский; the first part of a compound: Sino-, российско-
    DEMONYM = "demonym"  # Kazakhs, россияне
    CAPITAL = "capital"  # Astana, standing for the government
    SEAT = "seat"  # the Kremlin, White House; Brussels for the EU
    GROUP = "group"  # Central Asia
    PERSON = "person"  # a full name


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text: half-open `[start, end)` in code points, the actor's code, and the form of the name."""

    start: int
    end: int
    code: str
    form: NameForm


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor that the registry knows: its code, what it is, its English name, its Wikidata item or None."""

    code: str
    type: ActorKind
    name: str
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """A person's tenure of an office of a state or of an organisation (the other of the two is None).

    `office` is the kind (`head-of-state`, `foreign-minister`, `spokesperson`, `secretary-general`, ...).
    `start` and `end` are its first and last day; a bound known to the month or year only is taken at its
    widest. `end` None: no end is known. `code` is the actor whose office it is.
    """

    person: str
    state: str | None
    organisation: str | None
    office: str
    title: str
    title_ru: str | None
    start: dt.date | None
    end: dt.date | None

    @property
    def code(self) -> str:
        """The code of the state or organisation."""
        return self.state or self.organisation or ""

    def held_on(self, day: dt.date) -> bool:
        """Whether the tenure covers `day`; on the day of a handover both holders do."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class DomainTerms:
    """Words of one language that tell a domain, in small letters; a `*` ends a stem. Russian ones have е for ё.

    One of `strong` is enough to tell the domain; those of `weak` count beside others. `forms` are ways of dealing with
    any subject (visits, talks): they tell the domain where no other subject is named.
    """

    strong: tuple[str, ...]
    forms: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DomainEntry:
    """A field of policy: its labels by language, what belongs to it, and the words that tell it by language."""

    domain: Domain
    label: Mapping[str, str]
    definition: str
    terms: Mapping[str, DomainTerms]


@dataclass(frozen=True, slots=True)
class PloverMode:
    """A mode of a PLOVER type. `score`: from conflict (-10) to cooperation (+10), None where none is set."""

    code: str
    score: float | None
    definition: str


@dataclass(frozen=True, slots=True)
class PloverType:
    """A PLOVER event type. `quad`: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""

    type: EventType
    quad: int
    score: float
    definition: str
    modes: tuple[PloverMode, ...]


@dataclass(frozen=True, slots=True)
class PloverTag:
    """A PLOVER context or auxiliary mode."""

    code: str
    definition: str


@dataclass(frozen=True, slots=True)
class Plover:
    """PLOVER as the data file holds it: version, types in the order of the file, contexts, auxiliary modes."""

    version: str
    types: Mapping[EventType, PloverType]
    contexts: tuple[PloverTag, ...]
    auxiliaries: tuple[PloverTag, ...]
