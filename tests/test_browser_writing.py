"""The page in a real browser while a chat model writes: words, then verdicts sentence by sentence; stop and failure."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from chromium import browser, find_chromium, served
from pages import ANSWER_MILLISECONDS, ask, send, watched
from playwright.sync_api import Browser, Page, expect
from scripted import FELL, MODEL, MODEL_NOTICE, REMEMBERED, RESTART_NOTICE, RETURNED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine: the page was not tried"),
]

SCRIPT = Path(__file__).with_name("scripted.py")
WRITTEN = "What was written on returns?"
STOPPED_SECONDS = 5  # it takes a tenth of a second on a quiet machine
PAYLOADS = [
    "![x](http://127.0.0.1:9/leak)",
    "<img src=http://127.0.0.1:9/leak onerror=\"document.title='hacked'\">",
    "[a](javascript:document.title='hacked')",
    "<http://127.0.0.1:9/leak>",
]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="module")
def url(log: Path) -> Iterator[str]:
    with served([SCRIPT], log) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture
def page(chromium: Browser, url: str) -> Iterator[Page]:
    """The page, opened; after each test, no request has left this machine and no script has failed."""
    yield from watched(chromium.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light"), url)


class State(NamedTuple):
    """What a reader sees of a turn at one moment."""

    draft: str
    sentences: int
    verdicts: int
    left_out: str
    notice: str
    checking: bool
    waiting: bool


RECORD = """() => {
  const text = (turn, selector) => turn.querySelector(selector)?.textContent ?? '';
  const seen = (turn, selector) => getComputedStyle(turn.querySelector(selector)).display !== 'none';
  const count = (turn, selector) => turn.querySelectorAll(selector).length;
  window.states = [];
  new MutationObserver(() => {
    const turn = document.querySelector('.pc-turn:last-child');
    if (turn) window.states.push([
      text(turn, '.pc-draft'), count(turn, '.pc-claim'), count(turn, '.pc-claim .pc-verdict'), text(turn, 'summary'),
      text(turn, '.pc-aside'), seen(turn, '.pc-checking'), seen(turn, '.pc-waiting')]);
  }).observe(document.querySelector('.pc-turns'), { childList: true, subtree: true });
}"""


def recorded(page: Page, question: str) -> list[State]:
    """Ask, and return what was seen of the answer at every change of the page."""
    page.evaluate(RECORD)
    ask(page, question)
    return [State(*state) for state in page.evaluate("window.states")]


def test_words_come_first_and_then_verdicts_sentence_by_sentence(page: Page) -> None:
    states = recorded(page, WRITTEN)
    drafts = list(dict.fromkeys(state.draft for state in states))
    for number, words in [(0, "More than 5,000"), (1, " Being checked: The capital of"), (1, "The number of")]:
        assert any(words in state.draft and state.sentences == number for state in states), drafts
    assert not any("[" in draft for draft in drafts)
    assert len(drafts) > 9
    assert list(dict.fromkeys(state.sentences for state in states)) == [0, 1, 2]
    assert all(state.verdicts == state.sentences for state in states)
    first = next(state for state in states if state.left_out)
    assert (first.sentences, first.left_out) == (1, "1 sentence left out: the documents do not bear it out")
    assert all(state.checking == bool(state.draft) for state in states)
    assert not any(state.waiting for state in states if state.draft or state.sentences)
    assert states[-1].draft == ""


def test_a_sentence_left_out_is_read_by_whoever_unfolds_it(page: Page) -> None:
    ask(page, WRITTEN)
    turn = page.locator(".pc-turn")
    expect(turn.locator(".pc-text")).not_to_contain_text(REMEMBERED)
    expect(turn.get_by_text(REMEMBERED)).to_be_hidden()
    turn.locator("summary").press("Enter")
    expect(turn.get_by_text(REMEMBERED)).to_be_visible()
    expect(turn.locator("details")).to_contain_text("Not supported The source says nothing of France.")
    expect(turn).to_contain_text(f"Written by {MODEL}, each sentence checked")
    expect(turn.locator(".pc-aside")).to_have_text(MODEL_NOTICE)


def test_a_sentence_left_out_stays_unfolded_while_the_rest_is_written(page: Page) -> None:
    send(page, "What was slowly written on returns?")
    page.locator("summary").click()
    expect(page.locator(".pc-turn")).to_have_class(re.compile("pc-working"))
    expect(page.locator(".pc-turn:not(.pc-working)")).to_have_count(1, timeout=ANSWER_MILLISECONDS)
    expect(page.get_by_text(REMEMBERED)).to_be_visible()


def test_a_sentence_that_is_kept_though_not_supported_is_marked(page: Page) -> None:
    ask(page, "written, flagged")
    kept = page.locator(".pc-claim").nth(1)
    expect(kept).to_contain_text(REMEMBERED)
    expect(kept.locator(".pc-flag")).to_contain_text("Not supported")
    line = kept.locator(".pc-said").evaluate("said => getComputedStyle(said).textDecoration")
    assert "dotted" in line
    assert (
        page.locator(".pc-claim .pc-said").first.evaluate("said => getComputedStyle(said).textDecorationLine") == "none"
    )


def test_nothing_that_stands_is_a_refusal_with_what_was_left_out(page: Page) -> None:
    ask(page, "written from memory")
    expect(page.locator(".pc-refusal")).to_contain_text("The documents do not answer this")
    expect(page.locator("summary")).to_contain_text("1 sentence left out")
    expect(page.locator(".pc-turn")).not_to_contain_text("Written by")


def test_stop_stops_the_model_and_keeps_what_was_checked(page: Page, log: Path) -> None:
    question = "Stop this: what was slowly written on returns?"
    send(page, question)
    expect(page.locator(".pc-claim")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    turn = page.locator(".pc-turn")
    expect(turn).to_contain_text("Stopped.")
    expect(turn.locator(".pc-draft")).to_have_count(0)
    expect(turn.locator(".pc-text")).to_contain_text(RETURNED)
    clicked = time.monotonic()
    while f"stopped: {question}" not in log.read_text():
        assert time.monotonic() - clicked < STOPPED_SECONDS
        time.sleep(0.05)
    expect(turn.locator(".pc-claim")).to_have_count(1)
    ask(page, WRITTEN)
    expect(page.locator(".pc-turn").last.locator(".pc-claim")).to_have_count(2)


def test_closing_the_page_stops_the_model_too(chromium: Browser, url: str, log: Path) -> None:
    question = "Leave this: what was slowly written on returns?"
    other = chromium.new_page()
    for visitor in watched(other, url):
        send(visitor, question)
        expect(visitor.locator(".pc-draft")).to_be_visible()
    left = time.monotonic()
    while f"stopped: {question}" not in log.read_text():
        assert time.monotonic() - left < STOPPED_SECONDS
        time.sleep(0.05)


def test_what_a_failed_model_wrote_is_cleared_and_said_to_be(page: Page) -> None:
    states = recorded(page, "restart, at a steady pace")
    failed = next(index for index, state in enumerate(states) if state.notice)
    assert any("Half of" in state.draft and state.sentences == 1 for state in states[:failed])
    assert (states[failed].sentences, states[failed].waiting) == (0, True)
    assert not any(state.draft for state in states[failed:])
    assert {state.notice for state in states[failed:]} == {RESTART_NOTICE}
    turn = page.locator(".pc-turn")
    expect(turn.locator(".pc-claim")).to_have_count(2)
    expect(turn.locator(".pc-text")).to_contain_text(FELL)
    expect(turn.locator(".pc-aside")).to_have_text(RESTART_NOTICE)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_of_a_model_is_shown_as_text_wherever_it_stands(page: Page, payload: str) -> None:
    assert any(payload in state.draft for state in recorded(page, f"written, echo: {payload}"))
    turn = page.locator(".pc-turn")
    turn.locator("summary").click()
    for place in (".pc-text", ".pc-aside", ".pc-left-out", ".pc-byline", ".pc-withheld .pc-finding"):
        expect(turn.locator(place).first).to_contain_text(payload)
    turn.locator(".pc-flag").hover()
    expect(page.get_by_role("tooltip")).to_contain_text(payload)
    assert turn.locator("img, a, iframe, script").count() == 0
    assert page.title() == "Pincite"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_of_it_without_scrolling_sideways(chromium: Browser, url: str, scheme: str) -> None:
    phone = chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    for page in watched(phone, url):
        ask(page, WRITTEN)
        page.locator("summary").tap()
        expect(page.get_by_text(REMEMBERED)).to_be_in_viewport()
        widths = page.evaluate("[document.documentElement.scrollWidth, document.getElementById('pincite').scrollWidth]")
        assert widths == [390, 390]
