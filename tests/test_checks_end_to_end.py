"""A press-conference report beside the statistics of `../shared`: read, kept, and checked from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import multivector
from multivector.check import Check, ClaimKind, Part, Verdict
from multivector.store import Sighting, open_store

SHARED = Path(__file__).parents[2] / "shared"
REPORT = SHARED / "gold" / "dev" / "en-00.json"
STATISTICS = SHARED / "data" / "statistics"

pytestmark = pytest.mark.skipif(
    not (REPORT.is_file() and STATISTICS.is_dir()), reason="no report and statistics beside the checkout (../shared)"
)


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> dict[ClaimKind, Check]:
    document = json.loads(REPORT.read_text(encoding="utf-8"))["document"]
    path = tmp_path_factory.mktemp("store") / "report.db"
    with open_store(path) as store:
        record = multivector.read(document["text"], published=document["published"], language=document["language"])
        store.add(record, Sighting.of(record.document, REPORT.name))
        for pattern in ("trade_national*", "trade_imts*", "trade_russia*", "arms_*", "treaties_atop*"):
            list(multivector.add_statistics(store, *sorted(STATISTICS.glob(pattern))))
        found = list(multivector.checks(store))
    assert len(found) == len({check.claim.kind for check in found})
    return {check.claim.kind: check for check in found}


def parts(check: Check) -> dict[str, Part]:
    return {part.state: part for part in check.parts}


def test_the_turnover_of_nine_months_is_consistent_at_most(checks: dict[ClaimKind, Check]) -> None:
    check = checks[ClaimKind.AMOUNT]
    assert (check.claim.value, check.claim.unit, check.claim.period) == (35e9, "USD", "2025-01-01/2025-09-30")
    assert check.claim.sides == (("RUS",), ("KAZ", "KGZ", "TJK", "TKM", "UZB"))
    assert check.verdict is Verdict.CONSISTENT
    assert check.claim.speaker is not None
    assert check.claim.speaker.state == "RUS"


def test_what_is_missing_and_in_doubt_is_named(checks: dict[ClaimKind, Check]) -> None:
    check = checks[ClaimKind.AMOUNT]
    missing = " ".join(check.missing)
    assert "Russia–Kazakhstan, January to September 2025: no row" in missing
    assert "Russia–Turkmenistan, January to September 2025: no row" in missing
    assert "Russia–Kyrgyzstan: rows by month" in missing
    told = " ".join(check.reasons)
    assert "about three times too large" in told
    assert "gives 35.6 billion USD, which would meet the claim and proves nothing" in told


def test_one_of_the_top_trading_partners(checks: dict[ClaimKind, Check]) -> None:
    check = checks[ClaimKind.RANK]
    verdicts = {state: part.verdict for state, part in parts(check).items()}
    assert verdicts == {
        "KAZ": Verdict.SUPPORTED,
        "KGZ": Verdict.SUPPORTED,
        "TJK": Verdict.SUPPORTED,
        "TKM": Verdict.NOT_CHECKABLE,
        "UZB": Verdict.SUPPORTED,
    }
    tables = {state: dict(part.table) for state, part in parts(check).items()}
    assert tables["KAZ"]["2023"].startswith("second of")
    assert tables["KGZ"]["2023"].startswith("second of")
    assert tables["UZB"]["2023"].startswith("second of")
    assert tables["TJK"]["2025"].startswith("second of")
    assert any(each.startswith("Turkmenistan, 2025") for each in check.missing)


def test_no_visible_alternative_by_state(checks: dict[ClaimKind, Check]) -> None:
    found = parts(checks[ClaimKind.NO_ALTERNATIVE])
    arms = {state: dict(part.table)["arms"] for state, part in found.items()}
    for state, share in {"KAZ": 90, "TJK": 88, "KGZ": 50, "UZB": 32, "TKM": 8}.items():
        assert arms[state].startswith(f"Russia {share} percent")
    assert {state: part.verdict for state, part in found.items()} == {
        "KAZ": Verdict.SUPPORTED,
        "KGZ": Verdict.CONSISTENT,
        "TJK": Verdict.SUPPORTED,
        "TKM": Verdict.CONTRADICTED,
        "UZB": Verdict.CONTRADICTED,
    }
    assert dict(found["UZB"].table)["organisations of defence"].startswith("in none; Russia is in")
    assert dict(found["KGZ"].table)["forces in the state, by the record"] == "Russia"
