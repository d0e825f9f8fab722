import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses import analysis_of
from multivector.reading._events import find_events
from multivector.record import EventType, Modality


def only(text, **options):
    events = find_events(analysis_of(text, **options))
    assert len(events) == 1, [(e.type.value, e.actors, e.recipients) for e in events]
    return events[0]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("Norway urged Iceland to reopen the fisheries talks.", "REQUEST", ("NOR",), ("ISL",)),
        ("Japan imposed sanctions on Belarus on 3 May.", "SANCTION", ("JPN",), ("BLR",)),
        ("Spain expelled two Moroccan diplomats.", "SANCTION", ("ESP",), ("MAR",)),
        ("Australia sent humanitarian aid to Fiji in April.", "AID", ("AUS",), ("FJI",)),
        ("Finland thanked Estonia for its help.", "SUPPORT", ("FIN",), ("EST",)),
        ("Turkey rejected the proposal of Greece.", "REJECT", ("TUR",), ("GRC",)),
        ("Libya deployed troops along the border with Chad.", "MOBILIZE", ("LBY",), ()),
        ("Israel shelled Lebanon on Sunday.", "ASSAULT", ("ISR",), ("LBN",)),
        ("Ghana lifted the ban on imports from Togo.", "RETREAT", ("GHA",), ("TGO",)),
        ("Cuba apologised to Jamaica.", "CONCEDE", ("CUB",), ("JAM",)),
        ("Rwanda seized three ships of Burundi.", "COERCE", ("RWA",), ("BDI",)),
        ("Austria invited Slovenia to the forum.", "AGREE", ("AUT",), ("SVN",)),
        ("Angola and Zambia held joint exercises in May.", "COOPERATE", ("AGO", "ZMB"), ()),
    ],
)
def test_types(text, kind, actors, recipients):
    event = only(text)
    assert (event.type, event.actors, event.recipients) == (EventType(kind), actors, recipients)


def test_a_meeting_has_all_as_actors_with_its_day_and_place():
    event = only("The foreign ministers of Poland and Lithuania met in Vilnius on 12 May 2026.")
    assert event.type is EventType.CONSULT
    assert event.actors == ("LTU", "POL")
    assert event.recipients == ()
    assert (event.date, event.place) == ("2026-05-12", "Vilnius")


def test_officials_act_for_their_state():
    event = only("Brazilian President Ana Prado received Chilean Foreign Minister Luis Soto on Monday.")
    assert event.actors == ("BRA", "CHL")
    assert event.date == "2026-05-18"


def test_a_group_of_states_acts_as_its_members():
    event = only("The Central Asian states urged Mongolia to join the talks.")
    assert event.actors == ("KAZ", "KGZ", "TJK", "TKM", "UZB")


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("Kenya is holding talks with Uganda.", "CONSULT", Modality.ONGOING),
        ("Egypt did not attack Sudan.", "ASSAULT", Modality.DENIED),
        # Meetings and deliveries that are still to come are promises.
        ("Peru will send two trade missions to Ecuador in June.", "AGREE", Modality.PLANNED),
        ("Argentina and Chile will hold joint naval exercises in July.", "AGREE", Modality.PLANNED),
        ("India might sell helicopters to Vietnam.", "AGREE", Modality.HYPOTHETICAL),
        ("If Serbia closes the border with Hungary, trade will stop.", "COERCE", Modality.HYPOTHETICAL),
    ],
)
def test_modality(text, kind, modality):
    event = only(text)
    assert (event.type, event.modality) == (EventType(kind), modality)


def test_the_passive_turns_the_sides_round():
    event = only("Denmark was criticised by Sweden.")
    assert (event.actors, event.recipients) == (("SWE",), ("DNK",))


def test_a_second_verb_has_the_subject_of_the_first():
    text = "Canada accused Mexico of dumping steel and banned imports of Mexican cement."
    accused, banned = find_events(analysis_of(text))
    assert (accused.type, banned.type) == (EventType.ACCUSE, EventType.SANCTION)
    assert banned.actors == ("CAN",)
    assert analysis_of(text).words(banned.evidence) == "banned imports of Mexican cement"


def test_an_aside_does_not_hide_the_subject():
    event = only("Italy, which chairs the council, invited Malta to the forum.")
    assert (event.actors, event.recipients) == (("ITA",), ("MLT",))


