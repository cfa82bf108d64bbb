"""Who did what to whom, compared: two names or phrases that change places around the same words.

Two ways see it. Words: the claim is the source's sentence with two stretches exchanged, whatever they are. Names: the
same two names stand around the same verb or prepositions the other way round, passives with "by" turned back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from assistant.facts.difference import Difference
from assistant.facts.matching import sentence_at
from assistant.facts.naming import Name, Token, find_names, tokens
from index import STOPWORDS, Span, stem

LONGEST_PART = 6
"""Words of a name or phrase that may be exchanged."""

LONGEST_GAP = 12
"""Words between two names that tell what the one has to do with the other."""

SAME_DEED = 0.75
"""Least share of their telling words that two gaps have in common to tell the same deed; by judgement."""

_ARTICLES = frozenset(("the", "a", "an"))
_DIRECTIONS = frozenset(
    """from to into onto by for before after over under above below against than of on behind without in at towards
    toward through via until within near outside inside which who whom whose because if when while""".split()
)
_BE = frozenset("is are was were be been being became become remains".split())
_EMPTY = STOPWORDS - set("give take tell say said see make made come get let put use used using show go".split())
_LISTED = 3  # words without a capital, from which on what stands between two phrases is more than a list
_MONTHS = frozenset(
    stem(month)
    for month in "january february march april may june july august september october november december".split()
)
_PAUSE = re.compile(r"[,;:()–—]")
_LIGHT = frozenset("has have had having will would did do does also both today first".split())
_SYMMETRIC = frozenset(
    stem(word)
    for word in """meet met agree agreed cooperate collaborate talk discuss negotiate marry married partner join
    joined joint divorce versus border resemble equal differ together between and or with work worked sign signed
    agreement deal treaty""".split()
)
_IRREGULAR = {
    form: base
    for base, *forms in (
        line.split()
        for line in """beat beaten;give gave given;take took taken;tell told;send sent;lead led;win won;buy bought
        ;sell sold;pay paid;see saw seen;find found;hold held;make made;write wrote written;know knew known
        ;choose chose chosen;bring brought;teach taught;leave left;lose lost;build built;lend lent;fight fought;say said
        ;show showed shown;drive drove driven;sue sued;catch caught;keep kept;draw drew drawn;speak spoke spoken
        """.split(";")
    )
    for form in (base, *forms)
}


@dataclass(frozen=True)
class _Deed:
    """Two names of a sentence and what stands between them; ``agent`` comes first, also where the text is passive.

    ``directions`` are the prepositions, each with whether it opens the gap: "Eminem from the album X" and "X, an album
    from Eminem" say the same.
    """

    agent: str
    patient: str
    words: frozenset[str]
    directions: tuple[tuple[str, bool], ...]
    start: int
    end: int


def compare(claim: str, source: str) -> list[Difference]:
    """Return the stretches of ``claim`` in which two names or phrases have each other's place in ``source``.

    Verbs that work both ways ("met", "agreed with") and lists ("A and B") are no difference, nor is what the source
    says both ways.
    """
    found: list[tuple[Span, Span]] = []
    for ours in _sentences(claim):
        for theirs in _sentences(source):
            found += _exchanged(claim, ours, theirs)
    return [_difference(claim, source, *pair) for pair in _widest(found or _reversed(claim, source))]


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[tuple[Token, ...], ...]:
    """The words of each sentence, articles left out."""
    listed: dict[int, list[Token]] = {}
    for token in tokens(text):
        if token.key not in _ARTICLES:
            listed.setdefault(sentence_at(text, token.start)[0], []).append(token)
    return tuple(tuple(sentence) for sentence in listed.values())


def _exchanged(claim: str, ours: Sequence[Token], theirs: Sequence[Token]) -> Iterator[tuple[Span, Span]]:
    """The stretches that read X M Y in the claim and Y M X in the source."""
    one, other = [_key(token) for token in ours], [_key(token) for token in theirs]
    for left, right, length in _common(one, other):
        first = _shared(one[:left], other[right + length :])
        last = _shared(other[:right], one[left + length :])
        if not first or not last:
            continue
        here, there = (left - first, left + length + last), (right - last, right + length + first)
        if not _is_told(one[here[0] : left], one[left + length : here[1]]) or _holds(other, one[here[0] : here[1]]):
            continue
        alike = one[: here[0]] == other[: there[0]] and one[here[1] :] == other[there[1] :]
        middle = ours[left : left + length]
        directed = _is_directed(claim, middle, ours[left - 1], ours[left + length], alike=alike)
        if directed and _has_frame(one, here, other, there):
            yield _span(ours, here), _span(theirs, there)


def _key(token: Token) -> str:
    return _IRREGULAR.get(token.key) or stem(token.key)


def _common(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The longest runs of words that two sentences share, wherever: where they begin in each, and their length."""
    places: dict[str, list[int]] = {}
    for position, word in enumerate(other):
        places.setdefault(word, []).append(position)
    for left, word in enumerate(one):
        for right in places.get(word, ()):
            if left and right and one[left - 1] == other[right - 1]:
                continue
            length = 1
            while one[left + length : left + length + 1] == other[right + length : right + length + 1] != []:
                length += 1
            yield left, right, length


def _shared(ending: Sequence[str], beginning: Sequence[str]) -> int:
    """The length of the longest run that the one ends with and the other begins with."""
    for length in range(min(LONGEST_PART, len(ending), len(beginning)), 0, -1):
        if ending[-length:] == beginning[:length]:
            return length
    return 0


