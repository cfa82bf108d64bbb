"""What has become of a record: are its sources as they were, its quotes where they were, its verdicts the same.

Pure: documents come through :class:`Library`, verdicts through :class:`NamedJudge`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from assistant.pairs import JudgeMany
from assistant.record import Record
from assistant.types import Citation, Verdict
from index import Document, DocumentInfo, DocumentNotFoundError, Model, Span, content_words, split_sentences

VERIFICATION_VERSION = 1
"""Version of the JSON of a verification; raised when a field changes its meaning or goes away."""

_SHORTEST_ELSEWHERE = 20  # characters, by judgement: a shorter quote found in another document proves nothing
_LIKE = 0.5  # least share of words in common, by judgement, at which a sentence stands in the place of a lost quote
_SINGLE, _DOUBLE = "'‘’‚‛′`´", '"“”„‟″«»'
_TOKEN = re.compile(r"\s+|.", re.DOTALL)


class State(StrEnum):
    """What has become of a citation."""

    SAME = "same"
    EDITED = "source_edited"
    MOVED = "moved"
    GONE = "quote_gone"
    MISSING = "document_missing"


class VerifiedCitation(Model):
    """A citation of a record and what has become of it.

    ``found`` is the quote where it stands now. Where it is gone, ``instead`` is what of its document is most like it.
    """

    cited: Citation
    state: State
    found: Citation | None = None
    instead: Citation | None = None


class VerifiedClaim(Model):
    """A claim of a record: its verdict then and now, and its citations. ``reason`` is that of the verdict now."""

    text: str
    start: int
    end: int
    was: Verdict
    now: Verdict
    reason: str
    citations: tuple[VerifiedCitation, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the verdict and all citations are what they were."""
        return self.was is self.now and all(citation.state is State.SAME for citation in self.citations)


class Verification(Model):
    """What has become of a record that was ``created`` then and judged by ``was_checker``; ``checker`` judges now."""

    version: int = VERIFICATION_VERSION
    created: datetime.datetime
    question: str | None
    was_checker: str
    checker: str
    claims: tuple[VerifiedClaim, ...]

    @property
    def stands(self) -> bool:
        """Whether nothing has changed."""
        return all(claim.stands for claim in self.claims)


class Library(Protocol):
    """Where documents are looked up: an :class:`assistant.Assistant`, or an :class:`index.Index`."""

    def document(self, document_id: str) -> Document:
        """Return a document with its text, or raise DocumentNotFoundError."""

    def documents(self) -> list[DocumentInfo]:
        """Return all documents."""


class NamedJudge(NamedTuple):
    """What judges again: the checker's name with its version, and its function over (claim, source) pairs."""

    name: str
    judge_many: JudgeMany


def verify(record: Record, library: Library, judge: NamedJudge) -> Verification:
    """Return what has become of a record's citations and verdicts.

    Quotes are looked for by content, exactly first, then with white space and quotation marks made alike. A claim is
    judged again only where its words of evidence have changed, or where another checker judges: the same words before
    the same checker have the same verdict.
    """
    cited = list(dict.fromkeys(_unmarked(citation) for claim in record.claims for citation in claim.citations))
    fates = dict(zip(cited, _fates(cited, library), strict=True))
    claims = [tuple(_again(citation, fates) for citation in claim.citations) for claim in record.claims]
    return Verification(
        created=record.created,
        question=record.question,
        was_checker=record.checker,
        checker=judge.name,
        claims=tuple(_judged(record, claims, judge)),
    )


def find_quote(text: str, quote: str, near: int = 0) -> Span | None:
    """Return where ``quote`` stands in ``text``, the place nearest to ``near``; None where it does not.

    It is looked for as it is, and then with any white space for white space and any quotation mark for another.
    """
    if not quote.strip():
        return None
    for pattern in (re.escape(quote), "".join(_alike(token) for token in _TOKEN.findall(quote.strip()))):
        places = [match.span() for match in re.finditer(pattern, text)]
        if places:
            start, end = min(places, key=lambda place: abs(place[0] - near))
            return Span(start=start, end=end)
    return None


def _alike(token: str) -> str:
    if token.isspace():
        return r"\s+"
    for marks in (_SINGLE, _DOUBLE):
        if token in marks:
            return f"[{marks}]"
    return re.escape(token)


def _unmarked(citation: Citation) -> Citation:
    return citation.model_copy(update={"marker": None})


def _again(citation: Citation, fates: dict[Citation, VerifiedCitation]) -> VerifiedCitation:
    """The fate of a citation that may be cited under several numbers."""
    fate = fates[_unmarked(citation)]
    found, instead = (
        place.model_copy(update={"marker": citation.marker}) if place else None for place in (fate.found, fate.instead)
    )
    return VerifiedCitation(cited=citation, state=fate.state, found=found, instead=instead)


