"""A document as a reader would want to read it, with its record beside it; and a page for each item."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from multivector._export import csv_columns, csv_row
from multivector.desk._answer import as_csv, json
from multivector.desk._desk import desk_of
from multivector.desk._faults import ProblemError
from multivector.desk._forms import Form, wanted
from multivector.desk._lists import PLURALS, Row, row_dict, row_of
from multivector.desk._marks import Paragraph, first_place, paragraphs, reach
from multivector.desk._pages import page
from multivector.desk._wording import words
from multivector.record import (
    ITEM_TYPES,
    Actor,
    DateMention,
    Item,
    Kind,
    Record,
    Span,
    Statement,
    spans_of,
    to_dict,
)
from multivector.store import DocumentHead, Sighting


class DocumentAnswer(msgspec.Struct, frozen=True):
    """A document with its record as JSON. `items` are lines of the record (see `multivector schema`)."""

    document: dict[str, Any]
    reader: str
    sightings: list[dict[str, Any]]
    items: list[dict[str, Any]]


class ItemAnswer(msgspec.Struct, frozen=True):
    """An item as JSON: its line of the record with its words and document, what it stands in, and what stands in it."""

    item: dict[str, Any]
    inside: list[dict[str, Any]]
    holds: list[dict[str, Any]]


@dataclass(slots=True)
class Card:
    """An item in the record beside the text: its number there, its words, and what is said inside it."""

    number: int
    item: Item
    words: str
    holds: list[Card] = field(default_factory=list["Card"])


def document_page(request: Request) -> Response:
    """One document."""
    desk = desk_of(request)
    record = desk.store.record(request.path_params["id"])
    sightings = desk.store.sightings(record.document.id)
    form = wanted(request)
    if form is Form.JSON:
        return json(_as_answer(record, sightings))
    if form is Form.CSV:
        return _as_csv(request, record)
    lit = request.query_params.get("item", "")
    items = record.items
    numbers = {item.id: number for number, item in enumerate(items)}
    cards = _cards(record, numbers)
    return page(
        request,
        "document.html",
        record=record,
        document=record.document,
        sightings=sightings,
        paragraphs=paragraphs(record),
        cards=cards,
        actors=[Card(numbers[actor.id], actor, "") for actor in record.actors],
        dates=[Card(numbers[date.id], date, words(record.document.text, date.evidence)) for date in record.dates],
        lit=numbers.get(lit),
        counts={PLURALS[kind]: sum(item.kind is kind for item in items) for kind in ITEM_TYPES},
        kinds=PLURALS,
    )


def item_page(request: Request) -> Response:
    """One item, with the paragraph that it stands in."""
    desk = desk_of(request)
    found = desk.store.item(request.path_params["id"])
    if wanted(request) is Form.CSV:
        document = desk.store.document(found.document.id)
        return as_csv(request, csv_columns(type(found.item)), [csv_row(found.item, document)])
    record = desk.store.record(found.document.id)
    by_id = {item.id: item for item in record.items}
    item = by_id[found.item.id]
    head = found.document
    around = [by_id[each] for each in _chain(item, by_id)]
    holds = [each for each in record.items if getattr(each, "said_by", None) == item.id]
    if wanted(request) is Form.JSON:
        inside = [to_dict(each, head.id) for each in around]
        return json(ItemAnswer(row_dict(desk, found), inside, [to_dict(each, head.id) for each in holds]))
    others = (item, *around)
    return page(
        request,
        "item.html",
        row=row_of(desk, found, record.document.text),
        document=head,
        paragraphs=_passage(record, item, others),
        around=[_row(record, head, each) for each in around],
        holds=[_row(record, head, each) for each in sorted(holds, key=first_place)],
        fields=_fields(item),
        kind=PLURALS[item.kind],
    )


def _cards(record: Record, numbers: dict[str, int]) -> list[Card]:
    """Statements, events, figures, agreements and ties in text order, each under the statement that it stands in."""
    text = record.document.text
    items = [item for item in record.items if not isinstance(item, Actor | DateMention)]
    cards = {item.id: Card(numbers[item.id], item, words(text, spans_of(item))) for item in items}
    top: list[Card] = []
    for item in sorted(items, key=lambda item: (first_place(item), not isinstance(item, Statement))):
        holder = cards.get(getattr(item, "said_by", None) or "")
        (top if holder is None or holder.item is item else holder.holds).append(cards[item.id])
    return top


def _chain(item: Item, by_id: dict[str, Item]) -> list[str]:
    """The ids of the statements that the item stands in, the nearest first."""
    chain: list[str] = []
    while (above := getattr(item, "said_by", None)) and above in by_id and above not in chain:
        chain.append(above)
        item = by_id[above]
    return chain


def _passage(record: Record, item: Item, marked: tuple[Item, ...]) -> list[Paragraph]:
    """The paragraphs that hold the item; of an item that is named all over the document, the first one."""
    place = reach(item)
    if isinstance(item, Actor) or place.end - place.start > 6000:
        start, end = spans_of(item)[0]
        place = Span(start, end)
    return paragraphs(record, marked, place)


def _row(record: Record, head: DocumentHead, item: Item) -> Row:
    return Row(item, head, words(record.document.text, spans_of(item)))


def _fields(item: Item) -> list[tuple[str, Any]]:
    """The item's fields with their names in the record, for those who want them all."""
    shown: list[tuple[str, Any]] = []
    for name, value in to_dict(item).items():
        if name in ("kind", "id", "said_by", "source", "cue", "content", "evidence", "mentions"):
            continue
        if name == "speaker":
            shown += [(f"speaker.{part}", each) for part, each in value.items()]
        elif isinstance(value, list):
            shown.append((name, ", ".join(map(str, cast("list[object]", value)))))
        else:
            shown.append((name, value))
    return shown


def _as_answer(record: Record, sightings: tuple[Sighting, ...]) -> DocumentAnswer:
    document = record.document
    return DocumentAnswer(
        to_dict(document),
        record.reader,
        [msgspec.to_builtins(each) for each in sightings],
        [to_dict(item, document.id) for item in record.items],
    )


def _as_csv(request: Request, record: Record) -> Response:
    """The items of one kind as CSV: those that `kind` names, else the statements."""
    kind = request.query_params.get("kind", Kind.STATEMENT.value)
    cls = {each.value: cls for each, cls in ITEM_TYPES.items()}.get(kind)
    if cls is None:
        raise ProblemError(400, f"kind: {kind[:40]!r} will not do", f"give one of {', '.join(ITEM_TYPES)}")
    rows = [csv_row(item, record.document) for item in record.items if isinstance(item, cls)]
    return as_csv(request, csv_columns(cls), rows)
