"""Getting statistics over the network. The provider is a server on this machine that plays answers and errors."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import statistics_files as files
from gather_tools import Answer, reply, served
from multivector.errors import StatisticsError
from multivector.statistics import Fetched, Limits, Request, fetch, providers, requests

GDP = files.world_bank(("KAZ", "2023", 2.5e11)).encode()
QUICK = Limits(timeout=5, tries=3, longest_wait=60)


def world_bank(base: str, *areas: str) -> list[Request]:
    return requests("worldbank", areas, first="2022", last="2023", indicator="NY.GDP.MKTP.CD", base=base)


def path_of(request: Request) -> str:
    parts = urlsplit(request.address)
    return f"{parts.path}?{parts.query}"


class Plays:
    """Answers one after the other, the last again and again; remembers what was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.seen: list[dict[str, str]] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        self.seen.append(dict(handler.headers.items()))
        (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(handler)


def run(plays: Plays, folder: Path, *areas: str, refresh: bool = False) -> tuple[list[Fetched], list[float]]:
    """Ask for areas of a server that plays answers; what came of it, and for how long was waited."""
    waits: list[float] = []
    form = [path_of(request) for request in world_bank("http://x", *areas)]
    with served(dict.fromkeys(form, plays)) as base:
        asked = world_bank(base, *areas)
        done = fetch(asked, folder, provider="worldbank", refresh=refresh, limits=QUICK, sleep=waits.append)
        return list(done), waits


def test_an_answer_is_kept_and_not_asked_for_again(tmp_path: Path) -> None:
    plays = Plays(reply(GDP))
    (first,), _ = run(plays, tmp_path / "new", "KAZ")
    assert first.path is not None
    assert first.path.read_bytes() == GDP
    assert first.path.name.startswith("worldbank_KAZ_2022-2023_")
    # The address of the server is no part of the name: the server of the second run has another port.
    (again,), _ = run(plays, tmp_path / "new", "KAZ")
    assert again.cached
    assert len(plays.seen) == 1
    (fresh,), _ = run(plays, tmp_path / "new", "KAZ", refresh=True)
    assert not fresh.cached
    assert len(plays.seen) == 2
    assert "multivector/" in plays.seen[0]["User-Agent"]


def test_the_pause_between_requests_is_kept(tmp_path: Path) -> None:
    done, waits = run(Plays(reply(GDP)), tmp_path, "KAZ", "UZB", "TJK")
    assert all(each.path for each in done)
    assert waits == [providers()["worldbank"].pause] * 2


def test_429_waits_as_long_as_the_server_asks(tmp_path: Path) -> None:
    (done,), waits = run(Plays(reply(b"", 429, Retry_After="7"), reply(GDP)), tmp_path, "KAZ")
    assert done.path is not None
    assert waits == [7.0]


def test_retry_after_may_be_a_date(tmp_path: Path) -> None:
    when = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30), usegmt=True)
    (done,), waits = run(Plays(reply(b"", 503, Retry_After=when), reply(GDP)), tmp_path, "KAZ")
    assert done.path is not None
    assert 25 < waits[0] <= 30


def test_a_wait_that_is_too_long_ends_the_run_and_keeps_what_was_got(tmp_path: Path) -> None:
    plays = Plays(reply(GDP), reply(b"", 429, Retry_After="3600"))
    done, waits = run(plays, tmp_path, "KAZ", "UZB", "TJK")
    assert [each.path is not None for each in done] == [True, False, False]
    assert "asks to wait 3,600 s" in (done[1].reason or "")
    assert "not asked" in (done[2].reason or "")
    assert 3600.0 not in waits
    # The next run asks for the two that are left alone.
    plays.answers = [reply(GDP)]
    done, _ = run(plays, tmp_path, "KAZ", "UZB", "TJK")
    assert [each.cached for each in done] == [True, False, False]
    assert all(each.path for each in done)


def test_429_without_an_end(tmp_path: Path) -> None:
    done, waits = run(Plays(reply(b"", 429)), tmp_path, "KAZ", "UZB")
    assert "too many requests, 3 times" in (done[0].reason or "")
    assert "not asked" in (done[1].reason or "")
    assert waits == [1.0, 2.0]  # longer each time


def test_a_server_that_fails_costs_one_question(tmp_path: Path) -> None:
    plays = Plays(*[reply(b"", 500)] * 3, reply(GDP))
    done, _ = run(plays, tmp_path, "KAZ", "UZB")
    assert (done[0].path, done[0].reason) == (None, "HTTP 500, 3 times")
    assert done[1].path is not None


def test_what_the_server_says_of_an_error_is_told(tmp_path: Path) -> None:
    (done,), waits = run(Plays(reply(b"no such series", 404)), tmp_path, "KAZ")
    assert done.reason == "HTTP 404: no such series"
    assert waits == []


def test_a_refused_key_ends_the_run(tmp_path: Path) -> None:
    done, _ = run(Plays(reply(b"", 401)), tmp_path, "KAZ", "UZB")
    assert "the key is missing or not accepted" in (done[0].reason or "")
    assert "not asked" in (done[1].reason or "")


