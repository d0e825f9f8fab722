"""Bytes to a document. Touches nothing outside: the same `Raw` and options give the same document."""

from __future__ import annotations

import datetime as dt
import re

from multivector.errors import InputError
from multivector.gather._address import web_address
from multivector.gather._clean import characters, clean, has_letters, one_line
from multivector.gather._decode import decode
from multivector.gather._fetch import fetch
from multivector.gather._frontmatter import Metadata, front_matter
from multivector.gather._language import language_of
from multivector.gather._sniff import Format, binary_format, text_format
from multivector.gather._types import Gathered, Options, Raw, Source
from multivector.gather._when import day_in_file_name, publication_day
from multivector.record import Document, document_id

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096


def gather(source: Source, options: Options | None = None) -> Gathered:
    """The document at `source`: `fetch`, then `parse`. Raises InputError."""
    options = options or Options()
    return parse(fetch(source, options), options)


def parse(raw: Raw, options: Options | None = None) -> Gathered:
    """The document in `raw`. Raises InputError naming the source when there is none.

    Publication dates later than the day after `raw.retrieved` are dropped, as are those before 1900.
    """
    options = options or Options()
    location = raw.source.location
    if not raw.data.strip():
        raise InputError(location, "empty")
    not_after = dt.date.fromisoformat(raw.retrieved[:10]) + dt.timedelta(days=1)
    name = raw.url or location
    if binary_format(raw.data, location) is Format.PDF:
        from multivector.gather._pdf import pdf_text

        title, text = pdf_text(raw.data, location, options.max_chars)
        meta, language_hint = Metadata(title=title), None
    else:
        meta, text = _from_text(raw, name, not_after, options)
        language_hint = meta.language
    text = clean(text)
    if not has_letters(text):
        raise InputError(location, "no readable text")
    _check_length(text, options, location)
    published = publication_day(meta.published, not_after)
    if published is None and raw.url is None and location != "-":
        published = day_in_file_name(re.split(r"[/\\]", location)[-1], not_after)
    document = Document(
        id=document_id(text),
        url=web_address(meta.url) or web_address(raw.url),
        publisher=options.publisher or one_line(meta.publisher),
        title=options.title or one_line(meta.title),
        published=options.published or published,
        language=options.language or language_of(text, language_hint),
        text=text,
    )
    return Gathered(location, raw.digest, document, raw.retrieved)


def _from_text(raw: Raw, name: str, not_after: dt.date, options: Options) -> tuple[Metadata, str]:
    location = raw.source.location
    start = raw.data[:_DECLARED_WITHIN]
    stated = _META_CHARSET.search(start) or _XML_ENCODING.search(start)
    text = decode(raw.data, location, raw.charset or (stated[1].decode("ascii") if stated else None))
    kind = text_format(text, name, raw.media_type)
    if kind is Format.HTML:
        from multivector.gather._html import html_text

        return html_text(text, raw.url, not_after)
    text = characters(text)
    _check_length(text, options, location)  # before Markdown is parsed, whose cost grows with its length
    meta, body = front_matter(text)
    if kind is Format.MARKDOWN:
        from multivector.gather._markdown import markdown_text

        title, body = markdown_text(body)
        meta.title = meta.title or title
    return meta, body


def _check_length(text: str, options: Options, location: str) -> None:
    if len(text) > options.max_chars:
        raise InputError(
            location, f"more than {options.max_chars:,} characters of text", "raise --max-chars or split it"
        )
