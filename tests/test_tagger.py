"""The trained tagger: the same result whatever was read before, spans inside the text, and its parts."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.reading._tagger.decode import Settings, chances, join, spans, viterbi
from multivector.reading._tagger.labels import LINKS, TAGS, allowed
from multivector.reading._tagger.reader import Tagger, shipped
from multivector.reading._tagger.windows import cut
from multivector.reading._tagger.words import BREAK, split

TEXT = (
    "“The bridge stays open,” Latvian Transport Minister Edgars Ozols said on Tuesday. “Nobody will close it.”\n\n"
    "According to the ministry, freight rose by 9 percent. Critics fear that the bridge will not last."
)


@cache
def tagger() -> Tagger:
    return shipped()


def words_of(text: str) -> list[tuple[str, str, str]]:
    return [
        tuple(" … ".join(text[a:b] for a, b in part) for part in (each.source, each.cue, each.content))  # pyright: ignore[reportReturnType]
        for each in tagger().read(text)
    ]


def test_it_finds_direct_and_indirect_speech_with_source_and_cue() -> None:
    found = words_of(TEXT)
    assert ("the ministry", "According to", "freight rose by 9 percent") in found
    assert ("Critics", "fear", "that the bridge will not last") in found
    assert any(content.startswith("“The bridge stays open,”") and "Ozols" in source for source, _, content in found)


def test_what_is_read_in_a_text_does_not_depend_on_other_texts_or_threads() -> None:
    alone = tagger().read(TEXT)
    tagger().read("Something else altogether, she said. " * 40)
    assert tagger().read(TEXT) == alone
    with_two = Tagger.load(_weights(), threads=2)
    assert with_two.read(TEXT) == alone


def test_a_second_look_changes_the_scores_of_the_tags_and_nothing_else() -> None:
    words = split(TEXT)
    (twice,) = tagger().scores(words)
    (once,) = Tagger.load(_weights(), heads=["mentions.onnx"]).scores(words)
    assert once.tags.shape == twice.tags.shape == (len(words), len(TAGS))
    assert not np.array_equal(once.tags, twice.tags)
    assert np.array_equal(once.links, twice.links)
    assert once.names is not None
    assert twice.names is not None
    assert np.array_equal(once.names, twice.names)


def test_no_text_no_attributions() -> None:
    assert tagger().read("") == []
    assert tagger().read(" \n ") == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_spans_lie_inside_any_text_and_begin_and_end_in_words(text: str) -> None:
    for found in tagger().read(text):
        for start, end in (*found.source, *found.cue, *found.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]


@pytest.mark.parametrize("marks", ["“”", '""', "«»", "„“", ("''", "''"), ("``", "''"), "„”"])
def test_quotation_marks_of_all_shapes_read_the_same(marks: str | tuple[str, str]) -> None:
    words = split(f"He said: {marks[0]}We agree.{marks[1]} Then he left.")
    expected = [(":", 0), ('"', 3), ("We", 4), ("agree", 3), (".", 3), ('"', 3), ("Then", 1)]
    assert [(word.form, word.feature) for word in words[2:9]] == expected


def test_every_character_but_space_belongs_to_one_word() -> None:
    text = "  «Да», he said.\n\n''No'' — U.S. don’t „so“ \n"
    covered = [i for word in split(text) for i in range(word.start, word.end) if not text[i].isspace()]
    assert covered == [i for i, character in enumerate(text) if not character.isspace()]


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    assert [(w.form, w.feature) for w in split("“One\n\nTwo")] == [('"', 3), ("One", 4), (BREAK, 0), ("Two", 1)]


def test_windows_cover_all_words_within_the_budget() -> None:
    words = split("A b c. " * 50 + "\n\n" + "D e f " * 90)
    ranges = cut(words, [1] * len(words), 40)
    assert [i for start, end in ranges for i in range(start, end)] == list(range(len(words)))
    assert max(end - start for start, end in ranges) <= 40


def test_the_best_tags_keep_to_their_order_and_windows_do_not_touch_each_other() -> None:
    chance = np.random.default_rng(0)
    scores = [chance.normal(size=(n, len(TAGS))).astype(np.float32) * 3 for n in (1, 9, 30)]
    plain = _settings()
    for own, tags in zip(scores, viterbi(scores, plain), strict=True):
        assert viterbi([own], plain)[0].tolist() == tags.tolist()
        assert tags[0] == 0 or tags[0] % 2 == 1
        assert all(allowed(int(a), int(b)) for a, b in pairwise(tags))


def test_chances_are_shares_of_all_sequences_of_tags() -> None:
    chance = np.random.default_rng(1)
    scores = chance.normal(size=(4, len(TAGS))).astype(np.float32)
    plain = _settings()
    by = Settings(chance.normal(size=(7, 7)).astype(np.float32), plain.start + 0.5, 4, plain.bias + 0.25)
    held, total = np.zeros((4, 3)), 0.0
    for tags in product(range(len(TAGS)), repeat=4):
        if (tags[0] and tags[0] % 2 == 0) or not all(allowed(a, b) for a, b in pairwise(tags)):
            continue
        score = sum(scores[at, each] + by.bias[each] for at, each in enumerate(tags)) + by.start[tags[0]]
        weight = float(np.exp(score + sum(by.transitions[a, b] for a, b in pairwise(tags))))
        total += weight
        for at, each in enumerate(tags):
            if each:
                held[at, (each - 1) // 2] += weight
    assert chances(scores, by) == pytest.approx(held / total, abs=1e-5)


def test_what_is_found_is_likely_and_what_is_not_is_unlikely() -> None:
    findings = tagger().findings(TEXT)
    quotation = findings.attributions[0].content[0]
    assert findings.chance("content", *quotation) > 0.8
    assert findings.chance("source", *quotation) < 0.1
    where = TEXT.index("Latvian")
    assert findings.chance("source", where, TEXT.index(" said")) > 0.8
    assert findings.chance("cue", len(TEXT), len(TEXT) + 5) == 0


def test_spans_of_tags_and_contents_without_anything_to_link_to() -> None:
    found = spans(np.array([0, 1, 2, 0, 3, 5, 6, 6]))
    assert found == {"source": [(1, 3)], "cue": [(4, 5)], "content": [(5, 8)]}
    links = np.zeros((9, len(LINKS), 2, 4), dtype=np.float32)
    (group,) = join({"source": [], "cue": [], "content": [(5, 8)]}, links, _settings())
    assert (group.source, group.cue, group.content) == (None, None, ((5, 8),))


def _settings() -> Settings:
    return Settings(np.zeros((7, 7), np.float32), np.zeros(7, np.float32), 4, np.zeros(7, np.float32))


def _weights():
    from importlib import resources
    from pathlib import Path

    return Path(str(resources.files("multivector.reading._tagger").joinpath("weights")))
