"""Why a chat model failed, in plain words: for the reader of the chat, and for whoever set the model up."""

from __future__ import annotations

_TOO_LONG = "The question and its sources are longer than the model can read."
_UNREACHABLE = "The model's server cannot be reached."
_SLOW = "The model took too long to answer."
_CUT = "The connection to the model broke off."
_LIMIT = "The model's provider takes no more requests at the moment: its limit of requests or credit is reached."
_KEY = "The model's provider did not accept the key."
_UNKNOWN = "The model's provider does not know this model."
_REFUSED = "The model's server did not accept the request."
_THEIRS = "The model's server has a fault or is overloaded."
_GARBAGE = "The model's server sent something that is no answer."
_UNUSABLE = "The model cannot be used as it is set up."
_OTHER = "The model failed."

_BY_STATUS = {401: _KEY, 402: _LIMIT, 403: _KEY, 404: _UNKNOWN, 408: _SLOW, 413: _TOO_LONG, 429: _LIMIT, 504: _SLOW}
_BY_WORDS = (
    (_TOO_LONG, ("context_length", "context length", "context size", "context window", "prompt is too long")),
    (_LIMIT, ("rate_limit", "rate limit", "insufficient_quota", "quota exceeded", "credit balance")),
    (_THEIRS, ("overloaded", "internal server error", "server_error", "api_error")),
    (_KEY, ("authentication_error", "could not resolve authentication", "authentication failed", "api key")),
)
_BY_NAME = (
    (_UNUSABLE, ("ModelLoadError",)),
    (_TOO_LONG, ("ContextOverflowError",)),
    (_UNREACHABLE, ("ConnectError", "ConnectTimeout", "ConnectionRefusedError", "gaierror")),
    (_SLOW, ("TimeoutError", "TimeoutException", "APITimeoutError", "ModelTimeoutError")),
    (_CUT, ("RemoteProtocolError", "ReadError", "WriteError", "ConnectionResetError", "BrokenPipeError")),
    (_CUT, ("IncompleteRead", "ConnectionAbortedError")),
    (_UNREACHABLE, ("APIConnectionError", "ModelConnectionError", "NetworkError", "ConnectionError")),
)
_NAMES_OF_GARBAGE = {
    *("JSONDecodeError", "DecodingError", "UnicodeDecodeError", "APIResponseValidationError", "ValidationError"),
    *("KeyError", "AttributeError", "TypeError", "IndexError"),
}


def explain_failure(error: BaseException) -> str:
    """Return in plain words why a chat model failed. No key, no address and no word of the error itself is in it.

    It knows the errors of the providers' packages by their names and status codes, and loads none of these packages.
    """
    chain = list(_chain(error))
    names = {kind.__name__ for each in chain for kind in type(each).__mro__}
    if "ModelFailedError" in names:
        return str(next(each for each in chain if type(each).__name__ == "ModelFailedError"))
    said = " ".join(str(each) for each in chain).lower()
    status = next((code for each in chain if (code := _status(each))), None)
    worded = next((plain for plain, words in _BY_WORDS if any(word in said for word in words)), None)
    if status == 400 and worded:
        return worded
    if status:
        return _BY_STATUS.get(status, _THEIRS if status >= 500 else _REFUSED)
    named = next((plain for plain, known in _BY_NAME if names & set(known)), None)
    return named or worded or (_GARBAGE if names & _NAMES_OF_GARBAGE else _OTHER)


_WHAT_TO_DO = {
    _TOO_LONG: "Give it less (generation.sentences), or take a model that reads more.",
    _UNREACHABLE: "Is its server running, at the address of generation.base_url or of the provider's own variable?",
    _SLOW: "Give it longer (generation.timeout_seconds), or take a smaller model.",
    _CUT: "Did its server end, for want of memory perhaps? Its own log tells.",
    _LIMIT: "Wait, or look at the limits and the credit of the account.",
    _KEY: "Look at the key in the provider's own variable, such as OPENAI_API_KEY or ANTHROPIC_API_KEY.",
    _UNKNOWN: "Look at the name behind the colon; a model of Ollama must have been pulled: ollama pull NAME.",
    _REFUSED: "Does the model write texts? Its server's log tells what it did not accept.",
    _THEIRS: "Try again in a while; if it is your own server, look at its log.",
    _GARBAGE: "Does generation.base_url point at a server that speaks the provider's protocol? OpenAI's ends in /v1.",
}


def what_to_do(failure: str) -> str:
    """Return what whoever set the model up may do about a failure, given as :func:`explain_failure` tells it."""
    return _WHAT_TO_DO.get(failure, "Try it again; if that does not help, try another model.")


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what it came from, the last first."""
    found: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in found:
        found.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return found


def _status(error: BaseException) -> int | None:
    """The HTTP status of a refusal; an error that is told inside of a stream has none, or 200."""
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) and status >= 400 else None
