"""The web chat. The public door of the package; importing it does not load gradio."""

from ui.web.app import build_app
from ui.web.server import build_server, serve

__all__ = ["build_app", "build_server", "serve"]
