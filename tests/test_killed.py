"""A sync that is killed at any moment leaves an index that opens, answers, and is completed by the next sync.

KILL_TEST_FOLDER names another folder of files to try it on; KILL_TEST_REAL=1 does it with the real encoder.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import CORPUS, content

from index import Index, IndexMissingError
from index.testing import HashingEncoder

KILLS = 20
FOLDER = Path(os.environ.get("KILL_TEST_FOLDER", CORPUS))
REAL = os.environ.get("KILL_TEST_REAL") == "1"

CHILD = """
import sys
from pathlib import Path
import chromadb, tantivy
import index.sync
from index import Index
from index.testing import HashingEncoder
index.sync.BATCH_PASSAGES = int(sys.argv[4])
with Index(Path(sys.argv[1]), encoder=None if sys.argv[3] == "real" else HashingEncoder()) as opened:
    opened.encoder
    print("ready", flush=True)
    opened.sync(Path(sys.argv[2]))
"""


def start_sync(home: Path) -> subprocess.Popen[str]:
    """Start a sync in a process of its own that commits often, and wait until it begins its work."""
    command = [sys.executable, "-c", CHILD, str(home), str(FOLDER), "real" if REAL else "fake", "64" if REAL else "8"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    with process.stdout as told:
        assert told.readline() == "ready\n"
    return process


def open_here(home: Path) -> Index:
    return Index(home, encoder=None if REAL else HashingEncoder())


@pytest.mark.timeout(3600 if REAL else 300)
def test_killed_at_random_moments(tmp_path: Path) -> None:
    process = start_sync(tmp_path / "clean")
    started = time.monotonic()
    assert process.wait() == 0
    seconds = time.monotonic() - started
    with open_here(tmp_path / "clean") as index:
        clean = content(index)
    partial = 0
    for number in range(KILLS):
        home = tmp_path / f"home-{number}"
        process = start_sync(home)
        # One moment in each twentieth of the time that a sync takes, so that none of its parts is left out.
        time.sleep(seconds * (number + random.random()) / KILLS)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with open_here(home) as index:
            try:
                known = {info.id for info in index.documents()}
                partial += 0 < len(known) < len(clean)
                for hit in index.search("who visits Albania", 5):
                    assert hit.passage.document in known
                    assert hit.passage.span.of(index.document(hit.passage.document).text) == hit.passage.text
            except IndexMissingError:
                pass  # killed before anything was committed
            index.sync(FOLDER)
            assert content(index) == clean
    assert partial >= KILLS // 10, "the kills did not hit a sync at work"
