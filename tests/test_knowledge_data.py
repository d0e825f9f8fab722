"""The hand-kept data files of the knowledge room agree with themselves and with what the organisations publish."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "src" / "multivector" / "knowledge" / "data"
FILES = {
    name: tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")) for name in ("organisations", "groups", "offices")
}
ORGANISATIONS = {row["code"]: row for row in FILES["organisations"]["organisation"]}
GROUPS = {row["code"]: row for row in FILES["groups"]["group"]}
OFFICES = FILES["offices"]["office"]

STATE = re.compile(r"[A-Z]{3}")
ORGANISATION = re.compile(r"IGO:[A-Z0-9][A-Za-z0-9+-]*")
GROUP = re.compile(r"GRP:[A-Z0-9][A-Z0-9-]*")
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# Offices that one person holds at a time. Others (a spokesperson, the speaker of a chamber) may have several holders.
SINGLE = {
    "head-of-state",
    "head-of-government",
    "supreme-leader",
    "foreign-minister",
    "defence-minister",
    "security-council-secretary",
    "national-security-adviser",
    "spokesperson-of-head-of-state",
    "secretary-general",
    "director-general",
    "managing-director",
    "president",
    "president-of-commission",
    "president-of-council",
    "high-representative",
}
SEVERAL = {
    "deputy-head-of-state",
    "deputy-head-of-government",
    "deputy-foreign-minister",
    "spokesperson",
    "parliament-speaker",
    "presidential-aide",
    "special-representative",
    "permanent-representative",
    "security-council-deputy-chair",
    "people-council-chair",
    "human-rights-commissioner",
    "commissioner",
    "high-commissioner",
    "executive-director",
    "administrator",
    "director",
    "chair-of-board",
}


def earliest(date):
    """The first day that a day, month or year may mean."""
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


def latest(date):
    """A bound that is not before any day that a day, month or year may mean."""
    return (date + "-12-31")[:10] if len(date) == 4 else (date + "-31")[:10]


def surely_overlap(one, other):
    """Whether two spells share more than a day of handover, whatever day a month or year stands for."""
    first, second = sorted((one, other), key=lambda row: latest(row["start"]))
    return latest(second["start"]) < earliest(first.get("end", "9999"))


def members(code, on):
    return {
        row["code"]
        for row in (ORGANISATIONS | GROUPS)[code]["members"]
        if earliest(row.get("start", "0001")) <= on <= latest(row.get("end", "9999"))
    }


def test_a_month_may_be_any_of_its_days():
    before, after = {"start": "2019", "end": "2020-03"}, {"start": "2020-03"}
    assert not surely_overlap(before, after)
    assert surely_overlap(before | {"end": "2020-04-02"}, after | {"start": "2020-03"})
    assert not surely_overlap({"start": "2019", "end": "2020-03-04"}, {"start": "2020-03-04"})
    assert surely_overlap({"start": "2019"}, {"start": "2020"})


@pytest.mark.parametrize("name", FILES)
def test_a_file_names_its_sources_and_what_it_leaves_out(name):
    sources = FILES[name]["sources"]
    assert all(source.strip() for source in sources)
    assert any(source.startswith("Left out: ") for source in sources)


def test_codes_are_well_formed_and_used_once():
    codes = [row["code"] for row in FILES["organisations"]["organisation"]]
    assert all(ORGANISATION.fullmatch(code) for code in codes)
    groups = [row["code"] for row in FILES["groups"]["group"]]
    assert all(GROUP.fullmatch(code) for code in groups)
    assert [code for code, count in Counter(codes + groups).items() if count > 1] == []
    assert {row["type"] for row in ORGANISATIONS.values()} == {"organisation", "format"}


def test_an_identifier_belongs_to_one_organisation():
    items = [row["wikidata"] for row in ORGANISATIONS.values() if "wikidata" in row]
    assert all(re.fullmatch(r"Q[1-9]\d*", item) for item in items)
    assert len(items) == len(set(items))


def test_the_organisations_that_the_region_reads_about_are_there():
    usual = """
    UN EU NATO SCO CSTO CIS EAEU OTS ECO CICA OIC BRICS GCC ASEAN WTO OSCE CoE IMF WB ADB AIIB EDB EBRD IsDB NDB
    IAEA OPEC OPEC+ GECF WHO ILO UNESCO UNICEF UNHCR UNDP UNODC FAO WFP IOM INTERPOL WIPO ICAO AU LAS CAREC SPECA
    TRACECA Heart-of-Asia Quad G7 G20 V4 EFTA MERCOSUR SAARC APEC GUAM TURKSOY IFAS RATS C5 C5+1 CA-Russia CA-EU
    China-CA CA-Japan India-CA GCC-CA CA-Korea CA-Germany CA-Italy Astana-format Moscow-format Caspian-Five
    Normandy-format P5+1 3+3
    """
    assert {f"IGO:{name}" for name in usual.split()} - ORGANISATIONS.keys() == set()


@pytest.mark.parametrize("row", [*ORGANISATIONS.values(), *GROUPS.values()], ids=lambda row: row["code"])
def test_members_are_known_and_their_dates_are_in_order(row):
    spells = {}
    for member in row.get("members", ()):
        assert STATE.fullmatch(member["code"]) or member["code"] in ORGANISATIONS
        assert set(member) <= {"code", "start", "end"}
        for bound in ("start", "end"):
            assert bound not in member or DATE.fullmatch(member[bound])
        assert earliest(member.get("start", "0001")) <= latest(member.get("end", "9999"))
        spells.setdefault(member["code"], []).append({"start": "0001", **member})
    for several in spells.values():
        for number, spell in enumerate(several):
            assert not any(surely_overlap(spell, other) for other in several[number + 1 :])


def test_formats_and_groups_have_members():
    assert [code for code, row in ORGANISATIONS.items() if row["type"] == "format" and "members" not in row] == []
    assert [code for code, row in GROUPS.items() if len(row["members"]) < 2] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_name_means_one_actor(language):
    rows = [*ORGANISATIONS.values(), *GROUPS.values()]
    names = Counter(name for row in rows for name in row["names"].get(language, ()))
    assert len(names) > len(rows)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("code", "on", "count"),
    [
        ("IGO:UN", "2025-06-01", 193),
        ("IGO:WTO", "2025-06-01", 166),
        ("IGO:IMF", "2025-06-01", 191),
        ("IGO:WB", "2025-06-01", 189),
        ("IGO:ADB", "2025-06-01", 69),
        ("IGO:UNESCO", "2025-06-01", 194),
        ("IGO:WHO", "2025-06-01", 194),
        ("IGO:ILO", "2025-06-01", 187),
        ("IGO:ICAO", "2025-06-01", 193),
        ("IGO:OSCE", "2025-06-01", 57),
        ("IGO:CoE", "2022-01-01", 47),
        ("IGO:CoE", "2025-06-01", 46),
        ("IGO:OECD", "2025-06-01", 38),
        ("IGO:OIC", "2025-06-01", 57),
        ("IGO:AU", "2025-06-01", 55),
        ("IGO:LAS", "2025-06-01", 22),
        ("IGO:CICA", "2025-06-01", 28),
        ("IGO:EU", "1990-01-01", 12),
        ("IGO:EU", "2005-01-01", 25),
        ("IGO:EU", "2019-06-01", 28),
        ("IGO:EU", "2020-06-01", 27),
        ("IGO:NATO", "2000-01-01", 19),
        ("IGO:NATO", "2022-06-01", 30),
        ("IGO:NATO", "2024-06-01", 32),
        ("IGO:SCO", "2010-01-01", 6),
        ("IGO:SCO", "2020-01-01", 8),
        ("IGO:SCO", "2024-12-31", 10),
        ("IGO:CSTO", "2010-01-01", 7),
        ("IGO:CSTO", "2024-01-01", 6),
        ("IGO:EAEU", "2016-01-01", 5),
        ("IGO:OPEC", "2024-06-01", 12),
        ("IGO:ASEAN", "2025-12-01", 11),
        ("IGO:APEC", "2025-06-01", 21),
        ("IGO:BRICS", "2025-06-01", 10),
        ("IGO:C5", "2025-01-01", 5),
        ("IGO:C5", "2025-12-01", 6),
    ],
)
def test_as_many_members_as_the_organisation_counts(code, on, count):
    assert len(members(code, on)) == count


@pytest.mark.parametrize(
    ("code", "partner"),
    [("IGO:CA-Russia", "RUS"), ("IGO:C5+1", "USA"), ("IGO:CA-EU", "IGO:EU"), ("IGO:China-CA", "CHN")],
)
def test_a_format_of_central_asia_is_its_five_states_and_the_partner(code, partner):
    assert members(code, "2025-06-01") == members("GRP:CENTRAL-ASIA", "2025-06-01") | {partner}


@pytest.mark.parametrize("number", range(len(OFFICES)), ids=lambda number: OFFICES[number]["person"])
def test_a_tenure_is_complete_and_its_dates_are_in_order(number):
    row = OFFICES[number]
    assert STATE.fullmatch(row["state"]) or row["state"] in ORGANISATIONS
    assert row["office"] in SINGLE | SEVERAL
    assert row["person"] in row["names"]["en"]
    assert re.search("[А-Яа-яЁё]", "".join(row["names"]["ru"]))
    assert not re.search("[А-Яа-яЁё]", "".join(row["names"]["en"]) + row["title"]["en"])
    assert row["title"]["en"].strip()
    assert row["title"]["ru"].strip()
    assert DATE.fullmatch(row["start"])
    if "end" in row:
        assert DATE.fullmatch(row["end"])
        assert earliest(row["start"]) <= latest(row["end"])
    else:
        assert row["start"] <= "2026-01-31"


def test_one_holder_at_a_time():
    held = {}
    for row in OFFICES:
        if row["office"] in SINGLE:
            held.setdefault((row["state"], row["office"]), []).append(row)
    clashes = [
        (office, one["person"], other["person"])
        for office, tenures in held.items()
        for number, one in enumerate(tenures)
        for other in tenures[number + 1 :]
        if surely_overlap(one, other)
    ]
    assert len(held) > 100
    assert clashes == []


def test_a_spelling_means_one_person_and_a_person_is_spelt_alike_everywhere():
    spelt, owners = {}, {}
    for row in OFFICES:
        assert spelt.setdefault(row["person"], row["names"]) == row["names"]
        for name in {*row["names"]["en"], *row["names"]["ru"]}:
            assert owners.setdefault(name, row["person"]) == row["person"]
    assert len(spelt) > 400


@pytest.mark.parametrize("state", ["KAZ", "KGZ", "TJK", "TKM", "UZB", "RUS", "CHN", "TUR", "IRN", "USA", "IND", "AZE"])
@pytest.mark.parametrize("year", range(2019, 2026))
def test_somebody_leads_the_state_and_its_diplomacy_all_the_time(state, year):
    day = f"{year}-12-01"
    for office in ("head-of-state", "foreign-minister"):
        holders = [
            row["person"]
            for row in OFFICES
            if (row["state"], row["office"]) == (state, office)
            and earliest(row["start"]) <= day <= latest(row.get("end", "9999"))
        ]
        assert len(holders) == 1
