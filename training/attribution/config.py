"""The configuration file, typed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Training:
    """How the network is trained."""

    seed: int
    workers: int
    passes: float
    average_every: int
    batch: int
    budget: int
    learning_rate: float
    head_learning_rate: float
    weight_decay: float
    warm_up: float
    clip: float
    dropout: float
    link_weight: float
    every_annotator: bool
    evaluate_every: int


@dataclass(frozen=True)
class Augmentation:
    """Share of the documents that each change is made to; `synthetic` is counted per document of the corpus."""

    names: float
    cues: float
    no_quotes: float
    single_quotes: float
    dateline: float
    articles: float
    first_person: float
    synthetic: float


@dataclass(frozen=True)
class Reading:
    """Windows at work: word pieces of a window, and of the text before it that is read along."""

    budget: int
    lead: int


@dataclass(frozen=True)
class Config:
    """All of it."""

    training: Training
    augmentation: Augmentation
    reading: Reading


def load(path: Path) -> Config:
    """Read a configuration file; a key that is missing or unknown is an error."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    sections = {"training": Training, "augmentation": Augmentation, "reading": Reading}
    if set(data) != set(sections):
        raise ValueError(f"{path}: sections must be {sorted(sections)}, not {sorted(data)}")
    for name, kind in sections.items():
        wanted = {field.name for field in fields(kind)}
        if set(data[name]) != wanted:
            raise ValueError(f"{path}: [{name}]: missing or unknown {sorted(set(data[name]) ^ wanted)}")
    return Config(**{name: kind(**data[name]) for name, kind in sections.items()})
