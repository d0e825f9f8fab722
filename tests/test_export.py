"""The record in the forms that other tools take, and the way back from each."""

from __future__ import annotations

import csv
import dataclasses
import io
import os
import shutil
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as parquet
import pytest

from factories import make_pair, make_record, make_sighting
from multivector._export import csv_columns, csv_row, plover
from multivector.cli import main
from multivector.knowledge import load
from multivector.record import (
    ITEM_TYPES,
    Document,
    EventType,
    Kind,
    arrow_schema,
    records_from_lines,
    spans_of,
    to_dict,
    with_id,
)
from multivector.store import open_store

PLURALS = ["documents", *(f"{kind}s" for kind in ITEM_TYPES)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "made.db"
    with open_store(path) as opened:
        for number in range(8):
            opened.add(*make_pair(number))
    return path


def export(*words: str | Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(["export", *map(str, words)])
    assert not end.value.code


def test_json_lines_hold_the_whole_record(store: Path, tmp_path: Path) -> None:
    export("--store", store, "-o", tmp_path / "all.jsonl")
    back = list(records_from_lines((tmp_path / "all.jsonl").read_bytes().splitlines()))
    with open_store(store) as opened:
        assert back == [opened.record(head.id) for head in opened.documents()]
    assert {record.document.id for record in back} == {make_record(number).document.id for number in range(8)}
    with open_store(tmp_path / "again.db") as again:
        for number, record in enumerate(back):
            again.add(record, make_sighting(record.document, str(number)))
        assert again.count("event") == 8


@pytest.mark.parametrize("kind", PLURALS)
def test_json_lines_of_one_kind_are_lines_of_the_whole(store: Path, tmp_path: Path, kind: str) -> None:
    export("--store", store, "-o", tmp_path / "all.jsonl")
    export(kind, "--store", store, "-o", tmp_path / "kind.jsonl")
    whole = [msgspec.json.decode(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()]
    expected = [line for line in whole if f"{line['kind']}s" == kind]
    for line in expected:
        line.pop("reader", None)
    assert [msgspec.json.decode(line) for line in (tmp_path / "kind.jsonl").read_bytes().splitlines()] == expected


@pytest.mark.parametrize("kind", PLURALS)
def test_csv_has_a_row_for_each_item_with_the_way_back_to_its_words(store: Path, tmp_path: Path, kind: str) -> None:
    export(kind, "--format", "csv", "--store", store, "-o", tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    assert b"\r" not in data
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, strict=True))
    singular = Kind(kind.removesuffix("s"))
    with open_store(store) as opened:
        if singular is Kind.DOCUMENT:
            assert [row["text"] for row in rows] == [opened.document(head.id).text for head in opened.documents()]
            assert list(rows[0]) == [field.name for field in dataclasses.fields(Document)]
            return
        found = list(opened.items(singular))
        assert [row["id"] for row in rows] == [each.item.id for each in found]
        for row, each in zip(rows, found, strict=True):
            document = opened.document(row["doc"])
            spans = " ".join(f"{start}-{end}" for start, end in spans_of(each.item))
            assert spans in row.values()
            assert row["words"].split()[0] in document.text
            assert (row["published"], row["publisher"]) == (document.published, document.publisher)
    assert list(rows[0]) == csv_columns(ITEM_TYPES[singular])


def test_csv_keeps_line_breaks_quotes_and_numbers() -> None:
    record = make_record(1)
    document = replace(record.document, title='A "quoted", title', text="one\n\ntwo, three")
    row = csv_row(document, document)
    assert row["text"] == "one\n\ntwo, three"
    figure = replace(record.figures[0], value=35e9, approximate=True)
    assert csv_row(figure, document)["value"] == "35000000000"
    assert csv_row(figure, document)["approximate"] == "true"
    assert csv_row(replace(figure, value=-0.25), document)["value"] == "-0.25"
    statement = csv_row(record.statements[0], record.document)
    assert (statement["speaker_person"], statement["speaker_organisation"]) == ("Timur Ёлкин", "")
    tie = csv_row(record.ties[0], record.document)
    assert {tie["from"], tie["to"]} == {record.ties[0].from_, record.ties[0].to}


def test_a_spreadsheet_runs_no_formula_from_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1", "-1e5", "fine", "-7.5"]
    with open_store(tmp_path / "s.db") as store:
        for number, words in enumerate(bad):
            record = make_record(number, title=words, publisher="Wire\n=1+1")
            store.add(record, make_sighting(record.document, str(number)))
    export("documents", "--format", "csv", "--store", tmp_path / "s.db")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""), strict=True))
    expected = {words if words in ("fine", "-7.5", "-1e5") else f"'{words}" for words in bad}
    assert {row["title"] for row in rows} == expected
    assert {row["publisher"] for row in rows} == {"Wire\n=1+1"}


