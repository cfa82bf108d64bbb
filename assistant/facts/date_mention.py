"""A date as a text gives it: any of its parts may be lacking."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Literal

Part = Literal["year", "month", "day", "weekday", "season"]
Days = tuple[datetime.date, datetime.date]
"""The first and the last day of a stretch of time."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The month in which a season of three months begins, in the north."""


@dataclass(frozen=True)
class DateMention:
    """A date at ``[start, end)``; absent parts are None. ``bound`` is set for "before" and "after" a date.

    ``filled`` marks a source's date of which a part was taken from elsewhere: enough to bear a claim out, not to
    contradict it. ``resolved`` marks a relative date read by the document's date; ``days`` are the days it spans.
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
    resolved: bool = False
    days: Days | None = None

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

    @property
    def extent(self) -> Days | None:
        """The days that the date spans, as exactly as it is given; None where its year is unknown."""
        if self.days or self.year is None:
            return self.days
        if self.decade:
            tens = self.year // 10 * 10
            return datetime.date(tens, 1, 1), datetime.date(tens + 9, 12, 31)
        if self.season:
            return season_of(self.year, self.season)
        if self.month is None:
            return datetime.date(self.year, 1, 1), datetime.date(self.year, 12, 31)
        first, last = month_of(self.year, self.month)
        return (first.replace(day=self.day),) * 2 if self.day and self.day <= last.day else (first, last)


def month_of(year: int, month: int) -> Days:
    """Return the first and the last day of a month."""
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def season_of(year: int, season: str) -> Days:
    """Return the first and the last day of a season; winter begins in the year it is named by."""
    first = SEASONS[season]
    end_year, end_month = (year + 1, 2) if first == SEASONS["winter"] else (year, first + 2)
    return datetime.date(year, first, 1), month_of(end_year, end_month)[1]
