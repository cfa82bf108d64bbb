"""The page's colours: every text stands out from its ground as WCAG 2.2 AA asks, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parent.parent / "ui" / "web" / "style.css").read_text(encoding="utf-8")
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("ground", "panel", "sunken")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "muted") for ground in GROUNDS),
    *((ink, ground, TEXT) for ink in ("accent", "warn", "bad") for ground in ("ground", "panel")),
    ("accent", "accent-soft", TEXT),
    ("on-accent", "accent", TEXT),
    ("mark-ink", "mark", TEXT),
    ("ink", "mark-weak", TEXT),
    ("warn", "warn-soft", TEXT),
    ("bad", "bad-soft", TEXT),
    *((shape, ground, SHAPE) for shape in ("good", "line-strong", "mark-edge") for ground in ("ground", "panel")),
]


def colours(theme: str) -> dict[str, str]:
    """Return the colour variables of a theme as ``#rrggbb``."""
    block = re.search(rf"^{re.escape(theme)} \{{(.*?)^\}}", CSS, re.DOTALL | re.MULTILINE)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block[1]))


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert (luminance("#ffffff") + 0.05) / (luminance("#767676") + 0.05) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [".pc", ".dark .pc"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_stand_out(theme: str, ink: str, ground: str, least: float) -> None:
    found = colours(theme)
    low, high = sorted((luminance(found[ink]), luminance(found[ground])))
    assert (high + 0.05) / (low + 0.05) >= least


def test_the_page_names_no_other_machine() -> None:
    files = (Path(__file__).parent.parent / "ui" / "web").glob("*.[chjs]*")
    texts = [file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "") for file in files]
    assert len(texts) >= 4
    assert not any(re.search(r"https?://|@import|url\(", text) for text in texts)
