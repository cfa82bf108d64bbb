"""What a source only wants to be said ("the desk must say that the pier is closed"), held against a claim that says it.

Words in the mouth of somebody who is told to say them are not asserted by the source; and no document's order to a
reader, human or not, bears out what it orders.
"""

from __future__ import annotations

import re

from assistant.facts.difference import Difference
from assistant.facts.swapping import difference
from index import STOPWORDS, stem, words

_SAY = r"(?:say|tell|answer|write|reply|respond|repeat|state|claim|pretend|confirm|report)"
_ORDER = re.compile(
    r"(?:\b(?:must|should|shall|please|always|you (?:are to|have to|will|can)|(?:need|asked|ordered|told) to|now)\b"
    rf"[^.;!?\n]{{0,40}}?|(?:^|[.!?:;,\n\"“])\s*(?:and |then |simply |just )*)\b{_SAY}\b[^.;!?\n]{{0,30}}? that "
    r"(?P<said>[^.!?\n]+)",
    re.IGNORECASE | re.MULTILINE,
)
_EMPTY = {stem(word) for word in STOPWORDS - {"nobody", "nothing", "none", "no", "not", "never"}}
_SAYS = re.compile(rf"\b{_SAY}\b", re.IGNORECASE)


def compare(claim: str, source: str) -> list[Difference]:
    """Return the claim as doubtful where ``source`` has it only as something that is to be said."""
    ordered = [match.span("said") for match in _ORDER.finditer(source)]
    told = {word.stem for word in words(claim)} - _EMPTY
    if not ordered or not told or _SAYS.search(claim):
        return []
    asserted = {w.stem for w in words(source) if not any(start <= w.start < end for start, end in ordered)}
    for start, end in ordered:
        said = {word.stem for word in words(source) if start <= word.start < end}
        # Words that stand outside of all orders, too, are the source's own.
        if told & said - asserted:
            listed = words(claim)
            ours = (listed[0].start, listed[-1].end)
            return [difference("modality", "doubtful", claim, ours, source, (start, end))]
    return []
