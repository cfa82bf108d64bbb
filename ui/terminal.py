"""What the commands share: options, opening the index, reading and printing, and errors as exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import PinciteError, Progress, Settings, load_settings, printable

if TYPE_CHECKING:
    from assistant import Assistant

EXIT_ERROR, EXIT_NOT_SUPPORTED = 1, 3  # 2, for wrong usage, is typer's own

Home = Annotated[
    Path | None, typer.Option(help="Folder of the index. Default: .pincite here, or PINCITE_HOME.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, in the form that the README documents.")]
RecordFile = Annotated[
    Path | None,
    typer.Option("--record", help="Also write a record to this file, for pincite verify.", show_default=False),
]
Llm = Annotated[
    str | None,
    typer.Option(
        help="Chat model that writes the answer, e.g. ollama:qwen3, openai:gpt-5 or gguf:FILE; none for the "
        "documents' own sentences. Default: that of the settings, none.",
        show_default=False,
    ),
]
Flag = Annotated[
    bool | None,
    typer.Option(
        "--flag/--strict",
        help="Mark what the model writes and the documents do not bear out, or leave it out. Default: that of the "
        "settings, strict.",
        show_default=False,
    ),
]

_NO_LLM = "none"


def settings_of(home: Path | None, llm: str | None = None, flag: bool | None = None) -> Settings:
    """Return the settings in force, read from the environment and ``pincite.toml``, then as the options say."""
    settings = load_settings(os.environ, home=home, llm=llm)
    if llm == _NO_LLM:
        settings = settings.model_copy(update={"llm": None})
    if flag is None:
        return settings
    generation = settings.generation.model_copy(update={"unsupported": "flag" if flag else "strict"})
    return settings.model_copy(update={"generation": generation})


@contextmanager
def opened(
    home: Path | None, interrupted: str = "stopped", *, llm: str | None = None, flag: bool | None = None
) -> Iterator[Assistant]:
    """Yield the assistant of a home; what goes wrong is said on standard error, and ends the command."""
    from assistant import Assistant  # loads numpy, which --help can do without

    with errors(interrupted), Assistant.open(settings=settings_of(home, llm, flag)) as assistant:
        yield assistant


@contextmanager
def errors(interrupted: str = "stopped") -> Iterator[None]:
    """Turn errors into a message and an exit code; ``interrupted`` is what is said after Ctrl-C."""
    try:
        yield
    except PinciteError as error:
        typer.echo(printable(f"pincite: {error}"), err=True)
        raise typer.Exit(EXIT_ERROR) from error
    except KeyboardInterrupt as error:
        typer.echo(f"pincite: {interrupted}", err=True)
        raise typer.Exit(EXIT_ERROR) from error


@contextmanager
def progress_bar() -> Iterator[Any]:
    """A bar on standard error; where that is no terminal, nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    console = Console(stderr=True)
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("looking for changes", total=None)

        def report(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total, description=printable(progress.doing))

        yield report


@contextmanager
def busy(doing: str) -> Iterator[None]:
    """Say on standard error what is being done, while it is; where that is no terminal, nothing."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(doing):
        yield


def read_text(file: str) -> str:
    """Return the text of a file, or of standard input for ``-``."""
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PinciteError(f"{file} cannot be read: {error}") from error


def show(result: str | dict[str, Any]) -> None:
    """Print a text, or an object as JSON."""
    text = result if isinstance(result, str) else as_json_text(result)
    typer.echo(printable(text) if sys.stdout.isatty() else text)


def as_json_text(result: dict[str, Any]) -> str:
    """Return an object as JSON for people and programs."""
    return json.dumps(result, ensure_ascii=False, indent=2)
