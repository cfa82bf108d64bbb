"""What ``pincite doctor`` tells: versions, models and hashes, the state of the index, and what to do about problems."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from assistant.checking import checker_of
from assistant.settings import Settings
from assistant.types import Policy
from assistant.weighing import ErrorRates
from index import Index, IndexMissingError, IndexStatus, Model, PinciteError

_PACKAGES = ("pincite", "chromadb", "tantivy", "torch", "sentence-transformers", "langchain-core", "gradio")


class Diagnosis(Model):
    """The state of an installation. ``problems`` say in words what is wrong and what to do; empty if all is well.

    ``error_rates`` are those of the checker, measured on labelled rows, by policy.
    """

    versions: dict[str, str]
    encoder: str | None
    checker: str | None
    error_rates: dict[Policy, ErrorRates]
    index: IndexStatus | None
    problems: tuple[str, ...]


def diagnose(settings: Settings) -> Diagnosis:
    """Look at everything that answering needs, without changing anything."""
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
    return Diagnosis(
        versions=_versions(),
        encoder=encoder,
        checker=checker,
        error_rates=rates,
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
    if status := diagnosis.index:
        lines.append(f"{'index':22} {status.home}")
        lines += [f"{'  follows':22} {folder}" for folder in status.folders]
        lines.append(f"{'  documents':22} {status.documents:,} in {status.passages:,} passages")
        lines += [f"{'  not read':22} {failure.document}: {failure.reason}" for failure in status.failed]
    lines += [f"problem: {problem}" for problem in diagnosis.problems] or ["All is well."]
    return "\n".join(lines)


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
