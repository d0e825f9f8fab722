"""The table of figure expressions: every row through the reader, and the page made from it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from multivector.record import Document, document_id
from reading_helpers import reader

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tools")]

import figure_table  # noqa: E402  scripts beside the package, not in it
import figures_page  # noqa: E402

PUBLISHED, ROWS = figure_table.load()
PARAMETERS = [
    pytest.param(row, id=row.name, marks=[pytest.mark.xfail(strict=True, reason=row.xfail)] if row.xfail else [])
    for row in ROWS
]


@pytest.mark.parametrize("row", PARAMETERS)
def test_a_row_gives_its_figures_and_no_others(row: figure_table.Row) -> None:
    document = Document(document_id(row.text), None, None, row.title, PUBLISHED, "en", row.text)
    found = reader().read(document).figures
    assert not figure_table.faults(row, found), [(figure.value, figure.unit, figure.measure) for figure in found]


def test_the_table_is_what_it_says() -> None:
    figures = [figure for row in ROWS for figure in row.figures]
    assert len(figures) >= 200
    assert sum(not row.figures for row in ROWS) >= 25
    assert sum(row.xfail != "" for row in ROWS) < len(ROWS) / 20
    full = [f for f in figures if None not in (f.measure, f.parties, f.period)]
    assert len(full) * 2 >= len(figures)
    assert len({row.text for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("found", "faults"),
    [
        ([], ["not found: 5 USD"]),
        ([(5.0, "USD", True, "loans", ("NPL",), None)], []),
        ([(5.01, "USD", True, "loan", ("NPL",), None)], []),
        ([(5.0, "EUR", True, "loan", ("NPL",), None)], ["not found: 5 USD", "too many: 5 EUR"]),
        ([(5.0, "USD", False, "loan", ("NPL",), None)], ["approximate: False"]),
        ([(5.0, "USD", True, "trade", (), "2025")], ["measure", "parties", "period"]),
    ],
)
def test_every_fault_is_told(found: list[tuple[object, ...]], faults: list[str]) -> None:
    row = figure_table.Row("x-01", "X", None, "", (figure_table.Expected(5.0, "USD", True, "loan", ("NPL",), ""),), "")
    told = figure_table.faults(row, [figure_table.Found(*fields) for fields in found])  # type: ignore[arg-type]
    assert len(told) == len(faults)
    assert all(line.startswith(start) for line, start in zip(told, faults, strict=True))


def test_the_page_of_figures_is_up_to_date() -> None:
    command = [sys.executable, "tools/figures_page.py", "--check"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_the_peer_was_asked_about_every_row() -> None:
    assert set(figures_page.load_peer()["answers"]) == {row.text for row in ROWS}
