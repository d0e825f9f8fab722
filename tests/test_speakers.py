"""Sources resolved within their document."""

from __future__ import annotations

import pytest

from analyses import analysis_of
from multivector.reading._cues import cues_of
from multivector.reading._speakers import resolve_speakers
from multivector.record import Domain, Span, Speaker, Statement, StatementMode
from reading_helpers import read


def speakers(text: str, **given: str | None) -> list[Speaker]:
    return [statement.speaker for statement in read(text, **given).statements]  # pyright: ignore[reportArgumentType]


def test_title_before_the_name() -> None:
    (who,) = speakers("Uzbek Deputy Trade Minister Rustam Aliev said that exports would grow.")
    assert who == Speaker("Rustam Aliev", "Uzbek Deputy Trade Minister", None, "UZB")


def test_title_after_the_name() -> None:
    (who,) = speakers("Lena Holm, the spokeswoman of the Norwegian Foreign Ministry, said that talks go on.")
    assert who.person == "Lena Holm"
    assert who.role == "spokeswoman of the Norwegian Foreign Ministry"
    assert who.organisation == "Norwegian Foreign Ministry"
    assert who.state == "NOR"


@pytest.mark.parametrize("again", ["He added", "Aliev added", "The minister added", "The official added"])
def test_later_mentions_go_back_to_the_person(again: str) -> None:
    first, second = speakers(
        f"Tajik Energy Minister Rustam Aliev said that water was scarce. {again} that winter would be hard."
    )
    assert second == first
    assert second.person == "Rustam Aliev"


def test_the_office_of_a_known_person_comes_from_the_knowledge_for_that_date() -> None:
    (who,) = speakers("Sergei Lavrov said that talks go on.", published="2024-05-02")
    assert (who.person, who.state) == ("Sergei Lavrov", "RUS")
    assert who.role is not None
    assert "Foreign Minister" in who.role or "Foreign Affairs" in who.role


@pytest.mark.parametrize(
    ("text", "organisation", "state"),
    [
        ("The Iranian Oil Ministry said that output rose.", "Iranian Oil Ministry", "IRN"),
        ("Ankara said that it was ready.", None, "TUR"),
        ("The Kremlin said that it was ready.", "Kremlin", "RUS"),
        ("The Kazakh side said that it was ready.", None, "KAZ"),
        ("The SCO said that it was ready.", "Shanghai Cooperation Organisation", None),
        ("Some observers said that it was ready.", None, None),
    ],
)
def test_bodies_and_states(text: str, organisation: str | None, state: str | None) -> None:
    assert speakers(text) == [Speaker(None, None, organisation, state)]


def test_an_analyst_speaks_for_no_state() -> None:
    (who,) = speakers("“Nothing will change,” said Anna Weber, an analyst at the German Institute.")
    assert (who.person, who.state) == ("Anna Weber", None)


def test_date_and_occasion_carry_over_to_the_next_words_of_the_speaker() -> None:
    record = read(
        "At a briefing on 12 March, Lena Holm, a spokeswoman of the Norwegian ministry, said that talks go on. "
        "“We are patient,” she added."
    )
    assert [(s.said_on, s.occasion) for s in record.statements] == [("2026-03-12", "briefing")] * 2


def test_nobody_is_invented() -> None:
    assert speakers("They said that it was ready.") == [Speaker()]
    assert speakers("He said that it was ready.") == [Speaker()]


def test_an_official_of_another_state_is_somebody_else() -> None:
    first, second = speakers(
        "Tajik Energy Minister Rustam Aliev said that water was scarce. The Turkish official said that it was not."
    )
    assert first.person == "Rustam Aliev"
    assert (second.person, second.organisation, second.state) == (None, None, "TUR")


