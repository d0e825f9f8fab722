"""Claims of amounts, changes, shares and votes beside statistics. All figures and speakers are invented."""

from __future__ import annotations

import random
from dataclasses import replace

import msgspec
import pytest

import multivector
from check_tools import arms, claim, claims, reasons, row, trade, vote
from multivector.check import Check, ClaimKind, Relation, Verdict, check_record, to_dict
from multivector.record import WORLD, Observation

SUPPORTED, CONTRADICTED = Verdict.SUPPORTED, Verdict.CONTRADICTED
CONSISTENT, NOT_CHECKABLE = Verdict.CONSISTENT, Verdict.NOT_CHECKABLE

BOTH = [*trade("GEO", "ARM", "2025", 1.0, 0.6), *trade("ARM", "GEO", "2025", 0.62, 1.05)]
"""Georgia and Armenia, each with its own report: 1.60 and 1.67 billion dollars."""


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Trade turnover between Georgia and Armenia reached 1.6 billion dollars in 2025.", SUPPORTED),
        ("Trade turnover between Georgia and Armenia reached 1.67 billion dollars in 2025.", SUPPORTED),
        ("Trade turnover between Georgia and Armenia reached 2.4 billion dollars in 2025.", CONTRADICTED),
        ("Trade turnover between Georgia and Armenia reached 0.9 billion dollars in 2025.", CONTRADICTED),
        ("Georgian exports to Armenia came to 1.05 billion dollars in 2025.", SUPPORTED),
        ("Armenia's imports from Georgia came to 1.05 billion dollars in 2025.", SUPPORTED),
        ("Exports from Armenia to Georgia amounted to 620 million dollars in 2025.", SUPPORTED),
        # The right amount for the wrong direction.
        ("Armenian exports to Georgia came to 1.05 billion dollars in 2025.", CONTRADICTED),
        ("Georgia's trade surplus with Armenia was 400 million dollars in 2025.", SUPPORTED),
        ("Armenia's trade deficit with Georgia was 430 million dollars in 2025.", SUPPORTED),
        ("Armenia's trade surplus with Georgia was 430 million dollars in 2025.", CONTRADICTED),
        # The right amount for the wrong parties.
        ("Trade between Georgia and Azerbaijan reached 1.6 billion dollars in 2025.", NOT_CHECKABLE),
        ("Trade between Georgia and Armenia reached 1.6 billion dollars in 2019.", NOT_CHECKABLE),
    ],
)
def test_an_amount_beside_both_sides_reports(text: str, verdict: Verdict) -> None:
    assert claim(text, BOTH).verdict is verdict


@pytest.mark.parametrize(
    ("words", "relation", "verdict"),
    [
        ("almost 1.7 billion", Relation.ALMOST, SUPPORTED),
        ("nearly 2.5 billion", Relation.ALMOST, CONTRADICTED),
        ("about 1.6 billion", Relation.ABOUT, SUPPORTED),
        ("around 2.2 billion", Relation.ABOUT, CONTRADICTED),
        ("more than 1.5 billion", Relation.AT_LEAST, SUPPORTED),
        ("more than 1.9 billion", Relation.AT_LEAST, CONTRADICTED),
        ("up to 2 billion", Relation.AT_MOST, SUPPORTED),
        ("less than 1.2 billion", Relation.AT_MOST, CONTRADICTED),
        ("no less than 1.5 billion", Relation.AT_LEAST, SUPPORTED),
        ("no more than 1.2 billion", Relation.AT_MOST, CONTRADICTED),
    ],
)
def test_a_hedge_moves_the_bounds_of_a_claim(words: str, relation: Relation, verdict: Verdict) -> None:
    check = claim(f"Trade between Georgia and Armenia came to {words} dollars in 2025.", BOTH)
    assert (check.claim.relation, check.verdict) == (relation, verdict)


