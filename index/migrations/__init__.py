"""Numbered steps that bring a catalog's tables up to date; a step that has been released is never edited."""
