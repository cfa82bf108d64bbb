"""A report with every verdict, departures, parts, better evidence and remarks, made by hand."""

from __future__ import annotations

import datetime
from typing import Any

from assistant import (
    CheckedClaim,
    CheckedPart,
    Citation,
    Departure,
    Policy,
    Remark,
    Report,
    Verdict,
)

SUMMIT = "The summit will be held in Port Alder in the spring of 2027 [1]."
BOATS = "Arrivals by small boat fell by 95% over three years, to 1,200 [1]."
SCANNERS = "The minister gave two scanners to the harbour police, who will use them at every quay [2]."
FUND = 'The fund <script>alert("x")</script> receives a further £1 million this year [3].'
SCHEME = "The scheme begins in the north, where most of those who leave come from [1]."
PLEASED = "Officials were pleased with the visit."
QUESTION, GREETING = "Who pays for it?", "Good morning, and thank you for reading."
TEXT = f"""# Harbour visit

{SUMMIT} {BOATS} {SCANNERS}

{QUESTION} {FUND}

- {SCHEME}
- {PLEASED}

{GREETING}
"""
SOURCE = "The summit will be held in Port Alder in the spring of 2026, the ministry said."
HOSTILE = "Two scanners <img src=x onerror=alert(1)> & *more* are to be donated."


def cited(quote: str, start: int, **other: Any) -> Citation:
    told = {
        "marker": 1,
        "document": "notice.md",
        "title": "Port Alder notice",
        "publisher": "Ministry of Ports",
        "kind": "official",
        "date": datetime.date(2026, 5, 15),
        "url": 'https://example.org/notice?a=1&b="<2>"',
        "sha256": "0" * 64,
    }
    return Citation(**{**told, "start": start, "end": start + len(quote), "quote": quote, **other})


def claimed(text: str, verdict: Verdict, reason: str, score: float, **other: Any) -> CheckedClaim:
    start = TEXT.index(text)
    told = {"text": text, "start": start, "end": start + len(text), "verdict": verdict, "reason": reason}
    return CheckedClaim(**{**told, "score": score, **other})


def departing(value: str, source_value: str | None = None, source_start: int | None = None) -> Departure:
    start = TEXT.index(value)
    end = source_start + len(source_value) if source_value and source_start is not None else None
    return Departure(
        kind="number",
        reason="they differ",
        claim_value=value,
        start=start,
        end=start + len(value),
        source_value=source_value,
        document="notice.md" if end else None,
        source_start=source_start,
        source_end=end,
    )


def part(text: str, verdict: Verdict, score: float) -> CheckedPart:
    start = TEXT.index(text)
    return CheckedPart(text=text, start=start, end=start + len(text), verdict=verdict, score=score)


def remark(text: str, kind: Any) -> Remark:
    return Remark(text=text, start=TEXT.index(text), end=TEXT.index(text) + len(text), kind=kind)


REPORT = Report(
    text=TEXT,
    policy=Policy.STRICT,
    checker="pincite-fake@1",
    claims=(
        claimed(
            SUMMIT,
            Verdict.CONTRADICTED,
            "Claim says 2027, source says 2026.",
            0.04,
            citations=(cited(SOURCE, 840),),
            departures=(departing("2027", "2026", 840 + SOURCE.index("2026")),),
        ),
        claimed(
            BOATS,
            Verdict.PARTLY_SUPPORTED,
            "A part of it is there.",
            0.55,
            citations=(cited("Over the last three years, arrivals by small boat have fallen by 95%.", 1200),),
            departures=(departing("1,200"),),
            parts=(
                part("fell by 95% over three years", Verdict.SUPPORTED, 0.93),
                part("to 1,200", Verdict.UNSUPPORTED, 0.1),
            ),
        ),
        claimed(
            SCANNERS,
            Verdict.UNSUPPORTED,
            "Not found: “at every quay”.",
            0.21,
            citations=(cited(HOSTILE, 1500, document="brief.pdf", title="Brief <b>", page=4, url=None),),
            better=cited("The scanners will stand at the main quay.", 77, marker=None, document="facts.docx"),
        ),
        claimed(FUND, Verdict.DANGLING, "[3] points at no source.", 0, dangling=(3,)),
        claimed(
            SCHEME,
            Verdict.SUPPORTED,
            "The source says this in other words.",
            0.97,
            citations=(cited("It begins in the north, because most of those who leave come from there.", 3000),),
        ),
        claimed(PLEASED, Verdict.UNCITED, "No source is cited.", 0),
    ),
    remarks=(remark(QUESTION, "question"), remark(GREETING, "greeting")),
)
