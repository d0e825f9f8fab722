"""Web pages and PDF: main text and metadata out of markup and layout."""

from __future__ import annotations

import json
import time

import pytest

from gather_tools import Placed, gathered, pdf, text_of
from multivector.errors import InputError
from multivector.gather import Options

BODY = """<p>The delegation left the capital on Tuesday after two days of talks on water, roads and schools.</p>
<ul><li>a canal between the two valleys</li><li>a road over the northern pass</li></ul>
<p>Both governments said that the next round would take place in the autumn, in the other capital.</p>"""


def page(head: str = "", body: str = BODY, lang: str = "en") -> bytes:
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>
<nav><ul><li><a href="/">Start</a></li><li><a href="/news">All news</a></li></ul></nav>
<div class="cookie-banner">We use cookies to make this site better. Accept all cookies?</div>
<article><h1>Visit ends</h1>{body}</article>
<aside class="related"><h3>Read also</h3><a href="/x">Ten places to see</a></aside>
<footer>Copyright 2019 Steppe Courier. All rights reserved.</footer></body></html>""".encode()


def test_the_main_text_comes_without_what_surrounds_it() -> None:
    document = gathered("a.html", page()).document
    assert document.text == (
        "The delegation left the capital on Tuesday after two days of talks on water, roads and schools.\n\n"
        "- a canal between the two valleys\n- a road over the northern pass\n\n"
        "Both governments said that the next round would take place in the autumn, in the other capital."
    )
    assert (document.title, document.language, document.published, document.url) == ("Visit ends", "en", None, None)


def test_open_graph_names_title_publisher_and_date() -> None:
    head = """<title>Visit ends | Steppe Courier</title><meta property="og:site_name" content="Steppe Courier">
    <meta property="article:published_time" content="2025-06-03T09:00:00+05:00">
    <link rel="canonical" href="https://www.courier.example/visit?id=1#top">"""
    document = gathered("a.html", page(head)).document
    assert (document.title, document.publisher) == ("Visit ends", "Steppe Courier")
    assert (document.published, document.url) == ("2025-06-03", "https://www.courier.example/visit?id=1")


def test_json_ld_is_read_and_broken_json_passed_over() -> None:
    article = {
        "@graph": [
            {"@type": "WebSite", "name": "Portal"},
            {
                "@type": ["NewsArticle"],
                "headline": "Visit ends early",
                "datePublished": "2025-06-03",
                "publisher": {"@type": "Organization", "name": "Steppe Courier"},
            },
        ]
    }
    head = f"""<script type="application/ld+json">{{"@type": oops</script>
    <script type="application/ld+json">{json.dumps(article)}</script>"""
    document = gathered("a.html", page(head)).document
    assert (document.title, document.publisher) == ("Visit ends early", "Steppe Courier")
    assert document.published == "2025-06-03"


@pytest.mark.parametrize(
    "nasty", ["[" * 50_000, '{"@graph":' * 20_000, "9" * 10_000, '{"@type":{"a":1},"publisher":[1,null]}']
)
def test_nasty_json_ld_is_passed_over(nasty: str) -> None:
    assert gathered("a.html", page(f'<script type="application/ld+json">{nasty}</script>')).document.published is None


@pytest.mark.parametrize(
    "stated",
    [
        '<time datetime="2025-06-03T08:00">today</time>',
        '<span class="news-date">03.06.2025, 18:00</span>',
        '<div class="date">3 июня 2025</div>',
        '<p itemprop="datePublished" content="2025-06-03">yesterday</p>',
    ],
)
def test_a_date_beside_the_text_counts(stated: str) -> None:
    assert gathered("a.html", page(body=stated + BODY)).document.published == "2025-06-03"


@pytest.mark.parametrize(
    "unstated",
    [
        "<p>The treaty was signed on 3 June 2025 in the old town.</p>",
        '<div class="related"><time datetime="2025-06-03">3 June</time></div>',
        '<p class="date">Updated regularly</p>',
        '<meta name="date" content="2999-06-03">',
    ],
)
def test_a_date_in_the_text_or_of_something_else_does_not(unstated: str) -> None:
    assert gathered("a.html", page(body=unstated + BODY)).document.published is None


def test_a_canonical_address_of_another_kind_is_no_address() -> None:
    for href in ("javascript:alert(1)", "/visit", "ftp://courier.example/", "https://"):
        assert gathered("a.html", page(f'<link rel="canonical" href="{href}">')).document.url is None


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r"])
def test_the_declared_encoding_of_a_page_is_believed(declared: str) -> None:
    words = "<p>Делегация покинула столицу во вторник после двух дней переговоров о воде, дорогах и школах.</p>"
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    data = f"<html><head>{head}</head><body>{words}</body></html>".encode(declared)
    assert text_of("a.html", data) == words[3:-4]


def test_a_fragment_is_read_too() -> None:
    assert text_of("a.html", b"Plain words <b>only</b>") == "Plain words only"
    assert text_of("a", b"<p>One.</p><p>Two &amp; three.</p>") == "One.\n\nTwo & three."


@pytest.mark.parametrize("repeated", ["<div>", "<span>", "<b><i>", "<ul><li>", "<table><tr><td>", "<p><font>"])
def test_a_very_deep_page_is_read(repeated: str) -> None:
    begun = time.monotonic()
    text = text_of("a.html", b"<html><body>" + repeated.encode() * 100_000 + b"The delegation left.</body></html>")
    assert "The delegation left." in text
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "repeated", ["<!--", "<script", "<a", "<", "<p>a", "<style>a", "</p", "<![CDATA[", "&", "<a b='"]
)
def test_a_page_of_broken_markup_is_fast(repeated: str) -> None:
    begun = time.monotonic()
    try:
        gathered("a.html", b"<html><body>" + repeated.encode() * (400_000 // len(repeated)))
    except InputError as error:
        assert "no readable text" in str(error)  # noqa: PT017
    assert time.monotonic() - begun < 15


def test_a_page_with_a_huge_script_is_read() -> None:
    data = b"<html><body><script>" + b"x" * 12_000_000 + b"</script><p>The delegation left.</p></body></html>"
    assert text_of("a.html", data) == "The delegation left."


WRAPPED: list[Placed] = [
    (72, 700, "The delegation left the capital on Tuesday after two days of talks on"),
    (72, 686, "water, roads and schools, and on the coop-"),
    (72, 672, "eration of the two academies in the north."),
    (90, 658, "Both governments said that the next round would take place in the"),
    (72, 644, "autumn, in the other capital."),
    (72, 616, "- a canal between the two valleys"),
    (72, 602, "- a road over the northern pass"),
]


def test_the_wrapped_lines_of_a_pdf_become_paragraphs() -> None:
    document = gathered("a.pdf", pdf([WRAPPED], info=b"/Title(Report on a visit)/CreationDate(D:20240101)")).document
    assert document.text == (
        "The delegation left the capital on Tuesday after two days of talks on water, roads and schools, and on the "
        "cooperation of the two academies in the north.\n\n"
        "Both governments said that the next round would take place in the autumn, in the other capital.\n\n"
        "- a canal between the two valleys\n- a road over the northern pass"
    )
    assert (document.title, document.published, document.language) == ("Report on a visit", None, "en")


def test_a_wrapped_line_may_begin_with_a_dash_an_initial_or_a_number() -> None:
    lines: list[Placed] = [
        (72, 700, "We shall build the road over the northern pass before the winter comes"),
        (72, 686, "- said the minister, who had come with his colleague of many years, Mr"),
        (72, 672, "K. Asanov, and who will be there again for the talks on the evening of"),
        (72, 658, "12. The road is long."),
    ]
    assert "\n" not in text_of("a.pdf", pdf([lines]))


@pytest.mark.parametrize(
    "title", [b"Microsoft Word - visit.docx", b"visit_final.indd", b"untitled", b"x", b"report v2.pdf"]
)
def test_a_file_name_is_no_title(title: bytes) -> None:
    assert gathered("a.pdf", pdf([WRAPPED], info=b"/Title(%s)" % title)).document.title is None


def test_running_lines_and_page_numbers_are_dropped_and_pages_joined() -> None:
    pages = [
        [
            (72, 800, f"Steppe Courier, No. {number}"),
            (72, 700, f"{name} tells of a journey along the river and of the people in its towns,"),
            (72, 686, f"as {name.lower()} saw them who came and went on the road and also by"),
            (290, 30, f"- {number + 7} -"),
        ]
        for number, name in enumerate(("Aslan", "Bota", "Chyngyz", "Dilnoza"))
    ]
    text = text_of("a.pdf", pdf(pages))
    assert "Courier" not in text
    assert "- 8 -" not in text
    assert "went on the road and also by Bota tells of a journey" in text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([WRAPPED])[:700], "damaged PDF (its end is missing)"),
        (b"%PDF-1.4 nothing else", "damaged PDF (its end is missing)"),
        (b"%PDF-1.4\nnothing\n%%EOF", "damaged PDF (its structure cannot be read)"),
        (pdf([[]]), "PDF without a text layer; run OCR on it first"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        gathered("a.pdf", data)
    assert str(caught.value) == f"a.pdf: {reason}"


def test_a_pdf_with_a_password_says_so() -> None:
    lock = b"<</Filter/Standard/V 1/R 2/P -44/O<%s>/U<%s>>>" % (b"28" * 32, b"00" * 32)
    locked = pdf([WRAPPED], trailer=b"/Encrypt 7 0 R/ID[<00><00>]", extra=(lock,))
    with pytest.raises(InputError, match="password-protected PDF; save a copy without the password"):
        gathered("a.pdf", locked)


def test_a_long_pdf_is_cut_short_with_a_reason() -> None:
    with pytest.raises(InputError, match="more than 100 characters of text"):
        gathered("a.pdf", pdf([WRAPPED] * 3), Options(max_chars=100))
