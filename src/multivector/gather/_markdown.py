"""Markdown to plain text: paragraphs, headings as lines, list items one a line with their marker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_LONGEST_BLOCK = 20_000  # characters; no writer's paragraph, and the parser takes quadratic time over one
_CELL_MARK = " | "


def markdown_text(source: str) -> tuple[str | None, str]:
    """The title and the plain text of CommonMark with tables.

    The title is the first heading of level 1, or None. When the document begins with it, it is not
    repeated in the text. Links give their words, images nothing. A text with a paragraph of more than
    20,000 characters is taken as plain text.
    """
    if any(len(block) > _LONGEST_BLOCK for block in source.split("\n\n")):
        return None, source
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    title: str | None = None
    blocks: list[tuple[str, bool]] = []  # text, and whether it stands close to the block before it
    lists: list[int | None] = []  # the next number of each open ordered list, None for bullets
    marker = ""
    fresh = True  # the next item or row is the first of its list or table
    row: list[str] | None = None
    for at, token in enumerate(tokens):
        match token.type:
            case "bullet_list_open":
                fresh = not lists
                lists.append(None)
            case "ordered_list_open":
                fresh = not lists
                start = token.attrGet("start")
                lists.append(1 if start is None else int(start))
            case "table_open":
                fresh = True
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                number = lists[-1]
                marker = "- " if number is None else f"{number}. "
                lists[-1] = None if number is None else number + 1
            case "tr_open":
                row = []
            case "tr_close":
                if row:
                    blocks.append((_CELL_MARK.join(row), not fresh))
                    fresh = False
                row = None
            case "inline":
                text = _inline(token.children or ())
                if row is not None:
                    row.append(text)
                    continue
                if tokens[at - 1].type == "heading_open" and tokens[at - 1].tag == "h1" and title is None:
                    title = text or None
                    if not blocks and title:
                        continue
                if text:
                    blocks.append((marker + text, bool(marker) and not fresh))
                    fresh = fresh and not marker
                marker = ""
            case "fence" | "code_block":
                blocks.append((marker + token.content.rstrip("\n"), bool(marker) and not fresh))
                fresh = fresh and not marker
                marker = ""
            case "html_block":
                if text := _TAG.sub("", token.content).strip():
                    blocks.append((text, False))
            case _:
                pass
    return title, _joined(blocks)


def _joined(blocks: list[tuple[str, bool]]) -> str:
    parts: list[str] = []
    for text, close in blocks:
        if parts:
            parts.append("\n" if close else "\n\n")
        parts.append(text)
    return "".join(parts)


def _inline(children: Sequence[Token]) -> str:
    parts: list[str] = []
    for token in children:
        match token.type:
            case "text" | "code_inline":
                parts.append(token.content)
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "html_inline":
                if token.content[:3].lower() == "<br":
                    parts.append("\n")
            case _:
                pass
    return "".join(parts).strip()