@pytest.mark.parametrize(
    ("text", "negated", "verdict"),
    [
        ("Trade between Georgia and Armenia was not 1.6 billion dollars in 2025.", True, CONTRADICTED),
        ("Trade between Georgia and Armenia was never 3.5 billion dollars in 2025.", True, SUPPORTED),
        (
            "The minister denied that Georgia's trade with Armenia reached 1.6 billion dollars in 2025.",
            True,
            CONTRADICTED,
        ),
        # Not a negation of the number, but a bound.
        ("Trade between Georgia and Armenia did not reach 2 billion dollars in 2025.", False, SUPPORTED),
        ("Trade between Georgia and Armenia did not exceed 1.2 billion dollars in 2025.", False, CONTRADICTED),
        (
            "Not only did trade between Georgia and Armenia grow, it reached 1.6 billion dollars in 2025.",
            False,
            SUPPORTED,
        ),
    ],
)
def test_a_denial_turns_the_verdict(text: str, negated: bool, verdict: Verdict) -> None:
    check = next(each for each in claims(text, BOTH) if each.claim.kind is ClaimKind.AMOUNT)
    assert (check.claim.negated, check.verdict) == (negated, verdict)


def test_precision_is_that_of_the_words() -> None:
    def bounds(words: str) -> tuple[float | None, float | None]:
        found = claim(f"Trade between Georgia and Armenia came to {words} dollars in 2025.", BOTH).claim
        return found.low, found.high

    assert bounds("1.6 billion") == (1.55e9, 1.65e9)
    assert bounds("1.60 billion") == (1.595e9, 1.605e9)
    assert bounds("1,605 million") == (1.6045e9, 1.6055e9)
    assert bounds("35 billion") == (34.5e9, 35.5e9)
    assert bounds("400 million") == (395e6, 405e6)
    assert bounds("3 billion") == (2.85e9, 3.15e9)  # not 2.5 to 3.5
    assert bounds("more than 35 billion") == (34.5e9, None)


def test_reports_that_differ_too_much_prove_nothing() -> None:
    rows = [*trade("GEO", "ARM", "2025", 1.0, 0.6), *trade("ARM", "GEO", "2025", 1.5, 1.6)]
    near_one = claim("Trade between Georgia and Armenia came to 1.6 billion dollars in 2025.", rows)
    between = claim("Trade between Georgia and Armenia came to 2.2 billion dollars in 2025.", rows)
    beyond = claim("Trade between Georgia and Armenia came to 5 billion dollars in 2025.", rows)
    assert [check.verdict for check in (near_one, between, beyond)] == [CONSISTENT, CONSISTENT, CONTRADICTED]
    assert "differ by 1.9 times" in reasons(near_one)


def test_every_step_leads_to_rows_with_source_and_vintage() -> None:
    check = claim("Trade between Georgia and Armenia came to 1.6 billion dollars in 2025.", BOTH)
    assert [step.value for step in check.steps] == [pytest.approx(1.67e9), pytest.approx(1.6e9)]
    assert [check.rows[place].row for place in check.steps[1].rows] == [BOTH[0].row, BOTH[1].row]
    assert {(each.source, each.vintage) for each in check.rows} == {
        ("Office of GEO", "2026-01-15"),
        ("Office of ARM", "2026-01-15"),
    }
    assert (check.low, check.high) == (pytest.approx(1.6e9), pytest.approx(1.67e9))


def test_the_latest_vintage_counts() -> None:
    old = trade("GEO", "ARM", "2025", 3.0, 3.0, vintage="2025-12-01")
    check = claim("Trade between Georgia and Armenia came to 1.6 billion dollars in 2025.", [*BOTH, *old])
    assert check.verdict is SUPPORTED
    assert all(each.vintage == "2026-01-15" for each in check.rows)


def test_a_missing_direction_is_not_zero() -> None:
    rows = [row("GEO", "ARM", "exports", "2025", 1.0)]
    at_most = claim("Trade between Georgia and Armenia came to 1 billion dollars in 2025.", rows)
    below = claim("Trade between Georgia and Armenia came to 300 million dollars in 2025.", rows)
    assert at_most.verdict is CONSISTENT
    assert at_most.high is None
    assert at_most.missing == ("Georgia–Armenia, 2025: there is one direction of trade only",)
    assert below.verdict is CONTRADICTED  # the half that is known is more already


