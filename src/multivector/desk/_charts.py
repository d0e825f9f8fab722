"""Charts as Vega-Lite specifications made by Altair: the same one for the page, for pictures and for notebooks.

Each mark has an address as `href`, so that it leads to its evidence. The page draws with the script that
`vl_convert` carries, pictures come from `vl_convert` itself; nothing is fetched from anywhere.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from multivector.errors import MissingExtraError

INK = {"light": "#1d2733", "dark": "#dfe5ec"}
QUIET = {"light": "#5c6875", "dark": "#9aa7b4"}
PAPER = {"light": "#ffffff", "dark": "#14191f"}
LINE = {"light": "#dde3e8", "dark": "#2c353f"}
ACCENT = {"light": "#0b6e8f", "dark": "#58b4d1"}
SECOND = {"light": "#c2570c", "dark": "#f0a35e"}
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'

Spec = dict[str, Any]


def config(theme: str) -> Spec:
    """Colours and letters of all charts in a light or dark scheme."""
    axis = {
        "labelColor": QUIET[theme],
        "titleColor": QUIET[theme],
        "gridColor": LINE[theme],
        "domainColor": LINE[theme],
        "tickColor": LINE[theme],
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    }
    return {
        "background": PAPER[theme],
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "legend": {"labelColor": QUIET[theme], "titleColor": QUIET[theme], "titleFontWeight": "normal"},
        "header": {"labelColor": INK[theme], "titleColor": QUIET[theme]},
        "title": {
            "color": INK[theme],
            "subtitleColor": QUIET[theme],
            "anchor": "start",
            "fontSize": 13,
            "subtitleFontSize": 10.5,
            "subtitlePadding": 4,
        },
        "bar": {"color": ACCENT[theme]},
        "line": {"color": ACCENT[theme]},
        "point": {"color": ACCENT[theme], "filled": True},
        "area": {"color": ACCENT[theme]},
        "rule": {"color": QUIET[theme]},
        "text": {"color": INK[theme]},
    }


def months(rows: list[dict[str, Any]], title: str, source: str) -> Spec:
    """Bars of a count a month. `rows` have `month` (`2026-02`), `count` and `href`."""
    alt = _altair()
    chart = (
        alt.Chart(alt.Data(values=rows), title=alt.Title(title, subtitle=source), width="container", height=100)
        .mark_bar(cursor="pointer", width=alt.RelativeBandSize(0.86), cornerRadiusEnd=2)
        .encode(
            x=alt.X("month:T", timeUnit="yearmonth", title=None),
            y=alt.Y("count:Q", title=None, scale=alt.Scale(nice=4), axis=alt.Axis(tickMinStep=1, tickCount=4)),
            href="href:N",
            tooltip=[
                alt.Tooltip("month:T", timeUnit="yearmonth", title="month"),
                alt.Tooltip("count:Q", title="items"),
            ],
        )
    )
    return plain(chart)


def heat(rows: list[dict[str, Any]], title: str, source: str) -> Spec:
    """Shares of partners by state. `rows` have `state`, `partner`, `share` (0 to 1), `period`, `source`, `href`."""
    alt = _altair()
    order = alt.EncodingSortField("share", op="sum", order="descending")
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("partner:N", sort=order, title=None, axis=alt.Axis(orient="top", labelAngle=-40, labelLimit=110)),
        y=alt.Y("state:N", title=None, axis=alt.Axis(labelLimit=140, domain=False, ticks=False)),
        href="href:N",
        tooltip=["state:N", "partner:N", alt.Tooltip("share:Q", format=".1%"), "period:N", "source:N"],
    )
    scale = alt.Scale(scheme="blues", domain=[0, 0.6], clamp=True)
    cells = base.mark_rect(cursor="pointer").encode(color=alt.Color("share:Q", scale=scale, legend=None))
    ink = alt.condition("datum.share > 0.3", alt.value("white"), alt.value(INK["light"]))
    numbers = base.mark_text(fontSize=10).encode(text=alt.Text("share:Q", format=".0%"), color=ink)
    return plain(
        (cells + numbers).properties(
            title=alt.Title(title, subtitle=source), width="container", autosize=alt.AutoSizeParams(type="fit-x")
        )
    )


def trend(rows: list[dict[str, Any]], title: str, source: str) -> Spec:
    """A small line for each state, with its interval. `rows` have `state`, `year`, `value`, `low`, `high`, `href`."""
    alt = _altair()
    base = alt.Chart().encode(
        x=alt.X("year:T", title=None, axis=alt.Axis(format="%Y", tickCount=4, grid=False)),
        tooltip=[
            "state:N",
            "period:N",
            alt.Tooltip("value:Q", format=".2f"),
            alt.Tooltip("low:Q", format=".2f"),
            alt.Tooltip("high:Q", format=".2f"),
        ],
    )
    band = base.mark_area(opacity=0.2).encode(
        y=alt.Y("low:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4)), y2="high:Q"
    )
    spread = base.mark_rule(opacity=0.5).encode(y="low:Q", y2="high:Q")
    line = base.mark_line().encode(y="value:Q")
    dots = base.mark_point(size=28, cursor="pointer").encode(y="value:Q", href="href:N")
    chart = (
        alt.layer(band, spread, line, dots, data=alt.Data(values=rows))
        .properties(width=170, height=110)
        .facet(facet=alt.Facet("state:N", title=None), columns=3)
        .properties(title=alt.Title(title, subtitle=source))
    )
    return plain(chart)


_TILE, _GAP = 112, 8


def tiles(rows: list[dict[str, Any]], title: str, source: str) -> Spec:
    """A tile for each state in its place, with its value and a small line of how it went.

    `rows` have `state`, `name`, `column`, `row`, `value` (None: no data), `series` of period and value, and `href`.
    """
    alt = _altair()
    step = _TILE + _GAP
    width = (max((row["column"] for row in rows), default=0) + 1) * step
    height = (max((row["row"] for row in rows), default=0) + 1) * step
    most = max((value for row in rows for _, value in row["series"] if value), default=1.0)
    places: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    for row in rows:
        left, top = row["column"] * step, row["row"] * step
        places.append(
            {key: row[key] for key in ("state", "name", "value", "period", "href")}
            | {"left": left, "right": left + _TILE, "top": top, "bottom": top + _TILE}
            | {"words": "no data" if row["value"] is None else f"{row['value']:.1f}"}
        )
        years = [(int(period.rpartition("/")[2][:4]), value) for period, value in row["series"] if value is not None]
        first = min((year for year, _ in years), default=0)
        span = max((year for year, _ in years), default=0) - first or 1
        points += [
            {
                "state": row["state"],
                "year": year,
                "x": left + 10 + (_TILE - 20) * (year - first) / span,
                "y": top + _TILE - 10 - 38 * value / most,
            }
            for year, value in years
            if len(years) > 1
        ]
    x = alt.X("left:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    base = alt.Chart(alt.Data(values=places)).encode(
        href="href:N",
        tooltip=[alt.Tooltip("name:N", title="state"), alt.Tooltip("words:N", title="vectors"), "period:N"],
    )
    ground = base.mark_rect(cornerRadius=6, opacity=0.22, cursor="pointer").encode(
        x=x, x2="right:Q", y=y, y2="bottom:Q", color=alt.Color("value:Q", scale=alt.Scale(scheme="blues"), legend=None)
    )
    edge = base.mark_rect(cornerRadius=6, fill=None, strokeOpacity=0.5, stroke=QUIET["light"]).encode(
        x=x, x2="right:Q", y=y, y2="bottom:Q"
    )
    letters = {"align": "left", "baseline": "top", "cursor": "pointer"}
    code = base.mark_text(dx=10, dy=10, fontSize=12, fontWeight=600, **letters).encode(x=x, y=y, text="state:N")
    number = base.mark_text(dx=10, dy=26, fontSize=21, fontWeight=600, **letters).encode(x=x, y=y, text="words:N")
    line = (
        alt.Chart(alt.Data(values=points))
        .mark_line(strokeWidth=1.6)
        .encode(x=alt.X("x:Q", axis=None), y=alt.Y("y:Q", axis=None), detail="state:N", order="year:Q")
    )
    return plain(
        (ground + edge + line + code + number).properties(
            title=alt.Title(title, subtitle=source), width=width, height=height
        )
    )


def plain(chart: Any) -> Spec:
    """An Altair chart as a specification. Not validated: the tests do that, and it takes longer than the rest."""
    return cast("Spec", chart.to_dict(validate=False))


def picture(spec: Spec, form: str, theme: str = "light") -> bytes:
    """The chart as SVG or PNG."""
    vl = _vl_convert()
    spec = spec | {"config": config(theme)}
    if spec.get("width") == "container":
        spec["width"] = 760
    if form == "svg":
        return vl.vegalite_to_svg(spec, allowed_base_urls=[]).encode()
    return vl.vegalite_to_png(spec, scale=2, allowed_base_urls=[])


@cache
def script() -> bytes:
    """The script that draws charts in the page: Vega, Vega-Lite and Vega-Embed as one file."""
    return _vl_convert().javascript_bundle().encode()


def _altair() -> Any:
    try:
        import altair
    except ImportError:
        raise _missing("altair") from None
    return altair


def _vl_convert() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise _missing("vl-convert-python") from None
    return vl_convert


def _missing(package: str) -> MissingExtraError:
    return MissingExtraError(package, "not installed", "pip install 'multivector[desk]'")
