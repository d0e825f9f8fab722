"""The commands as a user meets them: help, mistakes, tables, JSON Lines, filters, pipes."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import program
from factories import make_document, make_pair, make_record, make_sighting
from multivector.cli import main
from multivector.cli._render import row
from multivector.record import records_from_lines
from multivector.store import open_store
from program import EXAMPLES

COMMANDS = ("read", "list", "show", "search", "export", "vectors", "desk", "schema", "status")


@dataclass
class Result:
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Call = Callable[..., Result]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Runs the program in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("MULTIVECTOR_STORE", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str | Path) -> Result:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Result(int(end.value.code or 0), captured.out, captured.err)

    return call


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of twelve records with items of every kind."""
    path = tmp_path_factory.mktemp("store") / "made.db"
    with open_store(path) as opened:
        for number in range(12):
            opened.add(*make_pair(number))
        opened.add_failure("reports/broken.pdf", "not a PDF file")
    return path


# Help and mistakes


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
def test_every_command_has_help_with_an_example(call: Call, words: tuple[str, ...]) -> None:
    result = call(*words, "--help")
    assert result.status == 0
    assert result.out.startswith(f"Usage: {' '.join(('multivector', *words))}")
    assert "Example:\n      multivector" in result.out or "Example:\n      cat" in result.out
    assert result.out == call(*words, "-h").out


def test_without_a_command_it_shows_the_help_and_says_that_this_was_wrong(call: Call) -> None:
    result = call()
    assert (result.status, result.out) == (2, "")
    assert "Commands:" in result.err


