"""Quantifiers, compared: "all officers" where the source has "some officers", "only" where it has nothing like it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.facts.difference import Difference, Severity
from assistant.facts.matching import lowered, sentence_at
from assistant.facts.swapping import between, content, difference, place_of
from index import Word

Sort = Literal[
    "all",
    "none",
    "both",
    "most",
    "many",
    "several",
    "some",
    "few",
    "bound",
    "only",
    "always",
    "often",
    "sometimes",
    "rarely",
]

SAME_PLACE = 0.5
"""Least share of neighbours in common for two mentions of a noun to stand in the same place, by judgement."""

SAME_SENTENCE = 0.8
"""The same where the source has no quantifier there: a claim may say "all" of what the source lists."""

REACH = 3
"""Words between a quantifier and what it counts ("all of the new officers"), by judgement."""

_SORTS: list[tuple[Sort, str]] = [
    ("some", r"not (?:all|every|each)\b|some(?! \d)|a few|certain|a number of|part of|(?:a )?minority of"),
    ("most", r"(?:nearly|almost|virtually|practically) (?:all|every)|most of|mostly|(?<!the )(?<!its )(?<!their )most"),
    ("most", r"(?:the |a )?(?:vast |great |overwhelming |large )?majority(?: of)?"),
    ("all", r"(?<!at )(?<!above )(?<!after )all|every|each|the whole|the entire|everyone|everybody"),
    ("none", r"none of"),
    ("both", r"both"),
    ("many", r"(?<!as )many|numerous|a lot of|lots of|plenty of|a (?:large|great) number of"),
    ("several", r"several|various|multiple"),
    ("few", r"(?<!a )(?<!last )(?<!past )(?<!next )(?<!first )few|hardly any|a small number of"),
    ("bound", r"up to|at most"),
    ("only", r"(?<!not )(?<!if )only|solely|exclusively"),
    ("always", r"always|invariably|constantly"),
    ("often", r"often|usually|frequently|generally|typically|regularly"),
    ("sometimes", r"sometimes|occasionally|at times"),
    ("rarely", r"rarely|seldom|hardly ever"),
]
_TERM = re.compile(r"\b(?:" + "|".join(rf"(?P<s{i}>(?:{words})\b)" for i, (_, words) in enumerate(_SORTS)) + ")")
_RIVALS: dict[Sort, str] = {
    "none": "all both most many several some few",
    "all": "none most many several some few bound",
    "most": "none all some few",
    "many": "none all most few",
    "several": "none all most",
    "some": "none all both most",
    "both": "none most several some few",
    "few": "none all most many",
    "always": "often sometimes rarely",
    "often": "always sometimes rarely",
    "sometimes": "always often rarely",
    "rarely": "always often sometimes",
}
_OPPOSED = {frozenset(pair) for pair in (("many", "few"), ("most", "few"), ("always", "rarely"), ("often", "rarely"))}
_ADDED = frozenset({"all", "only", "always"})
_ALIKE = re.compile(
    r"\b(?:only|just|sole\w*|alone|exclusive\w*|merely|single|one|nothing but|all|any|every\w*|each|both|whole"
    r"|entire\w*|full\w*|complete\w*|total\w*|always|ever|never|no|none|two|constant\w*|continu\w*|unique\w*|without)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"\s*(?:[.,;:!?]|$)")
_NUMBER = re.compile(r"\W*(?:the )?[£$€]?(?:\d|one\b|two\b|three\b|four\b|five\b|half\b)", re.IGNORECASE)


class _Quantifier(NamedTuple):
    """A quantifier and the word that it counts or modifies; ``[start, end)`` holds both."""

    start: int
    end: int
    sort: Sort
    head: Word


def compare(claim: str, source: str) -> list[Difference]:
    """Return where ``claim`` counts something otherwise than ``source``, or adds "all" or "only" to it."""
    stated = _quantifiers(source)
    return [found for quantifier in _quantifiers(claim) if (found := _compared(claim, quantifier, source, stated))]


@lru_cache(maxsize=256)
def _quantifiers(text: str) -> tuple[_Quantifier, ...]:
    found = []
    for match in _TERM.finditer(lowered(text)):
        head = _head(text, match)
        if head:
            sort = _SORTS[int((match.lastgroup or "s0")[1:])][0]
            found.append(_Quantifier(min(match.start(), head.start), max(match.end(), head.end), sort, head))
    return tuple(found)


def _head(text: str, match: re.Match[str]) -> Word | None:
    """The word that is counted: the next one, or, where the clause ends ("peace for all."), the one before."""
    first, last = sentence_at(text, match.start())
    after = next((w for w in between(content(text), match.end(), last) if not w.text[0].isdigit()), None)
    gap = text[match.end() : after.start if after else last]
    if after and "," not in gap:
        return after if len(gap.split()) <= REACH else None
    before = between(content(text), first, match.start())
    return before[-1] if before and _CLAUSE_END.match(gap) else None


def _compared(claim: str, quantifier: _Quantifier, source: str, stated: tuple[_Quantifier, ...]) -> Difference | None:
    if quantifier.sort == "bound" or (
        quantifier.sort == "only" and _NUMBER.search(claim, quantifier.start, quantifier.end)
    ):
        return None
    heads = _same_heads(claim, quantifier.head, source)
    theirs = [other for other in stated if any(other.head.start == head.start for head, _ in heads)]
    if any(other.sort == quantifier.sort for other in theirs):
        return None
    rivals = [other for other in theirs if other.sort in _RIVALS.get(quantifier.sort, "").split()]
    ours = (quantifier.start, quantifier.end)
    if rivals:
        sorts = frozenset((quantifier.sort, rivals[0].sort))
        opposed = sorts in _OPPOSED or "none" in sorts
        severity: Severity = "contradicts" if opposed else "doubtful"
        return difference("quantifier", severity, claim, ours, source, (rivals[0].start, rivals[0].end))
    bare = [head for head, near in heads if near >= SAME_SENTENCE and not _quantified(source, head)]
    if quantifier.sort in _ADDED and bare and len(bare) == len(heads):
        return difference("quantifier", "doubtful", claim, ours, source, (bare[0].start, bare[0].end))
    return None


def _same_heads(claim: str, head: Word, source: str) -> list[tuple[Word, float]]:
    """The mentions of the noun in the source that stand in the same place, and how near that is."""
    here = place_of(claim, head.start, head.end)
    near = [
        (word, here.nearness(place_of(source, word.start, word.end)))
        for word in content(source)
        if word.stem == head.stem
    ]
    return [(word, share) for word, share in near if share >= SAME_PLACE]


def _quantified(source: str, head: Word) -> bool:
    """Whether the sentence of the source says "all" or "only" somewhere, in whatever words."""
    first, last = sentence_at(source, head.start)
    return _ALIKE.search(source, first, last) is not None
