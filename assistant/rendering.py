"""Answers and reports as text for a terminal, and as the JSON that other programs rely on (README)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from assistant.markers import claim_words
from assistant.rechecking import State, Verification, VerifiedCitation, VerifiedClaim
from assistant.types import SYMBOLS, Answer, CheckedClaim, Citation, Departure, Policy, Report, Verdict
from index import Hit, SyncReport

LABELS = {
    Verdict.SUPPORTED: "Supported",
    Verdict.PARTLY_SUPPORTED: "Partly supported",
    Verdict.UNSUPPORTED: "Not supported",
    Verdict.CONTRADICTED: "Contradicted",
    Verdict.UNCITED: "No source cited",
    Verdict.DANGLING: "Source missing",
}
"""A verdict in words for readers."""

_STATES = {
    State.SAME: "as it was",
    State.EDITED: "source edited; the quote still stands",
    State.MOVED: "quote moved",
    State.GONE: "quote gone",
    State.MISSING: "document missing",
}

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
_LINE_ENDS = re.compile(r"[\t\n\r\u2028\u2029]")
_PARTS = {Verdict.UNSUPPORTED: "not found"}  # how a part's verdict is told where it is not by its own name
_QUOTE_CHARACTERS = 300
_NAMED = 40  # characters of a part by which it is known again in a reason, which may shorten it


class Rates(Protocol):
    """How often a policy's threshold errs: an :class:`assistant.checking.ErrorRates`."""

    @property
    def threshold(self) -> float:
        """Least score of a supported claim."""

    @property
    def false_pass(self) -> float:
        """Share of the unsupported claims that are called supported."""

    @property
    def false_strip(self) -> float:
        """Share of the supported claims that are not called so."""

    @property
    def measured_on(self) -> str:
        """The data, in words."""


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


def render_answer(answer: Answer, *, withheld: bool = True) -> str:
    """Return an answer as text: the sentences, their sources, and what the check says of those not supported.

    ``withheld`` adds the sentences that were left out, each with the reason. The answer's notice is not part of the
    text: it is said beside it. The list of sources has the form that ``check`` reads, so an answer can be checked
    again, also by someone else; what is left out is none of its claims.
    """
    parts = [f"Read as: {answer.read_as}"] if answer.read_as != answer.question else []
    left_out = [_left_out(claim) for claim in answer.withheld] if withheld else []
    if answer.refusal:
        parts.append(answer.refusal.reason)
        if answer.refusal.nearest:
            nearest = (f"  {_quoted(citation)}\n    {place_words(citation)}" for citation in answer.refusal.nearest)
            parts.append("\n".join(("Nearest passages:", *nearest)))
        return printable("\n\n".join([*parts, *left_out]))
    parts.append(answer.text)
    parts += [f"{SYMBOLS[c.verdict]} {c.reason}" for c in answer.claims if c.verdict is not Verdict.SUPPORTED]
    parts += left_out
    parts.append(_sources(answer.citations))
    return printable("\n\n".join(parts))


def _left_out(claim: CheckedClaim) -> str:
    # On one line and behind its symbol, as the reasons are: that is how ``check`` knows what is not the answer's text.
    return f"{SYMBOLS[claim.verdict]} Left out, {' '.join(_told(claim).split())} “{claim_words(claim.text)}”"


def render_report(report: Report, *, explain: bool = False, rates: Mapping[Policy, Rates] | None = None) -> str:
    """Return a report as text: each claim with its verdict, the reason, and the words it was compared with.

    ``explain`` adds scores, offsets and every departure, and, where ``rates`` are given, how often each policy errs.
    """
    if not report.claims:
        nothing = "There is nothing to check: no sentence of this text states something."
        return "\n\n".join([nothing, *([_remarked(report)] if report.remarks else [])])
    claims = ["\n".join(explained(claim)) if explain else _checked(claim) for claim in report.claims]
    last = [summary_words(report)]
    if explain and rates:
        last.append(render_rates(rates, report.policy))
    return "\n\n".join([*claims, *last])


