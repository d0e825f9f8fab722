"""A folder of damaged inputs, the same for the same seed, with good documents between them."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

EXAMPLE_PDF = Path(__file__).parents[1] / "examples" / "2026-07-03-samarkand-meeting.pdf"

PLACES = ("Almaty", "Bishkek", "Dushanbe", "Tashkent", "Ashgabat", "Khorog", "Osh", "Termez")
STATES = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Uzbekistan", "Turkmenistan", "Mongolia", "Turkey", "India")
GOODS = ("cotton", "wheat", "copper", "apricots", "electricity", "cement", "gas", "buses")


def good_text(number: int) -> str:
    """A short news item, another for each number."""
    one, other = STATES[number % 8], STATES[(number + 1 + number // 8 % 6) % 8]
    place, goods = PLACES[number % 8], GOODS[number % 7]
    return (
        f"{place.upper()}, {number % 27 + 1} May. {one} and {other} signed an agreement on {goods} in {place}"
        f" on Monday, the trade ministry of {one} said.\n\n"
        f"“We expect trade of {number + 2}.5 million dollars by 2028,” the minister said about report {number}.\n"
    )


def good_page(number: int) -> str:
    """The same as a page of a news site."""
    paragraphs = "".join(f"<p>{part.strip()}</p>" for part in good_text(number).split("\n\n"))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Report</title>'
        f'<meta property="article:published_time" content="2026-05-{number % 27 + 1:02d}"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Report {number}</h1>{paragraphs}</article></body></html>"
    )


def make_good(folder: Path, count: int, *, start: int = 0) -> list[Path]:
    """`count` readable documents: texts, some of them as pages, some twice under other names and dates."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for number in range(start, start + count):
        # Every seventh is the text of the one before, found a second time.
        text, twice = (good_text(number - 1), True) if number % 7 == 6 else (good_text(number), False)
        path = folder / f"{number:03d}.{'html' if number % 5 == 2 and not twice else 'txt'}"
        if path.suffix == ".html":
            path.write_text(good_page(number), encoding="utf-8")
        else:
            dated = f"---\ndate: 2026-{number % 9 + 1:02d}-15\npublisher: Example Wire {number % 3}\n---\n"
            path.write_text((dated if twice or number % 2 else "") + text, encoding="utf-8")
        made.append(path)
    return made


