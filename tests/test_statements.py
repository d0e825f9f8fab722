"""Who said what: English attributions of the commoner forms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses import analysis_of, cues_in, in_words
from multivector.reading import _statements
from multivector.reading._drafts import Draft
from multivector.reading._rules import blank, by_rules
from multivector.record import StatementMode
from reading_helpers import read, said, words


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "“The tunnel will open in May,” Transport Minister Emil Karasek said.",
            "Transport Minister Emil Karasek",
            "said",
            "“The tunnel will open in May,”",
        ),
        (
            "“The tunnel will open in May,” said Transport Minister Emil Karasek on Monday.",
            "Transport Minister Emil Karasek",
            "said",
            "“The tunnel will open in May,”",
        ),
        (
            "The ambassador stressed: “Nobody asked for a base.”",
            "The ambassador",
            "stressed",
            "“Nobody asked for a base.”",
        ),
        (
            "The Georgian foreign ministry said that the border would stay open.",
            "The Georgian foreign ministry",
            "said",
            "that the border would stay open",
        ),
        (
            "The border would stay open, the Georgian foreign ministry said.",
            "the Georgian foreign ministry",
            "said",
            "The border would stay open",
        ),
        ("According to the IMF, growth will slow.", "the IMF", "According to", "growth will slow"),
        ("Growth will slow, according to the IMF.", "the IMF", "according to", "Growth will slow"),
        ("Armenia welcomed the opening of the bridge.", "Armenia", "welcomed", "the opening of the bridge"),
        ("The president urged Baku to return the prisoners.", "The president", "urged", "to return the prisoners"),
        (
            "At a briefing in Minsk, Olga Petrenko, the spokeswoman of the ministry, noted that talks go on.",
            "Olga Petrenko, the spokeswoman of the ministry,",
            "noted",
            "that talks go on",
        ),
        (
            "The minister told reporters on Friday that the pipeline was safe.",
            "The minister",
            "told",
            "that the pipeline was safe",
        ),
    ],
)
def test_one_attribution(text: str, source: str, cue: str, content: str) -> None:
    assert said(read(text)) == [(source, cue, content)]


def test_a_quotation_goes_on_after_its_attribution() -> None:
    record = read("“We are patient,” the envoy said. “But not forever.”")
    assert said(record) == [("the envoy", "said", "“We are patient,” … “But not forever.”")]


def test_two_verbs_of_one_subject_have_a_content_each() -> None:
    record = read("Norway welcomed the ceasefire and called for the release of all prisoners.")
    assert said(record) == [
        ("Norway", "welcomed", "the ceasefire"),
        ("Norway", "called for", "the release of all prisoners"),
    ]


def test_direct_mixed_and_indirect_are_told_apart() -> None:
    record = read("“It is over,” the envoy said.\nThe envoy said that it was “over”.\nThe envoy said that it was done.")
    assert [s.mode for s in record.statements] == [StatementMode.DIRECT, StatementMode.MIXED, StatementMode.INDIRECT]


def test_a_statement_inside_another_belongs_to_it() -> None:
    record = read("The ministry said that Paris had offered to mediate.")
    outer, inner = record.statements
    assert words(record, inner.source) == "Paris"
    assert (outer.said_by, inner.said_by) == (None, outer.id)


def test_this_was_stated_by_takes_the_sentence_before() -> None:
    record = read(
        "Exports of lamb will be resumed in May. This was announced by the Ministry of Agriculture of Mongolia."
    )
    assert [(s[0], s[2]) for s in said(record)] == [
        ("the Ministry of Agriculture of Mongolia", "Exports of lamb will be resumed in May")
    ]


def test_labels_of_an_interview_are_sources_and_questions_are_not_statements() -> None:
    record = read(
        "Question: How is trade?\nAda Brandt: It grows, I think.\n"
        "Question: And the pipeline?\nAda Brandt: Ask the minister."
    )
    assert said(record) == [("Ada Brandt", ":", "It grows, I think."), ("Ada Brandt", ":", "Ask the minister.")]
    assert {s.mode for s in record.statements} == {StatementMode.DIRECT}


def test_an_answer_goes_on_in_further_paragraphs_and_holds_what_others_say() -> None:
    text = (
        "The water minister answers the questions of the Aral Herald\n\n"
        "ARAL HERALD: Is there enough?\n\n"
        "BRANDT: There is. The Uzbek ministry says that the lake is full.\n\n"
        "We shall see in August.\n\n"
        "ARAL HERALD: And then?\n\n"
        "BRANDT: Then it rains.\n\n"
        "Ada Brandt was born in Osh. She studied in Delft."
    )
    found = said(read(text))
    assert found == [
        (
            "BRANDT",
            ":",
            "There is. The Uzbek ministry says that the lake is full.\n\nWe shall see in August.",
        ),
        ("The Uzbek ministry", "says", "that the lake is full"),
        ("BRANDT", ":", "Then it rains."),
    ]


def test_what_is_said_inside_ends_where_the_words_around_it_end() -> None:
    assert said(read("The Arab League is considering a new session, a spokesperson said.")) == [
        ("a spokesperson", "said", "The Arab League is considering a new session"),
        ("The Arab League", "is considering", "a new session"),
    ]


def test_who_passes_on_what_another_one_says() -> None:
    whole = "Oman will build a second port on the coast"
    assert said(read(f"{whole}, the Gulf Herald reports, citing two officials.")) == [
        ("the Gulf Herald", "reports", whole),
        ("two officials", "citing", whole),
    ]
    assert said(read(f"{whole}, the harbour authority said, as the Gulf Herald reports.")) == [
        ("the harbour authority", "said", whole),
        ("the Gulf Herald", "reports", f"{whole}, the harbour authority said"),
    ]
    assert "a lack of water" in said(read("The court closed the mill, citing a lack of water."))[-1][2]


def test_somebody_is_quoted_as_saying_something() -> None:
    assert said(read("The Gulf Herald quoted the harbour master as saying that the port was “full to the brim”.")) == [
        ("The Gulf Herald", "quoted", "the harbour master as saying that the port was “full to the brim”"),
        ("the harbour master", "saying", "that the port was “full to the brim”"),
    ]


def test_the_head_of_a_preamble_speaks_in_its_participles() -> None:
    record = read(
        "The Ministers of Transport of Oman and Peru, who met in Lima,\n\n"
        "Noting with satisfaction that trade has grown,\n\n"
        "Reaffirming their commitment to the Treaty of Lima,\n\n"
        "have adopted this statement."
    )
    assert {each[0] for each in said(record)} == {"The Ministers of Transport of Oman and Peru, who met in Lima"}
    assert {each[1] for each in said(record)} == {"Noting with satisfaction", "Reaffirming"}


def test_papers_provide_for_something() -> None:
    assert said(read("The agreement provides for two ferries a week. The strategy envisages a third port.")) == [
        ("The agreement", "provides for", "two ferries a week"),
        ("The strategy", "envisages", "a third port"),
    ]


def test_states_as_labels_of_a_survey_say_nothing() -> None:
    text = "OMAN: The minister said that the port was full.\n\nPERU: A loan was signed.\n\nOMAN: It rained."
    assert said(read(text)) == [("The minister", "said", "that the port was full")]


def test_labels_may_stand_behind_a_quotation_mark_and_not_in_a_headline() -> None:
    text = (
        "Brandt: The lake is full\n\nThe studio was cold.\n\n"
        "“HOST: Is the lake full?\n\n“BRANDT: It is.\n\n“HOST: And the river?\n\n“BRANDT: The river, too.”"
    )
    assert said(read(text)) == [("BRANDT", ":", "It is."), ("BRANDT", ":", "The river, too.”")]


@pytest.mark.parametrize(
    "text",
    [
        "The Central Asian states signed two agreements.",
        "The United States and Oman held talks.",
        "Brussels added two banks to the list.",
        "Trains cross the border at night.",
        "The plan consists of seven sections.",
    ],
)
def test_what_is_done_is_not_said(text: str) -> None:
    assert said(read(text)) == []


def ruled(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of what the rules alone find."""
    analysis = analysis_of(text)
    return in_words(analysis, by_rules(analysis, cues_in(analysis), blank(text, analysis.quotes)))


