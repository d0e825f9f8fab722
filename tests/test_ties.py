import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses import analysis_of
from multivector.reading._ties import find_ties
from multivector.record import TieType


def ties(text, said=()):
    return [(tie.type.value, tie.from_, tie.to) for tie in find_ties(analysis_of(text, said=said))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway and Sweden are close allies.", ("alliance", "NOR", "SWE")),
        ("Norway is an ally of Denmark.", ("alliance", "DNK", "NOR")),
        ("Bolivia considers Peru a strategic partner.", ("strategic-partnership", "BOL", "PER")),
        ("Turkey, a strategic partner of Qatar, agreed.", ("strategic-partnership", "QAT", "TUR")),
        ("Chile is one of Peru’s largest trading partners.", ("trading-partner", "CHL", "PER")),
        ("France has a military base in Djibouti.", ("military-presence", "FRA", "DJI")),
        ("French troops stationed in Gabon took part.", ("military-presence", "FRA", "GAB")),
        ("Fiji is a member of the United Nations.", ("membership", "FJI", "IGO:UN")),
        ("Lesotho depends on South Africa for its imports.", ("dependence", "LSO", "ZAF")),
        ("Defence ties between Peru and Chile have deepened.", ("security-cooperation", "CHL", "PER")),
        ("Belarus and Russia form a union state.", ("integration", "BLR", "RUS")),
    ],
)
def test_types(text, expected):
    assert ties(text) == [expected]


def test_a_list_of_nouns_is_as_many_ties():
    assert ties("Norway and Sweden are neighbours and strategic partners.") == [
        ("strategic-partnership", "NOR", "SWE"),
        ("neighbour", "NOR", "SWE"),
    ]


def test_a_group_means_each_of_its_members():
    text = "The states of Central Asia are our neighbours."
    found = ties(text, said=[(text[:-1], "CHN")])
    assert found == [("neighbour", "CHN", code) for code in ("KAZ", "KGZ", "TJK", "TKM", "UZB")]


def test_the_fullest_place_comes_first_in_the_evidence():
    text = "Norway and Sweden are allies. The two countries, Norway and Sweden, are old and close allies."
    analysis = analysis_of(text)
    (tie,) = [tie for tie in find_ties(analysis) if tie.type is TieType.ALLIANCE]
    lengths = [end - start for start, end in tie.evidence]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    "text",
    [
        "Malta is not an ally of Libya.",
        "Moldova hopes that Romania will become its strategic partner.",
        "If Chad were an ally of Niger, it would help.",
        "Ecuador has no military bases in Peru.",
        "Laos is an observer of the United Nations.",
        "Chile could be a neighbour of Spain.",
    ],
)
def test_what_is_denied_or_hoped_for_is_no_tie(text):
    assert ties(text) == []


_VOCABULARY = (
    "Norway Chile Kazakh the and are is our ally allies neighbours strategic partners of ’s military base "
    "in , . depends on member United Nations considers which Central Asia not two trading partner "
    "presence between agencies "
)
_WORDS = st.sampled_from(_VOCABULARY.split(" "))


@settings(max_examples=80, deadline=None)
@given(st.lists(_WORDS, max_size=50).map(" ".join))
def test_never_fails_and_points_inside_the_text(text):
    for tie in find_ties(analysis_of(text)):
        assert tie.from_ != tie.to
        assert not tie.type.symmetric or tie.from_ < tie.to
        for start, end in tie.evidence:
            assert 0 <= start < end <= len(text)


def test_two_predicates_of_one_subject_are_two_ties():
    text = "Peru and Chile have talked. The two countries have long been neighbours and members of the United Nations."
    assert sorted(ties(text)) == [
        ("membership", "CHL", "IGO:UN"),
        ("membership", "PER", "IGO:UN"),
        ("neighbour", "CHL", "PER"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Croatia joined the European Union in 2013.", [("membership", "HRV", "IGO:EU")]),
        ("Norway joined the European Union in calling for a truce.", []),
        ("Lima, Chile's main trading partner, opposed the tariff.", [("trading-partner", "CHL", "PER")]),
        ("Oslo said Sweden, a close ally of Finland, would gain most.", [("alliance", "FIN", "SWE")]),
        ("A French air base is located in Libreville, Gabon.", [("military-presence", "FRA", "GAB")]),
        ("Italy has about 900 soldiers stationed in Niger.", [("military-presence", "ITA", "NER")]),
    ],
)
def test_standing_relations_told_in_passing(text, expected):
    assert ties(text) == expected
