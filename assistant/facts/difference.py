"""What a comparator reports: one value of a claim that the source does not have."""

from __future__ import annotations

from typing import Literal

from index import Model, Span

Kind = Literal[
    "number",
    "date",
    "negation",
    "list",
    "name",
    "role",
    "modality",
    "quantifier",
    "opposite",
    "cause",
    "quotation",
]
Severity = Literal["contradicts", "doubtful", "missing"]
"""``contradicts``: the source has another value in the same place. ``doubtful``: it tells the same things otherwise.
``missing``: it has nothing comparable."""


class Difference(Model):
    """A value of the claim that differs from the source's, or that the source lacks (then without a source value).

    ``claim_span`` and ``source_span`` count characters of the two texts that were compared.
    """

    kind: Kind
    severity: Severity
    claim_value: str
    claim_span: Span
    source_value: str | None = None
    source_span: Span | None = None

    @property
    def reason(self) -> str:
        """The difference in words; values are quoted as the two texts write them."""
        if self.source_value is None:
            return f"not found: “{self.claim_value}”"
        return f"claim says “{self.claim_value}”, source says “{self.source_value}”"
