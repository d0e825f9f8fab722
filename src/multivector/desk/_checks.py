"""Claims beside statistics: verdict, arithmetic and rows, in words that can be quoted."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from multivector.check import INDICATORS, Check, Checker, Verdict
from multivector.desk._answer import About, Table, answer, one_of, whole_number
from multivector.desk._desk import desk_of
from multivector.desk._faults import Problem, respond
from multivector.desk._forms import Form, address, wanted
from multivector.desk._lists import twins
from multivector.desk._measures import NotYetError, patiently
from multivector.desk._pages import page
from multivector.desk._settings import Settings
from multivector.knowledge import load
from multivector.record import Kind, Tie
from multivector.store import open_store

NEWEST = 150
"""Documents whose claims are looked at: the newest with figures. `multivector check` does as many as it is asked."""
_TIES = 5_000
_PAGE = 25
_COLUMNS = (
    *("document", "verdict", "kind", "statistic", "sentence", "claimed", "unit", "low", "high", "period"),
    *("speaker", "said_on", "reasons", "missing", "sources"),
)


def looked_at(settings: Settings, document: str | None) -> list[Check]:
    """Runs in the background process: the checks of one document, or of the newest ones with figures."""
    with open_store(settings.store, create=False, readonly=True) as store:
        ids = [store.document(document).id] if document else []
        if not document:
            figures = store.items(Kind.FIGURE, newest=True, limit=NEWEST * 20)
            ids = list(dict.fromkeys(found.document.id for found in figures))[:NEWEST]
        found = store.items(Kind.TIE, type="military-presence", newest=True, limit=_TIES)
        ties = [(each.document.id, each.item) for each in found if isinstance(each.item, Tie)]
        rows, votes = store.observations(indicator=INDICATORS), store.votes()
        checker = Checker(rows, votes, load(settings.knowledge), ties)
        return [check for id_ in ids for check in checker.check(store.record(id_))]


def newest_checks(request: Request) -> list[Check]:
    """The checks of the newest documents. Raises NotYetError."""
    return patiently(request, "checks", looked_at, desk_of(request).settings, None)


def checks_page(request: Request) -> Response:
    """All checks, or those of one document or verdict. Raises NotYetError."""
    desk = desk_of(request)
    document = request.query_params.get("doc", "")
    verdict = one_of(request, "verdict", ["", *(each.value for each in Verdict)], "")
    if document:
        id_ = desk.store.document(document).id
        found = patiently(request, f"checks {id_}", looked_at, desk.settings, id_)
    else:
        found = newest_checks(request)
    counts = {each: sum(check.verdict is each for check in found) for each in Verdict}
    fitting = [check for check in found if not verdict or check.verdict.value == verdict]
    limit = whole_number(request, "limit", _PAGE if wanted(request) is Form.HTML else 10_000, 10_000, 1)
    offset = whole_number(request, "offset", 0, 1_000_000)
    shown = fitting[offset : offset + limit]
    query = {"doc": document, "verdict": verdict}
    more = address("/checks", **query, offset=offset + limit) if len(fitting) > offset + limit else None
    table = Table(
        "Checks",
        _COLUMNS,
        [_json(check) for check in shown],
        _about(shown),
        len(fitting),
        next=more,
        flat=[_flat(check) for check in shown],
        flat_columns=_COLUMNS,
    )
    titles = {
        check.claim.document: desk.store.document(check.claim.document).title or check.claim.document for check in shown
    }
    return answer(
        request,
        table,
        "checks.html",
        checks=shown,
        verdict=verdict,
        verdicts=list(Verdict),
        counts=counts,
        document=document,
        titles=titles,
        newest=NEWEST,
        first=offset + 1,
        previous=address("/checks", **query, offset=max(offset - limit, 0) or "") if offset else None,
        twins=twins(request),
    )


def _about(checks: list[Check]) -> About:
    sources = tuple(dict.fromkeys(f"{row.source} ({row.vintage})" for check in checks for row in check.rows))
    caveats = (
        "A verdict says what the rows at hand say of the claim, not whether somebody lies.",
        "Consistent means that the claim lies within what the rows allow; it is not proof.",
    )
    return About(
        sources or ("no rows",), "as each source says", "see docs/checks.md; arithmetic with each check", caveats
    )


def _json(check: Check) -> dict[str, Any]:
    return msgspec.to_builtins(check)


def _flat(check: Check) -> dict[str, Any]:
    claim = check.claim
    speaker = claim.speaker
    return {
        "document": claim.document,
        "verdict": check.verdict.value,
        "kind": claim.kind.value,
        "statistic": claim.statistic,
        "sentence": claim.sentence,
        "claimed": claim.value,
        "unit": claim.unit,
        "low": check.low,
        "high": check.high,
        "period": claim.period,
        "speaker": (speaker.person or speaker.organisation or speaker.state) if speaker else None,
        "said_on": claim.said_on,
        "reasons": " ".join(check.reasons),
        "missing": "; ".join(check.missing),
        "sources": "; ".join(dict.fromkeys(f"{row.source} ({row.vintage})" for row in check.rows)),
    }


def waiting_page(request: Request, error: Exception) -> Response:
    """Answer for what is still being worked out: the page asks again by itself, a program is told to."""
    assert isinstance(error, NotYetError)
    if wanted(request) is Form.HTML:
        response = page(request, "waiting.html")
        response.status_code = 202
    else:
        detail = "This is still being worked out"
        response = respond(request, Problem(503, "Service Unavailable", detail, "ask again in a minute"))
    response.headers["retry-after"] = "2"
    return response
