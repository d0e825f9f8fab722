"""Adding to a store: together or not at all, nothing twice, the order does not matter."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import READER, make_document, make_pair, make_record, make_sighting
from multivector.errors import RecordError
from multivector.record import Record, record_to_lines
from multivector.store import Outcome, Sighting, Store, open_store
from strategies import records


@pytest.fixture
def store(tmp_path: Path):
    with open_store(tmp_path / "store.db") as store:
        yield store


def counts(store: Store) -> dict[str, int]:
    with sqlite3.connect(f"file:{store.path}?mode=ro", uri=True) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if "_search_" not in name
        ]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_a_new_document_goes_in_with_its_record_and_sighting(store: Store):
    record, sighting = make_pair(1)
    assert store.add(record, sighting) is Outcome.ADDED
    assert store.record(record.document.id) == record
    assert store.sightings(record.document.id) == (sighting,)
    assert store.verify() == ()


def test_the_same_again_changes_nothing(store: Store):
    record, sighting = make_pair(1)
    store.add(record, sighting)
    before = store.sightings(record.document.id)
    later = replace(sighting, retrieved="2027-01-01T00:00:00Z")
    changes = store._file.connection.total_changes
    assert store.add(record, later) is Outcome.UNCHANGED
    assert store._file.connection.total_changes == changes
    assert store.sightings(record.document.id) == before


def test_the_same_text_at_another_place_is_one_document_with_two_sightings(store: Store):
    record, sighting = make_pair(1)
    store.add(record, sighting)
    assert store.add(record, replace(sighting, location="a copy.txt")) is Outcome.MERGED
    assert store.count("document") == 1
    assert [s.location for s in store.sightings(record.document.id)] == ["a copy.txt", "reports/00001.txt"]


def test_new_raw_input_with_the_same_text_takes_the_sighting_s_place(store: Store):
    record, sighting = make_pair(1)
    store.add(record, sighting)
    assert store.add(record, replace(sighting, digest="other")) is Outcome.MERGED
    (kept,) = store.sightings(record.document.id)
    assert kept.digest == "other"


def test_a_page_that_changed_is_another_document_and_the_old_one_stays(store: Store):
    (old, sighting), (new, _) = make_pair(1), make_pair(2)
    store.add(old, sighting)
    store.add(new, make_sighting(new.document, sighting.location))
    assert store.count("document") == 2
    assert [s.location for s in store.sightings(old.document.id)] == [sighting.location]
    assert [s.location for s in store.sightings(new.document.id)] == [sighting.location]


def test_a_newer_reader_replaces_the_record_and_keeps_the_document(store: Store):
    record, sighting = make_pair(1)
    store.add(record, sighting)
    newer = replace(make_record(1, reader="3+ff"), ties=())
    assert store.add(newer, sighting) is Outcome.REPLACED
    assert store.record(record.document.id) == newer
    assert counts(store)["document"] == counts(store)["document_search"] == 1
    assert counts(store)["item"] == counts(store)["item_search"] == len(newer.items)
    assert counts(store)["tie"] == 0
    assert store.verify() == ()


def test_an_older_reader_replaces_nothing_unless_told_to(store: Store):
    record, sighting = make_pair(1, reader="10+aa")
    older = replace(make_record(1, reader="9+bb"), ties=())
    store.add(record, sighting)
    assert store.add(older, sighting) is Outcome.UNCHANGED
    assert store.add(older, replace(sighting, location="elsewhere")) is Outcome.MERGED
    assert store.record(record.document.id) == record
    assert store.add(older, sighting, force=True) is Outcome.REPLACED
    assert store.record(record.document.id) == older


def test_other_knowledge_with_the_same_rules_replaces(store: Store):
    record, sighting = make_pair(1, reader="2+aaaa")
    store.add(record, sighting)
    assert store.add(make_record(1, reader="2+0000"), sighting) is Outcome.REPLACED


def test_seen_asks_for_the_place_the_input_and_the_reader(store: Store):
    record, sighting = make_pair(1)
    assert not store.seen(sighting.location, sighting.digest, READER)
    store.add(record, sighting)
    assert store.seen(sighting.location, sighting.digest, READER)
    assert not store.seen("elsewhere", sighting.digest, READER)
    assert not store.seen(sighting.location, "other", READER)
    assert not store.seen(sighting.location, sighting.digest, "3+0")


def test_a_failure_is_forgotten_once_the_place_can_be_read(store: Store):
    record, sighting = make_pair(1)
    store.add_failure(sighting.location, "not found")
    store.add_failure(sighting.location, "timed out")
    store.add_failure("elsewhere", "not found")
    assert [(f.location, f.reason) for f in store.failures()] == [
        ("elsewhere", "not found"),
        (sighting.location, "timed out"),
    ]
    store.add(record, sighting)
    assert [f.location for f in store.failures()] == ["elsewhere"]
    assert store.clear_failure("elsewhere")
    assert not store.clear_failure("elsewhere")
    assert store.failures() == ()


# Settling


def sight(location: str, published: str | None = None, **told: str | None) -> Sighting:
    return make_sighting(make_document("A text."), location, published=published, **told)


def test_the_earliest_published_sighting_tells_and_others_fill_in(store: Store):
    document = make_document("A text.")
    late = sight("a", "2026-03-02", publisher="Second Post", title="Late", url="https://example.org/late")
    early = sight("b", "2026-03-01", publisher="First Post")
    undated = sight("0", None, publisher="Nobody", title="Undated", language="en")
    for order in permutations((late, early, undated)):
        with open_store(store.path.with_name(f"{order[0].location}{order[1].location}.db")) as other:
            for sighting in order:
                settled = other.settle(document, sighting)
                other.add(Record(settled, READER), sighting)
            assert other.document(document.id) == make_document(
                "A text.",
                published="2026-03-01",
                publisher="First Post",
                title="Late",
                url="https://example.org/late",
                language="en",
            )


def test_a_day_is_better_than_the_month_it_lies_in_and_then_the_smaller_location(store: Store):
    document = make_document("A text.")
    month, day = sight("a", "2026-03", publisher="Month"), sight("b", "2026-03-01", publisher="Day")
    store.add(Record(store.settle(document, month), READER), month)
    assert store.settle(document, day).publisher == "Day"
    assert store.settle(document, sight("0", "2026-03", publisher="Smaller")).publisher == "Smaller"
    assert store.settle(document, sight("z", "2026-03", publisher="Larger")).publisher == "Month"


sightings = st.builds(
    sight,
    st.sampled_from("abcd"),
    st.sampled_from([None, "2026", "2026-01", "2026-01-01", "2026-01-02"]),
    publisher=st.sampled_from([None, "P", "Q"]),
    title=st.sampled_from([None, "T", "U"]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(sightings, min_size=1, max_size=4, unique_by=lambda s: s.location), st.randoms())
def test_stores_filled_in_any_order_are_equal(tmp_path_factory, found, random):
    folder = tmp_path_factory.mktemp("orders")
    digests = set()
    for name in ("one.db", "other.db"):
        with open_store(folder / name) as store:
            for sighting in found:
                settled = store.settle(make_document("A text."), sighting)
                store.add(Record(settled, READER), sighting)
                assert store.seen(sighting.location, sighting.digest, READER)
            digests.add(store.digest())
            assert store.verify() == ()
        random.shuffle(found)
    assert len(digests) == 1


def test_a_record_read_with_metadata_that_are_out_of_date_is_not_kept(store: Store):
    document = make_document("A text.")
    first, second = sight("a", "2026-03-02"), sight("b", "2026-03-01")
    read_apart = Record(store.settle(document, first), READER)
    store.add(Record(store.settle(document, second), READER), second)
    before = store.digest()
    assert store.add(read_apart, first) is Outcome.STALE
    assert store.digest() == before
    again = Record(store.settle(document, first), READER)
    assert store.add(again, first) is Outcome.MERGED
    assert store.document(document.id).published == "2026-03-01"


def test_what_an_older_reader_brought_in_is_not_seen_until_it_is_read_anew(store: Store):
    document = make_document("A text.")
    first, better = sight("a", "2026-03-02"), sight("b", "2026-03-01")
    store.add(Record(store.settle(document, first), "2+a"), first)
    store.add(Record(store.settle(document, better), "1+a"), better)
    assert store.document(document.id).published == "2026-03-02"
    assert not store.seen("a", first.digest, "2+a")
    assert store.add(Record(store.settle(document, first), "2+a"), first) is Outcome.REPLACED
    assert store.seen("a", first.digest, "2+a")
    assert store.seen("b", first.digest, "2+a")


# All or nothing


def broken(record: Record) -> dict[str, tuple[Record, str]]:
    (statement,), (event,), (tie,) = record.statements, record.events, record.ties
    beyond = ((0, len(record.document.text) + 1),)
    return {
        "id of another text": (
            replace(record, document=replace(record.document, id="do-" + "0" * 20)),
            "does not come from the text",
        ),
        "item twice": (replace(record, ties=(tie, tie)), "stands twice"),
        "span beyond the text": (replace(record, ties=(replace(tie, evidence=beyond),)), "evidence"),
        "empty span": (replace(record, ties=(replace(tie, evidence=((3, 3),)),)), "evidence"),
        "said by nobody": (replace(record, events=(replace(event, said_by="st-0"),)), "no statement"),
        "no date": (replace(record, statements=(replace(statement, said_on="soon"),)), "'soon'"),
    }


@pytest.mark.parametrize("case", broken(make_record(1)))
def test_a_record_that_breaks_a_rule_leaves_the_store_as_it_was(store: Store, case: str):
    store.add(*make_pair(2))
    store.add_failure("reports/00001.txt", "not found")
    before = store.digest()
    record, message = broken(make_record(1))[case]
    with pytest.raises(RecordError, match=message):
        store.add(record, make_pair(1)[1])
    assert store.digest() == before
    assert store.verify() == ()
    assert store.add(*make_pair(1)) is Outcome.ADDED


def test_an_id_of_another_document_s_item_is_refused(store: Store):
    one, other = make_record(1), make_record(2)
    store.add(*make_pair(2))
    stolen = replace(one, ties=(replace(one.ties[0], id=other.ties[0].id),))
    with pytest.raises(RecordError, match="another document"):
        store.add(stolen, make_pair(1)[1])
    assert store.count("document") == 1


def test_surrogates_are_refused(store: Store):
    document = make_document("half a character: \ud83d")
    with pytest.raises(RecordError, match="surrogates"):
        store.add(Record(document, READER), make_sighting(document, "x"))


def test_file_names_that_are_not_utf_8(store: Store):
    record, sighting = make_pair(1)
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    named = replace(sighting, location=name)
    store.add_failure(name, "not found")
    assert store.add(replace(record, document=store.settle(record.document, named)), named) is Outcome.ADDED
    assert store.add(record, named) is Outcome.UNCHANGED
    assert store.seen(name, named.digest, READER)
    assert [s.location for s in store.sightings(record.document.id)] == [r"caf\udce9.txt"]
    assert store.failures() == ()


def test_an_error_in_the_middle_of_a_replacement_keeps_the_old_record(store: Store, monkeypatch: pytest.MonkeyPatch):
    from multivector.store import _write

    record, sighting = make_pair(1)
    store.add(record, sighting)
    before = store.digest()
    insert = _write._insert_item
    calls = iter(range(100))

    def fail_late(*args):
        if next(calls) == 4:
            raise MemoryError
        insert(*args)

    monkeypatch.setattr(_write, "_insert_item", fail_late)
    with pytest.raises(MemoryError):
        store.add(make_record(1, reader="3+0"), sighting)
    assert store.digest() == before
    assert store.verify() == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_any_record_comes_back_byte_for_byte(tmp_path_factory, record: Record):
    with open_store(tmp_path_factory.mktemp("any") / "store.db") as store:
        assert store.add(record, make_sighting(record.document, "x")) is Outcome.ADDED
        back = store.record(record.document.id)
        assert list(record_to_lines(back)) == list(record_to_lines(record))
        assert [item for kind in ("statement", "tie") for item in store.items(kind)] == [
            store.item(item.id) for item in record.statements + record.ties
        ]
        assert store.verify() == ()
