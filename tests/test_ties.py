import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses import analysis_of
from multivector.reading import _ties
from multivector.reading._ties import find_ties
from multivector.record import TieType
from reading_helpers import read


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Each of the Baltic states is a member of NATO.",
            [("membership", "EST", "IGO:NATO"), ("membership", "LTU", "IGO:NATO"), ("membership", "LVA", "IGO:NATO")],
        ),
        (
            "Norway shares a long border with Sweden and Finland.",
            [("neighbour", "FIN", "NOR"), ("neighbour", "NOR", "SWE")],
        ),
        (
            "Chile’s main trading partners are China and Brazil.",
            [("trading-partner", "BRA", "CHL"), ("trading-partner", "CHL", "CHN")],
        ),
        ("Mongolia’s economy depends heavily on China.", [("dependence", "MNG", "CHN")]),
        ("Armenia hosts a Russian military base.", [("military-presence", "RUS", "ARM")]),
        ("Some 5,000 American troops remain in Kuwait.", [("military-presence", "USA", "KWT")]),
        ("Serbia is heavily dependent on Russian gas.", [("dependence", "SRB", "RUS")]),
        ("Finland, which joined NATO in 2023, sent troops.", [("membership", "FIN", "IGO:NATO")]),
        (
            "Belarus and Kazakhstan, both members of the Eurasian Economic Union, agreed on it.",
            [("membership", "BLR", "IGO:EAEU"), ("membership", "KAZ", "IGO:EAEU")],
        ),
        ("Uzbekistan and South Korea have a strategic partnership.", [("strategic-partnership", "KOR", "UZB")]),
        (
            "The strategic partnership between Italy and Japan rests on trust.",
            [("strategic-partnership", "ITA", "JPN")],
        ),
        (
            "The Central Asian states are good neighbours among themselves.",
            [
                ("neighbour", "KAZ", "KGZ"),
                ("neighbour", "KAZ", "TJK"),
                ("neighbour", "KAZ", "TKM"),
                ("neighbour", "KAZ", "UZB"),
                ("neighbour", "KGZ", "TJK"),
                ("neighbour", "KGZ", "TKM"),
                ("neighbour", "KGZ", "UZB"),
                ("neighbour", "TJK", "TKM"),
                ("neighbour", "TJK", "UZB"),
                ("neighbour", "TKM", "UZB"),
            ],
        ),
        (
            "Paraguay trades with its neighbours Brazil and Argentina.",
            [("neighbour", "ARG", "PRY"), ("neighbour", "BRA", "PRY")],
        ),
        ("Turkmenistan sends its gas to China, its biggest trading partner.", [("trading-partner", "CHN", "TKM")]),
        (
            "Kyrgyzstan is a member of both the SCO and the CSTO.",
            [("membership", "KGZ", "IGO:CSTO"), ("membership", "KGZ", "IGO:SCO")],
        ),
        ("France considers Greece and Cyprus allies.", [("alliance", "CYP", "FRA"), ("alliance", "FRA", "GRC")]),
        ("Defence cooperation between Poland and Romania is growing.", [("security-cooperation", "POL", "ROU")]),
        ("Austria has been a member of the European Union since 1995.", [("membership", "AUT", "IGO:EU")]),
        ("Senegal and Mali are linked by an alliance.", [("alliance", "MLI", "SEN")]),
        ("British soldiers are based in Brunei.", [("military-presence", "GBR", "BRN")]),
        (
            "Spain borders France, Portugal and Morocco.",
            [("neighbour", "ESP", "FRA"), ("neighbour", "ESP", "MAR"), ("neighbour", "ESP", "PRT")],
        ),
        ("Latvia and Estonia share a border.", [("neighbour", "EST", "LVA")]),
        ("Among Fiji’s closest partners are New Zealand and Australia.", []),
        ("Egypt’s alliance with Jordan is old.", [("alliance", "EGY", "JOR")]),
        ("Iraq, a neighbour of Jordan, closed the road.", [("neighbour", "IRQ", "JOR")]),
        ("Denmark and its ally Norway sent frigates.", [("alliance", "DNK", "NOR")]),
        (
            "Vietnam maintains a comprehensive strategic partnership with Japan.",
            [("strategic-partnership", "JPN", "VNM")],
        ),
        (
            "Djibouti hosts American, French and Chinese military bases.",
            [
                ("military-presence", "CHN", "DJI"),
                ("military-presence", "FRA", "DJI"),
                ("military-presence", "USA", "DJI"),
            ],
        ),
        ("Lebanon’s imports depend on Syria.", [("dependence", "LBN", "SYR")]),
        ("Kenya, a member of the African Union, and Ghana signed it.", [("membership", "KEN", "IGO:AU")]),
        ("Germany is Poland’s most important trading partner.", [("trading-partner", "DEU", "POL")]),
    ],
)
def test_ways_to_tell_a_tie(text, expected):
    assert sorted(ties(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Norway wants to become a member of the European Union.",
        "Moldova is a candidate for membership of the European Union.",
        "Chile no longer depends on Argentina for gas.",
        "Britain left the European Union in 2020.",
        "Japan may one day be an ally of China.",
        "The ministers of Norway and Peru discussed how to become strategic partners.",
        "Neither Peru nor Chile has troops in Bolivia.",
        "Russia withdrew its troops from Georgia.",
        "Was Fiji ever a member of the United Nations?",
        "Laos hopes for a strategic partnership with India.",
        "Sweden and Norway are not neighbours of Spain.",
        "Kenya was once a trading partner of Uganda.",
        "The minister denied that France has a military base in Chad.",
        "Turkey applied to join the European Union in 1987.",
        "Brazil invited Peru to join the United Nations.",
        "Nepal’s neighbours agreed on a date.",
        "The allies of Greece met in Paris.",
        "Italy called for a strategic partnership with Kenya.",
        "Georgia seeks integration with the European Union.",
        "Iran is an observer at the Eurasian Economic Union.",
        "Talks on a strategic partnership between Chile and Peru began.",
        "The agreement on strategic partnership between Chile and Peru was signed.",
        "The border between Chad and Niger was closed.",
        "Peru’s trading partners include mining firms.",
        "The minister asked whether Oman hosts a British base.",
        "Togo would like to share a border with Mali.",
        "Its neighbours disagree, Kenya said.",
        "India and Nepal have no alliance.",
        "Greece is not in an alliance with Serbia.",
        "Spain opened its border with France.",
        "Norway’s exports no longer depend on Denmark.",
        "Syria’s membership of the Arab League was suspended.",
    ],
)
def test_wishes_denials_questions_and_the_past_are_no_ties(text):
    assert ties(text) == []


