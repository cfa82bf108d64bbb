"""Answers written by a chat model: what stands, what is left out, what is re-pointed, and what if the model fails."""

import time

import pytest
from conftest import writer
from langchain_core.messages import AIMessageChunk

from assistant import Answer, Assistant, ClaimChecked, ClaimWithheld, Restarted, Settings, Turn, Verdict, Written
from assistant.chain import INSTEAD, NOT_BORNE_OUT, NOT_FOUND
from assistant.generative import SILENT, UNREADABLE
from assistant.prompts import CANNOT_ANSWER
from assistant.repointing import FOUND, MOVED
from assistant.settings import GenerationSettings
from assistant.testing import ScriptedChatModel
from index.testing import HashingEncoder

QUESTION = "When did the harbour line open and how long does a crossing take?"
OPENED = "The harbour line opened on 4 March 2019."
TAKES = "A crossing on the harbour line may take up to forty minutes."
FARE = "The fare is set by the port council each spring."


@pytest.fixture
def home(tmp_path):
    write = writer(tmp_path / "documents")
    write("line.md", f"---\ntitle: Harbour line\nkind: official\n---\n{OPENED} {TAKES}\n\n{FARE}")
    write("news.txt", "The mayor praised the crews of the harbour line in a speech.")
    with Assistant.open(tmp_path / "home", encoder=HashingEncoder()) as assistant:
        assistant.sync(tmp_path / "documents")
    return tmp_path / "home"


def answered(home, *replies, unsupported="strict", question=QUESTION, history=(), **fields):
    model = ScriptedChatModel(replies, **fields)
    settings = Settings(home=home, generation=GenerationSettings(unsupported=unsupported))
    with Assistant.open(settings=settings, encoder=HashingEncoder(), llm=model) as assistant:
        *events, answer = assistant.stream(question, history)
    assert isinstance(answer, Answer)
    return events, answer, model


def number_of(home, words):
    """The number under which the evidence shows these words."""
    _, _, model = answered(home, CANNOT_ANSWER)
    line = next(line for line in model.prompts[0].splitlines() if line.startswith("[") and words in line)
    return int(line[1 : line.index("]")])


def test_what_the_cited_words_bear_out_stands_with_markers_that_number_documents(home):
    opened, takes = number_of(home, OPENED), number_of(home, TAKES)
    reply = f"The harbour line opened on 4 March 2019 [{opened}]. A crossing may take up to forty minutes [{takes}]."
    events, answer, _ = answered(home, reply)
    assert answer.mode == "generative"
    assert answer.model == "scripted"
    assert answer.text == "The harbour line opened on 4 March 2019. [1] A crossing may take up to forty minutes. [1]"
    assert [c.verdict for c in answer.claims] == [Verdict.SUPPORTED] * 2
    for claim in answer.claims:
        assert answer.text[claim.start : claim.end] == claim.text
    assert [c.quote for c in answer.citations] == [OPENED, TAKES]
    checked = [event for event in events if isinstance(event, ClaimChecked)]
    assert [event.claim for event in checked] == list(answer.claims)
    assert checked[0].text == answer.text[: len(checked[0].text)]


def test_words_are_shown_while_they_are_written_and_their_verdict_before_the_next_sentence_ends(home):
    opened = number_of(home, OPENED)
    events, _, _ = answered(home, f"The harbour line opened on 4 March 2019 [{opened}]. It is the longest of all [1].")
    kinds = [type(event) for event in events]
    assert kinds.index(Written) < kinds.index(ClaimChecked) < len(kinds) - 1 - kinds[::-1].index(Written)
    assert all("[" not in event.text for event in events if isinstance(event, Written))


def test_a_sentence_of_the_models_own_memory_never_reaches_the_reader(home):
    events, answer, _ = answered(home, "The capital of France is Paris [1].")
    assert answer.refusal is not None
    assert answer.refusal.reason == NOT_BORNE_OUT
    assert answer.refusal.nearest
    assert "Paris" not in answer.text
    assert [claim.text for claim in answer.withheld] == ["The capital of France is Paris."]
    assert any(isinstance(event, ClaimWithheld) for event in events)


