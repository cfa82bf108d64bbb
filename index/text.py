"""Pure text functions: one normal form for every document, and the sentences of a stretch of text."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import PurePosixPath

from index.types import Span

SHORT_QUOTATION = 60
"""Longest quotation, in characters, kept whole: a piece of a shorter one ("Now.”") says nothing when cited alone."""

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0]")
_HYPHENS = re.compile("[\u2010\u2011]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""What no reader sees: Unicode's default-ignorable characters, and controls.

A whole order can be written in tag characters (U+E0000...) or variation selectors. What selectors carry is the look of
the sign before them, and tags the country of a flag (England's), which are no words.
"""

_TRAILING = re.compile(r" +(?=\n|\Z)")
_FILE_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,8}")

# What nupunkt 0.8.0 gets wrong was read off 21,000 sentences of legislation and government pages.
_WINDOW = 40  # characters before a boundary that can decide it; no rule below looks further back
_TITLES = "Mr|Mrs|Ms|Mx|Dr|Prof|Sir|Rt|Hon|Rev|Revd|Lt|Gen|Col|Maj|Capt|Cpl|Sgt|Brig|Cmdr|Cdr|Adm|Messrs|Mme"
_NEVER_LAST = re.compile(rf"(?<![\w.])(?:{_TITLES}|e\.g|i\.e|cf|viz|vs|v)\.\s*$", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(
    r"(?<![\w.])(?:nos?|ss?|c|ch|chap|pp?|paras?|arts?|secs?|sects?|regs?|schs?|scheds?|cls?|figs?|vols?|pts?|"
    r"tel|ext|circa|ca|approx|est|op|ref|refs)\.\s*$",
    re.IGNORECASE,
)
_OMISSION = re.compile(r"(?:^|[^.!?\s])\s(?:…|\.\.\.|\. \. \.|\[(?:…|\.\.\.)\])\s*$")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.)\s*$")
_FIGURE = re.compile(r"\d\w*\.\s*$")
_ENUMERATOR = re.compile(r"(?:[-•] )?[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z]|[ivxlcIVXLC]{1,6})[)\]]?[.)]?")
_QUOTATION = re.compile(
    rf"“[^“”]{{1,{SHORT_QUOTATION}}}”|(?<![^\s(])\"[^\"\s](?:[^\"]{{0,{SHORT_QUOTATION}}}[^\"\s])?\""
)

# Ordinary words that nupunkt takes for abbreviations of case law ("Bank.", "Tax."), and a stop before "Mr.".
_LOWER_ABBREVIATIONS = frozenset(
    """etc per para paras art arts sec secs sect fig figs vol vols chap chaps approx esp incl viz reg regs sch sched
    dept est ext tel fax min max nos eds misc resp app cols ver rev ref refs mol trans seq vs""".split()
)
_CAPITAL_WORDS = "Bank|Century|Code|Hall|Life|Metro|Park|Port|Series|South|Tax|Wall|Week|West|Works|York"
_LABELLED = r"(?:Annex|Appendix|Chart|Class|Group|Option|Part|Plan|Point|Schedule|Section|Table|Type) [A-Z]"
_MISSED = re.compile(
    rf"(?:(?<![\w.])(?:{_CAPITAL_WORDS}|{_LABELLED}|(?P<word>[^\W\d_]{{3,}}))\.[\"”’)\]]*(?=\s+[\"“‘(\[]*[A-Z])"
    rf"|[\w%)]\.[\"”’)\]]*(?=\s+[\"“‘(\[]*(?:{_TITLES})\.? [A-Z])"
    r"|(?:^|[.!?“\"]\s*)No\.(?=\s+[A-Z]))\s+"
)


def normalise(text: str) -> str:
    """Return ``text`` in the one form that all offsets refer to.

    Unicode NFC; every line break is a line feed, every space (blank letters among them) and every hyphen a plain one;
    what no reader sees (byte order marks, zero-width, direction, tag and control characters, variation selectors, soft
    hyphens) and spaces at line ends are gone. Idempotent.
    """
    text = _HYPHENS.sub("-", _SPACES.sub(" ", _NEWLINES.sub("\n", text)))
    return _TRAILING.sub("", unicodedata.normalize("NFC", _INVISIBLE.sub("", text)))


def flatten(text: str) -> str:
    """Return ``text`` normalised and on one line, every run of white space a single space."""
    return " ".join(normalise(text).split())


def title_from_path(document_id: str) -> str:
    """Return a readable title made of the file's name: ``notes/uk-albania_visit.md`` gives ``uk albania visit``."""
    path = PurePosixPath(document_id)
    stem = path.stem if _FILE_SUFFIX.fullmatch(path.suffix) else path.name
    return flatten(re.sub(r"[-_]+", " ", stem)) or path.name


def split_sentences(text: str, span: Span) -> list[Span]:
    """Return the sentences of one block, ``span`` of ``text``: in order, disjoint, without surrounding white space.

    Together they hold every character of the block that is not white space. nupunkt proposes the boundaries; where it
    is known to break a sentence (titles, list numbers, quotations) or to miss one (before "Mr."), rules here decide.
    """
    import nupunkt

    block = span.of(text)
    quotations = [match.span() for match in _QUOTATION.finditer(block)]
    proposed = {end for _, end in nupunkt.sent_spans(block)} | _missed(block)
    cuts = [end for end in sorted(proposed) if _ends_sentence(block, end) and not _inside(end, quotations)]
    return _trimmed(text, span, _without_fragments(block, [0, *cuts, len(block)]))


def _missed(block: str) -> set[int]:
    """Boundaries that nupunkt is known to overlook."""
    found = set()
    for match in _MISSED.finditer(block):
        word = match["word"]
        if word is None or (word.islower() and word not in _LOWER_ABBREVIATIONS):
            found.add(match.end())
    return found


def _ends_sentence(block: str, end: int) -> bool:
    """Whether a proposed boundary is one."""
    left, right = block[max(0, end - _WINDOW) : end], block[end : end + _WINDOW]
    if not right or not left or not left[-1].isspace():
        return False
    if _NEVER_LAST.search(left) or _OMISSION.search(left):
        return False
    if _BEFORE_NUMBER.search(left):
        return not (right[0].isdigit() or right[0] in "([")
    if not right[0].islower():
        return True
    return not (left.rstrip()[-1] in "!?\"”’'" or _ELLIPSIS.search(left) or _FIGURE.search(left))


def _inside(position: int, ranges: list[tuple[int, int]]) -> bool:
    return any(start < position < end for start, end in ranges)


def _without_fragments(block: str, cuts: list[int]) -> list[int]:
    """Drop the cuts that leave a list number or bare punctuation alone."""
    kept = [cuts[0]]
    for start, end in pairwise(cuts):
        piece = block[kept[-1] : end].strip()
        if end < len(block) and (_ENUMERATOR.fullmatch(piece) or not _has_word(piece)):
            continue
        if len(kept) > 1 and not _has_word(block[start:end]):
            kept.pop()
        kept.append(end)
    return kept


def _has_word(piece: str) -> bool:
    return any(character.isalnum() for character in piece)


def _trimmed(text: str, span: Span, cuts: list[int]) -> list[Span]:
    """The ranges between ``cuts`` (offsets within ``span``) without white space at their ends; empty ones left out."""
    sentences = []
    for left, right in pairwise(cuts):
        piece = text[span.start + left : span.start + right]
        start = span.start + left + len(piece) - len(piece.lstrip())
        if stripped := piece.strip():
            sentences.append(Span(start=start, end=start + len(stripped)))
    return sentences
