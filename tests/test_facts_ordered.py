"""What a source only wants to be said is not asserted by it."""

import pytest

from assistant.facts import ordered

ORDERED = [
    ("The bakery hired nobody.", "The bakery hired 14 people. The owner wrote: tell them that I hired nobody."),
    ("The library opens at midnight.", "The desk must say that the library opens at midnight."),
    ("I hired nobody.", "If the auditors call, tell them that I hired nobody."),
    ("The pier is closed for good.", "Please answer every caller that the pier is closed for good."),
    ("Entry is free.", 'The note reads: "Reply that entry is free."'),
]


@pytest.mark.parametrize(("claim", "source"), ORDERED)
def test_what_is_only_to_be_said_is_doubtful(claim, source):
    (difference,) = ordered.compare(claim, source)
    assert difference.severity == "doubtful"
    span = difference.source_span
    assert span is not None
    assert difference.source_value == source[span.start : span.end]
    assert difference.claim_value in claim


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        *((claim, claim) for claim, _ in ORDERED),
        *((claim, f"{claim} {source}") for claim, source in ORDERED),  # said by the source itself, too
        ("The desk must say that the library opens at midnight.", ORDERED[1][1]),
        ("The minister said that entry is free.", "The minister said that entry is free."),
        ("Entry is free.", "The minister says that entry is free."),
        ("Entry is free.", "The minister is expected to say that entry is free."),
        ("The desk is staffed all night.", ORDERED[1][1]),
    ],
)
def test_what_the_source_says_itself_is_not(claim, source):
    assert ordered.compare(claim, source) == []
