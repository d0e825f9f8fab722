"""The package's own functions: read one text, page or file; open a store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import multivector
from multivector.errors import InputError, MultivectorError, StoreError
from multivector.knowledge import load
from multivector.record import document_id, record_to_lines, records_from_lines
from program import EXAMPLES

TEXT = "“We will sign the treaty,” Kazakhstan's foreign minister said on Friday."


def test_a_text_is_read_as_what_it_is() -> None:
    record = multivector.read(TEXT, published="2026-03-08", publisher="Notes", title="Treaty", language="en")
    document = record.document
    assert (document.text, document.id, document.url) == (TEXT, document_id(TEXT), None)
    assert (document.published, document.publisher, document.title) == ("2026-03-08", "Notes", "Treaty")
    (statement,) = record.statements
    assert [document.text[start:end] for start, end in statement.content] == ["“We will sign the treaty,”"]
    assert (statement.speaker.state, statement.said_on) == ("KAZ", "2026-03-06")


def test_a_file_is_read_by_path_or_by_its_name() -> None:
    file = EXAMPLES / "2026-06-11-border-agreement.html"
    by_path, by_name = multivector.read(file), multivector.read(str(file))
    assert by_path == by_name
    assert by_path.document.published == "2026-06-11"
    assert multivector.read(file, published="2026-06-12").document.published == "2026-06-12"


def test_reading_twice_gives_the_same_bytes() -> None:
    file = EXAMPLES / "2026-05-19-brussels-sanctions.txt"
    lines = [list(record_to_lines(multivector.read(file))) for _ in range(2)]
    assert lines[0] == lines[1]
    (back,) = records_from_lines(lines[0])
    assert back == multivector.read(file, knowledge=load())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("... 123 ...", "no readable text"),
        (Path("none.txt"), "none.txt: no such file"),
        (Path(), "a folder"),
        ("http://localhost/x", "private"),
        ("\udcff\udcfe", "no readable text"),
    ],
)
def test_what_cannot_be_read_raises_an_error_of_one_line(given: str | Path, told: str) -> None:
    with pytest.raises(InputError, match=told) as raised:
        multivector.read(given)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["no/such/file.txt", "report.PDF", "page.html", "notes.md"])
def test_a_text_that_looks_like_a_file_name_is_taken_for_a_mistake(name: str) -> None:
    with pytest.raises(InputError, match="no such file; give the path of a file, or the text itself"):
        multivector.read(name)
    assert multivector.read(f"{name}\n").document.text == name


@pytest.mark.parametrize("given", [None, 3, b"Kazakhstan agreed.", ["Kazakhstan agreed."]])
def test_what_is_neither_text_nor_path_is_refused(given: Any) -> None:
    with pytest.raises(MultivectorError, match=f"read: takes a text or a path, not {type(given).__name__}"):
        multivector.read(given)


def test_other_texts_without_spaces_are_texts() -> None:
    assert multivector.read("no/such/file").document.text == "no/such/file"
    assert multivector.read("x" * 5000).document.text == "x" * 5000
    assert multivector.read("Kazakhstan\0agreed").document.text == "Kazakhstanagreed"


@pytest.mark.parametrize("published", ["2026-2-1", "yesterday", "2026-02-31", "2026"])
def test_a_wrong_date_of_publication_is_refused(published: str) -> None:
    with pytest.raises(MultivectorError, match="published"):
        multivector.read(TEXT, published=published)


def test_a_store_is_opened_made_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with pytest.raises(StoreError, match="no such store"):
        multivector.open(path, create=False)
    with multivector.open(path) as store:
        assert store.status().documents == 0
    with multivector.open(str(path), readonly=True) as store, pytest.raises(StoreError, match="reading only"):
        store.add_failure("x", "y")
