"""The configuration file, typed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Training:
    """How a network is trained."""

    encoder: str
    layers: int
    seed: int
    workers: int
    passes: float
    average_every: int
    batch: int
    learning_rate: float
    head_learning_rate: float
    weight_decay: float
    warm_up: float
    clip: float
    dropout: float
    head_dropout: float
    link_weight: float
    taught: float
    rough: float
    smooth: float
    lessons: float
    evaluate_every: int


@dataclass(frozen=True)
class Texts:
    """What is trained on; a document is cut into windows of so many pieces, drawn between shortest and longest."""

    shortest: int
    longest: int
    every_annotator: bool
    copies: int
    own: int


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
class Smaller:
    """What is kept of each layer before the last training: attention heads and inner units."""

    heads: int
    inner: int


@dataclass(frozen=True)
class Reading:
    """Windows at work: word pieces of a window, and of the text before it that is read along."""

    budget: int
    lead: int


@dataclass(frozen=True)
class Config:
    """All of it."""

    texts: Texts
    teacher: Training
    student: Training
    smaller: Smaller
    polish: Training
    augmentation: Augmentation
    reading: Reading


SECTIONS = {
    "texts": Texts,
    "teacher": Training,
    "student": Training,
    "smaller": Smaller,
    "polish": Training,
    "augmentation": Augmentation,
    "reading": Reading,
}


def load(path: Path) -> Config:
    """Read a configuration file; a key that is missing or unknown is an error."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    if set(data) != set(SECTIONS):
        raise ValueError(f"{path}: sections must be {sorted(SECTIONS)}, not {sorted(data)}")
    for name, kind in SECTIONS.items():
        wanted = {field.name for field in fields(kind)}
        if set(data[name]) != wanted:
            raise ValueError(f"{path}: [{name}]: missing or unknown {sorted(set(data[name]) ^ wanted)}")
    return Config(**{name: kind(**data[name]) for name, kind in SECTIONS.items()})
