import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses import analysis_of
from multivector.reading._agreements import find_agreements
from multivector.record import AgreementStatus, AgreementType
from reading_helpers import read


def only(text):
    found = find_agreements(analysis_of(text))
    assert len(found) == 1, [a.title for a in found]
    return found[0]


def test_a_signed_treaty_with_parties_and_day():
    found = only("Norway and Sweden signed the Treaty on Arctic Rescue in Oslo on 4 May 2026.")
    assert found.title == "Treaty on Arctic Rescue"
    assert found.type is AgreementType.TREATY
    assert found.status is AgreementStatus.SIGNED
    assert found.parties == ("NOR", "SWE")
    assert found.signed_on == "2026-05-04"


def test_a_quoted_title():
    found = only(
        "The convention “On the Protection of River Dolphins” between Brazil and Colombia took effect in 2025."
    )
    assert found.title == "convention “On the Protection of River Dolphins”"
    assert found.parties == ("BRA", "COL")
    assert found.status is AgreementStatus.IN_FORCE


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Japan plans to sign a memorandum on cooperation in seismology with Chile.", AgreementStatus.PROPOSED),
        ("The ministers of Peru and Chile discussed a draft protocol on diplomas.", AgreementStatus.DRAFTED),
        ("Peru and Chile initialled a protocol on the recognition of diplomas.", AgreementStatus.DRAFTED),
        ("Ghana and Togo have signed an agreement on fisheries.", AgreementStatus.SIGNED),
        ("The agreement on fisheries between Ghana and Togo entered into force.", AgreementStatus.IN_FORCE),
        ("The roadmap on ports between Ghana and Togo has been carried out in full.", AgreementStatus.IMPLEMENTED),
        ("Malta terminated the agreement on double taxation with Cyprus.", AgreementStatus.ENDED),
    ],
)
def test_status(text, status):
    assert only(text).status is status


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("an agreement on fisheries", AgreementType.TREATY),
        ("a memorandum of understanding on archives", AgreementType.MEMORANDUM),
        ("a joint declaration on glaciers", AgreementType.DECLARATION),
        ("a roadmap on hydrogen", AgreementType.ACTION_PLAN),
        ("a programme of cooperation in sport", AgreementType.PROGRAMME),
        ("a contract for the supply of buses", AgreementType.CONTRACT),
    ],
)
def test_type_by_the_head_noun(words, kind):
    found = only(f"Ghana and Togo signed {words}.")
    assert found.type is kind
    assert found.parties == ("GHA", "TGO")


@pytest.mark.parametrize(
    "text",
    [
        "They reached an agreement.",
        "Ghana and Togo signed a contract.",
        "Poland adopted its national energy strategy.",
        "The Collective Security Treaty Organization met.",
        "Chile plans to build a port.",
        "There is no agreement on fisheries.",
    ],
)
def test_what_is_no_agreement(text):
    assert find_agreements(analysis_of(text)) == ()


def test_a_later_mention_adds_to_the_same_agreement():
    text = (
        "Fiji is carrying out a Joint Action Plan for 2024-2026 with Tonga. "
        "The Plan has sections such as Fisheries, Ports and Customs, and Sport."
    )
    found = only(text)
    assert found.status is AgreementStatus.IN_FORCE
    assert found.period == "2024-01-01/2026-12-31"
    assert found.sections == ("Fisheries", "Ports and Customs", "Sport")
    assert len(found.evidence) == 2


@pytest.mark.parametrize(
    ("words", "sections"),
    [
        ("comprises three chapters: (a) collection; (b) sorting; (c) resale", ("collection", "sorting", "resale")),
        ("covers collection, sorting and resale", ("collection", "sorting", "resale")),
        ("has two sections: collection and resale", ("collection", "resale")),
    ],
)
def test_sections_in_a_running_list(words, sections):
    assert only(f"The roadmap on lithium recycling between Chile and Spain {words}.").sections == sections


