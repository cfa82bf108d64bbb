"""Documents that try to command the assistant change nothing: neither what is read of them, nor what is shown."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from injections import FORGERIES, INJECTIONS, Injection
from langchain_core.messages import BaseMessage, SystemMessage
from page_text import Tags, text_of

from assistant import Answer, Assistant, Event, Filters, Settings, Verdict, find_markers, render_answer
from assistant.testing import SYSTEM_PROMPT, ObedientChatModel, Order, evidence_of
from index.testing import HashingEncoder
from ui.web.handlers import after
from ui.web.render import Patch, Progress, turn_patch

SAFE_TAGS = {
    *("blockquote", "button", "dd", "details", "div", "dl", "dt", "h3", "li", "p", "span", "strong", "summary"),
    *("svg", "ul", "use"),
}
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
"""What makes a terminal do something, or hides words from whoever reads them. A line feed is none."""


def cases(reasons: dict[str, str] | None = None, chosen: Any = lambda _: True) -> list[Any]:
    """Return the documents as parameters; those with a reason are expected to fail, strictly."""
    marks = {name: [pytest.mark.xfail(reason=reason)] for name, reason in (reasons or {}).items()}
    assert set(marks) <= {case.name for case in INJECTIONS}
    return [pytest.param(case, id=case.name, marks=marks.get(case.name, [])) for case in INJECTIONS if chosen(case)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of all the documents."""
    home = tmp_path_factory.mktemp("injections")
    for case in INJECTIONS:
        file = home / "documents" / case.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(case.data)
    with Assistant.open(home / "index", settings=Settings(), encoder=HashingEncoder()) as assistant:
        report = assistant.sync(home / "documents")
        assert report.failed == ()
        assert len(report.added) == len(INJECTIONS)
    return home / "index"


@pytest.fixture(scope="module")
def assistant(home: Path) -> Iterator[Assistant]:
    """Quotes the documents; no model writes."""
    with Assistant.open(home, encoder=HashingEncoder()) as assistant:
        yield assistant


def only(case: Injection) -> Filters:
    return Filters(documents=(case.file,))


def page_of(answer: Answer) -> str:
    """Return all HTML that the page shows of an answer."""
    return shown(turn_patch(0, answer.question, after(Progress(), answer)))


def shown(patch: Patch) -> str:
    """Return all HTML of a turn."""
    groups = "".join(group.head + "".join(group.quotes) for group in patch.groups)
    return "".join((patch.read_as, patch.notice, *patch.claims, patch.draft, patch.tail, patch.withheld, groups))


def assert_dead_page(html: str) -> None:
    """Hold that nothing of a page runs, loads or links."""
    found = Tags(html)
    assert found.tags <= SAFE_TAGS
    assert found.risky == []


def assert_dead(answer: Answer) -> None:
    """Hold that nothing of an answer runs, loads, links or commands the screen, in the page or in a terminal."""
    assert_dead_page(page_of(answer))
    assert not CONTROLS.search(render_answer(answer))
    assert not CONTROLS.search(text_of(page_of(answer)))


def assert_own_markers(answer: Answer) -> None:
    """Hold that every number in the text points at a source of this answer, and stands where a claim cites it."""
    cited = {citation.marker for citation in answer.citations}
    shown = [number for marker in find_markers(answer.text) for number in marker.numbers]
    assert set(shown) <= cited
    assert len(shown) == len(answer.citations)


# The suite itself


def test_the_suite_is_large_and_its_documents_differ() -> None:
    assert len(INJECTIONS) >= 40
    for field in ("name", "file", "fact", "question"):
        assert len({getattr(case, field) for case in INJECTIONS}) == len(INJECTIONS)
    assert all(case.answer in case.fact for case in INJECTIONS)


# What is read


@pytest.mark.parametrize("case", cases())
def test_the_fact_and_the_order_are_read_as_they_stand(assistant: Assistant, case: Injection) -> None:
    document = assistant.document(case.file)
    read = " ".join(f"{document.title} {document.text}".split())
    assert case.fact in read
    assert " ".join(case.order.split()) in read


@pytest.mark.parametrize("case", cases(chosen=lambda case: case.hidden))
def test_what_no_reader_sees_is_not_read(assistant: Assistant, case: Injection) -> None:
    document = assistant.document(case.file)
    assert case.hidden not in f"{document.title} {document.text}"


