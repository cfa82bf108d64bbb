"""Sentences alike but for a few words, of which one side speaks of something not done: "proposed" for "founded".

:mod:`assistant.facts.modality` compares what is said of a deed in any two sentences; here the sentences are the same,
so that any other words for the deed will do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.facts.difference import Difference
from assistant.facts.matching import sentence_at
from assistant.facts.swapping import difference
from index import Span, Word, words

LONGEST_RUN = 5
"""Most words of either sentence that may differ."""

_ALIKE = 1.5  # times as many words that are the same as words that differ, at least

_UNDONE = re.compile(
    r"\b(?:propos\w+|plan(?:s|ned|ning)?|due to|(?:is|are|was|were) to|consider\w*|discuss\w*|debat\w+"
    r"|think\w* (?:of|about)|request\w*|asked for|sought|seek\w*|draft\w*|suggest\w*|recommend\w*|hop(?:es?|ed|ing)"
    r"|inten[dt]\w*|aim(?:s|ed|ing)?|expect\w*|may|might|could|would|should|tr(?:y|ies|ied|ying) to|attempt\w*"
    r"|explor\w+|postpon\w+|call(?:s|ed|ing) for|want(?:s|ed)? to|wish\w*|likely|(?:ready|about|yet) to"
    r"|will|won['’]t)\b",
    re.IGNORECASE,
)


def compare(claim: str, source: str) -> list[Difference]:
    """Return the words of ``claim`` that speak of a deed as done, or not done, where ``source`` says it otherwise.

    Both texts must have a sentence that is the same but for one run of at most :data:`LONGEST_RUN` words.
    """
    for ours in _sentences(claim):
        for theirs in _sentences(source):
            runs = _differing(ours, theirs)
            if runs is None:
                continue
            here, there = _span(ours, runs[0]), _span(theirs, runs[1])
            if bool(_UNDONE.search(here.of(claim))) != bool(_UNDONE.search(there.of(source))):
                return [
                    difference("modality", "doubtful", claim, (here.start, here.end), source, (there.start, there.end))
                ]
    return []


def _sentences(text: str) -> list[list[Word]]:
    found: dict[int, list[Word]] = {}
    for word in words(text):
        found.setdefault(sentence_at(text, word.start)[0], []).append(word)
    return list(found.values())


def _differing(ours: Sequence[Word], theirs: Sequence[Word]) -> tuple[slice, slice] | None:
    """The one run in which two sentences differ, in each; None where they differ in more, or in nothing."""
    first = _common(ours, theirs)
    last = _common(ours[first:][::-1], theirs[first:][::-1])
    here, there = slice(first, len(ours) - last), slice(first, len(theirs) - last)
    longest = max(here.stop - here.start, there.stop - there.start)
    shortest = min(here.stop - here.start, there.stop - there.start)
    if not 0 < shortest <= longest <= LONGEST_RUN or first + last < _ALIKE * longest:
        return None
    return here, there


def _common(one: Sequence[Word], other: Sequence[Word]) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].text.lower() == pair[1].text.lower(), pairs))


def _span(sentence: Sequence[Word], run: slice) -> Span:
    return Span(start=sentence[run.start].start, end=sentence[run.stop - 1].end)
