"""Search across texts, and the first page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from multivector.desk._answer import Table, answer
from multivector.desk._desk import desk_of
from multivector.desk._forms import Form, address, wanted
from multivector.desk._lists import Filter, asked, chips, row_of, twins, window
from multivector.desk._pages import page
from multivector.desk._wording import visible
from multivector.record import DateMention, Event, Kind, Modality, interval

_MARKS = ("\ue000", "\ue001")
"""Around matched words: characters for private use, which are in no text worth reading."""
FILTERS = (
    Filter("language", "Language", hint="en, ru"),
    Filter("since", "Since", "date", hint="2026-02"),
    Filter("until", "Until", "date", hint="2026"),
)
_AHEAD = 300
_SHOWN = 8


def search_page(request: Request) -> Response:
    """Documents that hold the words, the best first."""
    desk = desk_of(request)
    words = request.query_params.get("q", "").strip()
    query = asked(request, FILTERS)
    query.pop("newest")
    limit, offset = window(request)
    form = wanted(request)
    marks = _MARKS if form is Form.HTML else ("[", "]")
    hits = desk.kept(
        f"search {words} {sorted(query.items())} {limit} {offset} {marks}",
        lambda: list(desk.store.search(words, limit=limit + 1, offset=offset, marks=marks, **query)) if words else [],
    )
    more, hits = len(hits) > limit, hits[:limit]
    rows: list[dict[str, Any]] = []
    if form is not Form.HTML:
        rows = [msgspec.to_builtins(hit.document) | {"snippet": hit.snippet, "rank": hit.rank} for hit in hits]
    else:
        rows = [{"document": hit.document, "snippet": marked(hit.snippet)} for hit in hits]
    columns = ("id", "title", "publisher", "published", "language", "url", "snippet", "rank")
    further = address("/search", **dict(request.query_params) | {"offset": offset + limit}) if more else None
    table = Table(f"Search: {words}" if words else "Search", columns, rows, next=further)
    return answer(
        request,
        table,
        "search.html",
        words=words,
        filters=FILTERS,
        previous=address("/search", **dict(request.query_params) | {"offset": max(offset - limit, 0) or ""})
        if offset
        else None,
        first=offset + 1,
        chips=chips(request, FILTERS),
        twins=twins(request),
    )


def marked(snippet: str) -> Markup:
    """A passage with the words that were sought marked, all else escaped."""
    pieces = visible(snippet).replace(_MARKS[1], _MARKS[0]).split(_MARKS[0])
    return Markup("").join(
        Markup("<mark>{}</mark>").format(escape(piece)) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def home_page(request: Request) -> Response:
    """What the store holds, what is new, and what is ahead."""
    desk = desk_of(request)
    status = desk.kept("status", desk.store.status)
    statements = list(desk.store.items(Kind.STATEMENT, newest=True, limit=_SHOWN))
    return page(
        request,
        "home.html",
        status=status,
        counts=[(Kind.DOCUMENT, "documents", status.documents)]
        + [(kind, f"{kind}s", status.items.get(kind, 0)) for kind in Kind if kind is not Kind.DOCUMENT],
        statements=[row_of(desk, each) for each in statements],
        documents=list(desk.store.documents(newest=True, limit=_SHOWN)),
        start=desk.start,
        ahead=desk.kept("ahead", lambda: upcoming(request)),
    )


def upcoming(request: Request, actor: str | None = None) -> list[tuple[str, Any]]:
    """Planned events, and dates that documents name, from today on, the nearest first: each once."""
    desk = desk_of(request)
    today = dt.date.today()
    found: dict[tuple[str, str], tuple[str, Any]] = {}
    kinds = (Kind.EVENT,) if actor else (Kind.EVENT, Kind.DATE)
    for kind in kinds:
        for each in desk.store.items(kind, since=today.isoformat(), actor=actor, newest=True, limit=_AHEAD):
            item = each.item
            value = item.date if isinstance(item, Event) else item.value if isinstance(item, DateMention) else None
            if value is None or (isinstance(item, Event) and item.modality not in (Modality.PLANNED, Modality.ONGOING)):
                continue
            first = interval(value)[0]
            if first is not None and first >= today:
                found.setdefault((value, each.document.id), (first.isoformat(), row_of(desk, each)))
    return sorted(found.values(), key=lambda pair: pair[0])[:_SHOWN]
