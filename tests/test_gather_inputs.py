"""What the user names becomes sources, each once; what cannot be taken says why."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from multivector.errors import InputError
from multivector.gather import Failure, Options, Source, expand, fetch, gather, url_list


def located(*inputs: str, stdin: bool = False) -> list[str]:
    return [found.location for found in expand(inputs, stdin=stdin) if isinstance(found, Source)]


def test_a_folder_gives_its_documents_in_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.PDF",
        "a/page.html",
        "c.md",
        "notes",
        ".hidden.txt",
        ".git/x.txt",
        "photo.png",
        "d.docx",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"text")
    found = [os.path.relpath(location, tmp_path).replace(os.sep, "/") for location in located(str(tmp_path))]
    assert found == ["a/page.html", "a/z.PDF", "b.txt", "c.md", "notes"]


def test_a_location_is_written_as_the_user_gave_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"text")
    monkeypatch.chdir(tmp_path)
    assert located("in") == [os.path.join("in", "a.txt")]  # noqa: PTH118


def test_a_file_named_by_itself_is_always_tried(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(b"text")
    assert located(str(tmp_path / "a.log")) == [str(tmp_path / "a.log")]


def test_each_place_is_taken_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / "sub").mkdir()
    again = str(tmp_path / "sub" / ".." / "a.txt")
    assert len(located(str(tmp_path / "a.txt"), again, str(tmp_path))) == 1
    assert located("HTTP://Example.org:80/a#x", "http://example.org/a") == ["http://example.org/a"]


def test_links_that_lead_back_end(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"text")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = list(expand([str(tmp_path)]))
    assert [one.location for one in found if isinstance(one, Source)] == [str(tmp_path / "sub" / "a.txt")]
    assert [one.reason for one in found if isinstance(one, Failure)] == ["no such file or folder"]


def test_a_very_deep_folder_is_walked(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(300):
        deep = deep / "d"
        deep.mkdir()
    (deep / "a.txt").write_bytes(b"text")
    assert len(located(str(tmp_path))) == 1


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("missing.txt", "no such file or folder"),
        ("ftp://example.org/a.txt", "only http and https addresses are fetched"),
        ("file:///etc/hostname", "only http and https addresses are fetched"),
    ],
)
def test_what_cannot_be_taken_says_why(location: str, reason: str) -> None:
    assert list(expand([location])) == [Failure(location, reason)]


@pytest.mark.parametrize("location", ["a\0b", "a" * 5000])
def test_impossible_names_are_failures(location: str) -> None:
    (found,) = expand([location])
    assert isinstance(found, Failure)


def test_standard_input_when_nothing_is_named() -> None:
    assert located(stdin=True) == ["-"]
    assert located(stdin=False) == []
    assert located("-", "-") == ["-"]


def test_standard_input_is_read_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"The talks ended.")))
    found = gather(Source("-"))
    assert (found.location, found.document.text, found.document.url) == ("-", "The talks ended.", None)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a" * 1000)))
    with pytest.raises(InputError, match=r"standard input: more than 100 bytes"):
        fetch(Source("-"), Options(max_bytes=100))


def test_a_list_of_addresses(tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("\ufeff# sources\nhttps://example.org/a\r\n\n  https://example.org/b  \n", "utf-8")
    assert url_list(listed) == ["https://example.org/a", "https://example.org/b"]
    listed.write_bytes(b"https://example.org/\xff")
    with pytest.raises(InputError, match="not UTF-8 at byte 20"):
        url_list(listed)
    with pytest.raises(InputError, match="no such file or folder"):
        url_list(tmp_path / "none.txt")


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder, not a document"):
        fetch(Source(str(tmp_path)))
    with pytest.raises(InputError, match="no such file or folder"):
        fetch(Source(str(tmp_path / "none.txt")))
    (tmp_path / "big.txt").write_bytes(b"a" * 101)
    with pytest.raises(InputError, match="more than 100 bytes"):
        fetch(Source(str(tmp_path / "big.txt")), Options(max_bytes=100))
    assert len(fetch(Source(str(tmp_path / "big.txt")), Options(max_bytes=101)).data) == 101


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device file")
def test_a_device_is_not_a_document() -> None:
    with pytest.raises(InputError, match="not a regular file"):
        fetch(Source("/dev/zero"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"published": "18.02.2026"},
        {"published": "2026-02-30"},
        {"language": "Русский"},
        {"timeout": 0.0},
        {"max_bytes": 0},
    ],
)
def test_options_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        Options(**wrong)  # type: ignore[arg-type]