@pytest.mark.parametrize(
    "text",
    [
        "The minister’s comments on the pipeline came too late.",
        "Under the premier's plan farmers pay less tax.",
        "A judge in Osh sent the file back to the ministry.",
        "Tashkent backed out of the talks.",
        "All the envoy promises is late.",
        "Chancellor Ada Holm warned when she opened the plant in Osh.",
        "The envoy has to rest and tell longer stories.",
        "According to Interfax basically.",
        "An ambassador tweet attacking the deal was deleted.",
    ],
)
def test_a_noun_or_an_adverb_is_no_verb_of_saying(text: str) -> None:
    assert ruled(text) == []


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("A group of ministers say the road is safe.", "A group of ministers", "say", "the road is safe"),
        ("He’s urging Minsk to wait.", "He’s", "urging", "to wait"),
        ("Prime Minister Ada May said the talks went well.", "Prime Minister Ada May", "said", "the talks went well"),
        (
            "The ministers have not said when they would meet.",
            "The ministers",
            "have not said",
            "when they would meet",
        ),
        ("Tashkent backed the candidate.", "Tashkent", "backed", "the candidate"),
    ],
)
def test_a_verb_of_saying_with_a_capital_or_an_apostrophe_beside_it(
    text: str, source: str, cue: str, content: str
) -> None:
    assert ruled(text) == [(source, cue, content)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Oman stands ready to host the talks.", "Oman", "stands ready", "to host the talks"),
        (
            "The Omani side attaches particular importance to the port.",
            "The Omani side",
            "attaches particular importance to",
            "the port",
        ),
        ("The two ministries are not yet ready to sign.", "The two ministries", "are not yet ready", "to sign"),
        ("The envoy is fully convinced that rain will come.", "The envoy", "is fully convinced", "that rain will come"),
    ],
)
def test_formulas_of_diplomacy_attribute(text: str, source: str, cue: str, content: str) -> None:
    assert ruled(text) == [(source, cue, content)]
    assert (source, content) in [(each[0], each[2]) for each in said(read(text))]


