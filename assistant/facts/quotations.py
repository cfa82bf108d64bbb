"""Words in quotation marks, held against the source: verbatim, altered, or not there at all.

Honest are an ellipsis, a [word] put in, another kind of quotation mark, another case, and other stops and commas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.facts.difference import Difference
from index import STOPWORDS, Span, stem

SHORTEST = 3
"""Words from which on words in quotation marks are a quotation; fewer are a name or a turn of phrase."""

NEARLY = 0.6
"""Least share of common words (difflib's ratio) at which a stretch of the source is what was quoted, altered."""

TITLE_CASE = 0.75
"""Share of its telling words from which on a quotation with capitals is a title; by judgement."""

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘((?:[^‘’]|(?<=\w)’(?=\w))+)’(?!\w)")
_OMITTED = re.compile(r"\[?(?:…|\.{3}|(?:\. ){2}\.)\]?")
_INSERTED = re.compile(r"\[[^\[\]]*\](?![\w])")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|(?:\[[^\W\d_]{1,2}\])?[^\W\d_]+(?:['’][^\W\d_]+)*")  # "[T]he" is one
_SLACK = 3  # source words on each side of the best stretch in which the altered words may stand
_SHOWN = 3  # altered places of one quotation that are named

Edit = tuple[str, int, int, int, int]  # an opcode of difflib


class Spoken(NamedTuple):
    """A word in plain form, and where it stands."""

    word: str
    span: Span


def compare(claim: str, source: str) -> list[Difference]:
    """Return what ``claim`` quotes otherwise than ``source`` says it, and the quotations that ``source`` lacks.

    The words of a title ("I Want to Go Outside in the Rain") are no quotation and are left alone.
    """
    return [d for span in quotations(claim) for d in _quoted(claim, span, source)]


def quotations(text: str) -> list[Span]:
    """Return where the words stand that ``text`` has in quotation marks, the marks left out."""
    found = []
    for match in _QUOTED.finditer(text):
        group = next(number for number in range(1, 4) if match[number])
        listed = _WORD.findall(match[group])
        if len(listed) >= SHORTEST and not _is_title(listed):
            found.append(Span(start=match.start(group), end=match.end(group)))
    return found


def _is_title(listed: Sequence[str]) -> bool:
    """Whether most words that tell something begin with a capital: the name of a song, a case, an album."""
    telling = [word for word in listed if word.lower() not in STOPWORDS]
    return sum(not word[0].islower() for word in telling) >= TITLE_CASE * len(telling)


def _quoted(claim: str, span: Span, source: str) -> list[Difference]:
    said = _words(source, Span(start=0, end=len(source)))
    position = 0
    for piece in _pieces(claim, span):
        listed = _words(claim, piece)
        begins = _find(listed, said, position)
        if begins is None:
            return _altered(claim, listed, source, said) or [_missing(claim, span)]
        position = begins + len(listed)
    return []


def _pieces(claim: str, span: Span) -> list[Span]:
    """The parts of a quotation that must be verbatim: what stands between omissions and [insertions]."""
    quote = span.of(claim)
    gaps = [match.span() for form in (_OMITTED, _INSERTED) for match in form.finditer(quote)]
    starts = [0, *(end for _, end in sorted(gaps))]
    ends = [*(start for start, _ in sorted(gaps)), len(quote)]
    pieces = [Span(start=span.start + s, end=span.start + e) for s, e in zip(starts, ends, strict=True) if s < e]
    return [piece for piece in pieces if _WORD.search(piece.of(claim))]


def _words(text: str, span: Span) -> list[Spoken]:
    """The words of a stretch in plain form, with where they stand; "[T]he" is one word."""
    return [
        Spoken(
            re.sub(r"[\[\]]", "", match.group()).casefold().replace("’", "'"),
            Span(start=span.start + match.start(), end=span.start + match.end()),
        )
        for match in _WORD.finditer(span.of(text))
    ]


def _find(listed: Sequence[Spoken], said: Sequence[Spoken], position: int) -> int | None:
    """Where the words stand one after another, from ``position`` on."""
    wanted = [word for word, _ in listed]
    held = [word for word, _ in said]
    for start in range(position, len(held) - len(wanted) + 1):
        if held[start] == wanted[0] and held[start : start + len(wanted)] == wanted:
            return start
    return None


def _altered(claim: str, listed: Sequence[Spoken], source: str, said: Sequence[Spoken]) -> list[Difference]:
    """The altered places of a quotation, where the source holds nearly these words; [] where it does not."""
    window = _best_stretch(listed, said)
    matcher = SequenceMatcher(None, [word for word, _ in listed], [word for word, _ in window], autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    if not same or 2 * same / (len(listed) + _held_length(matcher)) < NEARLY:
        return []
    edits = [edit for edit in matcher.get_opcodes() if edit[0] != "equal" and _is_inside(edit, matcher)]
    return [_edit(claim, listed, source, window, edit) for edit in edits[:_SHOWN]]


def _best_stretch(listed: Sequence[Spoken], said: Sequence[Spoken]) -> Sequence[Spoken]:
    """The source's words most like the quotation, with a few on each side."""
    joined = " ".join(word for word, _ in said)
    found = fuzz.partial_ratio_alignment(" ".join(word for word, _ in listed), joined)
    if found is None:
        return []
    first = joined.count(" ", 0, found.dest_start)
    last = joined.count(" ", 0, found.dest_end)
    return said[max(0, first - _SLACK) : last + 1 + _SLACK]


def _held_length(matcher: SequenceMatcher[str]) -> int:
    """How many words of the source the quotation stands for: from the first that it has to the last."""
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    return blocks[-1].b + blocks[-1].size - blocks[0].b if blocks else 0


def _is_inside(edit: Edit, matcher: SequenceMatcher[str]) -> bool:
    """Whether an edit alters the quotation: the words of the source around it are none of it."""
    kind, _, _, start, _ = edit
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    return kind != "insert" or blocks[0].b < start < blocks[-1].b + blocks[-1].size


def _edit(
    claim: str,
    listed: Sequence[Spoken],
    source: str,
    window: Sequence[Spoken],
    edit: Edit,
) -> Difference:
    """The altered words and the source's; where one text has none, with the words beside them."""
    _, first, last, start, end = edit
    if first == last or start == end:
        first, last = max(0, first - 1), min(len(listed), last + 1)
        start, end = max(0, start - 1), min(len(window), end + 1)
    elif first == 0:
        start = max(start, end - (last - first))
    elif last == len(listed):
        end = min(end, start + last - first)
    claim_span = Span(start=listed[first].span.start, end=listed[last - 1].span.end)
    source_span = Span(start=window[start].span.start, end=window[end - 1].span.end)
    stems = [{stem(spoken.word) for spoken in part} for part in (listed[first:last], window[start:end])]
    return Difference(
        kind="quotation",
        severity="doubtful" if stems[0] == stems[1] else "contradicts",  # "kicked the bucket", "kicking the bucket"
        claim_value=claim_span.of(claim),
        claim_span=claim_span,
        source_value=source_span.of(source),
        source_span=source_span,
    )


def _missing(claim: str, span: Span) -> Difference:
    return Difference(kind="quotation", severity="missing", claim_value=span.of(claim), claim_span=span)
