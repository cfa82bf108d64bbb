"""A real browser for the tests that need one, where a Chromium is installed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Quiet: the browser itself must not talk to anybody either.
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
START_SECONDS = 60


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield a running Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield running
        running.close()


@contextmanager
def served(command: Sequence[str | Path], log: Path) -> Iterator[str]:
    """Run ``command`` with this Python until the block ends; yield the address that it prints first.

    What it writes to its standard error goes to ``log``. It must end cleanly at Ctrl-C.
    """
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, *command], stdout=subprocess.PIPE, stderr=errors, env=environment, text=True
        )
        assert process.stdout is not None
        with process, process.stdout:
            try:
                url = re.search(r"http://\S+", process.stdout.readline())
                assert url is not None, log.read_text()
                yield url[0]
            finally:
                process.send_signal(signal.SIGINT)
                try:
                    code = process.wait(timeout=START_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()
                    raise
        assert code == 0, log.read_text()
