"""Weights and vectors from rows of statistics and from roll calls, on small tables of our own."""

from __future__ import annotations

import csv
import dataclasses
import io
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from measure_factories import row, rows, votes
from multivector.knowledge import load
from multivector.measure import (
    COLUMNS,
    FORMULAS,
    Alike,
    Choices,
    Data,
    Eu,
    Material,
    MeasureError,
    Part,
    Vector,
    Vectors,
    agreement,
    blocs,
    choices,
    hill,
    indicators,
    lines,
    shares,
    vectors,
    vote_weights,
    weights,
)
from multivector.record import AreaKind, Flow, Observation, ObservationStatus
from program import ROOT

KNOWLEDGE = load()

BASE = rows("KAZ", "exports", {"CHN": 30, "RUS": 20, "ITA": 10}) + rows("KAZ", "imports", {"CHN": 10, "RUS": 30})


# Weights from rows


def test_turnover_is_exports_and_imports_and_missing_is_not_zero() -> None:
    made = weights(BASE, "KAZ", "2020")
    assert made.values == {"RUS": 50e6, "CHN": 40e6, "ITA": 10e6}
    assert (made.total, made.unallocated, made.unit) == (100e6, 0, "USD")
    assert (made.share("RUS"), made.rank("RUS"), made.rank("ITA")) == (0.5, 1, 3)
    assert made.partner("USA") is None
    assert made.share("USA") is None
    assert made.rank("USA") is None
    found = made.partner("CHN")
    assert found is not None
    assert found.evidence == ("Office (2024-01-01): office.csv:2", "Office (2024-01-01): office.csv:2")


def test_one_flow_alone() -> None:
    assert weights(BASE, "KAZ", "2020", flow="imports").values == {"RUS": 30e6, "CHN": 10e6}
    assert weights(BASE, "KAZ", "2020", flow=Flow.EXPORTS).total == 60e6


def test_a_printed_total_counts_and_what_is_in_no_partner_is_unallocated() -> None:
    made = weights([*BASE, row("KAZ", "WLD", "exports", 70), row("KAZ", "WLD", "imports", 45)], "KAZ", "2020")
    assert (made.total, made.allocated) == (115e6, 100e6)
    assert made.unallocated == pytest.approx(15e6)
    assert made.share("RUS") == 0.5


def test_a_total_of_one_flow_alone_is_no_total_of_both() -> None:
    assert weights([*BASE, row("KAZ", "WLD", "exports", 70)], "KAZ", "2020").total == 100e6


def test_unallocated_rows_are_no_partner_unless_asked_for() -> None:
    more = [*BASE, row("KAZ", "OTH", "exports", 20), row("KAZ", "OTH:gold", "exports", 5)]
    made = weights(more, "KAZ", "2020")
    assert (made.total, made.unallocated) == (125e6, 25e6)
    assert "OTH" not in made.values
    whole = weights(more, "KAZ", "2020", choices=Choices(unallocated=Part.IN))
    assert whole.values["OTH"] == 25e6
    assert whole.share("RUS") == pytest.approx(0.4)


def test_aggregates_the_state_itself_and_odd_values_are_left_out_and_told() -> None:
    odd = [
        row("KAZ", "IGO:EU", "exports", 500),
        row("KAZ", "KAZ", "exports", 7),
        row("KAZ", "DEU", "exports", -3),
        row("KAZ", "FRA", "exports", float("nan")),
        replace(row("KAZ", "POL", "exports", 3), status=ObservationStatus.MISSING),
        row("KAZ", "USA", "exports", 3, unit="EUR"),
    ]
    made = weights([*BASE, *odd], "KAZ", "2020")
    assert made.values == weights(BASE, "KAZ", "2020").values
    told = " ".join(made.notes)
    for words in ("1 aggregates", "with itself", "1 values below zero", "2 missing values", "1 rows in another unit"):
        assert words in told


def test_the_latest_vintage_counts() -> None:
    newer = row("KAZ", "CHN", "exports", 33, vintage="2025-01-01")
    made = weights([*BASE, newer], "KAZ", "2020")
    assert made.values["CHN"] == 43e6
    assert "1 rows of older vintages" in " ".join(made.notes)


