"""Markers by name: "(Home Office 2024)", "Holt (2024)", links and named footnotes, read where they point at a source.

A bracket in a text may be anything, so none of them is a marker, let alone a dangling one, unless what it names is a
line of the list of sources or is known to the caller. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from assistant.markers import Marker, code_spans, find_markers, inside
from assistant.references import Reference, References, next_number, read_reference
from index import Span, content_words

_LONGEST_AUTHOR = 120  # characters before a bracket in which an author is looked for
_YEAR = r"(?P<year>(?:19|20)\d\d)[a-z]?"
_PART = r"[A-Z][\w’'.&-]*"
_AUTHOR = rf"(?P<author>{_PART}(?:,? (?:{_PART}|of|the|for|and|&|et al\.?)){{0,7}})"
_PLACE = r"(?:[,:]? (?:at )?(?:pp?\.|page|pages|para\.?|§)? ?\d[\d–-]*)?"
_AUTHOR_YEAR = re.compile(rf"{_AUTHOR},? {_YEAR}{_PLACE}")
_AUTHOR_BEFORE = re.compile(rf"(?<![\w-]){_AUTHOR} \($")
_ONLY_YEAR = re.compile(rf"{_YEAR}{_PLACE}")
_MONTHS = re.compile(
    r"(?:\d|the\b|early|late|mid|in\b|since\b|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Spring|Summer|Autumn|Winter)",
    re.IGNORECASE,
)
_SEE = re.compile(
    r"(?:see(?: also)?|cf\.|e\.g\.|sources?:?|from|via|according to|quoted in|reported by),?\s+", re.IGNORECASE
)
_FILE = re.compile(r"[\w/ .’'-]*\w\.[A-Za-z]\w{0,9}(?: \d+[:–-]\d+)?")
_BRACKET = re.compile(r"[ ]?\((?P<inside>[^()\n]{3,200})\)")
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]\n]+)\]\((?P<target>[^\s()]+(?:\([^\s()]*\)[^\s()]*)?)(?: \"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<(?P<target>https?://[^\s<>]+)>")
_FOOTNOTE = re.compile(r"\[\^(?P<key>[A-Za-z_][\w-]*)\](?!:)")
_POINTING_WORDS = re.compile(
    r"\^?\d{1,3}|sources?|links?|here|refs?\.?|references?|citations?|read more|(?:https?://|www\.)\S+|[\w-]+(?:\.[a-z]{2,})+",
    re.IGNORECASE,
)


class _Found(NamedTuple):
    """Something that may point at sources: where it stands, what it names, and the words of a link."""

    start: int
    end: int
    names: tuple[Reference, ...]
    keeps: Span | None = None


def find_named(
    text: str, references: References, resolves: Callable[[Reference], bool] | None = None
) -> tuple[list[Marker], References]:
    """Return the markers by name in ``text``, in order, and the sources that they add to ``references``.

    A name that fits a line of ``references`` has the number of that line. Another one for which ``resolves`` is true
    gets the next number after the largest used in text and list, the same name always the same number. Any other is no
    marker.
    """
    first, markers = next_number(text, references), []
    added: References = {}
    numeric = [(marker.start, marker.end) for marker in find_markers(text, references)]
    skipped = [*code_spans(text), *numeric]
    taken = 0
    for found in sorted([*_footnotes(text), *_links(text), *_brackets(text)], key=lambda found: found.start):
        if found.start < taken or inside(found.start, skipped):
            continue
        numbers = []
        for name in found.names:
            number = _listed(name, references) or _listed(name, added)
            if number is None and resolves and resolves(name):
                number = first + len(added)
                added[number] = (name,)
            numbers += [number] if number else []
        if numbers:
            markers.append(Marker(tuple(dict.fromkeys(numbers)), found.start, found.end, found.keeps))
            taken = found.end
    return markers, added


def _listed(name: Reference, references: References) -> int | None:
    """The number of the line that a name fits: the same footnote, document, or author and year."""
    for number, lines in references.items():
        if any(_fits(name, line) for line in lines):
            return number
    return None


def _fits(name: Reference, line: Reference) -> bool:
    if name.key or name.document:
        return name.key == line.key and (name.document, name.start) == (line.document, line.start)
    if name.label == line.label:
        return True
    if not name.author or (name.year and str(name.year) not in line.label):
        return False
    asked = [word.stem for word in content_words(re.sub(r"\bet al\b\.?", " ", name.author))]
    told = [word.stem for word in content_words(line.label)]
    return bool(asked) and set(asked) <= set(told) and asked[0] in told[: len(asked) + 1]


def _footnotes(text: str) -> Iterator[_Found]:
    for match in _FOOTNOTE.finditer(text):
        yield _Found(match.start(), match.end(), (Reference(label=match["key"], key=match["key"]),))


def _links(text: str) -> Iterator[_Found]:
    """Links, with the brackets around them where they stand alone in them; their words are a part of the sentence."""
    for match in _LINK.finditer(text):
        start, end = match.span()
        alone = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        after_stop = re.search(r"[.!?]\s*$", text[:start]) and re.match(r"\s*(?:$|[A-Z\[(\n])", text[end:])
        kept = None
        if not (alone or after_stop or _POINTING_WORDS.fullmatch(match["words"])):
            kept = Span(start=match.start("words"), end=match.end("words"))
        target = Reference(label=match["words"], document=match["target"].partition("#")[0] or None)
        if target.document:
            yield _Found(start - alone, end + alone, (target,), kept)
    for match in _AUTOLINK.finditer(text):
        yield _Found(match.start(), match.end(), (Reference(label=match["target"], document=match["target"]),))


def _brackets(text: str) -> Iterator[_Found]:
    for match in _BRACKET.finditer(text):
        names = tuple(name for part in match["inside"].split(";") if (name := _named(part.strip())))
        year = _ONLY_YEAR.fullmatch(match["inside"])
        author = _AUTHOR_BEFORE.search(text[: match.start("inside")][-_LONGEST_AUTHOR:]) if year else None
        if year and author and not _MONTHS.match(author["author"]):
            names = (_author_year(author["author"], int(year["year"])),)
        if names:
            yield _Found(match.start(), match.end(), names)


def _named(part: str) -> Reference | None:
    """What a part of a bracket names: an author with a year, a file, a URL, or anything after "see" and its like."""
    led = _SEE.match(part)
    part = part[led.end() :] if led else part
    match = _AUTHOR_YEAR.fullmatch(part)
    if match and not _MONTHS.match(part):
        return _author_year(match["author"], int(match["year"]), part)
    if _FILE.fullmatch(part) or part.startswith(("http://", "https://")):
        return read_reference(part if part.startswith("http") else f"({part})").model_copy(update={"label": part})
    return Reference(label=part) if led and part[:1].isupper() else None


def _author_year(author: str, year: int, label: str | None = None) -> Reference:
    return Reference(label=label or f"{author} {year}", author=author.rstrip(","), year=year)
