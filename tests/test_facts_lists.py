"""Names that a claim lists together and its source tells apart: in one sentence, or one of them as still to come."""

import pytest

from assistant.facts import lists

APART = [
    (
        "The office works in Durres and Shkoder.",
        "The office works in Durres and will further discuss plans with the council of Shkoder.",
    ),
    (
        "Crews from Durres, Vlore and Shkoder share the pier.",
        "It is shared with Durres and Vlore. It will open to Shkoder.",
    ),
    ("Durres and Shkoder run the pier.", "Shkoder is to join next year; the plan may change. Durres runs the pier."),
    ("Vlore and Shkoder run the pier.", "Shkoder and Durres will join the pier, which until now Vlore has run."),
]
TOGETHER = [
    ("Durres and Shkoder run the pier.", "The pier is run by Shkoder and Durres."),
    ("Durres and Shkoder will run the pier.", "Durres runs the pier. Shkoder will join."),
    ("Durres and Shkoder run the pier.", "Durres runs the pier. Shkoder will pay more. Shkoder runs it, too."),
    ("Durres and Shkoder will meet.", "Durres will meet Shkoder."),
    ("Durres and Shkoder met.", "Durres met somebody."),
]


@pytest.mark.parametrize(("claim", "source"), APART)
def test_what_the_source_tells_apart_is_doubtful(claim, source):
    (difference,) = lists.compare(claim, source)
    assert (difference.kind, difference.severity) == ("list", "doubtful")
    assert difference.source_span is not None
    assert difference.source_span.of(source) == difference.source_value
    assert difference.claim_span.of(claim) == difference.claim_value


@pytest.mark.parametrize(("claim", "source"), TOGETHER)
def test_what_it_tells_together_or_alike_is_not(claim, source):
    assert lists.compare(claim, source) == []
