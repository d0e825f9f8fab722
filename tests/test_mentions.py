"""Mentions: the set and its scorer, the head of the tagger, and speakers that it names."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import multivector
from multivector.reading import Reader
from multivector.reading._analysis import NameMention
from multivector.reading._people import person_in
from multivector.reading._tagger.mentions import KINDS, Naming, mentions_of
from multivector.reading._tagger.reader import SECOND, Tagger, shipped
from multivector.reading._tagger.words import split
from multivector.record import Document, Span
from program import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

import mentions as benchmark
from mentions import FormatError, count, exact, load, parse, score

WEIGHTS = ROOT / "src/multivector/reading/_tagger/weights"


@cache
def tagger() -> Tagger:
    return shipped()


def named(text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], str(each.kind)) for each in tagger().findings(text).mentions()]


# ------------------------------------------------------------------ the set and its scorer


def test_the_set_has_two_halves_without_a_sentence_in_both() -> None:
    dev, held = ({each.text for each in load(half)} for half in ("dev", "held"))
    assert len(dev) == len(held) == 89
    assert not dev & held
    for half in ("dev", "held"):
        kinds = [kind for each in load(half) for _, _, kind in each.mentions]
        assert all(kinds.count(kind) > 30 for kind in benchmark.CLASSES.values())


def test_a_marked_line_gives_text_and_spans() -> None:
    found = parse("The {T envoy} of {L Oman}, {P Ali bin Said}.")
    assert found.text == "The envoy of Oman, Ali bin Said."
    assert found.mentions == ((4, 9, "office"), (13, 17, "place"), (19, 31, "person"))


@pytest.mark.parametrize(("line", "problem"), [("{X Oman}", "no class 'X'"), ("{P}", "a brace"), ("{P Ali", "a brace")])
def test_what_breaks_the_format_is_named_with_its_place(line: str, problem: str) -> None:
    with pytest.raises(FormatError, match=f"dev.txt:3: {problem}"):
        parse(line, "", "dev.txt:3")


def test_known_scores() -> None:
    text = "The Ministry met Ana Lund’s team"
    gold = [(4, 12, "organisation"), (17, 25, "person")]
    numbers = count(text, gold, [(0, 12, "organisation"), (17, 27, "person"), (28, 32, "place")])
    assert (exact(numbers, "organisation"), exact(numbers, "person"), exact(numbers, "place")) == (1, 1, 0)
    assert exact(count(text, gold, [(17, 20, "person")]), "person") == 0
    assert exact(count(text, gold, [(17, 25, "place")]), "person") == 0
    assert exact(count(text, gold, gold), "office") == 1
    numbers = count(text, gold, [(17, 20, "person")])
    assert benchmark.by_words(numbers, "person") == pytest.approx(2 / 3)


def test_the_words_for_training_name_nothing_of_the_set() -> None:
    with (ROOT / "training" / "mentions" / "words.toml").open("rb") as file:
        words = tomllib.load(file)
    listed = {name for people in words["peoples"] for kind in ("place", "organisation") for name in people[kind]}
    marked = {
        each.text[start:end]
        for half in ("dev", "held")
        for each in load(half)
        for start, end, kind in each.mentions
        if kind != "office"
    }
    assert not {name.replace("’", "'") for name in listed} & marked


# ------------------------------------------------------------------ the head


def test_it_names_persons_organisations_places_and_offices() -> None:
    text = "Foreign Minister Yerzhan Qasymbekuly Dosanov met Li Weihong of Tarim Steel in Taldykorgan."
    assert named(text) == [
        ("Foreign Minister", "office"),
        ("Yerzhan Qasymbekuly Dosanov", "person"),
        ("Li Weihong", "person"),
        ("Tarim Steel", "organisation"),
        ("Taldykorgan", "place"),
    ]


def test_attributions_are_the_same_bits_with_the_head_and_without() -> None:
    text = "“It rains,” Li Weihong said in Osh.\n" * 30
    words = split(text)
    with_head = tagger().scores(words)
    without = Tagger.load(WEIGHTS, heads=[SECOND])
    for own, other in zip(with_head, without.scores(words), strict=True):
        assert np.array_equal(own.tags, other.tags)
        assert np.array_equal(own.links, other.links)
        assert own.names is not None
        assert len(own.names) == len(own.tags)
        assert other.names is None
    assert without.findings(text).mentions() == ()
    assert (WEIGHTS / "mentions.onnx").stat().st_size < 1_000_000


def scores_of(*tags: str) -> np.ndarray:
    names = ["O", *(f"{mark}{kind[:2]}" for kind in KINDS for mark in "BI")]
    return np.array([[5.0 * (name == tag) for name in names] for tag in tags], dtype=np.float32)


def spans(text: str, *windows: np.ndarray) -> list[str]:
    return [f"{text[m.start : m.end]}={m.kind}" for m in mentions_of(split(text), windows)]


def test_runs_are_cut_where_another_begins_and_at_the_end_of_a_window() -> None:
    text = "Envoy Ana Lund of Oslo"
    assert spans(text, scores_of("Bof", "Bpe", "Ipe", "O", "Bpe")) == ["Envoy=office", "Ana Lund=person", "Oslo=person"]
    assert spans(text, scores_of("Bof", "Bpe"), scores_of("Ipe", "O", "O")) == [
        "Envoy=office",
        "Ana=person",
        "Lund=person",
    ]
    assert spans(text, scores_of("O", "Ipe", "Ipe", "Ipe", "O")) == ["Ana Lund=person"]  # `of` ends no name
    assert spans(text, scores_of("O", "O", "O", "Bpe", "O")) == []
    assert spans(text, scores_of("O", "O", "O", "O", "O")) == []
    assert spans(text) == []


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=150))
def test_mentions_of_any_text_lie_in_it_in_order_and_apart(text: str) -> None:
    last = 0
    for each in tagger().findings(text).mentions():
        assert last <= each.start < each.end <= len(text)
        assert text[each.start : each.end].strip() == text[each.start : each.end]
        last = each.end


@pytest.mark.parametrize(("kind", "floor"), [("person", 0.85), ("organisation", 0.6), ("place", 0.8), ("office", 0.75)])
def test_it_reads_the_held_out_half_better_than_the_rules(kind: str, floor: float) -> None:
    total = benchmark.total(score(load("held"), benchmark.tagger()))
    assert exact(total, kind) >= floor


# ------------------------------------------------------------------ in the record


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Zh. T. Baimukanova", "Zh. T. Baimukanova"),
        ("Aziz uulu Kubatbek", "Aziz uulu Kubatbek"),
        ("State Counsellor Dana Orynbekova", "Dana Orynbekova"),
    ],
)
def test_the_name_of_a_speaker_is_whole(words: str, name: str) -> None:
    (statement,) = multivector.read(f"{words} told reporters that the road would be closed.").statements
    assert statement.speaker.person == name


def test_a_surname_goes_back_to_somebody_named_without_an_office() -> None:
    text = (
        "Farmers met in Talas. Among them was Azamat Kadyraliev, who grows beans. "
        "Kadyraliev said that the harvest would be late."
    )
    assert [each.speaker.person for each in multivector.read(text).statements][-1] == "Azamat Kadyraliev"


@pytest.mark.parametrize(
    ("words", "marked", "kind", "name"),
    [
        ("Foreign Minister Ana Lund", "Ana Lund", Naming.ORGANISATION, "Ana Lund"),  # the office tells more
        ("Major Ana Lund", "Major Ana Lund", Naming.PERSON, "Ana Lund"),
        ("Ana Lund", "Ana Lund", Naming.ORGANISATION, None),
        ("Ana Lund", "Ana Lund", Naming.PERSON, "Ana Lund"),
        ("Lund uulu Ana", "Lund uulu Ana", Naming.PERSON, "Lund uulu Ana"),
        ("Centre for Roads", "Roads", Naming.PERSON, None),
    ],
)
def test_what_counts_of_rules_and_tagger(words: str, marked: str, kind: Naming, name: str | None) -> None:
    document = Document("d", None, None, None, None, "en", words)
    start = words.index(marked)
    analysis = Reader()._open(document)  # pyright: ignore[reportPrivateUsage]
    analysis = replace(analysis, names=(NameMention(Span(start, start + len(marked)), kind),))
    person = person_in(analysis, Span(0, len(words)))
    assert (person and person.name) == name
