"""The record as JSON Lines: one object a line, its `kind` first, and for items the id of their document as `doc`.

Reading validates: types, vocabularies, dates and spans. A fault names the field (`$.speaker.state`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import msgspec

from multivector.errors import RecordError
from multivector.record._dates import interval
from multivector.record._types import ITEM_TYPES, Agreement, Document, Event, Figure, Item, Record, Statement, spans_of
from multivector.record._vocabulary import Kind

_ENCODER = msgspec.json.Encoder()
_CODE = re.compile(r"[A-Z]{3}|IGO:[A-Z0-9][A-Za-z0-9+-]*|(?:ORG|PER):\S(?:.*\S)?")


def to_dict(item: Document | Item, document: str | None = None) -> dict[str, Any]:
    """`item` as plain data in the field order of the record; `document` is the id of the document it is from."""
    head: dict[str, Any] = {"kind": item.kind.value}
    if document is not None:
        head["doc"] = document
    fields = cast("dict[str, Any]", msgspec.to_builtins(item))
    return head | {("from" if name == "from_" else name): value for name, value in fields.items()}


def item_from_dict(data: Mapping[str, Any]) -> Document | Item:
    """The item that `to_dict` made `data` from. Raises RecordError when it breaks a rule of the record."""
    fields = {
        ("from_" if name == "from" else name): value for name, value in data.items() if name not in ("kind", "doc")
    }
    kind = data.get("kind")
    try:
        cls = Document if kind == Kind.DOCUMENT else ITEM_TYPES[Kind(str(kind))]
    except ValueError:
        raise RecordError(f"kind {kind!r}", f"not one of {', '.join(Kind)}") from None
    if unknown := fields.keys() - {field.name for field in dataclasses.fields(cls)}:
        raise RecordError(str(kind), f"unknown field {', '.join(sorted(unknown))}")
    try:
        item = msgspec.convert(fields, type=cls, strict=True)
    except msgspec.ValidationError as error:
        raise RecordError(f"{kind} {data.get('id')!r}", str(error).replace("from_", "from")) from None
    _check(item)
    return item


def record_to_lines(record: Record) -> Iterator[bytes]:
    """The lines of a record, without line ends: its document first (with its `reader`), then its items."""
    yield _ENCODER.encode(to_dict(record.document) | {"reader": record.reader})
    for item in record.items:
        yield _ENCODER.encode(to_dict(item, record.document.id))


def records_from_lines(lines: Iterable[bytes | str]) -> Iterator[Record]:
    """The records in JSON Lines as `record_to_lines` writes them; blank lines are passed over.

    Raises RecordError with the number of the line, for text that is not JSON, items that break a rule,
    items before their document, and spans beyond the text.
    """
    document: Document | None = None
    reader = ""
    items: list[Item] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = msgspec.json.decode(line, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RecordError(f"line {number}", f"not a JSON object ({error})") from None
        try:
            if data.get("kind") == Kind.DOCUMENT:
                if document is not None:
                    yield assemble(document, reader, items)
                reader = str(data.pop("reader", ""))
                document, items = cast("Document", item_from_dict(data)), []
                continue
            if document is None or data.get("doc") != document.id:
                raise RecordError(f"{data.get('kind')} {data.get('id')!r}", "stands before or apart from its document")
            items.append(_inside(cast("Item", item_from_dict(data)), document))
        except RecordError as error:
            raise RecordError(f"line {number}", str(error)) from None
    if document is not None:
        yield assemble(document, reader, items)


def assemble(document: Document, reader: str, items: Iterable[Item]) -> Record:
    """A record of `document` with `items` put into their kinds, in the order given."""
    by_kind: dict[Kind, list[Any]] = {kind: [] for kind in ITEM_TYPES}
    for item in items:
        by_kind[item.kind].append(item)
    return Record(document, reader, *(tuple(by_kind[kind]) for kind in ITEM_TYPES))


def _inside(item: Item, document: Document) -> Item:
    """`item`, once its spans are known to lie in the document's text."""
    spans = [*spans_of(item)]
    if isinstance(item, Statement):
        spans += [*item.source, *item.cue]
    for start, end in spans:
        if end > len(document.text):
            raise RecordError(
                f"{item.kind} {item.id!r}", f"span [{start}, {end}] ends beyond the text ({len(document.text)})"
            )
    return item


def _check(item: Document | Item) -> None:
    """Rules that types alone do not state. Raises RecordError."""
    where = f"{item.kind} {item.id!r}"
    if isinstance(item, Document):
        dates, spans, codes = (item.published,), (), ()
    else:
        spans = spans_of(item)
        dates = tuple(getattr(item, name, None) for name in ("value", "said_on", "date", "period", "signed_on"))
        if isinstance(item, Figure):
            dates = (item.period,)
        if isinstance(item, Statement):
            spans += item.source + item.cue
        codes = item.actors + item.recipients if isinstance(item, Event) else ()
        if isinstance(item, Figure | Agreement):
            codes = item.parties
    for value in filter(None, dates):
        try:
            interval(value)
        except ValueError as error:
            raise RecordError(where, str(error)) from None
    for start, end in spans:
        if not 0 <= start < end:
            raise RecordError(where, f"span [{start}, {end}] is empty or negative")
    for code in codes:
        if not _CODE.fullmatch(code):
            raise RecordError(where, f"{code!r} is not an actor code")
