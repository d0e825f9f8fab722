"""Server times of the desk's pages while twenty people read and one writes.

    python benchmarks/desk.py --documents 100000 --folder FOLDER

makes a store of synthetic documents (from the templates below; it is kept in FOLDER and used again), starts the desk
over it in a process of its own, has `--readers` threads ask for pages in turn while another process adds documents, and
prints for each page the median and the 95th percentile of the time from request to last byte, in milliseconds, measured
at the client on the same machine. The exit status is 1 when a page's 95th percentile is above `--most`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import urllib3

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from factories import make_document, make_record, make_sighting
from multivector.record import Record, Span, Speaker, Statement, document_id, with_id
from multivector.store import open_store

SURNAMES = (
    "Omarova",
    "Ёлкин",
    "Sattorov",
    "Bekturova",
    "Kholova",
    "Mamatov",
    "Nazarov",
    "Orlova",
    "Rahimov",
    "Saparov",
)
NAMES = ("Asel", "Timur", "Olim", "Aliya", "Shirin", "Nurlan", "Dina", "Vera", "Farhod", "Merdan", "Gulnara", "Ivan")
TOPICS = (
    "gas transit",
    "grain exports",
    "river water",
    "border crossings",
    "rail freight",
    "wind power",
    "student visas",
)
PAGES = {
    "home": "/",
    "statements": "/statements",
    "statements, by state and domain": "/statements?state=KAZ&domain=trade",
    "statements, by person": "/statements?speaker=sattorov",
    "statements, about, since": "/statements?actor=UZB&since=2026-06",
    "statements, by words": "/statements?text=memorandum",
    "events": "/events?actor=KGZ",
    "figures": "/figures?type=trade turnover",
    "agreements": "/agreements",
    "documents": "/documents",
    "document": "/documents/{document}",
    "item": "/items/{item}",
    "people": "/people",
    "person": "/person?name={person}",
    "formats": "/formats",
    "search, rare": "/search?q=%22No. 4711%22",
    "search, common": "/search?q=memorandum transit",
    "region": "/region?source=record",
    "state": "/states/KAZ",
    "checks": "/checks",
    "about": "/about",
    "timeline": "/charts/timeline.vl.json?of=statements",
}


def synthetic(number: int) -> Record:
    """The record numbered `number`: that of the tests' factory, by one of 120 people, with some more text."""
    chance = random.Random(number)
    record = make_record(number)
    year = 2016 + number % 11
    day = f"{year}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    filler = " ".join(f"Talks on {chance.choice(TOPICS)} went on for {chance.randint(2, 90)} days." for _ in range(12))
    text = f"{record.document.text} {filler}"
    document = replace(make_document(text), title=f"Report {number} on {chance.choice(TOPICS)}", published=day)
    document = replace(
        document, id=document_id(text), publisher=f"Courier {number % 40}", language=record.document.language
    )
    person = f"{NAMES[number % 12]} {SURNAMES[number // 12 % 10]}"
    old = record.statements[0]
    said = with_id(
        replace(old, id="", speaker=Speaker(person, "minister", None, old.speaker.state), said_on=day), document.id
    )
    more: list[Statement] = []
    for sentence in range(2):
        start = text.index("Talks on", len(record.document.text) + sentence * 40)
        end = text.index(".", start)
        spans = {"source": (), "cue": (), "content": (Span(start, end),)}
        more.append(with_id(replace(said, id="", said_on=None, **spans), document.id))  # type: ignore[arg-type]

    def moved(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            with_id(
                replace(item, id="", **({"said_by": said.id} if getattr(item, "said_by", None) else {})), document.id
            )
            for item in items
        )

    return replace(
        record,
        document=document,
        actors=moved(record.actors),
        dates=moved(record.dates),
        statements=(said, *{each.id: each for each in more}.values()),
        events=moved(record.events),
        figures=moved(record.figures),
        agreements=moved(record.agreements),
        ties=moved(record.ties),
    )


