"""Web pages: which part is the document, and what the page says of itself.

A page that marks its main content (``<main>``, ``role=main``, a single ``<article>``) is read whole from there by
:mod:`index.readers.html_blocks`; on other pages trafilatura finds the content among navigation and advertisements.
"""

from __future__ import annotations

import copy
import json
import re
from functools import lru_cache
from typing import Any

from index.errors import UnreadableFileError
from index.readers.blocks import Content, Metadata, Piece, parse_date, real_title, tidy
from index.readers.hidden import remove_hidden
from index.readers.html_blocks import block_pieces, visible_words
from index.readers.plain import decode
from index.readers.styles import Element

KEPT_SHARE = 0.5
"""Share of the page's visible words that trafilatura must keep; with less, the whole body is read instead."""

DEEPEST = 250
"""Most levels of nesting; pages that people wrote stay below 100."""

_WORD = "word"
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_HEAD_BYTES = 4096
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEADING_TAG = re.compile(r"h[1-6]")
_HTML_NAMES = {"item": "li", "row": "tr", "cell": "td", "quote": "blockquote", "lb": "br", "hi": "span", "ref": "a"}
_MAIN = ("//main", "//*[@role='main']", "//article")
_TITLE_NAMES = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_PUBLISHER_NAMES = (
    "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher", "application-name",
)  # fmt: skip
_DATE_NAMES = (
    "article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date",
    "dcterms.created", "citation_publication_date", "citation_date", "pubdate", "publishdate", "publish-date", "date",
    "govuk:first-published-at", "govuk:public_updated_at", "article:modified_time",
)  # fmt: skip


def read(data: bytes) -> Content:
    """Read a web page. What no reader sees, scripts, navigation and footnote marks are left out.

    Raises:
        UnreadableFileError: The bytes are not text, or the page is nested too deeply.
    """
    page = _parse(_text_of(data))
    if page is None:
        return Content(())
    metadata = _metadata(page)  # stands in scripts too
    remove_hidden(page)
    return Content(_main_pieces(page), metadata)


def fragment_pieces(source: str) -> list[Piece]:
    """Return the visible blocks of a fragment of HTML, such as a table inside Markdown."""
    page = _parse(source)
    if page is None:
        return []
    remove_hidden(page)
    return block_pieces(page)


@lru_cache(maxsize=1024)
def is_seen_inside(*tags: str) -> bool:
    """Return whether a reader sees a word that stands inside of ``tags``, given as they are written."""
    page = _parse("".join((*tags, _WORD)))
    if page is None:
        return True
    remove_hidden(page)
    return _WORD in page.text_content()


def _text_of(data: bytes) -> str:
    """Decode a page by its byte order mark, else as it declares, else as plain text is decoded."""
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    if declared and b"\0" not in data[:_HEAD_BYTES]:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _parse(source: str) -> Element | None:
    """The page's tree, or None for a page without elements.

    Raises:
        UnreadableFileError: The page is nested so deeply that the parser would leave out the rest of it unsaid.
    """
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(huge_tree=True)
    try:
        page: Element = lxml.html.document_fromstring(_XML_DECLARATION.sub("", source), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None
    depth = deepest = 0
    for event, _ in lxml.etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise UnreadableFileError(f"the elements of this page are nested more than {DEEPEST} deep; it is damaged")
    return page


def _main_pieces(page: Element) -> list[Piece]:
    for path in _MAIN:
        found = [element for element in page.xpath(path) if visible_words(element)]
        if len(found) == 1:
            return block_pieces(found[0])
    whole = block_pieces(page)
    chosen = _without_boilerplate(page)
    words = sum(len(piece.text.split()) for piece in whole)
    return chosen if sum(len(piece.text.split()) for piece in chosen) >= KEPT_SHARE * words else whole


def _without_boilerplate(page: Element) -> list[Piece]:
    """The blocks that trafilatura takes for the document."""
    import trafilatura

    found = trafilatura.bare_extraction(
        copy.deepcopy(page), favor_recall=True, include_tables=True, include_comments=False, with_metadata=False
    )
    body = getattr(found, "body", None)
    return [] if body is None else block_pieces(_as_html(body))


def _as_html(body: Element) -> Element:
    """Trafilatura's XML with HTML's element names, in place."""
    for element in body.iter():
        if element.tag == "head":
            element.tag = element.get("rend") if _HEADING_TAG.fullmatch(element.get("rend") or "") else "h2"
        elif element.tag == "list":
            element.tag = "ol" if element.get("rend") == "ol" else "ul"
        else:
            element.tag = _HTML_NAMES.get(element.tag, element.tag)
    return body


def _metadata(page: Element) -> Metadata:
    named: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        named.setdefault(name, meta.get("content") or "")
    linked = _linked_data(page)
    titles = (*(named.get(name) for name in _TITLE_NAMES), linked.get("headline"), _heading(page), _page_title(page))
    publishers = (*(named.get(name) for name in _PUBLISHER_NAMES), _name(linked.get("publisher")))
    dates = (*(named.get(name) for name in _DATE_NAMES), linked.get("datePublished"), *page.xpath("//time/@datetime"))
    urls = (*page.xpath("//link[@rel='canonical']/@href"), named.get("og:url"))
    return Metadata(
        title=next(filter(None, map(real_title, titles)), None),
        publisher=next(filter(None, map(tidy, publishers)), None) or _site(page),
        date=next(filter(None, map(parse_date, dates)), None),
        url=next((url for url in map(tidy, urls) if url and url.startswith("http")), None),
        kind=tidy(named.get("pincite:kind")),
    )


def _heading(page: Element) -> str | None:
    """The page's only level-1 heading: shorter than its title, which usually ends with the site's name."""
    found = page.xpath("//h1")
    return " ".join(found[0].itertext()) if len(found) == 1 else None


def _page_title(page: Element) -> str | None:
    return tidy(page.findtext(".//title"))


def _site(page: Element) -> str | None:
    """The site's name where the title is "page - site" and the heading tells which part is the page."""
    title, name = tidy(_page_title(page)), tidy(_heading(page))
    if not title or not name or not title.startswith(name):
        return None
    return title[len(name) :].strip(" -–—|·:") or None


def _linked_data(page: Element) -> dict[str, Any]:
    """The first article that the page describes as JSON-LD, or nothing."""
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            found = json.loads(script)
        except (ValueError, RecursionError):
            continue
        nodes = found.get("@graph", [found]) if isinstance(found, dict) else found
        for node in nodes if isinstance(nodes, list) else []:
            if isinstance(node, dict) and ("datePublished" in node or "headline" in node):
                return node
    return {}


def _name(value: object) -> str | None:
    name = value.get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) else None
