"""An answer on the terminal while it is made: sentences as they are checked, and dimly the one being written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant import LABELS, SYMBOLS, Answer, Event, Filters, PinciteError, Turn, Verdict, printable
from ui.progress import Progress, after, closed_at_the_end

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    from assistant import Assistant


def answered(assistant: Assistant, question: str, history: Sequence[Turn], filters: Filters) -> Answer:
    """Return the answer to a question; where a model writes it, it is watched on standard error."""
    if assistant.model is None:
        return assistant.ask(question, history, filters)
    from rich.console import Console

    return watched(assistant.stream(question, history, filters), Console(stderr=True))


def watched(events: Iterator[Event], console: Console) -> Answer:
    """Return the answer at the end of ``events``; until then show it on ``console``, where that is a terminal.

    What is shown goes away when the answer is there, to be printed as a whole; interrupted, what was checked stays.
    The notice is said in any case.
    """
    said: set[str] = set()
    progress = Progress()
    with closed_at_the_end(events), _view(console) as view:
        try:
            for event in events:
                progress = after(progress, event)
                news = {progress.notice} - {None, *said}
                view.update(seen(progress), refresh=bool(news))  # what is void is gone before the notice is there
                for notice in filter(None, news):
                    said.add(notice)
                    console.print(printable(notice), style="dim", markup=False, highlight=False, soft_wrap=True)
        except KeyboardInterrupt:
            view.transient = False
            view.update(seen(progress._replace(draft="")))
            raise
    if progress.answer is None:
        raise PinciteError("the answer was cut off")
    return progress.answer


def _view(console: Console) -> Live:
    from rich.live import Live

    shown = console.is_terminal
    return Live(seen(Progress()), console=console, transient=True, redirect_stdout=False, auto_refresh=shown)


def seen(progress: Progress) -> Text:
    """Return what is shown of an answer so far."""
    from rich.text import Text

    text, cursor = Text(), 0
    for claim in progress.claims:
        text.append(printable(progress.text[cursor : claim.end]))
        if claim.verdict is not Verdict.SUPPORTED:
            text.append(f" {SYMBOLS[claim.verdict]} {LABELS[claim.verdict].lower()}", style="bold")
        cursor = claim.end
    if progress.draft:
        text.append((" " if cursor else "") + printable(progress.draft), style="dim")
    if not text:
        text.append("reading the documents", style="dim")
    if progress.withheld:
        text.append(f"\n{len(progress.withheld)} left out: not borne out by the documents", style="dim")
    return text