def fill(path: Path, count: int) -> None:
    """Add records up to the number `count`."""
    with open_store(path) as store:
        first = store.count("document")
        begun = time.monotonic()
        for number in range(first, count):
            record = synthetic(number)
            store.add(record, make_sighting(record.document, f"reports/{number:06d}.txt"))
            if number % 5000 == 4999:
                print(f"  {number + 1:,} documents, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def write(path: Path, first: int, stop: object) -> None:
    """Add records, one every 50 ms, as a `read` of one processor does, until told to stop."""
    with open_store(path, timeout=60) as store:
        number = first
        while not stop.is_set():  # type: ignore[attr-defined]
            record = synthetic(number)
            store.add(record, make_sighting(record.document, f"reports/{number:06d}.txt"))
            number += 1
            time.sleep(0.05)


def read(address: str, pages: dict[str, str], times: dict[str, list[float]], until: float, seed: int) -> None:
    """Ask for pages in an order of chance, with a short pause as somebody who clicks quickly makes."""
    pool = urllib3.PoolManager(retries=False)
    chance = random.Random(seed)
    time.sleep(chance.uniform(0, 1.5))
    while time.monotonic() < until:
        name = chance.choice(list(pages))
        begun = time.perf_counter()
        answer = pool.request("GET", address + pages[name])
        times[name].append(time.perf_counter() - begun)
        if answer.status not in (200, 202):
            raise SystemExit(f"{pages[name]}: status {answer.status}")
        time.sleep(chance.uniform(0.5, 1.5))


def main() -> None:
    """Make the store, ask for pages, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--most", type=float, default=200)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"desk-{given.documents}.db"
    fill(path, given.documents)
    with open_store(path, readonly=True) as store:
        statement = next(store.items("statement", newest=True, limit=1))
        count = store.count("document")
        items = sum(store.status().items.values())
    speaker = statement.item.speaker.person  # type: ignore[union-attr]
    values = {"document": statement.document.id, "item": statement.item.id, "person": speaker}
    pages = {name: place.format(**values).replace(" ", "%20") for name, place in PAGES.items()}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(sys.executable).parent / "multivector")
    desk = subprocess.Popen([program, "desk", "--store", str(path), "--port", str(port)], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    writer = context.Process(target=write, args=(path, count, stop))
    times: dict[str, list[float]] = defaultdict(list)
    first: dict[str, float] = {}
    try:
        pool = urllib3.PoolManager(retries=urllib3.Retry(connect=40, backoff_factor=0.1))
        for name, place in pages.items():  # the first time, when nothing is kept yet
            begun = time.perf_counter()
            pool.request("GET", address + place)
            first[name] = time.perf_counter() - begun
        for name in ("region", "state", "checks"):  # what is worked out behind is waited for
            while b"data-wait" in pool.request("GET", address + pages[name]).data:
                time.sleep(0.5)
        writer.start()
        until = time.monotonic() + given.seconds
        threads = [
            threading.Thread(target=read, args=(address, pages, times, until, seed)) for seed in range(given.readers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        stop.set()
        desk.terminate()
        desk.wait(20)
        if writer.pid is not None:
            writer.join(20)
    with open_store(path, readonly=True) as store:
        written = store.count("document") - count
    rows = []
    for name in pages:
        found = sorted(times[name])
        p95 = statistics.quantiles(found, n=20)[-1] if len(found) > 1 else max(found, default=0.0)
        rows.append((name, len(found), statistics.median(found or [0.0]) * 1000, p95 * 1000, first[name] * 1000))
    if given.json:
        print(json.dumps({name: {"n": n, "p50": p50, "p95": p95, "first": once} for name, n, p50, p95, once in rows}))
    else:
        print(f"{count:,} documents, {items:,} items; {given.readers} readers, {written:,} documents written meanwhile")
        print(f"{'page':34} {'n':>5} {'p50':>7} {'p95':>7} {'first':>7}  ms")
        for name, n, p50, p95, once in rows:
            print(f"{name:34} {n:5} {p50:7.0f} {p95:7.0f} {once:7.0f}{'  *' if p95 > given.most else ''}")
    sys.exit(any(p95 > given.most for _, _, _, p95, _ in rows))


if __name__ == "__main__":
    main()
