"""Templates: one environment in which every text is escaped and shows no character that hides another."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from multivector._version import __version__
from multivector.desk import _wording
from multivector.desk._forms import address

FOLDER = Path(__file__).parent

NAVIGATION = (
    ("/region", "Region"),
    ("/statements", "Statements"),
    ("/events", "Events"),
    ("/figures", "Figures"),
    ("/agreements", "Agreements"),
    ("/people", "People"),
    ("/formats", "Formats"),
    ("/checks", "Checks"),
    ("/documents", "Documents"),
)


def page(request: Request, template: str, **context: Any) -> Response:
    """The page that `template` makes of `context`."""
    theme = request.cookies.get("theme", "")
    shared: dict[str, Any] = {
        "request": request,
        "path": request.url.path,
        "query": dict(request.query_params),
        "theme": theme if theme in ("light", "dark") else "",
        "navigation": NAVIGATION,
        "version": __version__,
        "may_write": request.app.state.settings.may_write,
    }
    desk = getattr(request.app.state, "desk", None)
    if desk is not None:
        shared |= {"actor_name": desk.name, "store_name": desk.settings.store.name}
    return HTMLResponse(environment().get_template(template).render(shared | context))


@cache
def environment() -> jinja2.Environment:
    """The one environment of all templates."""
    made: Any = jinja2.Environment(  # whose tables of filters and globals have no types
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_shown,
    )
    filters: dict[str, Any] = {
        "amount": _wording.amount,
        "date": _wording.date_words,
        "number": _wording.number,
        "short": _wording.short,
        "web": _wording.web_address,
        "percent": _wording.percent,
        "plural": _wording.plural,
    }
    names: dict[str, Any] = {
        "address": address,
        "item_address": _wording.item_address,
        "speaker_words": _wording.speaker,
    }
    made.filters.update(filters)
    made.globals.update(names)
    return cast("jinja2.Environment", made)


def _shown(value: Any) -> Any:
    """What an expression of a template puts into the page; None leaves nothing."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _wording.visible(value)
    return value
