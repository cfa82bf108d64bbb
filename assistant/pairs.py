"""Many claims, each with the text that it is held against: rows in, verdicts out, in order. Needs no index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol

from assistant.types import Verdict

CHUNK = 64
"""Rows judged at once, by judgement: enough to fill a batch of the model, few enough to see results come."""


class Judged(Protocol):
    """What is used of a judgement: :class:`assistant.judging.Judgement` is one."""

    @property
    def verdict(self) -> Verdict:
        """How the source stands to the claim."""

    @property
    def score(self) -> float:
        """The probability that the source supports the claim, in [0, 1]."""

    @property
    def reason(self) -> str:
        """The verdict in words."""


JudgeMany = Callable[[Sequence[tuple[str, str]]], Sequence[Judged]]
"""Judges (claim, source) pairs, one judgement for each, in order: :meth:`assistant.checking.Checker.judge_many`."""


class _Row(NamedTuple):
    """One row: its number, counted from 1 with blank lines; what it asks, or what is wrong with it."""

    line: int
    pair: tuple[str, str] | None = None
    extra: dict[str, Any] = {}  # noqa: RUF012 - never changed
    error: str = ""


def judge_rows(lines: Iterable[str | bytes], judge_many: JudgeMany, chunk: int = CHUNK) -> Iterator[dict[str, Any]]:
    """Yield one result for each row of JSON Lines, in order: ``{"verdict", "score", "reason"}``, and the row's ``id``.

    A row is an object with the texts ``claim`` and ``source``; other fields are ignored, and so are blank lines. A row
    that is not one yields ``{"error", "line"}`` in its place, and the rest goes on. ``lines`` are read as results are
    asked for, ``chunk`` rows at a time.
    """
    rows = (_row(number, line) for number, line in enumerate(lines, start=1) if line.strip())
    while taken := list(islice(rows, chunk)):
        pairs = [row.pair for row in taken if row.pair]
        judgements = iter(judge_many(pairs) if pairs else ())
        for row in taken:
            yield _result(row, next(judgements)) if row.pair else {"error": row.error, "line": row.line}


def _result(row: _Row, judged: Judged) -> dict[str, Any]:
    told = {"verdict": judged.verdict.value, "score": round(judged.score, 4), "reason": judged.reason}
    return {**row.extra, **told}


def _row(number: int, line: str | bytes) -> _Row:
    try:
        row = json.loads(line)
    except UnicodeDecodeError:
        return _Row(number, error="not UTF-8 text")
    except (ValueError, RecursionError) as error:
        return _Row(number, error=f"not JSON: {error}")
    if not isinstance(row, dict):
        return _Row(number, error="not an object with the fields claim and source")
    for name in ("claim", "source"):
        if trouble := _trouble(row, name):
            return _Row(number, error=trouble)
    return _Row(number, (row["claim"], row["source"]), {"id": row["id"]} if "id" in row else {})


def _trouble(row: dict[str, Any], name: str) -> str:
    """What is wrong with a field, in words; nothing where it is a text."""
    if name not in row:
        return f"the field {name} is missing"
    if not isinstance(row[name], str):
        return f"the field {name} is not a text"
    if name == "claim" and not row[name].strip():
        return "the claim is empty"
    try:
        row[name].encode()
    except UnicodeEncodeError:
        return f"the field {name} has half of a surrogate pair"
    return ""
