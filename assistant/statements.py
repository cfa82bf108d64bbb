"""A sentence taken apart into the statements it makes: "Arrivals fell by 95% and returns doubled" makes two. Pure.

Each part is judged by itself, so that a verdict can say which half holds. By rule, without a parser: where it is not
clear that both sides say something, the sentence stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.phrases import PREPOSITIONS
from assistant.predicates import (
    finite_verbs,
    is_participle,
    is_verb_form,
    opens_predicate,
    opens_with_auxiliary,
    takes_infinitive,
)
from index import Span, content_words, words

_LEAST_WORDS = 2  # content words of a part; a figure on its own ("to 1,200") is the one exception
_LONGEST_SUBJECT = 10  # words before the verb of a coordinated clause; by judgement
_LONGEST_ITEM = 9  # words of one of several listed things; by judgement

_KEPT_WHOLE = re.compile(
    r"“[^”]*(?:”|\Z)|\A[^“]*”|\"[^\"]*(?:\"|\Z)|(?<!\w)‘[^’]*’(?!\w)|\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|`[^`]*`"
    r"|\b(?:between|both)\b[^,;]*?\band\b"
)
_MARKER = re.compile(r"\[\^?[\d,; –-]+\]|【[^】]*】")
_CONDITION = re.compile(r"\b(?:if|unless|whether|either|neither|nor)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:not|never|no|none|cannot|may|might|could|hardly|without)\b|n['’]t\b")
_OPENERS = r"that|who|whom|which|where|when|while|whereas|as|because|although|though|after|before|until|so"
_OPENER = re.compile(rf"\b(?:{_OPENERS}|said|says|claims|claimed|believes|stated)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:that|who|whom|which|where)\b", re.IGNORECASE)
_NUMBER = r"(?:about |around |nearly |almost |over |more than |fewer than |just |only )?[£$€]?\d[\d,.]*"
_YEAR = re.compile(r"(?:1[1-9]|20)\d\d\b(?![,.]\d)")
_CHANGED = re.compile(rf"\bby {_NUMBER}|\bby (?:a|one|two|three)\b|\b(?:doubled|trebled|tripled|quadrupled|halved)\b")
_INFINITIVE = re.compile(r"\bto [a-z]+ ")
_CAUSE = re.compile(r"(?:because|due to|thanks to|as a result of|owing to)\s")
_PURPOSE = (
    "help|discuss|tackle|combat|reduce|ensure|allow|intercept|detect|deter|protect|strengthen|support|curb|prevent|stop"
    "|identify|improve|fund|train|dismantle|boost|enable|promote|encourage|secure|address|counter|fight|cut"
)
_TAKES_TO = re.compile(
    r"\b(?:efforts?|plans?|deal|agreement|agree[ds]?|way|ability|able|right|decision|aims?|needs?|chance|powers?"
    r"|commitment|pledge[ds]?|promise[ds]?|expected|likely|want(?:s|ed)?|ready|due|set|intention|work(?:s|ing|ed)?"
    r"|designed|used|continue[ds]?|aiming|planning|trying|try|tries|tried|seek(?:s|ing)?|failed|measures|steps?|how|and"
    r"|or|order|as|going|have|has|had|is|are|was|were|be|been)$",
    re.IGNORECASE,
)
_NOUNS_IN_ING = frozenset(
    """training funding planning meeting building opening processing policing banking fishing shipping housing hearing
    ruling trafficking smuggling learning spending lending trading crossing holding increasing rising growing existing
    remaining according during regarding concerning notwithstanding pending working living sharing screening""".split()
)
_TIME = re.compile(r"after (?:\w+ )?(?:\w+ )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:Minister|President|Secretary|Chancellor|Mayor|leader|head|chief|director)\b")
_COUNTED = re.compile(
    r"(?:an?|two|three|four|five|six|seven|eight|nine|ten|several|many|\d[\d,.]*%?) [a-z]"
    r"(?!.*\brespectively\b)(?!\w* ago\b)"
)


class _Piece(NamedTuple):
    """A stretch of a sentence; ``plain`` is the whole sentence with what is never split inside made opaque."""

    plain: str
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.plain[self.start : self.end]

    def cut(self, start: int, end: int) -> tuple[_Piece, _Piece]:
        """The pieces before and after ``[start, end)`` of the sentence."""
        return _Piece(self.plain, self.start, start), _Piece(self.plain, end, self.end)


def statements(sentence: str) -> list[Span]:
    """Return the statements of ``sentence`` as spans of it, in order and disjoint; one span where it makes one.

    Together they hold all its words but those that join ("and", "but"). Markers stay in the part they stand in.
    Nothing is split inside quotation marks and brackets, nor a sentence that states a condition. A part has at least
    two content words, or a figure ("to 1,200"). A blank sentence has no statements.
    """
    return list(_statements(sentence))


@lru_cache(maxsize=1_024)
def _statements(sentence: str) -> tuple[Span, ...]:
    plain = _KEPT_WHOLE.sub(_opaque, sentence)
    spans = [_trimmed(sentence, piece) for piece in _split(_Piece(plain, 0, len(sentence)))]
    return tuple(span for span in spans if span.end > span.start)


def _opaque(match: re.Match[str]) -> str:
    """As many characters that neither join nor end anything; words stay words, for they are counted, markers do not."""
    if _MARKER.fullmatch(match.group()):
        return "_" * len(match.group())
    return re.sub(r"[^\w\s]|\b(?:and|but|or|to|by|from|with)\b", lambda found: "_" * len(found.group()), match.group())


def _split(piece: _Piece) -> Iterator[_Piece]:
    """The statements of a piece: the first rule that finds a joint cuts it, and both sides are looked at again."""
    joints = next(_joints(piece), [])
    if not joints:
        yield piece
        return
    for start, end in joints:
        side, piece = piece.cut(start, end)
        yield from _split(side)
    yield from _split(piece)


def _joints(piece: _Piece) -> Iterator[list[tuple[int, int]]]:
    """Where a piece may be cut at once, the surest first; ends count characters of the sentence."""
    conditional = _CONDITION.search(piece.text) is not None
    for pattern, holds in _RULES[:1] if conditional else _RULES:
        if holds is _two_things:
            yield from _listed(piece)
        for match in pattern.finditer(piece.plain, piece.start, piece.end):
            left, right = piece.cut(match.start(), match.end())
            if _says_something(left) and _says_something(right) and holds(left.text, right.text, match.group()):
                yield [match.span()]


def _says_something(piece: _Piece) -> bool:
    found = content_words(piece.text)
    return len(found) >= _LEAST_WORDS or re.match(rf"\s*(?:to|from) {_NUMBER}", piece.text) is not None


def _fronted(left: str, right: str, _: str) -> bool:
    """A subordinate clause in front: "After the visit to Tirana, the two sides signed"."""
    opener = re.match(r"\s*(After|Following|Because|While|Although|Though|By (?P<how>\w+))\b", left)
    if opener is None or "," in left or _TIME.match(left.strip()):
        return False
    return _own_clause(right) and (opener["how"] is None or opener["how"].endswith("ing"))


def _coordinated(left: str, right: str, joint: str) -> bool:
    """A second clause with its own verb: with its own subject, or with that of the first."""
    last = [*_OPENER.finditer(left)]
    clause = left[last[-1].end() :] if last and last[-1].start() > 0 else left
    if not finite_verbs(clause):
        return False
    names = left[-1:].isalpha() and words(left)[-1].text[0].isupper() and right[:1].isupper()
    if names and _RELATIVE.search(left):
        return False
    return _own_clause(right) or _shared_subject(left, right, joint)


def _own_clause(right: str) -> bool:
    """Whether a stretch begins with a subject and its verb."""
    chunk = re.split(r"[,;]", right, maxsplit=1)[0]
    verbs = finite_verbs(chunk)
    if not verbs:
        return False
    subject = chunk[: verbs[0].start]
    first = words(subject)[:1]
    return (
        bool(first)
        and len(words(subject)) <= _LONGEST_SUBJECT
        and not _OPENER.search(subject)
        and not first[0].text.lower().endswith("ing")
    )


def _shared_subject(left: str, right: str, joint: str) -> bool:
    """Whether a second verb goes on with the subject of the first: "met Rama and visited the port".

    Not where the two verbs share their object, or where "not" or "may" before the first governs both.
    """
    first, verbs = words(right)[:1], finite_verbs(left)
    if not first or not verbs or verbs[-1].end >= len(left.rstrip(" _")) or is_verb_form(words(left)[-1].text):
        return False
    if "also" in joint and is_verb_form(first[0].text):
        return True
    if opens_with_auxiliary(right) or _NEGATED.search(left):
        return opens_with_auxiliary(right)
    modal = verbs[-1].text in ("will", "must", "shall") and not _INFINITIVE.search(left, verbs[-1].end)
    return opens_predicate(right) or (modal and takes_infinitive(right))


def _relative(left: str, right: str, _: str) -> bool:
    """A relative clause that closes the sentence; within a sentence it would tear the main clause apart."""
    torn = (closes := re.search(r",\s+(\w+)", right)) is not None and is_verb_form(closes[1])
    return bool(finite_verbs(left) and finite_verbs(right)) and not torn


def _participle(left: str, right: str, _: str) -> bool:
    """A tail without a subject of its own: ", aiming to ...", ", driven by ..."."""
    first = words(right)[0].text.lower()
    if not finite_verbs(left) or first in _NOUNS_IN_ING:
        return False
    passive = re.match(r"\w+(?:ed|en) (?:by|to|with|in)\b", right) is not None
    return first == "including" or is_participle(first) or passive


def _reason(left: str, right: str, _: str) -> bool:
    """Why or after what: "because ...", "after the deal was signed"; not "is due to begin", not "after two years"."""
    if _CAUSE.match(right) and not finite_verbs(f"{left} {right}"):
        return True  # a line without a verb: "a fall in arrivals due to patrols"
    if not finite_verbs(left) or re.search(r"\b(?:is|are|was|were|be|been|look(?:s|ed)?|named|the|a|an)$", left):
        return False
    if not re.match(r"(?:after|following)\b", right):
        return True
    return not _TIME.match(right) or bool(finite_verbs(right))


def _purpose(left: str, right: str, joint: str) -> bool:
    """What for: "donated machines to help the police"; not what a verb or noun takes itself ("plans to help")."""
    explicit = re.match(r"in order|so (?:as|that)", right) is not None
    verbs = finite_verbs(left)
    if not verbs or (finite_verbs(right) and not _OPENER.search(right)):
        return False
    return explicit or "," in joint or not (_TAKES_TO.search(left) or verbs[-1].end >= len(left.rstrip(" _")))


def _figure(left: str, right: str, _: str) -> bool:
    """The figure that a change leads to or from: "fell by 95%, to 1,200"."""
    number = re.search(r"\d", right)
    return _CHANGED.search(left) is not None and number is not None and not _YEAR.match(right, number.start())


def _with(left: str, right: str, _: str) -> bool:
    """What goes along: ", with 5,294 people returned in 2024"."""
    return bool(finite_verbs(left)) and re.search(r"\d", right) is not None


def _two_things(left: str, right: str, _: str) -> bool:
    """A second object with a count or an article: "two machines and a programme for the young"."""
    verbs = finite_verbs(left)
    if not verbs or finite_verbs(right) or not _COUNTED.match(right):
        return False
    thing = left[verbs[-1].end :]
    counted = re.search(r"\b(?:an?|two|three|\d[\d,.]*%?) ", thing) is not None
    return counted and "," not in thing and len(content_words(thing)) >= _LEAST_WORDS


_RULES: list[tuple[re.Pattern[str], Callable[[str, str, str], bool]]] = [
    (re.compile(r"\s*;\s*(?:(?:and|but|while)\s+)?"), lambda *_: True),
    (re.compile(r",\s+(?=\w)"), _fronted),
    (re.compile(r",\s+(?:(?:thus|thereby|and)\s+)?(?=\w+(?:ing|ed|en)\b)"), _participle),
    (re.compile(r",?\s+(?:and|but|yet|while|whereas|although|though)\s+(?:also\s+|then\s+)?"), _coordinated),
    (re.compile(r",\s+(?=(?:(?:\w+\s+){0,2}of\s+)?(?:which|who|whose|whom|where)\b)"), _relative),
    (re.compile(rf",?\s+(?=(?:{_CAUSE.pattern}|(?:after|following)\s))"), _reason),
    (re.compile(rf",?\s+(?=in order to\s|so as to\s|so that\s|to (?:{_PURPOSE})\s)"), _purpose),
    (re.compile(rf",?\s+(?=(?:to|from) {_NUMBER})"), _figure),
    (re.compile(r",\s+(?=with\s)"), _with),
    (re.compile(r",?\s+and\s+"), _two_things),
]


def _listed(piece: _Piece) -> Iterator[list[tuple[int, int]]]:
    """The joints of an enumeration of three or more things, each of at least two content words."""
    for last in re.compile(r",?\s+(?:and|as well as)\s+").finditer(piece.plain, piece.start, piece.end):
        commas = list(re.compile(r",\s+").finditer(piece.plain, piece.start, last.start()))
        if not commas or not _is_item(re.split(r",\s", piece.plain[last.end() : piece.end], maxsplit=1)[0]):
            continue
        while commas and not _is_list(piece, commas, last):
            commas.pop(0)
        if commas:
            yield [comma.span() for comma in (*commas, last)]


def _is_list(piece: _Piece, commas: list[re.Match[str]], last: re.Match[str]) -> bool:
    """Whether the stretches between ``commas`` and ``last`` are listed things, with the verb before the first."""
    ends = [*(comma.start() for comma in commas[1:]), last.start()]
    items = [piece.plain[comma.end() : end] for comma, end in zip(commas, ends, strict=True)]
    head = piece.plain[piece.start : commas[0].start()]
    verbs = finite_verbs(head)
    first = head[verbs[-1].end :] if verbs else ""
    return all(map(_is_item, items)) and len(content_words(first)) >= _LEAST_WORDS


def _is_item(text: str) -> bool:
    """Whether a stretch is one listed thing."""
    opens = re.match(rf"\s*(?:which|who|whose|where|{PREPOSITIONS}|through|including|however|too|only|then)\b", text)
    few = len(words(text)) <= _LONGEST_ITEM and len(content_words(text)) >= _LEAST_WORDS
    dashed = re.search(r"\s[–—-]\s", text)
    return (
        few
        and not opens
        and not dashed
        and not _TITLE.search(text)
        and not finite_verbs(text)
        and not _YEAR.match(text)
    )


def _trimmed(sentence: str, piece: _Piece) -> Span:
    """The span of a piece without the white space and the commas at its ends."""
    text = sentence[piece.start : piece.end]
    start = piece.start + len(text) - len(text.lstrip(" \t\n,;"))
    return Span(start=start, end=max(start, piece.start + len(text.rstrip(" \t\n,;"))))
