from __future__ import annotations

import pytest

from assistant.expecting import Expected, expected_answer, find_expected, is_counted, is_titled
from index import Span


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many arrests did the project lead to?", Expected.COUNT),
        ("DNA project arrests number", Expected.COUNT),
        ("By how much did arrivals fall?", Expected.AMOUNT),
        ("What is the population of Albania?", Expected.AMOUNT),
        ("How much does the visit cost?", Expected.MONEY),
        ("total cost of the visit", Expected.MONEY),
        ("What will the £1 million be spent on?", Expected.ANYTHING),
        ("What percentage of arrivals were Albanian?", Expected.SHARE),
        ("How long is the visit?", Expected.DURATION),
        ("How old is he?", Expected.DURATION),
        ("When is the summit?", Expected.DATE),
        ("In what year did it open?", Expected.DATE),
        ("western balkans summit date", Expected.DATE),
        ("When forces act on a body, what results?", Expected.ANYTHING),
        ("Who meets him?", Expected.PERSON),
        ("What is the name of the Foreign Secretary?", Expected.PERSON),
        ("Where does it start?", Expected.PLACE),
        ("Which countries join?", Expected.PLACE),
        ("What is the name of the programme?", Expected.NAME),
        ("Why was it stopped?", Expected.REASON),
        ("What are the drones for?", Expected.REASON),
        ("What is more fundamental than force?", Expected.ANYTHING),
        ("", Expected.ANYTHING),
    ],
)
def test_what_is_asked_for(question: str, kind: Expected) -> None:
    assert expected_answer(question) is kind


@pytest.mark.parametrize(
    ("kind", "text", "question", "found"),
    [
        (Expected.COUNT, "In 2024, 5,294 people went.", "How many went in 2024?", ["5,294"]),
        (Expected.MONEY, "It costs £1 million and takes 3 days.", "How much is it?", ["£1 million"]),
        (Expected.SHARE, "A 95% fall in 3 years.", "What share?", ["95%"]),
        (
            Expected.DATE,
            "It opened on 15 May 2025, in the 19th century style.",
            "When?",
            ["15 May 2025", "19th century"],
        ),
        (Expected.PERSON, "Prime Minister Edi Rama met Keir Starmer.", "Who met Starmer?", ["Edi Rama"]),
        (Expected.PERSON, "The Joint Migration Task Force works in North Macedonia.", "Who?", []),
        (Expected.PLACE, "A visit to Tirana begins.", "Where does it begin?", ["Tirana"]),
        (Expected.REASON, "They are used to find forged passports.", "Why?", ["to find"]),
        (Expected.ANYTHING, "Anything at all.", "What?", []),
    ],
)
def test_finding_it(kind: Expected, text: str, question: str, found: list[str]) -> None:
    assert [span.of(text) for span in find_expected(kind, text, question)] == found


def test_what_the_question_says_is_no_answer() -> None:
    assert find_expected(Expected.DATE, "It was announced in 2024.", "What happened in 2024?") == []


def test_a_number_that_counts_what_was_asked() -> None:
    text = "1,000 hits led to 55 arrests."
    assert is_counted(text, Span(start=18, end=20), "How many arrests were made?")
    assert not is_counted(text, Span(start=0, end=5), "How many arrests were made?")


@pytest.mark.parametrize("text", ["Prime Minister Edi Rama spoke.", "Edi Rama, the Prime Minister, spoke."])
def test_titles_beside_a_name(text: str) -> None:
    start = text.index("Edi")
    assert is_titled(text, Span(start=start, end=start + 8))
    assert not is_titled("Edi Rama spoke.", Span(start=0, end=8))
