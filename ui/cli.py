"""The command ``pincite``: parses, calls the Python API, prints, and turns errors into exit codes."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant import (
    Filters,
    Turn,
    answer_json,
    record_json,
    record_of,
    render_answer,
    render_hits,
    render_sync,
    sync_json,
    write_atomically,
)
from ui.check import check, verify
from ui.terminal import (
    EXIT_ERROR,
    EXIT_NOT_SUPPORTED,
    Flag,
    Home,
    Json,
    Llm,
    RecordFile,
    busy,
    errors,
    opened,
    progress_bar,
    settings_of,
    show,
)
from ui.watching import answered

app = typer.Typer(
    help="Ask a folder of documents, with every sentence of an answer cited to the exact words and checked.",
    epilog="Exit codes: 0 done, 1 an error (said on standard error), 2 wrong usage, 3 refused, some claim "
    "not supported, or a record that does not stand, where it was asked for (--exit-code, --fail-on, verify).",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 3 if refused.")]
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
    with opened(home, "stopped; the next sync goes on from here") as assistant:
        if forget:
            assistant.forget(forget)
            show({"forgotten": str(forget)} if as_json else f"{forget} is no longer followed.")
            return
        with progress_bar() as report:
            result = assistant.sync(folder, rebuild=rebuild, report=report)
        show(sync_json(result) if as_json else render_sync(result))


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
    llm: Llm = None,
    flag: Flag = None,
    record: RecordFile = None,
    home: Home = None,
    exit_code: ExitCode = False,
    as_json: Json = False,
) -> None:
    """Answer a question from the documents, every sentence cited and checked; or say that they do not answer it."""
    filters = _filters(document, kind, publisher, since, until)
    history = [Turn(question=earlier) for earlier in after or []]
    with opened(home, llm=llm, flag=flag) as assistant:
        answer = answered(assistant, question, history, filters)
        if record:
            write_atomically(record, record_json(record_of(answer, checker=assistant.checker.identity)))
    show(answer_json(answer) if as_json else render_answer(answer))
    if exit_code and answer.refusal:
        raise typer.Exit(EXIT_NOT_SUPPORTED)


app.command()(check)
app.command()(verify)


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
    with opened(home) as assistant:
        hits = assistant.search(query, limit, _filters(document, kind, publisher, since, until))
    show({"hits": [hit.model_dump(mode="json") for hit in hits]} if as_json else render_hits(hits))


@app.command("show")
def show_document(
    document: Annotated[str, typer.Argument(help="Document id, as in citations.")],
    start: Annotated[int, typer.Option(min=0, help="First character.")] = 0,
    end: Annotated[int | None, typer.Option(min=0, help="Character to stop before.", show_default=False)] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print the canonical text of a document, or the characters START to END of it, exactly."""
    with opened(home) as assistant:
        shown = assistant.document(document)
    text = shown.text[start:end]
    if as_json:
        show({**shown.info.model_dump(mode="json"), "start": start, "end": start + len(text), "text": text})
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
    llm: Llm = None,
    flag: Flag = None,
    home: Home = None,
) -> None:
    """Open the web chat."""
    from ui.web import serve

    with opened(home, llm=llm, flag=flag) as assistant:
        web = assistant.settings.web
        serve(
            assistant,
            host=host or web.host,
            port=port or web.port,
            open_browser=browser,
            on_ready=lambda url: typer.echo(f"Pincite is at {url}  (Ctrl-C stops it)"),
        )


@app.command()
def doctor(
    llm: Annotated[bool, typer.Option("--llm", help="Also ask the chat model one question, to see it answer.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Say which versions, models and index are in use, what is wrong, and what to do about it."""
    from assistant import diagnose, render_diagnosis

    with errors(), busy("looking at everything"):
        diagnosis = diagnose(settings_of(home), llm=llm)
    show(diagnosis.model_dump(mode="json") if as_json else render_diagnosis(diagnosis))
    if diagnosis.problems:
        raise typer.Exit(EXIT_ERROR)


def main() -> None:
    """Run the command line."""
    app()


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
