"""Words and their stems."""

from __future__ import annotations

import sys
import threading
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import content_words, words
from index.words import stem


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Albania's ministers visited", ["albania", "minist", "visit"]),
        ("Albania’s minister visits", ["albania", "minist", "visit"]),
        ("5,294 people, 1.5 years", ["5294", "peopl", "1.5", "year"]),
        ("Durrës café", ["durr", "cafe"]),
        ("£1m for 18-month", ["1", "m", "for", "18", "month"]),
    ],
)
def test_stems(text: str, stems: list[str]) -> None:
    assert [word.stem for word in words(text)] == stems


def test_content_words_carry_a_topic() -> None:
    assert [word.text for word in content_words("What was the cost of it?")] == ["cost"]


@given(st.text())
def test_words_are_spans_of_their_text(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text and word.stem for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_every_letter_there_is_has_a_stem_without_spaces() -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] in "LN"]
    assert all(stem(word.text).split() == [word.stem] for letter in letters for word in words(letter))


def test_threads_do_not_disturb_each_other() -> None:
    corpus = [f"{first}{last}ing" for first in "bcdfghlmnprst" for last in ("at", "ip", "un", "eal", "ation", "izer")]
    expected = {word: stem(word) for word in corpus}
    found: list[dict[str, str]] = []

    def work() -> None:
        found.append({word: stem(word) for word in corpus})

    for _ in range(20):
        stem.cache_clear()
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert all(one == expected for one in found)
