"""Passages: runs of whole sentences of one document, short enough for the encoder to see all of each.

A passage is packed greedily. A heading stays with the sentence after it; a new section or the end of a table closes a
passage that is long enough already; otherwise small sections share one, because a passage of a few words is found
for the wrong reasons and says little.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from index.settings import IndexSettings
from index.text import split_sentences, title_from_path
from index.types import Block, BlockKind, Document, DocumentInfo, Passage, Sentence, Span

TokenCounter = Callable[[Sequence[str]], list[int]]
"""Returns the number of word pieces of each text, special tokens left out."""

SECTION_TOKENS = 80
"""A passage of at least this many word pieces ends where a new section begins or a table ends."""
ROW_CHARACTERS = 400
"""A longer table row is cut into sentences; a shorter one is kept whole, since its cells explain each other."""
CONTEXT_WORDS = 24
"""Most words of title and headings in front of a passage that is embedded.

At 1.35 word pieces a word, with the passage's 220, they stay within the 256 that all-MiniLM-L6-v2 reads.
"""

_ID_LENGTH = 24
_SEPARATOR_TOKENS = 1  # no tokenizer makes more of the white space between two sentences


class _Unit(NamedTuple):
    """A sentence with its length in word pieces and the headings above it, as (level, offset, text)."""

    span: Span
    kind: BlockKind
    tokens: int
    path: tuple[Block, ...]


def split_document(document: Document, count_tokens: TokenCounter, settings: IndexSettings) -> list[Passage]:
    """Cut a document into passages, in order.

    Each passage is made of whole sentences and holds at most ``settings.passage_tokens`` word pieces, the white space
    between sentences counted too; each sentence of the document is in at least one. The only sentences that are cut,
    at white space where there is any, are those longer than a whole passage. A passage begins with the last
    ``settings.overlap_sentences`` of the one before it, unless a new section begins there or the limit forbids it.

    Args:
        document: The document. Without blocks, each line of its text counts as a paragraph.
        count_tokens: Counts word pieces; called once, and again only for sentences that must be cut.
        settings: The limits.
    """
    limit = settings.passage_tokens
    groups = [piece for group in _groups(_units(document, count_tokens, limit)) for piece in _within(group, limit)]
    runs: list[list[_Unit]] = []
    for group in groups:
        if runs and _joins(runs[-1], group, limit):
            runs[-1] += group
        else:
            runs.append(_overlap(runs[-1], group, settings) + group if runs else list(group))
    return [_passage(document, run) for run in runs]


def declared_title(document: DocumentInfo) -> str | None:
    """Return the document's title, or None when it is only its file's name made readable."""
    return None if document.title == title_from_path(document.id) else document.title


def embedding_text(title: str | None, passage: Passage) -> str:
    """Return the passage as it is embedded and indexed for words: title and headings on a line of their own, then it.

    Args:
        title: The document's declared title (see :func:`declared_title`), or None to leave it out.
        passage: The passage.
    """
    context = [part for part in dict.fromkeys((title or "", *passage.section)) if part and part not in passage.text]
    words = " – ".join(context).split()[:CONTEXT_WORDS]
    return f"{' '.join(words)}\n{passage.text}" if words else passage.text


def _units(document: Document, count_tokens: TokenCounter, limit: int) -> list[_Unit]:
    """Every sentence of the document, those beyond the limit cut."""
    found: list[tuple[Span, Block, tuple[Block, ...]]] = []
    path: tuple[Block, ...] = ()
    for block in document.blocks or _lines(document.text):
        if block.kind is BlockKind.HEADING:
            path = tuple(above for above in path if above.level < block.level)
        found += [(span, block, path) for span in _sentences(document.text, block)]
        if block.kind is BlockKind.HEADING:
            path = (*path, block)
    counts = count_tokens([span.of(document.text) for span, _, _ in found]) if found else []
    units = []
    for (span, block, above), tokens in zip(found, counts, strict=True):
        pieces = [(span, tokens)] if tokens <= limit else _cut(document.text, span, tokens, count_tokens, limit)
        units += [_Unit(piece, block.kind, length, above) for piece, length in pieces]
    return units


def _lines(text: str) -> Iterator[Block]:
    start = 0
    for line in text.splitlines(keepends=True):
        if stripped := line.strip():
            at = start + line.index(stripped)
            yield Block(kind=BlockKind.PARAGRAPH, span=Span(start=at, end=at + len(stripped)))
        start += len(line)


def _sentences(text: str, block: Block) -> list[Span]:
    """The units of one block: headings and short rows whole, code by line, other blocks by sentence."""
    if block.kind is BlockKind.HEADING:
        return [block.span]
    if block.kind is BlockKind.CODE:
        return [line.span.shift(block.span.start) for line in _lines(block.span.of(text))]
    if block.kind is BlockKind.ROW and block.span.end - block.span.start <= ROW_CHARACTERS:
        return [block.span]
    return split_sentences(text, block.span)


def _cut(text: str, span: Span, tokens: int, count: TokenCounter, limit: int) -> list[tuple[Span, int]]:
    """Halve a sentence, at the white space next to its middle if there is any, until each part keeps to the limit."""
    if tokens <= limit or span.end - span.start < 2:
        return [(span, tokens)]
    middle = (span.start + span.end) // 2
    before, after = text.rfind(" ", span.start, middle), text.find(" ", middle, span.end)
    near = [at for at in (before, after) if at > span.start]
    at = min(near, key=lambda position: abs(position - middle), default=middle)
    halves = [_trim(text, Span(start=span.start, end=at)), _trim(text, Span(start=at, end=span.end))]
    counts = count([half.of(text) for half in halves])
    return [part for half, n in zip(halves, counts, strict=True) for part in _cut(text, half, n, count, limit)]


def _trim(text: str, span: Span) -> Span:
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start=start, end=max(start, span.start + len(piece.rstrip())))


def _groups(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """Each sentence with the headings that stand right before it."""
    group: list[_Unit] = []
    for unit in units:
        group.append(unit)
        if unit.kind is not BlockKind.HEADING:
            yield group
            group = []
    if group:
        yield group


def _within(group: list[_Unit], limit: int) -> list[list[_Unit]]:
    """The group itself, or, where headings and sentence exceed the limit together, parts that do not."""
    parts: list[list[_Unit]] = [[]]
    for unit in reversed(group):
        if parts[0] and _length([unit, *parts[0]]) > limit:
            parts.insert(0, [])
        parts[0].insert(0, unit)
    return parts


def _length(units: Sequence[_Unit]) -> int:
    return sum(unit.tokens for unit in units) + _SEPARATOR_TOKENS * (len(units) - 1)


def _joins(run: Sequence[_Unit], group: Sequence[_Unit], limit: int) -> bool:
    """Whether ``group`` goes into the passage that is being packed."""
    length = _length(run)
    if length + _SEPARATOR_TOKENS + _length(group) > limit:
        return False
    return length < SECTION_TOKENS or not _opens(run[-1], group[0])


def _opens(before: _Unit, first: _Unit) -> bool:
    """Whether something new begins at ``first``: a section, a table, or the text after a table."""
    return first.kind is BlockKind.HEADING or (before.kind is BlockKind.ROW) != (first.kind is BlockKind.ROW)


def _overlap(run: Sequence[_Unit], group: Sequence[_Unit], settings: IndexSettings) -> list[_Unit]:
    """The last sentences of the passage before, as far as they belong and fit."""
    table_ends = run[-1].kind is BlockKind.ROW and group[0].kind is not BlockKind.ROW
    if group[0].kind is BlockKind.HEADING or table_ends:
        return []
    kept: list[_Unit] = []
    for unit in reversed(run[-settings.overlap_sentences :] if settings.overlap_sentences else []):
        fits = _length([unit, *kept]) + _SEPARATOR_TOKENS + _length(group) <= settings.passage_tokens
        if unit.kind is BlockKind.HEADING or not fits:
            break
        kept.insert(0, unit)
    return kept


def _passage(document: Document, run: Sequence[_Unit]) -> Passage:
    span = Span(start=run[0].span.start, end=run[-1].span.end)
    text = span.of(document.text)
    body = next((unit for unit in run if unit.kind is not BlockKind.HEADING), run[0])
    above = [block for block in body.path if block.span.start < span.start]
    key = "\n".join((document.id, str(span.start), str(span.end), text))
    return Passage(
        id=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH],
        document=document.id,
        span=span,
        text=text,
        section=tuple(block.span.of(document.text) for block in above),
        page=document.page_at(span.start),
        sentences=tuple(Sentence(span=unit.span, kind=unit.kind) for unit in run),
    )
