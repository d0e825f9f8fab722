"""Claims of standing: a place among trading partners, and that nobody else will do in security. All is invented."""

from __future__ import annotations

import pytest

import multivector
from check_tools import arms, claim, claims, of_kind, reasons, row, trade
from multivector.check import Check, Checker, ClaimKind, Part, Verdict
from multivector.record import Flow, Observation, Record

SUPPORTED, CONTRADICTED = Verdict.SUPPORTED, Verdict.CONTRADICTED
CONSISTENT, NOT_CHECKABLE = Verdict.CONSISTENT, Verdict.NOT_CHECKABLE

ORDER = ["TUR", "AZE", "CHN", "ARM", "BGR", "RUS", "USA", "DEU", "ITA", "FRA", "UKR", "KAZ"]
"""Georgia's partners, the largest first."""


def partners(state: str, order: list[str], year: str = "2025", **more: object) -> list[Observation]:
    return [
        each
        for place, partner in enumerate(order)
        for each in trade(state, partner, year, 2.0 - 0.1 * place, 2.0 - 0.1 * place, **more)
    ]


TABLE = partners("GEO", ORDER)


def rank(text: str, rows: list[Observation]) -> Check:
    found = of_kind(claims(text, rows), ClaimKind.RANK)
    assert len(found) == 1, [each.claim.sentence for each in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Turkey remains Georgia's largest trading partner.", SUPPORTED),
        ("Azerbaijan is the main trading partner of Georgia.", CONTRADICTED),
        ("Azerbaijan is Georgia's second largest trading partner.", SUPPORTED),
        ("China is among Georgia's top three trading partners.", SUPPORTED),
        ("Armenia is among Georgia's top three trading partners.", CONTRADICTED),
        ("Bulgaria is one of the leading trading partners of Georgia.", SUPPORTED),
        ("Kazakhstan is one of Georgia's key trading partners.", CONTRADICTED),
        ("Turkey ranks first among Georgia's trading partners.", SUPPORTED),
        ("Kazakhstan is not Georgia's main trading partner.", SUPPORTED),
        ("Turkey is not Georgia's largest trading partner.", CONTRADICTED),
        ("“Our largest trading partner is Turkey,” Georgian Economy Minister Nino Beridze said.", SUPPORTED),
        ("China overtook Armenia as Georgia's third largest trading partner in 2025.", SUPPORTED),
        ("Turkey was Georgia's largest trading partner in 2019.", NOT_CHECKABLE),
        ("Turkey is Armenia's largest trading partner.", NOT_CHECKABLE),
    ],
)
def test_a_place_among_partners(text: str, verdict: Verdict) -> None:
    assert rank(text, TABLE).verdict is verdict


def test_the_reading_of_a_claim_and_its_threshold_are_told() -> None:
    check = rank("Bulgaria is one of the leading trading partners of Georgia.", TABLE)
    assert check.reasons[0] == "The claim is read as: Bulgaria is among the first 5 partners by trade in goods."
    assert check.parts[0].table == (("2025", "fifth of 12 (Office of GEO)"),)
    assert "5 Bulgaria 3.20 billion USD" in check.steps[0].words


def test_an_export_market_is_ranked_by_exports() -> None:
    rows = [*TABLE, row("GEO", "KAZ", "exports", "2025", 5.0, vintage="2026-02-01")]
    check = rank("Kazakhstan is Georgia's largest export market.", rows)
    assert (check.claim.statistic, check.verdict) == ("exports", SUPPORTED)


def test_a_partnership_without_a_place_is_no_claim_of_one() -> None:
    assert claims("Turkey and Georgia are trading partners.", TABLE) == ()
    assert claims("Georgia and Turkey strengthened their trading partnership.", TABLE) == ()


def test_the_states_of_a_group_each_have_their_verdict() -> None:
    rows = [*TABLE, *partners("AZE", ["TUR", "ITA", *ORDER[3:]])]
    check = rank("Turkey is one of the South Caucasus's top trading partners.", rows)
    assert [(part.state, part.verdict) for part in check.parts] == [
        ("ARM", NOT_CHECKABLE),
        ("AZE", SUPPORTED),
        ("GEO", SUPPORTED),
    ]
    assert check.verdict is CONSISTENT  # not supported, as nothing is known of one of the three
    assert check.missing == ("Armenia: trade by partner in the years before the claim, with Türkiye in it",)


