"""What a web page states about itself: title, publisher, publication date, language, canonical address.

Only statements count: JSON-LD (schema.org), meta elements (Open Graph, Dublin Core and their kin), `time`
elements, and elements whose class or id calls them a date. A date is never guessed from running text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from multivector.gather._address import host_of, same_site, web_address
from multivector.gather._clean import one_line
from multivector.gather._frontmatter import Metadata
from multivector.gather._untyped import Element
from multivector.gather._when import publication_day

if TYPE_CHECKING:
    import datetime as dt

_TITLE_META = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline")
_PUBLISHER_META = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "publisher",
    "application-name",
)
_DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date.published",
    "publication_date",
    "publish_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "dc.date.created",
    "mediator_published_time",
    "article_date_original",
    "date",
)
_ARTICLES = re.compile(r"(article|posting|report|statement|webpage|speech)$", re.IGNORECASE)
_DATE_NAME = re.compile(r"(^|[\s_-])(date|datetime|pubdate|published|timestamp|postdate)([\s_-]|$)", re.IGNORECASE)
_NOT_OURS = re.compile(r"update|modif|comment|relat|event|copyright|footer|sidebar|calendar|archive", re.IGNORECASE)
_SUFFIX = re.compile(r"\s+[|–—»·:-]\s+([^|–—»·]{2,60})$")
_MAX_JSON = 1_000_000
_MAX_NODES = 5_000
_MAX_DATE_TEXT = 60


def page_metadata(tree: Element, url: str | None, not_after: dt.date) -> Metadata:
    """Everything that the page states; `url` is where it was fetched, or None for a file."""
    metas = _metas(tree)
    nodes = list(_json_ld(tree))
    address = _address(tree, metas, url)
    publisher = one_line(_publisher(metas, nodes)) or (host_of(address) or "").removeprefix("www.") or None
    return Metadata(
        title=_title(tree, metas, nodes, publisher),
        publisher=publisher,
        published=_published(tree, metas, nodes, not_after),
        language=_language(tree, metas),
        url=address,
    )


def _metas(tree: Element) -> dict[str, str]:
    """First content of each meta element (and itemprop) by its name in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _json_ld(tree: Element) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, outermost first; broken JSON is passed over."""
    budget = _MAX_NODES
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower() or not element.text:
            continue
        if len(element.text) > _MAX_JSON:
            continue
        try:
            waiting: list[Any] = [json.loads(element.text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and budget > 0:
            budget -= 1
            node = waiting.pop(0)
            if isinstance(node, dict):
                yield cast("dict[str, Any]", node)
                graph = cast("dict[str, Any]", node).get("@graph")
                waiting.extend(cast("list[Any]", graph) if isinstance(graph, list) else [])
            elif isinstance(node, list):
                waiting.extend(cast("list[Any]", node)[:_MAX_NODES])


def _articles(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        kinds: Any = node.get("@type")
        for kind in cast("list[Any]", kinds) if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and _ARTICLES.search(kind):
                yield node
                break


def _title(tree: Element, metas: dict[str, str], nodes: list[dict[str, Any]], publisher: str | None) -> str | None:
    candidates: list[str | None] = [_string(node.get("headline")) for node in _articles(nodes)]
    candidates += [metas.get(name) for name in _TITLE_META]
    headings = [_content(element) for element in tree.iter("h1")]
    element = next(tree.iter("title"), None)
    named = one_line(_content(element)) if element is not None else None
    candidates += [headings[0] if len(headings) == 1 else None, named, headings[0] if headings else None]
    title = next((line for candidate in candidates if (line := one_line(candidate))), None)
    match = _SUFFIX.search(title) if title else None
    if title and match and publisher and match[1].strip().casefold() in {publisher.casefold(), "www." + publisher}:
        title = title[: match.start()]
    return title


def _publisher(metas: dict[str, str], nodes: list[dict[str, Any]]) -> str | None:
    for node in _articles(nodes):
        stated: Any = node.get("publisher")
        for publisher in cast("list[Any]", stated) if isinstance(stated, list) else [stated]:
            named: Any = cast("dict[str, Any]", publisher).get("name") if isinstance(publisher, dict) else publisher
            if name := _string(named):
                return name
    for name in _PUBLISHER_META:
        value = metas.get(name)
        if value and not value.startswith(("http:", "https:", "@")):
            return value
    return None


def _published(tree: Element, metas: dict[str, str], nodes: list[dict[str, Any]], not_after: dt.date) -> str | None:
    for value in _stated_dates(tree, metas, nodes):
        if day := publication_day(value, not_after):
            return day
    return None


def _stated_dates(tree: Element, metas: dict[str, str], nodes: list[dict[str, Any]]) -> Iterator[str | None]:
    for key in ("datePublished", "dateCreated"):
        for node in _articles(nodes):
            yield _string(node.get(key))
    yield from (metas.get(name) for name in _DATE_META)
    marked = tree.xpath("//*[contains(translate(@itemprop,'DP','dp'),'datepublished') or @pubdate]")
    for element in cast("list[Element]", marked):
        yield element.get("datetime") or element.get("content") or _content(element)
    times = [element for element in tree.iter("time") if not _NOT_OURS.search(_names(element))]
    yield from (element.get("datetime") or _content(element) for element in times)
    for element in cast("list[Element]", tree.xpath("//body//*[@class or @id]"))[: _MAX_NODES * 4]:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _DATE_NAME.search(names) and not _NOT_OURS.search(_names(element)):
            text = _content(element)
            if len(text) <= _MAX_DATE_TEXT:
                yield text


def _names(element: Element) -> str:
    """Classes, ids and tags of an element and those around it: where on the page it stands."""
    names: list[str] = []
    at: Element | None = element
    for _ in range(6):
        if at is None or at.tag in {"body", "html"}:
            break
        names.append(f"{at.tag} {at.get('class') or ''} {at.get('id') or ''} {at.get('itemprop') or ''}")
        at = at.getparent()
    return " ".join(names)


def _language(tree: Element, metas: dict[str, str]) -> str | None:
    return tree.get("lang") or tree.get("xml:lang") or metas.get("og:locale") or metas.get("content-language")


def _address(tree: Element, metas: dict[str, str], url: str | None) -> str | None:
    """The canonical address that the page names, where it plausibly is this page's; else where it was found."""
    named = [element.get("href") for element in tree.iter("link") if (element.get("rel") or "").lower() == "canonical"]
    for candidate in (*named, metas.get("og:url")):
        address = web_address(candidate)
        if address and (url is None or same_site(address, url)):
            return address
    return web_address(url)


def _content(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
