"""How well the checker tells supported claims from others, on labelled rows; not a test, a measurement.

    .venv/bin/python tests/quality/checker.py ROWS.jsonl.gz ... [--limit N] [--verifier NAME]

ROWS holds one object a line: ``claim``, ``source``, ``label`` (``supported``, ``contradicted`` or anything else). Of
VitaminC, only rows of pages that no model of ours was trained on. Printed for each file: ROC-AUC of the score with a
95% interval (bootstrap over what the rows are about), balanced accuracy of the verdict ``supported``, the share of
supported rows that keep it and of others that get it (false passes), and the balanced accuracy of ``contradicted``
against the rest. Where rows share a ``claim_id``, also the ROC-AUC of each claim's best row.

The shipped weights were fitted on some of these rows; ``fit_checker.py`` gives the figures of rows left out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rows import Row, read_rows
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

from assistant.checking import Checker
from assistant.types import Verdict
from assistant.verifiers import load_verifier

RESAMPLED = 500
"""Bootstrap samples for an interval."""

_BATCH = 64


def main() -> None:
    """Measure, and print one JSON object a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=2500, help="rows of a file, drawn by a fixed seed; default: 2500")
    parser.add_argument("--verifier", default="bundled")
    given = parser.parse_args()
    checker = Checker(load_verifier(given.verifier))
    for path in given.files:
        print(json.dumps({"file": path.name, **measure(read_rows(path, given.limit), checker)}), flush=True)


def measure(rows: Sequence[Row], checker: Checker) -> dict[str, Any]:
    """Return the figures over ``rows``, which need both kinds of label."""
    started = time.perf_counter()
    pairs = [(row.claim, row.source) for row in rows]
    judged = [j for start in range(0, len(pairs), _BATCH) for j in checker.judge_many(pairs[start : start + _BATCH])]
    seconds = time.perf_counter() - started
    truth = np.array([row.label == Verdict.SUPPORTED for row in rows])
    scores = np.array([judgement.score for judgement in judged])
    passed = np.array([judgement.verdict is Verdict.SUPPORTED for judgement in judged])
    groups = np.unique([row.group for row in rows], return_inverse=True)[1]
    found = {
        "rows": len(rows),
        **auc(truth, scores, groups),
        "balanced_accuracy": round(float(balanced_accuracy_score(truth, passed)), 3),
        "kept": round(float(passed[truth].mean()), 3),
        "false_pass": round(float(passed[~truth].mean()), 3),
        "rows_per_second": round(len(rows) / seconds, 1),
    }
    if any(row.label == Verdict.CONTRADICTED for row in rows):
        against = [row.label == Verdict.CONTRADICTED for row in rows]
        called = [judgement.verdict is Verdict.CONTRADICTED for judgement in judged]
        found["contradicted_balanced_accuracy"] = round(float(balanced_accuracy_score(against, called)), 3)
    if any(row.label == Verdict.SUPPORTED for row in rows) and len(set(groups)) < len(rows):
        found["best_of_group"] = _best_of(truth, scores, groups)
    return found


def auc(truth: NDArray[np.bool_], scores: NDArray[np.float64], groups: NDArray[np.int64]) -> dict[str, Any]:
    """Return ROC-AUC and its 95% interval, groups resampled with replacement."""
    rng = np.random.default_rng(0)
    members = [np.flatnonzero(groups == group) for group in range(groups.max() + 1)]
    drawn = []
    for _ in range(RESAMPLED):
        chosen = np.concatenate([members[i] for i in rng.integers(len(members), size=len(members))])
        if 0 < truth[chosen].sum() < len(chosen):
            drawn.append(roc_auc_score(truth[chosen], scores[chosen]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return {
        "roc_auc": round(float(roc_auc_score(truth, scores)), 3),
        "interval": [round(float(low), 3), round(float(high), 3)],
    }


def _best_of(truth: NDArray[np.bool_], scores: NDArray[np.float64], groups: NDArray[np.int64]) -> dict[str, Any] | None:
    """The same with one row for each group: its best score, supported if any of its rows is."""
    count = groups.max() + 1
    best = np.array([scores[groups == group].max() for group in range(count)])
    any_true = np.array([truth[groups == group].any() for group in range(count)])
    if any_true.all() or not any_true.any():
        return None
    return {"groups": int(count), **auc(any_true, best, np.arange(count))}


if __name__ == "__main__":
    main()
