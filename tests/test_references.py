"""Words that stand for actors: what takes up a state named before, and where nothing is guessed."""

import pytest

from analyses import analysis_of
from multivector.reading._references import References
from reading_helpers import read


def meant(text, words, nth=0, **options):
    """The codes of the reference that begins within the nth `words` of a text; empty when there is none."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    references = References(analysis_of(text, **options))
    found = [*references.all, *references.cities]
    return {c for r in found if start <= r.span.start < start + len(words) for c in r.codes}


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Haiti has had no parliament since 2023. Canada sent the country police instructors.", "the country", {"HTI"}),
        ("Togo received a delegation from Jordan. Benin will help the kingdom.", "the kingdom", {"JOR"}),
        ("Malawi asked for help. Zambia promised it maize.", "it maize", {"MWI"}),
        ("Togo and Benin asked for help. Cuba supplied them with doses.", "them", {"BEN", "TGO"}),
        ("Serbia dismissed the claims of Croatian inspectors and urged them to leave.", "them", {"HRV"}),
        ("Finnish Minister Aino Raja came to Riga. She thanked her counterpart.", "her counterpart", {"LVA"}),
        ("A delegation from Oman came to Accra. The delegation met Ghana's president.", "The delegation", {"OMN"}),
        ("Bhutan's King Dorji came to Dhaka. The king thanked Bangladesh.", "The king", {"BTN"}),
        ("Chile condemned the raid. Its foreign ministry summoned the envoy.", "Its", {"CHL"}),
        ("Chad and Niger held talks. Their ministers signed a protocol.", "Their", {"NER", "TCD"}),
        ("Gabon buys power from Congo. Last year it asked for more.", "it asked", {"GAB"}),
        ("Peru helped Ecuador: it sent tents.", "it sent", {"PER"}),
        (
            "Fiji's minister met Tonga's minister in Suva. Both ministers praised the ferry.",
            "Both ministers",
            {"FJI", "TON"},
        ),
        ("Kazakhstan's minister met the governor of Astrakhan.", "Astrakhan", {"RUS"}),
        ("Greek Prime Minister Nikos Pappas visited Mumbai.", "Mumbai", {"IND"}),
        (
            "France, Italy and Malta voiced support. The three countries met again.",
            "The three countries",
            {"FRA", "ITA", "MLT"},
        ),
    ],
)
def test_words_take_up_a_state(text, words, codes):
    assert meant(text, words) == codes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kenya and Uganda signed the protocol. The country has 300 border posts.", "The country"),
        ("Chile asked Peru for talks. Cuba sent the country doctors.", "the country"),
        ("Australia lent money to Fiji to aid the country.", "the country"),
        ("Norway has elections. The mood in the country is calm.", "the country"),
        ("Farmers in Peru lost their herds. The ministry promised them help.", "them"),
        ("Laos and Vietnam sold tractors. China gave them back.", "them"),
        ("Egypt built a dam and Sudan praised it.", "it."),
        ("Delegations from Chad and Niger came to Algiers. The delegation stayed.", "The delegation"),
        ("Thailand's foreign minister met Malaysia's prime minister and wrote to his counterpart.", "his counterpart"),
    ],
)
def test_where_two_fit_or_none_nobody_is_guessed(text, words):
    assert meant(text, words) == set()


def test_who_is_asked_says_your_country_and_so_does_who_asks():
    text = (
        "Interview with the Foreign Minister of Slovenia, Maja Kranjc, for the Irish newspaper Leinster Post\n\n"
        "Question: What does your country expect?\n\n"
        "Maja Kranjc: We thank your country for its help at sea."
    )
    said = [("We thank your country for its help at sea.", "SVN")]
    assert meant(text, "your country", said=said) == {"SVN"}
    assert meant(text, "your country", 1, said=said) == {"IRL"}


def test_a_speech_is_in_the_words_of_who_gives_it():
    text = (
        "Speech by the President of Ghana, Kofi Asare, in the parliament of Estonia\n\n"
        "We thank your country for the software."
    )
    assert meant(text, "We") == {"GHA"}
    assert meant(text, "your country") == {"EST"}


def test_a_bare_office_is_that_of_the_place_where_somebody_is_met():
    text = "Turkey's envoy flew to Baku, where he met President Elnur Rzayev."
    assert meant(text, "Elnur") == {"AZE"}


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("Malaysia's coast guard detained two Vietnamese fishing boats near Labuan.", "COERCE", ["MYS"], ["VNM"]),
        ("A Georgian trade mission led by Nino Beridze visited Shanghai.", "CONSULT", ["CHN", "GEO"], []),
        ("The mayor of Hamburg received the Chinese ambassador on Thursday.", "CONSULT", ["CHN", "DEU"], []),
    ],
)
def test_events_of_people_ships_and_cities(text, kind, actors, recipients):
    events = [(e.type.value, [*e.actors], [*e.recipients]) for e in read(text).events]
    assert (kind, actors, recipients) in events


def test_the_evidence_takes_in_the_whole_of_a_nested_subject():
    record = read("On Monday the head of a delegation from Oman met Ghana's president.")
    start, end = record.events[0].evidence[0]
    assert record.document.text[start:end] == "the head of a delegation from Oman met Ghana's president"


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Albania applied to the European Union. The Union welcomed that.", "The Union", {"IGO:EU"}),
        ("Oman joined the World Trade Organization. Cuba thanked the organisation.", "the organisation", {"IGO:WTO"}),
        ("ASEAN met in Cebu. Fiji wants to join the bloc.", "the bloc", {"IGO:ASEAN"}),
        ("The UN sent tents to Chad. The Secretary-General thanked Niger.", "The Secretary-General", {"IGO:UN"}),
        ("The EU met. The Commission released funds to Moldova.", "The Commission", {"IGO:EU"}),
        ("South Korea and North Korea held talks. Later the North broke them off.", "the North", {"PRK"}),
    ],
)
def test_a_short_name_means_the_organisation_named_in_full(text, words, codes):
    assert meant(text, words) == codes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The African Union and the European Union met. The Union praised Chad.", "The Union"),
        (
            "The EU paid. The Danube Commission met in Budapest. The Commission closed the river.",
            "The Commission closed",
        ),
        ("NATO met. The bloc of flats in Riga burnt.", "The bloc"),
        ("South Korea has islands. The ferry to the North is slow.", "the North"),
    ],
)
def test_a_short_name_that_several_may_have_means_none(text, words):
    assert meant(text, words) == set()


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Kenya.\n\nThe army left the base.\n\nTogo.\n\nThe parliament sat.", "The army", {"KEN"}),
        ("KENYA\nThe army left the base.\n\nTOGO\nThe parliament sat.", "The parliament", {"TGO"}),
        ("Peru is calm. The foreign ministry summoned the Cuban envoy.", "The foreign ministry", {"PER"}),
        ("In Lima nobody was surprised. The government had warned the Cuban envoy.", "The government", {"PER"}),
        ("The minister flew to Lima. Officials there thanked Cuba.", "Officials there", {"PER"}),
        ("The minister flew to Lima. Cuba was thanked by officials there.", "officials there", {"PER"}),
        ("Chad's minister flew to Lima for a day. She thanked her hosts.", "her hosts", {"PER"}),
        ("The minister thanked Lima. Cuba was thanked by officials there.", "officials there", set()),
        ("Not so Peru. Last week its envoys criticised Cuba.", "its", {"PER"}),
        ("So says Peru. On its side Cuba kept silent.", "its", set()),
        ("Not so Peru. Its prime minister criticised Cuba.", "Its", {"PER"}),
    ],
)
def test_a_body_without_a_state_is_that_of_its_section_or_of_the_sentence_before(text, words, codes):
    assert meant(text, words) == codes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Peru asked Chile for help. The government refused.", "The government"),
        ("Five Chinese ships came. The coast guard turned them back from Japan.", "The coast guard"),
    ],
)
def test_a_body_whose_state_is_not_clear_means_none(text, words):
    assert meant(text, words) == set()


def test_an_official_paper_means_its_own():
    text = "The Ministry thanks Peru. The Chilean Minister sent a letter to the Minister. The President rests."
    publisher = "Ministry of Foreign Affairs of Ecuador"
    assert meant(text, "The Ministry", publisher=publisher) == {"ECU"}
    assert meant(text, "the Minister.", publisher=publisher) == set()
    assert meant(text, "The President", publisher=publisher) == {"ECU"}
    assert meant(text, "The Ministry", publisher="Andean News") == set()
    told = "The Special Envoy went to Chad."
    assert meant(told, "The Special Envoy", publisher="United Nations, Office of the Spokesperson") == {"IGO:UN"}


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Two Indian ships unloaded tents at Davao.", "Davao", {"PHL"}),
        ("Poland paid for schools in Mariupol and Kherson.", "Kherson", {"UKR"}),
        ("The Declaration of Independence was read in Togo.", "Independence", set()),
        ("Chad, Niger and Mali met. The three will meet again.", "The three", {"TCD", "NER", "MLI"}),
        ("The three will meet Togo's envoy.", "The three", set()),
        ("Chad and Niger met. If it rains, the two could meet again.", "the two", {"TCD", "NER"}),
        ("Chad and Niger met. Togo could not choose between the two.", "the two", set()),
        ("Togo's minister came to Accra. He thanked Ghana for its help.", "He", {"TGO"}),
        ("The ambassador of Oman spoke first. In May her country had suffered.", "her country", {"OMN"}),
        ("Togo's minister came with her staff. He was late.", "He", set()),
        ("Crowds went to the Malian embassy in Accra. The embassy was empty.", "The embassy", {"MLI"}),
        ("Chile has a dispute with Bolivia. Peru thanked that country.", "that country", set()),
        ("A launch by Iran failed. Peru condemned that country.", "that country", {"IRN"}),
        ("The guest book in Accra was signed by Togo's minister.", "The guest", set()),
    ],
)
def test_places_numbers_and_people_without_names(text, words, codes):
    assert meant(text, words) == codes
