"""PLOVER's modes and contexts of events, from sentences of our own."""

from __future__ import annotations

import pytest

from multivector.knowledge import load
from multivector.reading.languages import language_of
from multivector.record import EventType
from reading_helpers import read


@pytest.mark.parametrize(
    ("text", "kind", "mode", "context"),
    [
        ("The president of Tajikistan visited Qatar on Monday.", "CONSULT", "visit", None),
        ("The Kazakh foreign minister spoke by phone with his Indian counterpart in India.", "CONSULT", "phone", None),
        (
            "Uzbekistan, Kazakhstan and Kyrgyzstan held talks on water resources.",
            "CONSULT",
            "multilateral",
            "natural_resource",
        ),
        ("Mongolia recalled its ambassador from Laos.", "SANCTION", "withdraw", "diplomatic"),
        ("Kyrgyzstan urged Tajikistan to resume talks on the border.", "REQUEST", "meet", "territory"),
        ("Azerbaijan condemned Armenia.", "ACCUSE", "disapprove", None),
        ("Iran shelled a village in Pakistan.", "ASSAULT", "heavy-weapons", None),
        ("India sent earthquake relief to Nepal.", "AID", None, "disasters"),
    ],
)
def test_mode_and_context_follow_from_the_clause(text: str, kind: str, mode: str | None, context: str | None) -> None:
    found = [event for event in read(text).events if event.type == kind]
    assert found, "no such event"
    assert found[0].mode == mode
    assert context is None or context in found[0].contexts


def test_the_words_keep_to_plovers_vocabulary() -> None:
    plover = load().plover
    table = language_of("en").table("modes")
    contexts = {tag.code for tag in plover.contexts}
    assert set(table["contexts"]) <= contexts
    for kind, rows in table["modes"].items():
        assert set(rows) <= {mode.code for mode in plover.types[EventType(kind)].modes}, kind
