"""Certainty, compared: what has happened, will, may, must, or is only discussed.

    find what carries a certainty ("will" -> "expand") -> the same word in the same place of the source -> compare both

"Has expanded to Malta" is not borne out by "will further progress discussions with Malta".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.facts import lists
from assistant.facts.difference import Difference
from assistant.facts.matching import lowered, sentence_at
from assistant.facts.swapping import content, difference, find_terms, place_of, swapped, table
from index import Word, stem

Sort = Literal[
    "done",
    "past",
    "plain",
    "will",
    "would",
    "expected",
    "likely",
    "may",
    "could",
    "can",
    "must",
    "should",
    "discussed",
    "wished",
]

SAME_PLACE = 0.5
"""Least share of neighbours in common for two mentions of a word to stand in the same place, by judgement."""

REACH = 3
"""Content words of which a wish or a talk may be the certainty: "considering a new bridge"; by judgement."""

FOLLOWING = 60
"""Characters from a deed ("expanded") to the name that it reaches, by judgement."""

_BE = r"(?:am|is|are|was|were|be|been|being)(?: \w+ly| now| also| still| not)?"
_SORTS: list[tuple[Sort, str]] = [
    ("done", r"(?:has|have|had) (?:begun|started) to|(?:began|started) to"),
    ("expected", rf"{_BE} (?:expected|due|scheduled|predicted|forecast|projected|anticipated) to"),
    ("expected", r"expects? to"),
    ("likely", rf"(?:{_BE} )?(?:likely|thought|believed) to|probably|potentially"),
    ("must", rf"{_BE} (?:required|obliged|obligated|compelled) to|(?:has|have|had) to|must|needs? to|shall"),
    ("can", rf"{_BE} (?:allowed|permitted|able|free|entitled) to|can|may(?= be able to)"),
    ("should", r"should|ought(?: not)? to"),
    ("may", r"may(?! \d)|might|perhaps|possibly"),
    ("could", r"could"),
    ("wished", r"(?:wants?|wanted|hop(?:es?|ed|ing)|wish(?:es|ed)?|would like|seeks?|sought|seeking) to|calls? for"),
    ("wished", r"call(?:ed|ing) for|demand(?:s|ed|ing)?"),
    ("discussed", r"discuss(?:es|ed|ing|ions?)?(?: (?:with|on|about|over|of))?|(?:in )?talks? (?:on|over|about|with)"),
    ("discussed", r"consider(?:s|ing)|considered (?=\w+ing\b|whether\b)|explor(?:e|es|ed|ing)"),
    ("discussed", r"negotiat(?:e|es|ed|ing|ions?)(?: (?:with|on|over))?"),
    ("discussed", r"propos(?:e|es|ed|ing|als?)(?: to| for)?|whether to|mull(?:s|ed|ing)"),
    ("will", rf"will|\w+['’]ll|won['’]t|{_BE} (?:set|going|about|planning|preparing|poised) to|(?:is|are) to"),
    ("will", r"(?:plans?|planned|planning|intends?|intended|promised?|pledged?|vow(?:s|ed)?) to"),
    ("would", r"would|(?:was|were) to"),
]
_CUE = re.compile(r"\b(?:" + "|".join(rf"(?P<s{i}>(?:{words})\b)" for i, (_, words) in enumerate(_SORTS)) + ")")
_BORDER = re.compile(
    r"[.;:!?()–—]|\n|\b(?:but|although|while|because|which|who|until|unless|if|when|where)\b", re.IGNORECASE
)
_HAVE = re.compile(r"\b(?:has|have|had|having|was|were)(?:n['’]t)?(?: \w+ly| already| now| since| also| been| not)* $")
_ARTICLE = re.compile(r"\b(?:a|an|the|its|their|his|her|our|of|in|on|at|for|to|with|by|from|as|no)\b", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:may|might|could|can|would|likely|possibl\w+|potential\w*|perhaps|probabl\w+|if|often|sometimes|some|seek\w*|aim\w*)\b"
)
_AUXILIARY = 60  # characters before a word in which its "have" stands
_UNFOLLOWED = 3  # letters of the shortest word that is compared
_WEAK: frozenset[Sort] = frozenset(("may", "could", "discussed", "wished", "expected", "likely"))
_DIFFERS: dict[Sort, str] = {
    "done": "will expected likely may discussed wished should",
    "past": "will expected likely may discussed wished should",
    "plain": "may",
    "will": "done expected likely may could can should discussed wished",
    "would": "may discussed must",
    "expected": "done will may could discussed wished",
    "likely": "done discussed wished",
    "may": "done will would must should expected",
    "could": "will must",
    "can": "must",
    "must": "may can could should discussed wished",
    "should": "must may could",
    "discussed": "done will",
    "wished": "done will",
}
"""What the source may not say instead, by what the claim says; pairs that honest paraphrases show are left out."""

_IRREGULAR = {
    past: stem(base)
    for past, base in (
        pair.split(":")
        for pair in """
        built:build sent:send met:meet led:lead won:win sold:sell bought:buy held:hold kept:keep left:leave
        lost:lose paid:pay brought:bring chose:choose chosen:choose drew:draw drawn:draw drove:drive
        driven:drive fought:fight found:find grew:grow grown:grow rose:rise risen:rise fell:fall
        fallen:fall spent:spend spoke:speak spoken:speak stood:stand taught:teach wrote:write
        written:write began:begin begun:begin broke:break broken:break withdrew:withdraw
        withdrawn:withdraw struck:strike shut:shut hit:hit cut:cut sought:seek rebuilt:rebuild
        became:become flew:fly flown:fly lent:lend shot:shoot stole:steal stolen:steal threw:throw
        thrown:throw wore:wear worn:wear overcame:overcome undertook:undertake undertaken:undertake
        """.split()
    )
}
"""The base's stem of past forms that the stemmer leaves alone."""

