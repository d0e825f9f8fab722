"""The registry: actors and their names, members and offices over time, domains, PLOVER."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import urlsplit

from multivector.knowledge._files import (
    DATA_FILES,
    CityFile,
    File,
    GroupRow,
    Member,
    ModeRow,
    Names,
    OfficeRow,
    OrganisationRow,
    PloverFile,
    Shipped,
    StateRow,
    Tables,
    bounds,
    read_file,
    read_shipped,
)
from multivector.knowledge._match import Matcher, Target, variants
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
from multivector.record import ActorKind, Domain

ANY = "any"
_FAMILY_NAME_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "KHM"})
"""States in whose names the family name is written first, in English too."""

# Which form a name has when one table of names gives it to several: the first of these.
_FORMS = {
    "names": NameForm.NAME,
    "seats": NameForm.SEAT,
    "capitals": NameForm.CAPITAL,
    "adjectives": NameForm.ADJECTIVE,
    "demonyms": NameForm.DEMONYM,
}


class Knowledge:
    """What is known of actors, offices, domains and event types. Made by `load`; not changed afterwards."""

    version: str
    actors: Mapping[str, ActorEntry]
    domains: Mapping[Domain, DomainEntry]
    plover: Plover

    def __init__(self, shipped: Shipped, extra: Iterable[File] = ()) -> None:
        """The registry of the `shipped` files and the user's `extra` ones."""
        users = [(file, file.tables()) for file in extra]
        ours = [(shipped.files[name], tables) for name, tables in shipped.actors.items()]
        self.version = _digest(shipped.files, [file for file, _ in users])
        self._actors: dict[str, ActorEntry] = {}
        self._members: dict[str, list[tuple[Member, dt.date | None, dt.date | None]]] = {}
        self._offices: list[Office] = []
        self._persons: dict[str, str] = {}
        self._names: dict[str, dict[str, dict[str, str]]] = {}  # language -> form -> name -> code
        self._taken: dict[tuple[str, str], str | None] = {}  # (language, name) of the user's -> code; None: no name
        self._not_names: dict[str, dict[str, None]] = {}
        self._matchers: dict[str | None, Matcher] = {}
        self._inflections = shipped.inflections.forms
        self._city_file = shipped.files["cities.json"]
        for _, tables in (*ours, *users):  # of what an actor is, the last word counts
            self._add_actors(tables)
        for _, tables in reversed(users):  # of whom a name means, the first
            self._take_names(tables)
        for _, tables in (*reversed(users), *ours):
            self._add_names(tables)
        for file, tables in (*ours, *users):
            self._check_codes(file, tables)
        self._sources = {file.subject: tables.sources for file, tables in (*ours, *users)} | {
            "inflections.json": shipped.inflections.sources,
            "domains.toml": shipped.domains.sources,
            "plover.toml": shipped.plover.sources,
            "publishers.toml": shipped.publishers.sources,
        }
        self._surnames: dict[str, list[Office]] = {}
        for office in self._offices:
            words = office.person.split()
            surname = words[0] if office.state in _FAMILY_NAME_FIRST else words[-1]
            self._surnames.setdefault(_key(surname), []).append(office)
        self._publishers = {_key(name): row.state for row in shipped.publishers.publisher for name in row.names}
        self._hosts = shipped.publishers.domains | {
            host: row.state for row in shipped.publishers.publisher for host in row.hosts
        }
        self.actors = self._actors
        self.domains = {
            row.code: DomainEntry(
                row.code,
                row.label,
                row.definition,
                {tag: DomainTerms(terms.strong, terms.forms, terms.weak) for tag, terms in row.terms.items()},
            )
            for row in shipped.domains.domain
        }
        self.plover = _plover(shipped.plover)

    @cached_property
    def sources(self) -> Mapping[str, tuple[str, ...]]:
        """Where the facts of each data file come from."""
        return self._sources | {"cities.json": _city_rows(self._city_file).sources}

    def find(self, text: str, language: str | None = None) -> tuple[NameMatch, ...]:
        """The names of actors in `text`, in its order: whole words, the leftmost and longest, none overlapping.

        `language` (BCP 47) restricts the names to those of that language, of English, and of no language; None
        takes all. A name in the text has its capitals, or is all in capitals. Adjectives and peoples stand for
        their state. A name that is also another's (`Georgia`, `Jordan`, `Chad`) is taken for the state, unless
        the words beside it are listed in the data as another name (`Michael Jordan`, `Atlanta, Georgia`).
        """
        tag = language.lower().replace("_", "-").split("-")[0] if language else None
        if tag is not None and tag not in self._names:
            tag = ANY
        matcher = self._matchers.get(tag)
        if matcher is None:
            matcher = self._matchers[tag] = Matcher(self._table(tag))
        return matcher.find(text)

    def actor(self, code: str) -> ActorEntry | None:
        """The actor with this code, or None."""
        return self._actors.get(code)

    def members(self, code: str, on: dt.date | None = None) -> tuple[str, ...]:
        """Codes of the members of an organisation, format or group on a day, sorted; empty for anything else.

        `on` None: those whose membership has no end. Members that are groups or formats are given as their own
        members; an organisation that is a member stays one actor.
        """
        return tuple(sorted(self._expand(code, on, frozenset())))

    def offices(
        self, person: str | None = None, code: str | None = None, on: dt.date | None = None
    ) -> tuple[Office, ...]:
        """The tenures of a person (`PER:` code or any known full name), of a state or organisation, on a day.

        A condition that is None admits all. Sorted with the latest start first.
        """
        if person is not None and person not in self._actors:
            person = self.person(person)
            if person is None:
                return ()
        name = person.removeprefix("PER:") if person is not None else None
        found = [
            office
            for office in self._offices
            if (name is None or office.person == name)
            and (code is None or office.code == code)
            and (on is None or office.held_on(on))
        ]
        return tuple(sorted(found, key=lambda office: office.start or dt.date.min, reverse=True))

    def offices_by_surname(self, surname: str, on: dt.date | None = None) -> tuple[Office, ...]:
        """The tenures on a day of everybody with this surname, in any case; the latest start first."""
        found = [o for o in self._surnames.get(_key(surname), ()) if on is None or o.held_on(on)]
        return tuple(sorted(found, key=lambda office: office.start or dt.date.min, reverse=True))

    def person(self, name: str) -> str | None:
        """The code of the person with this full name, in any known spelling or case, or None."""
        return self._persons.get(_key(name))

    def city(self, name: str) -> str | None:
        """The state that a city of 50,000 people or more lies in, by one of its names in Latin letters; else None.

        A name that cities of several states share stands for the largest by far, or for none.
        """
        return _cities(self._city_file).get(_straight(name))

    def state_of_publisher(self, name: str | None, url: str | None) -> str | None:
        """The state from which a publisher of this name, or the site of `url`, writes; None when that is not known.

        The longest known ending of the site's name tells: a site's own state before that of its top-level domain.
        """
        if name is not None and (state := self._publishers.get(_key(name))) is not None:
            return state
        try:
            labels = (urlsplit(url or "").hostname or "").split(".")
        except ValueError:
            return None
        endings = (".".join(labels[first:]) for first in range(len(labels)))
        return next((self._hosts[ending] for ending in endings if ending in self._hosts), None)

    def _expand(self, code: str, on: dt.date | None, above: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for member, start, end in self._members.get(code, ()):
            if (
                (end is not None)
                if on is None
                else (start is not None and on < start) or (end is not None and end < on)
            ):
                continue
            inner = self._actors.get(member.code)
            if inner is not None and inner.type in (ActorKind.GROUP, ActorKind.FORMAT):
                if member.code not in above:
                    found |= self._expand(member.code, on, above | {code})
            else:
                found.add(member.code)
        return found

    def _add_actors(self, tables: Tables) -> None:
        for row in tables.state:
            self._add_actor(row, ActorKind.STATE)
        for row in tables.organisation:
            self._add_actor(row, ActorKind(row.type) if row.type else None)
        for row in tables.group:
            self._add_actor(row, ActorKind.GROUP)
        for row in tables.office:
            code = f"PER:{row.person}"
            known = self._actors.get(code)
            wikidata = row.wikidata or (known.wikidata if known else None)
            self._actors[code] = ActorEntry(code, ActorKind.PERSON, row.person, wikidata)
            office_of = row.state or row.organisation or ""
            state, organisation = (None, office_of) if ":" in office_of else (office_of, None)
            title_ru = row.title.get("ru")
            self._offices.append(
                Office(row.person, state, organisation, row.office, row.title["en"], title_ru, *bounds(row))
            )

    def _add_actor(self, row: StateRow | OrganisationRow | GroupRow, kind: ActorKind | None) -> None:
        """Add an actor, or what `row` says of one that is there."""
        known = self._actors.get(row.code)
        first = next((names[0] for names in (row.names.get("en"), *row.names.values()) if names), row.code)
        self._actors[row.code] = ActorEntry(
            row.code,
            kind or (known.type if known else ActorKind.ORGANISATION),
            row.name or (known.name if known else first),
            row.wikidata or (known.wikidata if known else None),
        )

    def _take_names(self, tables: Tables) -> None:
        """Keep the names of a user's file for what that file says they mean, against the shipped files."""
        for language, code, name in _spellings(tables):
            self._taken.setdefault((language, name), code)
        for row in tables.not_name:
            for language, names in row.names.items():
                for name in names:
                    self._taken.setdefault((language, name), None)

    def _add_names(self, tables: Tables) -> None:
        """Add the names and members of a file. What is there already stays."""
        for row in (*tables.state, *tables.organisation, *tables.group):
            for field, form in _FORMS.items():
                named = NameForm.GROUP if isinstance(row, GroupRow) and form is NameForm.NAME else form
                self._add_spellings(row.code, named, getattr(row, field, {}))
            if not isinstance(row, StateRow):
                self._add_members(row)
        for row in tables.office:
            code, names = f"PER:{row.person}", _person_names(row)
            self._add_spellings(code, NameForm.PERSON, names)
            for name in (name for spelt in names.values() for name in spelt):
                self._persons.setdefault(_key(name), code)
        for row in tables.not_name:
            for language, names in row.names.items():
                self._not_names.setdefault(language, {}).update(dict.fromkeys(names))

    def _add_members(self, row: OrganisationRow | GroupRow) -> None:
        """Members by entry. A user's entries for a member replace the shipped ones for that member."""
        there = self._members.setdefault(row.code, [])
        settled = {member.code for member, _, _ in there}
        there += [(member, *bounds(member)) for member in row.members if member.code not in settled]

    def _add_spellings(self, code: str, form: NameForm, names: Names) -> None:
        for language, spelt in names.items():
            table = self._names.setdefault(language, {}).setdefault(form, {})
            for name in spelt:
                for each in (name, *(self._inflections.get(name, ()) if language == "ru" else ())):
                    if all(self._taken.get((tag, each), code) == code for tag in (language, ANY)):
                        table.setdefault(each, code)

    def _table(self, language: str | None) -> dict[str, Target]:
        """The spellings to look for in a text of `language`, with what each names."""
        languages = sorted(self._names) if language is None else dict.fromkeys((ANY, language, "en"))
        found: dict[str, Target] = {}
        for form in (NameForm.GROUP, NameForm.NAME, NameForm.PERSON, *_FORMS.values()):
            for tag in languages:
                for name, code in self._names.get(tag, {}).get(form, {}).items():
                    for spelling in variants(name, tag, form):
                        found.setdefault(spelling, (code, form))
        for tag in languages:
            for name in self._not_names.get(tag, ()):
                for spelling in variants(name, tag, None):
                    found.setdefault(spelling, None)
        return found

    def _check_codes(self, file: File, tables: Tables) -> None:
        """Every member, and every holder of an office, is an actor that the registry knows. Raises KnowledgeError."""
        for table, rows in (("organisation", tables.organisation), ("group", tables.group)):
            for number, row in enumerate(rows):
                for member in row.members:
                    if member.code not in self._actors:
                        raise file.error(table, number, f"field members: {member.code!r} is not a known code")
        for number, row in enumerate(tables.office):
            code = row.state or row.organisation
            if code not in self._actors:
                raise file.error("office", number, f"field state or organisation: {code!r} is not a known code")


def load(extra: Iterable[Path] = ()) -> Knowledge:
    """The registry of the shipped data and of the user's own TOML files, read once for the shipped data alone.

    A user's file holds the same tables as the shipped ones (`[[state]]`, `[[organisation]]`, `[[group]]`,
    `[[office]]`, `[[not_name]]`). What it says of a code that is there is added to it; where both use a name, the
    user's meaning wins, and among several files the last. Russian names in it are found as they are written: give
    the inflected forms too. Raises KnowledgeError for a file that cannot be read or breaks the form.
    """
    files = [read_file(Path(path)) for path in extra]
    return Knowledge(_shipped(), files) if files else _default()


@cache
def _city_rows(file: File) -> CityFile:
    """Decoded when first asked for: reading a text does not always need it."""
    return file.decode(CityFile)


@cache
def _cities(file: File) -> Mapping[str, str]:
    return {_straight(name): code for code, names in _city_rows(file).cities.items() for name in names}


def _straight(name: str) -> str:
    """The name with straight apostrophes."""
    return name.replace("’", "'").replace("ʻ", "'")


@cache
def _default() -> Knowledge:
    return Knowledge(_shipped())


@cache
def _shipped() -> Shipped:
    return read_shipped()


def _digest(files: Mapping[str, File], extra: Iterable[File]) -> str:
    """Hex digest over the content of all files, whatever the line ends and wherever the user's files lie."""
    digest = hashlib.blake2b(digest_size=16)
    for name, data in [*((name, files[name].data) for name in DATA_FILES), *(("", file.data) for file in extra)]:
        content = data.replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _spellings(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Language, code and name of every name in a file."""
    for row in (*tables.state, *tables.organisation, *tables.group):
        for field in _FORMS:
            names: Names = getattr(row, field, {})
            yield from ((language, row.code, name) for language, spelt in names.items() for name in spelt)
    for row in tables.office:
        for language, spelt in _person_names(row).items():
            yield from ((language, f"PER:{row.person}", name) for name in spelt)


def _person_names(row: OfficeRow) -> Names:
    return row.names | {"en": (row.person, *row.names.get("en", ()))}


def _key(name: str) -> str:
    return " ".join(name.split()).casefold().replace("ё", "е")


def _plover(file: PloverFile) -> Plover:
    types = {
        row.code: PloverType(
            row.code,
            row.quad,
            row.score,
            row.definition,
            tuple(PloverMode(mode.code, mode.score, mode.definition) for mode in row.mode),
        )
        for row in file.type
    }
    return Plover(file.version, types, _tags(file.context), _tags(file.auxiliary))


def _tags(rows: Iterable[ModeRow]) -> tuple[PloverTag, ...]:
    return tuple(PloverTag(row.code, row.definition) for row in rows)
