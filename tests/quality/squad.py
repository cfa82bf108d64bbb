"""How well the product finds paragraphs and answers, on SQuAD 2.0 rows (arXiv:1806.03822); not a test, a measurement.

    .venv/bin/python tests/quality/squad.py ROWS.jsonl.gz [--limit N] [--home FOLDER]

ROWS holds one object a line: ``question``, ``answers``, ``answerable``, ``context``, ``context_id``. Each distinct
paragraph becomes a document of its own, read, cut, embedded and stored as any file is. Printed, over the answerable
questions: hit@1 and hit@5 of the right paragraph, how often the first claim of the answer holds a gold answer (a
refusal counts as a miss), and how often an answer was refused; over the unanswerable ones, how often it was refused.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--limit", type=int, help="questions of each kind, evenly spread; default: all")
    parser.add_argument("--home", type=Path, help="where the index is kept; default: thrown away")
    given = parser.parse_args()
    with gzip.open(given.rows, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    with tempfile.TemporaryDirectory() as scratch, Assistant.open(given.home or Path(scratch) / "home") as assistant:
        folder = (given.home.parent if given.home else Path(scratch)) / "paragraphs"
        folder.mkdir(exist_ok=True)
        for row in rows:
            (folder / f"{row['context_id']}.txt").write_text(row["context"], encoding="utf-8")
        report = assistant.sync(folder)
        told = measure(assistant, spread([r for r in rows if r["answerable"]], given.limit), answerable=True)
        told |= measure(assistant, spread([r for r in rows if not r["answerable"]], given.limit), answerable=False)
    documents = len(report.added) + len(report.unchanged)
    print(json.dumps({"rows": given.rows.name, "documents": documents, **told}, indent=2))


def spread(rows: list[dict[str, Any]], limit: int | None) -> list[dict[str, Any]]:
    """Return ``limit`` of the rows, evenly spread; all without a limit."""
    return rows if not limit or limit >= len(rows) else [rows[i * len(rows) // limit] for i in range(limit)]


def measure(assistant: Assistant, rows: list[dict[str, Any]], *, answerable: bool) -> dict[str, float]:
    """Ask every question; return the figures, as shares of the rows."""
    first = top = held = refused = 0
    started = time.perf_counter()
    for row in rows:
        answer = assistant.ask(row["question"])
        refused += answer.refusal is not None
        if answerable:
            found = [hit.passage.document for hit in assistant.search(row["question"])]
            ranked = list(dict.fromkeys(name.removesuffix(".txt") for name in found))
            first += row["context_id"] in ranked[:1]
            top += row["context_id"] in ranked[:5]
            held += holds(answer, row["answers"])
    count = max(1, len(rows))
    if not answerable:
        return {"unanswerable": len(rows), "unanswerable_refused": round(refused / count, 4)}
    return {
        "answerable": len(rows),
        "hit@1": round(first / count, 4),
        "hit@5": round(top / count, 4),
        "first_claim_holds_answer": round(held / count, 4),
        "answerable_refused": round(refused / count, 4),
        "ms_per_question": round((time.perf_counter() - started) * 1000 / count, 1),
    }


def holds(answer: Answer, gold: list[str]) -> bool:
    """Whether the first claim holds one of the gold answers, whatever the case of its letters."""
    text = answer.claims[0].text.casefold() if answer.claims else ""
    return any(one.casefold() in text for one in gold)


if __name__ == "__main__":
    main()
