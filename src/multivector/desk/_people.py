"""People who speak, and the formats and organisations that states meet in."""

from __future__ import annotations

import datetime as dt
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from multivector.desk._answer import Table, answer, whole_number
from multivector.desk._desk import Desk, desk_of
from multivector.desk._faults import ProblemError
from multivector.desk._forms import Form, address, wanted
from multivector.desk._lists import row_of, twins
from multivector.record import ActorKind, Kind, Statement
from multivector.store import ActorTally, Found, SpeakerTally

_PAGE = 200
_LATEST = 12
_BODIES = (ActorKind.FORMAT, ActorKind.ORGANISATION, ActorKind.GROUP)


def speakers(desk: Desk) -> tuple[SpeakerTally, ...]:
    """All who speak, kept for a while."""
    return desk.kept("speakers", desk.store.speakers)


def actors(desk: Desk, *types: ActorKind) -> tuple[ActorTally, ...]:
    """All actors of these types that documents name, kept for a while."""
    return desk.kept(f"actors {types}", lambda: desk.store.actors(*types))


def people_page(request: Request) -> Response:
    """The people who speak, the most quoted first."""
    desk = desk_of(request)
    words = request.query_params.get("text", "").strip()
    state = request.query_params.get("state", "").strip().upper()
    found = [
        each
        for each in speakers(desk)
        if (not words or words.casefold() in each.person.casefold()) and (not state or each.state == state)
    ]
    limit = whole_number(request, "limit", _PAGE if wanted(request) is Form.HTML else 10_000, 10_000, 1)
    offset = whole_number(request, "offset", 0, 1_000_000)
    columns = ("person", "state", "statements", "first", "last")
    shown = found[offset : offset + limit]
    more = len(found) > offset + limit
    query = {"text": words, "state": state}
    table = Table(
        "People",
        columns,
        [{column: getattr(each, column) for column in columns} for each in shown],
        total=len(found),
        next=address("/people", **query, offset=offset + limit) if more else None,
    )
    return answer(request, table, "people.html", people=shown, twins=twins(request), first=offset + 1)


def person_page(request: Request) -> Response:
    """One person: offices, and what was said."""
    desk = desk_of(request)
    name = request.query_params.get("name", "")
    tallies = [each for each in speakers(desk) if each.person == name]
    if not tallies:
        raise ProblemError(404, f"Nobody called {name[:80]!r} speaks in these documents", "see /people")
    found = desk.kept(
        f"person {name}", lambda: list(desk.store.items(Kind.STATEMENT, person=name, newest=True, limit=_LATEST))
    )
    offices = desk.knowledge.offices(person=name)
    roles = {
        each.item.speaker.role: None for each in found if isinstance(each.item, Statement) and each.item.speaker.role
    }
    columns = ("person", "state", "statements", "first", "last")
    table = Table(name, columns, [{column: getattr(each, column) for column in columns} for each in tallies])
    return answer(
        request,
        table,
        "person.html",
        name=name,
        tallies=tallies,
        offices=offices,
        roles=list(roles),
        rows=[row_of(desk, each) for each in found],
        total=sum(each.statements for each in tallies),
        twins=twins(request),
    )


def formats_page(request: Request) -> Response:
    """The formats, organisations and groups of states that documents name."""
    desk = desk_of(request)
    today = dt.date.today()
    found = actors(desk, *_BODIES)
    members = {each.code: desk.knowledge.members(each.code, today) for each in found}
    columns = ("code", "name", "type", "documents", "members")
    rows = [
        {
            "code": each.code,
            "name": desk.name(each.code),
            "type": each.type,
            "documents": each.documents,
            "members": list(members[each.code]),
        }
        for each in found
    ]
    return answer(request, Table("Formats", columns, rows), "formats.html", rows=rows, twins=twins(request))


def format_page(request: Request) -> Response:
    """One format, organisation or group: members, and what the documents tell of it."""
    desk = desk_of(request)
    code = request.path_params["code"]
    entry = desk.knowledge.actor(code)
    named = next((each for each in actors(desk, *_BODIES) if each.code == code), None)
    if entry is None and named is None:
        raise ProblemError(404, f"No format or organisation is called {code!r}", "see /formats")
    members = desk.knowledge.members(code, dt.date.today())
    columns = ("code", "name", "member")
    name = entry.name if entry else named.name if named else code
    table = Table(name, columns, [{"code": code, "name": name, "member": member} for member in members])
    return answer(
        request,
        table,
        "format.html",
        code=code,
        name=name,
        type=entry.type.value if entry else named.type if named else "",
        wikidata=entry.wikidata if entry else None,
        members=members,
        documents=named.documents if named else 0,
        sections=latest_about(desk, code),
        twins=twins(request),
    )


def _latest(desk: Desk, kind: Kind, code: str) -> list[Found]:
    return list(desk.store.items(kind, actor=code, newest=True, limit=8))


def latest_about(desk: Desk, code: str) -> list[tuple[str, str, list[object]]]:
    """The latest items of each main kind that name an actor: the list's address, its title, and rows."""
    sections: list[tuple[str, str, list[object]]] = []
    for kind, name, title in (
        (Kind.AGREEMENT, "agreements", "Agreements"),
        (Kind.EVENT, "events", "Events"),
        (Kind.STATEMENT, "statements", "Statements about it"),
    ):
        found = desk.kept(f"latest {kind} {code}", partial(_latest, desk, kind, code))
        if found:
            sections.append((address(f"/{name}", actor=code), title, [row_of(desk, each) for each in found]))
    return sections