def test_in_the_country_is_the_state_spoken_of():
    text = "Tajikistan is quiet. Dushanbe sleeps.\n\nRussia’s military base in the country is quiet too."
    assert ties(text) == [("military-presence", "RUS", "TJK")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Slovakia gets 70 percent of its oil from Russia.", [("dependence", "SVK", "RUS")]),
        ("About 80 percent of Moldova's electricity comes from Romania.", [("dependence", "MDA", "ROU")]),
        ("Ethiopia is a landlocked country that relies on Djibouti for its imports.", [("dependence", "ETH", "DJI")]),
        ("Nepal buys fuel from India, on which it relies heavily.", [("dependence", "NPL", "IND")]),
        ("Tonga relies heavily on remittances from New Zealand.", [("dependence", "TON", "NZL")]),
        ("China accounts for 60 percent of Laos's trade.", [("trading-partner", "CHN", "LAO")]),
        (
            "China is Kenya's second-largest trading partner after India.",
            [("trading-partner", "CHN", "KEN"), ("trading-partner", "IND", "KEN")],
        ),
        (
            "The largest trading partners of Kenya are Uganda and China.",
            [("trading-partner", "CHN", "KEN"), ("trading-partner", "KEN", "UGA")],
        ),
        ("Brazil was Argentina's main trading partner last year.", [("trading-partner", "ARG", "BRA")]),
        (
            "Greece and Cyprus, both EU members, vetoed it.",
            [("membership", "CYP", "IGO:EU"), ("membership", "GRC", "IGO:EU")],
        ),
        (
            "Norway told NATO allies Turkey and Greece to talk.",
            [("membership", "GRC", "IGO:NATO"), ("membership", "TUR", "IGO:NATO")],
        ),
        ("The African Union met. Ghana, a member of the bloc, was absent.", [("membership", "GHA", "IGO:AU")]),
        (
            "The EAEU groups Russia and Armenia.",
            [("membership", "ARM", "IGO:EAEU"), ("membership", "RUS", "IGO:EAEU")],
        ),
        ("Kenyan soldiers crossed from neighbouring Uganda.", [("neighbour", "KEN", "UGA")]),
        ("Nepal lies between India and China.", [("neighbour", "CHN", "NPL"), ("neighbour", "IND", "NPL")]),
        ("Finland, whose border with Russia runs for 1,340 kilometres, agreed.", [("neighbour", "FIN", "RUS")]),
        ("Bolivia borders both Peru and Chile.", [("neighbour", "BOL", "CHL"), ("neighbour", "BOL", "PER")]),
        ("Fiji and Tonga, old allies, met.", [("alliance", "FJI", "TON")]),
        ("Fiji and Tonga, allies of Samoa, met.", [("alliance", "FJI", "WSM"), ("alliance", "TON", "WSM")]),
        ("Oman is closely allied with Jordan.", [("alliance", "JOR", "OMN")]),
        ("Oman values its strategic partnership with Jordan.", [("strategic-partnership", "JOR", "OMN")]),
        (
            "Pakistan and China describe each other as strategic partners.",
            [("strategic-partnership", "CHN", "PAK")],
        ),
        ("Chile and Peru have close defence ties.", [("security-cooperation", "CHL", "PER")]),
        ("Kuwait hosts some 13,500 US troops.", [("military-presence", "USA", "KWT")]),
        ("Qatar is home to an American air base.", [("military-presence", "USA", "QAT")]),
        (
            "Britain has about 900 soldiers in Estonia and a naval base in Bahrain.",
            [("military-presence", "GBR", "BHR"), ("military-presence", "GBR", "EST")],
        ),
        ("Moldova is deeply integrated with Romania.", [("integration", "MDA", "ROU")]),
    ],
)
def test_ties_told_by_a_verb_or_noun_of_their_own(text, expected):
    assert sorted(ties(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The last Russian troops stationed in Azerbaijan left in June.",
        "Brazil was Argentina's main trading partner in 1998.",
        "Jordan ended its alliance with Oman.",
        "Laos could supply most of Nepal's electricity.",
        "Kenya buys half of its tea from Uganda.",
        "Non-EU member Serbia and aspiring NATO member Georgia agreed.",
        "Officials from Peru and Chile met in neighbouring Bolivia.",
        "The Swedish minister discussed military ties with Norway.",
        "Toyota and Japan's largest firms have a manufacturing base in Thailand.",
    ],
)
def test_what_is_over_or_only_like_a_tie_is_none(text):
    assert ties(text) == []