def test_no_server(tmp_path: Path) -> None:
    asked = world_bank("http://127.0.0.1:9", "KAZ")
    (done,) = fetch(asked, tmp_path, provider="worldbank", limits=QUICK, sleep=lambda _: None)
    assert done.reason == "cannot connect, 3 times"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'[{"message": [{"key": "Invalid value", "value": "not valid"}]}]', "the World Bank's error"),
        (files.world_bank().encode(), "without any rows"),
        (files.imf().encode(), "alpha-2"),
        (files.comtrade().encode(), "without any rows"),
        (b"<html><body>Sign in</body></html>", "a web page instead of data"),
        (b"", "empty"),
        (GDP[:40], "not JSON"),
    ],
)
def test_an_error_told_with_status_200_is_not_kept(tmp_path: Path, body: bytes, reason: str) -> None:
    (done,), _ = run(Plays(reply(body)), tmp_path, "KAZ")
    assert done.path is None
    assert reason in (done.reason or "")
    assert list(tmp_path.iterdir()) == []


# What is asked


def test_areas_are_written_as_the_provider_wants_them() -> None:
    comtrade = requests("comtrade", ["USA", "Kazakhstan"], first="2022", last="2023", partners=["CHN", "World"])
    assert [(r.address.split("reporterCode=")[1][:3], "period=2022" in r.address) for r in comtrade] == [
        ("842", True),
        ("842", False),
        ("398", True),
        ("398", False),
    ]
    assert "partnerCode=156,0" in comtrade[0].address
    # IMTS answers alpha-2 codes with an empty message: it is always asked by alpha-3 codes.
    (imf,) = requests("imf", ["kz"], first="2020", last="2021", partners=["RU", "CN"])
    assert "/KAZ.XG_FOB_USD+MG_CIF_USD.RUS+CHN.A?startPeriod=2020&endPeriod=2021" in imf.address
    (estat,) = requests("eurostat", ["GRC"], first="2024-11", last="2025-02", partners=["KAZ", "UZB"], frequency="M")
    (union,) = requests("eurostat", ["European Union"], first="2023", last="2023", partners=["WLD"])
    assert "reporter=EU27_2020&partner=WORLD" in union.address
    assert "reporter=GR" in estat.address
    assert "partner=KZ&partner=UZ" in estat.address
    assert "sinceTimePeriod=2024-11&untilTimePeriod=2025-02" in estat.address


def test_the_key_goes_into_a_header_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMTRADE_API_KEY", raising=False)
    (without,) = requests("comtrade", ["KAZ"], first="2023", last="2023")
    assert "/public/v1/preview/" in without.address
    assert without.headers == {}
    monkeypatch.setenv("COMTRADE_API_KEY", "very-secret")
    (request,) = requests("comtrade", ["KAZ"], first="2023", last="2023")
    assert "/data/v1/get/" in request.address
    assert request.headers == {"Ocp-Apim-Subscription-Key": "very-secret"}
    assert "very-secret" not in f"{request.address} {request.file} {request}"
    # A stranger's server does not get it.
    (mirror,) = requests("comtrade", ["KAZ"], first="2023", last="2023", base="https://mirror.example")
    assert mirror.headers == {}


def test_the_key_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMTRADE_API_KEY", "very-secret")
    plays = Plays(reply(files.comtrade(files.comtrade_row()).encode()))
    (form,) = requests("comtrade", ["KAZ"], first="2023", last="2023", base="http://127.0.0.1")
    with served({path_of(form): plays}) as base:
        asked = requests("comtrade", ["KAZ"], first="2023", last="2023", base=base)
        (done,) = fetch(asked, tmp_path, provider="comtrade", limits=QUICK)
    assert done.path is not None
    assert plays.seen[0]["Ocp-Apim-Subscription-Key"] == "very-secret"
    assert b"very-secret" not in done.path.read_bytes()


@pytest.mark.parametrize(
    ("provider", "given", "reason"),
    [
        ("nobody", {}, "no such provider"),
        ("comtrade", {"areas": ["Ruritania"]}, "no area that comtrade has a code for"),
        ("comtrade", {"first": "2024"}, "not years in order"),
        ("comtrade", {"first": "soon"}, "not years in order"),
        ("worldbank", {}, "needs an indicator"),
        ("worldbank", {"indicator": "X", "frequency": "M"}, "not offered by worldbank"),
        ("eurostat", {"areas": ["DEU"]}, "needs partners"),
        ("imf", {"frequency": "M", "first": "2023-14"}, "not months in order"),
    ],
)
def test_a_question_that_makes_no_sense(provider: str, given: dict[str, object], reason: str) -> None:
    asked = {"areas": ["KAZ"], "first": "2023", "last": "2023"} | given
    with pytest.raises(StatisticsError, match=reason):
        requests(provider, **asked)  # pyright: ignore[reportArgumentType]
