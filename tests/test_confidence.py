"""Confidence: a probability for every item, from the grounds on which it was found; and how well it holds."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import multivector
from multivector import Reader
from multivector.reading._confidence import Logistic, Models, shipped
from multivector.reading._grounds import NEUTRAL
from multivector.record import ITEM_TYPES, Document, Event, Figure, Item, Kind, Record, document_id, record_to_lines
from program import EXAMPLES

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import calibration  # noqa: E402  scripts beside the package, not in it
import labels  # noqa: E402
import reliability  # noqa: E402


def read(text: str) -> Record:
    return multivector.read(text, published="2026-03-20", language="en")


def only(kind: type[Item], text: str) -> Item:
    (item,) = [item for item in read(text).items if isinstance(item, kind)]
    return item


def sure(kind: type[Item], text: str) -> float:
    confidence = only(kind, text).confidence
    assert confidence is not None
    return confidence


@pytest.fixture(scope="module")
def examples() -> list[Record]:
    return [multivector.read(path) for path in sorted(EXAMPLES.iterdir()) if path.is_file()]


def test_every_item_has_a_probability_of_two_decimals(examples: list[Record]) -> None:
    items = [item for record in examples for item in record.items]
    assert {item.kind for item in items} == set(ITEM_TYPES)
    for item in items:
        assert item.confidence is not None
        assert 0 < item.confidence < 1
        assert item.confidence == round(item.confidence, 2)


def test_items_of_a_kind_are_told_apart(examples: list[Record]) -> None:
    for kind in (Kind.STATEMENT, Kind.EVENT, Kind.FIGURE, Kind.AGREEMENT):
        found = {item.confidence for record in examples for item in record.items if item.kind is kind}
        assert len(found) > 2, kind


def test_neither_the_order_of_documents_nor_what_was_read_before_matters(examples: list[Record]) -> None:
    reader = Reader()
    documents = [record.document for record in examples]
    forwards = [list(record_to_lines(record)) for record in reader.read_all(documents)]
    backwards = [list(record_to_lines(record)) for record in reader.read_all(documents[::-1])]
    assert forwards == backwards[::-1]


def test_ids_do_not_depend_on_confidence() -> None:
    document = Document(document_id("x"), None, None, None, "2026-03-20", "en", "Norway met Chile in Oslo on Friday.")
    ids = [
        [item.id for item in Reader(judge=lambda kind, grounds, value=value: value).read(document).items]
        for value in (0.25, 0.75)
    ]
    assert ids[0] == ids[1]
    assert len(ids[0]) > 2


def test_a_reader_takes_another_judge() -> None:
    seen: list[tuple[Kind, dict[str, float]]] = []

    def judge(kind: Kind, grounds: object) -> float:
        seen.append((kind, dict(grounds)))  # type: ignore[call-overload]
        return 0.5

    text = "Norway accused Chile of dumping salmon. Trade between Norway and Chile reached 2 billion dollars in 2025."
    record = Reader(judge=judge).read(Document(document_id(text), None, None, None, None, "en", text))
    assert {item.confidence for item in record.items} == {0.5}
    assert {Kind.EVENT, Kind.FIGURE, Kind.ACTOR, Kind.DATE} <= {kind for kind, _ in seen}
    assert all(isinstance(value, float) for _, grounds in seen for value in grounds.values())


# ---------------------------------------------------------------------- doubts


def test_an_event_that_leaves_its_sides_to_be_understood_is_no_surer_than_one_that_names_them() -> None:
    lead = "Norway and Chile held talks in Oslo on Monday. "
    named = read(lead + "Norway and Chile signed an agreement on fisheries.")
    understood = read(lead + "The two sides signed an agreement on fisheries.")
    signed = [event for record in (named, understood) for event in record.events if event.type == "SUPPORT"]
    assert [event.actors for event in signed] == [("CHL", "NOR")] * 2
    assert signed[1].confidence is not None
    assert signed[0].confidence is not None
    assert signed[1].confidence <= signed[0].confidence


def test_an_event_that_is_denied_is_less_sure() -> None:
    assert sure(Event, "Norway did not accuse Chile of dumping salmon.") < sure(
        Event, "Norway accused Chile of dumping salmon."
    )


def test_an_event_to_come_is_less_sure_than_one_that_was() -> None:
    past = "The foreign ministers of Norway and Chile met in Oslo."
    future = "The foreign ministers of Norway and Chile will meet in Oslo."
    assert sure(Event, future) < sure(Event, past)


def test_a_figure_is_surer_where_its_sentence_names_parties_and_period() -> None:
    whole = "Trade between Norway and Chile reached 2 billion dollars in 2025."
    no_period = "Trade between Norway and Chile reached 2 billion dollars."
    one_party = "Norway's trade reached 2 billion dollars in 2025."
    nobody = "Trade reached 2 billion dollars in 2025."
    assert sure(Figure, no_period) < sure(Figure, whole)
    assert sure(Figure, one_party) < sure(Figure, whole)
    assert sure(Figure, nobody) < sure(Figure, whole)


def test_a_figure_with_parties_from_the_sentence_before_is_less_sure() -> None:
    here = "Trade between Norway and Chile reached 2 billion dollars in 2025."
    before = "Norway and Chile held talks. Trade reached 2 billion dollars in 2025."
    assert read(before).figures[0].parties == read(here).figures[0].parties
    assert sure(Figure, before) < sure(Figure, here)


def test_a_statement_without_a_cue_or_a_speaker_is_less_sure() -> None:
    (plain,) = read("“Freight will double,” the Norwegian transport minister Kari Lund said on Friday.").statements
    (vague,) = read("Freight, according to some, will double.").statements
    assert plain.confidence is not None
    assert vague.confidence is not None
    assert vague.confidence < plain.confidence


def test_an_agreement_without_parties_is_less_sure() -> None:
    (named,) = read("Norway and Chile signed an agreement on fisheries.").agreements
    (bare,) = read("Officials spoke of an agreement on fisheries.").agreements
    assert not bare.parties
    assert named.confidence is not None
    assert bare.confidence is not None
    assert bare.confidence < named.confidence


# ---------------------------------------------------------------------- the model

DOUBTS = sorted(
    {(kind, name) for kind, model in shipped().by_kind.items() for name in model.weights if name not in NEUTRAL}
)


@pytest.mark.parametrize(("kind", "name"), DOUBTS)
def test_no_doubt_makes_an_item_surer(kind: Kind, name: str) -> None:
    assert shipped()(kind, {name: 1.0}) <= shipped()(kind, {})


numbers = st.floats(-1e6, 1e6)


@settings(max_examples=50)
@given(numbers, st.dictionaries(st.sampled_from("abc"), numbers), st.dictionaries(st.sampled_from("abcd"), numbers))
def test_a_confidence_is_never_certain(base: float, weights: dict[str, float], grounds: dict[str, float]) -> None:
    assert 0.01 <= Models({Kind.TIE: Logistic(base, weights)})(Kind.TIE, grounds) <= 0.99


def test_the_shipped_weights_say_what_they_were_made_from_and_hold_no_text() -> None:
    kept = json.loads(calibration.SHIPPED.read_text(encoding="utf-8"))
    assert set(kept) == {"about", "kinds"}
    assert set(kept["kinds"]) == {kind.value for kind in ITEM_TYPES}
    for each in kept["kinds"].values():
        assert all(0 < right <= items for items, right in each["items"].values())
        assert all(-5 < weight < 5 for weight in (each["base"], *each["weights"].values()))


def test_judged_items_are_ids_and_labels_and_nothing_else() -> None:
    judged = json.loads(labels.JUDGED.read_text(encoding="utf-8"))["right"]
    ids = [id_ for items in judged.values() for id_ in items]
    assert len(ids) > 300
    assert all(len(id_) == 23 and id_[2] == "-" for id_ in ids)
    assert {type(right) for items in judged.values() for right in items.values()} == {bool}


# ---------------------------------------------------------------------- measures


def test_the_expected_error_of_known_cases() -> None:
    right = np.array([1.0] * 48 + [0.0] * 48)
    assert reliability.expected_error(np.full(96, 0.5), np.tile([1.0, 0.0], 48)) == 0
    assert reliability.expected_error(right, right) == 0
    assert reliability.expected_error(1 - right, right) == 1
    assert reliability.expected_error(np.full(10, 0.9), np.array([1.0] * 5 + [0.0] * 5)) == pytest.approx(0.4)


def test_bins_have_equal_mass_and_lose_no_item() -> None:
    probabilities = np.linspace(0, 1, 57)
    found = reliability.bins(probabilities, np.ones(57))
    assert sum(each.items for each in found) == 57
    assert len(found) == 57 // reliability.FEWEST
    assert max(each.items for each in found) - min(each.items for each in found) <= 1
    assert [each.confidence for each in found] == sorted(each.confidence for each in found)


def test_brier_score_and_order_of_known_cases() -> None:
    probabilities, right = np.array([0.9, 0.8, 0.3, 0.2]), np.array([1.0, 1.0, 0.0, 0.0])
    assert reliability.brier(probabilities, right) == pytest.approx(0.045)
    assert reliability.order(probabilities, right) == 1
    assert reliability.order(np.full(4, 0.5), right) == 0.5
    assert reliability.order(probabilities, np.ones(4)) is None


def test_chance_alone_makes_an_error_that_shrinks_with_the_number_of_items() -> None:
    few, many = (reliability.noise(np.full(number, 0.8))[0] for number in (30, 1000))
    assert 0 < many < few < 0.2
    assert reliability.noise(np.full(30, 0.8)) == reliability.noise(np.full(30, 0.8))


def labelled(grounds: dict[str, float], *, right: bool) -> labels.Labelled:
    return labels.Labelled(Kind.TIE, "doc", grounds, 0.5, found=right, right=right)


def test_the_fit_finds_what_makes_items_wrong_and_shrinks_the_rest() -> None:
    items = [labelled({"bad": 1.0}, right=n % 4 == 0) for n in range(80)]
    items += [labelled({"idle": float(n % 2)}, right=n % 10 != 0) for n in range(80)]
    right, ones = np.array([float(each.right) for each in items]), np.ones(len(items))
    model = calibration.based(calibration.fit(["bad", "idle"], items, ones, right), items, ones, right)
    plain, bad = model([labelled({}, right=True)])[0], model([labelled({"bad": 1.0}, right=True)])[0]
    assert plain == pytest.approx(0.9, abs=0.08)
    assert bad == pytest.approx(0.25, abs=0.12)
    assert abs(model.weights.get("idle", 0.0)) < 0.6
    assert model(items).mean() == pytest.approx(right.mean(), abs=0.01)


def test_a_doubt_that_would_make_items_surer_is_left_out() -> None:
    items = [labelled({"doubt": 1.0}, right=True)] * 20 + [labelled({}, right=False)] * 20
    right = np.array([float(each.right) for each in items])
    assert "doubt" not in calibration.fit(["doubt"], items, np.ones(40), right).weights
    as_sort = [replace(each, grounds={"consult": each.grounds.get("doubt", 0.0)}) for each in items]
    assert calibration.fit(["consult"], as_sort, np.ones(40), right).weights["consult"] > 0