@pytest.mark.parametrize(("months", "known"), [(12, True), (11, False)])
def test_months_make_a_year_when_all_are_there(months: int, known: bool) -> None:
    monthly = [row("KAZ", "CHN", "exports", 1, period=f"2020-{month:02}") for month in range(1, months + 1)]
    if known:
        assert weights(monthly, "KAZ", "2020").values == {"CHN": 12e6}
    else:
        with pytest.raises(MeasureError, match="no statistics that fill it"):
            weights(monthly, "KAZ", "2020")


def test_a_year_and_its_months_are_not_added() -> None:
    both = [row("KAZ", "CHN", "exports", 1, period=f"2020-{month:02}") for month in range(1, 13)]
    assert weights([*both, row("KAZ", "CHN", "exports", 15)], "KAZ", "2020").values == {"CHN": 15e6}


def test_nine_months_are_a_period_of_their_own() -> None:
    part = row("KAZ", "CHN", "exports", 9, period="2020-01-01/2020-09-30")
    assert weights([part, *BASE], "KAZ", "2020-01-01/2020-09-30").values == {"CHN": 9e6}
    assert weights([part, *BASE], "KAZ", "2020").values["CHN"] == 40e6


def test_years_are_added_and_deliveries_of_one_year_too() -> None:
    deliveries = [
        row("KAZ", "RUS", "imports", 3, period="2018", indicator="arms", unit="TIV", line=1),
        row("KAZ", "RUS", "imports", 4, period="2018", indicator="arms", unit="TIV", line=2),
        row("KAZ", "ESP", "imports", 3, period="2020", indicator="arms", unit="TIV", line=3),
        row("KAZ", "USA", "imports", 9, period="2010", indicator="arms", unit="TIV", line=4),
    ]
    made = weights(deliveries, "KAZ", "2016/2020", kind="arms")
    assert made.values == {"RUS": 7e6, "ESP": 3e6}
    assert len(made.partners[0].evidence) == 2


def test_a_row_of_ten_years_fills_them_and_years_beside_it_are_not_added() -> None:
    decade = row("KAZ", "RUS", "imports", 9, period="2015/2024", indicator="arms", unit="TIV")
    year = row("KAZ", "RUS", "imports", 2, period="2016", indicator="arms", unit="TIV")
    assert weights([decade, year], "KAZ", "2015/2024", kind="arms").values == {"RUS": 9e6}
    with pytest.raises(MeasureError, match="no statistics that fill it"):
        weights([decade], "KAZ", "2015/2020", kind="arms")


def test_obligations_stand_and_are_not_added_over_years() -> None:
    obligations = (("RUS", "defense-pact"), ("RUS", "consultation-pact"), ("CHN", "neutrality-pact"))
    pacts = [
        row("KAZ", partner, "none", 1, period=year, indicator=kind, unit="index")
        for partner, kind in obligations
        for year in ("2018", "2019")
    ]
    made = weights(pacts, "KAZ", "2018/2019", kind="treaties")
    assert made.values == {"RUS": 2e6, "CHN": 1e6}


def test_own_reports_mirror_reports_and_both() -> None:
    mirror = [
        row("CHN", "KAZ", "imports", 36, source="Customs"),  # Kazakhstan's exports as China has them
        row("USA", "KAZ", "exports", 8, source="Census"),  # Kazakhstan's imports, which it has no row of
    ]
    own = weights([*BASE, *mirror], "KAZ", "2020", choices=Choices(data=Data.OWN))
    assert own.values == {"RUS": 50e6, "CHN": 40e6, "ITA": 10e6}
    theirs = weights([*BASE, *mirror], "KAZ", "2020", choices=Choices(data=Data.MIRROR))
    assert theirs.values == {"CHN": 36e6, "USA": 8e6}  # each partner has its own source
    both = weights([*BASE, *mirror], "KAZ", "2020")
    assert both.values == {"RUS": 50e6, "CHN": 40e6, "ITA": 10e6, "USA": 8e6}
    assert both.sources == ("Office", "Census")
    assert "1 partner filled from Census" in " ".join(both.notes)
    labels = dict(both.others)
    assert dict(labels["Customs, partners’ reports"])["CHN"] == 46e6
    assert both.partner("CHN").reports == ()  # type: ignore[union-attr]  # China has but one of the two flows
    exports = weights([*BASE, *mirror], "KAZ", "2020", flow="exports")
    assert exports.partner("CHN").reports == (("Office, own report", 30e6), ("Customs, partners’ reports", 36e6))  # type: ignore[union-attr]