def test_a_reply_is_directed_at_whoever_acted_before():
    text = "Greece offered Turkey a new round of talks. Ankara rejected the offer."
    offered, rejected = find_events(analysis_of(text))
    assert (offered.type, rejected.type) == (EventType.AGREE, EventType.REJECT)
    assert rejected.recipients == ("GRC",)


def test_the_sides_are_those_who_met():
    text = "The presidents of Peru and Bolivia met in La Paz. The parties agreed to open a consulate."
    _, agreed = find_events(analysis_of(text))
    assert (agreed.type, agreed.actors) == (EventType.AGREE, ("BOL", "PER"))


def test_we_is_the_state_of_the_speaker():
    text = "“We thank Portugal,” the envoy said."
    event = only(text, said=[("“We thank Portugal,”", "ESP")])
    assert (event.actors, event.recipients) == (("ESP",), ("PRT",))


@pytest.mark.parametrize(
    "text",
    [
        "Trade between Italy and Albania is growing.",
        "Kazakh exports to Latvia rose by 4 percent.",
        "The two sides agreed to open a consulate.",
        "The requested documents must be in English.",
        "Norway announced its budget.",
        "Tourists met in Oslo.",
    ],
)
def test_what_is_no_event_gives_nothing(text):
    assert find_events(analysis_of(text)) == ()


def test_languages_without_a_lexicon_give_nothing():
    assert find_events(analysis_of("Норвегия призвала Исландию к переговорам.", language="ru")) == ()


_VOCABULARY = (
    "Norway Chile Kazakh Moscow the and met signed agreement with of in , . ; “ ” will not who which “We "
    "our said accused by was to Central Asia on 3 May 2026 \n ( ) ’s sanctions imposed two sides "
    "they "
)
_WORDS = st.sampled_from(_VOCABULARY.split(" "))


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=60).map(" ".join))
def test_never_fails_and_points_inside_the_text(text):
    for event in find_events(analysis_of(text)):
        assert event.actors or event.recipients
        for start, end in event.evidence:
            assert 0 <= start < end <= len(text)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_never_fails_on_any_text(text):
    find_events(analysis_of(text))


def found(text, **options):
    return [
        (e.type.value, e.actors, e.recipients, e.modality.value, e.date)
        for e in find_events(analysis_of(text, **options))
    ]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients", "date"),
    [
        ("The visit of the Chilean president to Peru ended on 4 May.", "CONSULT", ("CHL", "PER"), (), "2026-05-04"),
        ("The Canadian prime minister's visit to Panama ended.", "CONSULT", ("CAN", "PAN"), (), None),
        ("Talks between Nigeria and Chad were held in April.", "CONSULT", ("NGA", "TCD"), (), "2026-04"),
        ("Observers counted the dead of Sudan's attack on Chad.", "ASSAULT", ("SDN",), ("TCD",), None),
        ("Markets fell on news of a missile launch by North Korea.", "MOBILIZE", ("PRK",), (), None),
    ],
)
def test_nouns_tell_events(text, kind, actors, recipients, date):
    assert found(text) == [(kind, actors, recipients, "occurred", date)]


def test_a_meeting_announced_by_a_noun_is_agreed():
    text = "The Finland-Sweden defence dialogue is due to be held in Turku in June 2026."
    assert found(text) == [("AGREE", ("FIN", "SWE"), (), "planned", "2026-06")]


@pytest.mark.parametrize(
    "text", ["No visit of the Chilean president to Peru is planned.", "Fiji fears an attack on Tonga."]
)
def test_nouns_of_what_did_not_happen_tell_nothing(text):
    assert found(text) == []


def test_a_verb_of_beginning_tells_when_and_the_next_one_what():
    assert found("In March 2026 Ghana began to supply gas to Togo.") == [
        ("COOPERATE", ("GHA",), ("TGO",), "occurred", "2026-03")
    ]
    assert [row[3] for row in found("Ghana and Togo will start building a bridge next year.")] == ["planned"]


def test_what_must_be_done_is_not_done():
    assert found("Malta must speak with Cyprus.") == []


def test_the_time_of_a_promise_is_not_that_of_what_is_promised():
    assert found("Norway agreed on 5 May to supply Iceland with salt in August 2026.")[0][4] == "2026-05-05"


def test_the_time_of_an_aside_is_not_that_of_the_deed():
    events = found("Malta, which recognised Kosovo in 2008, urged Serbia to return to the talks.")
    assert ("REQUEST", ("MLT",), ("SRB",), "occurred", None) in events