def test_sections_in_lines():
    text = (
        "Ghana and Togo approved the Joint Roadmap on Coastal Erosion. It has the following sections:\n"
        "- monitoring of beaches\n- early warning;\n- joint funding.\nThe next meeting is in June."
    )
    assert only(text).sections == ("monitoring of beaches", "early warning", "joint funding")


def test_a_joint_statement_is_itself_an_agreement():
    text = (
        "JOINT STATEMENT\nof the Foreign Ministers of Peru and Chile\n"
        "1. The Ministers met in Lima on 2 May 2026.\n2. They welcomed the ferry line."
    )
    found = only(text)
    assert found.type is AgreementType.DECLARATION
    assert found.status is AgreementStatus.SIGNED
    assert found.parties == ("CHL", "PER")
    assert found.signed_on == "2026-05-02"


def test_languages_without_a_lexicon_give_nothing():
    assert find_agreements(analysis_of("Подписан договор о дружбе.", language="ru")) == ()


_VOCABULARY = (
    "Norway Chile the and signed agreement Treaty on of “ ” Joint Action Plan 2025-2027 for between with "
    ", . : ; covers sections ports - \n (a) a an draft roadmap entered into force programme JOINT "
    "STATEMENT It "
)
_WORDS = st.sampled_from(_VOCABULARY.split(" "))


@settings(max_examples=80, deadline=None)
@given(st.lists(_WORDS, max_size=60).map(" ".join))
def test_never_fails_and_points_inside_the_text(text):
    for found in find_agreements(analysis_of(text)):
        assert found.title
        for start, end in found.evidence:
            assert 0 <= start < end <= len(text)


def test_papers_in_a_list_are_signed_together():
    text = (
        "Peru and Chile welcomed the signing of the Agreement on Fishing in Border Waters, the Memorandum of "
        "Understanding on Cooperation in Mining and the Protocol on Air Services."
    )
    found = find_agreements(analysis_of(text))
    assert [agreement.title for agreement in found] == [
        "Agreement on Fishing in Border Waters",
        "Memorandum of Understanding on Cooperation in Mining",
        "Protocol on Air Services",
    ]
    assert {agreement.status for agreement in found} == {AgreementStatus.SIGNED}
    assert {agreement.parties for agreement in found} == {("CHL", "PER")}


def test_ministers_named_before_sign_for_their_states():
    text = (
        "The foreign minister of Peru, Ana Rojas, received the foreign minister of Chile, Luis Soto, on 4 May. "
        "The ministers signed a memorandum on rescue at sea."
    )
    assert only(text).parties == ("CHL", "PER")


def test_a_headline_names_in_short_what_the_text_calls_by_its_name():
    text = "Peru, Chile sign fishing accord\n\nPeru and Chile signed the Agreement on Fishing in Border Waters in Lima."
    assert only(text).title == "Agreement on Fishing in Border Waters"


def test_what_a_signed_paper_says_does_not_put_it_in_force():
    text = "Peru and Chile signed an agreement on fishing. Under the agreement, Peru will build two harbours."
    assert only(text).status is AgreementStatus.SIGNED


def test_a_replaced_paper_has_ended():
    found = find_agreements(analysis_of("The treaty on fishing replaces the 1999 Convention on Border Waters."))
    assert {a.title: a.status for a in found}["1999 Convention on Border Waters"] is AgreementStatus.ENDED


def test_sections_after_a_number_of_chapters():
    text = "Peru and Chile signed a treaty on fishing. It comprises nine chapters and covers nets, harbours and quotas."
    assert only(text).sections == ("nets", "harbours", "quotas")


