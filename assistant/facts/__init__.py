"""Facts of a claim compared with those of a source: numbers, dates, names, denials, certainty, causes."""

from assistant.facts import (
    causes,
    dates,
    lists,
    modality,
    names,
    negation,
    numbers,
    opposites,
    quantifiers,
    quotations,
    roles,
)
from assistant.facts.difference import Difference, Kind, Severity
from index import Span

__all__ = ["Difference", "Kind", "Severity", "compare", "shared_values"]

_COMPARATORS = (numbers, dates, negation, lists, modality, quantifiers, opposites, causes, names, roles, quotations)


def compare(claim: str, source: str) -> list[Difference]:
    """Return what the facts of ``claim`` and ``source`` differ in, in the order of the claim.

    Spans count characters of the two arguments. An empty list means that every number and date of the claim is in the
    source, that neither text denies what the other says, and that the source tells names together that the claim does.
    """
    found = [d for comparator in _COMPARATORS for d in comparator.compare(claim, source)]
    return sorted(found, key=lambda difference: difference.claim_span.start)


def shared_values(claim: str, source: str) -> list[Span]:
    """Return the numbers and dates of ``claim`` that ``source`` bears out, however it writes them."""
    return [*numbers.shared(claim, source), *dates.shared(claim, source)]