def test_an_unsupported_sentence_is_left_out_or_kept_and_marked_by_policy(home):
    opened = number_of(home, OPENED)
    reply = f"The harbour line opened on 4 March 2019 [{opened}]. The harbour line opened on 4 March 2021 [{opened}]."
    _, strict, _ = answered(home, reply)
    assert "2021" not in strict.text
    assert [claim.verdict for claim in strict.withheld] == [Verdict.CONTRADICTED]
    assert "2021" in strict.withheld[0].reason
    _, flagged, _ = answered(home, reply, unsupported="flag")
    assert [claim.verdict for claim in flagged.claims] == [Verdict.SUPPORTED, Verdict.CONTRADICTED]
    assert flagged.withheld == ()
    departure = flagged.claims[1].departures[0]
    assert flagged.text[departure.start : departure.end] == departure.claim_value


@pytest.mark.parametrize(("marker", "said"), [("[{wrong}]", MOVED), ("[97]", MOVED), ("", FOUND)])
def test_a_wrong_marker_is_pointed_at_the_words_that_bear_the_sentence_out(home, marker, said):
    wrong = number_of(home, FARE)
    _, answer, _ = answered(home, f"The harbour line opened on 4 March 2019 {marker.format(wrong=wrong)}.")
    (claim,) = answer.claims
    assert claim.verdict is Verdict.SUPPORTED
    assert [citation.quote for citation in claim.citations] == [OPENED]
    assert claim.reason.startswith(said)
    assert claim.dangling == ()


def test_a_claim_on_several_sentences_is_checked_against_all_of_them(home):
    opened, takes = number_of(home, OPENED), number_of(home, TAKES)
    reply = f"The harbour line opened on 4 March 2019 and a crossing may take up to forty minutes [{opened}, {takes}]."
    _, answer, _ = answered(home, reply)
    (claim,) = answer.claims
    assert {citation.quote for citation in claim.citations} == {OPENED, TAKES}


def test_a_sentence_keeps_no_more_citations_than_it_takes(home):
    opened, fare = number_of(home, OPENED), number_of(home, FARE)
    _, answer, _ = answered(home, f"The harbour line opened on 4 March 2019 [{fare}][{opened}].")
    (claim,) = answer.claims
    assert [citation.quote for citation in claim.citations] == [OPENED]
    assert not claim.reason.startswith(MOVED)


def test_a_sentence_that_cites_everything_is_held_against_the_nearest_only(home):
    everything = "".join(f"[{number}]" for number in range(1, 13))
    _, answer, _ = answered(home, f"The mayor opened the harbour line on 4 March 2019 in a speech {everything}.")
    assert answer.claims == ()
    (claim,) = answer.withheld
    assert len(claim.citations) <= 3


def test_a_model_that_finds_no_answer_makes_a_refusal(home):
    _, answer, _ = answered(home, CANNOT_ANSWER)
    assert answer.refusal is not None
    assert answer.refusal.reason == NOT_FOUND
    assert answer.claims == answer.withheld == ()


def test_what_the_documents_do_not_speak_of_is_refused_before_any_model_is_asked(home):
    _, answer, model = answered(home, question="Who won the chess championship in Reykjavik?")
    assert answer.refusal is not None
    assert model.calls == []


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (ConnectionRefusedError("http://127.0.0.1:9/secret"), ""),
        (["The harbour line opened on 4 Mar", TimeoutError("read")], ""),
        ("", SILENT),
        ("   \n", SILENT),
        ('{"answer": 5', UNREADABLE),
    ],
)
def test_where_the_model_fails_the_documents_own_sentences_are_given_with_a_notice(home, reply, said):
    events, answer, _ = answered(home, reply)
    assert answer.mode == "extractive"
    assert answer.model is None
    assert answer.refusal is None
    assert answer.notice is not None
    assert answer.notice.endswith(INSTEAD)
    assert answer.notice.startswith(said)
    assert "secret" not in answer.notice
    assert all(claim.text in (OPENED, TAKES, FARE, f"{OPENED} {TAKES}") for claim in answer.claims)
    (restarted,) = [event for event in events if isinstance(event, Restarted)]
    assert restarted.notice == answer.notice
    after = events[events.index(restarted) + 1 :]
    assert [event.claim for event in after] == list(answer.claims)


