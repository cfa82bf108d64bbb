"""A GGUF file served by llama.cpp on loopback, for as long as this process lives.

llama.cpp (the package ``xllamacpp``) runs in a child process of its own. In this process it would hold the interpreter
while a model loads (2 to 25 seconds for one of 1.1 GB on two cores, by what else they did), stopping it in mid-answer
took 30 to 94 seconds and looked like the answer's end, and a fault in it would end Pincite. The child is given its key
and its file through standard input, and ends when that closes, whatever becomes of this process.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from index import ModelLoadError

HOST = "127.0.0.1"
_MAGIC = b"GGUF"
_BATCH = 256  # tokens read between two looks at whether the asker is still there; by judgement
_CACHE_MIB = 256  # for prompts read before; by judgement, llama.cpp would take up to 8 GiB
_LOAD_SECONDS = 600.0  # longest wait for a model to be loaded, by judgement
_STOP_SECONDS = 5.0
# -P: a module of the same name in the current folder, which may be one of documents, is not run.
_COMMAND = (sys.executable, "-P", "-m", "assistant.gguf")


class Server(NamedTuple):
    """A running server: its address up to ``/v1``, the key that it asks for, and its process."""

    url: str
    key: str
    context: int
    process: subprocess.Popen[str]

    def __repr__(self) -> str:
        return f"Server({self.url!r})"


_servers: dict[Path, Server] = {}
_children: set[subprocess.Popen[str]] = set()  # those that are loading, too
_lock = threading.Lock()


def served(file: Path, context: int) -> Server:
    """Return the server of a file, started if none is running or its context is shorter than ``context`` tokens.

    Raises:
        ModelLoadError: the file is missing or no GGUF model, the package is not installed, or llama.cpp cannot load it.
    """
    file = _looked_at(file)
    with _lock:
        running = _servers.get(file)
        if running and running.process.poll() is None and running.context >= context:
            return running
        if running:
            _end(_servers.pop(file).process)
        _servers[file] = _started(file, context)
        return _servers[file]


def stop_servers() -> None:
    """End every server at once, while it loads or answers, too. The next use starts it again."""
    for process in list(_children):
        process.kill()  # whoever waits for it to load lets the lock go
    with _lock:
        while _servers:
            _end(_servers.popitem()[1].process)


def _looked_at(file: Path) -> Path:
    file = file.expanduser().absolute()
    try:
        with file.open("rb") as opened:
            magic = opened.read(len(_MAGIC))
    except OSError as error:
        raise ModelLoadError(f"The model file {file} cannot be read: {error.strerror}") from error
    if magic != _MAGIC:
        raise ModelLoadError(f"{file} is not a GGUF file: it does not begin with the letters GGUF")
    if find_spec("xllamacpp") is None:
        raise ModelLoadError("gguf: needs a package that is not installed: pip install 'pincite[local-llm]'")
    return file


def _started(file: Path, context: int) -> Server:
    key = secrets.token_urlsafe(24)
    process = subprocess.Popen(
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        start_new_session=True,  # Ctrl-C is for this process; the child ends with it
    )
    _children.add(process)
    too_long = threading.Timer(_LOAD_SECONDS, process.kill)
    too_long.start()
    try:
        told = _told(process, {"file": str(file), "context": context, "threads": _cores(), "key": key})
    except BaseException:  # Ctrl-C, say
        _end(process)
        raise
    finally:
        too_long.cancel()
    if "url" not in told:
        _end(process)
        raise ModelLoadError(f"llama.cpp cannot load {file}: {told.get('error') or 'it ended without a word'}")
    return Server(f"{told['url']}/v1", key, context, process)


def _told(process: subprocess.Popen[str], wanted: dict[str, Any]) -> dict[str, str]:
    """Say what is wanted, and return what the child says of it: the address, or the error."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(json.dumps(wanted) + "\n")
        process.stdin.flush()
        found: dict[str, str] = json.loads(process.stdout.readline())
        return found
    except (OSError, ValueError):  # it has ended, or said something else
        return {}


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait(_STOP_SECONDS)
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    _children.discard(process)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _parameters(file: str, context: int, threads: int, key: str) -> Any:
    from xllamacpp import CommonParams

    wanted = CommonParams()
    wanted.model.path, wanted.model_alias = file, {Path(file).stem}
    wanted.hostnames, wanted.port, wanted.api_keys = [HOST], 0, [key]
    wanted.n_ctx, wanted.n_parallel = context, 1
    wanted.n_batch = wanted.n_ubatch = _BATCH
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = threads
    wanted.cache_ram_mib = _CACHE_MIB
    wanted.sse_ping_interval = -1  # a sign of life would hide that no word comes
    wanted.offline, wanted.ui, wanted.endpoint_slots = True, False, False
    wanted.warmup, wanted.verbosity = False, -1
    return wanted


def _main() -> None:
    """The child: serve what the first line of standard input asks for until standard input closes."""
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever llama.cpp prints is not taken for the answer
    wanted = json.loads(sys.stdin.readline())
    try:
        from xllamacpp import Server as Llama

        llama = Llama(_parameters(**wanted))
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), file=said, flush=True)
        os._exit(1)
    print(json.dumps({"url": llama.listening_address}), file=said, flush=True)
    sys.stdin.read()
    os._exit(0)  # tidying up would wait for the prompt in hand to be read


atexit.register(stop_servers)

if __name__ == "__main__":
    _main()
