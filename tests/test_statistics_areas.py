"""Areas: names and codes of every provider, and what is no state."""

from __future__ import annotations

import pytest

from multivector.record import AreaKind
from multivector.statistics import find_area, states, write_area


@pytest.mark.parametrize(
    ("text", "scheme", "code"),
    [
        ("Kazakhstan", "auto", "KAZ"),
        ("КАЗАХСТАН", "auto", "KAZ"),
        ("Киргизия", "name", "KGZ"),
        ("Kyrgyz Republic", "name", "KGZ"),
        ("Russian Federation (Russia)", "name", "RUS"),
        ("Korea, Dem. Rep.", "name", "PRK"),
        ("Congo, Dem. Rep.", "name", "COD"),
        ("Congo", "name", "COG"),
        ("Gambia, The", "name", "GMB"),
        ("Guinea", "name", "GIN"),
        ("Guinea-Bissau", "name", "GNB"),
        ("St. Lucia", "name", "LCA"),
        ("Germany (incl. German Democratic Republic 'DD' from 1991)", "name", "DEU"),
        ("UK", "auto", "GBR"),
        ("kz", "auto", "KAZ"),
        ("NA", "iso2", "NAM"),
        ("EL", "eurostat", "GRC"),
        ("398", "m49", "KAZ"),
        ("4", "m49", "AFG"),
        ("004", "m49", "AFG"),
        ("842", "comtrade", "USA"),
        ("490", "comtrade", "TWN"),
        ("KSV", "worldbank", "XKX"),
        ("KOS", "imf", "XKX"),
        ("365", "cow", "RUS"),
        ("255", "cow", "DEU"),
        ("260", "gw", "DEU"),
        ("679", "cow", "YEM"),
        ("678", "gw", "YEM"),
        ("816", "cow", "VNM"),
        ("USSR", "name", "SUN"),
    ],
)
def test_a_state_in_any_writing(text: str, scheme: str, code: str) -> None:
    found = find_area(text, scheme)
    assert found is not None
    assert (found.code, found.kind) == (code, AreaKind.STATE)
    assert code in states()


@pytest.mark.parametrize(
    ("text", "scheme", "code", "kind"),
    [
        ("World", "auto", "WLD", "world"),
        ("0", "comtrade", "WLD", "world"),
        ("G001", "imf", "WLD", "world"),
        ("1W", "worldbank", "WLD", "world"),
        ("Всего", "name", "WLD", "world"),
        ("899", "comtrade", "OTH", "unallocated"),
        ("837", "comtrade", "OTH:BUNKERS", "unallocated"),
        ("unknown supplier(s)", "name", "OTH", "unallocated"),
        ("QP", "eurostat", "OTH:QP", "unallocated"),
        ("EUU", "worldbank", "IGO:EU", "aggregate"),
        ("EU27_2020", "eurostat", "IGO:EU", "aggregate"),
        ("EA20", "eurostat", "GRP:ESTAT-EA20", "aggregate"),
        ("G163", "imf", "GRP:IMF-G163", "aggregate"),
        ("EAS", "worldbank", "GRP:WB-EAS", "aggregate"),
        ("Central Asia", "name", "GRP:CENTRAL-ASIA", "aggregate"),
    ],
)
def test_what_is_no_state_is_marked(text: str, scheme: str, code: str, kind: str) -> None:
    found = find_area(text, scheme)
    assert found is not None
    assert (found.code, found.kind.value) == (code, kind)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("Ruritania", "auto"),
        ("", "auto"),
        ("398", "auto"),
        ("999", "m49"),
        ("ZZ", "iso2"),
        ("Kazakh", "name"),
        ("Gazprom", "name"),
    ],
)
def test_what_is_not_known_is_not_guessed(text: str, scheme: str) -> None:
    assert find_area(text, scheme) is None


def test_a_number_stands_for_different_states_in_different_years() -> None:
    found = [find_area("345", "cow", year) for year in (1990, 2004, 2015)]
    assert [area.code for area in found if area] == ["YUG", "SCG", "SRB"]


@pytest.mark.parametrize("scheme", ["iso2", "iso3", "m49", "comtrade", "worldbank", "imf", "eurostat"])
def test_what_is_written_for_a_provider_is_read_back(scheme: str) -> None:
    for code in ("KAZ", "KGZ", "TJK", "TKM", "UZB", "RUS", "CHN", "USA", "FRA", "CHE", "IND", "NOR", "GRC", "GBR"):
        written = write_area(code, scheme)
        assert written is not None, (code, scheme)
        found = find_area(written, scheme)
        assert found is not None
        assert found.code == code
