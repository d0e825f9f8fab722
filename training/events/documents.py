"""Our own documents with their events (`documents/*.toml`), as marked pairs, joined by an event or by none.

Whose names stand for whom is what the reader finds, so that the network learns from the pairs that it will be asked
about.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from multivector import Reader
from multivector.reading._occasion import scene_of, sides_of
from multivector.reading._pairs import Pair, Pairs
from multivector.reading._plover.labels import MODALITIES, NONE, TYPES
from multivector.reading._references import references_of
from multivector.record import Document
from training.events.data import Example

FOLDER = Path(__file__).parent / "documents"


@dataclass(frozen=True)
class Told:
    """An event of a document: where it is told, and between whom."""

    type: str
    actors: frozenset[str]
    recipients: frozenset[str]
    modality: str
    start: int
    end: int

    def direction(self, codes: frozenset[str], others: frozenset[str]) -> str | None:
        """How it joins two sides; None when it does not."""
        if not self.recipients:
            return "both" if codes <= self.actors and others <= self.actors else None
        there = codes <= self.actors and others <= self.recipients
        back = others <= self.actors and codes <= self.recipients
        return "both" if there and back else "forward" if there else "back" if back else None


def load(path: Path) -> tuple[Document, list[Told]]:
    """A document and its events."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    text = data["text"]
    told: list[Told] = []
    for event in data.get("event", []):
        pieces = [event["evidence"]] if isinstance(event["evidence"], str) else event["evidence"]
        places = [(text.index(piece), len(piece)) for piece in pieces]
        told += [
            Told(
                event["type"],
                frozenset(event["actors"]),
                frozenset(event["recipients"]),
                event["modality"],
                start,
                start + length,
            )
            for start, length in places
        ]
        if event["type"] not in TYPES:
            raise SystemExit(f"{path}: unknown type {event['type']}")
    return document_of(data), told


def document_of(data: dict[str, Any]) -> Document:
    """The document of a table of one of our files."""
    return Document(
        id=data["id"],
        url=None,
        publisher=data["publisher"],
        title=data["title"],
        published=data["published"],
        language="en",
        text=data["text"],
    )


def pairs_of(document: Document, reader: Reader, *, among: bool = False) -> Iterator[Pair]:
    """The pairs of a document that the reader asks about, those with one side understood too; groups with `among`."""
    analysis = reader.analyse(document, before="sights")
    references = references_of(analysis)
    sides = sides_of(scene_of(analysis).occasion, references)
    for _, pairs in Pairs(analysis, references, sides, alone=True, among=among):
        yield from pairs


def example(pair: Pair, told: list[Told], text: str) -> Example:
    """What is known of a pair of the document."""
    near = [each for each in told if each.start < pair.sentence.end and pair.sentence.start < each.end]
    joined = [
        (each, direction)
        for each in near
        if (direction := each.direction(frozenset(pair.codes), frozenset(pair.others))) is not None
    ]
    if not joined:
        return Example(text=pair.marked(text), types=(NONE,))
    first, direction = joined[0]
    agree = len({each.modality for each, _ in joined}) == 1
    one_way = len({way for _, way in joined}) == 1
    return Example(
        text=pair.marked(text),
        types=tuple(dict.fromkeys(each.type for each, _ in joined)),
        direction=direction if one_way else None,
        modality=first.modality if agree else None,
    )


def faults(folder: Path = FOLDER) -> Iterator[str]:
    """What is wrong with the documents of a folder: words of evidence that are not there, or more than once."""
    for path in sorted(folder.glob("*.toml")):
        with path.open("rb") as file:
            data = tomllib.load(file)
        for event in data.get("event", []):
            for piece in [event["evidence"]] if isinstance(event["evidence"], str) else event["evidence"]:
                if data["text"].count(piece) != 1:
                    yield f"{path.name}: {data['text'].count(piece)} times: {piece}"
            if event["type"] not in TYPES or event["modality"] not in MODALITIES:
                yield f"{path.name}: unknown {event['type']} or {event['modality']}"


def documents(folder: Path = FOLDER, weight: float = 1.0) -> list[Example]:
    """The marked pairs of all documents of a folder."""
    reader = Reader()
    result: list[Example] = []
    for path in sorted(folder.glob("*.toml")):
        document, told = load(path)
        pairs = pairs_of(document, reader)
        result += [replace(example(pair, told, document.text), weight=weight) for pair in pairs]
    return result


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) or "no faults")
    raise SystemExit(bool(found))
