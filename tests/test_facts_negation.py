"""Tables of cases for the comparator of denials: put in, taken out, or said in other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import negation

SAID = "The envoy will attend the talks in Oslo next week."
DENIED = [
    ("The envoy will not attend the talks in Oslo next week.", SAID, "not attend"),
    ("The envoy won’t attend the talks in Oslo next week.", SAID, "won’t attend"),
    ("The envoy will never attend the talks in Oslo next week.", SAID, "never attend"),
    ("The envoy will no longer attend the talks in Oslo next week.", SAID, "no longer attend"),
    ("The boats left port without a pilot.", "The boats left port with a pilot.", "without a pilot"),
    ("The crew cannot swim.", "The crew can swim.", "cannot swim"),
    ("It is not so.", "It is so.", "not so"),
    ("If no request is made, it lapses.", "If a request is made, it lapses.", "no request"),
    ("We are not quite there yet.", "We are quite there yet.", "not quite"),
]


@pytest.mark.parametrize(("denied", "said", "words"), DENIED)
def test_a_denial_put_in_or_taken_out_contradicts_and_is_quoted(denied, said, words):
    added, removed = negation.compare(denied, said), negation.compare(said, denied)
    assert [(d.severity, d.claim_value) for d in added] == [("contradicts", words)]
    assert [(d.severity, words in (d.source_value or "")) for d in removed] == [("contradicts", True)]


ALIKE = [
    ("The envoy will not attend.", "The envoy won't attend."),
    ("The envoy is no longer a member.", "The envoy is not a member any more."),
    ("The envoy never went to Oslo.", "The envoy did not go to Oslo."),
    ("Bicycles do not pollute.", "Bicycles are non-polluting."),
    ("Landings did not rise in the bay.", "Landings fell in the bay."),
    ("Smoking is not legal there.", "Smoking is banned there."),
    ("The envoy was not involved in the trade.", "The envoy met a friend in Oslo."),
    ("Not only the envoy came.", "The envoy came."),
    ("The envoy came, no doubt.", "The envoy came."),
    ("Few came, and the envoy did not.", "Few came, and the envoy did not."),
    ("To renew a permit, you need a letter.", "Why can't I renew a permit? Make sure you have a letter."),
    ("The surname must match the permit.", "If the surname doesn't match the permit, it is refused."),
    ("If it is not the usual fee, say so.", "State a fee other than the usual fee."),
    (
        "The inner harbour is a restricted area.",
        "The outer harbour is not a restricted area. The inner harbour is a restricted area for all crews.",
    ),
]


@pytest.mark.parametrize(("claim", "source"), ALIKE)
def test_what_is_denied_in_other_words_is_no_difference(claim, source):
    assert negation.compare(claim, source) == []


def test_a_denial_of_a_matter_that_the_source_tells_without_it_is_missing():
    found = negation.compare(
        "The envoy signed the Oslo treaty but not the annex.", "In March the envoy signed the treaty in Oslo."
    )
    assert [(d.severity, d.claim_value) for d in found] == [("missing", "not the annex")]


@pytest.mark.parametrize(
    ("text", "word", "denied"),
    [
        ("The envoy will not attend.", "attend", True),
        ("The envoy will attend.", "attend", False),
        ("The envoy did not deny meeting them.", "meeting", False),
        ("The envoy denied meeting them.", "meeting", True),
    ],
)
def test_two_denials_cancel_out(text, word, denied):
    assert negation.denies(text, text.index(word)) is denied


PIECES = "the envoy will not attend won't never no longer cannot can Oslo . , without a pilot with is so".split()
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@given(TEXT, TEXT)
def test_spans_hold_the_values_they_name(claim, source):
    for found in negation.compare(claim, source):
        assert found.claim_span.of(claim) == found.claim_value
        if found.source_span:
            assert found.source_span.of(source) == found.source_value
