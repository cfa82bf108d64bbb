"""The page in a real browser, on a real server with a scripted assistant behind it."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import browser, find_chromium, served
from pages import ask, watched
from playwright.sync_api import Browser, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine: the page was not tried"),
]

SCRIPT = Path(__file__).with_name("scripted.py")
LONG_DOCUMENT_SECONDS = 3  # 0.4 s measured on a quiet machine; the rest is for a busy one
CORPUS = Path(__file__).parent.parent / "docs_corpus"
REAL_QUESTIONS = [
    ("How many Albanians were returned in 2024?", "5,294"),
    ("By how much did small boat arrivals of Albanians fall?", "95%"),
    ("How much more money goes into the partnership this year?", "£1 million"),
]
LINE_PIXELS = 60  # the button that the earlier text replaces, and its margins
SENTENCE = "More than 5,000 Albanians with no right to stay were returned in 2024."


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
    opened = chromium.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    yield from watched(opened, url)


def test_ask_and_open_a_citation_with_the_mouse(page: Page) -> None:
    expect(page.get_by_label("Your question")).to_be_focused()
    page.get_by_role("button", name="How many Albanians were returned in 2024?").click()
    answer = page.locator(".pc-turn").last
    expect(answer.locator(".pc-claim")).to_have_count(2)
    expect(answer.locator("strong").first).to_have_text("5,000")
    expect(answer.locator(".pc-text")).not_to_contain_text("[1]")
    expect(page.get_by_role("complementary", name="Sources")).to_contain_text("Home Office · 15 May 2025 · official")
    expect(page.locator(".pc-quote blockquote").first).to_have_text(SENTENCE)
    answer.locator(".pc-marker").first.click()
    active = page.locator("mark.pc-active")
    expect(active).to_have_text(SENTENCE)
    expect(active).to_be_in_viewport()
    expect(page.locator("mark:not(.pc-active)")).to_have_text(re.compile("^The number of Albanians"))
    expect(page.get_by_role("link", name="example.org")).to_have_attribute("rel", "noopener noreferrer")
    expect(page.locator(".pc-list li").first).to_have_text("forgery detection machines for ports")
    expect(page.locator("table td").last).to_have_text("5,294")


def test_walk_the_citations_by_keyboard(page: Page) -> None:
    ask(page, "How many were returned?")
    first, second = page.locator(".pc-turn .pc-marker").all()
    first.focus()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("fell by 95 per cent")
    expect(tip).to_contain_text("Visit to the western Balkans")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("mark.pc-active")).to_contain_text("fell by 95 per cent")
    expect(second).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name="Next citation")).to_be_disabled()
    page.get_by_role("button", name="Previous citation").press("Space")
    expect(page.locator("mark.pc-active")).to_have_text(SENTENCE)
    page.keyboard.press("Escape")
    expect(first).to_be_focused()
    expect(page.locator(".pc-groups")).to_be_visible()


def test_a_contradicted_sentence_says_so_in_words(page: Page) -> None:
    ask(page, "Does Montenegro join?")
    expect(page.locator(".pc-read-as")).to_have_text("Read as Does Montenegro join the Joint Migration Task Force?")
    flag = page.locator(".pc-flag")
    expect(flag).to_contain_text("Contradicted")
    flag.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("the announcement speaks of discussions")
    page.locator(".pc-turn .pc-marker").last.click()
    expect(page.locator("#pc-doc-title")).to_have_text("Visit to the western Balkans")
    expect(page.locator("mark.pc-active")).to_contain_text("Progress was made")


def test_a_refusal_opens_its_nearest_passages(page: Page) -> None:
    ask(page, "What was the weather like?")
    refusal = page.locator(".pc-refusal")
    expect(refusal).to_contain_text("No document says what the weather was.")
    expect(refusal.locator("dd").first).to_have_text("Albania")
    refusal.get_by_role("button").last.click()
    expect(page.locator("mark.pc-active")).to_have_text(
        "Montenegro joins the task force, the minister said on Thursday."
    )


def test_the_second_answer_leaves_the_first_working(page: Page) -> None:
    ask(page, "How many were returned?")
    ask(page, "Does Montenegro join?")
    page.locator(".pc-turn").first.locator(".pc-marker").first.click()
    expect(page.locator("mark.pc-active")).to_have_text(SENTENCE)


def test_stop_and_ask_again(page: Page) -> None:
    page.get_by_label("Your question").fill("a slow question of those returned")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".pc-turn")).to_contain_text("Stopped.")
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    ask(page, "How many were returned?")
    expect(page.locator(".pc-turn").last.locator(".pc-claim")).to_have_count(2)
    expect(page.locator(".pc-turn").first.locator(".pc-claim")).to_have_count(0)


def test_the_rest_of_an_answer_leaves_the_reader_where_he_is(page: Page) -> None:
    page.get_by_label("Your question").fill("a steady question of those returned")
    page.keyboard.press("Enter")
    page.locator(".pc-turn .pc-marker").first.focus()
    assert page.locator(".pc-turn .pc-claim").count() == 1
    expect(page.locator(".pc-turn .pc-claim")).to_have_count(2)
    expect(page.locator(".pc-turn:not(.pc-working)")).to_have_count(1)
    expect(page.locator(".pc-turn .pc-marker").first).to_be_focused()


def test_new_chat_empties_the_page(page: Page) -> None:
    ask(page, "How many were returned?")
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".pc-turn")).to_have_count(0)
    expect(page.locator(".pc-example").first).to_be_visible()
    expect(page.get_by_role("complementary")).to_have_count(0)
    expect(page.get_by_label("Your question")).to_be_focused()
    ask(page, "How many were returned?")


def test_shift_enter_is_a_new_line_and_a_long_question_is_kept(page: Page) -> None:
    question = page.get_by_label("Your question")
    question.press_sequentially("one")
    page.keyboard.press("Shift+Enter")
    question.press_sequentially("two")
    expect(question).to_have_value("one\ntwo")
    question.fill("x" * 2001)
    page.keyboard.press("Enter")
    expect(page.locator(".pc-hint")).to_contain_text("at most 2,000")
    expect(question).to_have_value("x" * 2001)
    expect(page.locator(".pc-turn")).to_have_count(0)


def test_an_error_shows_an_id_and_no_detail(page: Page, log: Path) -> None:
    ask(page, "crash")
    problem = page.locator(".pc-problem")
    expect(problem).to_contain_text("Something went wrong")
    expect(page.locator("body")).not_to_contain_text("secret detail")
    request = re.search(r"request (\w{8})", problem.inner_text())
    assert request is not None
    assert request[1] in log.read_text()
    ask(page, "How many were returned?")


def test_markup_in_a_question_is_shown_as_text(page: Page) -> None:
    question = "<img src=x onerror=\"document.title='hacked'\"> ${alert(1)} {{value}} returned"
    ask(page, question)
    expect(page.locator(".pc-asked")).to_contain_text(question)
    assert page.locator(".pc-asked img").count() == 0
    assert page.title() == "Pincite"


def test_copy_takes_the_answer_with_its_sources(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "How many were returned?")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"{SENTENCE} [1]" in copied
    assert "Visit to the western Balkans" in copied


def test_a_long_document_opens_at_the_words_and_reads_on(page: Page) -> None:
    ask(page, "Where is the handbook?")
    started = time.monotonic()
    page.locator(".pc-turn .pc-marker").click()
    expect(page.locator("mark.pc-active")).to_be_in_viewport()
    assert time.monotonic() - started < LONG_DOCUMENT_SECONDS
    body = page.get_by_role("region", name="Text of the document")
    expect(body.locator(".pc-page-break").first).to_be_visible()
    body.evaluate("body => { body.scrollTop = 0 }")
    first = body.locator("p").first.inner_text()
    before = body.get_by_text(first).bounding_box()
    body.get_by_role("button", name="Show earlier text").click()
    expect(body.locator("p").first).not_to_have_text(first)
    after = body.get_by_text(first).bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < LINE_PIXELS


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(chromium: Browser, url: str, scheme: str) -> None:
    phone = chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    for page in watched(phone, url):
        ask(page, "Does Montenegro join?")
        page.locator(".pc-turn .pc-marker").last.tap()
        expect(page.locator("mark.pc-active")).to_be_in_viewport()
        widths = page.evaluate("[document.documentElement.scrollWidth, document.getElementById('pincite').scrollWidth]")
        assert widths == [390, 390]
        page.get_by_role("button", name="All sources").tap()
        expect(page.locator(".pc-turn .pc-marker").last).to_be_in_viewport()


@pytest.mark.parametrize(
    ("scheme", "query", "dark"), [("light", "", False), ("dark", "", True), ("light", "?__theme=dark", True)]
)
def test_the_theme_follows_the_system_and_the_address(
    chromium: Browser, url: str, scheme: str, query: str, dark: bool
) -> None:
    page = chromium.new_page(color_scheme=scheme)
    page.goto(f"{url}/{query}")
    expect(page.locator(".pc-example").first).to_be_visible()
    ground = page.evaluate("getComputedStyle(document.getElementById('pincite')).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground))) < 3 * 128) is dark
    assert page.evaluate("document.documentElement.lang") == "en"
    page.close()


def test_two_visitors_do_not_see_each_other(chromium: Browser, page: Page, url: str) -> None:
    other = chromium.new_context().new_page()
    for visitor in watched(other, url):
        ask(visitor, "How many were returned?")
        expect(page.locator(".pc-turn")).to_have_count(0)
        ask(page, "Does Montenegro join?")
        expect(visitor.locator(".pc-turn")).to_have_count(1)
        other.context.close()


@pytest.mark.models
def test_the_whole_path_over_the_sample_documents(chromium: Browser, tmp_path: Path) -> None:
    command = ["-c", "from ui.cli import main; main()"]
    subprocess.run([sys.executable, *command, "sync", CORPUS, "--home", tmp_path / "home"], check=True)
    with served([*command, "chat", "--no-browser", "--home", tmp_path / "home"], tmp_path / "log") as address:
        for page in watched(chromium.new_page(viewport={"width": 1280, "height": 800}), address):
            for question, words in REAL_QUESTIONS:
                ask(page, question)
                turn = page.locator(".pc-turn").last
                expect(turn.locator(".pc-text")).to_contain_text(words)
                turn.locator(".pc-marker").first.click()
                active = page.locator("mark.pc-active")
                expect(active.filter(has_text=words).first).to_be_in_viewport()
                quote = page.locator(".pc-quote blockquote").first
                expect(quote).to_contain_text(words)
            ask(page, "What is the weather in Durres?")
            expect(page.locator(".pc-refusal")).to_be_visible()
