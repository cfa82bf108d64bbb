"""Labelled rows for measuring the checker: read, told apart by what they are about, and drawn by a fixed seed."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from pathlib import Path
from typing import Any, NamedTuple

HELD_BACK = 15
"""Percent of VitaminC's pages that no model of ours is trained on."""

_GROUP = ("page", "claim_id", "doc_id", "source_id")


class Row(NamedTuple):
    """A claim, a source, its label (``supported``, ``contradicted``, ``not_supported``), and what it is about."""

    claim: str
    source: str
    label: str
    group: str


def is_held_back(page: str) -> bool:
    """Whether rows of this page are for measuring."""
    return int(hashlib.sha256(page.encode()).hexdigest(), 16) % 100 < HELD_BACK


def read_rows(path: Path, limit: int | None = None) -> list[Row]:
    """Return the rows of a file, at most ``limit`` drawn by a fixed seed; of VitaminC only those held back."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        read = [json.loads(line) for line in file]
    rows = [_row(entry) for entry in read if entry.get("source") and entry.get("claim")]
    if "vitaminc" in path.name:
        rows = [row for row in rows if is_held_back(row.group)]
    random.Random(0).shuffle(rows)
    return rows[:limit]


def plain(text: str) -> str:
    """Return a text that a release has cut into tokens ("2,000 people , he said .") as it is written."""
    text = re.sub(r"\s+([.,;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[£$€])\s+", r"\1", text)
    for cut, whole in (("-LRB- ", "("), (" -RRB-", ")"), ("-LRB-", "("), ("-RRB-", ")"), ("``", '"'), ("''", '"')):
        text = text.replace(cut, whole)
    return re.sub(r"\s+('s|n't|'re|'ve|'ll)\b", r"\1", text)


def _row(entry: dict[str, Any]) -> Row:
    group = next((str(entry[name]) for name in _GROUP if entry.get(name)), str(entry.get("id", entry["claim"])))
    return Row(plain(entry["claim"]), plain(entry["source"]), entry["label"], group)
