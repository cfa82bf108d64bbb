"""Train the bundled entailment model again, and pack it; about an hour and a half on two quiet cores.

    .venv/bin/python tests/quality/train_entailment.py DATA [--checkpoints FOLDER] [--stages 2]

DATA is the folder of labelled sets (``ground_*.jsonl.gz``, ``nli_*.jsonl.gz``, ``qa_*``, ``ir_*``); only sets whose
licence lets a derived model be passed on are read (see ``assistant/entailment/MODEL_CARD.md``). Rows of VitaminC pages
held back for measuring are left out. all-MiniLM-L6-v2 becomes a cross-encoder with three outcomes; its word embeddings
stay what they are, so that they need not be shipped again. Dropout is off: a row is seen three times at most.

Memory that is given back between steps costs half the time; to keep it, set ``MALLOC_MMAP_MAX_=0`` and
``MALLOC_TRIM_THRESHOLD_=17179869184``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from made_pairs import made_pairs
from rows import is_held_back, plain
from safetensors.torch import save_file
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from assistant.entailment.model import WEIGHTS, packed
from index import bundled_weights

SUPPORTED, NOT_ENOUGH, CONTRADICTED, NOT_SUPPORTED = range(4)  # the last: one of the middle two, not known which
LABELS = {
    "supported": SUPPORTED,
    "entailment": SUPPORTED,
    "not_supported": NOT_ENOUGH,
    "neutral": NOT_ENOUGH,
    "contradicted": CONTRADICTED,
    "contradiction": CONTRADICTED,
    "not_entailment": NOT_SUPPORTED,
}
TWO_WAY = ("ground_begin", "ground_q2_wow")  # their "not supported" may be a contradiction
BATCH, LENGTH, SMOOTHING = 32, 192, 0.03
LONGEST_SOURCE, WINDOW, STRIDE, LONGEST_CLAIM = 120, 110, 40, 60  # words


class Pair(NamedTuple):
    """A source, a claim, and what the one is to the other."""

    source: str
    claim: str
    label: int


class Stage(NamedTuple):
    """Rows of each set (all, where there are fewer), pairs made from documents, optimiser steps, and the schedule."""

    mix: dict[str, int]
    made: int
    steps: int
    warm_up: int
    decays: bool
    learning_rate: float = 1.2e-4


_MIX = {
    "ground_vitaminc_real_test": 30_000,
    "ground_vitaminc_synthetic_test": 9_000,
    "nli_docnli_binary_fever_mnli": 16_000,
    "nli_snli_dev_test": 4_000,
    "ground_fool_me_twice": 1_200,
    "ground_fever_sets": 2_400,
    "ground_scifact": 900,
    "ground_dialfact_small300": 300,
    "ground_q2_wow": 800,
    "ground_begin": 2_500,
}
_SECOND = {"ground_vitaminc_synthetic_test": 8_000, "nli_docnli_binary_fever_mnli": 10_000, "nli_snli_dev_test": 2_000}
_THIRD = {
    "ground_vitaminc_synthetic_test": 14_000,
    "nli_docnli_binary_fever_mnli": 3_000,
    "nli_snli_dev_test": 0,
    "ground_dialfact_small300": 0,
    "ground_q2_wow": 500,
    "ground_begin": 1_000,
}
STAGES = (
    Stage(_MIX, made=0, steps=1_200, warm_up=150, decays=False),
    Stage(_MIX | _SECOND, made=16_000, steps=2_432, warm_up=50, decays=True),
    Stage(_MIX | _THIRD, made=6_000, steps=1_555, warm_up=50, decays=True, learning_rate=8e-5),
)


def main() -> None:
    """Train stage after stage, and pack the result into the package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--checkpoints", type=Path, default=Path("checkpoints"))
    parser.add_argument("--stages", type=int, default=len(STAGES), help="how many of the stages to train")
    given = parser.parse_args()
    tokenizer = AutoTokenizer.from_pretrained(bundled_weights())
    start = bundled_weights()
    for number, stage in enumerate(STAGES[: given.stages]):
        rng = random.Random(number)
        torch.manual_seed(number)
        pairs = [pair for name, limit in stage.mix.items() for pair in read_pairs(given.data, name, limit, rng)]
        pairs += [Pair(*made) for made in made_pairs(given.data, stage.made)]
        folder = given.checkpoints / str(number + 1)
        train(open_model(start), tokenizer, pairs, stage, rng, folder)
        start = folder
    save_file(packed(open_model(start).state_dict()), WEIGHTS)