def test_aggregates_and_the_world_are_no_partners() -> None:
    rows = [*trade("GEO", "IGO:EAEU", "2025", 5.0, 5.0), *trade("GEO", WORLD, "2025", 9.0, 9.0), *BOTH]
    check = claim("Armenia took 11 percent of Georgia's exports in 2025.", rows)
    assert check.verdict is SUPPORTED
    world = claim("Georgia's foreign trade amounted to 18 billion dollars in 2025.", rows)
    assert world.verdict is SUPPORTED


# Parts of years


MONTHS = [
    each for month in range(1, 13) for each in trade("GEO", "ARM", f"2025-{month:02}", 0.08 + 0.001 * month, 0.05)
]


def test_months_make_a_part_of_a_year_exactly() -> None:
    right = claim("In the first half of 2025 trade between Georgia and Armenia came to 801 million dollars.", MONTHS)
    wrong = claim("In the first half of 2025 trade between Georgia and Armenia came to 1.4 billion dollars.", MONTHS)
    assert (right.verdict, wrong.verdict) == (SUPPORTED, CONTRADICTED)
    assert len(right.rows) == 12


def test_twelve_months_make_a_year_and_eleven_do_not() -> None:
    text = "Trade between Georgia and Armenia came to 1.64 billion dollars in 2025."
    assert claim(text, MONTHS).verdict is SUPPORTED
    assert claim(text, MONTHS[:-2]).verdict is NOT_CHECKABLE


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        ("900 million", CONSISTENT),
        ("1.2 billion", CONSISTENT),
        ("2.4 billion", CONTRADICTED),
        ("90 million", CONTRADICTED),
    ],
)
def test_a_year_only_brackets_a_part_of_it(amount: str, verdict: Verdict) -> None:
    check = claim(f"In the first half of 2025 trade between Georgia and Armenia came to {amount} dollars.", BOTH)
    assert check.verdict is verdict
    assert "rows by month" in check.missing[0]


def test_a_part_of_a_year_is_not_a_year() -> None:
    text = "From January to September 2025 trade between Georgia and Armenia came to 1.6 billion dollars."
    assert claim(text, BOTH).verdict is CONSISTENT


# Groups and the trap

SUM = "Trade between Turkey and the South Caucasus {} in 2025."

GROUP = [
    *trade("TUR", "ARM", "2025", 0.3, 0.1),
    *trade("TUR", "AZE", "2025", 3.0, 2.0),
    *trade("TUR", "GEO", "2025", 2.6, 0.9),
    *trade("GEO", "TUR", "2025", 0.95, 2.7),
]


def test_a_claim_about_a_group_adds_up_its_pairs() -> None:
    check = claim(SUM.format("came to 8.9 billion dollars"), GROUP)
    assert check.claim.sides == (("TUR",), ("ARM", "AZE", "GEO"))
    assert check.verdict is SUPPORTED
    assert claim(SUM.format("came to 6 billion dollars"), GROUP).verdict is CONTRADICTED


@pytest.mark.parametrize(("lost", "name"), [("ARM", "Armenia"), ("AZE", "Azerbaijan"), ("GEO", "Georgia")])
def test_a_group_with_a_missing_pair_is_never_supported(lost: str, name: str) -> None:
    rows = [each for each in GROUP if lost not in (each.reporting_area, each.counterpart_area)]
    for said in ("came to 8.9 billion dollars", "exceeded 3 billion dollars", "came to 5.1 billion dollars"):
        check = claim(SUM.format(said), rows)
        assert check.verdict is not SUPPORTED
        assert any(name in each for each in check.missing)


def exports(one: str, other: str, billions: float, year: str = "2025") -> list[Observation]:
    """A world table of exports by exporter: half goes each way."""
    return [row(a, b, "exports", year, billions / 2, source="World Table") for a, b in ((one, other), (other, one))]


