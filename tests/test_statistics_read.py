"""Files of statistics in the providers' forms, to rows; what is odd in them is named and left out."""

from __future__ import annotations

import gzip
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import statistics_files as files
from multivector.errors import StatisticsError
from multivector.record import AreaKind, Choice, Flow, Observation, ObservationStatus, Valuation
from multivector.statistics import Reading, read, readers, template


def write(tmp_path: Path, content: str | bytes, name: str = "file.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def by_pair(reading: Reading) -> dict[tuple[str, str | None, str], Observation]:
    return {(o.reporting_area, o.counterpart_area, o.flow.value): o for o in reading.observations}


def reasons(reading: Reading) -> list[str]:
    return [str(problem).removeprefix(f"{problem.file}") for problem in reading.problems]


def refusal(path: Path, **given: str) -> str:
    with pytest.raises(StatisticsError) as caught:
        read(path, **given)  # pyright: ignore[reportArgumentType]
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    return str(caught.value)


# UN Comtrade


def test_comtrade_json(tmp_path: Path) -> None:
    text = files.comtrade(
        files.comtrade_row(),
        files.comtrade_row(partnerCode=0, fobvalue=9000.0, primaryValue=9000.0),
        files.comtrade_row(partnerCode=899, fobvalue=10.0, primaryValue=10.0),
        files.comtrade_row(flowCode="M", partnerCode=842, cifvalue=700.5, fobvalue=None, primaryValue=700.5),
        files.comtrade_row(flowCode="RX"),
        files.comtrade_row(motCode=2100),
        files.comtrade_row(partnerCode=276, primaryValue=None),
    )
    reading = read(write(tmp_path, text, "a.json"))
    rows = by_pair(reading)
    assert reading.reader == "comtrade-json"
    assert reading.problems == []
    assert set(rows) == {
        ("KAZ", "CHN", "exports"),
        ("KAZ", "WLD", "exports"),
        ("KAZ", "OTH", "exports"),
        ("KAZ", "USA", "imports"),
    }
    assert rows["KAZ", "CHN", "exports"].valuation is Valuation.FOB
    assert rows["KAZ", "USA", "imports"].valuation is Valuation.CIF
    assert [rows["KAZ", p, "exports"].counterpart_kind for p in ("CHN", "WLD", "OTH")] == [
        AreaKind.STATE,
        AreaKind.WORLD,
        AreaKind.UNALLOCATED,
    ]
    first = rows["KAZ", "CHN", "exports"]
    assert (first.indicator, first.period, first.quantity, first.unit) == ("goods", "2023", 1500.0, "USD")
    assert (first.source, first.row) == ("UN Comtrade C/A/HS", "a.json:data[0]")


def test_comtrade_csv_with_a_comma_too_many(tmp_path: Path) -> None:
    row = files.comtrade_row()
    text = ",".join(row) + "\r\n" + ",".join("" if v is None else str(v) for v in row.values()) + ",\r\n"
    reading = read(write(tmp_path, text))
    assert reading.reader == "comtrade-csv"
    assert [(o.counterpart_area, o.value, o.row) for o in reading.observations] == [("CHN", 1500.0, "file.csv:2")]
    assert reading.problems == []


def test_an_empty_answer_is_named_and_not_taken_for_no_trade(tmp_path: Path) -> None:
    reading = read(write(tmp_path, files.comtrade(), "a.json"))
    assert reading.observations == []
    assert "without any rows" in reasons(reading)[0]


def test_an_answer_of_exactly_the_most_rows_is_called_cut(tmp_path: Path) -> None:
    reading = read(write(tmp_path, files.comtrade(*[files.comtrade_row(flowCode="RX")] * 500), "a.json"))
    assert "500 rows" in reasons(reading)[0]


# SDMX


def test_values_of_imts_are_plain_dollars_whatever_scale_says(tmp_path: Path) -> None:
    text = files.imf(
        files.imf_series("KAZ", "CHN", {"2022": "1500000000", "2023": "1750000000.5"}),
        files.imf_series("KAZ", "G001", {"2023": "9000000000"}),
        files.imf_series("KAZ", "G163", {"2023": "4000000000"}),
        files.imf_series("KAZ", "ARE", {}),
        files.imf_series("KAZ", "RUS", {"2023": "NaN"}, indicator="MG_CIF_USD"),
    )
    reading = read(write(tmp_path, text, "a.xml"))
    assert reading.reader == "sdmx-ml"
    assert reading.problems == []
    assert reading.missing == 1
    assert [(o.counterpart_area, o.period, o.quantity) for o in reading.observations] == [
        ("CHN", "2022", 1.5e9),
        ("CHN", "2023", 1_750_000_000.5),
        ("WLD", "2023", 9e9),
        ("GRP:IMF-G163", "2023", 4e9),
    ]
    assert {o.valuation for o in reading.observations} == {Valuation.FOB}
    assert {(o.source, o.vintage) for o in reading.observations} == {("IMF IMTS", "2026-08-31")}
    # An aggregate is never a state, and a series without values gives no zero.
    assert [o.counterpart_kind for o in reading.observations][2:] == [AreaKind.WORLD, AreaKind.AGGREGATE]


def test_scale_of_another_data_set_of_the_imf_is_not_guessed(tmp_path: Path) -> None:
    text = files.imf(files.imf_series("KAZ", "CHN", {"2023": "15"})).replace('id="IMTS"', 'id="OTHER"')
    path = write(tmp_path, text, "a.xml")
    reading = read(path)
    assert reading.observations == []
    assert "SCALE is 6" in reasons(reading)[0]
    assert read(path, unit_multiplier=6).observations[0].quantity == 15e6


def test_an_empty_message_speaks_of_alpha_2_codes(tmp_path: Path) -> None:
    reading = read(write(tmp_path, files.imf(), "a.xml"))
    assert reading.observations == []
    assert "alpha-2" in reasons(reading)[0]


def test_sdmx_csv_of_the_imf_and_of_eurostat(tmp_path: Path) -> None:
    imf = (
        "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE\n"
        "IMF.STA:IMTS(1.0.0),KAZ,MG_CIF_USD,RUS,A,2023,1700.5,6\n"
    )
    (row,) = read(write(tmp_path, imf)).observations
    assert (row.indicator, row.flow, row.valuation, row.quantity) == ("goods", Flow.IMPORTS, Valuation.CIF, 1700.5)
    estat = (
        "DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
        "ESTAT:DS-059341(1.0),25/08/26 11:00:00,M,EL,KZ,TOTAL,2,VALUE_EUR,2024-03,500,p\n"
        "ESTAT:DS-059341(1.0),25/08/26 11:00:00,M,EL,XK,TOTAL,2,VALUE_EUR,2024-03,:,c\n"
    )
    reading = read(write(tmp_path, estat))
    (row,) = reading.observations
    assert (row.reporting_area, row.period, row.unit, row.status) == (
        "GRC",
        "2024-03",
        "EUR",
        ObservationStatus.PROVISIONAL,
    )
    assert (row.source, row.vintage, reading.missing) == ("Eurostat DS-059341", "2026-08-25", 1)


def test_unit_mult_is_obeyed(tmp_path: Path) -> None:
    text = (
        "STRUCTURE,STRUCTURE_ID,REF_AREA,COUNTERPART_AREA,FLOW,UNIT_MEASURE,UNIT_MULT,TIME_PERIOD,OBS_VALUE\n"
        "dataflow,XX:T(1.0),KAZ,CHN,X,USD,6,2023,2.5\n"
    )
    (row,) = read(write(tmp_path, text)).observations
    assert (row.value, row.unit_multiplier, row.quantity) == (2.5, 6, 2.5e6)


def test_eurostat_tsv(tmp_path: Path) -> None:
    text = (
        "freq,reporter,partner,product,flow,indicators\\TIME_PERIOD\t2022 \t2023 \n"
        "A,DE,KZ,TOTAL,2,VALUE_EUR\t100 \t110 p\n"
        "A,DE,UZ,TOTAL,1,VALUE_EUR\t: \t: c\n"
        "A,DE,??,TOTAL,1,VALUE_EUR\t5 \t6 \n"
    )
    reading = read(write(tmp_path, text, "estat_ds-059341.tsv"))
    assert [(o.counterpart_area, o.period, o.value, o.status.value) for o in reading.observations] == [
        ("KAZ", "2022", 100.0, "A"),
        ("KAZ", "2023", 110.0, "P"),
    ]
    assert reading.missing == 2
    assert reasons(reading) == [", line 4: unknown area '??'"] * 2


def test_json_stat(tmp_path: Path) -> None:
    text = files.json_stat(["KZ", "WORLD", "EXT_EU27_2020"], {"0": 5.0, "1": 9.0, "2": 8.0, "3": 4.0}, {"3": "e"})
    reading = read(write(tmp_path, text, "a.json"))
    rows = by_pair(reading)
    assert {key: o.value for key, o in rows.items()} == {
        ("DEU", "KAZ", "exports"): 5.0,
        ("DEU", "WLD", "exports"): 9.0,
        ("DEU", "GRP:ESTAT-EXT_EU27_2020", "exports"): 8.0,
        ("DEU", "KAZ", "imports"): 4.0,
    }
    assert rows["DEU", "KAZ", "imports"].status is ObservationStatus.ESTIMATED
    assert rows["DEU", "KAZ", "imports"].vintage == "2026-01-08"


# World Bank


def test_world_bank_json(tmp_path: Path) -> None:
    text = files.world_bank(("KAZ", "2023", 2.5e11), ("KAZ", "2022", None), ("EAS", "2023", 3e13), ("XYZ", "2023", 1.0))
    reading = read(write(tmp_path, text, "a.json"))
    assert [(o.reporting_area, o.indicator, o.unit, o.counterpart_area) for o in reading.observations] == [
        ("KAZ", "gdp", "USD", None),
        ("GRP:WB-EAS", "gdp", "USD", None),
    ]
    assert reading.missing == 1
    assert reasons(reading) == [": row 4: unknown area 'XYZ'"]
    assert reading.observations[0].vintage == "2026-07-01"


def test_world_bank_error_with_status_200(tmp_path: Path) -> None:
    text = json.dumps([{"message": [{"id": "120", "key": "Invalid value", "value": "The value is not valid"}]}])
    assert "the World Bank's error" in refusal(write(tmp_path, text, "a.json"))


def test_world_bank_csv_in_its_archive(tmp_path: Path) -> None:
    table = (
        '"Data Source","World Development Indicators",\r\n\r\n"Last Updated Date","2026-07-01",\r\n\r\n'
        '"Country Name","Country Code","Indicator Name","Indicator Code","2022","2023",\r\n'
        '"Kazakhstan","KAZ","Remittances","BX.TRF.PWKR.CD.DT","500","",\r\n'
        '"World","WLD","Remittances","BX.TRF.PWKR.CD.DT","7","8",\r\n'
    )
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("API_x.csv", "\ufeff" + table)
        archive.writestr("Metadata_Country_API_x.csv", "a,b\n")
    reading = read(write(tmp_path, data.getvalue(), "API_x.zip"))
    assert [(o.reporting_area, o.period, o.value, o.flow.value) for o in reading.observations] == [
        ("KAZ", "2022", 500.0, "imports"),
        ("WLD", "2022", 7.0, "imports"),
        ("WLD", "2023", 8.0, "imports"),
    ]
    assert {o.vintage for o in reading.observations} == {"2026-07-01"}
    assert {o.indicator for o in reading.observations} == {"remittances"}


# SIPRI, KNOMAD


def test_sipri_register_as_downloaded(tmp_path: Path) -> None:
    reading = read(write(tmp_path, files.SIPRI_REGISTER))
    rows = {(o.counterpart_area, o.period): o for o in reading.observations}
    assert reading.reader == "sipri-register"
    # 12 over two years, and 2 of another order in the second of them.
    assert {key: o.quantity for key, o in rows.items()} == {
        ("RUS", "2017"): 6e6,
        ("RUS", "2018"): 8e6,
        ("OTH", "2018"): 2e6,
    }
    assert rows["RUS", "2017"].status is ObservationStatus.ESTIMATED
    assert rows["RUS", "2018"].row == "file.csv:5,6"
    assert reasons(reading) == [
        ", line 8: unknown area 'unknown rebel group*'",
        ", line 9: no year in ''",
    ]


def test_knomad_matrix(tmp_path: Path) -> None:
    reading = read(write(tmp_path, files.KNOMAD))
    rows = by_pair(reading)
    assert rows["KGZ", "RUS", "imports"].quantity == 800.5e6
    assert rows["TJK", "RUS", "imports"].quantity == 1.2e9
    assert rows["WLD", "RUS", "imports"].quantity == 9e9
    assert ("TJK", "TJK", "imports") not in rows
    assert ("TJK", "KAZ", "imports") not in rows  # an empty cell is missing, not zero
    assert rows["KGZ", "RUS", "imports"].period == "2021"
    assert reasons(reading) == [", line 2: unknown area 'Ruritania' (column 4)"]


# Votes


def test_votes_with_their_roll_calls_beside(tmp_path: Path) -> None:
    (tmp_path / "un_roll_calls.csv").write_text(files.UN_ROLL_CALLS)
    (tmp_path / "un_roll_call_issues.csv").write_text(files.UN_ISSUES)
    reading = read(write(tmp_path, files.UN_VOTES, "un_votes.csv"))
    assert [(v.area, v.resolution, v.choice) for v in reading.votes] == [
        ("KAZ", "R/74/7", Choice.YES),
        ("RUS", "R/74/7", Choice.NO),
        ("KAZ", "R/74/8 #2", Choice.ABSTAIN),
        ("RUS", "R/74/8 #2", Choice.YES),
        ("KAZ", "R/74/8 #3", Choice.YES),
    ]
    assert reading.votes[0].issues == ("Nuclear weapons", "Human rights")
    assert (reading.votes[0].session, reading.votes[0].date) == (74, "2019-11-07")
    assert reasons(reading) == [
        ", line 7: roll call '9' is not described",
        ", line 8: 'RR' is not a state that we know",
        ", line 9: 'maybe' is not a vote",
    ]


def test_votes_without_their_roll_calls(tmp_path: Path) -> None:
    assert "put un_roll_calls.csv into the same folder" in refusal(write(tmp_path, files.UN_VOTES, "un_votes.csv"))


def test_votes_in_voetens_own_form(tmp_path: Path) -> None:
    reading = read(write(tmp_path, gzip.compress(files.VOETEN.encode()), "UNVotes.csv.gz"))
    assert [(v.area, v.choice, v.date) for v in reading.votes] == [
        ("KAZ", Choice.YES, "2001-12-03"),
        ("RUS", Choice.NO, "2001-12-03"),
        ("YUG", Choice.ABSENT, "2001-12-03"),
    ]
    assert reading.votes[0].issues == ("Nuclear weapons and nuclear material",)
    assert reading.missing == 1  # no member yet


def test_votes_with_a_column_a_state(tmp_path: Path) -> None:
    text = (
        "rcid,session,date,unres,US,CN,KZ,issues\n"
        "5,60,2005-11-01,R/60/5,no,yes,,Colonialism; Human rights\n"
        "5,60,2005-11-01,R/60/5,no,yes,,\n"
    )
    reading = read(write(tmp_path, text))
    assert [(v.area, v.choice.value, v.issues, v.row) for v in reading.votes] == [
        ("USA", "no", ("Colonialism", "Human rights"), "file.csv:2 US"),
        ("CHN", "yes", ("Colonialism", "Human rights"), "file.csv:2 CN"),
    ]
    assert reasons(reading) == [", line 3: roll call '5' stands in line 2 already"]


# The Factbook


def test_factbook_in_its_own_form(tmp_path: Path) -> None:
    partners = "China 16%, UK 15.5%, Gambia, The 4%, Korea, South 3% (2023)"
    data = {
        "Government": {"Country name": {"conventional short form": {"text": "Kazakhstan"}}},
        "Economy": {"Imports - partners": {"text": partners, "note": "top partners"}},
    }
    reading = read(write(tmp_path, json.dumps(data), "kz.json"))
    assert [(o.counterpart_area, o.value, o.period) for o in reading.observations] == [
        ("CHN", 16.0, "2023"),
        ("GBR", 15.5, "2023"),
        ("GMB", 4.0, "2023"),
        ("KOR", 3.0, "2023"),
    ]
    assert {o.unit for o in reading.observations} == {"percent"}


# The template and mappings


HEAD = template().strip()


def test_the_template(tmp_path: Path) -> None:
    text = (
        HEAD
        + "\nKAZ,CHN,goods,exports,2023-01/2023-09,1.5,USD,9,FOB,P,My source\n"
        + "Kazakhstan,,gdp,none,2023,2,USD,11,,,My source\n"
    )
    reading = read(write(tmp_path, text), vintage="2026-01-02", retrieved="2026-11-26")
    assert reading.problems == []
    assert [(o.counterpart_area, o.period, o.quantity, o.status.value, o.vintage) for o in reading.observations] == [
        ("CHN", "2023-01/2023-09", 1.5e9, "P", "2026-01-02"),
        (None, "2023", 2e11, "A", "2026-01-02"),
    ]


def test_the_template_with_the_columns_that_it_must_have(tmp_path: Path) -> None:
    path = write(tmp_path, "reporting_area,indicator,period,value,unit\nKAZ,gdp,2023,2,USD\n")
    (row,) = read(path, source="Example Office").observations
    assert (row.counterpart_area, row.flow, row.quantity, row.source) == (None, Flow.NONE, 2.0, "Example Office")


MAPPING = """
name = "customs"
title = "Customs"
columns = ["Год", "Страна", "Вывоз"]
encoding = "cp1251"
source = "Customs of Somewhere"
period = { column = "Год" }
reporting_area = "KAZ"
counterpart_area = { column = "Страна", scheme = "name" }
indicator = "goods"
unit = "USD"
unit_multiplier = 3
[[value]]
column = "Вывоз"
flow = "exports"
"""


def test_a_mapping_of_the_users_own(tmp_path: Path) -> None:
    mapping = write(tmp_path, MAPPING, "customs.toml")
    path = write(tmp_path, "Год;Страна;Вывоз\n2023;Китай;10.5\n2023;Рурития;3\n2023;Всего;20\n".encode("cp1251"))
    reading = read(path, mapping=mapping)
    assert [(o.counterpart_area, o.quantity) for o in reading.observations] == [("CHN", 10_500.0), ("WLD", 20_000.0)]
    assert reasons(reading) == [", line 3: unknown area 'Рурития'"]


def test_a_mapping_with_a_fault_names_the_field(tmp_path: Path) -> None:
    mapping = write(tmp_path, MAPPING.replace("title", "titel"), "customs.toml")
    with pytest.raises(StatisticsError, match=r"customs\.toml: .*titel"):
        read(write(tmp_path, "a,b\n"), mapping=mapping)


def test_the_shipped_mapping_template_works(tmp_path: Path) -> None:
    from multivector.statistics import mapping_template

    mapping = write(tmp_path, mapping_template(), "m.toml")
    path = write(tmp_path, "year,partner,exports_thousand_usd,imports_thousand_usd\n2023,China,5,6\n")
    assert [(o.flow.value, o.quantity) for o in read(path, mapping=mapping).observations] == [
        ("exports", 5000.0),
        ("imports", 6000.0),
    ]


# Odd rows


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("KAZ,CHN,goods,exports,2023,-5,USD,0,,,S", "goods of -5 USD: less than 0"),
        ('KAZ,CHN,goods,exports,2023,"1,5",USD,0,,,S', "'1,5' is not a number"),
        ("KAZ,CHN,goods,exports,2023,1e400,USD,0,,,S", "too large"),
        ("KAZ,CHN,goods,exports,2023,5,USD,15,,,S", "is more than there is"),
        ("KAZ,CHN,goods,exports,2023,5,kg,0,,,S", "goods in the unit 'kg'"),
        ("KAZ,CHN,arms,imports,2023,5,USD,0,,,S", "arms in the unit 'USD'"),
        ("KAZ,CHN,goods,exports,1023,5,USD,0,,,S", "the year 1023 is before 1800"),
        ("KAZ,CHN,goods,exports,2093,5,USD,0,,,S", "the year 2093 has not come yet"),
        ("KAZ,CHN,goods,exports,soon,5,USD,0,,,S", "'soon' is not a period"),
        ("KAZ,Ruritania,goods,exports,2023,5,USD,0,,,S", "unknown area 'Ruritania'"),
        (",CHN,goods,exports,2023,5,USD,0,,,S", "no area is named"),
        ("OTH,CHN,goods,exports,2023,5,USD,0,,,S", "the reporting area is no area"),
        ("KAZ,KAZ,goods,exports,2023,5,USD,0,,,S", "KAZ beside itself"),
        ("KAZ,CHN,goods,exports,2023,5,USD,0,,,", "no source is named"),
        ("KAZ,CHN,goods,exports,2023,5,USD,0,,,S,last week", "the vintage 'last week' is not a date"),
        ("KAZ,CHN,goods,sideways,2023,5,USD,0,,,S", "'sideways' is not one of exports"),
        ("KAZ,CHN,goods,exports,2023,5,USD,many,,,S", "'many' is not a power of ten"),
        ("KAZ,CHN,goods,exports,2023,5,USD,0,,,S,,extra", "13 cells, where the header has 12"),
    ],
)
def test_an_odd_row_is_named_with_its_line_and_left_out(tmp_path: Path, row: str, reason: str) -> None:
    text = f"{HEAD}\nKAZ,RUS,goods,exports,2023,7,USD,0,,,S\n{row}\n"
    reading = read(write(tmp_path, text))
    assert [o.value for o in reading.observations] == [7.0]
    (problem,) = reading.problems
    assert problem.line == 3
    assert reason in problem.reason


