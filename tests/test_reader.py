"""The reader as a whole: order, ids, `said_by`, languages, the same record for the same input."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector import Reader
from multivector.gather import Options, Source, expand, gather
from multivector.knowledge import load
from multivector.reading import LANGUAGES, STEPS
from multivector.record import Kind, item_id, record_to_lines, records_from_lines, spans_of
from reading_helpers import read, reader

EXAMPLES = Path(__file__).parents[1] / "examples"

# What each step does with a language: the capability table of docs/architecture.md, kept true by this test.
CAN = {
    "en": {"actors", "times", "statements", "figures", "agreements", "events", "ties"},
    "ru": {"actors", "times", "figures"},
    "tg": {"actors"},
}


SHARED = {"findings", "references", "scene", "sights"}  # what several steps go by; no findings


@pytest.mark.parametrize("language", CAN)
def test_each_language_has_the_steps_that_the_docs_promise(language: str) -> None:
    steps = {step.slot for step in STEPS if step.languages is None or language in step.languages}
    assert steps - SHARED == CAN[language]
    assert (language in LANGUAGES) == (len(CAN[language]) > 1)


def example_records() -> list[tuple[str, list[bytes]]]:
    sources = [source for source in expand([str(EXAMPLES)], stdin=False) if isinstance(source, Source)]
    documents = [gather(source, Options()).document for source in sources]
    return [
        (source.location, list(record_to_lines(reader().read(each))))
        for source, each in zip(sources, documents, strict=True)
    ]


def test_the_examples_give_every_kind_of_item() -> None:
    kinds = {msgspec.json.decode(line)["kind"] for _, lines in example_records() for line in lines}
    assert kinds == {kind.value for kind in Kind}


def test_records_of_the_examples_obey_the_rules_of_the_record() -> None:
    for location, lines in example_records():
        (record,) = records_from_lines(lines)
        statements = {statement.id: statement for statement in record.statements}
        ids = [item.id for item in record.items]
        assert len(ids) == len(set(ids)), location
        for item in record.items:
            assert item.id == item_id(item, record.document.id), location
            assert spans_of(item), location
            by = getattr(item, "said_by", None)
            if by is not None:
                first = spans_of(item)[0]
                assert any(a <= first.start < b or first.start <= a < first.end for a, b in statements[by].content), (
                    location
                )


def test_what_is_said_is_kept_apart_from_what_is_reported() -> None:
    record = read(
        "Exports fell by 4 percent in 2025. “Exports rose by 9 percent in 2025,” the Turkish trade ministry said."
    )
    reported, claimed = sorted(record.figures, key=lambda figure: figure.evidence)
    assert (reported.value, reported.said_by) == (-4, None)
    assert (claimed.value, claimed.said_by) == (9, record.statements[0].id)


def test_the_same_document_gives_the_same_bytes_in_another_process_with_another_hash_seed() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); import test_reader\n"
        "for _, lines in test_reader.example_records(): sys.stdout.buffer.write(b'\\n'.join(lines))\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            cwd=EXAMPLES.parent,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "77")
    ]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 10_000


def test_the_version_names_rules_and_knowledge(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[office]]\nperson = "Ada Brandt"\nstate = "NOR"\noffice = "foreign-minister"\n'
        'title = {en = "Foreign Minister of Norway"}\nnames = {en = ["Ada Brandt"]}\nstart = "2025-01-01"\n'
    )
    rules, _, digest = reader().version.partition("+")
    assert rules.isdigit()
    other = Reader(load([own]))
    assert other.version.partition("+")[0] == rules
    assert other.version.partition("+")[2] != digest


def test_documents_without_language_date_or_text_are_read() -> None:
    for text in ("", "...", "Kazakhstan", "\n\n"):
        for language in ("en", "ru", "xx"):
            assert read(text, published=None, language=language).document.text == text


@settings(max_examples=50, deadline=None)
@given(
    st.text(max_size=300),
    st.sampled_from(["en", "ru"]),
    st.sampled_from([None, "2026-03-20", "2026-03", "0001", "9999-12-31"]),
)
def test_any_text_is_read(text: str, language: str, published: str | None) -> None:
    record = read(text, published=published, language=language)
    (again,) = records_from_lines(record_to_lines(record))
    assert again == record


def test_no_evidence_cuts_a_word() -> None:
    texts = [record.document.text for _, lines in example_records() for record in records_from_lines(lines)]
    texts += ["We trade barely 3 percent of it with Chad, and 12 percent of the harvest of Chad goes to Niger."]
    for text in texts:
        record = read(text)
        for item in record.items:
            for start, end in spans_of(item):
                assert not (start and text[start - 1 : start + 1].isalnum()), (item, text[start:end])
                assert not (end < len(text) and text[end - 1 : end + 1].isalnum()), (item, text[start:end])