@pytest.mark.parametrize(
    ("text", "title", "parties", "status", "sections"),
    [
        (
            "Norway and Chile signed an agreement on fisheries in Bergen.",
            "agreement on fisheries",
            ("CHL", "NOR"),
            "signed",
            (),
        ),
        (
            "Peru is negotiating a treaty on river navigation with Brazil.",
            "treaty on river navigation",
            ("BRA", "PER"),
            "drafted",
            (),
        ),
        (
            "Kenya and Uganda are neighbours. Their protocol on customs expired in 2024.",
            "protocol on customs",
            ("KEN", "UGA"),
            "ended",
            (),
        ),
        (
            "Japan hopes to conclude an agreement on fuel cells with Iceland next year.",
            "agreement on fuel cells",
            ("ISL", "JPN"),
            "proposed",
            (),
        ),
        (
            "Fiji proposed a memorandum on coral reefs to Samoa.",
            "memorandum on coral reefs",
            ("FJI", "WSM"),
            "proposed",
            (),
        ),
        (
            "The convention on glaciers between Austria and Italy has been fully implemented.",
            "convention on glaciers",
            ("AUT", "ITA"),
            "implemented",
            (),
        ),
        (
            (
                "Ghana’s Energy Minister met his counterpart from Togo in Accra. Ghana and Togo will draw "
                "up a roadmap on power lines. The roadmap will have three parts: lines, tariffs and training."
            ),
            "roadmap on power lines",
            ("GHA", "TGO"),
            "proposed",
            ("lines", "tariffs", "training"),
        ),
        (
            "A second agreement, on extradition, is to be signed by Spain and Morocco in June.",
            "second agreement, on extradition",
            ("ESP", "MAR"),
            "proposed",
            (),
        ),
        (
            (
                "Qatar and Oman signed a programme of cooperation on dates and palms. It covers the "
                "following areas:\n- nurseries\n- irrigation\n- exports"
            ),
            "programme of cooperation on dates and palms",
            ("OMN", "QAT"),
            "signed",
            ("nurseries", "irrigation", "exports"),
        ),
        (
            "Serbia and Hungary concluded a protocol on rail tickets, which enters into force on 5 October.",
            "protocol on rail tickets",
            ("HUN", "SRB"),
            "signed",
            (),
        ),
        (
            "The agreement on visas with Georgia, signed by Latvia in 2019, remains in force.",
            "agreement on visas",
            ("GEO", "LVA"),
            "in-force",
            (),
        ),
        ("Kuwait suspended talks on a trade treaty with Iraq.", "trade treaty", ("IRQ", "KWT"), "drafted", ()),
    ],
)
def test_what_a_sentence_tells_of_a_paper(text, title, parties, status, sections):
    (paper,) = read(text).agreements
    assert title in paper.title
    assert (paper.parties, paper.status.value, paper.sections) == (parties, status, sections)


def test_a_new_paper_in_a_document_about_two_states_is_between_both():
    text = (
        "Norway and Chile met in Oslo. The Norwegian minister said that Chile was far. "
        "The talks close with the signing of a memorandum on cooperation in astronomy."
    )
    (paper,) = read(text).agreements
    assert paper.parties == ("CHL", "NOR")


def test_a_joint_paper_is_of_the_format_told_of_before() -> None:
    (paper,) = read(
        "The C5+1 summit was held in Samarkand in May. Now we are working on the Joint Roadmap for 2026-2028."
    ).agreements
    assert paper.parties == ("KAZ", "KGZ", "TJK", "TKM", "USA", "UZB")


@pytest.mark.parametrize(
    "text",
    [
        "Ghana's governing party opened its convention in Kumasi. Kenya was not invited.",
        "The party convention of the liberals in Tokyo discussed Peru.",
        "Delegates to the national convention on peace came from Kenya and Ghana.",
    ],
)
def test_a_convention_of_people_is_no_paper(text):
    assert find_agreements(analysis_of(text)) == ()


def test_what_is_to_be_prepared_is_proposed_by_those_who_agreed():
    found = only("Kenya and Ghana agreed last month to prepare a protocol on diplomas.")
    assert (found.status, found.parties) == (AgreementStatus.PROPOSED, ("GHA", "KEN"))


