"""What no reader of a page sees is not read; what people see is, however it is styled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.readers import read_file
from index.readers.styles import Colour, colour, length

Read = Callable[[str, str], str]
LINK = '<link rel="stylesheet" href="site.css">'


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file, read it, and return its text."""

    def write_and_read(name: str, content: str) -> str:
        path = tmp_path / "file"
        path.write_text(content, encoding="utf-8")
        return read_file(path, name).text

    return write_and_read


HIDDEN = [
    '<p style="display:none">SECRET</p>',
    '<p style="DISPLAY : None ! important; display: block">SECRET</p>',
    '<p style="visibility:collapse">SECRET</p>',
    '<p style="content-visibility:hidden">SECRET</p>',
    '<p style="color:#fff">SECRET</p>',
    '<p style="color:rgb(250, 251, 252)">SECRET</p>',
    '<p style="color:rgb(99% 99% 99%)">SECRET</p>',
    '<p style="color:hsl(0, 0%, 98%)">SECRET</p>',
    '<p style="color:WhiteSmoke">SECRET</p>',
    '<p style="color:transparent">SECRET</p>',
    '<p style="color:rgba(0,0,0,0.01)">SECRET</p>',
    '<p style="color:#00000000">SECRET</p>',
    '<p style="color:#101010;background:#0a0a0a">SECRET</p>',
    '<div style="background-color:navy"><p style="color:#000084">SECRET</p></div>',
    "<p><font color=white>SECRET</font></p>",
    '<table bgcolor="#336699"><tr><td>Pier</td><td style="color:#369">SECRET</td></tr></table>',
    '<div style="color:#fff"><p><b>SECRET</b></p></div>',
    '<p style="font-size:0">SECRET</p>',
    '<p style="font-size:1px">SECRET</p>',
    '<p style="font-size:0.05em">SECRET</p>',
    '<p style="font:0/0 a">SECRET</p>',
    '<p style="opacity:0.0">SECRET</p>',
    '<p style="opacity:.01">SECRET</p>',
    '<p style="opacity:0;transition:none">SECRET</p>',
    '<p style="position:absolute;left:-9999px">SECRET</p>',
    '<p style="position:fixed;top:-200em">SECRET</p>',
    '<p style="text-indent:-5000px">SECRET</p>',
    '<p style="position:absolute;clip:rect(0 0 0 0)">SECRET</p>',
    '<p style="clip:rect(1px, 1px, 1px, 1px)">SECRET</p>',
    '<p style="clip-path:inset(50%)">SECRET</p>',
    '<p style="height:0;overflow:hidden">SECRET</p>',
    '<p style="width:1px;overflow:hidden">SECRET</p>',
    '<p style="transform:scale(0)">SECRET</p>',
    "<style>.a { display: none }</style><p class='b a'>SECRET</p>",
    "<style>#a { visibility: hidden }</style><p id=a>SECRET</p>",
    "<style>/* a */ h3, q { font-size: 0 }</style><q>SECRET</q>",
    "<style>@charset 'x'; @media screen { p.a { display: none } }</style><p class=a>SECRET</p>",
    "<style>.a { display: none !important }</style><p class=a style='display:block'>SECRET</p>",
    "<div hidden>SECRET</div>",
    '<div aria-hidden="true">SECRET</div>',
    '<p>A <span class="sr-only">SECRET</span> pier.</p>',
    "<template><p>SECRET</p></template>",
    "<dialog>SECRET</dialog>",
    "<table><tr><td>Pier</td><td>old <span hidden>SECRET</span></td></tr></table>",
    "<pre>a = 1 <span hidden>SECRET</span></pre>",
    "<pre>a = 1 <!-- SECRET --></pre>",
]
SHOWN = [
    '<p style="display:block;color:#333">SEEN</p>',
    '<p style="color:#767676">SEEN</p>',
    '<p style="background:#036;color:#fff">SEEN</p>',
    '<div style="background:url(a.png)"><p style="color:#fff">SEEN</p></div>',
    '<div style="background:#fff url(a.png) 0 0"><p style="color:#fff">SEEN</p></div>',
    '<div style="background:linear-gradient(#000, #333)"><p style="color:#fff">SEEN</p></div>',
    '<table><tr bgcolor="navy"><td><font color="white">SEEN</font></td><td>Pier</td></tr></table>',
    '<div style="color:#fff"><p style="color:black">SEEN</p></div>',
    '<div style="color:#fff"><p style="background:#000">SEEN</p></div>',
    '<div style="color:#fff"><a href="/pier">SEEN</a></div>',
    '<div style="position:relative"><img src=a><p style="position:absolute;color:#fff">SEEN</p></div>',
    '<p style="color:transparent;-webkit-background-clip:text;background-image:url(a)">SEEN</p>',
    '<p style="color:#fff;text-shadow:0 0 3px #000">SEEN</p>',
    '<p style="color:var(--ink)">SEEN</p>',
    LINK + '<div class="banner"><p style="color:#fff">SEEN</p></div>',
    "<style>.banner p { background: #036 }</style><div class=banner><p style='color:#fff' class=a>SEEN</p></div>",
    '<div style="font-size:0"><div style="font-size:16px">SEEN</div></div>',
    '<p style="font-size:0.8em">SEEN</p>',
    '<p style="font:bold 12px/0 serif">SEEN</p>',
    '<div style="visibility:hidden"><p style="visibility:visible">SEEN</p></div>',
    '<p style="opacity:0.6">SEEN</p>',
    '<p style="opacity:0;animation:appear 1s forwards">SEEN</p>',
    '<p style="position:absolute;left:-20px">SEEN</p>',
    '<p style="left:-9999px">SEEN</p>',
    '<p style="text-indent:-24px;margin-left:24px">SEEN</p>',
    '<p style="height:auto;overflow:hidden">SEEN</p>',
    '<p style="height:0">SEEN</p>',
    '<div style="height:0;overflow:hidden;padding-bottom:56%">SEEN</div>',
    "<style>.a { max-height: 0; overflow: hidden; transition: max-height 1s }</style><div class=a>SEEN</div>",
    "<style>.a { display: none } .a { display: block }</style><p class=a>SEEN</p>",
    "<style>.a { display: none }</style><p class=a style='display:block'>SEEN</p>",
    "<style media=print>p { display: none }</style><p>SEEN</p>",
    "<style>@media print { p { display: none } }</style><p>SEEN</p>",
    "<style>@keyframes a { from { opacity: 0 } } .js p, p:hover { display: none }</style><p>SEEN</p>",
    "<details><summary>More</summary><p>SEEN</p></details>",
    '<div class="hidden md:block">SEEN</div>',
    '<div aria-hidden="true"><h1>Pier</h1><p>SEEN</p></div>',
]


