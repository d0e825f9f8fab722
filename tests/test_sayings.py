"""When, and on what occasion, something was said."""

from __future__ import annotations

import pytest

from reading_helpers import read

When = tuple[str | None, str | None]

ITS_OWN_WORDS: list[tuple[str, When]] = [
    ("The minister said on Monday that the road was open.", ("2026-03-16", None)),
    ("On Monday the minister said that the road was open.", ("2026-03-16", None)),
    ("“The road is open,” the minister told reporters Tuesday.", ("2026-03-17", None)),
    ("In an interview published on 3 March, Rustam Aliev said that the road was open.", ("2026-03-03", "interview")),
    ("Rustam Aliev said at a briefing on 12 March that the road was open.", ("2026-03-12", "briefing")),
    ("The ministry said in January that the road was open.", ("2026-01", None)),
    ("The road was open, a Tajik official repeated last week.", ("2026-03-09/2026-03-15", None)),
    ("A report published on Monday by two engineers said that the road was open.", ("2026-03-16", "report")),
    ("The minister said that the road had opened on Monday.", (None, None)),
    ("The road opened on Monday, and the minister said that trade would grow.", (None, None)),
    ("The ministry, founded in 1992, said that the road was open.", (None, None)),
    ("The minister said that the road was open.", (None, None)),
    ("The minister, who will fly to Oslo on 28 March, said that the road was open.", (None, None)),
    ("DUSHANBE, 18 March. The minister said that the road was open.", (None, None)),
]


def told(text: str) -> list[When]:
    return [(statement.said_on, statement.occasion) for statement in read(text).statements]


@pytest.mark.parametrize(("text", "expected"), ITS_OWN_WORDS)
def test_the_words_around_an_attribution_tell_when(text: str, expected: When) -> None:
    assert told(text)[:1] == [expected]


def test_what_a_speaker_says_next_is_said_there_too() -> None:
    text = "At a briefing on 12 March, Lena Holm said that talks go on. “We are patient,” she added."
    assert told(text) == [("2026-03-12", "briefing")] * 2


def test_what_a_speaker_had_said_before_was_said_before() -> None:
    text = "Lena Holm said on Monday that talks go on. Holm had threatened to leave."
    assert told(text) == [("2026-03-16", None), (None, None)]


def test_an_occasion_keeps_the_day_with_which_it_was_told() -> None:
    text = (
        "A ceremony was held in Baku on 12 March. The bridge is long. "
        "“It took six years,” engineer Rustam Aliev said at the ceremony."
    )
    assert told(text)[-1:] == [("2026-03-12", "ceremony")]


def test_a_definite_occasion_is_the_event_told_just_before() -> None:
    text = "The bridge was opened on 12 March. “It took six years,” engineer Rustam Aliev said at the ceremony."
    assert told(text)[-1:] == [("2026-03-12", "ceremony")]


def test_who_speaks_in_the_past_tense_speaks_at_the_one_occasion() -> None:
    text = (
        "A forum on water was held in Bishkek on 12 March. Engineer Rustam Aliev said that rivers were low. "
        "Farmer Anna Weber wants more rain."
    )
    assert told(text)[:1] == [("2026-03-12", "forum")]
    assert all(when == (None, None) for when in told(text)[1:])


def test_words_to_the_press_are_not_said_at_the_occasion() -> None:
    text = "A forum on water was held in Bishkek on 12 March. Rustam Aliev told reporters that rivers were low."
    assert told(text)[:1] == [(None, None)]


def test_nobody_has_spoken_at_an_occasion_to_come() -> None:
    text = "A forum on water will be held in Bishkek on 28 March. Rustam Aliev said that rivers were low."
    assert told(text)[-1:] == [(None, None)]


def test_a_letter_is_no_place_where_others_speak() -> None:
    text = "The letter was sent on 12 March. Engineer Rustam Aliev said that rivers were low."
    assert told(text)[-1:] == [(None, None)]


def test_what_is_said_next_is_not_said_in_a_month_or_year_told_before() -> None:
    text = "Rustam Aliev said in January that rivers were low. “We need rain,” Aliev added."
    assert told(text) == [("2026-01", None), (None, None)]


def test_the_day_tells_where_a_longer_time_is_named_too() -> None:
    text = "After quarrels all last week Rustam Aliev said on Monday that rivers were low."
    assert told(text) == [("2026-03-16", None)]
