"""SDMX: structure-specific XML of version 2.1, CSV of versions 1 and 2, and Eurostat's TSV; dimensions to our fields.

SCALE in the IMF's trade statistics (IMTS) is how its portal shows a value, not what the value is to be multiplied by:
values are plain US dollars although SCALE says 6. `UNIT_MULT`, SDMX's own concept, is obeyed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.parsers import expat

from multivector.errors import StatisticsError
from multivector.record import Flow, ObservationStatus, Valuation
from multivector.statistics._areas import Scheme
from multivector.statistics._build import Builder, OddError, Row, number
from multivector.statistics._data import data_text
from multivector.statistics._files import Content
from multivector.statistics._indicators import CURRENCY, of_provider
from multivector.statistics._tables import Table
from multivector.statistics._types import Given, Reading

_SCHEMES = {"IMF": Scheme.IMF, "EUROSTAT": Scheme.EUROSTAT, "ESTAT": Scheme.EUROSTAT}
_PLAIN = ("IMTS", "DOT")
"""Data sets of the IMF whose SCALE is known to be for show alone."""
_NAMES = {"IMF": "IMF", "EUROSTAT": "Eurostat", "ESTAT": "Eurostat", "WB": "World Bank", "WBG_WITS": "World Bank WITS"}


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Which of a data set's dimensions and attributes is which of our fields, and whose data set it is."""

    agency: str
    scheme: Scheme
    roles: Mapping[str, str]
    others: tuple[str, ...]

    @staticmethod
    def of(names: Sequence[str], agency: str) -> Dimensions | None:
        """The fields among `names`, or None when no areas report in this data set."""
        wanted: dict[str, list[str]] = _file()["dimensions"]
        upper = {name.upper(): name for name in reversed(names)}
        roles: dict[str, str] = {}
        for role, known in wanted.items():
            if role != "silent" and (found := next((upper[name] for name in known if name in upper), None)) is not None:
                roles[role] = found
        if "reporting" not in roles or "time" not in roles:
            return None
        silent = {*wanted["silent"], *(name for known in wanted.values() for name in known)}
        others = tuple(name for name in names if name.upper() not in silent)
        key = agency.upper().partition(".")[0]
        return Dimensions(_NAMES.get(key, agency), _SCHEMES.get(key, Scheme.AUTO), roles, others)


def sdmx_row(
    build: Builder, line: int, place: str | None, key: Mapping[str, str], value: float, flags: str, dims: Dimensions
) -> None:
    """Take one observation with the codes of its dimensions and attributes by name, or name what is wrong with it."""

    def get(role: str) -> str:
        return key.get(dims.roles.get(role, ""), "").strip()

    try:
        status = _status(get("status") or flags)
        if status is ObservationStatus.MISSING:
            build.missing += 1
            return
        scale = key.get("SCALE", "0")
        scaled = dims.agency == "IMF" and scale not in ("", "0", "Units") and not build.source.endswith(_PLAIN)
        if scaled and build.given.unit_multiplier is None:
            raise OddError(f"SCALE is {scale}, and whether the IMF multiplied is not known; give --unit-multiplier")
        what = _what(get, key, dims)
        row = Row(
            reporting=get("reporting"),
            counterpart=get("counterpart") if "counterpart" in dims.roles else None,
            indicator=what.indicator,
            flow=what.flow,
            period=get("time"),
            value=value,
            unit=what.unit,
            reporting_scheme=dims.scheme,
            counterpart_scheme=dims.scheme,
            unit_multiplier=what.multiplier,
            valuation=what.valuation,
            status=status,
        )
    except OddError as error:
        build.problem(line, str(error))
        return
    build.add(line, row, place)


@dataclass(frozen=True, slots=True)
class _What:
    indicator: str
    flow: Flow
    unit: str
    multiplier: int
    valuation: Valuation


