"""Prepositions that point the other way."""

from __future__ import annotations

import pytest

from assistant.facts import directions

OTHER_WAY = [
    ("People were returned from France.", "People were returned to France in 2024.", "from", "to"),
    ("Letters are sent to the office.", "Letters are sent from the office.", "to", "from"),
    ("The party voted against the bill.", "In May the party voted for the bill.", "against", "for"),
    ("They got off the ship.", "They got onto the ship.", "off", "onto"),
    ("They moved out of Durres.", "They moved into Durres.", "out of", "into"),
]
THE_SAME = [
    ("People were returned to France.", "People were returned to France."),
    ("People were returned from France.", "People were returned to Albania."),
    ("The bus goes from Tirana to Durres.", "It goes to Durres from Tirana."),
    ("He flew from Tirana.", "He flew to Tirana and flew from Tirana again."),
    ("Money for the police came.", "Charges against the police were dropped."),
    ("He spoke against the mayor.", "He worked for the mayor."),
]


@pytest.mark.parametrize(("claim", "source", "ours", "theirs"), OTHER_WAY)
def test_the_other_way_contradicts(claim, source, ours, theirs):
    (found,) = directions.compare(claim, source)
    assert (found.severity, found.claim_value, found.source_value) == ("contradicts", ours, theirs)
    assert found.claim_span.of(claim) == ours
    assert found.source_span.of(source) == theirs


@pytest.mark.parametrize(("claim", "source"), THE_SAME)
def test_other_words_in_between_are_no_difference(claim, source):
    assert directions.compare(claim, source) == []
