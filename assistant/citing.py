"""Citation markers: text into claims with their markers, and a trailing list of sources into references. Pure.

Read as markers: ``[1]``, ``[1][2]``, ``[1, 2]``, ``[1-3]``, ``[^1]``, ``【1】`` and ``【1†source】``, before or after
the full stop of their sentence. Not markers: ``[2024]``, ``[sic]``, ``[...]``, links (``[1](https://...)``), and code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from index import Model, Span, split_sentences, words

PLAIN_MARKERS = 99
"""Numbers up to this are read as markers in any text; higher ones only where they are known to point at something."""

_WIDEST_RANGE = 50  # "[1-300]" is a span of something else than citations
_SHORTEST_CLAIM = 3  # words; "Thank you." and "Yes, indeed." state nothing that a source could hold
_LONGEST_HEADING = 12  # words of a line without a full stop and without a verb that is still taken for a heading
_WRAP_COLUMN = 60  # characters; prose is hard-wrapped wider than this, headings and short lines are narrower

_NUMBERS = r"\^?\d{1,3}(?:\s*[,;–-]\s*\^?\d{1,3})*"
_MARKER = re.compile(rf"(?<!!)\[(?P<square>{_NUMBERS})\](?!\()|【(?P<lens>{_NUMBERS})(?:†[^】\n]*)?】")
_CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]+`", re.DOTALL)
_PREFIX = re.compile(r"\s*(?:>\s*)*(?:(?P<item>[-*+•–—▪]\s+|\(?\d{1,3}[.)]\s+)|(?P<heading>#{1,6}\s+))?")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_RULE = re.compile(r"[\s|:=*_-]*")
_STOP = re.compile(r"[.!?:;…。][\"'”’»)\]*_]*$")
_QUESTION = re.compile(r"\?[\"'”’»)\]*_]*$")
_AFTER_MARKERS = re.compile(r"\s*[.!?…]+[\"'”’»)]*")
_LIST_HEADING = re.compile(r"[#*_\s]*(?:sources?|references?|citations|footnotes|notes)[*_\s]*:?[*_\s]*", re.IGNORECASE)
_LIST_LINE = re.compile(r"\s*(?:[-*•]\s+)?(?:\[\^?(\d{1,3})\]:?|【(\d{1,3})】:?|(\d{1,3})[.)])\s+(?P<label>\S.*)")
_SPAN_END = re.compile(r"\((?P<document>.*\S)\s+(?P<start>\d+)[:–-](?P<end>\d+)\)")
_FILE_END = re.compile(r"\((?P<document>[^()]*\w\.[A-Za-z]\w{0,9})\)")
_URL = re.compile(r"https?://[^\s<>()]+")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|shall|should|does|do|did|says?|said"
    r"|\w{2,}ed|[^\W\d_]+n['’]t)\b",
    re.IGNORECASE,
)


class Marker(NamedTuple):
    """The numbers of one marker and the characters ``[start, end)`` it takes."""

    numbers: tuple[int, ...]
    start: int
    end: int


class MarkedClaim(Model):
    """A sentence at ``[start, end)`` of a text and the numbers of its markers, each once, in order of appearance.

    ``text == whole[start:end]``: markers inside the sentence stay, those after its full stop are left out.
    """

    text: str
    start: int
    end: int
    markers: tuple[int, ...] = ()


class Reference(Model):
    """One line of a list of sources: the label as written, and the document and place it names, where it names them.

    ``document`` is a document id or a URL. ``start`` and ``end`` count characters of that document's canonical text.
    """

    label: str
    document: str | None = None
    start: int | None = None
    end: int | None = None


class _Block(NamedTuple):
    """Lines that a sentence may cross, and whether they are a list item."""

    span: Span
    item: bool


def find_markers(text: str, known: Collection[int] = ()) -> list[Marker]:
    """Return the markers of ``text`` in order. Numbers above 99 count only where ``known`` holds them."""
    code = [match.span() for match in _CODE.finditer(text)]
    found = []
    for match in _MARKER.finditer(text):
        numbers = _numbers(match["square"] or match["lens"])
        if any(start <= match.start() < end for start, end in code):
            continue
        if numbers and all(0 < number <= PLAIN_MARKERS or number in known for number in numbers):
            found.append(Marker(numbers, match.start(), match.end()))
    return found


def blank_markers(text: str, known: Collection[int] = ()) -> str:
    """Return ``text`` with every marker replaced by as many spaces, so that offsets stay what they were."""
    for marker in find_markers(text, known):
        text = text[: marker.start] + " " * (marker.end - marker.start) + text[marker.end :]
    return text


def claim_words(text: str) -> str:
    """Return a sentence without its markers, on one line, for comparing and for showing."""
    return re.sub(r"\s+(?=[.,;:!?])", "", " ".join(blank_markers(text).split()))


def parse_claims(
    text: str,
    split: Callable[[str, Span], list[Span]] = split_sentences,
    known: Collection[int] = (),
) -> list[MarkedClaim]:
    """Return the sentences of ``text`` that state something, in order, with their markers.

    ``split(text, block)`` returns the sentences of one block; blocks are list items, table rows and paragraphs, and no
    sentence crosses their borders. Headings, questions, code and fragments without a statement are left out, unless
    they carry a marker. ``known`` are the marker numbers that point at something.
    """
    markers = find_markers(text, known)
    blank = blank_markers(text, known)
    read: list[tuple[Span, _Block, list[int]]] = []
    early: list[int] = []  # of markers on lines of their own before the first sentence
    for block in _blocks(text, blank):
        sentences = [_with_stop(blank, text, span, block.span) for span in split(blank, block.span)]
        read += [(span, block, [] if read or position else early) for position, span in enumerate(sentences)]
        for marker in markers:
            if block.span.start <= marker.start < block.span.end:
                owner = _owner(marker, [span for span, _, _ in read], len(sentences))
                (read[owner][2] if read else early).extend(marker.numbers)
    return [
        MarkedClaim(text=span.of(text), start=span.start, end=span.end, markers=tuple(dict.fromkeys(numbers)))
        for span, block, numbers in read
        if numbers or _states_something(span.of(blank), block)
    ]


def split_references(text: str) -> tuple[str, dict[int, tuple[Reference, ...]]]:
    """Return ``text`` without its trailing list of sources, and the list by number; one number may have several lines.

    The body is a prefix of ``text``, so offsets stay. The list begins with a heading ("Sources", "References"), or,
    without one, is a last paragraph of ``[n]`` lines whose numbers the body uses. Text after a list means it is none.
    """
    lines = list(re.finditer(r"[^\n]*\n|[^\n]+\Z", text))
    for position, line in enumerate(lines):
        if _LIST_HEADING.fullmatch(line.group()):
            references = _references([line.group() for line in lines[position + 1 :]])
            if references:
                return text[: line.start()], references
    return _headless_references(text)


def _headless_references(text: str) -> tuple[str, dict[int, tuple[Reference, ...]]]:
    """A list of sources without a heading: a last paragraph whose lines all begin with a marker that the body uses."""
    cut = len(text) - len(text.rstrip())
    start = text.rfind("\n\n", 0, len(text) - cut)
    body, tail = text[: max(start, 0)], text[max(start, 0) :].strip("\n").splitlines()
    if not body or not all(line.lstrip("-*• ").startswith(("[", "【")) for line in tail):
        return text, {}
    references = _references(tail)
    used = {number for marker in find_markers(body) for number in marker.numbers}
    return (body, references) if references and references.keys() <= used else (text, {})


def _references(lines: list[str]) -> dict[int, tuple[Reference, ...]]:
    """The numbered lines by number; empty where a line is neither numbered nor an indented continuation."""
    found: dict[int, list[str]] = {}
    number = 0
    for line in filter(str.strip, lines):
        match = _LIST_LINE.fullmatch(line.rstrip())
        if match:
            number = int(match[1] or match[2] or match[3])
            found.setdefault(number, []).append(match["label"])
        elif not (number and line[0].isspace()):
            return {}
    return {number: tuple(_reference(label) for label in labels) for number, labels in found.items()}


def _reference(label: str) -> Reference:
    """Read one line's label; the last bracket that is balanced names the document, for ids may hold brackets too."""
    openings = [match.start() for match in re.finditer(r"\(", label)]
    for opening in reversed(openings):
        inside = label[opening:].rstrip(". ")
        if inside.count("(") != inside.count(")"):
            continue
        match = _SPAN_END.fullmatch(inside)
        if match:
            return Reference(label=label, document=match[1], start=int(match[2]), end=int(match[3]))
        match = _FILE_END.fullmatch(inside)
        if match:
            return Reference(label=label, document=match[1])
    url = _URL.search(label)
    return Reference(label=label, document=url.group().rstrip(".,;") if url else None)


