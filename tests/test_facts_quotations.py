"""Tables of cases for quotations: verbatim, altered, absent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.quotations import compare, quotations

SOURCE = (
    "The minister told the house: “We will not rest until every one of the gangs is broken, and the money that they "
    "took is returned.” She added that the work, which began in June, is far from done."
)

HONEST = [
    "She said: “We will not rest until every one of the gangs is broken.”",
    'She said: "we will not rest until every one of the gangs is broken".',
    "She said: ‘We will not rest until every one of the gangs is broken’.",
    "She said “We will not rest … the money that they took is returned”.",
    "She said “We will not rest ... until every one of the gangs is broken”.",
    "She said “We will not rest until every one of the [smuggling] gangs is broken”.",
    "She said “[w]e will not rest until every one of the gangs is broken”.",
    "She promised that “every one\nof the gangs is broken and the money” would come back.",
    "She said “the work which began in June is far from done”.",
    "Her “firm line” was noted.",
    "She sang “The Gangs Are All Gone Tonight” afterwards.",
    "She said nothing of the sort.",
]


@pytest.mark.parametrize("claim", HONEST)
def test_honest_quotations_are_no_difference(claim):
    assert compare(claim, SOURCE) == []


ALTERED = [
    ("She said: “We will never rest until every one of the gangs is broken.”", "never", "not"),
    ("She said: “We will not rest until most of the gangs is broken.”", "most", "every one"),
    ("She said: “We will not stop until every one of the gangs is broken.”", "stop", "rest"),
    ("She said “We will rest until every one of the gangs is broken”.", "will rest", "will not rest"),
    ("She said “We will not ever rest until every one of the gangs is broken”.", "not ever rest", "not rest"),
    ("She said “the money that they stole is returned … the work is far from done”.", "stole", "took"),
    ("She said “the work … is not far from done”.", "is not far", "is far"),
    ("She said “the money that they took is kept”.", "kept", "returned"),
    ("She said “Nobody will rest until every one of the gangs is broken”.", "Nobody", "We"),
]


@pytest.mark.parametrize(("claim", "ours", "theirs"), ALTERED)
def test_altered_words_are_named(claim, ours, theirs):
    found = compare(claim, SOURCE)
    assert ("contradicts", ours, theirs) in [(d.severity, d.claim_value, d.source_value) for d in found]


def test_another_form_of_a_word_is_doubtful():
    (difference,) = compare("She said “the works which began in June”.", SOURCE)
    assert (difference.severity, difference.claim_value) == ("doubtful", "works")


ABSENT = [
    "She said: “Nobody expects the tide to turn before winter.”",
    "She called it “a triumph for common sense”.",
]


@pytest.mark.parametrize("claim", ABSENT)
def test_a_quotation_that_the_source_lacks_is_missing(claim):
    (difference,) = compare(claim, SOURCE)
    assert (difference.severity, difference.claim_value) == ("missing", quotations(claim)[0].of(claim))


def test_pieces_must_come_in_their_order():
    claim = "She said “the money that they took … every one of the gangs is broken”."
    assert compare(claim, SOURCE) != []


@given(st.text(), st.text())
def test_spans_are_those_of_the_values(claim, source):
    for difference in compare(f"He said “{claim}”.", source):
        assert difference.claim_span.of(f"He said “{claim}”.") == difference.claim_value
        assert difference.source_span is None or difference.source_span.of(source) == difference.source_value


@given(st.lists(st.sampled_from("we will not rest until gangs are gone soon".split()), min_size=1, max_size=12))
def test_what_is_quoted_verbatim_is_no_difference(listed):
    said = " ".join(listed)
    assert compare(f"She said “{said}”.", f"Then: “{said}”, and no more.") == []
