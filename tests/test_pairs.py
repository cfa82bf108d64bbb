"""Rows of (claim, source) to verdicts: in order, in chunks, and bad rows in their place."""

from __future__ import annotations

import gzip
import io
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import PinciteError, Verdict, atomically, byte_lines, judge_rows, write_atomically
from assistant.judging import Judgement


class Fake:
    """Supports a claim that is in its source; remembers how many pairs it was asked at once."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        self.asked.append(len(pairs))
        return [
            Judgement(
                verdict=Verdict.SUPPORTED if claim in source else Verdict.UNSUPPORTED,
                reason=claim,
                score=float(claim in source),
                match=1,
            )
            for claim, source in pairs
        ]


def row(claim: str, source: str = "", **other: object) -> str:
    return json.dumps({"claim": claim, "source": source, **other})


def test_each_row_has_its_verdict_in_order_with_its_id() -> None:
    rows = [row("a", "ab", id=7), row("c", "ab"), row("b", "ab", id=None, other=1)]
    assert list(judge_rows(rows, Fake())) == [
        {"id": 7, "verdict": "supported", "score": 1.0, "reason": "a"},
        {"verdict": "unsupported", "score": 0.0, "reason": "c"},
        {"id": None, "verdict": "supported", "score": 1.0, "reason": "b"},
    ]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ("null", "not an object"),
        ('{"claim": "a"}', "the field source is missing"),
        ('{"source": "a"}', "the field claim is missing"),
        ('{"claim": 1, "source": "a"}', "the field claim is not a text"),
        ('{"claim": "a", "source": null}', "the field source is not a text"),
        ('{"claim": " ", "source": "a"}', "the claim is empty"),
        ('{"claim": "\\ud800", "source": "a"}', "surrogate"),
        (b'{"claim": "\xff", "source": "a"}', "not UTF-8"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_row_is_named_in_its_place(line: str | bytes, error: str) -> None:
    first, wrong, last = judge_rows(["", row("a", "a"), "  ", line, row("b", "a")], Fake())
    assert (first["verdict"], last["verdict"]) == ("supported", "unsupported")
    assert wrong.keys() == {"error", "line"}
    assert wrong["line"] == 4
    assert error in wrong["error"]


def test_rows_are_read_as_results_are_asked_for() -> None:
    fake, read = Fake(), itertools.count()
    results = judge_rows((row(str(next(read))) for _ in range(1000)), fake, chunk=10)
    assert [next(results)["reason"] for _ in range(11)] == [str(number) for number in range(11)]
    assert next(read) == 20
    assert fake.asked == [10, 10]


def test_a_chunk_of_bad_rows_asks_nobody() -> None:
    fake = Fake()
    assert len(list(judge_rows(["x"] * 5, fake))) == 5
    assert fake.asked == []


@given(st.lists(st.one_of(st.none(), st.text("ab", min_size=1, max_size=3)), max_size=30), st.integers(1, 7))
def test_order_holds_for_any_mix_and_chunk(claims: list[str | None], chunk: int) -> None:
    lines = ["bad" if claim is None else row(claim) for claim in claims]
    told = list(judge_rows(lines, Fake(), chunk))
    assert [result.get("reason") for result in told] == claims


@pytest.mark.parametrize("packed", [False, True])
def test_gzipped_lines_are_read_like_plain_ones(packed: bool) -> None:
    content = b"one\ntwo\n"
    stream = io.BytesIO(gzip.compress(content) if packed else content)
    assert list(byte_lines(stream, "x")) == [b"one\n", b"two\n"]


def test_a_cut_gzip_file_is_said() -> None:
    cut = gzip.compress(b"one\n" * 1000)[:-20]
    with pytest.raises(PinciteError, match=r"rows\.gz cannot be read"):
        list(byte_lines(io.BytesIO(cut), "rows.gz"))


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    write_atomically(file, "old ✓\n")
    file.chmod(0o640)
    with pytest.raises(UnicodeEncodeError), atomically(file) as target:
        target.write("new\n" + "\ud800")
    assert file.read_text(encoding="utf-8") == "old ✓\n"
    write_atomically(file, "new\n")
    assert file.read_text(encoding="utf-8") == "new\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_a_link_stays_one_and_a_missing_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_atomically(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8") == "new"
    with pytest.raises(PinciteError, match="cannot be written"):
        write_atomically(tmp_path / "none" / "file.txt", "x")