def test_the_signing_is_told_beside_a_paper_in_force():
    found = only("Under a memorandum on labour signed with Germany in September 2024, Kenya sent 1,150 nurses.")
    assert (found.status, found.signed_on) == (AgreementStatus.IN_FORCE, "2024-09")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The contract on cocoa runs out in June.", "contract on cocoa"),
        ("A protocol on seeds dates from 4 May 2019.", "protocol on seeds"),
        (
            "Ghana and Togo signed a fishing-rights agreement for the Volta delta.",
            "fishing-rights agreement for the Volta",
        ),
        ("Ghana and Togo signed the Protocol on Port Fees in Geneva.", "Protocol on Port Fees"),
        ("Ghana and Togo signed the Convention of 3 March 2021 and left.", "Convention of 3 March 2021"),
        ("A fishing treaty pleased Ghana and Togo.", "fishing treaty"),
        ("Ghana and Togo signed the Coastal Trade (CTA) Agreement.", "Coastal Trade (CTA) Agreement"),
        ("Ghana and Togo signed a treaty on fish and three contracts.", "treaty on fish"),
        ("Under the treaty on border markets, Ghana and Togo opened five.", "treaty on border markets"),
        ("Ghana and Togo agreed on the text of a border agreement.", "border agreement"),
        ("Ghana sent the treaty on rice with Togo to parliament.", "treaty on rice with Togo"),
        ("Ghana and Togo signed a fair trade and investment treaty.", "fair trade and investment treaty"),
        ("Ghana and Togo signed an agreement delimiting their border.", "agreement delimiting their border"),
        ("Ghana and Togo praised the trade declaration of 2006 often.", "trade declaration of 2006"),
        ("Ghana left Togo with a treaty on rice and a promise.", "treaty on rice"),
        ("- Agreement between Ghana and Togo on post", "Agreement between Ghana and Togo on post"),
    ],
)
def test_where_a_title_begins_and_ends(text, title):
    assert only(text).title.startswith(title)
    assert len(only(text).title) <= len(title) + 6


@pytest.mark.parametrize(
    "text",
    [
        "Ghana and Togo reached agreement on most points of the fee.",
        "Ghana found agreement on the matter with Togo.",
        "Every contract on cocoa names a price in Ghana.",
        "Ghana discussed its roadmap for tourism.",
        "Ghana’s action plan for schools is ready.",
        "We deal with the problem, Ghana said.",
        "Ghana and Togo welcomed the agreement in principle.",
        "Ghana and Togo reached a tentative four-year deal.",
    ],
)
def test_what_is_an_understanding_or_of_one_alone(text):
    assert find_agreements(analysis_of(text)) == ()


def test_a_plan_is_of_several_when_it_names_them_or_is_signed():
    assert only("The exchange programme between Ghana and Togo for 2026-2027 was praised.").parties == ("GHA", "TGO")
    assert only("Ghana and Togo signed a programme for young nurses.").parties == ("GHA", "TGO")


def test_a_paper_without_a_title_is_known_by_what_its_signers_bind_themselves_to():
    found = only("Ghana and Togo signed a $40 million deal on 4 May to build a ferry.")
    assert (found.title, found.parties, found.signed_on) == ("$40 million deal", ("GHA", "TGO"), "2026-05-04")


