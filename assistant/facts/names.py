"""Names of people, places and bodies, compared: short and long forms are one name, another name in its place is not.

"Starmer" bears "Sir Keir Starmer" out, "JMTF" the "Joint Migration Task Force", "Albanian" "Albania". A near spelling
is doubtful: it may be a slip, or somebody else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from assistant.facts.difference import Difference, Severity
from assistant.facts.matching import neighbours, overlap, sentence_at
from assistant.facts.naming import Name, Token, find_names, tokens
from assistant.facts.short_forms import is_near_form, spells
from assistant.predicates import finite_verbs
from index import STOPWORDS, Span, stem

SAME_PLACE = {True: 0.6, False: 0.8}
"""Least nearness at which another name contradicts: of the same listed sort, and of a sort that is not known.

Supported rows that contradict by a name: 0.4% of VitaminC's first 1,500, 0.3% of AttributionBench, none of WiCE.
"""

_BESIDE = 0.15  # what the same word right before, or right after, adds to the share of common neighbours
_RIGHT_BESIDE = 3  # likeness of a side where the same word stands right beside both names
_BOTH_SIDES = 3  # least likeness of both sides together
_REACH = 3  # content words of a side that tell the place
_ARTICLES = frozenset(("the", "a", "an"))
_FEW = 2  # neighbours below which a place is told half as surely
_NEAR_SPELLING = 80.0  # least rapidfuzz ratio; "Starmer" and "Starmar" have 86
_SHORTEST_MISSPELT = 5
_PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|their|its|him|them)\b", re.IGNORECASE)
_REFERS = re.compile(r"\W*(?:He|She|It|They|His|Her|Their|Its|(?:The|This|That|These|Those) [a-z]+)\b")
_ORDINARY = re.compile(r"(?:s|ly|ing|ed|ion|ment)$")  # how the first words of sentences end that are no names
_ADVERB = re.compile(r"ly$")
_PARTS = {"place:united kingdom": ("place:england", "place:scotland", "place:wales", "place:northern irish")}
_SAME = [{"place:europe", "body:european union"}, {"place:korea", "place:south korea"}]


@dataclass(frozen=True)
class _Held:
    """What a text names: its words in plain form, the identities of its listed names, its names."""

    text: str
    keys: tuple[str, ...]
    words: frozenset[str]
    identities: frozenset[str]
    names: tuple[Name, ...]


def compare(claim: str, source: str) -> list[Difference]:
    """Return the names of ``claim`` that ``source`` lacks, spells otherwise, or has another name in the place of.

    An office that the source does not mention ("the Prime Minister" for Starmer) is a difference only where the source
    has another office in its place.
    """
    ours, theirs = _held(claim), _held(source)
    free = [name for name in theirs.names if not _occurs(name, ours)]
    found = []
    for name in ours.names:
        if not _is_borne_out(name, ours, theirs) and (difference := _difference(name, ours, theirs, free)):
            found.append(difference)
    return [] if _is_referred_to(found, ours, theirs) else found


def _is_referred_to(found: Sequence[Difference], ours: _Held, theirs: _Held) -> bool:
    """Whether the one missing name, the claim's first, may be what the source's opening "he" or "the band" stands for.

    Such misses tell nothing: of VitaminC's 1,500 supported rows 7.3% had one with a pronoun, of 1,500 others 7.7%.
    """
    if len(found) != 1 or found[0].severity != "missing" or found[0].claim_span.start > ours.names[0].start:
        return False
    opening = theirs.text[: theirs.names[0].start] if theirs.names else theirs.text
    return not _REFERS.match(ours.text) and bool(_REFERS.match(theirs.text) or _PRONOUN.search(opening))


@lru_cache(maxsize=256)
def _held(text: str) -> _Held:
    names = find_names(text)
    keys = tuple(token.key for token in tokens(text))
    return _Held(text, keys, frozenset(keys), frozenset(n.identity for n in names if n.identity), names)


def _occurs(name: Name, held: _Held) -> bool:
    """Whether any of a source's name occurs in the claim: then it cannot take the place of another."""
    if name.identity:
        return _has_identity(name.identity, held) or (len(name.words) == 1 and name.words[0] in held.words)
    return name.words[-1] in held.words or (name.acronym and spells(name.words[0], held.keys) is not None)


