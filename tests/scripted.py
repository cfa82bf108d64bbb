"""An assistant with prepared answers over two small documents, for tests of the page: real types, no models."""

from __future__ import annotations

import datetime
import re
import sys
import time
from collections.abc import Iterator

from streams import failing, writing

from assistant import (
    Answer,
    Block,
    BlockKind,
    CheckedClaim,
    Citation,
    ClaimChecked,
    Document,
    DocumentInfo,
    DocumentNotFoundError,
    Event,
    QuestionError,
    QuestionRead,
    Refusal,
    Settings,
    Span,
    Turn,
    Verdict,
)

NOTICE = """Visit to the western Balkans

What was announced

The number of Albanians arriving in small boats fell by 95 per cent in three years. More than 5,000 Albanians with no \
right to stay were returned in 2024.

Support for border forensics rises by £1 million.

- forgery detection machines for ports
- drones for mountain borders

Year | Returned
2022 | 1,035
2024 | 5,294

Progress was made in discussions with Montenegro about joining the task force."""

NEWS = """Balkan deal struck

Montenegro joins the task force, the minister said on Thursday."""

RETURNED = "More than 5,000 Albanians with no right to stay were returned in 2024."
FELL = "The number of Albanians arriving in small boats fell by 95 per cent in three years."
REMEMBERED = "The capital of France is Paris."
MODEL = "scripted:parrot-7b"
MODEL_NOTICE = "The model was given half of the sentences that were found: its window holds no more."
RESTART_NOTICE = "The model stopped answering. These are the documents' own sentences."
PAUSES = {"slow": 3.0, "steady": 0.7}
HANDBOOK_WORDS = "Paragraph 9000 of the handbook is the one that was cited."


