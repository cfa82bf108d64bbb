"""Minimal edits that change what a sentence says: a number, a date, who did what, a negation.

They measure the checker, so nothing here is taken from it. Each edit reads as English and is no longer borne out by the
sentence it was made from: "more than 50" becomes "more than 80", and not "more than 20", which would still be true.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from edit_tables import (
    AT_LEAST,
    AT_MOST,
    BEFORE_YEAR,
    DATE,
    DATED_ONLY,
    DAY,
    DAYS,
    DETERMINERS,
    GROWING,
    LAW,
    MODALITY,
    MONEY,
    MONTH,
    MONTHS,
    NEGATION_ADDED,
    NEGATION_REMOVED,
    NUMBER,
    NUMBER_WORD,
    OPPOSITES,
    OR_LESS,
    OR_MORE,
    PERCENT,
    PLACES,
    QUANTIFIER,
    QUOTATION,
    REFERENCE,
    RESTRICTED,
    ROLES,
    SCALES,
    SEASON,
    SEASONS,
    SORTS,
    STATUS,
    THE_UK,
    TURNED,
    URL,
    WORDS,
    YEAR,
)


class Edit(NamedTuple):
    """A sentence made wrong. ``[start, end)`` of ``text``, never empty, holds ``after`` where ``before`` was."""

    kind: str
    text: str
    start: int
    end: int
    before: str
    after: str


Change = tuple[int, int, str]  # a stretch of the sentence, and what takes its place
Maker = Callable[[str, Sequence[str]], Iterable[Change]]


def edits(sentence: str, names: Sequence[str], rng: random.Random) -> list[Edit]:
    """Return one edit of each kind that ``sentence`` allows; ``names`` are those that may take another's place."""
    made = []
    for kind, make in MAKERS.items():
        if changes := [change for change in make(sentence, names) if _reads(sentence, change)]:
            start, end, after = rng.choice(changes)
            text = sentence[:start] + after + sentence[end:]
            made.append(Edit(kind, text, start, start + len(after), sentence[start:end], after))
    return made


def find_names(text: str) -> list[str]:
    """Return the names of people, bodies and offices in ``text``, each once, sorted."""
    found = {match[0] for pattern in SORTS.values() for match in re.finditer(pattern, text)}
    return sorted(name for name in found if len(set(name.split())) == len(name.split()) < 8)


def _reads(sentence: str, change: Change) -> bool:
    """Whether the change changes anything, leaves addresses alone, and fits the "a" or "an" before it."""
    start, end, after = change
    article = re.search(r"\b(an?) $", sentence[:start], re.IGNORECASE)
    fits = not article or (article[1].lower() == "an") == bool(re.match(r"[aeiou8]|1[18]\b", after, re.IGNORECASE))
    in_url = any(url.start() < end and start < url.end() for url in URL.finditer(sentence))
    return after != sentence[start:end] and fits and not in_url


def _table(rules: str) -> Maker:
    parsed = [rule.split(" => ") for rule in rules.strip().splitlines()]
    table = [(re.compile(pattern, re.IGNORECASE), after) for pattern, after in parsed]

    def make(sentence: str, _: Sequence[str]) -> Iterator[Change]:
        for pattern, after in table:
            for match in pattern.finditer(sentence):
                if match[0][0].islower() or not match.start():
                    yield match.start(), match.end(), _as(match[0], match.expand(after))

    return make


def _as(before: str, after: str) -> str:
    return after[0].upper() + after[1:] if before[0].isupper() else after


def _sides(sentence: str, start: int, end: int) -> tuple[int, ...]:
    """On which sides another figure is wrong: 1 above ("more than 50"), -1 below, none where a rule has a limit.

    "Whoever earns more than 50 must pay" bears out what it says of those who earn more than 80.
    """
    before, behind = sentence[:start], sentence[end:]
    above = AT_LEAST.search(before) or OR_MORE.search(behind)
    below = AT_MOST.search(before) or OR_LESS.search(behind)
    if above or below:
        return () if RESTRICTED.search(before) else (1,) if above else (-1,)
    return -1, 1


