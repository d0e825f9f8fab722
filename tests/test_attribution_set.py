"""The project's own set of attributions: it parses, keeps its rules, goes out as stand-off, and is scored rightly."""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading_helpers import reader

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import attribution  # noqa: E402  scripts beside the package, not in it
import attribution_set  # noqa: E402
from attribution_set import Annotated, Attribution, FormatError, count, f1, mode, parse, scores  # noqa: E402

SET = attribution_set.load()
OTHERS = {part: attribution_set.load(attribution_set.FOLDER / part) for part in attribution_set.PARTS}
EVERY = [*SET, *(each for part in OTHERS.values() for each in part)]
GROUPS = {"agency", "ministry", "transcript", "speech", "translated", "quotes", "indirect", "traps"}


def words(text: str, spans: attribution_set.Spans) -> list[str]:
    return [text[start:end] for start, end in spans]


# ------------------------------------------------------------------ the set


def test_the_set_has_six_short_texts_in_each_of_eight_groups() -> None:
    assert Counter(each.group for each in SET) == dict.fromkeys(GROUPS, 6)
    assert all(80 <= len(each.text.split()) <= 220 for each in SET)
    assert len({each.text for each in SET}) == 48


def test_two_texts_each_try_the_structure_of_nine_kinds_of_documents() -> None:
    groups = Counter(each.group for each in OTHERS["structure"])
    assert len(groups) == 9
    assert set(groups.values()) == {2}


@pytest.mark.parametrize("part", ["open", "blind"])
def test_other_authors_have_three_texts_in_each_of_eight_groups(part: str) -> None:
    groups = {*GROUPS, "briefing", "analysis"} - {"quotes", "traps"}
    assert Counter(each.group for each in OTHERS[part]) == dict.fromkeys(groups, 3)
    assert sum(len(each.attributions) for each in OTHERS[part]) > 250


@pytest.mark.parametrize("annotated", EVERY, ids=lambda each: each.name)
def test_spans_hold_whole_words_and_each_role_is_free_of_overlap(annotated: Annotated) -> None:
    text = annotated.text
    for each in annotated.attributions:
        for spans in (each.source, each.cue, each.content):
            for start, end in spans:
                assert text[start:end].strip() == text[start:end] != ""
                assert not re.match(r"\w\w", text[start - 1 : start + 1]), text[start:end]
                assert not re.match(r"\w\w", text[end - 1 : end + 1]), text[start:end]
            assert all(end <= start for (_, end), (start, _) in pairwise(spans))
        assert each.content
        assert len(each.cue) <= 1


@pytest.mark.parametrize("annotated", EVERY, ids=lambda each: each.name)
def test_a_final_full_stop_belongs_only_to_what_is_quoted_or_spoken(annotated: Annotated) -> None:
    for each in annotated.attributions:
        if words(annotated.text, each.content)[-1].endswith("."):
            assert mode(annotated.text, each) == "direct"


def test_traps_hold_few_statements_and_the_other_groups_many() -> None:
    for group in GROUPS:
        number = sum(len(each.attributions) for each in SET if each.group == group)
        assert number <= 5 if group == "traps" else number >= 30, group


# ------------------------------------------------------------------ the format


def test_tags_give_spans_of_the_text_that_is_left() -> None:
    found = parse("<s1>Ana Lund</s1> <c1>said</c1> <q1>that it rained</q1>.", "x-1.txt")
    assert found == Annotated(
        "x-1", "Ana Lund said that it rained.", (Attribution(((0, 8),), ((9, 13),), ((14, 28),)),)
    )
    assert found.group == "x"


def test_spans_may_be_split_shared_nested_and_overlapping() -> None:
    marked = (
        "<q1>Rain</q1>, <s1><s2>she</s1></s2> <c1>said</c1>, <q1>is <q2>near</q1> now</q2>, <c2>adding</c2> <q3>no</q3>"
    )
    found = parse(marked, "x.txt")
    first, second, third = found.attributions
    assert words(found.text, first.content) == ["Rain", "is near"]
    assert words(found.text, second.content) == ["near now"]
    assert first.source == second.source
    assert (third.source, third.cue) == ((), ())