def test_a_headline_and_the_text_tell_one_event():
    text = "Peru, Chile sign fishing deal\n\nPeru and Chile signed an agreement on fishing on 4 May."
    assert found(text) == [("SUPPORT", ("CHL", "PER"), (), "occurred", "2026-05-04")]


def test_a_side_meeting_does_not_date_the_rest_of_the_text():
    filler = (
        "Analysts see little change. Trade is small. Fishing is smaller. The border is long. Few people live there.\n"
    )
    text = f"{filler}{filler}Peru and Chile met on 2 May.\n{filler}{filler}Peru thanked Chile for its support."
    assert [row[4] for row in found(text)] == ["2026-05-02", None]


def test_who_condemns_the_attack_condemns_the_attacker():
    text = "Sudan shelled Chad on Sunday. Kenya condemned the attack."
    assert ("ACCUSE", ("KEN",), ("SDN",), "occurred", None) in found(text)
    assert found("Kenya condemned the attack.") == []


def test_officials_without_a_state_are_of_the_capital_in_the_dateline():
    text = "LIMA, May 4 (Andes Wire) - Trade Minister Rosa Quispe met a delegation of Chilean officials on Monday."
    assert [row[:3] for row in found(text)] == [("CONSULT", ("CHL", "PER"), ())]


def test_offices_tell_apart_those_who_bear_them():
    text = (
        "Finance Minister of Malta Ivan Borg received Jean Roux, ambassador of France, on 4 May. "
        "The ambassador conveyed to the minister an invitation to Paris."
    )
    assert [row[:3] for row in found(text)] == [
        ("CONSULT", ("FRA", "MLT"), ()),
        ("AGREE", ("FRA",), ("MLT",)),
    ]


def test_a_bare_office_is_that_of_the_state_named_with_it():
    text = "The president of Peru will speak on Friday.\n\nPresident Ana Rojas received Luis Soto, ambassador of Chile."
    assert ("CONSULT", ("CHL", "PER"), (), "occurred", None) in found(text)


def test_our_ally_acts_alone():
    text = "Our ally Canada deployed fighter jets against Cuba."
    assert [row[1] for row in found(text, said=[(text, "GBR")])] == [("CAN",)]


def test_water_is_released_without_concessions():
    assert "CONCEDE" not in [row[0] for row in found("Peru promised to release more water to Chile.")]


def test_a_city_stands_for_the_state_that_it_lies_in():
    event = only("In March Sweden handed over two ambulances in Mombasa.")
    assert (event.type, event.actors, event.recipients) == (EventType.AID, ("SWE",), ("KEN",))


def test_guests_thank_their_hosts():
    text = "Delegations of Peru and Bolivia met in La Paz on Monday. Peru thanked its hosts for the warm welcome."
    thanks = find_events(analysis_of(text))[-1]
    assert (thanks.type, thanks.actors, thanks.recipients) == (EventType.SUPPORT, ("PER",), ("BOL",))


def test_the_next_meeting_is_agreed_by_those_who_met():
    text = "Delegations of Peru and Bolivia met in La Paz on Monday. The next session will be held in Cusco in 2027."
    coming = find_events(analysis_of(text))[-1]
    assert (coming.type, coming.actors, coming.modality) == (EventType.AGREE, ("BOL", "PER"), Modality.PLANNED)