def damaged_bytes(rng: random.Random) -> list[tuple[str, Callable[[], bytes]]]:
    """Kinds of damage: a file suffix, and what makes the bytes."""
    text = good_text(rng.randrange(1000))
    pdf = EXAMPLE_PDF.read_bytes()
    page = good_page(rng.randrange(1000))

    def garbled_pdf() -> bytes:
        data = bytearray(pdf)
        for _ in range(rng.randrange(1, 200)):
            data[rng.randrange(8, len(data))] = rng.randrange(256)
        return bytes(data)

    def mixed() -> bytes:
        parts = (text.encode(), "Министр заявил об этом.".encode("cp1251"), "“ja”".encode("utf-16-le"), b"\x80\xff\xfe")
        return b"\n".join(rng.sample(parts, rng.randrange(2, 5)))

    def surrogates() -> bytes:
        units = [rng.choice((0xD800, 0xDC00, 0x41, 0x20, 0x0416, 0xDBFF)) for _ in range(200)]
        return b"\xff\xfe" + b"".join(unit.to_bytes(2, "little") for unit in units)

    absurd = rng.choice(["0000-00-00", "99999-12-31", "2026-02-31", "31 February 2026", "2999-01-01", "-1", "٢٠٢٦"])
    letters = "A\u0416\u05d0\u4e2d\u0e01\U0001f1f0\u202e\u0301"
    entities = b'<?xml version="1.0" encoding="no-such"?><!DOCTYPE x [<!ENTITY a "&a;">]>&a;'
    return [
        (".pdf", lambda: pdf[: rng.randrange(len(pdf))]),
        (".pdf", garbled_pdf),
        (".pdf", lambda: b"%PDF-1.7\n" + rng.randbytes(2000)),
        (".txt", lambda: rng.randbytes(rng.randrange(1, 5000))),
        (".txt", lambda: text.encode(rng.choice(("utf-16", "utf-32", "cp1252", "utf-8-sig", "utf-7")), "replace")),
        (".txt", lambda: ("Министр сообщил: " + text).encode(rng.choice(("koi8-r", "cp866", "iso8859-5")), "replace")),
        (".txt", mixed),
        (".html", lambda: b"<div><table><tr><td>" * 3000 + text.encode()),
        (".txt", lambda: b""),
        (".html", lambda: b" \n\t\r\n"),
        (".txt", lambda: f"On {absurd} Kazakhstan said that in year 0000 and 99999 trade was 31 February.".encode()),
        (".html", lambda: page.replace("2026-05-", absurd).encode()),
        (".md", lambda: f"---\ndate: {absurd}\ntitle: [unclosed\nurl: javascript:alert(1)\n---\n# {text}".encode()),
        (".md", lambda: b"---\n---\n---\ndate: 2026-01-01\n" + text.encode() + b"\n---\npublisher: x\n---\n"),
        (".txt", lambda: bytes(range(32)) * 20 + text.encode() + b"\x1b[31mred\x1b[0m\x07\x9b2J"),
        (".txt", lambda: text.replace(" ", "\0").encode()),
        (".txt", lambda: "".join(rng.choices(letters, k=400)).encode()),
        (".txt", lambda: rng.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0"))),
        (".html", lambda: b"<html><head><title>Only a head</title></head></html>"),
        (".html", lambda: page.encode()[: rng.randrange(len(page))]),
        (".html", lambda: f"<p class=\"{text}><a href='{text}<!-- {text} <script> {text}".encode()),
        (".html", lambda: b'<p title="' + b"a" * 200_000 + b'">' + text.encode() + b"</p>"),
        (".html", lambda: json.dumps({"headline": text, "datePublished": absurd}).encode()),
        (".txt", lambda: ("Kazakhstan" * 20_000 + " said " + "é" * 50_000).encode()),
        (".txt", surrogates),
        (".txt", lambda: ("\u202e" + text + "\u200f\u2066").encode()),
        (".txt", lambda: (text + "[bold red]not markup[/] [link=file:///etc/passwd]x[/link] :smile:").encode()),
        (".txt", lambda: ("“" * 3000 + text + '"' * 3000 + "(" * 3000).encode()),
        (".txt", lambda: ("\u0301" * 5000 + text).encode()),
        (".xhtml", lambda: entities + text.encode()),
        (".txt", lambda: b"PK\x03\x04" + rng.randbytes(500)),
        (".pdf", lambda: page.encode()),
        (".html", lambda: pdf),
        (".txt", lambda: ("1" * 5000 + " " + "2026-" * 5000 + text).encode()),
    ]


ODD_NAMES = (
    "new\nline.txt",
    "tab\there.txt",
    "\x1b[31mred.txt",
    "[bold]markup[/bold].txt",
    ":smile:.txt",
    "spaces  two .txt",
    "quote'\".txt",
    "--option.txt",
    "Қазақстан – Ўзбекистон.txt",
    "\u202etxt.exe.txt",
    "e\u0301.txt",
    "%s{}.txt",
)


def make_damaged(folder: Path, count: int = 300, *, seed: int = 20260218) -> tuple[list[Path], list[Path]]:
    """Fill `folder` with `count` inputs, about a quarter of them good; gives the good ones and all of them."""
    rng = random.Random(seed)
    good = make_good(folder / "good", count // 4 - len(ODD_NAMES))
    for number, name in enumerate(ODD_NAMES):
        path = folder / "names" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(good_text(500 + number), encoding="utf-8")
        good.append(path)
    if os.name == "posix":
        # A name that is not UTF-8.
        raw = os.fsencode(folder / "names") + b"/caf\xe9.txt"
        Path(os.fsdecode(raw)).write_text(good_text(600), encoding="utf-8")
        good.append(Path(os.fsdecode(raw)))
    every = list(good)
    long = folder / "one-line.txt"
    long.write_bytes(b"Kazakhstan said so. " * 1_000_001)
    every.append(long)
    number = 0
    while len(every) < count:
        for suffix, make in damaged_bytes(rng):
            if len(every) >= count:
                break
            path = folder / f"part{number % 3}" / f"{number:03d}{suffix}"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(make())
            every.append(path)
            number += 1
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    return good, every
