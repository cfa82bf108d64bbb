"""White letters of a PDF: not read on the white page, read on anything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.readers import read_file

Draw = Callable[[Canvas], None]


def text_of(folder: Path, draw: Draw) -> str:
    """Return what is read of a page with a line that is seen, and what ``draw`` adds in white letters."""
    path = folder / "a.pdf"
    canvas = Canvas(str(path), invariant=True)
    canvas.drawString(72, 700, "The pier is 300 metres long.")
    canvas.setFillColorRGB(1, 1, 1)
    draw(canvas)
    canvas.save()
    return read_file(path, path.name).text


def write(canvas: Canvas, text: str, mode: int = 0, ground: tuple[float, float, float, int] | None = None) -> None:
    """Write a line on ``ground``: a colour, and whether the area is filled with it or only framed."""
    if ground:
        painted(canvas, *ground)
    line = canvas.beginText(72, 600)
    line.setTextRenderMode(mode)
    line.textLine(text)
    canvas.drawText(line)


def painted(canvas: Canvas, red: float, green: float, blue: float, fill: int) -> None:
    """Paint an area, and go on in white."""
    canvas.setFillColorRGB(red, green, blue)
    canvas.rect(60, 590, 300, 30, fill=fill, stroke=1 - fill)
    canvas.setFillColorRGB(1, 1, 1)


def draw_nearly_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.97, 0.96, 0.98)
    write(canvas, "SECRET")


def draw_half_white(canvas: Canvas) -> None:
    canvas.drawString(72, 600, "SECRET")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(130, 600, "It was built by the county.")


def draw_turned(canvas: Canvas) -> None:
    canvas.setPageRotation(90)
    write(canvas, "SEEN", ground=(0, 0, 0.5, 1))


def draw_in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("banner")
    write(canvas, "SEEN", ground=(0, 0, 0.5, 1))
    canvas.endForm()
    canvas.doForm("banner")


@pytest.mark.parametrize(
    "draw",
    [
        lambda canvas: write(canvas, "SECRET"),
        lambda canvas: write(canvas, "SECRET", ground=(1, 1, 1, 1)),
        lambda canvas: write(canvas, "SECRET", ground=(0, 0, 0.5, 0)),
        draw_nearly_white,
        draw_half_white,
    ],
)
def test_white_letters_on_a_white_page_are_not_read(tmp_path: Path, draw: Draw) -> None:
    text = text_of(tmp_path, draw)
    assert "SECRET" not in text
    assert "300 metres long." in text
    assert ("by the county" in text) is (draw is draw_half_white)


@pytest.mark.parametrize(
    "draw",
    [
        lambda canvas: write(canvas, "SEEN", ground=(0, 0, 0.5, 1)),
        lambda canvas: write(canvas, "SEEN", mode=2),
        lambda canvas: write(canvas, "SEEN", mode=3),
        draw_turned,
        draw_in_a_form,
    ],
    ids=["on a coloured area", "with an outline", "over a scan", "on a turned page", "in a form"],
)
def test_white_letters_that_are_seen_are_read(tmp_path: Path, draw: Draw) -> None:
    text = text_of(tmp_path, draw)
    assert "SEEN" in text
    assert "300 metres long." in text
