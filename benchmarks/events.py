"""Classify the marked sentences of a file such as PLV's.

    python benchmarks/events.py FILE.tsv OUT.csv

FILE.tsv has a column `marked_sentence`, one actor between `<s>` and `</s>`, the other between `<t>` and `</t>`.
OUT.csv has a row for each of its rows, in order: `root` in PLV's fifteen labels, `quad` (1 verbal cooperation,
2 material cooperation, 3 verbal conflict, 4 material conflict) and `binary` (`cooperation`, `conflict`). Where the
file has `gold_root`, the scores are printed too.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from multivector.reading._plover.labels import QUAD
from multivector.reading._plover.marked import classify


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file; without the column that is read, the program ends with a message."""
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter="\t"))
    if found and "marked_sentence" not in found[0]:
        sys.exit(f"{path}: no column 'marked_sentence'")
    return found


def macro(gold: list[str], found: list[str]) -> float:
    """The mean of the labels' F1."""
    scores: list[float] = []
    for label in sorted(set(gold)):
        right = sum(g == label == f for g, f in zip(gold, found, strict=True))
        scores.append(2 * right / (gold.count(label) + found.count(label)))
    return sum(scores) / len(scores)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    given = rows(arguments.file)
    judged = classify(row["marked_sentence"] or "" for row in given)
    answers = [(each.root, str(each.quad), each.binary) for each in judged]
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("root", "quad", "binary"))
        writer.writerows(answers)
    if given and "gold_root" in given[0]:
        roots = [row["gold_root"] for row in given]
        quads = [str(QUAD[root]) for root in roots]
        sides = ["cooperation" if quad in "12" else "conflict" for quad in quads]
        for name, gold, found in zip(
            ("root", "quad", "binary"), (roots, quads, sides), zip(*answers, strict=True), strict=True
        ):
            print(f"{name}: macro-F1 {macro(gold, list(found)):.3f}")


if __name__ == "__main__":
    main()
