"""Markers to claims, and lists of sources to references."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citing import (
    Reference,
    blank_markers,
    claim_words,
    find_markers,
    parse_claims,
    parse_text,
    read_text,
    split_references,
)
from assistant.types import SYMBOLS

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


def test_raised_figures_are_markers_where_they_point_at_something():
    text = "Arrivals fell.¹ Returns doubled² on 12 km² of coast.¹,² The total is 10³."
    assert [marker.numbers for marker in find_markers(text, known={1, 2, 3})] == [(1,), (2,), (1, 2)]
    assert find_markers(text) == []


READ = [
    # names that fit a list without numbers
    (
        "Arrivals fell by 95% (Holt 2024). Returns doubled (Home Office, 2025, p. 3).\n\n"
        "References\nHolt, A. (2024). Crossings.\nHome Office (2025). Returns. https://example.org/r\n",
        [("Arrivals fell by 95% (Holt 2024).", (1,)), ("Returns doubled (Home Office, 2025, p. 3).", (2,))],
        {1: "Holt, A. (2024). Crossings.", 2: "Home Office (2025). Returns. https://example.org/r"},
    ),
    # a name in the sentence, and one in a list with numbers
    (
        "Holt (2024) says that arrivals fell by 95%. Returns doubled [7].\n\n"
        "Sources\n[3] Holt and Lee, 2024, Crossings.\n[7] Returns. (r.md)\n",
        [("Holt (2024) says that arrivals fell by 95%.", (3,)), ("Returns doubled [7].", (7,))],
        {3: "Holt and Lee, 2024, Crossings.", 7: "Returns. (r.md)"},
    ),
    # several in one bracket, one of them unknown
    (
        "Arrivals fell by 95% (see Holt et al., 2024; Unknown 2020).\n\n"
        "Bibliography\n- Holt et al. (2024). Crossings.\n",
        [("Arrivals fell by 95% (see Holt et al., 2024; Unknown 2020).", (1,))],
        {1: "Holt et al. (2024). Crossings."},
    ),
    # footnotes by number and by name, anywhere
    (
        "Arrivals fell by 95%.[^1] Returns doubled.[^home]\n\n[^1]: A note. (a.md)\n\n[^home]: A report,\n  page 3.\n",
        [("Arrivals fell by 95%.", (1,)), ("Returns doubled.", (2,))],
        {1: "A note. (a.md)", 2: "A report, page 3."},
    ),
    (
        "Arrivals fell by 95%.[^1]\n\n[^1]: A note. (a.md)\n\nReturns doubled again.",
        [("Arrivals fell by 95%.", (1,)), ("Returns doubled again.", ())],
        {1: "A note. (a.md)"},
    ),
    # raised figures
    (
        "Arrivals fell by 95%.¹ Returns doubled.²\n\nNotes\n1. A note. (a.md)\n2. Another. (b.md)\n",
        [("Arrivals fell by 95%.", (1,)), ("Returns doubled.", (2,))],
        {1: "A note. (a.md)", 2: "Another. (b.md)"},
    ),
    # brackets that are none
    (
        "Arrivals fell by 95% (see page 3). Returns doubled (May 2025). Costs rose (Holt 2024) [by half](x.md).",
        [
            ("Arrivals fell by 95% (see page 3).", ()),
            ("Returns doubled (May 2025).", ()),
            ("Costs rose (Holt 2024) [by half](x.md).", ()),
        ],
        {},
    ),
]


@pytest.mark.parametrize(("text", "claims", "references"), READ)
def test_markers_by_name_are_read_where_the_list_has_them(text, claims, references):
    read = read_text(text)
    assert [(claim.text, claim.markers) for claim in read.claims] == claims
    assert {number: line.label for number, (line,) in read.references.items()} == references


KNOWN = {"Holt 2024", "https://example.org/a", "notes/a.md", "Harbour Report"}
RESOLVED = [
    ("Arrivals fell by 95% (Holt 2024).", "Arrivals fell by 95%            .", "Holt 2024"),
    (
        "Arrivals [fell by 95%](https://example.org/a#p2).",
        "Arrivals  fell by 95%                           .",
        "fell by 95%",
    ),
    ("Arrivals fell by 95% ([Gazette](notes/a.md)).", "Arrivals fell by 95%                         .", "Gazette"),
    ("Arrivals fell by 95% [source](notes/a.md).", "Arrivals fell by 95%                     .", "source"),
    ("Arrivals fell by 95% (notes/a.md).", "Arrivals fell by 95%             .", "notes/a.md"),
    (
        "Arrivals fell by 95% (source: Harbour Report).",
        "Arrivals fell by 95%                         .",
        "Harbour Report",
    ),
    (
        "Arrivals fell by 95% <https://example.org/a>.",
        "Arrivals fell by 95%                        .",
        "https://example.org/a",
    ),
]


@pytest.mark.parametrize(("text", "plain", "label"), RESOLVED)
def test_markers_by_name_are_read_where_they_are_known(text, plain, label):
    read = read_text(
        text, resolves=lambda reference: bool({reference.label, reference.document} & KNOWN) and reference.key is None
    )
    (claim,) = read.claims
    assert (claim.markers, claim.text) == ((1,), text)
    assert [line.label for line in read.references[1]] == [label]
    assert claim.plain.split() == plain.split()
    assert len(claim.plain) == len(claim.text)


def test_a_name_keeps_its_number_and_comes_after_those_in_use():
    read = read_text(
        "Arrivals fell [4]. Returns doubled (Holt 2024). Costs rose again (Holt 2024) ([Gazette](a.md)).",
        resolves=lambda _: True,
    )
    assert [claim.markers for claim in read.claims] == [(4,), (5,), (5, 6)]
    assert read.references.keys() == {5, 6}


@pytest.mark.parametrize(
    "text",
    [
        "Arrivals fell (Holt 2024).\n\nSources\nThe government named none in 2024 and will not.",
        "Arrivals fell (Holt 2024).\n\nSources\nHolt (2024). Crossings.\n\nThis text goes on.",
    ],
)
def test_prose_under_a_heading_is_no_list(text):
    assert split_references(text) == (text, {})


def test_a_list_without_years_is_one_where_its_lines_are_known():
    text = "Arrivals fell.\n\nSources\nHarbour Report\nCustoms Yearbook"
    assert split_references(text)[1] == {}
    assert split_references(text, lambda _: True)[1].keys() == {1, 2}


PARSED = [
    (
        "Why did arrivals fall? Arrivals fell by 95%.",
        ["Arrivals fell by 95%."],
        [("Why did arrivals fall?", "question")],
    ),
    ("# Crossings\n\nArrivals fell by 95%.", ["Arrivals fell by 95%."], [("Crossings", "heading")]),
    ("# Crossings fall to 1,200\n\nGood.", ["Crossings fall to 1,200"], [("Good.", "opinion")]),
    (
        "Hello!\n\nArrivals fell.\n\nI hope this helps!",
        ["Arrivals fell."],
        [("Hello!", "greeting"), ("I hope this helps!", "greeting")],
    ),
    ("UK doubles returns to 5,294\n\nKey measures", ["UK doubles returns to 5,294"], [("Key measures", "heading")]),
    (
        "- 95% reduction in arrivals over three years\n- Funding",
        ["95% reduction in arrivals over three years"],
        [("Funding", "heading")],
    ),
    ("```\nx = 1\n```\n---\nArrivals fell.\n\nSources: Home Office, Holt", ["Arrivals fell."], []),
    ("Read as: Why now?\n\nArrivals fell.", ["Arrivals fell."], []),
]


@pytest.mark.parametrize(("text", "claims", "remarks"), PARSED)
def test_remarks_are_told_from_claims(text, claims, remarks):
    found, others = parse_text(text)
    assert [claim.text for claim in found] == claims
    assert [(remark.text, remark.kind) for remark in others] == remarks


CONTEXTS = [
    (
        "| Measure | 2022 | 2024 |\n|---|--:|--:|\n| Returns | 2,035 | 5,294 |\n| Crossings | 900 | 45 |\n\n"
        "Costs rose.",
        [
            ("Returns | 2,035 | 5,294", "Measure, 2022, 2024"),
            ("Crossings | 900 | 45", "Measure, 2022, 2024"),
            ("Costs rose.", ""),
        ],
    ),
    ("Measure | Count\n---|---\nReturns | 5,294", [("Returns | 5,294", "Measure, Count")]),
    (
        "Ann Holt said:\n\n“Arrivals fell. Costs rose.”\n\nReturns doubled.",
        [("“Arrivals fell. Costs rose.”", "Ann Holt said"), ("Returns doubled.", "")],
    ),
    (
        "Ann Holt said:\n“Arrivals fell by nearly a half in the first year of the scheme. Costs rose in every port.”",
        [
            ("“Arrivals fell by nearly a half in the first year of the scheme.", "Ann Holt said"),
            ("Costs rose in every port.”", "Ann Holt said"),
        ],
    ),
    (
        "Ann Holt said:\n\nArrivals fell by half.\n\nReturns doubled.",
        [("Arrivals fell by half.", "Ann Holt said"), ("Returns doubled.", "")],
    ),
    (
        "Ann Holt said:\n\n“Arrivals fell by half.\n\n“Costs rose.”\n\nReturns doubled.",
        [("“Arrivals fell by half.", "Ann Holt said"), ("“Costs rose.”", "Ann Holt said"), ("Returns doubled.", "")],
    ),
    (
        "Ann Holt said: “Arrivals fell by nearly a half in the first year of the scheme. Costs rose in every port.” "
        "Returns doubled.",
        [
            ("Ann Holt said: “Arrivals fell by nearly a half in the first year of the scheme.", ""),
            ("Costs rose in every port.”", "Ann Holt said"),
            ("Returns doubled.", ""),
        ],
    ),
    (
        "Keir Starmer visited Tirana. He met the mayor.",
        [("Keir Starmer visited Tirana.", ""), ("He met the mayor.", "Keir Starmer")],
    ),
    (
        "The UK and Albania signed a pact [1]. The two countries share data.",
        [("The UK and Albania signed a pact [1].", ""), ("The two countries share data.", "UK and Albania")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONTEXTS)
def test_a_claim_carries_what_it_does_not_say_itself(text, expected):
    assert [(claim.text, claim.context) for claim in parse_claims(text)] == expected


def test_the_markers_of_a_lead_in_go_to_the_quotation():
    claims = parse_claims("Ann Holt said [2]:\n\n“Arrivals fell by half.” [3]")
    assert [(claim.text, claim.markers) for claim in claims] == [("“Arrivals fell by half.”", (2, 3))]


def test_the_reasons_under_an_answer_are_no_claims():
    answer = "Arrivals fell by 95% [1]. Returns doubled.\n\n"
    reasons = "\n\n".join(f"{symbol} The source says 1,200 [9]." for symbol in SYMBOLS.values())
    for sources in ("Sources\n[1] A note. (a.md 1:9)", "Sources\n"):
        body, _ = split_references(f"{answer}{reasons}\n\n{sources}")
        assert body.strip() == answer.strip()


MIXED = st.lists(
    st.sampled_from(
        [
            *(
                "Arrivals fell by 95%",
                "Why now?",
                "Hello!",
                "He said:",
                "Holt (2024)",
                "(Holt 2024)",
                "[a](b.md)",
                "[^x]",
            ),
            *("[1]", ". ", ".", " ", "\n", "\n\n", "- ", "# ", "| a | b |\n", "|---|---|\n", "“", "”", ": ", "```\n"),
            *("[^x]: note\n", "Sources\n", "Holt (2024).\n", "¹"),
        ]
    ),
    max_size=25,
).map("".join)


@given(MIXED)
def test_claims_and_remarks_are_the_text_at_their_spans_in_order(text):
    read = read_text(text, resolves=lambda reference: reference.document == "b.md")
    assert all(text[each.start : each.end] == each.text != "" for each in [*read.claims, *read.remarks])
    both = sorted([*read.claims, *read.remarks], key=lambda each: each.start)
    assert all(left.end <= right.start for left, right in pairwise(both))
    assert all(len(claim.plain) == len(claim.text) for claim in read.claims)
