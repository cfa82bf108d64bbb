"""People by their office: official texts name a person once and the office ever after.

Where the documents say "Prime Minister Keir Starmer", a question on Starmer is also one on the Prime Minister.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from index import Hit, SentenceHit

VARIANTS = 2
"""Most ways in which a question is asked again with an office for a name."""

_OFFICES = (
    "Prime Minister|President|Chancellor|Foreign Secretary|Home Secretary|Secretary of State|Minister|Secretary|Mayor"
    "|Governor|Ambassador|Commissioner|Director General|Director|Chairman|Chair|King|Queen|Pope"
)
_NAME = re.compile(r"(?:(?:[A-Z][\w’'-]+) )*[A-Z][\w’-]+")


class Scorer(Protocol):
    """What scores sentences: an :class:`index.Index`."""

    def sentences(self, query: str, hits: Sequence[Hit]) -> list[SentenceHit]:
        """Return the sentences of ``hits``, the best first."""


class OfficeScorer:
    """Scores sentences for a question as it is asked, and as it would be asked with offices for names."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer

    def sentences(self, query: str, hits: Sequence[Hit]) -> list[SentenceHit]:
        """Return the sentences of ``hits`` with the best score that any reading of ``query`` gives them."""
        best: dict[tuple[str, int, int], SentenceHit] = {}
        for reading in (query, *with_offices(query, [hit.passage.text for hit in hits])):
            for scored in self._scorer.sentences(reading, hits):
                span = scored.sentence.span
                place = (scored.hit.document.id, span.start, span.end)
                if place not in best or scored.score > best[place].score:
                    best[place] = scored
        return sorted(best.values(), key=lambda scored: -scored.score)


def with_offices(question: str, texts: Sequence[str]) -> list[str]:
    """Return ``question`` with the office for the name of each person whose office ``texts`` tell."""
    found: dict[str, None] = {}
    for match in _NAME.finditer(question):
        surname = match.group().split()[-1].removesuffix("'s").removesuffix("’s")
        told = re.compile(rf"\b((?:[A-Z]\w+['’]s )?(?:{_OFFICES})),? (?:[A-Z][\w’-]+ ){{0,2}}{re.escape(surname)}\b")
        offices = {office[1]: None for text in texts if (office := told.search(text))}
        if surname not in _OFFICES:
            found |= {f"{question[: match.start()]}{_named(o)}{question[match.end() :]}": None for o in offices}
    return list(found)[:VARIANTS]


def _named(office: str) -> str:
    return office if re.search(r"['’]s ", office) else f"the {office}"
