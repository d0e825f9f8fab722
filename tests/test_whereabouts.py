"""When and where events were done: from their own sentence, from what opens it, and from the occasion told around them.

Relative dates count from 20 May 2026, a Wednesday.
"""

import pytest

from analyses import analysis_of
from multivector.reading._events import find_events
from multivector.reading._where import place_of
from multivector.record import EventType, Span


def told(text, **options):
    """Date and place of each event."""
    return [(event.date, event.place) for event in find_events(analysis_of(text, **options))]


def told_of(kind, text, **options):
    """Date and place of the events of one type."""
    events = find_events(analysis_of(text, **options))
    return [(event.date, event.place) for event in events if event.type is EventType(kind)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("In April Gabon accused Togo of smuggling and quickly closed the border with Togo.", "2026-04"),
        ("Gabon expelled two Togolese diplomats on Monday and closed the border with Togo.", "2026-05-18"),
        ("The row ended on Tuesday, when Gabon lifted the ban on fish from Togo.", "2026-05-19"),
        ("Gabon and Togo held talks on 6 and 7 May.", "2026-05-06/2026-05-07"),
        ("Gabon freed five Togolese sailors a week later, on 11 May.", "2026-05-11"),
        ("12 May: Gabon imposed a ban on fish from Togo.", "2026-05-12"),
        ("May 12. Gabon imposed a ban on fish from Togo.", "2026-05-12"),
        ("At a press briefing in Lome on Monday, Togo accused Gabon of smuggling.", "2026-05-18"),
    ],
)
def test_the_sentence_tells_when(text, date):
    assert {day for day, _ in told(text)} == {date}


@pytest.mark.parametrize(
    "text",
    [
        "Under a contract signed in March, Gabon will deliver timber to Togo.",
        "Gabon, which joined the group in 2019, urged Togo to pay.",
        "Gabon thanked Togo for the rescue of its sailors in March.",
        "Gabon has promised Togo help to rebuild the bridge that fell in March.",
    ],
)
def test_the_time_of_something_else_is_not_that_of_the_deed(text):
    assert {day for day, _ in told(text)} == {None}


def test_a_day_behind_what_is_praised_is_that_of_the_praise():
    assert told("Gabon thanked Togo for its help on Monday.") == [("2026-05-18", None)]


def test_what_is_to_come_lies_ahead():
    text = "Gabon prepares for the visit of the Togolese president to Gabon in March."
    assert {day for day, _ in told(text)} <= {"2027-03"}
    assert told("On 4 May Gabon thanked Togo, and Gabon and Togo will meet in Lome.")[-1] == (None, "Lome")


def test_an_answer_hours_later_is_of_the_same_day():
    text = "Gabon seized three Togolese boats on Monday. A few hours later Togo demanded that Gabon free the crews."
    assert told(text)[-1] == ("2026-05-18", None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In Gdansk, Poland and Denmark signed an accord.", "Gdansk"),
        ("At a conference in Gdansk on Monday, Poland and Denmark signed an accord.", "Gdansk"),
        ("On Monday, in Gdansk, the ministers of Poland and Denmark met.", "Gdansk"),
        ("Poland and Denmark began a naval exercise off Gdansk.", "Gdansk"),
        ("The prime minister of Denmark will travel to Gdansk for talks with Poland.", "Gdansk"),
        ("Polish jets struck Denmark near the small village of Hoven.", "Hoven"),
        ("Polish and Danish ministers flew to Gdansk, where Poland and Denmark signed an accord.", "Gdansk"),
        ("The Danish minister visited Poland on Monday.", "Poland"),
    ],
)
def test_the_sentence_tells_where(text, place):
    assert told(text)[-1][1] == place


def test_a_city_that_hosts_is_the_place():
    text = "On 11 May, Gdansk hosted consultations between Poland and Denmark."
    assert place_of(analysis_of(text), Span(11, len(text))) == "Gdansk"


@pytest.mark.parametrize(
    "text",
    [
        "The embassy of Denmark in Gdansk urged Poland to wait.",
        "Poland praised the role of Denmark in the Baltic Cable Alliance.",
        "Poland offered to build a school for Denmark in Gdansk.",
        "Poland invited the Danish minister to Gdansk.",
        "Poland criticised Denmark over the situation in Gdansk.",
        "Under an agreement signed in Gdansk, Poland will deliver coal to Denmark.",
    ],
)
def test_the_place_of_something_else_is_not_that_of_the_deed(text):
    assert {place for _, place in told(text)} <= {None}


def test_what_is_done_at_a_meeting_has_its_day_and_place():
    text = (
        "The foreign ministers of Chile and Panama met in Colon on 4 May. Panama thanked Chile for its help.\n\n"
        "Chile promised Panama two tugs. Chile will deliver the tugs to Panama."
    )
    assert told(text) == [("2026-05-04", "Colon")] * 3 + [(None, None)]


@pytest.mark.parametrize(
    "told_so", ["Panama has asked Chile for time.", "Panama had asked Chile for time.", "Panama insists on its demand."]
)
def test_what_is_not_told_of_the_meeting_is_not_dated_by_it(told_so):
    text = f"The foreign ministers of Chile and Panama met in Colon on 4 May. {told_so}"
    assert told_of("REQUEST", text) in ([(None, None)], [])


def test_each_stop_of_a_tour_keeps_its_own_place():
    text = (
        "In Colon, Chile and Panama signed an accord. Panama thanked Chile.\n\n"
        "In Leon, Chile and Nicaragua signed a pact. Nicaragua thanked Chile."
    )
    assert [place for _, place in told(text)] == ["Colon", "Colon", "Leon", "Leon"]


def test_a_paper_of_a_meeting_tells_day_and_place_in_a_line():
    text = (
        "Joint statement by the foreign ministers of Malta and Cyprus\n\nValletta, 5 May 2026\n\n"
        "Malta reaffirmed its support for Cyprus. Both sides condemned Libya for the arrest of a pilot on 2 May."
    )
    assert told(text) == [("2026-05-05", "Valletta")] * 2


def test_who_is_summoned_hears_the_demand_on_the_same_day():
    text = "Nepal summoned the ambassador of Bhutan on Monday over the raids.\n\nIt demanded an apology from Bhutan."
    assert told(text)[-1][0] == "2026-05-18"


def test_a_dateline_tells_neither_day_nor_place():
    assert told("OSLO, May 19 (Wire) - Norway and Chile signed a treaty.") == [(None, None)]
