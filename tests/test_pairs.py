"""Pairs of actors in a sentence, the judge of what joins them, and the events that it proposes."""

import numpy as np
import pytest

from analyses import analysis_of
from multivector.reading._pairs import MOST_SIDES, Pair, Pairs
from multivector.reading._plover.judge import shipped
from multivector.reading._plover.labels import DIRECTIONS, MODALITIES, TIES, TYPES
from multivector.reading._references import references_of
from multivector.record import Document, document_id
from reading_helpers import read, reader


def pairs(text: str) -> list[Pair]:
    analysis = analysis_of(text)
    return [pair for _, found in Pairs(analysis, references_of(analysis), ("MNG",), alone=True) for pair in found]


def test_every_two_actors_of_a_sentence_are_a_pair_named_in_order() -> None:
    found = [(pair.codes, pair.others) for pair in pairs("Oman and Peru met; Ghana stayed away. Chile wrote.")]
    assert found == [(("OMN",), ("PER",)), (("OMN",), ("GHA",)), (("PER",), ("GHA",))]


def test_an_actor_makes_no_pair_with_itself_and_is_marked_wherever_it_stands() -> None:
    text = "Peru said that Peruvian ships\nwould leave Chile."
    assert [pair.marked(text) for pair in pairs(text)] == [
        "<s>Peru</s> said that <s>Peruvian</s> ships would leave <t>Chile</t>."
    ]


def test_a_list_of_many_states_makes_no_pairs() -> None:
    names = ["Oman", "Peru", "Ghana", "Chile", "Nepal", "Qatar", "Kenya", "Fiji"]
    assert len(pairs(f"{', '.join(names[:MOST_SIDES])} came.")) == MOST_SIDES * (MOST_SIDES - 1) // 2
    assert pairs(f"{', '.join(names)} came.") == []


def test_who_is_meant_by_the_sides_is_told_to_it() -> None:
    assert [(pair.codes, pair.others) for pair in pairs("Nepal thanked the sides.")] == [(("NPL",), ("MNG",))]


def test_a_city_stands_for_its_state() -> None:
    assert [(p.codes, p.others) for p in pairs("Students marched to the Omani embassy in Busan.")] == [
        (("OMN",), ("KOR",))
    ]


def test_who_stands_alone_deals_with_whom_the_document_is_about_and_named_last() -> None:
    text = "Chile wrote to Peru. Peru was calm. Chile was not. Later Chile sent ships."
    alone = [pair for pair in pairs(text) if not pair.second]
    assert [(text[slice(*pair.sentence)], pair.codes, pair.others) for pair in alone] == [
        ("Peru was calm.", ("PER",), ("CHL",)),
        ("Chile was not.", ("CHL",), ("PER",)),
        ("Later Chile sent ships.", ("CHL",), ("PER",)),
    ]
    assert alone[0].marked(text) == "<s>Peru</s> was calm."
    third = "Chile wrote to Peru. Peru was calm. Nepal looked on. Later Chile sent ships."
    assert [pair.codes for pair in pairs(third) if not pair.second] == [("PER",)]


def test_a_few_who_are_named_together_are_a_pair_by_themselves_where_asked() -> None:
    analysis = analysis_of("The Baltic states share a market with Norway. The five Central Asian states wrote.")
    found = [pair for _, own in Pairs(analysis, references_of(analysis), among=True) for pair in own]
    together = [pair for pair in found if not pair.first]
    assert [(pair.codes, len(pair.second)) for pair in together] == [
        (("EST", "LTU", "LVA"), 1),
    ]
    assert all(pair.codes == pair.others for pair in together)
    assert not any(pair.codes == pair.others for pair in pairs("The Baltic states share a market."))


def test_opinions_are_distributions_and_do_not_depend_on_the_other_pairs() -> None:
    text = "Nepal accused Bhutan of theft, and India looked on."
    analysis = reader().analyse(Document(document_id(text), None, None, None, None, "en", text))
    assert analysis.findings is not None
    starts, traces = analysis.findings.traces(0, len(text))
    assert [text[start:].split()[0].rstrip(",.") for start in starts[:2]] == ["Nepal", "accused"]
    roles = np.zeros((3, len(starts)), dtype=np.int64)
    for row, (first, second) in enumerate([("Nepal", "Bhutan"), ("Nepal", "India"), ("Bhutan", "India")]):
        roles[row, starts.index(text.index(first))] = 1
        roles[row, starts.index(text.index(second))] = 2
    together = [seen.event for seen in shipped().judge(traces, roles)]
    for opinion, answers in ((together[0].types, TYPES), (together[0].direction, DIRECTIONS)):
        assert tuple(opinion) == answers
        assert sum(opinion.values()) == pytest.approx(1)
    assert tuple(together[0].modality) == MODALITIES
    for seen in shipped().judge(traces, roles):
        assert {kind: tuple(ways) for kind, ways in seen.ties.items()} == TIES
        assert all(sum(ways.values()) == pytest.approx(1) for ways in seen.ties.values())
    for row, opinion in enumerate(together):
        alone = shipped().judge(traces, roles[row : row + 1])[0].event
        assert alone.types == pytest.approx(opinion.types, abs=1e-5)
    assert together[0].chance > 0.5
    assert together[0].chance > max(each.chance for each in together[1:])


Told = tuple[str, tuple[str, ...], tuple[str, ...]]


def events(text: str) -> list[Told]:
    return [(event.type.value, event.actors, event.recipients) for event in read(text).events]


@pytest.mark.parametrize(
    ("last", "wanted"),
    [
        ("On Friday the Chilean navy seized two trawlers.", [("COERCE", ("CHL",), ("PER",))]),
        ("Chile is a long country of mountains.", []),
    ],
)
def test_the_other_side_may_be_understood(
    last: str, wanted: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
) -> None:
    told = "Chile and Peru quarrel over fish. Peru asked Chile to wait. "
    assert events(told + last)[1:] == wanted
    # Without anybody named before, nobody is understood.
    assert not [each for each in events(last) if each[2]]
