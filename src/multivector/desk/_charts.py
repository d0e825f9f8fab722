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
        alt.Chart(alt.Data(values=rows), title=alt.Title(title, subtitle=source), width="container", height=120)
        .mark_bar(cursor="pointer")
        .encode(
            x=alt.X("month:T", timeUnit="yearmonth", title=None),
            y=alt.Y("count:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=4)),
            href="href:N",
            tooltip=[
                alt.Tooltip("month:T", timeUnit="yearmonth", title="month"),
                alt.Tooltip("count:Q", title="items"),
            ],
        )
    )
    return plain(chart)


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
