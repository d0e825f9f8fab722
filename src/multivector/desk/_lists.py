"""Lists of items and documents with filters in the address: one way for all kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from multivector._export import csv_columns, csv_row
from multivector.desk._answer import About, Table, answer, refuse, whole_number
from multivector.desk._desk import Desk, desk_of
from multivector.desk._forms import Form, address, wanted
from multivector.desk._wording import words
from multivector.record import (
    ITEM_TYPES,
    ActorKind,
    AgreementStatus,
    AgreementType,
    Document,
    Domain,
    EventType,
    Item,
    Kind,
    Modality,
    StatementMode,
    TieType,
    interval,
    spans_of,
    to_dict,
)
from multivector.store import DocumentHead, Found

PAGE = 50
MOST = 10_000
_COUNTED = 1_000
"""Rows are counted up to here: to count a million takes longer than to show fifty."""
_DEEPEST = 100_000


@dataclass(frozen=True, slots=True)
class Filter:
    """A field of the form above a list: its name in the address and for the store, and what it takes."""

    name: str
    label: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    store: str = ""


def _choices(values: type[StrEnum]) -> tuple[tuple[str, str], ...]:
    return tuple((value.value, value.value.replace("-", " ")) for value in values)


_TEXT = Filter("text", "Words", hint="words, “a phrase”, stem*")
_ACTOR = Filter("actor", "About", "actor", hint="KAZ, IGO:SCO")
_DOMAIN = Filter("domain", "Domain", "choice", _choices(Domain))
_SINCE = Filter("since", "Since", "date", hint="2026-02")
_UNTIL = Filter("until", "Until", "date", hint="2026")
_MODALITY = Filter("modality", "Modality", "choice", _choices(Modality))
_STATUS = Filter("status", "Status", "choice", _choices(AgreementStatus))
_SAID = Filter("in_statement", "Reported by", "choice", (("no", "the document itself"), ("yes", "somebody in it")))
_ORDER = Filter("order", "Order", "choice", (("oldest", "oldest first"), ("unsure", "least certain first")))
_SURE = Filter("min_confidence", "Certainty", "choice", ((".5", "50% or more"), (".8", "80% or more")))


def _type(values: type[StrEnum], label: str = "Type") -> Filter:
    return Filter("type", label, "choice", _choices(values))


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list: its kind, its title, what it is in a sentence, and its filters. Those after `main` are folded away."""

    kind: Kind
    title: str
    lead: str
    filters: tuple[Filter, ...]
    main: int = 6
    timeline: bool = True


LISTS: dict[str, ListPage] = {
    "statements": ListPage(
        Kind.STATEMENT,
        "Statements",
        "Who said what, with the words that say so.",
        (
            Filter("speaker", "Speaker", hint="name, office or body"),
            Filter("state", "Speaker’s state", "actor", hint="KAZ"),
            _ACTOR,
            _DOMAIN,
            _SINCE,
            _UNTIL,
            _TEXT,
            _type(StatementMode, "Quoted"),
            _SURE,
            _ORDER,
        ),
        7,
    ),
    "events": ListPage(
        Kind.EVENT,
        "Events",
        "What was done, by whom and to whom, in PLOVER’s types.",
        (_ACTOR, _type(EventType), _DOMAIN, _SINCE, _UNTIL, _TEXT, _MODALITY, _SAID, _SURE, _ORDER),
    ),
    "figures": ListPage(
        Kind.FIGURE,
        "Figures",
        "Numbers that say how large something between actors is, as the documents give them.",
        (
            _ACTOR,
            Filter("type", "Measure", hint="trade turnover"),
            _DOMAIN,
            _SINCE,
            _UNTIL,
            _TEXT,
            _SAID,
            _SURE,
            _ORDER,
        ),
    ),
    "agreements": ListPage(
        Kind.AGREEMENT,
        "Agreements",
        "Treaties, declarations, plans and programmes, with their sections.",
        (_ACTOR, _type(AgreementType), _DOMAIN, _SINCE, _UNTIL, _TEXT, _STATUS, _SAID, _SURE, _ORDER),
    ),
    "ties": ListPage(
        Kind.TIE,
        "Ties",
        "Standing relations that documents assert.",
        (_ACTOR, _type(TieType), _DOMAIN, _SINCE, _UNTIL, _TEXT, _SAID, _SURE, _ORDER),
    ),
    "actors": ListPage(
        Kind.ACTOR,
        "Actors",
        "Who is named, document by document.",
        (_ACTOR, _type(ActorKind), _SINCE, _UNTIL, _TEXT, _ORDER),
        timeline=False,
    ),
    "dates": ListPage(
        Kind.DATE, "Dates", "Dates and periods that documents name.", (_SINCE, _UNTIL, _TEXT, _ORDER), timeline=False
    ),
}
PLURALS = {page.kind: name for name, page in LISTS.items()}
"""The name of each kind's list, which is its address too."""

