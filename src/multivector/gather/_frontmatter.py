"""What a text says of itself: the front matter of a text or Markdown file, and dates as sources write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = "---"
_LONGEST = 100  # lines
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_. -]{0,40}?)\s*:(?:\s+(.*))?")
_FIELDS = {
    "title": "title",
    "date": "published",
    "published": "published",
    "publication date": "published",
    "publisher": "publisher",
    "source": "publisher",
    "site": "publisher",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "language": "language",
    "lang": "language",
}


@dataclass(slots=True)
class Metadata:
    """What a source states about itself, as written; each value is checked where it is used."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


def front_matter(text: str) -> tuple[Metadata, str]:
    """The metadata in a leading block of `key: value` lines between `---` lines, and the text after it.

    A block with a line of another form is no front matter: it stays in the text. Keys that mean nothing to
    us are passed over, and so are comments, list items and indented lines, as YAML allows them.
    """
    meta = Metadata()
    first, _, rest = text.partition("\n")
    if first.strip() != _FENCE:
        return meta, text
    found = 0
    for _ in range(_LONGEST):
        line, mark, rest = rest.partition("\n")
        if line.strip() in {_FENCE, "..."} and found:
            return meta, rest
        if not mark:
            break
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            if line.strip() and not line.startswith((" ", "\t", "#", "-")):
                break
            continue
        found += 1
        field = _FIELDS.get(match[1].strip().lower().replace("_", " "))
        value = _plain(match[2] or "")
        if field and value and getattr(meta, field) is None:
            setattr(meta, field, value)
    return Metadata(), text


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return value.strip()
