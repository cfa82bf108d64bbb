"""A question that leans on the conversation, made to stand alone by rules; one that stands alone is left as it is.

A fragment ("And Kosovo?") takes the place of its like in the question before, or is put after it; a bare question word
("Why?") asks it of the question before; a pronoun is replaced by what it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.dates import DateMention, find_dates
from assistant.facts.quantities import find_quantities
from assistant.phrases import AUXILIARIES, PREPOSITIONS, QUESTION_WORDS, Phrase, noun_phrases
from assistant.types import Turn
from index import content_words, words

_LONGEST_FRAGMENT = 6  # words; "What about the cost of the whole visit to Albania?" says enough alone
_LEAD = re.compile(
    r"^(?:(?:(?:and|but|so|ok|okay|also|then|or|now|well)\b[, ]*)+(?:(?:what|how) about\s+)?|(?:what|how) about\s+)",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?:(?:{PREPOSITIONS}) )?(?:{QUESTION_WORDS})(?: (?:so|not|else|exactly|many|much|for|then|long|often|"
    r"year|month|day|date|country|countries|place|person|people|ones?))?(?: (?:is|was) (?:that|this|it))?"
    r"(?: (?:did|does|do) (?:that|this|it) happen)?",
    re.IGNORECASE,
)
_EVENT = re.compile(r" (?:is|was|did|does|do) (?:that|this|it)(?: happen)?$", re.IGNORECASE)
_HOW_MANY = re.compile(
    rf"^how (?:many|much)(?: (?:{AUXILIARIES}))*(?: (?:there|it|that|they|those))?(?: been)?"
    rf"(?P<rest>(?: (?:{PREPOSITIONS}|last|this|next)\b.*)?)$",
    re.IGNORECASE,
)
_COUNT_OF = re.compile(rf"^(?P<how>how (?:many|much)) (?P<noun>.+?)(?P<rest> (?:{AUXILIARIES})\b.*)?$", re.IGNORECASE)
_MORE = re.compile(r"(?:(?:please )?(?:tell me more|go on|explain|more details?|more|can you explain(?: that)?))", re.I)
_ADVERBS = r"when|where|why|how"
_ASKS_ADVERB = re.compile(rf"^(?:{_ADVERBS}) (?=(?:{AUXILIARIES})\b)", re.IGNORECASE)
_ORDINALS = r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next|\d+(?:st|nd|rd|th)"
_ORDINAL = re.compile(rf"\b(?:{_ORDINALS})\b", re.IGNORECASE)
_ORDINAL_FRAGMENT = re.compile(rf"(?:the )?(?P<ordinal>{_ORDINALS})(?: ones?)?", re.IGNORECASE)
_PREPOSITION = re.compile(rf"^(?P<lead>(?:{PREPOSITIONS}) (?:the )?)", re.IGNORECASE)
_VERBS = re.compile(rf"\b(?:{AUXILIARIES}|{QUESTION_WORDS})\b", re.IGNORECASE)

_PRONOUN = re.compile(
    r"\b(?P<word>it|its|they|them|their|theirs|he|him|his|she|her|there|those|these|this|that)\b", re.IGNORECASE
)
_EXPLETIVE = re.compile(
    rf"\b(?:(?:{AUXILIARIES}) there\b(?!\W*$)|there (?:{AUXILIARIES})\b"
    rf"|it (?:\w+ )?\w+ (?:that|to|for|if|when|whether)\b"
    r"|time is it\b|it rain|it snow)",
    re.IGNORECASE,
)
_POINTING = frozenset("this that these those".split())
_TIMES = re.compile(
    r"(?:this|that|these|those) (?:year|week|month|day|time|morning|century|decade|summer|autumn|winter|spring)s?\b",
    re.I,
)
_STANDS_ALONE = re.compile(
    rf"(?:this|that|these|those)\b(?=\s*$| (?:{AUXILIARIES}|{PREPOSITIONS}|mean|means|happen|happened|work|works|help"
    r"|change|cost|affect|apply|include|true|right|correct|all|more|less|enough|a|an|the|because|why|how)\b)",
    re.IGNORECASE,
)
_LEANS_ON = re.compile(
    rf"{AUXILIARIES}|{PREPOSITIONS}", re.IGNORECASE
)  # before "that": not "said that", "project that"
_TAIL = re.compile(rf", and (?:(?:{PREPOSITIONS}) )?(?:{QUESTION_WORDS})\b[^,]*$", re.IGNORECASE)
_PLACE_PREPOSITIONS = frozenset("in to at from".split())
_OWNED = re.compile(r"['’]s?$")
_PERSONS = frozenset("he him his she her".split())
_SEVERAL = frozenset("they them their theirs these those".split())
_POSSESSIVE = frozenset("its their theirs his".split())


def condense(question: str, history: Sequence[Turn]) -> str:
    """Return ``question`` as it can be understood without ``history`` (earlier turns, the latest last)."""
    if not history:
        return question
    last = history[-1]
    topic = _TAIL.sub("", (last.read_as or last.question).strip().rstrip("?!. "))
    asked = question.strip().rstrip("?!. ")
    core = _LEAD.sub("", asked)
    if not topic or not core:
        return question
    if _MORE.fullmatch(core):
        return f"{topic}?"
    if _BARE.fullmatch(core):
        return _ask_of(core, topic)
    count = _same_count(core, topic)
    if count:
        return count
    if _is_fragment(core, led=core != asked, marked="?" in question):
        return f"{_put_in(core, topic)}?"
    return _resolve(question, topic, last.answer)


def _ask_of(word: str, topic: str) -> str:
    """Ask "Why?" of the question before."""
    word = _EVENT.sub("", word)
    if _ASKS_ADVERB.match(topic) and word.lower() in ("when", "where"):
        return f"{_ASKS_ADVERB.sub(f'{word.capitalize()} ', topic)}?"
    if re.match(rf"(?:{AUXILIARIES})\b", topic, re.IGNORECASE) and re.fullmatch(_ADVERBS, word, re.IGNORECASE):
        return f"{word.capitalize()} {topic[0].lower()}{topic[1:]}?"
    return f"{topic}, and {word[0].lower()}{word[1:]}?"


def _same_count(core: str, topic: str) -> str | None:
    """Read "How many in 2022?" and "How many women?" after "How many Albanians were returned in 2024?"."""
    before = _COUNT_OF.match(topic)
    if before is None:
        match = _HOW_MANY.match(core)
        return f"{topic}, and {core[0].lower()}{core[1:]}?" if match else None
    match = _HOW_MANY.match(core)
    if match:
        rest = match["rest"].strip()
        return f"{_put_in(rest, topic)}?" if rest else f"{topic}?"
    now = _COUNT_OF.match(core)
    if now and not now["rest"] and before["rest"] and not _VERBS.search(now["noun"]) and len(words(core)) <= 5:
        return f"{core[0].upper()}{core[1:]}{before['rest']}?"
    return None


def _is_fragment(core: str, led: bool, marked: bool) -> bool:
    """Whether a follow-up has no verb of its own; key words without a question mark are a search, not a fragment."""
    count = len(words(core))
    if count > _LONGEST_FRAGMENT or _VERBS.search(core.replace("May", "")) or _PRONOUN.fullmatch(core):
        return False
    plain = [word for word in content_words(core) if word.text[0].islower()]
    if " of " in core and len(plain) > 1:
        return False
    return led or (marked and len(plain) <= 3) or (count <= 2 and len(plain) < 2)


def _put_in(fragment: str, topic: str) -> str:
    """Put a fragment in the place of its like in ``topic``: date for date, name for name; else behind it."""
    return (
        _put_ordinal(fragment, topic)
        or _put_date(fragment, topic)
        or _put_number(fragment, topic)
        or _put_phrase(fragment, topic)
        or (f"{topic} {fragment}" if _PREPOSITION.match(fragment) else f"{topic}: {fragment}")
    )


def _put_ordinal(fragment: str, topic: str) -> str | None:
    """Read "the second one" after a question about the first."""
    new, old = _ORDINAL_FRAGMENT.fullmatch(fragment), _ORDINAL.search(topic)
    return f"{topic[: old.start()]}{new['ordinal']}{topic[old.end() :]}" if new and old else None


def _put_date(fragment: str, topic: str) -> str | None:
    ours, theirs = find_dates(fragment), find_dates(topic)
    if len(ours) != 1 or not theirs:
        return None
    new, old = ours[0], _like(ours[0], theirs)
    written = fragment[new.start : new.end]
    if old.parts.keys() == {"year"} and new.month and not new.year:
        return f"{topic[: old.start]}{written} {topic[old.start :]}"
    return f"{topic[: old.start]}{written}{topic[old.end :]}"


def _like(date: DateMention, others: Sequence[DateMention]) -> DateMention:
    """The date that gives the same parts, or else the last."""
    same = [other for other in others if other.parts.keys() == date.parts.keys()]
    return (same or list(others))[-1]


def _put_number(fragment: str, topic: str) -> str | None:
    ours, theirs = find_quantities(fragment), find_quantities(topic)
    if len(ours) != 1 or len(theirs) != 1 or find_dates(fragment) or ours[0].unit != theirs[0].unit:
        return None
    return f"{topic[: theirs[0].start]}{fragment[ours[0].start : ours[0].end]}{topic[theirs[0].end :]}"


def _put_phrase(fragment: str, topic: str) -> str | None:
    lead = _PREPOSITION.match(fragment)
    ours = noun_phrases(fragment)
    if len(ours) != 1 or find_dates(fragment):
        return None
    new = ours[0]
    likes = [old for old in noun_phrases(topic) if _alike(new, old)]
    likes = [old for old in likes if old.is_owner == new.is_owner] or likes
    if lead:
        likes = [old for old in likes if old.before == lead.group().split()[0].lower()]
    if not likes or (len(likes) > 1 and not new.is_name):
        return None
    old = likes[-1]
    owner = "’s" if old.is_owner and not new.is_owner else ""
    return f"{topic[: old.start]}{new.text}{owner}{topic[old.end :]}"


def _alike(new: Phrase, old: Phrase) -> bool:
    """Whether two phrases are of a sort: a name for a name, several for several."""
    return new.is_name == old.is_name and new.is_plural == old.is_plural


def _resolve(question: str, topic: str, answer: str) -> str:
    """Replace the first pronoun that leans on the conversation; put the question before in front where nothing fits."""
    for match in _PRONOUN.finditer(question):
        if _stands_by_itself(question, match):
            continue
        word = match["word"].lower()
        start, end = match.span()
        if word in _POINTING and not _STANDS_ALONE.match(question, start):
            referent, end = _described(question, match, topic, answer)
        else:
            referent = _referent(word, topic, answer)
        if not referent:
            return f"{topic}? {question.strip()}"
        if word in _POSSESSIVE or (word == "her" and re.match(r" \w", question[end:])):
            referent += "’" if referent.endswith("s") else "’s"
        return f"{question[:start]}{referent}{question[end:]}"
    return question


def _stands_by_itself(question: str, match: re.Match[str]) -> bool:
    """Whether a pronoun points at nothing ("is there"), at a time ("this year"), or back into its own question."""
    word, start = match["word"].lower(), match.start()
    if any(found.start() <= start < found.end() for found in _EXPLETIVE.finditer(question)):
        return True
    if word in _POINTING:
        before = question[:start].split()
        joins = word == "that" and bool(before) and not _LEANS_ON.fullmatch(before[-1])
        ends = re.match(r"\W*$", question[match.end() :]) is not None
        return _TIMES.match(question, start) is not None or (joins and not ends)
    earlier = noun_phrases(question[:start])
    if word == "there":
        return any(phrase.is_name for phrase in earlier)
    is_object = word in ("them", "him") or (word not in _POSSESSIVE and re.match(r"\W*$", question[match.end() :]))
    return not is_object and any(phrase.is_name or " " in phrase.text for phrase in earlier)


def _described(question: str, match: re.Match[str], topic: str, answer: str) -> tuple[str | None, int]:
    """What "this project" stands for: the phrase with that noun in the question before or its answer; and its end."""
    phrase = next((p for p in noun_phrases(question) if p.start == match.start()), None)
    if phrase is None:
        return None, match.end()
    for other in [*noun_phrases(topic), *noun_phrases(answer)]:
        if other.head.lower() == phrase.head.lower() and len(other.text) > len(phrase.head):
            return other.text, phrase.end
    return None, phrase.end


def _referent(word: str, topic: str, answer: str) -> str | None:
    """What a pronoun stands for: a person, a place, several things, or one."""
    asked, answered = noun_phrases(topic), noun_phrases(answer)
    if word == "there":
        places = [p for p in [*asked, *answered] if p.is_name and p.before in _PLACE_PREPOSITIONS]
        return f"in {places[0].text}" if places else None
    if word in _PERSONS:
        new = [phrase for phrase in answered if phrase.text not in topic]
        people = [*new, *asked] if topic.lower().startswith("who") else [*asked, *new]
        named = [p.text for p in people if p.is_name and not p.is_plural and p.before not in _PLACE_PREPOSITIONS]
        return _OWNED.sub("", named[0]) if named else None
    if word in _POINTING - _SEVERAL:
        return None
    fitting = [p for p in asked if p.is_plural == (word in _SEVERAL)]
    fitting.sort(key=lambda p: (p.is_name, p.start))
    return _OWNED.sub("", fitting[0].text) if fitting else None
