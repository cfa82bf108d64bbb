"""Questions to answers with citations, texts to check reports. The public door of the package.

``Assistant`` and ``diagnose`` are loaded when they are first used, so that a help text is instant.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from assistant.citing import find_markers
from assistant.errors import QuestionError
from assistant.rendering import (
    SYMBOLS,
    answer_json,
    render_answer,
    render_hits,
    render_report,
    render_sync,
    report_json,
    sync_json,
)
from assistant.settings import AnswerSettings, Settings, WebSettings, load_settings
from assistant.types import (
    JSON_VERSION,
    Answer,
    CheckedClaim,
    Citation,
    Claim,
    ClaimChecked,
    Draft,
    Event,
    QuestionRead,
    Refusal,
    Report,
    Turn,
    Verdict,
)
from index import (
    Block,
    BlockKind,
    Document,
    DocumentInfo,
    DocumentNotFoundError,
    FailedFile,
    Filters,
    Hit,
    IndexMissingError,
    IndexSettings,
    IndexStatus,
    PinciteError,
    Progress,
    Span,
    SyncReport,
)

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.doctor import Diagnosis, diagnose, render_diagnosis

__all__ = [
    "JSON_VERSION",
    "SYMBOLS",
    "Answer",
    "AnswerSettings",
    "Assistant",
    "Block",
    "BlockKind",
    "CheckedClaim",
    "Citation",
    "Claim",
    "ClaimChecked",
    "Diagnosis",
    "Document",
    "DocumentInfo",
    "DocumentNotFoundError",
    "Draft",
    "Event",
    "FailedFile",
    "Filters",
    "Hit",
    "IndexMissingError",
    "IndexSettings",
    "IndexStatus",
    "PinciteError",
    "Progress",
    "QuestionError",
    "QuestionRead",
    "Refusal",
    "Report",
    "Settings",
    "Span",
    "SyncReport",
    "Turn",
    "Verdict",
    "WebSettings",
    "answer_json",
    "diagnose",
    "find_markers",
    "load_settings",
    "render_answer",
    "render_diagnosis",
    "render_hits",
    "render_report",
    "render_sync",
    "report_json",
    "sync_json",
]

_LATER = {
    "Assistant": "assistant.api",
    "Diagnosis": "assistant.doctor",
    "diagnose": "assistant.doctor",
    "render_diagnosis": "assistant.doctor",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
