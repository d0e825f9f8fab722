"""Asking a store: by kind, actor, speaker, domain, date and words; and leading back to the document."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from factories import STATES, find, make_document, make_record, make_sighting
from multivector.record import (
    Actor,
    ActorKind,
    Domain,
    Event,
    EventType,
    Kind,
    Modality,
    Record,
    Span,
    Speaker,
    Statement,
    StatementMode,
    Tie,
    TieType,
    spans_of,
    to_dict,
    with_id,
)
from multivector.store import QueryError, Store, open_store

COUNT = 40


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    path: Path = tmp_path_factory.mktemp("queries") / "store.db"
    with open_store(path) as store:
        for number in reversed(range(COUNT)):
            record = make_record(number)
            store.add(record, make_sighting(record.document, f"{number}.txt"))
    with open_store(path, readonly=True) as store:
        yield store


RECORDS = [make_record(number) for number in range(COUNT)]


def ids(found) -> list[str]:
    return [each.item.id for each in found]


def small_store(tmp_path: Path, *records: Record) -> Store:
    store = open_store(tmp_path / "small.db")
    for number, record in enumerate(records):
        store.add(record, make_sighting(record.document, str(number)))
    return store


def test_items_come_with_their_document_and_offsets(store: Store):
    for kind in Kind:
        if kind is not Kind.DOCUMENT:
            for found in store.items(kind):
                document = store.document(found.document.id)
                assert found.document.title == document.title
                assert found.item in store.record(document.id).items
                assert all(0 <= start < end <= len(document.text) for start, end in spans_of(found.item))
    (figure,) = store.record(RECORDS[3].document.id).figures
    ((start, end),) = figure.evidence
    assert RECORDS[3].document.text[start:end].endswith("worth 4 million dollars")


def test_order_is_that_of_dates_then_ids_and_pages_join_up(store: Store):
    everything = list(store.items("actor"))
    keys = [(found.document.published, found.document.id) for found in everything]
    assert keys == sorted(keys)
    pages = [found for offset in range(0, 100, 7) for found in store.items("actor", limit=7, offset=offset)]
    assert pages == everything
    assert store.count("actor", limit=7) == 7
    assert store.count("actor") == len(everything) == 2 * COUNT
    assert list(store.items("actor", limit=0)) == []


@pytest.mark.parametrize("kind", ["actor", "statement", "event", "figure", "agreement", "tie"])
@pytest.mark.parametrize("code", STATES)
def test_actor_is_a_code_anywhere_in_the_item(store: Store, kind: str, code: str):
    concerned = {r.document.id for r in RECORDS if code in [a.code for a in r.actors]}
    found = list(store.items(kind, actor=code))
    assert {f.document.id for f in found} == concerned
    assert len(found) == store.count(kind, actor=code) == len(concerned)
    assert 0 < len(concerned) < COUNT


def test_a_statement_is_about_those_named_inside_its_content_only(tmp_path: Path):
    document = make_document("In Astana he said that Central Asia trades with China.")
    at = document.id
    statement = Statement(
        "", (), (find(document.text, "said"),), (find(document.text, "Central Asia trades with China"),),
        StatementMode.INDIRECT, Speaker(state="RUS"), None, None, (Domain.TRADE,),
    )  # fmt: skip

    def actor(code: str, words: str, members: tuple[str, ...] = ()) -> Actor:
        return with_id(Actor("", code, ActorKind.STATE, words, members, None, (find(document.text, words),)), at)

    actors = (
        actor("KAZ", "Astana"),
        actor("ORG:Central Asia", "Central Asia", ("TJK", "UZB")),
        actor("CHN", "China"),
    )
    record = Record(document, "1+a", actors=actors, statements=(with_id(statement, at),))
    with small_store(tmp_path, record) as store:
        about = {
            code for code in ("KAZ", "ORG:Central Asia", "TJK", "UZB", "CHN", "RUS", "KGZ")
            if store.count("statement", actor=code)
        }  # fmt: skip
    assert about == {"ORG:Central Asia", "TJK", "UZB", "CHN", "RUS"}


def certain(tmp_path: Path, confidences: list[float | None]) -> Store:
    """A store with one event a document, of the confidences given, and nothing else."""
    records: list[Record] = []
    for number, confidence in enumerate(confidences):
        record = make_record(number)
        event = replace(record.events[0], confidence=confidence, said_by=None)
        records.append(Record(record.document, record.reader, events=(event,)))
    return small_store(tmp_path, *records)


def test_items_are_told_by_how_sure_they_are(tmp_path: Path):
    with certain(tmp_path, [0.9, None, 0.4, 0.5, 0.9]) as store:

        def found(**query: Any) -> list[float | None]:
            return [each.item.confidence for each in store.items("event", **query)]

        assert found(min_confidence=0.5) == [0.9, 0.5, 0.9]
        assert found(max_confidence=0.5) == [0.4, 0.5]
        assert found(min_confidence=0.5, max_confidence=0.5) == [0.5]
        assert store.count("event", min_confidence=0.5) == 3
        assert store.table("event", max_confidence=0.45)["confidence"].to_pylist() == [0.4]
        assert found(least_certain=True) == [0.4, 0.5, 0.9, 0.9, None]
        assert found(least_certain=True, limit=2) == [0.4, 0.5]
        assert found(least_certain=True, limit=2, offset=3) == [0.9, None]
        equal = [each.document.published for each in store.items("event", least_certain=True, min_confidence=0.9)]
        assert equal == sorted(equal, key=str)
        assert [
            each.document.published
            for each in store.items("event", least_certain=True, newest=True, min_confidence=0.9)
        ] == equal[::-1]
        assert store.verify() == ()


@pytest.mark.parametrize("bound", [-0.1, 1.1, float("nan"), "high"])
def test_a_confidence_that_is_no_probability_is_refused(store: Store, bound: Any):
    for name in ("min_confidence", "max_confidence"):
        with pytest.raises(QueryError, match="not a probability"):
            store.count("event", **{name: bound})


@pytest.mark.parametrize("speaker", ["елкин", "TIMUR", "timur  ёлкин", "ёл", "Minister"])
def test_a_speaker_is_found_by_any_part_of_the_name_or_role(store: Store, speaker: str):
    assert store.count("statement", speaker=speaker) == COUNT


def test_a_speaker_s_state_must_be_the_whole_code(store: Store):
    assert store.count("statement", speaker="KAZ") == COUNT // 5
    assert store.count("statement", speaker="KA") == 0
    assert store.count("statement", speaker="Nobody") == 0
    assert store.count("statement", speaker="") == 0
    assert store.count("event", speaker="timur") == 0


def test_domains(store: Store):
    assert store.count("agreement", domain="transport") == COUNT
    assert store.count("tie", domain="politics") == COUNT
    assert store.count("tie", domain="trade") == 0


def test_types(store: Store):
    assert store.count("event", type="AGREE") == store.count("event", type="agree") == COUNT
    assert store.count("event", type="CONSULT") == 0
    assert store.count("tie", type="neighbour") == COUNT
    assert store.count("statement", type="direct") == COUNT
    assert store.count("figure", type="trade turnover") == COUNT
    assert store.count("actor", type="state") == 2 * COUNT


def test_modality_and_status(store: Store):
    for kind, name, column in (("event", "modality", "events"), ("agreement", "status", "agreements")):
        values = [getattr(item, name).value for record in RECORDS for item in getattr(record, column)]
        for value in set(values):
            assert (
                store.count(kind, **{name: value}) == store.count(kind, **{name: value.upper()}) == values.count(value)
            )
    assert store.count("event", modality="denied") == 0


def test_a_modality_or_status_that_there_is_not_is_refused(store: Store):
    with pytest.raises(QueryError, match="no such modality"):
        store.count("event", modality="likely")
    with pytest.raises(QueryError, match="ties have no status"):
        store.count("tie", status="signed")


def test_in_statement_and_said_by(store: Store):
    assert store.count("event", in_statement=True) == COUNT
    assert store.count("event", in_statement=False) == 0
    assert store.count("tie", in_statement=False) == COUNT
    assert store.count("actor", in_statement=True) == 0
    assert store.count("actor", in_statement=False) == 2 * COUNT
    statement = RECORDS[5].statements[0]
    assert ids(store.items("figure", said_by=statement.id)) == [RECORDS[5].figures[0].id]
    assert ids(store.items("actor", said_by=statement.id)) == []


def test_doc_is_an_id_or_its_beginning(store: Store):
    record = RECORDS[7]
    assert ids(store.items("actor", doc=record.document.id)) == [actor.id for actor in record.actors]
    assert ids(store.items("actor", doc=record.document.id[3:12])) == [actor.id for actor in record.actors]


def dated(*dates: str | None, published: str | None) -> Record:
    document = make_document(f"Events of {dates}, printed {published}.", published=published)
    evidence = (Span(0, 6),)
    return Record(
        document,
        "1+a",
        events=tuple(
            with_id(
                Event("", EventType.CONSULT, (f"ORG:{number}",), (), date, None, Modality.OCCURRED, (), evidence),
                document.id,
            )
            for number, date in enumerate(dates)
        ),
    )


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, ["2025", "2025-12-31", "2026-02", "2026-02-10", "2026-03/..", None]),
        ("2026-02-10", "2026-02-10", ["2026-02", "2026-02-10"]),
        ("2026-02-11", "2026-02", ["2026-02"]),
        ("2026", None, ["2026-02", "2026-02-10", "2026-03/..", None]),
        ("2030", None, ["2026-03/.."]),
        (None, "2025", ["2025", "2025-12-31"]),
        ("2025-06", "2025-07", ["2025"]),
        ("2026-05-04", "2026-05-04", ["2026-03/..", None]),
    ],
)
def test_dates_overlap_and_fall_back_to_publication(
    tmp_path: Path, since: str | None, until: str | None, expected: list[str | None]
):
    published = dated("2025", "2025-12-31", "2026-02", "2026-02-10", "2026-03/..", None, published="2026-05-04")
    unknown = dated(None, published=None)
    with small_store(tmp_path, published, unknown) as store:
        found = [to_dict(f.item)["date"] for f in store.items("event", since=since, until=until)]
        # What has no date at all is found only where no date is asked for.
        assert found == expected + ([None] if since is until is None else [])


def test_documents_by_their_filters(store: Store):
    heads = list(store.documents())
    assert [h.published for h in heads] == sorted(r.document.published or "" for r in RECORDS)
    assert store.count("document") == COUNT
    expected = {r.document.id for r in RECORDS if r.document.language == "uz"}
    assert {h.id for h in store.documents(language="uz")} == expected
    assert list(store.documents(language="u")) == []
    assert len(list(store.documents(publisher="example cour"))) == COUNT
    assert list(store.documents(publisher="Gazette")) == []
    assert len(list(store.documents(actor="KAZ"))) == store.count("tie", actor="KAZ")
    assert len(list(store.documents(domain="transport"))) == COUNT
    assert len(list(store.documents(text="grain", limit=3))) == 3
    month = [r for r in RECORDS if (r.document.published or "").startswith("2026-03")]
    assert store.count("document", since="2026-03", until="2026-03") == len(month) > 0


def test_records_in_the_order_of_their_documents(store: Store):
    records = list(store.records(text="grain"))
    assert [r.document.id for r in records] == [head.id for head in store.documents()]
    assert sorted(records, key=lambda r: r.document.id) == sorted(RECORDS, key=lambda r: r.document.id)


def test_a_language_tag_finds_those_that_refine_it(tmp_path: Path):
    texts = [Record(make_document(tag, language=tag), "1+a") for tag in ("uz", "uz-Cyrl", "uzx")]
    with small_store(tmp_path, *texts) as store:
        assert sorted(h.language or "" for h in store.documents(language="UZ")) == ["uz", "uz-Cyrl"]


@pytest.mark.parametrize("words", ["grain memorandum", '"worth 4 million"', "kazakh*", "Kyrgyzstan TIMUR"])
def test_words_are_sought_in_the_item_s_own_words(store: Store, words: str):
    for kind in ("statement", "event", "tie"):
        for found in store.items(kind, text=words):
            text = store.document(found.document.id).text
            spans = [*spans_of(found.item)]
            if isinstance(found.item, Statement):
                spans += [*found.item.source, *found.item.cue]
            own = " ".join(text[start:end] for start, end in spans).casefold()
            assert all(word.strip('"*').casefold() in own for word in words.split())
    assert 0 < store.count("statement", text=words) <= COUNT


def test_an_item_is_not_found_by_words_beside_it(store: Store):
    assert store.count("tie", text="grain") == 0
    assert store.count("tie", text="neighbour") == COUNT


def test_filters_add_up(store: Store):
    both = {r.document.id for r in RECORDS if {"KAZ", "UZB"} == {a.code for a in r.actors}}
    found = list(store.items("tie", actor="KAZ", text="uzbekistan", domain="politics", since="2026", type="neighbour"))
    assert {f.document.id for f in found} == both != set()


# By id


def test_documents_and_items_by_the_beginning_of_their_ids(store: Store):
    document = RECORDS[0].document
    for name in (document.id, document.id[:12], document.id[3:14], document.id.upper(), f" {document.id} "):
        assert store.document(name) == document
    assert store.item(RECORDS[0].ties[0].id[:14]).item == RECORDS[0].ties[0]
    assert store.sightings(document.id[:12])[0].location == "0.txt"


@pytest.mark.parametrize(
    ("id_", "message"),
    [
        ("do-00000000000000000000", "not in the store"),
        ("do-", "not a document's id"),
        ("", "not a document's id"),
        ("st-12", "not a document's id"),
        ("do-' OR 1=1 --", "not a document's id"),
        ("do-*", "not a document's id"),
        ("\0", "not a document's id"),
    ],
)
def test_an_id_that_names_no_single_document(store: Store, id_: str, message: str):
    for ask in (store.document, store.record, store.sightings):
        with pytest.raises(QueryError, match=message) as caught:
            ask(id_)
        assert "\n" not in str(caught.value)


def test_an_id_that_names_no_single_item(store: Store):
    with pytest.raises(QueryError, match="not in the store"):
        store.item("ti-zzz")
    for none in ("", "ti-", "-", "ti"):
        with pytest.raises(QueryError, match="not an item's id"):
            store.item(none)


def test_the_beginning_of_several_ids_is_told_with_what_it_could_be(store: Store):
    ids = sorted(record.document.id for record in RECORDS)
    common = next(a[:4] for a, b in pairwise(ids) if a[:4] == b[:4])
    with pytest.raises(QueryError, match=rf"could be any of {common}.* \(Report \d+\), {common}.*; give more"):
        store.document(common)


def test_the_code_of_a_state_is_taken_in_any_case_of_letters(store: Store):
    expected = [found.item.id for found in store.items("event", actor="KAZ")]
    assert [found.item.id for found in store.items("event", actor=" kaz ")] == expected != []
    assert store.count("document", actor="Kaz") == store.count("document", actor="KAZ") > 0
    assert store.count("statement", speaker="uzb") == store.count("statement", speaker="UZB") > 0


# Bad questions


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"since": "yesterday"}, "since: not an ISO 8601 date: 'yesterday'; give a date such as"),
        ({"until": "2026-02-30"}, "until: no such date"),
        ({"since": ""}, "since: not an ISO 8601 date"),
        ({"since": "2" * 10_000}, "since: not an ISO"),
        ({"domain": "love"}, "domain 'love': no such domain; one of: trade, energy"),
        ({"limit": -1}, "limit -1: not a number of rows"),
        ({"offset": -5}, "offset -5"),
        ({"limit": 2**63}, "limit 9223372036854775808"),
        ({"doc": "%"}, "not a document's id"),
    ],
)
def test_a_filter_of_a_wrong_form_is_named(store: Store, query: dict[str, object], message: str):
    with pytest.raises(QueryError, match=message) as caught:
        list(store.items("event", **query))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_an_unknown_kind_is_named(store: Store):
    with pytest.raises(QueryError, match="kind 'rumour': no such kind; one of: document, actor"):
        store.count("rumour")
    with pytest.raises(QueryError, match="kind 'document': not a kind of item"):
        list(store.items("document"))


HOSTILE = [
    "'", '"', "'; DROP TABLE item; --", "%", "_", "*", "\\", "\0", "KAZ\0", "a\0b", "(", "NEAR(a b)", "AND", "\ud800",
    "x" * 200_000, "é" * 70_000, "🂡", "\u202e", ") OR 1=1", "words : x", "{words} : x", "^q", "-q", "q + z", "1e999",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_filters_find_nothing_and_harm_nothing(store: Store, value: str):
    for name in ("actor", "speaker", "type", "said_by", "text"):
        assert store.count("statement", **{name: value}) == 0, name  # type: ignore[arg-type]
    for name in ("language", "publisher", "actor", "text"):
        assert store.count("document", **{name: value}) == 0, name  # type: ignore[arg-type]
    with pytest.raises(QueryError):
        store.item(value)
    assert store.count("tie") == COUNT


# Arrow


@pytest.mark.parametrize("kind", Kind)
def test_tables_hold_the_same_rows_as_items(store: Store, kind: Kind, monkeypatch: pytest.MonkeyPatch):
    from multivector.record import arrow_schema, to_arrow
    from multivector.store import _store

    monkeypatch.setattr(_store, "_BATCH", 7)
    table = store.table(kind)
    assert table.schema == arrow_schema(kind)
    if kind is Kind.DOCUMENT:
        rows = [(head.id, store.document(head.id)) for head in store.documents()]
    else:
        rows = [(found.document.id, found.item) for found in store.items(kind)]
    assert table.to_pylist() == to_arrow(kind, rows).to_pylist()
    assert len(rows) >= COUNT


def test_a_table_takes_filters_and_may_be_empty(store: Store):
    assert store.table("tie", actor="KAZ").num_rows == store.count("tie", actor="KAZ") > 0
    assert store.table("tie", actor="FRA").num_rows == 0
    assert store.table("document", language="uz").num_rows == store.count("document", language="uz")


def test_a_tie_keeps_its_ends(tmp_path: Path):
    document = make_document("Kazakhstan is a member of the SCO.")
    tie = with_id(Tie("", TieType.MEMBERSHIP, "KAZ", "IGO:SCO", (), (Span(0, 34),)), document.id)
    with small_store(tmp_path, Record(document, "1+a", ties=(tie,))) as store:
        assert [found.item for found in store.items("tie", actor="IGO:SCO")] == [tie]
        assert store.table("tie").to_pylist()[0]["from"] == "KAZ"


# The whole


def test_status(store: Store):
    status = store.status()
    assert (status.documents, status.sightings, status.failures) == (COUNT, COUNT, 0)
    assert status.items == {Kind.ACTOR: 2 * COUNT} | dict.fromkeys(
        (Kind.DATE, Kind.STATEMENT, Kind.EVENT, Kind.FIGURE, Kind.AGREEMENT, Kind.TIE), COUNT
    )
    assert status.languages == {"en": 14, "ru": 13, "uz": 13}
    assert status.readers == {RECORDS[0].reader: COUNT}
    published = sorted(r.document.published or "" for r in RECORDS)
    assert (status.first_published, status.last_published) == (published[0], published[-1])
    assert status.migrations[0][0] == "0001-create"
    assert status.size > 100_000


def test_an_empty_store_answers_too(tmp_path: Path):
    with open_store(tmp_path / "empty.db") as store:
        assert store.status().documents == 0
        assert store.status().first_published is None
        assert list(store.items("event")) == list(store.documents()) == list(store.search("word")) == []
        assert store.table("event").num_rows == 0
        assert list(store.dump()) == []


def test_the_digest_tells_stores_apart(tmp_path: Path):
    record = make_record(1)
    digests = set()
    for number, changed in enumerate(
        [record, replace(record, ties=()), replace(record, reader="9+z"), make_record(1, title="Other")]
    ):
        with open_store(tmp_path / f"{number}.db") as store:
            store.add(changed, make_sighting(changed.document, "x"))
            digests.add(store.digest())
            store.add_failure("y", "empty")
            digests.add(store.digest())
    assert len(digests) == 8


def test_the_newest_first_when_asked(store: Store):
    dates = [head.published for head in store.documents(newest=True)]
    dated = [date for date in dates if date]
    assert dated == sorted(dated, reverse=True)
    assert dates == dated + [None] * (len(dates) - len(dated))
    items = [found.document.published for found in store.items(Kind.STATEMENT, newest=True, limit=3)]
    assert items == sorted(filter(None, items), reverse=True)
    assert items[0] == max(dated)
    assert sorted(head.id for head in store.documents(newest=True)) == sorted(head.id for head in store.documents())
