"""The form of the knowledge files, and reading them with errors that name file, entry and field."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from multivector.errors import KnowledgeError
from multivector.record import Domain, EventType, interval

_Form = TypeVar("_Form")
Names = dict[str, tuple[str, ...]]  # language -> names; the language `any` is looked for in every text

ACTOR_FILES = ("states.json", "organisations.toml", "groups.toml", "offices.toml")
DATA_FILES = (*ACTOR_FILES, "inflections.json", "domains.toml", "plover.toml", "publishers.toml", "cities.json")

_CODES = {
    "state": (re.compile(r"[A-Z]{3}"), "an ISO 3166-1 alpha-3 code such as KAZ"),
    "organisation": (re.compile(r"(IGO|ORG):\S(.*\S)?"), "IGO: or ORG: and a short name, such as IGO:SCO"),
    "group": (re.compile(r"GRP:[A-Z0-9][A-Z0-9+-]*"), "GRP: and capitals, digits, hyphens, such as GRP:CENTRAL-ASIA"),
}
_PLACE = re.compile(r"(.*) - at `\$\.?(\w*)(?:\[(\d+)\])?\.?(.*)`", re.DOTALL)


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table that takes no other fields than those it names."""


class Member(_Table, frozen=True):
    """A member, and from when to when (ISO 8601 day, month or year)."""

    code: str
    start: str | None = None
    end: str | None = None


class StateRow(_Table, frozen=True):
    """`[[state]]`. `towns` are capitals that are too often something else to stand for the state."""

    code: str
    name: str | None = None
    wikidata: str | None = None
    names: Names = {}
    adjectives: Names = {}
    demonyms: Names = {}
    capitals: Names = {}
    towns: Names = {}
    seats: Names = {}


class OrganisationRow(_Table, frozen=True):
    """`[[organisation]]`: an organisation of states, or a format in which they meet."""

    code: str
    type: str | None = None  # organisation (unless said otherwise) or format
    name: str | None = None
    wikidata: str | None = None
    names: Names = {}
    adjectives: Names = {}
    seats: Names = {}
    members: tuple[Member, ...] = ()


class GroupRow(_Table, frozen=True):
    """`[[group]]`: states that are named together."""

    code: str
    name: str | None = None
    wikidata: str | None = None
    names: Names = {}
    adjectives: Names = {}
    members: tuple[Member, ...] = ()


class OfficeRow(_Table, frozen=True):
    """`[[office]]`: a tenure. `state` may hold an organisation's code as well."""

    person: str
    office: str
    title: dict[str, str]
    names: Names = {}
    state: str | None = None
    organisation: str | None = None
    start: str | None = None
    end: str | None = None
    wikidata: str | None = None


class NotNameRow(_Table, frozen=True):
    """`[[not_name]]`: words that hold a known name and do not stand for its actor (`Indian Ocean`)."""

    names: Names
    label: str = ""


class Tables(_Table, frozen=True):
    """A file of actors: shipped or the user's own."""

    sources: tuple[str, ...] = ()
    as_of: str | None = None
    state: tuple[StateRow, ...] = ()
    organisation: tuple[OrganisationRow, ...] = ()
    group: tuple[GroupRow, ...] = ()
    office: tuple[OfficeRow, ...] = ()
    not_name: tuple[NotNameRow, ...] = ()


_ROWS: dict[str, type[_Table]] = {
    "state": StateRow,
    "organisation": OrganisationRow,
    "group": GroupRow,
    "office": OfficeRow,
    "not_name": NotNameRow,
}
_HELP = "the form is described in docs/knowledge.md"
_UNKNOWN = "Object contains unknown field "


def _named_tables() -> str:
    return ", ".join(f"[[{name}]]" for name in _ROWS)


class TermsRow(_Table, frozen=True):
    """The words of one language."""

    strong: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


class DomainRow(_Table, frozen=True):
    """`[[domain]]`."""

    code: Domain
    label: dict[str, str]
    definition: str
    terms: dict[str, TermsRow]


