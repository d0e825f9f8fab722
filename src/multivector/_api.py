"""The functions of the package itself: read one text, open a store, add files of statistics to it, check claims."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from multivector.check import INDICATORS, Check, Checker
from multivector.errors import InputError, MultivectorError, StatisticsError
from multivector.gather import Options, Raw, Source, gather, parse
from multivector.knowledge import Knowledge
from multivector.reading import Reader
from multivector.record import Domain, Flow, Kind, Record, Tie, TieType
from multivector.statistics import Problem, files_in
from multivector.statistics import read as read_file
from multivector.store import Added, Store

if TYPE_CHECKING:
    from multivector.measure import Alike, Data, Eu, Origin, Part, Said, Vectors

_LONGEST_PATH = 4096
_FILE_NAME = re.compile(r"\S{1,4096}\.(html?|pdf|txt|md)", re.IGNORECASE)


def read(
    text_or_path: str | Path,
    *,
    published: str | None = None,
    language: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    knowledge: Knowledge | None = None,
) -> Record:
    """Read one document into a record.

    A `Path` is a file; a string is a file when it names an existing one, a page when it is an `http(s)`
    address, and otherwise the text itself. `published` (ISO 8601) is the date against which `yesterday` or
    `last year` are resolved; it and the other metadata win over what the document says of itself.

    Raises InputError when the document cannot be had or has no readable text, and when a string looks like
    the name of a file (one word that ends in `.html`, `.pdf`, `.txt` or `.md`) and there is none.

    >>> import multivector
    >>> text = "“We signed a treaty,” Kazakhstan's president said on Friday."
    >>> record = multivector.read(text, published="2026-03-08")
    >>> [date.value for date in record.dates]
    ['2026-03-06']
    >>> [actor.code for actor in record.actors]
    ['KAZ']
    """
    given = cast("object", text_or_path)  # not every caller has its types checked
    if not isinstance(given, str | Path):
        advice = "decode them first" if isinstance(given, bytes | bytearray) else None
        raise InputError("read", f"takes a text or a path, not {type(given).__name__}", advice)
    options = Options(published=published, language=language, publisher=publisher, title=title)
    if isinstance(text_or_path, Path) or _is_location(text_or_path):
        document = gather(Source(str(text_or_path)), options).document
    elif _FILE_NAME.fullmatch(text_or_path):
        advice = "give the path of a file, or the text itself (with a line break, if these words are all of it)"
        raise InputError(text_or_path, "no such file", advice)
    else:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        data = text_or_path.replace("\0", "").encode("utf-8", "replace")
        raw = Raw(Source("<text>"), data, digest="", media_type="text/plain", url=None, charset="utf-8", retrieved=now)
        document = parse(raw, options).document
    return _reader(knowledge).read(document)


class Opened(Store):
    """A store with the questions of the rooms that stand on it."""

    def vectors(
        self,
        states: str | Sequence[str],
        *,
        domain: Domain | str = Domain.TRADE,
        source: Origin | str = "statistics",
        indicator: str | None = None,
        flow: Flow | str | None = None,
        since: str | None = None,
        until: str | None = None,
        by: str | None = None,
        data: Data | str = "both",
        eu: Eu | str = "members",
        gold: Part | str = "in",
        unallocated: Part | str = "out",
        order: int = 2,
        similarity: Alike | str = "bloc",
        said: Said | str = "out",
        knowledge: Knowledge | None = None,
    ) -> Vectors:
        """How many vectors states have in a domain; `docs/measures.md` has every measure and choice.

        `states` are codes, or a group or organisation that stands for its members. Raises MeasureError for what is not
        known or has no data, saying what to add.
        """
        from multivector.measure import choices, vectors

        chosen = choices(data, eu, gold, unallocated, order, similarity, said)
        return vectors(
            self,
            states,
            domain=domain,
            source=source,
            kind=indicator,
            flow=flow,
            since=since,
            until=until,
            by=by,
            choices=chosen,
            knowledge=knowledge,
        )


def open(path: str | Path, *, create: bool = True, readonly: bool = False) -> Opened:  # noqa: A001  as in gzip.open
    """Open the store at `path`, made when there is none; a context manager.

    Raises StoreError when it cannot be opened, saying why.
    """
    return Opened.open(path, create=create, readonly=readonly)


@dataclass(frozen=True, slots=True)
class FileAdded:
    """What came of one file of statistics: rows and votes in the store, and what was left out with its reason."""

    path: str
    reader: str | None
    observations: Added
    votes: Added
    problems: tuple[Problem, ...]
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the file as a whole could not be read."""
        return self.reader is None


def add_statistics(
    store: Store,
    *paths: str | Path,
    reader: str | None = None,
    mapping: str | Path | None = None,
    source: str | None = None,
    vintage: str | None = None,
    encoding: str | None = None,
    unit_multiplier: int | None = None,
) -> Iterator[FileAdded]:
    """Read files of statistics, and those in folders, into a store, one after the other; see `multivector.statistics`.

    A file that cannot be read has its reason as its only problem, and the others go on. Each file is kept whole or not
    at all, and adding it again changes nothing.
    """
    nothing = Added(0, 0, 0)
    for path in (each for given in paths for each in files_in(Path(given))):
        try:
            reading = read_file(
                path,
                reader=reader,
                mapping=mapping,
                source=source,
                vintage=vintage,
                encoding=encoding,
                unit_multiplier=unit_multiplier,
            )
        except MultivectorError as error:
            if mapping is not None and isinstance(error, StatisticsError) and error.subject == os.fspath(mapping):
                raise
            problem = Problem(error.subject, None, error.reason + (f"; {error.advice}" if error.advice else ""))
            yield FileAdded(str(path), None, nothing, nothing, (problem,))
            continue
        rows = store.add_observations(reading.observations) if reading.observations else nothing
        votes = store.add_votes(reading.votes) if reading.votes else nothing
        sets = {(each.source, each.vintage) for each in (*reading.observations, *reading.votes)}
        yield FileAdded(str(path), reading.reader, rows, votes, tuple(reading.problems), tuple(sorted(sets)))


def checks(store: Store, document: str | None = None, *, knowledge: Knowledge | None = None) -> Iterator[Check]:
    """Claims of a store's documents beside the statistics in it, in the order of documents and of their texts.

    `document` is an id or its beginning; all documents unless given. The latest vintage of each row counts. The same
    store gives the same checks. Raises QueryError when there is no such document.

    For a record that is in no store: `multivector.check.check_record`.
    """
    records = store.records() if document is None else iter([store.record(document)])
    ties = [
        (found.document.id, found.item)
        for found in store.items(Kind.TIE, type=TieType.MILITARY_PRESENCE.value)
        if isinstance(found.item, Tie)
    ]
    checker = Checker(store.observations(indicator=INDICATORS), store.votes(), knowledge, ties)
    for record in records:
        yield from checker.check(record)


_default: Reader | None = None


def _reader(knowledge: Knowledge | None) -> Reader:
    global _default
    if knowledge is not None:
        return Reader(knowledge)
    _default = _default or Reader()
    return _default


def _is_location(text: str) -> bool:
    if text.startswith(("http://", "https://")):
        return not any(c.isspace() for c in text)
    if len(text) > _LONGEST_PATH or "\n" in text or "\0" in text:
        return False
    try:
        return Path(text).is_file()
    except OSError:
        return False