def _numbers(inside: str) -> tuple[int, ...]:
    """The numbers of a marker's inside, ranges written out; empty where it is no marker."""
    numbers: list[int] = []
    for part in re.split(r"[,;]", inside.replace("^", "")):
        first, *rest = (int(number) for number in re.split(r"[–-]", part))
        last = rest[-1] if rest else first
        if len(rest) > 1 or not 0 <= last - first <= _WIDEST_RANGE:
            return ()
        numbers.extend(range(first, last + 1))
    return tuple(dict.fromkeys(numbers))


def _blocks(text: str, blank: str) -> Iterator[_Block]:
    """The stretches of ``text`` whose sentences are claims: no code, no headings, no rules, no list of links."""
    start, item, end, fenced = -1, False, 0, False
    for line in re.finditer(r"[^\n]*\n?", text):
        body = line.group().rstrip()
        fence = _FENCE.match(body) is not None
        prefix = _PREFIX.match(body)
        titled = prefix is not None and bool(prefix["heading"]) and blank[line.start() : line.end()] == line.group()
        opens = fence or fenced or prefix is None or titled or _RULE.fullmatch(body) is not None
        continues = start >= 0 and not opens and not (prefix and prefix["item"]) and _wraps(blank[start:end], body)
        if start >= 0 and not continues:
            yield _Block(Span(start=start, end=end), item)
            start = -1
        fenced ^= fence
        if opens or prefix is None:
            continue
        if not continues:
            start, item = line.start() + prefix.end(), bool(prefix["item"]) or body.lstrip().startswith("|")
        end = line.start() + len(body)
    if start >= 0:
        yield _Block(Span(start=start, end=end), item)


def _wraps(before: str, line: str) -> bool:
    """Whether ``line`` goes on with the sentence that the line before it leaves unfinished."""
    last = before.rsplit("\n", 1)[-1].rstrip()
    if _STOP.search(last) or line.lstrip().startswith("|"):
        return False
    return line.lstrip()[:1].islower() or len(last) >= _WRAP_COLUMN


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


def _states_something(sentence: str, block: _Block) -> bool:
    """Whether a sentence without a marker can be held against a source."""
    plain = sentence.strip("*_ |")
    count = len(words(plain))
    if count < _SHORTEST_CLAIM or _QUESTION.search(plain):
        return False
    if block.item or _STOP.search(plain):
        return not plain.endswith(":") or count > _LONGEST_HEADING
    return count > _LONGEST_HEADING or _VERB.search(plain) is not None