def test_the_place_of_each_year_is_shown_and_the_last_decides() -> None:
    rows = [*partners("GEO", ["AZE", "TUR", *ORDER[2:]], "2024"), *TABLE]
    check = rank("Turkey is Georgia's largest trading partner.", rows)
    assert [year for year, _ in check.parts[0].table] == ["2024", "2025"]
    assert check.verdict is SUPPORTED
    assert rank("Turkey was Georgia's largest trading partner in 2024.", rows).verdict is CONTRADICTED


def test_rows_that_are_too_old_do_not_speak_of_the_present() -> None:
    assert rank("Turkey is Georgia's largest trading partner.", partners("GEO", ORDER, "2021")).verdict is CONSISTENT


def test_sources_that_disagree_do_not_prove_a_place() -> None:
    other = partners("GEO", ["AZE", "TUR", *ORDER[2:]], source="World Table")
    check = rank("Turkey is Georgia's largest trading partner.", [*TABLE, *other])
    assert check.verdict is CONSISTENT
    assert "The sources do not agree on the place." in check.parts[0].reasons


def test_a_table_that_lacks_a_main_partner_proves_no_first_place() -> None:
    before = partners("GEO", ORDER, "2024")
    lacking = partners("GEO", ORDER[1:], "2025", source="World Table")
    check = rank("Azerbaijan is Georgia's largest trading partner.", [*before, *lacking])
    assert check.verdict is CONTRADICTED  # by 2024, the last year that has them all
    assert "the table lacks Türkiye (first in 2024)" in reasons(check)


def test_an_organisation_counts_as_one_partner() -> None:
    text = "The European Union is Georgia's largest trading partner."
    check = rank(text, TABLE)
    assert check.verdict is SUPPORTED  # Bulgaria, Germany, Italy and France together
    assert "27 members together" in reasons(check)


def test_a_short_table_ranks_nobody() -> None:
    assert rank("Turkey is Georgia's largest trading partner.", TABLE[:8]).verdict is NOT_CHECKABLE


# No alternative in security


def pact(one: str, other: str, year: str = "2024") -> Observation:
    return row(one, other, Flow.NONE, year, 1.0, indicator="defense-pact", source="Pacts", unit="index", power=0)


def deliveries(state: str, **suppliers: float) -> list[Observation]:
    return [
        arms(state, supplier, str(year), millions / 10)
        for supplier, millions in suppliers.items()
        for year in range(2015, 2025)
    ]


DEPENDENT = [*deliveries("ARM", RUS=90, IND=10), pact("ARM", "RUS"), pact("ARM", "KAZ")]
FREE = [*deliveries("GEO", USA=40, FRA=35, RUS=10, ISR=15), pact("GEO", "USA")]


def alternative(text: str, rows: list[Observation]) -> Check:
    found = of_kind(claims(text, rows), ClaimKind.NO_ALTERNATIVE)
    assert len(found) == 1, [each.claim.sentence for each in found]
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "“In security there is no alternative to Russia for Armenia,” Russian Ambassador Ivan Petrov said.",
        "In defence Armenia has no real alternative to Russia.",
        "Armenia's security cannot be guaranteed without Russia, the expert said.",
        "Nobody can replace Russia in the security of Armenia.",
        "Russia is indispensable for the defence of Armenia.",
    ],
)
def test_ways_to_say_that_nobody_else_will_do(text: str) -> None:
    check = alternative(text, DEPENDENT)
    assert check.claim.sides == (("ARM",), ("RUS",))
    assert check.verdict is SUPPORTED


def test_the_table_of_a_state() -> None:
    (part,) = alternative("In security there is no alternative to Russia for Armenia.", DEPENDENT).parts
    table = dict(part.table)
    assert table["arms"].startswith("Russia 90 percent (first of 2), India 10 percent of deliveries 2015 to 2024")
    assert table["duties of defence"] == "with Russia and its circle alone in 2024"
    assert table["organisations of defence"].startswith("in Collective Security Treaty Organization with Russia")
    assert table["forces in the state, by the record"] == "none are reported"


