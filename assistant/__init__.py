"""Questions to answers with citations, texts to check reports. The public door of the package."""
