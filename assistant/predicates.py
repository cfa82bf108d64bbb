"""Finite verbs found without a tagger: by auxiliaries, irregular pasts, endings, and the words around them. Pure.

Built to be sure rather than complete: what may as well be a noun or an adjective ("a planned visit") is no verb.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index import STOPWORDS, Word, words

_AUXILIARIES = frozenset(
    """is are was were has have had will would can could may might must shall should does do did isn't aren't wasn't
    weren't hasn't haven't hadn't won't wouldn't can't cannot couldn't mustn't shouldn't doesn't don't didn't it's
    he's she's they're we're i'm you're there's that's i've we've they've i'll we'll they'll""".split()
)
_IRREGULAR = frozenset(
    """became began bought brought built came caught chose drew drove fell felt flew forbade fought gave grew heard
    held kept knew laid lost made meant met paid rose said sank saw sent shot slid sold sought spent spoke stood
    stole struck swore taught thought threw told took understood went withdrew won wore wrote found left led ran cut
    hit put set shut spread sat swept shook stuck lay rang forgot froze upheld oversaw undertook underwent overtook
    broke quit""".split()
)
_VERBS = frozenset(
    """accept accuse achieve act add address admit adopt advise affect agree aim allow announce appear apply appoint
    approve argue arrest arrive ask attack attend authorise avoid award back ban become begin believe boost bring
    build buy call cancel carry cause celebrate change charge claim close combine come complete condemn confirm
    consider contain continue contribute control convene convict cover create criticise cross curb cut deal decide
    declare decline decrease defend delay deliver demand deny depend deploy describe deter detain detect develop
    discuss dismantle dismiss donate double drop emerge emphasise emphasize employ enable encourage end enforce
    enhance ensure enter establish estimate exceed exclude expand expect explain express extend face fail fall fight
    finance find finish focus follow force fund gain give go govern grant grow halve handle happen help highlight
    hold hope host identify ignore impose improve include increase indicate inform intercept introduce invest
    investigate invite involve issue join keep know lack last launch lead leave limit link look lose lower maintain
    make manage mark meet move name need negotiate note offer open operate oppose order organise outline oversee own
    participate pass pay perform plan play pledge praise prepare present prevent produce promise promote propose
    protect prove provide publish pursue put raise reach receive recognise recommend record recover reduce reflect
    refuse regulate reinforce reject release rely remain remove repeal replace report represent request require
    resign resolve respond result retain return reveal review rise rule run say see seek sell send serve set share
    show sign slow speak spend stand start state steer stay stop strengthen suffer suggest supply support surge
    suspend tackle take talk target tell test threaten total trace train travel treat treble trigger triple try turn
    underline underscore understand unveil upgrade urge use visit vote vow wait want warn welcome widen win withdraw
    work write""".split()
)
_ALSO_NOUNS = frozenset(
    """act address aim approach arrest attack award back ban call cause change charge claim control cover cross cut
    deal decline decrease delay demand drop end estimate fall fight finance find focus force fund gain grant help
    highlight host increase issue lack launch lead limit link look mark move name need note offer order pass pay
    plan play pledge praise promise raise reach record release report request result return review rise rule run set
    share show sign slow stand start state stay stop supply support surge talk target test total trace train travel
    treat trigger turn use visit vote vow wait welcome win work close complete open lower own present""".split()
)
"""Plain forms and third persons that may as well be nouns or adjectives."""

_DETERMINERS = frozenset("the a an this that these those its their his her our your my no any some each every".split())
_PRONOUNS = frozenset("i you he she it we they who which that this these those there".split())
_BEFORE_NOUN = _DETERMINERS | frozenset(
    """of in on at by for with from into between during against under over about without within per to as than and or
    most more less further two three four five six seven eight nine ten several many few other such former
    new""".split()
)
_AFTER_VERB = _DETERMINERS | frozenset(
    """to on in at by from for with into over up down out off against about after before as under than through across
    between back not both all more two three four five six seven eight nine ten it them him us him how why what whether
    several some many""".split()
)
_ADVERBS = frozenset("only also now never always often still already currently again then".split())
_NOT_PAST = frozenset(
    """red need bed speed feed seed weed shed sled embed indeed exceed proceed succeed breed bleed greed hundred sacred
    united skilled so-called armed alleged naked kindred led fed wed supposed""".split()
)
_MONTH = re.compile(r"\bMay\b(?=\s+\d|\s*[.,;:)]|\s*$)|(?:\b(?:in|of|since|until|by|last|this|early|late)|\d)\s+May\b")


def finite_verbs(text: str) -> list[Word]:
    """Return the finite verbs of ``text`` in order, as far as their forms and neighbours tell them."""
    return list(_finite_verbs(text))


@lru_cache(maxsize=4_096)
def _finite_verbs(text: str) -> tuple[Word, ...]:
    found = words(text)
    months = [match.end() for match in _MONTH.finditer(text)]
    return tuple(
        word
        for position, word in enumerate(found)
        if not (word.text == "May" and (word.end in months or position)) and _is_finite(text, found, position)
    )


def is_verb(word: str) -> bool:
    """Whether ``word`` is the plain form of a verb that is known here ("visit", "meet")."""
    return word.lower() in _VERBS


def is_participle(word: str) -> bool:
    """Whether ``word`` is the "-ing" form of a verb that is known here."""
    return word.lower().endswith("ing") and any(plain in _VERBS for plain in _plain(word.lower()[:-3]))


def is_past(word: str) -> bool:
    """Whether ``word`` has the form of a past tense or past participle."""
    low = word.lower()
    return low in _IRREGULAR or (len(low) > 3 and low.endswith("ed") and low not in _NOT_PAST)


def opens_predicate(text: str) -> bool:
    """Whether ``text`` begins with a finite verb and what it takes: "visited the port", "is sending two drones"."""
    found = words(text)[:3]
    if found and found[0].text.lower().endswith("ly"):
        found = found[1:]
    if not found:
        return False
    if opens_with_auxiliary(text):
        return True
    return is_verb_form(found[0].text) and _takes_object(text, found)


def opens_with_auxiliary(text: str) -> bool:
    """Whether the first word of ``text`` is one of "is", "will", "has" and their like."""
    found = words(text)[:1]
    return bool(found) and found[0].text != "May" and found[0].text.lower() in _AUXILIARIES


def is_verb_form(word: str) -> bool:
    """Whether ``word`` can be a past tense or a third person ("fell", "aims"), whatever else it can be."""
    return is_past(word) or _third_person(word.lower())


def takes_infinitive(text: str) -> bool:
    """Whether ``text`` begins with the plain form of a verb and what it takes: "meet the mayor"."""
    found = words(text)[:2]
    verb = found[0].text if found else ""
    return verb in _VERBS and len(found) > 1 and (verb not in _ALSO_NOUNS or _takes_object(text, found))


def _takes_object(text: str, found: list[Word]) -> bool:
    """Whether the second of two words shows the first to be a verb, not an adjective or a noun."""
    if len(found) < 2 or text[found[0].end : found[1].start].strip():
        return False
    following = found[1].text
    return following.lower() in _AFTER_VERB or following[0].isupper() or following[0].isdigit()


def _is_finite(text: str, found: list[Word], position: int) -> bool:
    word = found[position]
    low = word.text.lower().replace("’", "'")
    before = found[position - 1] if position and not _parted(text, found, position) else None
    if low in _AUXILIARIES:
        return word.text.islower() or position == 0 or word.text in ("Is", "Are", "Was", "Were", "Will")
    if word.text[0].isupper() or _hyphenated(text, word):
        return False
    last = before.text.lower().replace("’", "'") if before else ""
    if not last or last in _BEFORE_NOUN - _PRONOUNS - _ADVERBS or (last in _AUXILIARIES and not last.endswith("s")):
        return False
    if is_participle(last) or last in _VERBS - _ALSO_NOUNS:
        return False
    return _is_past_verb(found, position, last) or _is_present_verb(text, found, position, last)


def _is_past_verb(found: list[Word], position: int, last: str) -> bool:
    """A past form after its subject; "drones funded by", "a planned" and "was returned" are none by themselves."""
    low = found[position].text.lower()
    following = found[position + 1].text.lower() if position + 1 < len(found) else ""
    if low in _IRREGULAR:
        return last not in ("be", "been", "being", "tax", "job")
    passive = following == "by" and not (position + 2 < len(found) and found[position + 2].text[0].isdigit())
    return is_past(low) and not passive and last not in ("be", "been", "being", "not") and last not in _AUXILIARIES


def _is_present_verb(text: str, found: list[Word], position: int, last: str) -> bool:
    """A present form after a subject that agrees with it; one that may be a noun needs what verbs take after it."""
    low = found[position].text.lower()
    plural = last in ("we", "they", "you", "i") or (
        last.endswith("s") and last not in STOPWORDS and not last.endswith(("'s", "ss", "us"))
    )
    third = _third_person(low) and last not in ("we", "they", "you", "i", "to")
    if not third and not (low in _VERBS and (plural or last in ("people", "police", "who", "which", "that"))):
        return False
    sure = last in _PRONOUNS - _DETERMINERS or last in _ADVERBS
    plain = {low, *_plain(low[:-1]), *_plain(low[:-2])} & _VERBS
    return sure or not plain <= _ALSO_NOUNS or _takes_object(text, found[position : position + 2])


def _third_person(low: str) -> bool:
    if not low.endswith("s") or low.endswith("ss"):
        return False
    stems = {low[:-1]} | ({low[:-2]} if low.endswith("es") else set())
    return bool((stems | ({low[:-3] + "y"} if low.endswith("ies") else set())) & _VERBS)


def _plain(stem: str) -> set[str]:
    """The plain forms that a stem without its ending may have: "plann" is "plan", "aris" is "arise"."""
    return {stem, stem + "e"} | ({stem[:-1]} if len(stem) > 2 and stem[-1] == stem[-2] else set())


def _parted(text: str, found: list[Word], position: int) -> bool:
    """Whether more than white space, a quotation mark or a comma stands between a word and the one before it."""
    between = text[found[position - 1].end : found[position].start]
    return bool(between.strip(' \n\t,”"’%)_'))


def _hyphenated(text: str, word: Word) -> bool:
    return text[word.start - 1 : word.start] == "-" or text[word.end : word.end + 1] == "-"
