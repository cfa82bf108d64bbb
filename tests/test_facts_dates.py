"""Tables of cases for relative dates: what they resolve to, and what they bear out and contradict."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.facts.date_mention import DateMention
from assistant.facts.dates import compare, dated, find_dates

WRITTEN = datetime.date(2025, 5, 15)  # a Thursday


def days(first, last=None):
    return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)


RESOLVED = [
    ("The prime minister is in Tirana today.", "today", days("2025-05-15")),
    ("They will meet this evening.", "this evening", days("2025-05-15")),
    ("The ship sailed yesterday.", "yesterday", days("2025-05-14")),
    ("The ship sailed the day before yesterday.", "the day before yesterday", days("2025-05-13")),
    ("The ship sails tomorrow.", "tomorrow", days("2025-05-16")),
    ("The leaders meet this week.", "this week", days("2025-05-12", "2025-05-18")),
    ("The leaders met last week.", "last week", days("2025-05-05", "2025-05-11")),
    ("They met last weekend.", "last weekend", days("2025-05-10", "2025-05-11")),
    ("The bill passes next month.", "next month", days("2025-06-01", "2025-06-30")),
    ("Arrivals fell last year.", "last year", days("2024-01-01", "2024-12-31")),
    ("A pilot began earlier this month.", "earlier this month", days("2025-05-01", "2025-05-15")),
    ("A summit follows later this year.", "later this year", days("2025-05-15", "2025-12-31")),
    ("He flew in last Friday.", "last Friday", days("2025-05-09")),
    ("He flew in last Thursday.", "last Thursday", days("2025-05-08")),
    ("He flies home next Monday.", "next Monday", days("2025-05-19")),
    ("He flies home this Friday.", "this Friday", days("2025-05-16")),
    ("Boats sank last June.", "last June", days("2024-06-01", "2024-06-30")),
    ("Boats sank last March.", "last March", days("2025-03-01", "2025-03-31")),
    ("It opened last autumn.", "last autumn", days("2024-09-01", "2024-11-30")),
    ("It opened last spring.", "last spring", days("2024-03-01", "2024-05-31")),
    ("It opens next winter.", "next winter", days("2025-12-01", "2026-02-28")),
    ("It opened two years ago.", "two years ago", days("2023-01-01", "2023-12-31")),
    ("It opened 3 months ago.", "3 months ago", days("2025-02-01", "2025-02-28")),
    ("It opened a week ago.", "a week ago", days("2025-05-05", "2025-05-11")),
    ("It opens in two months' time.", "in two months' time", days("2025-07-01", "2025-07-31")),
    ("Arrivals rose in the last three years.", "the last three years", days("2022-05-15", "2025-05-15")),
    ("It opened in 2022. Two years earlier it was a ruin.", "Two years earlier", days("2020-01-01", "2020-12-31")),
    ("It closed in June 2022 and opened the following month.", "the following month", days("2022-07-01", "2022-07-31")),
    ("It had opened two years earlier.", "two years earlier", days("2023-01-01", "2023-12-31")),
]


@pytest.mark.parametrize(("text", "words", "expected"), RESOLVED)
def test_relative_dates_are_resolved_by_the_day_of_the_document(text, words, expected):
    found = [mention for mention in dated(text, WRITTEN) if mention.resolved]
    assert [text[mention.start : mention.end] for mention in found] == [words]
    assert found[0].extent == expected


@pytest.mark.parametrize(
    "text", ["It opened yesterday.", "Two years earlier it was a ruin.", "Nine lived 900 years ago."]
)
def test_without_a_day_to_count_from_nothing_is_resolved(text):
    assert dated(text, None) == ()


def test_what_lies_before_the_calendar_is_left_alone():
    assert dated("The cave was painted 9000 decades ago; the hut 999 decades ago.", WRITTEN) == ()


BORNE_OUT = [
    ("The minister flew to Tirana on 15 May 2025.", "The minister flies to Tirana today."),
    ("The minister flew to Tirana on 15 May.", "The minister flies to Tirana today."),
    ("The minister flew to Tirana on Thursday.", "The minister flies to Tirana today."),
    ("The minister flew to Tirana in May 2025.", "The minister flew to Tirana yesterday."),
    ("Arrivals doubled in 2024.", "Arrivals doubled last year."),
    ("The minister flew to Tirana on 12 May 2025.", "The minister flew to Tirana on Monday."),
    ("The minister flies to Tirana on 19 May 2025.", "The minister flies to Tirana on Monday."),
    ("The summit is in autumn 2025.", "The summit is in the autumn."),
    ("The summit was in March 2025.", "The summit was in March."),
    ("The harbour was a ruin in 2020.", "It opened in 2022. Two years earlier the harbour was a ruin."),
    ("The summit is in the autumn.", "The summit is on 3 October 2025."),
]


@pytest.mark.parametrize(("claim", "source"), BORNE_OUT)
def test_a_relative_date_of_the_source_bears_a_date_out(claim, source):
    assert compare(claim, source, source_date=WRITTEN) == []


CONTRADICTED = [
    (
        "The minister flew to Tirana on 13 May 2025.",
        "The minister flew to Tirana yesterday.",
        "13 May 2025",
        "yesterday",
    ),
    ("The minister flew to Tirana on Friday.", "The minister flew to Tirana yesterday.", "Friday", "yesterday"),
    ("Arrivals doubled in 2023.", "Arrivals doubled last year.", "2023", "last year"),
    ("The boats sank in June 2023.", "The boats sank last June.", "June 2023", "last June"),
    ("Arrivals doubled in 2019.", "Arrivals doubled in the last three years.", "2019", "the last three years"),
]


@pytest.mark.parametrize(("claim", "source", "ours", "theirs"), CONTRADICTED)
def test_another_date_than_the_relative_one_contradicts(claim, source, ours, theirs):
    found = compare(claim, source, source_date=WRITTEN)
    assert [(d.severity, d.claim_value, d.source_value) for d in found] == [("contradicts", ours, theirs)]


def test_a_date_more_exact_than_the_relative_one_is_missing_not_contradicted():
    found = compare("The leaders met on 7 May 2025.", "The leaders met last week.", source_date=WRITTEN)
    assert [(d.severity, d.claim_value) for d in found] == [("missing", "7 May 2025")]


@pytest.mark.parametrize("source", ["The boats sank in November.", "The minister flew on Monday."])
def test_a_date_that_may_be_of_two_years_or_weeks_contradicts_neither(source):
    claim = source.replace("in November", "in November 2026").replace("on Monday", "on 5 May 2025")
    assert [d.severity for d in compare(claim, source, source_date=WRITTEN)] == ["missing"]


def test_the_same_words_mean_the_same_where_no_day_is_known():
    assert compare("The ship sailed yesterday.", "The ship sailed yesterday.") == []


def test_a_relative_date_of_the_claim_is_resolved_by_its_own_day():
    source = "The ship sailed on 14 May 2025."
    assert compare("The ship sailed yesterday.", source, claim_date=WRITTEN) == []
    later = WRITTEN + datetime.timedelta(days=1)
    assert [d.severity for d in compare("The ship sailed yesterday.", source, claim_date=later)] == ["contradicts"]


def test_a_relative_date_of_the_claim_that_the_source_does_not_tell_is_no_difference():
    assert compare("The ship sailed yesterday.", "The ship sailed.", claim_date=WRITTEN) == []


ABSOLUTE = [
    ("published 2025-05-15T10:30:00", [{"year": 2025, "month": 5, "day": 15}]),
    ("Fri 15 Feb 19", [{"year": 2019, "month": 2, "day": 15}]),
    ("on 15 Feb 2019", [{"year": 2019, "month": 2, "day": 15}]),
    ("the 70s", [{"year": 1970}]),
    ("in her 70s", []),
    ("mid-2019", [{"year": 2019}]),
    ("a 2016 census", [{"year": 2016}]),
    ("the fixtures of the 2014 15 season", [{"year": 2014}, {"year": 2015}]),
    ("Fall of 2018", [{"year": 2018, "season": "autumn"}]),
    ("Fall in love", []),
    ("on sunday", [{"weekday": "sunday"}]),
]


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
def test_dates_are_read_in_unusual_forms(text, expected):
    assert [date.parts for date in find_dates(text)] == expected


@pytest.mark.parametrize("claim", ["Goods that left before 20 November 2015 are exempt."])
def test_another_date_under_the_same_bound_contradicts(claim):
    source = "Goods that left before 1 November 2015 are exempt."
    found = compare(claim, source)
    assert [(d.severity, d.source_value) for d in found] == [("contradicts", "before 1 November 2015")]


EXTENTS = [
    (DateMention(0, 1, year=2024, month=2), days("2024-02-01", "2024-02-29")),
    (DateMention(0, 1, year=2024, month=2, day=30), days("2024-02-01", "2024-02-29")),
    (DateMention(0, 1, year=1994, decade=True), days("1990-01-01", "1999-12-31")),
    (DateMention(0, 1, year=2024, season="winter"), days("2024-12-01", "2025-02-28")),
    (DateMention(0, 1, month=2), None),
]


@pytest.mark.parametrize(("mention", "expected"), EXTENTS)
def test_a_date_spans_the_days_it_may_mean(mention, expected):
    assert mention.extent == expected


PIECES = "today last next this week year Monday May in 2022 two years earlier ago the past 9 days . autumn".split()
TEXT = st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join)
DAY = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))


@settings(deadline=None)
@given(TEXT, DAY)
def test_resolving_never_fails_and_a_text_does_not_differ_from_itself(text, written):
    assert compare(text, text, claim_date=written, source_date=written) == []


@settings(deadline=None)
@given(TEXT, TEXT, DAY)
def test_spans_hold_the_dates_they_name(claim, source, written):
    for difference in compare(claim, source, claim_date=written, source_date=written):
        assert difference.claim_span.of(claim) == difference.claim_value
        if difference.source_span:
            assert difference.source_span.of(source) == difference.source_value
