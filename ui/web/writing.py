"""What only an answer by a chat model shows: words not checked yet, sentences left out, who wrote, notices. HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from assistant import Answer, CheckedClaim, find_markers
from ui.web.markup import LOOKS, icon, without_markers

_UNFINISHED = re.compile(r"\s*[\[【][\d\s,;^†–-]*\Z")
"""A marker of which only the beginning is written."""


def draft_html(text: str, lead: str = "") -> str:
    """Return the sentence that is being written, without its markers: they become buttons once it is checked.

    ``lead`` is what parts it from the sentence before.
    """
    words = _UNFINISHED.sub("", _unmarked(text)).strip()
    if not words:
        return ""
    note = '<span class="pc-sr">Being checked: </span>'
    return f'<span class="pc-draft">{lead}{note}{escape(words)}<span class="pc-caret" aria-hidden="true"></span></span>'


def _unmarked(text: str) -> str:
    return without_markers(text, {number for marker in find_markers(text) for number in marker.numbers})


def notice_html(notice: str | None) -> str:
    """Return what the reader must know of how the answer came about."""
    return f'<p class="pc-aside">{escape(notice)}</p>' if notice else ""


def withheld_html(claims: Sequence[CheckedClaim]) -> str:
    """Return the sentences left out of an answer, folded under a line that counts them, each with the reason."""
    if not claims:
        return ""
    sentences, them = ("1 sentence", "it") if len(claims) == 1 else (f"{len(claims)} sentences", "them")
    head = f"{sentences} left out: the documents do not bear {them} out"
    items = "".join(_left_out(claim) for claim in claims)
    return f'<details class="pc-withheld"><summary>{head}</summary><ul>{items}</ul></details>'


def _left_out(claim: CheckedClaim) -> str:
    look = LOOKS[claim.verdict]
    words = _unmarked(claim.text).strip()
    reason = f'<span class="pc-finding-label">{look.label}</span> {escape(claim.reason)}'
    finding = f'<p class="pc-finding pc-v-{claim.verdict.value}">{icon(look.icon)}<span>{reason}</span></p>'
    return f'<li><p class="pc-left-out">“{escape(words)}”</p>{finding}</li>'


def byline_html(answer: Answer) -> str:
    """Return who wrote an answer; nothing where its sentences are those of the documents."""
    if answer.mode != "generative" or not answer.model or not answer.claims:
        return ""
    return f'<p class="pc-byline">Written by {escape(model_name(answer.model))}, each sentence checked</p>'


def model_name(llm: str) -> str:
    """Return how a model is named to a visitor: without the folder of a file, which is the server's own business."""
    return re.split(r"[/\\]", llm)[-1] if llm.startswith("gguf:") else llm
