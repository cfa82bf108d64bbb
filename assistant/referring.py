"""What "he", "the two countries" or "the programme" at a claim refers to: names and phrases of the sentences before it.

The words found are added when a claim is searched for and judged, so they must be right rather than many: a reference
that is not clear, or that the sentence itself resolves ("Starmer said he would ..."), adds nothing. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.phrases import Phrase, noun_phrases
from assistant.predicates import finite_verbs

_PERSON_REACH, _PAIR_REACH, _THING_REACH, _PHRASE_REACH = 5, 8, 1, 10
"""How many sentences back a person, a pair, "it", and "the programme" may stand. By judgement."""

_PERSONAL = re.compile(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:they|them|their|theirs|both)\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:its?|itself)\b", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"\bit (?:is|was|will be|has been|would be|may be|seems?|appears?|remains?|comes?|takes?|took)\b", re.IGNORECASE
)
_PAIR_OF = re.compile(
    r"\b(?:the|these|those) (?:two|pair of) (?P<what>[a-z]+)|\bboth (?P<all>[a-z]+s)\b|\bboth\b(?! [\w’'-]+ and\b)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:the|this|that|these|those|such) (?P<head>[a-z][a-z-]{2,})\b(?! of\b)", re.IGNORECASE)
_PEOPLE = frozenset("leaders ministers men women presidents politicians people officials secretaries premiers".split())

_TITLE = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|President|Chancellor|Mayor|King|Queen|Prince|Princess"
    "|Prime Minister|Foreign Secretary|Home Secretary|Secretary|Minister|Judge|General|Pope|Captain|Inspector"
)
_WORD = r"[A-Z][\w’-]*[a-z]"
_TITLED = re.compile(rf"\b(?:{_TITLE})\.?(?: (?:{_TITLE})\.?)* (?P<name>{_WORD}(?: {_WORD})*)")
_LEADING_TITLES = re.compile(rf"^(?:(?:{_TITLE}|Prime)\b\.? ?)+")
_ACTS = (
    "said|says|told|added|announced|met|meets|will meet|visited|visits|emphasi[sz]ed|argued|claimed|wrote|explained"
    "|warned|thanked|praised|called|promised|pledged|insisted|stressed|noted|arrived|spoke|asked|replied|joined|stated"
    "|has been clear|was born|resigned|believes|hopes|welcomed|convened|hosted|highlighted|hailed|unveiled"
)
_ACTOR = re.compile(
    rf"(?<![\w-])(?P<name>{_WORD}(?: {_WORD}){{0,2}})(?:, [^,.;]{{3,60}},)? (?:(?:also|has|had) )?(?:{_ACTS})\b"
)
_NO_PERSON = re.compile(
    r"\b(?:Ministry|Office|Government|Council|Union|Force|Police|Party|Summit|Community|Court|University|Bank|Company"
    r"|Agency|Department|Parliament|Kingdom|States?|Republic|Nations?|Street|Committee|Commission|Group|News|Times|Post"
    r"|Britain|England|Scotland|Wales|Ireland|France|Germany|Italy|Spain|Albania|Kosovo|Serbia|Montenegro|Macedonia"
    r"|Europe|America|China|Russia|Ukraine|India|Turkey|Greece|London|Paris|Rome|Tirana|Brussels|Washington|The|This|It"
    r"|He|She|They|We|In|On|At|After|But|And)\b"
)
_NAME = rf"(?:the )?(?:{_WORD}|[A-Z]{{2,}})(?: (?:of (?:the )?)?(?:{_WORD}|[A-Z]{{2,}})){{0,4}}"
_PAIR = re.compile(rf"(?<![\w-])(?P<one>{_NAME})(?:,? and (?:with )?|-)(?P<other>{_NAME})(?![\w-])")
_SAYS_LITTLE = frozenset("the a an this that new first own same such current latest recent further other whole".split())
_NOT_A_NAME = frozenset("the a an in on at it he she they this that but and for after as with by if when".split())


def antecedent(sentence: str, before: Sequence[str]) -> str:
    """Return the names and noun phrases that ``sentence`` refers to without saying them, joined with "; ".

    Read are "he" and "she" (the person that the nearest sentence before names, its subject first), "they", "both" and
    "the two ..." (the last two names joined by "and"), "it" (the subject of the sentence before), and "the programme"
    (the last longer phrase with that noun).

    Args:
        sentence: of one text, without markers.
        before: the sentences of that text before it, in order.

    Returns:
        Words of ``before`` as they are written there; "" where the sentence stands by itself or it is not clear.
    """
    found = [
        _person(sentence, before),
        _pair(sentence, before),
        _thing(sentence, before),
        *_phrases(sentence, before),
    ]
    return "; ".join(dict.fromkeys(words for words in found if words))


def person_names(text: str) -> list[str]:
    """Return the names in ``text`` that are taken for persons: with a title, or doing what only people do; in order."""
    found = {match.start("name"): match["name"] for match in _ACTOR.finditer(text)}
    found |= {match.start("name"): match["name"] for match in _TITLED.finditer(text)}
    plain = (_LEADING_TITLES.sub("", re.sub(r"['’]s$", "", name)) for _, name in sorted(found.items()))
    return list(dict.fromkeys(name for name in plain if name and not _NO_PERSON.search(name)))


def _person(sentence: str, before: Sequence[str]) -> str:
    """The person whom "he" or "she" is; the longest form of the name that the text has used so far."""
    pronoun = _PERSONAL.search(sentence)
    if pronoun is None or person_names(sentence[: pronoun.start()]):
        return ""
    for earlier in reversed(before[-_PERSON_REACH:]):
        named = person_names(earlier)
        if named:
            surname = named[0].split()[-1]
            forms = [name for text in before for name in person_names(text) if name.split()[-1] == surname]
            return max(forms, key=len)
    return ""


def _pair(sentence: str, before: Sequence[str]) -> str:
    """The two whom "they" or "the two countries" are; leaders are people, anything else is none."""
    told = _PAIR_OF.search(sentence)
    pronoun = told or _SEVERAL.search(sentence)
    said = sentence[: pronoun.start()] if pronoun else ""
    if pronoun is None or _PAIR.search(said) or (told is None and _has_plural(said)):
        return ""
    what = (told["what"] or told["all"] or "") if told else ""
    for earlier in reversed(before[-_PAIR_REACH:]):
        pairs = [match for match in _PAIR.finditer(earlier) if _is_pair(match, what.lower())]
        if pairs:
            return f"{_bare(pairs[-1]['one'])} and {_bare(pairs[-1]['other'])}"
        if told is None and _has_plural(earlier):
            return ""  # "they" are rather those people than two names further off
    return ""


def _is_pair(match: re.Match[str], what: str) -> bool:
    names = _bare(match["one"]), _bare(match["other"])
    if any(name.lower() in _NOT_A_NAME for name in names):
        return False
    people = [_is_person(match.string, name) for name in names]
    return all(people) if what in _PEOPLE else not any(people) or not what


def _is_person(text: str, name: str) -> bool:
    return any(name.endswith(person) or person.endswith(name) for person in person_names(text)) or bool(
        re.search(rf"\b(?:{_TITLE})\b", name)
    )


def _bare(name: str) -> str:
    return re.sub(r"^(?:[Tt]he|In|On|At|But|And|For|With|Both|Between) ", "", name)


def _has_plural(text: str) -> bool:
    return any(phrase.is_plural and not phrase.is_owner for phrase in _noun_phrases(text)) or bool(_PAIR.search(text))


def _thing(sentence: str, before: Sequence[str]) -> str:
    """What "it" is: the subject of the sentence before, if that is one thing and no person."""
    pronoun = _THING.search(sentence)
    if pronoun is None or not before or _EXPLETIVE.match(sentence, pronoun.start()):
        return ""
    if any(not phrase.is_plural for phrase in _noun_phrases(sentence[: pronoun.start()])):
        return ""
    for earlier in reversed(before[-_THING_REACH:]):
        subject = _subject(earlier)
        if subject and not subject.is_plural and not person_names(earlier[: subject.end + 20]):
            return re.sub(r"^(?:[Tt]he|[Aa]n?|[Tt]his) ", "", subject.text)
    return ""


def _subject(sentence: str) -> Phrase | None:
    """The first noun phrase before the first verb, if it is not one in a prepositional phrase."""
    verbs = finite_verbs(sentence)
    phrases = _noun_phrases(sentence[: verbs[0].start]) if verbs else []
    return next((phrase for phrase in phrases if not phrase.before and not phrase.is_owner), None)


@lru_cache(maxsize=4_096)
def _noun_phrases(text: str) -> tuple[Phrase, ...]:
    """Each sentence is looked back at by those that follow it."""
    return tuple(noun_phrases(text))


def _phrases(sentence: str, before: Sequence[str]) -> list[str]:
    """What "the programme" and "this project" are: the last phrase before that says more with the same noun."""
    heads = {match["head"].lower() for match in _POINTS_BACK.finditer(sentence) if _stands_alone(sentence, match)}
    earlier = [phrase for text in before[-_PHRASE_REACH:] for phrase in _noun_phrases(text)] if heads else []
    found = []
    for head in sorted(heads, key=sentence.lower().find):
        longer = [phrase.text for phrase in earlier if phrase.head.lower() == head and _says_more(phrase)]
        if longer and longer[-1].lower() not in sentence.lower():
            found.append(re.sub(r"^(?:the|an?|this|its|their|his|her|our) ", "", longer[-1], flags=re.IGNORECASE))
    return found


def _stands_alone(sentence: str, match: re.Match[str]) -> bool:
    """Whether the noun ends its phrase: "the programme will", not "the programme director"."""
    phrase = next((p for p in _noun_phrases(sentence) if p.start <= match.start("head") < p.end), None)
    return phrase is not None and phrase.end == match.end("head")


def _says_more(phrase: Phrase) -> bool:
    return len([word for word in phrase.text.lower().split() if word not in _SAYS_LITTLE]) > 1
