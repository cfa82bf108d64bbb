"""What a chat model writes, read into sentences with their markers while it is being written. Pure.

Read are sentences with markers in any form of :mod:`assistant.markers`, before or after the full stop and cut anywhere
by the stream, and JSON ``{"sentences": [{"text": ..., "sources": [...]}]}``, with or without a code fence around them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from assistant.citing import MarkedClaim, claim_words, parse_claims
from assistant.prompts import CANNOT_ANSWER
from index import normalise

_FENCE = re.compile(r"^\s*(?:```|~~~)[\w-]*[^\S\n]*$\n?", re.MULTILINE)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_LIST = re.compile(r'"sentences"\s*:\s*\[')
_HALF_TEXT = re.compile(r'\{\s*"text"\s*:\s*"((?:[^"\\]|\\.)*)\Z', re.DOTALL)
_HALF_MARKER = re.compile(r"\s*[\[【][\d\s,;–^-]*\Z")
_TAIL = re.compile(r"[.!?…\"'”’»)*_]*(?:\s*[\[【][\d\s,;–^-]+(?:†[^】\n]*)?[\]】][.!?…]*)*\s*")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)|<(?:https?|mailto|data|javascript):[^>\n]*>", re.IGNORECASE)
_NO_WORDS = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|</?[A-Za-z!][^<>\n]*>|\[\d{1,3}(?:;\d{1,3})*m")
_LOOKAHEAD = 12
"""Characters of the next sentence after which one is taken for whole: its markers may follow its full stop."""


class Dictated(NamedTuple):
    """A sentence as a model wrote it, in plain words, and the numbers of the evidence that it names."""

    text: str
    numbers: tuple[int, ...]


class Dictation:
    """Reads a stream. Feed it chunk by chunk; each sentence is given once, as soon as it is whole."""

    def __init__(self) -> None:
        self._raw = ""
        self._read = 0  # characters of ``written`` whose sentences are given: they are never read again
        self._given = 0

    @property
    def written(self) -> str:
        """All that was written so far, without thoughts and code fences."""
        return _FENCE.sub("", _THOUGHT.sub("", self._raw)).lstrip()

    @property
    def refuses(self) -> bool:
        """Whether the model says that the evidence does not answer."""
        if self._is_json:
            parsed = _parsed(self.written)
            return isinstance(parsed, dict) and parsed.get("sentences") == []
        return _refuses(self.written) and self._given == 0

    @property
    def pending(self) -> str:
        """The sentence that is being written, as far as it is, without its markers."""
        rest = self.written[self._read :]
        if self._is_json:
            half = _HALF_TEXT.search(rest)
            return _unescaped(half[1]) if half else ""
        return "" if _may_refuse(rest) else _plain(_without_half_marker(rest)).lstrip(" .!?-*•")

    def feed(self, chunk: str) -> list[Dictated]:
        """Take more of the stream; return the sentences that are whole now."""
        self._raw += chunk
        return self._new(ended=False)

    def end(self) -> list[Dictated]:
        """Return the sentences that only the end of the stream completes."""
        return self._new(ended=True)

    @property
    def _is_json(self) -> bool:
        return self.written.startswith("{")

    def _new(self, *, ended: bool) -> list[Dictated]:
        text = self.written
        read = _of_list(text, self._read) if self._is_json else _of_text(text, self._read, ended=ended)
        found = []
        for sentence, end in read:
            found.append(sentence)
            self._read = end
        self._given += len(found)
        return found


def _of_text(text: str, start: int, *, ended: bool) -> Iterator[tuple[Dictated, int]]:
    """The whole sentences from ``start`` on, each with where its last marker ends."""
    rest = text[start:]
    for claim in parse_claims(rest if ended else _without_half_marker(rest)):
        if not ended and not _is_whole(claim, rest):
            return
        leads_in = not claim.markers and claim.plain.rstrip(" *_").endswith(":")
        if not leads_in and not _refuses(claim.plain):
            tail = _TAIL.match(rest, claim.end)
            yield Dictated(_plain(claim.plain), claim.markers), start + (tail.end() if tail else claim.end)


def _refuses(text: str) -> bool:
    return CANNOT_ANSWER.casefold() in text.casefold()


def _may_refuse(text: str) -> bool:
    """Whether a text is the beginning of a refusal, or has gone beyond one."""
    told, refusal = text.strip().casefold(), CANNOT_ANSWER.casefold()
    return refusal.startswith(told) or told.startswith(refusal)


def _is_whole(claim: MarkedClaim, text: str) -> bool:
    """Whether enough follows a sentence that no marker of its own can."""
    return len(claim_words(text[claim.end :]).lstrip(" .!?\"'”’)")) >= _LOOKAHEAD


def _without_half_marker(text: str) -> str:
    return _HALF_MARKER.sub("", text)


def _plain(text: str) -> str:
    """A sentence on one line, in words alone: no markers, emphasis, links, images, tags and invisible characters."""
    words = _LINK.sub(r"\1", _NO_WORDS.sub("", normalise(text)))
    return _EMPHASIS.sub(r"\2", claim_words(words))


def _of_list(text: str, start: int) -> Iterator[tuple[Dictated, int]]:
    """The whole entries of the list of sentences from ``start`` on, each with where it ends."""
    opened = None if start else _LIST.search(text)
    position = opened.end() if opened else start or len(text)
    decoder = json.JSONDecoder()
    while position < len(text):
        if text[position] in ", \t\r\n":
            position += 1
            continue
        try:
            entry, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError:
            return
        if _is_sentence(entry):
            yield _of_json(entry), position


def _is_sentence(entry: Any) -> bool:
    """Whether an entry has a sentence, and not the words for there being none."""
    text = entry.get("text") if isinstance(entry, dict) else None
    return isinstance(text, str) and bool(text.strip()) and not _refuses(text)


def _of_json(entry: dict[str, Any]) -> Dictated:
    """A sentence of the list; numbers in its text count too, and what is no number does not."""
    text = str(entry["text"])
    sources = entry.get("sources")
    listed = [n for n in sources if isinstance(n, int)] if isinstance(sources, list) else []
    marked = [number for claim in parse_claims(text) for number in claim.markers]
    return Dictated(_plain(text), tuple(dict.fromkeys([*listed, *marked])))


def _parsed(text: str) -> Any:
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except json.JSONDecodeError:
        return None


def _unescaped(half: str) -> str:
    """The words of a JSON string that is not closed yet."""
    try:
        return _plain(json.loads(f'"{half}"', strict=False))
    except json.JSONDecodeError:
        return _plain(half.rpartition("\\")[0])
