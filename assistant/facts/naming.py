"""Proper names of a text: where they stand, which of them the tables of short forms list. Nothing is compared here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.facts.matching import sentence_at
from assistant.facts.short_forms import is_acronym, is_honorific, known_form, plain, sort_of
from index import STOPWORDS

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’][^\W\d_]+)*")
_JOINED = re.compile(r"[ \u00a0]|-|\. |\n")  # what stands between two words of one name
_OPENING = re.compile(r"(?:^|[:;!?\n•]|[.!?][\"”’)]*\s)[\s\"“‘'(\[*_#>–—-]*$")
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter""".split()
)
_NO_NAME = frozenset("i ii iii iv vi vii viii ix am pm ad bc ce bce ok tv id note title source".split())
_TITLE_CASE = 0.6
"""Share of the long words of a sentence that begin with a capital, from which on a capital tells nothing: a title."""

_SHORTEST_TITLE = 6  # long words; a short sentence may be names for the most part


@dataclass(frozen=True)
class Token:
    """A word at ``[start, end)``; "U.K." is one."""

    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The word in the form in which names are compared."""
        return plain(self.text)


@dataclass(frozen=True)
class Name:
    """A name, or a part of one that can be wrong by itself ("Bank" and "England"), at ``[start, end)``.

    ``identity`` is set for what the tables list. ``words`` are in plain form, without titles. ``sure`` is False where
    the capital may have another reason: the first word of a sentence, a headline.
    """

    start: int
    end: int
    words: tuple[str, ...]
    identity: str = ""
    acronym: bool = False
    sure: bool = True

    @property
    def sort(self) -> str:
        """What is named: "place", "body", "office", or "" where that is not known."""
        return sort_of(self.identity)


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of ``text`` in order."""
    return tuple(Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text))


@lru_cache(maxsize=512)
def find_names(text: str) -> tuple[Name, ...]:
    """Return the names of ``text`` in order, listed offices in small letters ("the prime minister") among them."""
    listed = tokens(text)
    found: list[Name] = []
    run: list[Token] = []
    position = 0
    while position < len(listed):
        known = known_form([token.text for token in listed[position : position + 5]])
        taken = listed[position : position + (known[0] if known else 1)]
        if known and _is_together(text, taken) and not _is_no_form(listed, position, known):
            found += _named(text, run)
            run = []
            acronym = len(taken) == 1 and is_acronym(taken[0].text)
            keys = tuple(token.key for token in taken)
            found.append(Name(taken[0].start, _end(taken[-1]), keys, known[1], acronym))
            position += len(taken)
            continue
        token = listed[position]
        if run and not (_is_capital(token) and _JOINED.fullmatch(text[run[-1].end : token.start])):
            found += _named(text, run)
            run = []
        if _is_capital(token):
            run.append(token)
        position += 1
    return tuple(found + _named(text, run))


def _is_together(text: str, taken: Sequence[Token]) -> bool:
    return all(_JOINED.fullmatch(text[one.end : other.start]) for one, other in pairwise(taken))


def _is_no_form(listed: Sequence[Token], position: int, known: tuple[int, str]) -> bool:
    """Whether a place is a part of a person's name ("Michael Jordan"), or a "chair" a thing to sit on."""
    token = listed[position]
    if sort_of(known[1]) == "office":
        return known[0] == 1 and not token.text[0].isupper()
    before = listed[position - 1] if position else None
    return (
        known[0] == 1
        and token.key in ("jordan", "chad", "israel", "dane", "pole", "scot")
        and before is not None
        and _is_capital(before)
        and before.end + 1 == token.start
    )


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and len(token.text) > 1


def _end(token: Token) -> int:
    """Where the name ends in a word: before a possessive ending."""
    return token.end - 2 if re.search(r"['’]s$", token.text) else token.end


def _named(text: str, run: Sequence[Token]) -> list[Name]:
    """The names that a run of capitalised words is; a title ("Yesterday Sir Keir") ends one and begins another."""
    titles = [position for position, token in enumerate(run) if is_honorific(token.text)]
    cuts = [0, *titles, len(run)]
    found = [_name(text, run[start:end]) for start, end in pairwise(cuts)]
    return [name for name in found if name]


def _name(text: str, run: Sequence[Token]) -> Name | None:
    """The name of a run, titles and opening words dropped; None for a date."""
    opens = bool(run) and _opens_sentence(text, run[0].start)
    kept = list(run)
    while kept and (kept[0].text.lower() in STOPWORDS or is_honorific(kept[0].text)):
        opens = opens and is_honorific(kept[0].text) and not kept[0].text.isupper()
        kept = kept[1:]
    if len(kept) == 1 and kept[0].key in _CALENDAR | _NO_NAME | STOPWORDS:
        return None
    kept = [token for token in kept if token.key not in _CALENDAR - {"may"}]
    if not kept:
        return None
    acronym = len(kept) == 1 and is_acronym(kept[0].text)
    sure = acronym or not ((opens and len(kept) == 1) or _is_headline(text, kept[0].start))
    return Name(kept[0].start, _end(kept[-1]), tuple(token.key for token in kept), "", acronym, sure)


def _opens_sentence(text: str, start: int) -> bool:
    return _OPENING.search(text[max(0, start - 12) : start]) is not None


def _is_headline(text: str, offset: int) -> bool:
    first, last = sentence_at(text, offset)
    return _headline(text[first:last])


@lru_cache(maxsize=512)
def _headline(sentence: str) -> bool:
    long = [word for word in re.findall(r"[^\W\d_]+", sentence) if len(word) > 3]
    return len(long) >= _SHORTEST_TITLE and sum(word[0].isupper() for word in long) >= _TITLE_CASE * len(long)
