"""PDF to text by PDFium, with the lines of a page put back together to paragraphs.

PDFium keeps global state and is not safe in threads: read PDFs in one thread of a process, or in several
processes.
"""

from __future__ import annotations

import re
from typing import Any

from multivector.errors import InputError
from multivector.gather._pdflayout import Line, paragraphs, without_running_lines
from multivector.gather._untyped import untyped

_MAX_PAGES = 5_000
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY
_FILE_LIKE = re.compile(
    r"microsoft \w+ - |\.(docx?|rtf|odt|indd|pdf|qxd|pptx?|xlsx?|tmp|tex|dvi|html?)\s*$|^(untitled|document)\s*\d*$",
    re.IGNORECASE,
)


def pdf_text(data: bytes, name: str, max_chars: int) -> tuple[str | None, str]:
    """Title and text of a PDF. Raises InputError naming `name`.

    The title is the document's own, when it does not look like a file name. Creation and modification
    dates tell when the file was made, not when its text was published, and are not used.
    """
    pypdfium2 = untyped("pypdfium2")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise InputError(name, *_why_not(error, data)) from None
    try:
        pages = [] if not len(document) else _pages(document, name, max_chars)
        title = _title(document)
    except pypdfium2.PdfiumError as error:
        raise InputError(name, f"damaged PDF ({error})") from None
    finally:
        document.close()
    if not pages:
        raise InputError(name, "PDF without pages")
    text = paragraphs(without_running_lines(pages))
    if not text.strip():
        raise InputError(name, "PDF without a text layer", "run OCR on it first")
    return title, text


def _why_not(error: Exception, data: bytes) -> tuple[str, str | None]:
    code = getattr(error, "err_code", None)
    if code == _PASSWORD:
        return "password-protected PDF", "save a copy without the password"
    if code == _SECURITY:
        return "PDF with a protection that we cannot read", "save a copy without it"
    if b"%%EOF" not in data[-1024:]:
        return "damaged PDF (its end is missing)", None
    return "damaged PDF (its structure cannot be read)", None


def _pages(document: Any, name: str, max_chars: int) -> list[list[Line]]:
    if len(document) > _MAX_PAGES:
        raise InputError(name, f"more than {_MAX_PAGES:,} pages", "split it")
    pages: list[list[Line]] = []
    left = max_chars
    for number in range(len(document)):
        page = document.get_page(number)
        try:
            lines, size = _lines(page, left)
        finally:
            page.close()
        left -= size
        if left < 0:
            raise InputError(name, f"more than {max_chars:,} characters of text", "raise --max-chars or split it")
        pages.append(lines)
    return pages


def _lines(page: Any, limit: int) -> tuple[list[Line], int]:
    """The lines of a page with their places, and the number of its characters."""
    textpage = page.get_textpage()
    try:
        size = textpage.count_chars()
        if size > limit:
            return [], size
        text = textpage.get_text_range()
        placed = len(text) == size  # else indices of characters and boxes do not correspond
        lines: list[Line] = []
        at = 0
        for raw in text.split("\r\n"):
            stripped = raw.strip()
            if stripped:
                first = at + raw.index(stripped)
                last = first + len(stripped) - 1
                boxes = (textpage.get_charbox(first), textpage.get_charbox(last)) if placed else None
                lines.append(Line.of(stripped, boxes))
            at += len(raw) + 2
        return lines, size
    finally:
        textpage.close()


def _title(document: Any) -> str | None:
    title = " ".join(document.get_metadata_value("Title").split())
    if len(title) < 8 or " " not in title or _FILE_LIKE.search(title):
        return None
    return title