def test_an_empty_value_is_missing_and_not_zero(tmp_path: Path) -> None:
    text = f"{HEAD}\nKAZ,RUS,goods,exports,2023,,USD,0,,,S\nKAZ,CHN,goods,exports,2023,0,USD,0,,,S\n"
    reading = read(write(tmp_path, text))
    assert [(o.counterpart_area, o.value) for o in reading.observations] == [("CHN", 0.0)]
    assert (reading.missing, reading.problems) == (1, [])


def test_a_row_that_stands_twice(tmp_path: Path) -> None:
    row = "KAZ,RUS,goods,exports,2023,{},USD,0,,,S\n"
    reading = read(write(tmp_path, f"{HEAD}\n{row.format(7)}{row.format(7)}"))
    assert [o.value for o in reading.observations] == [7.0]
    assert reasons(reading) == [", line 3: the same as line 2"]
    # Which of two values is right is not guessed.
    reading = read(write(tmp_path, f"{HEAD}\n{row.format(7)}{row.format(8)}"))
    assert reading.observations == []
    assert reasons(reading) == [
        ", line 2: line 3 gives another value for the same",
        ", line 3: line 2 gives another value for the same",
    ]


def test_mixed_units_in_a_series(tmp_path: Path) -> None:
    rows = "".join(f"KAZ,{p},goods,exports,2023,5,USD,0,,,S\n" for p in ("RUS", "CHN", "TUR"))
    reading = read(write(tmp_path, f"{HEAD}\n{rows}KAZ,DEU,goods,exports,2023,5,EUR,0,,,S\n"))
    assert len(reading.observations) == 3
    assert reasons(reading) == [", line 5: in EUR, where the other rows of this series are in USD"]
    # The same value in two units is a service, not a mistake.
    reading = read(write(tmp_path, f"{HEAD}\n{rows}KAZ,RUS,goods,exports,2023,4,EUR,0,,,S\n"))
    assert len(reading.observations) == 4


