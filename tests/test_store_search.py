"""Full text search: words as people type them, never a syntax error, and the passage that matched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_document, make_sighting
from multivector.record import Record
from multivector.store import Store, open_store
from multivector.store._fold import fold
from strategies import texts

TEXTS = {
    "yo": "Всё ещё идёт. Йод и йогурт.",
    "uz": "Oʻzbekiston bilan gʻalla savdosi: togʻ va maʼno.",
    "en": "Russia's trade with Kazakhstan. Togo's envoy met O'Brien.",
    "fr": "L’été, déjà vu à Orléans.",
    "nfd": "Cafe\u0301 in Orle\u0301ans, И\u0306од.",
    "soft": "trans\u00adport cor\u00adri\u00addor",
    "tr": "İstanbul'da ışık",
    "nul": "before\0after",
    "numbers": "28 billion, 3.5 percent, C5+1",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    with open_store(tmp_path_factory.mktemp("search") / "store.db") as store:
        for name, text in TEXTS.items():
            document = make_document(text, title=name.upper(), language=name[:2], published="2026-02-01")
            store.add(Record(document, "1+a"), make_sighting(document, name))
        yield store


def found(store: Store, words: str, **filters: str) -> set[str]:
    return {(hit.document.title or "").lower() for hit in store.search(words, **filters)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("все еще", {"yo"}),
        ("ВСЁ ЕЩЁ", {"yo"}),
        ("йод", {"yo", "nfd"}),
        ("oʻzbekiston", {"uz"}),
        ("O'zbekiston", {"uz"}),
        ("O‘ZBEKISTON", {"uz"}),
        ("o`zbek*", {"uz"}),
        ("ozbekiston", {"uz"}),
        ("g'alla", {"uz"}),
        ("tog'", {"uz"}),
        ("ma'no", {"uz"}),
        ("maʻno", {"uz"}),
        ("russia", {"en"}),
        ("russia's", {"en"}),
        ("togo", {"en"}),
        ("o’brien", {"en"}),
        ("ete", {"fr"}),
        ("Été", {"fr"}),
        ("orleans", {"fr", "nfd"}),
        ("Orle\u0301ans", {"fr", "nfd"}),
        ("café", {"nfd"}),
        ("transport corridor", {"soft"}),
        ("istanbul isik", {"tr"}),
        ("before after", {"nul"}),
        ("28 3.5", {"numbers"}),
        ("c5+1", {"numbers"}),
        ('"trade with kazakhstan"', {"en"}),
        ('"with trade"', set()),
        ('"trade with" met', {"en"}),
        ('"trade wi"*', {"en"}),
        ("kaz", set()),
        ("kaz*", {"en"}),
        ("kaz**", {"en"}),
        ("russia -kazakhstan", {"en"}),
        ("russia kazakhstan china", set()),
        ("russia russia RUSSIA", {"en"}),
        ('"trade with', {"en"}),
        ('trade" "with', {"en"}),
        ("\ud800trade", {"en"}),
    ],
)
def test_what_words_find(store: Store, words: str, expected: set[str]):
    assert found(store, words) == expected


@pytest.mark.parametrize(
    "words",
    ["", " ", '"', '""', '"""', "*", '"*"', "-", "()", "+", "^", "'", "\0", "…", "\u0301", "{", ":", '" "*', "ʻ"],
)
def test_no_words_find_nothing(store: Store, words: str):
    assert found(store, words) == set()


@pytest.mark.parametrize(
    "words",
    [
        "trade AND nothere",
        "trade OR nothere",
        "NOT trade nothere",
        "NEAR(trade with)",
        "text:trade",
        "{text}: trade",
        "^trade nothere",
        "trade + with nothere",
        "x" * 1_000_000,
        "qq " * 500_000,
    ],
)
def test_operators_are_plain_words(store: Store, words: str):
    assert found(store, words) == set()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text("\"*'ab() ^:-+{}NEAROT\0", max_size=40))
def test_nothing_typed_is_an_error(store: Store, words: str):
    list(store.search(words))
    store.count("statement", text=words)


