"""Keep scores from falling: score the reader on a gold set and compare with the floors kept in the repository.

    python benchmarks/gate.py GOLD_DIR SCORER.py [--update [--allow-regression]]

GOLD_DIR holds gold records, SCORER.py is the program that scores JSON Lines against them (`--json`). The floors
are in `benchmarks/floors.json`: the F1 or accuracy of every row, per language, with a digest of the gold set that
they were measured on. A score below its floor by more than .01 fails; another gold set than the pinned one fails
too, since its scores do not compare. `calibration` in the same file holds ceilings: the expected calibration error of
the confidence of each kind (see `calibration.py`), which fails when it rises by more than .02. `--update` raises floors
and lowers ceilings to what is measured now and refuses the other way unless `--allow-regression` is given. No text of
the gold set is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import calibration
import labels
import record
import scorers
from multivector import Reader

FLOORS = Path(__file__).with_name("floors.json")
EPSILON = 0.01
"""Sums of int8 weights differ a little between processors, which can turn a statement or two of the gold set."""

LOOSE = 0.02
"""The same for calibration errors: an item that turns moves its bin too."""


def digest(folder: Path) -> str:
    """A digest of the names and contents of the gold files."""
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*.json")):
        state.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return state.hexdigest()


def measure(folder: Path, scorer: Path) -> dict[str, dict[str, float]]:
    """The scores by language and row: F1, or accuracy where a row has no F1; rows without gold are left out."""
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "predictions.jsonl"
        out.write_bytes(b"".join(line + b"\n" for line in record.predictions(folder, Reader())))
        command = [sys.executable, str(scorer), str(folder), str(out), "--json"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    report: dict[str, Any] = json.loads(printed)
    scores: dict[str, dict[str, float]] = {}
    for scope, rows in report["scopes"].items():
        values = {name: row["f1"] if "f1" in row else row["accuracy"] for name, row in rows.items()}
        values["headline"] = report["headline"][scope]
        scores[scope] = {name: round(value, 4) for name, value in values.items() if value is not None}
    return scores


def errors(folder: Path, scorer: Path) -> dict[str, float]:
    """The expected calibration error of each kind of the gold set, on right items as `labels.py` tells them."""
    measured = calibration.shipped_on(labels.from_gold(folder, scorers.module(scorer), labels.Items()))
    return {kind: row["ece"] for kind, row in sorted(measured.items())}


def above(found: dict[str, float], ceilings: dict[str, float]) -> list[str]:
    """A line for each calibration error that is above its ceiling, or that is no longer measured."""
    lines: list[str] = []
    for kind, ceiling in ceilings.items():
        error = found.get(kind)
        if error is None or error > ceiling + LOOSE:
            shown = "not measured" if error is None else error
            lines.append(f"calibration error of {kind}s: {shown}, ceiling {ceiling}")
    return lines


def below(scores: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """A line for each score that is below its floor, or that is no longer measured."""
    lines: list[str] = []
    for scope, rows in floors.items():
        for name, floor in rows.items():
            score = scores.get(scope, {}).get(name)
            if score is None or score < floor - EPSILON:
                lines.append(f"{scope}: {name}: {score if score is not None else 'not measured'}, floor {floor}")
    return lines


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("gold_dir", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    arguments = parser.parse_args()
    scores, pinned = measure(arguments.gold_dir, arguments.scorer), digest(arguments.gold_dir)
    calibrated = errors(arguments.gold_dir, arguments.scorer)
    kept = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"gold": pinned, "floors": {}}
    fallen = below(scores, kept["floors"]) + above(calibrated, kept.get("calibration", {}))
    if arguments.update:
        if fallen and not arguments.allow_regression:
            sys.exit("not updated, these would get worse (--allow-regression does it):\n" + "\n".join(fallen))
        kept = {"gold": pinned, "floors": scores, "calibration": calibrated}
        FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        print(f"floors raised to what is measured: {FLOORS.name}")
        return
    if kept["gold"] != pinned:
        sys.exit("this is not the gold set that the floors were measured on; measure it with --update")
    if fallen:
        sys.exit("below the floor, or above the ceiling:\n" + "\n".join(fallen))
    print("; ".join(f"{scope} {rows['headline']:.3f}" for scope, rows in scores.items()))


if __name__ == "__main__":
    main()
