"""Questions, greetings, opinions and headings told from claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.remarks import remark_kind

REMARKS = [
    ("Why did arrivals fall?", "question"),
    ("**Why did arrivals fall?**", "question"),
    ("“Why did arrivals fall?”", "question"),
    ("What happened in 2024?", "question"),
    ("Did he say “no”?", "question"),
    ("Hello!", "greeting"),
    ("Hi there, Anna.", "greeting"),
    ("Dear Sir or Madam,", "greeting"),
    ("Thank you.", "greeting"),
    ("Thanks for your question about Albania.", "greeting"),
    ("Sure, here is a summary of the announcement:", "greeting"),
    ("Here are the main points.", "greeting"),
    ("I hope this helps!", "greeting"),
    ("Let me know if you need more on Kosovo.", "greeting"),
    ("As an AI language model, I cannot browse.", "greeting"),
    ("Great question!", "greeting"),
    ("Certainly.", "greeting"),
    ("This is a wonderful step.", "opinion"),
    ("In my view, the deal goes too far.", "opinion"),
    ("It remains to be seen whether the scheme works.", "opinion"),
    ("We should all be proud of what was done.", "opinion"),
    ("What a day!", "opinion"),
    ("It’s truly a disgrace.", "opinion"),
    ("Discover More of Our Top Stories!", "opinion"),
    ("Read more about the summit.", "opinion"),
    ("Follow us for updates.", "opinion"),
    ("Wonderful.", "opinion"),
    ("Strengthening Regional Cooperation", "heading"),
    ("Key measures", "heading"),
    ("Key measures:", "heading"),
    ("Implications for Residents", "heading"),
    ("Chapter 3", "heading"),
    ("***", "heading"),
]
CLAIMS = [
    "Arrivals fell by 95%.",
    "Arrivals fell.",
    "He asked: “Why did arrivals fall?”",
    "UK doubles returns of Albanians to 5,294",
    "UK to widen the task force in the Balkans",
    "A 95% reduction in arrivals",
    "Thanks to the deal, crossings are rarer.",
    "Hi-tech drones patrol the border.",
    "Of course, Starmer met Rama.",
    "Sure, here is a summary: arrivals fell by 95%.",
    "Here is a ship that left on 3 May.",
    "In my view, arrivals fell by 95%.",
    "In my view, Albania broke the treaty.",
    "This is a historic visit to Tirana.",
    "It is important to note that crossings are rarer.",
    "I think Starmer is right.",
    "We must “stop the boats”.",
    "This was a great year for the port of Durres.",
    "The scheme is worth it.",
]


@pytest.mark.parametrize(("sentence", "kind"), REMARKS)
def test_what_states_nothing_is_named(sentence, kind):
    assert remark_kind(sentence) == kind


@pytest.mark.parametrize("sentence", CLAIMS)
def test_what_may_be_checked_is_a_claim(sentence):
    assert remark_kind(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "item", "title", "kind"),
    [
        ("Arrivals fall by 95%", False, True, None),
        ("Arrivals are down a lot", False, True, "heading"),
        ("Measures of 2024", False, True, "heading"),
        ("Why now?", False, True, "question"),
        ("New drones for patrols", True, False, None),
        ("New drones for patrols", False, False, "heading"),
        ("95% reduction in crossings", True, False, None),
        ("Returns | 5,294", True, False, None),
        ("Background", True, False, "heading"),
        ("Funding:", True, False, "heading"),
    ],
)
def test_where_a_sentence_stands_decides(sentence, item, title, kind):
    assert remark_kind(sentence, item=item, title=title) == kind


@given(st.text(max_size=40), st.integers(min_value=0, max_value=10**6))
def test_a_full_sentence_with_a_figure_is_never_waved_through(text, number):
    plain = text.replace("?", " ").replace(":", " ")
    assert remark_kind(f"{plain} arrivals fell by {number} per cent.") is None
