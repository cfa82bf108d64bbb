"""A report as one HTML file that needs nothing else: no network, no script, no fonts; it can be mailed and printed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template

from assistant.rendering import LABELS
from assistant.reports.pieces import (
    Paragraph,
    Piece,
    decisive_in,
    differing,
    differing_in,
    joined,
    paragraphs_of,
)
from assistant.types import SYMBOLS, CheckedClaim, CheckedPart, Citation, Departure, Report, Verdict
from index import Span

_TEMPLATE = Path(__file__).with_name("report.html")
_LONGEST_TITLE = 90  # characters of the page's heading, by judgement


def render_html(report: Report, title: str = "", created: datetime.datetime | None = None) -> str:
    """Return ``report`` as a page: every claim marked in its place, the evidence beside it, what differs highlighted.

    Args:
        report: the checked text.
        title: what was checked, a file's name, say.
        created: when it was checked; now, if not given.
    """
    moment = created or datetime.datetime.now().astimezone()
    name = " ".join(title.split()) or "Checked text"
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(name if len(name) <= _LONGEST_TITLE else name[:_LONGEST_TITLE] + "…"),
        headline=_headline(report),
        date=f"{moment.day} {moment:%B %Y, %H:%M}",
        policy=escape(report.policy.value),
        checker=f"<div><dt>Checker</dt><dd>{escape(report.checker)}</dd></div>" if report.checker else "",
        filters=_filters(report),
        bar=_bar(report),
        rows="\n".join(_row(report.text, paragraph) for paragraph in paragraphs_of(report)),
    )


def _headline(report: Report) -> str:
    total, good = len(report.claims), report.summary[Verdict.SUPPORTED.value]
    if not total:
        return "No sentence of this text states something that could be checked."
    claims = "claim is" if total == 1 else "claims are"
    remarks = sum(remark.kind != "heading" for remark in report.remarks)
    rest = f" {remarks} {'sentence states' if remarks == 1 else 'sentences state'} nothing to check." if remarks else ""
    return f"<strong>{good} of {total}</strong> {claims} supported by the documents.{rest}"


def _filters(report: Report) -> str:
    counts = {verdict: report.summary[verdict.value] for verdict in Verdict}
    chips = [_chip("all", "", "All claims", len(report.claims), checked=True)]
    chips += [_chip(v.value, SYMBOLS[v], LABELS[v], count) for v, count in counts.items() if count]
    return "".join(chips)


def _chip(value: str, symbol: str, label: str, count: int, *, checked: bool = False) -> str:
    sign = f'<span class="sign" aria-hidden="true">{symbol}</span>' if symbol else ""
    return (
        f'<label class="chip v-{value}"><input type="radio" name="filter" id="f-{value}"'
        f"{' checked' if checked else ''}>{sign}<span>{label}</span> <b>{count}</b></label>"
    )


def _bar(report: Report) -> str:
    """The shares of the verdicts, for the eye; the chips below say the same in words."""
    shares = ((verdict, report.summary[verdict.value]) for verdict in Verdict)
    return "".join(f'<i class="v-{verdict.value}" style="flex-grow:{count}"></i>' for verdict, count in shares if count)


def _row(text: str, paragraph: Paragraph) -> str:
    tag = f"h{min(paragraph.heading + 1, 6)}" if paragraph.heading else "p"
    words = "".join(_piece(text, piece) for piece in paragraph.pieces).strip("\n")
    cards = "".join(_card(number, claim) for number, claim in paragraph.claims)
    notes = f'<div class="notes">{cards}</div>' if cards else ""
    shown = f'<{tag} class="words" dir="auto">{words}</{tag}>'
    return f'<section class="row{"" if cards else " bare"}">{shown}{notes}</section>'


def _piece(text: str, piece: Piece) -> str:
    shown = escape(text[piece.start : piece.end])
    if piece.remark:
        kind = "" if piece.remark.kind == "heading" else f'<span class="kind">{piece.remark.kind}</span>'
        return f'<span class="remark">{shown}</span>{kind}'
    if piece.claim is None:
        return shown
    claim, number = piece.claim, piece.number
    marked = highlighted(claim.text, [(span, "differs") for span in joined(claim.text, differing(claim))])
    sign = (
        f'<a class="mark" id="c{number}" href="#e{number}" '
        f'aria-label="Claim {number}: {LABELS[claim.verdict]}. To its evidence.">'
        f'<span aria-hidden="true">{SYMBOLS[claim.verdict]}{number}</span></a>'
    )
    return f'<span class="claim v-{claim.verdict.value}">{marked}\u2060{sign}</span>'


def _card(number: int, claim: CheckedClaim) -> str:
    """What is known of one claim: folded away where the claim is supported, for there is nothing to do about it."""
    is_open = "" if claim.verdict is Verdict.SUPPORTED else " open"
    evidence = "".join(_evidence(citation, claim) for citation in claim.citations)
    if claim.better:
        evidence += f'<p class="label">Better evidence, not cited</p>{_evidence(claim.better, claim)}'
    return (
        f'<details class="card v-{claim.verdict.value}" id="e{number}"{is_open}><summary>'
        f'<span class="sign" aria-hidden="true">{SYMBOLS[claim.verdict]}</span>'
        f'<span class="verdict">{LABELS[claim.verdict]}</span> '
        f'<span class="number"><span class="sr">claim </span>{number}</span>'
        f'<span class="score" title="The checker’s probability of support">{claim.score:.2f}</span></summary>'
        f'<div class="body"><p class="reason" dir="auto">{escape(claim.reason)}</p>'
        f"{_departures(claim.departures)}{_parts(claim.parts)}{evidence}"
        f'<p class="back"><a href="#c{number}">Back to the sentence</a></p></div></details>'
    )


def _departures(departures: Sequence[Departure]) -> str:
    if not departures:
        return ""
    rows = "".join(
        f'<tr><td dir="auto"><mark class="differs">{escape(departure.claim_value)}</mark></td>'
        f'<td dir="auto">{_counterpart(departure)}</td></tr>'
        for departure in departures
    )
    heads = '<tr><th scope="col">Claim says</th><th scope="col">Source says</th></tr>'
    return f'<table class="departures"><thead>{heads}</thead><tbody>{rows}</tbody></table>'


def _counterpart(departure: Departure) -> str:
    if departure.source_value is None:
        return '<span class="none">nothing to compare</span>'
    return f'<mark class="against">{escape(departure.source_value)}</mark>'


def _parts(parts: Iterable[CheckedPart]) -> str:
    items = "".join(
        f'<li class="v-{part.verdict.value}"><span class="sign" aria-hidden="true">{SYMBOLS[part.verdict]}</span>'
        f'<span class="sr">{LABELS[part.verdict]}: </span><span dir="auto">{escape(part.text)}</span></li>'
        for part in parts
    )
    return f'<p class="label">Part by part</p><ul class="parts">{items}</ul>' if items else ""


def _evidence(citation: Citation, claim: CheckedClaim) -> str:
    against = differing_in(citation, claim)
    agreeing = [span for span in decisive_in(citation, claim) if not any(_meet(span, other) for other in against)]
    spans = [(span, "against") for span in joined(citation.quote, against)]
    spans += [(span, "agrees") for span in joined(citation.quote, agreeing)]
    quote = highlighted(citation.quote, spans)
    return f'<figure><blockquote dir="auto">{quote}</blockquote><figcaption>{_place(citation)}</figcaption></figure>'


def _place(citation: Citation) -> str:
    """Title, publisher, date, page, and the exact place; linked where the document has an address on the web."""
    title = escape(citation.title)
    if citation.url and citation.url.startswith(("https://", "http://")):
        title = f'<a href="{escape(citation.url)}" rel="noopener noreferrer">{title}</a>'
    date = f"{citation.date.day} {citation.date:%B %Y}" if citation.date else ""
    page = f"page {citation.page}" if citation.page else ""
    told = "".join(f" · {escape(part)}" for part in (citation.publisher, date, page) if part)
    place = escape(f"{citation.document} {citation.start}:{citation.end}")
    return f'<span class="title">{title}</span>{told}<br><code>{place}</code>'


def highlighted(text: str, spans: Iterable[tuple[Span, str]]) -> str:
    """Return ``text`` escaped, with each span in a ``mark`` of its class; of spans that overlap the first counts."""
    parts, cursor = [], 0
    for span, name in sorted(spans, key=lambda marked: marked[0].start):
        if span.start >= cursor:
            parts += [escape(text[cursor : span.start]), f'<mark class="{name}">{escape(span.of(text))}</mark>']
            cursor = span.end
    return "".join([*parts, escape(text[cursor:])])


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
