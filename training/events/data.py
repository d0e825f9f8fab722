"""Marked sentences, their labels, and the word pieces that the network reads.

A marked sentence holds one actor between `<s>` and `</s>` and one between `<t>` and `</t>` (either may stand several
times).  Texts of PLV carry PLV's label; our own sentences (`sentences/*.toml`) carry the type of the current manual,
its mode, the direction and the modality.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from multivector.reading._plover.labels import PLV, QUAD, TYPES
from multivector.reading._plover.pieces import Encoded, encode

if TYPE_CHECKING:
    from collections.abc import Sequence


__all__ = ["PLV", "QUAD", "TYPES", "Encoded", "Example", "encode", "folds", "plv"]

# what PLV's coders, who worked from an older manual, may have meant in the terms of the current one
MEANT = {root: (root,) for root in PLV} | {
    "YIELD": ("CONCEDE", "RETREAT"),
    "COERCE": ("COERCE", "SANCTION"),  # embargoes and sanctions stood under COERCE
    "ACCUSE": ("ACCUSE", "SANCTION"),  # and verdicts under ACCUSE
}
MUTUAL = frozenset(("AGREE", "CONSULT", "SUPPORT", "COOPERATE"))  # what two may do with one another
OLDER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


@dataclass(frozen=True)
class Example:
    """A marked sentence and what is known of it; None where nothing is."""

    text: str
    plv: str | None = None
    types: tuple[str, ...] = ()
    quad: int | None = None
    direction: str | None = None
    modality: str | None = None
    mode: str | None = None
    ties: dict[str, str] | None = None  # the answer of each type of tie that joins the pair; the others have none
    seconds: tuple[str, ...] = ()  # PLV's labels that machines and other readings gave
    group: str = ""
    weight: float = 1.0


def plv(path: Path) -> list[Example]:
    """The rows of a file of PLV, in order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        Example(
            text=row["marked_sentence"],
            plv=row["gold_root"],
            types=MEANT[row["gold_root"]],
            quad=int(row["gold_penta"]),
            direction=None if row["gold_root"] in MUTUAL else "forward",  # PLV's source acts on its target
            seconds=tuple(row[name] for name in ("root_L1", "root_L2", "silver_root") if row[name] in PLV),
            group=re.sub(r"\W+", "", row["sentence"]).lower(),
        )
        for row in rows
    ]


def folds(examples: Sequence[Example], count: int, seed: int) -> list[list[int]]:
    """Numbers of the examples in each fold: equal sentences together, labels spread evenly."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, example in enumerate(examples):
        groups[example.group].append(number)
    order = sorted(groups)
    random.Random(seed).shuffle(order)
    order.sort(key=lambda group: examples[groups[group][0]].plv or "")
    result: list[list[int]] = [[] for _ in range(count)]
    for place, group in enumerate(order):
        result[place % count].extend(groups[group])
    return [sorted(fold) for fold in result]


SWAP = {"<s>": "<t>", "</s>": "</t>", "<t>": "<s>", "</t>": "</s>"}


def turned(example: Example) -> Example:
    """The same sentence with the marks of its pair exchanged."""
    text = re.sub(r"</?[st]>", lambda mark: SWAP[mark.group()], example.text)
    other = {"forward": "back", "back": "forward"}
    ties = example.ties and {kind: other.get(way, way) for kind, way in example.ties.items()}
    return replace(example, text=text, direction=other.get(example.direction or "", example.direction), ties=ties)
