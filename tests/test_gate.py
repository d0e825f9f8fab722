"""The quality gate: scores on the gold set do not fall below their floors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT / "benchmarks"))

import gate  # noqa: E402  a script beside the package, not in it


@pytest.mark.skipif(not (SHARED / "score_record.py").is_file(), reason="no gold set beside the checkout (../shared)")
def test_scores_on_the_gold_set_hold_their_floors() -> None:
    command = [sys.executable, "benchmarks/gate.py", str(SHARED / "gold" / "dev"), str(SHARED / "score_record.py")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_a_fallen_score_is_named_with_its_floor() -> None:
    floors = {"en": {"figures": 0.8, "ties": 0.5}}
    assert gate.below({"en": {"figures": 0.795, "ties": 0.5}}, floors) == []
    assert gate.below({"en": {"figures": 0.78, "ties": 0.6}}, floors) == ["en: figures: 0.78, floor 0.8"]
    assert gate.below({"en": {"figures": 0.9}}, floors) == ["en: ties: not measured, floor 0.5"]


def test_a_risen_calibration_error_is_named_with_its_ceiling() -> None:
    ceilings = {"event": 0.1, "tie": 0.05}
    assert gate.above({"event": 0.115, "tie": 0.0}, ceilings) == []
    assert gate.above({"event": 0.2, "tie": 0.0}, ceilings) == ["calibration error of events: 0.2, ceiling 0.1"]
    assert gate.above({"event": 0.1}, ceilings) == ["calibration error of ties: not measured, ceiling 0.05"]


def test_the_floors_hold_scores_and_a_digest_and_no_text() -> None:
    kept = json.loads(gate.FLOORS.read_text())
    assert set(kept) == {"gold", "floors", "calibration"}
    assert len(kept["gold"]) == 64
    for rows in (*kept["floors"].values(), kept["calibration"]):
        assert rows
        assert all(isinstance(value, float | int) and 0 <= value <= 1 for value in rows.values())
