"""The dateline: the day that relative words count from, and no day of saying by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from multivector.reading import Reader
from multivector.record import Document, Record

SAID = "Transport Minister Asel Omarova said {}that the line was ready."


def read(text: str, published: str | None = None, language: str = "en") -> Record:
    return Reader().read(Document("d", None, None, None, published, language, text))


def said_on(text: str, published: str | None = None) -> str | None:
    (statement,) = read(text, published).statements
    return statement.said_on


@pytest.mark.parametrize(
    "line",
    [
        "TASHKENT, 4 March 2026 (Example Wire) — ",
        "TASHKENT, March 4, 2026 -- ",
        "Tashkent, 4 March 2026 – ",
        "NEW DELHI, 4 March 2026. ",
        "A line is ready\nTashkent, 4 March 2026\n",
        "A line is ready\n4 March 2026, 14:20\n",
        "(March 4, 2026)\n",
    ],
)
@pytest.mark.parametrize(
    ("word", "day"),
    [("", None), ("today ", "2026-03-04"), ("yesterday ", "2026-03-03"), ("on Monday ", "2026-03-02")],
)
def test_without_a_publication_words_count_from_the_dateline(line: str, word: str, day: str | None) -> None:
    assert said_on(line + SAID.format(word)) == day


def test_a_dateline_is_nearer_than_a_later_publication() -> None:
    text = "TASHKENT, March 4 (Example Wire) — " + SAID.format("today ")
    assert said_on(text, "2026-03-07") == "2026-03-04"
    assert said_on(text, "2026-03-04") == "2026-03-04"
    assert said_on(text, "2026-03") == "2026-03-04"


@pytest.mark.parametrize("published", ["2026-03-04", "2026-03-05", "2026-03"])
def test_a_bare_dateline_dates_no_statement(published: str) -> None:
    assert said_on("Tashkent, 4 March 2026 – " + SAID.format(""), published) is None


@pytest.mark.parametrize("day", ["12 January 2026", "9 May 2031"])
def test_a_day_that_does_not_fit_the_publication_is_left_alone(day: str) -> None:
    assert said_on(f"TASHKENT, {day} — " + SAID.format("today "), "2026-03-05") == "2026-03-05"


@pytest.mark.parametrize(
    "text",
    [
        "TASHKENT, March 4 (Example Wire) — " + SAID.format("on Tuesday "),  # no year
        "Plans for 9 May 2025\n" + SAID.format("yesterday "),  # a title
        "4 March 2026 to 6 March 2026\n" + SAID.format("yesterday "),  # not one day
        "March 2026\n" + SAID.format("yesterday "),
        "Osh, 12 million, 2026 – " + SAID.format("yesterday "),
    ],
)
def test_what_tells_no_day_dates_nothing(text: str) -> None:
    assert said_on(text) is None


def test_the_dateline_of_a_russian_text_counts_too() -> None:
    record = read("ТАШКЕНТ, 4 марта 2026 года — Вчера поезда снова пошли.", language="ru")
    assert "2026-03-03" in {date.value for date in record.dates}


def test_the_office_of_the_time_of_the_dateline_is_meant() -> None:
    # The reader's own day is that of the dateline, the document's stays as given.
    reader = Reader()
    document = Document("d", None, None, None, None, "en", "TASHKENT, 4 March 2026 — Trains run again.")
    assert reader._open(document).published == dt.date(2026, 3, 4)  # pyright: ignore[reportPrivateUsage]
    assert reader.read(document).document.published is None
