"""What a model writes, read into sentences while it is written: markers in any form, cut anywhere; JSON; refusals."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import dictation
from assistant.citing import parse_claims
from assistant.dictation import Dictation
from assistant.prompts import CANNOT_ANSWER

PLAIN = [
    (
        f"The ferry opened in 2019 [1]. {CANNOT_ANSWER}. It may be late on Sundays [2]. The fare is two pounds [3].",
        [("opened in 2019", (1,)), ("late on Sundays", (2,)), ("two pounds", (3,))],
    ),
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
    reader = Dictation()
    found = []
    for start in range(0, len(text), size):
        found += reader.feed(text[start : start + size])
    return [*found, *reader.end()], reader


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_sentences_are_read_with_their_markers_however_the_stream_is_cut(text, expected, size):
    found, _ = read(text, size)
    assert [numbers for _, numbers in found] == [numbers for _, numbers in expected]
    for (words, _), (told, _) in zip(found, expected, strict=True):
        assert told in words
        assert "[" not in words
        assert "*" not in words


def test_a_long_answer_is_read_in_a_time_that_grows_with_its_length():
    sentences = [f"The ferry number {i} opened in {1900 + i} [1]." for i in range(60)]
    parsed = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(dictation, "parse_claims", lambda text: parsed.append(len(text)) or parse_claims(text))
        found, _ = read(" ".join(sentences), 4)
    assert len(found) == len(sentences)
    assert max(parsed) < 4 * len(sentences[0])  # what is given is not read again


def test_a_sentence_is_given_as_soon_as_the_next_one_has_begun():
    reader = Dictation()
    assert reader.feed("The ferry opened in 2019.") == []
    assert reader.feed(" [1] The cro") == []
    (given_sentence,) = reader.feed("ssing takes forty minutes")
    assert given_sentence == ("The ferry opened in 2019.", (1,))
    assert reader.pending == "The crossing takes forty minutes"


def test_the_pending_sentence_has_no_half_marker_and_no_json():
    reader = Dictation()
    reader.feed("The ferry opened in 2019 [1")
    assert reader.pending == "The ferry opened in 2019"
    reader = Dictation()
    reader.feed('{"sentences": [{"text": "The \\"new\\" ferry ope')
    assert reader.pending == 'The "new" ferry ope'


@pytest.mark.parametrize("text", [CANNOT_ANSWER, f"{CANNOT_ANSWER}.", CANNOT_ANSWER.lower(), '{"sentences": []}'])
def test_a_refusal_is_told_and_is_no_sentence(text):
    found, reader = read(text, 2)
    assert found == []
    assert reader.refuses
    assert reader.pending == ""


@pytest.mark.parametrize("text", ["", "   ", "{", '{"answer": "It opened in 2019."}', "[1]"])
def test_what_is_no_answer_is_no_refusal_either(text):
    found, reader = read(text, 3)
    assert found == []
    assert not reader.refuses


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
    reader = Dictation()
    for start in range(0, len(text), size):
        reader.feed(text[start : start + size])
        assert "\n" not in reader.pending
    assert all(sentence.text for sentence in reader.end())


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8"), min_size=1), st.lists(st.integers(1, 20)))))
def test_json_comes_through_whole(entries):
    text = json.dumps({"sentences": [{"text": f"It is {words}", "sources": numbers} for words, numbers in entries]})
    found, _ = read(text, 5)
    assert len(found) == len(entries)
    for (_, numbers), (_, listed) in zip(found, entries, strict=True):
        assert set(listed) <= set(numbers)
