"""The setting ``llm`` to a chat model of LangChain.

    openai:gpt-5            hosted, key in OPENAI_API_KEY; with ``generation.base_url`` any server of its protocol
    anthropic:MODEL         hosted, key in ANTHROPIC_API_KEY
    ollama:qwen3            a running Ollama, at OLLAMA_HOST or ``generation.base_url``
    gguf:/path/model.gguf   a file, served on loopback by llama.cpp (:mod:`assistant.gguf`)

Other providers that LangChain knows are named in the same way. Keys stay in the environment, where each provider's own
package reads them: no key is read, kept, logged or written here.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.failures import explain_failure as explain_failure
from assistant.gguf import served
from assistant.settings import GenerationSettings
from index import ModelLoadError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

GGUF = "gguf"
EXTRAS = ("openai", "anthropic", "ollama", "local-llm")

_CONNECT_SECONDS = 4.0
"""Longest wait for a connection, by judgement: a server that is there answers in less, wherever it is."""
_EVIDENCE_TOKENS = 4096
"""Room for instructions and evidence in the context of a local model, by judgement."""
_THINKING_TOKENS = 4000
"""Room for the thoughts of a model that thinks before it writes, by judgement: providers count them as answer."""
_SAME_WORDS_AT_ONCE = {"temperature": 0, "max_retries": 0}
_NO_KEY = "none"
_KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}


def load_chat_model(llm: str, settings: GenerationSettings, *, retries: int = 0) -> BaseChatModel:
    """Return the chat model that the setting ``llm`` names, to be asked at temperature 0.

    Nothing is sent to a hosted model by this. A GGUF file is loaded by it, which takes seconds to minutes, unless it is
    already served; a server that has died is started again, so call this for each answer rather than keep the model.

    Args:
        llm: ``PROVIDER:MODEL``, or ``gguf:FILE``.
        settings: address of the server, longest wait, longest answer.
        retries: how often a hosted model is asked again when it fails; never by default, for a reader is waiting.

    Raises:
        ModelLoadError: the model cannot be used; the message says what to do, and holds no key.
    """
    provider, _, name = llm.partition(":")
    provider = provider.replace("-", "_").lower()
    if not provider or not name:
        raise ModelLoadError(f"llm = {llm!r} is not PROVIDER:MODEL, such as openai:gpt-5, ollama:qwen3 or gguf:FILE")
    if provider == GGUF:
        return _from_file(Path(name), settings)
    _look_at_address(settings.base_url)
    options = _OPTIONS.get(provider, _other_options)(settings)
    if "max_retries" in options:
        options["max_retries"] = retries
    model = _made(llm, provider, name, options)
    return _suited(provider, model, settings)


def _from_file(file: Path, settings: GenerationSettings) -> BaseChatModel:
    server = served(file, context_of(settings))
    return _spoken_to(file, server.url, server.key, settings)


@lru_cache(maxsize=4)
def _spoken_to(file: Path, url: str, key: str, settings: GenerationSettings) -> BaseChatModel:
    """The model of a running server: kept, for making it takes a sixth of a second, mostly for its two clients."""
    local = settings.model_copy(update={"base_url": url})
    options = {**_openai_options(local), "api_key": key, **_direct(settings)}
    return _made(f"{GGUF}:{file}", "openai", file.stem, options, extra="local-llm")


def context_of(settings: GenerationSettings) -> int:
    """Return how many tokens a local model must be able to read and write together."""
    return _EVIDENCE_TOKENS + settings.most_tokens


def _made(llm: str, provider: str, name: str, options: dict[str, Any], extra: str = "") -> BaseChatModel:
    """The model, or an error without the words of the original one: those may quote what was passed, a key too."""
    from langchain.chat_models import init_chat_model

    try:
        made: BaseChatModel = init_chat_model(name, model_provider=provider, **options)
    except ImportError as error:
        raise ModelLoadError(f"{llm} needs a package that is not installed: {_install(provider, extra)}") from error
    except Exception as error:
        if str(error).startswith("Unsupported provider"):
            known = "openai, anthropic, ollama, gguf, and those of LangChain's init_chat_model"
            raise ModelLoadError(f"{llm}: no provider is called {provider!r}; known are {known}") from None
        raise ModelLoadError(f"{llm} cannot be set up ({type(error).__name__}){_hint(provider)}") from None
    return made


def _install(provider: str, extra: str) -> str:
    extra = extra or provider
    package = f"pincite[{extra}]" if extra in EXTRAS else f"langchain-{provider.replace('_', '-')}"
    return f"pip install '{package}'"


def _hint(provider: str) -> str:
    key = _KEYS.get(provider, "")
    return f": is its key in {key}?" if key else ": is its key in the environment, under its provider's name?"


def _look_at_address(address: str | None) -> None:
    if address is None:
        return
    try:
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        named = None
    if not named:
        raise ModelLoadError("generation.base_url is no address of a server, such as http://127.0.0.1:8080/v1")
    if "@" in parts.netloc:
        raise ModelLoadError("generation.base_url holds a password or key: give it in the provider's own variable")


def _key_or_none(provider: str, settings: GenerationSettings) -> dict[str, Any]:
    """Nothing where the provider's package finds its key; a placeholder where a server of one's own needs none."""
    variable = _KEYS[provider]
    if os.environ.get(variable):
        return {}
    if settings.base_url is None:
        raise ModelLoadError(f"No key for {provider}: put it in the environment variable {variable}")
    return {"api_key": _NO_KEY}


def _openai_options(settings: GenerationSettings) -> dict[str, Any]:
    options = {**_SAME_WORDS_AT_ONCE, "timeout": _patience("openai", settings)}
    if settings.base_url is None:
        return {**options, "max_tokens": settings.most_tokens, **_key_or_none("openai", settings)}
    # Servers that speak OpenAI's protocol may know neither its newer way to ask nor "max_completion_tokens".
    options |= {"base_url": settings.base_url, "use_responses_api": False}
    return {**options, "extra_body": {"max_tokens": settings.most_tokens}, **_key_or_none("openai", settings)}


def _anthropic_options(settings: GenerationSettings) -> dict[str, Any]:
    return {**_other_options(settings), **_key_or_none("anthropic", settings)}


def _ollama_options(settings: GenerationSettings) -> dict[str, Any]:
    return {
        "temperature": 0,
        "num_predict": settings.most_tokens,
        "num_ctx": context_of(settings),  # otherwise Ollama may cut the evidence off without a word
        "reasoning": False,  # thoughts would use up the tokens of the answer
        "client_kwargs": {"timeout": _patience("httpx", settings)},
        **({"base_url": settings.base_url} if settings.base_url else {}),
    }


def _other_options(settings: GenerationSettings) -> dict[str, Any]:
    options = {**_SAME_WORDS_AT_ONCE, "timeout": settings.timeout_seconds, "max_tokens": settings.most_tokens}
    return {**options, **({"base_url": settings.base_url} if settings.base_url else {})}


_OPTIONS: dict[str, Callable[[GenerationSettings], dict[str, Any]]] = {
    "openai": _openai_options,
    "anthropic": _anthropic_options,
    "ollama": _ollama_options,
}


def _patience(package: str, settings: GenerationSettings) -> Any:
    """How long to wait, as the ``Timeout`` of the HTTP library that a provider's package uses."""
    try:
        timeout = importlib.import_module(package).Timeout
    except ImportError:
        return settings.timeout_seconds  # making the model says what to install
    return timeout(settings.timeout_seconds, connect=min(_CONNECT_SECONDS, settings.timeout_seconds))


def _direct(settings: GenerationSettings) -> dict[str, Any]:
    """Clients that pass by any proxy of the environment: the server is on this machine."""
    try:
        openai = importlib.import_module("openai")
    except ImportError:
        return {}
    options = {"trust_env": False, "timeout": _patience("openai", settings)}
    return {
        "http_client": openai.DefaultHttpxClient(**options),
        "http_async_client": openai.DefaultAsyncHttpxClient(**options),
    }


def _suited(provider: str, model: BaseChatModel, settings: GenerationSettings) -> BaseChatModel:
    """The model with what could not be said when it was made, or depends on what LangChain knows of it."""
    loose: Any = model
    if provider == "anthropic":  # its field takes one number, its client takes a longest wait for a connection as well
        patience = _patience("anthropic", settings)
        vars(loose)["_client"] = loose._client.with_options(timeout=patience)
        vars(loose)["_async_client"] = loose._async_client.with_options(timeout=patience)
    profile = getattr(model, "profile", None) or {}
    if profile.get("temperature") is False:
        loose.temperature = None
        if profile.get("reasoning_output") and getattr(model, "max_tokens", None):
            loose.max_tokens = settings.most_tokens + _THINKING_TOKENS
    return model
