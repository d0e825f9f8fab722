"""About the numbers, and about the interface: written for readers."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from multivector._version import __version__
from multivector.desk._add import JobAnswer
from multivector.desk._answer import About, Table, TableAnswer, answer, json
from multivector.desk._desk import desk_of
from multivector.desk._documents import DocumentAnswer, ItemAnswer
from multivector.desk._faults import Problem
from multivector.desk._lists import LISTS, twins
from multivector.desk._pages import page
from multivector.measure import FORMULAS, blocs, indicators
from multivector.record import json_schema
from multivector.statistics import known_defects
from multivector.store import DataSet

_COLUMNS = ("source", "vintage", "observations", "votes", "indicators", "first", "last")
ANSWERS: dict[str, type[Any]] = {
    "table": TableAnswer,
    "document": DocumentAnswer,
    "item": ItemAnswer,
    "job": JobAnswer,
    "problem": Problem,
}
"""The kinds of answer that the interface gives, by name."""


def about_page(request: Request) -> Response:
    """Formulas, sources with vintages, coverage, and what is known to be weak."""
    desk = desk_of(request)
    sources: tuple[DataSet, ...] = desk.kept("sources", desk.store.sources)
    rows = [{column: getattr(each, column) for column in _COLUMNS} for each in sources]
    about = About(tuple(dict.fromkeys(each.source for each in sources)), "as each source says")
    return answer(
        request,
        Table("Sources of statistics", _COLUMNS, rows, about),
        "about.html",
        sources=sources,
        status=desk.kept("status", desk.store.status),
        formulas=list(FORMULAS.values()),
        indicators=list(indicators().values()),
        blocs=[(code, desk.name(code)) for code in blocs()],
        defects=known_defects(),
        twins=twins(request),
    )


def api_page(request: Request) -> Response:
    """What the JSON interface gives, in words."""
    return page(request, "api.html", lists=LISTS, answers=list(ANSWERS))


def schema(_: Request) -> Response:
    """JSON Schema of every answer, and of the record's lines."""
    return json(interface_schema())


def interface_schema() -> dict[str, Any]:
    """One document of definitions: an answer of each kind by its name, and the lines of the record by kind."""
    _, components = msgspec.json.schema_components(list(ANSWERS.values()), ref_template="#/$defs/{name}")
    names = {name: {"$ref": f"#/$defs/{cls.__name__}"} for name, cls in ANSWERS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"multivector desk {__version__}",
        "$defs": components | {"answers": {"properties": names}},
        "record": json_schema(),
    }