def _wrong(sides: Sequence[int], before: float, after: float) -> bool:
    """Whether ``after`` in place of ``before`` is plainly wrong: by a tenth at least, and on a side that matters."""
    return abs(after - before) >= before / 10 and (1 if after > before else -1) in sides


def _figures(sentence: str, start: int, end: int) -> Iterator[Change]:
    """The figure with one of its first two digits changed."""
    text, sides = sentence[start:end], _sides(sentence, start, end)
    for place in [place for place, character in enumerate(text[:3]) if character.isdigit()][:2]:
        for digit in "23456789":
            after = text[:place] + digit + text[place + 1 :]
            if after not in sentence and _wrong(sides, float(text.replace(",", "")), float(after.replace(",", ""))):
                yield start, end, after


def _numbers(sentence: str, _: Sequence[str]) -> Iterator[Change]:
    for match in NUMBER.finditer(sentence):
        if match[0] != "1" and not YEAR.fullmatch(match[0]) and not REFERENCE.search(sentence[: match.start()]):
            yield from _figures(sentence, *match.span())
    for match in NUMBER_WORD.finditer(sentence):
        value, sides = WORDS[match[0].lower()], _sides(sentence, *match.span())
        named = match[0] != match[0].lower() and match.start() > 0
        for word, other in () if named else WORDS.items():
            if word not in sentence.lower() and other <= 3 * value and _wrong(sides, value, other):
                yield *match.span(), _as(match[0], word)


def _percents(sentence: str, _: Sequence[str]) -> Iterator[Change]:
    for match in PERCENT.finditer(sentence):
        yield from _figures(sentence, *match.span())


def _money(sentence: str, _: Sequence[str]) -> Iterator[Change]:
    for match in MONEY.finditer(sentence):
        start, end = match.start() - 1, match.end()
        figures = [after for *_, after in _figures(sentence, *match.span("figure"))]
        scale = match["scale"] or ""
        yield from ((start, end, sentence[start] + after + scale) for after in figures)
        grows = 1 if scale.strip() in GROWING else -1
        if scale and grows in _sides(sentence, match.start(), end):
            other = scale.replace(scale.strip(), SCALES[scale.strip()])
            yield from [(start, end, sentence[start] + match["figure"] + other)] * max(1, len(figures))


def _years(sentence: str, _: Sequence[str]) -> Iterator[Change]:
    for match in YEAR.finditer(sentence):
        before = sentence[: match.start()]
        if BEFORE_YEAR.search(before) and not LAW.search(before):
            steps = [by for by in (-10, -4, -3, -2, -1, 1, 2, 3, 4) if (1 if by > 0 else -1) in _later(before)]
            years = [str(int(match[0]) + by) for by in steps]
            yield from ((*match.span(), year) for year in years if year not in sentence)


def _later(before: str) -> tuple[int, ...]:
    """On which sides another date is wrong behind ``before``: 1 later, -1 earlier."""
    return next((sides for pattern, sides in DATED_ONLY if pattern.search(before)), (-1, 1))


def _dates(sentence: str, _: Sequence[str]) -> Iterator[Change]:
    for match in DATE.finditer(sentence):
        day, sides = int(match["day"]), _later(sentence[: match.start()])
        if match[0][len(match["day"])] == " ":  # "1st" would need another ending
            days = [other for other in range(1, 29) if other != day and (1 if other > day else -1) in sides]
            yield from ((*match.span("day"), str(other)) for other in days)
        if day < 29:
            yield from (
                (*match.span("month"), month) for _ in "xx" for month in _others(sentence, match, "month", MONTHS)
            )
    for pattern, names in ((MONTH, MONTHS), (DAY, DAYS), (SEASON, SEASONS)):
        for match in pattern.finditer(sentence):
            yield from ((*match.span(), name) for name in _others(sentence, match, 0, names))


def _others(sentence: str, match: re.Match[str], group: str | int, names: Sequence[str]) -> list[str]:
    """The months, days or seasons that the sentence does not name, on the sides where they are wrong."""
    sides, at = _later(sentence[: match.start()]), names.index(match[group])
    return [name for place, name in enumerate(names) if name not in sentence and (1 if place > at else -1) in sides]