def test_reports_in_another_unit_are_named_and_left_out() -> None:
    euro = row("ITA", "KAZ", "imports", 9, source="Eurostat", unit="EUR")
    made = weights([*BASE, euro], "KAZ", "2020")
    assert made.others == ()
    assert "Eurostat, partners’ reports is in EUR, not in USD" in " ".join(made.notes)


def test_a_turnover_of_one_flow_says_so() -> None:
    made = weights(rows("KAZ", "exports", {"CHN": 1, "RUS": 1}), "KAZ", "2020")
    assert "turnover of exports alone" in " ".join(made.notes)
    assert made.flows == (Flow.EXPORTS,)


def test_the_union_as_one_partner_changes_shares_not_the_total() -> None:
    more = BASE + rows("KAZ", "imports", {"DEU": 15, "FRA": 15, "GBR": 5})
    one = weights(more, "KAZ", "2020", choices=Choices(eu=Eu.ONE), members=KNOWLEDGE.members("IGO:EU"))
    assert one.values == {"RUS": 50e6, "CHN": 40e6, "IGO:EU": 40e6, "GBR": 5e6}
    assert one.total == weights(more, "KAZ", "2020").total
    assert len(one.partner("IGO:EU").evidence) == 3  # type: ignore[union-attr]
    assert (one.rank("CHN"), one.rank("IGO:EU"), one.rank("GBR")) == (2, 2, 4)


def test_gold_is_taken_out_by_partner() -> None:
    gold = [row("KAZ", "ITA", "exports", 4, indicator="gold"), row("KAZ", "RUS", "exports", 1, indicator="gold")]
    made = weights([*BASE, *gold], "KAZ", "2020", choices=Choices(gold=Part.OUT))
    assert made.values == {"RUS": 49e6, "CHN": 40e6, "ITA": 6e6}
    assert made.total == 95e6
    with pytest.raises(MeasureError, match="no rows of the indicator gold"):
        weights(BASE, "KAZ", "2020", choices=Choices(gold=Part.OUT))


def test_no_data_says_what_there_is() -> None:
    with pytest.raises(MeasureError, match="UZB, goods: no statistics; add rows of goods"):
        weights(BASE, "UZB", "2020")
    with pytest.raises(MeasureError, match="there are rows of 2020"):
        weights(BASE, "KAZ", "2021")
    with pytest.raises(MeasureError, match="take one of goods"):
        weights(BASE, "KAZ", "2020", kind="butter")


# Votes


def test_agreement_counts_the_same_vote_among_roll_calls_of_both() -> None:
    found = agreement(
        votes({"KAZ": "yyyyyyyyynna", "CHN": "yyyyyyyyyyaa", "USA": "nnnnnnnnnnn-", "FRA": "y-----------"})
    )
    assert found.of("KAZ", "CHN") == pytest.approx(10 / 12)
    assert found.of("KAZ", "USA") == pytest.approx(2 / 11)
    assert found.of("CHN", "KAZ") == found.of("KAZ", "CHN")
    assert found.of("KAZ", "FRA") is None  # one common roll call says nothing
    assert found.of("KAZ", "AND") is None


def test_agreement_between_dates_and_of_the_latest_vintage() -> None:
    old = votes({"KAZ": "y" * 10, "CHN": "n" * 10}, year=2005)
    new = votes({"KAZ": "y" * 10, "CHN": "y" * 10}, year=2015)
    assert agreement([*old, *new], "2010", "2019").of("KAZ", "CHN") == 1
    assert agreement([*old, *new], until="2009").of("KAZ", "CHN") == 0
    mended = votes({"CHN": "y" * 10}, year=2005, vintage="2025-01-01")
    assert agreement([*mended, *old]).of("KAZ", "CHN") == 1