def test_another_supplier_in_use_contradicts() -> None:
    check = alternative("In security there is no alternative to Russia for Georgia.", FREE)
    assert check.verdict is CONTRADICTED
    assert "Against it: arms: Russia 10 percent (fourth of 4), United States 40 percent" in check.parts[0].reasons[0]


def test_a_half_proves_nothing_either_way() -> None:
    rows = [*deliveries("ARM", RUS=50, IND=50), pact("ARM", "RUS")]
    assert alternative("In security there is no alternative to Russia for Armenia.", rows).verdict is CONSISTENT


def test_without_deliveries_it_is_not_checkable() -> None:
    check = alternative("In security there is no alternative to Russia for Armenia.", [pact("ARM", "RUS")])
    assert check.verdict is NOT_CHECKABLE
    assert check.missing == ("Armenia: no rows of deliveries of arms",)


def test_a_denial_turns_the_verdict() -> None:
    text = "The minister denied that there is no alternative to Russia in the security of Armenia."
    assert alternative(text, DEPENDENT).verdict is CONTRADICTED


def test_the_states_are_those_of_the_last_group_named() -> None:
    text = "The talks were about the South Caucasus. “In regional security there is no alternative to Russia,” he said."
    check = alternative(text, [*DEPENDENT, *FREE])
    assert [(part.state, part.verdict) for part in check.parts] == [
        ("ARM", SUPPORTED),
        ("AZE", NOT_CHECKABLE),
        ("GEO", CONTRADICTED),
    ]
    assert check.verdict is CONTRADICTED
    assert "Supported for Armenia." in check.reasons


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("There is no alternative to China as a buyer of Turkmen gas.", "not a claim about security"),
        ("In security there is no alternative to Russia.", "does not tell for whom"),
        ("In security Armenia has no alternative to the European Union.", "not one state"),
    ],
)
def test_claims_that_cannot_be_read_so(text: str, why: str) -> None:
    check = alternative(text, DEPENDENT)
    assert check.verdict is NOT_CHECKABLE
    assert why in reasons(check)


def test_having_no_alternative_to_a_thing_is_no_claim_about_a_state() -> None:
    assert claims("There is no alternative to dialogue between Armenia and Georgia, the minister said.", []) == ()
    assert claims("Armenia sees no alternative but to raise tariffs.", []) == ()


def test_forces_of_others_stand_against_it_also_from_other_documents() -> None:
    claimed = read("In security there is no alternative to Russia for Armenia.")
    report = read("India has a military base in Armenia. Its troops are stationed in Armenia.")
    ties = [(report.document.id, tie) for tie in report.ties]
    assert ties
    (alone,) = Checker(DEPENDENT).check(claimed)
    (beside,) = Checker(DEPENDENT, ties=ties).check(claimed)
    assert (alone.verdict, beside.verdict) == (SUPPORTED, CONSISTENT)
    assert against(beside.parts[0]) == ["Against it: forces in the state, by the record: India."]


def read(text: str) -> Record:
    return multivector.read(text, published="2026-02-20", language="en")


def against(part: Part) -> list[str]:
    return [reason for reason in part.reasons if reason.startswith("Against")]


def test_one_check_a_claim_however_often_it_is_said_by_one_speaker() -> None:
    text = (
        "Ambassador Ivan Petrov said that in security there is no alternative to Russia for Armenia. "
        "“Armenia has no alternative to Russia in defence,” Ambassador Ivan Petrov said."
    )
    assert len(of_kind(claims(text, DEPENDENT), ClaimKind.NO_ALTERNATIVE)) == 1


def test_the_claims_of_a_text_come_in_its_order() -> None:
    text = "Turkey is Georgia's largest trading partner. In security Armenia has no alternative to Russia."
    assert [each.claim.kind for each in claims(text, TABLE)] == [ClaimKind.RANK, ClaimKind.NO_ALTERNATIVE]
    assert claim(text.split(". ")[0] + ".", TABLE).claim.evidence[0].start == 0