DOCUMENT_FILTERS = (
    _TEXT,
    Filter("publisher", "Publisher"),
    _ACTOR,
    _DOMAIN,
    Filter("language", "Language", hint="en, ru"),
    _SINCE,
    _UNTIL,
    Filter("order", "Order", "choice", (("oldest", "oldest first"),)),
)


@dataclass(frozen=True, slots=True)
class Row:
    """An item on a list: itself, its document, and its words."""

    item: Item
    document: DocumentHead
    words: str


def items_page(request: Request) -> Response:
    """A list of items."""
    desk, name = desk_of(request), request.url.path.strip("/").partition(".")[0]
    config = LISTS[name]
    query = asked(request, config.filters)
    limit, offset = window(request)
    found = desk.kept(
        f"rows {name} {sorted(query.items())} {limit} {offset}",
        lambda: list(desk.store.items(config.kind, **query, limit=limit + 1, offset=offset)),
    )
    total, least = counted(desk, config.kind, query)
    rows, form = found[:limit], wanted(request)
    text_of = desk.text
    table = Table(
        config.title,
        csv_columns(ITEM_TYPES[config.kind]),
        [row_dict(desk, each) for each in rows] if form is Form.JSON else [],
        About(caveats=("What was read by machine can be wrong: each row leads to its words.",)),
        total,
        least,
        _further(request, offset + limit) if len(found) > limit else None,
        flat=list(flat(desk, rows)) if form is Form.CSV else None,
    )
    return answer(
        request,
        table,
        "list.html",
        page=config,
        name=name,
        rows=[] if form is not Form.HTML else [row_of(desk, each, text_of(each.document.id)) for each in rows],
        filters=config.filters,
        previous=_further(request, max(offset - limit, 0)) if offset else None,
        first=offset + 1,
        chips=chips(request, config.filters),
        twins=twins(request),
    )


def documents_page(request: Request) -> Response:
    """The list of documents."""
    desk = desk_of(request)
    query = asked(request, DOCUMENT_FILTERS)
    limit, offset = window(request)
    found = list(desk.store.documents(**query, limit=limit + 1, offset=offset))
    total, least = counted(desk, Kind.DOCUMENT, query)
    columns = ("id", "title", "publisher", "published", "language", "url")
    rows = found[:limit]
    table = Table(
        "Documents",
        columns,
        [{column: getattr(head, column) for column in columns} for head in rows],
        About(),
        total,
        least,
        _further(request, offset + limit) if len(found) > limit else None,
    )
    return answer(
        request,
        table,
        "documents.html",
        documents=rows,
        filters=DOCUMENT_FILTERS,
        previous=_further(request, max(offset - limit, 0)) if offset else None,
        first=offset + 1,
        chips=chips(request, DOCUMENT_FILTERS),
        twins=twins(request),
        start=desk.start,
    )