def _fates(cited: Sequence[Citation], library: Library) -> list[VerifiedCitation]:
    """What has become of each citation. Its own document is looked at first, and all others for what is lost there."""
    fates = [_at_home(citation, library) for citation in cited]
    lost = [fate.cited for fate in fates if fate.found is None and len(fate.cited.quote) >= _SHORTEST_ELSEWHERE]
    elsewhere = _elsewhere(lost, library) if lost else {}
    return [
        VerifiedCitation(cited=fate.cited, state=State.MOVED, found=elsewhere[fate.cited])
        if fate.cited in elsewhere
        else fate
        for fate in fates
    ]


def _at_home(citation: Citation, library: Library) -> VerifiedCitation:
    try:
        document = library.document(citation.document)
    except DocumentNotFoundError:
        return VerifiedCitation(cited=citation, state=State.MISSING)
    span = find_quote(document.text, citation.quote, citation.start)
    if span is None:
        like = _most_like(document, citation.quote)
        instead = _cited_at(citation, document, like) if like else None
        return VerifiedCitation(cited=citation, state=State.GONE, instead=instead)
    found = _cited_at(citation, document, span)
    if span.start != citation.start:
        return VerifiedCitation(cited=citation, state=State.MOVED, found=found)
    same = document.sha256 == citation.sha256 and found.quote == citation.quote
    return VerifiedCitation(cited=citation, state=State.SAME if same else State.EDITED, found=found)


def _elsewhere(lost: Iterable[Citation], library: Library) -> dict[Citation, Citation]:
    """Where lost quotes stand in other documents; a file of the same content, renamed, comes before any other."""
    waiting = list(lost)
    found: dict[Citation, Citation] = {}
    hashes = {citation.sha256 for citation in waiting}
    for info in sorted(library.documents(), key=lambda info: (info.sha256 not in hashes, info.id)):
        if not waiting:
            break
        document = library.document(info.id)
        for citation in list(waiting):
            if span := find_quote(document.text, citation.quote, citation.start):
                found[citation] = _cited_at(citation, document, span)
                waiting.remove(citation)
    return found


def _most_like(document: Document, quote: str) -> Span | None:
    """Return the run of as many sentences as ``quote`` has that shares most of its words, if it shares enough."""
    text = document.text
    blocks = [block.span for block in document.blocks] or [Span(start=0, end=len(text))]
    sentences = [sentence for block in blocks for sentence in split_sentences(text, block)]
    told = _stems(quote)
    length = max(1, len(split_sentences(quote, Span(start=0, end=len(quote)))))
    runs = [
        Span(start=first.start, end=last.end)
        for first, last in zip(sentences, sentences[length - 1 :], strict=False)
        if first.start <= last.start
    ]
    scored = [(_shared(told, _stems(run.of(text))), run) for run in runs]
    share, best = max(scored, key=lambda entry: entry[0], default=(0.0, None))
    return best if share >= _LIKE else None


def _stems(text: str) -> set[str]:
    return {word.stem for word in content_words(text)}


def _shared(one: set[str], other: set[str]) -> float:
    """How much two sets have in common, in [0, 1] (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _cited_at(citation: Citation, document: Document, span: Span) -> Citation:
    info = document.info.model_dump(exclude={"id"})
    place = {"document": document.id, "page": document.page_at(span.start), "start": span.start, "end": span.end}
    return citation.model_copy(update={**info, **place, "quote": span.of(document.text)})


def _judged(record: Record, claims: Sequence[tuple[VerifiedCitation, ...]], judge: NamedJudge) -> list[VerifiedClaim]:
    """The claims with their verdicts now.

    Under the same checker the words then and the words now are both judged, alone, and only a difference between the
    two counts: the verdict of the record may have come from more than these words, the sentences before the claim, say.
    """
    same_checker = judge.name == record.checker
    verdicts: list[tuple[Verdict, str]] = [(claim.verdict, claim.reason) for claim in record.claims]
    asked = [place for place, cited in enumerate(claims) if cited and (not same_checker or _then(cited) != _now(cited))]
    pairs = [(record.claims[place].text, words(claims[place])) for words in (_then, _now) for place in asked]
    judged = judge.judge_many(pairs) if pairs else ()
    for place, then, now in zip(asked, judged[: len(asked)], judged[len(asked) :], strict=True):
        if not same_checker or then.verdict is not now.verdict:
            verdicts[place] = (now.verdict, now.reason)
    return [
        VerifiedClaim(
            text=claim.text,
            start=claim.start,
            end=claim.end,
            was=claim.verdict,
            now=verdict,
            reason=reason,
            citations=cited,
        )
        for claim, cited, (verdict, reason) in zip(record.claims, claims, verdicts, strict=True)
    ]


def _then(citations: Sequence[VerifiedCitation]) -> str:
    return "\n".join(dict.fromkeys(citation.cited.quote for citation in citations))


def _now(citations: Sequence[VerifiedCitation]) -> str:
    places = (citation.found or citation.instead for citation in citations)
    return "\n".join(dict.fromkeys(place.quote for place in places if place))
