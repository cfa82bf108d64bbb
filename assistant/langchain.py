"""For users of other chains: their answers checked against the context that they retrieved. Needs no index.

chain = RunnablePassthrough.assign(answer=my_answer_chain) | AnswerChecker()
report = chain.invoke({"question": "...", "context": documents})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.documents import Document as Passage
from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable, RunnableConfig

from assistant.checking import Checker
from assistant.citing import split_references
from assistant.context import Context, ContextText
from assistant.rendering import report_json, summary_words
from assistant.types import Policy, Report, Verdict
from index import PinciteError

_PLACE = ("document", "source", "file_path", "path", "url")
_ANSWERS, _CONTEXTS = ("answer", "output", "result", "text"), ("context", "documents", "source_documents", "contexts")


class AnswerChecker(Runnable[Mapping[str, Any], Report]):
    """A LangChain runnable: an answer and its context in, a report out.

    Input: ``answer``, a text or a message; ``context``, a text or a list of texts, LangChain documents, or mappings
    with ``page_content``; other fields, ``question`` among them, are ignored. ``[1]`` in the answer is the first text
    of the context, and so on; a list of sources at its end is not looked at. An answer without markers is held against
    the whole context. A citation's offsets count characters of its text of the context; of the whole document, where
    the metadata of a passage say where it ``start`` s, as those of :meth:`assistant.Assistant.as_retriever` do.
    """

    def __init__(self, policy: Policy | str = Policy.BALANCED, checker: Checker | None = None) -> None:
        """Build it with a policy, or with a checker, which has its own."""
        self.checker = checker or Checker(policy=Policy(policy))

    def invoke(self, input: Mapping[str, Any], config: RunnableConfig | None = None, **_: Any) -> Report:
        """Check one answer.

        Raises:
            PinciteError: the answer or the context is missing, or is not of the types named above.
        """
        return self._call_with_config(self._report, input, config)

    def as_json(self) -> Runnable[Mapping[str, Any], dict[str, Any]]:
        """Return the same runnable with the report as plain data, as ``pincite check --json`` prints it."""
        return self | report_json

    def _report(self, given: Mapping[str, Any]) -> Report:
        answer = _text(_first(given, ("answer",)))
        context = Context(_contexts(_first(given, ("context",))))
        body, _ = split_references(answer)
        # Claims are found in front of the list of sources, so their offsets are those of the answer.
        listed = f"{body.rstrip()}\n\n{context.source_list()}"
        report = self.checker.check_text(listed, find_evidence=context.find, resolve=context.resolve)
        return report.model_copy(update={"text": answer})


class CitationEvaluator:
    """An evaluator for LangSmith's ``evaluate`` and its like: the share of an answer's claims that are supported.

    ``outputs`` holds the answer (``answer``, ``output``, ``result`` or ``text``), and it or ``inputs`` the context
    (``context``, ``documents``, ``source_documents`` or ``contexts``); see :class:`AnswerChecker` for their forms.
    """

    def __init__(
        self, policy: Policy | str = Policy.BALANCED, checker: Checker | None = None, key: str = "citation_support"
    ) -> None:
        """Build it with a policy, or with a checker, which has its own; ``key`` names the feedback."""
        self.key = key
        self.__name__ = key  # what LangSmith calls the evaluator
        self._check = AnswerChecker(policy, checker)

    def __call__(
        self,
        inputs: Mapping[str, Any],
        outputs: Mapping[str, Any],
        reference_outputs: Mapping[str, Any] | None = None,  # noqa: ARG002 - evaluators are called with it
    ) -> dict[str, Any]:
        """Return ``{"key", "score", "comment"}``: the share in [0, 1], and why it is not 1.

        The score is None, which counts neither way, where the answer states nothing.
        """
        answer = _first(outputs, _ANSWERS)
        report = self._check.invoke({"answer": answer, "context": _first({**inputs, **outputs}, _CONTEXTS)})
        if not report.claims:
            return {"key": self.key, "score": None, "comment": "The answer states nothing to check."}
        supported = sum(claim.verdict is Verdict.SUPPORTED for claim in report.claims)
        return {"key": self.key, "score": supported / len(report.claims), "comment": _comment(report)}


def _comment(report: Report) -> str:
    told = [
        f"{claim.verdict.replace('_', ' ')}: {' '.join(claim.text.split())} ({claim.reason})"
        for claim in report.claims
        if claim.verdict is not Verdict.SUPPORTED
    ]
    return "\n".join([summary_words(report), *told])


def _first(fields: Mapping[str, Any], names: Sequence[str]) -> Any:
    for name in names:
        if fields.get(name) is not None:
            return fields[name]
    raise PinciteError(f"to be checked, {' or '.join(names)} is needed; there is {', '.join(fields) or 'nothing'}")


def _text(answer: Any) -> str:
    if isinstance(answer, BaseMessage):
        return str(answer.text)
    if isinstance(answer, str):
        return answer
    raise PinciteError(f"an answer is a text or a message, not {type(answer).__name__}")


def _contexts(context: Any) -> list[ContextText]:
    if isinstance(context, str | Passage | Mapping):
        context = [context]
    if not isinstance(context, Sequence):
        raise PinciteError(f"a context is a text or a list of documents, not {type(context).__name__}")
    return [_context(one, number) for number, one in enumerate(context, start=1)]


def _context(given: Any, number: int) -> ContextText:
    name = f"context-{number}"
    if isinstance(given, str):
        return ContextText(document=name, title=name, text=given)
    if isinstance(given, Mapping) and isinstance(given.get("page_content"), str):
        given = Passage(page_content=given["page_content"], metadata=dict(given.get("metadata") or {}))
    if not isinstance(given, Passage):
        raise PinciteError(f"a context holds texts and documents, not {type(given).__name__}")
    told = given.metadata
    document = next((str(told[key]) for key in _PLACE if told.get(key)), name)
    place = told.get("start")
    return ContextText(
        document=document,
        title=str(told.get("title") or document),
        text=given.page_content,
        offset=place if isinstance(place, int) and place >= 0 else 0,
        told={key: told.get(key) for key in ("publisher", "url", "kind", "date", "page")},
    )
