"""Tables of cases for the comparator of certainty: done, will, may, must, discussed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import modality

TOLD_OTHERWISE = [
    ("The council may build a bridge.", "The council will build a bridge.", "may build", "will build"),
    ("The council will build a bridge.", "The council could build a bridge.", "will build", "could build"),
    ("The council built a new bridge.", "The council will build a new bridge.", "built", "will build"),
    ("The council has repaired the quay.", "The council plans to repair the quay.", "has repaired", "plans to repair"),
    ("The ferry will stop in Hull.", "The ferry is expected to stop in Hull.", "will stop", "is expected to stop"),
    ("The ferry is expected to stop in Hull.", "The ferry might stop in Hull.", "is expected to stop", "might stop"),
    ("The drug cures the fever in adults.", "The drug may cure the fever in adults.", "cures", "may cure"),
    ("Applicants must pay online.", "Applicants should pay online.", "must pay", "should pay"),
    ("Tenants must leave by noon.", "Tenants may leave by noon.", "must leave", "may leave"),
    ("The mayor announced a toll.", "The mayor will announce a toll.", "announced", "will announce"),
    (
        "The board closed the old mine.",
        "The board is considering closing the old mine.",
        "closed",
        "considering closing",
    ),
    ("The club wants to hire Bo.", "The club will hire Bo.", "wants to hire", "will hire"),
    ("The mayor announced the plan for a toll.", "The mayor discussed the plan for a toll.", "announced", "discussed"),
    ("The ministers agreed a fisheries treaty.", "The ministers discussed a fisheries treaty.", "agreed", "discussed"),
    ("The towns signed the water pact.", "The towns are in talks on the water pact.", "signed", "talks"),
    ("The town has begun to mend the quay.", "The town plans to mend the quay.", "has begun to mend", "plans to mend"),
    ("The firm introduced a new ferry.", "The firm proposed a new ferry.", "introduced", "proposed"),
    ("The firm drafted a report on eels.", "The firm published a report on eels.", "drafted", "published"),
    ("Lena will erect a mast in Skye.", "Lena may raise a mast in Skye.", "will", "may"),
    (
        "The patrol has been extended to Malta.",
        "The patrol grows, and the crew will have further discussions with Malta.",
        "extended to Malta",
        "discussions with Malta",
    ),
]


@pytest.mark.parametrize(("claim", "source", "ours", "theirs"), TOLD_OTHERWISE)
def test_another_certainty_is_doubtful_and_names_both_words(claim, source, ours, theirs):
    found = modality.compare(claim, source)
    assert [(d.kind, d.severity, d.claim_value, d.source_value) for d in found] == [
        ("modality", "doubtful", ours, theirs)
    ]
    assert found[0].reason == f"claim says “{ours}”, source says “{theirs}”"


ALIKE = [
    ("The council will build a bridge.", "The council plans to build a bridge."),
    ("The council is set to build a bridge.", "The council will build a bridge."),
    ("She said the council would build a bridge.", "The council will build a bridge."),
    ("The council built a bridge.", "The council has built a bridge."),
    ("A bridge was built by the council.", "The council built a bridge."),
    ("The council might build a bridge.", "The council may build a bridge."),
    ("The law bans the nets.", "The law will ban the nets."),
    ("Applicants must pay online.", "Applicants are required to pay online."),
    ("Applicants have to pay online.", "Applicants must pay online."),
    ("Visitors can park at the quay.", "Visitors are allowed to park at the quay."),
    ("The drug may cure the fever in adults.", "The drug cures the fever in adults."),
    ("The vote is in May this year.", "The vote will be in May."),
    ("The ministers met in Oslo.", "The ministers held talks on fishing in Oslo."),
    ("The mayor announced and discussed the toll.", "The mayor discussed the toll and announced the toll."),
    ("The patrol may be extended to Malta.", "The crew will have further discussions with Malta."),
    ("The patrol works with Malta.", "The crew had discussions with Malta."),
    ("Will Hale built the pier.", "The pier was built by Will Hale."),
    ("The council will build a bridge.", "The river may flood the meadow."),
    ("The council built a bridge.", "The council built a bridge and will build a second one."),
]


@pytest.mark.parametrize(("claim", "source"), ALIKE)
def test_what_is_as_certain_is_no_difference(claim, source):
    assert modality.compare(claim, source) == []


PIECES = """the council will may must should would plans to has been is expected build built announced discussed talks
with Malta bridge considering . never included agreed Will""".split()
TEXT = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)


@given(TEXT, TEXT)
def test_spans_hold_the_values_they_name(claim, source):
    for found in modality.compare(claim, source):
        assert found.source_span is not None
        assert found.claim_span.of(claim) == found.claim_value
        assert found.source_span.of(source) == found.source_value
