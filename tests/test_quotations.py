"""Quotations that a tagger has seen in part, or without the words that introduce them."""

from __future__ import annotations

import pytest

from analyses import analysis_of, cues_in, in_words
from multivector.reading._drafts import Draft
from multivector.reading._quotations import completed
from multivector.reading._rules import blank
from multivector.record import Span, Spans


def spans(text: str, *parts: str) -> Spans:
    """Where the parts stand; an empty one stands nowhere."""
    return tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts if part)


def after(text: str, *drafts: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Source, cue and content of the drafts when they are completed."""
    analysis = analysis_of(text)
    given = [Draft(*(spans(text, part) for part in each)) for each in drafts]
    return in_words(analysis, completed(analysis, cues_in(analysis), given, blank(text, analysis.quotes)))


def test_a_quotation_belongs_to_its_speaker_from_mark_to_mark() -> None:
    text = "“We wait. We hope. We pray,” the envoy said."
    whole = [("the envoy", "said", "“We wait. We hope. We pray,”")]
    assert after(text, ("the envoy", "said", "We pray,”"), ("", "", "“We wait.")) == whole
    assert after(text, ("the envoy", "said", "“We wait.")) == whole


def test_what_others_say_inside_a_quotation_stays_theirs() -> None:
    text = "“We wait. The court said that it would rule. We hope,” the envoy said."
    given = [("the envoy", "said", "“We wait."), ("The court", "said", "that it would rule")]
    assert after(text, *given) == given


def test_a_quotation_that_is_not_closed_goes_on() -> None:
    text = "The envoy said: “We wait.\n\n“We hope.”"
    assert after(text, ("The envoy", "said", "“We wait."), ("", "", "“We hope.”")) == [
        ("The envoy", "said", "“We wait.\n\n“We hope.”")
    ]
    closed = "The envoy said: “We wait.”\n\n“We hope.”"
    given = [("The envoy", "said", "“We wait.”"), ("", "", "“We hope.”")]
    assert after(closed, *given) == given


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Nobody answered.\n\nThe envoy continued:\n\n“We wait.”", "The envoy", "continued"),
        ("“We wait.” ― Ada Holm", "Ada Holm", "―"),
        ("“We wait.”\n— Ada Holm, envoy to Osh\nIt rained.", "Ada Holm, envoy to Osh", "—"),
        ("It rained:\n\n“We wait.”", "", ""),
        ("“We wait.” — Ada Holm has said so before.", "", ""),
    ],
)
def test_who_speaks_may_stand_before_a_colon_or_behind_a_dash(text: str, source: str, cue: str) -> None:
    assert after(text, ("", "", "“We wait.”")) == [(source, cue, "“We wait.”")]
