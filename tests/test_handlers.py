"""What the page asks of the server: answers event by event, documents, and errors in plain words."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from page_text import text_of
from scripted import FELL, MODEL, MODEL_NOTICE, REMEMBERED, RESTART_NOTICE, RETURNED, ScriptedAssistant, cite

from assistant import DocumentInfo, DocumentNotFoundError, Event, IndexMissingError, Turn
from ui.web import handlers
from ui.web.handlers import MAX_HISTORY, History, examples, open_document, respond, welcome
from ui.web.render import Patch
from ui.web.server import FIRST_PORT, PortInUseError, listen_on

SENTENCE = "More than 5,000 Albanians with no right to stay were returned in 2024."


class EmptyAssistant(ScriptedAssistant):
    def documents(self) -> list[DocumentInfo]:
        raise IndexMissingError("nothing is indexed; run pincite sync")

    def examples(self, limit: int = 4) -> list[str]:
        raise AssertionError(f"an empty index has no {limit} examples")


class FailingAssistant(ScriptedAssistant):
    """Fails after the first claim with ``error``."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def stream(self, question: str, history: tuple[Turn, ...] = ()) -> Iterator[Event]:
        events = super().stream(question, history)
        yield next(events)
        yield next(events)
        raise self._error


def answered(
    question: str, history: History = (), assistant: ScriptedAssistant | None = None
) -> list[tuple[Patch, History]]:
    return list(respond(assistant or ScriptedAssistant(), {"question": question, "turn": 5}, history))


def test_an_answer_grows_claim_by_claim() -> None:
    patches = [patch for patch, _ in answered("How many were returned?")]
    assert [len(patch.claims) for patch in patches] == [0, 0, 1, 2, 2]
    assert [patch.done for patch in patches] == [False] * 4 + [True]
    assert {patch.turn for patch in patches} == {5}
    assert SENTENCE in patches[-1].copy_text


def test_the_conversation_is_passed_on_and_returned() -> None:
    assistant = ScriptedAssistant()
    _, first = answered("How many were returned?", (), assistant)[-1]
    _, second = answered("Does Montenegro join?", first, assistant)[-1]
    assert [history for _, history in assistant.asked] == [(), first]
    assert second[0].answer.startswith(SENTENCE)
    assert second[0].read_as is None
    assert second[1].read_as == "Does Montenegro join the Joint Migration Task Force?"


def test_a_stopped_answer_is_already_in_the_conversation() -> None:
    stream = respond(ScriptedAssistant(), {"question": "How many were returned?", "turn": 0}, ())
    stopped = next(history for patch, history in stream if patch.claims)
    assert stopped[-1].answer == SENTENCE


def test_the_conversation_does_not_grow_without_bound() -> None:
    history = tuple(Turn(question=f"question {number}") for number in range(MAX_HISTORY))
    _, after = answered("How many were returned?", history)[-1]
    assert len(after) == MAX_HISTORY
    assert after[0].question == "question 1"


@pytest.mark.parametrize("question", ["  ", "x" * 2001])
def test_a_question_that_is_refused_leaves_the_conversation_as_it_was(question: str) -> None:
    history = (Turn(question="Before?"),)
    *_, (patch, after) = answered(question, history)
    assert "at most 2,000" in patch.tail
    assert patch.done
    assert after == history


@pytest.mark.parametrize("request_", [None, "text", {}, {"question": 3, "turn": 0}, {"question": "q", "turn": -1}])
def test_a_request_of_another_form_is_ignored(request_: object) -> None:
    assert list(respond(ScriptedAssistant(), request_, ())) == []


def test_an_expected_error_is_shown_as_it_is() -> None:
    error = DocumentNotFoundError("The <index> is damaged.")
    patch, _ = answered("How many were returned?", (), FailingAssistant(error))[-1]
    assert "The &lt;index&gt; is damaged." in patch.tail
    assert patch.done


def test_an_unexpected_error_is_logged_under_an_id_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        patch, _ = answered("How many were returned?", (), FailingAssistant(RuntimeError("secret detail")))[-1]
    request = re.search(r"request (\w{8})", patch.tail)
    assert request is not None
    assert "secret" not in patch.tail
    assert request[1] in caplog.text
    assert "secret detail" in caplog.text


# Answers that a model writes


def written(question: str, **more: object) -> list[Patch]:
    """The patches of an answer, all its words among them: no time passes, so the throttle is taken off."""
    with pytest.MonkeyPatch.context() as patcher:
        patcher.setattr(handlers, "BETWEEN_WORDS", 0)
        return [patch for patch, _ in answered(question, **more)]  # type: ignore[arg-type]


def test_words_not_checked_are_shown_and_replaced_by_the_checked_sentence() -> None:
    patches = written("What was written?")
    drafts = [text_of(patch.draft) for patch in patches if not patch.claims]
    assert drafts[2:5] == ["Being checked: More", "Being checked: More than", "Being checked: More than 5,000"]
    checked = next(patch for patch in patches if patch.claims)
    assert checked.draft == ""
    assert text_of(checked.claims[0]) == f"{SENTENCE}1"
    assert not any(patch.draft for patch in patches if patch.done)


