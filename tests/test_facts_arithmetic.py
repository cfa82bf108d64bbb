"""Tables of cases for what follows from two numbers of a source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.facts import borne_out
from assistant.facts import compare as compare_facts
from assistant.facts.arithmetic import compare

RETURNS = (
    "5,294 Albanians were returned in 2024, more than double the 2,035 Albanian nationals returned two years earlier."
)
BOATS = "Arrivals by boat fell from 12,000 in 2022 to 600 in 2024."
HOMES = "The town built 840 homes in 2023. In 2021 it had built 300 homes."
LOANS = "The bank made loans of £40 million in 2020 and loans of £50 million in 2021."

BORNE_OUT = [
    ("Albanian returns have doubled.", RETURNS, "doubled", "5,294 is 2.6 times 2,035"),
    ("Albanian returns have more than doubled.", RETURNS, "more than doubled", "5,294 is 2.6 times 2,035"),
    ("Albanian returns grew 2.6-fold.", RETURNS, "2.6-fold", "5,294 is 2.6 times 2,035"),
    ("Albanian returns rose by 160%.", RETURNS, "160%", "5,294 is 160.1% more than 2,035"),
    ("Some 3,259 more Albanians were returned.", RETURNS, "Some 3,259", "5,294 is some 3,259 more than 2,035"),
    ("A total of 7,329 Albanians were returned.", RETURNS, "7,329", "2,035 and 5,294 make 7,329"),
    ("Boat arrivals fell by 95%.", BOATS, "95%", "600 is 95% less than 12,000"),
    ("Boat arrivals fell by more than 90 per cent.", BOATS, "more than 90 per cent", "600 is 95% less than 12,000"),
    ("Boat arrivals saw a 95% drop.", BOATS, "95%", "600 is 95% less than 12,000"),
    ("Boat arrivals fell by 11,400.", BOATS, "11,400", "600 is 11,400 less than 12,000"),
    ("Boat arrivals fell over two years.", BOATS, "two years", "from 2022 to 2024 it is 2 years"),
    ("Nearly three times as many homes were built.", HOMES, "Nearly three times", "840 is 2.8 times 300"),
    ("The homes built increased by 540.", HOMES, "540", "840 is 540 more than 300"),
    ("The bank's loans rose by £10m.", LOANS, "£10m", "£50 million is £10m more than £40 million"),
    ("The bank made £90m of loans in total.", LOANS, "£90m", "£40 million and £50 million make £90m"),
    ("Bread prices halved.", "Bread prices fell from £4 to £2.", "halved", "£2 is 0.5 times £4"),
]


@pytest.mark.parametrize(("claim", "source", "words", "reason"), BORNE_OUT)
def test_what_follows_from_two_numbers_is_borne_out_with_the_arithmetic(claim, source, words, reason):
    found = borne_out(claim, source)
    assert [(claim[c.start : c.end], c.reason) for c in found] == [(words, reason)]
    assert [d for d in compare_facts(claim, source) if d.kind == "number"] == []


NOT_BORNE_OUT = [
    ("Albanian returns tripled.", RETURNS),
    ("Albanian returns rose by 80%.", RETURNS),
    ("Norwegian ferries doubled.", RETURNS),
    ("Boat arrivals rose by 95%.", BOATS),
    ("The homes built doubled.", f"{HOMES} In 2019 it had built 310 homes."),
    ("The homes built doubled.", "The town built 840 homes. The county dug 420 wells."),
    ("The homes built doubled.", "The town built 840 homes for £420 million."),
    ("The homes stood for two years.", "In 2019, 2021 and 2022 homes were built."),
]


@pytest.mark.parametrize(("claim", "source"), NOT_BORNE_OUT)
def test_nothing_follows_from_numbers_of_other_things_or_of_more_than_two(claim, source):
    assert borne_out(claim, source) == []


CONTRADICTED = [
    ("Albanian returns tripled.", RETURNS, "tripled"),
    ("Albanian returns halved.", RETURNS, "halved"),
    ("Albanian returns rose by 80%.", RETURNS, "80%"),
    ("Albanian returns fell.", RETURNS, "fell"),
    ("Boat arrivals fell by 59%.", BOATS, "59%"),
    ("Boat arrivals rose.", BOATS, "rose"),
    ("Boat arrivals doubled.", BOATS, "doubled"),
    ("The homes built in the town fell.", HOMES, "fell"),
]


@pytest.mark.parametrize(("claim", "source", "words"), CONTRADICTED)
def test_two_numbers_tell_against_another_change(claim, source, words):
    found = compare(claim, source)
    assert [(d.severity, d.claim_value) for d in found] == [("contradicts", words)]
    assert found[0].source_span is not None
    assert found[0].source_span.of(source) == found[0].source_value
    assert [d.claim_value for d in compare_facts(claim, source) if d.kind == "number"] == [words]


NOT_CONTRADICTED = [
    ("Albanian returns rose.", RETURNS),
    ("Albanian returns doubled.", "Returns of Albanians doubled, from 2,035 Albanians to 5,294 Albanians."),
    ("Norwegian ferries fell.", RETURNS),
    ("The homes built fell.", "The town built 840 homes and the county built 300 homes."),
    ("Boat arrivals rose.", f"{BOATS} Arrivals by air rose."),
]


@pytest.mark.parametrize(("claim", "source"), NOT_CONTRADICTED)
def test_nothing_is_held_against_a_claim_without_two_numbers_in_order(claim, source):
    assert compare(claim, source) == []


PIECES = (
    "arrivals fell rose by from to 2,035 5,294 95% doubled halved in 2022 2024 people . total of more £4m 0".split()
)
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@settings(deadline=None)
@given(TEXT, TEXT)
def test_spans_lie_in_the_texts(claim, source):
    for calculation in borne_out(claim, source):
        assert 0 <= calculation.start < calculation.end <= len(claim)
    for difference in compare(claim, source):
        assert difference.claim_span.of(claim) == difference.claim_value


@settings(deadline=None)
@given(TEXT)
def test_a_text_does_not_tell_against_itself(text):
    assert compare(text, text) == []
