"""Who gave to whom, compared across the voices: "B will donate it to A" where the source has "donated by A to B"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.facts.difference import Difference
from assistant.facts.matching import sentence_at
from assistant.facts.naming import Name, find_names
from assistant.facts.swapping import difference
from index import STOPWORDS, stem

_NEAR = 3  # words behind the first name of a sentence among which its verb is looked for
_BE = r"(?:is|are|was|were|be|been|being)"
_PASSIVE = re.compile(rf"\b{_BE} (?:\w+ly )?(?P<verb>\w+(?:ed|en|nt|ld|ght|wn))\b", re.IGNORECASE)
_WORD = re.compile(r"\b[a-z]+\b")
_NO_VERBS = STOPWORDS - {"gave", "give", "given", "gives", "say", "says", "said"}
_IRREGULAR = {"given": "give", "gave": "give", "sent": "send", "sold": "sell", "lent": "lend", "paid": "pay"}


class _Gift(NamedTuple):
    """A deed of ``agent`` that ends at ``recipient``, told at ``[start, end)``."""

    verb: str
    agent: str
    recipient: str
    start: int
    end: int


def compare(claim: str, source: str) -> list[Difference]:
    """Return the deeds of ``claim`` whose giver and receiver have each other's place in ``source``."""
    theirs = [*_passive(source), *_active(source)]
    told = {(gift.verb, gift.agent, gift.recipient) for gift in theirs}
    return [
        difference("role", "contradicts", claim, ours[3:], source, rival[3:])
        for ours in (*_passive(claim), *_active(claim))
        if (ours.verb, ours.agent, ours.recipient) not in told
        for rival in [next((g for g in theirs if (g.verb, g.recipient, g.agent) == ours[:3]), None)]
        if rival
    ]


@lru_cache(maxsize=256)
def _passive(text: str) -> tuple[_Gift, ...]:
    """Deeds told as "was given by A to B" or "was given to B by A"."""
    found = []
    for match in _PASSIVE.finditer(text):
        end = sentence_at(text, match.start())[1]
        agent, recipient = _after(text, "by", match.end(), end), _after(text, "to", match.end(), end)
        if agent and recipient:
            last = max(agent.end, recipient.end)
            found.append(_Gift(_verb(match["verb"]), _who(agent), _who(recipient), match.start(), last))
    return tuple(found)


@lru_cache(maxsize=256)
def _active(text: str) -> tuple[_Gift, ...]:
    """Deeds told as "A gave it to B": the first name of the sentence, the verb behind it, and the name behind "to"."""
    return tuple(_given(text))


def _given(text: str) -> Iterator[_Gift]:
    passive = [match.span("verb") for match in _PASSIVE.finditer(text)]
    seen: set[int] = set()
    for agent in find_names(text):
        first, last = sentence_at(text, agent.start)
        if first in seen:
            continue
        seen.add(first)
        for match in list(_WORD.finditer(text, agent.end, last))[:_NEAR]:
            recipient = _after(text, "to", match.end(), last)
            if recipient and match.group() not in _NO_VERBS and match.span() not in passive:
                yield _Gift(_verb(match.group()), _who(agent), _who(recipient), agent.start, recipient.end)
                break  # the verb; what follows it is what is given


def _after(text: str, preposition: str, start: int, end: int) -> Name | None:
    """The name right behind a preposition between two offsets."""
    for name in find_names(text):
        if start <= name.start < end and re.search(rf"\b{preposition} (?:the )?$", text[start : name.start]):
            return name
    return None


def _verb(word: str) -> str:
    return stem(_IRREGULAR.get(word.lower(), word))


def _who(name: Name) -> str:
    return name.identity or name.words[-1]
