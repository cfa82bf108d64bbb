"""Questions to answers with citations, texts to check reports. The public door of the package.

What is heavy (``Assistant``, ``Checker``, reports, LangChain) is loaded when it is first used, so that a help text is
instant.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from assistant.citing import find_markers
from assistant.errors import ModelFailedError, QuestionError
from assistant.files import atomically, byte_lines, write_atomically
from assistant.gate import FAILING, FailOn, failing
from assistant.pairs import judge_rows
from assistant.rechecking import NamedJudge, State, Verification, VerifiedCitation, VerifiedClaim, verify
from assistant.record import Record, read_record, record_json, record_of
from assistant.rendering import (
    LABELS,
    answer_json,
    printable,
    render_answer,
    render_hits,
    render_report,
    render_sync,
    render_verification,
    report_json,
    sync_json,
)
from assistant.settings import AnswerSettings, GenerationSettings, Settings, WebSettings, load_settings
from assistant.types import (
    JSON_VERSION,
    SYMBOLS,
    Answer,
    CheckedClaim,
    CheckedPart,
    Citation,
    Claim,
    ClaimChecked,
    ClaimWithheld,
    Departure,
    Draft,
    Event,
    Policy,
    QuestionRead,
    Refusal,
    Remark,
    Report,
    Restarted,
    Turn,
    Verdict,
    Written,
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
    from assistant.checking import Checker
    from assistant.doctor import Diagnosis, diagnose, render_diagnosis
    from assistant.langchain import AnswerChecker, CitationEvaluator
    from assistant.reports import render_html, render_junit, render_markdown
    from assistant.weighing import ErrorRates

__all__ = [
    "FAILING",
    "JSON_VERSION",
    "LABELS",
    "SYMBOLS",
    "Answer",
    "AnswerChecker",
    "AnswerSettings",
    "Assistant",
    "Block",
    "BlockKind",
    "CheckedClaim",
    "CheckedPart",
    "Checker",
    "Citation",
    "CitationEvaluator",
    "Claim",
    "ClaimChecked",
    "ClaimWithheld",
    "Departure",
    "Diagnosis",
    "Document",
    "DocumentInfo",
    "DocumentNotFoundError",
    "Draft",
    "ErrorRates",
    "Event",
    "FailOn",
    "FailedFile",
    "Filters",
    "GenerationSettings",
    "Hit",
    "IndexMissingError",
    "IndexSettings",
    "IndexStatus",
    "ModelFailedError",
    "NamedJudge",
    "PinciteError",
    "Policy",
    "Progress",
    "QuestionError",
    "QuestionRead",
    "Record",
    "Refusal",
    "Remark",
    "Report",
    "Restarted",
    "Settings",
    "Span",
    "State",
    "SyncReport",
    "Turn",
    "Verdict",
    "Verification",
    "VerifiedCitation",
    "VerifiedClaim",
    "WebSettings",
    "Written",
    "answer_json",
    "atomically",
    "byte_lines",
    "diagnose",
    "failing",
    "find_markers",
    "judge_rows",
    "load_settings",
    "printable",
    "read_record",
    "record_json",
    "record_of",
    "render_answer",
    "render_diagnosis",
    "render_hits",
    "render_html",
    "render_junit",
    "render_markdown",
    "render_report",
    "render_sync",
    "render_verification",
    "report_json",
    "sync_json",
    "verify",
    "write_atomically",
]

_LATER = {
    "AnswerChecker": "assistant.langchain",
    "Assistant": "assistant.api",
    "Checker": "assistant.checking",
    "CitationEvaluator": "assistant.langchain",
    "Diagnosis": "assistant.doctor",
    "ErrorRates": "assistant.weighing",
    "diagnose": "assistant.doctor",
    "render_diagnosis": "assistant.doctor",
    "render_html": "assistant.reports",
    "render_junit": "assistant.reports",
    "render_markdown": "assistant.reports",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