def test_agreement_as_weights() -> None:
    made = vote_weights(votes({"KAZ": "y" * 10, "CHN": "y" * 8 + "nn", "USA": "n" * 9 + "y"}), "KAZ", "2015")
    assert made.values == pytest.approx({"CHN": 0.8, "USA": 0.1})
    assert len(made.partners[0].evidence) == 10
    with pytest.raises(MeasureError, match="no votes in roll calls"):
        vote_weights(votes({"CHN": "y" * 10}), "KAZ", "2015")


# Vectors


def material(observations: list[Observation], **more: object) -> Material:
    return Material(KNOWLEDGE, observations, **more)  # type: ignore[arg-type]


def one(found: Vectors, at: int = 0) -> Vector:
    return found.vectors[at]


def test_every_measure_names_its_formula_version_and_source() -> None:
    found = one(vectors(material(BASE), "KAZ"))
    assert [each.name for each in found.measures] == list(FORMULAS)
    for each in found.measures:
        assert each.formula == FORMULAS[each.name].text
        assert each.version == FORMULAS[each.name].version >= 1
        assert FORMULAS[each.name].source
    assert found.value("total") == 100e6
    assert found.value("hill-0") == 3
    assert found.value("hill-2") == pytest.approx(float(hill(shares([5, 4, 1]), 2)))
    assert found.value("hhi") == pytest.approx(0.42)
    assert found.value("others-growth") == pytest.approx(1.0)
    assert (found.lead.partner, found.lead.second) == ("RUS", "CHN")  # type: ignore[union-attr]
    with pytest.raises(KeyError, match="hill-0"):
        found.value("hill-9")


def test_partners_of_one_bloc_are_one_vector() -> None:
    trade = rows("UZB", "exports", {"DEU": 10, "FRA": 10, "ITA": 10, "CHN": 30})
    found = one(vectors(material(trade), "UZB"))
    assert found.value("hill-2") == pytest.approx(3)
    assert found.value("vectors-2") == pytest.approx(2)
    assert found.value("vectors-1") == pytest.approx(2)
    same = one(vectors(material(trade), "UZB", choices=Choices(eu=Eu.ONE)))
    assert same.value("hill-2") == pytest.approx(2)
    assert same.value("vectors-2") == pytest.approx(2)
    alone = one(vectors(material(trade), "UZB", choices=choices(similarity="identity")))
    assert alone.value("vectors-2") == pytest.approx(3)
    own = one(vectors(material(trade, organisations=["IGO:SCO"]), "UZB"))
    assert own.value("vectors-2") == pytest.approx(3)


def test_blocs_go_by_the_members_of_the_time() -> None:
    trade = [
        each
        for year in ("1999", "2020")
        for each in rows("UZB", "exports", {"POL": 1, "DEU": 1, "CHN": 1}, period=year)
    ]
    trade += rows("UZB", "exports", {"LTU": 1, "DEU": 1}, period="1999") + rows(
        "UZB", "exports", {"LTU": 1}, period="2020"
    )
    found = vectors(material(trade, organisations=["IGO:EU"]), "UZB")
    before, after = found.vectors
    assert before.value("vectors-2") > after.value("vectors-2")  # type: ignore[operator]


def test_every_bloc_is_an_organisation_with_members() -> None:
    for code in blocs():
        assert KNOWLEDGE.members(code), code


def test_partners_are_as_alike_as_they_vote() -> None:
    trade = rows("UZB", "exports", {"CHN": 1, "RUS": 1}, period="2015")
    cast = votes({"CHN": "y" * 20, "RUS": "y" * 15 + "n" * 5})
    found = one(vectors(material(trade, votes=cast), "UZB", choices=choices(similarity="votes")))
    assert found.value("vectors-2") == pytest.approx(2 / 1.75)
    assert found.coverage.similarity_share == 1
    assert any("roll calls 2015-12-01/2015-12-01" in note for note in found.notes)


