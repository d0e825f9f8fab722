"""English verb forms by rule, for cue lists that hold lemmas."""

from __future__ import annotations

from collections.abc import Iterable

_VOWELS = "aeiou"


def verb_forms(lemma: str, irregular: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All forms of a verb, particles kept: `call on` gives `call on, calls on, called on, calling on`."""
    head, space, rest = lemma.partition(" ")
    return tuple(form + space + rest for form in dict.fromkeys((head, *irregular.get(head, _regular(head)))))


def irregular_forms(rows: Iterable[list[str]]) -> dict[str, tuple[str, ...]]:
    """The table of irregular verbs by lemma, from rows of a lemma and its other forms."""
    return {row[0]: tuple(row[1:]) for row in rows}


def _regular(head: str) -> tuple[str, ...]:
    if head.endswith("e"):
        return f"{head}s", f"{head}d", f"{head[:-1]}ing"
    if head.endswith("y") and head[-2] not in _VOWELS:
        return f"{head[:-1]}ies", f"{head[:-1]}ied", f"{head}ing"
    if head.endswith(("s", "sh", "ch", "x", "z")):
        return f"{head}es", f"{head}ed", f"{head}ing"
    return f"{head}s", f"{head}ed", f"{head}ing"