def test_version(call: Call) -> None:
    assert call("--version").out.startswith("multivector, version ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lst"], "No such command 'lst'. Commands: read, list,"),
        (["--stroe", "x"], "No such option '--stroe'"),
        (["read"], "nothing to read: give files"),
        (["read", "x", "--frmat", "jsonl"], "Did you mean '--format'?"),
        (["read", "x", "--workers", "0"], "--workers"),
        (["read", "x", "--workers", "many"], "not a valid integer"),
        (["read", "x", "--published", "2026-02"], "write it as 2026-02-18"),
        (["read", "x", "--published", "yesterday"], "not an ISO 8601 day"),
        (["read", "x", "--language", "English please"], "not a language tag"),
        (["read", "--urls", "none.txt"], "none.txt: no such file"),
        (["read", "x", "--knowledge", "none.toml"], "none.toml"),
        (["list"], "Missing argument 'KIND'"),
        (["list", "treaties"], "'treaties' is not one of 'documents'"),
        (["list", "dates", "--since", "2026-02-31"], "no such date: '2026-02-31'"),
        (["list", "dates", "--limit", "0"], "--limit"),
        (["list", "documents", "--speaker", "KAZ"], "documents cannot be filtered by --speaker"),
        (["list", "events", "--speaker", "KAZ"], "--speaker goes with statements only"),
        (["list", "ties", "--modality", "planned"], "--modality goes with events only"),
        (["list", "agreements", "--status", "lost"], "'lost' is not one of"),
        (["list", "events", "--domain", "sport"], "'sport' is not one of"),
        (["list", "events"], "multivector.db: no such store"),
        (["list", "events", "--store", "."], "a folder, not a store"),
        (["list", "events", "--store", ""], "store: its name is empty; name a file"),
        (["list", "events", "--type", "QUARREL"], "--type 'QUARREL' is not one of AGREE, CONSULT,"),
        (["list", "statements", "--type", "loud"], "is not one of direct, mixed, indirect"),
        (["list", "ties", "--type", "friendship"], "is not one of alliance, strategic-partnership"),
        (["export", "agreements", "--type", "handshake"], "is not one of treaty, declaration"),
        (["list", "actors", "--type", "country"], "is not one of state, organisation"),
        (["list", "dates", "--type", "day"], "dates have no --type"),
        (["list", "dates", "--since", "2026-03", "--until", "2026-02"], "--since 2026-03 is after --until 2026-02"),
        (["search", "gas", "--since", "2026", "--until", "2025-12-31"], "--since 2026 is after --until 2025-12-31"),
        (["search", ""], "'' holds no word to look for"),
        (["search", "...", "!"], "'... !' holds no word to look for"),
        (["list", "documents", "--max-confidence", "0.5"], "documents cannot be filtered by --max-confidence"),
        (["list", "documents", "--sort", "confidence"], "documents have no confidence"),
        (["list", "ties", "--min-confidence", "1.5"], "1.5 is not in the range 0<=x<=1"),
        (["list", "ties", "--min-confidence", "0.9", "--max-confidence", "0.1"], "above --max-confidence"),
        (["export", "--min-confidence", "0.9"], "filters need a kind"),
        (["list", "dates", "--text", "?"], "--text: '?' holds no word to look for"),
        (["read", "--urls"], "(see: multivector read --help)"),
        (["show", "do-1"], "no such store"),
        (["search", "gas"], "no such store"),
        (["search"], "Missing argument 'WORDS...'"),
        (["status"], "no such store"),
        (["export"], "no such store"),
        (["export", "--format", "csv"], "takes one kind"),
        (["export", "ties", "--format", "plover"], "takes events"),
        (["export", "ties", "--format", "parquet"], "needs --output"),
        (["export", "--actor", "KAZ"], "filters need a kind"),
        (["export", "--format", "xml"], "'xml' is not one of"),
    ],
)
def test_a_mistake_is_told_in_one_line_and_ends_with_status_2(call: Call, words: list[str], told: str) -> None:
    result = call(*words)
    assert (result.status, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert line.startswith("multivector: ")
    assert told in line


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "do-"], "not a document's id"),
        (["show", ""], "not a document's id"),
        (["list", "dates", "--doc", ""], "not a document's id"),
        (["show", "do-fffff"], "not in the store"),
        (["show", "'; drop table document"], "not a document's id"),
        (["list", "dates", "--doc", "x%"], "not a document's id"),
        (["export", "ties", "--format", "csv", "-o", "no/such/folder.csv"], "no/such/folder.csv: cannot be written"),
        (["export", "ties", "--format", "parquet", "-o", "."], "cannot be written"),
        (["export", "-o", ""], "--output: its name is empty"),
        (["export", "-o", "no/such/folder.jsonl"], "no/such does not exist; make it first"),
    ],
)
def test_a_question_without_an_answer_is_told_in_one_line(call: Call, store: Path, words: list[str], told: str) -> None:
    result = call(*words, "--store", store)
    assert (result.status, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert told in line
    assert not list(Path().rglob("*.part"))


def test_a_file_that_is_not_a_store_is_left_alone(call: Call, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("notes\n" * 100)
    for words in (["read", EXAMPLES], ["list", "dates"], ["status", "--verify"]):
        result = call(*words, "--store", other)
        assert result.status == 2
        assert "not a SQLite file" in result.err
    assert other.read_text() == "notes\n" * 100


# Reading


def test_read_sums_up_and_a_second_run_changes_nothing(call: Call) -> None:
    first = call("read", EXAMPLES)
    assert (first.status, first.err) == (0, "")
    count = len(list(EXAMPLES.glob("2*.*")))
    head, names, numbers, kept = first.out.splitlines()
    assert head == f"{count} inputs: {count} added"
    assert names.split() == ["actors", "dates", "statements", "events", "figures", "agreements", "ties"]
    found = dict(zip(names.split(), map(int, numbers.split()), strict=True))
    assert all(found.values()), found
    assert kept == "kept in multivector.db"
    assert call("read", EXAMPLES).out.splitlines()[0] == f"{count} inputs: {count} unchanged"
    assert call("read", EXAMPLES, "--again").out.splitlines()[0] == f"{count} inputs: {count} unchanged"
    assert call("read", EXAMPLES, "--quiet").out == ""
    status = call("status").lines[0]
    assert status["documents"] == count
    assert status["items"] == {name.removesuffix("s"): number for name, number in found.items()}
    # What the summary promises is there, and what `read --format jsonl` gives is what a store gives back.
    for name, number in found.items():
        assert len(call("list", name).lines) == number
    once = call("read", EXAMPLES, "--format", "jsonl")
    assert once.status == 0
    assert once.out == call("export").out
    assert len(list(records_from_lines(once.out.splitlines()))) == count


def test_standard_input_with_metadata(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The foreign minister of Uzbekistan said on Wednesday that the border would open."
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    words = ("--published", "2026-02-19", "--publisher", "My notes", "--title", "Border", "--language", "en")
    result = call("read", "-", "--format", "jsonl", *words)
    assert result.status == 0
    (record,) = records_from_lines(result.out.splitlines())
    document = record.document
    assert (document.text, document.published) == (text, "2026-02-19")
    assert (document.publisher, document.title, document.language) == ("My notes", "Border", "en")
    assert [date.value for date in record.dates] == ["2026-02-18"]
    assert not Path("multivector.db").exists()


def test_inputs_that_fail_are_named_with_their_reasons(call: Call) -> None:
    Path("good.txt").write_text("Kazakhstan said that it agreed.")
    Path("empty.txt").write_text("")
    Path("urls.txt").write_text("# pages\n\nhttp://127.0.0.1:9/page\nftp://example.org/x\n")
    result = call("read", "good.txt", "none.txt", "empty.txt", "--urls", "urls.txt")
    assert result.status == 1
    assert result.out.splitlines()[0] == "5 inputs: 1 added, 4 failed"
    reasons = dict(line.split(": ", 1) for line in result.err.splitlines())
    assert reasons["none.txt"] == "no such file or folder"
    assert reasons["empty.txt"] == "empty"
    assert reasons["ftp://example.org/x"] == "only http and https addresses are fetched"
    assert "private" in reasons["http://127.0.0.1:9/page"]
    assert len(call("status").lines[0]["failures"]) == 4


def test_knowledge_of_the_users_own_is_used(call: Call) -> None:
    Path("note.txt").write_text("The Example League of Gardeners criticised Kazakhstan on Monday.")
    before = {line["code"] for line in call("read", "note.txt", "--format", "jsonl").lines if line["kind"] == "actor"}
    assert before == {"KAZ"}
    wrong = Path("wrong.toml")
    wrong.write_text("[[state]\ncode = 1\n")
    result = call("read", "note.txt", "--knowledge", wrong)
    assert result.status == 2
    assert result.err.startswith("multivector: wrong.toml")


def test_an_empty_folder_is_told_with_what_was_looked_for(call: Call) -> None:
    Path("empty").mkdir()
    Path("empty/picture.png").write_bytes(b"x")
    result = call("read", "empty")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("empty: no documents in this folder (looked for .htm, .html,")
    assert not Path("multivector.db").exists()
    Path("a.txt").write_text("Kazakhstan agreed.")
    assert call("read", "a.txt", "empty", "").out.splitlines()[0] == "3 inputs: 1 added, 2 failed"
    # A folder is never read itself, so that the note would stay for ever.
    assert "empty" not in [each["location"] for each in call("status").lines[0]["failures"]]


def test_standard_input_that_cannot_be_read_is_not_kept_among_the_failures(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"...")))
    result = call("read", "-")
    assert (result.status, result.err) == (1, "-: no readable text\n")
    assert call("status").lines[0]["failures"] == []


def test_the_store_is_no_document(call: Call) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text("Kazakhstan agreed.")
    assert call("read", "in", "--store", "in/store").status == 0
    result = call("read", "in", "--store", "in/store")
    assert result.err == "in/store: the store itself, not a document\n"
    assert call("status", "--verify", "--store", "in/store").lines[0]["documents"] == 1


def test_the_summary_counts_what_is_in_a_text_once_wherever_it_was_found(call: Call) -> None:
    text = "The minister of Kazakhstan said on Friday that exports rose.\n"
    Path("a.txt").write_text(text)
    Path("b.txt").write_text(f"---\ndate: 2026-05-13\n---\n{text}")
    Path("c.txt").write_text(f"---\ndate: 2026-05-12\n---\n{text}")
    _, names, numbers, _ = call("read", "a.txt", "b.txt", "c.txt", "--workers", "1").out.splitlines()
    counts = dict(zip(names.split(), map(int, numbers.split()), strict=True))
    assert counts["statements"] == len(call("list", "statements").lines) == 1
    assert counts["actors"] == len(call("list", "actors").lines) == 1


def test_names_given_for_a_document_become_one_printable_line(call: Call) -> None:
    Path("a.txt").write_text("Kazakhstan agreed.")
    given = ("--publisher", "My\nown\x1b[31m notes", "--title", " A\ttitle\r\n")
    document = call("read", "a.txt", *given, "--format", "jsonl").lines[0]
    assert document["publisher"] == "My own[31m notes"
    assert document["title"] == "A title"


def test_after_reading_the_store_is_one_file_that_may_be_copied(call: Call) -> None:
    for workers in ("1", "2"):
        assert call("read", EXAMPLES, "--workers", workers, "--store", f"{workers}.db").status == 0
        assert [path.name for path in Path().glob(f"{workers}.db*")] == [f"{workers}.db"]
        Path("copy.db").write_bytes(Path(f"{workers}.db").read_bytes())
        assert call("status", "--store", "copy.db").lines[0]["documents"] == len(list(EXAMPLES.glob("2*.*")))


# Asking


def test_lists_are_json_lines_when_piped_and_tables_on_demand(call: Call, store: Path) -> None:
    for kind, number in (("documents", 12), ("actors", 24), ("statements", 12), ("ties", 12)):
        lines = call("list", kind, "--store", store).lines
        assert len(lines) == number
        assert all(line["kind"] == kind.removesuffix("s") for line in lines)
        assert all(line["id"].startswith("do-") if kind == "documents" else line["doc"] for line in lines)
        table = call("list", kind, "--table", "--store", store).out.splitlines()
        assert table[-1] == f"{number} {kind}"
        assert "document" in table[0]
    assert call("list", "dates", "--table", "--limit", "5", "--store", store).out.splitlines()[-1] == (
        "5 dates of 12; --limit shows more"
    )
    assert len(call("list", "dates", "--limit", "5", "--store", store).lines) == 5


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["figures", "--actor", "KAZ"], range(12)),
        (["statements", "--speaker", "UZB"], [1, 6, 11]),
        (["statements", "--speaker", "елкин"], range(12)),
        (["statements", "--domain", "trade", "--until", "2026-03"], [0, 1, 2]),
        (["statements", "--domain", "health"], []),
        (["events", "--type", "AGREE", "--since", "2026-11-01"], [10, 11]),
        (["events", "--type", "ASSAULT"], []),
        (["agreements", "--text", "memorandum 7"], [7]),
        (["documents", "--text", '"report 7"'], [7]),
        (["documents", "--since", "2026-02", "--until", "2026-03"], [1, 2]),
    ],
)
def test_filters_leave_what_was_asked_for(call: Call, store: Path, words: list[str], expected: Any) -> None:
    documents = {make_record(number).document.id: number for number in range(12)}
    lines = call("list", *words, "--store", store).lines
    found = {documents[line.get("doc") or line["id"]] for line in lines}
    if words == ["figures", "--actor", "KAZ"]:
        assert all("KAZ" in line["parties"] for line in lines)
        expected = [number for number in range(12) if "KAZ" in make_record(number).figures[0].parties]
    assert found == set(expected)


