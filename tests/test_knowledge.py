"""The registry: names in texts, members and offices over time, the user's own files."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import re
import subprocess
import sys
import time
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multivector.errors import KnowledgeError
from multivector.knowledge import Knowledge, NameForm, NameMatch, load
from multivector.record import ActorKind, Domain, EventType

DATA = resources.files("multivector.knowledge") / "data"
ROOT = Path(__file__).parents[1]
KNOWLEDGE = load()
STATES = {row["code"]: row for row in json.loads((DATA / "states.json").read_text(encoding="utf-8"))["state"]}
NOT_MEMBERS = {"XKX", "VAT", "PSE", "TWN", "HKG", "MAC", "GRL", "PRI", "ESH", "COK", "NIU"}
UN = sorted(code for code, row in STATES.items() if row.get("wikidata") and code not in NOT_MEMBERS)


def found(text: str, language: str | None = None, knowledge: Knowledge = KNOWLEDGE) -> list[tuple[str, str]]:
    """The names found in a text, each with its code."""
    return [(text[m.start : m.end], m.code) for m in knowledge.find(text, language)]


def forms(text: str, language: str | None = None) -> list[str]:
    return [m.form.value for m in KNOWLEDGE.find(text, language)]


def test_there_are_as_many_member_states_as_the_united_nations_has():
    assert len(UN) == 193


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("field", ["names", "adjectives", "capitals"])
def test_every_member_state_is_found_by_name_adjective_and_capital(field: str, language: str):
    for code in UN:
        names = STATES[code].get(field, {}).get(language, [])
        assert names or field != "names", f"{code} has no {field} in {language}"
        for name in names:
            text = f"— {name}x" if name.endswith("-") else f"— {name}, 2024"
            assert found(text, language) == [(name.rstrip("-"), code)]


def test_almost_every_state_has_an_adjective_in_both_languages():
    for language in ("en", "ru"):
        assert sum(bool(STATES[code].get("adjectives", {}).get(language)) for code in UN) >= 185


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Turkey and Türkiye, not turkey", [("Turkey", "TUR"), ("Türkiye", "TUR")]),
        ("They told us that the US, the U.S. and the USA agree", [("US", "USA"), ("U.S.", "USA"), ("USA", "USA")]),
        ("He went back to the U.S.", [("U.S.", "USA")]),
        ("U.S.-China talks", [("U.S.", "USA"), ("China", "CHN")]),
        ("Kazakhstan's and Russia’s ministers", [("Kazakhstan", "KAZ"), ("Russia", "RUS")]),
        ("Kazakh-Chinese trade", [("Kazakh", "KAZ"), ("Chinese", "CHN")]),
        ("a Sino–Russian treaty", [("Sino", "CHN"), ("Russian", "RUS")]),
        ("RUSSIA AND NORTH KOREA SIGN", [("RUSSIA", "RUS"), ("NORTH KOREA", "PRK")]),
        ("the Russian\nFederation", [("Russian\nFederation", "RUS")]),
        ("Cote d'Ivoire, Côte d’Ivoire", [("Cote d'Ivoire", "CIV"), ("Côte d’Ivoire", "CIV")]),
        ("Papua New Guinea and Guinea-Bissau", [("Papua New Guinea", "PNG"), ("Guinea-Bissau", "GNB")]),
        ("in Nur-Sultan, now Astana", [("Nur-Sultan", "KAZ"), ("Astana", "KAZ")]),
        ("The Kremlin and Akorda", [("Kremlin", "RUS"), ("Akorda", "KAZ")]),
    ],
)
def test_english_names(text: str, names: list[tuple[str, str]]):
    assert found(text, "en") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Соединённые Штаты и Соединенные Штаты", [("Соединённые Штаты", "USA"), ("Соединенные Штаты", "USA")]),
        ("с Республикой Казахстан", [("Республикой Казахстан", "KAZ")]),
        ("в Саудовской Аравии", [("Саудовской Аравии", "SAU")]),
        ("казахстанско-российские связи", [("казахстанско", "KAZ"), ("российские", "RUS")]),
        ("Ирано-китайский договор", [("Ирано", "IRN"), ("китайский", "CHN")]),
        ("МИНИСТРЫ КИТАЯ И КИРГИЗИИ", [("КИТАЯ", "CHN"), ("КИРГИЗИИ", "KGZ")]),
        ("Узбекистанцы и россиян", [("Узбекистанцы", "UZB"), ("россиян", "RUS")]),
        ("Кот-д’Ивуаре", [("Кот-д’Ивуаре", "CIV")]),
        ("в Белом доме, на Смоленской площади", [("Белом доме", "USA"), ("Смоленской площади", "RUS")]),
    ],
)
def test_russian_names_in_all_cases(text: str, names: list[tuple[str, str]]):
    assert found(text, "ru") == names


@pytest.mark.parametrize(
    "text",
    [
        "a Romanesque woman at a germane show",  # Oman, German stand inside
        "Chinaware, Malice, Peruse",
        "Antarctica",
        "US$35 million, 5 US dollars",
        "Michael Jordan of Atlanta, Georgia",
        "Victoria, Kingston and a male from San Jose",
        "the Indo-Pacific, the Indian Ocean, the Paris Agreement",
        "Latin America",
    ],
)
def test_words_that_only_look_like_a_state(text: str):
    assert [name for name in found(text, "en") if not name[1].startswith(("GRP:", "IGO:"))] == []


@pytest.mark.parametrize(
    "text", ["Того же мнения Антон Чехов и Поляков", "перу и чад", "минские соглашения", "китаевед"]
)
def test_russian_words_that_only_look_like_a_state(text: str):
    assert found(text, "ru") == []


def test_an_organisation_named_after_a_state_or_town_is_the_organisation():
    assert found("Organization of American States", "en") == [("Organization of American States", "IGO:OAS")]
    assert found("Организации американских государств", "ru") == [("Организации американских государств", "IGO:OAS")]


def test_a_long_name_that_cuts_a_word_does_not_hide_a_short_one():
    assert found("the Republic of Nigerians", "en") == [("Nigerians", "NGA")]
    assert found("Guinea-Bissaunian", "en") == [("Guinea", "GIN")]
    assert found("Dominican Republicans", "en") == [("Dominican", "DOM")]


def test_forms_say_how_the_actor_is_named():
    assert forms("Kazakhstan, Kazakh, Kazakhs, Astana, Akorda", "en") == [
        "name",
        "adjective",
        "demonym",
        "capital",
        "seat",
    ]
    assert forms("россиянам, российским", "ru") == ["demonym", "adjective"]


def test_offsets_count_code_points():
    text = "\U0001f600é — Россия, 中国"
    assert KNOWLEDGE.find(text) == (
        NameMatch(5, 11, "RUS", NameForm.NAME),
        NameMatch(13, 15, "CHN", NameForm.NAME),
    )


def test_languages_of_the_region():
    assert found("Қазақстан мен Ресей", "kk") == [("Қазақстан", "KAZ"), ("Ресей", "RUS")]
    assert found("O‘zbekiston va Qozogʻiston", "uz-Latn") == [("O‘zbekiston", "UZB"), ("Qozogʻiston", "KAZ")]
    assert found("中国与哈萨克斯坦", "zh-Hans") == [("中国", "CHN"), ("哈萨克斯坦", "KAZ")]
    assert found("Çin ile Türkiye'nin", "tr") == [("Çin", "CHN"), ("Türkiye", "TUR")]


def test_names_of_another_language_are_left_alone():
    assert found("Ресей", "en") == []
    assert found("Ресей", None) == [("Ресей", "RUS")]
    assert found("Russia in a Finnish text", "fi") == [("Russia", "RUS"), ("Finnish", "FIN")]


def test_lone_surrogates_do_not_stop_it():
    assert found("\ud800 Russia") == [("Russia", "RUS")]


PIECES = st.sampled_from([*"abс- .'ёЁ\n", "Oman", "Россия", "US", "U.S.", "中国", "Kazakh", "Niger", "Guinea-Bissau"])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_matches_are_in_order_apart_and_whole_words(text: str):
    matches = KNOWLEDGE.find(text)
    ends = [0, *(m.end for m in matches)]
    assert all(end <= m.start < m.end <= len(text) for end, m in zip(ends, matches, strict=False))
    for m in matches:
        if text[m.start : m.end].isascii():
            assert not re.match(r"[A-Za-z]", text[m.start - 1 : m.start] if m.start else "")
            assert not re.match(r"[A-Za-z]", text[m.end : m.end + 1])


def test_a_long_text_is_read_quickly():
    text = "Russia and the Republic of Kazakhstan met Chinese officials in Romania; women spoke. " * 6000
    KNOWLEDGE.find("", "en")
    start = time.perf_counter()
    assert len(KNOWLEDGE.find(text, "en")) == 4 * 6000
    assert time.perf_counter() - start < 2  # about a tenth of a second on an idle machine


# ---------------------------------------------------------------------------------------- actors, members, offices


def test_actors():
    kazakhstan = KNOWLEDGE.actor("KAZ")
    assert kazakhstan is not None
    assert (kazakhstan.name, kazakhstan.type, kazakhstan.wikidata) == ("Kazakhstan", ActorKind.STATE, "Q232")
    assert KNOWLEDGE.actor("QQQ") is None
    wikidata = [entry.wikidata for entry in KNOWLEDGE.actors.values() if entry.type is ActorKind.STATE]
    known = [item for item in wikidata if item]
    assert len(known) == len(set(known))


def test_central_asia_is_five_states():
    assert KNOWLEDGE.members("GRP:CENTRAL-ASIA") == ("KAZ", "KGZ", "TJK", "TKM", "UZB")
    assert KNOWLEDGE.members("KAZ") == ()
    assert KNOWLEDGE.members("nobody") == ()


def test_members_change_over_time():
    assert "IND" not in KNOWLEDGE.members("IGO:SCO", dt.date(2016, 1, 1))
    assert {"IND", "PAK"} <= set(KNOWLEDGE.members("IGO:SCO", dt.date(2018, 1, 1)))
    assert "UZB" not in KNOWLEDGE.members("IGO:CSTO")
    assert "UZB" in KNOWLEDGE.members("IGO:CSTO", dt.date(2010, 1, 1))
    assert "GBR" in KNOWLEDGE.members("IGO:EU", dt.date(2015, 1, 1))
    assert "GBR" not in KNOWLEDGE.members("IGO:EU")


def test_every_organisation_and_group_has_known_members_only():
    for code, entry in KNOWLEDGE.actors.items():
        for member in KNOWLEDGE.members(code):
            assert entry.type in (ActorKind.ORGANISATION, ActorKind.FORMAT, ActorKind.GROUP)
            assert KNOWLEDGE.actor(member) is not None, f"{member} in {code}"


def test_who_holds_an_office():
    (president,) = [o for o in KNOWLEDGE.offices(code="KAZ", on=dt.date(2018, 5, 1)) if o.office == "head-of-state"]
    assert president.person == "Nursultan Nazarbayev"
    later = KNOWLEDGE.offices(person="Касым-Жомарт Токаев", code="KAZ", on=dt.date(2022, 5, 1))
    assert [o.office for o in later] == ["head-of-state"]
    assert KNOWLEDGE.person("vladimir putin") == KNOWLEDGE.person("Владимир Путин") == "PER:Vladimir Putin"
    assert KNOWLEDGE.person("Nobody Atall") is None
    assert KNOWLEDGE.offices(person="Nobody Atall") == ()


def test_persons_are_found_by_their_full_names_inflected():
    assert found("с Владимиром Путиным", "ru") == [("Владимиром Путиным", "PER:Vladimir Putin")]
    assert found("с Си Цзиньпином и Марией Захаровой", "ru") == [
        ("Си Цзиньпином", "PER:Xi Jinping"),
        ("Марией Захаровой", "PER:Maria Zakharova"),
    ]
    assert found("Xi Jinping's visit", "en") == [("Xi Jinping", "PER:Xi Jinping")]


def test_one_head_of_state_at_a_time():
    for code in STATES:
        heads = sorted(
            (o for o in KNOWLEDGE.offices(code=code) if o.office == "head-of-state"),
            key=lambda o: o.start or dt.date.min,
        )
        for one, following in itertools.pairwise(heads):
            assert one.end is not None, f"{code}: {one.person}, then {following.person}"


def test_groups_and_organisations_are_found_in_both_languages():
    assert found("Central Asia", "en") == [("Central Asia", "GRP:CENTRAL-ASIA")]
    assert forms("Central Asia", "en") == ["group"]
    assert found("в Центральной Азии", "ru") == [("Центральной Азии", "GRP:CENTRAL-ASIA")]
    assert found("Brussels said", "en") == [("Brussels", "IGO:EU")]
    sco = "Шанхайской организации сотрудничества"
    assert found(f"саммит {sco}", "ru") == [(sco, "IGO:SCO")]


def test_domains_and_plover_are_complete():
    assert set(KNOWLEDGE.domains) == set(Domain)
    assert all({"en", "ru"} <= entry.terms.keys() for entry in KNOWLEDGE.domains.values())
    assert set(KNOWLEDGE.plover.types) == set(EventType)
    assert {t.quad for t in KNOWLEDGE.plover.types.values()} == {1, 2, 3, 4}


# ------------------------------------------------------------------------------------------------ files


def test_every_data_file_names_its_sources():
    names = {path.name for path in DATA.iterdir() if path.name.endswith((".toml", ".json"))}
    assert set(KNOWLEDGE.sources) == names
    assert all(KNOWLEDGE.sources.values())


def test_the_version_follows_from_the_content(tmp_path: Path):
    here, there = tmp_path / "a.toml", tmp_path / "b.toml"
    here.write_text('[[state]]\ncode = "KAZ"\nnames.en = ["Kazaxia"]\n', encoding="utf-8", newline="\n")
    there.write_bytes(here.read_bytes().replace(b"\n", b"\r\n"))
    assert re.fullmatch(r"[0-9a-f]{32}", KNOWLEDGE.version)
    assert load([here]).version == load([there]).version != KNOWLEDGE.version
    assert load() is KNOWLEDGE


def test_a_user_file_adds_and_overrides(tmp_path: Path):
    path = tmp_path / "mine.toml"
    path.write_text(
        """
        [[state]]
        code = "KAZ"
        names.en = ["Land of the Steppe", "Georgia"]

        [[organisation]]
        code = "IGO:NEWCLUB"
        name = "New Club"
        names = { en = ["New Club"], any = ["NCLB"] }
        members = [{ code = "KAZ", start = 2020-01-01, end = "2021" }, { code = "GRP:PAIR" }]

        [[group]]
        code = "GRP:PAIR"
        names.en = ["the Pair"]
        members = [{ code = "FRA" }, { code = "DEU" }]

        [[office]]
        person = "Ann Example"
        state = "FRA"
        office = "spokesperson"
        title.en = "Spokesperson"
        start = "2020-05"
        end = "2021"

        [[not_name]]
        names.en = ["Russian salad"]
        """,
        encoding="utf-8",
    )
    mine = load([path])
    assert found("Land of the Steppe, Georgia", "en", mine) == [("Land of the Steppe", "KAZ"), ("Georgia", "KAZ")]
    assert found("Kazakhstan", "en", mine) == [("Kazakhstan", "KAZ")]
    assert found("NCLB", "ru", mine) == [("NCLB", "IGO:NEWCLUB")]
    assert found("Russian salad", "en", mine) == []
    assert mine.members("IGO:NEWCLUB") == ("DEU", "FRA")
    assert mine.members("IGO:NEWCLUB", dt.date(2021, 12, 31)) == ("DEU", "FRA", "KAZ")
    assert mine.actor("KAZ") == KNOWLEDGE.actor("KAZ")
    (office,) = mine.offices(person="Ann Example")
    assert (office.start, office.end) == (dt.date(2020, 5, 1), dt.date(2021, 12, 31))
    assert found("Georgia", "en") == [("Georgia", "GEO")]


def test_a_group_that_names_itself_comes_to_an_end(tmp_path: Path):
    path = tmp_path / "loop.toml"
    path.write_text(
        '[[group]]\ncode="GRP:A"\nmembers=[{code="GRP:B"},{code="FRA"}]\n'
        '[[group]]\ncode="GRP:B"\nmembers=[{code="GRP:A"},{code="DEU"}]\n',
        encoding="utf-8",
    )
    assert load([path]).members("GRP:A") == ("DEU", "FRA")


def test_of_two_user_files_the_last_wins(tmp_path: Path):
    for name, code in (("one", "FRA"), ("two", "DEU")):
        (tmp_path / f"{name}.toml").write_text(f'[[state]]\ncode = "{code}"\nnames.any = ["Zed"]\n', encoding="utf-8")
    both = load([tmp_path / "one.toml", tmp_path / "two.toml"])
    assert found("Zed", "en", both) == [("Zed", "DEU")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[state]\n", "not TOML"),
        ("\n\n[[state]]\nnames = {}\n", "line 3, [[state]] number 1: entry missing required field `code`"),
        ('[[state]]\ncode = "KAZ"\n[[state]]\ncode = "Kazakhstan"\n', "line 3, [[state]] number 2: field code"),
        ('[[state]]\ncode = "KAZ"\nnames = ["x"]\n', "field names: Expected `object`, got a list"),
        ('[[state]]\ncode = "KAZ"\nnames.en = ["  "]\n', "field names.en"),
        ('[[state]]\ncode = "KAZ"\nnames.English = ["x"]\n', "'English' is not a language"),
        ('[[state]]\ncode = "KAZ"\nnmaes.en = ["x"]\n', "unknown field `nmaes`"),
        ('[[states]]\ncode = "KAZ"\n', "unknown table `states`; allowed: [[state]], [[organisation]],"),
        ('[[group]]\ncode = "GRP:X"\nmembers = [{code = "QQQ"}]\n', "'QQQ' is not a known code"),
        ('[[group]]\ncode = "GRP:X"\nmembers = [{code = "KAZ", start = "soon"}]\n', "soon"),
        ('[[organisation]]\ncode = "IGO:X"\ntype = "club"\n', "'club' is not organisation or format"),
        ('[[office]]\nperson = "A B"\noffice = "x"\ntitle.en = "X"\n', "one of the fields state and organisation"),
        ('[[office]]\nperson = "A B"\noffice = "x"\nstate = "QQQ"\ntitle.en = "X"\n', "'QQQ' is not a known code"),
        ("state = 3\n", "state: Expected"),
        ('[state]\ncode = "KAZ"\n', "write [[state]]"),
        ('[[state]]\ncode = "KAZ"\nnmae = "X"\n', "allowed: code, name, wikidata, names,"),
        (
            '[[group]]\ncode = "GRP:X"\nmembers = [{cde = "KAZ"}]\n',
            "field members[0]: unknown field `cde`; allowed: code,",
        ),
        ("", "no entries; expected [[state]]"),
        ('sources = ["a book"]\n', "no entries; expected [[state]]"),
        ('[[sate]]\ncode = "KAZ"\n', "docs/knowledge.md"),
    ],
)
def test_a_broken_user_file_gives_one_line_that_says_where(tmp_path: Path, content: str, said: str):
    path = tmp_path / "broken.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load([path])
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_user_file_that_cannot_be_read(tmp_path: Path):
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load([tmp_path / "none.toml"])
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(KnowledgeError, match="not UTF-8"):
        load([tmp_path / "latin.toml"])


@given(st.binary(max_size=60))
def test_no_bytes_bring_it_down(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    with contextlib.suppress(KnowledgeError):
        load([path])


@pytest.mark.parametrize("tool", ["build_states.py", "build_inflections.py"])
def test_generated_files_are_up_to_date(tool: str):
    pytest.importorskip("babel", reason="the data files are rebuilt with babel and pymorphy3 (group knowledge)")
    pytest.importorskip("pymorphy3", reason="the data files are rebuilt with babel and pymorphy3 (group knowledge)")
    command = [sys.executable, str(ROOT / "tools" / tool), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_names_kept_by_hand_stand_once():
    for file, table in (("organisations.toml", "organisation"), ("groups.toml", "group")):
        rows = tomllib.loads((DATA / file).read_text(encoding="utf-8"))[table]
        codes = [row["code"] for row in rows]
        assert len(codes) == len(set(codes)), file


PAGE = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_on_knowledge_files_does_what_it_says(tmp_path: Path):
    (block,) = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    path = tmp_path / "mine.toml"
    path.write_text(block, encoding="utf-8")
    mine = load([path])
    assert found("ELGA met QZ at Orchard House on Kazakhstan Street", "en", mine) == [
        ("ELGA", "IGO:ELG"),
        ("QZ", "KAZ"),
        ("Orchard House", "IGO:ELG"),
    ]
    assert found("с Примерной лигой садоводов", "ru", mine) == [("Примерной лигой садоводов", "IGO:ELG")]
    assert found("the Apple States, Kazakhstan", "en", mine) == [
        ("Apple States", "GRP:APPLE-STATES"),
        ("Kazakhstan", "KAZ"),
    ]
    assert mine.members("IGO:ELG", dt.date(2023, 1, 1)) == ("KAZ", "UZB")
    assert mine.members("IGO:ELG") == ("KAZ",)
    assert mine.members("ORG:Garden Talks") == ("IGO:ELG", "KAZ", "KGZ")
    (office,) = mine.offices("Марат Примеров")
    assert (office.person, office.organisation, office.start) == ("Marat Example", "IGO:ELG", dt.date(2024, 3, 1))


def test_the_page_on_knowledge_files_names_every_table_and_field():
    from multivector.knowledge import _files

    for table, form in {
        "state": _files.StateRow,
        "organisation": _files.OrganisationRow,
        "group": _files.GroupRow,
        "office": _files.OfficeRow,
        "not_name": _files.NotNameRow,
    }.items():
        _, section = PAGE.split(f"## `[[{table}]]`\n")
        section = section.partition("\n## ")[0]
        for field in form.__struct_fields__:
            assert f"`{field}`" in section, (table, field)


@pytest.mark.parametrize(
    ("name", "url", "state"),
    [
        ("Kazinform", None, "KAZ"),
        ("kazinform", None, "KAZ"),
        (None, "https://mfa.gov.uz/en/news/1", "UZB"),
        (None, "https://tass.com/politics/1", "RUS"),
        ("Blue Hill Letter", "https://example.org/1", None),
        (None, "http://[broken", None),
        (None, None, None),
    ],
)
def test_the_state_of_a_publisher(name, url, state):
    assert KNOWLEDGE.state_of_publisher(name, url) == state


def test_publishers_are_of_known_states():
    table = tomllib.loads((DATA / "publishers.toml").read_text(encoding="utf-8"))
    states = [*table["domains"].values(), *(row["state"] for row in table["publisher"])]
    assert all(KNOWLEDGE.actor(code) is not None for code in states)


def test_offices_by_surname():
    held = KNOWLEDGE.offices_by_surname("lavrov", dt.date(2024, 5, 1))
    assert {office.person for office in held} == {"Sergey Lavrov"}
    assert {office.person for office in KNOWLEDGE.offices_by_surname("Xi", dt.date(2024, 5, 1))} == {"Xi Jinping"}
    assert KNOWLEDGE.offices_by_surname("Nobodyatall") == ()


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Osh", "KGZ"),
        ("Khujand", "TJK"),
        ("Khudzhand", "TJK"),
        ("Mombasa", "KEN"),
        ("San José de Nowhere", None),
        ("of", None),
    ],
)
def test_cities_lie_in_states(name: str, state: str | None):
    assert load().city(name) == state


def test_a_name_that_cities_of_several_states_share_stands_for_the_largest_by_far_or_for_none():
    assert load().city("London") == "GBR"
    assert load().city("Hyderabad") is None