def people(text: str, **given: str | None) -> list[tuple[str | None, str | None]]:
    return [(who.person, who.state) for who in speakers(text, **given)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A chain of pronouns stays with one person.
        (
            (
                "Tajik Energy Minister Rustam Aliev said that water was scarce. He stressed that winter would be hard. "
                "“We are ready,” he added."
            ),
            [("Rustam Aliev", "TJK")] * 3,
        ),
        # Two speakers, told apart by the pronoun: by given name, by ending, by title.
        (
            (
                "Finnish President Antti Korhola said that the cable works. Estonian President Liina Tammsaare agreed. "
                "He said that ice was thin. She said that summer was near."
            ),
            [("Antti Korhola", "FIN"), ("Antti Korhola", "FIN"), ("Liina Tammsaare", "EST")],
        ),
        # Two speakers of one sex: who spoke last goes on, and a surname tells.
        (
            (
                "Georgian Economy Minister Nino Beridze said that grain was cheap. Latvian Transport Minister Ruta "
                "Kalna said that ships were late. She added that crews were tired. Beridze said that ports were full."
            ),
            [("Nino Beridze", "GEO"), ("Ruta Kalna", "LVA"), ("Ruta Kalna", "LVA"), ("Nino Beridze", "GEO")],
        ),
        # Two officials of one office: the last one, or the one whose state is told.
        (
            (
                "Peruvian Trade Minister Ana Rojas said that copper was dear. Chilean Trade Minister Juan Soto said "
                "that it was cheap. The minister added that ports were full. The Peruvian minister said that roads "
                "were bad."
            ),
            [("Ana Rojas", "PER"), ("Juan Soto", "CHL"), ("Juan Soto", "CHL"), ("Ana Rojas", "PER")],
        ),
        # A description fits an office: a diplomat, an officer, the head of state.
        (
            (
                "Brazil’s ambassador to Kenya, Paulo Ferreira da Costa, said that coffee was dear. "
                "The diplomat said that flights would follow. Ferreira said that visas were free."
            ),
            [("Paulo Ferreira da Costa", "BRA")] * 3,
        ),
        (
            (
                "Senegalese President Awa Ndiaye said that rain was late. Malian General Ibrahim Keita said that the "
                "road was safe. The head of state said that wells were dry. The officer said that the bridge was "
                "safe."
            ),
            [("Awa Ndiaye", "SEN"), ("Ibrahim Keita", "MLI"), ("Awa Ndiaye", "SEN"), ("Ibrahim Keita", "MLI")],
        ),
        # Surnames alone, before and after the full name; the family name that stands first.
        (
            (
                "“It rains,” Norwegian Minister Holm said. Holm, whose full name is Lena Holm, said that it was wet. "
                "Minister Lena Holm said that it was cold."
            ),
            [("Lena Holm", "NOR")] * 3,
        ),
        (
            "Chinese Vice Premier Zhao Minghua said that trade grew. Zhao said that ports were full.",
            [("Zhao Minghua", "CHN")] * 2,
        ),
        # Transcriptions of one name.
        (
            (
                "Tajik Deputy Prime Minister Kosim Yuldoshev said that taxes fell. Yuldashev said that trade grew. "
                "Qosim Yo'ldoshev also said that visas were free."
            ),
            [("Kosim Yuldoshev", "TJK")] * 3,
        ),
        # The visitor's state is that of his office, not that of the place.
        (
            (
                "Visiting Lima on Monday, Foreign Minister of Portugal Beatriz Moura said that a consulate would "
                "open. Her Peruvian counterpart, Ricardo Salas Vega, said that Peru was glad. Salas Vega said that "
                "rain was near."
            ),
            [("Beatriz Moura", "PRT"), ("Ricardo Salas Vega", "PER"), ("Ricardo Salas Vega", "PER")],
        ),
        # Who speaks for an organisation of states speaks for no state, wherever it sent him.
        (
            (
                "The UN special envoy for Yemen, Hanna Lindqvist, said that roads were open. The envoy said that she "
                "would return to Aden."
            ),
            [("Hanna Lindqvist", None)] * 2,
        ),
        (
            (
                "The African Union will send observers to Malawi, its commission chairperson, Idris Balde, said in "
                "Addis Ababa. He added that they would stay."
            ),
            [("Idris Balde", None)] * 2,
        ),
        # Analysts, journalists and former officials speak for no state.
        (
            (
                "Kenyan journalist Grace Wanjala said that roads were bad. Anna Weber, an analyst at the Rift "
                "Institute, said that they were good. Former Kenyan President Peter Mwangi said that rain was near."
            ),
            [("Grace Wanjala", None), ("Anna Weber", None), ("Peter Mwangi", None)],
        ),
        # Two who speak together are nobody in particular.
        (
            (
                "Finnish President Antti Korhola and Estonian President Liina Tammsaare met. The two presidents said "
                "that the cable works."
            ),
            [(None, None)],
        ),
        # Whose deputy, whose director.
        (
            (
                "Tajik Health Minister Zulfiya Nazarova said that nurses were few. Her deputy, Marat Iskakov, said "
                "that vaccines were on the way."
            ),
            [("Zulfiya Nazarova", "TJK"), ("Marat Iskakov", "TJK")],
        ),
        (
            "The Chilean Forest Agency has two helicopters. Its director, Pilar Montero, said that most were small.",
            [("Pilar Montero", "CHL")],
        ),
    ],
)
def test_who_is_meant(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert people(text) == expected


_MINISTER = "Health Minister Aizhan Omarova said that clinics would open. The minister added that nurses were few."


@pytest.mark.parametrize(
    ("text", "given", "state"),
    [
        (f"ASTANA, 18 March – {_MINISTER}", {}, "KAZ"),
        (f"In Lima the mood is good. {_MINISTER}", {}, "PER"),
        (f"Norway has built hospitals. {_MINISTER}", {}, "NOR"),
        (_MINISTER, {"publisher": "Ministry of Health of the Republic of Uzbekistan"}, "UZB"),
        (_MINISTER, {"publisher": "Kazinform"}, "KAZ"),
        # A paper writes of other states too; two states are named alike; nothing is named at all.
        (f"The doctors came from Norway. They left Norway. {_MINISTER}", {"publisher": "Kazinform"}, "NOR"),
        (f"Doctors came from Norway. Nurses came from Sweden. {_MINISTER}", {}, None),
        (_MINISTER, {}, None),
    ],
)
def test_a_state_left_unsaid_is_understood_or_unknown(text: str, given: dict[str, str], state: str | None) -> None:
    assert people(text, **given) == [("Aizhan Omarova", state)] * 2


def test_offices_abroad_are_not_those_of_the_state_spoken_of() -> None:
    assert people("ASTANA, 18 March – Ambassador Jan Kruger said that trade grew.") == [("Jan Kruger", None)]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (
            (
                "The Danish Defence Ministry said that frigates left. The ministry said that they would return. "
                "It added that crews were well."
            ),
            [("Danish Defence Ministry", "DNK")] * 3,
        ),
        (
            "The World Bank said that growth slowed. The bank said that prices rose.",
            [("World Bank", None)] * 2,
        ),
        (
            (
                "Moldova’s energy minister, Ion Rusu, met guests. Bucharest said that it was glad. "
                "The energy ministry said that gas was cheap."
            ),
            [(None, "ROU"), ("energy ministry", "MDA")],
        ),
        (
            "Ankara said that it was ready. It added that talks were near.",
            [(None, "TUR")] * 2,
        ),
        (
            "The Mongolian central bank said that the rate would stay. The bank said that prices rose.",
            [("Mongolian central bank", "MNG")] * 2,
        ),
        ("The two ministries said that talks go on.", [(None, None)]),
        ("China keeps no bases there, its Foreign Ministry said.", [("Foreign Ministry", "CHN")]),
    ],
)
def test_bodies_named_before(text: str, bodies: list[tuple[str | None, str | None]]) -> None:
    assert [(who.organisation, who.state) for who in speakers(text)] == bodies


