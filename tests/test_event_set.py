"""The set of events that the reader is measured on is well formed, and the benchmark can read it."""

import json
import sys
from pathlib import Path

import pytest

from multivector.record import EventType, Modality, TieType

ROOT = Path(__file__).resolve().parent.parent
SET = ROOT / "benchmarks" / "event_set"
FILES = sorted(path for half in ("open", "held", "blind") for path in (SET / half).glob("*.json"))
TIES = sorted((SET / "ties").glob("*.json"))


def test_all_parts_are_there():
    halves = [path.parent.name for path in FILES]
    assert (halves.count("open"), halves.count("held"), halves.count("blind")) == (13, 13, 24)
    assert len(TIES) == 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_events_have_known_codes_and_words_of_the_text(path: Path):
    record = json.loads(path.read_text(encoding="utf-8"))
    text = record["document"]["text"]
    assert record["events"]
    for event in record["events"]:
        assert event["type"] in set(EventType)
        assert event["modality"] in set(Modality)
        assert event["actors"] or event["recipients"]
        for start, end in event["evidence"]:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize("path", TIES, ids=lambda path: path.stem)
def test_ties_have_known_types_and_words_of_the_text(path: Path):
    record = json.loads(path.read_text(encoding="utf-8"))
    text = record["document"]["text"]
    ends = [(TieType(tie["type"]), tie["from"], tie["to"]) for tie in record["ties"]]
    assert len(ends) == len(set(ends))
    for kind, first, second in ends:
        assert first < second if kind.symmetric else first != second
    for tie in record["ties"]:
        for start, end in tie["evidence"]:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()


def test_the_benchmark_lays_other_kinds_before_the_scorer_empty(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.delitem(sys.modules, "event_set", raising=False)
    import event_set

    gold = event_set.load("open")
    assert len(gold) == 13
    assert all(record["statements"] == [] and record["events"] for record in gold.values())
