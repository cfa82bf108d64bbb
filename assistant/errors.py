"""Errors of asking; they stand in the tree of :mod:`index.errors`, below ``PinciteError``."""

from __future__ import annotations

from index import PinciteError


class QuestionError(PinciteError):
    """A question is empty, or longer than the settings allow."""


class ModelFailedError(PinciteError):
    """A chat model did not answer; the message says in plain words what happened, without keys and addresses."""
