"""Event data sets from elsewhere: their layouts, CAMEO in PLOVER's terms, who acts, and rows that are left out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from multivector.errors import InputError
from multivector.knowledge import load
from multivector.record import CodedEvent, EventType, Kind
from multivector.statistics import Problem, is_event_data, read_events
from multivector.statistics._event_data import cameo
from multivector.store import QueryError, open_store
from program import run

SHARED = Path(__file__).parents[2] / "shared/data/statistics/events_icews18_ca.csv"
POLECAT_COLUMNS = """
Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor COUNTRY,Primary Actor Sector,
Recipient Name,Recipient COUNTRY,Primary Recipient Sector
"""
ICEWS_COLUMNS = """
Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,
Target Sectors,Target Country
"""
POLECAT = "\t".join(POLECAT_COLUMNS.replace("\n", "").split(","))
ICEWS = "\t".join(ICEWS_COLUMNS.replace("\n", "").split(","))


def events(tmp_path: Path, text: str, name: str = "events.tsv") -> tuple[list[CodedEvent], list[Problem]]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    rows = list(read_events(path, load(), vintage="2024-01-01", retrieved="2024-02-01"))
    return [r for r in rows if isinstance(r, CodedEvent)], [r for r in rows if isinstance(r, Problem)]


def gdelt(number: str, day: str, actor: str, code: str, other: str, width: int = 61) -> str:
    cells = [""] * width
    cells[0], cells[1], cells[26], cells[30] = number, day, code, "2.5"
    cells[6], cells[7] = actor, actor[:3]
    cells[16], cells[17] = other, other[:3]
    if width > 57:
        cells[-1] = "https://news.example/1"
    return "\t".join(cells)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("042", (EventType.CONSULT, "visit", ())),
        ("42", (EventType.CONSULT, "visit", ())),  # as a spreadsheet leaves it: not 4, "consult"
        ("0831", (EventType.CONCEDE, None, ("political_institutions",))),
        ("1384", (EventType.THREATEN, "violence", ("military",))),  # no row of its own: as 138
        ("163", (EventType.SANCTION, "discontinue", ("diplomatic",))),
        ("19", (EventType.ASSAULT, None, ("military",))),
        ("010", None),  # a mere statement
        ("", None),
    ],
)
def test_cameo_is_read_as_plover(code: str, expected: object) -> None:
    assert cameo(code) == expected


def test_the_crosswalk_keeps_to_plovers_vocabulary() -> None:
    from multivector.statistics._event_data import _tables  # pyright: ignore[reportPrivateUsage]

    plover = load().plover
    contexts = {tag.code for tag in plover.contexts}
    for code, (_, kind, mode, tags) in _tables()[1].items():
        modes = {entry.code for entry in plover.types[kind].modes}
        assert not mode or mode in modes, code
        assert set(tags) <= contexts, code


def test_polecat(tmp_path: Path) -> None:
    row = "7,2023-05-04,CONSULT,visit,4.0,VERBAL COOP,diplomatic;economic,Minister,UZB,GOV,Court,KAZ,CVL"
    (event,), odd = events(tmp_path, f"{POLECAT}\n{row}\n".replace(",", "\t"))
    assert not odd
    assert (event.source, event.source_id, event.date) == ("POLECAT", "7", "2023-05-04")
    assert (event.type, event.mode, event.contexts, event.intensity) == (
        "CONSULT",
        "visit",
        ("diplomatic", "economic"),
        4.0,
    )
    assert (event.actor, event.actor_country) == ("UZB", "UZB")
    assert (event.recipient, event.recipient_country) == ("ORG:Court", "KAZ")  # somebody there, not the state


def test_icews(tmp_path: Path) -> None:
    row = "5\t2016-03-02\tForeign Affairs (Tajikistan)\tGovernment\tTajikistan\tMake a visit\t042\t1.9\tChina\t\tChina"
    statement = "6\t2016-03-02\tChina\t\tChina\tMake statement\t010\t0\tTajikistan\t\tTajikistan"
    (event,), odd = events(tmp_path, f"{ICEWS}\n{row}\n{statement}\n")
    assert not odd  # statements are no events of PLOVER, and no odd rows either
    assert (event.source, event.type, event.mode, event.original) == ("ICEWS", "CONSULT", "visit", "042")
    assert (event.actor, event.actor_name, event.recipient) == ("TJK", "Foreign Affairs (Tajikistan)", "CHN")


@pytest.mark.parametrize("width", [57, 58, 61])
def test_gdelt_has_no_header(tmp_path: Path, width: int) -> None:
    (event,), odd = events(tmp_path, gdelt("99", "20190712", "KAZAKHSTAN", "043", "RUSSIA", width), "a.export.CSV")
    assert not odd
    assert (event.source, event.date, event.actor, event.recipient) == ("GDELT", "2019-07-12", "KAZ", "RUS")
    assert event.url == ("https://news.example/1" if width > 57 else None)


def test_a_bare_table_of_words(tmp_path: Path) -> None:
    text = (
        "date,source_actor,event,target_actor\n"
        "2018-09-03,Citizen (Kyrgyzstan),Demonstrate or rally,Kyrgyzstan\n"
        "2018-09-04,Vladimir Putin,Host a visit,Head of Government (Uzbekistan)\n"
        '2018-09-05,Police (Tajikistan),"Arrest, detain, or charge with legal action",Citizen (Tajikistan)\n'
    )
    found, odd = events(tmp_path, text, "bare.csv")
    assert not odd
    assert [(e.actor, e.recipient) for e in found] == [
        ("ORG:Citizen (Kyrgyzstan)", "KGZ"),
        ("RUS", "UZB"),
        ("TJK", "ORG:Citizen (Tajikistan)"),
    ]
    assert [e.row for e in found] == ["bare.csv:2", "bare.csv:3", "bare.csv:4"]


def test_rows_that_cannot_be_read_are_named_and_left_out(tmp_path: Path) -> None:
    lines = [
        "1\t2023-02-30\tCONSULT\t\t1\t\t\tA\tUZB\tGOV\tB\tKAZ\tGOV",
        "2\t2023-02-20\tDANCE\t\t1\t\t\tA\tUZB\tGOV\tB\tKAZ\tGOV",
        "3\t2023-02-20\tAID\t\t1\t\t\tNone\t\t\tNone\t\t",
        "4\t2023-02-20\tAID\t\t99\t\t\tA\tUZB\tGOV\tB\tKAZ\tGOV",
        "4\t2023-02-20\tAID\t\t1\t\t\tA\tUZB\tGOV\tB\tKAZ\tGOV",
    ]
    found, odd = events(tmp_path, "\n".join([POLECAT, *lines]) + "\n")
    assert [(e.source_id, e.intensity) for e in found] == [("4", None)]  # a score off the scale is no score
    assert [(row.file, row.line) for row in odd] == [("events.tsv", line) for line in (2, 3, 4, 6)]
    assert "2023-02-30" in odd[0].reason
    assert "DANCE" in odd[1].reason


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trade.csv"
    path.write_text("reporter,year,value\nKAZ,2020,1\n")
    assert not is_event_data(path.read_text())
    with pytest.raises(InputError, match=r"trade\.csv"):
        list(read_events(path, load(), vintage="2024", retrieved="2024-02-01"))


@pytest.mark.skipif(not SHARED.is_file(), reason="../shared is not here")
def test_the_sample_of_icews() -> None:
    rows = list(read_events(SHARED, load(), vintage="2018-12-31", retrieved="2026-01-01"))
    found = [row for row in rows if isinstance(row, CodedEvent)]
    assert len(found) == len(rows) > 500
    states = [e for e in found if e.actor_country and e.actor == e.actor_country]
    assert len(states) / len(found) > 0.8


# In the store and on the command line


def sample(tmp_path: Path, name: str = "events.tsv", day: str = "2023-05-04") -> Path:
    path = tmp_path / name
    row = f"7,{day},CONSULT,visit,4.0,VERBAL COOP,diplomatic,Minister,UZB,GOV,Minister,KAZ,GOV"
    bad = "8,never,CONSULT,visit,4.0,VERBAL COOP,diplomatic,Minister,UZB,GOV,Minister,KAZ,GOV"
    path.write_text(f"{POLECAT}\n{row}\n{bad}\n".replace(",", "\t"), "utf-8")
    return path


def test_the_store_keeps_them_apart(tmp_path: Path) -> None:
    (event,), _ = events(tmp_path, sample(tmp_path).read_text())
    with open_store(tmp_path / "s.db") as store:
        assert store.add_coded_events([event]).added == 1
        assert store.add_coded_events([event]).unchanged == 1
        later = replace(event, vintage="2025-01-01", mode=None)
        assert store.add_coded_events([later]).replaced == 1
        assert store.add_coded_events([event]).unchanged == 1  # an older vintage does not come back
        assert store.coded_events(actor="kaz", type="consult", since="2023", until="2023-05") == [later]
        assert store.coded_events(source="ICEWS") == []
        assert list(store.items("event")) == []  # never among our own
        assert store.status().items[Kind.EVENT] == 0
        with pytest.raises(QueryError, match="PLOVER"):
            store.coded_events(type="DANCE")


def test_the_command_adds_and_lists(tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "s.db")]
    added = run("coded", "add", sample(tmp_path), "--vintage", "2024-01-01", *store)
    assert added.returncode == 1
    assert "events.tsv, line 3: not a date: never" in added.stderr
    row = json.loads(run("coded", "list", "--actor", "UZB", "--json", *store).stdout)
    assert (row["source"], row["type"], row["actor"], row["row"]) == ("POLECAT", "CONSULT", "UZB", "events.tsv:2")
    assert json.loads(run("coded", "sources", "--json", *store).stdout) == {"source": "POLECAT", "events": 1}
    assert run("list", "events", "--json", *store).stdout == ""


def test_a_wrong_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    added = run("coded", "add", tmp_path / "a.csv", sample(tmp_path, "b.tsv"), "--store", tmp_path / "s.db")
    assert added.returncode == 1
    assert "a.csv" in added.stderr
    with open_store(tmp_path / "s.db") as kept:
        assert kept.coded_sources() == {"POLECAT": 1}
