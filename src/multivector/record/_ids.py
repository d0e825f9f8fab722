"""Ids derived from content, equal across runs, machines and readers that find the same thing.

A document's id depends on its text alone, so that better metadata does not make a second document. An
item's id depends on its document, its kind and the fields that say *which* item it is (below), so that a
later reader that corrects a domain or a date keeps the id and whatever a user has tied to it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TypeVar

import msgspec

from multivector.record._types import Item
from multivector.record._vocabulary import Kind

_I = TypeVar("_I", bound=Item)

IDENTITY: dict[Kind, tuple[str, ...]] = {
    Kind.ACTOR: ("code",),
    Kind.DATE: ("value", "evidence"),
    Kind.STATEMENT: ("source", "cue", "content"),
    Kind.EVENT: ("type", "actors", "recipients", "evidence"),
    Kind.FIGURE: ("value", "unit", "evidence"),
    Kind.AGREEMENT: ("title", "evidence"),
    Kind.TIE: ("type", "from_", "to"),
}
"""The fields that tell items of one kind in one document apart."""

_PREFIX = {
    Kind.ACTOR: "ac",
    Kind.DATE: "da",
    Kind.STATEMENT: "st",
    Kind.EVENT: "ev",
    Kind.FIGURE: "fi",
    Kind.AGREEMENT: "ag",
    Kind.TIE: "ti",
}


def document_id(text: str) -> str:
    """`do-` and 80 bits of the BLAKE2b digest of the text in UTF-8, as 20 hexadecimal digits."""
    return "do-" + _digest(text.encode("utf-8", "surrogatepass"))


def item_id(item: Item, document: str) -> str:
    """The id of `item` in the document with the id `document`: a prefix for the kind and 80 bits of a digest."""
    identity = [document, item.kind.value, *(getattr(item, name) for name in IDENTITY[item.kind])]
    return f"{_PREFIX[item.kind]}-{_digest(msgspec.json.encode(identity))}"


def with_id(item: _I, document: str) -> _I:
    """`item` with the id that its content gives it in the document with the id `document`."""
    return replace(item, id=item_id(item, document))


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=10).hexdigest()
