"""What pronouns and "the two countries" refer to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.referring import antecedent, person_names

CASES = [
    (["Keir Starmer visited Tirana in May."], "He met the mayor.", "Keir Starmer"),
    (
        ["Prime Minister Keir Starmer visited Tirana.", "Starmer praised the police."],
        "His speech was short.",
        "Keir Starmer",
    ),
    (["Starmer met Edi Rama in Tirana."], "He will return in June.", "Starmer"),
    (["Dame Anna Holt chairs the panel."], "She spoke for an hour.", "Anna Holt"),
    (["The UK and Albania signed a pact."], "The two countries will share data.", "UK and Albania"),
    (["The UK and Albania signed a pact."], "They will share data.", "UK and Albania"),
    (["The visit deepened UK-Albania ties."], "Both nations gain.", "UK and Albania"),
    (["North Macedonia and Kosovo joined."], "Officers of both countries met.", "North Macedonia and Kosovo"),
    (
        ["President Ann Lee and Minister Tom Fox met in Oslo."],
        "The two leaders signed a pact.",
        "President Ann Lee and Minister Tom Fox",
    ),
    (["The Harbour Trust runs the port."], "It employs forty people.", "Harbour Trust"),
    (["The task force was set up in 2022."], "It has forty members.", "task force"),
    (
        ["Norway will fund a forensic evidence programme."],
        "The programme has led to 12 arrests.",
        "forensic evidence programme",
    ),
    (
        ["Norway will fund a forensic evidence programme.", "Costs rose."],
        "This programme is new.",
        "forensic evidence programme",
    ),
]
ALONE = [
    ([], "He met the mayor."),
    (["Arrivals fell by 95%."], "He met the mayor."),
    (["Keir Starmer visited Tirana."], "Edi Rama said he was glad."),
    (["Keir Starmer visited Tirana."], "Returns doubled in 2024."),
    (["The Harbour Trust runs the port."], "It is expected that costs will rise."),
    (["The Harbour Trust runs the port."], "The council said its budget was cut."),
    (["The UK and Albania signed a pact."], "Smugglers changed their routes."),
    (["The UK and Albania signed a pact.", "Young migrants were returned."], "They were given work."),
    (["Norway will fund a forensic evidence programme."], "The programme director resigned."),
    (["Norway will fund a programme."], "The programme is new."),
    (["Norway will fund a new programme."], "The programme is small."),
    (["Albania and Kosovo signed a pact."], "Norway and Sweden gain, and both countries know it."),
    (["Both the port and the road were closed."], "Both the port and the road are open again."),
]


@pytest.mark.parametrize(("before", "sentence", "words"), CASES)
def test_a_reference_is_read_from_the_sentences_before(before, sentence, words):
    assert antecedent(sentence, before) == words


@pytest.mark.parametrize(("before", "sentence"), ALONE)
def test_what_stands_by_itself_or_is_unclear_adds_nothing(before, sentence):
    assert antecedent(sentence, before) == ""


def test_what_is_too_far_back_is_not_meant():
    before = ["Keir Starmer visited Tirana.", *["Costs rose."] * 20]
    assert antecedent("He met the mayor.", before) == ""


def test_several_references_are_all_named():
    before = ["Norway will fund a forensic evidence programme.", "Keir Starmer visited Oslo."]
    assert antecedent("He praised the programme.", before) == "Keir Starmer; forensic evidence programme"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sir Keir Starmer met Edi Rama.", ["Keir Starmer"]),
        ("Starmer said no.", ["Starmer"]),
        ("Edi Rama, the Albanian leader, said no.", ["Edi Rama"]),
        ("Albania said no.", []),
        ("The Home Office said no.", []),
        ("The mayor said no.", []),
    ],
)
def test_people_are_told_from_places_and_bodies(text, names):
    assert person_names(text) == names


WORDS = st.sampled_from(
    "He they it the two countries programme Keir Starmer said UK and Albania . Both met its a new".split()
)
SENTENCES = st.lists(WORDS, max_size=10).map(" ".join)


@given(SENTENCES, st.lists(SENTENCES, max_size=4))
def test_every_word_added_stands_in_the_sentences_before(sentence, before):
    added = antecedent(sentence, before).replace(";", " ").split()
    held = {word for text in before for word in [*text.split(), *text.replace("-", " ").split()]}
    assert {word for word in added if word != "and"} <= held
