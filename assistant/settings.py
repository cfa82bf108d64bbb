"""Settings: defaults, then ``pincite.toml``, then ``PINCITE_*`` variables, then what the caller passes.

    # pincite.toml
    home = ".pincite"

    [index]
    model = "all-MiniLM-L6-v2"

The same option as a variable: ``PINCITE_INDEX__MODEL``. Unknown names and values out of range are refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from assistant.types import Policy
from index import IndexSettings, Model, SettingsError

PREFIX = "PINCITE_"
FILE = "pincite.toml"
DEFAULT_HOME = Path(".pincite")


class AnswerSettings(Model):
    """How questions are answered."""

    passages: int = Field(default=10, ge=1, le=100, description="Passages in which an answer is looked for.")
    sentences: int = Field(default=3, ge=1, le=10, description="Most sentences in an extractive answer.")
    question_characters: int = Field(default=2000, ge=100, le=100_000, description="Longest question accepted.")


class CheckSettings(Model):
    """How claims are checked."""

    verifier: str = Field(
        default="bundled",
        min_length=1,
        description="bundled, none, the name or path of a CrossEncoder for inference, or chat:PROVIDER:MODEL.",
    )
    policy: Policy = Field(default=Policy.BALANCED, description="strict, balanced or lenient.")
    weights: Path | None = Field(default=None, description="Weights made for the verifier; default: the bundled ones.")


class GenerationSettings(Model):
    """How a chat model writes answers, where ``llm`` names one."""

    base_url: str | None = Field(default=None, min_length=1, description="Address of an OpenAI-compatible server.")
    timeout_seconds: float = Field(default=60, gt=0, le=3600, description="Longest wait for the model's next words.")
    most_tokens: int = Field(default=800, ge=50, le=32_000, description="Longest answer, in tokens.")
    sentences: int = Field(default=12, ge=1, le=100, description="Source sentences that the model is given.")
    unsupported: Literal["strict", "flag"] = Field(
        default="strict", description="What the documents do not bear out is left out (strict) or marked (flag)."
    )


class WebSettings(Model):
    """Where the web chat listens."""

    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on; loopback by default.")
    port: int | None = Field(default=None, ge=1, le=65535, description="Port; 7860 or the next free one by default.")


class Settings(Model):
    """All settings. ``home`` is the folder that holds the index."""

    home: Path = Field(default=DEFAULT_HOME, description="Folder of the index.")
    index: IndexSettings = IndexSettings()
    answer: AnswerSettings = AnswerSettings()
    check: CheckSettings = CheckSettings()
    llm: str | None = Field(
        default=None,
        min_length=1,
        description="Chat model that writes answers: PROVIDER:MODEL or gguf:FILE; none by default.",
    )
    generation: GenerationSettings = GenerationSettings()
    web: WebSettings = WebSettings()


def load_settings(environment: Mapping[str, str], file: Path = Path(FILE), **given: Any) -> Settings:
    """Return the settings from ``file`` (where it exists), ``environment`` and ``given``, the later ones first.

    ``given`` values of None are left out.

    Raises:
        SettingsError: a name is unknown, a value is out of its range, or the file is not TOML.
    """
    values: dict[str, Any] = _from_file(file)
    for name, value in environment.items():
        if name.startswith(PREFIX):
            _put(values, name.removeprefix(PREFIX).lower().split("__"), value, name)
    values.update({name: value for name, value in given.items() if value is not None})
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_explained(error)) from error


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{file} cannot be read as TOML: {error}") from error


def _put(values: dict[str, Any], path: list[str], value: str, name: str) -> None:
    *sections, last = path
    for section in sections:
        values = values.setdefault(section, {})
        if not isinstance(values, dict):
            raise SettingsError(f"{name}: {section!r} is a value, not a section")
    values[last] = value


def _explained(error: ValidationError) -> str:
    lines = []
    for problem in error.errors():
        where = ".".join(map(str, problem["loc"]))
        if problem["type"] == "extra_forbidden":
            known = ", ".join(_known(problem["loc"][:-1]))
            lines.append(f"unknown setting {where!r}; known here: {known}")
        else:
            lines.append(f"{where} = {problem['input']!r}: {problem['msg']}")
    return "Settings: " + "; ".join(lines)


def _known(section: tuple[int | str, ...]) -> list[str]:
    fields = Settings.model_fields
    for name in section:
        model = fields[str(name)].annotation
        if not (isinstance(model, type) and issubclass(model, Model)):
            break
        fields = model.model_fields
    return sorted(fields)
