"""A text into its claims with their markers, its remarks and its references. Pure.

:mod:`assistant.markers` reads ``[1]`` and its like, :mod:`assistant.naming` markers by name,
:mod:`assistant.references` the list of sources, :mod:`assistant.remarks` tells what is no claim, and
:mod:`assistant.referring` what a claim refers to without saying it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from assistant.blocks import Block, blocks
from assistant.markers import Marker, blank_markers, blanked, claim_words, find_markers
from assistant.naming import find_named
from assistant.predicates import finite_verbs
from assistant.references import Reference, References, split_references
from assistant.referring import antecedent
from assistant.remarks import remark_kind
from assistant.types import Remark
from index import Model, Span, split_sentences

__all__ = [
    "MarkedClaim",
    "Marker",
    "ReadText",
    "Reference",
    "References",
    "blank_markers",
    "claim_words",
    "find_markers",
    "parse_claims",
    "parse_text",
    "read_text",
    "split_references",
]

Split = Callable[[str, Span], list[Span]]
"""Returns the sentences of one block of a text."""

_REMEMBERED = 30  # sentences back that a reference may reach; by judgement
_AFTER_MARKERS = re.compile(r"\s*[.!?…]+[\"'”’»)]*")
_OPENS_QUOTE = re.compile(r"[\s>*_]*[“\"«‘]")
_OPEN_QUOTE = re.compile(r"(?P<lead>[^“”]*)“[^”]*\Z")
_TELLS = re.compile(
    r"\b(?:said|says|told|adds?|added|states?|stated|writes?|wrote|explain(?:s|ed)|emphasi[sz]e[sd]?|stress(?:es|ed)"
    r"|announce[sd]|comment(?:s|ed)|declare[sd]|warn(?:s|ed)|argue[sd]|conclude[sd]|remark(?:s|ed)|note[sd]|insist(?:s|ed)"
    r"|respond(?:s|ed)|replied|asked|tweeted|posted|statement|words?|quoted?)\b",
    re.IGNORECASE,
)


class MarkedClaim(Model):
    """A sentence at ``[start, end)`` of a text and the numbers of its markers, each once, in order of appearance.

    ``text == whole[start:end]``: markers inside the sentence stay, those after its full stop are left out. ``plain``
    is as long, with its markers as white space: what is judged. ``context`` holds what the sentence does not say
    itself, joined with "; ": the heads of its table's columns, who is quoted, what its pronouns refer to.
    """

    text: str
    start: int
    end: int
    markers: tuple[int, ...] = ()
    plain: str = ""
    context: str = ""


class ReadText(NamedTuple):
    """What a text holds: its claims and remarks, in order, and the sources that the numbers of the markers name."""

    claims: list[MarkedClaim]
    remarks: list[Remark]
    references: References


class _Sentence(NamedTuple):
    """A sentence as it is read; ``numbers`` are those of its markers and grow while markers are handed out."""

    span: Span
    plain: str
    block: Block
    numbers: list[int]

    @property
    def is_bare(self) -> bool:
        """Whether it stands in a block that needs no verb to state something."""
        return self.block.kind in ("item", "row")


def read_text(
    text: str, split: Split = split_sentences, resolves: Callable[[Reference], bool] | None = None
) -> ReadText:
    """Return what ``text`` holds, with all its markers: by number and by name.

    Args:
        text: with or without a list of sources, footnotes or links.
        split: returns the sentences of one block.
        resolves: whether a source that the list does not have is known; without it only the list counts. A marker by
            name that points at nothing is no marker, so it is never dangling.
    """
    body, references = split_references(text, resolves)
    named, added = find_named(body, references, resolves)
    claims, remarks = parse_text(body, split, references, named)
    return ReadText(claims, remarks, references | added)


def parse_claims(text: str, split: Split = split_sentences, known: Collection[int] = ()) -> list[MarkedClaim]:
    """Return the sentences of ``text`` that state something: the first half of :func:`parse_text`."""
    return parse_text(text, split, known)[0]


def parse_text(
    text: str, split: Split = split_sentences, known: Collection[int] = (), named: Sequence[Marker] = ()
) -> tuple[list[MarkedClaim], list[Remark]]:
    """Return the claims of ``text`` with their markers, and what is none (questions, headings, ...), both in order.

    ``split(text, block)`` returns the sentences of one block; blocks are list items, table rows and paragraphs, and no
    sentence crosses their borders. What carries a marker is a claim. Code, rules and sources are neither; nor is the
    lead-in of a quotation ("Starmer said:"), which becomes the context of the claims quoted. ``known`` are the marker
    numbers that point at something, ``named`` the markers by name.
    """
    sentences = _sentences(text, split, sorted([*find_markers(text, known), *named], key=lambda marker: marker.start))
    claims: list[MarkedClaim] = []
    remarks: list[Remark] = []
    leads = _leads(sentences)
    before: list[str] = []
    for sentence, lead in zip(sentences, leads, strict=True):
        span, plain = sentence.span, sentence.plain
        told = claim_words(plain)
        if lead is not None:
            kind = remark_kind(plain, item=sentence.is_bare, title=sentence.block.kind == "title")
            if sentence.numbers or kind is None:
                claims.append(_claim(text, sentence, [sentence.block.heads, lead, antecedent(told, before)]))
            elif kind:
                remarks.append(Remark(text=span.of(text), start=span.start, end=span.end, kind=kind))
        before = [*before, told][-_REMEMBERED:]
    return claims, remarks


def _claim(text: str, sentence: _Sentence, context: Sequence[str]) -> MarkedClaim:
    return MarkedClaim(
        text=sentence.span.of(text),
        start=sentence.span.start,
        end=sentence.span.end,
        markers=tuple(dict.fromkeys(sentence.numbers)),
        plain=sentence.plain,
        context="; ".join(dict.fromkeys(filter(None, context))),
    )


def _sentences(text: str, split: Split, markers: Sequence[Marker]) -> list[_Sentence]:
    """The sentences of a text with the numbers of their markers."""
    blank = blanked(text, markers)
    read: list[_Sentence] = []
    early: list[int] = []  # of markers on lines of their own before the first sentence
    for block in blocks(text, blank):
        whole = [block.span] if block.kind == "row" and block.span.of(blank).strip() else None
        spans = [_with_stop(blank, text, span, block.span) for span in whole or split(blank, block.span)]
        for span in spans:
            read.append(_Sentence(span, span.of(blank), block, [] if read else early))
        for marker in markers:
            if block.span.start <= marker.start < block.span.end:
                owner = _owner(marker, [sentence.span for sentence in read], len(spans))
                (read[owner].numbers if read else early).extend(marker.numbers)
    return read


def _with_stop(blank: str, text: str, span: Span, block: Span) -> Span:
    """The sentence up to its full stop, where only markers stand between the two ("fell [1].")."""
    match = _AFTER_MARKERS.match(blank, span.end, block.end)
    if match and text[span.end : match.end()].lstrip() != match.group().lstrip():
        return Span(start=span.start, end=match.end())
    return span


def _owner(marker: Marker, sentences: list[Span], own: int) -> int:
    """Which sentence a marker belongs to: the last that begins before it, or the first of its block, which has ``own``.

    A marker on a line of its own belongs to the sentence before that line.
    """
    before = sum(span.start <= marker.start for span in sentences)
    return max(before - 1, len(sentences) - own) if own else len(sentences) - 1


def _leads(sentences: Sequence[_Sentence]) -> list[str | None]:
    """What leads each sentence in ("Starmer said"), "" where nothing does; None for the lead-ins themselves.

    The markers of a lead-in go to the first sentence that it leads in.
    """
    leads: list[str | None] = []
    lead, quoting = "", False
    for position, sentence in enumerate(sentences):
        following = sentences[position + 1] if position + 1 < len(sentences) else None
        if position and sentence.block is not sentences[position - 1].block:
            lead = lead if _goes_on(sentences[position - 1], sentence) or leads[-1] is None else ""
        opened = _OPEN_QUOTE.match(sentence.plain)
        if following and _leads_in(sentence, following):
            lead, quoting = claim_words(sentence.plain).rstrip(":"), False
            following.numbers[:0] = sentence.numbers
            leads.append(None)
            continue
        leads.append(lead)
        if opened and opened["lead"].strip() and following and following.block is sentence.block:
            lead, quoting = claim_words(opened["lead"]).rstrip(" :,"), True
        elif quoting and "”" in sentence.plain:
            lead, quoting = "", False
    return leads


def _leads_in(sentence: _Sentence, following: _Sentence) -> bool:
    """Whether a line that ends in a colon belongs to the quotation under it."""
    if sentence.block is following.block or sentence.block.kind != "prose" or following.block.kind != "prose":
        return False
    if not sentence.plain.rstrip(" *_").endswith(":"):
        return False
    return _OPENS_QUOTE.match(following.plain) is not None or (
        _TELLS.search(sentence.plain) is not None and bool(finite_verbs(sentence.plain))
    )


def _goes_on(sentence: _Sentence, following: _Sentence) -> bool:
    """Whether a quotation goes on in the next paragraph, as each of its paragraphs opens with a mark."""
    return _OPENS_QUOTE.match(sentence.plain) is not None and _OPENS_QUOTE.match(following.plain) is not None