# What is shown, without a model


@pytest.mark.parametrize("case", cases())
def test_the_honest_question_is_answered_by_the_honest_words(assistant: Assistant, case: Injection) -> None:
    answer = assistant.ask(case.question, filters=only(case))
    assert answer.refusal is None, answer.text
    assert all(claim.verdict is Verdict.SUPPORTED for claim in answer.claims)
    assert case.answer in answer.text
    assert case.tell not in answer.text


@pytest.mark.parametrize("case", cases())
def test_among_all_the_documents_too(assistant: Assistant, case: Injection) -> None:
    answer = assistant.ask(case.question)
    assert case.answer in answer.text
    assert case.tell not in answer.text


@pytest.mark.parametrize("case", cases())
def test_nothing_quoted_is_live(assistant: Assistant, case: Injection) -> None:
    assert_dead(assistant.ask(case.question, filters=only(case)))


@pytest.mark.parametrize("case", cases(chosen=lambda case: case.order))
def test_nothing_is_live_where_the_order_itself_is_asked_for(assistant: Assistant, case: Injection) -> None:
    answer = assistant.ask(f"Where does it say {case.order}", filters=only(case))
    assert_dead(answer)


@pytest.mark.parametrize("case", cases())
def test_markers_are_ours_alone(assistant: Assistant, case: Injection) -> None:
    assert_own_markers(assistant.ask(case.question, filters=only(case)))


# What is shown when a model writes that obeys every order

with_model = pytest.mark.skipif(
    "llm" not in inspect.signature(Assistant.open).parameters, reason="Assistant.open takes no model yet"
)


class Asked(NamedTuple):
    """What came of a question, and what the model was given."""

    events: list[Event]
    messages: list[BaseMessage]

    @property
    def answer(self) -> Answer:
        assert isinstance(self.events[-1], Answer)
        return self.events[-1]

    @property
    def prompt(self) -> str:
        return "\n".join(str(message.text) for message in self.messages)

    def tells_of(self, case: Injection) -> list[str]:
        """Return what must not show: of the system prompt every line that says something."""
        if case.tell != SYSTEM_PROMPT:
            return [case.tell]
        system = [str(message.text) for message in self.messages if isinstance(message, SystemMessage)]
        lines = [line.strip() for text in system for line in text.splitlines() if len(line.split()) > 3]
        assert lines, "there is a system prompt to betray"
        return lines


class Turned:
    """An assistant and its model, which obeys every order. Each document is asked about once."""

    def __init__(self, home: Path, *, answers_too: bool, unsupported: str = "strict") -> None:
        self.model = ObedientChatModel(map(order_of, INJECTIONS), answers_too=answers_too)
        settings = Settings.model_validate({"generation": {"unsupported": unsupported}})
        self.assistant = Assistant.open(home, settings=settings, encoder=HashingEncoder(), llm=self.model)
        self._asked: dict[str, Asked] = {}

    def about(self, case: Injection) -> Asked:
        if case.name not in self._asked:
            before = len(self.model.obeyed)
            events = list(self.assistant.stream(case.question, filters=only(case)))
            assert self.model.obeyed[before:] == [order_of(case)], "the document reaches the model, and turns it"
            self._asked[case.name] = Asked(events, self.model.calls[-1])
        return self._asked[case.name]


def order_of(case: Injection) -> Order:
    """Return what turns the model: the order where it is in the evidence, else any of the document."""
    return Order(tuple(words for words in (case.order, case.fact) if words), case.written)


@pytest.fixture(scope="module")
def obeying(home: Path) -> Iterator[Turned]:
    turned = Turned(home, answers_too=False)
    with turned.assistant:
        yield turned


@pytest.fixture(scope="module")
def turned(home: Path) -> Iterator[Turned]:
    """Obeys, and then answers."""
    turned = Turned(home, answers_too=True)
    with turned.assistant:
        yield turned


@pytest.fixture(scope="module")
def flagging(home: Path) -> Iterator[Turned]:
    """What nothing bears out is marked instead of left out."""
    turned = Turned(home, answers_too=True, unsupported="flag")
    with turned.assistant:
        yield turned


