"""Answers written by a chat model, sentence by sentence checked against the words that each cites before it stands."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Literal

from assistant.dictation import Dictated, Dictation
from assistant.errors import ModelFailedError
from assistant.expecting import expected_answer, find_expected
from assistant.failures import explain_failure
from assistant.listening import Request, Words, listen
from assistant.predicates import finite_verbs
from assistant.prompts import ANSWER, ASKED, STRUCTURED, evidence_block, plain
from assistant.repointing import Checker, Piece, check_or_repoint
from assistant.types import CheckedClaim, Claim, ClaimChecked, ClaimWithheld, Verdict, Written
from index import PinciteError, SentenceHit, content_words

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, LanguageModelInput
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable

_log = logging.getLogger(__name__)

EvidenceOf = Callable[[SentenceHit], Piece]
"""Returns a found sentence as what is cited for it, with what it points back at."""

NO_STATEMENT = "This states nothing on the question."
SILENT = "The model wrote nothing."
UNREADABLE = "The model's answer could not be read."


class GenerativeWriter:
    """Has a chat model write answers from numbered source sentences, and holds it to them.

    Args:
        load: returns the model, for each answer anew: a local server may have died since the last one. Its stream is
            closed as soon as nobody reads the events any more.
        checker: judges each sentence by what it cites.
        evidence_of: makes citations of found sentences.
        sentences: most source sentences that the model is given.
        unsupported: what becomes of sentences that no evidence bears out: left out, or kept with their verdict.
        schema: returns the model bound to a JSON schema that allows these numbers only; None where it cannot be.
    """

    def __init__(
        self,
        load: Callable[[], BaseChatModel],
        checker: Checker,
        evidence_of: EvidenceOf,
        *,
        sentences: int,
        unsupported: Literal["strict", "flag"] = "strict",
        schema: Callable[[BaseChatModel, int], Runnable[LanguageModelInput, AIMessage] | None] | None = None,
    ) -> None:
        self._load = load
        self._checker = checker
        self._evidence_of = evidence_of
        self._most = sentences
        self._unsupported = unsupported
        self._schema = schema

    def write(
        self, question: str, sentences: Sequence[SentenceHit]
    ) -> Iterator[Written | ClaimChecked | ClaimWithheld]:
        """Yield the answer as it is written, and each of its sentences once it is checked.

        Where the model says that the evidence does not answer, nothing is yielded but what it wrote before.

        Raises:
            ModelFailedError: the model could not be asked, broke off, or wrote nothing that can be read.
        """
        evidence = self._evidence(sentences)
        answer = _Answer(question, evidence, self._checker, flagged=self._unsupported == "flag")
        dictation = Dictation()
        cut = False
        with closing(self._heard(question, evidence)) as heard:
            for words in heard:
                cut = cut or words.cut
                for sentence in dictation.feed(words.text):
                    yield answer.add(sentence)
                # In silence too: whoever has stopped reading is only noticed when something is yielded.
                yield Written(text=dictation.pending)
        for sentence in dictation.end():
            if not cut or sentence.text.endswith((".", "!", "?")):
                yield answer.add(sentence)
        if not answer.count and not dictation.refuses:
            raise ModelFailedError(UNREADABLE if dictation.written.strip() else SILENT)

    def _evidence(self, sentences: Sequence[SentenceHit]) -> list[Piece]:
        """The best sentences, those of one document together in its order, so that they read as a text."""
        pieces: list[Piece] = []
        for piece in map(self._evidence_of, sentences):
            if not any(_covers(other, piece) for other in pieces):
                pieces = [*(other for other in pieces if not _covers(piece, other)), piece]
            if len(pieces) == self._most:
                break
        rank = {document: i for i, document in enumerate(dict.fromkeys(piece[0].document for piece in pieces))}
        return sorted(pieces, key=lambda piece: (rank[piece[0].document], piece[-1].start))

    def _heard(self, question: str, evidence: Sequence[Piece]) -> Generator[Words, None, None]:
        """The model's words as they come."""
        try:
            with closing(listen(lambda: self._request(question, evidence))) as heard:
                yield from heard
        except Exception as error:  # whatever a provider's package raises; told to the reader in plain words
            # The whole of one of our own errors: what a reader is told names no files of the server.
            _log.error("the model failed: %s", error if isinstance(error, PinciteError) else explain_failure(error))
            raise ModelFailedError(explain_failure(error)) from error

    def _request(self, question: str, evidence: Sequence[Piece]) -> Request:
        model = self._load()
        bound = self._schema(model, len(evidence)) if self._schema else None
        asked = ASKED.format(evidence=evidence_block(evidence), question=plain(question))
        rules = f"{ANSWER}\n\n{STRUCTURED}" if bound else ANSWER
        return Request(bound or model, [("system", rules), ("human", asked)])


