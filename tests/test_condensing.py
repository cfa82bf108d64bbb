"""Follow-up questions, as they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.condensing import condense
from assistant.phrases import noun_phrases
from assistant.types import Turn

RETURNS = "How many Albanians were returned in 2024?"
MACHINES = "What are the forgery machines for?"
VISIT = "Where does the visit start?"
MEETING = "Who does Starmer meet in Tirana?"
SUPPORT = "How does the UK support Albania?"
PROJECT = "What did the DNA project lead to?"
SUMMIT = "Who hosts the Western Balkans summit?"
FORCE = "What is the Joint Migration Task Force?"

FOLLOW_UPS = [
    (RETURNS, "What about 2022?", "How many Albanians were returned in 2022?"),
    (RETURNS, "And 2022", "How many Albanians were returned in 2022?"),
    (RETURNS, "in 2022?", "How many Albanians were returned in 2022?"),
    (RETURNS, "How many were there in 2022?", "How many Albanians were returned in 2022?"),
    (RETURNS, "And how many in 2022?", "How many Albanians were returned in 2022?"),
    (RETURNS, "And in May?", "How many Albanians were returned in May 2024?"),
    (RETURNS, "How many women?", "How many women were returned in 2024?"),
    (RETURNS, "What about Kosovans?", "How many Kosovans were returned in 2024?"),
    (RETURNS, "And Kosovo?", "How many Albanians were returned in 2024: Kosovo?"),
    (RETURNS, "And to Kosovo?", "How many Albanians were returned in 2024 to Kosovo?"),
    (RETURNS, "Why?", "How many Albanians were returned in 2024, and why?"),
    (RETURNS, "Tell me more.", "How many Albanians were returned in 2024?"),
    (RETURNS, "Is that more than in 2022?", f"{RETURNS} Is that more than in 2022?"),
    (RETURNS, "When did Starmer announce it?", f"{RETURNS} When did Starmer announce it?"),
    ("How many arrived in May 2024?", "And in June?", "How many arrived in June?"),
    ("Is the 5% cut agreed?", "And 10%?", "Is the 10% cut agreed?"),
    (SUPPORT, "And Kosovo?", "How does the UK support Kosovo?"),
    ("Where did the first round take place?", "And the second one?", "Where did the second round take place?"),
    ("Who won the 2nd round?", "What about the last?", "Who won the last round?"),
    (SUPPORT, "What about North Macedonia?", "How does the UK support North Macedonia?"),
    ("What did Keir Starmer say about Albania's economy?", "And Kosovo's?",
     "What did Keir Starmer say about Kosovo's economy?"),
    (MACHINES, "the drones?", "What are the drones for?"),
    (MACHINES, "Who pays for them?", "Who pays for the forgery machines?"),
    (MACHINES, "When will they be delivered?", "When will the forgery machines be delivered?"),
    (VISIT, "When?", "When does the visit start?"),
    (VISIT, "And when?", "When does the visit start?"),
    (VISIT, "Why is that?", "Where does the visit start, and why?"),
    (VISIT, "And the summit?", "Where does the summit start?"),
    (VISIT, "How long does it last?", "How long does the visit last?"),
    (VISIT, "Which year?", "Where does the visit start, and which year?"),
    ("Did small boat arrivals fall?", "Why?", "Why did small boat arrivals fall?"),
    (MEETING, "What does he say to Rama?", "What does Starmer say to Rama?"),
    (MEETING, "Is he married?", "Is Starmer married?"),
    (PROJECT, "How much did it cost?", "How much did the DNA project cost?"),
    (PROJECT, "Who runs this project?", "Who runs the DNA project?"),
    (PROJECT, "What are its results?", "What are the DNA project’s results?"),
    (PROJECT, "Who funds those machines?", f"{PROJECT} Who funds those machines?"),
    (SUMMIT, "Where is it held?", "Where is the Western Balkans summit held?"),
    (FORCE, "Which countries belong to it?", "Which countries belong to the Joint Migration Task Force?"),
    ("What did Starmer do in Tirana?", "Who lives there?", "Who lives in Tirana?"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "asked", "read"), FOLLOW_UPS)
def test_follow_ups_are_made_standalone(before, asked, read):
    assert condense(asked, [Turn(question=before)]) == read


STANDALONE = [
    "What are the drones for?",
    "And what are the drones for?",
    "Who is Edi Rama?",
    "Why did arrivals fall?",
    "When does the visit begin?",
    "Is there a summit in the autumn?",
    "How many people are there in Albania?",
    "Is it true that Albania joined the EU?",
    "How long does it take to get a visa?",
    "When did the government say it would act?",
    "Does Albania believe that it will join the EU?",
    "How does Albania fund its police?",
    "Who said that the task force expands?",
    "What is the task force that Kosovo joined?",
    "What happened this year?",
    "Which countries are in the Western Balkans?",
    "How many arrests did the DNA project lead to?",
    "How much does the UK spend on forensics?",
    "What about the cost of the whole visit?",
    "forensics funding programme",
]


@pytest.mark.parametrize("question", STANDALONE)
@pytest.mark.parametrize("before", [RETURNS, MEETING, FORCE])
def test_a_question_that_stands_alone_is_left_as_it_is(question, before):
    assert condense(question, [Turn(question=before, answer="It was 5,294.")]) == question


@pytest.mark.parametrize("question", ["Why?", "And Kosovo?", "What about it?", "", "?"])
def test_without_a_conversation_nothing_is_changed(question):
    assert condense(question, []) == question


CHAINS = [
    (RETURNS, ["And in 2022?", "Why?", "What about Kosovans?"],
     ["How many Albanians were returned in 2022?", "How many Albanians were returned in 2022, and why?",
      "How many Kosovans were returned in 2022?"]),
    (VISIT, ["When?", "And the summit?", "How long does it last?"],
     ["When does the visit start?", "When does the summit start?", "How long does the summit last?"]),
    (SUPPORT, ["And Kosovo?", "And Montenegro?", "Since when?"],
     ["How does the UK support Kosovo?", "How does the UK support Montenegro?",
      "How does the UK support Montenegro, and since when?"]),
]  # fmt: skip


@pytest.mark.parametrize(("first", "asked", "read"), CHAINS)
def test_follow_ups_of_follow_ups(first, asked, read):
    history = [Turn(question=first)]
    for question, expected in zip(asked, read, strict=True):
        history.append(Turn(question=question, read_as=condense(question, history)))
        assert history[-1].read_as == expected


def test_a_person_may_be_named_by_the_answer():
    turn = Turn(question="Who leads Albania?", answer="Albania is led by Prime Minister Edi Rama.")
    assert condense("What did he say?", [turn]) == "What did Prime Minister Edi Rama say?"


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read_somehow(question, before, answer):
    read = condense(question, [Turn(question=before, answer=answer)])
    assert bool(read.strip()) == bool(question.strip())


@given(st.text(max_size=80))
def test_phrases_are_where_they_say(text):
    for phrase in noun_phrases(text):
        assert text[phrase.start : phrase.end] == phrase.text
