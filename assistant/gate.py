"""Which verdicts stop a text: the gate of ``--fail-on``."""

from __future__ import annotations

from enum import StrEnum

from assistant.types import CheckedClaim, Report, Verdict


class FailOn(StrEnum):
    """The mildest verdict that fails a text."""

    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    PARTLY = "partly"
    NEVER = "never"


FAILING: dict[FailOn, frozenset[Verdict]] = {
    FailOn.NEVER: frozenset(),
    FailOn.CONTRADICTED: frozenset({Verdict.CONTRADICTED}),
    FailOn.UNSUPPORTED: frozenset(Verdict) - {Verdict.SUPPORTED, Verdict.PARTLY_SUPPORTED},
    FailOn.PARTLY: frozenset(Verdict) - {Verdict.SUPPORTED},
}
"""The verdicts that fail at each level. ``unsupported`` lets pass what is at least partly supported."""


def fails(claim: CheckedClaim, level: FailOn) -> bool:
    """Return whether ``claim`` alone fails its text."""
    return claim.verdict in FAILING[level]


def failing(report: Report, level: FailOn) -> list[CheckedClaim]:
    """Return the claims that fail ``report``; none where it passes."""
    return [claim for claim in report.claims if fails(claim, level)]
