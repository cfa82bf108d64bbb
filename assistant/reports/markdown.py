"""A report as Markdown: the text as it was, a verdict behind every claim, and footnotes with the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.rendering import LABELS, departure_words, parts_words, place_words, summary_words
from assistant.types import SYMBOLS, CheckedClaim, Citation, Report

_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!https?://[^\s<>]*>)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_ROW_END = re.compile(r"\s*\|\s*$")


def render_markdown(report: Report, title: str = "") -> str:
    """Return ``report`` as Markdown with footnotes, which GitHub, GitLab and Pandoc read.

    The text stays as it is, but for HTML tags, which are shown and not obeyed. ``title`` is what was checked.
    """
    head = f"> **Checked with Pincite{': ' + _plain(title) if title else ''}**\n> {summary_words(report)}\n"
    head += f"> Policy: {report.policy.value}{'; checker: ' + _plain(report.checker) if report.checker else ''}\n"
    claims = list(enumerate(report.claims, start=1))
    return "\n".join([head, _marked(report.text, claims).strip("\n"), "", *(_note(*claim) for claim in claims)])


def _marked(text: str, claims: Sequence[tuple[int, CheckedClaim]]) -> str:
    """The text with a mark at the end of each claim; in a row of a table, before the bar that closes it."""
    parts, cursor = [], 0
    for number, claim in sorted(claims, key=lambda numbered: numbered[1].end):
        row_end = _ROW_END.search(claim.text)
        place = max(cursor, claim.start + row_end.start() if row_end else claim.end)
        parts.append(f"{_shown(text[cursor:place])} {SYMBOLS[claim.verdict]}[^pincite-{number}]")
        cursor = place
    return "".join([*parts, _shown(text[cursor:])])


def _note(number: int, claim: CheckedClaim) -> str:
    """One footnote; its further paragraphs are indented, so that they belong to it."""
    verdict = f"{SYMBOLS[claim.verdict]} **{LABELS[claim.verdict]}.** {_plain(claim.reason)}"
    lines = [f"[^pincite-{number}]: {verdict} (score {claim.score:.2f})"]
    if claim.parts:
        lines.append(f"Parts: {_plain(parts_words(claim))}")
    if claim.departures:
        lines.append("\n".join(f"- {_plain(departure_words(departure))}" for departure in claim.departures))
    lines += [_evidence(citation) for citation in claim.citations]
    if claim.better:
        lines += ["Better evidence, not cited:", _evidence(claim.better)]
    return "\n\n".join([lines[0], *("\n".join(f"    {row}" for row in line.splitlines()) for line in lines[1:])]) + "\n"


def _evidence(citation: Citation) -> str:
    return f"> “{_plain(citation.quote)}”\n>\n> — {_plain(place_words(citation))}"


def _plain(text: str) -> str:
    """``text`` on one line with all that Markdown would read escaped."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")


def _shown(text: str) -> str:
    return _TAG.sub("&lt;", text)
