"""What a sentence is read with: the head of its table, or the sentences that it points back to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.types import BlockKind, Passage, Sentence, Span

LEAD_SENTENCES = 2
"""Most sentences before a sentence that points back that are read with it."""

LEAD_SHARE = 0.5
"""How much of what its lead adds counts for a sentence that points back."""

_POINTS_BACK = re.compile(
    r"(?:\W*|\W*(?:But|And|So|Yet|However,?|Then|Also,?) )"
    r"(?:It|Its|They|Their|These|Those|This|That|He|She|His|Her|Such|it|its|they|their|these|those|this|he|she|his|her)\b"
)


class Frame(NamedTuple):
    """Sentences that a sentence is read with, and how much of what they match counts for it."""

    sentences: tuple[Sentence, ...] = ()
    share: float = 1.0
    lead: Sentence | None = None


def framed(passage: Passage) -> Iterator[tuple[Sentence, Frame]]:
    """Yield each sentence that is no heading with its frame.

    A row of a table says little by itself: it is read with the table's first row and the heading right above that. A
    sentence that points back ("It will ...", "Those hits ...") is read with those before it, its lead.
    """
    heading: Sentence | None = None
    table: tuple[Sentence, ...] = ()
    run: list[Sentence] = []
    for sentence in passage.sentences:
        if sentence.kind is BlockKind.ROW:
            yield sentence, Frame(table)
            table = table or ((heading, sentence) if heading else (sentence,))
            run = []
            continue
        table = ()
        if sentence.kind is BlockKind.HEADING:
            heading, run = sentence, []
            continue
        heading = None
        points_back = run and _follows(run[-1], sentence) and _POINTS_BACK.match(text_of(passage, sentence))
        run = [*run[-LEAD_SENTENCES:], sentence] if points_back else [sentence]
        lead = Sentence(span=Span(start=run[0].span.start, end=run[-2].span.end)) if len(run) > 1 else None
        yield sentence, Frame((lead,), LEAD_SHARE, lead) if lead else Frame()


def _follows(one: Sentence, other: Sentence) -> bool:
    """Whether ``other`` stands right behind ``one`` on the same line."""
    return one.kind is other.kind and other.span.start == one.span.end + 1


def text_of(passage: Passage, sentence: Sentence) -> str:
    """Return the words of a sentence of ``passage``."""
    return sentence.span.shift(-passage.span.start).of(passage.text)
