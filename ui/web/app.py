"""The web chat as a Gradio app: one component with the page's own markup and script, its events wired to handlers."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.web.handlers import Answering, History, examples, open_document, respond, welcome

if TYPE_CHECKING:
    import gradio as gr

# No ``from __future__ import annotations`` here: Gradio looks for its EventData among the annotations of a handler at
# run time, and gradio is a name inside build_app only, because importing it takes 3 seconds.

_HERE = Path(__file__).parent

ANSWERING_AT_ONCE = 2
"""Questions answered at the same time; the encoder uses every core, so more would only make each slower."""

WAITING = 64
"""Questions that may wait; a later visitor is told that the server is busy."""


def build_app(assistant: Answering) -> "gr.Blocks":
    """Return the chat over ``assistant`` as a Gradio app, to be served by :func:`ui.web.serve` or mounted elsewhere."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # before the import, so that nothing of it ever reports
    import gradio as gr

    def ask(event: gr.EventData, history: History) -> Iterator[tuple[object, History]]:
        with closing(respond(assistant, event._data, history)) as patches:  # Gradio closes this one at Stop
            for patch, said in patches:
                yield patch.model_dump(mode="json"), said

    def clear() -> History:
        return ()

    def fill(_: object = None) -> dict[str, str]:
        return welcome(assistant)

    def suggest(_: object = None) -> dict[str, str]:
        return examples(assistant)

    def read(request: object) -> dict[str, str]:
        return open_document(assistant, request)

    blocks = gr.Blocks(title="Pincite", analytics_enabled=False, fill_width=True)
    with blocks:
        history = gr.State(())
        page = gr.HTML(
            html_template=_read("page.html"),
            js_on_load=_read("sources.js") + _read("page.js"),
            head=f"<style>{_read('style.css')}</style>",
            apply_default_css=False,
            server_functions=[fill, suggest, read],
            max_question=assistant.settings.answer.question_characters,
        )
        hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asked = page.ask(
            ask,
            [history],
            [page, history],
            concurrency_limit=ANSWERING_AT_ONCE,
            trigger_mode="multiple",  # a stopped question may still be ending when the next one is asked
            **hidden,
        )
        asked.then(fn=None, js="() => { document.dispatchEvent(new CustomEvent('pincite:settled')) }", **hidden)
        page.stop(fn=None, cancels=[asked], **hidden)
        page.clear(clear, None, [history], **hidden)
    blocks.queue(default_concurrency_limit=ANSWERING_AT_ONCE, max_size=WAITING, api_open=False)
    return blocks


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
