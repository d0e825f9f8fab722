"""Vectors from events that others coded: taken alone, never mixed with our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factories import make_pair
from multivector.measure import MeasureError, vectors
from multivector.record import CodedEvent, EventType
from multivector.store import Store, open_store
from program import run


def row(number: int, actor: str | None, recipient: str | None, kind: EventType = EventType.CONSULT) -> CodedEvent:
    date = f"2020-{number % 12 + 1:02}-01"
    rest = (None, None, None, None, None)
    return CodedEvent(
        "ICEWS", str(number), date, kind, None, (), actor, None, None, recipient, *rest[:2], "042", None, None,
        "2021-01-01", "2021-01-01", f"e.tab:{number}",
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "s.db")
    made.add(*make_pair(1))
    rows = [row(n, "KAZ", partner) for n, partner in enumerate(["CHN"] * 6 + ["RUS"] * 3 + ["TUR"])]
    rows += [row(20, "KAZ", None), row(21, "KAZ", "KAZ"), row(22, "KAZ", "USA", EventType.ACCUSE)]
    made.add_coded_events(rows)
    return made


def test_shares_are_those_of_the_data_set_alone(store: Store) -> None:
    found = vectors(store, "KAZ", domain="all", source="icews", kind="cooperation").vectors[0]
    shares = {partner.code: partner.share for partner in found.weights.partners}
    assert shares == pytest.approx({"CHN": 0.6, "RUS": 0.3, "TUR": 0.1})
    assert found.weights.partners[0].evidence[0].startswith("ICEWS ")


def test_what_the_data_set_does_not_have_is_told(store: Store) -> None:
    with pytest.raises(MeasureError, match="no domain"):
        vectors(store, "KAZ", domain="trade", source="icews")
    with pytest.raises(MeasureError, match="no ties"):
        vectors(store, "KAZ", domain="all", source="icews", kind="ties")
    with pytest.raises(MeasureError):
        vectors(store, "KAZ", domain="all", source="gdelt")


def test_our_own_events_do_not_meet_them(store: Store) -> None:
    with pytest.raises(MeasureError):
        vectors(store, "TUR", domain="all", source="record", kind="cooperation")


def test_the_command_takes_all_domains(store: Store, tmp_path: Path) -> None:
    store.close()
    done = run("vectors", "KAZ", "--source", "icews", "--json", "--store", tmp_path / "s.db")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["origin"] == "icews"
