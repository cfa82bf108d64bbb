"""Reports as text, Markdown, JUnit XML and HTML: complete, escaped, readable; and the gate that a text must pass."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import chromium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reported import BOATS, FUND, HOSTILE, PLEASED, REPORT, SCHEME, SOURCE, SUMMIT, TEXT, cited
from test_style import luminance

from assistant import (
    CheckedClaim,
    FailOn,
    Policy,
    Remark,
    Report,
    Span,
    Verdict,
    failing,
    render_html,
    render_junit,
    render_markdown,
    render_report,
)
from assistant.reports.html import highlighted
from assistant.reports.pieces import decisive_in, differing, differing_in, joined, paragraphs_of

TEMPLATE = (Path(__file__).parent.parent / "assistant" / "reports" / "report.html").read_text(encoding="utf-8")
WHEN = datetime.datetime(2026, 7, 14, 9, 30, tzinfo=datetime.UTC)


class Rate:
    def __init__(self, threshold: float, false_pass: float, false_strip: float) -> None:
        self.threshold, self.false_pass, self.false_strip, self.measured_on = threshold, false_pass, false_strip, "made"


RATES = {Policy.STRICT: Rate(0.9, 0.01, 0.5), Policy.BALANCED: Rate(0.7, 0.1, 0.25), Policy.LENIENT: Rate(0.5, 0.3, 0)}


def plain(verdict: Verdict, text: str = "Ships sail on the sea.") -> Report:
    claim = CheckedClaim(text=text, start=0, end=len(text), verdict=verdict, reason="So it is.", score=0.5)
    return Report(text=text, claims=(claim,))


# The gate


@pytest.mark.parametrize(
    ("level", "stopped"),
    [
        (FailOn.NEVER, set()),
        (FailOn.CONTRADICTED, {"contradicted"}),
        (FailOn.UNSUPPORTED, {"contradicted", "unsupported", "dangling", "uncited"}),
        (FailOn.PARTLY, {"contradicted", "unsupported", "dangling", "uncited", "partly_supported"}),
    ],
)
def test_each_level_of_the_gate_stops_its_verdicts(level: FailOn, stopped: set[str]) -> None:
    assert {claim.verdict.value for claim in failing(REPORT, level)} == stopped


# Text


def test_text_names_the_parts_and_counts_the_remarks() -> None:
    told = render_report(REPORT)
    assert "  supported: fell by 95% over three years; not found: to 1,200\n" in told
    assert told.endswith(
        "6 claims: 1 supported, 1 partly supported, 1 unsupported, 1 contradicted, 1 uncited, 1 dangling; "
        "not checked: 1 question, 1 greeting"
    )
    assert "better evidence, not cited:\n    “The scanners will stand at the main quay.”" in told
    assert "score" not in told


def test_parts_are_not_told_twice() -> None:
    claim = REPORT.claims[1].model_copy(update={"reason": "Supported: fell by 95% over three years; not: to 1,200."})
    assert render_report(REPORT.model_copy(update={"claims": (claim,)})).count("to 1,200") == 2


def test_explained_has_scores_both_places_and_the_error_rates() -> None:
    told = render_report(REPORT, explain=True, rates=RATES)
    start, source = TEXT.index("2027"), 840 + SOURCE.index("2026")
    assert f"claim says 2027 [{start}:{start + 4}], source says 2026 [{source}:{source + 4}]" in told
    assert "claim says 1,200 [" in told
    assert "source has nothing to compare" in told
    assert "score 0.040" in told
    assert "part ✗ to 1,200 [" in told
    assert "(notice.md 840:919)" in told
    assert re.search(r"^\* strict +0\.90 +1\.0% +50\.0%$", told, re.MULTILINE)
    assert re.search(r"^  lenient +0\.50 +30\.0% +0\.0%$", told, re.MULTILINE)


def test_a_text_without_claims_says_so_in_every_form() -> None:
    text = "Who pays for it?"
    empty = Report(text=text, claims=(), remarks=(Remark(text=text, start=0, end=16, kind="question"),))
    assert render_report(empty).endswith("not checked: 1 question")
    assert "No sentence of this text states something" in render_html(empty)
    assert text in render_markdown(empty)
    assert ET.fromstring(render_junit(empty)).get("tests") == "0"


# Markdown


def test_markdown_keeps_the_text_and_puts_a_footnote_behind_every_claim() -> None:
    told = render_markdown(REPORT, "visit.txt")
    for number, claim in enumerate(REPORT.claims, start=1):
        assert told.count(f"[^pincite-{number}]") == 2
        assert re.search(rf"^\[\^pincite-{number}\]: \S \*\*", told, re.MULTILINE), claim.text
    assert f"{SUMMIT} ≠[^pincite-1] {BOATS} ◐[^pincite-2]" in told
    assert "# Harbour visit\n" in told
    unmarked = re.sub(r" \S\[\^pincite-\d\](?!:)", "", told).replace("&lt;", "<")
    assert TEXT.strip() in unmarked


def test_markdown_obeys_no_markup_of_the_text_or_the_evidence() -> None:
    told = render_markdown(REPORT)
    assert "&lt;script>alert" in told
    assert "\\<img src=x onerror=alert(1)\\> &amp; \\*more\\* are" in told
    assert not re.search(r"(?<!\\)<[A-Za-z/!]", told)


def test_markdown_of_a_table_row_keeps_the_row() -> None:
    text = "| The fund receives | £1 million |"
    assert "| £1 million ✓[^pincite-1] |" in render_markdown(plain(Verdict.SUPPORTED, text))


# JUnit


def test_junit_has_a_case_for_each_claim_and_failures_by_the_gate() -> None:
    for level in FailOn:
        suites = ET.fromstring(render_junit(REPORT, level, "visit.txt"))
        cases = suites.findall("testsuite/testcase")
        assert [case.get("name", "").split(". ")[0] for case in cases] == ["1", "2", "3", "4", "5", "6"]
        failed = [failure.get("type") for case in cases for failure in case.findall("failure")]
        assert failed == [claim.verdict.value for claim in failing(REPORT, level)]
        assert suites.get("failures") == str(len(failed))
        told = {case.get("name", "")[0] for case in cases if case.find("system-out") is not None}
        assert len(told) == 5 - len(failed)


@given(st.text())
def test_junit_is_xml_whatever_the_text(text: str) -> None:
    told = render_junit(plain(Verdict.UNSUPPORTED, text), name=text)
    assert ET.fromstring(told.encode("utf-8", "replace")).get("failures") == "1"


# HTML


class Reader(HTMLParser):
    """Collects the tags, their attributes, and the words of each claim and card."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(report: Report = REPORT, **other: Any) -> tuple[str, Reader]:
    told = render_html(report, created=WHEN, **other)
    reader = Reader()
    reader.feed(told)
    return told, reader


