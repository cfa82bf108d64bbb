"""What follows from two numbers of a source by simple arithmetic: "more than doubled" from 2,035 and 5,294.

Only numbers of one thing are set against each other: both are followed by the same word, or joined ("from 2,035 to
5,294"), and the claim speaks of that thing. Where a source has more than one such pair nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from assistant.facts.dates import find_dates
from assistant.facts.difference import Difference
from assistant.facts.numbers import matches
from assistant.facts.quantities import Quantity, find_quantities
from assistant.facts.two_numbers import UNUSABLE, Pair, find_pair
from index import Model, Span

CLEARLY_MORE = 1.05
"""Ratio from which two numbers are a rise, and not the same; by judgement."""

_SLACK = 0.05  # "doubled" for 1.95 times
_ALMOST = 0.2  # "almost doubled" for 1.85 times
_UP = (
    r"rose|risen|rises?|rising|grew|grown|grows?|growing|growth|increas\w+|climb\w*|jump\w*|soar\w*|surg\w+|gain\w*|up"
)
_DOWN = r"fell|fall(?:s|en|ing)?|drop\w*|declin\w+|decreas\w+|reduc\w+|shrank|shrunk|plung\w+|slump\w*|cut|down"
_VERB = re.compile(
    r"\b(?:(?P<up>rose|risen|grew|grown|increased|climbed|jumped|soared|surged)"
    r"|(?P<down>fell|fallen|dropped|declined|decreased|shrank|plunged|slumped))\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: \w+ly)? by $", re.IGNORECASE)
_CHANGE = re.compile(rf"\s*(?:(?P<up>{_UP}|more|higher)|(?P<down>{_DOWN}|fewer|less|lower))\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total(?:ling)?|sum|combined|together|altogether)(?: of| to)?(?: \w+)? $", re.IGNORECASE)
_IN_ALL = re.compile(r"[^.;]{0,40}\b(?:in total|in all|altogether|combined|together)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|less) than $", re.IGNORECASE)
_NEARLY = re.compile(r"\b(?:almost|nearly|close to|about|around) $", re.IGNORECASE)


class Calculation(Model):
    """Words of a claim, at ``[start, end)``, that follow from numbers of its source; ``reason`` shows how."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class _Change:
    """What a claim says of two numbers it need not name, at ``[start, end)``.

    ``ratio`` is the least and the most that the later may be of the earlier; ``number`` the share or the difference,
    written as ``words``.
    """

    start: int
    end: int
    ratio: tuple[float, float] | None = None
    number: Quantity | None = None
    direction: int = 0
    total: bool = False
    words: str = ""


def borne_out(claim: str, source: str) -> list[Calculation]:
    """Return the words and numbers of ``claim`` that follow from two numbers of ``source``, with the arithmetic."""
    found = list(_lasted(claim, source))
    for change in _changes(claim):
        pair = find_pair(claim, change.start, source)
        reason = _holds(change, pair, source) if pair else None
        if reason:
            found.append(Calculation(start=change.start, end=change.end, reason=reason))
    return sorted(found, key=lambda calculation: calculation.start)


def compare(claim: str, source: str) -> list[Difference]:
    """Return what ``claim`` says of a change that two numbers of ``source`` do not bear out.

    A claim's word ("tripled", "fell") that the source has itself is left to it.
    """
    found = []
    for change in [*_changes(claim), *_directions(claim)]:
        pair = find_pair(claim, change.start, source)
        if pair and pair.ordered and not change.total and _fails(change, pair, source):
            span = pair.span
            found.append(
                Difference(
                    kind="number",
                    severity="contradicts",
                    claim_value=claim[change.start : change.end],
                    claim_span=Span(start=change.start, end=change.end),
                    source_value=span.of(source),
                    source_span=span,
                )
            )
    return found


def _changes(claim: str) -> Iterator[_Change]:
    """What the claim says of a change: by what factor, by what share, by how much, or to what total."""
    for quantity in find_quantities(claim):
        before, after = claim[: quantity.start], claim[quantity.end :]
        words = claim[quantity.start : quantity.end]
        here = partial(_Change, quantity.start, quantity.end, words=words[0].lower() + words[1:])
        if quantity.unit == "times":
            yield here(ratio=_ratios(claim, quantity), number=quantity)
            continue
        change = _CHANGED.search(before) or _CHANGE.match(after)
        if quantity.unit not in UNUSABLE and change:
            yield here(number=quantity, direction=1 if change["up"] else -1)
        elif quantity.unit not in UNUSABLE and (_TOTAL.search(before) or _IN_ALL.match(after)):
            yield here(number=quantity, total=True)


