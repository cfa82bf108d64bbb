"""Verdicts on claims, and on whole texts against documents of a stand-in index."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking import Checker
from assistant.citing import Reference
from assistant.evidence import Candidate, Source
from assistant.types import Citation, Claim, Policy, Verdict
from index import Span, content_words, split_sentences

CHECKER = Checker()

pytestmark = pytest.mark.models

# Source, the same with one value swapped, and a light paraphrase that keeps the values.
SWAPS = [
    ("Police in Shkoder seized 412 kilograms of cannabis.",
     "Police in Shkoder seized 142 kilograms of cannabis.",
     "Some 412 kilograms of cannabis were seized by police in Shkoder."),
    ("The port handled 3.4 million tonnes of freight in 2023.",
     "The port handled 3.4 billion tonnes of freight in 2023.",
     "In 2023 the port handled 3.4m tonnes of freight."),
    ("The grant of £2 million pays for new laboratories.",
     "The grant of £20 million pays for new laboratories.",
     "New laboratories are paid for by the £2m grant."),
    ("Unemployment in the region fell to 6%.",
     "Unemployment in the region fell to 9%.",
     "Unemployment in the region fell to 6 per cent."),
    ("The bridge opened on 14 March 2019.",
     "The bridge opened on 14 March 2018.",
     "On March 14, 2019, the bridge opened."),
    ("The treaty was signed in Vienna in 1961.",
     "The treaty was signed in Vienna in 1971.",
     "In 1961 the treaty was signed in Vienna."),
    ("The council approved the budget on Tuesday.",
     "The council approved the budget on Thursday.",
     "On Tuesday the council approved the budget."),
    ("Twelve officers were trained at the academy.",
     "Twenty officers were trained at the academy.",
     "The academy trained 12 officers."),
    ("More than 300 families lost their homes in the flood.",
     "More than 400 families lost their homes in the flood.",
     "Over 300 families lost their homes in the flood."),
    ("The minister will not attend the conference in Skopje.",
     "The minister will attend the conference in Skopje.",
     "The minister won't attend the conference in Skopje."),
    ("The museum charges visitors an entrance fee.",
     "The museum does not charge visitors an entrance fee.",
     "Visitors are charged an entrance fee by the museum."),
    ("The company denied paying bribes to inspectors.",
     "The company admitted paying bribes to inspectors.",
     "Paying bribes to inspectors was denied by the company."),
    ("The ferry never sails in winter storms.",
     "The ferry sails in winter storms.",
     "In winter storms the ferry never sails."),
    ("Patients were treated without delay at the clinic.",
     "Patients were treated with delay at the clinic.",
     "At the clinic patients were treated without delay."),
    ("The trial began in the spring of 2021.",
     "The trial began in the autumn of 2021.",
     "In the spring of 2021 the trial began."),
    ("The fund lends up to €50,000 to small farms.",
     "The fund lends up to €500,000 to small farms.",
     "Small farms are lent up to €50 thousand by the fund."),
    ("Exports rose by 5 percentage points last year.",
     "Exports rose by 5% last year.",
     "Last year exports rose by five percentage points."),
    ("The mission lasted 18 months and cost $7 million.",
     "The mission lasted 18 months and cost $9 million.",
     "The mission cost $7m and lasted 18 months."),
    ("It was the first state visit by a Danish monarch.",
     "It was the third state visit by a Danish monarch.",
     "It was a Danish monarch's first state visit."),
    ("The reservoir holds 120 million litres of water.",
     "The reservoir holds 210 million litres of water.",
     "120 million litres of water are held by the reservoir."),
    ("About 250 soldiers joined the exercise near Ohrid.",
     "About 650 soldiers joined the exercise near Ohrid.",
     "Around 250 soldiers joined the exercise near Ohrid."),
    ("The tunnel is 14 km long and has four lanes.",
     "The tunnel is 41 km long and has four lanes.",
     "The tunnel has four lanes and is 14 kilometres long."),
    ("A third of the prisoners were released in May 2022.",
     "Half of the prisoners were released in May 2022.",
     "In May 2022 one third of the prisoners were released."),
    ("Ticket sales doubled between 2015 and 2018.",
     "Ticket sales tripled between 2015 and 2018.",
     "Between 2015 and 2018 ticket sales doubled."),
    ("The hospital has 640 beds and 90 doctors.",
     "The hospital has 640 beds and 70 doctors.",
     "The hospital has 90 doctors and 640 beds."),
    ("The airline cancelled flights until 30 June.",
     "The airline cancelled flights until 20 June.",
     "Flights were cancelled until 30 June by the airline."),
    ("The inspectors found no traces of mercury in the wells.",
     "The inspectors found traces of mercury in the wells.",
     "No traces of mercury were found in the wells by the inspectors."),
    ("Fewer than 40 bears live in the northern forests.",
     "Fewer than 30 bears live in the northern forests.",
     "Under 40 bears live in the northern forests."),
    ("The statue was returned to Greece in 1987.",
     "The statue was returned to Greece in 1978.",
     "In 1987 the statue was returned to Greece."),
    ("The law takes effect on 1 January 2026.",
     "The law takes effect on 1 January 2027.",
     "The law takes effect on January 1, 2026."),
]  # fmt: skip


def cited(quote: str, marker: int | None = 1, document: str = "a.md", start: int = 0) -> Citation:
    end = start + len(quote)
    return Citation(
        marker=marker, document=document, title="A", kind="news", start=start, end=end, quote=quote, sha256="0"
    )


def claim(text: str, *quotes: str, dangling: Sequence[int] = ()) -> Claim:
    citations = tuple(cited(quote, number) for number, quote in enumerate(quotes, 1))
    return Claim(text=text, start=0, end=len(text), citations=citations, dangling=tuple(dangling))


def test_swapped_values_are_contradicted():
    verdicts = [CHECKER.check(claim(swapped, source)).verdict for source, swapped, _ in SWAPS]
    caught = verdicts.count(Verdict.CONTRADICTED)
    assert caught >= 0.9 * len(SWAPS), [s for (_, s, _), v in zip(SWAPS, verdicts, strict=True) if v != "contradicted"]
    assert Verdict.SUPPORTED not in verdicts


def test_swapped_values_are_found_among_other_sentences():
    page = "\n".join(source for source, _, _ in SWAPS)
    verdicts = [CHECKER.check(claim(swapped, page)).verdict for _, swapped, _ in SWAPS]
    assert verdicts.count(Verdict.SUPPORTED) <= 3


@pytest.mark.parametrize(("source", "paraphrase"), [(source, kept) for source, _, kept in SWAPS])
def test_kept_values_raise_no_alarm(source, paraphrase):
    assert CHECKER.check(claim(source, source)).verdict is Verdict.SUPPORTED
    checked = CHECKER.check(claim(paraphrase, source))
    assert checked.verdict in (Verdict.SUPPORTED, Verdict.PARTLY_SUPPORTED), checked.reason
    assert checked.departures == ()


def test_nearly_all_paraphrases_are_supported():
    verdicts = [CHECKER.check(claim(kept, source)).verdict for source, _, kept in SWAPS]
    assert verdicts.count(Verdict.SUPPORTED) >= 0.9 * len(SWAPS)


@given(st.data())
def test_words_of_the_source_are_always_supported(data):
    page = " ".join(data.draw(st.lists(st.sampled_from([t for row in SWAPS for t in row]), min_size=1, max_size=5)))
    span = data.draw(st.sampled_from(split_sentences(page, Span(start=0, end=len(page)))))
    assert CHECKER.check(claim(span.of(page), page)).verdict is Verdict.SUPPORTED


SOURCE = "The task force covers Albania and Kosovo. It returned 5,294 people in 2024."
CASES = [
    ("It returned 5,294 people in 2024 [1].", [SOURCE],
     Verdict.SUPPORTED, "word for word"),
    ("The force covers Albania and Kosovo and has 1,200 officers.", [SOURCE],
     Verdict.PARTLY_SUPPORTED, "1,200 officers"),
    ("The task force covers Albania and Montenegro.", [SOURCE],
     Verdict.CONTRADICTED, "Claim says “Montenegro”, source says “Kosovo”"),
    ("It returned 4,000 people in 2024.", [SOURCE],
     Verdict.CONTRADICTED, "Claim says “4,000”, source says “5,294”"),
    ("Wheat prices are falling across Canada.", [SOURCE],
     Verdict.UNSUPPORTED, "does not speak of this"),
    ("The task force covers Albania and Kosovo.", [],
     Verdict.UNCITED, "No source is cited"),
    ("It covers Albania and returned 5,294 people.", ["It covers Albania.", "It returned 5,294 people."],
     Verdict.SUPPORTED, "words"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quotes", "verdict", "reason"), CASES)
def test_verdicts_come_with_reasons(text, quotes, verdict, reason):
    checked = CHECKER.check(claim(text, *quotes))
    assert (checked.verdict, reason in checked.reason) == (verdict, True), checked.reason
    assert checked.text == text


def test_names_that_the_source_tells_apart_are_partly_supported():
    source = "The force will take in Serbia and will progress talks with Moldova."
    checked = CHECKER.check(claim("The force will take in Serbia and Moldova.", source))
    assert checked.verdict is Verdict.PARTLY_SUPPORTED
    assert "Serbia and will progress talks with Moldova" in checked.reason


def test_a_dangling_marker_outweighs_what_is_supported():
    checked = CHECKER.check(claim(SOURCE, SOURCE, dangling=(7,)))
    assert checked.verdict is Verdict.DANGLING
    assert checked.score > 0.9
    assert checked.reason.startswith("[7] points at no source. ")
    assert "supported" in checked.reason
    assert CHECKER.check(claim(SOURCE, dangling=(7, 9))).reason == "[7], [9] point at no source."


def test_scores_fall_from_supported_to_contradicted():
    scores = [CHECKER.check(claim(text, *quotes)).score for text, quotes, _, _ in CASES[:4]]
    assert scores[0] == 0.99
    assert scores[0] > scores[1] > scores[3]


def test_a_verifier_of_ones_own_is_weighed():
    class Certain:
        identity = "certain"

        def __init__(self, *shares: float) -> None:
            self.shares = shares

        def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
            return np.array([self.shares for _ in pairs], dtype=np.float32).reshape(-1, 3)

    text = "People were sent back in 2024."
    believes, doubts = Checker(Certain(1, 0, 0)).judge(text, SOURCE), Checker(Certain(0, 1, 0)).judge(text, SOURCE)
    assert believes.score > doubts.score
    assert doubts.verdict is not Verdict.SUPPORTED


def test_a_checked_claim_can_be_checked_again():
    checked = CHECKER.check(claim("Arrivals fell by 90%.", "Arrivals fell by 95%."))
    assert CHECKER.check(checked) == checked
    bare = CHECKER.check(Claim(text="Arrivals fell.", start=0, end=14))
    assert CHECKER.check(bare) == bare


def test_a_stricter_policy_supports_less():
    scores = {policy: CHECKER.under(policy).error_rates[policy].threshold for policy in Policy}
    assert scores[Policy.STRICT] > scores[Policy.BALANCED] > scores[Policy.LENIENT]
    rewritten = [(kept, source) for source, _, kept in SWAPS]
    rewritten += [(f"It is said, moreover, that {kept[0].lower()}{kept[1:]}", source) for source, _, kept in SWAPS]
    found = {
        policy: sum(j.verdict is Verdict.SUPPORTED for j in CHECKER.under(policy).judge_many(rewritten))
        for policy in Policy
    }
    assert found[Policy.STRICT] <= found[Policy.BALANCED] <= found[Policy.LENIENT]
    assert found[Policy.STRICT] < found[Policy.LENIENT]


DOCUMENTS = {
    "visit.md": "The prime minister flew to Tirana on Thursday. The task force covers Albania and Kosovo.",
    "money.md": "The laboratory receives £1 million. The laboratory hired 12 chemists in May 2025.",
    "old.md": "The laboratory got about £3 million in all. A chemist was hired.",
}


def find_evidence(claims: Sequence[str], documents: Sequence[str] = ()) -> list[list[Candidate]]:
    """For each claim the sentences that share words with it, most first."""
    return [_sharing(claim, documents) for claim in claims]


def _sharing(text: str, documents: Sequence[str]) -> list[Candidate]:
    wanted = {word.stem for word in content_words(text)}
    found = []
    for name, page in DOCUMENTS.items():
        for span in split_sentences(page, Span(start=0, end=len(page))):
            shared = len(wanted & {word.stem for word in content_words(span.of(page))})
            if shared and (not documents or name in documents):
                found.append((-shared, cited(span.of(page), None, name, span.start)))
    return [(citation,) for _, citation in sorted(found, key=lambda pair: pair[0])]


def resolve(reference: Reference) -> Source | None:
    if reference.document not in DOCUMENTS:
        return None
    if reference.start is None or reference.end is None:
        return Source(reference.document)
    quote = DOCUMENTS[reference.document][reference.start : reference.end]
    return Source(reference.document, cited(quote, None, reference.document, reference.start))


def check(text: str, documents: Sequence[str] = ()) -> list[tuple[str, list[tuple[int | None, str]]]]:
    report = CHECKER.check_text(text, find_evidence=find_evidence, resolve=resolve, documents=documents)
    assert report.text == text
    for checked in report.claims:
        assert text[checked.start : checked.end] == checked.text
        assert all(DOCUMENTS[c.document][c.start : c.end] == c.quote for c in checked.citations)
    return [(c.verdict.value, [(x.marker, x.document) for x in c.citations]) for c in report.claims]


MARKED = """# The visit

