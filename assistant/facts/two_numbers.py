"""Two numbers of a source that count one thing: the earlier and the later, where the source tells which is which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.facts.dates import find_dates
from assistant.facts.matching import sentence_at
from assistant.facts.quantities import Quantity, find_quantities
from assistant.facts.units import DURATIONS
from index import Span, content_words

HEAD = 3
"""Content words after a number that may name what it counts: "2,035 Albanian nationals returned"."""

SHARED = 2
"""Content words that a claim must share with the sentence of two joined numbers; with what it counts, one is enough."""

_QUOTED = 160  # characters from one number to the other that are quoted as one
_FROM = re.compile(r"\bfrom (?:just |about |around |some )?$", re.IGNORECASE)
_TO = re.compile(r"[^.;]{0,50}?\bto (?:just |about |around |some )?$", re.IGNORECASE)
_LATER_FIRST = re.compile(
    r"[^.;]{0,60}?\b(?:(?:up|down|rise|increase|fall|drop|decrease) (?:from|on)|compared (?:with|to)|against|instead of"
    r"|(?:double|twice|triple|treble|half|times|more than|less than|fewer than)(?: that of)?)(?: the| just| about)* $",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"[^.;,]{0,60}?\b(?:earlier|before|previous(?:ly)?|last year|the year before|ago)\b", re.IGNORECASE
)
_REACH = 40  # characters
_COUNTED_BY = re.compile(r"(?P<what>\b\w+) (?:of|at|to|was|were|is|are|reached|totalled) $")
UNUSABLE = DURATIONS | {"ordinal", "times", "percentage point"}
"""What no claim about two numbers is worked out from."""


@dataclass(frozen=True)
class Pair:
    """Two numbers of one thing; ``ordered`` tells whether the first is known to be the earlier."""

    one: Quantity
    other: Quantity
    ordered: bool

    @property
    def span(self) -> Span:
        """From one number to the other; of numbers far apart, the later."""
        start, end = min(self.one.start, self.other.start), max(self.one.end, self.other.end)
        if end - start <= _QUOTED:
            return Span(start=start, end=end)
        return Span(start=self.other.start, end=self.other.end)


def find_pair(claim: str, offset: int, source: str) -> Pair | None:
    """The two numbers of the source that the claim's sentence speaks of; None unless there is just one such pair."""
    first, last = sentence_at(claim, offset)
    topic = {word.stem for word in content_words(claim[first:last]) if not word.text[0].isdigit()}
    usable = [q for q in find_quantities(source) if q.unit not in UNUSABLE and _plain(q)]
    joined = [
        (one, other)
        for one, other in pairwise(usable)
        if one.unit == other.unit and _joined(source, one, other) and len(topic & _sentence(source, one)) >= SHARED
    ]
    if len(joined) == 1:
        return _ordered(source, *joined[0])
    heads = [(q, _head(source, q, usable) & topic) for q in usable]
    same = [q for q, head in heads if head and any(head & h for o, h in heads if o is not q and o.unit == q.unit)]
    if joined or len(same) != 2 or same[0].unit != same[1].unit or same[0].value == same[1].value:
        return None
    return _ordered(source, same[0], same[1])


def _plain(quantity: Quantity) -> bool:
    return quantity.high is None and not quantity.named and quantity.value > 1


def _head(source: str, quantity: Quantity, others: Sequence[Quantity]) -> set[str]:
    """What a number counts: the stems of the words after it, up to the next number, and before "loans of £5"."""
    _, last = sentence_at(source, quantity.start)
    last = min([last, *(other.start for other in others if other.start > quantity.start)])
    after = content_words(source[quantity.end : last])[:HEAD]
    before = _COUNTED_BY.search(source[max(0, quantity.start - _REACH) : quantity.start])
    found = [*after, *(content_words(before["what"]) if before else ())]
    return {word.stem for word in found if not word.text[0].isdigit()}


def _sentence(source: str, quantity: Quantity) -> set[str]:
    first, last = sentence_at(source, quantity.start)
    return {word.stem for word in content_words(source[first:last])}


def _joined(source: str, one: Quantity, other: Quantity) -> bool:
    """Whether two neighbouring numbers are set against each other: "from 10 to 20", "20, up from 10"."""
    between = source[one.end : other.start]
    from_to = _FROM.search(source[: one.start]) and _TO.fullmatch(between)
    return bool(from_to or _LATER_FIRST.fullmatch(between))


def _ordered(source: str, one: Quantity, other: Quantity) -> Pair:
    """The pair with the earlier number first, where the source tells which that is."""
    between = source[one.end : other.start]
    if _FROM.search(source[: one.start]) and _TO.fullmatch(between):
        return Pair(one, other, ordered=True)
    if _LATER_FIRST.fullmatch(between) or _BEFORE.match(source, other.end):
        return Pair(other, one, ordered=True)
    years = [_year_of(source, one, other.start), _year_of(source, other, len(source))]
    if years[0] and years[1] and years[0] != years[1]:
        return Pair(one, other, ordered=True) if years[0] < years[1] else Pair(other, one, ordered=True)
    return Pair(one, other, ordered=False)


def _year_of(source: str, quantity: Quantity, until: int) -> int | None:
    """The only year of a number's sentence, or the first after it: "2,035 in 2022"."""
    first, last = sentence_at(source, quantity.start)
    years = [date for date in find_dates(source) if first <= date.start < last and date.year]
    after = [date.year for date in years if quantity.end <= date.start < until]
    return years[0].year if len(years) == 1 else next(iter(after), None)
