"""Figures in whole short news texts: counts of people and things, dates that go on, who the other side is."""

from __future__ import annotations

import pytest

from multivector.record import Document, Figure, document_id
from reading_helpers import reader


def _figures(text: str, title: str | None = None, publisher: str | None = None) -> tuple[Figure, ...]:
    document = Document(document_id(text), None, publisher, title, "2026-05-20", "en", text)
    return reader().read(document).figures


def _amounts(text: str, publisher: str | None = None) -> list[str]:
    return [
        f"{'~' if f.approximate else ''}{f.value:.15g} {f.unit}: {f.measure}" for f in _figures(text, None, publisher)
    ]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        # any plural after a number in words is counted; a verb behind it is no part of its name
        ("Malta cancelled three fishing licences.", ["3 licence: number of fishing licences"]),
        ("Ghana returned 200 canoes carrying sand.", ["200 canoe: number of canoes"]),
        ("A clinic with 40 cots opens in Accra.", ["40 cot: number of cots"]),
        ("Malta arrested six arms dealers.", ["6 dealer: number of arms dealers"]),
        # people by what they are
        ("Peru expelled two Chilean attachés.", ["2 people: deported attachés"]),
        ("Ghana freed seven gunmen.", ["7 people: released gunmen"]),
        ("Kenya will issue 300 work visas.", ["300 visa: number of work visas"]),
        # people without a noun, by what becomes of them
        ("The storm killed at least 70 and injured 400.", ["~70 people: killed", "400 people: wounded"]),
        ("One sailor died and three were hurt.", ["3 people: dead"]),
        ("Malta's population is 540,000.", ["540000 people: population"]),
        # numbers that go on with the people and things before
        (
            "Some 900 people crossed into Chad and 800 left for Sudan.",
            ["~900 people: border crossings", "800 people: border crossings"],
        ),
        (
            "Chad has 70,000 Sudanese refugees. Egypt has registered 40,000.",
            ["70000 people: refugees", "40000 people: refugees"],
        ),
        (
            "Ghana ordered 40 buses for 9 million dollars and gets 15 of them in June.",
            ["40 bus: number of buses", "9000000 USD: value of buses", "15 bus: number of buses"],
        ),
        # those who take part in a meeting
        ("The minister came with a delegation of 30 traders.", []),
        ("Some 200 teachers attended the lecture.", []),
        # a share is not in thousands
        ("Arrivals fell by 12 percent to 48,000.", ["-12 percent: change in arrivals", "48000 people: arrivals"]),
    ],
)
def test_what_is_counted(text: str, amounts: list[str]) -> None:
    assert _amounts(text) == amounts


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Copper slid to $9,000 a tonne from $9,700 in 2024.", ["copper price", "copper price"]),
        ("Spending rose to 5 percent of GDP, up from 3 percent.", ["share of spending in GDP"] * 2),
        ("Freight came to 9 tonnes, against 7 tonnes in 2024.", ["freight volume"] * 2),
        ("The bank expects growth of 4 percent for Peru.", ["GDP growth"]),
        ("It reported export growth of 4 percent.", ["change in exports"]),
        ("The loan carries interest of 2 percent.", ["interest rate"]),
        ("Deliveries to Kenya grew by 7 percent and reached $20 million.", ["change in deliveries", "deliveries"]),
        ("Chile bought 50 trams for $80 million.", ["number of trams", "value of trams"]),
        ("Malta fined a bank 5 million euros.", ["fine"]),
        ("Turnout reached 61 percent.", ["turnout"]),
        ("Its reserves have dwindled to $2 billion, enough for seven weeks of imports.", ["reserves"]),
        ("Ukraine got 5 million euros in humanitarian aid.", ["humanitarian aid"]),
        ("The dam is 135 metres high.", ["height of dam"]),
    ],
)
def test_what_is_measured(text: str, measures: list[str]) -> None:
    assert [figure.measure for figure in _figures(text)] == measures


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        # a period goes on over a sentence that names none
        (
            "In 2025 Fiji's exports came to $9 million. Those to Peru fell. Exports to Chile were $2 million.",
            ["2025", "2025"],
        ),
        ("Fiji, which bought 5 buses in 2024, will spend $9 million on roads.", ["2024", None]),
        (
            "In March the price slid to $9 a tonne from $11 in 2024, so exports were worth $3 million.",
            ["2026-03", "2026-03", "2024"],
        ),
        ("Six ships and some 30 boats ringed the trawler on Monday.", ["2026-05-18", "2026-05-18"]),
        ("The exchange took place on Monday: Peru freed 23 detainees.", ["2026-05-18"]),
        ("Today 90 firms work in Fiji.", [None]),
        ("Last year trade was $5 million, and 30 firms are working there.", ["2025", None]),
    ],
)
def test_when_it_was(text: str, periods: list[str | None]) -> None:
    assert [figure.period for figure in _figures(text)] == periods


@pytest.mark.parametrize(
    ("title", "text", "parties"),
    [
        pytest.param(
            "Fiji turns to new friends",
            "Fiji bought two ferries from Japan. Tonga protested. Malta will give 5 million euros for a port.",
            ["FJI JPN", "FJI MLT"],
            id="who enters has to do with whom the document is about",
        ),
        pytest.param(
            "Refugees leave Sudan",
            "Egypt took in 5,000 families and Chad 7,000 families.",
            ["EGY SDN", "SDN TCD"],
            id="amounts side by side each keep their own actor",
        ),
        pytest.param(
            "Fiji's trade",
            "Malta is the country's largest partner with a share of 20 percent; trade with Peru came to $9 million.",
            ["FJI MLT", "FJI PER"],
            id="beyond a semicolon",
        ),
        pytest.param(
            "Power from Ghana",
            "Ghana exported 9 million kWh: 5 million kWh to Togo.",
            ["GHA", "GHA TGO"],
            id="a part of what the subject did",
        ),
    ],
)
def test_between_whom(title: str, text: str, parties: list[str]) -> None:
    assert [" ".join(figure.parties) for figure in _figures(text, title)] == parties


def test_we_are_the_state_of_the_paper() -> None:
    text = "Last year our farmers sold 300,000 tonnes of maize to Egypt."
    assert [f.parties for f in _figures(text, None, "Ministry of Agriculture of Serbia")] == [("EGY", "SRB")]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Norway gives Peru 9 million kroner. Denmark declined.", "NOK"),
        ("Denmark gives Peru 9 million kroner. Norway declined.", "DKK"),
    ],
)
def test_a_shared_currency_is_that_of_the_state_beside_it(text: str, unit: str) -> None:
    assert [figure.unit for figure in _figures(text)] == [unit]


def test_a_shared_currency_may_be_that_of_the_paper() -> None:
    assert _amounts("The subsidy is 900 dinars.", "Ministry of Agriculture of Serbia") == ["900 RSD: subsidy"]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Chile's sales to Peru, which go by sea, reached $9 million.", ["sales"]),
        ("Malta collected $3 million in harbour dues.", ["harbour dues"]),
        ("Malta welcomed 9,000 visitors, among them 400 Poles.", ["visitors", "visitors"]),
        ("The fares rose by 5 percent, so that revenue fell by 3 percent.", ["change in fares", "change in revenue"]),
    ],
)
def test_the_words_of_another_clause_are_not_its_measure(text: str, measures: list[str]) -> None:
    assert [figure.measure for figure in _figures(text)] == measures


def test_through_whom_something_goes_is_no_side_between_two() -> None:
    assert [f.parties for f in _figures("Chile sold Brazil 9 tonnes of tea through Bolivia.")] == [("BRA", "CHL")]