@settings(max_examples=300)
@given(texts)
def test_folding_keeps_offsets(text: str):
    assert len(fold(text)) == len(text)
    assert [fold(char) for char in text] == list(fold(text)) or "'" in fold(text) + text or "\u0301" in fold(text)


def test_every_character_folds_to_one():
    everything = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
    assert len(fold(everything)) == len(everything)


def test_filters(store: Store):
    assert found(store, "orleans", language="fr") == {"fr"}
    assert found(store, "orleans", since="2026-02", until="2026-02-01") == {"fr", "nfd"}
    assert found(store, "orleans", since="2026-03") == set()
    assert len(list(store.search("orleans", limit=1))) == 1
    both = [hit.document.id for hit in store.search("orleans")]
    assert [hit.document.id for hit in store.search("orleans", limit=1, offset=1)] == both[1:]


# Passages


def snippets(tmp_path: Path, text: str, words: str, title: str | None = None) -> list[str]:
    document = make_document(text, title=title)
    with open_store(tmp_path / "store.db") as store:
        store.add(Record(document, "1+a"), make_sighting(document, "x"))
        return [hit.snippet for hit in store.search(words, marks=("<b>", "</b>"))]


@pytest.mark.parametrize(
    ("words", "snippet"),
    [
        ("ещё", "Всё <b>ещё</b> идёт. Йод и йогурт."),
        ("ozbek*", "<b>Oʻzbekiston</b> bilan gʻalla savdosi: togʻ va maʼno."),
        ("russia", "<b>Russia</b>'s trade with Kazakhstan. Togo's envoy met O'Brien."),
        ('"with kazakhstan"', "Russia's trade <b>with Kazakhstan</b>. Togo's envoy met O'Brien."),
        ("cafe", "<b>Cafe\u0301</b> in Orle\u0301ans, И\u0306од."),
        ("corridor", "trans\u00adport <b>cor\u00adri\u00addor</b>"),
    ],
)
def test_the_matched_words_are_marked_in_the_text_as_it_is(store: Store, words: str, snippet: str):
    assert [hit.snippet for hit in store.search(words, marks=("<b>", "</b>"))] == [snippet]


def test_a_passage_of_a_long_text_is_short_and_of_whole_words(tmp_path: Path):
    text = (
        "Opening remarks went on. " * 400 + "The minister praised wheat\nexports. " + "Closing remarks followed. " * 400
    )
    (snippet,) = snippets(tmp_path, text, "wheat exports")
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert "The minister praised <b>wheat</b> <b>exports</b>." in snippet
    assert 150 < len(snippet) < 350
    inner = snippet[2:-2].replace("<b>", "").replace("</b>", "")
    assert f" {inner} " in " ".join(text.split())


def test_the_passage_with_most_words_is_chosen(tmp_path: Path):
    text = "Wheat. " + "Nothing here. " * 100 + "Exports of wheat grew. " + "Nothing here. " * 100
    (snippet,) = snippets(tmp_path, text, "wheat exports")
    assert "<b>Exports</b> of <b>wheat</b> grew" in snippet


def test_a_match_in_the_title_shows_the_title(tmp_path: Path):
    assert snippets(tmp_path, "A text.", "briefing", title="The Briefing") == ["The <b>Briefing</b>"]


def test_a_text_of_one_endless_word(tmp_path: Path):
    (snippet,) = snippets(tmp_path, "z" * 50_000 + " wheat " + "y" * 50_000, "wheat")
    assert "<b>wheat</b>" in snippet
    assert len(snippet) < 1000


def test_the_better_match_comes_first(tmp_path: Path):
    with open_store(tmp_path / "store.db") as store:
        for name, text in {
            "once": "Wheat is named once among many other words.",
            "often": "Wheat, wheat, wheat.",
        }.items():
            document = make_document(text, title=name)
            store.add(Record(document, "1+a"), make_sighting(document, name))
        hits = list(store.search("wheat"))
    assert [hit.document.title for hit in hits] == ["often", "once"]
    assert hits[0].rank < hits[1].rank
