"""The tables of domains and of PLOVER, read as plain TOML: what the rest of the program may rely on."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "src" / "multivector" / "knowledge" / "data"
DOMAINS = tomllib.loads((DATA / "domains.toml").read_text(encoding="utf-8"))
PLOVER = tomllib.loads((DATA / "plover.toml").read_text(encoding="utf-8"))

NINE = ["trade", "energy", "transport", "health", "culture", "ecology", "migration", "security", "politics"]
LANGUAGES = ["en", "ru"]
STRENGTHS = ["strong", "weak"]

# The quad classes, with the sixteen types in each.
QUADS = {
    1: {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
    2: {"COOPERATE", "AID", "RETREAT"},
    3: {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    4: {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
}
MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}

# One or more words; only a word's end may be left open.
WORD = {"en": r"[a-z0-9][a-z0-9&+-]*", "ru": r"[а-я][а-я-]*"}


def terms(language: str) -> list[tuple[str, str, str]]:
    """Every term of a language with its domain and strength."""
    return [
        (term, domain["code"], strength)
        for domain in DOMAINS["domain"]
        for strength, listed in domain["terms"][language].items()
        for term in listed
    ]


def matches(term: str, word: str) -> bool:
    """Whether a term of one word fits a word."""
    return word.startswith(term[:-1]) if term.endswith("*") else word == term


def told_by(word: str, language: str) -> set[str]:
    """The domains that a single word shows, strongly or weakly."""
    return {domain for term, domain, _ in terms(language) if " " not in term and matches(term, word)}


# -- domains ---------------------------------------------------------------------------------------------------


def test_there_are_nine_domains_in_the_order_of_the_record():
    assert [domain["code"] for domain in DOMAINS["domain"]] == NINE


def test_a_domain_has_labels_a_definition_and_terms_of_both_languages_and_strengths():
    for domain in DOMAINS["domain"]:
        assert set(domain) == {"code", "label", "definition", "terms"}
        assert set(domain["label"]) == set(LANGUAGES)
        assert all(domain["label"].values())
        assert domain["definition"].endswith(".")
        assert set(domain["terms"]) == set(LANGUAGES)
        for language in LANGUAGES:
            forms = {"forms"} if domain["code"] == "politics" else set()
            assert set(domain["terms"][language]) == {*STRENGTHS, *forms}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_domain_has_a_broad_vocabulary(language: str):
    counts = Counter(domain for _, domain, _ in terms(language))
    assert min(counts[code] for code in NINE) >= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_small_letters_of_its_language_with_a_star_only_at_the_end_of_a_word(language: str):
    one = WORD[language] + r"\*?"
    shape = re.compile(rf"{one}(?: {one})*")
    assert [term for term, _, _ in terms(language) if not shape.fullmatch(term)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_stem_is_long_enough_to_mean_something(language: str):
    short = [
        (term, word)
        for term, _, _ in terms(language)
        for word in term.split()
        if word.endswith("*") and len(word) < (4 if " " in term else 5)
    ]
    assert short == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_stands_twice(language: str):
    counts = Counter(term for term, _, _ in terms(language))
    assert [term for term, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_already_covered_by_the_stem_of_another(language: str):
    single = [(term, domain) for term, domain, _ in terms(language) if " " not in term]
    stems = [(term, domain) for term, domain in single if term.endswith("*")]
    covered = [
        (term, domain, stem, other)
        for term, domain in single
        for stem, other in stems
        if term != stem and matches(stem, term.removesuffix("*"))
    ]
    assert covered == []


@pytest.mark.parametrize(
    ("word", "domain"),
    [
        ("exports", "trade"),
        ("pipelines", "energy"),
        ("railways", "transport"),
        ("vaccination", "health"),
        ("universities", "culture"),
        ("glaciers", "ecology"),
        ("migrants", "migration"),
        ("terrorism", "security"),
        ("embassy", "politics"),
    ],
)
def test_a_plain_english_word_of_a_field_tells_that_field_alone(word: str, domain: str):
    assert told_by(word, "en") == {domain}


@pytest.mark.parametrize(
    ("word", "domain"),
    [
        ("товарооборота", "trade"),
        ("газопровод", "energy"),
        ("железнодорожный", "transport"),
        ("вакцины", "health"),
        ("университетами", "culture"),
        ("ледников", "ecology"),
        ("мигрантам", "migration"),
        ("терроризмом", "security"),
        ("посольство", "politics"),
    ],
)
def test_a_plain_russian_word_of_a_field_tells_that_field_alone(word: str, domain: str):
    assert told_by(word, "ru") == {domain}


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("important", "en"),  # not import
        ("investigation", "en"),  # not investment
        ("crimea", "en"),  # not crime
        ("hospitality", "en"),  # not hospital
        ("consult", "en"),  # not consul
        ("trample", "en"),  # not tram
        ("islamabad", "en"),  # not islam
        ("армения", "ru"),  # not армия
        ("товарищ", "ru"),  # not товар
        ("грузия", "ru"),  # not груз
        ("газета", "ru"),  # not газ
        ("поэтому", "ru"),  # not поэт
        ("дорогой", "ru"),  # not дорога
        ("флоренция", "ru"),  # not флора
    ],
)
def test_a_word_that_merely_looks_like_a_term_tells_nothing(word: str, language: str):
    assert told_by(word, language) == set()


def test_a_visit_is_not_a_visa():
    assert told_by("визит", "ru") == {"politics"}
    assert told_by("визы", "ru") == {"migration"}


# -- PLOVER ----------------------------------------------------------------------------------------------------


def test_there_are_sixteen_types_each_in_its_quad_class():
    found = {quad: {kind["code"] for kind in PLOVER["type"] if kind["quad"] == quad} for quad in QUADS}
    assert found == QUADS
    assert len(PLOVER["type"]) == 16


def test_the_modes_are_those_of_their_type():
    found = {kind["code"]: [mode["code"] for mode in kind.get("mode", [])] for kind in PLOVER["type"]}
    assert found == {code: modes.split() for code, modes in MODES.items()}


def test_a_score_lies_between_conflict_and_cooperation():
    scores = [item["score"] for kind in PLOVER["type"] for item in [kind, *kind.get("mode", [])] if "score" in item]
    assert all(isinstance(score, float) and -10 <= score <= 10 for score in scores)
    assert (min(scores), max(scores)) == (-10, 10)


def test_every_type_is_scored_and_the_one_mode_without_a_score_is_known():
    assert all("score" in kind for kind in PLOVER["type"])
    unscored = [(kind["code"], m["code"]) for kind in PLOVER["type"] for m in kind.get("mode", []) if "score" not in m]
    assert unscored == [("PROTEST", "vandalize")]


@pytest.mark.parametrize("kind", PLOVER["type"], ids=lambda kind: kind["code"])
def test_a_score_has_the_sign_of_its_quad_class(kind: dict):
    if kind["code"] == "REQUEST":  # verbal conflict by its class, neutral by its score
        assert kind["score"] == 0
    else:
        assert (kind["score"] > 0) == (kind["quad"] in (1, 2))


@pytest.mark.parametrize("kind", [k for k in PLOVER["type"] if "mode" in k], ids=lambda kind: kind["code"])
def test_a_type_stands_within_the_range_of_its_modes(kind: dict):
    scores = [mode["score"] for mode in kind["mode"] if "score" in mode]
    assert min(scores) <= kind["score"] <= max(scores)


@pytest.mark.parametrize("table", ["context", "auxiliary"])
def test_codes_are_unique(table: str):
    codes = [item["code"] for item in PLOVER[table]]
    assert len(codes) == len(set(codes))


def test_contexts_and_auxiliary_modes_are_those_of_the_manual():
    assert len(PLOVER["context"]) == 37
    assert {item["code"] for item in PLOVER["auxiliary"]} == {"historical", "future", "hypothetical", "negation"}


def test_everything_is_defined_in_one_sentence():
    items = [*PLOVER["type"], *PLOVER["context"], *PLOVER["auxiliary"]]
    items += [mode for kind in PLOVER["type"] for mode in kind.get("mode", [])]
    for item in items:
        assert item["definition"].endswith(".")
        assert ". " not in item["definition"]


@pytest.mark.parametrize("table", [DOMAINS, PLOVER], ids=["domains", "plover"])
def test_a_table_names_its_sources(table: dict):
    assert table["sources"]
    assert all(table["sources"])
