"""The addresses of charts: the specification, pictures of it, and the table that it draws."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from multivector.desk import _charts
from multivector.desk._answer import Table, answer, json, one_of
from multivector.desk._desk import desk_of
from multivector.desk._forms import address
from multivector.desk._lists import LISTS, asked

_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


def chart_answer(request: Request, table: Table, spec: _charts.Spec, name: str) -> Response:
    """A chart in the form that the address ends in: `.vl.json`, `.svg`, `.png`, or its table as page, JSON or CSV."""
    path = request.url.path
    if path.endswith(".vl.json"):
        return json(spec)
    for form, media_type in _TYPES.items():
        if path.endswith(f".{form}"):
            theme = one_of(request, "theme", ("light", "dark"), "light")
            headers = {"content-disposition": f'inline; filename="{name}.{form}"'}
            return Response(_charts.picture(spec, form, theme), media_type=media_type, headers=headers)
    query = dict(request.query_params.items())
    return answer(request, table, "chart.html", name=name, links=links(f"/charts/{name}", query), twins=None)


def links(path: str, query: dict[str, Any]) -> dict[str, str]:
    """The addresses of all forms of a chart."""
    return {form: address(f"{path}{form}", **query) for form in ("", ".vl.json", ".svg", ".png", ".csv", ".json")}


def timeline(request: Request) -> Response:
    """How many items a list has, month by month; each bar leads to its part of the list."""
    desk = desk_of(request)
    name = one_of(request, "of", LISTS, "statements")
    config = LISTS[name]
    query = asked(request, config.filters)
    for unused in ("newest", "least_certain"):
        query.pop(unused, None)
    counts = desk.kept(f"months {name} {sorted(query.items())}", lambda: desk.store.months(config.kind, **query))
    kept = {key: value for key, value in request.query_params.items() if key not in ("of", "theme", "limit", "offset")}
    rows = [
        {
            "month": month,
            "count": count,
            "href": address(f"/{name}", **kept | {"since": month, "until": month}),
        }
        for month, count in counts
    ]
    title = f"{config.title} by month"
    source = f"{desk.settings.store.name}: {sum(count for _, count in counts):,} items with a date, read by multivector"
    table = Table(title, ("month", "count", "href"), rows)
    return chart_answer(request, table, _charts.months(rows, title, source), "timeline")


def config(request: Request) -> Response:
    """Colours and letters of charts, which the page gives to each."""
    return json(_charts.config(one_of(request, "theme", ("light", "dark"), "light")))


def script(request: Request) -> Response:  # noqa: ARG001
    """The script that draws charts; it stays the same until the desk is started anew."""
    headers = {"cache-control": "private, max-age=86400"}
    return Response(_charts.script(), media_type="text/javascript", headers=headers)