def test_an_apposition_is_no_second_paper():
    found = only("The Coastal Treaty, the oldest pact between Ghana and Togo, expires on 5 June 2027.")
    assert (found.title, found.parties, found.period) == ("Coastal Treaty", ("GHA", "TGO"), "../2027-06-05")


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Peru and Chile accepted a truce agreement on fishing brokered by Qatar.", ("CHL", "PER")),
        ("Experts like the treaty on ports that Peru and Chile signed in 2019.", ("CHL", "PER")),
        ("The treaty on ports was signed at a summit in May by the ministers of Peru and Chile.", ("CHL", "PER")),
        ("Peru has suspended its treaty on ports with Chile.", ("CHL", "PER")),
        ("Peru and Chile will meanwhile renew their treaty on ports. Brazil waits.", ("CHL", "PER")),
        ("Peru announced a treaty on the common border of Kenya and Uganda.", ("KEN", "PER", "UGA")),
        ("Peru has never signed the treaty on seals that Fiji likes.", ()),
        ("Norway joined the UN Treaty on Seals; Chile and Peru did not.", ("NOR",)),
        ("The treaty on lakes between the two cities is old. Kenya and Ghana met.", ()),
    ],
)
def test_parties_by_who_does_what(text, parties):
    assert only(text).parties == parties


def test_a_paper_that_follows_another_has_the_same_parties():
    text = "Oman and Chad signed a treaty on dates. It replaces the 1999 trade agreement. Peru left Fiji for Mali."
    first, second = find_agreements(analysis_of(text))
    assert second.parties == first.parties == ("OMN", "TCD")
    assert (second.signed_on, second.status) == ("1999", AgreementStatus.ENDED)


def test_the_title_of_a_document_names_those_it_is_about():
    analysis = analysis_of(
        "A fishing treaty has been in force since 2023. Mali and Fiji look on.", title="Peru and Chile"
    )
    (found,) = find_agreements(analysis)
    assert (found.parties, found.period) == (("CHL", "PER"), "2023-01-01/..")


def test_companies_are_parties_and_conclude_contracts():
    (found,) = read(
        "Norway’s Nordfisk and the Danish utility Energrid have concluded an agreement on the supply of power. "
        "Nordfisk will pay Energrid in euros, the Norwegian company said."
    ).agreements
    assert found.type is AgreementType.CONTRACT
    assert found.parties == ("ORG:Energrid", "ORG:Nordfisk")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ghana proposes a treaty on rice to Togo.", AgreementStatus.PROPOSED),
        ("Ghana called for a treaty on rice with Togo.", AgreementStatus.PROPOSED),
        ("A treaty on rice between Ghana and Togo is to be negotiated in May.", AgreementStatus.PROPOSED),
        ("Ghana will begin negotiations with Togo on a rice treaty.", AgreementStatus.PROPOSED),
        ("Ghana has not signed a treaty on rice with Togo.", AgreementStatus.PROPOSED),
        ("The treaty on rice between Ghana and Togo was still being negotiated.", AgreementStatus.DRAFTED),
        ("The treaty on rice between Ghana and Togo has been under negotiation since 2023.", AgreementStatus.DRAFTED),
        ("Ghana and Togo are in talks about a treaty on rice.", AgreementStatus.DRAFTED),
        ("Ghana and Togo concluded negotiations on a treaty on rice.", AgreementStatus.DRAFTED),
        ("Ghana and Togo agreed on a treaty on rice. Signature is planned for June.", AgreementStatus.DRAFTED),
        ("A treaty on rice binds Ghana and Togo. Its text was finalised in May.", AgreementStatus.IN_FORCE),
        ("Ghana ratified the treaty on rice with Togo.", AgreementStatus.SIGNED),
        ("Ghana will sell rice under a treaty on tariffs signed with Togo.", AgreementStatus.SIGNED),
        ("The treaty on rice between Ghana and Togo, in force since 2001, is short.", AgreementStatus.IN_FORCE),
        ("Ghana and Togo extended the treaty on rice.", AgreementStatus.IN_FORCE),
        ("Thanks to the treaty on rice with Togo, Ghana eats.", AgreementStatus.IN_FORCE),
        (
            "Ghana and Togo praised the roadmap on rice. All its measures have been carried out.",
            AgreementStatus.IMPLEMENTED,
        ),
        ("The treaty on rice between Ghana and Togo has lapsed.", AgreementStatus.ENDED),
        ("Ghana quit the treaty on rice with Togo.", AgreementStatus.ENDED),
        ("Ghana could have terminated the treaty on rice with Togo.", AgreementStatus.IN_FORCE),
    ],
)
def test_status_by_more_of_the_words_that_tell_it(text, status):
    assert only(text).status is status


