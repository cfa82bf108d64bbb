"""Answers to HTML, escaped: sentences with markers and verdicts, refusals, and what an empty chat shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pydantic import BaseModel, ConfigDict

from assistant import Answer, CheckedClaim, Citation, Refusal, Verdict, find_markers
from ui.progress import Progress
from ui.web.markup import LOOKS, icon, numbers_of, without_markers, wrapped
from ui.web.sources import Cite, Group, cites_of, groups_of
from ui.web.writing import byline_html, draft_html, model_name, notice_html, withheld_html

COMMAND = "pincite sync FOLDER"
"""What to run where nothing is indexed yet."""


class Patch(BaseModel):
    """What the page shows of one turn. Each event sends it whole; Gradio sends the difference to the one before.

    ``copy_text`` and ``cites`` are plain text, the rest is HTML.
    """

    model_config = ConfigDict(frozen=True)

    turn: int
    done: bool = False
    read_as: str = ""
    notice: str = ""
    claims: tuple[str, ...] = ()
    draft: str = ""
    tail: str = ""
    withheld: str = ""
    groups: tuple[Group, ...] = ()
    cites: tuple[Cite, ...] = ()
    copy_text: str = ""


def turn_patch(turn: int, question: str, progress: Progress, copy_text: str = "") -> Patch:
    """Return what the page shows of a turn so far."""
    answer = progress.answer
    cites = cites_of(progress.claims, answer.refusal if answer else None)
    return Patch(
        turn=turn,
        done=answer is not None,
        read_as=read_as_html(question, progress.read_as),
        notice=notice_html(progress.notice),
        claims=_claims_html(progress.text, progress.claims),
        draft=draft_html(progress.draft, " " if progress.claims else ""),
        tail=_tail_html(answer, cites) if answer else "",
        withheld=withheld_html(progress.withheld),
        groups=groups_of(cites),
        cites=cites,
        copy_text=copy_text,
    )


def read_as_html(question: str, read_as: str) -> str:
    """Return how the question was understood, or nothing where it was taken as it was asked."""
    if not read_as or _plain(read_as) == _plain(question):
        return ""
    return f'<p class="pc-read-as"><span class="pc-label">Read as</span> {escape(read_as)}</p>'


def _plain(question: str) -> str:
    return " ".join(question.split()).rstrip("?.! ").casefold()


def _claims_html(text: str, claims: Sequence[CheckedClaim]) -> tuple[str, ...]:
    pieces, cursor, index = [], 0, 0
    known: set[int] = set()
    for claim in claims:
        pieces.append(claim_html(claim, index, without_markers(text[cursor : claim.start], known)))
        cursor, index = claim.end, index + len(claim.citations)
        known |= numbers_of(claim)
    return tuple(pieces)


def claim_html(claim: CheckedClaim, first_cite: int = 0, lead: str = "") -> str:
    """Return one sentence with its markers and its verdict.

    ``first_cite`` is the position of the claim's first citation among the answer's; ``lead`` is the text between the
    claim before and this one.
    """
    markers = _Markers(claim, first_cite)
    known = numbers_of(claim)
    body, cursor = [], 0
    for marker in find_markers(claim.text, known):
        if known.issuperset(marker.numbers):
            words = len(claim.text[: marker.start].rstrip(" "))
            buttons = "".join(markers.take(number) for number in marker.numbers)
            body.append(_emphasised(claim, cursor, max(words, cursor)) + _refs(buttons))
            cursor = marker.end
    body.append(_emphasised(claim, cursor, len(claim.text)))
    rest = "".join(markers.rest())
    return (
        f'<span class="pc-claim pc-v-{claim.verdict.value}">{escape(lead)}<span class="pc-said">{"".join(body)}</span>'
        f"{_refs(rest)}{verdict_html(claim.verdict, claim.reason)}</span>"
    )


def _refs(inner: str) -> str:
    # The word joiner keeps a marker on the line of the word that it follows.
    return f'<span class="pc-refs">\u2060{inner}</span>' if inner else ""


class _Markers:
    """The buttons of a claim's citations, handed out as the markers in its text ask for them."""

    def __init__(self, claim: CheckedClaim, first_cite: int) -> None:
        self._waiting: dict[int | None, list[str]] = {}
        self._dangling = list(dict.fromkeys(claim.dangling))
        self._last: dict[int | None, str] = {}
        for index, citation in enumerate(claim.citations, start=first_cite):
            self._waiting.setdefault(citation.marker, []).append(marker_html(citation, index))

    def take(self, number: int) -> str:
        """Return the button of the next citation with ``number``; where there is no next one, of the last one again."""
        if self._waiting.get(number):
            self._last[number] = self._waiting[number].pop(0)
        return self._last.setdefault(number, dangling_html(number))

    def rest(self) -> list[str]:
        """Return the buttons that no marker in the text asked for."""
        unseen = [dangling_html(number) for number in self._dangling if number not in self._last]
        return [button for buttons in self._waiting.values() for button in buttons] + unseen


def marker_html(citation: Citation, index: int) -> str:
    """Return the button that opens the answer's citation at position ``index``."""
    number = "•" if citation.marker is None else str(citation.marker)
    label = escape(f"Source {number}: {citation.title}. Open at the cited words.")
    return f'<button type="button" class="pc-marker" data-cite="{index}" aria-label="{label}">{number}</button>'


