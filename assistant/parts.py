"""Compound questions taken apart: "Who does he meet and where does the visit start?" asks two things. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.facts.dates import find_dates
from index import content_words

_PREPOSITION = "in|on|by|for|from|to|at|of|with|during|since|until|under|about|through|into|after|before"
_WH = "who|whom|whose|what|which|when|where|why|how"
_JOINT = re.compile(rf"(?:,|;)?\s+(?:and|or)\s+(?:also\s+)?(?=(?:(?:{_PREPOSITION})\s+)?(?:{_WH})\b)", re.IGNORECASE)
_WH_PHRASE = re.compile(
    rf"^(?:(?:{_PREPOSITION})\s+)?(?:how\s+(?:many|much(?:\s+(?:more|less))?|long|old|often|far|large|big)|{_WH})\b",
    re.IGNORECASE,
)
_OPENS_QUESTION = re.compile(
    rf"(?:(?:{_PREPOSITION}|and|so|but)\s+)?(?:{_WH}|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
    r"|tell|explain|list|name|describe|give|show)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those|there)\b", re.IGNORECASE)
_REPEATED = re.compile(
    rf"^(?P<stem>.*\b(?P<first>(?P<preposition>{_PREPOSITION})\s+(?P<one>[^,]+?)))\s*,?\s+and\s+"
    rf"(?P<second>(?:(?P=preposition)\s+)?(?P<other>[^,]+))$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\b", re.IGNORECASE)


class Part(NamedTuple):
    """One of the things a question asks: ``text`` as it was asked, ``query`` standing alone."""

    text: str
    query: str


def split_question(question: str) -> tuple[Part, ...]:
    """Return the parts of ``question``; a question that asks one thing is its own only part."""
    parts: list[Part] = []
    for sentence in re.split(r"(?<=\?)\s+", question.strip()):
        parts += _split(sentence.strip().rstrip("?. "))
    if len(parts) < 2:
        return (Part(question, question),)
    return tuple(parts)


def _split(question: str) -> list[Part]:
    if not question:
        return []
    if not _OPENS_QUESTION.match(question):
        return [Part(question, question)]
    first, *rest = _JOINT.split(question)
    if rest and not content_words(_WH_PHRASE.sub("", first)):
        parts = [Part(first, f"{first}{_WH_PHRASE.sub('', rest[0])}")]
    else:
        parts = _repeat(first)
    for piece in rest:
        parts += [Part(text, _alone(text, first)) for text, _ in _repeat(piece)]
    return parts


def _alone(tail: str, head: str) -> str:
    """Return ``tail`` with the subject of ``head`` where it has none of its own."""
    subject = _WH_PHRASE.sub("", head).strip()
    own = content_words(_WH_PHRASE.sub("", tail))
    if all(word.text[0].isdigit() for word in own):
        for date in reversed(find_dates(subject)) if own else ():
            subject = subject[: date.start] + subject[date.end :]
        return f"{tail} {subject}" if own else f"{subject} {tail}"
    return f"{tail}, {subject}" if subject and _PRONOUN.search(tail) else tail


def _repeat(question: str) -> list[Part]:
    """Take "in 2024 and in 2022" apart: a preposition twice, or one before two dates."""
    match = _REPEATED.match(question)
    if match is None or _BETWEEN.search(question) or not _WH_PHRASE.match(question):
        return [Part(question, question)]
    repeated = match["second"] != match["other"]
    if not repeated and not (_is_date(match["one"]) and _is_date(match["other"])):
        return [Part(question, question)]
    lead = question[: match.start("first")]
    second = f"{lead}{match['preposition']} {match['other']}"
    return [Part(match["stem"], match["stem"]), Part(second, second)]


def _is_date(text: str) -> bool:
    dates = find_dates(f"in {text}")
    return bool(dates) and dates[0].start <= 3 and dates[-1].end >= len(text) + 3
