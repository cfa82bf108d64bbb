"""Training pairs made from documents whose licence allows it: sentences lightly rewritten, and minimally edited.

The documents are GOV.UK pages (Open Government Licence), Wikipedia paragraphs and scientific abstracts. Nothing here
is shared with ``tests/edits.py``, which measures what was trained. Those after the first 16,000, which the entailment
model was trained on, are written for ``fit_checker.py`` by:

    .venv/bin/python tests/quality/made_pairs.py DATA made.jsonl
"""

from __future__ import annotations

import argparse
import ast
import gzip
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from index import Span, split_sentences

SUPPORTED, NOT_ENOUGH, CONTRADICTED, NOT_SUPPORTED = range(4)

Made = tuple[str, str, int]
Edited = tuple[str, int] | None
"""An edited sentence and its label; None where the sentence has nothing to edit."""

_SEED = 11
_SENTENCES = 4  # of a passage that are used
_LONGEST_SOURCE = 130  # words
_MONTHS = "January February March April May June July August September October November December".split()
_NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred".split()
_VALUES = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20, 30, 50, 100]
_NUMBER = re.compile(r"(?<![\w.,£$-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w,]*\d)")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has been|have been|had been|will|can|could|should|must|may|would|has|have|had)\b(?! not|n.t)"
)
_DENIED = re.compile(
    r"\b(is|are|was|were|will|can|could|should|must|may|would|do|does|did|has|have|had) not |(?<=can)not "
)
_NAME = re.compile(r"(?<![.!?“\"]\s)(?<!^)\b[A-Z][a-z]+(?:(?: of| the)? [A-Z][a-z]+){0,3}\b")
_LISTED = re.compile(r",? ?(?:and|or|,|&|with)? ?(?:the )?")

_OPPOSITES = """increase/decrease increased/decreased rise/fall rose/fell higher/lower more/less more/fewer
largest/smallest before/after first/last north/south northern/southern east/west eastern/western over/under above/below
early/late earlier/later opened/closed won/lost accept/reject accepted/rejected allowed/banned include/exclude
including/excluding public/private old/young older/younger male/female men/women major/minor start/end started/ended
began/ended high/low maximum/minimum inside/outside with/without best/worst husband/wife father/mother son/daughter
success/failure successful/unsuccessful legal/illegal positive/negative strong/weak common/rare majority/minority
improved/worsened reduced/raised reduce/raise joined/left supported/opposed support/oppose gained/lost bought/sold
buy/sell entered/left long/short new/old days/weeks weeks/months months/years hours/minutes million/billion
thousand/million always/never most/few many/few"""

_STRONGER = [
    ("will", "may"), ("will", "might"), ("may", "will"), ("can", "must"), ("must", "can"), ("should", "must"),
    ("could", "will"), ("might", "will"), ("would", "will"), ("is expected to", "has agreed to"),
    ("expected to", "refused to"), ("plans to", "has begun to"), ("announced", "discussed"), ("agreed", "discussed"),
    ("considering", "completing"), ("suggests", "proves"), ("proposed", "adopted"), ("is likely to", "will"),
    ("are likely to", "will"), ("has been linked to", "causes"), ("usually", "always"), ("often", "always"),
    ("sometimes", "always"), ("some", "all"), ("some", "most"), ("most", "all"), ("all", "some"), ("many", "all"),
    ("several", "all"), ("up to", "at least"), ("at least", "at most"), ("only", "also"), ("nearly", "over"),
    ("almost", "more than"), ("more than", "fewer than"), ("any", "no"), ("both", "neither"),
]  # fmt: skip
_SAME = [
    ("in order to", "to"), ("approximately", "about"), ("however, ", ""), ("per cent", "%"), (" percent", "%"),
    ("began", "started"), ("commenced", "began"), ("assist", "help"), ("purchase", "buy"), ("obtain", "get"),
    ("require", "need"), ("requires", "needs"), ("such as", "like"), ("also ", ""), ("large", "big"),
    ("located", "situated"), ("due to", "because of"), ("numerous", "many"), ("around", "about"),
    ("over ", "more than "), ("United Kingdom", "UK"), ("United States", "US"), ("must", "have to"),
    ("because", "since"), ("child", "kid"), ("received", "got"), ("died", "passed away"), ("created", "made"),
    ("established", "founded"), ("in addition to", "besides"), ("children", "kids"), ("usually", "normally"),
    ("important", "significant"), ("employed", "hired"), ("ended", "finished"), ("currently", "now"),
    ("allow", "let"), ("shows", "demonstrates"), ("found that", "discovered that"),
]  # fmt: skip


def _opposites() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in (pair.split("/") for pair in _OPPOSITES.split()):
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


_OPPOSITE = _opposites()


def made_pairs(data: Path, count: int) -> list[Made]:
    """Return ``count`` triples of source, claim and label, from the documents in ``data``."""
    rng = random.Random(_SEED)
    passages = [" ".join(passage.split()) for passage in _passages(data) if passage] if count else []
    rng.shuffle(passages)
    made = [pair for passage in passages for pair in _of_passage(passage, rng)]
    rng.shuffle(made)
    return made[:count]


