"""The record as Arrow tables: one schema a kind, made from the data classes.

Spans become lists of structs `{start, end}`, the speaker a struct, vocabularies strings. Needs the extra
`arrow`.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterable
from enum import StrEnum
from importlib import import_module
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from multivector.errors import MissingExtraError
from multivector.record._types import ITEM_TYPES, Document, Item, Span, Speaker
from multivector.record._vocabulary import Kind


def arrow_schema(kind: Kind) -> Any:
    """The `pyarrow.Schema` of one kind; items begin with `doc`, the id of their document."""
    pa = import_arrow()
    cls = Document if kind is Kind.DOCUMENT else ITEM_TYPES[kind]
    hints = get_type_hints(cls)
    fields = [] if kind is Kind.DOCUMENT else [pa.field("doc", pa.string(), nullable=False)]
    for name in (field.name for field in dataclasses.fields(cls)):
        arrow_type, nullable = _arrow_type(hints[name])
        fields.append(pa.field("from" if name == "from_" else name, arrow_type, nullable=nullable))
    return pa.schema(fields, metadata={"kind": kind.value})


def to_arrow(kind: Kind, items: Iterable[tuple[str, Document | Item]]) -> Any:
    """A `pyarrow.Table` of `items`, given as pairs of document id and item, all of one kind."""
    pa = import_arrow()
    rows: list[dict[str, Any]] = []
    for document, item in items:
        fields = {} if kind is Kind.DOCUMENT else {"doc": document}
        fields |= {("from" if k == "from_" else k): _plain(v) for k, v in _shallow(item).items()}
        rows.append(fields)
    return pa.Table.from_pylist(rows, schema=arrow_schema(kind))


def import_arrow() -> Any:
    """The module `pyarrow`; raises MissingExtraError with what to install."""
    try:
        return import_module("pyarrow")
    except ImportError:
        advice = "install pyarrow, for example: pip install pyarrow"
        raise MissingExtraError("pyarrow", "not installed", advice) from None


def _shallow(item: Document | Item) -> dict[str, Any]:
    return {field.name: getattr(item, field.name) for field in dataclasses.fields(item)}


def _plain(value: Any) -> Any:
    if isinstance(value, Speaker):
        return msgspec.to_builtins(value)
    if isinstance(value, tuple):
        return [v._asdict() if isinstance(v, Span) else _plain(v) for v in value]  # pyright: ignore[reportUnknownVariableType]
    return value.value if isinstance(value, StrEnum) else value


def _arrow_type(hint: Any) -> tuple[Any, bool]:
    """The Arrow type of a field's annotation, and whether it may be null."""
    pa = import_arrow()
    if get_origin(hint) in (types.UnionType, Union):  # the second where one of the types is annotated
        (inner,) = (arg for arg in get_args(hint) if arg is not types.NoneType)
        return _arrow_type(inner)[0], True
    if get_origin(hint) is tuple:
        return pa.list_(pa.field("item", _arrow_type(get_args(hint)[0])[0], nullable=False)), False
    if hint is Span:
        return pa.struct([pa.field(name, pa.int64(), nullable=False) for name in Span._fields]), False
    if hint is Speaker:
        return pa.struct(
            [pa.field(name, pa.string()) for name in (field.name for field in dataclasses.fields(Speaker))]
        ), False
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return pa.string(), False
    return {str: pa.string(), float: pa.float64(), bool: pa.bool_(), int: pa.int64()}[hint], False
