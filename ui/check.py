"""The commands that check: ``pincite check`` for a text or for rows of pairs, ``pincite verify`` for a record."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, TextIO

import typer

from assistant import (
    FailOn,
    NamedJudge,
    PinciteError,
    Policy,
    Report,
    atomically,
    byte_lines,
    failing,
    judge_rows,
    read_record,
    record_json,
    record_of,
    render_report,
    render_verification,
    report_json,
    write_atomically,
)
from assistant import verify as verify_record
from ui.terminal import (
    EXIT_ERROR,
    EXIT_NOT_SUPPORTED,
    Home,
    Json,
    RecordFile,
    as_json_text,
    busy,
    opened,
    read_text,
    show,
)

if TYPE_CHECKING:
    from assistant import ErrorRates


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    JUNIT = "junit"


_GATE = (
    "Exit with 3 at a claim that is: contradicted: contradicted only; unsupported: that, or not supported, without a "
    "source, or with a marker that points at nothing; partly: anything but supported. Default: never. It also says "
    "what is a failure in JUnit XML, which without it follows unsupported."
)

File = Annotated[str | None, typer.Argument(help="Text to check: a file, or - for standard input.", show_default=False)]
Against = Annotated[
    list[str] | None,
    typer.Option(help="Only against this document: an id of the index, or a file or folder; may be repeated."),
]
Document = Annotated[list[str] | None, typer.Option("--document", hidden=True)]
HowSure = Annotated[
    Policy | None,
    typer.Option(
        help="How sure the checker must be to call a claim supported. Default: that of the settings, balanced.",
        show_default=False,
    ),
]
How = Annotated[Format, typer.Option("--format", help="How to write the report.")]
Output = Annotated[Path | None, typer.Option(help="Write to this file instead of standard output.", show_default=False)]
Gate = Annotated[FailOn | None, typer.Option(help=_GATE, show_default=False)]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="The same as --fail-on partly.")]
Explain = Annotated[
    bool, typer.Option("--explain", help="Add scores, places and departures, and how often each policy errs.")
]
Pairs = Annotated[
    str | None,
    typer.Option(
        help='JSON Lines, {"claim", "source"} each, plain or gzipped, or -: print one verdict a row, in order; '
        "no index is needed.",
        show_default=False,
    ),
]


def check(
    file: File = None,
    against: Against = None,
    document: Document = None,
    policy: HowSure = None,
    how: How = Format.TEXT,
    as_json: Json = False,
    output: Output = None,
    fail_on: Gate = None,
    exit_code: ExitCode = False,
    explain: Explain = False,
    record: RecordFile = None,
    pairs: Pairs = None,
    home: Home = None,
) -> None:
    """Check a text, sentence by sentence, against the documents.

    Markers such as [1] are read with the list of sources at the end of the text, as ``pincite ask`` prints it. A text
    without markers is checked against the best words that the documents hold.
    """
    if (file is None) == (pairs is None):
        raise typer.BadParameter("name a text to check, or --pairs FILE; one of the two")
    if pairs is not None:
        _only_with_a_text(against, document, how is not Format.TEXT, fail_on, exit_code, explain, record)
        _check_pairs(pairs, policy, output, home)
        return
    gate = FailOn.PARTLY if exit_code and fail_on is None else fail_on
    sources = [*(against or ()), *(document or ())]
    with opened(home) as assistant:
        text = read_text(file or "-")
        with busy("checking"):
            report = assistant.check(text, against=sources, policy=policy)
        if record:
            write_atomically(record, record_json(record_of(report)))
        rates = assistant.checker.error_rates if explain else None
        written = _written(report, Format.JSON if as_json else how, _title(file), gate, rates)
        write_atomically(output, written) if output else show(written.removesuffix("\n"))
    if failing(report, gate or FailOn.NEVER):
        raise typer.Exit(EXIT_NOT_SUPPORTED)


def verify(
    file: Annotated[Path, typer.Argument(help="A record that check or ask has written.", show_default=False)],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Check a record again: which sources were edited, which quotes moved or are gone, which verdicts differ.

    Exits with 0 if all stands as recorded, with 3 if something has changed.
    """
    with opened(home) as assistant:
        found = read_record(file)
        with busy("verifying"):
            checker = assistant.checker.under(found.policy)
            result = verify_record(found, assistant, NamedJudge(checker.identity, checker.judge_many))
    show({**result.model_dump(mode="json"), "stands": result.stands} if as_json else render_verification(result))
    if not result.stands:
        raise typer.Exit(EXIT_NOT_SUPPORTED)


def _title(file: str | None) -> str:
    return "standard input" if file in (None, "-") else Path(str(file)).name


def _written(
    report: Report, how: Format, title: str, gate: FailOn | None, rates: Mapping[Policy, ErrorRates] | None
) -> str:
    """The report in the form that was asked for."""
    from assistant import render_html, render_junit, render_markdown

    if how is Format.JSON:
        return as_json_text(report_json(report)) + "\n"
    if how is Format.MARKDOWN:
        return render_markdown(report, title)
    if how is Format.HTML:
        return render_html(report, title)
    if how is Format.JUNIT:
        return render_junit(report, gate or FailOn.UNSUPPORTED, title)
    return render_report(report, explain=rates is not None, rates=rates) + "\n"


def _only_with_a_text(*options: object) -> None:
    if any(options):
        raise typer.BadParameter("--pairs goes with --policy, --output and --json only")


def _check_pairs(pairs: str, policy: Policy | None, output: Path | None, home: Path | None) -> None:
    """Print one verdict a row; rows that are none are told in their place, and by the exit code at the end."""
    with opened(home) as assistant, _lines(pairs) as lines, _target(output) as target:
        checker = assistant.checker.under(policy or assistant.settings.check.policy)
        wrong = sum(_row_written(row, target) for row in judge_rows(lines, checker.judge_many))
    if wrong:
        typer.echo(f"pincite: {wrong} {'row' if wrong == 1 else 'rows'} could not be judged", err=True)
        raise typer.Exit(EXIT_ERROR)


def _row_written(row: dict[str, Any], target: TextIO) -> bool:
    """Write a result at once, for whoever reads on; return whether it tells of an error."""
    target.write(json.dumps(row, ensure_ascii=False) + "\n")
    target.flush()
    return "error" in row


@contextmanager
def _lines(file: str) -> Iterator[Iterable[bytes]]:
    if file == "-":
        yield byte_lines(_binary(sys.stdin), "standard input")
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise PinciteError(f"{file} cannot be read: {error.strerror or error}") from error
    with stream:
        yield byte_lines(stream, file)


def _binary(stream: TextIO) -> IO[bytes]:
    return stream.buffer


@contextmanager
def _target(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with atomically(output) as file:
        yield file
