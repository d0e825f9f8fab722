"""Lists and tallies over a store: who speaks, who is named, how many a month, and newest first however it is done."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from factories import make_pair
from multivector.record import ActorKind, Kind
from multivector.store import Store, _query, open_store

COUNT = 40


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("store") / "tally.db"
    with open_store(path) as opened:
        for number in range(COUNT):
            opened.add(*make_pair(number))
        yield opened


def test_speakers_with_their_states_and_dates(store: Store) -> None:
    found = store.speakers()
    assert {each.person for each in found} == {"Timur Ёлкин"}
    assert sum(each.statements for each in found) == COUNT
    assert [each.statements for each in found] == sorted((each.statements for each in found), reverse=True)
    kaz = next(each for each in found if each.state == "KAZ")
    said = [each.item.said_on or "" for each in store.items("statement", state="kaz")]  # type: ignore[union-attr]
    assert (kaz.statements, kaz.first, kaz.last) == (len(said), min(said), max(said))


def test_actors_by_type(store: Store) -> None:
    named = Counter(each.item.code for each in store.items("actor"))  # type: ignore[union-attr]
    assert {each.code: each.documents for each in store.actors(ActorKind.STATE)} == named
    assert store.actors(ActorKind.FORMAT) == ()


def test_months_count_what_the_list_holds(store: Store) -> None:
    months = dict(store.months("statement", state="KAZ"))
    said = [each.item.said_on[:7] for each in store.items("statement", state="KAZ")]  # type: ignore[union-attr,index]
    assert months == Counter(said)
    assert sum(count for _, count in store.months("figure")) == COUNT
    assert store.months("figure", domain="health") == ()


def test_the_document_at_a_location(store: Store) -> None:
    record, sighting = make_pair(3)
    assert store.at(sighting.location) == record.document.id
    assert store.at("reports/none.txt") is None


def test_statements_of_a_person_exactly(store: Store) -> None:
    assert store.count("statement", person="Timur Ёлкин") == COUNT
    assert store.count("statement", person="Timur") == 0
    assert store.count("statement", speaker="елкин", state="UZB") == store.count("statement", state="UZB")


QUERIES: list[dict[str, Any]] = [
    {},
    {"actor": "KAZ"},
    {"domain": "trade", "actor": "UZB"},
    {"state": "KGZ"},
    {"since": "2026-05", "until": "2026-09"},
    {"text": "grain"},
    {"person": "Timur Ёлкин", "since": "2026-03"},
]


# Only statements have speakers.
ASKED = [
    (kind, query)
    for query in QUERIES
    for kind in (Kind.STATEMENT, Kind.FIGURE, Kind.EVENT)
    if kind is Kind.STATEMENT or not query.keys() & {"state", "person"}
]


@pytest.mark.parametrize(("kind", "query"), ASKED, ids=str)
def test_walking_gives_what_sorting_gives(
    store: Store, kind: Kind, query: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:

    def pages() -> list[str]:
        found: list[str] = []
        while rows := list(store.items(kind, **query, newest=True, limit=7, offset=len(found))):
            found += [each.item.id for each in rows]
        return found

    monkeypatch.setattr(_query, "_WALKED_FROM", 10**9)
    sorted_ = pages()
    monkeypatch.setattr(_query, "_WALKED_FROM", 0)
    assert pages() == sorted_
    assert sorted_ == [each.item.id for each in store.items(kind, **query, newest=True)]


def test_the_walk_reads_in_the_order_of_the_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    plans: list[str] = []
    monkeypatch.setattr(_query, "_WALKED_FROM", 0)
    with sqlite3.connect(store.path) as connection:
        connection.set_trace_callback(plans.append)
        list(_query.items(connection, Path(store.path), Kind.STATEMENT, {"newest": True, "limit": 5}))
        connection.set_trace_callback(None)
        walk = next(statement for statement in plans if "CROSS JOIN" in statement)
        steps = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {walk}"))
    assert "SCAN d USING COVERING INDEX document_date" in steps or "SCAN d USING INDEX document_date" in steps