def page(attack: str, *, marked: bool, tag: str = "main") -> str:
    title = "<head><title>Pier</title></head>"
    body = f"<p>The pier is 300 metres long.</p>{attack}<p>It was built by the county in 1887.</p>"
    return f"<html>{title}<body>{f'<{tag}>{body}</{tag}>' if marked else body}</body></html>"


@pytest.mark.parametrize("marked", [True, False], ids=["main", "bare"])
@pytest.mark.parametrize("attack", HIDDEN)
def test_what_a_page_hides_is_not_read(read: Read, attack: str, marked: bool) -> None:
    text = read("a.html", page(attack, marked=marked))
    assert "SECRET" not in text
    assert "300 metres" in text
    assert "the county in 1887" in text


@pytest.mark.parametrize("attack", SHOWN)
def test_what_a_page_shows_is_read(read: Read, attack: str) -> None:
    text = read("a.html", page(attack, marked=True))
    assert "SEEN" in text
    assert "300 metres" in text


@pytest.mark.parametrize(
    "body",
    [
        '<body style="visibility:hidden;opacity:0">BODY</body>',
        '<body aria-hidden="true" hidden>BODY</body>',
        LINK + '<body style="color:#fff">BODY</body>',
        '<body bgcolor="black" text="white">BODY</body>',
        '<body background="stars.gif" text="white">BODY</body>',
    ],
)
def test_a_page_that_a_script_shows_is_read(read: Read, body: str) -> None:
    assert "300 metres" in read("a.html", f"<html>{body.replace('BODY', '<p>The pier is 300 metres long.</p>')}</html>")