def test_stopping_closes_the_models_stream(home):
    model = ScriptedChatModel(["The harbour line opened on 4 March 2019 [1]. " * 50], pause_seconds=0.01)
    with Assistant.open(home, encoder=HashingEncoder(), llm=model) as assistant:
        stream = assistant.stream(QUESTION)
        while not isinstance(next(stream), Written):
            pass
        started = time.monotonic()
        stream.close()
        assert model.closed
        assert time.monotonic() - started < 1


def test_stopping_does_not_wait_for_a_silent_model(home):
    model = ScriptedChatModel(["The harbour line opened."], pause_seconds=30)
    with Assistant.open(home, encoder=HashingEncoder(), llm=model) as assistant:
        stream = assistant.stream(QUESTION)
        while not isinstance(next(stream), Written):
            pass
        started = time.monotonic()
        stream.close()
        assert time.monotonic() - started < 5
        assert model.closed


def test_a_sentence_that_the_longest_answer_cuts_off_is_not_taken_for_one(home):
    whole = "The harbour line opened on 4 March 2019 [1]. "
    cut = AIMessageChunk(content="A crossing on the harbour line", response_metadata={"finish_reason": "length"})
    _, answer, _ = answered(home, [whole, cut], unsupported="flag")
    assert [claim.text for claim in answer.claims] == ["The harbour line opened on 4 March 2019."]


def test_evidence_is_numbered_on_lines_of_ours_and_the_conversation_is_not_shown(home):
    history = (Turn(question="Is [1] free?", answer="Secret earlier answer [1]."),)
    _, _, model = answered(home, QUESTION, CANNOT_ANSWER, history=history)
    condensing, writing = model.prompts
    assert "Secret earlier answer (1)." in condensing
    assert "Secret earlier answer" not in writing
    lines = [line for line in writing.splitlines() if line.startswith("[") and "Good:" not in line]
    assert any(line.endswith(OPENED) for line in lines)
    assert "From “Harbour line” (official):" in writing


FOLLOW_UP = (Turn(question="When did the harbour line open?", answer=f"{OPENED} [1]"),)


@pytest.mark.parametrize(
    ("reply", "read_as"),
    [
        ("How long does a crossing on the harbour line take?", None),  # says "crossing", which nobody has said
        ("How long does the harbour line take?", "How long does the harbour line take?"),
        ("Rewritten: How long does the harbour line take?", "How long does the harbour line take?"),
        ("The line takes forty minutes.\nIt is late.", None),
        ("", None),
        (TimeoutError(), None),
    ],
)
def test_a_follow_up_is_rewritten_by_the_model_and_by_rules_where_it_says_too_much(home, reply, read_as):
    _, by_rules, _ = answered(home, OSError(), CANNOT_ANSWER, question="How long does it take?", history=FOLLOW_UP)
    _, answer, _ = answered(home, reply, CANNOT_ANSWER, question="How long does it take?", history=FOLLOW_UP)
    assert answer.read_as == (read_as or by_rules.read_as)
    assert "harbour" in answer.read_as


def test_a_refusal_does_not_go_away_because_an_earlier_turn_had_sources(home):
    question = "Who won the chess championship in Reykjavik?"
    _, answer, _ = answered(home, question, question=question, history=FOLLOW_UP)
    assert answer.refusal is not None
