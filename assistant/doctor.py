"""What ``pincite doctor`` tells: versions, models and hashes, the state of the index, and what to do about problems."""

from __future__ import annotations

import platform
import time
from importlib.metadata import PackageNotFoundError, version

from assistant.checking import checker_of
from assistant.failures import explain_failure, what_to_do
from assistant.llm import load_chat_model
from assistant.prompts import ROUND_TRIP
from assistant.settings import Settings
from assistant.types import Policy
from assistant.weighing import ErrorRates
from index import Index, IndexMissingError, IndexStatus, Model, PinciteError

_PACKAGES = ("pincite", "chromadb", "tantivy", "torch", "sentence-transformers", "langchain-core", "gradio")
_CHARACTERS = 60  # of a reply that are shown
_HOW_TO_SET = 'set PINCITE_LLM, or llm in pincite.toml, to "ollama:qwen3", "openai:NAME", "gguf:FILE" or the like'


class RoundTrip(Model):
    """One question to the chat model. ``reply`` are its first words; None if it failed."""

    loading_seconds: float
    seconds: float | None = None
    reply: str | None = None


class Diagnosis(Model):
    """The state of an installation. ``problems`` say in words what is wrong and what to do; empty if all is well.

    ``error_rates`` are those of the checker, measured on labelled rows, by policy. ``llm`` is the chat model that
    writes answers, if one is set; ``round_trip`` how it answered, if it was asked.
    """

    versions: dict[str, str]
    encoder: str | None
    checker: str | None
    error_rates: dict[Policy, ErrorRates]
    llm: str | None = None
    round_trip: RoundTrip | None = None
    index: IndexStatus | None
    problems: tuple[str, ...]


def diagnose(settings: Settings, *, llm: bool = False) -> Diagnosis:
    """Look at everything that answering needs, without changing anything.

    Args:
        settings: those in force.
        llm: ask the chat model a question, too; a hosted one may cost something, a file is loaded for it.
    """
    problems: list[str] = []
    encoder, status = None, None
    with Index(settings.home, settings.index) as index:
        try:
            encoder = index.encoder.identity
        except PinciteError as error:
            problems.append(str(error))
        try:
            status = index.status()
            problems += _troubles(status)
        except IndexMissingError as error:
            problems.append(str(error))
        except PinciteError as error:
            problems.append(f"{error} If that does not help: pincite sync --rebuild")
    checker, rates = None, dict[Policy, ErrorRates]()
    try:
        chosen = checker_of(settings.check)
        checker, rates = chosen.identity, dict(chosen.error_rates)
    except PinciteError as error:
        problems.append(str(error))
    round_trip = _asked(settings, problems) if llm else None
    return Diagnosis(
        versions=_versions(),
        encoder=encoder,
        checker=checker,
        error_rates=rates,
        llm=settings.llm,
        round_trip=round_trip,
        index=status,
        problems=tuple(problems),
    )


def render_diagnosis(diagnosis: Diagnosis) -> str:
    """Return a diagnosis as text."""
    lines = [f"{name:22} {number}" for name, number in diagnosis.versions.items()]
    lines.append(f"{'encoder':22} {diagnosis.encoder or 'not loaded'}")
    lines.append(f"{'checker':22} {diagnosis.checker or 'not loaded'}")
    lines += [
        f"{f'  {policy}':22} supported from {rates.threshold:.2f}: false pass {rates.false_pass:.1%}, "
        f"false strip {rates.false_strip:.1%}"
        for policy, rates in diagnosis.error_rates.items()
    ]
    lines.append(f"{'chat model':22} {diagnosis.llm or 'none: answers are sentences of the documents'}")
    if (trip := diagnosis.round_trip) and trip.seconds is not None:
        lines.append(f"{'  replies':22} {trip.reply!r} in {trip.seconds:.1f} s, loaded in {trip.loading_seconds:.1f} s")
    if status := diagnosis.index:
        lines.append(f"{'index':22} {status.home}")
        lines += [f"{'  follows':22} {folder}" for folder in status.folders]
        lines.append(f"{'  documents':22} {status.documents:,} in {status.passages:,} passages")
        lines += [f"{'  not read':22} {failure.document}: {failure.reason}" for failure in status.failed]
    lines += [f"problem: {problem}" for problem in diagnosis.problems] or ["All is well."]
    return "\n".join(lines)


def _asked(settings: Settings, problems: list[str]) -> RoundTrip | None:
    """Ask the chat model one question, in the way in which it writes answers; what goes wrong joins ``problems``."""
    if settings.llm is None:
        problems.append(f"No chat model is set, so there is none to ask. To have one write the answers {_HOW_TO_SET}.")
        return None
    began = time.perf_counter()
    try:
        model = load_chat_model(settings.llm, settings.generation)
    except PinciteError as error:
        problems.append(str(error))
        return None
    loaded = time.perf_counter()
    trip = RoundTrip(loading_seconds=round(loaded - began, 2))
    try:
        reply = " ".join("".join(str(chunk.text) for chunk in model.stream(ROUND_TRIP)).split())
    except Exception as error:
        failure = explain_failure(error)
        problems.append(f"{settings.llm}: {failure} {what_to_do(failure)}")
        return trip
    if not reply:
        problems.append(f"{settings.llm} answers with nothing. If it thinks first: raise generation.most_tokens.")
        return trip
    seconds = round(time.perf_counter() - loaded, 2)
    return trip.model_copy(update={"seconds": seconds, "reply": reply[:_CHARACTERS]})


def _troubles(status: IndexStatus) -> list[str]:
    problems = [status.mismatch] if status.mismatch else []
    if status.to_sweep or not status.passages == status.vectors == status.lexical:
        problems.append(
            f"A sync was interrupted: the catalog has {status.passages} passages, the vector store {status.vectors}, "
            f"the lexical index {status.lexical}. Answers stay right; to finish it run: pincite sync"
        )
    problems += [
        f"The followed folder {folder} does not exist now. To stop following it run: pincite sync --forget {folder}"
        for folder in status.folders
        if not folder.is_dir()
    ]
    return problems


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
