"""Opposites, compared: "rose" where the source has "fell" in the same place."""

from __future__ import annotations

import re

from assistant.facts.antonyms import OPPOSITES
from assistant.facts.difference import Difference
from assistant.facts.negation import denies
from assistant.facts.swapping import Term, difference, find_terms, place_of, swapped

_ORDER = frozenset({"before", "after"})
_BOUND = re.compile(
    r"(?:(?:more|less|fewer|higher|lower|greater) than|over|under|above|below|up to) +[£$€]?\d", re.IGNORECASE
)


def compare(claim: str, source: str) -> list[Difference]:
    """Return the words of ``claim`` in whose place ``source`` has the opposite.

    "Was not accepted" and "was rejected" say the same: where one text alone denies its word, the two are no opposites.
    """
    found: dict[int, Difference] = {}
    for term, rival in swapped(claim, source, _terms(claim), _terms(source)):
        if denies(claim, term.start) == denies(source, rival.start) and not _turned(claim, term, source, rival):
            spans = (term.start, term.end), (rival.start, rival.end)
            found.setdefault(term.start, difference("opposite", "contradicts", claim, spans[0], source, spans[1]))
    return list(found.values())


def _turned(claim: str, term: Term, source: str, rival: Term) -> bool:
    """Whether a clause of time was moved: "After the vote it began" is "The vote came before it began"."""
    ours, theirs = place_of(claim, term.start, term.end), place_of(source, rival.start, rival.end)
    return claim[term.start : term.end].lower() in _ORDER and bool(ours.left) != bool(theirs.left)


def _terms(text: str) -> list[Term]:
    """The words with an opposite; "more than 10" is a number's bound, compared with the numbers."""
    return [term for term in find_terms(text, OPPOSITES) if not _BOUND.match(text, term.start)]
