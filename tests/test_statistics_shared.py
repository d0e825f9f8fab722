"""The development files beside the checkout: every one is read, and known sums come out."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from multivector.record import AreaKind, Choice, Flow, Observation
from multivector.statistics import Reading, defects, find_area, mirrors, read
from program import ROOT

SHARED = ROOT.parent / "shared" / "data" / "statistics"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="no files of statistics beside the checkout (../shared)")

# File: rows, votes, rows left out (an actor whose name does not tell its state, beside itself).
EXPECTED = {
    "arms_sipri_register.csv": (280, 0, 0),
    "arms_sipri_tiv_dyads_1992_2021.csv": (245, 0, 0),
    "diplomacy_china_leader_engagements_2003_2018.csv": (81, 0, 0),
    "events_icews18_ca.csv": (272, 0, 222),
    "factbook_ca.json": (80, 0, 0),
    "investment_china_aei_2005_2018.csv": (42, 0, 0),
    "remittances_knomad_2021.csv": (459, 0, 0),
    "trade_eu27_exports_annual.csv": (107, 0, 0),
    "trade_eurostat_monthly.csv": (8555, 0, 0),
    "trade_imts_2025.csv": (1160, 0, 0),
    "trade_imts_avg2023_24_blocks.csv": (145, 0, 0),
    "trade_itpde_2000_2016.parquet": (43732, 0, 0),
    "trade_national.csv": (12372, 0, 0),
    "trade_russia_fcs_monthly.csv": (4020, 0, 0),
    "treaties_atop_dyads.csv": (46515, 0, 0),
    "treaties_desta_dyads.csv": (262, 0, 0),
    "unga_ideal_points.csv": (12514, 0, 0),
    "unga_votes_1991_2019.csv.gz": (0, 56328, 0),
    "api_fixtures/comtrade_get_C_A_HS.json": (4, 0, 0),
    "api_fixtures/comtrade_bulk_empty.json": (0, 0, 1),
    "api_fixtures/eurostat_jsonstat.json": (0, 0, 1),
    "api_fixtures/imf_imts_sdmx21_excerpt.xml": (5, 0, 0),
    "api_fixtures/worldbank_v2_indicator.json": (5, 0, 0),
}
NOT_STATISTICS = {"gazetteer_countries.csv", "gazetteer_petrarch_actors.csv", "worldbank_v2_error.json", "SOURCES.md"}


@cache
def reading(name: str) -> Reading:
    return read(SHARED / name)


def sums(name: str, area: str, period: str) -> dict[Flow, float]:
    rows = [o for o in reading(name).observations if o.reporting_area == area and o.period == period]
    found = dict.fromkeys((Flow.EXPORTS, Flow.IMPORTS), 0.0)
    for o in rows:
        if o.counterpart_kind in (AreaKind.STATE, AreaKind.UNALLOCATED):
            found[o.flow] += o.quantity
    return found


def of(rows: list[Observation], area: str, partner: str, period: str, flow: Flow) -> float:
    (row,) = (
        o for o in rows if (o.reporting_area, o.counterpart_area, o.period, o.flow) == (area, partner, period, flow)
    )
    return row.quantity


@pytest.mark.parametrize("name", EXPECTED)
def test_every_file_is_read(name: str) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    found = reading(name)
    assert (len(found.observations), len(found.votes), len(found.problems)) == EXPECTED[name]


def test_no_file_is_forgotten() -> None:
    there = {str(path.relative_to(SHARED)) for path in SHARED.rglob("*") if path.is_file()}
    assert {name for name in there - EXPECTED.keys() if Path(name).name not in NOT_STATISTICS} == set()


def test_recorded_answers() -> None:
    imts = reading("api_fixtures/imf_imts_sdmx21_excerpt.xml").observations
    china = of(imts, "LAO", "CHN", "2019", Flow.EXPORTS)
    assert china == 1_672_284_904  # plain dollars, although SCALE says millions
    assert [o.counterpart_area for o in imts if o.counterpart_kind is not AreaKind.STATE] == ["WLD", "GRP:IMF-G163"]
    assert not any(o.counterpart_area == "ABW" for o in imts)  # a series without values is an absent dyad, no zero
    (first, *_) = reading("api_fixtures/comtrade_get_C_A_HS.json").observations
    assert (first.reporting_area, first.counterpart_area, first.quantity) == ("CHN", "ARG", 6_804_128_143)


def test_sums_of_partners_are_the_totals_that_were_published() -> None:
    kaz, uzb = (sums("trade_national.csv", area, "2023") for area in ("KAZ", "UZB"))
    assert sum(kaz.values()) / 1e9 == pytest.approx(139.6, abs=0.05)
    assert sum(uzb.values()) / 1e9 == pytest.approx(63.5, abs=0.05)
    assert sum(sums("trade_national.csv", "KAZ", "2018").values()) / 1e9 == pytest.approx(94.8, abs=0.05)


def test_arms_of_ten_years() -> None:
    shares: dict[str, float] = {}
    for area in ("KAZ", "TJK", "KGZ", "UZB", "TKM"):
        by: Counter[str] = Counter()
        for o in reading("arms_sipri_register.csv").observations:
            if o.reporting_area == area and "2015" <= o.period <= "2024":
                by[o.counterpart_area or ""] += o.quantity  # pyright: ignore[reportArgumentType]
        shares[area] = 100 * by["RUS"] / by.total()
    assert {area: round(share) for area, share in shares.items()} == {
        "KAZ": 90,
        "TJK": 88,
        "KGZ": 50,
        "UZB": 32,
        "TKM": 8,
    }


def test_agreement_in_votes() -> None:
    votes: dict[str, dict[str, Choice]] = {}
    for vote in reading("unga_votes_1991_2019.csv.gz").votes:
        if "2010" <= vote.date[:4] <= "2019":
            votes.setdefault(vote.resolution, {})[vote.area] = vote.choice
    both = [(v["KAZ"], v["CHN"]) for v in votes.values() if {"KAZ", "CHN"} <= v.keys()]
    agreement = 100 * sum(a is b for a, b in both) / len(both)
    assert 80 < agreement < 87


def test_known_defects_are_seen_in_the_data() -> None:
    imts = reading("trade_imts_2025.csv").observations
    found = {defect.id for defect in defects(imts)}
    assert {
        "imts-2025-uzbekistan-threefold",
        "imts-2025-kazakhstan-russia-absent",
        "imts-turkmenistan-russia-absent",
    } <= found
    dyads = {(o.reporting_area, o.counterpart_area) for o in imts}
    assert not {("KAZ", "RUS"), ("RUS", "KAZ"), ("TKM", "RUS"), ("RUS", "TKM")} & dyads
    factbook = reading("factbook_ca.json").observations
    assert {defect.id for defect in defects(factbook)} == {"factbook-2023-kazakhstan-gambia"}
    assert of(factbook, "KAZ", "GMB", "2023", Flow.IMPORTS) == 4.0


def test_two_sides_of_one_border() -> None:
    found = mirrors(reading("trade_national.csv").observations)
    assert len(found) == 52
    assert sum(mirror.suspicious for mirror in found) == 17


def test_partners_are_the_areas_that_the_compilers_found() -> None:
    """Names in Russian and English of the national tables lead to the codes that stand beside them."""
    import csv

    with (SHARED / "trade_national.csv").open(encoding="utf-8") as file:
        pairs = {(row["partner"], row["iso3"]) for row in csv.DictReader(file)}
    known = {(name, code, area.code) for name, code in pairs if (area := find_area(name)) is not None}
    assert len(known) > 0.9 * len(pairs)
    # Plain `Конго` may be either; nothing else is taken for another state.
    assert {name for name, code, ours in known if ours != code} <= {"Конго"}
