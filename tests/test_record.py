"""Records: portable, written and read without loss, and verified against documents that have changed since."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reported import REPORT, cited

from assistant import (
    Answer,
    CheckedClaim,
    Document,
    DocumentInfo,
    DocumentNotFoundError,
    NamedJudge,
    PinciteError,
    Policy,
    Record,
    Refusal,
    Report,
    State,
    Verdict,
    read_record,
    record_json,
    record_of,
    render_verification,
    verify,
    write_atomically,
)
from assistant.judging import Judgement
from assistant.rechecking import find_quote

QUOTE = "The summit is held in the spring of 2026."
TEXT = f"Notice. {QUOTE} It lasts two days."
CLAIM = "The summit is held in spring 2026 [1]."
WHEN = datetime.datetime(2026, 7, 14, tzinfo=datetime.UTC)


class Shelf:
    """Documents by id, as an index has them; each has the hash that ``sha256`` gives it."""

    def __init__(self, **texts: str) -> None:
        self.texts = {name.replace("_", "."): text for name, text in texts.items()}
        self.hashes: dict[str, str] = {}
        self.read: list[str] = []

    def document(self, document_id: str) -> Document:
        self.read.append(document_id)
        if document_id not in self.texts:
            raise DocumentNotFoundError(document_id)
        return Document(text=self.texts[document_id], **dict(self._info(document_id)))

    def documents(self) -> list[DocumentInfo]:
        return [self._info(name) for name in self.texts]

    def _info(self, name: str) -> DocumentInfo:
        return DocumentInfo(id=name, title=name, sha256=self.hashes.get(name, "0" * 64))


class Judging:
    """Supports a claim whose last number is in the source; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        self.asked += pairs
        return [
            Judgement(verdict=verdict, reason=f"judged {verdict}", score=0.5, match=1)
            for claim, source in pairs
            for verdict in [Verdict.SUPPORTED if "2026" in source else Verdict.UNSUPPORTED]
        ]


def record(checker: str = "fake@1") -> Record:
    citation = cited(QUOTE, TEXT.index(QUOTE), document="notice.md")
    told = {"text": CLAIM, "start": 0, "end": len(CLAIM), "verdict": Verdict.SUPPORTED, "reason": "So it is."}
    claim = CheckedClaim(**{**told, "score": 0.9, "citations": (citation,)})
    return record_of(Report(text=CLAIM, claims=(claim,), checker=checker), created=WHEN)


def fate(shelf: Shelf, judging: Judging | None = None, name: str = "fake@1") -> tuple[State, Verdict, str]:
    result = verify(record(), shelf, NamedJudge(name, judging or Judging()))
    (claim,) = result.claims
    (citation,) = claim.citations
    return citation.state, claim.now, render_verification(result)


def edited(shelf: Shelf) -> Shelf:
    shelf.hashes["notice.md"] = "1" * 64
    return shelf


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = record_of(REPORT, created=WHEN)
    write_atomically(tmp_path / "r.json", record_json(made))
    assert read_record(tmp_path / "r.json") == made
    assert (made.policy, made.checker, made.question) == (Policy.STRICT, "pincite-fake@1", None)
    assert made.claims == REPORT.claims
    assert made.versions.keys() >= {"pincite", "python"}


def test_an_answer_is_recorded_with_its_question() -> None:
    refused = Answer(question="Why?", read_as="Why?", text="", refusal=Refusal(reason="No."), fingerprint="f1")
    made = record_of(refused, checker="fake@1", created=WHEN)
    assert (made.question, made.refusal, made.checker, made.versions["index"]) == ("Why?", "No.", "fake@1", "f1")
    assert verify(made, Shelf(), NamedJudge("fake@1", Judging())).stands


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "no record"),
        ('{"text": "x"}', "no record"),
        ("[]", "no record"),
        (record_json(record()).replace('"version": 1', '"version": 9', 1), "version 9"),
        (record_json(record()).replace('"text"', '"txet"', 1), "text: Field required"),
    ],
)
def test_what_is_no_record_is_refused_with_the_reason(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "r.json").write_text(content, encoding="utf-8")
    with pytest.raises(PinciteError, match=said):
        read_record(tmp_path / "r.json")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(PinciteError, match=r"none\.json cannot be read"):
        read_record(tmp_path / "none.json")


def test_what_is_as_it_was_stands_and_is_not_judged_again() -> None:
    judging = Judging()
    state, now, told = fate(Shelf(notice_md=TEXT), judging)
    assert (state, now, judging.asked) == (State.SAME, Verdict.SUPPORTED, [])
    assert told == "The only claim of 14 July 2026 stands as recorded."


