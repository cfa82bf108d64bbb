"""Serve the web chat: a free port, a page that talks to this machine only, a clean end at Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import PinciteError
from ui.web.app import build_app
from ui.web.handlers import Answering

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FIRST_PORT = 7860
PORTS_TRIED = 51
GRACE = 2
"""Seconds that open connections are given to finish when the server stops."""

HEADERS = {
    # Gradio's own scripts are inline and build functions from templates, hence the two "unsafe"; no directive names
    # another machine, so whatever a document smuggled into the page could neither load nor send anything.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class PortInUseError(PinciteError):
    """The port to serve on is taken, or may not be opened."""


def serve(
    assistant: Answering,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    open_browser: bool = False,
    on_ready: Callable[[str], None],
) -> None:
    """Serve the chat until Ctrl-C.

    Args:
        assistant: What answers; it is not closed here.
        host: The address to listen on. The default can be reached from this machine only.
        port: The port; 0 for any free one; None for 7860 or the next free one of the fifty after it.
        open_browser: Whether to open the page in the reader's browser.
        on_ready: Called with the page's URL once it can be opened.

    Raises:
        PortInUseError: The port given is taken, or none of those tried is free.
    """
    listener = listen_on(host, port)
    import uvicorn  # after the port is known to be free: with gradio it takes 3 seconds to import

    url = _url(host, listener.getsockname()[1])

    def ready() -> None:
        on_ready(url)
        if open_browser and _has_screen():
            # In a thread: some browsers' starters return only when the browser is closed.
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    app = build_server(build_app(assistant), ready)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE)
    with contextlib.closing(listener), contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def build_server(blocks: gr.Blocks, ready: Callable[[], None] = lambda: None) -> FastAPI:
    """Return a FastAPI application with the chat at its root; ``ready`` is called when it has started."""
    import gradio as gr
    from fastapi import FastAPI

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        ready()
        yield

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(_Headers)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        favicon_path=str(Path(__file__).parent / "icon.svg"),
        theme=_theme(),
    )
    return mounted


def _has_screen() -> bool:
    """Without one, Python would open a text browser in the terminal that the server writes to."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _theme() -> gr.Theme:
    """Return a theme of fonts that every system has; Gradio's default would fetch its own."""
    from gradio.themes import Base

    sans = ("ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica", "Arial", "sans-serif")
    theme = Base(font=sans, font_mono=("ui-monospace", "SFMono-Regular", "Consolas", "monospace"))
    return theme.set(body_background_fill="#faf9f7", body_background_fill_dark="#171716")


class _Headers:
    """Adds :data:`HEADERS` to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", []), *extra]}
            await send(message)

        await self._app(scope, receive, with_headers)


def listen_on(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens on ``port`` of ``host``; see :func:`serve` for None and for errors."""
    ports = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port is None else (port,)
    reason: OSError | None = None
    for number in ports:
        try:
            return _bound(host, number)
        except OSError as error:
            reason = error
    if port is None:
        raise PortInUseError(
            f"No port from {ports[0]} to {ports[-1]} is free on {host}; give one with --port."
        ) from reason
    raise PortInUseError(
        f"Cannot listen on {host}, port {port}: {reason}. Give another --port, or none to use the next free one."
    ) from reason


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere this option would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _url(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"
