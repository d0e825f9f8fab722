"""The table of date expressions: each row through the reader's step, and the page that shows it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import Any

import pytest

from multivector.record import is_date
from program import ROOT
from reading_helpers import read

TABLE: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (ROOT / "tests" / "data" / "date_expressions.toml").read_text(encoding="utf-8")
)
ROWS = [(group, row) for group, rows in TABLE.items() for row in rows]


def rows() -> list[Any]:
    return [
        pytest.param(
            row["text"],
            row["on"],
            row["is"],
            id=f"{group}-{row['says']}-{row['on']}",
            marks=[pytest.mark.xfail(strict=True, reason=row["fails"])] if "fails" in row else [],
        )
        for group, row in ROWS
    ]


@pytest.mark.parametrize(("text", "published", "expected"), rows())
def test_the_reader_finds_what_is_meant(text: str, published: str, expected: list[str]) -> None:
    assert [date.value for date in read(text, published).dates] == expected


def test_the_table_is_sound() -> None:
    assert len(ROWS) > 250
    assert sum(row["is"] == [] for _, row in ROWS) >= 20
    for group, row in ROWS:
        assert row["says"].lower() in row["text"].lower(), row
        assert is_date(row["on"]), row
        assert all(map(is_date, row["is"])), row
        assert (group in ("nothing", "second_nothing")) == (row["is"] == []), row
    texts = [row["text"] for _, row in ROWS]
    assert len(set(texts)) == len(texts)
    failing = [row for _, row in ROWS if "fails" in row]
    assert len(failing) < len(ROWS) / 20, "a row that fails is an exception"


def test_the_page_of_dates_is_up_to_date() -> None:
    command = [sys.executable, "tools/dates_page.py", "--check"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
