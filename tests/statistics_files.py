"""Small files of statistics in the providers' forms, with figures of our own."""

from __future__ import annotations

import json
from typing import Any

IMF = """<?xml version="1.0" encoding="UTF-8"?>
<message:StructureSpecificData
  xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"
  xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
  xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
<message:Header><message:ID>1</message:ID><message:Prepared>2026-09-02T10:00:00Z</message:Prepared>
<message:Sender id="IMF"/>
<message:Structure><common:StructureUsage><Ref agencyID="IMF.STA" id="IMTS" version="1.0.0"/></common:StructureUsage>
</message:Structure></message:Header>
<message:DataSet UPDATE_DATE="2026-08-31T16:00:00Z">
<Group INDICATOR="XG_FOB_USD" UNIT="USD" TRADE_FLOW="XG" VALUATION="FOB"/>
%s
</message:DataSet></message:StructureSpecificData>"""


def imf(*series: str) -> str:
    """An answer of the IMF's interface with these series."""
    return IMF % "\n".join(series)


def imf_series(area: str, partner: str, values: dict[str, str], indicator: str = "XG_FOB_USD", scale: str = "6") -> str:
    obs = "".join(f'<Obs TIME_PERIOD="{p}" OBS_VALUE="{v}"/>' for p, v in values.items())
    return (
        f'<Series COUNTRY="{area}" INDICATOR="{indicator}" COUNTERPART_COUNTRY="{partner}" FREQUENCY="A"'
        f' SCALE="{scale}" METHODOLOGY="IMTS">{obs}</Series>'
    )


def comtrade_row(**fields: Any) -> dict[str, Any]:
    """A row of Comtrade: exports of Kazakhstan to China in 2023 unless told otherwise."""
    return {
        "typeCode": "C",
        "freqCode": "A",
        "period": "2023",
        "reporterCode": 398,
        "flowCode": "X",
        "partnerCode": 156,
        "partner2Code": 0,
        "classificationSearchCode": "HS",
        "cmdCode": "TOTAL",
        "customsCode": "C00",
        "motCode": 0,
        "cifvalue": None,
        "fobvalue": 1500.0,
        "primaryValue": 1500.0,
        "isReported": False,
        "isAggregate": True,
    } | fields


def comtrade(*rows: dict[str, Any]) -> str:
    return json.dumps({"elapsedTime": "0.1 secs", "count": len(rows), "data": rows, "error": ""})


def world_bank(*values: tuple[str, str, float | None], indicator: str = "NY.GDP.MKTP.CD") -> str:
    rows = [
        {
            "indicator": {"id": indicator, "value": "?"},
            "country": {"id": "??", "value": area},
            "countryiso3code": area,
            "date": year,
            "value": value,
        }
        for area, year, value in values
    ]
    return json.dumps([{"page": 1, "pages": 1, "per_page": 25000, "lastupdated": "2026-07-01"}, rows])


def json_stat(partners: list[str], values: dict[str, float], flags: dict[str, str] | None = None) -> str:
    """Germany's exports and imports by partner in 2023: the place of a value is flow * partners + partner."""

    def dimension(*codes: str) -> dict[str, Any]:
        return {"category": {"index": {code: place for place, code in enumerate(codes)}}}

    return json.dumps(
        {
            "version": "2.0",
            "class": "dataset",
            "source": "ESTAT",
            "updated": "2026-01-08T11:00:00+0100",
            "id": ["freq", "reporter", "flow", "partner", "product", "indicators", "time"],
            "size": [1, 1, 2, len(partners), 1, 1, 1],
            "dimension": {
                "freq": dimension("A"),
                "reporter": dimension("DE"),
                "flow": dimension("2", "1"),
                "partner": dimension(*partners),
                "product": dimension("TOTAL"),
                "indicators": dimension("VALUE_EUR"),
                "time": dimension("2023"),
            },
            "value": values,
            "status": flags or {},
            "extension": {"id": "DS-059341"},
        }
    )


SIPRI_REGISTER = """\
Transfers of major weapons: deals with deliveries or orders made for 2000 to 2024
The information is from the SIPRI Arms Transfers Database

Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,Number delivered,,\
Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons
Kazakhstan,Russia,2015,,4,,Type A,fighter,4,,2017; 2018,New,Côte version,3,12,12
Kazakhstan,Russia,2016,,2,,Type B,tank,2,,2018,New,,1,2,2
Kazakhstan,Unknown supplier(s),2016,,2,,Type C,gun,2,,2018,New,,1,2,2
unknown rebel group*,Russia,2016,,2,,Type C,gun,2,,2018,New,,1,2,2
Kazakhstan,Spain,2019,,2,,Type D,aircraft,,,,New,,5,10,0
""".encode("latin-1")

KNOMAD = """\
"Bilateral Remittance Estimates for 2021 (millions of US$)",,,,
"Remittance-receiving country (across) - Remittance-sending country (down) ",Kyrgyz Republic,Tajikistan,Ruritania,WORLD
Russian Federation,800.5,1200,3,9000
Kazakhstan,20,,0,100
Tajikistan,1,0,0,5
WORLD,900,1300,3,0
"Note: estimates",,,,
"""

UN_VOTES = """rcid,country,country_code,vote
1,Kazakhstan,KZ,yes
1,Russian Federation,RU,no
2,Kazakhstan,KZ,abstain
2,Russian Federation,RU,yes
3,Kazakhstan,KZ,yes
9,Kazakhstan,KZ,yes
2,Ruritania,RR,yes
1,China,CN,maybe
"""
UN_ROLL_CALLS = """rcid,session,importantvote,date,unres,amend,para,short,descr
1,74,0,2019-11-07,R/74/7,0,0,A,B
2,74,1,2019-11-08,R/74/8,0,0,A,B
3,74,0,2019-11-09,R/74/8,1,0,A,B
"""
UN_ISSUES = """rcid,short_name,issue
1,nu,Nuclear weapons
1,hr,Human rights
"""
VOETEN = """rcid,ccode,member,vote,Country,year,session,date,unres,me,nu,di,hr,co,ec
100,705,1,1,Kazakhstan,2001,56,12/3/2001,R/56/1,0,1,0,0,0,0
100,365,1,3,Russia,2001,56,12/3/2001,R/56/1,0,1,0,0,0,0
100,345,1,8,Yugoslavia,2001,56,12/3/2001,R/56/1,0,1,0,0,0,0
100,2,0,9,United States,2001,56,12/3/2001,R/56/1,0,1,0,0,0,0
"""