_BROUGHT_ABOUT = """announce announcement agree agreed agreement sign approve approval decide decided adopt launch
confirm introduce implement establish create created develop publish complete order prove proven conclude"""
_TALKED_OF = """discuss discussion negotiate negotiations talk talks talked consider considering explore propose
proposal suggest draft offer recommend recommended examine debate hope hoped"""
_STATUS = table([f"{_BROUGHT_ABOUT} | {_TALKED_OF}", "complete finish finished | start started begin began"])
"""What has been brought about against what is only talked of, by judgement. Not "planned": plans are announced."""

_MODALS = table(["will shall | may might could can", "must | may might could can", "must shall will | should"])
_DEEDS = re.compile(
    r"\b(?:expan(?:d|ds|ded|ding|sion)|exten(?:d|ds|ded|ding|sion)|includ(?:e|es|ed|ing)|join(?:s|ed|ing)?|add(?:s|ed|ing)?"
    r"|sign(?:s|ed|ing)?|agree(?:d|s|ment)?|admit(?:s|ted)?|launch(?:es|ed)?|open(?:s|ed)?)\b",
    re.IGNORECASE,
)


class _Mention(NamedTuple):
    """A word and how certain its text makes it; ``[start, end)`` holds the cue, if any, and the word."""

    start: int
    end: int
    sort: Sort
    word: Word


def compare(claim: str, source: str) -> list[Difference]:
    """Return what ``claim`` tells with another certainty than ``source``. Differences are doubtful, never against."""
    found: dict[int, Difference] = {}
    for ours, theirs in [
        *_told_otherwise(claim, source),
        *_other_status(claim, source),
        *_only_discussed(claim, source),
    ]:
        if not any(d.claim_span.start < ours[1] and ours[0] < d.claim_span.end for d in found.values()):
            found[ours[0]] = difference("modality", "doubtful", claim, ours, source, theirs)
    return list(found.values())


_Pair = tuple[tuple[int, int], tuple[int, int]]


