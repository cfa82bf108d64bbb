"""The lexical scorer: what its figure must grow and shrink with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.support import is_quoted_whole, is_verbatim, missing_words, overlap

SOURCE = "The laboratory in Durres receives a further £1 million this year. It will hire 12 chemists, the mayor said."


@pytest.mark.parametrize(
    "claim",
    [
        "The laboratory in Durres receives a further £1 million this year.",
        "The laboratory in Durres receives a further £1 million this year",
        "the mayor said",
        "receives a  further\n£1 million",
        SOURCE,
    ],
)
def test_words_of_the_source_score_one(claim):
    assert is_verbatim(claim, SOURCE)
    assert overlap(claim, SOURCE).score == 1


@pytest.mark.parametrize(
    "claim", ["", "?", "boratory in Durres", "The laboratory in Durres receives a further £1 mill"]
)
def test_parts_of_words_are_not_verbatim(claim):
    assert not is_verbatim(claim, SOURCE)


def test_quotation_marks_do_not_matter():
    assert is_verbatim('It\'s "new".', "We say: It’s “new”. Good.")


ORDERED = [
    "The laboratory in Durres will receive £1m more this year.",
    "The laboratory in Durres will receive £1m for submarines this year.",
    "The laboratory will buy submarines.",
    "Submarines sank near Greenland.",
]


def test_the_more_is_missing_the_lower_the_score():
    scores = [overlap(claim, SOURCE).score for claim in ORDERED]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0.7 > 0.4 > scores[-1]


def test_missing_words_are_named():
    claim = "The laboratories in Durres will buy two submarines for £1m."
    assert [word.text for word in missing_words(claim, SOURCE)] == ["buy", "two", "submarines"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_scores_are_shares(claim, source):
    assert 0 <= overlap(claim, source).score <= 1


@given(st.lists(st.sampled_from(SOURCE.split()), min_size=1, max_size=8).map(" ".join))
def test_a_text_supports_itself(text):
    assert overlap(text, text).score in (0, 1)


@pytest.mark.parametrize(
    ("claim", "whole"),
    [
        ("The laboratory in Durres receives a further £1 million this year.", True),
        ("It will hire 12 chemists, the mayor said", True),
        (SOURCE, True),
        ("The laboratory in Durres receives", False),
        ("the mayor said", False),
        ("", False),
    ],
)
def test_a_piece_of_a_sentence_is_not_quoted_whole(claim, whole):
    assert is_quoted_whole(claim, SOURCE) is whole


def test_lines_and_quotations_are_whole():
    page = "Head\n- Two drones for Kosovo\n- A ferry\nHe said: “We will act.” Done"
    assert all(is_quoted_whole(line, page) for line in ("Two drones for Kosovo", "A ferry", "We will act.", "Done"))
