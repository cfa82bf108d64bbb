"""Negation, compared: what one text denies and the other says in the same place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.facts.antonyms import opposites_of
from assistant.facts.difference import Difference
from assistant.facts.matching import neighbours, overlap, sentence_at
from assistant.facts.swapping import between, content
from index import Span, Word, words

SCOPE = 3
"""Content words that a negation reaches: "did not formally announce the plan" denies the announcing."""

SAME_PLACE = 0.7
"""Least share of neighbours in common for two texts to speak of the same thing; denial is claimed less lightly than
another value is. Of the supported rows among 2,000 of VitaminC and 1,198 of AttributionBench, 1.1% and 3.2% were called
denied at .5, 0.2% and 1.2% at .7."""

SAME_MATTER = 0.6
"""Least share of a denied word's neighbours that the source has, for a denial without any counterpart to be new."""

ALIKE = 2
"""Words on each side of a negation that show, where the other text has them too, that it was put in or taken out."""

NEARBY = 60
"""Characters within which a denial counts as standing around a word."""

_CUE = re.compile(
    r"\b(?:not|never|neither|nor|none|nobody|nothing|cannot|without|no|\w+n['’]t"
    r"|den(?:y|ies|ied|ying)|(?:fail(?:s|ed)?|refus(?:es?|ed)|declin(?:es?|ed)|unable) to)\b",
    re.IGNORECASE,
)
_IN_OTHER_WORDS = re.compile(
    r"\b(?:non-\w+|un(?:less|\w{4,})|in(?:visibl|complet|capab|suffic)\w+|im(?:possibl|perfect)\w*|\w{3,}less|first|differ\w*"
    r"|clos(?:ed|es|ure)|nor|missing|hidden|refus\w*|avoid\w*|lack\w*|ban(?:s|ned|ning)?|stop\w*|end(?:s|ed|ing)?|prevent\w*|except\w*|absence"
    r"|absent|yet to|hardly|barely|rarely|instead|rather than|only|last|too|remov\w+|exclud\w+|free of|less)\b",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\b(?:no longer|not|never|no)\b|n['’]t\b|(?<=can)not\b", re.IGNORECASE)
_SHORTENED = {"ca": "can", "wo": "will", "sha": "shall"}
_VERB = re.compile(r"den|fail|refus|declin|unable", re.IGNORECASE)  # what they deny may stand before them
_NO_CUE = re.compile(
    r"(?:not (?:only|just|least|merely|simply|to mention|(?:more|less|fewer) than)"
    r"|no(?:\.? ?\d|\.|t? doubt| matter| wonder|thing (?:but|less)| (?:more|less|fewer|later|earlier) than))",
    re.IGNORECASE,
)
_OR_NOT = re.compile(r"\b(?:or|if|why) not$", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:if|whether|unless|in case|ensure|make sure|verify|check|confirm)\b[^.;:!?\n]*\Z", re.IGNORECASE
)
_BORDER = re.compile(r"[.;:!?()–—,]|\n\s*\n|\b(?:but|although|while|because|which|who|until|unless)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Denial:
    """A negating word at ``[start, end)`` and the content words that it reaches."""

    start: int
    end: int
    scope: tuple[Word, ...]


def compare(claim: str, source: str) -> list[Difference]:
    """Return what ``claim`` denies and ``source`` does not, and what ``source`` denies and ``claim`` says."""
    found = []
    denied = frozenset(word.stem for denial in _denials(source) for word in _sentence(source, denial.start))
    for denial in _denials(claim):
        pair = _said(claim, denial, source)
        if pair:
            found.append(_difference(claim, pair[0], source, pair[1]))
        elif _is_new(claim, denial, denied, source):
            span = Span(start=denial.start, end=denial.scope[0].end)
            found.append(Difference(kind="negation", severity="missing", claim_value=span.of(claim), claim_span=span))
    for denial in _denials(source):
        pair = _said(source, denial, claim)
        if pair:
            found.append(_difference(claim, pair[1], source, pair[0]))
    return found or _edited(claim, source)


def _is_new(claim: str, denial: _Denial, denied: frozenset[str], source: str) -> bool:
    """Whether the source speaks of the matter and denies nothing of the kind; "fell" is "did not rise"."""
    if _VERB.match(claim, denial.start) or _IN_OTHER_WORDS.search(source) or _is_supposed(claim, denial.scope[0]):
        return False
    if re.search(rf"\b{re.escape(claim[denial.start : denial.end])}\b", source, re.IGNORECASE):
        return False
    if not denied.isdisjoint(word.stem for word in denial.scope):
        return False
    stated = frozenset(word.stem for word in words(source))
    opposed = frozenset[str]().union(*(opposites_of(word.stem) for word in denial.scope))
    around = neighbours(claim, denial.scope[0])
    return opposed.isdisjoint(stated) and len(around & stated) >= SAME_MATTER * len(around)


def _edited(claim: str, source: str) -> list[Difference]:
    """A negating word that one text has and the other lacks among the very same words."""
    added = [_difference(claim, ours, source, theirs) for ours, theirs in _left_out(claim, source)]
    return added + [_difference(claim, ours, source, theirs) for theirs, ours in _left_out(source, claim)]


def _left_out(text: str, other: str) -> list[tuple[Span, Span]]:
    """The negations of ``text`` that ``other`` goes without between the same words, each with those words."""
    listed, cues = _bare(text)
    compared, theirs = _bare(other)
    found = []
    for at, cue in cues.items():
        low = max(0, at - ALIKE)
        around = [word for word, _ in listed[low : at + ALIKE]]
        places = _places(around, compared)
        also_said = any(i + at - low not in cues for i in _places(around, listed))
        if len(around) > ALIKE and places and not also_said and not any(i + at - low in theirs for i in places):
            span = Span(start=cue.start, end=max(cue.end, listed[min(at, len(listed) - 1)][1].end))
            there = compared[places[0] : places[0] + len(around)]
            found.append((span, Span(start=there[0][1].start, end=there[-1][1].end)))
    return found


def _places(around: Sequence[str], listed: Sequence[tuple[str, Word]]) -> list[int]:
    """The positions in ``listed`` from which on the words follow one another."""
    told = " ".join(["", *(word for word, _ in listed), ""])
    wanted = re.escape(" ".join(["", *around, ""]))
    return [told.count(" ", 0, match.start()) for match in re.finditer(f"(?={wanted})", told)]


@lru_cache(maxsize=256)
def _bare(text: str) -> tuple[list[tuple[str, Word]], dict[int, Span]]:
    """The words of a text without its negations, and before which of them these stand."""
    cues = [match for match in _EDITED.finditer(text) if not _NO_CUE.match(text, match.start())]
    rest = text
    for cue in cues:
        rest = rest[: cue.start()] + " " * len(cue.group()) + rest[cue.end() :]
    listed = [(_SHORTENED.get(word.text.lower(), word.text.lower()), word) for word in words(rest)]
    return listed, {
        sum(word.start < cue.start() for _, word in listed): Span(start=cue.start(), end=cue.end()) for cue in cues
    }


def denies(text: str, offset: int) -> bool:
    """Return whether a negation of ``text`` reaches the word at ``offset`` (two cancel out)."""
    return sum(any(word.start == offset for word in denial.scope) for denial in _denials(text)) % 2 == 1


@lru_cache(maxsize=256)
def _denials(text: str) -> tuple[_Denial, ...]:
    found = []
    listed = content(text)
    for match in _CUE.finditer(text):
        if _NO_CUE.match(text, match.start()) or _OR_NOT.search(text[: match.end()]):
            continue
        border = _BORDER.search(text, match.end())
        end = border.start() if border else len(text)
        scope = between(listed, match.end(), end)[:SCOPE]
        if scope:
            found.append(_Denial(match.start(), match.end(), tuple(scope)))
    return tuple(found)


def _said(text: str, denial: _Denial, other: str) -> tuple[Span, Span] | None:
    """What ``text`` denies and ``other`` says in the same place; None where it denies something there too."""
    listed = content(other)
    stems = {word.stem for word in listed}
    head = next((word for word in denial.scope if word.stem in stems), None)
    if head is None or _is_twice_denied(text, head):
        return None
    here = neighbours(text, head) - {word.stem for word in content(text[denial.start : denial.end])}
    there = [word for word in listed if word.stem == head.stem and overlap(here, neighbours(other, word)) >= SAME_PLACE]
    if not there or any(_nearby(other, word) or _is_put_otherwise(text, head, other, word) for word in there):
        return None
    if _is_supposed(text, head) != _is_supposed(other, there[0]) or _is_also_said(text, head, here, other, there[0]):
        return None
    return Span(start=denial.start, end=head.end), Span(start=there[0].start, end=there[0].end)


def _is_supposed(text: str, word: Word) -> bool:
    """Whether a word stands in a question or under a condition: what is denied there is not denied."""
    first, last = sentence_at(text, word.start)
    return text[first:last].rstrip().endswith("?") or _CONDITION.search(text, first, word.start) is not None


def _is_also_said(text: str, head: Word, here: frozenset[str], other: str, word: Word) -> bool:
    """Whether the denying text says elsewhere, undenied, what the other text says, and nearer to its words."""
    there = neighbours(other, word)
    return any(
        overlap(neighbours(text, mention), there) >= overlap(here, there)
        for mention in content(text)
        if mention.stem == head.stem and mention.start != head.start and not _reaching(text, mention)
    )


def _nearby(text: str, word: Word) -> bool:
    """Whether a denial stands around a word in its sentence: a paraphrase may deny it with other words in between."""
    first, last = sentence_at(text, word.start)
    return any(abs(denial.start - word.start) <= NEARBY for denial in _denials(text) if first <= denial.start < last)


def _is_put_otherwise(text: str, head: Word, other: str, word: Word) -> bool:
    """Whether the other sentence has a word of its own that may stand for the denial ("nameless", "is to end")."""
    own, theirs = (
        {match.group().lower() for match in _IN_OTHER_WORDS.finditer(one, *sentence_at(one, where.start))}
        for one, where in ((text, head), (other, word))
    )
    return not theirs <= own


def _sentence(text: str, offset: int) -> Sequence[Word]:
    return between(content(text), *sentence_at(text, offset))


def _is_twice_denied(text: str, word: Word) -> bool:
    """Whether two negations cancel out ("did not deny")."""
    return len(_reaching(text, word)) % 2 == 0


def _reaching(text: str, word: Word) -> list[_Denial]:
    return [denial for denial in _denials(text) if any(reached.start == word.start for reached in denial.scope)]


def _difference(claim: str, claim_span: Span, source: str, source_span: Span) -> Difference:
    return Difference(
        kind="negation",
        severity="contradicts",
        claim_value=claim_span.of(claim),
        claim_span=claim_span,
        source_value=source_span.of(source),
        source_span=source_span,
    )
