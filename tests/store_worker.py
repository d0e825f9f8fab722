"""A program that fills a store, for tests that end it at any moment: `python store_worker.py STORE COUNT`."""

from __future__ import annotations

import sys
from dataclasses import replace

from factories import READER, make_pair
from multivector.store import open_store


def fill(path: str, count: int) -> None:
    """Add the first `count` records that are not there yet; every seventh text is found at a second place as well,
    every fifth was read before by an older reader, every eleventh input cannot be read.
    """
    with open_store(path) as store:
        for number in range(count):
            if number % 11 == 10:
                store.add_failure(f"reports/{number:05d}.pdf", "not a PDF file")
                continue
            record, sighting = make_pair(number)
            places = [sighting]
            if number % 7 == 0:
                places.append(replace(sighting, location=f"copies/{number:05d}.txt"))
            for place in places:
                if store.seen(place.location, place.digest, READER):
                    continue
                if number % 5 == 0:
                    store.add(make_pair(number, reader="1+0")[0], place)
                store.add(record, place)


if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201
    fill(sys.argv[1], int(sys.argv[2]))
    print("done", flush=True)  # noqa: T201
