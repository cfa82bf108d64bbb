"""What a piece of HTML holds: its text as a reader sees it, its tags, and what in it could run or load something."""

from __future__ import annotations

from html.parser import HTMLParser


class Tags(HTMLParser):
    """Collects the tags of a piece of HTML, the attributes that could run or load something, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.risky: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.risky += [
            (name, value) for name, value in attrs if name.startswith("on") or name in ("src", "style", "srcdoc")
        ]
        self.risky += [
            (name, value) for name, value in attrs if name == "href" and not (value or "").startswith("#pc-")
        ]

    def handle_data(self, data: str) -> None:
        self.text += data


def text_of(html: str) -> str:
    """Return the text that a reader sees, without the joiners that hold markers to their words."""
    return Tags(html).text.replace("\u2060", "")