@pytest.mark.parametrize(
    ("marked", "line", "problem"),
    [
        ("One.\n<q1>two", 2, "<q1> is never closed"),
        ("One</q1>", 1, "</q1> closes what is not open"),
        ("<q1>a <q1>b</q1></q1>", 1, "<q1> is open already"),
        ("\n\n<q1></q1>", 3, "</q1> closes a span that is empty or begins or ends with white space"),
        ("<q1>said </q1>", 1, "</q1> closes a span that is empty or begins or ends with white space"),
        ("<q1>a</q1>\n<s2>b</s2>", 2, "attribution 2 has no content"),
        ("<q1>a</q1>\n<q3>b</q3>", 2, "attribution 3 among 2: a number is left out"),
        ("<q1>a</q1>\n<x1>b</x1>", 2, "'<x1>' is not a tag"),
        ("<q0>a</q0>", 1, "'<q0>' is not a tag"),
        ("more > less", 1, "'>' is not a tag"),
        ("<q1>a</q1 >", 1, "'</q1 >' is not a tag"),
    ],
)
def test_what_breaks_the_format_is_named_with_file_and_line(marked: str, line: int, problem: str) -> None:
    with pytest.raises(FormatError) as error:
        parse(marked, "some.txt")
    assert str(error.value) == f"some.txt:{line}: {problem}"


@given(st.text("<>/sq12 a\n", max_size=30))
def test_any_text_parses_or_is_refused_in_one_line(marked: str) -> None:
    refusal, found = "", None
    try:
        found = parse(marked, "some.txt")
    except FormatError as error:
        refusal = str(error)
    if found is None:
        assert re.fullmatch(r"some\.txt:\d+: [^\n]+", refusal)
    else:
        assert "<" not in found.text
        assert all(each.content for each in found.attributions)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<s1>Ana</s1><c1>:</c1> <q1>It rains.</q1>", "direct"),
        ("Ana <c1>said</c1> <q1>that “it rains”</q1>", "direct"),
        ("Ana <c1>said</c1> <q1>it rains “hard”</q1>", "mixed"),
        ("Ana <c1>said</c1> <q1>it rains</q1>", "indirect"),
        ("<q1>''It rains,''</q1> Ana <c1>said</c1>", "direct"),
        ("<q1>„It rains“</q1>, Ana <c1>said</c1>", "direct"),
        ("<q1>« It rains »</q1>, Ana <c1>said</c1>", "direct"),
        ("<q1>‘It’s the dog’s rain,’</q1> Ana <c1>said</c1>", "direct"),
        ("The guards' chief <c1>said</c1> <q1>the guard's dog 'bites well'</q1>", "mixed"),
        ("– <q1>It rains</q1>, – <c1>said</c1> Ana.", "direct"),
        ("Ana: “Bo <c1>says</c1> <q1>it rains</q1>.”", "indirect"),
        ("“Two.\n\n<q1>“It rains.</q1>\n\nAna <c1>said</c1>", "direct"),
    ],
)
def test_modes(marked: str, expected: str) -> None:
    found = parse(marked, "x.txt")
    assert mode(found.text, found.attributions[0]) == expected


# ------------------------------------------------------------------ the layout


def read_standoff(ann: str) -> list[dict[str, list[tuple[int, int]]]]:
    """A reader of brat's T and E lines, written apart from the writer."""
    bound: dict[str, list[tuple[int, int]]] = {}
    events: list[dict[str, list[tuple[int, int]]]] = []
    for line in ann.splitlines():
        head, body, *_ = line.split("\t")
        if head.startswith("T"):
            offsets = body.partition(" ")[2].split(";")
            bound[head] = [(int(pair.split()[0]), int(pair.split()[1])) for pair in offsets]
        else:
            arguments = dict(part.split(":") for part in body.split())
            events.append({name: bound[target] for name, target in arguments.items()})
    return events


def test_the_layout_loses_nothing(tmp_path: Path) -> None:
    attribution_set.write_layout(SET, tmp_path)
    assert len(list((tmp_path / "text").iterdir())) == len(list((tmp_path / "attributions").iterdir())) == 48
    for each in SET:
        assert (tmp_path / "text" / f"{each.name}.txt").read_bytes().decode() == each.text
        events = read_standoff((tmp_path / "attributions" / f"{each.name}.ann").read_bytes().decode())
        again = tuple(Attribution(*(tuple(e.get(role, ())) for role in ("Source", "Cue", "Content"))) for e in events)
        assert again == each.attributions
        assert all(event["Attribution"] for event in events)


