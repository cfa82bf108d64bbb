"""Answers and reports as text for a terminal, and as the JSON that other programs rely on (README)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.types import Answer, CheckedClaim, Citation, Report, Verdict
from index import Hit, SyncReport

SYMBOLS = {
    Verdict.SUPPORTED: "✓",
    Verdict.PARTLY_SUPPORTED: "◐",
    Verdict.UNSUPPORTED: "✗",
    Verdict.CONTRADICTED: "≠",
    Verdict.UNCITED: "○",
    Verdict.DANGLING: "?",
}
"""A verdict told by shape, so that it does not depend on colour."""

_QUOTE_CHARACTERS = 300


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the JSON form of an answer."""
    return answer.model_dump(mode="json")


def report_json(report: Report) -> dict[str, Any]:
    """Return the JSON form of a report, with how many claims have each verdict."""
    return {**report.model_dump(mode="json"), "summary": report.summary}


def sync_json(report: SyncReport) -> dict[str, Any]:
    """Return the JSON form of a sync: counts, the files that failed, and the ids of the documents that moved."""
    moved = {name: list(getattr(report, name)) for name in ("added", "changed", "removed")}
    return {
        **{name: len(ids) for name, ids in moved.items()},
        "unchanged": len(report.unchanged),
        "failed": [failure.model_dump() for failure in report.failed],
        "passages": report.passages,
        "seconds": report.seconds,
        "documents": moved,
    }


def render_answer(answer: Answer) -> str:
    """Return an answer as text: the sentences, their sources, and what the check says of those not supported.

    The list of sources has the form that ``check`` reads, so an answer can be checked again, also by someone else.
    """
    parts = [f"Read as: {answer.read_as}"] if answer.read_as != answer.question else []
    if answer.refusal:
        parts.append(answer.refusal.reason)
        if answer.refusal.nearest:
            nearest = (f"  {_quoted(citation)}\n    {_place(citation)}" for citation in answer.refusal.nearest)
            parts.append("\n".join(("Nearest passages:", *nearest)))
        return "\n\n".join(parts)
    parts.append(answer.text)
    parts += [f"{SYMBOLS[c.verdict]} {c.reason}" for c in answer.claims if c.verdict is not Verdict.SUPPORTED]
    parts.append(_sources(answer.citations))
    return "\n\n".join(parts)


def render_report(report: Report) -> str:
    """Return a report as text: each claim with its verdict, the reason, and the words it was compared with."""
    if not report.claims:
        return "There is nothing to check: no sentence of this text states something."
    counts = ", ".join(f"{count} {verdict.replace('_', ' ')}" for verdict, count in report.summary.items() if count)
    return "\n\n".join([*map(_checked, report.claims), f"{len(report.claims)} claims: {counts}"])


def render_hits(hits: Sequence[Hit]) -> str:
    """Return passages as text, the best first."""
    if not hits:
        return "Nothing was found."
    return "\n\n".join(
        f"{hit.passage.document} {hit.passage.span.start}:{hit.passage.span.end}  (score {hit.score:.2f})\n"
        + _indented(hit.passage.text)
        for hit in hits
    )


def render_sync(report: SyncReport) -> str:
    """Return what a sync did as text; files that failed are named with the reason."""
    failures = [f"not read: {failure.document}: {failure.reason}" for failure in report.failed]
    names = ("added", "changed", "removed", "unchanged", "failed")
    counts = ", ".join(f"{len(getattr(report, name))} {name}" for name in names)
    return "\n".join([*failures, f"{counts}; {report.passages:,} passages in the index ({report.seconds:.1f} s)"])


def _checked(claim: CheckedClaim) -> str:
    head = f"{SYMBOLS[claim.verdict]} {claim.text}\n  {claim.verdict.replace('_', ' ')}: {claim.reason}"
    return "\n".join([head, *(f"    {_quoted(citation)}\n    {_place(citation)}" for citation in claim.citations)])


def _sources(citations: Iterable[Citation]) -> str:
    lines = dict.fromkeys(f"[{citation.marker}] {_place(citation)}" for citation in citations)
    return "\n".join(("Sources", *sorted(lines, key=lambda line: int(line[1 : line.index("]")]))))


def _place(citation: Citation) -> str:
    """Return title, publisher, date, page, and the exact place, in the form that ``check`` reads."""
    date = f"{citation.date.day} {citation.date:%B %Y}" if citation.date else None
    page = f"page {citation.page}" if citation.page else None
    told = ", ".join(part for part in (citation.publisher, date, page) if part)
    title = citation.title.rstrip(".")
    return f"{title}. {told + '. ' if told else ''}({citation.document} {citation.start}:{citation.end})"


def _quoted(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    return f"“{quote if len(quote) <= _QUOTE_CHARACTERS else quote[:_QUOTE_CHARACTERS].rstrip() + '…'}”"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
