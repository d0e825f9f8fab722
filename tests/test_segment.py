"""Texts cut into paragraphs, sentences and quotations."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multivector.reading._segment import paragraphs_of, quotes_of, sentences_of
from multivector.reading.languages import language_of


def sentences(text: str, language: str = "en") -> list[str]:
    found = sentences_of(text, paragraphs_of(text), language_of(language))
    return [text[s.span.start : s.span.end] for s in found]


def quotes(text: str) -> list[str]:
    return [text[start:end] for start, end in quotes_of(text, paragraphs_of(text))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The ministers met. They signed nothing.", 2),
        ("Mr. Karimov met Dr. Weiss in St. Petersburg. Nothing followed.", 2),
        ("The U.S. Embassy closed. It opened again at 5 p.m. on Monday.", 2),
        ("J. K. Ahmadi spoke first.", 1),
        ("Then J.K. Ahmadi met Sens. Ruiz and Okafor.", 1),
        ("They work for the U.A.E. The fleet is theirs.", 2),
        ("Trade fell by 3.5 percent. Why?", 2),
        ("1. The Sides met in Osh. 2. They agreed.", 2),
        ("He said: “We wait. We hope.” Then he left.", 3),
        ("A heading\nA sentence without an end", 2),
        ("", 0),
    ],
)
def test_sentences_of_english(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_sentences_of_russian_go_on_after_abbreviations() -> None:
    text = "В 2025 г. экспорт вырос до 3 млрд долл. и достиг плана. Об этом сообщил А. С. Ким."
    assert sentences(text, "ru") == [text[:56].strip(), "Об этом сообщил А. С. Ким."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“One,” he said, “two.”", ["“One,”", "“two.”"]),
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ("«Раз», — сказал он, — «два „внутри“».", ["«Раз»", "«два „внутри“»"]),
        ("„Eins“, sagte er.", ["„Eins“"]),
        ("''One,'' she said.", ["''One,''"]),
        ("‘One,’ the partners’ envoy said, ‘and two.’", ["‘One,’", "‘and two.’"]),
        ("“Never closed\nNext paragraph “closed”", ["“Never closed", "“closed”"]),
        ("the farmers’ market isn’t open", []),
        ("“The ‘inner’ words stay inside,” she said.", ["“The ‘inner’ words stay inside,”"]),
        ("He is 6' 2\" tall", []),
        ("”We wait,” she said, ”and hope.”", ["”We wait,”", "”and hope.”"]),
        ("It cost 5” and more", []),
    ],
)
def test_quotations_of_all_kinds(text: str, found: list[str]) -> None:
    assert quotes(text) == found


@given(st.text(alphabet=st.sampled_from("aB .\n\"“”'‘’«»!?1,"), max_size=200))
def test_cuts_lie_in_the_text_in_order_and_lose_no_word(text: str) -> None:
    paragraphs = paragraphs_of(text)
    cut = sentences_of(text, paragraphs, language_of("en"))
    assert "".join("".join(text[a:b].split()) for (a, b), _ in ((s.span, s.paragraph) for s in cut)) == "".join(
        text.split()
    )
    spans = quotes_of(text, paragraphs)
    assert list(spans) == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    text = (
        "The ministers of the two countries met in Osh\nto discuss the border. They agreed to meet\nagain in May.\n\n"
        "A short heading\n- the first item of a list\n- the second item of it\nNote: no more."
    )
    assert [" ".join(text[a:b].split()) for a, b in paragraphs_of(text)] == [
        "The ministers of the two countries met in Osh to discuss the border. They agreed to meet again in May.",
        "A short heading",
        "- the first item of a list",
        "- the second item of it",
        "Note: no more.",
    ]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    text = "One paragraph, longer than a hand would put on a line. " * 3 + "\nNext"
    assert len(paragraphs_of(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "BISHKEK, 14 March. Trains run again.",
        "BRUSSELS - Trains run again.",
        "NEW DELHI (Example Wire) — Trains run again.",
        "ASTANA, March 14 (Example Wire) -- Trains run again.",
        "МОСКВА, 14 марта — Поезда снова ходят.",
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(text: str) -> None:
    place, sentence = sentences(text)
    assert place.split(",")[0].split(" (")[0].split(" - ")[0].isupper()
    assert sentence.endswith(("Trains run again.", "Поезда снова ходят."))
    assert len(sentence) < 25


@pytest.mark.parametrize(
    "text", ["NATO and the EU met in Riga.", "USA Today wrote about it - twice.", "UN experts agree. They left."]
)
def test_a_name_in_capitals_is_no_dateline(text: str) -> None:
    assert "".join(sentences(text)[0].split()).startswith("".join(text.split(".")[0].split()))
