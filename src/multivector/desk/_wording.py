"""Values in words, for pages."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from multivector.record import Figure, Item, Spans, Speaker

_LARGEST = 1e15
_STEPS = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))

_CONTROLS = (*range(9), *range(11, 32), *range(127, 160))
_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HIDDEN = dict.fromkeys((*_CONTROLS, *_DIRECTION), "\ufffd")
"""Controls and marks of direction, which could make a page show something else than what is written."""


def visible(text: str) -> str:
    """`text` with a sign in place of every character that would hide another or change its place."""
    return text.translate(_HIDDEN)


def words(text: str, spans: Spans) -> str:
    """The words under `spans` on one line, gaps shown."""
    return " … ".join(" ".join(text[start:end].split()) for start, end in spans)


def amount(figure: Figure) -> str:
    """The value as news writes it, and its unit; `about` before an approximate one."""
    size = abs(figure.value)
    step, word = next(((step, word) for step, word in _STEPS if step <= size < 1000 * step), (1, ""))
    value = f"{figure.value / step:,.15g}{word}" if size < _LARGEST else f"{figure.value:.4g}"
    unit = "%" if figure.unit == "percent" else f" {figure.unit}"
    return f"{'about ' if figure.approximate else ''}{value}{unit}"


def speaker(who: Speaker) -> str:
    """A speaker on one line: name, role, body."""
    parts = [who.person, who.role, None if who.role and who.organisation else who.organisation]
    return ", ".join(part for part in parts if part)


def date_words(value: str | None) -> str:
    """A date or period of the record as people write it: `18 Feb 2026`, `Feb 2026`, `1 Jan 2025 – 30 Sep 2025`."""
    if not value:
        return ""
    first, slash, last = value.partition("/")
    if not slash:
        return _point(first)
    return f"{_point(first)} – {_point(last)}"


def _point(value: str) -> str:
    if value == "..":
        return "…"
    parts = value.split("-")
    try:
        if len(parts) == 3:
            day = dt.date.fromisoformat(value)
            return f"{day.day} {day:%b} {day.year}"
        if len(parts) == 2:
            return f"{dt.date(int(parts[0]), int(parts[1]), 1):%b} {parts[0]}"
    except ValueError:
        pass
    return value


def number(value: float | None, digits: int = 0) -> str:
    """A number with its thousands parted, or a dash for one that is not known."""
    return "–" if value is None else f"{value:,.{digits}f}"


def percent(value: float | None, digits: int = 0) -> str:
    """A share as a percentage, or a dash for one that is not known."""
    return "–" if value is None else f"{100 * value:.{digits}f}%"


def plural(count: int, word: str, many: str | None = None) -> str:
    """`1 statement`, `2 statements`."""
    return f"{count:,} {word if count == 1 else many or word + 's'}"


def short(text: str | None, most: int = 280) -> str:
    """`text` on one line and not longer than `most`, cut between words."""
    line = " ".join((text or "").split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut) + "…"


def web_address(url: str | None) -> str | None:
    """`url` when a page may link to it: of the web, not a script."""
    if not url:
        return None
    try:
        return url if urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def item_address(item: Item, document: str) -> str:
    """Where the item stands in its document's page, with it lit and in view."""
    return f"/documents/{document}?item={item.id}#at-{item.id}"
