"""Dates and years, compared; relative dates ("two years earlier", "today") where it is known when they were written.

A date may lack its year, month or day; weekdays and seasons are dates too. A claim may be less exact than its source
("May 2025" for "15 May 2025"), not more exact.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from functools import lru_cache

from assistant.facts import matching
from assistant.facts.date_mention import SEASONS, Part
from assistant.facts.date_mention import DateMention as DateMention
from assistant.facts.difference import Difference
from assistant.facts.relative_dates import find_relative, nearest
from index import Span

_CALENDAR: tuple[Part, ...] = ("year", "month", "day")

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(_MONTHS.split("|"), 1)}
_MONTH = rf"(?P<month>{_MONTHS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[1-9]\d\d|2[01]\d\d)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Fall(?= (?:of )?\d)|Winter)"
_MONTHS_OF_SEASON = 3
_THIS_CENTURY = 40  # two digits of a year below this are of this century
_END = r"(?![\w%])(?![.,:]\d)"
_TIME_OF_DAY = r"(?:(?=T\d\d:)|(?![\w%])(?![.,:]\d))"
_BARE = r"(?:(?<=\b[Mm]id-)|(?<=\b[Ll]ate-)|(?<=\b[Ee]arly-)|(?<![\w.,£$€/–-]))"
_BOUND = r"(?:\b(?P<bound>[Bb]efore|[Pp]rior to|[Aa]fter) )?"
_LEAD = r"\b(?:in|of|by|since|until|till|before|after|from|during|between|and|to|late|early|mid|last|next|this|every) "

# In order: what an earlier form has read, a later one does not read again.
_FORMS = [
    re.compile(form)
    for form in (
        rf"(?<![\d-]){_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-2]\d|3[01]){_TIME_OF_DAY}",
        rf"(?<![\d/])(?P<day>[0-2]?\d|3[01])/(?P<month>[0-2]?\d|3[01])/{_YEAR}{_END}",
        rf"(?=\d)\b{_DAY} (?P<month>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec) (?P<short>\d\d){_END}",
        rf"(?=[BPAbpa\d]){_BOUND}\b{_DAY}(?: of)? {_MONTH}(?: ?,? {_YEAR})?{_END}",
        rf"(?=[BPAbpaJFMASOND]){_BOUND}\b{_MONTH} {_DAY}(?: ?,? {_YEAR})?{_END}",
        rf"(?=[BPAbpaJFMASOND]){_BOUND}\b{_MONTH} ?,? (?:of )?{_YEAR}{_END}",
        rf"{_LEAD}{_MONTH}{_END}",
        r"\b(?P<month>January|February|April|June|July|August|September|October|November|December)\b",
        rf"\b{_SEASON}(?: of)? {_YEAR}{_END}",
        rf"\b(?:in|by|during|of|this|last|next) (?:the |their |its |his |her |a )?(?:early |late )?{_SEASON}{_END}",
        r"\b(?P<weekday>(?i:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b",
        rf"(?=[12]\d\d){_BARE}{_YEAR} (?P<until>\d\d)(?= (?:season|campaign|(?:school|academic|financial) year)\b)",
        r"(?:\bthe |['’])(?P<tens>[2-9]0)s\b",
        rf"(?=[12]\d\d){_BARE}{_YEAR}(?:[–/-](?P<until>(?:1[1-9]|2[01])\d\d|\d\d)){_END}",
        rf"(?=[BPAbpa12]){_BOUND}{_BARE}{_YEAR}(?P<decade>s)?{_END}",
    )
]
_YEAR_LEAD = re.compile(rf"(?:{_LEAD}|\bthe |\bas of |\b(?:{_MONTHS}),? )$", re.IGNORECASE)
_COUNTED = re.compile(r"[ -](?:[a-z]+[a-hj-rtv-z]s|people|men|women|children|per|percent|times)\b")
_LONGEST_LEAD = 24  # characters
_EARLIEST = 1600  # a bare "1473" is a year only after "in", "of", "since" and their like
_VERBS_IN_S = re.compile(r"[ -](?:was|is|has|as|its|this|does|sees|saw)\b")


def compare(
    claim: str,
    source: str,
    *,
    claim_date: datetime.date | None = None,
    source_date: datetime.date | None = None,
) -> list[Difference]:
    """Return the dates of ``claim`` that ``source`` contradicts or lacks.

    Relative dates are resolved by the days on which the two were written; without these they are left alone.
    """
    return matching.differences(claim, source, dated(claim, claim_date), _stated(source, source_date), _RULES)


def shared(claim: str, source: str) -> list[Span]:
    """Return the dates of ``claim`` that ``source`` bears out."""
    return matching.shared(dated(claim, None), _stated(source, None), _RULES)


@lru_cache(maxsize=256)
def dated(text: str, written: datetime.date | None) -> tuple[DateMention, ...]:
    """Return the dates of ``text``, in order, with the relative ones resolved as far as ``written`` allows."""
    absolute = find_dates(text)
    relative = find_relative(text, written, absolute)
    plain = [m for m in absolute if not any(m.start < r.end and r.start < m.end for r in relative)]
    return tuple(sorted([*plain, *relative], key=lambda mention: mention.start))


def _stated(source: str, written: datetime.date | None) -> list[DateMention]:
    """The source's dates; a day without a year may be of any year that the source names, or of the nearest."""
    stated = dated(source, written)
    years = {mention.year for mention in stated if mention.year and not mention.decade and not mention.resolved}
    filled = [replace(m, year=year, filled=True) for m in stated if m.month and not m.year for year in years]
    near = [m for mention in stated if written and not mention.resolved for m in nearest(mention, written)]
    return [*stated, *filled, *near]