def _names(sentence: str, names: Sequence[str]) -> Iterator[Change]:
    for sort in SORTS.values():
        alike = [name for name in names if re.fullmatch(sort.replace("(?<=[Tt]he )", ""), name)]
        for match in re.finditer(sort, sentence):
            own = set(re.findall(r"\w{3,}", sentence))
            yield from ((*match.span(), name) for name in alike if not own & set(re.findall(r"[A-Z]\w{2,}", name)))


def _places(sentence: str, _: Sequence[str]) -> Iterator[Change]:
    for group in PLACES:
        for match in re.finditer(rf"(?<![\w-])(?:{group})(?![\w-])", sentence):
            if match[0].islower() or not _in_name(sentence, *match.span()):
                yield from ((*match.span(), place) for place in group.split("|") if place not in sentence)
    for match in THE_UK.finditer(sentence):
        yield from ((*match.span(), place) for place in PLACES[0].split("|")[:-1] if place not in sentence)


def _in_name(sentence: str, start: int, end: int) -> bool:
    """Whether the words around a place make another name with it: "Bank of England", "London Bridge"."""
    before = re.sub(r"^\w+ $", "", sentence[:start])
    return bool(
        re.search(r"[A-Z][\w’'-]*(?: of| and)? $|\($", before) or re.match(r" (?:(?:and|&) )?[A-Z]| \d", sentence[end:])
    )


def _roles(sentence: str, _: Sequence[str]) -> Iterator[Change]:
    for pattern in ROLES:
        for match in pattern.finditer(sentence):
            a, b = match["a"], match["b"]
            own = set(a.lower().split()) - {"the", "a", "an", "of"}
            if not own & set(b.lower().split()) and not b[-1].isdigit() and _plural(a) == _plural(b):
                low = a[0].lower() + a[1:] if a.split()[0] in DETERMINERS else a
                yield *match.span(), (_as(a, b) if not match.start() else b) + match["mid"] + low
    yield from ((*match.span(), match["verb"] + " from") for match in TURNED.finditer(sentence))


def _plural(noun: str) -> bool:
    last = noun.split()[-1]
    return (
        " and " in noun or last in ("people", "police", "children", "men", "women") or bool(re.search(r"[^su]s$", last))
    )


def _quotations(sentence: str, names: Sequence[str]) -> Iterator[Change]:
    """A change inside quotation marks: of another kind where there is one, else another word in place of a word."""
    for match in QUOTATION.finditer(sentence):
        group = 1 if match[1] else 2
        inside, at = match[group], match.start(group)
        found = [change for make in _QUOTABLE for change in make(inside, names)]
        found = [change for change in found or _opposites(inside, names) if " " in inside]
        yield from ((start + at, end + at, after) for start, end, after in found)


_opposites, _added, _removed = map(_table, (OPPOSITES, NEGATION_ADDED, NEGATION_REMOVED))
_QUOTABLE = [_numbers, _added, _removed, _table(MODALITY), _table(QUANTIFIER)]
_NPI = re.compile(r"\b(?:any\w*|yet|either|nor|until|whether|questions?)\b|\?|, but\b", re.IGNORECASE)
_WEAK = re.compile(
    r"\b(?:not?|n[’']t|never|none|nothing|neither|without|cannot|unless|some\w*|several|many|often|few)\b",
    re.IGNORECASE,
)
MAKERS: dict[str, Maker] = {
    "number": _numbers,
    "percent": _percents,
    "money": _money,
    "date": _dates,
    "year": _years,
    "name": _names,
    "place": _places,
    "role": _roles,
    "negation_added": lambda s, n: () if _WEAK.search(s) or s.endswith("?") else _added(s, n),
    "negation_removed": lambda s, n: () if _NPI.search(s) else _removed(s, n),
    "modality": _table(MODALITY),
    "status": _table(STATUS),
    "quantifier": _table(QUANTIFIER),
    "quotation": _quotations,
}
"""How the edits of each kind are made, in the order in which :func:`edits` returns them."""
