"""Our own short documents with the ties that they assert (`ties/*.toml`), as pairs of actors with what joins them.

Whose names stand for whom is what the reader finds, so that the judge learns from the pairs that it will be asked
about. Events are not labelled here. `python -m training.events.ties` checks the documents.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from multivector.reading._pairs import Pair
from multivector.reading._plover.labels import TIES
from multivector.record import Document
from training.events.data import Example
from training.events.documents import document_of

FOLDER = Path(__file__).parent / "ties"


@dataclass(frozen=True)
class Held:
    """A tie of a document: whose, with whom, and a place that asserts it."""

    type: str
    start: int
    end: int
    first: str
    second: str

    def way(self, first: str, second: str) -> str | None:
        """How it joins two actors; None when it does not."""
        symmetric = "both" in TIES[self.type]
        if (first, second) == (self.first, self.second):
            return "both" if symmetric else "forward"
        if (second, first) == (self.first, self.second):
            return "both" if symmetric else "back"
        return None


def load(folder: Path = FOLDER) -> Iterator[tuple[Document, list[Held]]]:
    """The documents of all files of a folder with their ties."""
    for path in sorted(folder.glob("*.toml")):
        with path.open("rb") as file:
            documents = tomllib.load(file)["document"]
        for data in documents:
            yield document_of(data), list(_held(data))


def _held(data: dict[str, Any]) -> Iterator[Held]:
    for tie in data.get("tie", []):
        for piece in [tie["evidence"]] if isinstance(tie["evidence"], str) else tie["evidence"]:
            if data["text"].count(piece) != 1 or tie["type"] not in TIES:
                raise SystemExit(f"{data['id']}: {data['text'].count(piece)} times, or unknown {tie['type']}: {piece}")
            start = data["text"].index(piece)
            yield Held(tie["type"], start, start + len(piece), tie["from"], tie["to"])


def example(pair: Pair, held: list[Held], text: str) -> Example:
    """What is known of a pair; a tie joins two groups when it joins each of one to each of the other."""
    near = [each for each in held if each.start < pair.sentence.end and pair.sentence.start < each.end]
    ties: dict[str, str] = {}
    for kind in TIES:
        own = [each for each in near if each.type == kind]
        both = [(a, b) for a, b in product(pair.codes, pair.others) if a != b]
        ways = [{way for each in own if (way := each.way(a, b))} for a, b in both]
        if ways and (shared := set.intersection(*ways)):
            ties[kind] = min(shared)
    return Example(text=pair.marked(text), ties=ties)


if __name__ == "__main__":
    found = list(load())
    print(f"{len(found)} documents, {sum(len(held) for _, held in found)} places")
