"""The desk as a program meets it: pages and their twins, errors, and who may do what."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

pytest.importorskip("starlette", reason="the extra `desk` is not installed")

import program
from desk_tools import HOSTILE_TITLE, RECORDS, Client, ids, make_store, running
from multivector.desk import Settings, _charts, _region
from multivector.desk._about import interface_schema
from multivector.desk._marks import paragraphs
from multivector.errors import InputError
from multivector.record import Record
from multivector.store import open_store
from program import PROGRAM, environment

LISTS = ("statements", "events", "figures", "agreements", "ties", "actors", "dates", "documents", "people", "formats")
PAGES = ("/", *(f"/{name}" for name in LISTS), "/search?q=grain", "/add", "/about", "/api", "/charts/timeline")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("desk") / "made.db")


@pytest.fixture(scope="module")
def desk(store: Path) -> Iterator[Client]:
    with running(store) as client:
        yield client


# Pages and their twins


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_with_a_policy_that_lets_nothing_in_from_elsewhere(desk: Client, path: str) -> None:
    answer = desk.get(path)
    assert answer.status == 200
    assert answer.text.startswith("<!doctype html>")
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) <= {"'none'", "'self'", "'self' data:"}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    # All that a page loads is the desk's own, and nothing in it needs what the policy forbids.
    loaded = re.findall(r"<(?:script|link|img|iframe)[^>]*?(?:src|href)=\"([^\"]*)\"", answer.text)
    assert loaded
    assert all(place.startswith("/") and not place.startswith("//") for place in loaded)
    assert not re.search(r"<[a-z][^<>]* (?:style|on[a-z]+)=", answer.text)
    assert "<style" not in answer.text


@pytest.mark.parametrize("name", LISTS)
def test_every_table_has_twins_at_its_own_address(desk: Client, name: str) -> None:
    answer = desk.get(f"/{name}.json")
    jsonschema.validate(answer.json, schema_of("TableAnswer"))
    assert answer.json["rows"]
    assert desk.get(f"/{name}", accept="application/json").json == answer.json | {"address": f"/{name}"}
    sheet = desk.get(f"/{name}.csv")
    assert sheet.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(sheet.text)))
    assert len(rows) == min(answer.json["total"], 10_000)
    assert all(None not in row and None not in row.values() for row in rows)


def test_lists_are_filtered_by_the_address_and_go_on_from_page_to_page(desk: Client) -> None:
    first = desk.get("/figures.json?limit=5&actor=kaz").json
    assert [len(first["rows"]), first["total_is_least"]] == [5, False]
    assert all("KAZ" in row["parties"] for row in first["rows"])
    rest: list[Any] = []
    place = first["next"]
    while place:
        answer = desk.get(place, accept="application/json").json
        rest += answer["rows"]
        place = answer["next"]
    found = [row["id"] for row in first["rows"] + rest]
    assert len(found) == len(set(found)) == first["total"]
    assert [row["id"] for row in desk.get("/figures.json?order=oldest&actor=KAZ").json["rows"]] == sorted(
        found, key=lambda id_: found.index(id_), reverse=False
    )[::-1] or first["total"] > 5


@pytest.mark.parametrize(
    ("query", "count"),
    [("state=UZB", 3), ("person=Timur%20Ёлкин", RECORDS), ("speaker=елкин", RECORDS), ("domain=health", 0)],
)
def test_statements_by_speaker_state_and_domain(desk: Client, query: str, count: int) -> None:
    assert desk.get(f"/statements.json?{query}").json["total"] == count


def test_an_item_and_a_document_have_their_own_address(desk: Client) -> None:
    statement = ids(desk, "statements")[0]
    answer = desk.get(f"/items/{statement}.json")
    jsonschema.validate(answer.json, schema_of("ItemAnswer"))
    assert answer.json["item"]["id"] == statement
    document = answer.json["item"]["doc"]
    whole = desk.get(f"/documents/{document}.json")
    jsonschema.validate(whole.json, schema_of("DocumentAnswer"))
    assert statement in [item["id"] for item in whole.json["items"]]
    text = desk.get(f"/documents/{document}?item={statement}").text
    assert f'id="at-{statement}"' in text
    assert re.search(rf'<li class="card statements lit" id="{statement}"', text)
    assert desk.get(f"/documents/{document[:9]}").status == 200
    assert desk.get(f"/documents/{document}.csv?kind=figure").text.startswith("doc,id,measure")


def test_all_items_of_all_kinds_have_a_page(desk: Client) -> None:
    for kind in ("statements", "events", "figures", "agreements", "ties", "actors", "dates"):
        assert desk.get(f"/items/{ids(desk, kind)[0]}").status == 200


def test_search_folds_letters_and_marks_the_words(desk: Client) -> None:
    answer = desk.get("/search?q=елкин")
    assert "<mark>Ёлкин</mark>" in answer.text
    assert desk.get("/search.json?q=%22grain memorandum%22").json["rows"][0]["snippet"].count("[") >= 1
    assert desk.get("/search.json?q=").json["rows"] == []


def test_a_person_and_a_format(desk: Client) -> None:
    assert "Latest statements" in desk.get("/person?name=Timur%20Ёлкин").text
    assert desk.get("/person?name=Nobody").status == 404
    assert "Kazakhstan" in desk.get("/formats/IGO:C5").text


def test_charts_are_one_specification_for_page_picture_and_table(desk: Client) -> None:
    spec = desk.get("/charts/timeline.vl.json?of=figures").json
    rows = desk.get("/charts/timeline.json?of=figures").json["rows"]
    assert spec["data"]["values"] == rows
    assert sum(row["count"] for row in rows) == RECORDS
    assert all(row["href"].startswith("/figures?") for row in rows)
    picture = desk.get("/charts/timeline.svg?of=figures").text
    assert picture.startswith("<svg")
    assert "read by multivector" in picture
    assert desk.get("/charts/timeline.png?of=figures&theme=dark").body.startswith(b"\x89PNG")
    script = desk.get("/static/charts.js")
    assert b"vegaEmbed" in script.body


def test_every_chart_is_valid_vega_lite() -> None:
    from altair.vegalite.v6.schema import core

    month = [{"month": "2026-02", "count": 2, "href": "/x"}]
    share = [{"state": "A", "partner": "B", "share": 0.4, "period": "2023", "source": "s", "href": "/x"}]
    point = [{"state": "A", "period": "2023", "year": "2023", "value": 2.0, "low": 1.0, "high": 3.0, "href": "/x"}]
    tile = [
        {"state": "KAZ", "name": "K", "column": 0, "row": 0, "value": None, "period": None, "series": [], "href": "/x"}
    ]
    for spec in (
        _charts.months(month, "t", "s"),
        _charts.heat(share, "t", "s"),
        _charts.trend(point, "t", "s"),
        _charts.tiles(tile, "t", "s"),
    ):
        core.Root.from_dict(spec)  # validates
        assert _charts.picture(spec, "svg").startswith(b"<svg")


def test_the_map_has_a_place_for_every_state() -> None:
    places = _region.grid(["KAZ", "UZB", "KGZ", "TJK", "TKM", "XXA", "XXB"])
    assert len(set(places.values())) == len(places)
    assert places["KAZ"][1] < places["UZB"][1] < places["TKM"][1]
    assert min(row for _, row in places.values()) == 0


def test_measures_and_checks_say_that_there_is_nothing_when_there_is_nothing(desk: Client) -> None:
    region = desk.settled("/region?domain=trade")
    assert "Nothing to measure here yet" in region.text
    assert desk.get("/region.json?domain=trade").json["rows"] == []
    assert "No claim here" in desk.settled("/checks").text or "check" in desk.settled("/checks").text
    jsonschema.validate(desk.get("/checks.json").json, schema_of("TableAnswer"))


def test_the_record_is_measured_and_every_cell_leads_to_its_sentences(desk: Client) -> None:
    text = desk.settled("/region?domain=trade&source=record").text
    cells = re.findall(r'<td class="cell q\d"><a href="([^"]+)"', text)
    assert cells
    evidence = desk.settled(cells[0].replace("&amp;", "&"))
    assert evidence.status == 200
    assert re.search(r'href="/documents/do-[0-9a-f]+\?item=ev-', evidence.text)
    rows = desk.get("/region.json?domain=trade&source=record").json
    assert {row["row"] for row in rows["rows"]} >= {"measure", "partner"}
    assert rows["formula"]
    state = desk.settled("/states/KAZ")
    assert "Vectors by domain" in state.text


# Errors


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/nothing", 404, "nothing at /nothing"),
        ("/documents/do-ffffffffffffffffffff", 404, "not in the store"),
        ("/items/st-ffffffffffffffffffff", 404, "not in the store"),
        ("/statements?domain=sport", 400, "sport"),
        ("/statements?since=2026-13", 400, "since"),
        ("/statements?since=2027&until=2026", 400, "2027"),
        ("/statements?limit=many", 400, "limit"),
        ("/statements?limit=100000", 400, "limit"),
        ("/events?type=QUARREL", 400, "QUARREL"),
        ("/region?region=KAZ", 400, "KAZ"),
        ("/states/XXX", 404, "XXX"),
        ("/charts/pie", 404, "nothing at"),
        ("/jobs/none", 404, "no such job"),
        ("/evidence", 400, "Evidence of what"),
    ],
)
def test_errors_have_one_shape(desk: Client, path: str, status: int, told: str) -> None:
    page = desk.get(path)
    assert page.status == status
    assert told in page.text
    assert "Traceback" not in page.text
    problem = desk.get(path, accept="application/json")
    assert problem.headers["content-type"] == "application/problem+json"
    jsonschema.validate(problem.json, schema_of("Problem"))
    assert (problem.status, problem.json["status"]) == (status, status)
    assert told in problem.json["detail"]


def test_a_page_does_not_take_other_methods(desk: Client) -> None:
    assert desk.ask("DELETE", "/statements").status in (403, 405)


# Hostile texts


def test_texts_are_shown_as_text(desk: Client) -> None:
    document = desk.get("/search.json?q=ambassador").json["rows"][0]
    assert document["title"] == HOSTILE_TITLE
    for path in (
        f"/documents/{document['id']}",
        "/documents",
        "/statements",
        "/people",
        "/events",
        "/search?q=ambassador",
    ):
        text = desk.get(path).text
        assert "<script>alert" not in text
        assert "<script>document" not in text
        assert "<img src=x" not in text
        assert "<u>" not in text
        assert "\u202e" not in text
        assert "javascript:" not in text
        assert "{{ 7*7 }}" in text or "49 we agree" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in desk.get(f"/documents/{document['id']}").text


def test_cells_of_csv_are_no_formulas() -> None:
    from multivector.desk._answer import _cell

    assert _cell("=1+1") == "'=1+1"
    assert _cell("@x") == "'@x"
    assert _cell("-5.5") == "-5.5"
    assert _cell(-5.5) == "-5.5"


def test_pieces_make_up_the_text_whatever_overlaps(store: Path) -> None:
    with open_store(store, readonly=True) as opened:
        records: list[Record] = list(opened.records())
    for record in records:
        text = record.document.text
        made = paragraphs(record)
        for paragraph in made:
            whole = "".join(piece.text for piece in paragraph.pieces)
            assert text[paragraph.start : paragraph.start + len(whole)] == whole
        assert "".join(text.split()) == "".join(
            "".join(piece.text for paragraph in made for piece in paragraph.pieces).split()
        )
        anchors = [anchor for paragraph in made for piece in paragraph.pieces for anchor in piece.anchors]
        assert sorted(anchors) == sorted(item.id for item in record.items)


# Who may do what


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8787", "localhost.evil.example", ""])
def test_only_known_hosts_are_answered(desk: Client, host: str) -> None:
    assert desk.get("/", host=host).status == 421


def test_names_that_are_allowed_are_answered(store: Path) -> None:
    with running(store, hosts=("desk.example",)) as client:
        assert client.get("/", host="desk.example:80").status == 200
        assert client.get("/", host="LOCALHOST:80").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
    ],
)
def test_other_sites_may_not_add(desk: Client, headers: dict[str, str]) -> None:
    answer = desk.post("/add.json", {"text": "Kazakhstan and Uzbekistan met."}, **headers)
    assert answer.status == 403
    assert "another site" in answer.json["detail"].lower()


@pytest.mark.parametrize(
    ("settings", "headers", "status"),
    [
        ({"readonly": True}, {}, 403),
        ({"host": "0.0.0.0"}, {}, 403),
        ({"host": "0.0.0.0", "token": "a-long-enough-token"}, {}, 401),
        ({"host": "0.0.0.0", "token": "a-long-enough-token"}, {"authorization": "Bearer wrong"}, 401),
        ({"host": "0.0.0.0", "token": "a-long-enough-token"}, {"authorization": "Bearer a-long-enough-token"}, 400),
        ({"token": "a-long-enough-token"}, {}, 401),
    ],
)
def test_adding_beyond_this_machine_needs_the_token(
    store: Path, settings: dict[str, Any], headers: dict[str, str], status: int
) -> None:
    with running(store, **settings) as client:
        assert client.post("/add.json", {}, **headers).status == status
        assert client.get("/statements").status == 200


def test_the_token_is_remembered_by_the_browser(store: Path) -> None:
    with running(store, token="a-long-enough-token") as client:
        assert client.post("/token", {"token": "wrong"}).status == 401
        answer = client.post("/token", {"token": "a-long-enough-token"})
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert client.post("/add.json", {}, cookie=cookie.partition(";")[0]).status == 400


def test_a_token_must_be_hard_to_guess() -> None:
    with pytest.raises(InputError, match="too easy"):
        Settings(Path("x"), token="short")


def test_uploads_are_limited_in_size_and_kind(store: Path) -> None:
    with running(store, max_upload=20_000) as client:
        assert client.post("/add.json", {"text": "x" * 30_000}).status == 413
        body = iter([b"x" * 15_000, b"y" * 15_000])
        kind = {"content-type": "application/x-www-form-urlencoded"}
        assert client.ask("POST", "/add.json", body=body, headers=kind).status == 413
        answer = client.post("/add.json", {"files": ("run.exe", b"MZ")})
        assert (answer.status, "run.exe" in answer.json["detail"]) == (415, True)
        assert client.post("/add.json", {"urls": "file:///etc/passwd"}).status == 400
        assert client.post("/add.json", {"text": "  "}).status == 400


def test_what_is_added_is_read_and_shown(tmp_path: Path) -> None:
    store = tmp_path / "new.db"
    with open_store(store):
        pass
    with running(store) as client:
        assert "The store is empty" in client.get("/").text
        text = "“We will open two crossings in May,” Kazakh Deputy Minister Asel Omarova said on Monday."
        answer = client.post("/add.json", {"text": text, "title": "Crossings", "published": "2026-03-17"})
        assert answer.status == 202
        jsonschema.validate(answer.json, schema_of("JobAnswer"))
        job = client.finished(answer.json["address"])
        assert (job["state"], job["reason"], len(job["done"])) == ("done", None, 1)
        document = job["done"][0]["document"]
        shown = client.get(answer.json["address"])
        assert (shown.status, shown.headers["location"]) == (303, f"/documents/{document}")
        assert "Asel Omarova" in client.get(f"/documents/{document}").text
        # The same again is known, and a file with the wrong inside says why.
        files = [("files", ("again.txt", text.encode())), ("files", ("../../up.pdf", b"%PDF-1.4 broken"))]
        answer = client.ask("POST", "/add.json", fields=files)
        job = client.finished(answer.json["address"])
        assert [each["status"] for each in job["done"]] == ["unchanged", "failed"]
        assert job["done"][0]["document"] == document
        assert job["done"][1]["input"] == "up.pdf"
        kept = Path(f"{store}.added")
        assert all(kept in path.parents for path in tmp_path.rglob("*.pdf"))


def schema_of(name: str) -> dict[str, Any]:
    schema = json.loads(json.dumps(interface_schema()))
    return {"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]}


# The command


def test_the_command_shows_the_store_until_it_is_stopped(tmp_path: Path) -> None:
    store = tmp_path / "fresh.db"
    process = subprocess.Popen(
        [str(PROGRAM), "desk", "--store", str(store), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(PYTHONUNBUFFERED="1"),
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert address, line
        assert "The store is empty" in Client(address[0]).get("/").text
        taken = program.run("desk", "--store", store, "--port", address[0].rpartition(":")[2])
        assert (taken.returncode, taken.stdout) == (2, "")
        assert "choose another --port" in taken.stderr
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (130, "multivector: stopped\n")


def test_a_store_that_is_not_there_is_not_made_for_reading_only(tmp_path: Path) -> None:
    result = program.run("desk", "--store", tmp_path / "none.db", "--read-only", "--port", "0")
    assert result.returncode == 2
    assert "no such store" in result.stderr
    assert not (tmp_path / "none.db").exists()