def seen(text):
    return [(tie.type.value, tie.from_, tie.to) for tie in read(text).ties]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Almost every litre of petrol burnt in Bhutan comes from India.", ("dependence", "BTN", "IND")),
        ("Chilean and Peruvian coastguards patrol the strait every month.", ("security-cooperation", "CHL", "PER")),
        ("Oman sells most of its crude to China, three barrels in four.", ("trading-partner", "CHN", "OMN")),
        ("Bolivia shares 750 kilometres of frontier with Paraguay.", ("neighbour", "BOL", "PRY")),
    ],
)
def test_what_no_rule_knows_is_seen(text, expected):
    assert expected in seen(text)


@pytest.mark.parametrize(
    "text",
    [
        "Norway could soon host a Danish battalion.",
        "Chile and Peru share no frontier with Malta.",
        "The president of Ghana arrived in Togo on Monday.",
        "Kazakhstan and the EU signed an agreement on wheat.",
    ],
)
def test_what_is_merely_thinkable_or_an_event_is_none(text):
    assert seen(text) == []


def test_nobody_is_seen_in_an_organisation_that_the_knowledge_knows_without_him(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_ties, "LEAST", 0.0)
    assert seen("Malta has sat in the EU since 2004.") == [("membership", "MLT", "IGO:EU")]
    assert seen("Norway has sat in the EU since 2004.") == []


def test_what_is_seen_is_less_sure_than_what_a_rule_finds():
    ruled = read("Norway and Sweden are close allies.").ties[0]
    judged = read("Bolivia shares 750 kilometres of frontier with Paraguay.").ties[0]
    assert judged.confidence is not None
    assert ruled.confidence is not None
    assert judged.confidence <= ruled.confidence
