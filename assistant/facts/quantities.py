"""Quantities of a text: numbers in digits and words with their scale, unit and qualifier ("more than").

Dates and years are not quantities; see :mod:`assistant.facts.dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.facts.dates import find_dates, one_line
from assistant.facts.units import CURRENCY_SIGNS, DURATIONS, UNITS

Qualifier = Literal["exact", "more", "least", "less", "most", "about", "nearly", "just over", "range"]

_UNITS_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL = {word: value for value, word in enumerate(f"{_UNITS_WORDS} seventeen eighteen nineteen".split())}
_SMALL |= {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": 1e2, "dozen": 12, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth".split()
_TIMES = {"doubled": 2, "double": 2, "doubling": 2, "twice": 2, "tripled": 3, "triple": 3, "trebled": 3, "treble": 3}
_TIMES |= {"thrice": 3, "quadrupled": 4, "quadruple": 4, "twofold": 2, "threefold": 3, "fourfold": 4, "tenfold": 10}
_PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}


_UNIT = "|".join(sorted((re.escape(name) for name in UNITS), key=len, reverse=True))
_WORD = "|".join(sorted([*_SMALL, *_SCALES], key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.])(?<![A-Za-z]-)(?:(?:US|A|C)?(?P<sign>[£$€¥]) ?)?"
    rf"(?:(?P<digits>{_DIGITS})(?:(?P<ordinal>st|nd|rd|th)\b|[ -]?(?P<scale>{'|'.join(_SCALES)})\b"
    rf"|(?P<short>{'|'.join(_SHORT_SCALES)})\b| (?P<spaced>bn|mn|tn)\b)?"
    rf"|(?P<words>(?:half an? |a (?={'|'.join(_SCALES)}))?(?:{_WORD})(?:(?:[ -]| and )(?:{_WORD}))*)\b)"
    rf"(?P<half> and a half(?: (?P<halfscale>{'|'.join(_SCALES)}))?)?"
    rf"(?P<plus>\+)?(?:[ -]?(?P<unit>{_UNIT})(?!\w))?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_TIME = re.compile(rf"\b(?:{'|'.join(_TIMES)})\b", re.IGNORECASE)
_FRACTION = re.compile(
    r"\b(?P<count>an?|one|two|three|four)[ -](?P<part>half|halves|thirds?|quarters?|fifths?|tenths?) (?:of|the|as)\b"
    r"|\b(?P<half>half) (?:of|the|its|their|all)\b",
    re.IGNORECASE,
)
_QUALIFIERS: list[tuple[Qualifier, str]] = [
    ("just over", "just over|just above|slightly more than|a little over|little more than"),
    ("nearly", "nearly|almost|close to|just under|just below|approaching|slightly less than|not quite"),
    ("least", "at least|no fewer than|no less than|not less than|(?:a )?minimum of|or more"),
    ("most", "up to|at most|no more than|not more than|(?:a )?maximum of"),
    ("more", "more than|over|above|greater than|exceeding|exceeded|in excess of|upwards? of"),
    ("less", "less than|fewer than|under|below"),
    ("about", "about|around|approximately|approx\\.?|roughly|some|circa|(?:an )?estimated|~|≈"),
]
_BEFORE = [(name, re.compile(rf"(?<!\w)(?:{words})\s*(?:the |a )?$", re.IGNORECASE)) for name, words in _QUALIFIERS]
_AFTER: list[tuple[Qualifier, re.Pattern[str]]] = [
    ("least", re.compile(r"(?: \w+)? or (?:more|over)\b")),
    ("most", re.compile(r"(?: \w+)? or (?:fewer|less)\b")),
]
_DASH = re.compile(r"\s?[–-]\s?")
_ENUMERATOR = re.compile(r"\s*\d{1,2}[.)]$")
_LONGEST_QUALIFIER = 24  # characters
_STRETCH = frozenset({"over", "under", "around", "about", "some", "above", "below"})
_NOT_A_COUNT = re.compile(r" (?:of|another|day|such|who|which|that|or|in)\b| hand\b", re.IGNORECASE)
_NOT_ONE = re.compile(r"\b(?:no|any|every|this|that|the|each|which|another|at|day)[ -]$", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """A number at ``[start, end)``: ``value`` in its base unit (months for years, metres for kilometres).

    ``unit`` is None for a bare count. ``tolerance`` is half of the last place written ("1.2 million": 50,000).
    ``high`` is the upper end of a range. ``factor`` is what scale and unit multiplied the digits by. ``spelled`` tells
    words from digits.
    """

    start: int
    end: int
    value: float
    unit: str | None = None
    qualifier: Qualifier = "exact"
    tolerance: float = 0.5
    high: float | None = None
    factor: float = 1.0
    spelled: bool = False


@lru_cache(maxsize=256)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of ``text`` in order."""
    taken = [(date.start, date.end) for date in find_dates(text)]
    text = one_line(text)
    found: list[Quantity] = []
    for quantity in [*_fractions(text), *_numbers(text), *_ordinals(text), *_times(text)]:
        if not any(quantity.start < end and start < quantity.end for start, end in taken):
            taken.append((quantity.start, quantity.end))
            found.append(quantity)
    return tuple(_qualified(text, quantity) for quantity in _ranges(text, sorted(found, key=lambda q: q.start)))


