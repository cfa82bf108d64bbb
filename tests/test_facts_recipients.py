"""Who gave to whom, in the active and the passive voice."""

from __future__ import annotations

import pytest

from assistant.facts import recipients

TURNED = [
    ("The Fire Brigade will lend boats to Greece.", "Two boats will be lent by Greece to the Fire Brigade."),
    ("Albania donated drones to Kosovo.", "The drones were donated to Albania by Kosovo."),
    ("A letter was sent by Rama to Starmer.", "Starmer sent a letter to Rama in May."),
]  # fmt: skip
THE_SAME = [
    ("Greece will lend boats to the Fire Brigade.", "Two boats will be lent by Greece to the Fire Brigade."),
    ("Kosovo donated drones to Albania.", "The drones were donated to Albania by Kosovo."),
    ("Rama sent a letter to Starmer.", "A letter was sent to Starmer by Rama."),
    ("Drones were given to Kosovo.", "Kosovo was given drones."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "source"), TURNED)
def test_giver_and_receiver_exchanged_contradict(claim, source):
    (found,) = recipients.compare(claim, source)
    assert (found.kind, found.severity) == ("role", "contradicts")
    assert found.claim_span.of(claim) == found.claim_value
    assert found.source_span.of(source) == found.source_value


@pytest.mark.parametrize(("claim", "source"), THE_SAME)
def test_the_same_deed_in_either_voice_is_no_difference(claim, source):
    assert recipients.compare(claim, source) == []