def test_an_edit_elsewhere_in_the_source_is_told() -> None:
    state, now, told = fate(edited(Shelf(notice_md=TEXT + " And more.")))
    assert (state, now) == (State.EDITED, Verdict.SUPPORTED)
    assert "source edited" in told
    assert "0 of 1 claims" in told


def test_a_quote_is_found_at_another_place_of_its_document() -> None:
    state, now, told = fate(edited(Shelf(notice_md="A new first sentence. " + TEXT)))
    assert (state, now) == (State.MOVED, Verdict.SUPPORTED)
    assert f"(notice.md {22 + TEXT.index(QUOTE)}:" in told


def test_a_quote_is_found_in_another_document_the_renamed_file_first() -> None:
    shelf = Shelf(a_md=TEXT, renamed_md=TEXT)
    shelf.hashes["a.md"] = "2" * 64
    result = verify(record(), shelf, NamedJudge("fake@1", Judging()))
    citation = result.claims[0].citations[0]
    assert citation.state is State.MOVED
    assert citation.found is not None
    assert (citation.found.document, citation.found.marker) == ("renamed.md", 1)
    assert shelf.read == ["notice.md", "renamed.md"]


def test_a_changed_quote_is_gone_and_the_sentence_in_its_place_is_judged() -> None:
    judging = Judging()
    state, now, told = fate(edited(Shelf(notice_md=TEXT.replace("2026", "2027"))), judging)
    assert (state, now) == (State.GONE, Verdict.UNSUPPORTED)
    assert judging.asked == [(CLAIM, QUOTE), (CLAIM, QUOTE.replace("2026", "2027"))]
    assert "quote gone" in told
    assert "spring of 2027" in told
    assert "verdict: was supported, now unsupported" in told


def test_a_quote_may_be_gone_without_anything_like_it() -> None:
    state, now, _ = fate(edited(Shelf(notice_md="Nothing of the kind stands here.")))
    assert (state, now) == (State.GONE, Verdict.UNSUPPORTED)


def test_a_missing_document_is_told() -> None:
    state, now, told = fate(Shelf(other_md="Ships sail."))
    assert (state, now) == (State.MISSING, Verdict.UNSUPPORTED)
    assert "document missing" in told


def test_a_short_quote_is_not_looked_for_elsewhere() -> None:
    made = record()
    short = made.claims[0].citations[0].model_copy(update={"quote": "Notice.", "start": 0, "end": 7})
    claim = made.claims[0].model_copy(update={"citations": (short,)})
    made = made.model_copy(update={"claims": (claim,)})
    result = verify(made, Shelf(other_md=TEXT), NamedJudge("fake@1", Judging()))
    assert result.claims[0].citations[0].state is State.MISSING


def test_another_checker_judges_everything_again() -> None:
    judging = Judging()
    state, now, told = fate(Shelf(notice_md=TEXT), judging, "fake@2")
    assert (state, now) == (State.SAME, Verdict.SUPPORTED)
    assert judging.asked
    assert "it was fake@1, it is fake@2" in told


def test_new_words_with_the_same_verdict_leave_the_verdict_as_it_was() -> None:
    _, now, told = fate(edited(Shelf(notice_md=TEXT.replace("is held", "takes place"))))
    assert now is Verdict.SUPPORTED
    assert "verdict: supported, as it was" in told


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("one two three", "two", "two"),
        ("one  two\nthree", "two three", "two\nthree"),
        ("he said “go”", 'said "go"', "said “go”"),
        ("the PM's word", "PM’s word", "PM's word"),
        ("a (b) c*", "(b) c*", "(b) c*"),
        ("one two", "three", None),
        ("one two", "  ", None),
    ],
)
def test_quotes_are_found_exactly_or_with_spaces_and_marks_alike(text: str, quote: str, found: str | None) -> None:
    span = find_quote(text, quote)
    assert (span.of(text) if span else None) == found


def test_the_nearest_of_several_places_is_taken() -> None:
    text = "same. " * 10
    assert [find_quote(text, "same.", near).start for near in (0, 13, 60)] == [0, 12, 54]  # type: ignore[union-attr]


@given(st.text(max_size=40), st.text(min_size=1, max_size=20).filter(str.strip), st.text(max_size=40))
def test_a_quote_that_is_there_is_found_exactly(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    span = find_quote(text, quote, len(before))
    assert span is not None
    assert (span.start, span.of(text)) == (len(before), quote)
