"""Facts of a claim compared with those of a source: numbers, dates, names, denials, certainty, causes."""

import datetime

from assistant.facts import (
    arithmetic,
    causes,
    dates,
    directions,
    lists,
    modality,
    names,
    negation,
    numbers,
    opposites,
    ordered,
    quantifiers,
    quotations,
    recipients,
    roles,
    unfinished,
)
from assistant.facts.arithmetic import Calculation, borne_out
from assistant.facts.difference import Difference, Kind, Severity
from index import Span

__all__ = ["Calculation", "Difference", "Kind", "Severity", "borne_out", "compare", "shared_values"]

_COMPARATORS = (
    negation,
    lists,
    modality,
    quantifiers,
    opposites,
    directions,
    causes,
    names,
    roles,
    recipients,
    quotations,
    ordered,
)


def compare(
    claim: str,
    source: str,
    *,
    claim_date: datetime.date | None = None,
    source_date: datetime.date | None = None,
) -> list[Difference]:
    """Return what the facts of ``claim`` and ``source`` differ in, in the order of the claim.

    Spans count characters of the two arguments. An empty list means that every number and date of the claim is in the
    source or follows from it, that neither text denies what the other says, and that the source tells names together
    that the claim does. The dates are those of the two documents; by them relative dates are resolved.
    """
    found = [d for comparator in _COMPARATORS for d in comparator.compare(claim, source)]
    found += dates.compare(claim, source, claim_date=claim_date, source_date=source_date)
    found += _of_numbers(claim, source)
    # Any other words for a deed will do there, so it is asked only where nothing else differs.
    return sorted(found or unfinished.compare(claim, source), key=lambda difference: difference.claim_span.start)


def _of_numbers(claim: str, source: str) -> list[Difference]:
    """What the numbers differ in, but for those that follow from the source's; nothing is told twice."""
    found = {d.claim_span.start: d for d in arithmetic.compare(claim, source)}
    found |= {d.claim_span.start: d for d in numbers.compare(claim, source)}
    worked_out = [(calculation.start, calculation.end) for calculation in borne_out(claim, source)]
    return [
        d
        for d in found.values()
        if not any(d.claim_span.start < end and start < d.claim_span.end for start, end in worked_out)
    ]


def shared_values(claim: str, source: str) -> list[Span]:
    """Return the numbers and dates of ``claim`` that ``source`` bears out, however it writes them."""
    return [*numbers.shared(claim, source), *dates.shared(claim, source)]