def _what(get: Any, key: Mapping[str, str], dims: Dimensions) -> _What:
    """What is counted, in which unit, by the codes of a row."""
    file = _file()
    code, flow_code, product = get("indicator"), get("flow").upper(), get("product")
    total = product.upper() in file["products"]["total"] or not product
    flow = next((Flow(way) for way, codes in file["flows"].items() if flow_code in codes), Flow.NONE)
    unit, multiplier = "", 0
    for each in (code, get("unit")):
        known = file["units"].get(each)
        if known is not None:
            unit, multiplier = known[0], int(known[1])
        elif CURRENCY.fullmatch(each) and not unit:
            unit = each
    told = get("multiplier")
    if told:
        if not re.fullmatch(r"-?\d{1,2}", told):
            raise OddError(f"{told[:40]!r} is not a power of ten")
        multiplier = int(told)
    if dims.agency == "IMF" and code:
        indicator, way = of_provider("imf", code)
        if (match := re.search(r"_([A-Z]{3})$", code)) and not unit:
            unit = match[1]
        return _What(indicator, way if way is not Flow.NONE else flow, unit or "index", multiplier, _valuation(code))
    trade = flow is not Flow.NONE and "counterpart" in dims.roles
    if trade and unit and (code in file["units"] or not code):
        indicator = "goods" if total else f"goods:{product}"
        # Eurostat's statistics of trade in goods value imports CIF, exports FOB.
        valuation = Valuation.FOB if flow is Flow.EXPORTS else Valuation.CIF
        return _What(indicator, flow, unit, multiplier, valuation if dims.agency == "Eurostat" else Valuation.UNKNOWN)
    rest = [code, flow_code if flow is Flow.NONE else "", product, *(key.get(name, "") for name in dims.others)]
    name = ":".join([dims.agency.lower() or "sdmx", ".".join(part for part in rest if part) or "value"])
    return _What(name, flow, unit or get("unit") or "index", multiplier, Valuation.UNKNOWN)


def _valuation(code: str) -> Valuation:
    return Valuation.FOB if "FOB" in code else Valuation.CIF if "CIF" in code else Valuation.UNKNOWN


def _status(flags: str) -> ObservationStatus:
    """The worst that the flags say: missing, unreliable, estimated, provisional."""
    known: dict[str, str] = _file()["statuses"]
    flags = flags.strip()
    if len(flags) == 1 and flags.isupper() and flags in ObservationStatus:
        return ObservationStatus(flags)
    found = {known.get(flag, "A") for flag in (flags.lower() or [""])}
    return next((ObservationStatus(code) for code in "MUEIPFBA" if code in found), ObservationStatus.NORMAL)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(data_text("sdmx.toml"))


# XML


def is_xml(content: Content) -> bool:
    """Whether the content looks like XML."""
    return content.start[:1] == b"<"


def read_xml(content: Content, given: Given) -> Reading:
    """Read a structure-specific data message of SDMX-ML 2.1. Raises StatisticsError for other XML."""
    return _Message(content, given).read()


