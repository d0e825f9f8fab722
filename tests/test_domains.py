import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses import analysis_of
from multivector.reading._domains import domains_of
from multivector.record import Domain, Span


def domains(text, words, **options):
    start = text.index(words)
    return domains_of(analysis_of(text, **options), [Span(start, start + len(words))])


@pytest.mark.parametrize(
    ("words", "domain"),
    [
        ("exports of tractors", Domain.TRADE),
        ("natural gas pipeline", Domain.ENERGY),
        ("railway corridor", Domain.TRANSPORT),
        ("hospitals and vaccines", Domain.HEALTH),
        ("university scholarships", Domain.CULTURE),
        ("melting glaciers", Domain.ECOLOGY),
        ("labour migrants", Domain.MIGRATION),
        ("terrorism and drug trafficking", Domain.SECURITY),
        ("a bilateral visit", Domain.POLITICS),
    ],
)
def test_the_words_themselves_decide(words, domain):
    assert domains(f"The talks dealt with {words}.", words) == (domain,)


def test_several_fit():
    assert domains("They spoke of exports and the railway.", "exports and the railway") == (
        Domain.TRADE,
        Domain.TRANSPORT,
    )


def test_then_the_sentence_then_the_paragraph():
    text = "Norway agreed to help with the vaccines. Sweden agreed too."
    assert domains(text, "Norway agreed to help") == (Domain.HEALTH,)
    assert domains(text, "Sweden agreed too") == (Domain.HEALTH,)


def test_politics_is_the_last_resort():
    assert domains("It is late.", "It is") == (Domain.POLITICS,)


def test_russian_stems():
    assert domains("Обсуждались железнодорожные перевозки.", "железнодорожные перевозки", language="ru") == (
        Domain.TRANSPORT,
    )


_SUBJECT = "Oil, coal and natural gas come to the power plants of Norway.\n\n"


def test_then_the_subject_of_the_document():
    assert domains(_SUBJECT + "It will not be easy.", "It will not be easy") == (Domain.ENERGY,)
    visits = "The ambassador visited the embassy. Talks and summits followed the state visit of the delegation.\n\n"
    assert domains(visits + _SUBJECT + visits + "It will not be easy.", "It will not be easy") == (Domain.POLITICS,)


def test_around_the_words_only_strong_terms_count():
    assert domains("He told journalists that it rains.", "that it rains") == (Domain.POLITICS,)
    assert domains("He told patients that it rains.", "that it rains") == (Domain.HEALTH,)


def test_that_a_foreign_ministry_says_it_does_not_make_it_politics():
    text = _SUBJECT + "The foreign ministry and the ambassador said that it was good."
    start = text.index("The foreign")
    sources = (Span(start, text.index(" said")),)
    words = Span(text.index("that it was"), len(text) - 1)
    assert domains_of(analysis_of(text), [words], sources=sources) == (Domain.ENERGY,)
    assert domains_of(analysis_of(text), [words]) == (Domain.POLITICS,)


def told(text, language="en"):
    return {str(domain) for domain in domains_of(analysis_of(text, language=language), [Span(0, len(text))])}


def test_a_list_of_fields_has_them_all():
    text = (
        "The roads of cooperation: trade, energy, railways, hospitals, universities, glaciers, migrants and terrorism"
    )
    assert told(text) == {str(domain) for domain in Domain} - {"politics"}


def test_forms_of_diplomacy_are_politics_only_when_nothing_else_tells():
    assert told("The ambassadors held talks at the summit.") == {"politics"}
    assert told("The ambassadors held talks at the summit on the railway.") == {"transport"}


def test_subjects_of_politics_stand_beside_others():
    assert told("Norway spoke of friendship.") == {"politics"}
    assert told("Norway linked uranium exports and the sovereignty of its neighbour.") == {
        "energy",
        "trade",
        "politics",
    }


def test_the_words_themselves_are_not_overruled_by_what_is_around():
    text = _SUBJECT + "Coal, oil and gas aside, the friendship of peoples is old."
    assert domains(text, "the friendship of peoples is old") == (Domain.POLITICS,)
    text = "Oil, coal and natural gas matter; vaccines too."
    assert Domain.HEALTH in domains(text, "vaccines too")


def test_one_weak_term_does_not_stand_beside_a_strong_one():
    assert told("The company will send doctors.") == {"health"}
    assert told("The company will raise its profits and send doctors and nurses.") == {"health", "trade"}


def test_around_the_words_only_the_main_subject_counts():
    text = "The gas pipeline and the oil refinery bring exports. It will be late."
    assert domains(text, "It will be late") == (Domain.ENERGY,)


def test_the_sentence_before_goes_on():
    text = "Oil and gas come first. The vaccines arrived at the hospital. Nobody paid. Oil, coal and gas come last."
    assert domains(text, "Nobody paid") == (Domain.HEALTH,)


def test_visits_and_talks_do_not_make_politics_of_a_document_on_something_else():
    talks = "The ambassador visited the embassy for talks.\n\n"
    assert domains(talks + _SUBJECT + "It will not be easy.", "It will not be easy") == (Domain.ENERGY,)


def test_a_word_with_a_hyphen_is_read_in_parts_unless_a_term_has_the_hyphen():
    assert told("They met after the post-war hunger.") == {"security"}
    assert told("A duty-free shop opened.") == {"trade"}
    assert told("Водно-энергетический консорциум собрался.", "ru") == {"ecology", "energy"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fiji reserves the right to answer.", "politics"),
        ("According to media reports the minister fell ill.", "politics"),
        ("Peru pledged to be patient.", "politics"),
        ("Chile will train nurses.", "health"),
        ("Deliveries of howitzers will stop.", "security"),
        ("For logistical reasons the museum will open later.", "culture"),
        ("Surgeons used the new operating theatre.", "health"),
        ("The armoured vehicles were unloaded.", "security"),
        ("They interfered in our internal affairs.", "politics"),
        ("The investment climate is better.", "trade"),
        ("The canals of the steppe lack water.", "ecology"),
        ("The uranium enrichment went on.", "security"),
        ("Humanitarian aid for Sudan is on its way.", "culture"),
        ("The sanctions list grew.", "trade"),
        ("The drug cartel lost its chief.", "security"),
        ("They crossed the border illegally without documents: an illegal crossing.", "migration"),
    ],
)
def test_words_that_mislead(text, expected):
    assert told(text) == {expected}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.data())
def test_never_empty(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert domains_of(analysis_of(text), [Span(start, end)])
    assert domains_of(analysis_of(text), [])
