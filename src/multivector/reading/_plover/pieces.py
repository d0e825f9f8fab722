"""A marked sentence as the network reads it: word pieces, features, and where the two actors stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from multivector.reading._tagger.words import split

if TYPE_CHECKING:
    from multivector.reading._tagger.words import Pieces

MARK = re.compile(r"</?[st]>")
MARKS = {"<s>": 2, "</s>": 3, "<t>": 4, "</t>": 5}  # numbers of BERT's unused pieces; 1 is a break
LONGEST = 192  # pieces; of a longer sentence the part around its actors is read
POOLS = 4  # averages that are taken: all pieces, those of <s>, those of <t>, the mark of the start


@dataclass(frozen=True, slots=True)
class Encoded:
    """Numbers of the pieces, their features, and for each piece 0, 1 (in `<s>`) or 2 (in `<t>`).

    A feature tells where a piece stands: outside (0, with a capital 1), in an actor (2, 3), in a mark (4, 5).
    """

    pieces: list[int]
    features: list[int]
    roles: list[int]


def encode(text: str, pieces: Pieces, longest: int = LONGEST, *, marks: bool = True) -> Encoded:
    """The pieces of a marked sentence, between the marks of start and end; the actors' own marks may be left out."""
    numbers: list[int] = []
    features: list[int] = []
    roles: list[int] = []
    role, at = 0, 0
    for mark in [*MARK.finditer(text), None]:
        for word in split(text[at : mark.start() if mark else len(text)]):
            own = pieces(word.form)
            numbers.extend(own)
            features.extend([role + 1 if role else min(1, word.feature % 3)] * len(own))
            roles.extend([role] * len(own))
        if mark is None:
            break
        kind = mark.group()
        role = {"<s>": 1, "<t>": 2}.get(kind, 0)
        at = mark.end()
        if not marks:
            continue
        numbers.append(MARKS[kind])
        features.append(4 if kind.endswith("s>") else 5)
        roles.append(1 if kind.endswith("s>") else 2)
    first, last = _window(roles, longest - 2)
    return Encoded(
        [pieces.start, *numbers[first:last], pieces.end],
        [0, *features[first:last], 0],
        [0, *roles[first:last], 0],
    )


def _window(roles: list[int], size: int) -> tuple[int, int]:
    """From where to where a sentence is read: all of it, or `size` pieces about its actors."""
    if len(roles) <= size:
        return 0, len(roles)
    marked = [place for place, role in enumerate(roles) if role]
    middle = (marked[0] + marked[-1]) // 2 if marked else size // 2
    first = max(0, min(middle - size // 2, len(roles) - size))
    return first, first + size
