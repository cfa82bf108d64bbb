"""Relative dates ("yesterday", "last summer", "two years earlier") resolved by the day on which a text was written.

Plain rules on purpose: a library such as dateparser reads a phrase, but does not find it in a sentence without taking
"may", "second" and "march" for dates, answers with one moment where "last week" is seven days, and needs 15 MB and a
second to load.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant.facts.date_mention import SEASONS, DateMention, Days, month_of, season_of
from assistant.facts.units import SMALL_NUMBERS

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
_COUNT = rf"(?P<count>\d{{1,3}}|an?|{'|'.join(SMALL_NUMBERS)})"
_VAGUE = re.compile(r"\b(?:more than|less than|over|under|about|around|nearly|almost|some|just over)\s$", re.IGNORECASE)
_WHICH = "(?P<which>this|last|next|the previous|the coming)"
_STEPS = {"this": 0, "last": -1, "next": 1, "the previous": -1, "the coming": 1}

Resolve = Callable[[re.Match[str], datetime.date], Days]


def find_relative(
    text: str, written: datetime.date | None, anchors: Sequence[DateMention] = ()
) -> tuple[DateMention, ...]:
    """Return the relative dates of ``text``, in order.

    Args:
        text: Any text; white space counts as plain spaces.
        written: The day of the document; without it only what is told from another date of the text is resolved.
        anchors: The dates that the text gives in full or in part: "two years earlier" counts from the last one before.

    Returns:
        Mentions with ``resolved`` set. Those of which the anchor is a guess, or the count is vague, are ``filled``.
    """
    text = re.sub(r"\s", " ", text)
    found: list[DateMention] = []
    for form, resolve, anchored in _FORMS:
        if written is None and not (anchored and anchors):
            continue
        for match in form.finditer(text):
            anchor = _anchor(anchors, match.start(), written) if anchored else written
            if anchor and not any(m.start < match.end() and match.start() < m.end for m in found):
                guessed = anchored or _VAGUE.search(text[: match.start()]) is not None
                found.extend(_mention(match, resolve, anchor, guessed))
    return tuple(sorted(found, key=lambda mention: mention.start))


def nearest(mention: DateMention, written: datetime.date) -> list[DateMention]:
    """Return what a date without a year, or a bare weekday, may mean in a document of that day: the last and the next.

    They are ``filled``: they bear a claim out, and contradict none.
    """
    if not datetime.MINYEAR < written.year < datetime.MAXYEAR:
        return []
    if mention.weekday and not mention.parts.keys() - {"weekday"}:
        ahead = (WEEKDAYS.index(mention.weekday) - written.weekday()) % 7
        days = [written + datetime.timedelta(days=ahead + off) for off in (-7, 0)]
        return [_single(mention.start, mention.end, day, filled=True) for day in days]
    if mention.year or not (mention.month or mention.season):
        return []
    month = mention.month or SEASONS[mention.season or "spring"]
    last = written.year if (month, mention.day or 1) <= (written.month, written.day) else written.year - 1
    return [
        DateMention(mention.start, mention.end, year, mention.month, mention.day, season=mention.season, filled=True)
        for year in (last, last + 1)
    ]


def _anchor(anchors: Sequence[DateMention], before: int, written: datetime.date | None) -> datetime.date | None:
    """The first day of the last date before an offset, else the day of the document."""
    told = [mention.extent for mention in anchors if mention.end <= before and mention.extent]
    return told[-1][0] if told else written


def _mention(match: re.Match[str], resolve: Resolve, anchor: datetime.date, guessed: bool) -> list[DateMention]:
    try:
        first, last = resolve(match, anchor)
    except (ValueError, OverflowError):  # "900 years ago" is out of the calendar's reach
        return []
    if first == last:
        return [_single(match.start(), match.end(), first, filled=guessed)]
    same_year = first.year == last.year
    whole_month = same_year and (first, last) == month_of(first.year, first.month)
    month = first.month if whole_month or (same_year and first.month == last.month) else None
    year = first.year if same_year else None
    season = (match.groupdict().get("season") or "").lower().replace("fall", "autumn") or None
    return [
        DateMention(
            match.start(), match.end(), year, month, season=season, filled=guessed, resolved=True, days=(first, last)
        )
    ]


def _single(start: int, end: int, day: datetime.date, *, filled: bool) -> DateMention:
    return DateMention(
        start,
        end,
        day.year,
        day.month,
        day.day,
        weekday=WEEKDAYS[day.weekday()],
        filled=filled,
        resolved=True,
        days=(day, day),
    )


def _day(steps: int) -> Resolve:
    return lambda _, day: (day + datetime.timedelta(days=steps),) * 2


def _period(unit: str, day: datetime.date, steps: int = 0) -> Days:
    """The day, week (Monday to Sunday), month, year or decade that holds a day, or as many further on."""
    if unit == "day":
        return (day + datetime.timedelta(days=steps),) * 2
    if unit == "week":
        monday = day + datetime.timedelta(days=7 * steps - day.weekday())
        return monday, monday + datetime.timedelta(days=6)
    if unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 + steps, 12)
        return month_of(year, month + 1)
    years = 10 if unit == "decade" else 1
    first = datetime.date(day.year + years * steps, 1, 1)
    return first, first.replace(month=12, day=31)


def _weekend(match: re.Match[str], day: datetime.date) -> Days:
    monday = _period("week", day, _STEPS[match["which"].lower()])[0]
    return monday + datetime.timedelta(days=5), monday + datetime.timedelta(days=6)


def _whole(match: re.Match[str], day: datetime.date) -> Days:
    return _period(match["unit"].lower(), day, _STEPS[match["which"].lower()])


def _part(match: re.Match[str], day: datetime.date) -> Days:
    first, last = _period(match["unit"].lower(), day)
    return (first, day) if match["side"].lower() in ("earlier", "so far") else (day, last)


def _weekday(match: re.Match[str], day: datetime.date) -> Days:
    wanted, which = WEEKDAYS.index(match["weekday"].lower()), match["which"].lower()
    if which == "this":
        return (_period("week", day)[0] + datetime.timedelta(days=wanted),) * 2
    if _STEPS[which] < 0:
        return (day - datetime.timedelta(days=(day.weekday() - wanted - 1) % 7 + 1),) * 2
    return (day + datetime.timedelta(days=(wanted - day.weekday() - 1) % 7 + 1),) * 2


def _month(match: re.Match[str], day: datetime.date) -> Days:
    month, which = _MONTHS.index(match["month"].lower()) + 1, match["which"].lower()
    year = day.year - (_STEPS[which] < 0 and month >= day.month) + (_STEPS[which] > 0 and month <= day.month)
    return month_of(year, month)


def _season(match: re.Match[str], day: datetime.date) -> Days:
    """The season: "last summer" is the last one that is over, "next summer" the next one to begin."""
    season, step = match["season"].lower().replace("fall", "autumn"), _STEPS[match["which"].lower()]
    year = day.year
    if step < 0:
        year -= season_of(year, season)[1] >= day
    elif step > 0:
        year += season_of(year, season)[0] <= day
    return season_of(year, season)


def _counted(match: re.Match[str]) -> int:
    count = (match["count"] or "a").lower()
    return int(count) if count.isdigit() else SMALL_NUMBERS.get(count, 1)


def _away(sign: int) -> Resolve:
    """So many units back or ahead, as exactly as the unit: "three months ago" is a month."""
    return lambda match, day: _period(match["unit"].lower(), day, sign * _counted(match))


def _beside(match: re.Match[str], day: datetime.date) -> Days:
    step = 1 if match["side"].lower() in ("following", "next") else -1
    return _period(match["unit"].lower(), day, step)


def _stretch(match: re.Match[str], day: datetime.date) -> Days:
    """From then on: "in the last three years": from that day three years ago on until the day of the document."""
    unit, count = match["unit"].lower(), _counted(match)
    days = {"day": 1, "week": 7, "month": 30.44, "year": 365.25, "decade": 3652.5}[unit] * count
    if match["side"].lower() in ("last", "past"):
        return day - datetime.timedelta(days=round(days)), day
    return day, day + datetime.timedelta(days=round(days))


@lru_cache(maxsize=64)
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_FORMS: list[tuple[re.Pattern[str], Resolve, bool]] = [
    (_form("the day before yesterday"), _day(-2), False),
    (_form("the day after tomorrow"), _day(2), False),
    (_form("yesterday(?: (?:morning|afternoon|evening))?|last night"), _day(-1), False),
    (_form("tomorrow(?: (?:morning|afternoon|evening|night))?"), _day(1), False),
    (_form("today|tonight|this (?:morning|afternoon|evening)"), _day(0), False),
    (_form(r"(?P<side>earlier|later|so far) (?:in )?this (?P<unit>week|month|year)"), _part, False),
    (_form(rf"{_WHICH} weekend"), _weekend, False),
    (_form(rf"{_WHICH} (?P<weekday>{'|'.join(WEEKDAYS)})"), _weekday, False),
    (_form(rf"{_WHICH} (?P<month>{'|'.join(_MONTHS)})"), _month, False),
    (_form(rf"{_WHICH} (?P<season>spring|summer|autumn|fall|winter)"), _season, False),
    (_form(rf"the (?P<side>last|past|next|coming) {_COUNT} {_UNIT}"), _stretch, False),
    (_form(rf"(?:in|over|during|within) the (?P<side>last|past|next|coming)(?P<count>) {_UNIT}"), _stretch, False),
    (_form(rf"{_COUNT} {_UNIT} ago"), _away(-1), False),
    (_form(rf"in {_COUNT} {_UNIT}['’]? time"), _away(1), False),
    (_form(rf"{_COUNT} {_UNIT} (?:earlier|before|previously)"), _away(-1), True),
    (_form(rf"{_COUNT} {_UNIT} (?:later|afterwards|after that)"), _away(1), True),
    (_form(r"the (?P<side>previous|preceding|following|next) (?P<unit>day|week|month|year)"), _beside, True),
    (_form(r"(?P<which>this|last|next) (?P<unit>week|month|year)"), _whole, False),
]
