"""A web page to its main text and metadata."""

from __future__ import annotations

import html
import logging
import re
from copy import deepcopy
from typing import TYPE_CHECKING

from multivector.gather._clean import clean, has_letters, one_line
from multivector.gather._frontmatter import Metadata
from multivector.gather._htmlmeta import page_metadata
from multivector.gather._untyped import Element, untyped

if TYPE_CHECKING:
    import datetime as dt

_MAX_ELEMENTS = 100_000  # a page of a thousand paragraphs has under ten thousand
_DROPPED = ("script", "style", "noscript", "template", "nav", "footer", "form", "iframe", "svg", "button", "select")
_BLOCKS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "br", "hr", "section", "article", "table"),
        *("ul", "ol", "blockquote", "header", "main", "dl", "dt", "dd", "pre"),
    )
)
_UNSEEN = re.compile(r"<(?=(?:script|style|noscript|template|svg)\b)", re.IGNORECASE)
_SEEN_AGAIN = re.compile(r"</(?:script|style|noscript|template|svg)\b[^<>]*>", re.IGNORECASE)
_BLOCK_END = re.compile(
    r"</?(?:p|div|h[1-6]|li|tr|br|hr|section|article|table|ul|ol|blockquote)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")


def html_text(source: str, url: str | None, not_after: dt.date) -> tuple[Metadata, str]:
    """Metadata and main text of a page; the text is empty when nothing was found.

    `url` is where the page was fetched, if it was; `not_after` bounds the publication date. A page too
    deep or too large for layout analysis gives the text between its tags.
    """
    tree = _tree(source)
    if tree is None:
        return Metadata(), _between_tags(source)
    meta = page_metadata(tree, url, not_after)
    text = _main_text(tree, url)
    if not has_letters(text):
        text = _all_text(tree)  # no markup tells main text from the rest: better too much than nothing
    return meta, _without_title(text, meta.title)


def _tree(source: str) -> Element | None:
    """The page's elements, or None when libxml2 gave up on its depth or size or it has too many elements."""
    etree, lxml_html = untyped("lxml.etree"), untyped("lxml.html")
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    # What libxml2 says where it stops reading: deeper than 256 elements, or more than 10 MB at a time.
    if any("XML_PARSE_HUGE" in entry.message for entry in parser.error_log):
        return None
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        return None
    return tree


def _main_text(tree: Element, url: str | None) -> str:
    trafilatura = untyped("trafilatura")
    # It logs what it discards; our caller says the same in one line of its own.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            deepcopy(tree),
            url=url,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            with_metadata=False,
        )
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return ""  # faults on odd pages; the page's whole text is used instead
    text = getattr(found, "text", None)
    return _blocks(clean(text)) if isinstance(text, str) else ""


def _blocks(text: str) -> str:
    """Blank lines between paragraphs, where trafilatura gives a line for each; list items and rows stay close."""
    out: list[str] = []
    before = ""
    for line in filter(None, text.split("\n")):
        close = (line.startswith("- ") and before.startswith("- ")) or ("| " in line and "| " in before)
        out.append(("\n" if close else "\n\n") + line)
        before = line
    return clean("".join(out))


def _all_text(tree: Element) -> str:
    """The text of the article, main part or body, a line for each block."""
    root = next((found[0] for path in ("//article", "//main", "//body") if len(found := tree.xpath(path)) == 1), tree)
    parts: list[str] = []
    skip = 0
    for event, element in untyped("lxml.etree").iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _DROPPED:
            skip += 1 if event == "start" else -1
        if event == "start":
            if tag in _BLOCKS:
                parts.append("\n\n" if tag not in {"li", "tr", "br"} else "\n")
            if not skip:
                parts.append(_folded(element.text))
        else:
            if tag in _BLOCKS and tag not in {"br", "li", "tr"}:
                parts.append("\n\n")
            if not skip and element is not root:
                parts.append(_folded(element.tail))
    return clean("".join(parts))


def _folded(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _between_tags(source: str) -> str:
    """What stands between the tags, in time linear in the page's length whatever is in it."""
    first, *others = source.split("<!--")
    text = first + " ".join(other.partition("-->")[2] for other in others)
    first, *others = _UNSEEN.split(text)
    for at, other in enumerate(others):
        end = _SEEN_AGAIN.search(other)
        others[at] = other[end.end() :] if end else ""
    text = " ".join((first, *others))
    text = _TAG.sub(" ", _BLOCK_END.sub("\n", text))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return clean("\n\n".join(line for line in lines if line))


def _without_title(text: str, title: str | None) -> str:
    """`text` without a first line that only repeats the title."""
    first, _, rest = text.partition("\n")
    if title and rest.strip() and (one_line(first) or "").casefold() == title.casefold():
        return rest.lstrip("\n")
    return text
