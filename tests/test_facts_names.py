"""Tables of cases for names: short and long forms, other names in the same place, near spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.names import compare
from assistant.facts.naming import find_names
from assistant.facts.short_forms import known_form, spells

FOUND = [
    ("Yesterday Sir Keir Starmer flew to Tirana.", ["Yesterday", "Keir Starmer", "Tirana"]),
    ("Officials met in London.", ["Officials", "London"]),
    ("The UK-Albania deal was signed.", ["UK", "Albania"]),
    ("It is run by the U.K. and North Macedonia.", ["U.K.", "North Macedonia"]),
    ("On Monday in May nothing happened.", []),
    ("Albania's police work with Frontex.", ["Albania", "Frontex"]),
    ("the prime minister and a minister", ["prime minister"]),
    ("They told us to polish it.", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_names_are_found(text, expected):
    assert [text[name.start : name.end] for name in find_names(text)] == expected


SAME = [
    ("Savers with IRAs pay no tax on them.", "Savers pay no tax on an IRA."),
    ("Choose your plan and enter the details.", "Select your plan and enter the details."),
    ("**Reach out to the team** by post.", "**Contact the team** by post."),
    ("Additionally, version 3 is withdrawn.", "Harbour Watch version 3 is withdrawn."),
    ("Replace `NAME` with the name of the boat.", "Specify the name of the boat with the NAME variable."),
    ("Outside of the country the sport is called football.", "Most of the country calls the sport football."),
    ("Keir Starmer met the mayor.", "Sir Keir Starmer met the mayor."),
    ("Starmer met the mayor.", "The Rt Hon Sir Keir Starmer met the mayor."),
    ("Sir Keir Starmer met the mayor.", "Starmer met the mayor."),
    ("Mr Starmer's visit ended.", "The visit of Keir Starmer ended."),
    ("The UK paid for it.", "The United Kingdom paid for it."),
    ("Britain paid for it.", "The British government paid for it."),
    ("Great Britain paid for it.", "The U.K. paid for it."),
    ("America sent ships.", "The US sent ships."),
    ("The United States sent ships.", "American ships were sent."),
    ("Ships went to the EU.", "Ships went to the European Union."),
    ("The United Nations agreed.", "The UN agreed."),
    ("Police from Albania took part.", "Albanian police took part."),
    ("French and German officers took part.", "Officers of France and Germany took part."),
    ("Boats left the Netherlands.", "Dutch boats left."),
    ("It is run by the JMTF.", "It is run by the Joint Migration Task Force."),
    ("It is run by the Joint Migration Task Force.", "It is run by the JMTF."),
    ("It is run by the Joint Migration Task Force (JMTF).", "It is run by the Joint Migration Task Force."),
    ("The Task Force met in June.", "The Joint Migration Task Force met in June."),
    ("The Ministry of Defence (MoD) paid.", "The Ministry of Defence paid."),
    ("The MoD paid.", "The Ministry of Defence paid."),
    ("The PM thanked Rama.", "The Prime Minister thanked Edi Rama."),
    ("The Prime Minister thanked Rama.", "Keir Starmer thanked Edi Rama."),
    ("He went to Türkiye.", "He went to Turkey."),
    ("He met Müller.", "He met Muller."),
    ("The Western Balkans summit is in autumn.", "The summit for the Western Balkans is in autumn."),
    ("Talks with Timor-Leste began.", "Talks with East Timor began."),
    ("Many Texans came.", "Many people of Texas came."),
    ("Boats were found near Calais.", "Near Calais, boats were found."),
    ("Ministers welcomed it.", "It was welcomed by the cabinet."),
    ("The Scheme costs more.", "The scheme costs more."),
    ("Rama praised the deal.", "He praised the deal."),
]


@pytest.mark.parametrize(("claim", "source"), SAME)
def test_forms_of_one_name_are_no_difference(claim, source):
    assert compare(claim, source) == []


OTHER = [
    ("The task force was extended to Serbia.", "The task force was extended to Montenegro.", "Serbia", "Montenegro"),
    ("Talks were held in Berlin on trade.", "Talks were held in Vienna on trade.", "Berlin", "Vienna"),
    ("Sunak met the Albanian mayor.", "Starmer met the Albanian mayor.", "Sunak", "Starmer"),
    ("Rishi Sunak met the mayor of Tirana.", "Keir Starmer met the mayor of Tirana.", "Rishi Sunak", "Keir Starmer"),
    ("Anna Smith leads the team.", "John Smith leads the team.", "Anna Smith", "John Smith"),
    ("The President signed the deal.", "The Prime Minister signed the deal.", "President", "Prime Minister"),
    ("The Home Secretary signed it.", "The Foreign Secretary signed it.", "Home Secretary", "Foreign Secretary"),
    ("Norwegian police seized the boat.", "Greek police seized the boat.", "Norwegian", "Greek"),
    ("The report was written by NATO for ministers.", "The report was written by the EU for ministers.", "NATO", "EU"),
    ("He came from North Korea by ship.", "He came from South Korea by ship.", "North Korea", "South Korea"),
    ("The Bank of Scotland set the rate.", "The Bank of England set the rate.", "Scotland", "England"),
]


@pytest.mark.parametrize(("claim", "source", "ours", "theirs"), OTHER)
def test_another_name_in_the_same_place_contradicts(claim, source, ours, theirs):
    (difference,) = compare(claim, source)
    assert (difference.severity, difference.claim_value, difference.source_value) == ("contradicts", ours, theirs)


LACKING = [
    ("The scheme is run with Frontex.", "The scheme began in June.", "Frontex"),
    ("Kosovo joined the scheme, and Greece left it.", "Kosovo joined the scheme.", "Greece"),
    ("The Home Office paid for the ships.", "The Home Secretary spoke of ships.", "Home Office"),
    ("The scheme is praised by Amnesty.", "Montenegro may join a scheme later this year.", "Amnesty"),
]


@pytest.mark.parametrize(("claim", "source", "value"), LACKING)
def test_a_name_that_the_source_lacks_is_missing(claim, source, value):
    (difference,) = compare(claim, source)
    assert (difference.severity, difference.claim_value, difference.source_value) == ("missing", value, None)


NEAR = [
    ("Keir Starmar spoke.", "Keir Starmer spoke.", "Keir Starmar", "Keir Starmer"),
    (
        "They sailed to Durrës from Gjirokastër.",
        "They sailed to Durrës from Gjirokastra.",
        "Gjirokastër",
        "Gjirokastra",
    ),
    ("A Brazillian ship was seen.", "A Brazilian ship was seen.", "Brazillian", "Brazilian"),
]


@pytest.mark.parametrize(("claim", "source", "ours", "theirs"), NEAR)
def test_a_near_spelling_is_doubtful_and_both_are_named(claim, source, ours, theirs):
    (difference,) = compare(claim, source)
    assert (difference.severity, difference.claim_value, difference.source_value) == ("doubtful", ours, theirs)


def test_listed_names_are_not_near_spellings_of_each_other():
    assert [d.severity for d in compare("He lives in Austria now.", "He lives in Australia now.")] == ["contradicts"]


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (["US", "ships"], (1, "place:united states")),
        (["us", "ships"], None),
        (["North", "Macedonians"], (2, "place:north macedonia")),
        (["prime", "minister"], (2, "office:prime minister")),
        (["polish", "it"], None),
    ],
)
def test_listed_forms_need_their_capital(listed, expected):
    assert known_form(listed) == expected


@pytest.mark.parametrize(
    ("acronym", "text", "expected"),
    [
        ("JMTF", "the Joint Migration Task Force", (1, 5)),
        ("DfE", "a Department for Education", (1, 4)),
        ("MOD", "Ministry of Defence", (0, 3)),
        ("FCDO", "Foreign, Commonwealth and Development Office", (0, 5)),
        ("NHS", "nothing stands here", None),
        ("XYZ", "Joint Task Force", None),
    ],
)
def test_acronyms_are_spelt_by_initials(acronym, text, expected):
    assert spells(acronym, text.replace(",", "").split()) == expected


@given(st.text(), st.text())
def test_spans_are_those_of_the_values(claim, source):
    for difference in compare(claim, source):
        assert difference.claim_span.of(claim) == difference.claim_value
        assert difference.source_span is None or difference.source_span.of(source) == difference.source_value


@given(
    st.lists(st.sampled_from(["Albania", "the", "Starmer", "UK", "met", "in", "of", "Task Force", "."]), max_size=12)
)
def test_a_text_bears_its_own_names_out(listed):
    text = " ".join(listed)
    assert compare(text, text) == []