def test_unknown_likeness_is_left_out_and_bounded() -> None:
    trade = rows("UZB", "exports", {"CHN": 1, "RUS": 1, "XKX": 2}, period="2015")
    cast = votes({"CHN": "y" * 20, "RUS": "n" * 20})
    found = one(vectors(material(trade, votes=cast), "UZB", choices=choices(similarity="votes")))
    bound = found.measure("vectors-2").interval
    assert found.value("vectors-2") == pytest.approx(2)
    assert found.coverage.similarity_share == pytest.approx(0.5)
    assert bound is not None
    assert bound.high == pytest.approx(1 / 0.375)
    assert bound.low == pytest.approx(1 / (1 - 2 * 0.25 * 0.25))
    assert "unknown likeness" in bound.method


def test_without_any_known_likeness_there_is_no_number() -> None:
    trade = rows("UZB", "exports", {"FRA": 1, "XKX": 2}, period="2015")
    cast = votes({"CHN": "y" * 20, "RUS": "n" * 20})
    found = one(vectors(material(trade, votes=cast), "UZB", choices=choices(similarity="votes")))
    assert found.value("vectors-2") is None
    assert found.measure("vectors-2").interval is None
    assert found.coverage.similarity_share == 0


def test_partners_near_in_ideal_points_are_alike() -> None:
    trade = rows("UZB", "exports", {"CHN": 1, "USA": 1}, period="2015")
    points = [
        replace(
            row(area, "WLD", "none", x * 1e-6, indicator="ideal-point", unit="index", period="2014"),
            counterpart_area=None,
            counterpart_kind=None,
        )
        for area, x in (("CHN", -1.0), ("USA", 1.0))
    ]
    found = one(vectors(material([*trade, *points]), "UZB", choices=choices(similarity="ideal")))
    assert found.value("vectors-2") == pytest.approx(2 / (1 + np.exp(-2)))


def test_what_likeness_there_are_no_data_for_is_no_number() -> None:
    found = one(vectors(material(BASE), "KAZ", choices=choices(similarity="votes")))
    assert found.value("vectors-2") is None
    assert found.value("hill-2") is not None
    assert any("none in the store" in note for note in found.notes)


def test_the_interval_is_the_spread_over_reports() -> None:
    mirror = [row("CHN", "KAZ", "imports", 60, source="Customs"), row("CHN", "KAZ", "exports", 10, source="Customs")]
    found = one(vectors(material([*BASE, *mirror]), "KAZ"))
    bound = found.measure("largest-share").interval
    assert bound is not None
    assert (bound.low, bound.high) == (pytest.approx(0.5), pytest.approx(70 / 130))
    assert "Customs, partners’ reports" in bound.method
    partner = found.weights.partner("RUS")
    assert partner is not None
    assert (partner.low, partner.high) == (pytest.approx(50 / 130), pytest.approx(0.5))
    assert found.coverage.second_report_share == pytest.approx(0.4)
    alone = one(vectors(material(BASE), "KAZ"))
    assert alone.measure("hhi").interval is None
    assert any("no interval" in note for note in alone.notes)


def years(values: dict[str, dict[str, float]], source: str = "Office") -> list[Observation]:
    return [
        each
        for year, partners in values.items()
        for flow in ("exports", "imports")
        for each in rows("KAZ", flow, partners, period=year, source=source)
    ]


def test_partners_without_data_are_missing_and_not_zero() -> None:
    full = {"CHN": 25.0, "RUS": 25.0, "ITA": 25.0, "TUR": 25.0}
    found = vectors(
        material(years({"2019": full, "2020": full | {"RUS": 50}, "2021": {"CHN": 25, "ITA": 25, "TUR": 25}})), "KAZ"
    )
    last = found.vectors[-1]
    assert last.period == "2021"
    assert last.coverage.missing == (("RUS", pytest.approx(0.4)),)
    assert last.coverage.missing_share == pytest.approx(0.4)
    assert any("RUS 40 %" in note for note in last.notes)
    assert found.vectors[0].coverage.missing == ()
    (trend, _) = found.trends
    assert (trend.first, trend.last) == ("2019", "2020")


