"""Tables of cases for roles: who did what to whom, and from where to where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.roles import compare

SWAPPED = [
    ("The court may give the ministers a date.", "The ministers may give the court a date."),
    ("Albania returned migrants to the UK.", "The UK returned migrants to Albania."),
    ("Albania has returned 200 migrants to the UK.", "The UK returned 200 migrants to Albania."),
    ("Spain beat England in the final.", "England beat Spain in the final."),
    ("Spain beat England.", "Spain was beaten by England."),
    ("England was beaten by Spain.", "England beat Spain."),
    ("The Prime Minister told the Foreign Minister to wait.", "The Foreign Minister told the Prime Minister to wait."),
    ("Boats sail from France to Kent.", "Boats sail from Kent to France."),
    ("The minister sued the newspaper over a column.", "The newspaper sued the minister over a column."),
    ("Wages grew faster than prices last year.", "Prices grew faster than wages last year."),
    ("In June, Rama thanked Starmer for the money.", "In June, Starmer thanked Rama for the money."),
    ("Money moves through Greece towards Albania.", "Money moves through Albania towards Greece."),
    ("Kosovo sold trucks to Serbia.", "Serbia sold trucks to Kosovo. It also bought wheat."),
    ("The gangs pay the drivers before each trip.", "The drivers pay the gangs before each trip."),
    ("Officers from Kent trained officers from Durres.", "Officers from Durres trained officers from Kent."),
]


@pytest.mark.parametrize(("claim", "source"), SWAPPED)
def test_changed_places_contradict(claim, source):
    (difference,) = compare(claim, source)
    assert (difference.kind, difference.severity) == ("role", "contradicts")
    assert difference.source_span is not None
    assert difference.claim_span.of(claim) == difference.claim_value
    assert difference.source_span.of(source) == difference.source_value


def test_both_stretches_are_shown():
    (difference,) = compare("In June, Rama thanked Starmer.", "In June, Starmer thanked Rama.")
    assert difference.reason == "claim says “Rama thanked Starmer”, source says “Starmer thanked Rama”"


ALIKE = [
    ("The choir was founded in 1972 in Cardiff.", "The choir was founded in Cardiff in 1972."),
    ("The race will be run in Porto in August 2027.", "The race will be run on 9 August 2027 in Porto."),
    ("Rama met Starmer to thank him.", "Starmer met Rama to thank him."),
    ("England beat Spain.", "Spain was beaten by England."),
    ("Spain was beaten by England.", "England beat Spain."),
    ("The UK works with Albania.", "Albania works with the UK."),
    ("Albania signed a deal with Kosovo.", "Kosovo signed a deal with Albania."),
    ("Albania and Kosovo joined the scheme.", "Kosovo and Albania joined the scheme."),
    ("Drones, machines and boats were bought.", "Boats, machines and drones were bought."),
    ("The capital of Albania is Tirana.", "Tirana is the capital of Albania."),
    ("On Monday the mayor opened the bridge.", "The mayor opened the bridge on Monday."),
    ("In London, Rama thanked Starmer.", "Rama thanked Starmer in London."),
    ("The UK returned migrants to Albania.", "Migrants were returned to Albania by the UK."),
    ("Boats sail from France to Kent.", "From France to Kent, boats sail."),
    ("Kosovo sold trucks to Serbia.", "Kosovo sold trucks to Serbia, and Serbia sold trucks to Kosovo."),
    ("The Harbour is an album from Delta.", "Delta from her second album The Harbour"),
    ("Rama praised Starmer.", "Starmer praised the police."),
    ("The task force found 30 boats.", "30 boats were found by the task force."),
]


@pytest.mark.parametrize(("claim", "source"), ALIKE)
def test_what_says_the_same_is_no_difference(claim, source):
    assert compare(claim, source) == []


@given(st.text(), st.text())
def test_any_text_can_be_compared(claim, source):
    for difference in compare(claim, source):
        assert difference.claim_span.of(claim) == difference.claim_value


@given(
    st.lists(
        st.sampled_from(["Albania", "the", "beat", "Spain", "to", "from", "by", "was", "told", "men"]), max_size=14
    )
)
def test_a_text_has_its_own_roles(listed):
    text = " ".join(listed)
    assert compare(text, text) == [] or len(set(listed)) < len(listed)
