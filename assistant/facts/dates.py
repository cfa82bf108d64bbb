"""Dates and years, compared. Relative dates ("two years earlier", "today") are left alone.

A date may lack its year, month or day; weekdays and seasons are dates too. A claim may be less exact than its source
("May 2025" for "15 May 2025"), not more exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.facts import matching
from assistant.facts.difference import Difference
from index import Span

Part = Literal["year", "month", "day", "weekday", "season"]
_CALENDAR: tuple[Part, ...] = ("year", "month", "day")

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(_MONTHS.split("|"), 1)}
_MONTH = rf"(?P<month>{_MONTHS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[1-9]\d\d|2[01]\d\d)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Winter)"
_END = r"(?![\w%])(?![.,:]\d)"
_BOUND = r"(?:\b(?P<bound>[Bb]efore|[Pp]rior to|[Aa]fter) )?"
_LEAD = r"\b(?:in|of|by|since|until|till|before|after|from|during|between|and|to|late|early|mid|last|next|this|every) "

# In order: what an earlier form has read, a later one does not read again.
_FORMS = [
    re.compile(form)
    for form in (
        rf"(?<![\d-]){_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-2]\d|3[01]){_END}",
        rf"(?<![\d/])(?P<day>[0-2]?\d|3[01])/(?P<month>[0-2]?\d|3[01])/{_YEAR}{_END}",
        rf"{_BOUND}\b{_DAY}(?: of)? {_MONTH}(?: ?,? {_YEAR})?{_END}",
        rf"{_BOUND}\b{_MONTH} {_DAY}(?: ?,? {_YEAR})?{_END}",
        rf"{_BOUND}\b{_MONTH} ?,? (?:of )?{_YEAR}{_END}",
        rf"{_LEAD}{_MONTH}{_END}",
        r"\b(?P<month>January|February|April|June|July|August|September|October|November|December)\b",
        rf"\b{_SEASON}(?: of)? {_YEAR}{_END}",
        rf"\b(?:in|by|during|of|this|last|next) (?:the )?(?:early |late )?{_SEASON}{_END}",
        r"\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b",
        rf"(?<![\w.,£$€/–-]){_YEAR}(?:[–/-](?P<until>(?:1[1-9]|2[01])\d\d|\d\d)){_END}",
        rf"{_BOUND}(?<![\w.,£$€/–-]){_YEAR}(?P<decade>s)?{_END}",
    )
]
_YEAR_LEAD = re.compile(rf"(?:{_LEAD}|\bthe |\bas of |\b(?:{_MONTHS}),? )$", re.IGNORECASE)
_COUNTED = re.compile(r"[ -](?:[a-z]{2,}s|people|men|women|children|per|percent|times)\b")
_EARLIEST = 1600  # a bare "1473" is a year only after "in", "of", "since" and their like
_VERBS_IN_S = re.compile(r"[ -](?:was|is|has|as|its|this|does|sees|saw)\b")


@dataclass(frozen=True)
class DateMention:
    """A date at ``[start, end)``; absent parts are None. ``bound`` is set for "before" and "after" a date.

    ``filled`` marks a source's date whose year was taken from elsewhere in it: enough to bear a claim out, not to
    contradict it.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: str | None = None
    season: str | None = None
    decade: bool = False
    bound: Literal["before", "after"] | None = None
    filled: bool = False

    @property
    def parts(self) -> dict[Part, int | str]:
        """The parts that are given."""
        given: dict[Part, int | str | None] = {
            "year": self.year,
            "month": self.month,
            "day": self.day,
            "weekday": self.weekday,
            "season": self.season,
        }
        return {name: value for name, value in given.items() if value is not None}


def compare(claim: str, source: str) -> list[Difference]:
    """Return the dates of ``claim`` that ``source`` contradicts or lacks."""
    return matching.differences(claim, source, find_dates(claim), _stated(source), _RULES)


def shared(claim: str, source: str) -> list[Span]:
    """Return the dates of ``claim`` that ``source`` bears out."""
    return matching.shared(find_dates(claim), _stated(source), _RULES)


def _stated(source: str) -> list[DateMention]:
    """The source's dates; a day without a year may be of any year that the source names."""
    stated = find_dates(source)
    years = {mention.year for mention in stated if mention.year and not mention.decade}
    return [*stated, *(replace(m, year=year, filled=True) for m in stated if m.month and not m.year for year in years)]


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
    return not counted or _YEAR_LEAD.search(text[:start]) is not None or text[end - 1] == "s"


def _read(match: re.Match[str], start: int, end: int) -> list[DateMention]:
    group = match.groupdict()
    bound = (group.get("bound") or "").lower()
    date = DateMention(
        start=start,
        end=end,
        year=int(group["year"]) if group.get("year") else None,
        weekday=group["weekday"].lower() if group.get("weekday") else None,
        season=group["season"].lower().replace("fall", "autumn") if group.get("season") else None,
        decade=bool(group.get("decade")),
        bound=None if not bound else "after" if bound == "after" else "before",
    )
    if group.get("month"):
        date = _with_month(date, group["month"], group.get("day"))
    if group.get("until"):
        last = int(group["until"])
        return [date, replace(date, year=last if last > 99 else int(group["year"]) // 100 * 100 + last)]
    return [date]


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
    if claim.decade or claim.bound is None:
        if claim.decade and claim.year and source.year:
            return claim.year // 10 == source.year // 10
        return not source.decade and claim.parts.items() <= source.parts.items()
    if claim.bound == source.bound and claim.parts == source.parts:
        return True
    shared = [part for part in _CALENDAR if part in claim.parts and part in source.parts]
    ours = [int(claim.parts[part]) for part in shared]
    theirs = [int(source.parts[part]) for part in shared]
    return theirs < ours if claim.bound == "before" else theirs > ours


def _comparable(claim: DateMention, source: DateMention) -> bool:
    """Whether the two give the same part of a date, and not the same value; a bound conflicts with its own date."""
    shared = claim.parts.keys() & source.parts.keys()
    return bool(shared and not source.filled) and (
        claim.bound is not None or any(claim.parts[p] != source.parts[p] for p in shared)
    )


_RULES = matching.Rules[DateMention]("date", _matches, _comparable, must_be_found=lambda _: True)