def test_years_that_are_mostly_missing_are_left_out_of_a_series() -> None:
    full = {"CHN": 25.0, "RUS": 25.0, "ITA": 25.0, "TUR": 25.0}
    thin = [row("TUR", "KAZ", "exports", 5, period=str(year), source="Turkstat") for year in (2015, 2016, 2018)]
    found = vectors(material([*years({"2020": full, "2021": full}), *thin]), "KAZ")
    assert [vector.period for vector in found.vectors] == ["2020", "2021"]
    assert any("left out 2015-2016, 2018" in note for note in found.notes)
    asked = vectors(material([*years({"2020": full, "2021": full}), *thin]), "KAZ", until="2015")
    assert [vector.period for vector in asked.vectors] == ["2015"]
    assert one(asked).coverage.missing_share == pytest.approx(0.75)


EU_TURNS_IT = {
    "2018": {"ITA": 25.0, "DEU": 25.0, "FRA": 25.0, "CHN": 23.0, "RUS": 2.0},
    "2023": {"ITA": 20.0, "DEU": 10.0, "FRA": 5.0, "CHN": 65.0 / 2, "RUS": 65.0 / 2},
}


def test_a_choice_that_turns_a_trend_round_is_told() -> None:
    found = vectors(material(years(EU_TURNS_IT)), "KAZ", choices=choices(similarity="identity"))
    trend = next(trend for trend in found.trends if trend.measure == "effective partners")
    assert trend.disputed
    choice, then, now = trend.changes[0]
    assert choice.startswith("as chosen")
    assert then > now
    union = next(each for each in trend.against if "EU as one" in each[0])
    assert union[1] < union[2]
    assert str(trend).endswith("the choice decides")
    assert "with the EU as one partner rise" in str(trend)


def test_choices_that_agree_are_not_told() -> None:
    found = vectors(material(years({"2018": {"CHN": 50, "RUS": 50}, "2023": {"CHN": 90, "RUS": 10}})), "KAZ")
    assert [trend.disputed for trend in found.trends] == [False, False]
    assert "decides" not in str(found.trends[0])


def test_three_neighbours_are_not_set_against_the_world() -> None:
    full = {"CHN": 50.0, "RUS": 30.0, "ITA": 20.0}
    mirror = [
        row("ITA", "KAZ", flow, value, period=year, source="Istat")
        for year, value in (("2018", 20.0), ("2023", 1.0))
        for flow in ("exports", "imports")
    ]
    found = vectors(material([*years({"2018": full, "2023": full}), *mirror]), "KAZ")
    assert not [each for each in one(found).variants if (each.choice, each.value) == ("data", "mirror")]


def test_known_defects_are_told_and_their_correction_is_in_the_interval() -> None:
    trade = [
        row("UZB", "TJK", "exports", 900, period="2025", source="IMF IMTS", vintage="2026-04-24"),
        row("CHN", "TJK", "exports", 300, period="2025", source="IMF IMTS", vintage="2026-04-24"),
    ]
    found = one(vectors(material(trade), "TJK"))
    bound = found.measure("total").interval
    assert found.value("total") == 1200e6
    assert bound is not None
    assert bound.low == pytest.approx(600e6)
    assert any("three times too large" in note for note in found.notes)


def test_what_another_source_has_for_a_year_nearby_is_set_beside() -> None:
    trade = [
        *rows("KGZ", "exports", {"CHN": 10, "RUS": 10}, period="2023", source="Office"),
        *rows("KGZ", "exports", {"CHN": 40, "RUS": 11}, period="2025", source="Portal"),
    ]
    last = vectors(material(trade), "KGZ").vectors[-1]
    (note,) = [note for note in last.notes if "far above another source" in note]
    assert "CHN 4.0 times Office 2023" in note
    assert "RUS" not in note


def test_years_together_and_the_window_of_a_list_of_deliveries() -> None:
    deliveries = [
        row("KAZ", "RUS", "imports", 6, period="2016", indicator="arms", unit="TIV"),
        row("KAZ", "ESP", "imports", 2, period="2018", indicator="arms", unit="TIV"),
        row("UZB", "CHN", "imports", 2, period="2024", indicator="arms", unit="TIV"),
    ]
    found = vectors(material(deliveries), ["KAZ", "UZB"], domain="security")
    assert [(vector.state, vector.period) for vector in found.vectors] == [("KAZ", "2016/2024"), ("UZB", "2016/2024")]
    assert one(found).weights.share("RUS") == pytest.approx(0.75)


