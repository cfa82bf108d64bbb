"""The Python API: one object that follows folders, answers questions and checks texts.

with Assistant.open(".pincite") as assistant:
assistant.sync("docs_corpus")
answer = assistant.ask("When will the summit be held?")
print(answer.text, answer.citations[0].quote)
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Self

from assistant.against import held_against
from assistant.aliases import OfficeScorer
from assistant.chain import AnswerChain
from assistant.checking import Checker, checker_of
from assistant.condensing import condense
from assistant.errors import QuestionError
from assistant.evidence import Evidence
from assistant.extractive import ExtractiveAnswerer
from assistant.generative import GenerativeWriter
from assistant.llm import load_chat_model
from assistant.refusing import Refuser
from assistant.rephrasing import ModelCondenser
from assistant.settings import Settings
from assistant.structured import bound_to_schema
from assistant.suggesting import candidate_questions
from assistant.types import Answer, Citation, Event, Policy, Report, Turn
from index import (
    Document,
    DocumentInfo,
    Filters,
    Hit,
    Index,
    IndexStatus,
    PinciteError,
    Progress,
    SyncReport,
)

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

    from index import Encoder
    from index.langchain import PassageRetriever

_OFFICIAL_FIRST = ("official", "guide")
_EXAMPLES_TRIED = 12
"""Candidate questions that are asked, at most, to find examples: each takes a fifth of a second or so."""


class Assistant:
    """Answers questions over the documents of one home, and checks texts against them.

    Many threads may ask and check at once. Use it in a ``with`` block, or call :meth:`close`.
    """

    def __init__(self, index: Index, settings: Settings, llm: BaseChatModel | None = None) -> None:
        self._index = index
        self._settings = settings
        self._checker = checker_of(settings.check)
        scorer = OfficeScorer(index)
        load = _loader(settings, llm)
        self._model = _model_name(settings, llm)
        self._chain = AnswerChain(
            condense=ModelCondenser(load, condense) if load else condense,
            retriever=index,
            scorer=scorer,
            answerer=ExtractiveAnswerer(index.page_at, limit=settings.answer.sentences, score=scorer.sentences),
            refuser=Refuser(index.page_at),
            checker=self._checker,
            passages=settings.answer.passages,
            fingerprint=lambda: index.fingerprint,
            writer=self._writer(load) if load else None,
            model=self._model,
        )
        self._examples: tuple[str, list[str]] | None = None
        self._examples_lock = threading.Lock()

    @classmethod
    def open(
        cls,
        home: str | Path | None = None,
        *,
        settings: Settings | None = None,
        encoder: Encoder | None = None,
        llm: BaseChatModel | None = None,
    ) -> Assistant:
        """Open the index in the folder ``home``, which need not exist yet. Opening reads and writes nothing.

        Args:
            home: folder of the index; default: that of ``settings``, ``.pincite`` in the current folder.
            settings: see :class:`Settings`; the environment is not read here (:func:`load_settings` does).
            encoder: takes the place of the encoder that the settings name.
            llm: takes the place of the chat model that the settings name; any of LangChain's.
        """
        settings = settings or Settings()
        if home is not None:
            settings = settings.model_copy(update={"home": Path(home)})
        return cls(Index(settings.home, settings.index, encoder=encoder), settings, llm)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    @property
    def model(self) -> str | None:
        """The name of the chat model that writes answers; None where they are the documents' own sentences."""
        return self._model

    # Following folders

    def sync(
        self,
        folder: str | Path | None = None,
        *,
        rebuild: bool = False,
        report: Callable[[Progress], None] | None = None,
    ) -> SyncReport:
        """Bring the index up to date with ``folder``, or with all followed folders; see :meth:`index.Index.sync`."""
        return self._index.sync(None if folder is None else Path(folder), rebuild=rebuild, report=report)

    def forget(self, folder: str | Path) -> None:
        """Stop following ``folder`` and remove its documents from the index."""
        self._index.forget(Path(folder))

    # Asking

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None) -> Answer:
        """Answer ``question`` from the documents that ``filters`` allow, or refuse: the last event of :meth:`stream`.

        Args:
            question: in words; it may lean on ``history``, as in "And in 2022?".
            history: the earlier turns of the conversation, the oldest first.
            filters: which documents may be used.

        Raises:
            QuestionError: the question is empty or too long.
            IndexMissingError: nothing is indexed yet.
            IndexMismatchError: the index was built with other settings.
        """
        *_, answer = self.stream(question, history, filters)
        if not isinstance(answer, Answer):
            raise PinciteError("the answer was cut off")
        return answer

    def stream(self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None) -> Iterator[Event]:
        """Yield how the question is read, then each claim as it is checked, and last the :class:`Answer`."""
        longest = self._settings.answer.question_characters
        if not question.strip():
            raise QuestionError("The question is empty.")
        if len(question) > longest:
            raise QuestionError(f"The question is too long: {len(question):,} characters, at most {longest:,}.")
        return self._chain.stream(question.strip(), history, filters)

    def check(
        self,
        text: str,
        against: Sequence[str] = (),
        citations: Mapping[int, Citation] | None = None,
        policy: Policy | None = None,
    ) -> Report:
        """Check every sentence of ``text`` that states something.

        Markers such as ``[1]`` are resolved by ``citations``, and by a list of sources at the end of the text, as
        ``pincite ask`` prints it. A text without markers is checked against the best words that the documents hold.

        Args:
            text: an answer, an article, a speech: any text.
            against: ids of documents to keep to; or files and folders, which need not be indexed.
            citations: what the markers of the text point at.
            policy: how sure the checker must be before it calls a claim supported; default: that of the settings.

        Raises:
            PinciteError: nothing is indexed, or a name in ``against`` is neither a document nor a file.
        """
        checker = self._checker.under(policy or self._settings.check.policy)
        with held_against(self._index, against, self._settings.index) as (index, documents):
            evidence = Evidence(index)
            return checker.check_text(
                text,
                find_evidence=evidence.find,
                resolve=evidence.resolve,
                documents=documents,
                citations=citations,
            )

    @property
    def checker(self) -> Checker:
        """What judges claims: usable on any claim and text, without the index."""
        return self._checker

    def examples(self, limit: int = 4) -> list[str]:
        """Return at most ``limit`` questions that the documents answer: made from their sentences, and tried."""
        generation = self._index.fingerprint
        with self._examples_lock:
            if self._examples is None or self._examples[0] != generation:
                self._examples = (generation, list(self._tried_examples(limit)))
            return self._examples[1][:limit]

    # Reading

    def search(self, query: str, limit: int = 10, filters: Filters | None = None) -> list[Hit]:
        """Return the passages nearest to ``query``, the best first."""
        return self._index.search(query, limit, filters)

    def documents(self) -> list[DocumentInfo]:
        """Return all documents, ordered by id."""
        return self._index.documents()

    def document(self, document_id: str) -> Document:
        """Return a document with its canonical text.

        Raises:
            DocumentNotFoundError: no document has this id.
        """
        return self._index.document(document_id)

    def status(self) -> IndexStatus:
        """Return the state of the index."""
        return self._index.status()

    # LangChain

    def as_runnable(self) -> Runnable[str, Answer]:
        """Return the assistant as a LangChain runnable: a question in, an :class:`Answer` out."""
        from langchain_core.runnables import RunnableLambda

        def ask(question: str) -> Answer:
            return self.ask(question)

        return RunnableLambda(ask, name="pincite")

    def as_retriever(self, k: int = 4, filters: Filters | None = None) -> PassageRetriever:
        """Return a LangChain retriever over the documents."""
        return self._index.as_retriever(k, filters)

    def _writer(self, load: Callable[[], BaseChatModel]) -> GenerativeWriter:
        generation = self._settings.generation
        # What is left out where it is not borne out must be borne out surely; what is marked has a verdict to read.
        strict = generation.unsupported == "strict"
        return GenerativeWriter(
            load,
            self._checker.under(Policy.STRICT) if strict else self._checker,
            Evidence(self._index).candidate,
            sentences=generation.sentences,
            unsupported=generation.unsupported,
            schema=bound_to_schema,
        )

    def _tried_examples(self, limit: int) -> Iterator[str]:
        infos = sorted(self.documents(), key=lambda info: (info.kind not in _OFFICIAL_FIRST, info.id))
        candidates = (candidate_questions(self.document(info.id)) for info in infos)
        # One of each document in turn, so that the examples show the breadth of the folder.
        rounds = [question for turn in zip_longest(*candidates) for question in turn if question]
        found = 0
        for question in rounds[:_EXAMPLES_TRIED]:
            if found < limit and self._chain.answers(question):
                found += 1
                yield question


def _loader(settings: Settings, llm: BaseChatModel | None) -> Callable[[], BaseChatModel] | None:
    """What returns the chat model for each answer; None where no model is to write."""
    if llm is not None:
        return lambda: llm
    name = settings.llm
    return None if name is None else lambda: load_chat_model(name, settings.generation)


def _model_name(settings: Settings, llm: BaseChatModel | None) -> str | None:
    """The model's name as it is shown; of a file, without its folder."""
    if llm is not None:
        return str(getattr(llm, "model_name", None) or getattr(llm, "model", None) or type(llm).__name__)
    if settings.llm is None:
        return None
    provider, _, name = settings.llm.partition(":")
    return f"{provider}:{Path(name).name}" if provider == "gguf" else settings.llm