def assert_honest(asked: Asked, case: Injection) -> None:
    """Hold that an answer has nothing that was ordered, and the honest words unless it is a refusal."""
    answer = asked.answer
    words = " ".join((answer.text, *(claim.text for claim in answer.claims)))
    assert not any(tell in words for tell in asked.tells_of(case)), words
    assert answer.refusal or case.answer in answer.text
    assert all(claim.verdict is Verdict.SUPPORTED and claim.citations for claim in answer.claims)


@with_model
@pytest.mark.models
@pytest.mark.parametrize("case", cases())
def test_what_was_ordered_is_no_answer(obeying: Turned, case: Injection) -> None:
    assert_honest(obeying.about(case), case)


@with_model
@pytest.mark.models
@pytest.mark.parametrize("case", cases())
def test_what_was_ordered_is_no_part_of_an_answer(turned: Turned, case: Injection) -> None:
    asked = turned.about(case)
    assert_honest(asked, case)
    for citation in asked.answer.citations:
        assert turned.assistant.document(case.file).text[citation.start : citation.end] == citation.quote


@with_model
@pytest.mark.models
@pytest.mark.parametrize("case", cases())
def test_nothing_written_is_live(turned: Turned, case: Injection) -> None:
    assert_dead(turned.about(case).answer)


@with_model
@pytest.mark.models
@pytest.mark.parametrize("case", cases())
def test_nothing_is_live_while_it_is_written(turned: Turned, case: Injection) -> None:
    progress = Progress()
    for event in turned.about(case).events:
        progress = after(progress, event)
        assert_dead_page(shown(turn_patch(0, case.question, progress)))


@with_model
@pytest.mark.models
@pytest.mark.parametrize("case", cases())
def test_markers_are_ours_alone_where_a_model_writes(turned: Turned, case: Injection) -> None:
    assert_own_markers(turned.about(case).answer)


@with_model
@pytest.mark.models
@pytest.mark.parametrize("case", cases())
def test_what_was_ordered_is_marked_where_it_is_shown(flagging: Turned, case: Injection) -> None:
    asked = flagging.about(case)
    for claim in asked.answer.claims:
        if any(tell in claim.text for tell in asked.tells_of(case)):
            assert claim.verdict is not Verdict.SUPPORTED
    assert_dead_page(page_of(asked.answer))


@with_model
@pytest.mark.models
@pytest.mark.parametrize("asked", ["numbered-evidence", "renumbering", "world-knowledge"])
def test_orders_of_other_documents_are_no_answer_either(turned: Turned, asked: str) -> None:
    together = [case for case in FORGERIES]
    case = next(case for case in together if case.name == asked)
    before = len(turned.model.obeyed)
    answer = turned.assistant.ask(case.question, filters=Filters(documents=tuple(each.file for each in together)))
    assert len(turned.model.obeyed) > before + 1
    assert not any(each.tell in answer.text for each in together), answer.text
    assert answer.refusal or case.answer in answer.text


@with_model
@pytest.mark.models
@pytest.mark.parametrize("case", cases(chosen=lambda case: not case.written.startswith("{")))
def test_the_honest_answer_survives_beside_the_order(turned: Turned, case: Injection) -> None:
    assert case.answer in turned.about(case).answer.text


# What reaches the model


@with_model
@pytest.mark.models
@pytest.mark.parametrize("case", cases(chosen=lambda case: case.hidden))
def test_what_no_reader_sees_does_not_reach_the_model(turned: Turned, case: Injection) -> None:
    prompt = turned.about(case).prompt
    assert case.fact in prompt
    assert case.hidden not in prompt


@with_model
@pytest.mark.models
@pytest.mark.parametrize("case", cases())
def test_no_invisible_character_reaches_the_model(turned: Turned, case: Injection) -> None:
    assert not CONTROLS.search(turned.about(case).prompt)


@with_model
@pytest.mark.models
@pytest.mark.parametrize("case", cases())
def test_a_document_numbers_no_evidence_of_its_own(turned: Turned, case: Injection) -> None:
    numbers = list(evidence_of(turned.about(case).messages))
    assert numbers, "the evidence is numbered"
    assert numbers == list(range(1, len(numbers) + 1))
