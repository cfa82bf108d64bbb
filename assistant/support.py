"""How much of a claim's words a source has. What the two differ in is named elsewhere (assistant.facts)."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from assistant.facts import shared_values
from index import Word, content_words, words

WINDOW = 60
"""Words of the source within which a claim is best borne out: words scattered over a page support little."""

_WINDOW_WEIGHT = 0.35  # ROC-AUC on AttributionBench .705 without, .725 with it; on WiCE .785 and .794
_PAIRS_WEIGHT = 0.15  # neighbouring words found as neighbours; higher helps AttributionBench and costs WiCE
_LONGEST_WORD = 8  # letters; a longer word is not rarer by that alone
_NAME_WEIGHT = 1.5  # names and figures, against other words of their length
_SAME_ROOT = 0.7  # least share of the longer stem that two near forms have in common ("migrat", "migrant")
_SHORTEST_ROOT = 4
_NEAR_FORM = 0.8
_STOPS = ".!?;:"
_WORD_BEGINS = re.compile(r"(?<!\w)\Z")
_WORD_ENDS = re.compile(r"(?!\w)")
_SENTENCE_BEGINS = re.compile(rf"(?:^|[{_STOPS}\"'(]\s?|\s-\s?)\Z")
_SENTENCE_ENDS = re.compile(rf"[{_STOPS}\"')]|\s-|\Z")
_PUNCTUATION = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


class Overlap(NamedTuple):
    """The words of a claim that a source has, each in [0, 1].

    ``share``: of its content words, weighted. ``close``: the same, times the part of them that stands in one window of
    :data:`WINDOW` words. ``pairs``: of its pairs of neighbouring words.
    """

    share: float
    close: float
    pairs: float

    @property
    def score(self) -> float:
        """One figure for the three: 1 for a claim that the source holds word for word."""
        rest = 1 - _WINDOW_WEIGHT - _PAIRS_WEIGHT
        return rest * self.share + _WINDOW_WEIGHT * self.close + _PAIRS_WEIGHT * self.pairs


def overlap(claim: str, source: str) -> Overlap:
    """Return how much of a claim's words the source holds; longer words, names and figures count more."""
    listed = content_words(claim) or words(claim)
    if not listed or is_verbatim(claim, source):
        return Overlap(*[float(bool(listed))] * 3)
    stems = [word.stem for word in words(source)]
    found = _found(claim, listed, stems, source)
    weights = [_weight(word) for word in listed]
    share = sum(f * w for f, w in zip(found, weights, strict=True)) / sum(weights)
    return Overlap(share, share * _densest(listed, stems), _pairs(claim, stems))


def is_verbatim(claim: str, source: str) -> bool:
    """Whether the source holds the claim word for word; white space, quotation marks and a last stop do not count."""
    return _occurs(_plain(claim).rstrip(".!;, "), _plain(source), _WORD_BEGINS, _WORD_ENDS)


def is_quoted_whole(claim: str, source: str) -> bool:
    """Whether the source holds the claim word for word as whole sentences; a piece of one may mean something else."""
    return _occurs(_plain(claim).strip(f"{_STOPS}\"' "), _lines(source), _SENTENCE_BEGINS, _SENTENCE_ENDS)


def missing_words(claim: str, source: str) -> list[Word]:
    """Return the content words of ``claim`` that ``source`` has in no near form, in order."""
    listed = content_words(claim)
    found = _found(claim, listed, [word.stem for word in words(source)], source)
    return [word for word, share in zip(listed, found, strict=True) if share == 0]


def _occurs(needle: str, text: str, begins: re.Pattern[str], ends: re.Pattern[str]) -> bool:
    """Whether ``needle`` stands in ``text`` behind what ``begins`` and before what ``ends``."""
    at = text.find(needle) if needle else -1
    while at >= 0:
        if begins.search(text, max(0, at - 3), at) and ends.match(text, at + len(needle)):
            return True
        at = text.find(needle, at + 1)
    return False


@lru_cache(maxsize=256)
def _lines(text: str) -> str:
    """The plain text with the ends of lines kept, as stops."""
    return _plain(re.sub(r"\s*\n\s*", " ; ", text))


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    return re.sub(r"\s+(?=[.,;:!?])", "", " ".join(text.translate(_PUNCTUATION).split()))


def _found(claim: str, listed: list[Word], stems: list[str], source: str) -> list[float]:
    """For each word 1 where the source has it, 0.8 for a near form of it, 0 where it is missing."""
    held = set(stems)
    by_root: dict[str, list[str]] = {}
    for stem in held:
        by_root.setdefault(stem[:_SHORTEST_ROOT], []).append(stem)
    values = shared_values(claim, source)
    shares = []
    for word in listed:
        if word.stem in held or any(value.start <= word.start < value.end for value in values):
            shares.append(1.0)
        else:
            shares.append(_NEAR_FORM if _has_near_form(word.stem, by_root.get(word.stem[:_SHORTEST_ROOT], ())) else 0.0)
    return shares


def _has_near_form(stem: str, others: Collection[str]) -> bool:
    if stem[0].isdigit():
        return False
    return any(_common(stem, other) >= max(_SHORTEST_ROOT, _SAME_ROOT * max(len(stem), len(other))) for other in others)


def _common(one: str, other: str) -> int:
    """How many letters two stems begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _weight(word: Word) -> float:
    """How much a word tells: its length, and more for names (not at the beginning) and figures."""
    named = word.text[0].isdigit() or (word.start > 0 and word.text[0].isupper())
    return min(len(word.stem), _LONGEST_WORD) * (_NAME_WEIGHT if named else 1.0)


def _densest(listed: list[Word], stems: list[str]) -> float:
    """The share of the found words that stand in the one best window of the source."""
    wanted = {word.stem for word in listed} & set(stems)
    starts = range(0, max(1, len(stems) - WINDOW // 2), WINDOW // 2)
    best = max(len(wanted.intersection(stems[start : start + WINDOW])) for start in starts)
    return best / len(wanted) if wanted else 0.0


def _pairs(claim: str, stems: list[str]) -> float:
    """The share of the claim's pairs of neighbouring words that are neighbours in the source."""
    ours = set(pairwise(word.stem for word in words(claim)))
    return len(ours & set(pairwise(stems))) / len(ours) if ours else 0.0
