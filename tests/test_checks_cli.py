"""The command `check` and the function `checks`: a store's claims beside its statistics."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import multivector
from check_tools import SAID, trade
from multivector.check import Verdict
from multivector.store import Sighting, open_store
from program import run

RIGHT = "Trade turnover between Georgia and Armenia reached 1.6 billion dollars in 2025. The ministers met on Monday."
WRONG = (
    "“Georgia's trade with Armenia came to 4 billion dollars in 2025,” Economy Minister Nino Beridze said. "
    "Armenia is one of Georgia's main trading partners."
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    with open_store(path) as opened:
        for name, text in (("right.txt", RIGHT), ("wrong.txt", WRONG)):
            record = multivector.read(text, published=SAID, language="en", publisher="The Example Courier")
            opened.add(record, Sighting.of(record.document, name))
        opened.add_observations([*trade("GEO", "ARM", "2025", 1.0, 0.6), *trade("ARM", "GEO", "2025", 0.62, 1.05)])
    return path


def ids(store: Path) -> list[str]:
    with open_store(store) as opened:
        return [head.id for text in ("ministers", "Beridze") for head in opened.documents(text=text)]


def test_text_for_a_person(store: Path) -> None:
    done = run("check", "--all", "--table", "--store", store, COLUMNS="100")
    assert done.returncode == 3
    assert done.stderr == ""
    told = " ".join(done.stdout.split())
    for words in (
        "SUPPORTED",
        "CONTRADICTED",
        "Nino Beridze",
        "the document itself",
        "exports to Armenia 1.00 billion USD and imports 600.0 million USD",
        "Office of GEO (2026-01-15)",
        "missing",
        "3 claims: 1 supported, 1 contradicted, 1 not checkable",
    ):
        assert words in told
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_json_lines_have_everything(store: Path) -> None:
    done = run("check", "--all", "--store", store)
    checks = [json.loads(line) for line in done.stdout.splitlines()]
    assert {check["verdict"] for check in checks} == {"supported", "contradicted", "not checkable"}
    right = next(check for check in checks if check["verdict"] == "supported")
    assert right["claim"]["sides"] == [["GEO"], ["ARM"]]
    assert right["rows"][right["steps"][0]["rows"][0]]["source"].startswith("Office of")
    assert right["version"] == 1


def test_csv_has_a_row_a_claim_and_a_row_a_state(store: Path) -> None:
    done = run("check", "--all", "--csv", "--store", store)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["verdict"], row["state"]) for row in rows if row["kind"] == "rank"] == [("not checkable", "GEO")]
    right = next(row for row in rows if row["verdict"] == "supported")
    assert (right["value"], right["unit"], right["low"]) == ("1600000000", "USD", "1600000000")
    assert right["sources"] == "Office of ARM (2026-01-15); Office of GEO (2026-01-15)"
    assert right["publisher"] == "The Example Courier"


def test_the_exit_status_tells_of_a_contradicted_claim(store: Path) -> None:
    right, wrong = ids(store)
    assert run("check", right, "--store", store).returncode == 0
    assert run("check", wrong, "--store", store).returncode == 3
    assert run("check", wrong, "--verdict", "not checkable", "--store", store).returncode == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "give a DOC or --all"),
        (("do-1", "--all"), "not both"),
        (("--all", "--csv", "--json"), "two forms"),
        (("do-ffff",), "not in the store"),
    ],
)
def test_wrong_use_is_one_line(store: Path, words: tuple[str, ...], message: str) -> None:
    done = run("check", *words, "--store", store)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_store_without_statistics_says_so(tmp_path: Path) -> None:
    path = tmp_path / "bare.db"
    with open_store(path) as opened:
        record = multivector.read(RIGHT, published=SAID, language="en")
        opened.add(record, Sighting.of(record.document, "right.txt"))
    done = run("check", "--all", "--store", path)
    assert done.returncode == 0
    assert "multivector statistics add" in done.stderr
    assert json.loads(done.stdout)["verdict"] == "not checkable"


def test_the_function_gives_the_same_each_time(store: Path) -> None:
    right, _ = ids(store)
    with multivector.open(store, readonly=True) as opened:
        every = list(multivector.checks(opened))
        assert list(multivector.checks(opened)) == every
        assert [check.verdict for check in multivector.checks(opened, right)] == [Verdict.SUPPORTED]
    assert len(every) == 3