def _told_otherwise(claim: str, source: str) -> list[_Pair]:
    """The same word in the same place under another certainty."""
    cued = {_base(mention.word) for text in (claim, source) for mention in _cued(text)}
    found = []
    for word in content(claim):
        if _base(word) not in cued or len(word.text) < _UNFOLLOWED:
            continue
        ours = _mention(claim, word)
        rivals = _same_words(claim, word, source)
        if ours.sort == "plain" and _is_hedged(claim, word):
            continue
        told = {_mention(claim, other).sort for other in content(claim) if _base(other) == _base(word)}
        if (
            rivals
            and told.isdisjoint(rival.sort for rival in rivals)
            and all(rival.sort in _DIFFERS[ours.sort].split() for rival in rivals)
        ):
            found.append(((ours.start, ours.end), (rivals[0].start, rivals[0].end)))
    return found


def _same_words(claim: str, word: Word, source: str) -> list[_Mention]:
    """The mentions of the word in the source that stand in the same place."""
    here = place_of(claim, word.start, word.end)
    same = [other for other in content(source) if _base(other) == _base(word)]
    near = [other for other in same if here.nearness(place_of(source, other.start, other.end)) >= SAME_PLACE]
    return [_mention(source, other) for other in near]


def _base(word: Word) -> str:
    return _IRREGULAR.get(word.text.lower(), word.stem)


def _is_hedged(text: str, word: Word) -> bool:
    """Whether the sentence is unsure of itself anyway, or only names what is done ("to enter")."""
    first, last = sentence_at(text, word.start)
    return text[: word.start].endswith("to ") or _HEDGE.search(text, first, last) is not None


def _other_status(claim: str, source: str) -> list[_Pair]:
    """Words of status in each other's place: "announced" for "discussed", "will" for "may" before another verb."""
    pairs = [
        pair
        for known in (_STATUS, _MODALS)
        for pair in swapped(claim, source, find_terms(claim, known), find_terms(source, known))
    ]
    return [((ours.start, ours.end), (theirs.start, theirs.end)) for ours, theirs in pairs]


def _only_discussed(claim: str, source: str) -> list[_Pair]:
    """Names that the claim has taken in ("expanded to include Malta") and the source only talks with.

    A list of names that the source tells apart is reported as such, not here.
    """
    found = []
    listed = [d.claim_span for d in lists.compare(claim, source)]
    for talk in _cued(source):
        name = talk.word.text
        if talk.sort != "discussed" or not name[0].isupper() or source.count(name) > 1:
            continue
        at = claim.find(name)
        if any(span.start <= at < span.end for span in listed):
            continue
        first, _ = sentence_at(claim, max(at, 0))
        deeds = [m for m in _DEEDS.finditer(claim, first, max(at, 0)) if at - m.end() <= FOLLOWING]
        if deeds and not any(first <= cue.start < at and cue.sort in _WEAK for cue in _cued(claim)):
            found.append(((deeds[-1].start(), at + len(name)), (talk.start, talk.end)))
    return found


@lru_cache(maxsize=256)
def _cued(text: str) -> tuple[_Mention, ...]:
    """The words that a cue makes more or less certain."""
    listed = content(text)
    found = []
    for match in _CUE.finditer(lowered(text)):
        sort = _SORTS[int((match.lastgroup or "s0")[1:])][0]
        if text[match.start()].isupper():  # a month, a name, a title
            continue
        border = _BORDER.search(text, match.end())
        end = border.start() if border else len(text)
        reached = [w for w in listed if match.end() <= w.start < end and not w.text.lower().endswith("ly")]
        loose = sort in ("discussed", "wished")
        found += [
            _Mention(match.start(), word.end, sort, word)
            for word in reached[: REACH if loose else 1]
            if (_form(word) != "past" if loose else not _ARTICLE.search(text, match.end(), word.start))
        ]
    return tuple(found)


def _mention(text: str, word: Word) -> _Mention:
    """The word with the certainty that the nearest cue gives it, or that its form has."""
    cues = [mention for mention in _cued(text) if mention.word.start == word.start]
    if cues:
        return cues[-1]
    before = _HAVE.search(text, max(0, word.start - _AUXILIARY), word.start)
    if before:
        return _Mention(before.start(), word.end, "done", word)
    return _Mention(word.start, word.end, _form(word), word)


def _form(word: Word) -> Sort:
    """What a word's form tells: "repaired" may be a past tense, or no more than an adjective."""
    past = word.text.endswith("ed") or word.text in _IRREGULAR
    return "past" if past and word.text[0].islower() else "plain"