@pytest.fixture
def unsure(tmp_path: Path) -> Path:
    """A store of three documents, the events of which are surer and surer."""
    path = tmp_path / "unsure.db"
    with open_store(path) as store:
        for number, confidence in ((0, 0.3), (1, 0.9), (2, 0.6)):
            record = make_record(number)
            events = tuple(replace(event, confidence=confidence) for event in record.events)
            statements = tuple(replace(each, confidence=confidence) for each in record.statements)
            store.add(
                replace(record, events=events, statements=statements),
                make_sighting(record.document, f"{number}.txt"),
            )
    return path


def test_the_least_certain_items_come_first_when_asked_for(call: Call, unsure: Path) -> None:
    lines = call("list", "events", "--sort", "confidence", "--store", unsure).lines
    assert [line["confidence"] for line in lines] == [0.3, 0.6, 0.9]
    assert [line["confidence"] for line in call("list", "events", "--store", unsure).lines] == [0.6, 0.9, 0.3]
    few = call("list", "events", "--max-confidence", "0.6", "--min-confidence", "0.5", "--store", unsure).lines
    assert [line["confidence"] for line in few] == [0.6]


def test_items_that_are_more_likely_wrong_are_marked(call: Call, unsure: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in ("60", "100", "200"):
        monkeypatch.setenv("COLUMNS", width)
        head, *rows = call("list", "events", "--table", "--sort", "confidence", "--store", unsure).out.splitlines()
        assert "sure" in head
        assert [word for row in rows for word in row.split() if word.startswith("0.")] == ["0.30?", "0.60", "0.90"]
    for number, marked in ((0, True), (1, False)):
        shown = call("show", make_record(number).document.id, "--table", "--store", unsure).out
        assert shown.count("0.30?") == (2 if marked else 0)
        assert ("0.90" in shown) is not marked


def test_exports_take_and_hold_confidence(call: Call, unsure: Path) -> None:
    rows = call("export", "events", "--format", "csv", "--min-confidence", "0.5", "--store", unsure).out.splitlines()
    assert rows[0].split(",")[-5:] == ["confidence", "words", "published", "publisher", "url"]
    assert len(rows) == 3
    events = call("export", "events", "--format", "plover", "--max-confidence", "0.5", "--store", unsure).lines
    assert [event["multivector"]["confidence"] for event in events] == [0.3]


def test_a_store_of_an_older_version_is_brought_up_to_date_by_looking_at_it(call: Call, store: Path) -> None:
    older = store.with_name("older.db")
    shutil.copy(store, older)
    connection = sqlite3.connect(older)
    for table in ("actor", "date_mention", "statement", "event", "figure", "agreement", "tie"):
        connection.execute(f"DROP INDEX {table}_confidence")
        connection.execute(f"ALTER TABLE {table} DROP COLUMN confidence")
    connection.execute("DELETE FROM migration WHERE name = '0002-confidence'")
    connection.commit()
    connection.close()
    for command in (("list", "events"), ("status",), ("search", "report"), ("export", "ties")):
        result = call(*command, "--store", older)
        assert result.status == 0, result.err


def test_show_gives_text_and_record(call: Call, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = make_record(3)
    for width in ("40", "80", "200"):
        monkeypatch.setenv("COLUMNS", width)
        out = call("show", record.document.id[:9], "--table", "--store", store).out
        assert max(map(len, out.splitlines())) <= int(width)
        assert " ".join(record.document.text.split()[:3]) in out
        for heading in ("Actors", "Dates", "Statements", "Events", "Figures", "Agreements", "Ties"):
            assert heading in out
    assert "Statements" in call("show", record.document.id, "--no-text", "--table", "--store", store).out
    (back,) = records_from_lines(call("show", record.document.id, "--store", store).out.splitlines())
    assert back == record


def test_colours_stand_where_the_items_are(call: Call, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = call("show", make_record(3).document.id, "--table", "--store", store).out
    assert "\x1b[1;4mthe minister Timur Ёлкин\x1b[0m \x1b[3msaid\x1b[0m" in out


def test_nothing_in_a_text_is_taken_for_markup_or_obeyed_by_the_terminal(call: Call) -> None:
    title = "[bold red]:smile:[/] \x1b]0;owned\x07 \u202egnp.exe [link=file:///x]"
    document = make_document(f"{title}\n\nKazakhstan \x1b[2J said so.", title=title, publisher=title)
    with open_store("odd.db") as store:
        store.add(make_record_of(document), make_sighting(document, f"{title}\n.txt"))
        store.add_failure(f"{title}\n.txt", "no\nsuch [red]file[/]")
    for words in (["list", "documents"], ["show", document.id], ["search", "owned"], ["status"]):
        out = call(*words, "--table", "--store", "odd.db").out
        assert "[bold red]:smile:[/]" in out
        assert all(character.isprintable() or character == "\n" for character in out)


def make_record_of(document: Any) -> Any:
    from multivector.record import Record

    return Record(document, "1+0")


@pytest.mark.parametrize("width", [60, 70, 80, 120])
def test_ids_are_whole_in_tables_of_any_width(
    call: Call, store: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    beginnings = {make_record(number).document.id[:11] for number in range(12)}
    for kind in ("documents", "actors", "dates", "statements", "events", "figures", "agreements", "ties"):
        table = call("list", kind, "--table", "--store", store).out.splitlines()
        assert max(map(len, table)) <= width
        assert {line.split()[-1] for line in table[1:-1] if " do-" in line} == beginnings, kind


def test_a_document_without_a_title_is_shown_by_its_first_words(call: Call) -> None:
    Path("a.txt").write_text("Kazakhstan and India agreed on a road between their towns.")
    call("read", "a.txt")
    assert "Kazakhstan and India" in call("list", "documents", "--table").out
    (document,) = call("list", "documents").lines
    assert document["title"] is None
    assert call("show", document["id"], "--table").out.startswith("Kazakhstan and India agreed")


def test_types_and_codes_of_states_are_taken_in_any_case_of_letters(call: Call, store: Path) -> None:
    upper = call("list", "events", "--type", "AGREE", "--actor", "KAZ", "--store", store)
    assert upper.lines
    assert call("list", "events", "--type", "agree", "--actor", "kaz", "--store", store) == upper


def test_search_on_a_damaged_store_fails_even_where_it_would_find_nothing(call: Call, store: Path) -> None:
    damaged = bytearray(store.read_bytes())
    damaged[4096:] = bytes(len(damaged) - 4096)
    Path("damaged.db").write_bytes(damaged)
    for words in ("grain", "nowhere"):
        result = call("search", words, "--store", "damaged.db")
        assert (result.status, result.out) == (2, "")
        assert "damaged" in result.err
    assert call("search", "nowhere", "--store", store).status == 0


def test_search_takes_words_as_words(call: Call, store: Path) -> None:
    assert len(call("search", "grain", "--store", store).lines) == 12
    (hit,) = call("search", '"memorandum No. 7"', "--store", store).lines
    assert hit["document"]["title"] == "Report 7"
    assert "[memorandum No. 7]" in hit["snippet"]
    assert call("search", "report", "--since", "2026-12", "--store", store).lines[0]["document"]["title"] == "Report 11"
    table = call("search", "ЁЛКИН", "--limit", "3", "--table", "--store", store).out
    assert table.splitlines()[-1] == "3 documents"
    for words in ("'; drop table item;--", "a OR b", "NEAR(", "x*", "title:x", "^a", "(b)", "%c", "\ue000d\ue001"):
        for form in ("--json", "--table"):
            result = call("search", form, "--store", store, "--", words)
            assert (result.status, result.err) == (0, "")


def test_status_and_verify(call: Call, store: Path, tmp_path: Path) -> None:
    result = call("status", "--verify", "--store", store)
    (line,) = result.lines
    assert (result.status, line["documents"], line["faults"]) == (0, 12, [])
    assert line["failures"][0]["reason"] == "not a PDF file"
    assert (line["first_published"], line["last_published"]) == ("2026-01-01", "2026-12-12")
    table = call("status", "--verify", "--table", "--store", store).out
    assert "no damage found" in table
    assert "reports/broken.pdf: not a PDF file" in table
    damaged = bytearray(store.read_bytes())
    middle = len(damaged) // 2
    damaged[middle : middle + 40_000] = os.urandom(40_000)
    (tmp_path / "damaged.db").write_bytes(damaged)
    result = call("status", "--verify", "--store", tmp_path / "damaged.db")
    assert result.status == 1
    assert "damaged" in result.err or result.lines[0]["faults"]
    damaged[4096:] = bytes(len(damaged) - 4096)
    for content in (damaged, store.read_bytes()[:-1000]):
        (tmp_path / "damaged.db").write_bytes(content)
        result = call("status", "--verify", "--store", tmp_path / "damaged.db")
        assert (result.status, result.out) == (1, "")
        assert result.err.startswith(f"multivector: {tmp_path / 'damaged.db'}: damaged (")
        assert call("list", "dates", "--store", tmp_path / "damaged.db").status == 2


def test_schema_is_json_schema(call: Call) -> None:
    schema = json.loads(call("schema").out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_store_can_be_named_by_the_environment(call: Call, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MULTIVECTOR_STORE", str(store))
    assert call("status").lines[0]["documents"] == 12


@pytest.mark.parametrize(
    ("value", "approximate", "shown"),
    [
        (35e9, True, "~35 billion USD"),
        (2_350_000_000.0, False, "2.35 billion USD"),
        (1_234_567_890_123.0, False, "1.234567890123 trillion USD"),
        (999_999.0, False, "999,999 USD"),
        (-12.5, False, "-12.5 USD"),
        (-4e6, False, "-4 million USD"),
        (0.0, False, "0 USD"),
        (1e300, False, "1e+300 USD"),
    ],
)
def test_amounts_are_shown_as_news_writes_them(value: float, approximate: bool, shown: str) -> None:
    figure = replace(make_record(1).figures[0], value=value, approximate=approximate)
    assert row(figure, make_record(1).document.text)[2] == shown


# The process as a whole


def test_a_reader_of_the_output_that_goes_away_is_no_error(store: Path) -> None:
    for words in ("list dates", "export", "export dates --format csv", "list dates --table --limit 1000"):
        command = f"'{program.PROGRAM}' {words} --store '{store}' | head -c 1"
        result = subprocess.run(["sh", "-c", command], capture_output=True, env=program.environment(), check=False)
        assert len(result.stdout) == 1
        assert result.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told_in_one_line(store: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [program.PROGRAM, "export", "--store", store], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert result.returncode == 2
    assert result.stderr == "multivector: output: No space left on device\n"


def test_letters_that_the_terminal_lacks_are_written_out(store: Path) -> None:
    result = program.run("list", "statements", "--table", "--store", store, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert "\\u0401" in result.stdout


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_at_a_terminal_lists_are_tables_and_reading_shows_progress(store: Path, tmp_path: Path) -> None:
    listed = at_terminal([str(program.PROGRAM), "list", "ties", "--store", str(store)], tmp_path)
    assert "12 ties" in listed
    assert "{" not in listed
    read = at_terminal([str(program.PROGRAM), "read", str(EXAMPLES)], tmp_path)
    assert "reading" in read
    assert "8 added" in read


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
@pytest.mark.parametrize("after", [0.05, 0.1, 0.2, 0.4])
def test_ctrl_c_at_the_very_beginning_is_one_line(tmp_path: Path, after: float) -> None:
    process = start("read", EXAMPLES, cwd=tmp_path)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    (line,) = errors.splitlines()
    assert line.startswith("multivector: stopped")


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_after_the_summary_tears_nothing(tmp_path: Path, workers: str) -> None:
    process = start("read", EXAMPLES, "--workers", workers, cwd=tmp_path)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    assert "Traceback" not in errors


def start(*words: str | Path, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(program.PROGRAM), *map(str, words)],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=program.environment(),
    )


def at_terminal(command: list[str], cwd: Path) -> str:
    import pty

    ours, theirs = pty.openpty()
    terminal = program.environment(TERM="xterm", COLUMNS="90")
    process = subprocess.Popen(command, cwd=cwd, stdin=theirs, stdout=theirs, stderr=theirs, env=terminal)
    os.close(theirs)
    output = b""
    try:
        while block := os.read(ours, 65536):
            output += block
    except OSError:
        pass  # the terminal's other end was closed
    os.close(ours)
    assert process.wait() == 0, output
    return output.decode()
