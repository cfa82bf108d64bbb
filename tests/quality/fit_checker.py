"""Fit the weights of the checker on labelled rows, and say what each of its parts is worth.

    .venv/bin/python tests/quality/fit_checker.py FILE.jsonl.gz ... [--kept-apart FILE ...] [--verifier NAME] [--write]

Two logistic regressions (supported; contradicted) over the features of ``assistant/features.py``; every file weighs the
same. Reported for each file: ROC-AUC of rows left out (five folds, told apart by page, claim or document), with each
group of features left out in turn; files ``--kept-apart`` are measured only. Claims of several sentences are measured,
not fitted. ``--write`` puts the weights into ``assistant/weights.json`` under the verifier's name.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rows import Row, read_rows
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from sklearn.model_selection import GroupKFold

from assistant.features import Pair, measure
from assistant.support import is_quoted_whole
from assistant.types import Policy
from assistant.verifiers import load_verifier
from assistant.weighing import WEIGHTS
from index import Span, content_words, split_sentences

Floats = NDArray[np.float64]

GROUPS = {
    "entailment model": ("entailed", "refuted"),
    "words in common": ("match",),
    "typed differences": ("contradicts", "doubtful", "missing", "name_contradicts", "name_doubtful", "name_missing"),
}
FALSE_PASSES = {Policy.STRICT: 0.05, Policy.BALANCED: 0.12, Policy.LENIENT: 0.25}
"""Share of the unsupported rows that a policy may call supported; the thresholds follow from it."""

_BATCH = 256


class Table(NamedTuple):
    """The features of the rows of one file, and what is known of them."""

    name: str
    values: Floats
    supported: NDArray[np.bool_]
    contradicted: NDArray[np.bool_] | None
    groups: NDArray[np.int64]


def main() -> None:
    """Fit, report, and write if told to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--kept-apart", type=Path, nargs="*", default=[])
    parser.add_argument("--verifier", default="bundled")
    parser.add_argument("--limit", type=int, default=2500, help="rows of a file; default: 2500")
    parser.add_argument("--cache", type=Path, help="folder in which measured features are kept between runs")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    names, tables = _tables(given.files, given)
    _, apart = _tables(given.kept_apart, given)
    for left_out, columns in [("nothing", ()), *GROUPS.items()]:
        kept = [i for i, name in enumerate(names) if name not in columns]
        print(f"left out: {left_out}")
        for name, score in _report(tables, apart, kept):
            print(f"    {name:40} {score}")
    fitted = _fit(names, tables)
    print(json.dumps(fitted, indent=1))
    if given.write:
        _write(load_verifier(given.verifier).identity.partition("@")[0], fitted)


def _tables(files: Sequence[Path], given: argparse.Namespace) -> tuple[list[str], list[Table]]:
    names: list[str] = []
    tables = []
    for path in files:
        rows = [row for row in read_rows(path, given.limit) if _one_sentence(row.claim) and not _verbatim(row)]
        names, values = _measured(path, rows, given)
        labels = np.array([row.label for row in rows])
        groups = np.unique([row.group for row in rows], return_inverse=True)[1]
        tables.append(
            Table(
                path.name.split(".")[0],
                values,
                labels == "supported",
                labels == "contradicted" if "contradicted" in labels else None,
                groups,
            )
        )
    return names, tables


def _verbatim(row: Row) -> bool:
    """Whether the row needs no weighing."""
    return is_quoted_whole(row.claim, row.source)


def _one_sentence(claim: str) -> bool:
    spans = split_sentences(claim, Span(start=0, end=len(claim)))
    return sum(len(content_words(span.of(claim))) > 1 for span in spans) < 2


def _measured(path: Path, rows: Sequence[Row], given: argparse.Namespace) -> tuple[list[str], Floats]:
    kept = given.cache / f"{path.name}.{Path(given.verifier).name}.json" if given.cache else None
    if kept and kept.exists():
        stored: dict[str, Any] = json.loads(kept.read_text())
        return stored["names"], np.array(stored["values"])
    verifier = load_verifier(given.verifier)
    found: list[dict[str, float]] = []
    for start in range(0, len(rows), _BATCH):
        batch = [Pair(row.claim, row.source) for row in rows[start : start + _BATCH]]
        found += [measured.values for measured in measure(batch, verifier)]
    names = list(found[0])
    values = [[row[name] for name in names] for row in found]
    if kept:
        kept.write_text(json.dumps({"names": names, "values": values}))
    return names, np.array(values)


def _regression(tables: Sequence[Table], truths: Sequence[NDArray[np.bool_]], columns: list[int]) -> LogisticRegression:
    values = np.concatenate([table.values[:, columns] for table in tables])
    truth = np.concatenate(truths)
    weights = np.concatenate([_balanced(t) for t in truths])
    return LogisticRegression(C=1.0, max_iter=2000).fit(values, truth, sample_weight=weights)