def _covers(piece: Piece, other: Piece) -> bool:
    """Whether a piece of evidence holds all the words of another."""
    return all(any(c.document == o.document and c.start <= o.start and o.end <= c.end for c in piece) for o in other)


class _Answer:
    """The text of an answer as it grows: its sentences with markers that number documents in order of citation."""

    def __init__(self, question: str, evidence: Sequence[Piece], checker: Checker, *, flagged: bool) -> None:
        self._question = question
        self._evidence = evidence
        self._checker = checker
        self._flagged = flagged
        self._markers: dict[str, int] = {}
        self._text = ""
        self.count = 0

    def add(self, sentence: Dictated) -> ClaimChecked | ClaimWithheld:
        """Check one more sentence, and let it stand or not."""
        self.count += 1
        claim = self._claim(sentence)
        if _tells(claim.text, self._question):
            checked = check_or_repoint(claim, self._evidence, self._checker)
        else:
            checked = CheckedClaim(**dict(claim), verdict=Verdict.UNSUPPORTED, reason=NO_STATEMENT, score=0)
        if checked.verdict is not Verdict.SUPPORTED and not self._flagged:
            return ClaimWithheld(claim=checked)
        start = len(self._text) + 1 if self._text else 0
        placed = _placed(self._numbered(checked), start)
        markers = "".join(f"[{n}]" for n in dict.fromkeys(c.marker for c in placed.citations))
        self._text += f"{' ' if self._text else ''}{placed.text}{' ' if markers else ''}{markers}"
        return ClaimChecked(text=self._text, claim=placed)

    def _claim(self, sentence: Dictated) -> Claim:
        known = [n for n in sentence.numbers if 1 <= n <= len(self._evidence)]
        return Claim(
            text=sentence.text,
            start=0,
            end=len(sentence.text),
            citations=tuple(citation for n in known for citation in self._evidence[n - 1]),
            dangling=tuple(n for n in sentence.numbers if n not in known),
        )

    def _numbered(self, checked: CheckedClaim) -> CheckedClaim:
        cited = tuple(
            citation.model_copy(update={"marker": self._markers.setdefault(citation.document, len(self._markers) + 1)})
            for citation in checked.citations
        )
        return checked.model_copy(update={"citations": cited})


def _tells(text: str, question: str) -> bool:
    """Whether a sentence states something, or is a short answer: a word that was ordered does neither."""
    asked = {word.stem for word in content_words(question)}
    return (
        bool(finite_verbs(text))
        or any(word.stem in asked for word in content_words(text))
        or bool(find_expected(expected_answer(question), text, question))
    )


def _placed(checked: CheckedClaim, start: int) -> CheckedClaim:
    """The claim at ``start`` of the answer, with all that counts from there."""
    moved = {
        "start": start,
        "end": start + len(checked.text),
        "departures": tuple(
            d.model_copy(update={"start": d.start + start, "end": d.end + start}) for d in checked.departures
        ),
        "parts": tuple(p.model_copy(update={"start": p.start + start, "end": p.end + start}) for p in checked.parts),
    }
    return checked.model_copy(update=moved)