def test_the_trap_of_one_table_with_an_inflated_and_a_missing_pair() -> None:
    # One table of 2025: a pair is absent, another is four times what the state itself printed for 2023. Nine
    # twelfths of the sum come to what is claimed; what is so (with the absent pair at its last known 9) cannot be told.
    table = [*exports("TUR", "ARM", 0.5), *exports("TUR", "AZE", 12.0)]
    office = [*trade("AZE", "TUR", "2023", 1.4, 1.6), *trade("GEO", "TUR", "2023", 4.0, 5.0)]
    text = "Turkey's trade with the South Caucasus reached about 9.4 billion dollars in January to September 2025."
    check = claim(text, [*table, *office])
    assert pytest.approx(9.4, rel=0.01) == 0.75 * (0.5 + 12.0)
    assert check.verdict is CONSISTENT
    told = reasons(check)
    assert "9.38 billion USD, which would meet the claim and proves nothing" in told
    assert "lacks Türkiye–Georgia" in told
    assert "Türkiye–Azerbaijan, which is in doubt" in told
    assert "4.0 times above the figure of 2023" in told
    assert any(each.startswith("Türkiye–Georgia, January to September 2025: no row") for each in check.missing)
    assert check.high is None


def test_the_trap_stays_when_nothing_is_missing_but_a_pair_is_inflated() -> None:
    table = [*exports("TUR", "ARM", 0.5), *exports("TUR", "AZE", 12.0), *exports("TUR", "GEO", 2.0)]
    office = [*trade("AZE", "TUR", "2024", 1.4, 1.6)]
    check = claim(SUM.format("came to 14.5 billion dollars"), [*table, *office])
    assert check.verdict is CONSISTENT
    assert "In doubt" in reasons(check)


def test_a_second_source_takes_the_doubt_away() -> None:
    table = exports("TUR", "AZE", 12.0)
    office = [*trade("AZE", "TUR", "2024", 1.4, 1.6), *trade("AZE", "TUR", "2025", 5.9, 6.0)]
    text = "Trade between Turkey and Azerbaijan came to 12 billion dollars in 2025."
    assert claim(text, [*table, *office]).verdict is SUPPORTED


def test_too_much_in_the_dark_is_not_checkable() -> None:
    check = claim(SUM.format("came to 40 billion dollars"), trade("TUR", "ARM", "2025", 0.3, 0.1))
    assert check.verdict is NOT_CHECKABLE
    assert "Türkiye–Azerbaijan and Türkiye–Georgia" in check.reasons[0]


def test_lists_of_parties_are_sides() -> None:
    rows = [*trade("GEO", "ARM", "2025", 1.0, 0.6), *trade("GEO", "TUR", "2025", 1.0, 2.4)]
    check = claim("Georgia's turnover with Armenia and Turkey was 5 billion dollars in 2025.", rows)
    assert check.claim.sides == (("GEO",), ("ARM", "TUR"))
    assert check.verdict is SUPPORTED


# What cannot be checked, and why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Trade between Georgia and Armenia will grow to 3 billion dollars by 2030.", "future"),
        ("Trade between Georgia and Armenia should reach 3 billion dollars.", "plan"),
        ("Trade between Georgia and Armenia came to 600 million dollars in the first half of 2026.", "not over"),
        ("Trade between Georgia and Armenia came to 4.3 billion lari in 2025.", "in GEL and the rows are in USD"),
        ("Trade between Georgia and Armenia came to 1.6 billion euros in 2025.", "without an exchange rate"),
        ("Trade with Armenia came to 1.6 billion dollars in 2025.", "Only one side is named"),
    ],
)
def test_why_a_claim_is_not_checkable(text: str, why: str) -> None:
    check = claim(text, BOTH)
    assert check.verdict is NOT_CHECKABLE
    assert why in reasons(check)


def test_without_a_period_nothing_is_proven() -> None:
    fits = claim("Trade between Georgia and Armenia is about 1.6 billion dollars.", BOTH)
    other = claim("Trade between Georgia and Armenia is about 9 billion dollars.", BOTH)
    assert (fits.verdict, other.verdict) == (CONSISTENT, NOT_CHECKABLE)
    assert "would fit 2025" in fits.reasons[0]


def test_our_trade_is_that_of_the_speakers_state() -> None:
    text = "“Our trade with Armenia came to 1.6 billion dollars in 2025,” Georgian Economy Minister Nino Beridze said."
    check = claim(text, BOTH)
    assert check.verdict is SUPPORTED
    assert check.claim.speaker is not None
    assert check.claim.speaker.person == "Nino Beridze"
    assert check.claim.said_by is not None


