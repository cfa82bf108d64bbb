"""The sources of an answer: its citations as the page holds them, and the list of them beside the chat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from assistant import CheckedClaim, Citation, DocumentInfo, Refusal
from ui.web.markup import LOOKS, icon


class Cite(BaseModel):
    """A citation as the page holds it: plain text that the script shows as text, never as markup."""

    model_config = ConfigDict(frozen=True)

    number: int | None
    document: str
    start: int
    end: int
    quote: str
    title: str
    meta: str
    page: int | None = None
    verdict: str = ""
    label: str = ""
    icon: str = ""
    reason: str = ""


class Group(BaseModel):
    """One cited document in the list of sources: its heading, and each of its quotes. All of it is HTML."""

    model_config = ConfigDict(frozen=True)

    head: str
    quotes: tuple[str, ...]


def cites_of(claims: Iterable[CheckedClaim], refusal: Refusal | None) -> tuple[Cite, ...]:
    """Return the citations of an answer, claim by claim, and then the nearest passages of a refusal."""
    cited = [_cite(citation, claim) for claim in claims for citation in claim.citations]
    nearest = [_cite(citation) for citation in refusal.nearest] if refusal else []
    return tuple(cited + nearest)


def _cite(citation: Citation, claim: CheckedClaim | None = None) -> Cite:
    return Cite(
        number=citation.marker,
        document=citation.document,
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        title=citation.title,
        meta=meta_line(citation),
        page=citation.page,
        verdict=claim.verdict.value if claim else "",
        label=LOOKS[claim.verdict].label if claim else "",
        icon=LOOKS[claim.verdict].icon if claim else "",
        reason=claim.reason if claim else "",
    )


def meta_line(source: Citation | DocumentInfo) -> str:
    """Return publisher, date and kind as one line of plain text, leaving out what is not known."""
    date = f"{source.date.day} {source.date:%B %Y}" if source.date else None
    parts = (source.publisher, date, source.kind)
    return " · ".join(part for part in parts if part)


def groups_of(cites: Sequence[Cite]) -> tuple[Group, ...]:
    """Return the list of sources: one group for each document, in the order of their first citation."""
    groups: dict[str, list[str]] = {}
    heads: dict[str, str] = {}
    for index, cite in enumerate(cites):
        heads.setdefault(cite.document, _head_html(cite))
        groups.setdefault(cite.document, []).append(quote_html(cite, index))
    return tuple(Group(head=heads[document], quotes=tuple(quotes)) for document, quotes in groups.items())


def _head_html(cite: Cite) -> str:
    number = "" if cite.number is None else f'<span class="pc-number" aria-hidden="true">{cite.number}</span>'
    words = "" if cite.number is None else f'<span class="pc-sr">Source {cite.number}: </span>'
    return (
        f'{number}<div><h3 class="pc-source-title">{words}{escape(cite.title)}</h3>'
        f'<p class="pc-meta">{escape(cite.meta)}</p></div>'
    )


def quote_html(cite: Cite, index: int) -> str:
    """Return a cited quote in the list of sources, with its page, verdict, reason and the button that opens it."""
    where = f'<span class="pc-page">Page {cite.page}</span>' if cite.page else ""
    return (
        f'<li class="pc-quote" data-cite="{index}"><blockquote>{escape(cite.quote)}</blockquote>{_finding_html(cite)}'
        f'<div class="pc-quote-foot">{where}<button type="button" class="pc-link" data-cite="{index}">'
        "Open in the document</button></div></li>"
    )


def _finding_html(cite: Cite) -> str:
    if not cite.verdict:
        return ""
    reason = f'<span class="pc-reason">{escape(cite.reason)}</span>' if cite.reason else ""
    return (
        f'<p class="pc-finding pc-v-{cite.verdict}">{icon(cite.icon)}'
        f'<span><span class="pc-finding-label">{cite.label}</span> {reason}</span></p>'
    )


def link_html(url: str | None) -> str:
    """Return a link to where a document was published; nothing unless it is an http(s) address."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        safe = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        safe = False
    if not safe:
        return ""
    host = escape(parts.hostname or "")
    return f'<a class="pc-link" href="{escape(url)}" target="_blank" rel="noopener noreferrer">{host}</a>'