@lru_cache(maxsize=256)
def find_dates(text: str) -> tuple[DateMention, ...]:
    """Return the dates of ``text`` in order; a span of years ("2019/20") gives both of its ends."""
    text = one_line(text)
    found: list[DateMention] = []
    for form in _FORMS:
        for match in form.finditer(text):
            start, end = _extent(match)
            if any(start < mention.end and mention.start < end for mention in found):
                continue
            if "decade" in match.groupdict() and not _is_year(text, match.start("year"), end):
                continue
            found.extend(_read(match, start, end))
    return tuple(sorted(found, key=lambda mention: mention.start))


def one_line(text: str) -> str:
    """Return ``text`` with a plain space for every other kind and for line breaks; offsets stay."""
    return re.sub(r"\s", " ", text)


def _extent(match: re.Match[str]) -> tuple[int, int]:
    """From the first to the last named group: a leading "in" is not part of the date."""
    spans = [match.span(name) for name, value in match.groupdict().items() if value is not None]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether four digits are a year and not a count ("1500 troops", but "in 2022 troops were sent")."""
    counted = (_COUNTED.match(text, end) and not _VERBS_IN_S.match(text, end)) or int(
        text[start : start + 4]
    ) < _EARLIEST
    led = _YEAR_LEAD.search(text, max(0, start - _LONGEST_LEAD), start) is not None
    return not counted or led or text[end - 1] == "s"


def _read(match: re.Match[str], start: int, end: int) -> list[DateMention]:
    group = match.groupdict()
    bound = (group.get("bound") or "").lower()
    date = DateMention(
        start=start,
        end=end,
        year=_year(group),
        weekday=group["weekday"].lower() if group.get("weekday") else None,
        season=group["season"].lower().replace("fall", "autumn") if group.get("season") else None,
        decade=bool(group.get("decade") or group.get("tens")),
        bound=None if not bound else "after" if bound == "after" else "before",
    )
    if group.get("month"):
        date = _with_month(date, group["month"], group.get("day"))
    if group.get("until"):
        last = int(group["until"])
        return [date, replace(date, year=last if last > 99 else int(group["year"]) // 100 * 100 + last)]
    return [date]


def _year(group: dict[str, str | None]) -> int | None:
    """The year; "19" is 2019, "63" is 1963, and "the 70s" are those of the last century."""
    if group.get("tens"):
        return 1900 + int(group["tens"] or 0)
    if group.get("short"):
        short = int(group["short"] or 0)
        return short + (2000 if short < _THIS_CENTURY else 1900)
    return int(group["year"] or 0) if group.get("year") else None


def _with_month(date: DateMention, month: str, day: str | None) -> DateMention:
    """Add month and day; "04/23/2025" is American, and what both readings allow is British."""
    number = int(month) if month.isdigit() else _MONTH_NUMBERS[month[:3].lower()]
    if day is None:
        return replace(date, month=number)
    if number > 12:
        return replace(date, month=int(day), day=number)
    return replace(date, month=number, day=int(day))


def _matches(claim: DateMention, source: DateMention) -> bool:
    """Whether the source's date bears the claim's out."""
    if claim.resolved or source.resolved:
        return _resolved_matches(claim, source)
    if claim.decade or claim.bound is None:
        if claim.decade and claim.year and source.year:
            return claim.year // 10 == source.year // 10
        return not source.decade and _covers(claim, source)
    if claim.bound == source.bound:
        return claim.parts == source.parts
    shared = [part for part in _CALENDAR if part in claim.parts and part in source.parts]
    ours = [int(claim.parts[part]) for part in shared]
    theirs = [int(source.parts[part]) for part in shared]
    return theirs < ours if claim.bound == "before" else theirs > ours


def _covers(claim: DateMention, source: DateMention) -> bool:
    """Whether all that the claim's date says the source's says too; a month says its season."""
    if claim.season and not source.season and source.month:
        in_season = (source.month - SEASONS[claim.season]) % 12 < _MONTHS_OF_SEASON
        return in_season and (claim.year is None or claim.year == source.year)
    return claim.parts.items() <= source.parts.items()


def _resolved_matches(claim: DateMention, source: DateMention) -> bool:
    """Whether the source's days lie within the claim's; without a year, whether what both give is the same."""
    ours, theirs = claim.extent, source.extent
    if ours and theirs:
        return ours[0] <= theirs[0] and theirs[1] <= ours[1]
    common = claim.parts.keys() & source.parts.keys()
    finer = claim.parts.keys() - source.parts.keys() if not claim.resolved else set()
    return bool(common) and not finer and all(claim.parts[part] == source.parts[part] for part in common)


def _comparable(claim: DateMention, source: DateMention) -> bool:
    """Whether the two give the same part of a date, and not the same value; a bound conflicts with its own date."""
    if source.filled or claim.filled:
        return False
    if (claim.resolved or source.resolved) and claim.extent and source.extent:
        return claim.extent[1] < source.extent[0] or source.extent[1] < claim.extent[0]
    shared = claim.parts.keys() & source.parts.keys()
    return bool(shared) and (claim.bound is not None or any(claim.parts[p] != source.parts[p] for p in shared))


_RULES = matching.Rules[DateMention]("date", _matches, _comparable, must_be_found=lambda date: not date.resolved)
