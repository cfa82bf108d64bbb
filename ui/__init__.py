"""Terminal and web: thin shells over the Python API."""
