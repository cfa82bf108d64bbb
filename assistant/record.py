"""A checked text or answer as a portable record: all that is needed to verify it later, or elsewhere.

What has become of it by then, :mod:`assistant.rechecking` finds out.
"""

from __future__ import annotations

import datetime
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import Field, ValidationError

from assistant.types import Answer, CheckedClaim, Policy, Report
from index import Model, PinciteError

RECORD_VERSION = 1
"""Version of a record's JSON; raised when a field changes its meaning or goes away."""


class Record(Model):
    """A checked text, with all that it rests on: what ``pincite verify`` reads.

    ``claims`` carry their citations with quote, place, and the hash of the cited file. ``checker`` names what judged.
    ``versions`` are those of the programs that made the record. ``question`` is None where a text was checked.
    """

    version: int = RECORD_VERSION
    created: datetime.datetime
    question: str | None = None
    text: str
    claims: tuple[CheckedClaim, ...]
    refusal: str | None = None
    policy: Policy = Policy.BALANCED
    checker: str = ""
    versions: dict[str, str] = Field(default_factory=dict)


def record_of(result: Report | Answer, *, checker: str = "", created: datetime.datetime | None = None) -> Record:
    """Return the record of a report or an answer.

    Args:
        result: what was checked.
        checker: the name of what judged an answer; a report knows it.
        created: now, if not given.
    """
    moment = created or datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    versions = {"pincite": _own_version(), "python": platform.python_version()}
    if isinstance(result, Report):
        return Record(
            created=moment,
            text=result.text,
            claims=result.claims,
            policy=result.policy,
            checker=result.checker or checker,
            versions=versions,
        )
    return Record(
        created=moment,
        question=result.question,
        text=result.text,
        claims=result.claims,
        refusal=result.refusal.reason if result.refusal else None,
        checker=checker,
        versions={**versions, "index": result.fingerprint},
    )


def record_json(record: Record) -> str:
    """Return a record as the text of its file."""
    return record.model_dump_json(indent=2) + "\n"


def read_record(path: Path) -> Record:
    """Return the record in a file.

    Raises:
        PinciteError: the file cannot be read, or holds no record that this version knows.
    """
    try:
        record = Record.model_validate_json(path.read_bytes())
    except OSError as error:
        raise PinciteError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise PinciteError(f"{path} is no record of Pincite: {place + ': ' if place else ''}{first['msg']}") from error
    if record.version > RECORD_VERSION:
        raise PinciteError(f"{path} is a record of version {record.version}; this Pincite knows up to {RECORD_VERSION}")
    return record


def _own_version() -> str:
    try:
        return version("pincite")
    except PackageNotFoundError:
        return "unknown"