def test_html_shows_every_claim_with_symbol_evidence_and_head() -> None:
    told, reader = page(title="visit.txt")
    words = "".join(reader.words)
    for number, claim in enumerate(REPORT.claims, start=1):
        assert claim.text in words
        assert f'id="c{number}" href="#e{number}"' in told
        assert f'id="e{number}"' in told
        for citation in claim.citations:
            assert citation.quote in words
            assert f"{citation.document} {citation.start}:{citation.end}" in words
    for expected in ("visit.txt", "14 July 2026, 09:30", "strict", "pincite-fake@1", "1 of 6", "≠1", "Better evidence"):
        assert expected in words
    assert told.count('<mark class="differs">2027</mark>') == 2
    assert told.count('<mark class="against">2026</mark>') == 2
    assert '<span class="kind">question</span>' in told


def test_html_escapes_everything() -> None:
    told, reader = page(title="<script>1</script>")
    tags = {tag for tag, _ in reader.tags}
    assert not tags & {"script", "img", "iframe", "object", "link", "base", "b>"}
    assert "&lt;script&gt;alert(&quot;x&quot;)" in told
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; *more*" in told
    assert not any(name.startswith("on") for _, attributes in reader.tags for name in attributes)


@given(st.text(min_size=1))
def test_html_shows_any_text_as_text(text: str) -> None:
    _, reader = page(plain(Verdict.UNSUPPORTED, text))
    assert {tag for tag, _ in reader.tags} <= set(re.findall(r"<(\w+)", TEMPLATE)) | set(
        "a b blockquote br code details dd div dt figcaption figure h2 h3 h4 h5 h6 i input label li mark p section "
        "span strong summary table tbody td th thead tr ul".split()
    )


def test_html_fetches_nothing_and_runs_nothing() -> None:
    _, reader = page()
    assert not any(name in ("src", "srcset") for _, attributes in reader.tags for name in attributes)
    links = {str(attributes["href"]) for tag, attributes in reader.tags if tag == "a"}
    assert all(link.startswith(("#", "https://example.org/")) for link in links)
    assert "default-src 'none'" in TEMPLATE
    assert not re.search(r"@import|url\(|@font-face", TEMPLATE)


def test_a_link_of_another_scheme_is_not_made_one() -> None:
    claim = REPORT.claims[0].model_copy(update={"citations": (cited(SOURCE, 840, url="javascript:alert(1)"),)})
    told, _ = page(REPORT.model_copy(update={"claims": (claim,)}))
    assert "javascript:" not in told


