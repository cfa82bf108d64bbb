"""Tables of cases for the comparator of opposites, and for the table it shares with the comparator of denials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import negation, opposites
from assistant.facts.antonyms import OPPOSITES, opposites_of
from index import stem

OPPOSED = [
    ("Landings rose by a tenth in the bay.", "Landings fell by a tenth in the bay.", "rose", "fell"),
    ("The levy takes effect after the vote.", "The levy takes effect before the vote.", "after", "before"),
    ("The northern quay is shut.", "The southern quay is shut.", "northern", "southern"),
    ("Imports of steel grew.", "Exports of steel grew.", "Imports", "Exports"),
    ("The court accepted the appeal.", "The court rejected the appeal.", "accepted", "rejected"),
    ("Unions support the new rota.", "Unions oppose the new rota.", "support", "oppose"),
    ("Hull won the final match.", "Hull lost the final match.", "won", "lost"),
    ("It is the largest lake in Fife.", "It is the smallest lake in Fife.", "largest", "smallest"),
    ("Night fishing is legal there.", "Night fishing is illegal there.", "legal", "illegal"),
    ("The fare includes a meal.", "The fare excludes a meal.", "includes", "excludes"),
    ("The act bans plastic cups.", "The act allows plastic cups.", "bans", "allows"),
    ("The former mayor spoke in Hull.", "The current mayor spoke in Hull.", "former", "current"),
    ("A minority of voters in Hull agreed.", "A majority of voters in Hull agreed.", "minority", "majority"),
    ("The storm came in the morning.", "The storm came in the evening.", "morning", "evening"),
    ("Most of the men sailed home.", "Most of the women sailed home.", "men", "women"),
]


@pytest.mark.parametrize(("claim", "source", "ours", "theirs"), OPPOSED)
def test_the_opposite_in_the_same_place_contradicts(claim, source, ours, theirs):
    found = opposites.compare(claim, source)
    assert [(d.kind, d.severity, d.claim_value, d.source_value) for d in found] == [
        ("opposite", "contradicts", ours, theirs)
    ]


ALIKE = [
    ("Landings rose in the bay.", "Landings in the bay increased."),
    ("Landings did not rise in the bay.", "Landings fell in the bay."),
    ("The appeal was not accepted by the court.", "The court rejected the appeal."),
    ("Landings rose in spring and fell in autumn.", "Landings fell in autumn, but in spring landings rose."),
    ("Hull beat York in the cup.", "York lost to Hull in the cup."),
    ("After the vote the levy takes effect.", "The vote comes before the levy takes effect."),
    ("Exports of steel grew.", "Imports of rice grew while exports of steel grew."),
    ("The northern quay is shut.", "The southern lighthouse shines."),
    ("Hull has more than 10 cranes.", "Hull has less than 10 cranes."),
    ("The mayor opened the pool.", "The pool was opened by the mayor, who closed the baths."),
    ("The first ship came from Oslo.", "The first ship came from Oslo, and the last ship from Bergen."),
    ("Private ferries cross to Skye.", "Ferries cross to Skye."),
    ("Women sailed the boat.", "Men built the boat that women sailed."),
    ("The shop opens early.", "The shop opens early and closes late."),
    ("Sales were higher in Leith.", "Costs in Fife were lower."),
]


@pytest.mark.parametrize(("claim", "source"), ALIKE)
def test_what_is_not_opposed_is_no_difference(claim, source):
    assert opposites.compare(claim, source) == []


def test_a_denied_word_is_borne_out_by_its_opposite():
    assert negation.compare("Landings did not rise in the bay.", "Landings fell in the bay.") == []


def test_opposites_are_known_both_ways():
    assert all(word in opposites_of(other) for word in OPPOSITES for other in opposites_of(word))
    assert stem("fell") in opposites_of(stem("rose"))


def test_no_set_has_a_word_on_two_sides():
    for word, entries in OPPOSITES.items():
        groups = [group for group, _ in entries]
        assert len(groups) == len(set(groups)), word


PIECES = "landings rose fell in the north south bay not after before vote . more fewer men women won lost Hull".split()
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@given(TEXT, TEXT)
def test_spans_hold_the_values_they_name(claim, source):
    for found in opposites.compare(claim, source):
        assert found.source_span is not None
        assert found.claim_span.of(claim) == found.claim_value
        assert found.source_span.of(source) == found.source_value


@given(TEXT)
def test_a_text_is_not_opposed_to_itself(text):
    assert opposites.compare(text, text) == []