@pytest.mark.parametrize("kind", PLURALS)
def test_parquet_reads_back_as_the_record(store: Path, tmp_path: Path, kind: str) -> None:
    export(kind, "--format", "parquet", "--store", store, "-o", tmp_path / "out.parquet")
    table = parquet.read_table(tmp_path / "out.parquet")
    singular = Kind(kind.removesuffix("s"))
    assert table.schema.equals(arrow_schema(singular))
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]
    with open_store(store) as opened:
        if singular is Kind.DOCUMENT:
            expected: list[dict[str, Any]] = [to_dict(opened.document(head.id)) for head in opened.documents()]
        else:
            expected = [to_dict(each.item, each.document.id) for each in opened.items(singular)]
    rows = table.to_pylist()
    assert len(rows) == len(expected) >= 8
    for row, item in zip(rows, expected, strict=True):
        assert row["id"] == item["id"]
        for name in ("mentions", "evidence", "content"):
            if name in item:
                assert [[span["start"], span["end"]] for span in row[name]] == [list(span) for span in item[name]]


def test_an_unfinished_export_leaves_the_old_file(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    (folder / "inside").mkdir(parents=True)
    with pytest.raises(SystemExit):
        main(["export", "--store", str(store), "-o", str(folder)])
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_the_store_and_its_log_are_never_written_over(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.db"
    shutil.copy(store, mine)
    (tmp_path / "link").symlink_to(mine)
    (tmp_path / "hard").hardlink_to(mine)
    for name in ("mine.db", "link", "hard", "mine.db-wal", "mine.db-shm", "../" + tmp_path.name + "/mine.db"):
        with pytest.raises(SystemExit) as end:
            main(["export", "--store", str(mine), "-o", str(tmp_path / name)])
        assert end.value.code == 2
        assert "the store itself, which an export must not replace" in capsys.readouterr().err
    assert mine.read_bytes() == store.read_bytes()
    # Nor by way of the unfinished file, whatever the store is called.
    mine.rename(tmp_path / "out.part")
    export("--store", tmp_path / "out.part", "-o", tmp_path / "out")
    assert (tmp_path / "out.part").read_bytes() == store.read_bytes()


def test_a_link_is_written_through_and_stays_a_link(store: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "out.csv").write_text("old")
    (there / "out.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to(there / "out.csv")
    export("ties", "--format", "csv", "--store", store, "-o", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (there / "out.csv").read_text().startswith("doc,id,")
    assert (there / "out.csv").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in there.iterdir()] == ["out.csv"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are POSIX's")
def test_a_pipe_is_written_to_and_stays_a_pipe(store: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    export("ties", "--store", store, "-o", pipe)
    reader.join(30)
    assert len(got[0].splitlines()) == 8
    assert pipe.is_fifo()


# PLOVER

REQUIRED = {"id", "date", "actor", "recipient", "event", "mode", "context", "event_text", "link", "cite_info", "coder"}


def test_plover_lines_have_the_fields_of_the_manual(store: Path, tmp_path: Path) -> None:
    export("--format", "plover", "--store", store, "-o", tmp_path / "events.json")
    lines = [msgspec.json.decode(line) for line in (tmp_path / "events.json").read_bytes().splitlines()]
    assert len(lines) == 8
    types = {kind.value for kind in EventType}
    for line in lines:
        assert line.keys() >= REQUIRED
        assert set(line["event"]) <= types
        assert line["quad_code"] in (1, 2, 3, 4)
        assert isinstance(line["event_scale"], float)
        assert line["text"][: len(line["event_text"])] == line["event_text"]
        assert line["cite_info"]["codebook"] == "PLOVER"
        assert line["multivector"]["said_by"].startswith("st-")
        assert [actor["sector"] for actor in line["actor"]] == ["GOV"] * 2


def test_plover_says_what_its_date_rests_on() -> None:
    record, knowledge = make_record(1), load()
    event = record.events[0]

    def dated(date: str | None, published: str | None) -> tuple[Any, ...]:
        line = plover(replace(event, date=date), replace(record.document, published=published), knowledge)
        return line["date"], line["enddate"], line["multivector"]["date_basis"]

    assert dated("2026-02-18", "2026-02-19") == ("2026-02-18", "2026-02-18", "text")
    assert dated("2026-02", "2026-02-19") == ("2026-02-01", "2026-02-28", "text")
    assert dated(None, "2026-02-19") == ("2026-02-19", "2026-02-19", "publication")
    assert dated(None, None) == (None, None, None)


def test_plover_names_actors_by_their_codes() -> None:
    record, knowledge = make_record(1), load()
    event = with_id(replace(record.events[0], actors=("KAZ",), recipients=("IGO:SCO",)), record.document.id)
    line = plover(event, record.document, knowledge)
    (state,), (body,) = line["actor"], line["recipient"]
    assert (state["code"], state["entity_text"], state["identifier_text"]) == ("KAZ", "Kazakhstan", "KAZ")
    assert (body["code"], body["sector"], body["identifier_text"]) == ("IGO", None, "IGO:SCO")
    assert body["entity_text"] == "Shanghai Cooperation Organisation"
