"""The command ``pincite``: parses, calls the Python API, prints, and turns errors into exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import (
    Filters,
    PinciteError,
    Progress,
    Settings,
    Turn,
    Verdict,
    answer_json,
    load_settings,
    render_answer,
    render_hits,
    render_report,
    render_sync,
    report_json,
    sync_json,
)

if TYPE_CHECKING:
    from assistant import Assistant

EXIT_ERROR, EXIT_NOT_SUPPORTED = 1, 3  # 2, for wrong usage, is typer's own

app = typer.Typer(
    help="Ask a folder of documents, with every sentence of an answer cited to the exact words and checked.",
    epilog="Exit codes: 0 done, 1 an error (said on standard error), 2 wrong usage, 3 with --exit-code: refused, or "
    "some claim is not supported.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Home = Annotated[
    Path | None, typer.Option(help="Folder of the index. Default: .pincite here, or PINCITE_HOME.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, in the form that the README documents.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 3 if refused, or if a claim is not supported.")]
Documents = Annotated[list[str] | None, typer.Option("--document", help="Only this document; may be repeated.")]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="Only this kind, e.g. official; may be repeated.")]
Publishers = Annotated[list[str] | None, typer.Option("--publisher", help="Only this publisher; may be repeated.")]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only documents from this day on.")]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only documents up to this day.")]


@app.command()
def sync(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder to follow. Default: all followed folders.", show_default=False)
    ] = None,
    rebuild: Annotated[bool, typer.Option(help="Throw the index away and build it again.")] = False,
    forget: Annotated[
        Path | None, typer.Option(help="Stop following this folder, and remove its documents.", show_default=False)
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Bring the index up to date with a folder: what is new, changed or gone there.

    Files that cannot be read are named with the reason; the rest is indexed. A second run does only what is needed.
    """
    with _opened(home) as assistant:
        if forget:
            assistant.forget(forget)
            _print({"forgotten": str(forget)} if as_json else f"{forget} is no longer followed.")
            return
        with _progress_bar() as report:
            result = assistant.sync(folder, rebuild=rebuild, report=report)
        _print(sync_json(result) if as_json else render_sync(result))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    after: Annotated[
        list[str] | None, typer.Option(help="A question asked before, for follow-ups; may be repeated, oldest first.")
    ] = None,
    document: Documents = None,
    kind: Kinds = None,
    publisher: Publishers = None,
    since: Since = None,
    until: Until = None,
    home: Home = None,
    exit_code: ExitCode = False,
    as_json: Json = False,
) -> None:
    """Answer a question from the documents, every sentence cited and checked; or say that they do not answer it."""
    filters = _filters(document, kind, publisher, since, until)
    history = [Turn(question=earlier) for earlier in after or []]
    with _opened(home) as assistant:
        answer = assistant.ask(question, history, filters)
    _print(answer_json(answer) if as_json else render_answer(answer))
    if exit_code and answer.refusal:
        raise typer.Exit(EXIT_NOT_SUPPORTED)


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="Text to check: a file, or - for standard input.")],
    document: Documents = None,
    home: Home = None,
    exit_code: ExitCode = False,
    as_json: Json = False,
) -> None:
    """Check a text, sentence by sentence, against the documents.

    Markers such as [1] are read with the list of sources at the end of the text, as ``pincite ask`` prints it. A text
    without markers is checked against the best words that the documents hold.
    """
    text = _read(file)
    with _opened(home) as assistant:
        report = assistant.check(text, documents=document or ())
    _print(report_json(report) if as_json else render_report(report))
    if exit_code and any(claim.verdict is not Verdict.SUPPORTED for claim in report.claims):
        raise typer.Exit(EXIT_NOT_SUPPORTED)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most passages to show.")] = 10,
    document: Documents = None,
    kind: Kinds = None,
    publisher: Publishers = None,
    since: Since = None,
    until: Until = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show the passages nearest to a query, with their places; nothing is answered or checked."""
    with _opened(home) as assistant:
        hits = assistant.search(query, limit, _filters(document, kind, publisher, since, until))
    _print({"hits": [hit.model_dump(mode="json") for hit in hits]} if as_json else render_hits(hits))


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="Document id, as in citations.")],
    start: Annotated[int, typer.Option(min=0, help="First character.")] = 0,
    end: Annotated[int | None, typer.Option(min=0, help="Character to stop before.", show_default=False)] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print the canonical text of a document, or the characters START to END of it, exactly."""
    with _opened(home) as assistant:
        shown = assistant.document(document)
    text = shown.text[start:end]
    if as_json:
        _print({**shown.info.model_dump(mode="json"), "start": start, "end": start + len(text), "text": text})
    else:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


@app.command()
def chat(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on. Default: 127.0.0.1.", show_default=False)
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Default: 7860, or the next free one.", show_default=False)
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    home: Home = None,
) -> None:
    """Open the web chat."""
    from ui.web import serve

    with _opened(home) as assistant:
        web = _settings(home).web
        serve(
            assistant,
            host=host or web.host,
            port=port or web.port,
            open_browser=browser,
            on_ready=lambda url: typer.echo(f"Pincite is at {url}  (Ctrl-C stops it)"),
        )


@app.command()
def doctor(home: Home = None, as_json: Json = False) -> None:
    """Say which versions, models and index are in use, what is wrong, and what to do about it."""
    from assistant import diagnose, render_diagnosis

    with _errors():
        diagnosis = diagnose(_settings(home))
    _print(diagnosis.model_dump(mode="json") if as_json else render_diagnosis(diagnosis))
    if diagnosis.problems:
        raise typer.Exit(EXIT_ERROR)


def main() -> None:
    """Run the command line."""
    app()


def _settings(home: Path | None) -> Settings:
    return load_settings(os.environ, home=home)


@contextmanager
def _opened(home: Path | None) -> Iterator[Assistant]:
    from assistant import Assistant  # loads numpy, which --help can do without

    with _errors(), Assistant.open(settings=_settings(home)) as assistant:
        yield assistant


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except PinciteError as error:
        typer.echo(f"pincite: {error}", err=True)
        raise typer.Exit(EXIT_ERROR) from error
    except KeyboardInterrupt as error:
        typer.echo("pincite: stopped; the next sync goes on from here", err=True)
        raise typer.Exit(EXIT_ERROR) from error


@contextmanager
def _progress_bar() -> Iterator[Any]:
    """A bar on standard error; where that is no terminal, nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    console = Console(stderr=True)
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("looking for changes", total=None)

        def report(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total, description=progress.doing)

        yield report


def _filters(
    documents: list[str] | None,
    kinds: list[str] | None,
    publishers: list[str] | None,
    since: datetime | None,
    until: datetime | None,
) -> Filters:
    return Filters(
        documents=tuple(documents or ()),
        kinds=tuple(kinds or ()),
        publishers=tuple(publishers or ()),
        since=since.date() if since else None,
        until=until.date() if until else None,
    )


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"pincite: {file} cannot be read: {error}", err=True)
        raise typer.Exit(EXIT_ERROR) from error


def _print(result: str | dict[str, Any]) -> None:
    typer.echo(result if isinstance(result, str) else json.dumps(result, ensure_ascii=False, indent=2))
