"""Words of a text: the one place that says what a word, its stem and a content word are.

Stems are those of the Snowball English stemmer (Porter2, https://snowballstem.org/algorithms/english/stemmer.html).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+", re.UNICODE)
_STEMMER = snowballstemmer.stemmer("english")
_STEMMING = threading.Lock()  # the stemmer keeps the word it works on in itself, so it serves one thread at a time

STOPWORDS = frozenset(
    """a about above after again against all also although always am among an and any are aren't around as at back be
    became because become been before behind being below between both but by came can can't cannot come could couldn't
    did didn't do does doesn't doing don't done down during each either else etc even ever every few first for from
    further get give given go goes going had hadn't has hasn't have haven't having he he's her here hers herself him
    himself his how however i i'm if in instead into is isn't it it's its itself just let like made make many may me
    might mine more most much must my myself need neither never no nor not now of off often on once one only onto or
    other others our ours ourselves out over own per put quite rather really said same say says see seem seems shall
    she should shouldn't since so some still such take taken tell than that that's the their theirs them themselves
    then there there's therefore these they this those though through thus to together too toward towards under until
    up upon us use used using very via was wasn't we well were weren't what what's when where whether which while who
    who's whom whose why will with within without won't would wouldn't yet you you're your yours yourself
    yourselves""".split()
)
"""Words that carry no topic of their own; they never decide whether a text is about a question."""


class Word(NamedTuple):
    """A word at ``[start, end)`` of its text; ``stem`` is its normal form: lower case, no accents, stemmed."""

    text: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the normal form of one word: lower case, accents and possessive removed, stemmed."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    plain = "".join(plain.replace("’", "'").split()) or word
    if plain[0].isdigit():
        return plain.replace(",", "")
    with _STEMMING:
        return str(_STEMMER.stemWord(plain.removesuffix("'s"))).replace("'", "")


def words(text: str) -> list[Word]:
    """Return the words of ``text`` in order; a number with its separators ("5,294", "1.5") is one word."""
    return list(_words(text))


@lru_cache(maxsize=1024)  # one claim and one source are read by a dozen comparators
def _words(text: str) -> tuple[Word, ...]:
    return tuple(Word(m.group(), stem(m.group()), m.start(), m.end()) for m in _WORD.finditer(text))


def content_words(text: str) -> list[Word]:
    """Return the words of ``text`` that are not stopwords."""
    return [word for word in words(text) if not is_stopword(word)]


def is_stopword(word: Word) -> bool:
    """Return whether ``word`` is in :data:`STOPWORDS`."""
    return word.text.lower().replace("’", "'") in STOPWORDS
