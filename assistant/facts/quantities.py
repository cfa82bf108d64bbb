"""Quantities of a text: numbers in digits and words with their scale, unit and qualifier ("more than").

Dates and years are not quantities; see :mod:`assistant.facts.dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.facts.dates import find_dates, one_line
from assistant.facts.matching import lowered
from assistant.facts.units import (
    CURRENCY_SIGNS,
    DURATIONS,
    LABELS,
    MULTIPLES,
    ORDINALS,
    PARTS,
    SCALES,
    SHORT_SCALES,
    SMALL_NUMBERS,
    UNITS,
)

Qualifier = Literal["exact", "more", "least", "less", "most", "about", "nearly", "just over", "range"]

_UNIT = "|".join(sorted((re.escape(name).replace(r"\ ", "[ -]") for name in UNITS), key=len, reverse=True))
_SCALE = "|".join(SCALES)
_WORD = "|".join(sorted([*SMALL_NUMBERS, *SCALES], key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.])(?<![a-z]-)(?:(?:us|a|c)?(?P<sign>[£$€¥₹]) ?)?"
    rf"(?:(?P<digits>{_DIGITS})(?:(?P<ordinal>st|nd|rd|th)\b|(?P<more>\+)?[ -]?(?P<scale>{_SCALE})\b"
    rf"|(?P<short>{'|'.join(SHORT_SCALES)})\b| (?P<spaced>bn|mn|tn)\b|(?(sign) (?P<letter>[mbk])\b|(?!)))?"
    rf"|(?P<words>(?:half an? |a (?={_SCALE}))?(?:{_WORD})(?:(?:[ -]| and )(?:{_WORD}))*(?=\b|fold\b)))"
    rf"(?P<half> and (?:a )?half\b(?: (?P<halfscale>{_SCALE}))?)?"
    rf"(?P<plus>\+)?(?:[ -]?(?P<unit>{_UNIT})(?!\w))?(?![dg]\b|\d|\([a-z]\))"
)
_ORDINAL = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b")
_TIME = re.compile(rf"\b(?:{'|'.join(MULTIPLES)})\b")
_FRACTION = re.compile(
    r"\b(?P<count>an?|one|two|three|four|five|six|seven|nine)[ -](?P<part>half|halves"
    r"|(?:third|quarter|fourth|fifth|sixth|seventh|eighth|tenth|twentieth|hundredth)s?) (?:of|the|as)\b"
    rf"(?: an? (?P<scale>{_SCALE})\b)?"
    r"|\b(?P<half>half) (?:of|the|its|their|all)\b|(?<![\w.])(?P<sign>[½¼¾⅓⅔])"
)
_SIGNS = {"½": 50.0, "¼": 25.0, "¾": 75.0, "⅓": 100 / 3, "⅔": 200 / 3}
_OUT_OF = re.compile(
    rf"(?<![\w.,/])(?P<top>\d+(?:\.\d+)?|{'|'.join(SMALL_NUMBERS)})"
    rf"(?: out of (?:every )?(?P<all>\d+|{'|'.join(SMALL_NUMBERS)})| in (?:every )?(?P<one>three|four|five|six|ten|100)"
    rf"|/(?P<score>10|100))\b(?![./]\d| (?:{_UNIT})\b)"
)
_AND_A_HALF = re.compile(r"\ban? (?P<unit>century|decade|year|month|week|day|hour) and a half\b")
_MORE = "(?:more|greater|larger|bigger|higher|longer|older|heavier) than|over|above|exceed(?:s|ed|ing)?|in excess of"
_MORE += "|upwards? of|surpass(?:es|ed|ing)"
_LESS = "(?:less|fewer|smaller|lower|shorter|younger|lighter) than|under|below"
_QUALIFIERS: list[tuple[Qualifier, str]] = [
    ("just over", "just over|just above|slightly more than|a little over|little more than"),
    ("nearly", "nearly|almost|close to|just under|just below|approaching|slightly less than|not quite"),
    ("least", "at least|no fewer than|no less than|not less than|(?:a )?minimum of|or more"),
    ("most", "up to|at most|no more than|not more than|(?:a )?maximum of"),
    ("more", _MORE),
    ("less", _LESS),
    ("about", "about|around|approximately|approx\\.?|roughly|some|circa|(?:an )?estimated|~|≈"),
]
_BEFORE = [(name, re.compile(rf"(?<!\w)(?:{words})\s*(?:the |a )?$", re.IGNORECASE)) for name, words in _QUALIFIERS]
_AFTER: list[tuple[Qualifier, re.Pattern[str]]] = [
    ("least", re.compile(r"(?: \w+)? or (?:more|over)\b")),
    ("most", re.compile(r"(?: \w+)? or (?:fewer|less)\b")),
]
_DASH = re.compile(r"\s?[–-]\s?")
_ENUMERATOR = re.compile(r"^[^\S\n]*(?:[-*•][^\S\n]+)?\(?\d{1,2}[.)](?=\s)", re.MULTILINE)
_LONGEST_QUALIFIER = 24  # characters
_LONGEST_NAME = 40  # characters
_AVERAGED = re.compile(r"\b(?:averaged|spread) (?:on )?$", re.IGNORECASE)  # "over" then says of what
_NAME_BEFORE = re.compile(r"\w,? (?P<name>[A-Z][\w’'-]*[a-z]) $")
_NOT_A_COUNT = re.compile(r" (?:of|another|day|such|who|which|that|or|in)\b| hand\b", re.IGNORECASE)
_NOT_ONE = re.compile(r"\b(?:no|any|every|this|that|the|each|which|another|at|day)[ -]$", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """A number at ``[start, end)``: ``value`` in its base unit (months for years, metres for kilometres).

    ``unit`` is None for a bare count. ``tolerance`` is half of the last place written ("1.2 million": 50,000).
    ``high`` is the upper end of a range. ``factor`` is what scale and unit multiplied the digits by, ``measure`` what
    the unit alone did. ``spelled`` tells words from digits. ``stretch`` marks "over three years", which may be a bound,
    ``named`` a number that is part of a name ("Apollo 11").
    """

    start: int
    end: int
    value: float
    unit: str | None = None
    qualifier: Qualifier = "exact"
    tolerance: float = 0.5
    high: float | None = None
    factor: float = 1.0
    measure: float = 1.0
    spelled: bool = False
    stretch: bool = False
    named: bool = False


@lru_cache(maxsize=256)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of ``text`` in order."""
    taken = [(date.start, date.end) for date in find_dates(text)]
    taken += [match.span() for match in _ENUMERATOR.finditer(text)]
    text = one_line(text)
    small = lowered(text)
    found: list[Quantity] = []
    for quantity in [*_fractions(small), *_shares(small), *_ordinals(small), *_numbers(text), *_times(small)]:
        if not any(quantity.start < end and start < quantity.end for start, end in taken):
            taken.append((quantity.start, quantity.end))
            found.append(quantity)
    return tuple(_qualified(text, quantity) for quantity in _ranges(text, sorted(found, key=lambda q: q.start)))