def open_model(folder: Path) -> PreTrainedModel:
    """Return the cross-encoder; fresh on top where ``folder`` is the bundled encoder's."""
    model = AutoModelForSequenceClassification.from_pretrained(
        folder, num_labels=3, attn_implementation="eager", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )
    model.get_input_embeddings().weight.requires_grad = False
    return model


def read_pairs(data: Path, name: str, limit: int, rng: random.Random) -> list[Pair]:
    """Return at most ``limit`` pairs of a set, drawn by ``rng``; long sources are cut to a window around the claim."""
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    found = []
    for row in rows:
        source, claim = row.get("source") or row.get("premise"), row.get("claim") or row.get("hypothesis")
        held_back = "vitaminc" in name and is_held_back(row.get("page") or "")
        if not source or not claim or row["label"] not in LABELS or held_back or len(claim.split()) > LONGEST_CLAIM:
            continue
        label = LABELS[row["label"]]
        if name in TWO_WAY and label == NOT_ENOUGH:
            label = NOT_SUPPORTED
        source, claim = " ".join(plain(source).split()), " ".join(plain(claim).split())
        found.append(Pair(window(source, claim), claim, label))
    rng.shuffle(found)
    return found[:limit]


def window(source: str, claim: str) -> str:
    """Return the stretch of a long source that has most of the claim's words."""
    words = source.split()
    if len(words) <= LONGEST_SOURCE:
        return source
    wanted = _letters(claim)
    starts = range(0, len(words) - LONGEST_SOURCE // 2, STRIDE)
    best = max(starts, key=lambda start: len(wanted & _letters(" ".join(words[start : start + WINDOW]))))
    return " ".join(words[best : best + WINDOW])


def _letters(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]{3,}", text.lower()))


def loss_of(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cross-entropy with smoothed labels; where only "not supported" is known, of the sum of the other two."""
    log_p = torch.log_softmax(logits.float(), -1)
    loss = torch.zeros(len(labels))
    known = labels < NOT_SUPPORTED
    told = log_p[known].gather(1, labels[known][:, None])[:, 0]
    loss[known] = -(1 - SMOOTHING) * told - SMOOTHING * log_p[known].mean(-1)
    loss[~known] = -torch.logsumexp(log_p[~known][:, 1:], -1)
    return loss.mean()


def train(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    pairs: list[Pair],
    stage: Stage,
    rng: random.Random,
    folder: Path,
) -> None:
    """Train for the stage's steps with AdamW, and keep the last checkpoint in ``folder``."""
    learned = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=stage.learning_rate, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / stage.warm_up) * (max(0.0, 1 - s / stage.steps) if stage.decays else 1)
    )
    model.train()
    started, step = time.monotonic(), 0
    for step, batch in enumerate(_batches(pairs, rng, stage.steps), 1):
        inputs = tokenizer(
            [pair.source for pair in batch],
            [pair.claim for pair in batch],
            truncation="only_first",
            max_length=LENGTH,
            padding=True,
            pad_to_multiple_of=16,  # fewer shapes, for each of which a kernel is compiled
            return_tensors="pt",
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(**inputs).logits
        loss = loss_of(logits, torch.tensor([pair.label for pair in batch]))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if step % 50 == 0:
            rate = step * BATCH / (time.monotonic() - started)
            print(f"{step}/{stage.steps} loss {loss.item():.3f} {rate:.0f} pairs/s", flush=True)
        if step % 400 == 0:
            model.save_pretrained(folder)
    model.save_pretrained(folder)


def _batches(pairs: list[Pair], rng: random.Random, steps: int) -> Iterator[Sequence[Pair]]:
    """Yield ``steps`` batches of pairs of like length, in random order, all pairs once before any comes again."""
    left = steps
    while left > 0:
        rng.shuffle(pairs)
        batches = []
        for start in range(0, len(pairs), BATCH * 50):
            chunk = sorted(pairs[start : start + BATCH * 50], key=lambda pair: len(pair.source) + len(pair.claim))
            batches += [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
        rng.shuffle(batches)
        yield from batches[:left]
        left -= len(batches)


if __name__ == "__main__":
    main()
