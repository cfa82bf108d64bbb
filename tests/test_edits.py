"""The generator of minimal edits: what it changes, what it leaves alone, and the paraphrases that go with it."""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest
from edits import MAKERS, Edit, edits, find_names
from hypothesis import given
from hypothesis import strategies as st
from quality.swaps import CORPUS, TESTS, draw, names_edit, read_folder, sentences_of, share, spots_of

NAMES = ["Edi Rama", "Keir Starmer", "Ministry of Justice", "Harbour Council", "Foreign Secretary", "Home Secretary"]
PARAPHRASES = json.loads((TESTS / "data" / "paraphrases.json").read_text("utf-8"))
KINDS = {"active_passive", "number_form", "reordered", "synonyms", "short_form", "tense_of_report", "compressed"}


def made(sentence: str, kind: str, seeds: int = 40) -> set[str]:
    """All that the kind of edit makes of the sentence, over many seeds."""
    found = (edit for seed in range(seeds) for edit in edits(sentence, NAMES, random.Random(seed)))
    return {edit.text for edit in found if edit.kind == kind}


@pytest.mark.parametrize(
    ("kind", "sentence", "one_of_them"),
    [
        ("percent", "Arrivals fell by 95% last spring.", "Arrivals fell by 35% last spring."),
        ("money", "The town spent £3 million on its quay.", "The town spent £3 billion on its quay."),
        ("date", "The fair opens on 4 June.", "The fair opens on 4 July."),
        ("date", "The fair opens on Monday.", "The fair opens on Sunday."),
        ("year", "The bridge was finished in 1998.", "The bridge was finished in 1995."),
        ("number", "The crew saved 23 people.", "The crew saved 83 people."),
        ("number", "Two ferries were sold.", "Three ferries were sold."),
        ("name", "On Monday Boris Johnson spoke first.", "On Monday Edi Rama spoke first."),
        ("name", "The letter went to the Home Office.", "The letter went to the Harbour Council."),
        ("place", "The talks were held in Vienna.", "The talks were held in Prague."),
        ("place", "The drones were given to the UK.", "The drones were given to France."),
        ("role", "The police helped the sailors.", "The sailors helped the police."),
        ("role", "The chapel was sold by the bishop.", "The bishop was sold by the chapel."),
        ("role", "The road runs from the harbour to the mill.", "The road runs from the mill to the harbour."),
        ("negation_added", "The ferry is delayed.", "The ferry is not delayed."),
        ("negation_added", "The fee includes a meal.", "The fee does not include a meal."),
        ("negation_removed", "The ferry was not delayed.", "The ferry was delayed."),
        ("negation_removed", "The file cannot be opened.", "The file can be opened."),
        ("modality", "The council will buy the mill.", "The council may buy the mill."),
        ("status", "The council announced a new pier.", "The council discussed a new pier."),
        ("status", "The pier is expected to be closed.", "The pier has been closed."),
        ("quantifier", "It reads all files.", "It reads some files."),
        ("quantifier", "Most people came by boat.", "Few people came by boat."),
        ("quotation", 'She called it "a very good plan" at once.', 'She called it "a very poor plan" at once.'),
    ],
)
def test_makes_the_edit(kind: str, sentence: str, one_of_them: str) -> None:
    assert one_of_them in made(sentence, kind)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("number", "Under section 32 the order lapses."),
        ("number", "See paragraphs 3 and 4 above."),
        ("number", "He lives at 10 Downing Street."),
        ("number", "Go to https://example.org/12 ferries."),
        ("number", "Whoever owes more than 50 pounds must pay."),
        ("year", "The rule is in the Harbours Act 1964."),
        ("year", "Regulations of 2012 were kept."),
        ("year", "Such crossings were rare before 2018."),
        ("date", "He may march on the town."),
        ("place", "He works for the Bank of England."),
        ("place", "She crossed London Bridge at noon."),
        ("name", "The Foreign Secretary spoke to the Home Secretary."),
        ("role", "Albania and Kosovo are partners."),
        ("role", "It is led by the army."),
        ("negation_added", "Some boats are sold there."),
        ("negation_removed", "It was not only late but dear."),
        ("modality", "He left the house to her in the will."),
        ("modality", "The talks began in May."),
        ("quantifier", "Nothing was sold at all."),
    ],
)
def test_leaves_alone_what_would_stay_true_or_read_badly(kind: str, sentence: str) -> None:
    assert made(sentence, kind) == set()


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [("More than 50 boats sank.", 50), ("Loans of 30 days or longer are free.", 30), ("At least 40 men fell.", 40)],
)
def test_a_lower_bound_is_only_raised(sentence: str, figure: int) -> None:
    raised = {int(word) for text in made(sentence, "number") for word in text.split() if word.isdigit()}
    assert raised
    assert min(raised) > figure