@pytest.mark.parametrize(
    "text",
    [
        "Georgia sold four ships to Armenia for 90 million dollars in 2025.",
        "Georgia's gas exports to Armenia came to 900 million dollars in 2025.",
        "Georgia's exports of wine to Armenia came to 40 million dollars in 2025.",
        "Some 40,000 Armenian students live in Georgia.",
        "Georgia exported 2 million tonnes of ore to Armenia in 2025.",
        "Armenia lent Georgia 200 million dollars in 2025.",
    ],
)
def test_figures_that_no_statistic_here_bears_on_are_left_alone(text: str) -> None:
    assert claims(text, BOTH) == ()


# Changes

YEARS = [
    *BOTH,
    *trade("GEO", "ARM", "2024", 0.8, 0.5),
    *trade("ARM", "GEO", "2024", 0.52, 0.82),
    *trade("GEO", "ARM", "2021", 0.4, 0.4),
]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Trade between Georgia and Armenia grew by 23 percent in 2025.", SUPPORTED),
        ("Trade between Georgia and Armenia grew by 45 percent in 2025.", CONTRADICTED),
        ("Trade between Georgia and Armenia fell by 23 percent in 2025.", CONTRADICTED),
        ("Georgia's exports to Armenia rose by 25 percent in 2025.", SUPPORTED),
        ("Georgia's exports to Armenia increased by 200 million dollars in 2025.", SUPPORTED),
        ("Georgia's exports to Armenia increased by 700 million dollars in 2025.", CONTRADICTED),
        ("Trade between Georgia and Armenia grew 1.2 times in 2025.", SUPPORTED),
        ("Trade between Georgia and Armenia grew 3.5 times in 2025.", CONTRADICTED),
        ("Trade between Georgia and Armenia doubled, growing by 100 percent between 2021 and 2025.", SUPPORTED),
        ("Trade between Georgia and Armenia grew by 23 percent in 2023.", NOT_CHECKABLE),
        ("Georgia's exports to Armenia rose by 25 percent in the first half of 2025.", NOT_CHECKABLE),
    ],
)
def test_a_change_is_of_one_source_and_side(text: str, verdict: Verdict) -> None:
    found = [each for each in claims(text, YEARS) if each.claim.kind is ClaimKind.CHANGE]
    assert [each.verdict for each in found] == [verdict], [each.reasons for each in found]


def test_a_change_is_never_made_of_two_sources() -> None:
    rows = [*trade("GEO", "ARM", "2024", 0.8, 0.5), *trade("ARM", "GEO", "2025", 0.62, 1.05)]
    check = claim("Trade between Georgia and Armenia grew by 28 percent in 2025.", rows)
    assert check.verdict is NOT_CHECKABLE


def test_the_growth_of_months_is_that_of_the_same_months() -> None:
    before = [
        each for month in range(1, 7) for each in trade("GEO", "ARM", f"2024-{month:02}", 0.06 + 0.001 * month, 0.05)
    ]
    text = "Trade between Georgia and Armenia rose by 17.6 percent in the first half of 2025."
    check = claim(text, [*MONTHS, *before])
    assert check.verdict is SUPPORTED
    assert "January to June 2024" in check.reasons[0]


# Shares, votes, arms, remittances


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In 2025 Armenia accounted for 8 percent of Georgia's foreign trade.", SUPPORTED),
        ("In 2025 Armenia's share in Georgia's trade was 30 percent.", CONTRADICTED),
        ("Armenia took 11.1 percent of Georgia's exports in 2025.", SUPPORTED),
        ("Georgia took 11.1 percent of Armenia's exports in 2025.", CONTRADICTED),
        ("Armenia accounts for 8 percent of Georgia's foreign trade.", CONSISTENT),
        ("Armenia accounts for 60 percent of Georgia's foreign trade.", NOT_CHECKABLE),
    ],
)
def test_a_share_is_of_the_whole_that_the_text_means(text: str, verdict: Verdict) -> None:
    rows = [*BOTH, *trade("GEO", WORLD, "2025", 9.0, 11.0), *trade("ARM", WORLD, "2025", 2.0, 5.0)]
    check = claim(text, rows)
    assert check.verdict is verdict, check.reasons