def _has_identity(identity: str, held: _Held) -> bool:
    same = {identity, *_PARTS.get(identity, ())}.union(*(pair for pair in _SAME if identity in pair))
    return not same.isdisjoint(held.identities)


def _is_borne_out(name: Name, ours: _Held, theirs: _Held) -> bool:
    """Whether the source has the name, in a short form, a long form or as it is."""
    if name.identity:
        return _has_identity(name.identity, theirs) or all(word in theirs.words for word in name.words)
    if name.acronym and (spells(name.words[0], theirs.keys) or spells(name.words[0], ours.keys)):
        return True  # spelt out by the source; or by the claim, and then the words that spell it are looked for
    if all(_has_word(word, theirs) for word in name.words):
        return True
    if len(name.words) == 1:
        return _is_spelt_there(name, ours, theirs)
    if _has_word(name.words[-1], theirs):
        return not _namesakes(name, theirs)
    bare = any(other.words == name.words[:1] for other in theirs.names)
    return bare or _is_spelt_there(name, ours, theirs)


def _has_word(word: str, held: _Held) -> bool:
    return word in held.words or any(other[:3] == word[:3] and is_near_form(word, other) for other in held.words)


def _is_spelt_there(name: Name, ours: _Held, theirs: _Held) -> bool:
    """Whether the source has an acronym of a name that the words of the claim spell out."""
    acronyms = {other.words[0] for other in theirs.names if other.acronym and not other.identity}
    for acronym in acronyms:
        spelt = spells(acronym, [token.text for token in tokens(ours.text)])
        if spelt and tokens(ours.text)[spelt[0]].start <= name.start < tokens(ours.text)[spelt[1] - 1].end:
            return True
    return False


def _namesakes(name: Name, held: _Held) -> list[Name]:
    """The names with the same last word and other words before it, unless the last word stands alone somewhere too."""
    same = [other for other in held.names if other.words[-1] == name.words[-1] and not other.identity]
    if not same or any(len(other.words) == 1 for other in same):
        return []
    return [other for other in same if set(other.words[:-1]).isdisjoint(name.words[:-1])] if _alike(same, name) else []


def _alike(same: Sequence[Name], name: Name) -> bool:
    """Whether no namesake shares any other word with the name: "Thomas K. Arnold" is a "Thomas Arnold"."""
    return all(set(other.words[:-1]).isdisjoint(name.words[:-1]) for other in same)


def _difference(name: Name, ours: _Held, theirs: _Held, free: Sequence[Name]) -> Difference | None:
    rivals = [*free, *(_namesakes(name, theirs) if len(name.words) > 1 else [])]
    placed = [(_nearness(ours.text, name, theirs.text, other), other) for other in rivals if _comparable(name, other)]
    near, rival = max(placed, key=lambda pair: pair[0], default=(0.0, None))
    spelt = _near_spelling(name, theirs)
    if spelt is not None:
        return _made("doubtful", ours.text, name, theirs.text, spelt)
    if rival is not None and near >= _needed(ours.text, name, rival):
        return _made("contradicts", ours.text, name, theirs.text, rival)
    if name.sure and name.sort != "office":
        return _made("missing", ours.text, name)
    return None


def _needed(claim: str, name: Name, rival: Name) -> float:
    """The least nearness at which the rival has the name's place; more for two words that may be no names at all."""
    if not name.sure and not rival.sure:
        plain = any(_ORDINARY.search(word) for word in (name.words[-1], rival.words[-1]))
        return math.inf if plain or not _is_subject(claim, name) else SAME_PLACE[False] + _BESIDE
    if not name.sure and _ADVERB.search(name.words[-1]):
        return math.inf
    return SAME_PLACE[bool(name.sort) and name.sort == rival.sort]


