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


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.data())
def test_never_empty(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert domains_of(analysis_of(text), [Span(start, end)])
    assert domains_of(analysis_of(text), [])
