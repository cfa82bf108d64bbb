"""What a model writes, read into sentences while it is written: markers in any form, cut anywhere; JSON; refusals."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dictation import Dictation
from assistant.prompts import CANNOT_ANSWER

PLAIN = [
    ("The ferry opened in 2019 [1]. It may be late [2].", [("opened in 2019", (1,)), ("may be late", (2,))]),
    ("The ferry opened in 2019. [1] It may be late. [2]", [("opened in 2019", (1,)), ("may be late", (2,))]),
    ("The ferry opened in 2019 [1][3]. It may be late [2, 4].", [("2019", (1, 3)), ("late", (2, 4))]),
    ("The ferry opened in 2019 [1-3].", [("2019", (1, 2, 3))]),
    ("The ferry opened in 2019【4】.", [("2019", (4,))]),
    ("The ferry opened in 2019. It may be late [2].", [("2019", ()), ("late", (2,))]),
    ("```\nThe ferry opened in 2019 [1].\n```", [("2019", (1,))]),
    ("<think>Which one? [9]</think>The ferry opened in 2019 [1].", [("2019", (1,))]),
    ("- The ferry **opened** in 2019 [1]\n- It may be late [2]", [("The ferry opened in 2019", (1,)), ("late", (2,))]),
    ("Here is what the sources say:\n\nThe ferry opened in 2019 [1].", [("2019", (1,))]),
    ('{"sentences": [{"text": "The ferry opened in 2019.", "sources": [1]}]}', [("2019", (1,))]),
    ('```json\n{"sentences": [{"text": "It may be late [2].", "sources": [1, "x"]}]}\n```', [("late", (1, 2))]),
    ('{"sentences": [{"text": "It opened in 2019.", "sources": [1]}, {"text": "It is cut', [("2019", (1,))]),
]


def read(text: str, size: int) -> tuple[list[tuple[str, tuple[int, ...]]], Dictation]:
    dictation = Dictation()
    found = []
    for start in range(0, len(text), size):
        found += dictation.feed(text[start : start + size])
    return [*found, *dictation.end()], dictation


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_sentences_are_read_with_their_markers_however_the_stream_is_cut(text, expected, size):
    found, _ = read(text, size)
    assert [numbers for _, numbers in found] == [numbers for _, numbers in expected]
    for (words, _), (told, _) in zip(found, expected, strict=True):
        assert told in words
        assert "[" not in words
        assert "*" not in words


def test_a_sentence_is_given_as_soon_as_the_next_one_has_begun():
    dictation = Dictation()
    assert dictation.feed("The ferry opened in 2019.") == []
    assert dictation.feed(" [1] The cro") == []
    (given_sentence,) = dictation.feed("ssing takes forty minutes")
    assert given_sentence == ("The ferry opened in 2019.", (1,))
    assert dictation.pending == "The crossing takes forty minutes"


def test_the_pending_sentence_has_no_half_marker_and_no_json():
    dictation = Dictation()
    dictation.feed("The ferry opened in 2019 [1")
    assert dictation.pending == "The ferry opened in 2019"
    dictation = Dictation()
    dictation.feed('{"sentences": [{"text": "The \\"new\\" ferry ope')
    assert dictation.pending == 'The "new" ferry ope'


@pytest.mark.parametrize("text", [CANNOT_ANSWER, f"{CANNOT_ANSWER}.", CANNOT_ANSWER.lower(), '{"sentences": []}'])
def test_a_refusal_is_told_and_is_no_sentence(text):
    found, dictation = read(text, 2)
    assert found == []
    assert dictation.refuses
    assert dictation.pending == ""


@pytest.mark.parametrize("text", ["", "   ", "{", '{"answer": "It opened in 2019."}', "[1]"])
def test_what_is_no_answer_is_no_refusal_either(text):
    found, dictation = read(text, 3)
    assert found == []
    assert not dictation.refuses


SENTENCES = ["The ferry opened in 2019", "It may be late on Sundays", "Dr. Moss paid £1.5m for the pier"]
FORMS = ["{}.", "{} [1].", "{}. [2]", "{}【3】.", "{} [1][12]."]
MARKED = st.tuples(st.sampled_from(SENTENCES), st.sampled_from(FORMS))


@given(st.lists(MARKED, max_size=6), st.sampled_from([" ", "\n\n", "\n- "]), st.integers(1, 40))
def test_an_answer_is_read_the_same_however_it_is_cut(marked, joint, size):
    text = joint.join(form.format(sentence) for sentence, form in marked)
    cut, _ = read(text, size)
    whole, _ = read(text, len(text) + 1)
    assert cut == whole
    assert len(whole) == len(marked)


@given(st.text(st.sampled_from("aeort. [1]【2】,-\n{}\"'*`"), max_size=60), st.integers(1, 9))
def test_no_text_makes_it_fail(text, size):
    dictation = Dictation()
    for start in range(0, len(text), size):
        dictation.feed(text[start : start + size])
        assert "\n" not in dictation.pending
    assert all(sentence.text for sentence in dictation.end())


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8"), min_size=1), st.lists(st.integers(1, 20)))))
def test_json_comes_through_whole(entries):
    text = json.dumps({"sentences": [{"text": f"It is {words}", "sources": numbers} for words, numbers in entries]})
    found, _ = read(text, 5)
    assert len(found) == len(entries)
    for (_, numbers), (_, listed) in zip(found, entries, strict=True):
        assert set(listed) <= set(numbers)
