"""The record: its JSON Lines, Arrow and JSON Schema forms, ids, dates and faults."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_record
from multivector.errors import RecordError
from multivector.record import (
    ITEM_TYPES,
    Kind,
    Record,
    document_id,
    interval,
    is_date,
    item_from_dict,
    item_id,
    json_schema,
    record_to_lines,
    records_from_lines,
    to_arrow,
    to_dict,
)
from strategies import dates, records

TESTS = Path(__file__).parent

# JSON Lines


@settings(max_examples=100, deadline=None)
@given(st.lists(records(), max_size=3))
def test_json_lines_round_trip(found: list[Record]):
    lines = [line for record in found for line in record_to_lines(record)]
    assert not any(b"\n" in line for line in lines)
    back = list(records_from_lines(lines))
    assert back == found
    assert [line for record in back for line in record_to_lines(record)] == lines


@settings(max_examples=60, deadline=None)
@given(records())
def test_every_line_keeps_the_schema(record: Record):
    validator = jsonschema.Draft202012Validator(json_schema())
    for line in record_to_lines(record):
        validator.validate(json.loads(line))


def test_the_schema_is_one_and_refuses_what_reading_refuses():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in record_to_lines(make_record(1)):
        data = json.loads(line)
        assert validator.is_valid(data)
        assert not validator.is_valid(data | {"colour": "red"})
        assert not validator.is_valid(data | {"kind": "rumour"})
        for name in data:
            if name not in ("said_by", "mode", "contexts", "confidence"):
                assert not validator.is_valid({k: v for k, v in data.items() if k != name}), name


@pytest.mark.parametrize("wrong", [-0.01, 1.01, "0.5", True])
def test_a_confidence_is_a_probability_or_unknown(wrong: object):
    *_, line = record_to_lines(make_record(1))
    data = json.loads(line)
    assert data["confidence"] is None
    head = next(record_to_lines(make_record(1)))
    (record,) = records_from_lines([head, json.dumps(data | {"confidence": 0.25})])
    assert record.items[0].confidence == 0.25
    with pytest.raises(RecordError, match=r"\$\.confidence"):
        list(records_from_lines([head, json.dumps(data | {"confidence": wrong})]))
    validator = jsonschema.Draft202012Validator(json_schema())
    assert validator.is_valid(data | {"confidence": 0.25})
    assert not validator.is_valid(data | {"confidence": wrong})


def test_a_line_without_confidence_is_one_that_says_nothing_of_it():
    head, *lines = record_to_lines(make_record(1))
    without = [line.replace(b',"confidence":null', b"") for line in lines]
    assert without != lines
    assert list(records_from_lines([head, *without])) == [make_record(1)]


def test_a_line_begins_with_its_kind_and_document():
    record = make_record(1)
    document, *items = map(json.loads, record_to_lines(record))
    assert list(document) == ["kind", "id", "url", "publisher", "title", "published", "language", "text", "reader"]
    assert all(list(item)[:3] == ["kind", "doc", "id"] for item in items)
    assert {item["doc"] for item in items} == {record.document.id}
    assert {"from", "to"} <= set(items[-1])


def test_items_are_sorted_into_kinds_whatever_the_order_of_lines():
    record = make_record(1)
    document, *items = record_to_lines(record)
    (back,) = records_from_lines([document, b"", *reversed(items), b"\n"])
    assert {kind: [i.id for i in back.items if i.kind is kind] for kind in ITEM_TYPES} == {
        kind: [i.id for i in reversed(record.items) if i.kind is kind] for kind in ITEM_TYPES
    }


# Faults


def changed(kind: str, /, **changes: object) -> list[bytes]:
    """The lines of a record, the first of `kind` changed."""
    lines = [json.loads(line) for line in record_to_lines(make_record(1))]
    line = next(line for line in lines if line["kind"] == kind)
    line |= changes
    return [json.dumps(line).encode() for line in lines]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param([b"{"], "line 1: not a JSON object", id="not JSON"),
        pytest.param([b"[1]"], "line 1: not a JSON object", id="not an object"),
        pytest.param([b'{"kind": "\xff"}'], "line 1: not a JSON object", id="not UTF-8"),
        pytest.param([b"", b"{}"], "line 2: None None: stands before", id="no kind"),
        pytest.param(changed("tie", kind="rumour"), "'rumour'.*not one of document, actor", id="unknown kind"),
        pytest.param(changed("tie", colour=1), "line 9: tie: unknown field colour", id="unknown field"),
        pytest.param(changed("tie", to=3), r"line 9: tie .*\$\.to`", id="wrong type"),
        pytest.param(changed("tie", **{"from": 3}), r"line 9: tie .*\$\.from`", id="wrong type of from"),
        pytest.param(changed("event", type="WAVE"), r"line 6: .*'WAVE'.*\$\.type`", id="not in the vocabulary"),
        pytest.param(changed("statement", speaker={"state": 1}), r"\$\.speaker\.state`", id="inner field"),
        pytest.param(changed("event", domains=["trade", "love"]), r"'love'.*\$\.domains\[", id="in a list"),
        pytest.param(changed("statement", said_on="2026-02-30"), "no such date: '2026-02-30'", id="no such day"),
        pytest.param(changed("date", value="soon"), "not an ISO 8601 date: 'soon'", id="no date"),
        pytest.param(changed("document", published="yesterday"), "line 1: .*'yesterday'", id="document's date"),
        pytest.param(changed("tie", evidence=[[5, 5]]), r"span \[5, 5\] is empty", id="empty span"),
        pytest.param(changed("tie", evidence=[[-1, 5]]), r"span \[-1, 5\]", id="negative span"),
        pytest.param(changed("tie", evidence=[[0, 9999]]), r"line 9: .*ends beyond the text", id="span beyond"),
        pytest.param(changed("statement", cue=[[0, 9999]]), "ends beyond the text", id="cue beyond"),
        pytest.param(changed("event", actors=["Kazakhstan"]), "'Kazakhstan' is not an actor code", id="code"),
        pytest.param(changed("tie", doc="do-0"), "line 9: .*apart from its document", id="of another document"),
        pytest.param(list(record_to_lines(make_record(1)))[1:], "line 1: .*before or apart", id="no document"),
    ],
)
def test_a_fault_names_line_and_field(lines: list[bytes], message: str):
    with pytest.raises(RecordError, match=message) as caught:
        list(records_from_lines(lines))
    assert "\n" not in str(caught.value)


def test_a_missing_field_is_named():
    data = to_dict(make_record(1).ties[0])
    del data["to"]
    with pytest.raises(RecordError, match="missing required field `to`"):
        item_from_dict(data)


# Arrow


@settings(max_examples=60, deadline=None)
@given(records())
def test_arrow_holds_what_json_holds(record: Record):
    for kind in ITEM_TYPES:
        items = [item for item in record.items if item.kind is kind]
        table = to_arrow(kind, ((record.document.id, item) for item in items))
        rows = table.to_pylist()
        for row in rows:
            for name, value in row.items():
                if name in ("source", "cue", "content", "evidence", "mentions"):
                    row[name] = [[span["start"], span["end"]] for span in value]
        lines = [json.loads(json.dumps(to_dict(item, record.document.id))) for item in items]
        assert [{"kind": kind.value} | row for row in rows] == lines


def test_arrow_schemas_do_not_depend_on_the_rows():
    record = make_record(1)
    for kind in ITEM_TYPES:
        full = to_arrow(kind, ((record.document.id, item) for item in record.items if item.kind is kind))
        assert full.num_rows > 0
        assert to_arrow(kind, ()).schema == full.schema
    (row,) = to_arrow(Kind.DOCUMENT, [(record.document.id, record.document)]).to_pylist()
    assert row["id"] == record.document.id
    assert row["text"] == record.document.text


# Ids


def test_ids_are_the_same_in_every_process():
    program = "from factories import make_record; print(*(i.id for n in range(3) for i in make_record(n).items))"
    ids = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(TESTS)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert ids == {" ".join(i.id for n in range(3) for i in make_record(n).items) + "\n"}


def test_a_document_s_id_is_known():
    # Computed once with the b2sum of GNU coreutils: printf 'Ёлка' | b2sum --length=80
    assert document_id("Ёлка") == "do-e0859ddec48f84fd8c18"


@settings(deadline=None)
@given(records(), records())
def test_items_of_other_documents_have_other_ids(one: Record, other: Record):
    for item in one.items:
        same = item_id(item, one.document.id) == item_id(item, other.document.id)
        assert same == (one.document.id == other.document.id)


# Dates


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026-02-18", "2026-02-18", "2026-02-18"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2025-01-01/2025-09-30", "2025-01-01", "2025-09-30"),
        ("2025/2026-03", "2025-01-01", "2026-03-31"),
        ("2026-02/2026-02", "2026-02-01", "2026-02-28"),
        ("2026/..", "2026-01-01", None),
        ("../2026-02", None, "2026-02-28"),
    ],
)
def test_intervals(value: str, first: str | None, last: str | None):
    def day(text: str | None) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    assert interval(value) == (day(first), day(last))


@pytest.mark.parametrize(
    "value",
    [
        *("", "..", "/", "../..", "2026/", "/2026", "2026/2027/2028"),
        *("2026-2", "2026-13", "2026-00", "2026-02-30", "0000", "26", "20260218", "-2026", "２０２６"),
        *("2026-02-18T10:00", " 2026", "2026 ", "2027/2026", "2026-02-18/2026-02-17"),
    ],
)
def test_what_is_no_date(value: str):
    assert not is_date(value)
    with pytest.raises(ValueError, match=r"not|no such|before"):
        interval(value)


@given(dates)
def test_an_interval_covers_its_ends(value: str):
    first, last = interval(value)
    assert first is None or last is None or first <= last


@given(st.text(st.sampled_from("0123456789-/.T "), max_size=22))
def test_anything_is_a_date_or_a_value_error(value: str):
    assert is_date(value) in (True, False)