@pytest.mark.timeout(5)
@pytest.mark.parametrize("value", ["0" * 100_000 + "!", "1" * 100_000 + "!", " " * 100_000 + "!x", "((" * 50_000])
@pytest.mark.parametrize(
    "name", ["height", "font", "font-size", "color", "clip", "clip-path", "transform", "background"]
)
def test_a_long_value_takes_no_time(read: Read, name: str, value: str) -> None:
    attack = f'<style>.a {{ {name}: {value} }}</style><p class="a" style="overflow:hidden;{name}:{value}">SEEN</p>'
    assert "300 metres" in read("a.html", page(attack, marked=True))


def test_hidden_words_leave_no_seam(read: Read) -> None:
    source = page("<p>It is o<!-- x -->p<span hidden>not </span>en<i hidden>!</i>.</p>", marked=True)
    assert "It is open." in read("a.html", source)


@pytest.mark.parametrize(
    "attack",
    [
        '<span style="display:none">SECRET</span>',
        "<span hidden>SECRET</span>",
        "<span hidden/>SECRET</span>",
        "<b hidden>*SECRET* and `SECRET`</b>",
        "<span hidden>a <b>b</b> SECRET</span>",
        "<font color='white'>a <b>SECRET</b></font>",
        "<script>SECRET</script>",
        "<template>SECRET</template>",
        "<style>SECRET</style>",
        "\n\n<div hidden>\n\nSECRET\n\n- SECRET\n\n# SECRET\n\n| SECRET |\n|---|\n\n```\nSECRET\n```\n\n</div>\n\n",
        "\n\n<div style='color:#fff'>\n<p>SECRET</p>\n\nSECRET\n\n<div>SECRET</div>\n\n</div>\n\n",
        "\n\n<template>\n\nSECRET\n\n</template>\n\n",
        "\n\n| Year | Remark |\n|---|---|\n| 2021 | <i hidden>SECRET</i> |\n\n",
    ],
)
def test_what_markdown_hides_is_not_read(read: Read, attack: str) -> None:
    text = read("a.md", f"# Pier\n\nThe pier is {attack} 300 metres long.\n\nIt was built by the county in 1887.\n")
    assert "SECRET" not in text
    assert "300 metres long." in text
    assert "the county in 1887" in text


@pytest.mark.parametrize(
    "source",
    [
        "It is <b>SEEN</b> and <a name='x'/>SEEN.",
        "It is <b hidden>not</b> SEEN.",
        "It is a <span hidden>half.\n\nIt is SEEN.",
        "<p hidden>Half.\n\nIt is SEEN.",
        "<!-- <div hidden> -->\n\nIt is SEEN.",
        "`<div hidden>` is code. It is SEEN.",
        "<details>\n<summary>More</summary>\n\nIt is SEEN.\n\n</details>",
        "<div hidden>\n\nNo.\n\n</div>\n\nIt is SEEN.",
        "<div hidden>\n\nNo.\n\n</div><p>It is SEEN.</p>",
        "<br hidden>It is SEEN.",
        "<i>" * 300 + "SEEN",
        "<i>\n\n" * 300 + "SEEN",
    ],
)
def test_what_markdown_shows_is_read(read: Read, source: str) -> None:
    assert "SEEN" in read("a.md", source)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#fff", Colour(255, 255, 255)),
        ("#00000080", Colour(0, 0, 0, 128 / 255)),
        ("rgb(1, 2, 3)", Colour(1, 2, 3)),
        ("rgba(1 2 3 / 50%)", Colour(1, 2, 3, 0.5)),
        ("hsl(0, 100%, 50%)", Colour(255, 0, 0)),
        ("navy", Colour(0, 0, 128)),
        ("#ff", None),
        ("rgb(1, 2)", None),
        ("currentcolor", None),
    ],
)
def test_colours(value: str, expected: Colour | None) -> None:
    assert colour(value) == expected


@pytest.mark.parametrize(
    ("value", "pixels"),
    [("0", 0), ("12px", 12), ("9pt", 12), (".5em", 4), ("150%", 12), ("1rem", 16), ("2vw", None), ("calc(1px)", None)],
)
def test_lengths(value: str, pixels: float | None) -> None:
    assert length(value, base=8) == pixels
