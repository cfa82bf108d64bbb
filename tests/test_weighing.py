"""The weights of the checker: complete, readable, and in order."""

from __future__ import annotations

import json

import pytest

from assistant.features import Pair, measure
from assistant.types import Policy
from assistant.verifiers import NONE, NoVerifier
from assistant.weighing import WEIGHTS, Regression, load_weighing
from index import SettingsError


@pytest.mark.parametrize("verifier", ["none", "pincite-entailment", "pincite-entailment@0123", "somebody/model"])
def test_every_verifier_has_a_weighing(verifier):
    weighing = load_weighing(verifier)
    thresholds = [weighing.policies[p].threshold for p in (Policy.LENIENT, Policy.BALANCED, Policy.STRICT)]
    assert thresholds == sorted(thresholds)
    assert 0 < weighing.partly < thresholds[0]


@pytest.mark.parametrize("verifier", ["none", "pincite-entailment"])
def test_a_stricter_policy_lets_less_through_and_costs_more(verifier):
    rates = [load_weighing(verifier).policies[p] for p in (Policy.STRICT, Policy.BALANCED, Policy.LENIENT)]
    assert [r.false_pass for r in rates] == sorted(r.false_pass for r in rates)
    assert [r.false_strip for r in rates] == sorted((r.false_strip for r in rates), reverse=True)
    assert all("rows" in r.measured_on for r in rates)


def test_the_weights_name_the_features_that_are_measured():
    (measured,) = measure([Pair("Two drones.", "Three drones.")], NoVerifier())
    for weighing in map(load_weighing, json.loads(WEIGHTS.read_text(encoding="utf-8"))):
        assert weighing.supported.weights.keys() <= measured.values.keys()
        assert weighing.refuted.weights.keys() <= measured.values.keys()


def test_a_regression_is_a_logistic_function_of_the_sum():
    regression = Regression(intercept=-1, weights={"a": 2})
    assert regression.probability({"a": 0.5, "b": 9}) == 0.5
    assert regression.probability({"a": 9e9}) == pytest.approx(1)


@pytest.mark.parametrize("content", ["", "{}", '{"other": {}}'])
def test_a_file_without_weights_is_named(tmp_path, content):
    file = tmp_path / "weights.json"
    file.write_text(content)
    with pytest.raises(SettingsError, match=r"weights\.json"):
        load_weighing(NONE, file)