class DomainFile(_Table, frozen=True):
    """domains.toml."""

    sources: tuple[str, ...]
    domain: tuple[DomainRow, ...]


class PublisherRow(_Table, frozen=True):
    """`[[publisher]]`: names of papers and agencies of one state, and the sites that they write on."""

    state: str
    names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


class PublisherFile(_Table, frozen=True):
    """publishers.toml. `domains` are top-level domains with the states that give them."""

    sources: tuple[str, ...]
    domains: dict[str, str]
    publisher: tuple[PublisherRow, ...]


class ModeRow(_Table, frozen=True):
    """`[[type.mode]]`, `[[context]]` and `[[auxiliary]]`."""

    code: str
    definition: str
    score: float | None = None


class TypeRow(_Table, frozen=True):
    """`[[type]]`."""

    code: EventType
    quad: int
    score: float
    definition: str
    mode: tuple[ModeRow, ...] = ()


class PloverFile(_Table, frozen=True):
    """plover.toml."""

    version: str
    sources: tuple[str, ...]
    type: tuple[TypeRow, ...]
    context: tuple[ModeRow, ...]
    auxiliary: tuple[ModeRow, ...]


class CityFile(_Table, frozen=True):
    """cities.json: the code of a state -> names of cities that lie in it."""

    sources: tuple[str, ...]
    cities: dict[str, tuple[str, ...]]


class InflectionFile(_Table, frozen=True):
    """inflections.json: a Russian name -> its other forms."""

    sources: tuple[str, ...]
    forms: Names


class File(msgspec.Struct, frozen=True):
    """A file read: how to call it in an error, and its bytes."""

    subject: str
    data: bytes
    user: bool = False

    def decode(self, form: type[_Form]) -> _Form:
        """The content in `form` (TOML, or JSON by the file's name). Raises KnowledgeError."""
        try:
            text = self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise KnowledgeError(self.subject, f"not UTF-8 (byte {error.start})") from None
        try:
            if self.subject.endswith(".json"):
                return msgspec.json.decode(text, type=form)
            return msgspec.convert(_plain(tomllib.loads(text)), type=form)
        except tomllib.TOMLDecodeError as error:
            raise KnowledgeError(self.subject, f"not TOML: {error}") from None
        except RecursionError:
            raise KnowledgeError(self.subject, "not TOML that can be read: nested too deep") from None
        except msgspec.MsgspecError as error:
            raise self._located(str(error)) from None

    def tables(self) -> Tables:
        """The content as a file of actors, with codes, names and dates checked. Raises KnowledgeError."""
        tables = self.decode(Tables)
        if not any(getattr(tables, name) for name in _ROWS):
            raise KnowledgeError(self.subject, f"no entries; expected {_named_tables()}", _HELP)
        for table, (pattern, expected) in _CODES.items():
            for number, row in enumerate(getattr(tables, table)):
                if not pattern.fullmatch(row.code):
                    raise self.error(table, number, f"field code: {row.code!r} is not {expected}")
                self._check_dates(table, number, getattr(row, "members", ()))
        for number, row in enumerate(tables.organisation):
            if row.type not in (None, "organisation", "format"):
                raise self.error("organisation", number, f"field type: {row.type!r} is not organisation or format")
        for number, row in enumerate(tables.office):
            if (row.state is None) == (row.organisation is None):
                raise self.error("office", number, "expected one of the fields state and organisation")
            if not row.person.strip() or "en" not in row.title:
                raise self.error("office", number, "expected a person and title.en")
            self._check_dates("office", number, (row,))
        for table in ("state", "organisation", "group", "office", "not_name"):
            for number, row in enumerate(getattr(tables, table)):
                for field in ("names", "adjectives", "demonyms", "capitals", "seats"):
                    self._check_names(table, number, field, getattr(row, field, {}))
        return tables

    def error(self, table: str, number: int, reason: str) -> KnowledgeError:
        """An error in the entry with this number, from 0, of `[[table]]`."""
        starts = re.finditer(rf"(?m)^[ \t]*\[\[[ \t]*{table}[ \t]*\]\]", self.data.decode("utf-8-sig"))
        lines = [match.string.count("\n", 0, match.start()) + 1 for match in starts]
        line = f", line {lines[number]}" if number < len(lines) else ""
        return KnowledgeError(f"{self.subject}{line}, [[{table}]] number {number + 1}", reason)

    def _check_names(self, table: str, number: int, field: str, names: Names) -> None:
        for language, entries in names.items():
            if not re.fullmatch(r"[a-z]{2,3}|any", language):
                raise self.error(table, number, f"field {field}: {language!r} is not a language such as en, or any")
            for entry in entries:
                if not any(c.isalnum() for c in entry) or entry != " ".join(entry.split()):
                    raise self.error(table, number, f"field {field}.{language}: {entry!r} is not a name in one line")

    def _check_dates(self, table: str, number: int, rows: tuple[Member | OfficeRow, ...]) -> None:
        for row in rows:
            try:
                bounds(row)
            except ValueError as error:
                raise self.error(table, number, f"field start or end: {error}") from None

    def _located(self, message: str) -> KnowledgeError:
        """An error of msgspec's, with its path (`$.state[0].names`) said in words."""
        match = _PLACE.fullmatch(message)
        if not match:
            if not message.startswith(_UNKNOWN):
                return KnowledgeError(self.subject, message)
            name = message.removeprefix(_UNKNOWN)
            return KnowledgeError(self.subject, f"unknown table {name}; allowed: {_named_tables()}", _HELP)
        reason, table, number, field = match.groups()
        if reason.startswith(_UNKNOWN) and self.user:
            form = Member if field.startswith("members") else _ROWS.get(table)
            allowed = ", ".join(each.name for each in msgspec.structs.fields(form)) if form else _named_tables()
            reason = f"unknown field {reason.removeprefix(_UNKNOWN)}; allowed: {allowed}; {_HELP}"
        reason = reason.replace("Object", "entry").replace("`array`", "a list")
        if number is None:
            if table in _ROWS:
                reason = f"{reason}; write [[{table}]] above each entry"
            return KnowledgeError(f"{self.subject}, {table}" if table else self.subject, reason)
        field = field.replace("[...]", ".*")
        return self.error(table, int(number), f"field {field}: {reason}" if field else reason)


