"""Windows of a long source: whole sentences, those that speak of the claim first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.entailment.windows import WINDOW_WORDS, windows

FILLER = (
    "The committee met on a Tuesday and heard from several witnesses about the roads and the schools of the county. "
)
LONG = FILLER * 8 + "Two drones were given to the border police of Durres in March. " + FILLER * 8

SENTENCES = st.lists(
    st.sampled_from(
        [
            "The ferry sails at dawn.",
            "Nobody paid the fine.",
            "Rain fell for 12 days!",
            "Who was there?",
            "£4m was lent.",
        ]
    ),
    max_size=60,
)


def test_a_short_source_is_one_window():
    source = " Two drones were given. They fly at night. "
    (window,) = windows(source, "drones", limit=3)
    assert window.of(source) == source.strip()


def test_an_empty_source_has_none():
    assert windows("  \n ", "drones", limit=3) == []


def test_the_first_window_of_a_long_source_holds_the_words_of_the_claim():
    first = windows(LONG, "The border police got two drones.", limit=3)[0]
    assert "Two drones were given" in first.of(LONG)


def test_the_second_window_looks_for_what_the_first_lacks():
    source = LONG + "A ferry to Saranda was bought. " + FILLER * 3
    found = windows(source, "The border police got two drones and a ferry.", limit=2)
    assert "drones" in found[0].of(source)
    assert "ferry" in found[1].of(source)


@given(SENTENCES, st.sampled_from(["drones", "The ferry sails at dawn.", "Nobody lent £4m", ""]), st.integers(1, 4))
def test_windows_are_whole_sentences_within_the_source_and_differ(sentences, claim, limit):
    source = " ".join(sentences)
    found = windows(source, claim, limit)
    assert len(found) <= limit
    assert len(set((span.start, span.end) for span in found)) == len(found)
    for span in found:
        text = span.of(source)
        assert text == text.strip()
        assert len(text.split()) <= WINDOW_WORDS
        assert text[-1] in ".!?"
        assert source[: span.start].rstrip()[-1:] in ("", ".", "!", "?")