def _fractions(text: str) -> list[Quantity]:
    found = []
    for match in _FRACTION.finditer(text):
        if match["half"]:
            found.append(Quantity(match.start(), match.end("half"), 50.0, "%", spelled=True))
            continue
        part = match["part"].lower().replace("halves", "half").removesuffix("s")
        count = 1 if match["count"].lower() in ("a", "an") else _SMALL[match["count"].lower()]
        found.append(Quantity(match.start(), match.end("part"), count * _PARTS[part], "%", spelled=True))
    return found


def _numbers(text: str) -> list[Quantity]:
    found = []
    for match in _NUMBER.finditer(text):
        if (match["words"] and _pronoun(text, match)) or _ENUMERATOR.match(text[: match.end() + 1]):
            continue
        if match["ordinal"]:
            found.append(
                Quantity(match.start(), match.end("ordinal"), float(match["digits"].replace(",", "")), "ordinal")
            )
            continue
        value, tolerance = _value(match)
        unit, factor = UNITS[match["unit"].lower()] if match["unit"] else (None, 1.0)
        if match["sign"]:
            unit, factor = CURRENCY_SIGNS[match["sign"]], 1.0
        found.append(
            Quantity(
                start=match.start(),
                end=match.end(),
                value=round(value * factor, 6),
                unit=unit,
                tolerance=tolerance * factor,
                factor=factor * _scale(match),
                qualifier="least" if match["plus"] else "exact",
                spelled=bool(match["words"]),
            )
        )
    return found


def _pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether "one" stands for something else than the number ("one of them", "no one", "one day")."""
    if match["words"].lower() != "one" or match["unit"] or match["half"]:
        return False
    return bool(_NOT_A_COUNT.match(text, match.end("words")) or _NOT_ONE.search(text[: match.start()]))


def _value(match: re.Match[str]) -> tuple[float, float]:
    """A number's value and half of its last written place."""
    if match["words"]:
        value, place = _spelled(match["words"].lower()), 1.0
    else:
        digits = re.sub(r"[^\d.]", "", match["digits"])
        factor = _scale(match)
        place = factor * 10.0 ** -len(digits.partition(".")[2])
        value = float(digits) * factor
    if match["half"]:
        scale = _SCALES[match["halfscale"].lower()] if match["halfscale"] else 1.0
        return (value + 0.5) * scale, 0.05 * scale
    return round(value, 6), place / 2


def _scale(match: re.Match[str]) -> float:
    scale = (match["scale"] or match["short"] or match["spaced"] or "").lower()
    return _SCALES.get(scale) or _SHORT_SCALES.get(scale) or 1.0


def _spelled(words: str) -> float:
    """The value of number words: "two hundred and five" is 205, "half a million" 500,000."""
    total, current = 0.0, 0.0
    halved = words.startswith("half a")
    for word in re.findall(_WORD, words.removeprefix("half a")):
        if word in _SMALL:
            current += _SMALL[word]
        elif word in ("hundred", "dozen"):
            current = (current or 1) * _SCALES[word]
        else:
            total, current = total + (current or 1) * _SCALES[word], 0.0
    return (total + current) / (2 if halved else 1)


def _ordinals(text: str) -> list[Quantity]:
    return [
        Quantity(match.start(), match.end(), _ORDINALS.index(match.group().lower()) + 1.0, "ordinal", spelled=True)
        for match in _ORDINAL.finditer(text)
    ]


def _times(text: str) -> list[Quantity]:
    return [
        Quantity(match.start(), match.end(), float(_TIMES[match.group().lower()]), "times", spelled=True)
        for match in _TIME.finditer(text)
    ]


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Join "between 10 and 15" and "10-15" into one quantity; "from 10 to 15" is a change, and stays two."""
    joined: list[Quantity] = []
    for quantity in found:
        low = joined[-1] if joined else None
        if low and _is_range(text, low, quantity):
            value = low.value * quantity.factor if low.factor == 1 else low.value
            if value < quantity.value:
                unit = quantity.unit or low.unit
                joined[-1] = replace(
                    quantity, start=low.start, value=value, high=quantity.value, unit=unit, qualifier="range"
                )
                continue
        joined.append(quantity)
    return joined


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    link = text[low.end : high.start]
    if low.high is not None or "ordinal" in (low.unit, high.unit):
        return False
    between = " and " in link and text[: low.start].lower().endswith("between ")
    return _DASH.fullmatch(link) is not None or (between and link == " and ")


def _qualified(text: str, quantity: Quantity) -> Quantity:
    """Add "more than" and its like, and take it into the span; "over three years" is a stretch of time, not a bound."""
    if quantity.qualifier != "exact" or quantity.unit == "ordinal":
        return quantity
    before = text[max(0, quantity.start - _LONGEST_QUALIFIER) : quantity.start]
    for name, pattern in _BEFORE:
        match = pattern.search(before)
        if match and not (quantity.unit in DURATIONS and match.group().strip().lower() in _STRETCH):
            return replace(quantity, start=quantity.start - len(match.group()), qualifier=name)
    for name, pattern in _AFTER:
        match = pattern.match(text, quantity.end)
        if match:
            return replace(quantity, end=match.end(), qualifier=name)
    return quantity
