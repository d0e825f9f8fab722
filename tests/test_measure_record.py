"""Events and ties of the record as weights: each counted once, what is said apart, intervals by a bootstrap."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from measure_factories import event, head, tie
from multivector.knowledge import load
from multivector.measure import (
    EVENT_KEY,
    TIE_KEY,
    Choices,
    Eu,
    Material,
    MeasureError,
    Said,
    Vector,
    events,
    ties,
    vectors,
)
from multivector.measure import _bootstrap as bootstrap
from multivector.record import Domain, EventType, Modality, TieType
from multivector.store import Found

KNOWLEDGE = load()


def measured(reports: list[Found], state: str = "KAZ", **more: object) -> Vector:
    material = Material(KNOWLEDGE, reports=reports)
    return vectors(material, state, **{"domain": "all", "source": "record"} | more).vectors[-1]  # type: ignore[arg-type]


# Counting once


def test_one_event_told_by_many_documents_is_one() -> None:
    reports = [event(head(name, publisher=name), "KAZ UZB") for name in "abc"]
    (found,) = events(reports)
    assert (sorted(found.documents), found.publishers) == (["do-a", "do-b", "do-c"], {"a", "b", "c"})
    assert len(found.items) == 3
    made = measured([*reports, event(head("d"), "KAZ CHN", date="2026-03-08")])
    assert made.weights.values == {"CHN": 1.0, "UZB": 1.0}
    assert made.coverage.documents == 4
    assert made.coverage.publishers == 3
    assert made.coverage.items == 4


@pytest.mark.parametrize(
    "other",
    [
        {"actors": "KAZ UZB", "date": "2026-03-08"},
        {"actors": "KAZ UZB", "type": EventType.AGREE},
        {"actors": "KAZ TJK"},
        {"actors": "KAZ", "recipients": "UZB"},
    ],
)
def test_what_differs_in_the_key_is_another_event(other: dict[str, object]) -> None:
    assert len(events([event(head("a"), "KAZ UZB"), event(head("b"), **other)])) == 2  # type: ignore[arg-type]


def test_the_order_of_the_sides_does_not_matter() -> None:
    assert len(events([event(head("a"), "KAZ UZB"), event(head("b"), "UZB KAZ")])) == 1


def test_a_month_joins_the_one_event_in_it_and_no_one_of_two() -> None:
    month = event(head("b"), "KAZ UZB", date="2026-03")
    assert len(events([month, event(head("a"), "KAZ UZB", date="2026-03-09")])) == 1
    two = [event(head("a"), "KAZ UZB", date="2026-03-09"), event(head("c"), "KAZ UZB", date="2026-03-11")]
    assert len(events([month, *two])) == 3


def test_an_event_without_a_date_joins_the_one_of_the_week_before_its_document() -> None:
    undated = event(head("b", "2026-03-12"), "KAZ UZB", date=None)
    assert len(events([undated, event(head("a"), "KAZ UZB", date="2026-03-09")])) == 1
    far = events([undated, event(head("a"), "KAZ UZB", date="2026-02-09")])
    assert [(str(each.last), each.undated) for each in far] == [("2026-02-09", False), ("2026-03-12", True)]
    same_day = [event(head(name, "2026-03-12"), "KAZ UZB", date=None) for name in "abc"]
    assert len(events(same_day)) == 1


def test_events_of_no_known_day_are_one_with_one_another() -> None:
    nowhere = [event(head(name, None), "KAZ UZB", date=None) for name in "ab"]
    (found,) = events(nowhere)
    assert (found.first, found.last, found.undated) == (None, None, True)


def test_the_result_does_not_hang_on_the_order_of_reports() -> None:
    reports = [
        event(head(f"{number}"), "KAZ UZB", date=date)
        for number, date in enumerate(["2026-03", "2026-03-09", None, "2026-03-09", "2026", "2026-02-01/2026-02-03"])
    ]
    forward, backward = events(reports), events(reports[::-1])
    assert [(each.first, each.last, sorted(each.items)) for each in forward] == [
        (each.first, each.last, sorted(each.items)) for each in backward
    ]


def test_keys_are_published() -> None:
    page = (Path(__file__).parents[1] / "docs" / "measures.md").read_text(encoding="utf-8")
    assert EVENT_KEY == ("type", "actors", "recipients", "date")
    assert TIE_KEY == ("type", "from", "to")
    for word in (*EVENT_KEY, *TIE_KEY):
        assert f"`{word}`" in page


# Sides and kinds


def test_partners_are_the_other_side_and_in_a_meeting_all_others() -> None:
    aid = event(head("a"), "CHN JPN", "KAZ UZB", type=EventType.AID)
    assert measured([aid]).weights.values == {"CHN": 0.5, "JPN": 0.5}
    meeting = event(head("b"), "KAZ KGZ TJK UZB")
    made = measured([meeting])
    assert made.weights.values == pytest.approx({"KGZ": 1 / 3, "TJK": 1 / 3, "UZB": 1 / 3})
    assert made.weights.total == 1
    assert made.weights.partners[0].evidence == (meeting.item.id,)


def test_organisations_are_no_partner_but_the_union_is() -> None:
    made = measured([event(head("a"), "KAZ IGO:UN IGO:EU ORG:Firm"), event(head("b"), "KAZ DEU", date="2026-03-01")])
    assert made.weights.values == {"DEU": 1.0, "IGO:EU": 1.0}
    one = measured([event(head("a"), "KAZ IGO:EU DEU CHN")], choices=Choices(eu=Eu.ONE))
    assert one.weights.values == {"CHN": 0.5, "IGO:EU": 0.5}


def test_cooperation_and_conflict_are_apart() -> None:
    reports = [
        event(head("a"), "KAZ", "UZB", type=EventType.AID),
        event(head("b"), "RUS", "KAZ", type=EventType.SANCTION),
    ]
    assert measured(reports).weights.values == {"UZB": 1.0}
    assert measured(reports, kind="conflict").weights.values == {"RUS": 1.0}
    assert measured(reports, kind="events").weights.values == {"RUS": 1.0, "UZB": 1.0}


def test_what_is_planned_thinkable_or_denied_does_not_count() -> None:
    reports = [
        event(head(mode), "KAZ UZB", modality=mode)
        for mode in (Modality.PLANNED, Modality.HYPOTHETICAL, Modality.DENIED)
    ]
    with pytest.raises(MeasureError, match="no events of cooperation with another state in the record"):
        measured(reports)
    assert measured([*reports, event(head("x"), "KAZ UZB", modality=Modality.ONGOING)]).weights.total == 1


def test_what_is_said_is_apart_from_what_documents_report() -> None:
    reports = [event(head("a"), "KAZ UZB"), event(head("b"), "KAZ CHN", said_by="st-1")]
    apart = measured(reports)
    assert apart.weights.values == {"UZB": 1.0}
    assert apart.coverage.said == 1
    assert any("1 items inside statements" in note for note in apart.notes)
    assert measured(reports, choices=Choices(said=Said.IN)).weights.values == {"CHN": 1.0, "UZB": 1.0}
    assert measured(reports, choices=Choices(said=Said.ONLY)).weights.values == {"CHN": 1.0}


def test_domains_and_years() -> None:
    reports = [
        event(head("a"), "KAZ UZB", domains=(Domain.ENERGY,), date="2025-05-01"),
        event(head("b"), "KAZ CHN", domains=(Domain.ENERGY, Domain.TRADE)),
        event(head("c"), "KAZ RUS", domains=(Domain.CULTURE,)),
    ]
    material = Material(KNOWLEDGE, reports=reports)
    found = vectors(material, "KAZ", domain="energy", source="record")
    assert [(each.period, each.weights.values) for each in found.vectors] == [
        ("2025", {"UZB": 1.0}),
        ("2026", {"CHN": 1.0}),
    ]
    whole = vectors(material, "KAZ", domain="energy", source="record", by="whole")
    assert [each.period for each in whole.vectors] == ["2025/2026"]
    with pytest.raises(MeasureError, match="not a domain; take one of trade"):
        vectors(material, "KAZ", domain="butter", source="record")
    with pytest.raises(MeasureError, match="take one of cooperation, conflict, events, ties"):
        vectors(material, "KAZ", kind="goods", source="record")


def test_ties_count_once_by_type_and_ends() -> None:
    reports = [
        tie(head("a"), TieType.ALLIANCE, "KAZ", "RUS"),
        tie(head("b"), TieType.ALLIANCE, "RUS", "KAZ"),
        tie(head("b"), TieType.NEIGHBOUR, "KAZ", "RUS"),
        tie(head("c"), TieType.STRATEGIC_PARTNERSHIP, "CHN", "KAZ"),
        tie(head("c"), TieType.MEMBERSHIP, "KAZ", "IGO:SCO"),
    ]
    assert [each.type for each in ties(reports)].count("alliance") == 1
    made = measured(reports, kind="ties")
    assert made.weights.values == {"RUS": 2.0, "CHN": 1.0}
    assert made.weights.period == "2026"


# The bootstrap


def many(documents: int, partners: str = "UZB CHN RUS TUR DEU") -> list[Found]:
    names = partners.split()
    return [
        event(
            head(f"{number}"),
            f"KAZ {names[number * number % len(names)]}",
            date=f"2026-{number % 12 + 1:02}-{number % 27 + 1:02}",
        )
        for number in range(documents)
    ]


def test_every_measure_has_an_interval_around_it_and_the_same_one_each_time() -> None:
    made, again = measured(many(60)), measured(many(60))
    assert made == again
    for each in made.measures:
        assert each.value is not None, each.name
        assert each.interval is not None, each.name
        if each.name != "hhi-normalised":
            assert each.interval.low <= each.value <= each.interval.high, each.name
        assert "bootstrap over documents" in each.interval.method
    for partner in made.weights.partners:
        assert partner.low is not None
        assert partner.high is not None
        assert partner.low < partner.share < partner.high


def test_more_documents_make_a_smaller_interval() -> None:
    few, lots = (measured(many(number)).measure("largest-share").interval for number in (20, 300))
    assert few is not None
    assert lots is not None
    assert lots.high - lots.low < few.high - few.low


def test_few_documents_are_remarked_on() -> None:
    assert any("too few" in note for note in measured(many(4)).notes)
    assert not any("too few" in note for note in measured(many(40)).notes)


def test_an_event_told_often_is_drawn_more_surely() -> None:
    often = [event(head(f"a{number}"), "KAZ UZB") for number in range(8)]
    once = [event(head("b"), "KAZ CHN", date="2026-03-08")]
    made = measured(often + once)
    uzbekistan, china = made.weights.partner("UZB"), made.weights.partner("CHN")
    assert uzbekistan is not None
    assert china is not None
    assert uzbekistan.share == china.share == 0.5
    assert china.low == 0
    assert uzbekistan.low == pytest.approx(0.5)


def test_rounds_are_those_of_plain_loops() -> None:
    random = np.random.default_rng(3)
    reports = [sorted(set(random.integers(0, 9, 3).tolist())) for _ in range(15)]
    contributions = random.random((15, 4))
    draws = bootstrap.drawn(9, 25)
    assert draws.shape == (9, 25)
    found = bootstrap.resampled(bootstrap.told(draws, reports), contributions)
    for at in range(25):
        expected = sum(
            (row for each, row in zip(reports, contributions, strict=True) if any(draws[d, at] for d in each)),
            np.zeros(4),
        )
        np.testing.assert_allclose(found[at], expected, rtol=1e-5)


def test_draws_are_with_replacement_and_by_the_seed() -> None:
    draws = bootstrap.drawn(200, 500)
    assert 0.6 < float(draws.mean()) < 0.66  # 1 - 1/e
    assert (draws == bootstrap.drawn(200, 500)).all()
    assert (draws != bootstrap.drawn(200, 500, seed=5)).any()


def test_order_2_of_many_rows_is_that_of_each() -> None:
    from multivector.measure import hill, shares, similar

    random = np.random.default_rng(4)
    weights = random.random((7, 5))
    z = random.random((5, 5))
    z = (z + z.T) / 2
    np.fill_diagonal(z, 1)
    np.testing.assert_allclose(bootstrap.orders_2(weights), hill(shares(weights), 2))
    np.testing.assert_allclose(bootstrap.orders_2(weights, z), similar(shares(weights), z, 2))
    assert np.isnan(bootstrap.orders_2(np.zeros((2, 3)))).all()


def test_bounds_move_to_the_estimate_and_stay_above_the_least() -> None:
    rounds = np.arange(1, 101, dtype=float)
    plain = bootstrap.bounds(rounds)
    moved = bootstrap.bounds(rounds, 60.0)
    cut = bootstrap.bounds(rounds, 2.0, 1.0)
    assert plain is not None
    assert moved is not None
    assert cut is not None
    assert moved.low - plain.low == pytest.approx(60 - 50.5)
    assert cut.low == 1.0
    assert bootstrap.bounds(np.array([np.nan])) is None


def test_likeness_counts_in_the_record_too() -> None:
    reports = many(40, "DEU FRA CHN CHN")
    made = measured(reports)
    assert made.value("vectors-2") < made.value("hill-2")  # type: ignore[operator]
    assert replace(made.choices, said=Said.IN) != made.choices
