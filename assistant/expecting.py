"""What a question asks for (a number, a date, a person, a reason, ...), and where a text holds such a thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache

from assistant.facts.dates import find_dates
from assistant.facts.quantities import Quantity, find_quantities
from assistant.facts.units import CURRENCY_SIGNS, DURATIONS
from index import STOPWORDS, Span, words


class Expected(StrEnum):
    """The sort of thing that would answer a question; ``ANYTHING`` where the question does not tell."""

    COUNT = "count"
    AMOUNT = "amount"
    MONEY = "money"
    SHARE = "share"
    DURATION = "duration"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"
    REASON = "reason"
    ANYTHING = "anything"


_MONEY_WORDS = (
    "money|costs?|pay|paid|spend|spent|spending|invest(?:ed|ing|ments?|s)?|fund(?:s|ed|ing)?|price|fees?|fines?|worth|"
    "budget|salary|pounds|dollars|euros"
)
_PRICES = "costs?|price|fees?|fines?|budget|salary"
_TIME_UNITS = "years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centuries"
_MEASURES = "population|temperature|size|area|height|depth|length|width|speed|weight|distance|rate|ratio"
_PEOPLE = "person|people|man|woman|king|queen|president|minister|scientist|author|artist|leader|actor|singer|player"
_ROLES = "secretary|minister|president|mayor|leader|chief|head|director|chair|ambassador|governor|commissioner|founder"
_PLACES = "city|cities|country|countries|town|region|river|place|location|county|province|continent|village|port"
_AUXILIARY = "is|was|are|were|did|does|do|will|would|has|have|had|can|could|should"
_LEAD = r"^(?:(?:and|so|but|also|do you know|tell me|can you tell me|since|until|from|by)\s+)*"

# In order: the first rule that matches decides.
_QUESTIONS: list[tuple[Expected, str]] = [
    (Expected.SHARE, r"\b(?:what|which|how \w+(?: an?)?) (?:%|percent\w*|per cent|proportion|share|fraction)"),
    (Expected.SHARE, r"\b(?:percentage|percent|per cent) of\b"),
    (Expected.AMOUNT, r"\b(?:by|to) how much\b|\bhow much (?:less|fewer|higher|lower)\b"),
    (Expected.AMOUNT, r"\bhow much (?:did|has|have) .*\b(?:fall|fallen|rise|risen|drop|grow|grown|\w+crease)"),
    (Expected.DURATION, rf"\bhow (?:long|old|many (?:more )?(?:{_TIME_UNITS}))\b|\b(?:what|which) age\b"),
    (
        Expected.COUNT,
        r"\bhow many\b|\bwhat (?:is|was|were|are) the (?:\w+ )?number\b|^number of\b|\b(?:number|figures)$",
    ),
    (
        Expected.MONEY,
        rf"\bhow much\b.*\b(?:{_MONEY_WORDS})\b|\bwhat\b.*\b(?:{_PRICES})\b|^(?:the |total )?(?:{_PRICES})\b",
    ),
    (Expected.AMOUNT, r"\bhow (?:much|large|big|high|tall|deep|wide|far|fast|heavy|hot|cold|often|thick)\b"),
    (Expected.AMOUNT, rf"\bwhat (?:is|was|are|were) the (?:\w+ )?(?:{_MEASURES})\b"),
    (Expected.DATE, rf"{_LEAD}when\b(?!.*\b(?:what|which|who|how)\b)|\bwhen (?:{_AUXILIARY})\b|\bwhen$"),
    (Expected.DATE, r"\b(?:what|which) (?:\w+ )?(?:year|month|day|date|decade|century)s?\b|\bwhat time\b"),
    (Expected.DATE, r"\bdates?$|^date of\b"),
    (Expected.REASON, r"\bpurpose$|^(?:purpose|reasons?) (?:of|for)\b"),
    (Expected.REASON, r"\bwhy\b|\bhow come\b|\bwhat (?:is|was|are|were) the (?:\w+ )?(?:reason|cause|purpose)s?\b"),
    (
        Expected.REASON,
        r"\b(?:what|which) .*(?<! stand)(?<! stands) for$|\bfor what(?: purpose| reason)?$|\bwhat (?:caused|for)\b",
    ),
    (Expected.PERSON, rf"\b(?:who|whom|whose)\b|\b(?:what|which) (?:\w+ )?(?:{_PEOPLE})\b"),
    (Expected.PLACE, rf"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:{_PLACES})\b"),
    (Expected.PERSON, rf"\bname of (?:the |an? )?(?:[\w-]+ ){{0,3}}(?:{_ROLES})\b|\b(?:{_ROLES})(?:['’]s)? name\b"),
    (Expected.NAME, r"\bwhat (?:is|was|are|were) the (?:\w+ )?(?:name|title)s?\b|\b(?:named|called|known as)\b"),
    (Expected.NAME, r"\bwhich\b|\bname of\b"),
]
_RULES = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _QUESTIONS]

_CAPITALISED = r"[A-ZÀ-ÞŁ][\w’'&.-]*\w"
_NAME = re.compile(rf"(?<![\w-]){_CAPITALISED}(?:(?: (?:of|of the|the|de|du|la|von|van|der|al|bin) | ){_CAPITALISED})*")
_ROLE_WORDS = (
    r"Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Rt\.? Hon|Prime Minister|Minister|President|Chancellor|Secretary|Governor|Mayor"
    r"|Ambassador|Director|Chair|King|Queen|Prince|Princess|Pope|Emperor|Bishop|Judge|Professor|General|Captain"
)
_ROLE = re.compile(rf".*\b(?:{_ROLE_WORDS})\b\.? ?")
_ROLE_AFTER = re.compile(rf"(?:, | is | was )(?:the |an? )?(?:[\w’'-]+ ){{0,2}}(?:{_ROLE_WORDS})\b", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"\b(?:Government|Community|Defence|Security|Port|Process|Plan|Force|Ministry|Agency|Kingdom|States?|Party|Council|Office|Paper|Summit|University|War|Battle|Act"
    r"|Treaty|Church|Company|Street|River|Island|City|County|Republic|Union|Army|Operation|Europe\w*|America\w*"
    r"|(?:North|South|East|West)(?:ern)?|[A-Z]\w+(?:an|ish|ese|isms?|ists?|ans|ics|ine))\b"
)
_IN = re.compile(r"\b(?:in|at|near|from|into|across|to|of) (?:the )?$")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|to|from|near|into|across|throughout|outside|inside|around|of|between|within|towards?|via)"
    r" (?:the )?(?:\w+ )?$",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|since|so that|in order to|as a result|therefore|thus|caused by|led to|thanks to"
    r"|result\w* (?:in|from)|to [a-z]{3,}|for (?:the )?[a-z]+ing|aim\w* (?:to|at)|purpose|reason\w*|allow\w*"
    r"|enabl\w*)\b",
    re.IGNORECASE,
)
_OTHER_DATE = re.compile(
    r"\b(?:mid-\d{4}s?|(?:\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:st|nd|rd|th))[ -]century|\d+ (?:BCE?|CE|AD)|AD \d+"
    r"|today|yesterday|tomorrow)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def expected_answer(question: str) -> Expected:
    """Return the sort of thing that ``question`` asks for."""
    return next((kind for kind, rule in _RULES if rule.search(question.strip(" ?!."))), Expected.ANYTHING)


def find_expected(kind: Expected, text: str, question: str) -> list[Span]:
    """Return where ``text`` holds something of the sort ``kind``, leaving out what ``question`` itself mentions.

    A person is left out as soon as the question has part of the name: "Starmer" is not news of "Keir Starmer".
    """
    asked = _said(question)
    if kind is Expected.PERSON:
        return [span for span in _persons(text) if not _said(span.of(text)) & asked]
    return [span for span in _FINDERS[kind](text) if not _said(span.of(text)) <= asked]


def is_titled(text: str, person: Span) -> bool:
    """Return whether a role or title stands beside the name of a person ("Dr Rama", "Edi Rama, the Prime Minister")."""
    return bool(_ROLE.fullmatch(text[: person.start]) or _ROLE_AFTER.match(text, person.end))


def is_counted(text: str, number: Span, question: str) -> bool:
    """Return whether ``number`` counts what ``question`` speaks of: a word of it stands right behind, or within."""
    behind = [word.stem for word in words(text) if word.start >= number.end][:2]
    return bool(_said(question) & {*behind, *_said(number.of(text))})


def _said(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.text.lower() not in STOPWORDS)


def _quantities(accepts: Callable[[Quantity], bool]) -> Callable[[str], Iterator[Span]]:
    def find(text: str) -> Iterator[Span]:
        return (Span(start=q.start, end=q.end) for q in find_quantities(text) if accepts(q))

    return find


def _dates(text: str) -> Iterator[Span]:
    for date in find_dates(text):
        yield Span(start=date.start, end=date.end)
    for match in _OTHER_DATE.finditer(text):
        yield Span(start=match.start(), end=match.end())


def _names(text: str) -> Iterator[Span]:
    """Runs of capitalised words; a lone one that opens the text may be any word, and is left out."""
    for match in _NAME.finditer(text):
        start = match.start()
        first = match.group().split()[0]
        if first.lower() in STOPWORDS:
            start += len(first) + 1
        elif start == 0 and " " not in match.group():
            continue
        if start < match.end():
            yield Span(start=start, end=match.end())


def _persons(text: str) -> Iterator[Span]:
    """Names without the role before them; those of countries, bodies and peoples are left out."""
    for span in _names(text):
        name = span.of(text)
        role = _ROLE.match(name)
        start = span.start + (role.end() if role else 0)
        if start >= span.end or _NO_PERSON.search(text, start, span.end):
            continue
        if role or not _IN.search(text[:start]):
            yield Span(start=start, end=span.end)


def _places(text: str) -> Iterator[Span]:
    return (span for span in _names(text) if _PLACE_BEFORE.search(text[: span.start]))


def _reasons(text: str) -> Iterator[Span]:
    return (Span(start=m.start(), end=m.end()) for m in _REASON.finditer(text))


_CURRENCIES = frozenset(CURRENCY_SIGNS.values())
_FINDERS: dict[Expected, Callable[[str], Iterator[Span]]] = {
    Expected.COUNT: _quantities(lambda q: q.unit is None or q.unit == "%"),
    Expected.AMOUNT: _quantities(lambda q: q.unit != "ordinal" and q.unit not in DURATIONS),
    Expected.MONEY: _quantities(lambda q: q.unit in _CURRENCIES),
    Expected.SHARE: _quantities(lambda q: q.unit == "%"),
    Expected.DURATION: _quantities(lambda q: q.unit in DURATIONS),
    Expected.DATE: _dates,
    Expected.PERSON: _persons,
    Expected.PLACE: _places,
    Expected.NAME: _names,
    Expected.REASON: _reasons,
    Expected.ANYTHING: lambda _: iter(()),
}