def blocks_of(text: str, headings: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """Cut ``text`` into blocks the way a reader would: lines of lists and tables, paragraphs between blank lines."""
    blocks = []
    for match in re.finditer(r"[^\n]+", text):
        line, span = match[0], Span(start=match.start(), end=match.end())
        if line in headings:
            blocks.append(Block(kind=BlockKind.HEADING, span=span, level=1 if not blocks else 2))
        elif line.startswith("- "):
            blocks.append(Block(kind=BlockKind.ITEM, span=span, level=1))
        elif " | " in line:
            blocks.append(Block(kind=BlockKind.ROW, span=span))
        else:
            blocks.append(Block(kind=BlockKind.PARAGRAPH, span=span))
    return tuple(blocks)


def make_document(
    document: str, text: str, headings: tuple[str, ...] = (), pages: tuple[int, ...] = (), **info: object
) -> Document:
    """Return a document; ``info`` are any other fields of it."""
    return Document.model_validate(
        {
            "id": document,
            "title": text.split("\n", 1)[0],
            "sha256": "0" * 64,
            "text": text,
            "blocks": blocks_of(text, headings),
            "page_starts": pages,
            **info,
        }
    )


def cite(document: Document, quote: str, marker: int | None = 1) -> Citation:
    """Return the citation of the first place in ``document`` where ``quote`` stands."""
    start = document.text.index(quote)
    shared = ("title", "publisher", "kind", "date", "url", "sha256")
    return Citation(
        marker=marker,
        document=document.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        page=document.page_at(start),
        **{name: getattr(document, name) for name in shared},
    )


def claim(
    text: str,
    *citations: Citation,
    decisive: str = "",
    verdict: Verdict = Verdict.SUPPORTED,
    reason: str = "",
    dangling: tuple[int, ...] = (),
) -> CheckedClaim:
    """Return a checked claim, at the start of its answer until :func:`make_answer` gives it its place."""
    first = text.index(decisive)
    return CheckedClaim(
        text=text,
        start=0,
        end=len(text),
        citations=citations,
        dangling=dangling,
        decisive=(Span(start=first, end=first + len(decisive)),) if decisive else (),
        verdict=verdict,
        reason=reason,
        score=1.0 if verdict is Verdict.SUPPORTED else 0.2,
    )


def make_answer(
    question: str, *claims: CheckedClaim, read_as: str | None = None, refusal: Refusal | None = None, gap: str = " "
) -> Answer:
    """Return an answer of ``claims``, each followed by its markers and then by ``gap``."""
    text, placed = "", []
    for each in claims:
        text += gap if text else ""
        start = len(text)
        spans = tuple(span.shift(start) for span in each.decisive)
        placed.append(each.model_copy(update={"start": start, "end": start + len(each.text), "decisive": spans}))
        numbers = dict.fromkeys([*(citation.marker for citation in each.citations), *each.dangling])
        text += each.text + "".join(f" [{number}]" for number in numbers)
    return Answer(
        question=question,
        read_as=read_as or question,
        text=text,
        claims=tuple(placed),
        refusal=refusal,
        fingerprint="scripted",
    )


def handbook() -> Document:
    """A document of 1.4 million characters on 900 pages."""
    lines = [
        f"Paragraph {number} of the handbook is the one that was cited. It is followed by words that matter less."
        for number in range(14_000)
    ]
    text = "\n\n".join(lines)
    pages = tuple(range(0, len(text), len(text) // 900 + 1))
    return make_document("handbook.pdf", text, pages=pages, title="Handbook")


class ScriptedAssistant:
    """Answers by the words of the question: returned, Montenegro, handbook, crash; any other is refused.

    "written" streams an answer as a chat model writes it, a word every ``word_seconds``, with a sentence withheld
    ("flagged": kept and marked; "memory": nothing else, so it is refused); "restart" fails in the middle and goes on
    with the documents' own sentences. "echo: X" writes X
    wherever a model can. ``stopped`` holds the questions whose stream was closed too early.
    """

    settings = Settings()
    model: str | None = None

    def __init__(self, *more: Document, word_seconds: float = 0.0) -> None:
        self._word_seconds = word_seconds
        self.stopped: list[str] = []
        notice = make_document(
            "visit.md",
            NOTICE,
            ("Visit to the western Balkans", "What was announced"),
            publisher="Home Office",
            date=datetime.date(2025, 5, 15),
            kind="official",
            url="https://example.org/visit",
        )
        news = make_document("news.html", NEWS, ("Balkan deal struck",), publisher="Morning Paper", kind="news")
        self._documents = {each.id: each for each in (notice, news, *more)}
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []

    def documents(self) -> list[DocumentInfo]:
        return [document.info for document in self._documents.values()]

    def document(self, document: str) -> Document:
        if document not in self._documents:
            raise DocumentNotFoundError(f"no document {document!r} in the index")
        return self._documents[document]

    def examples(self, limit: int = 4) -> list[str]:
        return ["How many Albanians were returned in 2024?", "Does Montenegro join the task force?"][:limit]

    def stream(self, question: str, history: tuple[Turn, ...] = ()) -> Iterator[Event]:
        longest = self.settings.answer.question_characters
        if not 0 < len(question) <= longest:
            raise QuestionError(f"The question has {len(question):,} characters; at most {longest:,} are read.")
        self.asked.append((question, history))
        if "crash" in question:
            raise RuntimeError("secret detail of the server")
        try:
            yield from self._events(question)
        except GeneratorExit:
            self.stopped.append(question)
            print(f"stopped: {question}", file=sys.stderr, flush=True)
            raise

    def _events(self, question: str) -> Iterator[Event]:
        answer = self._written(question) if "written" in question else self._answer(question)
        pace = self._word_seconds * (5 if "slow" in question else 1)
        yield QuestionRead(read_as=answer.read_as)
        if "written" in question:
            yield from writing(answer, pace)
        else:
            if "restart" in question:
                yield from failing(answer, RESTART_NOTICE, pace)
                answer = answer.model_copy(update={"notice": RESTART_NOTICE})
            for each in answer.claims:
                time.sleep(next((seconds for word, seconds in PAUSES.items() if word in question), 0.0))
                yield ClaimChecked(text=answer.text[: each.end], claim=each)
        yield answer

    def _written(self, question: str) -> Answer:
        echo = question.partition("echo: ")[2]
        words = f"{echo} and more words that take a while" if echo else REMEMBERED
        reason = echo or "The source says nothing of France."
        wrong = claim(words, cite(self._documents["visit.md"], RETURNED), verdict=Verdict.UNSUPPORTED, reason=reason)
        returned, fell = self._returned()
        claims, withheld, refusal = [wrong] if echo else [returned, fell], (wrong,), None
        if "memory" in question:
            claims, refusal = [], Refusal(reason="Nothing that the model wrote is borne out by the documents.")
        elif "flagged" in question:
            claims, withheld = [returned, wrong, fell], ()
        answer = make_answer(question, *claims, refusal=refusal)
        more = {"mode": "generative", "model": echo or MODEL, "notice": echo or MODEL_NOTICE, "withheld": withheld}
        return answer.model_copy(update=more)

    def _answer(self, question: str) -> Answer:
        if "returned" in question or "restart" in question:
            return make_answer(question, *self._returned())
        if "Montenegro" in question:
            return self._montenegro(question)
        if "handbook.pdf" in self._documents and "handbook" in question:
            return make_answer(question, claim(HANDBOOK_WORDS, cite(self._documents["handbook.pdf"], HANDBOOK_WORDS)))
        nearest = tuple(cite(each, each.text.split("\n")[-1], None) for each in list(self._documents.values())[:2])
        refusal = Refusal(
            reason="No document says what the weather was.", covered=("Albania",), missing=("weather",), nearest=nearest
        )
        return make_answer(question, refusal=refusal)

    def _returned(self) -> tuple[CheckedClaim, CheckedClaim]:
        notice = self._documents["visit.md"]
        return (
            claim(RETURNED, cite(notice, RETURNED), decisive="5,000", reason="The source says the same."),
            claim(FELL, cite(notice, FELL), decisive="95 per cent", reason="The source says the same."),
        )

    def _montenegro(self, question: str) -> Answer:
        notice, news = self._documents["visit.md"], self._documents["news.html"]
        said = "Montenegro joins the task force, the minister said on Thursday."
        source = "Progress was made in discussions with Montenegro about joining the task force."
        joins = claim(
            said,
            cite(news, said),
            cite(notice, source, 2),
            verdict=Verdict.CONTRADICTED,
            reason="The answer says that it joins; the announcement speaks of discussions.",
        )
        return make_answer(question, joins, read_as="Does Montenegro join the Joint Migration Task Force?")


def main() -> None:
    """Serve the page over a scripted assistant on any free port; the first line printed is its address."""
    from ui.web import serve

    serve(ScriptedAssistant(handbook(), word_seconds=0.06), port=0, on_ready=lambda url: print(url, flush=True))


if __name__ == "__main__":
    main()
