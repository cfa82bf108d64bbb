"""What is measured of a claim, summed up to two probabilities: that the source bears it out, and contradicts it.

Two logistic regressions for each verifier, in ``weights.json``: readable, and written with its provenance by
``tests/quality/fit_checker.py``. A score is so a probability on the rows that the file names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from math import exp
from pathlib import Path

from pydantic import Field, ValidationError

from assistant.types import Policy
from index import Model, SettingsError

WEIGHTS = Path(__file__).with_name("weights.json")


class Regression(Model):
    """A logistic regression: ``p = 1 / (1 + exp(-(intercept + sum of weight * feature)))``."""

    intercept: float
    weights: Mapping[str, float]

    def probability(self, values: Mapping[str, float]) -> float:
        """Return the probability for the features of one pair; features without a weight count nothing."""
        total = self.intercept + sum(weight * values[name] for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-50.0, min(50.0, total))))


class ErrorRates(Model):
    """What a threshold lets through and costs, as shares in [0, 1] of the rows that ``measured_on`` names.

    ``false_pass``: of the unsupported claims, those called supported. ``false_strip``: of the supported claims, those
    not called supported.
    """

    threshold: float = Field(ge=0, le=1)
    false_pass: float = Field(ge=0, le=1)
    false_strip: float = Field(ge=0, le=1)
    measured_on: str


class Weighing(Model):
    """How one verifier's figures are weighed.

    ``partly`` and ``contradicted`` are the least probabilities of support and of contradiction for those verdicts.
    """

    supported: Regression
    refuted: Regression
    policies: Mapping[Policy, ErrorRates]
    partly: float = Field(ge=0, le=1)
    contradicted: float = Field(ge=0, le=1)
    provenance: str


@lru_cache(maxsize=8)
def load_weighing(verifier: str, file: Path = WEIGHTS) -> Weighing:
    """Return the weighing for a verifier's identity: its own, that of its name before ``@``, or ``other``.

    Raises:
        SettingsError: the file cannot be read or has no weights for this verifier.
    """
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        names = [verifier, verifier.partition("@")[0], "other"]
        return Weighing.model_validate(next(known[name] for name in names if name in known))
    except (OSError, json.JSONDecodeError, ValidationError, StopIteration) as error:
        raise SettingsError(f"{file} holds no weights for the verifier {verifier!r}: {error}") from error
