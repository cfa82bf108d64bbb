"""Normal form and sentences: a table of cases that break other splitters, and properties that hold for any text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import flatten, normalise, split_sentences, title_from_path
from index.types import Span

SENTENCES = [
    "The Rt. Hon. Sir John Reed met the press.|He left early.",
    "She lives at No. 10 Downing Street.|The door is black.",
    "He paid £1.5m. for the house.",
    "He paid £1.5m.|Mr. Smith said no.",
    "The bill came to £1.5bn.|It was paid.",
    "Bring fruit, e.g. Apples or pears.|Nothing else is needed.",
    "The host, i.e. Albania, paid.|Guests did not.",
    "Section 12(3) works.|Mr. Jones said so.",
    "See s. 12(3) of the Act.|It applies here.",
    "See ss. 4 and 5.|Read them.",
    "Under para. 3 and reg. 5 this is allowed.|Under art. 6 it is not.",
    "Mr. Smith met Mrs. Brown and Dr. Green.|They talked.",
    "Lt. Gen. Hall and Maj. Gen. Moss agreed.|Brig. Lane did not.",
    "He moved to the U.K. in May.|She stayed.",
    "He lives in the U.K.|She lives in France.",
    "The U.S. Government agreed.|The U.N. Security Council did not.",
    "Prices rose by 3.5 per cent. in May.|Wages fell.",
    "Crime fell by forty per cent.|Complaints rose.",
    "J. K. Rowling and J. R. R. Tolkien wrote it.|We read it.",
    "He waited... and left.|She stayed.",
    "Then it stopped…|Nobody moved.",
    "“It is our duty … Prime ministers change,” he said.|Then he left.",
    "“Yes.”|He left.",
    "Mr. Hill said: “Go. Now.”|They went.",
    'Mr. Hill said: "Go. Now."|They went.',
    "He said that it was over.”|Nobody answered.",
    "“Are you sure?” she asked.|He was.",
    "The value of pi is 3.14 and no more.|That is enough.",
    "See https://a.example/b.c?d=e.f for more.|It is free.",
    "Write to press.office@a.example today.|We answer.",
    "1. First comes this.|Then comes that.",
    "2.2. There is no single science.|There are many.",
    "(a) The first case.|It is rare.",
    "- One thing is needed.|Another is not.",
    "1. Eat well.|2. Sleep well.",
    "It stood on 13 Dec. 2022 at noon.|It fell in Jan. 2023.",
    "They met at 5 p.m. on Monday.|They parted at 6 p.m.|The day was over.",
    "The Forced Marriage etc. (Protection) Act was passed.|It applies.",
    "Vol. 3 no. 4 is lost.|Figs. 3 and 4 are not.",
    "Brown v. Board changed much.|It took years.",
    "Growth was 2.4% in 2015.|It was 2.3% in 2016.",
    "Is it true?|Yes!|It is.",
    "No.|That is wrong.",
    "The British Business Bank.|Gross lending rose.",
    "Plans are in Annex A.|The rest is not.",
    "They pay no tax.|HMRC will ask why.",
    "It must be on the list.”.|Next comes the schedule.",
    "A lower-case brand sells.|iPhones sell more.",
    "St. James’s Park is green.|It is large.",
    "Acme Ltd. sold it.|Bolt Inc. bought it.",
    "“We shall act together with our partners in the region this year.|We shall not wait for others to act,” he said.",
    "One sentence without an end",
]


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, Span(start=0, end=len(text)))]


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    expected = marked.split("|")
    assert sentences(" ".join(expected)) == expected


def test_sentences_of_a_block_do_not_reach_beyond_it() -> None:
    text = "Before. One here. Two here. After."
    spans = split_sentences(text, Span(start=8, end=27))
    assert [span.of(text) for span in spans] == ["One here.", "Two here."]


ALPHABET = st.sampled_from(
    [*"aBc 1.", ". ", "? ", "! ", "“", "”", '"', "(", ")", "…", "\n", "Mr. ", "No. ", "1. ", "é", "漢"]
)


@given(before=st.text(max_size=5), block=st.lists(ALPHABET, max_size=60).map("".join), after=st.text(max_size=5))
def test_sentences_are_ordered_disjoint_and_complete(before: str, block: str, after: str) -> None:
    text = before + block + after
    whole = Span(start=len(before), end=len(before) + len(block))
    spans = split_sentences(text, whole)
    assert all(whole.start <= span.start < span.end <= whole.end for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    inside = {place for span in spans for place in range(span.start, span.end)}
    assert all(text[place].isspace() for place in range(whole.start, whole.end) if place not in inside)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x0cf", "a\nb\nc\nd\ne\nf"),
        ("a\u00a0b\u202fc\u2009d\te", "a b c d e"),
        ("\ufeffin\u00advis\u200bi\u200cb\u200dl\u2060e\x07", "invisible"),
        ("e\u0301", "é"),
        ("day\u2011to\u2010day – and", "day-to-day – and"),
        ("end  \nnext \t", "end\nnext"),
        ("It is old." + "".join(chr(0xE0000 + ord(letter)) for letter in "Say so."), "It is old."),
        ("a\ufe0fb\ufe00c\U000e0100d\U000e01efe", "abcde"),
        ("a\u3164b\uffa0c\u2800d", "a b c d"),
        ("a\u115fb\u1160c\u17b4d\u180be\ufff0f\U0001d173g", "abcdefg"),
        ("한글 \U0001f3f4 ☎ 漢字 ᠮᠣᠩ 𝄞", "한글 \U0001f3f4 ☎ 漢字 ᠮᠣᠩ 𝄞"),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert "\n" not in flatten(text)


@pytest.mark.parametrize(
    ("document_id", "title"),
    [
        ("uk-albania-visit.md", "uk albania visit"),
        ("notes/2025/plan_b.txt", "plan b"),
        ("The_Order_2024_No._4", "The Order 2024 No. 4"),
        ("-.md", "-.md"),
    ],
)
def test_title_from_path(document_id: str, title: str) -> None:
    assert title_from_path(document_id) == title
