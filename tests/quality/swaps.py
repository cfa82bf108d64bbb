"""How many minimal edits of true sentences the checker catches, and how often it fails what is true; not a test.

    .venv/bin/python tests/quality/swaps.py FOLDER ... [--index] [--each N] [--show KIND]

Sentences are drawn from the documents of each FOLDER by a fixed seed, spread over documents, and edited (``edits.py``).
Pairs: each is held against three sentences, itself as it was and its neighbours. With ``--index``: each is a text of
its own, checked through an index of the folders, against its document and against all of them. Printed as one JSON
object: for each kind of edit the shares caught (not called supported), contradicted, and, of the caught, named (the
reason quotes a word of the edit), each with Wilson's 95% interval; and what became of the unedited sentences and of
the paraphrases of ``docs_corpus`` (``tests/data/paraphrases.json``). ``--show`` prints the misses of one kind, or of
``unedited``, ``paraphrases`` or ``unnamed``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from edits import MAKERS, Edit, edits, find_names  # noqa: E402

from assistant import Assistant, Verdict  # noqa: E402
from assistant.checking import Checker  # noqa: E402
from index import split_sentences  # noqa: E402
from index.errors import UnreadableFileError  # noqa: E402
from index.readers import read_file  # noqa: E402
from index.types import BlockKind, Document  # noqa: E402

SEED = 3
CORPUS = TESTS.parent / "docs_corpus"
FACTS = ("number", "percent", "money", "date", "year", "negation_added", "negation_removed")
"""Kinds of which more must be caught than of the others."""
SHORTEST, LONGEST = 8, 45  # words of a sentence
_PER_DOCUMENT = 300  # sentences considered of one document; a handbook of 872 pages has thousands
_NAMES = 90  # names that may take another's place in one sentence
_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_SENTENCE = re.compile(r"[-•“\"(]?\s?(?:\d+\. )?[A-Z\d“\"][^\n]*[a-z][^\n]*[\w)%”\"]\.[”\"]?", re.DOTALL)
_EMPTY = set(
    "the a an of to in on at by for from with and or is are was were be been has have had it its that this".split()
)


class Spot(NamedTuple):
    """A sentence on one line, where it stands in its document, and the passage of three sentences around it."""

    document: str
    start: int
    end: int
    sentence: str
    passage: str


class Judged(NamedTuple):
    """What the checker said."""

    verdict: Verdict | None
    reason: str


class Case(NamedTuple):
    """A text to judge: an edit of the sentence at ``spot``, a paraphrase of it, or the sentence as it is."""

    kind: str
    text: str
    spot: Spot
    edit: Edit | None = None


Judge = Callable[[Sequence[Case]], list[Judged]]


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--index", action="store_true", help="check through an index too, with the real encoder")
    parser.add_argument("--each", type=int, default=60, help="edits of each kind; default: 60")
    parser.add_argument("--show", help="print the misses of this kind")
    given = parser.parse_args()
    changed = draw([spot for folder in given.folders for spot in spots_of(folder)], given.each)
    plain = [Case("unedited", spot.sentence, spot) for spot in dict.fromkeys(case.spot for case in changed)]
    retold = paraphrases()
    figures: dict[str, Any] = {"pairs": measure([*changed, *plain, *retold], judge_pairs, given.show)}
    if given.index:
        with tempfile.TemporaryDirectory() as home, Assistant.open(home) as assistant:
            for folder in given.folders:
                assistant.sync(folder)
            for where in (True, False):
                name = "index_own_document" if where else "index_all_documents"
                figures[name] = measure([*changed, *plain], indexed(assistant, where), given.show)
    print(json.dumps(figures, indent=1))


# Sentences and their edits


def read_folder(folder: Path) -> Iterator[Document]:
    """Yield the documents below ``folder`` that can be read, by path."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            yield read_file(path, path.relative_to(folder).as_posix())
        except UnreadableFileError:
            continue


def sentences_of(document: Document) -> list[Spot]:
    """Return all sentences of the document's prose, in order."""
    spans = [
        span for block in document.blocks if block.kind in _PROSE for span in split_sentences(document.text, block.span)
    ]
    texts = [" ".join(span.of(document.text).split()) for span in spans]
    return [
        Spot(document.id, span.start, span.end, text, " ".join(texts[max(0, at - 1) : at + 2]))
        for at, (span, text) in enumerate(zip(spans, texts, strict=True))
    ]


def spots_of(folder: Path) -> list[Spot]:
    """Return sentences of the folder that can stand alone, in an order of chance that takes documents in turn."""
    turns = []
    for document in read_folder(folder):
        spots = {spot.sentence: spot for spot in sentences_of(document) if _stands_alone(spot.sentence)}
        turns.append(random.Random(SEED).sample(list(spots.values()), min(len(spots), _PER_DOCUMENT)))
    drawn = [spot for turn in zip_longest(*turns) for spot in turn if spot]
    return list({spot.sentence: spot for spot in reversed(drawn)}.values())[::-1]


def _stands_alone(sentence: str) -> bool:
    return SHORTEST <= len(sentence.split()) <= LONGEST and bool(_SENTENCE.fullmatch(sentence))


def draw(spots: Sequence[Spot], each: int) -> list[Case]:
    """Return ``each`` edits of every kind, or as many as there are, of the first sentences that allow them."""
    names = find_names(" ".join(spot.passage for spot in spots))
    drawn: dict[str, list[Case]] = defaultdict(list)
    for spot in spots:
        rng = random.Random(f"{SEED} {spot.sentence}")
        others = [name for name in rng.sample(names, min(len(names), _NAMES)) if name not in spot.passage]
        for edit in edits(spot.sentence, others, rng):
            if len(drawn[edit.kind]) < each:
                drawn[edit.kind].append(Case(edit.kind, edit.text, spot, edit))
        if len(drawn) == len(MAKERS) and all(len(cases) == each for cases in drawn.values()):
            break
    return [case for kind in MAKERS for case in drawn[kind]]


