"""Read the documents of a gold set and write the record for its scorer.

    python benchmarks/record.py GOLD_DIR OUT.jsonl

Of each gold file (GOLD_DIR/**/*.json) only `document` is looked at. A line of OUT.jsonl is an item of the
record with the stem of the gold file as `doc`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from multivector import Reader
from multivector.record import Document, to_dict


def documents(folder: Path) -> Iterator[tuple[str, Document]]:
    """The documents of a gold set with the stems of their files, in order of name."""
    for path in sorted(folder.rglob("*.json")):
        fields = json.loads(path.read_text(encoding="utf-8"))["document"]
        yield path.stem, msgspec.convert(fields, Document)


def predictions(folder: Path, reader: Reader) -> Iterator[bytes]:
    """The lines to score."""
    for stem, document in documents(folder):
        for item in reader.read(replace(document, id=stem)).items:
            yield msgspec.json.encode(to_dict(item, stem))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("gold_dir", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    with arguments.out.open("wb") as out:
        for line in predictions(arguments.gold_dir, Reader()):
            out.write(line + b"\n")


if __name__ == "__main__":
    main()
