"""What kind of document some bytes are: by content first, then by media type and file name."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import PurePosixPath

from multivector.errors import InputError

_READ = "multivector reads text, Markdown, HTML and PDF"


class Format(Enum):
    """The formats that are read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"


# Signatures from the formats' specifications: (offset, bytes, what it is).
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"PK\x03\x04", "a ZIP archive (a .docx, .odt or .epub?)"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (a .doc or .xls?)"),
    (0, b"{\\rtf", "a Rich Text file"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"II*\0", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a WAV recording"),
    (4, b"ftyp", "an MP4 recording"),
    (0, b"ID3", "an MP3 recording"),
    (0, b"OggS", "an Ogg recording"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"AT&TFORM", "a DjVu file"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"PAR1", "a Parquet file"),
    (0, b"\x7fELF", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
)
_PDF_WITHIN = 1024  # viewers accept the header anywhere in the first kilobyte
_HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_LEAD = re.compile(r"(?:\s|\ufeff|<\?xml[^>]*\?>|<!--.{0,4000}?-->)*", re.DOTALL)
_HTML_SURE = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_HTML_LIKELY = re.compile(
    r"<(?:title|meta|link|script|style|main|article|section|div|h[1-6]|p|table|span)[\s>]", re.IGNORECASE
)
_OTHER_XML = re.compile(r"<(?:\?xml|!doctype|rss|feed|svg|[a-z]+:?[a-z]* xmlns)", re.IGNORECASE)


def binary_format(data: bytes, name: str) -> Format | None:
    """`PDF`, or None when the bytes may be text. Raises InputError for a known kind that is not read."""
    start = data[:_PDF_WITHIN]
    if b"%PDF-" in start and not _HTML_SURE.search(start.decode("latin-1").partition("%PDF-")[0]):
        return Format.PDF
    for offset, signature, what in _SIGNATURES:
        if start.startswith(signature, offset):
            raise InputError(name, what, _READ)
    return None


def text_format(text: str, name: str, media_type: str | None) -> Format:
    """Which of the text formats. Raises InputError for XML that is no web page."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    head = text[:20_000]
    lead = _LEAD.match(head)
    body = head[lead.end() :] if lead else head
    if _HTML_SURE.match(body) or (media_type in _HTML_TYPES or suffix in _HTML_SUFFIXES):
        return Format.HTML
    if suffix in {".md", ".markdown"} or media_type in {"text/markdown", "text/x-markdown"}:
        return Format.MARKDOWN
    if suffix not in {".txt", ".text"} and media_type != "text/plain":
        if _HTML_LIKELY.match(body):
            return Format.HTML
        if _OTHER_XML.match(head.lstrip()):
            raise InputError(name, "an XML file that is not a web page (a feed, an image?)", _READ)
    return Format.TEXT