def _balanced(truth: NDArray[np.bool_]) -> Floats:
    """Every file weighs the same, and in each of them both labels do."""
    share = max(truth.mean(), 1e-9)
    return np.where(truth, 0.5 / share, 0.5 / max(1 - share, 1e-9)) * 1000 / len(truth)


def _left_out(tables: Sequence[Table], truths: Sequence[NDArray[np.bool_]], columns: list[int]) -> list[Floats]:
    """For each file the probability of each row, by a regression that has not seen its group."""
    found = [np.zeros(len(table.supported)) for table in tables]
    folds = [list(GroupKFold(5).split(table.values, groups=table.groups)) for table in tables]
    for fold in range(5):
        seen = [f[fold][0] for f in folds]
        parts = [t._replace(values=t.values[rows]) for t, rows in zip(tables, seen, strict=True)]
        model = _regression(parts, [truth[rows] for truth, rows in zip(truths, seen, strict=True)], columns)
        for i, table in enumerate(tables):
            tested = folds[i][fold][1]
            found[i][tested] = model.predict_proba(table.values[tested][:, columns])[:, 1]
    return found


def _report(tables: Sequence[Table], apart: Sequence[Table], columns: list[int]) -> list[tuple[str, str]]:
    scores = _left_out(tables, [table.supported for table in tables], columns)
    model = _regression(tables, [table.supported for table in tables], columns)
    scores += [model.predict_proba(table.values[:, columns])[:, 1] for table in apart]
    found = []
    for table, score in zip([*tables, *apart], scores, strict=True):
        told = f"{roc_auc_score(table.supported, score):.3f}"
        found.append((f"{table.name} ({len(table.supported)})", f"{told}{_best_of_group(table, score)}"))
    return found


def _best_of_group(table: Table, scores: Floats) -> str:
    """The same with the best row of each group, where rows share a claim and not all claims have a supported one."""
    groups = range(table.groups.max() + 1)
    truth = np.array([table.supported[table.groups == group].any() for group in groups])
    best = np.array([scores[table.groups == group].max() for group in groups])
    if "claim" not in table.name or truth.all() or not truth.any():
        return ""
    return f"; best row of each of {len(truth)} claims {roc_auc_score(truth, best):.3f}"


def _fit(names: Sequence[str], tables: Sequence[Table]) -> dict[str, Any]:
    columns = list(range(len(names)))
    supported = _regression(tables, [table.supported for table in tables], columns)
    three = [table for table in tables if table.contradicted is not None]
    against = [table.contradicted for table in three if table.contradicted is not None]
    refuted = _regression(three, against, columns)
    scores = _left_out(tables, [table.supported for table in tables], columns)
    good = np.concatenate([s[t.supported] for s, t in zip(scores, tables, strict=True)])
    bad = np.concatenate([s[~t.supported] for s, t in zip(scores, tables, strict=True)])
    rows = f"{len(good) + len(bad):,} rows left out in turn: {', '.join(table.name for table in tables)}"
    policies = {}
    for policy, share in FALSE_PASSES.items():
        threshold = float(np.quantile(bad, 1 - share))
        policies[policy.value] = {
            "threshold": round(threshold, 3),
            "false_pass": round(float((bad >= threshold).mean()), 3),
            "false_strip": round(float((good < threshold).mean()), 3),
            "measured_on": rows,
        }
    return {
        "supported": _written(supported, names),
        "refuted": _written(refuted, names),
        "policies": policies,
        "partly": round(policies[Policy.LENIENT.value]["threshold"] - 0.005, 3),
        "contradicted": _best_threshold(np.concatenate(against), np.concatenate(_left_out(three, against, columns))),
        "provenance": f"tests/quality/fit_checker.py; {rows}",
    }


def _best_threshold(truth: NDArray[np.bool_], scores: Floats) -> float:
    """The threshold with the best balanced accuracy."""
    tried = np.linspace(0.3, 0.9, 61)
    return round(float(max(tried, key=lambda t: balanced_accuracy_score(truth, scores >= t))), 3)


def _written(model: LogisticRegression, names: Sequence[str]) -> dict[str, Any]:
    weights = {name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0], strict=True)}
    return {"intercept": round(float(model.intercept_[0]), 4), "weights": weights}


def _write(verifier: str, fitted: dict[str, Any]) -> None:
    known = json.loads(WEIGHTS.read_text(encoding="utf-8")) if WEIGHTS.exists() else {}
    WEIGHTS.write_text(json.dumps({**known, verifier: fitted}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
