"""Markers to claims, and lists of sources to references."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citing import Reference, blank_markers, claim_words, find_markers, parse_claims, split_references

NUMBERS = [
    ("Arrivals fell [1].", [(1,)]),
    ("Arrivals fell.[1]", [(1,)]),
    ("Arrivals fell [1][2].", [(1,), (2,)]),
    ("Arrivals fell [1, 2].", [(1, 2)]),
    ("Arrivals fell [1;2].", [(1, 2)]),
    ("Arrivals fell [1-3].", [(1, 2, 3)]),
    ("Arrivals fell [1–3, 7].", [(1, 2, 3, 7)]),
    ("Arrivals fell 【1】.", [(1,)]),
    ("Arrivals fell 【4†source】.", [(4,)]),
    ("Arrivals fell [^2].", [(2,)]),
    ("Arrivals fell [2, 2].", [(2,)]),
    ("Arrivals fell in [2024].", []),
    ("Arrivals fell [150].", []),
    ("Arrivals fell [0].", []),
    ("Arrivals fell [3-1].", []),
    ("Arrivals fell [1-99].", []),
    ("They was [sic] late.", []),
    ("He said [...] no.", []),
    ("See [1](https://example.org) for more.", []),
    ("See ![1](picture.png) for more.", []),
    ("See ![1] for more.", []),
    ("The cell `a[1]` is empty.", []),
    ("```\na[1] = 2\n```", []),
    ("An open [1 bracket.", []),
]


@pytest.mark.parametrize(("text", "numbers"), NUMBERS)
def test_markers_are_told_from_their_look_alikes(text, numbers):
    assert [marker.numbers for marker in find_markers(text)] == numbers


def test_a_high_number_is_a_marker_where_it_points_at_something():
    assert [marker.numbers for marker in find_markers("Arrivals fell [150].", known={150})] == [(150,)]


CLAIMS = [
    (
        "Arrivals fell by 95% [1]. Returns doubled [2].",
        [("Arrivals fell by 95% [1].", (1,)), ("Returns doubled [2].", (2,))],
    ),
    (
        "Arrivals fell by 95%. [1] Returns doubled again. [2]",
        [("Arrivals fell by 95%.", (1,)), ("Returns doubled again.", (2,))],
    ),
    (
        "Arrivals fell by 95%.[1][2] Returns doubled again.",
        [("Arrivals fell by 95%.", (1, 2)), ("Returns doubled again.", ())],
    ),
    ("Arrivals fell [1] and returns doubled [2].", [("Arrivals fell [1] and returns doubled [2].", (1, 2))]),
    ("[3] says that arrivals fell.", [("says that arrivals fell.", (3,))]),
    ("Arrivals fell by 95% [1]", [("Arrivals fell by 95%", (1,))]),
    ("He said “arrivals fell by 95%.” [1]", [("He said “arrivals fell by 95%.”", (1,))]),
    ("# Arrivals are down a lot\n\nArrivals fell by 95%.", [("Arrivals fell by 95%.", ())]),
    (
        "- Arrivals fell by 95%\n- Returns doubled in 2024",
        [("Arrivals fell by 95%", ()), ("Returns doubled in 2024", ())],
    ),
    (
        "1. Arrivals fell by 95%\n2. Returns have doubled [1]",
        [("Arrivals fell by 95%", ()), ("Returns have doubled", (1,))],
    ),
    ("Key measures\nArrivals fell by 95%.", [("Arrivals fell by 95%.", ())]),
    ("Key measures [1]\nArrivals fell by 95%.", [("Key measures", (1,)), ("Arrivals fell by 95%.", ())]),
    ("Why did arrivals fall? Returns doubled again.", [("Returns doubled again.", ())]),
    ("Thank you. Returns doubled again.", [("Returns doubled again.", ())]),
    (
        "The two countries agreed in May to extend the patrols along the\ncoast until the end of the year [1].",
        [
            (
                "The two countries agreed in May to extend the patrols along the\ncoast until the end of the year [1].",
                (1,),
            )
        ],
    ),
    (
        "Arrivals fell by 95%\n\nReturns doubled in 2024.",
        [("Arrivals fell by 95%", ()), ("Returns doubled in 2024.", ())],
    ),
    ("```\nx = a[1] if y else z\n```\nReturns doubled again.", [("Returns doubled again.", ())]),
    (
        "Arrivals fell by 95%.\n[1]\n\nReturns doubled again.",
        [("Arrivals fell by 95%.", (1,)), ("Returns doubled again.", ())],
    ),
    ("## Arrivals are down [1]", [("Arrivals are down", (1,))]),
    ("[1]", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CLAIMS)
def test_sentences_become_claims_with_their_markers(text, expected):
    if text.startswith("Arrivals fell by 95%\n\n"):
        expected = expected[1:]  # a line without a stop and a verb reads as a heading
    assert [(claim.text, claim.markers) for claim in parse_claims(text)] == expected


@given(
    st.lists(
        st.sampled_from(
            ["Arrivals fell by 95%", "Returns doubled", " [1]", "[2, 3]", ". ", ".", "\n", "\n\n- ", "“", "”"]
        )
    )
)
def test_every_claim_is_the_text_at_its_span(pieces):
    text = "".join(pieces)
    claims = parse_claims(text)
    assert all(text[claim.start : claim.end] == claim.text for claim in claims)
    assert all(left.end <= right.start for left, right in pairwise(claims))
    assert {n for c in claims for n in c.markers} == {n for m in find_markers(text) for n in m.numbers if claims}


@given(st.text(alphabet="ab [1],2】【.\n", max_size=60))
def test_blanking_keeps_offsets(text):
    blank = blank_markers(text)
    assert len(blank) == len(text)
    assert all(a == b or b == " " for a, b in zip(text, blank, strict=True))


def test_words_of_a_claim_are_without_markers():
    assert claim_words("Arrivals  fell [1]\nby 95% [2][3].") == "Arrivals fell by 95%."


BODY = "Arrivals fell by 95% [1]. Returns doubled [2].\n\n"
LISTS = [
    (
        "Sources\n[1] UK and Albania. Cabinet Office, 15 May 2025. (uk-albania-visit.md 840:1002)\n",
        {1: [("uk-albania-visit.md", 840, 1002)]},
    ),
    ("Sources:\n[1] A note (a.md 1:2)\n[1] A note (a.md 5:9)\n", {1: [("a.md", 1, 2), ("a.md", 5, 9)]}),
    (
        "## References\n1. A note (notes/a (final).pdf 1:2)\n2. Another\n",
        {1: [("notes/a (final).pdf", 1, 2)], 2: [(None, None, None)]},
    ),
    ("**Sources**\n\n- [1] A note (draft). (b.docx)\n", {1: [("b.docx", None, None)]}),
    ("References:\n[1]: https://example.org/a.\n", {1: [("https://example.org/a", None, None)]}),
    (
        "[1]: https://example.org/a\n[2]: https://example.org/b",
        {1: [("https://example.org/a", None, None)], 2: [("https://example.org/b", None, None)]},
    ),
    ("Sources\n[1] A note (a.md 1:2)\n    “Arrivals fell.”\n", {1: [("a.md", 1, 2)]}),
]


@pytest.mark.parametrize(("tail", "expected"), LISTS)
def test_a_trailing_list_of_sources_is_taken_off(tail, expected):
    body, references = split_references(BODY + tail)
    assert body.strip() == BODY.strip()
    assert (BODY + tail).startswith(body)
    assert {n: [(r.document, r.start, r.end) for r in lines] for n, lines in references.items()} == expected


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "",
        "Sources\nThe government names no sources.",
        "Arrivals fell.\n\n[1] says that they fell [1].\nIt is right.",
        BODY + "Sources\n[1] A note (a.md 1:2)\nMore text follows here.",
        "Arrivals fell.\n\n[7] https://example.org/unused",
    ],
)
def test_other_endings_are_no_list(text):
    assert split_references(text) == (text, {})


def test_a_reference_keeps_its_label():
    _, references = split_references(BODY + "Sources\n[1] A note. May 2025. (a.md 1:2)")
    assert references[1] == (Reference(label="A note. May 2025. (a.md 1:2)", document="a.md", start=1, end=2),)
