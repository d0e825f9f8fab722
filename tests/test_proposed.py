"""Events that the judge of pairs sees: what they are taken for, and that they do not repeat what rules have found."""

from dataclasses import replace

import pytest

from multivector.reading import _proposed
from multivector.reading._proposed import Proposal
from multivector.record import Event, EventType, Modality, Record, Span
from reading_helpers import read

NEW = Proposal(EventType.AID, ("NPL",), ("BTN",), Modality.OCCURRED, Span(0, 20), 0.9)


def known(kind: EventType, actors: tuple[str, ...], recipients: tuple[str, ...]) -> Event:
    return Event("", kind, actors, recipients, None, None, Modality.OCCURRED, (), (Span(0, 20),))


def joined(*seen: Proposal, known: tuple[Event, ...] = ()) -> list[Proposal]:
    return list(_proposed._joined(seen, list(known)))  # pyright: ignore[reportPrivateUsage]


def test_what_a_rule_has_found_in_the_sentence_is_not_found_again() -> None:
    assert joined(NEW, known=(known(EventType.AID, ("NPL",), ("IND",)),)) == []
    assert joined(NEW, known=(known(EventType.CONSULT, ("BTN", "NPL"), ()),)) == []
    assert joined(NEW, known=(known(EventType.CONSULT, ("BTN", "IND"), ()),)) == [NEW]


def test_one_deed_to_several_is_one_event() -> None:
    other = replace(NEW, recipients=("IND",), clause=Span(0, 30))
    assert joined(NEW, other) == [replace(NEW, recipients=("BTN", "IND"), clause=Span(0, 30))]


def test_several_who_act_together_are_one_event() -> None:
    first = replace(NEW, type=EventType.CONSULT, actors=("BTN", "NPL"), recipients=())
    second = replace(first, actors=("IND", "NPL"))
    apart = replace(first, actors=("CHL", "PER"))
    assert joined(first, second, apart) == [replace(first, actors=("BTN", "IND", "NPL")), apart]


@pytest.mark.parametrize(
    "other",
    [
        replace(NEW, type=EventType.REQUEST, recipients=("IND",)),
        replace(NEW, modality=Modality.DENIED, recipients=("IND",)),
        replace(NEW, actors=("IND",), recipients=("CHN",)),
    ],
)
def test_other_deeds_stay_apart(other: Proposal) -> None:
    assert joined(NEW, other) == [NEW, other]


def told(record: Record) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(event.type.value, event.actors, event.recipients) for event in record.events]


def test_what_no_rule_knows_is_seen_and_less_sure_than_what_a_rule_finds() -> None:
    seen = read("Two Peruvian gunboats shadowed a Chilean trawler for nine hours.")
    assert told(seen) == [("MOBILIZE", ("PER",), ("CHL",))]
    ruled = read("Ghana accused Togo of stealing cattle.")
    assert told(ruled) == [("ACCUSE", ("GHA",), ("TGO",))]
    assert (seen.events[0].confidence or 1) < (ruled.events[0].confidence or 0)


@pytest.mark.parametrize(
    "text",
    [
        "Chile has more copper than Peru.",
        "Estonia, unlike Latvia, has no refinery.",
        "Finland's share in Estonia's imports came to a tenth.",
    ],
)
def test_states_beside_each_other_are_no_event(text: str) -> None:
    assert told(read(text)) == []
