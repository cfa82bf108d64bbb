"""Reports for other readers than a terminal: Markdown, HTML and JUnit XML."""

from assistant.reports.html import render_html
from assistant.reports.junit import render_junit
from assistant.reports.markdown import render_markdown

__all__ = ["render_html", "render_junit", "render_markdown"]
