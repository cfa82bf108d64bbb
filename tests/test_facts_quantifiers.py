"""Tables of cases for the comparator of quantifiers: all, most, some, only, always."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import quantifiers

COUNTED_OTHERWISE = [
    ("All guards were trained in Hull.", "Some guards were trained in Hull.", "doubtful", "All guards", "Some guards"),
    ("Some guards were trained in Hull.", "All guards were trained in Hull.", "doubtful", "Some guards", "All guards"),
    ("Every guard was trained in Hull.", "Most guards were trained in Hull.", "doubtful", "Every guard", "Most guards"),
    ("All of the guards sleep in old huts.", "Most of the guards sleep in old huts.", "doubtful", None, None),
    ("All guards sleep in old huts.", "A majority of guards sleep in old huts.", "doubtful", None, None),
    ("All ports in Fife shut.", "Nearly all ports in Fife shut.", "doubtful", "All ports", "Nearly all ports"),
    ("All 500 guards sleep here.", "Up to 500 guards sleep here.", "doubtful", "All 500 guards", "Up to 500 guards"),
    ("All ports were shut in March.", "Not all ports were shut in March.", "doubtful", "All ports", "Not all ports"),
    ("Most ports were shut.", "Some ports were shut.", "doubtful", "Most ports", "Some ports"),
    ("Many ports were shut.", "Few ports were shut.", "contradicts", "Many ports", "Few ports"),
    ("None of the ports in Fife shut.", "Most of the ports in Fife shut.", "contradicts", None, None),
    ("The ferry always runs late.", "The ferry sometimes runs late.", "doubtful", "always runs", "sometimes runs"),
    ("The ferry often runs late.", "The ferry rarely runs late.", "contradicts", "often runs", "rarely runs"),
    ("All guards were trained in Hull.", "Guards were trained in Hull.", "doubtful", "All guards", "Guards"),
    ("Only guards were trained in Hull.", "Guards were trained in Hull.", "doubtful", "Only guards", "Guards"),
]


@pytest.mark.parametrize(("claim", "source", "severity", "ours", "theirs"), COUNTED_OTHERWISE)
def test_another_quantifier_before_the_same_word_is_a_difference(claim, source, severity, ours, theirs):
    found = quantifiers.compare(claim, source)
    assert [(d.kind, d.severity) for d in found] == [("quantifier", severity)]
    if ours:
        assert (found[0].claim_value, found[0].source_value) == (ours, theirs)


ALIKE = [
    ("All guards were trained in Hull.", "Every guard was trained in Hull."),
    ("All guards were trained in Hull.", "The guards were all trained in Hull without exception."),
    ("Guards were trained in Hull.", "Some guards were trained in Hull."),
    ("Most guards were trained in Hull.", "The majority of guards were trained in Hull."),
    ("Several guards were trained in Hull.", "Many guards were trained in Hull."),
    ("Some guards were trained in Hull.", "A number of guards were trained in Hull."),
    ("The ferry usually runs late.", "The ferry often runs late."),
    ("Only guards were trained in Hull.", "Guards alone were trained in Hull."),
    ("Only 12 guards were trained in Hull.", "12 guards were trained in Hull."),
    ("It was not only guards who were trained.", "Guards were trained."),
    ("Both the guards and the cooks were trained.", "The guards and the cooks were trained."),
    ("The most senior guards were trained.", "Senior guards were trained."),
    ("Above all, guards were trained in Hull.", "Guards were trained in Hull."),
    ("All guards were trained in Hull.", "The harbour has some cranes."),
]


@pytest.mark.parametrize(("claim", "source"), ALIKE)
def test_what_counts_alike_is_no_difference(claim, source):
    assert quantifiers.compare(claim, source) == []


PIECES = (
    "all some most of the guards ports only both up to 500 always often run run, in Hull . nearly every few".split()
)
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@given(TEXT, TEXT)
def test_spans_hold_the_values_they_name(claim, source):
    for found in quantifiers.compare(claim, source):
        assert found.source_span is not None
        assert found.claim_span.of(claim) == found.claim_value
        assert found.source_span.of(source) == found.source_value
