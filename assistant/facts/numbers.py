"""Numbers, money, shares, measures, ordinals and multiples, compared.

"More than 55" bears out "over 50", not "over 60"; "£1 million" is "£1m" is "1,000,000 pounds"; five per cent and five
percentage points differ.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.facts import matching
from assistant.facts.difference import Difference
from assistant.facts.quantities import Quantity, find_quantities
from assistant.facts.units import CURRENCIES, DAYS, DURATIONS
from index import Span

LOOSEST_BOUND = 2.0
"""A bound more than twice off its number ("more than 10" for 5,294) speaks of something else, and is not borne out."""

FARTHEST_BOUND = 50.0
"""As much may lie between a bound and a number of the same thing; more is another scale. By judgement."""

LOOSEST_ROUNDING = 0.03
"""Most that a number may be off the source's when it is written less exactly ("1.2 million" for 1,234,567)."""

_ABOUT = 0.06  # "about 250" for 240
_NEARLY = 0.1  # "nearly 5,600" for 5,294; "just over 5,000" for 5,294
_FEW = 3  # "the two countries" is often counted by the reader; a source need not say it
_BOUNDS = frozenset({"more", "least", "less", "most"})
_LIMITS = frozenset({"about", "nearly", "just over", "most"})
_FORMS_OF_SHARE = frozenset({"%", "percentage point"})


def compare(claim: str, source: str) -> list[Difference]:
    """Return the numbers of ``claim`` that ``source`` contradicts or lacks."""
    return matching.differences(claim, source, find_quantities(claim), find_quantities(source), _RULES)


def shared(claim: str, source: str) -> list[Span]:
    """Return the numbers of ``claim`` that ``source`` bears out."""
    return matching.shared(find_quantities(claim), find_quantities(source), _RULES)


def matches(claim: Quantity, source: Quantity) -> bool:
    """Whether the source's quantity bears the claim's out."""
    if not _same_unit(claim, source):
        return False
    claim, source = _in_one_unit(claim, source)
    ours, theirs = claim.value, source.value
    if ours == theirs and claim.high == source.high and claim.qualifier == source.qualifier:
        return True
    if claim.stretch and not source.stretch and ours < theirs <= ours * LOOSEST_BOUND:
        return True
    if claim.qualifier == "exact":
        return (source.qualifier != "range" and _rounds_to(claim, source)) or theirs == ours or source.high == ours
    if not ours or not 1 / LOOSEST_BOUND <= theirs / ours <= LOOSEST_BOUND:
        return False
    return _within_bound(claim, source)


def _loosely(claim: Quantity, source: Quantity) -> bool:
    """Whether a bound holds though it is far off: "under 90%" for 22%, told of the same thing."""
    if claim.qualifier not in _BOUNDS or source.qualifier != "exact" or claim.unit != source.unit:
        return False
    near = claim.unit == "%" or claim.value / FARTHEST_BOUND <= source.value <= claim.value * FARTHEST_BOUND
    return near and _within_bound(claim, source)


def _within_bound(claim: Quantity, source: Quantity) -> bool:
    """Whether the source's number lies where the claim's qualifier puts it."""
    ours, theirs = claim.value, source.value
    if claim.qualifier in _LIMITS and claim.qualifier == source.qualifier:
        return _rounds_to(claim, source)  # "up to 500" is not "up to 400"
    match claim.qualifier:
        case "more":
            return theirs > ours or (theirs == ours and source.qualifier in ("more", "just over"))
        case "least":
            return theirs >= ours and source.qualifier not in ("less", "most", "nearly")
        case "less":
            return theirs < ours or (theirs == ours and source.qualifier in ("less", "nearly"))
        case "most":
            return theirs <= ours and source.qualifier not in ("more", "least", "just over")
        case "nearly":
            return ours * (1 - _NEARLY) <= theirs < ours or (theirs == ours and source.qualifier in ("less", "about"))
        case "just over":
            return ours < theirs <= ours * (1 + _NEARLY) or (theirs == ours and source.qualifier == "more")
        case "about":
            return abs(theirs - ours) <= _ABOUT * ours
        case "range" if source.qualifier != "range":
            return ours <= theirs <= (claim.high or ours)
        case _:
            return theirs == ours and claim.high == source.high


def _rounds_to(claim: Quantity, source: Quantity) -> bool:
    """Whether the claim's number is the source's, written with fewer places or in another unit."""
    off = abs(claim.value - source.value)
    if claim.measure != source.measure and claim.unit is not None:
        return off <= min(max(claim.tolerance, source.tolerance), LOOSEST_ROUNDING * abs(source.value))
    if claim.tolerance <= source.tolerance or claim.spelled:
        return off == 0
    return off <= min(claim.tolerance, LOOSEST_ROUNDING * abs(source.value))


def _same_unit(claim: Quantity, source: Quantity) -> bool:
    """A bare number may stand for one with a currency or a measure, never for a share or a multiple."""
    if claim.unit == source.unit or (claim.unit in DURATIONS and source.unit in DURATIONS):
        return True
    if claim.unit is not None and source.unit is not None:
        return False
    unit = claim.unit or source.unit
    return unit not in _FORMS_OF_SHARE and unit != "times" and (claim.unit != "ordinal") and source.unit != "ordinal"


def _in_one_unit(claim: Quantity, source: Quantity) -> tuple[Quantity, Quantity]:
    """The two in days where they are stretches of time, or as they are written where one has no unit."""
    if claim.unit == source.unit:
        return claim, source
    if claim.unit in DAYS and source.unit in DAYS:
        return _scaled(claim, DAYS[claim.unit]), _scaled(source, DAYS[source.unit])
    return _scaled(claim, 1 / claim.measure), _scaled(source, 1 / source.measure)


def _scaled(quantity: Quantity, by: float) -> Quantity:
    """The quantity in a unit of another size."""
    return replace(
        quantity,
        value=round(quantity.value * by, 6),
        tolerance=quantity.tolerance * by,
        high=None if quantity.high is None else round(quantity.high * by, 6),
        measure=quantity.measure * by,
    )


def _comparable(claim: Quantity, source: Quantity) -> bool:
    """Whether the two measure the same sort of thing, so that one can stand in the other's place."""
    if claim.named != source.named:
        return False
    if claim.unit == source.unit:
        bounded = claim.qualifier in _BOUNDS and claim.qualifier != source.qualifier
        return not bounded or not _within_bound(claim, source)
    return any(claim.unit in sort and source.unit in sort for sort in (_FORMS_OF_SHARE, DURATIONS, CURRENCIES | {None}))


def _must_be_found(claim: Quantity) -> bool:
    if claim.unit == "times" or claim.named:
        return False
    return not (claim.value <= _FEW and (claim.spelled or claim.unit == "ordinal"))


_RULES = matching.Rules[Quantity]("number", matches, _comparable, _must_be_found, _loosely)
