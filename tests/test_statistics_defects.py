"""What is known to be wrong with data sets, and what shows that something may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from multivector.record import AreaKind, Flow, Observation, ObservationStatus, Valuation
from multivector.statistics import SUSPICIOUS_RATIO, corrected, defects, find_area, indicators, known_defects, mirrors


def row(reporting: str, counterpart: str | None, flow: str = "exports", value: float = 5.0, **more: str) -> Observation:
    base = Observation(
        reporting_area=reporting,
        counterpart_area=counterpart,
        counterpart_kind=AreaKind.STATE if counterpart else None,
        indicator="goods",
        flow=Flow(flow),
        period="2025",
        value=value,
        unit="USD",
        unit_multiplier=6,
        valuation=Valuation.UNKNOWN,
        status=ObservationStatus.NORMAL,
        source="IMF IMTS",
        vintage="2026-04-24",
        retrieved="2026-11-26",
        row="x.csv:2",
    )
    return replace(base, **more)


def ids(*rows: Observation) -> set[str]:
    return {defect.id for defect in defects(rows)}


def test_the_data_file_is_whole() -> None:
    found = known_defects()
    assert len({defect.id for defect in found}) == len(found) > 10
    for defect in found:
        assert defect.what
        assert defect.evidence
        assert len(defect.since) == 10
        assert (defect.kind == "overstated") == (defect.factor is not None), defect.id
        for code in (*defect.areas, *defect.counterparts):
            area = find_area(code)
            assert area is not None, (defect.id, code)
            assert area.code == code
        assert defect.indicator is None or defect.indicator in indicators()


def test_a_table_that_overstates_one_state_threefold() -> None:
    assert "imts-2025-uzbekistan-threefold" in ids(row("UZB", "CHN"))
    assert "imts-2025-russia-uzbekistan-threefold" in ids(row("RUS", "UZB"))
    # What others report of Uzbekistan is theirs, other years and sources are not known to be wrong.
    assert "imts-2025-uzbekistan-threefold" not in ids(row("CHN", "UZB"))
    assert "imts-2025-uzbekistan-threefold" not in ids(row("UZB", "CHN", period="2021"))
    assert "imts-2025-uzbekistan-threefold" not in ids(row("UZB", "CHN", source="stat.uz"))
    (threefold,) = (defect for defect in known_defects() if defect.id == "imts-2025-uzbekistan-threefold")
    assert corrected(row("UZB", "CHN", value=9.0), threefold).value == pytest.approx(3.0)
    assert corrected(row("CHN", "UZB", value=9.0), threefold).value == 9.0


def test_an_absent_dyad_is_missed_in_the_sums_of_its_areas() -> None:
    assert "imts-2025-kazakhstan-russia-absent" in ids(row("KAZ", "CHN"))
    assert "imts-2025-kazakhstan-russia-absent" in ids(row("RUS", "TJK"))
    assert "imts-2025-kazakhstan-russia-absent" not in ids(row("TJK", "RUS"))


def test_a_wrong_partner() -> None:
    wrong = row(
        "KAZ", "GMB", "imports", source="CIA World Factbook", indicator="goods-share", unit="percent", period="2023"
    )
    assert ids(wrong) == {"factbook-2023-kazakhstan-gambia"}
    assert ids(replace(wrong, counterpart_area="CHN")) == set()


def test_two_sides_that_agree_and_two_that_do_not() -> None:
    rows = [
        row("KAZ", "CHN", value=100.0),
        row("CHN", "KAZ", "imports", value=106.0),
        row("UZB", "CHN", value=300.0),
        row("CHN", "UZB", "imports", value=100.0),
        row("KAZ", "TUR", value=0.0),
        row("TUR", "KAZ", "imports", value=4.0),
        row("KAZ", "RUS", value=5.0),  # nobody reports the other side
        replace(row("WLD", "KAZ", "imports", value=5.0), counterpart_kind=AreaKind.STATE),
        replace(row("KAZ", "WLD", value=50.0), counterpart_kind=AreaKind.WORLD),
    ]
    found = mirrors(rows)
    assert [(m.exports.reporting_area, m.imports.reporting_area, round(m.ratio, 2), m.suspicious) for m in found] == [
        ("KAZ", "TUR", float("inf"), True),
        ("UZB", "CHN", 3.0, True),
        ("KAZ", "CHN", 1.06, False),
    ]
    assert SUSPICIOUS_RATIO == 1.5


def test_mirrors_respect_units_and_periods() -> None:
    other = row("CHN", "KAZ", "imports", value=100.0)
    assert mirrors([row("KAZ", "CHN"), replace(other, unit="EUR")]) == ()
    assert mirrors([row("KAZ", "CHN"), replace(other, period="2024")]) == ()
    # Multipliers differ, quantities do not.
    assert mirrors([row("KAZ", "CHN", value=5.0), replace(other, value=5e6, unit_multiplier=0)])[0].ratio == 1.0