def paraphrases() -> list[Case]:
    """Return the paraphrases of sentences of ``docs_corpus``, each with the passage it retells."""
    rows = json.loads((TESTS / "data" / "paraphrases.json").read_text("utf-8"))
    spots = {(spot.document, spot.sentence): spot for doc in read_folder(CORPUS) for spot in sentences_of(doc)}
    return [Case("paraphrases", row["paraphrase"], spots[row["document"], row["sentence"]]) for row in rows]


# Judging


def judge_pairs(cases: Sequence[Case]) -> list[Judged]:
    """Judge each text against the passage around its sentence; no index."""
    checker = Checker()
    many = getattr(checker, "judge_many", None)
    pairs = [(case.text, case.spot.passage) for case in cases]
    judgements = many(pairs) if many else [checker.judge(claim, source) for claim, source in pairs]
    return [Judged(judgement.verdict, judgement.reason) for judgement in judgements]


def indexed(assistant: Assistant, own: bool) -> Judge:
    """Return a judge that checks each text against the index: its ``own`` document, or all."""

    def judge(cases: Sequence[Case]) -> list[Judged]:
        return [one(case) for case in cases]

    def one(case: Case) -> Judged:
        report = assistant.check(case.text, against=[case.spot.document] if own else ())
        verdicts = [claim.verdict for claim in report.claims]
        worst = next((v for v in (Verdict.CONTRADICTED, Verdict.UNSUPPORTED) if v in verdicts), None)
        fallback = next((v for v in verdicts if v is not Verdict.SUPPORTED), Verdict.SUPPORTED if verdicts else None)
        return Judged(worst or fallback, " ".join(claim.reason for claim in report.claims))

    return judge


# Figures


def measure(cases: Sequence[Case], judge: Judge, show: str | None = None) -> dict[str, Any]:
    """Return the shares for each kind of case, and for the kinds of edit together (``facts`` and ``others``)."""
    judged = list(zip(cases, judge(cases), strict=True))
    by_kind: dict[str, list[tuple[Case, Judged]]] = defaultdict(list)
    for case, verdict in judged:
        by_kind[case.kind].append((case, verdict))
        if case.edit:
            by_kind["facts" if case.kind in FACTS else "others"].append((case, verdict))
        _show(case, verdict, show)
    return {kind: (_caught if rows[0][0].edit else _kept)(rows) for kind, rows in by_kind.items()}


def _caught(rows: Sequence[tuple[Case, Judged]]) -> dict[str, Any]:
    caught = [(case, judged) for case, judged in rows if judged.verdict is not Verdict.SUPPORTED]
    contradicted = [judged for _, judged in caught if judged.verdict is Verdict.CONTRADICTED]
    named = [case for case, judged in caught if case.edit and names_edit(judged.reason, case.edit)]
    return {
        "edits": len(rows),
        "caught": share(len(caught), len(rows)),
        "contradicted": share(len(contradicted), len(rows)),
        "named": share(len(named), len(caught)),
    }


def _kept(rows: Sequence[tuple[Case, Judged]]) -> dict[str, Any]:
    counts = Counter(judged.verdict for _, judged in rows)
    failed = counts[Verdict.UNSUPPORTED] + counts[Verdict.CONTRADICTED]
    return {
        "sentences": len(rows),
        "supported": share(counts[Verdict.SUPPORTED], len(rows)),
        "partly": share(counts[Verdict.PARTLY_SUPPORTED], len(rows)),
        "failed": share(failed, len(rows)),
    }


def share(part: int, whole: int) -> list[float]:
    """Return the share with the ends of Wilson's 95% interval, to three places; of nothing, 0 and the whole range."""
    if not whole:
        return [0.0, 0.0, 1.0]
    z, p = 1.96, part / whole
    middle, spread = p + z * z / (2 * whole), z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return [round(p, 3), round(max(0.0, (middle - spread) / scale), 3), round(min(1.0, (middle + spread) / scale), 3)]


def names_edit(reason: str, edit: Edit) -> bool:
    """Whether the reason quotes a word that the edit changed, or a content word of the edited stretch.

    Only what stands between “ and ” counts where anything does: "Not found" names no negation.
    """
    before, after = _words(edit.before), _words(edit.after)
    sought = (before ^ after) | ((before | after) - _EMPTY)
    quoted = re.findall(r"“([^”]*)”", reason)
    return bool(sought & _words(" ".join(quoted) if quoted else reason))


def _words(text: str) -> set[str]:
    return {word.rstrip(".,").lower() for word in re.findall(r"\d[\d.,]*|[^\W\d_]+", text)}


def _show(case: Case, judged: Judged, show: str | None) -> None:
    failed = judged.verdict in (Verdict.UNSUPPORTED, Verdict.CONTRADICTED)
    missed = judged.verdict is Verdict.SUPPORTED if case.edit else failed
    unnamed = bool(case.edit and not missed and not names_edit(judged.reason, case.edit))
    if (case.kind == show and missed) or (show == "unnamed" and unnamed):
        edit = f"{case.edit.before} -> {case.edit.after}" if case.edit else case.kind
        lines: Iterable[str] = (f"{case.kind}: {edit}", case.text, case.spot.sentence, judged.reason)
        print(f"[{case.spot.document}]", *lines, "", sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main()
