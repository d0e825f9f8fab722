"""The classifier of marked pairs: what it gives, and that a sentence's result is its own."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from multivector.reading._plover import marked
from multivector.reading._plover.labels import DIRECTIONS, MODALITIES, PLV, TYPES
from multivector.reading._plover.marked import unmarked
from multivector.reading._plover.pieces import LONGEST, encode
from multivector.reading._plover.reader import Classifier, shipped
from multivector.reading._tagger.words import Pieces

ROOT = Path(__file__).parents[1]
VOCABULARY = ROOT / "src/multivector/reading/_tagger/weights/vocab.txt"

CLEAR = [
    ("<s>Police in Karagandy</s> arrested <t>three smugglers</t> on Friday.", "COERCE", 4, "conflict"),
    ("<s>Finland</s> gave <t>Kyrgyzstan</t> six fire engines free of charge.", "AID", 2, "cooperation"),
    ("<s>Latvia</s> accused <t>Belarus</t> of pushing migrants over the border.", "ACCUSE", 3, "conflict"),
    ("<s>Gunmen</s> opened fire on <t>a convoy of the Malian army</t> and killed nine men.", "ASSAULT", 4, "conflict"),
    ("<s>The Uzbek president</s> held talks with <t>the king of Morocco</t> in Rabat.", "CONSULT", 1, "cooperation"),
    ("<s>Peru</s> turned down <t>Chile</t>'s request for extradition.", "REJECT", 3, "conflict"),
    ("<s>Ghana</s> demanded that <t>Togo</t> return the herd.", "REQUEST", 3, "conflict"),
]


@pytest.mark.parametrize(("text", "kind", "quad", "binary"), CLEAR)
def test_clear_cases(text: str, kind: str, quad: int, binary: str) -> None:
    judged = shipped().classify([text])[0]
    assert (judged.type, judged.root, judged.quad, judged.binary) == (kind, kind, quad, binary)


def test_chances_are_distributions() -> None:
    judged = shipped().classify([CLEAR[0][0]])[0]
    for found, answers in (
        (judged.types, TYPES),
        (judged.plv, PLV),
        (judged.direction, DIRECTIONS),
        (judged.modality, MODALITIES),
    ):
        assert tuple(found) == answers
        assert sum(found.values()) == pytest.approx(1)
        assert min(found.values()) >= 0


def test_a_result_does_not_depend_on_the_others() -> None:
    texts = [text for text, *_ in CLEAR]
    together = shipped().classify(texts)
    assert shipped().classify(texts[::-1])[::-1] == together
    assert [shipped().classify([text])[0] for text in texts] == together


def test_direction_follows_the_marks() -> None:
    text = "<s>Turkmenistan</s> sent forty trucks of flour to <t>Afghanistan</t>."
    turned = "<t>Turkmenistan</t> sent forty trucks of flour to <s>Afghanistan</s>."
    forward, back = (judged.direction for judged in shipped().classify([text, turned]))
    assert max(forward, key=lambda name: forward[name]) == "forward"
    assert max(back, key=lambda name: back[name]) == "back"


def test_a_pair_with_nothing_between() -> None:
    text = "Apples grow well in <s>Kazakhstan</s>, and so they do in <t>Poland</t>, the almanac says."
    assert shipped().classify([text])[0].type == "NONE"


def test_a_side_that_is_not_marked_is_unknown() -> None:
    one, other, neither = shipped().classify(["<s>Cuba</s> arrested a smuggler.", "Cuba arrested <t>a man</t>.", ""])
    assert (one.root, other.root) == ("COERCE", "COERCE")
    assert sum(neither.types.values()) == pytest.approx(1)


def test_marks_are_taken_out() -> None:
    plain, sides = unmarked("<s>Peru</s> and <t>Chile</t> met; <s>Lima</s> had asked.")
    assert plain == "Peru and Chile met; Lima had asked."
    assert [plain[a:b] for a, b in sides[1]] == ["Peru", "Lima"]
    assert [plain[a:b] for a, b in sides[2]] == ["Chile"]


@pytest.mark.parametrize(("text", "kind", "quad", "binary"), CLEAR)
def test_classifier_and_judge_together(text: str, kind: str, quad: int, binary: str) -> None:
    judged = marked.classify([text])[0]
    assert (judged.root, judged.quad, judged.binary) == (kind, quad, binary)
    alone = shipped().classify([text])[0]
    other = (judged.plv[kind] - alone.plv[kind]) / marked.SHARE + alone.plv[kind]  # what the judge says
    assert -1e-6 <= other <= 1 + 1e-6
    assert sum(judged.plv.values()) == pytest.approx(1)


def test_a_sentence_without_words_is_left_to_the_classifier() -> None:
    assert marked.classify([""]) == shipped().classify([""])


def test_long_sentences_are_read_about_their_actors() -> None:
    pieces = Pieces.read(VOCABULARY)
    rest = "and so on " * 120
    read = encode(f"{rest}<s>Chile</s> thanked <t>Peru</t> {rest}", pieces)
    assert len(read.pieces) == LONGEST
    assert {1, 2} <= set(read.roles)
    assert isinstance(shipped(), Classifier)


def test_benchmark_writes_a_row_a_sentence(tmp_path: Path) -> None:
    source, out = tmp_path / "in.tsv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow(("sentence_id", "marked_sentence"))
        writer.writerows((str(number), text) for number, (text, *_) in enumerate(CLEAR))
    command = [sys.executable, str(ROOT / "benchmarks/events.py"), str(source), str(out)]
    subprocess.run(command, check=True, cwd=ROOT)
    with out.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["root"], row["quad"], row["binary"]) for row in found] == [
        (kind, str(quad), binary) for _, kind, quad, binary in CLEAR
    ]
