"""Tables of cases for the comparator of causes."""

import pytest

from assistant.facts import causes

ONLY_IN_ORDER = [
    ("The school closed because of the storm.", "The school closed after the storm.", "because of", "after"),
    ("The strike led to the closure of the port.", "The port was closed following the strike.", "led to", "following"),
    ("Because of the strike, the port closed.", "The port closed after the strike.", "Because of", "after"),
    ("Due to the flood, the ferry stopped.", "After the flood, the ferry stopped.", "Due to", "After"),
    ("The flood caused the ferry to stop.", "The ferry stopped days after the flood.", "caused", "after"),
    ("Trade grew thanks to the treaty.", "The treaty was signed, and trade grew.", "thanks to", "and"),
]


@pytest.mark.parametrize(("claim", "source", "ours", "theirs"), ONLY_IN_ORDER)
def test_a_cause_of_which_the_source_tells_the_order_only_is_doubtful(claim, source, ours, theirs):
    found = causes.compare(claim, source)
    assert [(d.kind, d.severity, d.claim_value, d.source_value) for d in found] == [("cause", "doubtful", ours, theirs)]


ALIKE = [
    ("The school closed because of the storm.", "The storm led to the closure of the school."),
    ("The school closed because of the storm.", "The school closed after the storm made the roads unsafe."),
    ("The school closed because of the storm.", "After the storm the roads were blocked, so the school closed."),
    ("The school closed after the storm.", "The school closed because of the storm."),
    ("The school closed because of the storm.", "The school closed in March."),
    ("The school closed because of the storm.", "The harbour closed after the storm."),
    ("The strike led to a pay rise.", "The strike and its leaders were in the news."),
    ("Trade grew thanks to the treaty.", "Trade grew. The treaty was the reason."),
]


@pytest.mark.parametrize(("claim", "source"), ALIKE)
def test_a_cause_that_the_source_gives_or_does_not_speak_of_is_no_difference(claim, source):
    assert causes.compare(claim, source) == []