def test_what_is_said_of_one_paper_is_not_said_of_the_one_before():
    text = "Ghana and Togo signed a treaty on rice, while the treaty on fish has expired."
    assert [a.status for a in find_agreements(analysis_of(text))] == [AgreementStatus.SIGNED, AgreementStatus.ENDED]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The 2012 treaty on rice between Ghana and Togo is old.", "2012"),
        ("The Rice Treaty of 5 May 1999 between Ghana and Togo is old.", "1999-05-05"),
        ("The treaty on rice that Ghana and Togo concluded in Accra in March 2024 is old.", "2024-03"),
        ("The treaty on rice, signed by Ghana and Togo on 4 May 2021, is in force.", "2021-05-04"),
        ("Ghana and Togo praised a treaty on rice. The ministers signed it in Accra on 2 April.", "2026-04-02"),
        ("Ghana and Togo have a new treaty on rice. The signing took place on 3 April.", "2026-04-03"),
        ("The treaty on rice between Ghana and Togo dates from 21 January 2021.", "2021-01-21"),
        ("On 4 May Ghana and Togo signed:\n- a treaty on rice;\n- it was raining.", "2026-05-04"),
        ("Ghana and Togo signed a treaty on the union founded in 1994.", None),
        ("Ghana ratified the treaty on rice with Togo on 4 May.", None),
        ("Ghana and Togo signed a treaty on rice last week.", None),
    ],
)
def test_the_day_of_signing(text, day):
    assert only(text).signed_on == day


def test_the_day_of_saying_is_not_the_day_of_signing():
    (found,) = read(
        "Norway and Sweden have concluded a treaty on Arctic rescue, the Norwegian ministry said on Wednesday."
    ).agreements
    assert found.signed_on is None


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("runs out on 31 December 2027", "../2027-12-31"),
        ("is valid from 1 July 2026 to 30 June 2031", "2026-07-01/2031-06-30"),
        ("has been applied since 21 September 2017", "2017-09-21/.."),
        ("was extended to the end of 2030", "../2030-12-31"),
        ("is about the 21st century", None),
    ],
)
def test_when_a_paper_holds(words, period):
    assert only(f"The treaty on rice between Ghana and Togo {words}.").period == period


def test_a_title_tells_how_long_a_paper_holds():
    assert only("Ghana and Togo signed a programme for rice until 2035.").period == "../2035-12-31"
    assert only("Ghana and Togo signed a plan of cooperation agreed for 2026-2028.").period == "2026-01-01/2028-12-31"


def test_sections_are_those_of_the_paper_right_before_them():
    text = "Ghana and Togo signed a treaty on rice and a roadmap that covers three areas: ports, roads, and post."
    text += " They like the roadmap on ports."
    assert next(a for a in find_agreements(analysis_of(text)) if "rice" in a.title).sections == ()


@pytest.mark.parametrize(
    "words",
    [
        "It provides for three components: nets, harbours and quotas.",
        "Among its areas are nets, harbours and quotas.",
        "The roadmap names the following goals: nets, harbours and quotas.",
    ],
)
def test_more_ways_to_list_sections(words):
    assert only(f"Peru and Chile signed a roadmap on fishing. {words}").sections == ("nets", "harbours", "quotas")


def test_who_signed_it_is_told_after_it():
    found = only("The Lake Charter Treaty is short. Ghana, Togo and Mali put their names to it on 21 July 2022.")
    assert (found.parties, found.signed_on) == (("GHA", "MLI", "TGO"), "2022-07-21")
