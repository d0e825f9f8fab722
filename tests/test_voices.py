"""First and second persons: whose `we` it is in speeches, interviews, papers of bodies, and quotations."""

import pytest

from analyses import analysis_of
from multivector.reading._reference import Sort
from multivector.reading._references import References


def meant(text, words, nth=0, /, **options):
    """The codes of the reference that begins with the nth `words` of a text; empty when there is none."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    found = References(analysis_of(text, **options)).all
    return {c for r in found if r.span.start == start for c in r.codes}


@pytest.mark.parametrize(
    ("title", "publisher", "codes"),
    [
        ("Address of the Prime Minister on the harvest", "Government of Malawi", {"MWI"}),
        ("Speech of the President of Ghana at the dinner for Togo", "Lake Courier", {"GHA"}),
        ("Interview with Peru's foreign minister on copper from Chile", "Lake Courier", {"PER"}),
        ("“We want peace”: the Danish ambassador on ten years of work", "Lake Courier", {"DNK"}),
        ("Remarks at the seminar", "NATO Secretariat", {"IGO:NATO"}),
        ("Speech of the Prime Minister at the dinner for Togo", "Government of Norway", {"NOR"}),
        ("Joint statement of Japan and Brunei", "Lake Courier", {"JPN", "BRN"}),
        ("A walk along the river", "Lake Courier", set()),
        ("Speech at a seminar about Chile", "Lake Courier", set()),
    ],
)
def test_the_title_or_the_publisher_tells_whose_we_it_is(title, publisher, codes):
    text = "The rains came late this year. We have sent tents to Zambia."
    assert meant(text, "We", title=title, publisher=publisher) == codes


@pytest.mark.parametrize(
    ("lead", "codes"),
    [
        ("We, the ministers of Chad, Niger and Mali, met in Gao.", {"TCD", "NER", "MLI"}),
        ("We, Chile and Peru, met in Arica.", {"CHL", "PER"}),
        ("We, the friends of the lake, met in Arica.", set()),
    ],
)
def test_several_speak_as_one(lead, codes):
    text = f"{lead}\n\nWe urge Sudan to open the road."
    assert meant(text, "We urge") == codes


def test_who_has_signed_is_told_in_the_last_line():
    text = "The road was long. We asked Togo for help.\n\nThe author is the ambassador of Benin."
    assert meant(text, "We asked") == {"BEN"}


INTERVIEW = (
    "Estonia's ambassador to India, Mari Kask, spoke to the Lake Courier.\n\n"
    "Q: Did your country sell us the software?\n\n"
    "A: We gave it for nothing. Your minister thanked us. As you know, our two countries trade little.\n\n"
    "Q: And Finland?\n\n"
    "A: They asked us for it too. Latvia did not, and they have their own."
)


@pytest.mark.parametrize(
    ("words", "nth", "codes"),
    [
        ("your country", 0, {"EST"}),
        ("We gave", 0, {"EST"}),
        ("Your minister", 0, {"IND"}),
        ("you know", 0, set()),
        ("our two countries", 0, {"EST", "IND"}),
        ("They asked", 0, {"FIN"}),
        ("us for it", 0, {"EST"}),
    ],
)
def test_an_interview_has_two_sides(words, nth, codes):
    assert meant(INTERVIEW, words, nth) == codes


def test_they_are_whom_the_question_named_only_until_somebody_else_is():
    assert meant(INTERVIEW, "they have") != {"FIN"}


def test_an_answer_in_the_paragraph_of_its_question():
    text = "We met the envoy.\n\nQuestion: Will Togo pay? Answer: We have asked Togo twice."
    options = {"title": "Noon briefing", "publisher": "Ministry of Finance of Ghana"}
    assert meant(text, "We have asked", **options) == {"GHA"}
    assert meant(text, "We met", **options) == {"GHA"}


def test_dashes_mark_the_turns():
    text = (
        "Kenya's foreign minister, Amina Odera, answered our questions.\n\n— Is Uganda a friend?\n\n"
        "— We never doubted it.\n\n— And you went there?\n\n— In May."
    )
    assert meant(text, "We never") == {"KEN"}
    assert meant(text, "you went") == {"KEN"}


def test_labels_with_a_state_in_them():
    text = "Mr. Soto (Chile): We ask for a vote.\n\nMs. Ba (Mali): We are against it.\n\nMr. Soto (Chile): We insist."
    assert meant(text, "We ask") == {"CHL"}
    assert meant(text, "We are") == {"MLI"}
    assert meant(text, "We insist") == {"CHL"}


def test_who_reports_what_another_said_goes_on_to_say_we_of_their_own():
    text = "Fiji said that it would help us with boats."
    said = [("that it would help us with boats", "FJI")]
    options = {"title": "Statement", "publisher": "Government of Tonga"}
    assert meant(text, "us", said=said, **options) == {"TON"}


def test_a_house_is_spoken_to():
    text = "Mr Speaker,\n\nWe thank this Assembly and your farmers."
    options = {"title": "Speech by Commissioner Berg to the Assembly in Skopje", "publisher": "European Commission"}
    assert meant(text, "We", **options) == {"IGO:EU"}
    assert meant(text, "this Assembly", **options) == {"MKD"}
    assert meant(text, "your", **options) == {"MKD"}


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Letter of the King to the President of Chile", {"CHL"}),
        ("Remarks by the King at the dinner for Chile's president", {"CHL"}),
        ("Remarks by the King on trade with Chile", set()),
    ],
)
def test_who_gets_a_letter_or_is_received_is_spoken_to(title, codes):
    assert meant("We thank you.", "you", title=title, publisher="Royal Court of Norway, Press Service") == codes


def test_two_answer_side_by_side():
    text = (
        "Chile's President Soto: We thank the guest.\n\nMali's President Ba: Our two countries are far apart.\n\n"
        "Chile's President Soto: Togo and Benin have sent both of us a note.\n\nQuestion: When?\n\nSoto: Soon."
    )
    assert meant(text, "We") == {"CHL"}
    assert meant(text, "Our two countries") == {"CHL", "MLI"}


def test_a_body_names_itself_by_its_kind_in_its_own_paper():
    text = "The Ministry thanks Togo. The Ministry of Health of Benin was asked too."
    options = {"title": "Note", "publisher": "Ministry of Foreign Affairs of Ghana"}
    assert meant(text, "The Ministry", **options) == {"GHA"}
    assert meant(text, "The Ministry", 1, **options) != {"GHA"}
    assert meant(text, "The Ministry", title="Note", publisher="Lake Courier") == set()


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("I sat with the Ethiopian minister. A pact was signed by both of us.", "both of us", {"ETH", "KEN"}),
        ("Uganda has urged both of us to talk.", "both of us", set()),
        ("I came from Rwanda. I thanked my counterpart for the tea.", "my counterpart", {"RWA"}),
        ("I came from Rwanda and Burundi. I thanked my counterpart for the tea.", "my counterpart", {"KEN"}),
    ],
)
def test_the_other_one(text, words, codes):
    options = {"title": "Speech of the minister", "publisher": "Government of Kenya"}
    assert meant(text, words, **options) == codes


def test_my_is_an_owner_and_i_a_speaker():
    text = "I sent my minister to Togo."
    sorts = [
        each.sort
        for each in References(analysis_of(text, title="Speech", publisher="Government of Kenya")).all
        if each.codes == ("KEN",)
    ]
    assert sorts == [Sort.SPEAKER, Sort.ADJECTIVE]
