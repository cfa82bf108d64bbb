"""Metadata that a text file declares between ``---`` lines at its top (YAML front matter)."""

from __future__ import annotations

from index.readers.blocks import Metadata, parse_date, tidy


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """Return the metadata that ``text`` declares, and the rest of it.

    Fields read: title, publisher, date, url, kind. A block that is not a YAML mapping is part of the text.
    """
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    text = text.removeprefix("\ufeff")
    handler = YAMLHandler()
    if not handler.detect(text.lstrip()):
        return Metadata(), text
    try:
        declared, rest = handler.split(text.lstrip())
        # The base loader makes strings of all values, so an impossible date is one field lost, not a failed file.
        fields = handler.load(declared, Loader=yaml.BaseLoader)
    except (ValueError, RecursionError, yaml.YAMLError):
        return Metadata(), text
    if not isinstance(fields, dict):
        return Metadata(), text
    known = {str(name).lower(): value for name, value in fields.items() if isinstance(value, str)}
    return Metadata(
        title=tidy(known.get("title")),
        publisher=tidy(known.get("publisher")),
        date=parse_date(known.get("date")),
        url=tidy(known.get("url")),
        kind=tidy(known.get("kind")),
    ), rest