def _fractions(text: str) -> list[Quantity]:
    """Halves, quarters and their like as percentages, or as counts ("a quarter of a million")."""
    found = []
    for match in _FRACTION.finditer(text):
        if match["half"]:
            found.append(Quantity(match.start(), match.end("half"), 50.0, "%", spelled=True))
        elif match["sign"]:
            found.append(Quantity(match.start(), match.end(), _SIGNS[match["sign"]], "%", spelled=True))
        else:
            part = match["part"].lower().replace("halves", "half").removesuffix("s")
            share = SMALL_NUMBERS.get(match["count"].lower(), 1) * PARTS[part]
            end = match.end("scale" if match["scale"] else "part")
            value = share / 100 * SCALES[match["scale"].lower()] if match["scale"] else share
            found.append(Quantity(match.start(), end, value, None if match["scale"] else "%", spelled=True))
    return found


def _shares(text: str) -> list[Quantity]:
    """Shares as "nine in ten", "26 out of 100" and "5.7/10" as percentages; "a year and a half" as 18 months."""
    found = []
    for match in _OUT_OF.finditer(text):
        whole = (match["all"] or match["one"] or match["score"]).lower()
        each = 100 / (SMALL_NUMBERS.get(whole) or float(whole) or 1)
        top = match["top"].lower()
        place = 10.0 ** -len(top.partition(".")[2]) if top[0].isdigit() else 0.0
        value = (SMALL_NUMBERS[top] if top in SMALL_NUMBERS else float(top)) * each
        found.append(Quantity(match.start(), match.end(), round(value, 6), "%", tolerance=place / 2 * each))
    for match in _AND_A_HALF.finditer(text):
        unit, factor = UNITS[match["unit"].lower()]
        found.append(Quantity(match.start(), match.end(), 1.5 * factor, unit, measure=factor, spelled=True))
    return found


