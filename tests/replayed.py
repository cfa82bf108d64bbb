"""A server on loopback that replays what providers send, in their own stream formats, and what goes wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WORDS = ("The bridge", " opens", " in May", " [1].")


def openai(words: tuple[str, ...] = WORDS, **extra: Any) -> bytes:
    """Chat completions: nameless events, the first with the role, the last but one with the reason, then [DONE]."""
    shared = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}, *({"content": word} for word in words)]
    events = [
        {**shared, "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}]}
        for delta in deltas
    ]
    events.append({**shared, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], **extra})
    return b"".join(b"data: %s\n\n" % json.dumps(event).encode() for event in events) + b"data: [DONE]\n\n"


def llama_cpp(words: tuple[str, ...] = WORDS) -> bytes:
    """As OpenAI's, with signs of life between the events, and the last one with how fast it went."""
    timings = {"cache_n": 0, "prompt_n": 32, "prompt_ms": 120.5, "predicted_n": 4, "predicted_per_second": 12.5}
    return b":\n\n" + openai(words, timings=timings, system_fingerprint="b1-x")


def anthropic(words: tuple[str, ...] = WORDS) -> bytes:
    """Messages: named events; a block is opened, filled by deltas and closed; pings anywhere."""
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [], "stop_reason": None}
    used = {"input_tokens": 9, "output_tokens": 1}
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": {**message, "stop_sequence": None, "usage": used}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "ping"},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": w}} for w in words),
        {"type": "content_block_stop", "index": 0},
        {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn", "stop_sequence": None},
            "usage": {"output_tokens": 7},
        },
        {"type": "message_stop"},
    ]
    return b"".join(b"event: %s\ndata: %s\n\n" % (e["type"].encode(), json.dumps(e).encode()) for e in events)


def ollama(words: tuple[str, ...] = WORDS) -> bytes:
    """One object a line, the last one done, with durations in nanoseconds."""
    shared = {"model": "m", "created_at": "2026-01-05T10:00:00.000000Z"}
    lines: list[dict[str, Any]] = [
        {**shared, "message": {"role": "assistant", "content": word}, "done": False} for word in words
    ]
    ended = {"done": True, "done_reason": "stop", "total_duration": 5, "prompt_eval_count": 9, "eval_count": 4}
    lines.append({**shared, "message": {"role": "assistant", "content": ""}, **ended})
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


class Replayed(ThreadingHTTPServer):
    """Answers every request alike. ``cut`` breaks the connection off after the body; ``hangs`` keeps it open."""

    daemon_threads = True

    def __init__(
        self, body: bytes, status: int = 200, kind: str = "", *, cut: bool = False, hangs: bool = False
    ) -> None:
        self.body, self.status, self.kind, self.cut, self.hangs = body, status, kind, cut, hangs
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.released = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: Any) -> None:
        """The asker has gone, which is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Replayed

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(body)))
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.kind or "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        for start in range(0, len(self.server.body), 100):  # cut where it falls, not between events
            self._send(self.server.body[start : start + 100])
        if self.server.hangs:
            self.server.released.wait(20)
        if self.server.cut or self.server.hangs:
            return
        self._send(b"")

    def _send(self, part: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Tests say enough."""


@contextmanager
def replaying(body: bytes, status: int = 200, kind: str = "", **how: bool) -> Iterator[Replayed]:
    """Run a server that replays ``body`` for as long as the block lasts."""
    server = Replayed(body, status, kind, **how)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