def _is_subject(text: str, name: Name) -> bool:
    """Whether a verb follows, maybe after an adverb: "Choose your plan" and "Outside of it" begin with no name."""
    after = [token.start for token in tokens(text) if token.start >= name.end][:2]
    return any(verb.start in after for verb in finite_verbs(text))


def _comparable(name: Name, other: Name) -> bool:
    if "office" in (name.sort, other.sort):
        return name.sort == other.sort
    return name.sort == other.sort or not name.sort or not other.sort


def _nearness(claim: str, name: Name, source: str, other: Name) -> float:
    """How alike the places of two names are; 0 unless something is the same both before and after them."""
    left = _side(_before(claim, name), _before(source, other))
    right = _side(_after(claim, name), _after(source, other))
    if not (left and right) or left + right < _BOTH_SIDES:
        return 0.0
    here, there = neighbours(claim, name), neighbours(source, other)
    few = min(len(here), len(there)) < _FEW
    return overlap(here, there) * (0.5 if few else 1.0) + _BESIDE * ((left == _RIGHT_BESIDE) + (right == _RIGHT_BESIDE))


def _side(ours: Sequence[Token], theirs: Sequence[Token]) -> int:
    """How alike what stands on one side of two names is: the same word beside them counts most, a common one less."""
    if not ours or not theirs:
        return 1 if not ours and not theirs else 0
    if stem(ours[0].key) == stem(theirs[0].key):
        return _RIGHT_BESIDE
    return min(2, len(_content(ours) & _content(theirs)))


def _content(listed: Sequence[Token]) -> set[str]:
    return {stem(token.key) for token in [t for t in listed if t.key not in STOPWORDS][:_REACH]}


def _before(text: str, name: Name) -> list[Token]:
    """The words before a name in its sentence, the nearest first, articles left out."""
    first, _ = sentence_at(text, name.start)
    return [t for t in reversed(tokens(text)) if first <= t.start and t.end <= name.start and t.key not in _ARTICLES]


def _after(text: str, name: Name) -> list[Token]:
    """The words after a name in its sentence, articles left out."""
    _, last = sentence_at(text, name.start)
    return [t for t in tokens(text) if name.end <= t.start < last and t.key not in _ARTICLES]


def _near_spelling(name: Name, held: _Held) -> Name | None:
    """The source's name that is spelt nearly like this one, word for word."""
    if name.sort == "office" or name.acronym or len(name.words[-1]) < _SHORTEST_MISSPELT:
        return None
    near = [
        (fuzz.ratio(name.words[-1], other.words[-1]), other)
        for other in held.names
        if not (name.identity and other.identity) and not other.acronym and _could_be(name, other)
    ]
    ratio, best = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return best if ratio >= _NEAR_SPELLING else None


def _could_be(name: Name, other: Name) -> bool:
    """Whether the words before the last do not tell two people apart, and the last is long enough to be misspelt."""
    ours, theirs = set(name.words[:-1]), set(other.words[:-1])
    last = other.words[-1]
    return (
        len(last) >= _SHORTEST_MISSPELT
        and last not in STOPWORDS
        and (not ours or not theirs or not ours.isdisjoint(theirs))
    )


def _made(
    severity: Severity, claim: str, name: Name, source: str | None = None, other: Name | None = None
) -> Difference:
    claim_span = Span(start=name.start, end=name.end)
    source_span = Span(start=other.start, end=other.end) if other else None
    return Difference(
        kind="name",
        severity=severity,
        claim_value=claim_span.of(claim),
        claim_span=claim_span,
        source_value=source_span.of(source) if source_span and source is not None else None,
        source_span=source_span,
    )