class _Message:
    """One pass over a message: series hold attributes, observations theirs."""

    def __init__(self, content: Content, given: Given) -> None:
        self._content = content
        self._given = given
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._build: Builder | None = None
        self._dimensions: Dimensions | None = None
        self._agency = self._dataflow = self._text = self._error = ""
        self._set: dict[str, str] = {}
        self._groups: list[dict[str, str]] = []
        self._series: dict[str, str] = {}
        self._root = ""
        self._seen = 0
        self._scales: set[str] = set()

    def read(self) -> Reading:
        subject = str(self._content.path)
        try:
            self._parser.Parse(self._content.data, True)
        except expat.ExpatError as error:
            line = f"{subject}, line {error.lineno}"
            raise StatisticsError(line, f"not XML ({expat.ErrorString(error.code)})", "download it again") from None
        if self._error:
            raise StatisticsError(subject, f"the provider's error instead of data: {self._error[:200]}")
        if self._root not in ("StructureSpecificData", "StructureSpecificTimeSeriesData"):
            raise StatisticsError(
                subject,
                f"XML with the root {self._root or 'none'}, not structure-specific data of SDMX-ML 2.1",
                "ask the provider for application/vnd.sdmx.structurespecificdata+xml;version=2.1, or CSV",
            )
        build = self._builder()
        if not self._seen:
            build.problem(
                None,
                "a message without any observations: nothing is reported for what was asked, or a code is unknown"
                " (IMTS knows areas by alpha-3 codes and answers alpha-2 ones with an empty message)",
            )
        return build.finish()

    def _builder(self) -> Builder:
        if self._build is None:
            agency = _NAMES.get(self._agency.upper().partition(".")[0], self._agency)
            vintage = next((self._set[n][:10] for n in ("UPDATE_DATE", "PUBLICATION_DATE") if self._set.get(n)), None)
            source = " ".join(part for part in (agency, self._dataflow) if part) or "SDMX"
            self._build = Builder(
                self._content.path, "sdmx-ml", self._given, source, vintage or self._set.get("Prepared")
            )
        return self._build

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._root = self._root or local
        self._text = ""
        attributes = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        match local:
            case "Ref" if not self._dataflow:
                self._agency, self._dataflow = attributes.get("agencyID", ""), attributes.get("id", "")
            case "Sender" if not self._agency:
                self._agency = attributes.get("id", "")
            case "DataSet":
                self._set |= attributes
                self._groups = []
            case "Group":
                self._groups.append({key: value for key, value in attributes.items() if key != "type"})
            case "Series":
                self._series = attributes
            case "Obs":
                self._observation(attributes)
            case _:
                pass

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "Prepared":
            self._set["Prepared"] = self._text.strip()[:10]
        elif local == "Series":
            self._series = {}
        elif local in ("Text", "ErrorMessage") and self._root in ("Error", "ErrorMessage"):
            self._error += " " + self._text.strip()

    def _words(self, text: str) -> None:
        if len(self._text) < 2000:
            self._text += text

    def _refuse(self, *_: object) -> None:
        raise StatisticsError(str(self._content.path), "XML with a document type, which data do not have")

    def _observation(self, attributes: dict[str, str]) -> None:
        self._seen += 1
        build = self._builder()
        line = self._parser.CurrentLineNumber
        key = self._series | attributes
        for group in self._groups:
            # A group tells of all series that share its dimensions with it.
            if all(key.get(name, value) == value for name, value in group.items()) and group.keys() & key.keys():
                key = group | key
        if self._dimensions is None:
            names = tuple(key)
            self._dimensions = Dimensions.of(names, self._agency)
            if self._dimensions is None:
                raise StatisticsError(
                    str(self._content.path), f"no dimension of areas or time among {', '.join(names)[:200]}"
                )
        place = (
            f"{build.name}:{line} {'.'.join(v for k, v in self._series.items() if k in _key_names(self._dimensions))}"
        )
        try:
            value = number(attributes.get("OBS_VALUE", ""))
        except OddError as error:
            build.problem(line, str(error))
            return
        if value is None:
            build.missing += 1
        else:
            sdmx_row(build, line, f"{place} {attributes.get('TIME_PERIOD', '')}", key, value, "", self._dimensions)


@cache
def _key_roles() -> tuple[str, ...]:
    return ("reporting", "indicator", "counterpart", "flow", "product")


def _key_names(dims: Dimensions) -> frozenset[str]:
    return frozenset(dims.roles[role] for role in _key_roles() if role in dims.roles)


# CSV and TSV


def is_sdmx_csv(names: frozenset[str]) -> bool:
    """Whether these are the columns of SDMX-CSV."""
    return {"time_period", "obs_value"} <= names


def read_csv(content: Content, table: Table, given: Given) -> Reading:
    """Read SDMX-CSV 1.0 (a column DATAFLOW) or 2.0 (STRUCTURE, STRUCTURE_ID)."""
    # With labels a column is called `geo: Geopolitical entity` and a cell holds `KZ: Kazakhstan`.
    names = [name.strip().partition(":")[0].strip() for name in table.header]
    upper = [name.upper() for name in names]
    build = Builder(content.path, "sdmx-csv", given)
    flow_at = next((upper.index(name) for name in ("DATAFLOW", "STRUCTURE_ID", "DATASET") if name in upper), None)
    updated_at = next((upper.index(name) for name in ("LAST UPDATE", "UPDATE_DATE") if name in upper), None)
    value_at = upper.index("OBS_VALUE")
    labelled = any(":" in name for name in table.header)
    dimensions: Dimensions | None = None
    for line, cells in table.rows(given.encoding):
        if len(cells) != len(names):
            build.problem(line, f"{len(cells)} cells, where the header has {len(names)}")
            continue
        if labelled:
            cells = [cell.partition(": ")[0] for cell in cells]
        if dimensions is None:
            agency, dataflow = _dataflow(cells[flow_at] if flow_at is not None else "")
            build.source = f"{_NAMES.get(agency.upper().partition('.')[0], agency)} {dataflow}".strip() or "SDMX"
            if updated_at is not None:
                build.vintage = _updated(cells[updated_at])
            dimensions = Dimensions.of(names, agency)
            if dimensions is None:
                raise StatisticsError(str(content.path), f"no dimension of areas among {', '.join(names)[:200]}")
        try:
            value = number(cells[value_at])
        except OddError as error:
            build.problem(line, str(error))
            continue
        if value is None:
            build.missing += 1
        else:
            sdmx_row(build, line, None, dict(zip(names, cells, strict=True)), value, "", dimensions)
    if dimensions is None:
        build.problem(None, "a header and no rows: nothing is reported for what was asked, or a code is unknown")
    return build.finish()


