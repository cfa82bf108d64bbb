"""Fits the refusal's logistic regression (:mod:`assistant.refusing`), and measures it; not a test.

    .venv/bin/python tests/quality/fit_refusal.py SQUAD.jsonl.gz [--held-out ROWS.jsonl.gz ...] [--limit N]

Fitted on SQuAD 2.0 rows (``question``, ``answerable``, ``context``, ``context_id``, ``title``): answerable questions as
they are, and once more with their whole article left out of the search; unanswerable ones, written to mislead, at a
weight of 0.3. Printed: the coefficients, and for every set the ROC-AUC of the log-odds and the share that is refused by
the rules in force. The figures of SQuAD are cross-validated by article. Rows of the other sets have ``question``,
``answerable`` or ``answerability``, and their passages as ``passage``, ``passages`` or ``contexts``; each question is
asked of its own passages.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.choosing import rank
from assistant.parts import Part
from assistant.refusing import WEIGHTS, Measure, is_answered, measure
from index import Filters, Index

MISLEADING_WEIGHT = 0.3
FOLDS = 5
PASSAGES = 10


class Asked(NamedTuple):
    """One question asked: which set and article it is of, whether its documents answer it, and what was measured."""

    name: str
    article: str
    answerable: bool
    found: Measure


def main() -> None:
    """Fit, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("squad", type=Path)
    parser.add_argument("--held-out", type=Path, nargs="*", default=[])
    parser.add_argument("--limit", type=int, help="rows of each file, evenly spread; default: all")
    given = parser.parse_args()
    asked = list(ask_squad(load(given.squad), given.limit))
    features = matrix(asked)
    labels = np.array([one.answerable for one in asked])
    weights = np.array([MISLEADING_WEIGHT if one.name == "misleading" else 1.0 for one in asked])
    model = LogisticRegression(C=100, max_iter=5000).fit(features, labels, sample_weight=weights)
    print(
        "weights", dict(zip(WEIGHTS, model.coef_[0].round(2).tolist(), strict=True)), "bias", model.intercept_.round(2)
    )
    tell(asked, cross_validated(asked, features, labels, weights))
    for path in given.held_out:
        others = list(ask_own(path.name, load(path), given.limit))
        tell(others, model.decision_function(matrix(others)))


def load(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def spread(rows: list[dict[str, Any]], limit: int | None) -> list[dict[str, Any]]:
    """Return ``limit`` of the rows, evenly spread; all without a limit."""
    return rows if not limit or limit >= len(rows) else [rows[i * len(rows) // limit] for i in range(limit)]


def ask_squad(rows: list[dict[str, Any]], limit: int | None) -> Iterator[Asked]:
    """Ask of all paragraphs; the answerable questions once more of all but their own article's."""
    texts = {row["context_id"]: row["context"] for row in rows}
    article = {row["context_id"]: row["title"] for row in rows}
    with tempfile.TemporaryDirectory() as home:
        index = indexed(Path(home), texts)
        for row in spread(rows, limit):
            kind = "answerable" if row["answerable"] else "misleading"
            yield Asked(kind, row["title"], row["answerable"], look(index, row["question"], ()))
            if row["answerable"]:
                rest = tuple(f"{name}.txt" for name in texts if article[name] != row["title"])
                yield Asked("left out", row["title"], False, look(index, row["question"], rest))
        index.close()


def ask_own(name: str, rows: list[dict[str, Any]], limit: int | None) -> Iterator[Asked]:
    """Ask each question of its own passages."""
    rows = [row for row in spread(rows, limit) if passages(row)]
    texts = {key(text): text for row in rows for text in passages(row)}
    with tempfile.TemporaryDirectory() as home:
        index = indexed(Path(home), texts)
        for row in rows:
            own = tuple(f"{key(text)}.txt" for text in passages(row))
            answerable = row.get("answerable", row.get("answerability") in ("ANSWERABLE", "PARTIAL"))
            yield Asked(name, name, answerable, look(index, row.get("rewritten_question") or row["question"], own))
        index.close()


def passages(row: dict[str, Any]) -> list[str]:
    """Return the texts that a question is asked of."""
    given = row.get("passages") or row.get("contexts") or [row["passage"]]
    return [one if isinstance(one, str) else f"{one.get('title') or ''}\n\n{one['text']}" for one in given]


def key(text: str) -> str:
    """Return a file name for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def indexed(home: Path, texts: dict[str, str]) -> Index:
    """Return an index of ``texts``, each a document of its own."""
    folder = home / "texts"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    index = Index(home / "home")
    index.sync(folder)
    return index


def look(index: Index, question: str, documents: tuple[str, ...]) -> Measure:
    """Return what the refusal measures for ``question``."""
    part = Part(question, question)
    hits = index.search(question, PASSAGES, Filters(documents=documents))
    return measure(rank(part, index.sentences(question, hits)), part)


def matrix(asked: Sequence[Asked]) -> NDArray[np.float64]:
    """Return the features, shape (questions, features)."""
    return np.array([[getattr(one.found, name) for name in WEIGHTS] for one in asked])


def cross_validated(
    asked: Sequence[Asked], features: NDArray[np.float64], labels: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return each question's log-odds by a model that has not seen its article."""
    articles = np.array([one.article for one in asked])
    odds = np.zeros(len(asked))
    for fold in range(FOLDS):
        held = np.isin(articles, sorted(set(articles))[fold::FOLDS])
        if not held.any():
            continue
        model = LogisticRegression(C=100, max_iter=5000)
        model.fit(features[~held], labels[~held], sample_weight=weights[~held])
        odds[held] = model.decision_function(features[held])
    return odds


def tell(asked: Sequence[Asked], odds: NDArray[np.float64]) -> None:
    """Print each group's size and share refused, and how well the log-odds tell it from the answerable ones."""
    groups: dict[tuple[str, bool], list[int]] = {}
    for i, one in enumerate(asked):
        groups.setdefault((one.name, one.answerable), []).append(i)
    answerable = [i for i, one in enumerate(asked) if one.answerable]
    for (name, answered), members in groups.items():
        refused = np.mean([not is_answered(asked[i].found) for i in members])
        line = f"{name} ({'answerable' if answered else 'not'}): {len(members)} rows, refused {refused:.3f}"
        if not answered and answerable:
            truth = [1] * len(answerable) + [0] * len(members)
            line += f", ROC-AUC {roc_auc_score(truth, odds[answerable + members]):.3f}"
        print(line)


if __name__ == "__main__":
    main()
