"""How well the checker tells supported claims from others, on labelled rows; not a test, a measurement.

    .venv/bin/python tests/quality/checker.py ROWS.jsonl.gz ... [--limit N]

ROWS holds one object a line: ``claim``, ``source``, ``label`` (``supported`` or anything else). Printed for each file:
ROC-AUC of the score, balanced accuracy of the verdict ``supported``, the share of supported rows that keep it, and the
share of other rows that get it (false passes).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path

from sklearn.metrics import roc_auc_score

from assistant.checking import Checker
from assistant.types import Verdict


def main() -> None:
    """Measure, and print one JSON object a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=2000, help="rows of a file, drawn by a fixed seed; default: 2000")
    given = parser.parse_args()
    for path in given.files:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        random.Random(0).shuffle(rows)
        print(json.dumps({"file": path.name, **measure(rows[: given.limit])}))


def measure(rows: list[dict[str, str]]) -> dict[str, float]:
    """Return the figures over ``rows``, which need both kinds of label."""
    checker = Checker()
    truth = [row["label"] == Verdict.SUPPORTED for row in rows]
    judged = [checker.judge(row["claim"], row["source"]) for row in rows]
    passed = [judgement.verdict is Verdict.SUPPORTED for judgement in judged]
    kept = sum(p and t for p, t in zip(passed, truth, strict=True)) / sum(truth)
    false = sum(p and not t for p, t in zip(passed, truth, strict=True)) / (len(truth) - sum(truth))
    return {
        "rows": len(rows),
        "roc_auc": round(float(roc_auc_score(truth, [judgement.score for judgement in judged])), 3),
        "balanced_accuracy": round((kept + 1 - false) / 2, 3),
        "kept": round(kept, 3),
        "false_pass": round(false, 3),
    }


if __name__ == "__main__":
    main()
