"""Text and Markdown: encodings, clean characters, front matter, language; and that bad bytes never break it."""

from __future__ import annotations

import dataclasses
import random
import time
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gather_tools import gathered, pdf, text_of
from multivector.errors import InputError
from multivector.gather import Options, Source, parse
from multivector.gather._clean import clean
from multivector.gather._types import make_raw
from multivector.gather._when import publication_day
from multivector.record import document_id

RUSSIAN = "Министр сообщил, что стороны договорились о поставках зерна до конца года."
TURKISH = "Bakan, tarafların yıl sonuna kadar buğday sevkiyatı konusunda anlaştığını söyledi."
ENGLISH = "The minister said – quite “openly” – that both sides’ cafés would buy grain for £5 until the year’s end."
KAZAKH = "Министр тараптардың жыл соңына дейін астық жеткізу туралы келіскенін айтты."
CHINESE = "部长表示,双方同意在年底前供应粮食。"


def refusal(name: str, data: bytes, options: Options | None = None) -> str:
    with pytest.raises(InputError) as caught:
        gathered(name, data, options)
    message = str(caught.value)
    assert message.startswith(name)
    assert "\n" not in message
    return message.removeprefix(name + ": ")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, e) for e in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be")),
        *((RUSSIAN, e) for e in ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")),
        *((RUSSIAN.upper(), e) for e in ("cp1251", "koi8-r")),
        *((TURKISH, e) for e in ("utf-8", "cp1254", "iso8859-9", "utf-16", "utf-16-le")),
        *((ENGLISH, e) for e in ("utf-8", "cp1252", "utf-16-be", "utf-32-le")),
        *((KAZAKH, e) for e in ("utf-8", "ptcp154")),
        *((CHINESE, e) for e in ("utf-8", "gb18030", "utf-16")),
    ],
)
def test_a_sentence_reads_the_same_in_every_usual_encoding(text: str, encoding: str) -> None:
    assert text_of("a.txt", text.encode(encoding)) == text


def test_a_few_broken_bytes_do_not_hide_the_encoding() -> None:
    data = (RUSSIAN + "\n").encode() * 20
    assert text_of("a.txt", data[:-3]).startswith(RUSSIAN)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t ", "empty"),
        ("a.txt", b"12345 67, 89.", "no readable text"),
        ("a.txt", "\u200b\u00ad\ufeff".encode(), "no readable text"),
        ("a.txt", bytes(range(256)) * 4, "a binary file, not a document"),
        ("a.docx", b"PK\x03\x04" + b"x" * 50, "a ZIP archive (a .docx, .odt or .epub?); multivector reads"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "a PNG image; multivector reads text, Markdown, HTML and PDF"),
        ("a.xml", b'<?xml version="1.0"?><rss><item>News</item></rss>', "an XML file that is not a web page"),
    ],
)
def test_what_is_no_document_says_why(name: str, data: bytes, reason: str) -> None:
    assert refusal(name, data).startswith(reason)


def test_characters_come_in_one_form() -> None:
    raw = "\ufeffCafe\u0301\u00a0talks\u202f: co\u00adoperation\u200b\r\n"
    raw += "next\x0bline \t\rand\x07 a\u2028b\ud800\n\n\n\nend  \n"
    assert clean(raw) == "Café talks : cooperation\nnext\nline\nand a\nb\n\nend"


