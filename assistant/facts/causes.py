"""Causes, compared: "because of the strike" where the source only says "after the strike"."""

from __future__ import annotations

import re

from assistant.facts.difference import Difference
from assistant.facts.matching import sentence_at
from assistant.facts.swapping import between, content, difference

SAME_THINGS = 0.6
"""Least share of the words on each side of the link that the source has there too, by judgement."""

CLOSE = 12
"""Content words on each side of a link that tell what it joins, by judgement."""

_ROOT = 4
"""Letters of a stem that are compared: the two texts often say a thing as a noun and as a verb; by judgement."""

_CAUSE = re.compile(
    r"\b(?:(?:because|as a (?:direct )?result|in consequence|as a consequence)(?: of)?|due to|owing to|thanks to"
    r"|on account of|(?:has |have |had |which )?(?:led|leads|leading) to|(?:was |were |is |are )?caused(?: by)?"
    r"|causing|causes|result(?:s|ed|ing) in|prompt(?:s|ed|ing)|trigger(?:s|ed|ing)|brought about"
    r"|(?:was|were) the result of|therefore|(?:was|were|is|are) driven by)\b",
    re.IGNORECASE,
)
_SAYS_WHY = re.compile(
    rf"{_CAUSE.pattern}|\b(?:since|so|thus|hence|thereby|consequent\w*|result\w*|lead\w*|led|caus\w*|reason\w*|why"
    r"|forc\w+|mak(?:e|es|ing)|made|enabl\w+|allow\w*|help\w*|driv\w+|drove|contribut\w*|attribut\w*|blam\w+|credit\w*"
    r"|responsib\w+|thanks|lets?|stem\w*|aris\w+|arose|through|in response|effects?|impact\w*|creat\w+|produc\w+"
    r"|bring\w*|spark\w*|fuel\w*|spur\w*|induc\w+|provok\w*)\b",
    re.IGNORECASE,
)
_SEQUENCE = re.compile(
    r"\b(?:after(?:wards?)?|follow(?:ed|ing|s)|then|later|subsequent\w*|before|when|while|as|and|earlier|soon|next)\b",
    re.IGNORECASE,
)


def compare(claim: str, source: str) -> list[Difference]:
    """Return the causes that ``claim`` names where ``source`` tells only one thing after the other; doubtful."""
    found = []
    for match in _CAUSE.finditer(claim):
        told = _told_in_order(claim, match, source)
        if told:
            found.append(difference("cause", "doubtful", claim, match.span(), source, told))
    return found


def _told_in_order(claim: str, link: re.Match[str], source: str) -> tuple[int, int] | None:
    """Where the source puts the two things side by side; None where it joins them otherwise, or does not have both."""
    first, last = sentence_at(claim, link.start())
    before, after = _stems(claim, first, link.start())[-CLOSE:], _stems(claim, link.end(), last)[:CLOSE]
    if link.start() == first:  # "Because of the strike, the school closed."
        comma = claim.find(",", link.end(), last)
        before, after = (
            _stems(claim, link.end(), comma)[:CLOSE],
            _stems(claim, comma, last)[:CLOSE] if comma > 0 else [],
        )
    for sequence in _SEQUENCE.finditer(source):
        start, end = sentence_at(source, sequence.start())
        if not _SAYS_WHY.search(source, start, end) and _divides(source, sequence, (start, end), (before, after)):
            return sequence.span()
    return None


def _divides(
    source: str, sequence: re.Match[str], bounds: tuple[int, int], things: tuple[list[str], list[str]]
) -> bool:
    """Whether the two things stand on either side of the link, or, where it opens the sentence, of the comma."""
    middle = sequence.span()
    if not _stems(source, bounds[0], middle[0]):
        comma = source.find(",", middle[1], bounds[1])
        middle = (comma, comma) if comma >= 0 else middle
    left, right = _stems(source, bounds[0], middle[0]), _stems(source, middle[1], bounds[1])
    return any(_holds(left, one) and _holds(right, other) for one, other in (things, things[::-1]))


def _holds(stated: list[str], wanted: list[str]) -> bool:
    shared = set(stated) & set(wanted)
    return bool(shared) and len(shared) >= SAME_THINGS * len(set(wanted))


def _stems(text: str, start: int, end: int) -> list[str]:
    """The stems between two offsets, cut short so that "closure" is "closed"."""
    return [word.stem[:_ROOT] for word in between(content(text), start, end)]
