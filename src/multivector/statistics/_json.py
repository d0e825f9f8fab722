"""Providers' answers in JSON: UN Comtrade, World Bank, JSON-stat (Eurostat), CIA Factbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, cast

import msgspec

from multivector.errors import StatisticsError
from multivector.record import Flow, ObservationStatus, Valuation
from multivector.statistics._areas import Scheme
from multivector.statistics._build import Builder, Row
from multivector.statistics._files import Content
from multivector.statistics._indicators import of_provider
from multivector.statistics._sdmx import Dimensions, sdmx_row
from multivector.statistics._types import Given, Reading

Object = Mapping[str, Any]


def is_json(content: Content) -> bool:
    """Whether the content looks like JSON."""
    return content.start[:1] in (b"{", b"[")


def read_json(content: Content, given: Given) -> Reading:
    """Read an answer in JSON by its shape. Raises StatisticsError for JSON that is none of those that we read."""
    try:
        data: object = msgspec.json.decode(content.data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise StatisticsError(str(content.path), f"not JSON: {error}", "it may be cut off: download it again") from None
    if isinstance(data, dict):
        found = cast("Object", data)
        if isinstance(found.get("data"), list) and ("elapsedTime" in found or "count" in found):
            return _comtrade(content, found, given)
        if found.get("class") == "dataset" or ("dimension" in found and "value" in found):
            return _jsonstat(content, found, given)
        if countries := _factbook(found):
            return _read_factbook(content, countries, given)
        if message := found.get("message") or found.get("error") or found.get("statusMessage"):
            raise StatisticsError(str(content.path), f"the provider's error instead of data: {str(message)[:200]}")
    if isinstance(data, list):
        answer = cast("list[Any]", data)
        if answer and isinstance(answer[0], dict):
            return _world_bank(content, answer, given)
    raise StatisticsError(
        str(content.path), "JSON of a form that we do not read", "docs/statistics.md lists the forms that are read"
    )


# UN Comtrade

_COMTRADE_FLOWS = {
    "M": Flow.IMPORTS,
    "X": Flow.EXPORTS,
}
"""Re-exports, re-imports and finer flows are parts of these two, and left out."""
_CUTS = frozenset({500, 100_000, 250_000})
"""The most rows of an answer: without a key, with one, with a paid one."""
_PART_FLOWS = frozenset({"RX", "RM", "FM", "DX", "MIP", "MOP", "XIP", "XOP"})


def _comtrade(content: Content, data: Object, given: Given) -> Reading:
    build = Builder(content.path, "comtrade-json", given, lines=False)
    if data.get("error"):
        raise StatisticsError(str(content.path), f"the provider's error instead of data: {str(data['error'])[:200]}")
    if not data["data"]:
        build.problem(None, "an answer without any rows: nothing is reported for what was asked, or a code is unknown")
    if len(data["data"]) in _CUTS:
        build.problem(None, f"exactly {len(data['data']):,} rows, where Comtrade cuts an answer: ask for less at once")
    for number, row in enumerate(cast("list[Object]", data["data"]), 1):
        place = f"{build.name}:data[{number - 1}]"
        if isinstance(cast("object", row), dict):
            take_comtrade(build, number, {name: _text(value) for name, value in row.items()}, place)
        else:
            build.problem(number, "not a row of Comtrade")
    return build.finish()


def take_comtrade(build: Builder, line: int, row: Mapping[str, str], place: str) -> None:
    """Take a row of Comtrade, of which `row` has the fields by their names in its API."""

    def get(name: str) -> str:
        return row.get(name, "").strip()

    flow = get("flowCode")
    if flow in _PART_FLOWS:
        return
    if flow not in _COMTRADE_FLOWS:
        build.problem(line, f"flow {flow[:40]!r} is not M or X")
        return
    # Rows by mode of transport, customs procedure, or second partner are parts of the row with the totals.
    parts = (get("motCode") or "0", get("customsCode") or "C00", get("partner2Code") or "0")
    if parts != ("0", "C00", "0"):
        build.missing += 1
        return
    way = _COMTRADE_FLOWS[flow]
    value, valuation = _comtrade_value(get, way)
    if value is None:
        build.missing += 1
        return
    commodity, kind, list_ = get("cmdCode"), get("typeCode") or "C", get("classificationSearchCode") or "HS"
    total = commodity.upper() == "TOTAL"
    indicator = ("goods" if kind == "C" else "services") if total else f"comtrade:{list_}:{commodity}"
    estimated = get("isReported").lower() in ("false", "0") and get("isAggregate").lower() in ("false", "0")
    build.add(
        line,
        Row(
            reporting=get("reporterCode") or get("reporterISO"),
            counterpart=get("partnerCode") or get("partnerISO"),
            indicator=indicator,
            flow=way,
            period=get("period") or get("refYear"),
            value=value,
            unit="USD",
            reporting_scheme=Scheme.COMTRADE,
            counterpart_scheme=Scheme.COMTRADE,
            valuation=valuation,
            status=ObservationStatus.ESTIMATED if estimated else ObservationStatus.NORMAL,
            source=f"UN Comtrade {kind}/{get('freqCode') or 'A'}/{list_}",
        ),
        place,
    )


def _comtrade_value(get: Any, flow: Flow) -> tuple[float | None, Valuation]:
    """The primary value and how it is valued: as the value that it repeats, which Comtrade gives beside it."""
    primary = _float(get("primaryValue"))
    cif, fob = _float(get("cifvalue")), _float(get("fobvalue"))
    if primary is None:
        return None, Valuation.UNKNOWN
    if flow is Flow.IMPORTS and cif == primary:
        return primary, Valuation.CIF
    if fob == primary:
        return primary, Valuation.FOB
    return primary, Valuation.CIF if cif == primary else Valuation.UNKNOWN


# World Bank


def _world_bank(content: Content, answer: Sequence[Any], given: Given) -> Reading:
    head = cast("Object", answer[0])
    if messages := cast("list[Object] | None", head.get("message")):
        told = "; ".join(f"{m.get('key', '')}: {m.get('value', '')}" for m in messages)
        raise StatisticsError(str(content.path), f"the World Bank's error instead of data: {told[:200]}")
    vintage = str(head.get("lastupdated") or "") or None
    build = Builder(content.path, "worldbank-json", given, "World Bank WDI", vintage, lines=False)
    rows: object = answer[1] if len(answer) > 1 else None
    pages = head.get("pages")
    if isinstance(pages, int) and pages > 1:
        build.problem(
            None, f"page {head.get('page')} of {pages}: the other pages are missing (ask with per_page=25000)"
        )
    if not isinstance(rows, list) or not rows:
        build.problem(None, "an answer without any rows: nothing is reported for what was asked, or a code is unknown")
        return build.finish()
    for number, row in enumerate(cast("list[Object]", rows), 1):
        place = f"{build.name}:[1][{number - 1}]"
        indicator, country = cast("Object", row.get("indicator") or {}), cast("Object", row.get("country") or {})
        if (value := row.get("value")) is None:
            build.missing += 1
            continue
        if not isinstance(value, int | float):
            build.problem(number, f"{str(value)[:40]!r} is not a number")
            continue
        # Some aggregates have no alpha-3 code; their own two characters are no ISO code, so the name tells.
        area = str(row.get("countryiso3code") or country.get("value") or "")
        take_world_bank(
            build, number, place, str(indicator.get("id", "")), area, str(row.get("date", "")), float(value)
        )
    return build.finish()


_WORLD = frozenset({"WLD", "1W", "World"})
_UNITS = ((re.compile(r"\.(CD|CN|WT|WD)(\.|$)"), "USD"), (re.compile(r"\.(ZS|ZG)(\.|$)"), "percent"))


def take_world_bank(build: Builder, line: int, place: str, code: str, area: str, when: str, value: float) -> None:
    """Take one value of a World Bank indicator, whose unit its code tells (`.CD`: current US dollars)."""
    indicator, flow = of_provider("worldbank", code)
    unit = next((unit for pattern, unit in _UNITS if pattern.search(code)), "index")
    if re.search(r"\.CN(\.|$)", code):
        unit = "national currency"
    build.add(
        line,
        Row(
            reporting=area,
            counterpart=None if flow is Flow.NONE or area in _WORLD else "WLD",
            indicator=indicator,
            flow=flow,
            period=when,
            value=value,
            unit=unit,
            reporting_scheme=Scheme.WORLD_BANK,
        ),
        place,
    )


# JSON-stat


def cells_of(dataset: Object) -> Iterator[tuple[dict[str, str], float, str]]:
    """The cells of a JSON-stat 2.0 data set that have a value: codes by dimension, value, flags.

    Raises ValueError for a data set whose sizes do not fit its dimensions.
    """
    names = cast("list[str]", dataset["id"])
    sizes = cast("list[int]", dataset["size"])
    codes: list[list[str]] = []
    for name, size in zip(names, sizes, strict=True):
        index: Any = dataset["dimension"][name]["category"].get("index")
        labels: Any = dataset["dimension"][name]["category"].get("label") or {}
        order: list[str] = list(index or labels)
        if isinstance(index, dict):
            order.sort(key=cast("dict[str, int]", index).__getitem__)
        if len(order) != size:
            raise ValueError(f"dimension {name} has {len(order)} categories, where its size is {size}")
        codes.append(order)
    values, flags = _sparse(dataset["value"]), _sparse(dataset.get("status") or {})
    if len(values) > prod(sizes):
        raise ValueError(f"{len(values)} values, where the dimensions have room for {prod(sizes)}")
    for place, key in enumerate(product(*codes)):
        value = values.get(str(place))
        if value is not None:
            yield dict(zip(names, key, strict=True)), float(value), str(flags.get(str(place)) or "")


def _sparse(values: Any) -> dict[str, Any]:
    """Values by their places: JSON-stat has them as a list, or as an object of those that there are."""
    if isinstance(values, list):
        return {str(place): value for place, value in enumerate(cast("list[Any]", values))}
    return cast("dict[str, Any]", values)


def _jsonstat(content: Content, data: Object, given: Given) -> Reading:
    extension = cast("Object", data.get("extension") or {})
    dataset = str(extension.get("id") or data.get("label") or "")
    agency = "Eurostat" if str(data.get("source", "")).upper() in ("ESTAT", "EUROSTAT") else str(data.get("source", ""))
    vintage = str(data.get("updated") or "")[:10] or None
    build = Builder(
        content.path, "json-stat", given, f"{agency or 'JSON-stat'} {dataset}".strip(), vintage, lines=False
    )
    try:
        cells = list(cells_of(data))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise StatisticsError(str(content.path), f"JSON-stat that does not hold together ({error})") from None
    if not cells:
        build.problem(None, "a data set without any values: nothing is reported for what was asked")
    dimensions = Dimensions.of(tuple(cast("list[str]", data["id"])), agency)
    if dimensions is None:
        build.problem(None, f"no dimension of areas among {', '.join(data['id'])}: not a table of states")
        return build.finish()
    for number, (key, value, flags) in enumerate(cells, 1):
        place = f"{build.name}:{'.'.join(key.values())}"
        sdmx_row(build, number, place, key, value, flags, dimensions)
    return build.finish()


# Factbook

_PARTNERS = {"exports_partners": Flow.EXPORTS, "imports_partners": Flow.IMPORTS}
_FIELDS = {"Exports - partners": Flow.EXPORTS, "Imports - partners": Flow.IMPORTS}
_SHARE = re.compile(r"\s*([^%]+?)\s+(?:less than\s+)?(\d+(?:\.\d+)?)%")
_NOTED = re.compile(r"\((\d{4})(?: est\.)?\)")


def _factbook(data: Object) -> list[tuple[str, Flow, str]]:
    """Country, flow and text of each list of partners, in the Factbook's own files or in an extract of several."""
    found: list[tuple[str, Flow, str]] = []
    economy: Any = data.get("Economy")
    if isinstance(economy, dict):
        government: Any = data.get("Government") or {}
        name = str(government.get("Country name", {}).get("conventional short form", {}).get("text", ""))
        for field, flow in _FIELDS.items():
            text: Any = cast("Any", economy).get(field, {}).get("text")
            if isinstance(text, str):
                found.append((name, flow, text))
    for code, country in data.items():
        if isinstance(country, dict):
            for field, flow in _PARTNERS.items():
                text: Any = cast("Object", country).get(field)
                if isinstance(text, str):
                    found.append((code, flow, text))
    return found


def _read_factbook(content: Content, lists: Sequence[tuple[str, Flow, str]], given: Given) -> Reading:
    build = Builder(content.path, "factbook", given, "CIA World Factbook", lines=False)
    for number, (country, flow, text) in enumerate(lists, 1):
        place = f"{build.name}:{country} {flow} partners"
        year = _NOTED.search(text)
        if year is None:
            build.problem(number, f"{country}: partners without a year: {text[:60]!r}")
            continue
        # `Gambia, The 4%` is one name: what stands before the percentage is, from the last one on.
        listed = text[: year.start()]
        for name, share in _SHARE.findall(listed.replace(",", ", ")):
            build.add(
                number,
                Row(
                    reporting=country,
                    counterpart=name.strip(" ,"),
                    indicator="goods-share",
                    flow=flow,
                    period=year[1],
                    value=float(share),
                    unit="percent",
                    status=ObservationStatus.ESTIMATED,
                ),
                place,
            )
    return build.finish()


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
