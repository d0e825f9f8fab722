"""Statistics in the store: every vintage kept, adding again changes nothing, reading by what is asked for."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from multivector.record import AreaKind, Choice, Flow, Observation, ObservationStatus, Valuation, Vote
from multivector.store import Added, QueryError, Store, open_store

ROW = Observation(
    reporting_area="KAZ",
    counterpart_area="CHN",
    counterpart_kind=AreaKind.STATE,
    indicator="goods",
    flow=Flow.EXPORTS,
    period="2023",
    value=1.5,
    unit="USD",
    unit_multiplier=9,
    valuation=Valuation.FOB,
    status=ObservationStatus.PROVISIONAL,
    source="Example Office",
    vintage="2026-01-31",
    retrieved="2026-11-26",
    row="x.csv:2",
)
VOTE = Vote(
    "KAZ",
    "R/74/7",
    74,
    "2019-11-07",
    Choice.YES,
    ("Human rights", "Colonialism"),
    "UNGA",
    "2020-01",
    "2026-11-26",
    "v.csv:2",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.db") as opened:
        yield opened


def test_rows_come_back_as_they_were(store: Store) -> None:
    alone = replace(ROW, counterpart_area=None, counterpart_kind=None, indicator="gdp", flow=Flow.NONE)
    world = replace(ROW, counterpart_area="WLD", counterpart_kind=AreaKind.WORLD, period="2025-01-01/2025-09-30")
    assert store.add_observations([ROW, alone, world]) == Added(3, 0, 0)
    assert store.observations() == [alone, ROW, world]
    assert store.add_votes([VOTE]) == Added(1, 0, 0)
    assert store.votes() == [VOTE]


def test_adding_again_changes_nothing(store: Store) -> None:
    store.add_observations([ROW])
    store.add_votes([VOTE])
    digest = store.digest()
    later = replace(ROW, retrieved="2027-01-01", row="copy.csv:9")
    assert store.add_observations([later, later]) == Added(0, 0, 2)
    assert store.add_votes([replace(VOTE, retrieved="2027-01-01")]) == Added(0, 0, 1)
    assert store.observations() == [ROW]
    assert store.digest() == digest


def test_a_corrected_value_of_the_same_vintage_takes_its_place(store: Store) -> None:
    store.add_observations([ROW])
    assert store.add_observations([replace(ROW, value=2.0)]) == Added(0, 1, 0)
    assert [o.value for o in store.observations(vintage="all")] == [2.0]
    store.add_votes([VOTE])
    assert store.add_votes([replace(VOTE, choice=Choice.NO)]) == Added(0, 1, 0)
    assert [v.choice for v in store.votes()] == [Choice.NO]


def test_every_vintage_is_kept(store: Store) -> None:
    february, march = (replace(ROW, value=v, vintage=d) for v, d in ((1.6, "2026-02-28"), (1.7, "2026-03")))
    only_first = replace(ROW, counterpart_area="RUS")
    other_source = replace(ROW, source="Another Office", value=9.0, vintage="2020-01-01")
    store.add_observations([march, ROW, february, only_first, other_source])

    def values(**query: str) -> list[float]:
        return [o.value for o in store.observations(counterpart_area="CHN", **query)]  # pyright: ignore[reportArgumentType]

    assert sorted(values()) == [1.7, 9.0]
    assert sorted(values(vintage="all")) == [1.5, 1.6, 1.7, 9.0]
    assert sorted(values(vintage="2026-02-28")) == [1.6, 9.0]
    assert sorted(values(vintage="2026-02")) == [1.6, 9.0]
    assert sorted(values(vintage="2026-02-27")) == [1.5, 9.0]
    assert values(vintage="2019") == []
    # What a later vintage does not have is still known from the earlier one.
    assert store.observations(counterpart_area="RUS") == [only_first]


def test_vintages_of_votes(store: Store) -> None:
    store.add_votes([VOTE, replace(VOTE, choice=Choice.ABSTAIN, vintage="2025-01"), replace(VOTE, area="UZB")])
    assert [(v.area, v.choice.value) for v in store.votes()] == [("KAZ", "abstain"), ("UZB", "yes")]
    assert [(v.area, v.choice.value) for v in store.votes(vintage="2020-12-31")] == [("KAZ", "yes"), ("UZB", "yes")]
    assert len(store.votes(vintage="all")) == 3


def test_filters(store: Store) -> None:
    rows = [
        replace(ROW, reporting_area=r, counterpart_area=c, flow=f, period=p)
        for r in ("KAZ", "UZB")
        for c in ("CHN", "RUS")
        for f in (Flow.EXPORTS, Flow.IMPORTS)
        for p in ("2021", "2022-03", "2023")
    ]
    store.add_observations(rows)
    assert len(store.observations(reporting_area="kaz")) == 12
    assert len(store.observations(reporting_area=["KAZ", "UZB"], counterpart_area=("CHN",))) == 12
    assert len(store.observations(flow="imports")) == 12
    assert {o.period for o in store.observations(since="2022", until="2022-12")} == {"2022-03"}
    assert {o.period for o in store.observations(until="2021-06-30")} == {"2021"}
    assert len(store.observations(source="Example")) == 24
    assert store.observations(source="Other") == []
    assert store.observations(indicator="arms") == []
    assert store.observations(reporting_area=[]) == []
    assert len(store.observations(limit=5)) == 5


@pytest.mark.parametrize(
    "query", [{"since": "soon"}, {"vintage": "newest"}, {"flow": "up"}, {"limit": -1}, {"until": "2023-13"}]
)
def test_a_wrong_filter_is_told_in_one_line(store: Store, query: dict[str, str]) -> None:
    with pytest.raises(QueryError) as caught:
        store.observations(**query)  # pyright: ignore[reportArgumentType]
    assert "\n" not in str(caught.value)


def test_filters_of_votes(store: Store) -> None:
    other = replace(VOTE, area="RUS", resolution="R/75/1", session=75, date="2020-12-01", issues=())
    store.add_votes([VOTE, other])
    assert store.votes(area="kaz") == [VOTE]
    assert store.votes(session=75) == [other]
    assert store.votes(issue="colonial") == [VOTE]
    assert store.votes(since="2020") == [other]
    assert store.votes(resolution="R/74/7") == [VOTE]
    assert store.votes(source="Other") == []


def test_sources(store: Store) -> None:
    store.add_observations(
        [ROW, replace(ROW, indicator="arms", unit="TIV", period="2020-05"), replace(ROW, vintage="2026-02-01")]
    )
    store.add_votes([VOTE])
    found = [(s.source, s.vintage, s.observations, s.votes, s.indicators, s.first, s.last) for s in store.sources()]
    assert found == [
        ("Example Office", "2026-01-31", 2, 0, ("arms", "goods"), "2020-05-01", "2023-12-31"),
        ("Example Office", "2026-02-01", 1, 0, ("goods",), "2023-01-01", "2023-12-31"),
        ("UNGA", "2020-01", 0, 1, (), "2019-11-07", "2019-11-07"),
    ]


def test_all_rows_or_none(store: Store) -> None:
    def rows() -> Iterator[Observation]:
        yield ROW
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.add_observations(rows())
    assert store.observations() == []


def test_sql_sees_plain_columns(store: Store) -> None:
    store.add_observations([ROW])
    store.add_votes([VOTE])
    with sqlite3.connect(store.path) as connection:
        (row,) = connection.execute("SELECT source, reporting_area, value * 1e9, unit FROM statistics").fetchall()
        (vote,) = connection.execute("SELECT area, resolution, choice, issues, vintage FROM votes").fetchall()
    assert row == ("Example Office", "KAZ", 1.5e9, "USD")
    assert vote == ("KAZ", "R/74/7", "yes", "Human rights; Colonialism", "2020-01")


def test_it_is_read_while_another_program_writes(store: Store) -> None:
    store.add_observations([ROW])
    code = (
        "import sys; from multivector.store import open_store\n"
        "with open_store(sys.argv[1], readonly=True) as store: print(len(store.observations()))\n"
    )

    def rows() -> Iterator[Observation]:
        yield from (replace(ROW, period=str(year)) for year in range(1900, 2000))
        done = subprocess.run([sys.executable, "-c", code, str(store.path)], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "1"

    assert store.add_observations(rows()).added == 100


def test_the_store_stays_sound(store: Store) -> None:
    store.add_observations([ROW])
    store.add_votes([VOTE])
    assert store.verify() == ()
    assert any("Example Office" in line for line in store.dump())


def test_a_store_of_the_first_form_gets_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with open_store(path):
        pass
    with sqlite3.connect(path) as connection:
        for kind, name in connection.execute(
            "SELECT type, name FROM sqlite_master WHERE name IN ('data_set', 'observation', 'roll_call', 'vote',"
            " 'statistics', 'votes')"
        ).fetchall():
            connection.execute(f"DROP {kind} {name}")
        connection.execute("DELETE FROM migration WHERE name = '0002-statistics'")
    with open_store(path) as store:
        assert store.add_observations([ROW]) == Added(1, 0, 0)