def summary_words(report: Report) -> str:
    """Return how many claims have each verdict, and how many sentences state nothing to check, in one line."""
    counts = ", ".join(f"{count} {verdict.replace('_', ' ')}" for verdict, count in report.summary.items() if count)
    claims = f"{len(report.claims)} {'claim' if len(report.claims) == 1 else 'claims'}: {counts}"
    return "; ".join([claims, *([_remarked(report)] if report.remarks else [])])


def parts_words(claim: CheckedClaim) -> str:
    """Return what of a sentence holds and what does not: "supported: the 95% fall; not found: to 1,200"."""
    by_verdict: dict[Verdict, list[str]] = {}
    for part in claim.parts:
        by_verdict.setdefault(part.verdict, []).append(" ".join(part.text.split()))
    return "; ".join(
        f"{_PARTS.get(verdict, verdict.replace('_', ' '))}: {', '.join(texts)}" for verdict, texts in by_verdict.items()
    )


def departure_words(departure: Departure) -> str:
    """Return a departure with both places: "claim says 2027 [12:16], source says 2026 [840:844]"."""
    said = f"claim says {departure.claim_value} [{departure.start}:{departure.end}]"
    if departure.source_value is None:
        return f"{said}, source has nothing to compare"
    found = departure.source_start is not None
    place = f" [{departure.source_start}:{departure.source_end}]" if found else ""
    return f"{said}, source says {departure.source_value}{place}"


def explained(claim: CheckedClaim) -> list[str]:
    """Return the lines that tell everything known of a claim: score, places, departures, parts, better evidence."""
    text = " ".join(claim.text.split())
    lines = [f"{SYMBOLS[claim.verdict]} {text} [{claim.start}:{claim.end}]", f"  {_told(claim)}"]
    lines.append(f"  score {claim.score:.3f}")
    lines += [f"  {departure.kind}: {departure_words(departure)}" for departure in claim.departures]
    for part in claim.parts:
        place = f"[{part.start}:{part.end}] {part.verdict.replace('_', ' ')}, score {part.score:.3f}"
        lines.append(f"  part {SYMBOLS[part.verdict]} {' '.join(part.text.split())} {place}")
    for citation in claim.citations:
        lines += _cited(citation)
    if claim.better:
        lines += ["  better evidence, not cited:", *_cited(claim.better)]
    return lines


def render_rates(rates: Mapping[Policy, Rates], policy: Policy) -> str:
    """Return how often each policy errs, that in force marked."""
    lines = ["Error rates: how often the threshold calls supported what is not (false pass), and the reverse"]
    lines.append(f"  {'policy':10} {'threshold':>9} {'false pass':>11} {'false strip':>12}")
    for name, rate in rates.items():
        mark = "*" if name is policy else " "
        lines.append(f"{mark} {name:10} {rate.threshold:9.2f} {rate.false_pass:11.1%} {rate.false_strip:12.1%}")
    measured = dict.fromkeys(rate.measured_on for rate in rates.values())
    return "\n".join([*lines, f"  * in force. Measured on {'; '.join(measured)}"])


def render_verification(verification: Verification) -> str:
    """Return what has become of a record as text: only what has changed, and at the end how much stands."""
    changed = [claim for claim in verification.claims if not claim.stands]
    parts = [_changed(claim) for claim in changed]
    made = f"{verification.created.day} {verification.created:%B %Y}"
    if verification.checker != verification.was_checker:
        was, now = (name or "unnamed" for name in (verification.was_checker, verification.checker))
        parts.append(f"The checker is another: it was {was}, it is {now}.")
    total = len(verification.claims)
    stands = f"All {total} claims" if not changed else f"{total - len(changed)} of {total} claims"
    verb = "stand" if total != 1 else "stands"
    return "\n\n".join([*parts, f"{stands.replace('All 1 claims', 'The only claim')} of {made} {verb} as recorded."])