def test_things_are_not_ready_to_say_anything() -> None:
    assert ruled("The bridge is ready to carry lorries. Lunch was ready.") == []


def test_headlines_and_notes_of_editors_say_nothing() -> None:
    body = "The minister said that the road would open in May."
    found = said(read(f"Minister says road will open soon\nOfficials welcome the road\n{body}"))
    assert [each[2] for each in found] == ["that the road would open in May"]
    assert [each[2] for each in said(read(f"{body}\n\nEditor’s note: The ministry said later that it had erred."))] == [
        "that the road would open in May"
    ]
    about = "About the Fund\nThe Fund believes in open books and supports ten states.\n\nContact\nA. Holm"
    assert [each[2] for each in said(read(f"{body}\n\nIt rained.\n\n{about}"))] == ["that the road would open in May"]
    assert said(read("The minister said that the road would open in May")) != []


def test_a_verb_inside_a_quotation_attributes_nothing_outside_of_it() -> None:
    record = read("“The Germans said no and the French said yes,” Ambassador Lena Holm recalled.")
    assert [s[0] for s in said(record)] == ["Ambassador Lena Holm"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "said",
                "“",
                "”",
                "the minister",
                "that",
                "according to",
                ",",
                ".",
                "\n",
                "Kazakhstan",
                "told",
                "and",
                ":",
                "he",
                "‘",
                "(",
                "by",
                "BRANDT:",
                "QUESTION:",
                "?",
                "\n\n",
                "quoted",
                "as saying",
                ", citing",
                "— Ada Holm",
                "Noting",
                "About the Fund",
            ]
        ),
        max_size=40,
    )
)
def test_any_jumble_of_words_is_read_and_spans_hold(parts: list[str]) -> None:
    record = read(" ".join(parts))
    for statement in record.statements:
        for start, end in (*statement.source, *statement.cue, *statement.content):
            assert 0 <= start < end <= len(record.document.text)
        assert statement.content


def test_a_sentence_that_is_pointed_at_holds_the_statements_inside_it() -> None:
    record = read(
        "Ankara regards the corridor as a gift to the region. "
        "This follows from a statement by the Foreign Ministry of Georgia."
    )
    outer = next(s for s in record.statements if s.speaker.state == "GEO")
    assert words(record, outer.content) == "Ankara regards the corridor as a gift to the region"
    assert [s.speaker.state for s in record.statements if s.said_by == outer.id] == ["TUR"]


@pytest.mark.parametrize(
    "text",
    [
        "The two transport ministries have signed a protocol on mutual recognition of driving licences.",
        "Asked about the price of bread, the delegation left the hall.",
        "QUESTION (Radio One): Minister, will the price of bread go up this year?",
    ],
)
def test_what_is_signed_or_asked_by_nobody_is_no_statement(text: str) -> None:
    assert not read(text).statements


def test_one_word_is_a_content_unless_it_is_a_pronoun(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> Iterator[Draft]:
        return iter(())

    monkeypatch.setattr(_statements, "by_rules", nothing)
    assert said(read("The regional union endorsed Petrenko on Monday.")) == [
        ("The regional union", "endorsed", "Petrenko")
    ]
    assert not said(read("The committee supported it."))


def test_what_is_concluded_in_words_is_a_statement() -> None:
    assert [cue for _, cue, _ in said(read("“The treaty is dead,” the envoy concluded."))] == ["concluded"]


def test_only_who_stands_after_the_cue_is_an_addressee() -> None:
    ((_, _, before),) = said(read("“No damage was done to ships,” Captain Ana Rojas told reporters."))
    assert before.startswith("“No damage was done to ships")
    ((_, _, after),) = said(read("The envoy urged both sides to keep calm."))
    assert after == "to keep calm"
