"""What of a text is no claim: questions, greetings, opinions, headings. By rule; when in doubt it is a claim. Pure."""

from __future__ import annotations

import re
from typing import Literal

from assistant.facts.dates import find_dates
from assistant.predicates import finite_verbs
from index import content_words, words

RemarkKind = Literal["question", "greeting", "opinion", "heading"]

_LONGEST_HEADING = 12  # words of a line without a full stop and without a verb that is still taken for a heading
_SHORTEST_CLAIM = 3  # words; a shorter sentence states something only by a verb or a figure of its own
_LONGEST_ADDRESS = 8  # words of "Dear Sir or Madam,"

_STOP = re.compile(r"[.!?;:…。][\"'”’»)\]*_]*$")
_QUESTION = re.compile(r"\?[\"'”’»)\]*_]*$")
_QUOTE = re.compile(r"[“”\"«»]|(?<!\w)‘")
_FIGURE = re.compile(r"\d|[%£$€]")
_FACT = re.compile(r"\d%|[£$€]\d|\d[,.]\d|\b\d+ [a-z]{3,}s\b")
_HEADLINE = re.compile(r"\b[A-Z][\w’'-]*,? to [a-z]{2,} ")  # "UK to expand the task force"
_LEAD = r"^(?:(?:well|ok|okay|so|but|and|yes|no|finally|overall|ultimately|clearly|truly|honestly)\b,?\s+)*"

_GREETING = re.compile(
    _LEAD + r"(?:hello|hi(?!-)|hey|good (?:morning|afternoon|evening|day)|welcome to (?:this|our|my|the)|greetings"
    r"|thank you|(?:many )?thanks(?! to)|thanks in advance|you(?:['’]re| are) welcome|no problem|goodbye|bye"
    r"|(?:best|kind|warm) (?:regards|wishes)|yours (?:sincerely|faithfully|truly)|cheers"
    r"|(?:great|good|excellent) question|(?:i['’]m |i am )?(?:happy|glad) to help"
    r"|(?:sure|certainly|of course|absolutely|no problem|yes|great)\s*[.!]?$"
    r"|(?:(?:sure|certainly|of course|absolutely|great|okay|ok)[,!.:]?\s+)?"
    r"(?:here(?:['’]s| is| are) (?:(?:a|an|the|my|your|some|what)\b)|below is (?:a|the|an)\b"
    r"|i (?:hope|trust) (?:this|that|it)|let me (?:know|explain|summarise|summarize|help)"
    r"|(?:please )?feel free|i can (?:help|certainly|also)|i['’]d be happy"
    r"|i would be happy|i['’]ll (?:summarise|summarize|help|try)|i will (?:summarise|summarize|help|try)"
    r"|please (?:let me know|ask|note that i)|if you (?:have|need|would like|want|['’]d like)"
    r"|as an ai|i['’]m (?:sorry|an ai|just an)|i am (?:sorry|an ai|just an)|i apologi[sz]e"
    r"|i (?:do not|don['’]t) have access))"
    r"(?![\w-])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^dear\b.*,$", re.IGNORECASE)