def test_the_words_of_a_model_are_not_sent_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(number / 50 for number in range(1000))  # fifty words a second
    monkeypatch.setattr(handlers, "monotonic", lambda: next(times))
    patches = [patch for patch, _ in answered("What was written?")]
    words = len(f"{RETURNED} 1 {REMEMBERED} 1 {FELL} 1".split())
    drafts = [patch for patch in patches if patch.draft]
    assert words / 8 < len(drafts) < words / 3
    assert sum(not before.claims and bool(after.claims) for before, after in pairwise(patches)) == 1
    assert [len(patch.claims) for patch in patches if not patch.draft] == [0, 0, 1, 1, 2, 2]


def test_a_sentence_left_out_is_named_as_soon_as_it_is_and_stands_in_no_answer() -> None:
    patches = [patch for patch, _ in answered("What was written?")]
    first = next(patch for patch in patches if patch.withheld)
    assert not first.done
    assert "1 sentence left out: the documents do not bear it out" in text_of(first.withheld)
    assert patches[-1].withheld == first.withheld
    assert REMEMBERED not in text_of("".join(patches[-1].claims))
    assert REMEMBERED not in patches[-1].copy_text


def test_only_what_was_checked_enters_the_conversation() -> None:
    said = {history[-1].answer for patch, history in answered("What was written?") if history}
    assert said == {"", RETURNED, f"{RETURNED} [1] {FELL}", f"{RETURNED} [1] {FELL} [1]"}


def test_a_failed_model_s_words_go_and_the_notice_stays() -> None:
    patches = written("restart")
    restarted = next(index for index, patch in enumerate(patches) if patch.notice)
    assert patches[restarted - 1].claims
    assert patches[restarted - 1].draft
    assert (patches[restarted].claims, patches[restarted].draft) == ((), "")
    assert {text_of(patch.notice) for patch in patches[restarted:]} == {RESTART_NOTICE}
    assert "Written by" not in patches[-1].tail


def test_the_answer_decides_what_is_shown_at_the_end() -> None:
    *_, before, last = written("What was written?")
    assert before.notice == ""
    assert text_of(last.notice) == MODEL_NOTICE
    assert f"Written by {MODEL}, each sentence checked" in text_of(last.tail)


def test_closing_the_answer_closes_the_assistant_s_stream() -> None:
    assistant = ScriptedAssistant()
    stream = respond(assistant, {"question": "What was written?", "turn": 0}, ())
    next(patch for patch, _ in stream if patch.claims)
    assert assistant.stopped == []
    stream.close()
    assert assistant.stopped == ["What was written?"]


def test_an_answer_that_ends_was_not_stopped() -> None:
    assistant = ScriptedAssistant()
    answered("What was written?", (), assistant)
    assert assistant.stopped == []


def opening(quote: str, **more: object) -> dict[str, object]:
    cited = cite(ScriptedAssistant().document("visit.md"), quote)
    return {"document": "visit.md", "start": cited.start, "end": cited.end, "quote": quote, **more}


def test_a_document_opens_at_the_quote() -> None:
    opened = open_document(ScriptedAssistant(), opening(SENTENCE, others=[[0, 5]]))
    assert f'<mark class="pc-active">{SENTENCE}</mark>' in opened["html"]
    assert "<mark>Visit</mark>" in opened["html"]
    assert opened["title"] == "Visit to the western Balkans"
    assert opened["meta"] == "Home Office · 15 May 2025 · official"
    assert "https://example.org/visit" in opened["link"]
    assert opened["notice"] == ""


def test_a_document_that_changed_since_says_so_and_marks_nothing() -> None:
    opened = open_document(ScriptedAssistant(), {**opening(SENTENCE), "start": 3})
    assert "has changed" in opened["notice"]
    assert "<mark" not in opened["html"]


def test_reading_on_gives_the_text_alone() -> None:
    more = open_document(ScriptedAssistant(), opening(SENTENCE, after=len("Visit to the western Balkans")))
    assert set(more) == {"html"}
    assert more["html"].startswith("<h4")


def test_an_unknown_document_is_named() -> None:
    answer = open_document(ScriptedAssistant(), {**opening(SENTENCE), "document": "../../etc/passwd"})
    assert set(answer) == {"error"}
    assert "etc/passwd" in answer["error"]


@pytest.mark.parametrize("request_", [None, [], {"document": "visit.md"}, {**opening(SENTENCE), "start": -1}])
def test_a_malformed_request_for_a_document_is_an_error(request_: object) -> None:
    assert "cannot be read" in open_document(ScriptedAssistant(), request_)["error"]


def test_an_empty_index_says_what_to_run() -> None:
    said = welcome(EmptyAssistant())
    assert "pincite sync FOLDER" in said["html"]
    assert said["footer"].startswith("0 documents")
    assert examples(EmptyAssistant()) == {"html": ""}


def test_examples_are_buttons() -> None:
    assert examples(ScriptedAssistant())["html"].count("<button") == 2


def test_a_taken_port_is_an_error_that_says_what_to_do() -> None:
    with listen_on("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError, match=rf"port {port}.*--port"):
            listen_on("127.0.0.1", port)


def test_without_a_port_the_next_free_one_is_taken() -> None:
    with listen_on("127.0.0.1", None) as first, listen_on("127.0.0.1", None) as second:
        ports = [each.getsockname()[1] for each in (first, second)]
    assert FIRST_PORT <= ports[0] < ports[1]


def test_an_address_of_another_machine_is_an_error() -> None:
    with pytest.raises(PortInUseError, match=re.escape("192.0.2.1")):
        listen_on("192.0.2.1", 0)
