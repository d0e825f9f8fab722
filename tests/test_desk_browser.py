"""The desk in a real browser: all pages, main paths, keys, hostile texts, accessibility; nothing leaves the machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("starlette", reason="the extra `desk` is not installed")
pytest.importorskip("playwright", reason="Playwright is not installed")

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from desk_tools import LONG, Client, ids, make_store, running

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--disable-dev-shm-usage"),
)
# One process for all of these: starting a browser takes longer than most of them.
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install one, or name it in CHROMIUM"),
    pytest.mark.xdist_group("browser"),
]
PAGES = (
    *("/", "/statements", "/events", "/figures", "/agreements", "/ties", "/actors", "/dates", "/documents", "/people"),
    *("/person?name=Timur%20Ёлкин", "/formats", "/formats/IGO:C5", "/search?q=grain", "/add", "/about", "/api"),
    *("/charts/timeline", "/region?source=record", "/states/KAZ", "/checks", "/nothing"),
)
WIDTHS = (390, 1440, 2560)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    store = make_store(tmp_path_factory.mktemp("desk") / "made.db")
    with running(store) as client:
        for path in ("/region?source=record", "/states/KAZ", "/checks"):
            client.settled(path)
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


class Watched:
    """A page whose faults and requests are noted."""

    def __init__(self, context: BrowserContext, client: Client) -> None:
        self.page: Page = context.new_page()
        self.client = client
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self._said(message.type, message.text))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def _said(self, kind: str, text: str) -> None:
        # The browser tells of every answer with an error's status; those are asked for here.
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append(text)

    def open(self, path: str) -> Page:
        self.page.goto(self.client.address + path)
        return self.page


@pytest.fixture
def tab(browser: Browser, desk: Client) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    watched = Watched(context, desk)
    yield watched
    context.close()
    assert watched.faults == []
    assert {urlsplit(url).netloc for url in watched.asked} <= {urlsplit(desk.address).netloc}


def document_of(client: Client, words: str) -> str:
    return client.get(f"/search.json?q={words}").json["rows"][0]["id"]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_window(tab: Watched, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 900})
    hostile = document_of(tab.client, "ambassador")
    for path in (*PAGES, f"/documents/{hostile}"):
        page = tab.open(path)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, (path, width, over)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, desk: Client, scheme: Any) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    watched = Watched(context, desk)
    statement = ids(desk, "statements")[0]
    hostile = document_of(desk, "ambassador")
    # In the dark the colours differ, and nothing else: a page of each make will do.
    some = ("/", "/statements", "/figures", "/region?source=record", "/checks") if scheme == "dark" else PAGES
    for path in (*some, f"/items/{statement}", f"/documents/{hostile}", "/token"):
        page = watched.open(path)
        page.evaluate(axe)
        found = page.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations)")
        serious = [
            (each["id"], [node["html"][:160] for node in each["nodes"][:3]], each["nodes"][0]["failureSummary"][:300])
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
        assert serious == [], path
    context.close()


def test_charts_are_drawn_under_the_policy_and_lead_to_their_items(tab: Watched) -> None:
    page = tab.open("/figures")
    figure = page.locator("figure.chart[data-drawn=yes]")
    figure.wait_for(timeout=15_000)
    figure.locator("svg .mark-rect path").first.click()
    page.wait_for_url("**/figures?**since=**")
    expect(page.locator(".chips")).to_contain_text("Since")


def test_text_and_record_light_each_other_up(tab: Watched) -> None:
    page = tab.open(f"/documents/{document_of(tab.client, 'uzbekistan')}")
    cue = page.locator("#text .cue").first
    cue.hover()
    expect(page.locator("#record .card.statements.lit")).to_have_count(1)
    card = page.locator("#record .card.figures").first
    card.hover()
    expect(page.locator("#text .figure.lit").first).to_be_visible()
    expect(page.locator("#text .cue.lit")).to_have_count(0)
    page.get_by_label("figures").uncheck()
    assert page.locator("#text").get_attribute("class") == "body no-figures"


def test_keys_go_from_item_to_item_and_open_it(tab: Watched) -> None:
    page = tab.open(f"/documents/{document_of(tab.client, 'uzbekistan')}")
    cards = page.locator("#record [data-items] [data-href]")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") not in (first, "")
    assert cards.count() >= 3
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first
    assert page.url.endswith(f"#{first}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/items/{first}")
    page.get_by_role("link", name="Read it in its document").click()
    page.wait_for_url("**#at-*")
    expect(page.locator(f"[id='{first}']")).to_have_class("card statements lit")
    expect(page.locator("#text .content.lit").first).to_be_in_viewport()
    page.keyboard.press("?")
    expect(page.locator("#key-help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_link_to_an_item_opens_with_it_in_view(tab: Watched) -> None:
    page = tab.page
    page.set_viewport_size({"width": 390, "height": 500})
    for id_ in ids(tab.client, "statements")[:2]:
        document = tab.client.get(f"/items/{id_}.json").json["item"]["doc"]
        tab.open(f"/documents/{document}#{id_}")
        expect(page.locator("#text .content.lit").first).to_be_in_viewport()


def test_filters_stay_in_the_address_back_and_forward(tab: Watched) -> None:
    page = tab.open("/statements")
    page.get_by_label("Speaker’s state").fill("UZB")
    page.get_by_role("button", name="Filter", exact=True).click()
    page.wait_for_url("**state=UZB**")
    expect(page.locator("ol.rows > li")).to_have_count(3)
    page.locator(".said a").first.click()
    page.wait_for_url("**/documents/**")
    page.go_back()
    expect(page.locator("ol.rows > li")).to_have_count(3)
    page.go_back()
    expect(page.locator(".chips")).to_have_count(0)
    page.go_forward()
    assert page.get_by_label("Speaker’s state").input_value() == "UZB"
    page.locator(".chips a").first.click()
    page.wait_for_url(lambda url: "UZB" not in url)


def test_pages_work_without_a_script(browser: Browser, desk: Client) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(desk.address + "/statements?state=KAZ")
    page.locator(".said a").first.click()
    assert "/documents/" in page.url
    assert page.locator("#text .content.lit").count() >= 1
    page.goto(desk.address + "/figures")
    assert page.locator("figure.chart img").get_attribute("src") == "/charts/timeline.svg?of=figures"
    context.close()


def test_hostile_text_stays_text(tab: Watched) -> None:
    page = tab.open(f"/documents/{document_of(tab.client, 'ambassador')}")
    assert page.locator("#text script, #text img, h1 script").count() == 0
    assert "caught" not in page.title() or page.title().startswith("<script>")
    body = page.locator("#text").inner_text()
    assert "<script>alert(1)</script>" in body
    assert LONG in body
    assert page.locator("#text p").nth(1).evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator("#text .content.d2").count() >= 1, "a statement inside another is told apart"


def test_light_and_dark_are_remembered(tab: Watched) -> None:
    page = tab.open("/")
    before = page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor")
    page.get_by_role("button", name="Switch between light and dark").click()
    after = page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor")
    assert before != after
    page.reload()
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == after


def test_all_by_keyboard_the_skip_link_comes_first(tab: Watched) -> None:
    page = tab.open("/statements")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_two_tabs_while_something_is_read(browser: Browser, tmp_path: Path) -> None:
    with running(make_store(tmp_path / "busy.db")) as client:
        context = browser.new_context()
        adding, reading = Watched(context, client), Watched(context, client)
        page = adding.open("/add")
        names = []
        for number in range(4):
            name = tmp_path / f"2026-03-1{number}-note.txt"
            name.write_text(
                f"Kazakhstan's energy minister said on Monday that output would rise by {number + 2} percent."
            )
            names.append(str(name))
        page.locator("input[type=file]").set_input_files(names)
        page.get_by_role("button", name="Read them").click()
        page.wait_for_url("**/jobs/**")
        other = reading.open("/statements")
        other.locator(".said a").first.click()
        expect(other.locator("#record .card").first).to_be_visible()
        expect(page.locator("h1")).to_have_text("Read", timeout=45_000)
        expect(page.locator("main li")).to_have_count(4)
        page.locator("main li a").first.click()
        expect(page.locator("#text")).to_contain_text("energy minister")
        other.goto(client.address + "/statements?text=output")
        assert other.locator("ol.rows > li").count() >= 1
        assert adding.faults + reading.faults == []
        context.close()
