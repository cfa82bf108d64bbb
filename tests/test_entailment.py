"""The bundled entailment model: that it loads as shipped, and sees what words alone do not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistant.entailment.model import WEIGHTS, EntailmentModel, packed, restored
from index import ModelLoadError

pytestmark = pytest.mark.models

MEGABYTE = 1_000_000
SOURCE = "The ferry company will cut forty jobs in Saranda after losing £3 million in 2024."
SAID = "Forty jobs will go at the ferry company in Saranda."
UNSAID = [
    "The ferry company will add forty jobs in Saranda.",
    "The ferry company will cut fourteen jobs in Saranda.",
    "The ferry company will not cut forty jobs in Saranda.",
    "The airline will cut forty jobs in Saranda.",
]


@pytest.fixture(scope="module")
def model() -> EntailmentModel:
    return EntailmentModel()


def test_the_weights_are_small_enough_to_ship():
    assert WEIGHTS.stat().st_size < 25 * MEGABYTE


def test_what_is_said_is_supported_more_than_what_is_not(model):
    shares = model.probabilities([(SOURCE, claim) for claim in (SAID, *UNSAID)])
    assert shares.shape == (5, 3)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-3)
    assert shares[0, 0] > 0.5
    assert (shares[1:, 0] < shares[0, 0]).all()


def test_the_order_of_the_pairs_and_their_company_do_not_matter(model):
    pairs = [(SOURCE, SAID), (SOURCE * 3, UNSAID[0]), ("", SAID), (SOURCE, "")]
    together = model.probabilities(pairs)
    alone = np.concatenate([model.probabilities([pair]) for pair in pairs])
    assert np.allclose(together, alone, atol=0.03)  # half precision, padded otherwise


def test_a_claim_that_is_longer_than_the_model_reads_is_cut(model):
    shares = model.probabilities([(SOURCE, f"{SAID} and " * 60), (SOURCE * 60, f"{SAID} and " * 60)])
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-3)


def test_without_pairs_nothing_is_loaded(tmp_path):
    assert EntailmentModel(tmp_path / "missing").probabilities([]).shape == (0, 3)


def test_threads_may_share_it(model):
    expected = model.probabilities([(SOURCE, SAID)])
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: model.probabilities([(SOURCE, SAID)]), range(8)))
    assert all(np.array_equal(shares, expected) for shares in found)


def test_packing_loses_less_than_a_hundredth_of_a_rows_largest_weight():
    import torch

    weights = {"layer.weight": torch.randn(8, 16), "layer.bias": torch.randn(8)}
    back = restored(packed(weights))
    assert torch.equal(back["layer.bias"], weights["layer.bias"])
    largest = weights["layer.weight"].abs().amax(dim=1, keepdim=True)
    assert ((back["layer.weight"] - weights["layer.weight"]).abs() <= largest / 100).all()


@pytest.mark.parametrize("content", [None, b"", b"not weights at all"])
def test_missing_or_damaged_weights_are_named(tmp_path, content):
    file = tmp_path / "entailment.safetensors"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ModelLoadError, match=r"entailment\.safetensors"):
        EntailmentModel(file).probabilities([(SOURCE, SAID)])
