"""Sentences taken apart into their statements, and verbs found without a tagger."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.predicates import finite_verbs
from assistant.statements import statements
from index import content_words

SPLIT = [
    # coordinated clauses, and second verbs of one subject
    "Arrivals fell by 95% | returns doubled.",
    "Arrivals did not fall | returns did not rise.",
    "Arrivals fell last year | costs rose again.",
    "Rama praised the deal | Starmer called it historic.",
    "Starmer met Rama | visited the port of Durres.",
    "Arrivals fell [1] | returns doubled [2].",
    "The committee targets smugglers | addresses forged papers.",
    "He will convene a roundtable on Defence and Security | continue talks with Montenegro.",
    "She is expected to add Kosovo to the group | will further progress talks with Montenegro.",
    # tails
    "Starmer met Rama in Tirana | aiming to widen the task force.",
    "By widening the group | Britain hopes to stop boats | reducing pressure on the border force.",
    "The project has seen 40 hits this year | resulting in 12 arrests in Leeds.",
    "The force was set up in 2022 | which brought 12 states together.",
    "The two sides will launch a scheme in May | with £2 million for patrols.",
    # figures that a change leads to
    "Arrivals fell by 95% | to 1,200.",
    "Arrivals fell by 95% | to 1,200 in 2024.",
    "Returns more than doubled | from 2,035 in 2022 to 5,294 in 2024.",
    # causes, purposes, what went before
    "The number of crossings fell | because of patrols on the coast.",
    "A 20% fall in crossings | due to new patrols.",
    "Crossings fell | after the pact was signed in Rome.",
    "After the visit to Tirana | the ministers signed a pact.",
    "Norway donated two scanners | to help the police spot fakes.",
    # things listed
    "The UK will send two patrol drones | three forgery machines | a training programme.",
    "He announced a 95% reduction in arrivals | a doubling of returns.",
]
JOINTS = [", and ", " and ", ", ", " ", "; ", " but also ", " while "]

WHOLE = [
    "Arrivals fell by 95%.",
    "Trinidad and Tobago signed the treaty.",
    "The deal that was signed in Trinidad and Tobago covers fishing.",
    "The ministers met at a roundtable on Defence and Security.",
    "The UK sent drones, machines and officers.",
    "Officials said Britain and Albania had agreed terms.",
    "The deal between the UK and Albania cut arrivals.",
    "The task force, which was set up in 2022, will grow.",
    "He said “arrivals fell and returns doubled” on Monday.",
    'He said "arrivals fell and returns doubled" on Monday.',
    "The office (it opened in May and moved in June) is closed.",
    "If arrivals fall and returns rise, costs drop.",
    "The two sides plan to help the police and train staff.",
    "The budget rose from 2022 to 2024.",
    "It is due to begin in May.",
    "The leaders discussed and agreed the deal.",
    "The minister may visit Oslo and meet the mayor.",
    "Arrivals fell and rose.",
    "The mayor opened a hall with funding, training and planning staff.",
    "The group will meet on 3 May, 2025 and in June.",
    "Crossings fell after two years.",
]


@pytest.mark.parametrize("expected", SPLIT)
def test_a_sentence_is_split_into_its_statements(expected):
    parts = expected.split(" | ")
    sentences = {joint.join(parts) for joint in JOINTS}
    found = [[span.of(sentence) for span in statements(sentence)] for sentence in sentences]
    assert parts in found


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Arrivals fell by 95% and returns doubled.", ["Arrivals fell by 95%", "returns doubled."]),
        ("Arrivals fell by 95%, to 1,200.", ["Arrivals fell by 95%", "to 1,200."]),
        ("Arrivals fell by 95% to 1,200.", ["Arrivals fell by 95%", "to 1,200."]),
        ("Arrivals fell last year; costs rose again.", ["Arrivals fell last year", "costs rose again."]),
        (
            "Arrivals fell by 95%, to 1,200, while returns doubled.",
            ["Arrivals fell by 95%", "to 1,200", "returns doubled."],
        ),
        ("Albania gains a hall, staff homes and three boats.", ["Albania gains a hall, staff homes and three boats."]),
    ],
)
def test_joining_words_belong_to_no_part(sentence, parts):
    assert [span.of(sentence) for span in statements(sentence)] == parts


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_makes_one_statement_stays_whole(sentence):
    assert [span.of(sentence) for span in statements(sentence)] == [sentence]


@pytest.mark.parametrize("blank", ["", " ", "\n\t"])
def test_a_blank_sentence_has_no_statements(blank):
    assert statements(blank) == []


PIECES = [*" ".join([*(part for row in SPLIT for part in row.split(" | ")), *WHOLE]).split()]


@given(st.lists(st.sampled_from([*PIECES, "and", ",", ";", "“", "”", "(", ")", "[1]", "\n"]), max_size=25))
def test_parts_are_ordered_disjoint_and_lose_no_word_but_joining_ones(pieces):
    sentence = " ".join(pieces)
    spans = statements(sentence)
    assert all(span.of(sentence) == span.of(sentence).strip() != "" for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    held = [word.text for span in spans for word in content_words(span.of(sentence))]
    assert held == [word.text for word in content_words(sentence)]


@given(st.text(alphabet="ab ,;and“”()[1]0\n", max_size=60))
def test_any_text_is_taken_apart_without_harm(text):
    spans = statements(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert bool(spans) == bool(text.strip(" \n,;"))


VERBS = [
    ("UK doubles returns of Albanians", ["doubles"]),
    ("Arrivals fell by 95%", ["fell"]),
    ("Families face stricter checks", ["face"]),
    ("Police arrest 20 suspects", ["arrest"]),
    ("The number of boats rose to 12", ["rose"]),
    ("They visit the port", ["visit"]),
    ("The deal ends in May", ["ends"]),
    ("Visitors may enter", ["may"]),
    ("The mayor isn’t here", ["isn’t"]),
    ("Strengthening Regional Cooperation", []),
    ("A new programme supporting young people", []),
    ("Deployment of UK-funded drones and enhanced checks", []),
    ("Visits in May", []),
    ("Drones funded by Norway", []),
    ("Key measures", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "verbs"), VERBS)
def test_finite_verbs_are_told_from_nouns_and_participles(text, verbs):
    assert [word.text for word in finite_verbs(text)] == verbs
