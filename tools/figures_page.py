"""Write docs/figures.md from the table of figure expressions; with --check, only say whether it is up to date.

python tools/figures_page.py [--check]

The reader's column follows the table's own `xfail` marks: the tests hold that a row without one is read wholly, and one
with it is not. The peer's column is what benchmarks/figures_peer.py measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tools")]

import figure_table  # noqa: E402  a script beside the package, not in it
from generated import write_or_check  # noqa: E402

PAGE = ROOT / "docs" / "figures.md"
_HEAD = """\
# Figures

How people write figures, and what the reader makes of them. Made by `tools/figures_page.py` from
`tests/data/figure_expressions.toml`; a test runs every row through the reader. All sentences are invented. The table
was written before the reader was tried on it (it then read 168 rows of 238 wholly; one unit, of joint ventures, was
changed in the table since), and rules were added after, so that the reader's column is no forecast for other texts:
[quality.md](quality.md) has that.

A row is right when its figures are found and no others, each with value, unit, approximation, and measure, parties and
period where the table gives them. {tool} looks for numbers with units alone; only these are compared, and in its
favour: `benchmarks/figures_peer.py` says how.

| | rows with figures | rows without a figure |
| --- | --- | --- |
| multivector, all fields | {reader} | {reader_none} |
| {tool}, values and units | {peer} | {peer_none} |
"""


def load_peer() -> dict[str, Any]:
    """The peer's answers by the text of the row, and its name and version."""
    return json.loads(figure_table.TABLE.with_name("figure_peer.json").read_text(encoding="utf-8"))


def page() -> str:
    """The whole page."""
    rows, peer = figure_table.load()[1], load_peer()
    answers: dict[str, dict[str, Any]] = peer["answers"]

    def right(chosen: list[figure_table.Row]) -> tuple[str, str]:
        own = sum(not row.xfail for row in chosen)
        other = sum(answers.get(row.text, {}).get("right", False) for row in chosen)
        return f"{own} of {len(chosen)}", f"{other} of {len(chosen)}"

    reader, other = right([row for row in rows if row.figures])
    reader_none, other_none = right([row for row in rows if not row.figures])
    head = _HEAD.format(tool=peer["tool"], reader=reader, reader_none=reader_none, peer=other, peer_none=other_none)
    return "\n".join([head, *(line for name, group in groupby(rows, key=lambda row: row.group)
                              for line in _section(name, list(group), answers))])  # fmt: skip


def _section(name: str, rows: list[figure_table.Row], answers: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield f"## {name}\n"
    yield "| text | figures | multivector | quantulum3 |\n| --- | --- | --- | --- |"
    for row in rows:
        title = f"*{row.title}.* " if row.title else ""
        own = f"no: {row.xfail}" if row.xfail else "yes"
        figures = "<br>".join(_figure(figure) for figure in row.figures) or "none"
        yield f"| {_cell(title + row.text)} | {_cell(figures)} | {_cell(own)} | {_cell(_peer(answers.get(row.text)))} |"
    yield ""


def _figure(figure: figure_table.Expected) -> str:
    about = "about " if figure.approximate else ""
    fields = [f"{about}{figure.value:,.15g} {figure.unit}"]
    fields += [figure.measure] if figure.measure else []
    fields += [" ".join(figure.parties)] if figure.parties else []
    fields += [figure.period] if figure.period else []
    return ", ".join(fields)


def _peer(answer: dict[str, Any] | None) -> str:
    if answer is None:
        return "not asked"
    if answer["right"]:
        return "yes"
    found = "; ".join(f"{value:,.15g} {unit}" for value, unit in answer["found"])
    return f"no: {answer.get('error') or found or 'nothing'}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(write_or_check(PAGE, page(), "Write docs/figures.md.", "tools/figures_page.py makes"))
