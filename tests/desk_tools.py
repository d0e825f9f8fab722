"""A desk that answers on a port of this machine, for tests."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import urllib3

from factories import find, make_document, make_pair, make_sighting
from multivector.record import (
    Actor,
    ActorKind,
    Domain,
    Event,
    EventType,
    Modality,
    Record,
    Speaker,
    Statement,
    StatementMode,
    with_id,
)
from multivector.store import open_store

RECORDS = 14


@dataclass
class Answer:
    """An answer of the desk."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Asks one desk."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pool = urllib3.PoolManager(retries=False)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=_names(headers))

    def post(self, path: str, fields: dict[str, Any] | None = None, **headers: str) -> Answer:
        return self.ask("POST", path, fields=fields or {}, headers=_names(headers))

    def ask(self, method: str, path: str, **more: Any) -> Answer:
        answer = self.pool.request(method, self.address + path, redirect=False, timeout=60, **more)
        return Answer(answer.status, answer.headers, answer.data)

    def settled(self, path: str, **headers: str) -> Answer:
        """As `get`, once what is being worked out is there."""
        for _ in range(300):
            answer = self.get(path, **headers)
            if answer.status != 202 and b"data-wait" not in answer.body:
                return answer
            time.sleep(0.2)
        raise AssertionError(f"{path} is not there after a minute")

    def finished(self, job: str) -> Any:
        """The job at this address once it is done."""
        for _ in range(300):
            state = self.get(f"{job}.json").json
            if state["state"] in ("done", "failed"):
                return state
            time.sleep(0.2)
        raise AssertionError("the job is not done after a minute")


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@contextmanager
def running(store: Path, **changes: Any) -> Generator[Client]:
    """A desk over `store`, in a thread of this process; `changes` go to its settings."""
    import uvicorn

    from multivector.desk import Settings, create_app

    app = create_app(Settings(store, **changes))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Client(f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join(10)


def make_store(path: Path) -> Path:
    """A store of records with items of every kind, one of them hostile."""
    with open_store(path) as store:
        for number in range(RECORDS):
            store.add(*make_pair(number))
        record = hostile()
        store.add(record, make_sighting(record.document, "reports/<b>hostile</b>.txt"))
        store.add_failure("reports/broken.pdf", "not a PDF file")
    return path


HOSTILE_TITLE = "<script>document.title='caught'</script> & \"quotes\" \u202egnol si"
LONG = "Ж" * 400


def hostile() -> Record:
    """A record whose texts try to be markup, run from right to left, hide letters, and do not break."""
    text = (
        "Ambassador <img src=x onerror=\"document.title='caught'\"> said: "
        "«<script>alert(1)</script> {{ 7*7 }} we agree».\n"
        "وقال الوزير إن التجارة مع كازاخستان نمت بسرعة، وإن الطريق طويل.\n"
        f"Abc\u202edcba\u202c {LONG} end. She added that ‘the envoy said «nothing is settled»’."
    )
    document = replace(
        make_document(text),
        title=HOSTILE_TITLE,
        publisher="<b>Bold</b> Wire",
        published="2026-05-01",
        language="en",
        url="javascript:alert(1)",
    )
    at = document.id
    outer = _statement(text, "Ambassador", "said", "<script>alert(1)</script> {{ 7*7 }} we agree", at)
    middle = _statement(text, "She", "added", "that ‘the envoy said «nothing is settled»’", at)
    inner = replace(_statement(text, "the envoy", "said «", "«nothing is settled»", at), said_by=middle.id)
    arabic = find(text, "التجارة مع كازاخستان")
    actor = Actor("", "KAZ", ActorKind.STATE, "Kazakhstan", (), None, (find(text, "كازاخستان"),))
    met = Event(
        "",
        EventType.CONSULT,
        ("KAZ", "UZB"),
        (),
        "2026-04",
        None,
        Modality.OCCURRED,
        (Domain.TRADE,),
        (find(text, "الطريق طويل"),),
    )
    meeting = Actor("", "IGO:C5", ActorKind.FORMAT, "Meeting", ("KAZ",), None, (find(text, "we agree"),))
    event = Event(
        "", EventType.CONSULT, ("KAZ", "UZB"), (), "2026-05-01", "<i>Here</i>", Modality.PLANNED, (), (arabic,)
    )
    return Record(
        document,
        "2+0a1b2c3d",
        actors=(with_id(actor, at), with_id(meeting, at)),
        statements=(outer, middle, with_id(inner, at)),
        events=(with_id(event, at), with_id(met, at)),
    )


def _statement(text: str, source: str, cue: str, content: str, document: str) -> Statement:
    who = Speaker("<u>" + source + "</u>", "envoy\u202e", None, "KAZ")
    spans = ((find(text, source),), (find(text, cue),), (find(text, content),))
    return with_id(Statement("", *spans, StatementMode.MIXED, who, None, None, ()), document)


def ids(client: Client, kind: str) -> list[str]:
    """The ids of the first items or documents of a list."""
    return [row["id"] for row in client.get(f"/{kind}.json").json["rows"]]