def _passages(data: Path) -> Iterator[str]:
    for page in _rows(data, "qa_conditionalqa_docs"):
        contents = page["contents"]
        lines = ast.literal_eval(contents) if isinstance(contents, str) else contents
        prose: list[str] = []
        for line in (re.sub(r"<[^>]+>", "", line).strip() for line in lines):
            if line.endswith((".", "!")) and len(line.split()) > 5:
                prose.append(line)
            else:
                yield " ".join(prose)
                prose = []
        yield " ".join(prose)
    for name in ("qa_squad2_dev_half", "qa_xquad_en"):
        yield from dict.fromkeys(row["context"] for row in _rows(data, name))
    yield from (row["text"] for row in _rows(data, "ir_scifact_corpus")[:700])
    for row in _rows(data, "qa_hotpotqa_500"):
        listed = row.get("contexts") or row.get("context")
        for context in listed if isinstance(listed, list) else [listed]:
            text = context if isinstance(context, str) else context.get("text") or " ".join(context["sentences"])
            if len(text) > 80:
                yield text


def _rows(data: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _of_passage(passage: str, rng: random.Random) -> Iterator[Made]:
    sentences = [span.of(passage) for span in split_sentences(passage, Span(start=0, end=len(passage)))]
    names = sorted({match[0] for match in _NAME.finditer(passage)})
    usable = [i for i, s in enumerate(sentences) if 7 <= len(s.split()) <= 45 and s[-1] == "." and s[0].isupper()]
    rng.shuffle(usable)
    for i in usable[:_SENTENCES]:
        sentence = sentences[i]
        last = min(len(sentences), i + 1 + rng.choice([0, 0, 1, 2]))
        source = " ".join(sentences[max(0, i - rng.choice([0, 0, 1, 2])) : last])
        if len(source.split()) > _LONGEST_SOURCE:
            source = sentence
        edited = _edited(sentence, names, rng)
        if edited:
            yield source, *edited
        yield source, _rewritten(sentence, rng), SUPPORTED
        if last + 1 < len(sentences) and rng.random() < 0.35:
            other = sentences[rng.randrange(last, len(sentences))]
            if len(other.split()) > 6:
                yield source, other, NOT_ENOUGH
        if last < len(sentences) and rng.random() < 0.3:
            longer = _with_tail(sentence, sentences[last], rng)
            if longer:
                yield source, longer, NOT_ENOUGH


def _edited(sentence: str, names: Sequence[str], rng: random.Random) -> Edited:
    edits: list[Callable[[str, Sequence[str], random.Random], Edited]] = [
        _number, _number, _date, _opposite, _certainty, _denial, _name, _role,
    ]  # fmt: skip
    for edit in rng.sample(edits, len(edits)):
        found = edit(sentence, names, rng)
        if found and found[0] != sentence:
            return found
    return None


def _put(sentence: str, match: re.Match[str], new: str) -> str:
    return sentence[: match.start()] + new + sentence[match.end() :]


def _found(words: Sequence[str], sentence: str) -> list[re.Match[str]]:
    return [match for word in words for match in re.finditer(rf"\b{word}\b", sentence)]


def _number(sentence: str, _: Sequence[str], rng: random.Random) -> Edited:
    matches = [match for match in _NUMBER.finditer(sentence) if not _YEAR.fullmatch(match[1])]
    if not matches:
        spelled = _found(_NUMBER_WORDS, sentence)
        if not spelled:
            return None
        match = rng.choice(spelled)
        return _put(sentence, match, rng.choice([word for word in _NUMBER_WORDS if word != match[0]])), CONTRADICTED
    match = rng.choice(matches)
    return _put(sentence, match, _other_number(match[1], rng)), CONTRADICTED


def _other_number(digits: str, rng: random.Random) -> str:
    value = float(digits.replace(",", ""))
    if "." in digits:
        places = len(digits.partition(".")[2])
        return f"{max(0.1, value + rng.choice([-1, 1]) * rng.choice([0.1, 0.5, 1, 2, value / 2])):.{places}f}"
    whole = int(value)
    power = 10 ** rng.randrange(len(str(whole)))
    near = whole + rng.choice([-3, -2, -1, 1, 2, 3, 5, 10])
    digit = whole + rng.choice([-1, 1]) * rng.randint(1, 4) * power
    scale = rng.choice([whole * 10, whole // 10, whole * 2])
    new = max(1, rng.choice([near, digit, scale]))
    return f"{new:,}" if "," in digits else str(new)


def _date(sentence: str, _: Sequence[str], rng: random.Random) -> Edited:
    if years := list(_YEAR.finditer(sentence)):
        match = rng.choice(years)
        other = int(match[1]) + rng.choice([-10, -5, -3, -2, -1, 1, 2, 3, 4, 10])
        return _put(sentence, match, str(other)), CONTRADICTED
    if months := _found(_MONTHS, sentence):
        match = rng.choice(months)
        return _put(sentence, match, rng.choice([month for month in _MONTHS if month != match[0]])), CONTRADICTED
    return None


def _opposite(sentence: str, _: Sequence[str], rng: random.Random) -> Edited:
    matches = [match for match in re.finditer(r"\b[a-z]+\b", sentence) if match[0] in _OPPOSITE]
    if not matches:
        return None
    match = rng.choice(matches)
    return _put(sentence, match, rng.choice(_OPPOSITE[match[0]])), NOT_SUPPORTED


def _certainty(sentence: str, _: Sequence[str], rng: random.Random) -> Edited:
    matches = [(match, new) for old, new in _STRONGER for match in re.finditer(rf"\b{old}\b", sentence)]
    if not matches:
        return None
    match, new = rng.choice(matches)
    return _put(sentence, match, new), NOT_SUPPORTED


def _denial(sentence: str, _: Sequence[str], rng: random.Random) -> Edited:
    denied = list(_DENIED.finditer(sentence))
    if denied and rng.random() < 0.8:
        match = rng.choice(denied)
        return _put(sentence, match, f"{match[1]} " if match[1] else " "), CONTRADICTED
    said = _AUXILIARY.search(sentence)
    if not said:
        return None
    first, *rest = said[1].split()
    return _put(sentence, said, " ".join([first, rng.choice(["not", "not", "never"]), *rest])), CONTRADICTED


def _name(sentence: str, names: Sequence[str], rng: random.Random) -> Edited:
    matches = list(_NAME.finditer(sentence))
    if not matches:
        return None
    match = rng.choice(matches)
    others = [name for name in names if name not in sentence and match[0] not in name]
    return (_put(sentence, match, rng.choice(others)), NOT_SUPPORTED) if others else None


def _role(sentence: str, _: Sequence[str], rng: random.Random) -> Edited:
    """Swap two neighbouring names, unless they are listed side by side."""
    matches = list(_NAME.finditer(sentence))
    if len(matches) < 2:
        return None
    one, other = rng.choice(list(pairwise(matches)))
    between = sentence[one.end() : other.start()]
    if _LISTED.fullmatch(between) or one[0] in other[0] or other[0] in one[0]:
        return None
    return sentence[: one.start()] + other[0] + between + one[0] + sentence[other.end() :], NOT_SUPPORTED


def _with_tail(sentence: str, other: str, rng: random.Random) -> str | None:
    """The sentence with a clause of another: half of it is supported."""
    clauses = re.split(r", (?:which|and|but|as|where|while) ", other)
    clause = clauses[-1].rstrip(".")
    if len(clauses) < 2 or not 4 <= len(clause.split()) <= 18:
        return None
    return f"{sentence[:-1]}{rng.choice([', and ', ' and ', ', while ', ', which means that '])}{clause}."


def _rewritten(sentence: str, rng: random.Random) -> str:
    """The sentence with clauses left out or moved, or with other words and forms of numbers; sometimes as it is."""
    shorter = _shortened(sentence, rng)
    changed = shorter if shorter != sentence else _reworded(sentence, rng)
    return _reworded(changed, rng) if rng.random() < 0.6 else changed


def _shortened(sentence: str, rng: random.Random) -> str:
    text = re.sub(r" ?\([^()]{3,80}\)", "", sentence)
    text = re.sub(r", (?:which|who|where)\b[^,.;]{5,90}(?=[,.])", "", text)
    lead = re.match(r"^((?:In|On|At|After|During|By|From|Since) [^,]{2,40}), (\w.+)\.$", text)
    if lead and rng.random() < 0.6:
        text = f"{lead[2][0].upper()}{lead[2][1:]} {lead[1][0].lower()}{lead[1][1:]}."
    tail = re.match(r"^(.{25,}?), (?:and|but|while|although|because|so|as) .{15,}$", text)
    return f"{tail[1]}." if tail and rng.random() < 0.5 else text


def _reworded(sentence: str, rng: random.Random) -> str:
    text = sentence
    for old, new in rng.sample(_SAME, len(_SAME)):
        bounded = rf"(?<!\w){re.escape(old)}" + ("" if old.endswith(" ") else r"(?!\w)")
        text = re.sub(bounded, new, text, count=1)
    for word, value in zip(_NUMBER_WORDS, _VALUES, strict=True):
        if rng.random() < 0.5:
            text = re.sub(rf"(?<!-)\b{word}\b(?!-)", str(value), text, count=1)
    text = re.sub(r"£(\d+(?:\.\d+)?) million", r"£\1m", text)
    return re.sub(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b", r"\2 \1, \3", text, count=1)


def main() -> None:
    """Write rows of pairs that no model was trained on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--skip", type=int, default=16_000)
    parser.add_argument("--count", type=int, default=3_000)
    given = parser.parse_args()
    names = ("supported", "not_supported", "contradicted", "not_supported")
    made = made_pairs(given.data, given.skip + given.count)
    trained = {source for source, _, _ in made[: given.skip]}
    with given.file.open("w", encoding="utf-8") as file:
        for source, claim, label in made[given.skip :]:
            if source in trained:
                continue
            row = {"claim": claim, "source": source, "label": names[label], "page": source}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