_ACTION = re.compile(
    r"^(?:please )?(?:(?:discover|find out|learn|read|see|hear|get) more|read (?:the full|on\b|also|our)"
    r"|click (?:here|on)|subscribe\b|sign up\b|follow us|join (?:us|our)|share this|like and share|stay tuned"
    r"|don['’]t miss|contact us"
    r"|see also|visit our|donate (?:now|today)|download (?:the|our)|watch (?:the|our|more)|support us|share your"
    r"|tell us|advertisement\b|all rights reserved|image:|photo:|related:)",
    re.IGNORECASE,
)
_VALUES = (
    "wonderful|great|excellent|terrible|awful|disgraceful|shameful|welcome|encouraging|impressive|remarkable|amazing"
    "|fantastic|positive|promising|worrying|sad|good|bad|right|wrong|brilliant|historic|proud|outrageous|unacceptable"
    "|beautiful|disappointing|exciting|inspiring|superb|splendid|dreadful|ridiculous|absurd|stupid|nice|clever|crucial"
    "|vital|better|best|worst|worse|fair|unfair|moving|testament|game-changer|disaster|triumph|scandal|disgrace|shame|joy"
)
_DEGREE = r"(?:(?:a|an|the|such|so|very|truly|really|quite|simply|just|absolutely|rather|most|certainly|clearly)\s+)*"
_OPINION = re.compile(
    _LEAD + r"(?:in (?:my|our) (?:humble )?(?:view|opinion|judgement|judgment)"
    r"|(?:i|we) (?:think|believe|feel|hope|wish|love|fear|doubt|would argue|suspect)\b|to my mind|personally\b"
    r"|arguably\b|it remains to be seen|(?:only )?time will tell|one (?:can only|might|may) (?:hope|wonder|argue)"
    r"|(?:we|you|one) (?:should|must|need to|ought to)\b"
    r"|let['’]?s\b|let us\b|what an? \w+|how \w+ (?:this|that|it) is|it is (?:high )?time\b|who knows|fingers crossed"
    r"|as (?:these|the|those|such) \w+ unfold"
    rf"|(?:this|that|it|these|those|all this|there)(?:['’]s| is| are| was| were| seems?| feels?| looks?| sounds?"
    rf"| marks?| represents?| would be| will be)\s+{_DEGREE}(?:{_VALUES})\b(?! (?:that|to note|for the)))",
    re.IGNORECASE,
)


def remark_kind(sentence: str, *, item: bool = False, title: bool = False) -> RemarkKind | None:
    """Return what ``sentence`` is, if it is no claim; None where a source could bear it out, or where that is unclear.

    Args:
        sentence: without markers.
        item: whether it stands in a list item or a table row, where a statement needs no verb and no full stop.
        title: whether it is marked as a heading; such a line is a claim only if it has a verb and a figure.
    """
    plain = sentence.strip().strip("*_|# \n\t")
    if not words(plain):
        return "heading"
    if _is_question(plain):
        return "question"
    if title:
        return None if finite_verbs(plain) and _FIGURE.search(plain) else "heading"
    return _spoken(plain) or _short(plain, item)


def _is_question(plain: str) -> bool:
    """Whether a sentence asks; one that tells what somebody asked ("He asked: “Why?”") does not."""
    if not _QUESTION.search(plain):
        return False
    opening = _QUOTE.search(plain)
    return opening is None or opening.start() == 0 or plain.endswith("?")


def _spoken(plain: str) -> RemarkKind | None:
    """Greetings, talk of an assistant, calls to action and opinions; none with a figure, a date or a quotation."""
    if _FIGURE.search(plain) or _QUOTE.search(plain) or find_dates(plain):
        return None
    if _GREETING.match(plain) or (_ADDRESS.match(plain) and len(words(plain)) <= _LONGEST_ADDRESS):
        return "greeting"
    if _ACTION.match(plain):
        return "opinion"
    return "opinion" if _OPINION.match(plain) and not _names(plain) else None


def _names(plain: str) -> bool:
    """Whether a sentence names somebody or something: a word with a capital that does not begin it."""
    capitals = [word.text for word in words(plain)[1:] if word.text[0].isupper()]
    return any(word.replace("’", "'").partition("'")[0] != "I" for word in capitals)


def _short(plain: str, item: bool) -> RemarkKind | None:
    """Headings and fragments: lines and sentences too short or too bare to state anything."""
    count, stopped = len(words(plain)), _STOP.search(plain) is not None
    verbs, facts = finite_verbs(plain), _FACT.search(plain)
    if plain.endswith(":"):
        return "heading" if count <= _LONGEST_HEADING else None
    if count < _SHORTEST_CLAIM:
        states = content_words(plain) and ((facts and item) or (verbs and count > 1))
        return None if states else ("opinion" if stopped else "heading")
    if item or stopped or facts or verbs or _HEADLINE.search(plain):
        return None
    return "heading" if count <= _LONGEST_HEADING else None
