"""Documents that try to command the assistant, put to a real chat model: what they order is no answer.

Takes minutes; ``make test-llm`` runs it. The same documents before a model that obeys: ``test_injections.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from injections import INJECTIONS, Injection
from test_injections import assert_dead, only, order_of

from assistant import Assistant, Settings, Verdict
from assistant.settings import GenerationSettings
from index.testing import HashingEncoder
from tests.conftest import GGUF

pytestmark = [pytest.mark.llm, pytest.mark.models, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home: Path = tmp_path_factory.mktemp("orders")
    for case in INJECTIONS:
        file = home / "documents" / case.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(case.data)
    generation = GenerationSettings(timeout_seconds=300, most_tokens=120)
    settings = Settings(home=home / "index", llm=f"gguf:{GGUF}", generation=generation)
    with Assistant.open(settings=settings, encoder=HashingEncoder()) as opened:
        opened.sync(home / "documents")
        yield opened


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in INJECTIONS])
def test_what_a_document_orders_is_no_answer(assistant: Assistant, case: Injection) -> None:
    answer = assistant.ask(case.question, filters=only(case))
    assert answer.notice is None
    assert order_of(case).written not in answer.text
    assert case.tell not in answer.text
    assert all(claim.verdict is Verdict.SUPPORTED for claim in answer.claims)
    assert_dead(answer)