@given(st.text(st.characters(), max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_text_in_many_pieces_is_fast() -> None:
    begun = time.monotonic()
    for text in ("word " * 400_000, "a" + "\u0301\u0323" * 900_000, "\n \n" * 600_000 + "end", " " * 1_999_000 + "end"):
        gathered("a.txt", text.encode())
    assert refusal("a.txt", b"word " * 4_000_000) == (
        "more than 2,000,000 characters of text; raise --max-chars or split it"
    )
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("piece", ["[", "![", "*", "*a_", "`a", "<", "> ", "[a](", "&amp", "a\n\t", "[a]: b\n", "<!--"])
def test_odd_markdown_is_fast(piece: str) -> None:
    begun = time.monotonic()
    gathered("a.md", ("word\n\n" + piece * (500_000 // len(piece)) + " end").encode())
    assert time.monotonic() - begun < 10


def test_front_matter_states_what_the_document_is() -> None:
    source = """---
title: "Grain: who buys"
date: 2025-11-03
Source: Steppe Courier
url: https://example.org/grain
lang: en-GB
tags:
  - grain
---

Grain prices rose."""
    document = gathered("x.txt", source.encode()).document
    assert document.title == "Grain: who buys"
    assert (document.published, document.publisher) == ("2025-11-03", "Steppe Courier")
    assert (document.url, document.language) == ("https://example.org/grain", "en")
    assert document.text == "Grain prices rose."


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    assert text_of("a.txt", b"---\nGrain prices rose today.\n---\nMore.") == "---\nGrain prices rose today.\n---\nMore."


def test_options_win_over_the_source() -> None:
    options = Options(published="2024-01-02", publisher="Desk", language="ky", title="Mine")
    document = gathered("a.txt", b"---\ntitle: Theirs\ndate: 2020-01-01\n---\nGrain prices rose.", options).document
    assert (document.published, document.publisher, document.language, document.title) == (
        "2024-01-02",
        "Desk",
        "ky",
        "Mine",
    )


def test_the_date_in_a_file_name_is_the_last_resort() -> None:
    assert gathered("in/2025-03-04 grain.txt", b"Grain prices rose.").document.published == "2025-03-04"
    assert gathered("20250304.txt", b"---\ndate: 2025-03-01\n---\nGrain.").document.published == "2025-03-01"
    assert gathered("grain 2025-03-04.txt", b"Grain prices rose.").document.published is None


@pytest.mark.parametrize("date", ["1066-10-14", "2999-01-01", "2025-02-30", "yesterday", "03/04/2025", "0", "9" * 60])
def test_absurd_dates_are_dropped(date: str) -> None:
    assert gathered("a.txt", f"---\ndate: {date}\n---\nGrain.".encode()).document.published is None


@pytest.mark.parametrize(
    "written",
    [
        *("2025-03-04", "2025-03-04T23:10:00+05:00", "20250304", "4.3.2025", "04.03.2025 18:30", "2025/03/04"),
        *("4 March 2025", "March 4, 2025", "Tue, 4 Mar 2025 10:00 GMT", "4 марта 2025 года", "4 Mart 2025"),
        *("2025 ж. 4 наурыз", "4 de marzo de 2025", "18:05, 4 березня 2025"),
    ],
)
def test_dates_as_sources_write_them(written: str) -> None:
    import datetime as dt

    assert publication_day(written, dt.date(2030, 1, 1)) == "2025-03-04"


def test_markdown_becomes_plain_paragraphs() -> None:
    source = """# Grain talks

The **ministers** met\nin [town](https://example.org "t") today.  \nThey ate.

* bread
* salt
  1. rock
  2. sea

## Prices

> It rose.

| Year | Price |
|------|-------|
| 2024 | 10    |

<div>Aside</div> ![map](m.png)
"""
    document = gathered("a.md", source.encode()).document
    assert document.title == "Grain talks"
    assert document.text == (
        "The ministers met in town today.\nThey ate.\n\n- bread\n- salt\n1. rock\n2. sea\n\n"
        "Prices\n\nIt rose.\n\nYear | Price\n2024 | 10\n\nAside ![map](m.png)"
    )


def test_a_heading_stays_where_front_matter_has_another_title() -> None:
    document = gathered("a.md", b"---\ntitle: Other\n---\nBefore.\n\n# Grain talks\n\nAfter.").document
    assert (document.title, document.text) == ("Other", "Before.\n\nGrain talks\n\nAfter.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (RUSSIAN, "ru"),
        (TURKISH, "tr"),
        (ENGLISH, "en"),
        (KAZAKH, "kk"),
        ("Oʻzbekiston va Tojikiston vakillari Toshkentda uchrashib, savdo hajmini oshirishga kelishib oldi.", "uz"),
        ("Кыргызстандын өкүлдөрү Бишкекте жолугушуп, соода жөнүндө келишимге кол коюшту.", "ky"),
        ("Намояндагони Тоҷикистон дар Душанбе мулоқот намуда, созишномаи нав ба имзо расониданд.", "tg"),
        ("OK", None),
        ("Hm, 12.", None),
    ],
)
def test_the_language_is_recognised(text: str, language: str | None) -> None:
    assert gathered("a.txt", text.encode()).document.language == language


def test_a_hint_decides_for_short_texts_alone() -> None:
    assert gathered("a.txt", b"---\nlang: tr\n---\nTamam.").document.language == "tr"
    long = "\n".join([RUSSIAN] * 5)
    assert gathered("a.txt", f"---\nlang: en\n---\n{long}".encode()).document.language == "ru"


def test_one_text_is_one_document_wherever_it_is_found() -> None:
    one = gathered("a.txt", RUSSIAN.encode("cp1251"))
    other = gathered("b.md", b"---\ntitle: T\n---\n" + RUSSIAN.encode() + b"\r\n")
    assert one.document.id == other.document.id == document_id(RUSSIAN)
    assert one.digest != other.digest


def test_the_same_bytes_and_options_give_the_same_digest_and_document() -> None:
    first, second = (make_raw(Source("a.txt"), RUSSIAN.encode(), Options()) for _ in range(2))
    assert first.digest == second.digest
    assert parse(first).document == parse(first).document
    assert make_raw(Source("a.txt"), RUSSIAN.encode(), Options(title="T")).digest != first.digest
    assert make_raw(Source("in/a.txt"), RUSSIAN.encode(), Options(timeout=3)).digest == first.digest


def test_dates_are_judged_by_the_day_of_fetching() -> None:
    raw = make_raw(Source("2020-05-05.txt"), b"Grain prices rose.", Options())
    assert parse(raw).document.published == "2020-05-05"
    assert parse(dataclasses.replace(raw, retrieved="2020-05-01T10:00:00Z")).document.published is None


SEEDS = (
    b"<html><body><p>Grain <b>prices</b> rose</p></body></html>",
    b"# Grain\n\n- a\n- b\n\n|a|b|\n|-|-|\n|1|2|\n",
    b"---\ntitle: a\n---\nb",
    pdf([[(72, 700, "Grain prices rose.")]]),
    RUSSIAN.encode("koi8-r"),
    RUSSIAN.encode("utf-16"),
)


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """A document with bytes changed, cut and doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, len(data)))
        match draw(st.integers(0, 2)):
            case 0:
                data[place : place + 1] = draw(st.binary(min_size=1, max_size=4))
            case 1:
                del data[place : place + draw(st.integers(1, 40))]
            case _:
                data[place:place] = data[place : place + 60]
    return bytes(data)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=400) | mangled(), suffix=st.sampled_from([".txt", ".md", ".html", ".pdf", ""]))
@example(data=b"%PDF-", suffix=".pdf")
@example(data=b"<html><svg xmlns:a='\xff'/>", suffix=".html")
def test_no_bytes_raise_anything_but_an_input_error(data: bytes, suffix: str) -> None:
    try:
        document = gathered("a" + suffix, data).document
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert document.text == clean(document.text)
        assert any(map(str.isalpha, document.text))


def test_noise_is_never_taken_for_text() -> None:
    noise = random.Random(7)
    for size in (500, 5_000, 50_000):
        assert refusal("a.txt", noise.randbytes(size))
