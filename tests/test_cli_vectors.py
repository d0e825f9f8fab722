"""`multivector vectors` and `store.vectors` as a user meets them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import multivector
from measure_factories import row, rows, votes
from multivector.measure import MeasureError
from program import EXAMPLES, ROOT, run

TRADE = {
    "2018": {"ITA": 25.0, "DEU": 25.0, "FRA": 25.0, "CHN": 23.0, "RUS": 2.0},
    "2019": {"ITA": 25.0, "DEU": 20.0, "FRA": 10.0, "CHN": 30.0, "RUS": 15.0},
    "2023": {"ITA": 20.0, "DEU": 10.0, "FRA": 5.0, "CHN": 32.0, "RUS": 33.0},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "made.db"
    with multivector.open(path) as opened:
        for state in ("KAZ", "UZB"):
            for year, partners in TRADE.items():
                for flow in ("exports", "imports"):
                    opened.add_observations(rows(state, flow, partners, period=year))
        opened.add_observations(
            [
                row("KAZ", "RUS", "imports", 9, period="2018", indicator="arms", unit="TIV"),
                row("KAZ", "ESP", "imports", 1, period="2020", indicator="arms", unit="TIV"),
            ]
        )
        opened.add_votes(votes({"KAZ": "y" * 12, "CHN": "y" * 11 + "n", "RUS": "y" * 9 + "nnn"}, year=2018))
    return path


def test_one_state_is_a_table_a_chart_and_what_decides(store: Path) -> None:
    result = run("vectors", "KAZ", "--similarity", "identity", "--table", "--store", store, COLUMNS="100")
    assert result.returncode == 0, result.stderr
    told = result.stdout
    assert "trade | goods, turnover | USD | KAZ" in told
    assert "2018" in told
    assert "200.0 mn" in told
    assert "Shares of partners, 2023" in told
    assert "RUS" in told
    assert "33.0 %" in told
    assert "█" in told
    assert "Effective number of vectors, 2018 to 2023: " in told
    words = " ".join(told.split())
    assert "but with the EU as one partner rise" in words
    assert "the choice decides" in words


@pytest.mark.parametrize("width", ["80", "60", "50"])
def test_the_table_fits_a_terminal(store: Path, width: str) -> None:
    told = run("vectors", "KAZ", "--table", "--store", store, COLUMNS=width).stdout
    assert max(map(len, told.splitlines())) <= int(width)
    assert "…" not in told
    assert "eff. vectors" in told


def test_several_states_and_a_region(store: Path) -> None:
    told = run("vectors", "--region", "central-asia", "--table", "--store", store, COLUMNS="100").stdout
    assert "state" in told
    assert "Effective number of vectors" in told
    assert "KGZ, trade: no statistics of goods in the store" in " ".join(told.split())
    assert run("vectors", "KAZ", "uzb", "--store", store).stdout.count('"lead"') == 6


def test_json_has_everything_and_is_what_the_python_api_gives(store: Path) -> None:
    result = run("vectors", "KAZ", "--eu", "one", "--order", "1", "--since", "2019", "--store", store)
    (line,) = result.stdout.splitlines()
    told = json.loads(line)
    assert [vector["weights"]["period"] for vector in told["vectors"]] == ["2019", "2023"]
    assert told["choices"]["eu"] == "one"
    union = told["vectors"][0]["weights"]["partners"][0]
    assert union["code"] == "IGO:EU"
    # Italy, Germany and France, exports and imports
    assert sorted(set(union["evidence"])) == [f"Office (2024-01-01): office.csv:{number}" for number in (2, 3, 4)]
    assert len(union["evidence"]) == 6
    with multivector.open(store) as opened:
        found = opened.vectors("KAZ", eu="one", order=1, since="2019")
    assert msgspec.json.encode(found).decode() == line


def test_csv_is_one_long_table(store: Path) -> None:
    result = run("vectors", "KAZ", "--csv", "--store", store)
    table = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {line["row"] for line in table} >= {"measure", "partner", "choice", "coverage", "trend", "note"}
    assert {line["period"] for line in table if line["row"] == "partner"} == {"2018", "2019", "2023"}


def test_other_domains_and_likeness(store: Path) -> None:
    arms = json.loads(run("vectors", "KAZ", "--domain", "security", "--store", store).stdout)
    (vector,) = arms["vectors"]
    assert (vector["weights"]["indicator"], vector["weights"]["period"]) == ("arms", "2018/2020")
    assert vector["lead"]["share"] == pytest.approx(0.9)
    agreed = run("vectors", "KAZ", "--domain", "politics", "--table", "--store", store).stdout
    assert "91.7 %" in agreed  # the share of roll calls, not of a sum
    alike = json.loads(run("vectors", "KAZ", "--similarity", "votes", "--until", "2018", "--store", store).stdout)
    assert alike["vectors"][0]["coverage"]["similarity_share"] == pytest.approx(0.25)


def test_the_record_of_the_examples(tmp_path: Path) -> None:
    assert run("read", EXAMPLES, cwd=tmp_path).returncode == 0
    result = run("vectors", "KAZ", "--domain", "all", "--source", "record", cwd=tmp_path)
    told = json.loads(result.stdout)
    (vector,) = told["vectors"]
    assert vector["origin"] == "record"
    assert vector["coverage"]["documents"] >= 1
    item = vector["weights"]["partners"][0]["evidence"][0]
    with multivector.open(tmp_path / "multivector.db") as opened:
        assert opened.item(item).document.id
        with pytest.raises(MeasureError, match="no events of conflict with another state in the record"):
            opened.vectors("TKM", domain="health", source="record", indicator="conflict")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "name a STATE by its code (KAZ), or give --region"),
        (("XYZ",), "XYZ: not a state or group that is known"),
        (("TJK",), "TJK, trade: no statistics of goods in the store; add a file that has them"),
        (("KAZ", "--since", "2030"), "nothing in these years; there are 2018 to 2023"),
        (("KAZ", "--since", "2023", "--until", "2018"), "--since 2023 is after --until 2018"),
        (("KAZ", "--gold", "out"), "no rows of the indicator gold"),
        (("KAZ", "--indicator", "butter"), "not an indicator that vectors are made of"),
        (("KAZ", "--data", "mirror"), "no statistics with mirror data"),
        (("KAZ", "--domain", "culture"), "no events of cooperation with another state in the record"),
        (("KAZ", "--domain", "culture", "--source", "statistics"), "no statistics stand for this domain"),
    ],
)
def test_what_cannot_be_done_is_one_line(store: Path, words: tuple[str, ...], told: str) -> None:
    result = run("vectors", *words, "--store", store)
    assert result.returncode == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_the_benchmark_agrees_with_its_loops() -> None:
    small = ("--states", "20", "--years", "2", "--rounds", "30", "--events", "20", "--documents", "15", "--peer", "5")
    command = [sys.executable, "benchmarks/measure.py", *small]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    report = json.loads(result.stdout)
    assert report["cells of the table"] == 800
    assert report["intervals"] == 80