def _numbers(text: str) -> list[Quantity]:
    found = []
    for match in _NUMBER.finditer(lowered(text)):
        if match["words"] and _pronoun(text, match):
            continue
        if match["ordinal"]:
            found.append(
                Quantity(match.start(), match.end("ordinal"), float(match["digits"].replace(",", "")), "ordinal")
            )
            continue
        value, tolerance = _value(match)
        unit, factor = _unit(match["unit"])
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
                measure=factor,
                qualifier="least" if match["plus"] or match["more"] else "exact",
                spelled=bool(match["words"]),
                named=_is_named(text, match),
            )
        )
    return found


def _unit(name: str | None) -> tuple[str | None, float]:
    """Base unit and factor; names may be written with hyphens for spaces ("percentage-point")."""
    if name is None:
        return None, 1.0
    name = name.lower()
    return UNITS[name] if name in UNITS else UNITS.get(name.replace("-", " ")) or UNITS[name.replace(" ", "-")]


def _is_named(text: str, match: re.Match[str]) -> bool:
    """Whether bare digits follow a name inside a sentence."""
    if match.span() != match.span("digits"):
        return False
    name = _NAME_BEFORE.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
    return name is not None and name["name"].lower() not in LABELS


def _pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether "one" stands for something else than the number ("one of them", "no one", "one day")."""
    if match["words"].lower() != "one" or match["unit"] or match["half"]:
        return False
    before = _NOT_ONE.search(text, max(0, match.start() - _LONGEST_QUALIFIER), match.start())
    return bool(before or _NOT_A_COUNT.match(text, match.end("words")))


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
        scale = SCALES[match["halfscale"].lower()] if match["halfscale"] else 1.0
        return (value + 0.5) * scale, 0.05 * scale
    return round(value, 6), place / 2


def _scale(match: re.Match[str]) -> float:
    scale = (match["scale"] or match["short"] or match["spaced"] or match["letter"] or "").lower()
    return SCALES.get(scale) or SHORT_SCALES.get(scale) or (1e9 if scale == "b" else 1.0)


def _spelled(words: str) -> float:
    """The value of number words: "two hundred and five" is 205, "half a million" 500,000."""
    total, current = 0.0, 0.0
    halved = words.startswith("half a")
    for word in re.findall(_WORD, words.removeprefix("half a")):
        if word in SMALL_NUMBERS:
            current += SMALL_NUMBERS[word]
        elif word in ("hundred", "dozen"):
            current = (current or 1) * SCALES[word]
        else:
            total, current = total + (current or 1) * SCALES[word], 0.0
    return (total + current) / (2 if halved else 1)


def _ordinals(text: str) -> list[Quantity]:
    return [
        Quantity(match.start(), match.end(), float(ORDINALS[match.group().lower()]), "ordinal", spelled=True)
        for match in _ORDINAL.finditer(text)
    ]


def _times(text: str) -> list[Quantity]:
    return [
        Quantity(match.start(), match.end(), float(MULTIPLES[match.group().lower()]), "times", spelled=True)
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
    between = " and " in link and text[max(0, low.start - 8) : low.start].lower() == "between "
    return _DASH.fullmatch(link) is not None or (between and link == " and ")


def _qualified(text: str, quantity: Quantity) -> Quantity:
    """Add "more than" and its like, and take it into the span; "over three years" is a stretch of time, not a bound."""
    if quantity.qualifier != "exact" or quantity.unit == "ordinal":
        return quantity
    before = text[max(0, quantity.start - _LONGEST_QUALIFIER) : quantity.start]
    for name, pattern in _BEFORE:
        match = pattern.search(before)
        over = match is not None and match.group().strip().lower() == "over"
        if over and quantity.unit in DURATIONS:
            return replace(quantity, stretch=True)
        if match and not (over and _AVERAGED.search(before[: match.start()])):
            return replace(quantity, start=quantity.start - len(match.group()), qualifier=name)
    for name, pattern in _AFTER:
        match = pattern.match(text, quantity.end)
        if match:
            return replace(quantity, end=match.end(), qualifier=name)
    return quantity