def asked(request: Request, filters: tuple[Filter, ...]) -> dict[str, Any]:
    """The store's query that the address asks for. Raises ProblemError for what makes no sense."""
    query: dict[str, Any] = {"newest": True}
    for each in filters:
        value = (request.query_params.get(each.name) or "").strip()
        if not value:
            continue
        if each.kind == "choice" and value not in (allowed := [choice for choice, _ in each.choices]):
            if each.name != "type":
                refuse(each.name, value, f"one of {', '.join(allowed)}")
            value = next((choice for choice in allowed if choice.lower() == value.lower()), "")
            if not value:
                refuse(each.name, request.query_params[each.name], f"one of {', '.join(allowed)}")
        match each.name:
            case "order":
                query["newest"] = value != "oldest"
                if value == "unsure":
                    query["least_certain"] = True
            case "in_statement":
                query["in_statement"] = value == "yes"
            case "min_confidence":
                query["min_confidence"] = float(value)
            case _:
                query[each.name] = value
    for name in ("doc", "said_by", "person"):
        if value := request.query_params.get(name):
            query[name] = value
    _check_dates(query)
    return query


def _check_dates(query: Mapping[str, Any]) -> None:
    bounds: list[Any] = []
    for name, end in (("since", 0), ("until", 1)):
        if (value := query.get(name)) is None:
            return
        try:
            bounds.append(interval(value)[end])
        except ValueError:
            return  # the store tells of it
    if bounds[0] and bounds[1] and bounds[0] > bounds[1]:
        refuse("since", str(query["since"]), f"a date before {query['until']}")


def window(request: Request) -> tuple[int, int]:
    """How many rows to give, from which on."""
    most = MOST if wanted(request) is not Form.HTML else 500
    default = MOST if wanted(request) is Form.CSV else PAGE
    return whole_number(request, "limit", default, most, 1), whole_number(request, "offset", 0, _DEEPEST)


def counted(desk: Desk, kind: Kind, query: Mapping[str, Any]) -> tuple[int, bool]:
    """How many rows there are, and whether that is only the least that there are."""
    query = {name: value for name, value in query.items() if name not in ("newest", "least_certain")}
    key = f"count {kind} {sorted(query.items())}"
    found = desk.kept(key, lambda: desk.store.count(kind, **query, limit=_COUNTED + 1))
    return min(found, _COUNTED), found > _COUNTED


def row_of(desk: Desk, found: Found, text: str | None = None) -> Row:
    """An item as lists show it."""
    return Row(found.item, found.document, words(text or desk.text(found.document.id), spans_of(found.item)))


def row_dict(desk: Desk, found: Found) -> dict[str, Any]:
    """An item as the JSON twins give it: the record's own form, with its words and its document's title and date."""
    head = found.document
    return to_dict(found.item, head.id) | {
        "words": words(desk.text(head.id), spans_of(found.item)),
        "title": head.title,
        "publisher": head.publisher,
        "published": head.published,
        "url": head.url,
    }


def flat(desk: Desk, rows: list[Found]) -> Iterator[dict[str, Any]]:
    """The rows of a CSV twin, as `multivector export --format csv` writes them."""
    for each in rows:
        head = each.document
        document = Document(
            head.id, head.url, head.publisher, head.title, head.published, head.language, desk.text(head.id)
        )
        yield csv_row(each.item, document)


def chips(request: Request, filters: tuple[Filter, ...]) -> list[tuple[str, str, str]]:
    """The filters that are set: label, value, and the address without them."""
    labels = {each.name: each for each in filters}
    set_: list[tuple[str, str, str]] = []
    for name, value in request.query_params.items():
        if not value or name in ("limit", "offset"):
            continue
        other = {key: kept for key, kept in request.query_params.items() if key not in (name, "offset")}
        known = labels.get(name)
        label = known.label if known else {"doc": "Document", "said_by": "Inside", "person": "Person"}.get(name)
        if label:
            shown = dict(known.choices).get(value, value) if known else value
            set_.append((label, shown, address(request.url.path, **other)))
    return set_


def twins(request: Request) -> tuple[str, str]:
    """The addresses of the CSV and JSON twins, without the bounds of the page."""
    query = {name: value for name, value in request.query_params.items() if name not in ("limit", "offset")}
    return address(f"{request.url.path}.csv", **query), address(f"{request.url.path}.json", **query)


def _further(request: Request, offset: int) -> str:
    query = dict(request.query_params) | {"offset": str(offset) if offset else ""}
    return address(request.url.path, **query)