def test_states_by_group_organisation_and_any_case() -> None:
    trade = [each for state in ("KAZ", "UZB") for each in rows(state, "exports", {"CHN": 1, "RUS": 1})]
    found = vectors(material(trade), "central-asia")
    assert [vector.state for vector in found.vectors] == ["KAZ", "UZB"]
    assert sum("no statistics" in note for note in found.notes) == 3
    assert one(vectors(material(trade), "kaz")).state == "KAZ"
    assert one(vectors(material(trade), "IGO:EAEU")).state == "KAZ"


@pytest.mark.parametrize(
    ("states", "more", "told"),
    [
        ("XYZ", {}, "XYZ: not a state or group that is known"),
        ("TJK", {}, "TJK, trade: no statistics of goods in the store; add a file"),
        ("KAZ", {"since": "2030"}, "nothing in these years; there are 2020 to 2020"),
        ("KAZ", {"domain": "culture"}, "no statistics stand for this domain"),
        ("KAZ", {"kind": "butter"}, "not an indicator"),
        ("IGO:UNICEF", {}, "no members are known"),
    ],
)
def test_what_cannot_be_measured_says_why(states: str, more: dict[str, str], told: str) -> None:
    with pytest.raises(MeasureError, match=told):
        vectors(material(BASE), states, **more)  # type: ignore[arg-type]


def test_words_that_are_no_choice_are_refused() -> None:
    with pytest.raises(MeasureError, match="data 'theirs': no such choice; take one of own, mirror, both"):
        choices(data="theirs")
    with pytest.raises(MeasureError, match="take 1 or 2"):
        choices(order=3)


def test_an_answer_is_json_and_one_long_table() -> None:
    found = vectors(material(years(EU_TURNS_IT)), "KAZ")
    back = msgspec.json.decode(msgspec.json.encode(found))
    assert back["vectors"][0]["weights"]["partners"][0]["evidence"]
    assert back["version"] == found.version
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    writer.writerows(lines(found))
    table = list(csv.DictReader(io.StringIO(buffer.getvalue())))
    first = [line for line in table if line["period"] == "2018"]
    assert {line["row"] for line in first} >= {"measure", "partner", "choice", "coverage", "note"}
    assert {line["row"] for line in table} >= {"trend"}
    measured = {line["name"]: line for line in first if line["row"] == "measure"}
    assert float(measured["hill-2"]["value"]) == pytest.approx(1 / (3 * 0.25**2 + 0.23**2 + 0.02**2))
    assert measured["hill-2"]["formula"] == FORMULAS["hill-2"].text
    partners = [line for line in first if line["row"] == "partner"]
    assert sum(float(line["share"]) for line in partners) == pytest.approx(1)
    assert all("office.csv:" in line["evidence"] for line in partners)


def test_the_page_of_measures_names_every_measure_choice_and_indicator() -> None:
    page = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    words = [*FORMULAS, *Alike, *blocs_named(), *indicators(), *Data]
    words += [f"--{field.name}" for field in dataclasses.fields(Choices)]
    assert [word for word in words if word not in page] == []


def blocs_named() -> list[str]:
    return [code.removeprefix("IGO:").replace("-", " ") for code in blocs()]


def test_every_indicator_of_the_table_is_of_a_flow_and_a_domain() -> None:
    for code, each in indicators().items():
        assert each.code == code
        assert each.over in ("sum", "last")
        assert each.by in ("year", "whole")
    assert {each.domain.value for each in indicators().values()} >= {"trade", "security", "migration", "politics"}


def test_aggregates_that_report_are_no_partner() -> None:
    union = row("IGO:EU", "KAZ", "exports", 90, source="Comext")
    assert weights([*BASE, union], "KAZ", "2020").values == weights(BASE, "KAZ", "2020").values
    assert union.counterpart_kind is AreaKind.STATE