@pytest.mark.parametrize("dark", [False, True])
def test_html_stands_out_from_its_ground(dark: bool) -> None:
    blocks = re.findall(r":root \{(.*?)\}", TEMPLATE, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[0] + (blocks[1] if dark else "")))
    pairs = [(ink, ground) for ink in ("ink", "muted", "accent") for ground in ("ground", "panel")]
    pairs += [(tone, ground) for tone in ("good", "warn", "bad", "wrong", "quiet") for ground in ("ground", "panel")]
    pairs += [(tone, f"{tone}-soft") for tone in ("warn", "bad", "wrong", "quiet")]
    pairs += [("ink", f"{tone}-soft") for tone in ("warn", "bad", "wrong", "quiet")]
    pairs += [("mark-ink", "against"), ("ink", "agrees")]
    for ink, ground in pairs:
        low, high = sorted((luminance(colours[ink]), luminance(colours[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)


@pytest.mark.browser
@pytest.mark.skipif(chromium.find_chromium() is None, reason="no Chromium is installed")
def test_html_in_a_browser_filters_by_keyboard_and_fits_a_phone(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_html(REPORT, created=WHEN), encoding="utf-8")
    with chromium.browser() as browser:
        view = browser.new_page(viewport={"width": 390, "height": 800})
        asked, said = [], []
        view.on("request", lambda request: asked.append(request.url))
        view.on("console", lambda message: said.append(message.text))
        view.goto(file.as_uri())
        assert view.evaluate("document.documentElement.scrollWidth") == 390
        assert view.locator(".card:visible").count() == 6
        view.keyboard.press("Tab")
        for _ in range(4):
            view.keyboard.press("ArrowRight")
        assert view.locator(".card:visible").count() == 1
        assert "Contradicted" in view.locator(".card:visible").inner_text()
        assert (asked, said) == ([file.as_uri()], [])


# Pieces


def test_paragraphs_hold_the_whole_text_and_every_claim_once() -> None:
    paragraphs = list(paragraphs_of(REPORT))
    shown = "".join(TEXT[piece.start : piece.end] for paragraph in paragraphs for piece in paragraph.pieces)
    assert "".join(shown.split()) == "".join(TEXT.replace("# ", "").split())
    assert [number for paragraph in paragraphs for number, _ in paragraph.claims] == [1, 2, 3, 4, 5, 6]
    assert [paragraph.heading for paragraph in paragraphs] == [1, 0, 0, 0, 0, 0]


@given(
    st.text(alphabet="ab. \n#|", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5)
)
def test_paragraphs_lose_no_claim_wherever_it_stands(text: str, places: list[tuple[int, int]]) -> None:
    spans = [(min(pair), min(max(pair), len(text))) for pair in places if min(pair) < len(text)]
    claims = [
        CheckedClaim(text=text[a:b], start=a, end=b, verdict=Verdict.UNCITED, reason="", score=0)
        for a, b in spans
        if text[a:b].strip()
    ]
    report = Report(text=text, claims=tuple(claims))
    paragraphs = list(paragraphs_of(report))
    assert sorted(n for paragraph in paragraphs for n, _ in paragraph.claims) == list(range(1, len(claims) + 1))
    told = render_markdown(report)
    assert all(f"[^pincite-{number}]:" in told for number in range(1, len(claims) + 1))


def test_highlights_are_spans_of_the_claim_and_of_its_quote() -> None:
    summit, _, scanners, *_ = REPORT.claims
    assert [span.of(summit.text) for span in differing(summit)] == ["2027"]
    assert [span.of(SOURCE) for span in differing_in(summit.citations[0], summit)] == ["2026"]
    decisive = joined(SOURCE, decisive_in(summit.citations[0], summit))
    assert "Port Alder" in [span.of(SOURCE) for span in decisive]
    assert "scanners" in " ".join(s.of(HOSTILE) for s in joined(HOSTILE, decisive_in(scanners.citations[0], scanners)))


def test_a_departure_in_other_words_than_the_quote_is_not_highlighted() -> None:
    summit = REPORT.claims[0]
    assert differing_in(cited(SOURCE, 0), summit) == []
    assert differing_in(cited(SOURCE, 840, document="another.md"), summit) == []


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_highlighting_changes_no_character(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(start=min(pair), end=min(max(pair), len(text))) for pair in places if min(pair) <= len(text)]
    told = highlighted(text, [(span, "agrees") for span in joined(text, spans)])
    reader = Reader()
    reader.feed(f"<div>{told}</div>")
    assert "".join(reader.words).replace("\r", "") == text.replace("\r", "") or "\x00" in text


def test_supported_and_uncited_claims_are_both_there() -> None:
    told, _ = page()
    assert told.index(SCHEME) < told.index(PLEASED)
    assert FUND not in told
