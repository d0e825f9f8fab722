"""`multivector statistics` as a user types it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import multivector
import statistics_files as files
from gather_tools import reply, served
from multivector.statistics import requests, template
from multivector.store import open_store
from program import run

HEAD = template().strip()
ROWS = f"""{HEAD}
KAZ,CHN,goods,exports,2023,1.5,USD,9,FOB,,Example Office
KAZ,RUS,goods,exports,2023,2.5,USD,9,FOB,,Example Office
KAZ,WLD,goods,exports,2023,9,USD,9,FOB,,Example Office
"""
ODD = ROWS + "KAZ,Ruritania,goods,exports,2023,1,USD,9,FOB,,Example Office\n"


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "s.db"
    table = tmp_path / "rows.csv"
    table.write_text(ROWS)
    assert run("statistics", "add", str(table), "--vintage", "2026-01-31", "--store", str(path)).returncode == 0
    return str(path)


def test_add_tells_what_became_of_each_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text(ODD)
    (tmp_path / "data" / "b.csv").write_text("name,age\nAnna,5\n")
    (tmp_path / "data" / "README.md").write_text("notes")
    words = ["statistics", "add", str(tmp_path / "data"), "--store", str(tmp_path / "s.db")]
    result = run(*words, "--problems", str(tmp_path / "left-out.csv"))
    assert result.returncode == 1
    one, other = map(json.loads, result.stdout.splitlines())
    assert (one["reader"], one["observations"]["added"]) == ("template", 3)
    assert other["reader"] is None
    assert "a.csv, line 5: unknown area 'Ruritania'" in result.stderr
    assert "b.csv: a table of a form that we do not know" in result.stderr
    with (tmp_path / "left-out.csv").open(newline="") as file:
        assert [row["line"] for row in csv.DictReader(file)] == ["5", ""]
    again = run(*words)
    assert json.loads(again.stdout.splitlines()[0])["observations"] == {"added": 0, "replaced": 0, "unchanged": 3}


def test_many_problems_are_cut_at_the_terminal(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(ROWS + "".join(f"KAZ,X{n},goods,exports,2023,1,USD,9,FOB,,S\n" for n in range(50)))
    result = run("statistics", "add", str(table), "--store", str(tmp_path / "s.db"), "--table")
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 21
    assert "and 30 more" in result.stderr


def test_a_wrong_mapping_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ROWS)
    (tmp_path / "m.toml").write_text("name = 1")
    result = run(
        "statistics",
        "add",
        str(tmp_path / "a.csv"),
        "--mapping",
        str(tmp_path / "m.toml"),
        "--store",
        str(tmp_path / "s.db"),
    )
    assert result.returncode == 2
    assert "m.toml" in result.stderr


def test_list_in_all_forms(store: str) -> None:
    words = ["statistics", "list", "--area", "kaz", "--partner", "RUS", "--store", store]
    (row,) = map(json.loads, run(*words).stdout.splitlines())
    assert (row["quantity"], row["vintage"], row["row"]) == (2.5e9, "2026-01-31", "rows.csv:3")
    (row,) = csv.DictReader(io.StringIO(run(*words, "--csv").stdout))
    assert (row["counterpart_area"], row["quantity"]) == ("RUS", "2500000000.0")
    table = run(*words, "--table").stdout
    assert "2,500,000,000" in table
    assert "1 row" in table
    assert len(run("statistics", "list", "--store", store, "--limit", "2").stdout.splitlines()) == 2
    more = run("statistics", "list", "--store", store, "--limit", "2", "--table").stdout
    assert "there are more" in more


def test_sources_readers_and_defects(store: str) -> None:
    (source,) = map(json.loads, run("statistics", "sources", "--store", store).stdout.splitlines())
    assert (source["source"], source["observations"], source["indicators"]) == ("Example Office", 3, ["goods"])
    assert any(json.loads(line)["name"] == "comtrade-csv" for line in run("statistics", "readers").stdout.splitlines())
    assert any(json.loads(line)["kind"] == "overstated" for line in run("statistics", "defects").stdout.splitlines())
    for command in ("readers", "defects"):
        assert max(map(len, run("statistics", command, "--table").stdout.splitlines())) <= 200


def test_votes(tmp_path: Path) -> None:
    (tmp_path / "un_roll_calls.csv").write_text(files.UN_ROLL_CALLS)
    (tmp_path / "un_votes.csv").write_text(files.UN_VOTES)
    path = str(tmp_path / "s.db")
    assert run("statistics", "add", str(tmp_path / "un_votes.csv"), "--store", path).returncode == 1
    (vote,) = map(
        json.loads,
        run("statistics", "votes", "--area", "RUS", "--resolution", "R/74/7", "--store", path).stdout.splitlines(),
    )
    assert (vote["choice"], vote["session"]) == ("no", 74)
    assert "R/74/7" in run("statistics", "votes", "--table", "--store", path).stdout


def test_a_known_defect_is_told_when_its_data_come_in(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(f"{HEAD}\nUZB,CHN,goods,exports,2025,5,USD,9,FOB,,IMF IMTS\n")
    result = run("statistics", "add", str(table), "--store", str(tmp_path / "s.db"), "--table")
    assert "known defect (IMF IMTS): What Uzbekistan reports is about three times too large." in " ".join(
        result.stdout.split()
    )


def test_template_and_mapping() -> None:
    assert run("statistics", "template").stdout.startswith("reporting_area,counterpart_area,indicator")
    assert "[[value]]" in run("statistics", "template", "--mapping").stdout


def test_fetch_from_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    areas = ("KAZ", "UZB")
    form = requests("worldbank", areas, first="2022", last="2023", indicator="NY.GDP.MKTP.CD", base="")
    answers = {
        form[0].address: reply(files.world_bank(("KAZ", "2023", 2.5e11)).encode()),
        form[1].address: reply(b"", 404),
    }
    words = ["statistics", "fetch", "worldbank", "-a", "KAZ", "-a", "UZB", "-i", "NY.GDP.MKTP.CD"]
    words += ["--since", "2022", "--until", "2023", "--store", "s.db"]
    with served(answers) as base:
        result = run(*words, "--base", base)
    assert result.returncode == 1
    assert "HTTP 404" in result.stderr
    assert json.loads(result.stdout)["observations"]["added"] == 1
    with open_store("s.db", readonly=True) as kept:
        (row,) = kept.observations()
    assert (row.indicator, row.quantity, row.vintage) == ("gdp", 2.5e11, "2026-07-01")
    assert len(list((tmp_path / "statistics-files").iterdir())) == 1


def test_from_python(tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    table.write_text(ROWS)
    with multivector.open(tmp_path / "s.db") as kept:
        added, missing = multivector.add_statistics(kept, table, tmp_path / "nothing.csv", vintage="2026-01-31")
        assert added.observations.added == 3
        assert added.sources == (("Example Office", "2026-01-31"),)
        assert missing.failed
        assert "No such file" in str(missing.problems[0])
