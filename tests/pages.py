"""The chat's page in a browser: opened and watched, and a question asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

ANSWER_MILLISECONDS = 60_000  # the first answer loads the encoder while examples are tried beside it


def watched(page: Page, url: str) -> Iterator[Page]:
    """Open ``url`` and yield the page; after that, no request has left this machine and no script has failed."""
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: requests.append(socket.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(url)
    expect(page.locator(".pc-footer")).to_contain_text("documents")
    yield page
    page.close()
    hosts = {urlsplit(request).hostname for request in requests if not request.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}
    assert errors == []


def send(page: Page, question: str) -> None:
    """Type a question and send it with Enter."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def ask(page: Page, question: str) -> None:
    """Type a question, send it with Enter, and wait for the end of its answer."""
    done = page.locator(".pc-turn:not(.pc-working)").count()
    send(page, question)
    expect(page.locator(".pc-turn:not(.pc-working)")).to_have_count(done + 1, timeout=ANSWER_MILLISECONDS)