def test_standoff_looks_as_brat_writes_it() -> None:
    found = parse("<q1>Rain</q1>, <s1>she</s1> <c1>said</c1>, <q1>is\nnear</q1>.", "x.txt")
    assert attribution_set.standoff(found).splitlines() == [
        "T1\tSource 6 9\tshe",
        "T2\tCue 10 14\tsaid",
        "T3\tContent 0 4;16 23\tRain is near",
        "T4\tAttribution 10 14\tsaid",
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
    ]


# ------------------------------------------------------------------ the scorer

TEXT = "Ana said abcd efgh. Bo said ijkl mnop."
ANA = Attribution(((0, 3),), ((4, 8),), ((9, 18),))
BO = Attribution(((20, 22),), ((23, 27),), ((28, 37),))


def matches(found: list[Attribution]) -> tuple[int, int, int]:
    numbers = count(TEXT, [ANA, BO], found)
    assert (numbers["gold"], numbers["found"]) == (2, len(found))
    return numbers["content"], numbers["content+source"], numbers["exact"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], (0, 0, 0)),
        ([ANA, BO], (2, 2, 2)),
        ([BO], (1, 1, 1)),
        ([Attribution(ANA.source, ANA.cue, ((9, 13),))], (1, 1, 0)),  # half of the characters is enough
        ([Attribution(ANA.source, ANA.cue, ((9, 12),))], (0, 0, 0)),  # less is not
        ([Attribution(ANA.source, ANA.cue, ((9, 19),))], (1, 1, 1)),  # a full stop more is still exact
        ([Attribution(BO.source, ANA.cue, ANA.content)], (1, 0, 1)),  # another source
        ([Attribution((), ANA.cue, ANA.content)], (1, 0, 1)),  # no source
        ([ANA, ANA], (1, 1, 1)),  # a gold content is matched once
        ([Attribution(BO.source, ANA.cue, ANA.content), ANA], (1, 1, 1)),  # of equals, the one with the right source
        ([Attribution(ANA.source, ANA.cue, ((9, 13), (14, 18)))], (1, 1, 1)),  # split at white space only
    ],
)
def test_known_answers(found: list[Attribution], expected: tuple[int, int, int]) -> None:
    assert matches(found) == expected


def test_two_missing_sources_agree() -> None:
    bare = Attribution((), ANA.cue, ANA.content)
    assert count(TEXT, [bare], [bare])["content+source"] == 1


def test_f1_of_nothing_at_all_is_one() -> None:
    assert (f1(0, 0, 0), f1(0, 1, 0), f1(0, 0, 1), f1(1, 2, 2)) == (1.0, 0.0, 0.0, 0.5)


def test_the_set_against_itself_is_perfect_and_against_nothing_zero() -> None:
    by_text = {
        each.text: [{"source": a.source, "cue": a.cue, "content": a.content} for a in each.attributions] for each in SET
    }
    perfect = scores(SET, lambda text: by_text[text])
    assert list(perfect) == [*sorted(GROUPS), "total"]
    for numbers in perfect.values():
        assert all(numbers[measure] == numbers["gold"] == numbers["found"] for measure in attribution_set.MEASURES)
        assert all(numbers[f"{name} matched"] == numbers[name] for name in attribution_set.MODES)
    total = scores(SET, lambda _: [])["total"]
    assert (total["content"], total["found"]) == (0, 0)
    assert total["gold"] == sum(total[name] for name in attribution_set.MODES) > 250


def test_the_reader_is_scored_on_one_text() -> None:
    def predict(text: str) -> list[dict[str, Any]]:
        return attribution.attributions(attribution.analysed(text, reader()))

    counted = scores([each for each in SET if each.name == "agency-1"], predict)
    assert counted["agency"] == counted["total"]
    assert counted["total"]["content"] >= 4
    assert "agency" in attribution_set.table(counted)


def test_what_the_record_leaves_out_is_given_where_other_corpora_count_it_in() -> None:
    text = (
        "Reporter: Will the envoys meet in Osh?\nAda Holm: They will, and soon.\n"
        "Reporter: Who pays?\nAda Holm: Both sides pay the same."
    )
    analysis = attribution.analysed(text, reader())
    recorded = attribution.attributions(analysis)
    others = [each for each in attribution.attributions(analysis, recorded=False) if each not in recorded]
    assert [text[start:end] for each in recorded for start, end in each["source"]] == ["Ada Holm", "Ada Holm"]
    assert [[text[start:end] for start, end in each["content"]] for each in others] == [
        ["Will the envoys meet in Osh?"],
        ["Who pays?"],
    ]
