"""What is measured of a claim and a source before it is weighed: words in common, facts, entailment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import log
from typing import NamedTuple

from assistant.entailment.windows import windows
from assistant.facts import Difference, compare
from assistant.support import is_quoted_whole, overlap
from assistant.verifiers import Verifier
from index import Matrix

WINDOWS = 2
"""Most windows of a long source that the verifier reads for a claim. On 260 rows of WiCE the ROC-AUC was .796 with one,
.830 with two and .836 with three, at 26, 16 and 11 rows a second."""

_FACTS_WORDS = 220  # a longer source is compared within some windows only
_FACTS_WINDOW = 110  # words of such a window
_SURE = 0.005  # probabilities nearer to 0 or 1 than this are told apart no further
_SEVERITIES = {"contradicts": 2, "doubtful": 2, "missing": 3}  # most that are counted


class Measured(NamedTuple):
    """A claim and a source, measured. ``values`` are the features that :mod:`assistant.weighing` sums up.

    ``match`` is the share of the claim's words that the source has, in [0, 1]. Of words that are ``verbatim`` in the
    source nothing else is measured.
    """

    verbatim: bool
    match: float
    differences: tuple[Difference, ...]
    values: dict[str, float]


class Pair(NamedTuple):
    """A claim, and a source that was ``written`` on a day, by which its "today" and "last year" are understood."""

    claim: str
    source: str
    written: date | None = None


def measure(pairs: Sequence[Pair], verifier: Verifier, most: int = WINDOWS) -> list[Measured]:
    """Return what is measured of each pair, in order; the verifier reads all of them in one go.

    Of a long source it reads at most ``most`` windows.
    """
    verbatim = [is_quoted_whole(pair.claim, pair.source) for pair in pairs]
    read = [[] if same else windows(p.source, p.claim, most) for p, same in zip(pairs, verbatim, strict=True)]
    asked = [(span.of(pair.source), pair.claim) for pair, spans in zip(pairs, read, strict=True) for span in spans]
    shares = verifier.probabilities(asked)
    found, position = [], 0
    for pair, spans, same in zip(pairs, read, verbatim, strict=True):
        near = shares[position : position + len(spans)]
        found.append(Measured(True, 1.0, (), {}) if same else _measured(pair, near, most))
        position += len(spans)
    return found


def _measured(pair: Pair, shares: Matrix, most: int) -> Measured:
    claim, source = pair.claim, pair.source
    differences = tuple(compare(claim, _focused(source, claim, most), source_date=pair.written))
    words = overlap(claim, source)
    best = int(shares[:, 0].argmax()) if len(shares) else None
    values = {
        "entailed": _logit(float(shares[best, 0])) if best is not None else _logit(0),
        "refuted": _logit(float(shares[0, 2])) if best is not None else _logit(0),
        "match": words.score,
        **{name: float(_count([d for d in differences if d.kind != "name"], name)) for name in _SEVERITIES},
        **{f"name_{name}": float(_count([d for d in differences if d.kind == "name"], name)) for name in _SEVERITIES},
    }
    return Measured(False, words.score, differences, values)


def _focused(source: str, claim: str, most: int) -> str:
    """A long source with all but what speaks of the claim blanked, so that offsets stay."""
    if len(source.split()) <= _FACTS_WORDS:
        return source
    kept = [" "] * len(source)
    for span in windows(source, claim, most, _FACTS_WINDOW):
        kept[span.start : span.end] = span.of(source)
    return "".join(kept)


def _count(differences: Sequence[Difference], severity: str) -> int:
    places = {d.claim_span.start for d in differences if d.severity == severity}
    return min(len(places), _SEVERITIES[severity])


def _logit(share: float) -> float:
    bounded = min(max(share, _SURE), 1 - _SURE)
    return log(bounded / (1 - bounded))
