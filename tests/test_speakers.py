"""Sources resolved within their document."""

from __future__ import annotations

import pytest

from multivector.record import Speaker
from reading_helpers import read


def speakers(text: str, **given: str | None) -> list[Speaker]:
    return [statement.speaker for statement in read(text, **given).statements]  # pyright: ignore[reportArgumentType]


def test_title_before_the_name() -> None:
    (who,) = speakers("Uzbek Deputy Trade Minister Rustam Aliev said that exports would grow.")
    assert who == Speaker("Rustam Aliev", "Uzbek Deputy Trade Minister", None, "UZB")


def test_title_after_the_name() -> None:
    (who,) = speakers("Lena Holm, the spokeswoman of the Norwegian Foreign Ministry, said that talks go on.")
    assert who.person == "Lena Holm"
    assert who.role == "spokeswoman of the Norwegian Foreign Ministry"
    assert who.organisation == "Norwegian Foreign Ministry"
    assert who.state == "NOR"


@pytest.mark.parametrize("again", ["He added", "Aliev added", "The minister added", "The official added"])
def test_later_mentions_go_back_to_the_person(again: str) -> None:
    first, second = speakers(
        f"Tajik Energy Minister Rustam Aliev said that water was scarce. {again} that winter would be hard."
    )
    assert second == first
    assert second.person == "Rustam Aliev"


def test_the_office_of_a_known_person_comes_from_the_knowledge_for_that_date() -> None:
    (who,) = speakers("Sergei Lavrov said that talks go on.", published="2024-05-02")
    assert (who.person, who.state) == ("Sergei Lavrov", "RUS")
    assert who.role is not None
    assert "Foreign Minister" in who.role or "Foreign Affairs" in who.role


@pytest.mark.parametrize(
    ("text", "organisation", "state"),
    [
        ("The Iranian Oil Ministry said that output rose.", "Iranian Oil Ministry", "IRN"),
        ("Ankara said that it was ready.", None, "TUR"),
        ("The Kremlin said that it was ready.", "Kremlin", "RUS"),
        ("The Kazakh side said that it was ready.", None, "KAZ"),
        ("The SCO said that it was ready.", "Shanghai Cooperation Organisation", None),
        ("Some observers said that it was ready.", None, None),
    ],
)
def test_bodies_and_states(text: str, organisation: str | None, state: str | None) -> None:
    assert speakers(text) == [Speaker(None, None, organisation, state)]


def test_an_analyst_speaks_for_no_state() -> None:
    (who,) = speakers("“Nothing will change,” said Anna Weber, an analyst at the German Institute.")
    assert (who.person, who.state) == ("Anna Weber", None)


def test_date_and_occasion_carry_over_to_the_next_words_of_the_speaker() -> None:
    record = read(
        "At a briefing on 12 March, Lena Holm, a spokeswoman of the Norwegian ministry, said that talks go on. "
        "“We are patient,” she added."
    )
    assert [(s.said_on, s.occasion) for s in record.statements] == [("2026-03-12", "briefing")] * 2


def test_nobody_is_invented() -> None:
    assert speakers("They said that it was ready.") == [Speaker()]
    assert speakers("He said that it was ready.") == [Speaker()]


def test_an_official_of_another_state_is_somebody_else() -> None:
    first, second = speakers(
        "Tajik Energy Minister Rustam Aliev said that water was scarce. The Turkish official said that it was not."
    )
    assert first.person == "Rustam Aliev"
    assert second == Speaker(None, None, None, "TUR")
