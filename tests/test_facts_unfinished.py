"""Deeds that one of two like sentences speaks of as done, and the other does not."""

from __future__ import annotations

import pytest

from assistant.facts import unfinished

NOT_DONE = [
    ("The office was proposed in 2016.", "The office was founded in 2016.", "proposed", "founded"),
    ("Drones, which have been used at night.", "Drones, which are to be used at night.", "have been", "are to be"),
    ("The work of the union was due to end in May.", "The work of the union ended in May.", "was due to end", "ended"),
    ("Rain. The fund was set up in Tirana by banks.", "The fund was planned in Tirana by banks.", "set up", "planned"),
]  # fmt: skip
THE_SAME = [
    ("The office was started in 2016.", "The office was founded in 2016."),
    ("The office was founded in 2016.", "The office was founded in 2016."),
    ("The office may close in 2016 for a year.", "The office might close in 2016 for a year."),
    ("The mayor won't come to Durres.", "The mayor will not come to Durres."),
    ("Proposed laws were read.", "The old bridge was closed at noon."),
    ("The plan was drawn up by four ministers in a hurry.", "In a hurry four ministers drew up the proposal."),
]


@pytest.mark.parametrize(("claim", "source", "ours", "theirs"), NOT_DONE)
def test_what_is_not_done_is_no_deed(claim, source, ours, theirs):
    (found,) = unfinished.compare(claim, source)
    assert (found.severity, found.claim_value, found.source_value) == ("doubtful", ours, theirs)
    assert found.claim_span.of(claim) == ours
    assert found.source_span.of(source) == theirs


@pytest.mark.parametrize(("claim", "source"), THE_SAME)
def test_other_words_for_a_deed_are_no_difference(claim, source):
    assert unfinished.compare(claim, source) == []