def test_surnames_of_those_in_office_are_known_for_the_date() -> None:
    text = "Lavrov said that talks go on. President Tokayev said that his country was ready. The Kazakh leader agreed."
    assert people(text, published="2024-05-10")[:2] == [("Lavrov", "RUS"), ("Tokayev", "KAZ")]
    assert people("President Tokayev said that rain was near.", published="2018-05-10") == [("Tokayev", None)]


def test_one_content_by_two_sources() -> None:
    text = "Ana Rojas, the Peruvian trade minister, said that copper was dear, according to Juan Soto."
    content = Span(text.index("that"), text.index(", according"))

    def statement(source: str, cue: str) -> Statement:
        low, mark = text.index(source), text.index(cue)
        who, words = (Span(low, low + len(source)),), (Span(mark, mark + len(cue)),)
        mode = StatementMode.INDIRECT
        return Statement("", who, words, (content,), mode, Speaker(), None, None, (Domain.TRADE,))

    given = [statement("Juan Soto", "according to"), statement("Ana Rojas, the Peruvian trade minister,", "said")]
    analysis = analysis_of(text)
    cues = cues_of(analysis.language)
    assert cues is not None
    assert {s.speaker.person for s in resolve_speakers(analysis, cues, given)} == {"Ana Rojas", "Juan Soto"}


def test_in_a_quotation_the_minister_is_not_the_one_who_is_quoted() -> None:
    text = (
        "Moldovan Energy Minister Ion Rusu said that gas was cheap. “The minister said that prices would never rise,” "
        "Norwegian Energy Minister Lars Holm said."
    )

    def statement(source: str, content: str) -> Statement:
        start, low = text.index(content), text.index(source)
        spans = (Span(start, start + len(content)),)
        cue = text.index("said", low)
        who = (Span(low, low + len(source)),)
        mode = StatementMode.DIRECT
        return Statement("", who, (Span(cue, cue + 4),), spans, mode, Speaker(), None, None, (Domain.ENERGY,))

    given = [
        statement("Moldovan Energy Minister Ion Rusu", "that gas was cheap"),
        statement("The minister", "that prices would never rise"),
        statement("Norwegian Energy Minister Lars Holm", "“The minister said that prices would never rise,”"),
    ]
    analysis = analysis_of(text)
    cues = cues_of(analysis.language)
    assert cues is not None
    resolved = {analysis.words(s.source): s.speaker.person for s in resolve_speakers(analysis, cues, given)}
    assert resolved["The minister"] == "Ion Rusu"
