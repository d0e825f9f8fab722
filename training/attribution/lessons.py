"""Windows with a teacher's opinion of them, kept in files: one for each copy of the corpus and worker."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from training.attribution.examples import Example, Opinion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import torch


def opined(items: Sequence[Example], tags: torch.Tensor, pairs: torch.Tensor) -> list[Example]:
    """The windows with a teacher's marginals of them: `tags` [batch, words, tags] and `pairs` [batch, tags, tags]."""
    return [
        replace(item, opinion=Opinion(tags[row, : len(item.first) - 1].numpy().astype(np.float16), pairs[row].numpy()))
        for row, item in enumerate(items)
    ]


def write(folder: Path, copy: int, worker: int, windows: list[Example]) -> None:
    """Keep the windows of a copy that a worker has labelled."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{copy}-{worker}.pickle").open("wb") as file:
        pickle.dump(windows, file)


def read(folders: Iterable[Path], share: slice) -> list[list[Example]]:
    """This share of the windows of every copy in the folders."""
    copies: dict[tuple[Path, str], list[Example]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.pickle")):
            with path.open("rb") as file:
                windows = pickle.load(file)  # noqa: S301  (our own files)
            copies.setdefault((folder, path.name.partition("-")[0]), []).extend(windows)
    if not copies:
        raise SystemExit(f"{', '.join(map(str, folders))}: no lessons; teach.py writes them")
    return [windows[share] for windows in copies.values()]