class Shipped(msgspec.Struct, frozen=True):
    """The files of the package: as bytes by name, and decoded."""

    files: dict[str, File]
    actors: dict[str, Tables]
    inflections: InflectionFile
    domains: DomainFile
    plover: PloverFile
    publishers: PublisherFile


def read_shipped() -> Shipped:
    """The files of the package."""
    folder = resources.files("multivector.knowledge") / "data"
    files = {name: File(name, (folder / name).read_bytes()) for name in DATA_FILES}
    return Shipped(
        files,
        {name: files[name].tables() for name in ACTOR_FILES},
        files["inflections.json"].decode(InflectionFile),
        files["domains.toml"].decode(DomainFile),
        files["plover.toml"].decode(PloverFile),
        files["publishers.toml"].decode(PublisherFile),
    )


def read_file(path: Path) -> File:
    """A file of the user's. Raises KnowledgeError when it cannot be read."""
    try:
        return File(str(path), path.read_bytes(), user=True)
    except OSError as error:
        raise KnowledgeError(str(path), f"cannot be read: {error.strerror or error}") from None


def bounds(row: Member | OfficeRow) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a membership or tenure, at their widest. Raises ValueError."""
    for value in (row.start, row.end):
        if value is not None and "/" in value:
            raise ValueError(f"not a day, month or year: {value!r}")
    start = interval(row.start)[0] if row.start else None
    end = interval(row.end)[1] if row.end else None
    if start and end and start > end:
        raise ValueError(f"ends before it starts: {row.start!r}, {row.end!r}")
    return start, end


def _plain(value: Any) -> Any:
    """`value` with TOML's own dates as text, so that `2001-06-15` may stand with or without quotation marks."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in cast("list[Any]", value)]
    return value.isoformat() if isinstance(value, dt.date) else value
