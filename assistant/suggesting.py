"""Questions that a document can answer, made from its own sentences by rule. They are tried before they are offered.

For example: "5,294 people were returned in 2024." is asked as "How many people were returned in 2024?", "The summit
will be held in the autumn." as "When will the summit be held?", "Arrivals have fallen by 95%." as "By how much have
arrivals fallen?", and the heading "Where the index is kept" as "Where is the index kept?".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index import Block, BlockKind, Document, split_sentences

_LONGEST = 110  # characters; a longer question does not fit on a button

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_WHEN = re.compile(
    rf"^(?P<subject>(?:The|A|An|[A-Z]\w+)(?: [\w’'-]+){{0,5}}?) (?P<aux>will|was|were|is|are|has|have|can|must)"
    rf" (?P<rest>[^,;:()]+?) (?:in|on|during|by|from)"
    rf" (?:the )?(?:early |late )?(?:spring|summer|autumn|winter|\d{{1,2}} (?:{_MONTH})(?: \d{{4}})?"
    rf"|(?:{_MONTH})(?: \d{{4}})?|\d{{4}})\.$"
)
_COUNT = re.compile(
    r"^(?:In (?P<year>\d{4}), )?(?:About |Some |More than |Almost |Over )?"
    r"(?!\d{4} )(?:\d[\d,.]*(?: million| billion)?|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)"
    r" (?P<noun>[a-zA-Z][\w’'-]*(?: [\w’'-]+){0,4}?) (?P<aux>were|was|have been|had been|are|will be)"
    r" (?P<rest>[^,;:()]+)\.$"
)
_CHANGE = re.compile(
    r"^(?:[A-Z][^,]{3,40}, )?(?P<subject>[^,;:()]{3,60}?) (?P<aux>has|have)"
    r" (?P<verb>fallen|risen|dropped|grown|increased|declined|decreased)"
    r" by (?:about |almost |over |more than )?\d[\d,.]*(?:%| per ?cent)"
)
_HEADING = re.compile(r"^(?P<asks>Where|When|Why|How) (?P<subject>.+) (?P<aux>is|are|was|were) (?P<verb>[a-z]+)$")
_ARTICLE = re.compile(r"^(?:The|A|An)\b")
_POINTS_BACK = re.compile(
    r"\b(?:it|they|them|this|that|these|those|he|she|him|his|her|we|our|you|your|such|there)\b", re.IGNORECASE
)


def candidate_questions(document: Document) -> list[str]:
    """Return questions that ``document`` may answer, in its order, each once."""
    return list(dict.fromkeys(q for block in document.blocks for q in _of_block(document.text, block)))


def _of_block(text: str, block: Block) -> Iterator[str]:
    if block.kind is BlockKind.HEADING:
        questions = [_of_heading(" ".join(block.span.of(text).split()))]
    elif block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        sentences = (" ".join(span.of(text).split()) for span in split_sentences(text, block.span))
        questions = [_of_sentence(sentence) for sentence in sentences]
    else:
        questions = []
    yield from (q for q in questions if q and len(q) <= _LONGEST and not _POINTS_BACK.search(q))


def _of_heading(heading: str) -> str | None:
    if heading.endswith("?") and len(heading.split()) > 2:
        return heading
    if match := _HEADING.match(heading):
        return f"{match['asks']} {match['aux']} {match['subject']} {match['verb']}?"
    return None


def _of_sentence(sentence: str) -> str | None:
    if match := _COUNT.match(sentence):
        year = f" in {match['year']}" if match["year"] else ""
        return f"How many {match['noun']} {match['aux']} {match['rest']}{year}?"
    if match := _CHANGE.match(sentence):
        return f"By how much {match['aux']} {_inside(match['subject'])} {match['verb']}?"
    if match := _WHEN.match(sentence):
        return f"When {match['aux']} {_inside(match['subject'])} {match['rest']}?"
    return None


def _inside(subject: str) -> str:
    """A subject that begins its sentence, as it is written inside one: a name keeps its capital."""
    return subject[0].lower() + subject[1:] if _ARTICLE.match(subject) else subject