def dangling_html(number: int) -> str:
    """Return a marker that points at nothing: shown, and not to be clicked."""
    label = f"Marker {number} points at no source"
    return f'<span class="pc-marker pc-dangling" role="img" aria-label="{label}" title="{label}">{number}</span>'


def _emphasised(claim: CheckedClaim, start: int, end: int) -> str:
    spans = [(span.start - claim.start, span.end - claim.start, "") for span in claim.decisive]
    return wrapped(claim.text, start, end, spans, tag="strong")


def verdict_html(verdict: Verdict, reason: str) -> str:
    """Return a verdict beside its sentence: only its shape where all is well, the shape and the word otherwise."""
    look = LOOKS[verdict]
    if verdict is Verdict.SUPPORTED:
        attributes = f'role="img" aria-label="{look.label}" title="{look.label}"'
        return f'<span class="pc-verdict" {attributes}>{icon(look.icon)}</span>'
    return (
        f'<span class="pc-verdict pc-flag" tabindex="0" data-tip="{escape(reason)}">'
        f'{icon(look.icon)}{look.label}<span class="pc-sr">: {escape(reason)}</span></span>'
    )


def _tail_html(answer: Answer, cites: Sequence[Cite]) -> str:
    if answer.refusal:
        return refusal_html(answer.refusal, cites, len(cites) - len(answer.refusal.nearest))
    known = {number for claim in answer.claims for number in numbers_of(claim)}
    rest = without_markers(answer.text[answer.claims[-1].end if answer.claims else 0 :], known)
    trailing = f'<span class="pc-rest">{escape(rest)}</span>' if rest.strip() else ""
    return trailing + _summary_html(answer) + byline_html(answer)


def _summary_html(answer: Answer) -> str:
    total = len(answer.claims)
    good = sum(claim.verdict is Verdict.SUPPORTED for claim in answer.claims)
    if total <= 1:
        return ""  # its one verdict stands beside it
    if good == total:
        shown = " shown here" if answer.withheld else ""
        words = f"All {total} sentences{shown} supported by their sources"
        return f'<p class="pc-summary">{icon(LOOKS[Verdict.SUPPORTED].icon)}{words}</p>'
    counts = {verdict: sum(claim.verdict is verdict for claim in answer.claims) for verdict in Verdict}
    words = ", ".join(f"{count} {LOOKS[verdict].label.lower()}" for verdict, count in counts.items() if count)
    return f'<p class="pc-summary">Sentences: {words}</p>'


def refusal_html(refusal: Refusal, cites: Sequence[Cite], first: int) -> str:
    """Return why there is no answer, what is covered, and the nearest passages (``cites`` from ``first`` on)."""
    rows = _terms("In the documents", refusal.covered) + _terms("Not found", refusal.missing)
    return (
        '<div class="pc-refusal"><p class="pc-refusal-title">The documents do not answer this</p>'
        f"<p>{escape(refusal.reason)}</p>{f'<dl>{rows}</dl>' if rows else ''}{_nearest_html(cites, first)}</div>"
    )


def _terms(title: str, terms: Iterable[str]) -> str:
    words = "".join(f"<li>{escape(term)}</li>" for term in terms)
    return f'<dt>{title}</dt><dd><ul class="pc-terms">{words}</ul></dd>' if words else ""


def _nearest_html(cites: Sequence[Cite], first: int) -> str:
    items = "".join(
        f'<li><button type="button" class="pc-near" data-cite="{index}"><span class="pc-near-quote">'
        f"{escape(' '.join(cite.quote.split()))}</span>"
        f'<span class="pc-near-title">{escape(cite.title)}</span></button></li>'
        for index, cite in enumerate(cites[first:], start=first)
    )
    return f'<p class="pc-label">Nearest passages</p><ul class="pc-nearest">{items}</ul>' if items else ""


def problem_html(message: str) -> str:
    """Return a message about something that went wrong, in plain words."""
    return f'<div class="pc-problem" role="alert"><p>{escape(message)}</p></div>'


def welcome_html(documents: int) -> str:
    """Return what an empty chat says: how it works, or what to run where nothing is indexed yet."""
    if not documents:
        return (
            '<h2 class="pc-hello">Nothing is indexed yet</h2>'
            "<p>Point Pincite at a folder of documents, then reload this page:</p>"
            f'<pre class="pc-command"><code>{COMMAND}</code></pre>'
        )
    return (
        '<h2 class="pc-hello">Ask your documents</h2>'
        "<p>Every sentence of an answer cites the exact words that support it. Open a number to read them in place.</p>"
    )


def examples_html(questions: Iterable[str]) -> str:
    """Return example questions as a list of buttons."""
    return "".join(
        f'<li><button type="button" class="pc-example">{escape(question)}</button></li>' for question in questions
    )


def footer_text(documents: int, llm: str | None) -> str:
    """Return the line at the foot of the page. A chat model may be anywhere, so it is named instead of a promise."""
    noun = "document" if documents == 1 else "documents"
    return f"{documents:,} {noun} · " + (f"answers written by {model_name(llm)}" if llm else "works offline")
