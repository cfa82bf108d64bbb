"""Answers of a chat model as JSON whose source numbers can only be those that it was given, where its provider can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, LanguageModelInput
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable

_OPENAI = frozenset(("ChatOpenAI", "AzureChatOpenAI"))
_OLLAMA = frozenset(("ChatOllama",))


def answer_schema(count: int) -> dict[str, Any]:
    """Return the JSON schema of an answer from ``count`` numbered pieces of evidence."""
    sentence = {
        "type": "object",
        "properties": {
            "text": {"type": "string"},
            "sources": {"type": "array", "items": {"type": "integer", "enum": list(range(1, count + 1))}},
        },
        "required": ["text", "sources"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"sentences": {"type": "array", "items": sentence}},
        "required": ["sentences"],
        "additionalProperties": False,
    }


def bound_to_schema(model: BaseChatModel, count: int) -> Runnable[LanguageModelInput, AIMessage] | None:
    """Return ``model`` bound to the schema of an answer from ``count`` pieces; None where its provider has no such way.

    A server that only seems to know it answers in plain text, which is read as well.
    """
    names = {kind.__name__ for kind in type(model).__mro__}
    schema = answer_schema(count)
    if names & _OPENAI:
        wrapped = {"name": "answer", "schema": schema, "strict": True}
        return model.bind(response_format={"type": "json_schema", "json_schema": wrapped})
    if names & _OLLAMA:
        return model.bind(format=schema)
    return None