def _ratios(claim: str, times: Quantity) -> tuple[float, float]:
    """The least and the most that "doubled" means, with "more than" or "almost" before it."""
    value, before = times.value, claim[: times.start]
    if times.qualifier in ("more", "least", "just over") or _MORE.search(before):
        return (0.0, value) if value < 1 else (value, 2 * value)
    if times.qualifier in ("nearly", "about", "less") or _NEARLY.search(before):
        return (value, value * (1 + _ALMOST)) if value < 1 else (value * (1 - _ALMOST), value * (1 + _SLACK))
    if value < 1:
        return value * (1 - _ALMOST), value * (1 + 2 * _SLACK)
    return value * (1 - _SLACK), value + 1 - _SLACK


def _directions(claim: str) -> Iterator[_Change]:
    """Verbs that say which way without saying how far."""
    for match in _VERB.finditer(claim):
        yield _Change(match.start(), match.end(), direction=1 if match["up"] else -1)


def _holds(change: _Change, pair: Pair, source: str) -> str | None:
    """The arithmetic that bears the change out, in words; None where it does not."""
    one, other = pair.one, pair.other
    first, last = (_written(source, quantity) for quantity in (one, other))
    if change.total:
        return f"{first} and {last} make {change.words}" if _is(change.number, one.value + other.value, one) else None
    for earlier, later, low, high in [(one, other, first, last), (other, one, last, first)][: 1 if pair.ordered else 2]:
        ratio = later.value / earlier.value
        if change.ratio:
            if change.ratio[0] <= ratio <= change.ratio[1]:
                return f"{high} is {_figure(round(ratio, 1) or round(ratio, 2))} times {low}"
            continue
        away = later.value - earlier.value
        if change.number is None or away * change.direction <= 0:
            continue
        more = "more" if away > 0 else "less"
        if change.number.unit == "%" and _is(change.number, abs(ratio - 1) * 100, change.number):
            return f"{high} is {_figure(round(abs(ratio - 1) * 100, 1))}% {more} than {low}"
        if change.number.unit == earlier.unit and _is(change.number, abs(away), earlier):
            return f"{high} is {change.words} {more} than {low}"
    return None


def _fails(change: _Change, pair: Pair, source: str) -> bool:
    """Whether the two numbers tell against the change, and the source does not tell it in words."""
    if _holds(change, pair, source) or _told(change, source):
        return False
    ratio = pair.other.value / pair.one.value
    if change.ratio:
        return True
    wrong_way = ratio > CLEARLY_MORE if change.direction < 0 else ratio < 1 / CLEARLY_MORE
    share = change.number is not None and change.number.unit == "%" and pair.one.unit != "%"
    return wrong_way or share


def _told(change: _Change, source: str) -> bool:
    """Whether the source has the claim's multiple or share, or for a mere direction a word of that direction."""
    if change.number is not None:
        return any(matches(change.number, quantity) for quantity in find_quantities(source))
    return re.search(rf"\b(?:{_UP if change.direction > 0 else _DOWN})\b", source, re.IGNORECASE) is not None


def _is(claimed: Quantity | None, value: float, like: Quantity) -> bool:
    """Whether the claim's number is a computed one, as exactly as it is written."""
    if claimed is None or claimed.unit != like.unit:
        return False
    exact = replace(claimed, value=value, high=None, qualifier="exact", tolerance=0.0, measure=claimed.measure)
    return matches(claimed, exact)


def _lasted(claim: str, source: str) -> Iterator[Calculation]:
    """Numbers of years that lie between the only two years that the source names."""
    years = sorted({date.year for date in find_dates(source) if date.year and not date.decade})
    if len(years) != 2:
        return
    for quantity in find_quantities(claim):
        if quantity.unit == "month" and quantity.value == 12 * (years[1] - years[0]):
            reason = f"from {years[0]} to {years[1]} it is {_figure(quantity.value / quantity.measure)} years"
            yield Calculation(start=quantity.start, end=quantity.end, reason=reason)


def _written(source: str, quantity: Quantity) -> str:
    return " ".join(source[quantity.start : quantity.end].split())


def _figure(value: float) -> str:
    return f"{value:,.10g}" if value != int(value) else f"{int(value):,}"
