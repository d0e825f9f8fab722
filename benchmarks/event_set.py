"""Score the reader on the project's own set of events: the open and the held half, the blind part and the ties, apart.

    python benchmarks/event_set.py SCORER.py [--half open|held|blind|ties] [--details]

The set (`event_set/README.md`) holds documents with their events only, the blind part also with figures, agreements and
ties, another part with ties only; what is labelled is scored. SCORER.py is the program that scores records
(`score_record.py`); a document is laid before it with every other kind empty. `--details` prints each miss and false
alarm of the **open** half, whose documents may be looked at while rules are changed; those of the others are never
shown.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import record
import scorers
from multivector import Reader

FOLDER = Path(__file__).with_name("event_set")
HALVES = ("open", "held", "blind", "ties")
KINDS = ("statements", "events", "figures", "agreements", "ties")
ROWS = ("events: dyads", "events: type", "figures", "figure parties", "agreements", "agreement parties", "ties")
ACCURACIES = ("modality", "event date", "place", "measure", "figure period", "status")


def labelled(half: str) -> tuple[str, ...]:
    """The kinds of items that a part has labels for."""
    return {"blind": ("event", "figure", "agreement", "tie"), "ties": ("tie",)}.get(half, ("event",))


def load(half: str) -> dict[str, dict[str, Any]]:
    """The gold records of one half by stem, in the scorer's shape: every kind that is not labelled is empty."""
    gold: dict[str, dict[str, Any]] = {}
    for path in sorted((FOLDER / half).glob("*.json")):
        fields = json.loads(path.read_text(encoding="utf-8"))
        gold[path.stem] = {**{kind: [] for kind in KINDS}, **fields}
    return gold


def read(half: str, reader: Reader) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """What the reader finds in one part of what is labelled there, by stem, in the scorer's shape."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for line in record.predictions(FOLDER / half, reader):
        item = json.loads(line)
        if item["kind"] in labelled(half):
            found[item["doc"]][item["kind"]].append(item)
    return found


def by_type(documents: list[Any]) -> dict[str, tuple[int, int]]:
    """How many gold events of each type there are, and how many of them were missed."""
    there, missed = Counter[str](), Counter[str]()
    for document in documents:
        there.update(event["type"] for event in document.gold["events"])
        missed.update(words.split(" ", 1)[0] for kind, words in document.misses if kind == "event")
    return {name: (count, missed[name]) for name, count in there.most_common()}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--details", action="store_true")
    arguments = parser.parse_args()
    scorer: Any = scorers.module(arguments.scorer)
    reader = Reader()
    for half in (arguments.half,) if arguments.half else HALVES:
        gold = load(half)
        scopes, documents = scorer.score(gold, read(half, reader))
        rows = scorer.report(scopes, len(gold))["scopes"]["all"]
        counts = ", ".join(f"{rows[name]['gold']} {name.partition(':')[0]}" for name in ROWS[1:] if rows[name]["gold"])
        print(f"{half}: {len(gold)} documents: {counts}")
        for name in ROWS:
            row = rows[name]
            if not row["gold"]:
                continue
            print(
                f"  {name:17} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}"
                f"  ({row['correct']} right, {row['gold']} gold, {row['predicted']} found)"
            )
        for name in ACCURACIES:
            row = rows[name]
            if not row["matched"]:
                continue
            print(f"  {name:17} {row['accuracy'] or 0:.3f}  ({row['correct']} of {row['matched']})")
        print("  missed: " + ", ".join(f"{name} {lost}/{count}" for name, (count, lost) in by_type(documents).items()))
        if arguments.details and half == "open":
            print(scorer.details(documents))


if __name__ == "__main__":
    main()
