"""PLOVER's mode and contexts of an event, by the words of the clause that reports it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from multivector.reading._analysis import Analysis
from multivector.reading.languages import Language
from multivector.record import Event, EventType

_MULTILATERAL = 3
"""So many states at a meeting make it one of several."""

Pattern = re.Pattern[str]


def with_modes(analysis: Analysis, events: Iterable[Event]) -> tuple[Event, ...]:
    """The events with mode and contexts, where the language has words for them."""
    modes, contexts = _patterns(analysis.language)
    if not modes:
        return tuple(events)
    return tuple(_coded(analysis, event, modes, contexts) for event in events)


def _coded(
    analysis: Analysis, event: Event, modes: dict[EventType, dict[str, Pattern]], contexts: dict[str, Pattern]
) -> Event:
    words = " ".join(analysis.text[start:end] for start, end in event.evidence)
    mode = next((code for code, pattern in modes.get(event.type, {}).items() if pattern.search(words)), None)
    if event.type is EventType.CONSULT and mode != "phone":
        mode = _gathering(analysis, event) or mode
    return replace(event, mode=mode, contexts=tuple(code for code, p in contexts.items() if p.search(words)))


def _gathering(analysis: Analysis, event: Event) -> str | None:
    """What a meeting is by those who take part and where: one of several, or on the ground of neither side."""
    sides = {*event.actors, *event.recipients}
    if len(sides) >= _MULTILATERAL or any(code.startswith("IGO:") for code in sides):
        return "multilateral"
    if event.place is None:
        return None
    grounds = {match.code for match in analysis.knowledge.find(event.place, analysis.language.tag)}
    if (state := analysis.knowledge.city(event.place)) is not None:
        grounds = grounds or {state}
    return "third-party" if grounds and not grounds & sides else None


@lru_cache(maxsize=4)
def _patterns(language: Language) -> tuple[dict[EventType, dict[str, Pattern]], dict[str, Pattern]]:
    table = language.table("modes")

    def compiled(rows: dict[str, str]) -> dict[str, Pattern]:
        return {code: re.compile(words, re.IGNORECASE) for code, words in rows.items()}

    modes = {EventType(kind): compiled(rows) for kind, rows in table.get("modes", {}).items()}
    return modes, compiled(table.get("contexts", {}))