def test_votes_count_where_both_voted() -> None:
    votes = [
        *(vote("GEO", number, "yes") for number in range(20)),
        *(vote("ARM", number, "yes" if number % 4 else "no") for number in range(20)),
        *(vote("GEO", number, "absent") for number in range(20, 40)),
        *(vote("ARM", number, "yes") for number in range(20, 40)),
    ]
    text = "Georgia and Armenia voted the same way in {} percent of UN General Assembly roll calls in 2025."
    right = claim(text.format(75), [], votes)
    assert right.verdict is SUPPORTED
    assert len(right.rows) == 20
    assert claim(text.format(40), [], votes).verdict is CONTRADICTED
    assert claim(text.format(75), [], votes[:6]).verdict is NOT_CHECKABLE


ARMS = [arms("GEO", "USA", str(year), 6.0) for year in range(2015, 2025)] + [
    arms("GEO", "FRA", "2019", 20.0),
    arms("GEO", "ISR", "2022", 20.0),
]


def test_shares_of_arms_are_sums_over_the_years() -> None:
    text = "The United States supplied {} percent of Georgia's arms imports in 2015-2024."
    assert claim(text.format(60), ARMS).verdict is SUPPORTED
    assert claim(text.format(90), ARMS).verdict is CONTRADICTED


def test_a_source_that_does_not_reach_over_the_years_says_nothing_of_them() -> None:
    text = "The United States supplied 60 percent of Georgia's arms imports in 2010-2024."
    assert claim(text, ARMS).verdict is NOT_CHECKABLE


def test_indicator_values_of_arms_are_not_money() -> None:
    check = claim("The United States delivered arms worth 300 million dollars to Georgia in 2022.", ARMS)
    assert check.verdict is NOT_CHECKABLE
    assert "TIV" in reasons(check)


def test_estimates_bracket_and_do_not_prove() -> None:
    text = "Remittances from Russia to Armenia came to 3.1 billion dollars in 2024."
    model = row("ARM", "RUS", "imports", "2024", 3.1, indicator="remittances", source="Model", status="E")
    bank = replace(model, status=type(model.status)("A"), source="Central bank")
    assert claim(text, [model]).verdict is CONSISTENT
    assert claim(text, [bank]).verdict is SUPPORTED


# Russian


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("За 2025 год товарооборот Грузии и Армении составил 1,6 млрд долларов.", SUPPORTED),
        ("Экспорт Грузии в Армению в 2025 году превысил 900 млн долларов.", SUPPORTED),
        ("Товарооборот между Грузией и Арменией в 2025 году не достиг 2 млрд долларов.", SUPPORTED),
        ("Товарооборот между Грузией и Арменией в 2025 году превысил 3 млрд долларов.", CONTRADICTED),
        ("К 2030 году товарооборот Грузии и Армении составит 3 млрд долларов.", NOT_CHECKABLE),
    ],
)
def test_russian_claims(text: str, verdict: Verdict) -> None:
    assert claim(text, BOTH, language="ru").verdict is verdict


# The whole


TEXT = (
    "Trade between Georgia and Armenia came to 1.6 billion dollars in 2025 and grew by 23 percent. "
    "Georgia's exports to Armenia exceeded 900 million dollars. Armenia is one of Georgia's main trading partners. "
    "“In security there is no alternative to Russia for Armenia,” Armenian Defence Minister Aram Petrosyan said."
)


def test_the_same_record_and_rows_give_the_same_checks_in_any_order_of_rows() -> None:
    record = multivector.read(TEXT, published="2026-02-20", language="en")
    rows = [*YEARS, *ARMS]
    first = check_record(record, rows)
    assert len(first) == 5
    for seed in range(3):
        mixed = random.Random(seed).sample(rows, len(rows))
        assert check_record(record, mixed) == first


def test_checks_are_plain_data() -> None:
    for check in claims(TEXT, [*YEARS, *ARMS]):
        encoded = msgspec.json.encode(to_dict(check))
        assert msgspec.json.decode(encoded, type=Check) == check


def test_a_text_without_claims_has_no_checks() -> None:
    assert claims("The ministers of Georgia and Armenia met in Tbilisi on Monday.", BOTH) == ()


def test_without_statistics_nothing_is_checkable() -> None:
    assert {check.verdict for check in claims(TEXT, [])} == {NOT_CHECKABLE}