def test_the_same_seed_makes_the_same_edits() -> None:
    sentence = "On 4 June 2019 Boris Johnson will give the town £3 million for 12 boats."
    assert edits(sentence, NAMES, random.Random(7)) == edits(sentence, NAMES, random.Random(7))


@given(st.text(max_size=120), st.integers(0, 99))
def test_an_edit_changes_its_stretch_and_nothing_else(noise: str, seed: int) -> None:
    sentence = f"{noise} On 4 June 2019 the UK will not give Kent £3 million, or 5% of all funds, “at no cost”."
    for edit in edits(sentence, NAMES, random.Random(seed)):
        assert_consistent(sentence, edit)


def test_every_kind_of_edit_of_the_corpus_is_consistent() -> None:
    cases = draw(spots_of(CORPUS), 60)
    for case in cases:
        assert case.edit is not None
        assert_consistent(case.spot.sentence, case.edit)
    assert {case.kind for case in cases} == set(MAKERS)
    assert len({case.spot for case in cases}) > 200


def assert_consistent(sentence: str, edit: Edit) -> None:
    assert edit.text != sentence
    assert edit.text[edit.start : edit.end] == edit.after != ""
    assert edit.text[: edit.start] + edit.before + edit.text[edit.end :] == sentence


def test_finds_people_bodies_and_offices() -> None:
    text = "Sir Keir Starmer met the Foreign Secretary and the Minister of Finance at the Office for Harbours."
    assert find_names(text) == ["Foreign Secretary", "Minister of Finance", "Office for Harbours", "Sir Keir Starmer"]


def test_paraphrases_are_many_of_every_kind_and_of_every_document() -> None:
    assert len(PARAPHRASES) >= 220
    assert set(Counter(row["kind"] for row in PARAPHRASES)) == KINDS
    documents = {path.name for path in CORPUS.iterdir()} - {"SOURCES.md"}
    assert {row["document"] for row in PARAPHRASES} == documents


def test_paraphrases_retell_sentences_of_their_documents_in_other_words() -> None:
    texts = {document.id: document.text for document in read_folder(CORPUS)}
    sentences = {(spot.document, spot.sentence) for doc in read_folder(CORPUS) for spot in sentences_of(doc)}
    for row in PARAPHRASES:
        assert row["sentence"] in texts[row["document"]]
        assert (row["document"], row["sentence"]) in sentences
        assert row["paraphrase"].strip(".").lower() not in row["sentence"].lower()
    assert len({row["sentence"] for row in PARAPHRASES}) == len(PARAPHRASES)


def test_a_reason_names_an_edit_by_a_word_of_it_between_quotation_marks() -> None:
    edit = Edit("negation_added", "The ferry is not late.", 10, 21, "is late", "is not late")
    assert names_edit("claim says “not”, source does not", edit)
    assert names_edit("the claim says it is not late", edit)
    assert not names_edit("Not found: “ferry”.", edit)
    assert not names_edit("The source does.", edit)


@pytest.mark.parametrize(("part", "whole", "expected"), [(0, 0, [0, 0, 1]), (5, 10, [0.5, 0.237, 0.763])])
def test_shares_come_with_wilsons_interval(part: int, whole: int, expected: list[float]) -> None:
    assert share(part, whole) == expected
