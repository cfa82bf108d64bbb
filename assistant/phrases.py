"""Names and noun phrases of a question, found by their surroundings; what a follow-up can refer to or replace. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from index import STOPWORDS

QUESTION_WORDS = "who|whom|whose|what|which|when|where|why|how"
AUXILIARIES = (
    "is|are|was|were|be|been|being|am|do|does|did|has|have|had|will|would|can|could|shall|should|may|might|must"
)
PREPOSITIONS = "in|on|at|to|from|of|for|by|with|about|into|under|over|during|since|until|before|after|between|against"

_TOKEN = re.compile(r"[^\W_][\w.,'’&-]*(?<![.,])")
_DETERMINERS = frozenset("the a an this that these those its their his her our your".split())
_BREAKS = frozenset(f"{QUESTION_WORDS}|{AUXILIARIES}|{PREPOSITIONS}".split("|")) | (STOPWORDS - _DETERMINERS)
_DO_LIKE = frozenset("do does did will would can could shall should may might must has have had".split())
_PARTICIPLE = re.compile(
    r"\w+(?:ed|ing)|held|made|given|paid|built|sent|spent|done|taken|seen|cut|begun|known|found|born|led|hit|set|kept"
)
_OWNER = re.compile(r"['’]s?$")
_NOT_PLURAL = re.compile(r"(?:ss|us|is|['’]s)$|^(?:forensics|news|politics|mathematics|physics)$")
_PLURAL_PLACES = frozenset("balkans states nations netherlands philippines emirates maldives".split())


class Phrase(NamedTuple):
    """A noun phrase or name at ``[start, end)`` of a question, with its article; ``before`` is the word before it."""

    text: str
    start: int
    end: int
    before: str

    @property
    def head(self) -> str:
        """Its last word."""
        return self.text.split()[-1]

    @property
    def is_name(self) -> bool:
        """Whether it is a name: nothing but words with a capital, after its article."""
        return all(word[0].isupper() for word in self.text.split() if word.lower() not in _DETERMINERS)

    @property
    def is_owner(self) -> bool:
        """Whether it is a possessive ("Albania's")."""
        return _OWNER.search(self.text) is not None

    @property
    def is_plural(self) -> bool:
        """Whether it speaks of several."""
        head = self.head.lower()
        people = head in ("people", "men", "women", "children", "police")
        return people or (head.endswith("s") and not _NOT_PLURAL.search(head) and head not in _PLURAL_PLACES)


def noun_phrases(text: str) -> list[Phrase]:
    """Return the names and noun phrases of a text in order; figures and dates are none."""
    tokens = list(_TOKEN.finditer(text))
    found: list[Phrase] = []
    first = 0
    while first < len(tokens):
        last = first
        while last < len(tokens) and _goes_on(text, tokens, first, last):
            last += 1
        if last > first:
            found += _phrase(text, tokens, first, last)
        first = max(last, first + 1)
    return found


def _goes_on(text: str, tokens: list[re.Match[str]], first: int, position: int) -> bool:
    """Whether the token at ``position`` belongs to the noun phrase that begins at ``first``.

    A determiner only begins one, a possessive ends one, and a word of grammar belongs to none, unless it has a capital
    within a name ("Will Smith"). A verb between two names ("the UK support Albania") parts them.
    """
    written = tokens[position].group()
    word = written.lower()
    if word[0].isdigit():
        return False
    before = tokens[position - 1] if position else None
    follows = tokens[position + 1].group() if position + 1 < len(tokens) else ""
    if before and before.group()[0].isupper() and written[0].islower() and follows[:1].isupper():
        return word in _DETERMINERS and position == first
    if before is None or position == first:
        return word not in _BREAKS
    if text[before.end() : tokens[position].start()].strip() or _OWNER.search(before.group()) or word in _DETERMINERS:
        return False
    return word not in _BREAKS or written[0].isupper()


def _phrase(text: str, tokens: list[re.Match[str]], first: int, last: int) -> list[Phrase]:
    run = tokens[first:last]
    before = tokens[first - 1].group() if first else ""
    after = tokens[last].group().lower() if last < len(tokens) else ""
    if len(run) > 1 and _ends_in_verb(run, before.lower(), after):
        run.pop()
    if len(run) == 1 and _is_no_noun(run[0].group(), before):
        return []
    start, end = run[0].start(), run[-1].end()
    return [Phrase(text[start:end], start, end, before.lower())]


def _is_no_noun(word: str, before: str) -> bool:
    """Whether a word alone is a bare article, a participle ("were returned"), or the verb of a name or of "who"."""
    if word[0].isupper() or word in _DETERMINERS:
        return word.lower() in _DETERMINERS
    follows_name = before[:1].isupper() and before.lower() not in _BREAKS
    return follows_name or before.lower() == "who" or _PARTICIPLE.fullmatch(word) is not None


def _ends_in_verb(run: list[re.Match[str]], before: str, after: str) -> bool:
    """Whether the last word of a run is the verb of its question ("does Starmer meet", "is the summit hosted")."""
    last = run[-1].group()
    if last[0].isupper():
        return False
    if _PARTICIPLE.fullmatch(last):
        return True
    nouns = [word for word in run if word.group().lower() not in _DETERMINERS]
    return before in _DO_LIKE and len(nouns) > 1 and after not in AUXILIARIES.split("|")