def _changed(claim: VerifiedClaim) -> str:
    was, now = (verdict.replace("_", " ") for verdict in (claim.was, claim.now))
    told = f"verdict: was {was}, now {now}: {claim.reason}" if was != now else f"verdict: {now}, as it was"
    lines = [f"{SYMBOLS[claim.now]} {' '.join(claim.text.split())}", f"  {told}"]
    for citation in claim.citations:
        if citation.state is not State.SAME:
            lines += _fate(citation)
    return "\n".join(lines)


def _fate(verified: VerifiedCitation) -> list[str]:
    cited, found = verified.cited, verified.found or verified.instead
    lines = [f"  {_STATES[verified.state]}:", *_cited(cited)]
    if found and verified.state in (State.MOVED, State.GONE):
        lines += ["  it is now here:" if verified.found else "  most like it now:", *_cited(found)]
    return lines


def render_hits(hits: Sequence[Hit]) -> str:
    """Return passages as text, the best first."""
    if not hits:
        return "Nothing was found."
    return "\n\n".join(
        f"{_named(hit.passage.document)} {hit.passage.span.start}:{hit.passage.span.end}  (score {hit.score:.2f})\n"
        + _indented(hit.passage.text)
        for hit in hits
    )


def render_sync(report: SyncReport) -> str:
    """Return what a sync did as text; files that failed are named with the reason."""
    failures = [f"not read: {_named(failure.document)}: {failure.reason}" for failure in report.failed]
    names = ("added", "changed", "removed", "unchanged", "failed")
    counts = ", ".join(f"{len(getattr(report, name))} {name}" for name in names)
    return "\n".join([*failures, f"{counts}; {report.passages:,} passages in the index ({report.seconds:.1f} s)"])


def _checked(claim: CheckedClaim) -> str:
    lines = [f"{SYMBOLS[claim.verdict]} {claim.text}", f"  {_told(claim)}"]
    stands = claim.verdict is Verdict.SUPPORTED
    if claim.parts and not stands and not all(part.text[:_NAMED].strip() in claim.reason for part in claim.parts):
        lines.append(f"  {parts_words(claim)}")
    for citation in claim.citations:
        lines += _cited(citation)
    if claim.better:
        lines += ["  better evidence, not cited:", *_cited(claim.better)]
    return "\n".join(lines)


def _told(claim: CheckedClaim) -> str:
    return f"{claim.verdict.replace('_', ' ')}: {claim.reason}"


def _cited(citation: Citation) -> list[str]:
    return [f"    {_quoted(citation)}", f"    {place_words(citation)}"]


def _remarked(report: Report) -> str:
    kinds: dict[str, int] = {}
    for remark in report.remarks:
        kinds[remark.kind] = kinds.get(remark.kind, 0) + 1
    told = ", ".join(f"{count} {kind if count == 1 else kind + 's'}" for kind, count in kinds.items())
    return f"not checked: {told}"


def _sources(citations: Iterable[Citation]) -> str:
    lines = dict.fromkeys(f"[{citation.marker}] {place_words(citation)}" for citation in citations)
    return "\n".join(("Sources", *sorted(lines, key=lambda line: int(line[1 : line.index("]")]))))


def place_words(citation: Citation) -> str:
    """Return title, publisher, date, page, and the exact place, in the form that ``check`` reads."""
    date = f"{citation.date.day} {citation.date:%B %Y}" if citation.date else None
    page = f"page {citation.page}" if citation.page else None
    told = ", ".join(part for part in (citation.publisher, date, page) if part)
    title = citation.title.rstrip(".")
    return f"{title}. {told + '. ' if told else ''}({_named(citation.document)} {citation.start}:{citation.end})"


def printable(text: str) -> str:
    """Return a text without the characters that command a terminal or turn the order of what it shows.

    Models and the names of files may hold them; line feeds and tabs stay.
    """
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def _named(document: str) -> str:
    """The name of a document as it is told: on one line, or it would make sources of its own in a list of them."""
    return printable(_LINE_ENDS.sub("\N{REPLACEMENT CHARACTER}", document))


def _quoted(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    return f"“{quote if len(quote) <= _QUOTE_CHARACTERS else quote[:_QUOTE_CHARACTERS].rstrip() + '…'}”"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