def test_reserving_a_right_to_respond_is_a_threat():
    text = "Chad closed the border to Sudan. Sudan reserves the right to respond."
    threat = find_events(analysis_of(text))[-1]
    assert (threat.type, threat.actors, threat.recipients) == (EventType.THREATEN, ("SDN",), ("TCD",))


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("The president of Peru phoned the president of Chile on Sunday.", "CONSULT", ("CHL", "PER"), ()),
        ("Peru had a working lunch with Chile.", "CONSULT", ("CHL", "PER"), ()),
        ("The Peruvian foreign minister flew to Chile on Sunday.", "CONSULT", ("CHL", "PER"), ()),
        ("Peru consented to send inspectors to Chile.", "AGREE", ("PER",), ("CHL",)),
        ("Peru is ready to supply Chile with copper.", "AGREE", ("PER",), ("CHL",)),
        ("Peru assured Chile of its help.", "AGREE", ("PER",), ("CHL",)),
        ("Peru announced a grant of 2 million dollars for schools in Chile.", "AGREE", ("PER",), ("CHL",)),
        ("Peru voiced solidarity with Chile and Bolivia.", "SUPPORT", ("PER",), ("BOL", "CHL")),
        ("Peru offered its condolences to Chile.", "SUPPORT", ("PER",), ("CHL",)),
        ("Peru began copper deliveries to Chile.", "COOPERATE", ("PER",), ("CHL",)),
        ("Peru helped Chile to rebuild the port.", "AID", ("PER",), ("CHL",)),
        ("Peru granted asylum to two Chilean officers.", "AID", ("PER",), ("CHL",)),
        ("Peru unfroze 2 million dollars of Chilean funds.", "RETREAT", ("PER",), ("CHL",)),
        ("Peru waived visas for Chilean citizens.", "RETREAT", ("PER",), ("CHL",)),
        ("Peru sought help from Chile.", "REQUEST", ("PER",), ("CHL",)),
        ("Peru holds Chile responsible for the crash.", "ACCUSE", ("PER",), ("CHL",)),
        ("Peru cancelled a summit with Chile.", "SANCTION", ("PER",), ("CHL",)),
        ("Peru quit the agreement with Chile.", "SANCTION", ("PER",), ("CHL",)),
        ("Peru added nine Chilean officials to its sanctions list.", "SANCTION", ("PER",), ("CHL",)),
        ("Peru froze the assets of two Chilean firms.", "SANCTION", ("PER",), ("CHL",)),
        ("At the same time Peru put its army on high alert.", "MOBILIZE", ("PER",), ()),
        ("Hundreds of people marched to the embassy of Chile in Peru.", "PROTEST", ("PER",), ("CHL",)),
        ("Peruvian and Chilean vessels exchanged fire in May.", "ASSAULT", ("CHL", "PER"), ()),
        ("Gunmen attacked a Chilean convoy.", "ASSAULT", (), ("CHL",)),
    ],
)
def test_further_families(text, kind, actors, recipients):
    event = only(text)
    assert (event.type, event.actors, event.recipients) == (EventType(kind), actors, recipients)


@pytest.mark.parametrize(
    "text",
    [
        "Peru went to Chile for the cup final.",
        "Exports from Peru arrived in Chile.",
        "Peru is ready to respond to Chile.",
        "Peru helped firms to evade sanctions on Chile.",
        "Peru clashed with Chile over tariffs.",
        "Peru left the treaty with Chile unchanged.",
        "Peru reviewed the contract with Chile.",
    ],
)
def test_what_looks_like_a_deed_and_is_none(text):
    assert find_events(analysis_of(text)) == ()


def test_to_agree_on_talks_is_not_to_talk():
    event = only("Peru and Chile agreed to resume talks on the river.")
    assert event.type is EventType.AGREE


def test_a_journey_to_two_states_is_two_visits():
    events = find_events(analysis_of("The Peruvian foreign minister travelled to Chile and Bolivia on Sunday."))
    assert [event.actors for event in events] == [("BOL", "PER"), ("CHL", "PER")]


def test_who_welcomes_a_decision_supports_the_decider():
    text = "Chile expelled two Bolivian diplomats. Peru welcomed the decision."
    assert ("SUPPORT", ("PER",), ("CHL",), "occurred", None) in found(text)
    assert found("Peru welcomed the decision.") == []


def test_it_is_the_subject_of_the_sentence_before():
    text = "The Peruvian government rejected Chile's proposal. It urged Bolivia to join the talks."
    assert ("REQUEST", ("PER",), ("BOL",), "occurred", None) in found(text)
    assert found("Peruvian exports grew. It urged Bolivia to join the talks.") == []


def test_who_has_met_another_promises_to_that_one():
    text = "Peru and Chile met in Lima on Monday. Peru undertook to open a consulate."
    assert [row[:3] for row in found(text)][-1] == ("AGREE", ("PER",), ("CHL",))


def test_a_verb_after_but_has_the_subject_of_the_first():
    text = "Peru rejected the plan of Chile but thanked Bolivia."
    assert [row[:3] for row in found(text)][-1] == ("SUPPORT", ("PER",), ("BOL",))


def test_a_bare_office_in_another_capital_is_that_of_the_host():
    text = (
        "LIMA, May 4 (Andes Wire) - Trade Minister Ana Rojas flew to Chile. "
        "In Santiago, Minister Rojas was received by President Luis Soto."
    )
    assert {row[:3] for row in found(text)} == {("CONSULT", ("CHL", "PER"), ())}
