"""Words found by where they begin are what trying their pattern everywhere finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multivector.reading._bearers import words_of
from multivector.reading._cues import cues_of
from multivector.reading._grammar import grammar_of
from multivector.reading._lookup import BEHIND_LETTER, Sought, WordStarts, heads_of
from multivector.reading._measure_words import measure_words
from multivector.reading._tie_words import tie_words
from multivector.reading.languages import language_of

ENGLISH, RUSSIAN = language_of("en"), language_of("ru")

TEXTS = [
    "On May 5, 2024 and on 6 May the two sides met; the first half of 2023, Q3 2022 and FY24 were better than 2021/22.",
    "Last week's talks, held from Monday to Wednesday, ended two days later. 12-15 March 1999, the 1990s, the '60s.",
    "MAY 7: the ministers SAID that trade turnover rose 3.5 percent; according to them, freight and exports did too.",
    "Both countries are neighbours and strategic partners; A borders on B. He said so, she added, they agreed to wait.",
    "В первом полугодии 2025 года, 5 мая и в прошлую пятницу стороны встретились; рост за январь — март, до 2030 г.",
    "Frıday, İn 2020, ſaid: k1 x-ray re-elected 2nd_3rd don’t “May” 03.04.2021 31/12/1999 (2010) year-end",
    "",
]


def sought() -> list[Sought]:
    cues, ties = cues_of(ENGLISH), tie_words(ENGLISH)
    assert cues
    assert ties
    found = [form.sought for tongue in (ENGLISH, RUSSIAN) for form in grammar_of(tongue).forms]  # type: ignore[union-attr]
    found += [entry[0] for tongue in (ENGLISH, RUSSIAN) for entry in measure_words(tongue).entries]
    found += [pattern for _, pattern in (*ties.partners, *ties.bonds)]
    words = words_of(ENGLISH)
    return [*found, cues.verb, cues.source_phrase, cues.occasions, words.sides, words.speaker, words.description]


def both(each: Sought, text: str, low: int, high: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    fast = [match.span() for match in each.finditer(text, WordStarts(text), low, high)]
    return fast, [match.span() for match in each.pattern.finditer(text, low, high)]


def test_the_shipped_patterns_find_what_they_find_everywhere() -> None:
    found = 0
    for text in TEXTS:
        for each in sought():
            fast, plain = both(each, text, 0, len(text))
            assert fast == plain, each.pattern.pattern
            found += len(plain)
    assert found > 50


def test_no_shipped_pattern_of_english_is_tried_everywhere() -> None:
    open_ended = [each.pattern.pattern for each in sought() if each.heads is None]
    # Russian measures are stems that any letters may follow.
    assert [pattern for pattern in open_ended if not re.search("[а-я]", pattern)] == []


WORDS = [
    "May",
    "5",
    "2024",
    "the",
    "first",
    "half",
    "of",
    "last",
    "week",
    "said",
    "both",
    "sides",
    "Q3",
    "x",
    "-",
    ",",
    "“",
]


CUTS_A_WORD = re.compile(r"\w(?=\w)")


def test_a_word_cut_by_the_end_of_the_range_is_not_taken_for_its_first_letters() -> None:
    ours = Sought(r"\b(?:we|us)\b")
    assert [match.span() for match in ours.finditer("week", WordStarts("week"), 0, 2)] == []
    assert [match.span() for match in ours.finditer("we know", WordStarts("we know"), 0, 2)] == [(0, 2)]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([" ", "", "\n"]), st.data())
def test_any_run_of_words_is_read_alike(words: list[str], gap: str, data: st.DataObject) -> None:
    text = gap.join(words)
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.sampled_from([end for end in range(low, len(text) + 1) if not CUTS_A_WORD.match(text, end - 1)]))
    for each in sought()[:: data.draw(st.integers(1, 40))]:
        fast, plain = both(each, text, low, high)
        assert fast == plain, each.pattern.pattern


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        (r"\b(?:say|said)\b", {"say", "said"}),
        (r"\bcentur(?:y|ies)\b", {"century", "centuries"}),
        (r"\b(?:the )?days?\b", {"the", "day", "days"}),
        (r"(?<!\w)(?:[12]\d|Q[1-4])(?!\w)", {"0", "q"}),
        (r"\b(?!no )(?:up|(?!))\b", {"up"}),
        (r"\b[TD]ay\b|\bone", {"tay", "day", "one"}),
        (r"\bco-op", {"co"}),
        (r"\b\w+ly\b", None),
        (r"\b(?:a|b)?(?:c)?", None),
        (r"\bone|two", None),
        (r"(?:one|two)\b", None),
        (r"\b(?:ab)+\b", None),
        (r"\b[^,]+", None),
    ],
)
def test_heads_are_the_letters_that_matches_begin_with(pattern: str, heads: set[str] | None) -> None:
    assert heads_of(pattern) == (None if heads is None else frozenset(heads))


def test_digits_right_behind_letters_are_found_where_they_are_asked_for() -> None:
    glued = Sought(r"(?<=\bEUR)\d+", heads=frozenset({BEHIND_LETTER}))
    assert both(glued, "EUR5 and XEUR6", 0, 14) == ([(3, 4)], [(3, 4)])


def test_a_text_may_lack_words_that_the_places_have() -> None:
    masked = "He ____ that"
    starts = WordStarts("He said that")
    assert [match.group() for match in Sought(r"\b(?:said|that)\b").finditer(masked, starts)] == ["that"]
    assert re.search("said", masked) is None
