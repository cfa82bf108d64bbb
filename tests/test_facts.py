"""Tables of cases for the comparators of numbers, dates and denials."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.facts import compare, shared_values
from assistant.facts.dates import find_dates
from assistant.facts.quantities import find_quantities

QUANTITIES = [
    ("£1 million", [(1e6, "GBP", "exact")]),
    ("£1m", [(1e6, "GBP", "exact")]),
    ("£1,000,000", [(1e6, "GBP", "exact")]),
    ("1,000,000 pounds", [(1e6, "GBP", "exact")]),
    ("one million pounds", [(1e6, "GBP", "exact")]),
    ("$2.5bn", [(2.5e9, "USD", "exact")]),
    ("€76.25\xa0million", [(76.25e6, "EUR", "exact")]),
    ("£1\nmillion", [(1e6, "GBP", "exact")]),
    ("€40 thousand", [(4e4, "EUR", "exact")]),
    ("half a million people", [(5e5, None, "exact")]),
    ("a hundred dogs", [(100, None, "exact")]),
    ("two hundred and five", [(205, None, "exact")]),
    ("twelve ships", [(12, None, "exact")]),
    ("twenty-one", [(21, None, "exact")]),
    ("two and a half million", [(2.5e6, None, "exact")]),
    ("5,294 people", [(5294, None, "exact")]),
    ("95%", [(95, "%", "exact")]),
    ("95 per cent", [(95, "%", "exact")]),
    ("ninety-five percent", [(95, "%", "exact")]),
    ("half of the boats", [(50, "%", "exact")]),
    ("three quarters of them", [(75, "%", "exact")]),
    ("5 percentage points", [(5, "percentage point", "exact")]),
    ("more than 55 arrests", [(55, None, "more")]),
    ("at least 55 arrests", [(55, None, "least")]),
    ("55 or more arrests", [(55, None, "least")]),
    ("100+ arrests", [(100, None, "least")]),
    ("up to 1,200", [(1200, None, "most")]),
    ("fewer than 60", [(60, None, "less")]),
    ("about 250", [(250, None, "about")]),
    ("nearly 5,300", [(5300, None, "nearly")]),
    ("just over 5,000", [(5000, None, "just over")]),
    ("between 10 and 15 per cent", [(10, "%", "range")]),
    ("10–15 million", [(1e7, None, "range")]),
    ("18 months", [(18, "month", "exact")]),
    ("over three years", [(36, "month", "exact")]),
    ("5km", [(5000, "metre", "exact")]),
    ("12th", [(12, "ordinal", "exact")]),
    ("the second visit", [(2, "ordinal", "exact")]),
    ("arrivals doubled", [(2, "times", "exact")]),
    ("1500 troops", [(1500, None, "exact")]),
    ("nine in ten", [(90, "%", "exact")]),
    ("26 out of 100", [(26, "%", "exact")]),
    ("5.7/10", [(57, "%", "exact")]),
    ("¾ of the fleet", [(75, "%", "exact")]),
    ("two fifths of the fleet", [(40, "%", "exact")]),
    ("a quarter of a million people", [(250000, None, "exact")]),
    ("a year and a half", [(18, "month", "exact")]),
    ("a dozen boats", [(12, None, "exact")]),
    ("6.2+ million", [(6.2e6, None, "least")]),
    ("$2.4 M", [(2.4e6, "USD", "exact")]),
    ("5 crore rupees", [(5e7, "INR", "exact")]),
    ("larger than 170", [(170, None, "more")]),
    ("averaged over 12 reviews", [(12, None, "exact")]),
    ("the twenty-first visit", [(21, "ordinal", "exact")]),
    ("a five-percentage-point rise", [(5, "percentage point", "exact")]),
    ("rates halved", [(0.5, "times", "exact")]),
    ("a fivefold rise", [(5, "times", "exact")]),
    ("3D maps", []),
    ("in 2022", []),
    ("on 15 May 2025", []),
    ("no one of them", []),
    ("COVID-19 and G7", []),
    ("1. Choose a place", []),
    ("- 2) Choose a place", []),
    ("Causes:\n1. Heat\n12. Frost in 4 towns", [(4, None, "exact")]),
    ("a 401(k) account", []),
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_quantities_are_read(text, expected):
    assert [(q.value, q.unit, q.qualifier) for q in find_quantities(text)] == expected


DATES = [
    ("15 May 2025", [{"year": 2025, "month": 5, "day": 15}]),
    ("May 15, 2025", [{"year": 2025, "month": 5, "day": 15}]),
    ("15th of May 2025", [{"year": 2025, "month": 5, "day": 15}]),
    ("2025-05-15", [{"year": 2025, "month": 5, "day": 15}]),
    ("15/05/2025", [{"year": 2025, "month": 5, "day": 15}]),
    ("05/15/2025", [{"year": 2025, "month": 5, "day": 15}]),
    ("May 2025", [{"year": 2025, "month": 5}]),
    ("Sept. 2020", [{"year": 2020, "month": 9}]),
    ("15\nMay 2025", [{"year": 2025, "month": 5, "day": 15}]),
    ("15 May", [{"month": 5, "day": 15}]),
    ("in May", [{"month": 5}]),
    ("It may go, they march", []),
    ("on Monday", [{"weekday": "monday"}]),
    ("in the autumn", [{"season": "autumn"}]),
    ("in the fall", [{"season": "autumn"}]),
    ("arrivals fall", []),
    ("spring 2026", [{"year": 2026, "season": "spring"}]),
    ("in 2022", [{"year": 2022}]),
    ("2019/20", [{"year": 2019}, {"year": 2020}]),
    ("2022–2024", [{"year": 2022}, {"year": 2024}]),
    ("the 1990s", [{"year": 1990}]),
    ("1500 troops", []),
    ("in 2022 troops came", [{"year": 2022}]),
    ("two years earlier", []),
    ("£2000", []),
    ("5,294", []),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates_are_read(text, expected):
    assert [date.parts for date in find_dates(text)] == expected


BORNE_OUT = [
    ("Police made over 50 arrests.", "Police made more than 55 arrests."),
    ("Police made more than 55 arrests.", "Police made more than 55 arrests in May."),
    ("Police made about 50 arrests.", "Police made 52 arrests."),
    ("Police made nearly 60 arrests.", "Police made 58 arrests."),
    ("Police made between 50 and 60 arrests.", "Police made 55 arrests."),
    ("The cost is £1m.", "The cost is £1 million."),
    ("The cost is 1,000,000 pounds.", "The cost is £1 million."),
    ("Some 1.2 million came.", "In all 1,234,567 came."),
    ("Arrivals fell 95 per cent.", "Arrivals fell by 95%."),
    ("Arrivals fell by 95%.", "Arrivals fell by 94.8%."),
    ("Half of the boats came back.", "50% of the boats came back."),
    ("Twelve ships sailed.", "12 ships sailed."),
    ("The project ran for 1.5 years.", "The project ran for 18 months."),
    ("It was his third visit.", "It was his 3rd visit."),
    ("The visit was in May 2025.", "The visit was on 15 May 2025."),
    ("The visit was on 15 May 2025.", "The visit of 2025 began on 15 May."),
    ("The visit was on 2025-05-15.", "The visit was on May 15, 2025."),
    ("It began in the 1990s.", "It began in 1994."),
    ("It was built before 1900.", "It was built in 1887."),
    ("The summit is in the fall.", "The summit is in the autumn."),
    ("The two countries signed.", "Albania and Kosovo signed."),
    ("The minister did not sign the accord.", "The minister never signed the accord."),
    ("The minister signed not only the accord.", "The minister signed the accord."),
    ("No. 10 announced the visit.", "Number 10 announced the visit."),
    ("There is no doubt that boats sank.", "Several boats sank."),
    ("The ferry carries 5.3k people.", "The ferry carries 5,300 people."),
    ("The project ran for a year and a half.", "The project ran for 18 months."),
    ("The plan is for a three-year period.", "The plan is for over three years."),
    ("The plan lasts over three years.", "The plan lasts four years."),
    ("The wall is 10 miles long.", "The wall is 16 km long."),
    ("The field has 40 hectares.", "The field has 99 acres."),
    ("The trial takes four weeks.", "The trial takes 28 days."),
    ("The trial takes 48 hours.", "The trial takes two days."),
    ("Nine in ten boats came back.", "90% of the boats came back."),
    ("The play got 57%.", "The play got 5.7/10."),
    ("She is 21 years old.", "He is 20 years old, and she is 21."),
    ("Fewer than 5,000 people voted.", "In the end 109 people voted."),
    ("The crew of Apollo 11 landed.", "The crew of the Apollo landed, and boats of the navy took them home."),
    (
        "Gold badges go to 1 million readers, the silver badges to 10 million readers.",
        "Silver badges go to 10 million readers. Gold badges go to 1 million readers.",
    ),
    ("The deal was signed on 3 June 2024.", "Home\n3 June 2024\nSince 2019 the deal was to be signed by 2023."),
]


@pytest.mark.parametrize(("claim", "source"), BORNE_OUT)
def test_what_the_source_bears_out_is_no_difference(claim, source):
    assert compare(claim, source) == []


CONTRADICTED = [
    ("Police made over 60 arrests.", "Police made more than 55 arrests.", "over 60", "more than 55"),
    ("Police made more than 55 arrests.", "Police made 55 arrests.", "more than 55", "55"),
    ("The project led to 54 arrests.", "The project had 1000 hits and led to 55 arrests.", "54", "55"),
    ("The cost is £10 million.", "The cost is £1 million.", "£10 million", "£1 million"),
    ("The cost is £1 billion.", "The cost is £1 million.", "£1 billion", "£1 million"),
    ("The cost is $1 million.", "The cost is £1 million.", "$1 million", "£1 million"),
    ("Rates rose by 5 percentage points.", "Rates rose by 5%.", "5 percentage points", "5%"),
    ("Arrivals fell by 59%.", "Arrivals fell by 95%.", "59%", "95%"),
    ("The project ran for 18 years.", "The project ran for 18 months.", "18 years", "18 months"),
    ("Nearly 410 homes are built.", "Nearly 400 homes are built.", "Nearly 410", "Nearly 400"),
    (
        "It takes up to 80 per cent of them.",
        "It takes up to 50 per cent of them.",
        "up to 80 per cent",
        "up to 50 per cent",
    ),
    (
        "Trade is worth more than £15m a year.",
        "Trade is worth more than £15bn a year.",
        "more than £15m",
        "more than £15bn",
    ),
    ("The wall is 20 miles long.", "The wall is 16 km long.", "20 miles", "16 km"),
    ("Under section 9 the minister may act.", "Under section 7 the minister may act.", "9", "7"),
    ("It was his second official visit.", "It was his first official visit.", "second", "first"),
    ("Arrivals tripled in two years.", "Arrivals doubled in two years.", "tripled", "doubled"),
    ("The visit was on 16 May 2025.", "The visit was on 15 May 2025.", "16 May 2025", "15 May 2025"),
    ("The visit was in 2027.", "The visit was in 2026.", "2027", "2026"),
    ("The summit is in the spring.", "The summit is in the autumn.", "spring", "autumn"),
    ("The minister flew on Friday.", "The minister flew on Thursday.", "Friday", "Thursday"),
    ("It was built before 1880.", "It was built in 1887.", "before 1880", "1887"),
    ("The minister signed the accord.", "The minister did not sign the accord.", "signed", "not sign"),
    ("The minister has not signed the accord.", "The minister has signed the accord.", "not signed", "signed"),
    ("They won't fund the drones.", "They will fund the drones.", "won't fund", "fund"),
    ("He denied meeting the envoy.", "He admitted meeting the envoy.", "denied meeting", "meeting"),
    ("He entered without a visa.", "He entered with a visa.", "without a visa", "visa"),
    ("The ship failed to leave port.", "The ship managed to leave port.", "failed to leave", "leave"),
]


@pytest.mark.parametrize(("claim", "source", "ours", "theirs"), CONTRADICTED)
def test_another_value_in_the_same_place_contradicts(claim, source, ours, theirs):
    found = compare(claim, source)
    assert [(d.severity, d.claim_value, d.source_value) for d in found] == [("contradicts", ours, theirs)]
    assert found[0].claim_span.of(claim) == ours
    assert found[0].source_span is not None
    assert found[0].source_span.of(source) == theirs
    assert found[0].reason == f"claim says “{ours}”, source says “{theirs}”"


ELSEWHERE = [
    (
        "The port costs £10 million.",
        "The port costs £1 million. A school will be given £10 million by the bank.",
        "£10 million",
        "£1 million",
    ),
    ("Eden led from 1957 to 1957.", "Eden led from 1955 to 1957.", "1957", "1955"),
    ("Rule 5 is set out in part 6.", "Rule 5 is set out in part 9. The crews met in 6 ports.", "6", "9"),
    (
        "It binds those named in the second column of table 2.",
        "It binds those named in the first column of table 2. The second column names the ports.",
        "second",
        "first",
    ),
]


@pytest.mark.parametrize(("claim", "source", "ours", "theirs"), ELSEWHERE)
def test_a_value_that_the_source_has_for_something_else_contradicts(claim, source, ours, theirs):
    found = compare(claim, source)
    assert [(d.severity, d.claim_value, d.source_value) for d in found] == [("contradicts", ours, theirs)]


AT_HOME = [
    (
        "Profits rose in the first half of 2016.",
        "In the first half of 2015 sales fell. In the first half of 2016 profits rose.",
    ),
    ("In 2016 arrivals rose to 6,000.", "In 2015 arrivals rose to 5,000. In 2016 arrivals rose to 6,000."),
    (
        "Lyon is the third largest city in France.",
        "Lyon is the second largest city of its region, and the third largest in France.",
    ),
]


@pytest.mark.parametrize(("claim", "source"), AT_HOME)
def test_a_value_in_its_own_place_is_not_measured_by_another_in_the_like_words(claim, source):
    assert compare(claim, source) == []


LISTED = "The pact is extended to Serbia and Moldova."
TOLD_APART = "The pact is extended to Serbia and will progress talks with Moldova."


def test_names_listed_together_that_the_source_tells_apart_are_doubtful():
    found = compare(LISTED, TOLD_APART)
    assert [(d.kind, d.severity, d.claim_value) for d in found] == [("list", "doubtful", "Serbia and Moldova")]
    assert found[0].source_value == "Serbia and will progress talks with Moldova"


@pytest.mark.parametrize(
    "source", ["Serbia and Moldova joined.", f"{TOLD_APART} Serbia, Moldova and Kosovo agreed.", "Moldova and Serbia."]
)
def test_names_listed_together_somewhere_are_not(source):
    assert compare(LISTED, source) == []


MISSING = [
    ("The laboratory receives £3 million.", "The river rises in the mountains.", "£3 million"),
    ("The laboratory opened in 1998.", "The river rises in the mountains.", "1998"),
    ("The laboratory employs 40 people.", "The river has flooded 7 villages since the dam broke.", "40"),
    ("The visit was on 15 May 2025.", "The visit was in May 2025.", "15 May 2025"),
]


@pytest.mark.parametrize(("claim", "source", "value"), MISSING)
def test_a_value_without_a_counterpart_is_missing(claim, source, value):
    found = compare(claim, source)
    assert [(d.severity, d.claim_value, d.source_value) for d in found] == [("missing", value, None)]
    assert found[0].reason == f"not found: “{value}”"


def test_values_written_otherwise_are_shared():
    claim = "It cost £1m on 15 May 2025."
    spans = shared_values(claim, "On May 15, 2025 it cost £1 million.")
    assert [span.of(claim) for span in spans] == ["£1m", "15 May 2025"]


PIECES = """5,294 £1m half a of the 15 May 2025 not no over between and ten million % - in ships . sailed 2019/20 days
1st without denied 02/03/2004""".split()
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@settings(deadline=None)
@given(TEXT, TEXT)
def test_spans_hold_the_values_they_name(claim, source):
    for difference in compare(claim, source):
        assert difference.claim_span.of(claim) == difference.claim_value
        if difference.source_span:
            assert difference.source_span.of(source) == difference.source_value


@settings(deadline=None)
@given(TEXT)
def test_a_text_does_not_differ_from_itself(text):
    assert compare(text, text) == []
