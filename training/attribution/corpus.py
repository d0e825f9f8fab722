"""Reading PolNeAR: texts with brat stand-off annotations of attributions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from multivector.reading._tagger.labels import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Spans = list[tuple[int, int]]
TEXT_BOUND = re.compile(r"T\d+")
EVENT = re.compile(r"E\d+")


@dataclass
class Attribution:
    """Who said what: spans of the text in code points, any role may be empty."""

    source: Spans = field(default_factory=list)
    cue: Spans = field(default_factory=list)
    content: Spans = field(default_factory=list)

    def of(self, role: str) -> Spans:
        """The spans of a role."""
        return getattr(self, role)


@dataclass
class Document:
    """A text and its attributions by one annotator."""

    name: str
    text: str
    attributions: list[Attribution]


def parse(annotations: str) -> list[Attribution]:
    """The attributions of one brat file that have a content."""
    spans: dict[str, Spans] = {}
    result: list[Attribution] = []
    lines = [line.split("\t") for line in annotations.split("\n")]
    for fields in lines:
        if TEXT_BOUND.fullmatch(fields[0]) and len(fields) > 1:
            pairs = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = [(int(start), int(end)) for start, end in (pair.split() for pair in pairs)]
    for fields in lines:
        if not EVENT.fullmatch(fields[0]) or len(fields) < 2:
            continue
        attribution = Attribution()
        for argument in fields[1].split():
            name, target = argument.split(":")
            role = name.rstrip("0123456789").lower()
            if role in ROLES:
                attribution.of(role).extend(spans[target])
        if attribution.content:
            for role in ROLES:
                attribution.of(role).sort()
            result.append(attribution)
    return result


def read(folder: Path, *, every_annotator: bool) -> Iterator[Document]:
    """The documents of a compartment (`text/*.txt`, `attributions/*.ann`) in order of name.

    Of several annotators' files the first in sorted order is taken, or each as a document of its own.
    """
    for path in sorted((folder / "text").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        found = sorted((folder / "attributions").glob(f"{path.stem}_*.ann")) or sorted(
            (folder / "attributions").glob(f"{path.stem}.ann")
        )
        found = [a for a in found if a.stem == path.stem or a.stem.rpartition("_")[0] == path.stem]
        for ann in found if every_annotator else found[:1]:
            yield Document(path.stem, text, parse(ann.read_text(encoding="utf-8")))