def _holds(listed: Sequence[str], part: Sequence[str]) -> bool:
    """Whether a sentence has these words one after another: then it says both."""
    return any(listed[start : start + len(part)] == part for start in range(len(listed) - len(part) + 1))


def _is_told(first: Sequence[str], last: Sequence[str]) -> bool:
    """Whether both parts say something, and not the same."""
    telling = [[word for word in part if word not in STOPWORDS] for part in (first, last)]
    # "In Tokyo in August 2020" is "in August 2020 in Tokyo"; "from May to July" is not "from July to May".
    return all(telling) and set(first) != set(last) and sum(map(_is_date, telling)) != 1


def _is_date(listed: Sequence[str]) -> bool:
    dated = any(word in _MONTHS or (word.isdigit() and len(word) == len("2026")) for word in listed)
    return dated and all(word in _MONTHS or word.isdigit() for word in listed)


def _has_frame(one: Sequence[str], here: tuple[int, int], other: Sequence[str], there: tuple[int, int]) -> bool:
    """Whether the words around the exchanged stretch are the same on one side at least, or it is a whole sentence."""
    before = one[max(0, here[0] - 1) : here[0]] == other[max(0, there[0] - 1) : there[0]]
    after = one[here[1] : here[1] + 1] == other[there[1] : there[1] + 1]
    return before or after


def _is_directed(claim: str, middle: Sequence[Token], before: Token, after: Token, *, alike: bool) -> bool:
    """Whether the exchange changes what is said: no list, no "is", no verb that works both ways.

    In a sentence that is ``alike`` but for the exchange, a name between the two is enough.
    """
    if _is_listed(claim, middle, before, after):
        return False
    lowered = [token for token in middle if token.text[0].islower()]
    telling = {_key(token) for token in lowered if token.key not in _EMPTY | _BE | _LIGHT}
    if telling:
        return not telling <= _SYMMETRIC
    return any(token.key in _DIRECTIONS for token in lowered) or (alike and len(lowered) < len(middle))


def _is_listed(claim: str, middle: Sequence[Token], before: Token, after: Token) -> bool:
    """Whether the two parts are items of one list: a comma, "and" or "or" beside both, and little between."""
    if sum(token.text[0].islower() for token in middle) > _LISTED:
        return False
    joints = (claim[before.end : middle[0].end], claim[middle[-1].start : after.start])
    return all(re.search(r"[,;]|\b(?:and|or)\b", joint) for joint in joints)


def _span(listed: Sequence[Token], part: tuple[int, int]) -> Span:
    return Span(start=listed[part[0]].start, end=listed[part[1] - 1].end)


def _reversed(claim: str, source: str) -> list[tuple[Span, Span]]:
    """What the claim says of two names and the source says of them the other way round only."""
    theirs = _deeds(source)
    found = []
    for deed in _deeds(claim):
        if any(_is_same(deed, other, turned=False) for other in theirs):
            continue
        found += [
            (Span(start=deed.start, end=deed.end), Span(start=other.start, end=other.end))
            for other in theirs
            if _is_same(deed, other, turned=True)
        ][:1]
    return found


def _is_same(deed: _Deed, other: _Deed, *, turned: bool) -> bool:
    pair = (other.patient, other.agent) if turned else (other.agent, other.patient)
    if (deed.agent, deed.patient) != pair:
        return False
    shared = len(deed.words & other.words)
    return shared >= SAME_DEED * max(len(deed.words), len(other.words)) and deed.directions == other.directions


@lru_cache(maxsize=256)
def _deeds(text: str) -> tuple[_Deed, ...]:
    """What is told of each two names of a sentence."""
    names = [name for name in find_names(text) if name.sure or name.identity]
    found = []
    for one, other in combinations(names, 2):
        if other.start < sentence_at(text, one.start)[1] and (deed := _deed(text, one, other)):
            found.append(deed)
    return tuple(found)


def _deed(text: str, one: Name, other: Name) -> _Deed | None:
    gap = [token for token in tokens(text) if one.end <= token.start and token.end <= other.start]
    gap = [token for token in gap if token.key not in _ARTICLES | _LIGHT]
    telling = frozenset(_key(token) for token in gap if token.key not in _EMPTY | _BE)
    if not telling or len(gap) > LONGEST_GAP or telling <= _SYMMETRIC or _PAUSE.search(text[one.end : other.start]):
        return None
    passive = any(token.key in _BE for token in gap) and gap[-1].key == "by"
    kept = gap[:-1] if passive else gap
    directions = tuple((token.key, token is kept[0]) for token in kept if token.key in _DIRECTIONS)
    agent, patient = (other, one) if passive else (one, other)
    return _Deed(_who(agent), _who(patient), telling, directions, one.start, other.end)


def _who(name: Name) -> str:
    return name.identity or name.words[-1]


def _widest(found: Sequence[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """The stretches that no longer one holds, in order."""
    kept: list[tuple[Span, Span]] = []
    for span, other in sorted(found, key=lambda pair: (pair[0].start, -pair[0].end)):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, other))
    return kept


def _difference(claim: str, source: str, claim_span: Span, source_span: Span) -> Difference:
    return Difference(
        kind="role",
        severity="contradicts",
        claim_value=claim_span.of(claim),
        claim_span=claim_span,
        source_value=source_span.of(source),
        source_span=source_span,
    )