_DATAFLOW = re.compile(r"(?:([\w.]+):)?([\w-]+)(?:\(([\w.+]*)\))?")


def _dataflow(text: str) -> tuple[str, str]:
    """Agency and id in `ESTAT:EXT_LT_MAINEU(1.0)`."""
    match = _DATAFLOW.match(text.strip())
    return (match[1] or "", match[2]) if match else ("", text.strip())


_SHORT_DATE = re.compile(r"(\d\d)/(\d\d)/(\d\d) .*")


def _updated(text: str) -> str | None:
    """Eurostat's `25/08/26 11:00:00`, or a date of ISO 8601."""
    if match := _SHORT_DATE.fullmatch(text.strip()):
        day, month, year = match.groups()
        return f"20{year}-{month}-{day}"
    return text.strip()[:10] or None


def is_eurostat_tsv(content: Content) -> bool:
    """Whether the content is Eurostat's TSV: dimensions joined by commas, a backslash, the periods as columns."""
    first = content.start.partition(b"\n")[0]
    return b"\\TIME_PERIOD\t" in first or b"\\time\t" in first or b"\\TIME\t" in first


def read_tsv(content: Content, given: Given) -> Reading:
    """Read Eurostat's TSV, whose cells hold a value and flags (`12.3 p`, `:`, `: c`)."""
    build = Builder(content.path, "eurostat-tsv", given, f"Eurostat {_dataset(content.name)}")
    names: list[str] = []
    periods: list[str] = []
    dimensions: Dimensions | None = None
    for line, text in _lines(content):
        head, *cells = text.split("\t")
        if not names:
            names = head.partition("\\")[0].split(",")
            periods = [cell.strip() for cell in cells]
            dimensions = Dimensions.of((*names, "TIME_PERIOD"), "Eurostat")
            continue
        codes = head.split(",")
        if dimensions is None:
            raise StatisticsError(str(content.path), f"no dimension of areas among {', '.join(names)[:200]}")
        if len(codes) != len(names) or len(cells) > len(periods):
            build.problem(
                line, f"{len(codes)} codes and {len(cells)} cells, where {len(names)} and {len(periods)} belong"
            )
            continue
        for when, cell in zip(periods, cells, strict=False):
            _take_cell(build, line, dict(zip(names, codes, strict=True)), when, cell, dimensions)
    return build.finish()


def _take_cell(build: Builder, line: int, key: dict[str, str], when: str, cell: str, dims: Dimensions) -> None:
    value, _, flags = cell.strip().partition(" ")
    try:
        found = number(value)
    except OddError as error:
        build.problem(line, f"{when}: {error}")
        return
    if found is None:
        build.missing += 1
    else:
        place = f"{build.name}:{line} {when}"
        sdmx_row(build, line, place, key | {"TIME_PERIOD": when}, found, flags, dims)


def _lines(content: Content) -> Iterator[tuple[int, str]]:
    try:
        text = content.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.data.count(b"\n", 0, error.start) + 1
        raise StatisticsError(f"{content.path}, line {line}", "not in UTF-8", "download it again") from None
    for line, row in enumerate(text.splitlines(), 1):
        if row.strip():
            yield line, row


def _dataset(name: str) -> str:
    """The data set by its file's name: `estat_ext_lt_maineu.tsv` is ext_lt_maineu."""
    return name.lower().removeprefix("estat_").partition(".")[0]