The prime minister flew to Tirana on Thursday [1]. The laboratory receives £4 million [2]. Nobody cites this sentence.
The laboratory hired 12 chemists [3]. The task force covers Albania [1][7]. Was it cold?

Sources
[1] The visit. (visit.md)
[2] Money. (money.md)
[3] Money again. (money.md 36:85)
"""


def test_a_text_with_markers_is_held_against_what_it_cites():
    assert check(MARKED) == [
        ("supported", [(1, "visit.md")]),
        ("contradicted", [(2, "money.md")]),
        ("uncited", []),
        ("supported", [(3, "money.md")]),
        ("dangling", [(1, "visit.md")]),
    ]


def test_a_text_without_markers_is_held_against_the_documents():
    text = (
        "The prime minister flew to Tirana on Thursday. The laboratory hired 21 chemists in May 2025. Wheat is cheap."
    )
    assert check(text) == [
        ("supported", [(None, "visit.md")]),
        ("contradicted", [(None, "money.md")]),
        ("unsupported", []),
    ]


def test_evidence_can_be_restricted_to_documents():
    assert check("The prime minister flew to Tirana on Thursday.", ["money.md"]) == [("unsupported", [])]


def test_a_contradiction_is_not_hidden_by_a_weaker_match():
    assert check("The laboratory receives £3 million.") == [("contradicted", [(None, "money.md")])]


def test_markers_without_a_list_dangle():
    assert check("The prime minister flew to Tirana on Thursday [1].") == [("dangling", [])]


def test_a_cited_document_that_is_silent_supports_nothing():
    verdicts = check("Wheat is cheap now [1].\n\nSources\n[1] The visit. (visit.md)")
    assert verdicts == [("unsupported", [])]


def test_several_sentences_may_bear_a_claim_out_together():
    text = "The laboratory receives £1 million and hired 12 chemists in May 2025."
    assert check(text) == [("supported", [(None, "money.md"), (None, "money.md")])]