# Bad files


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"<!DOCTYPE html><html><body>Too many requests</body></html>", "a web page instead of data"),
        (b"\n<HTML><head></head></HTML>", "a web page instead of data"),
        (b"\x00\x01\x02\x03binary", "not a text"),
        (b"\x1f\x8b\x08\x00broken", "a damaged archive"),
        (b"PK\x03\x04broken", "a damaged archive"),
        (b'{"data": [', "not JSON"),
        (b'{"some": "thing"}', "JSON of a form that we do not read"),
        (b'{"statusCode": 401, "message": "Access denied"}', "error instead of data: Access denied"),
        (b"<?xml version='1.0'?><feed/>", "XML with the root feed"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        (b"<a><b></a>", "not XML"),
        (b"name,age\nAnna,5\n", "a table of a form that we do not know; it begins with the columns name, age"),
        (b"just words\n", "a table of a form that we do not know"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in refusal(write(tmp_path, content))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "nothing.csv")
    assert "a folder" in refusal(tmp_path)


def test_a_wrong_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    text = f"{HEAD}\nKAZ,RUS,goods,exports,2023,7,USD,0,,,S\nКазахстан,RUS,goods,exports,2022,7,USD,0,,,S\n"
    path = write(tmp_path, text.encode("cp1251"))
    with pytest.raises(StatisticsError, match=r"file\.csv, line 3: not in UTF-8"):
        read(path)
    with pytest.raises(StatisticsError, match="no such encoding"):
        read(path, encoding="klingon")
    assert len(read(path, encoding="cp1251").observations) == 2


def test_utf_16_says_what_it_is(tmp_path: Path) -> None:
    text = f"{HEAD}\nКазахстан,RUS,goods,exports,2022,7,USD,0,,,S\n"
    assert read(write(tmp_path, text.encode("utf-16"))).observations[0].reporting_area == "KAZ"


def test_a_named_reader_must_fit(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEAD}\nKAZ,RUS,goods,exports,2023,7,USD,0,,,S\n")
    assert read(path, reader="template").reader == "template"
    assert "expected the columns Recipient" in refusal(path, reader="sipri-register")
    assert "not of the form comtrade-csv" in refusal(path, reader="comtrade-csv")
    with pytest.raises(StatisticsError, match="no such reader"):
        read(path, reader="crystal-ball")


def test_every_reader_has_a_name_of_its_own() -> None:
    names = [reader.name for reader in readers()]
    assert len(names) == len(set(names)) > 25


def test_a_workbook(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    path = write(
        tmp_path,
        workbook(
            [
                [cell or None for cell in line.split(",")]
                for line in (
                    "Receiving country (across) - sending country (down),Kyrgyzstan,Tajikistan,Georgia",
                    "Russia,800.5,1200,3",
                )
            ]
        ),
        "bilateral_2021.xlsx",
    )
    reading = read(path)
    assert [(o.reporting_area, o.quantity, o.row) for o in reading.observations] == [
        ("KGZ", 800.5e6, "bilateral_2021.xlsx:2 Kyrgyzstan"),
        ("TJK", 1.2e9, "bilateral_2021.xlsx:2 Tajikistan"),
        ("GEO", 3e6, "bilateral_2021.xlsx:2 Georgia"),
    ]


def workbook(rows: list[list[str | None]]) -> bytes:
    """A workbook of one sheet, as small as the format allows."""

    def cell(text: str | None) -> str:
        if text is None:
            return "<c/>"
        number = text.replace(".", "").isdigit()
        return f"<c><v>{text}</v></c>" if number else f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    def relation(kind: str, target: str) -> str:
        inner = f'<Relationship Id="r1" Type="{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{package}relationships">{inner}</Relationships>'

    schemas = "http://schemas.openxmlformats.org/"
    package, office = f"{schemas}package/2006/", f"{schemas}officeDocument/2006/relationships"
    main = f'xmlns="{schemas}spreadsheetml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": relation(f"{office}/officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": relation(f"{office}/worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{lines}</sheetData></worksheet>",
    }
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()
