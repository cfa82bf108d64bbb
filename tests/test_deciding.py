"""Which evidence decides on a claim."""

from __future__ import annotations

from assistant.deciding import READ_CLOSELY, decide
from assistant.judging import Judgement
from assistant.types import Citation, Verdict

CLAIM = "The police of Durres got two drones and a ferry."


def cited(quote: str) -> tuple[Citation, ...]:
    return (Citation(document="d", title="D", kind="news", start=0, end=len(quote), quote=quote, sha256="0"),)


def judging(**judgements: tuple[Verdict, float, float]):
    """A judge that knows verdict, score and match for each source; anything else is unsupported."""
    table = {source.replace("_", " "): told for source, told in judgements.items()}

    def judge_many(pairs):
        found = []
        for _, source, _ in pairs:
            verdict, score, match = table.get(source, (Verdict.UNSUPPORTED, 0.1, 0.3))
            found.append(Judgement(verdict=verdict, reason="", score=score, match=match))
        return found

    return judge_many


class Judging:
    """A judge that knows nothing of parts."""

    def __init__(self, judge_many):
        self.judge_whole = judge_many

    def add_parts(self, pairs, judgements):
        assert len(pairs) == len(judgements)
        return list(judgements)


def decided(candidates, judge_many):
    (decision,) = decide([CLAIM], [candidates], Judging(judge_many))
    return decision


def test_without_candidates_nothing_decides():
    assert decided([], judging()) is None


def test_what_supports_best_decides():
    judge = judging(weak=(Verdict.SUPPORTED, 0.7, 0.6), strong=(Verdict.SUPPORTED, 0.9, 0.6))
    assert decided([cited("nothing"), cited("weak"), cited("strong")], judge).evidence[0].quote == "strong"


def test_a_contradiction_that_speaks_more_of_the_matter_outweighs_support():
    against = "The police of Durres got no drones and a ferry"
    judge = judging(**{against: (Verdict.CONTRADICTED, 0.1, 0.9)}, support=(Verdict.SUPPORTED, 0.8, 0.6))
    assert decided([cited("support"), cited(against)], judge).judgement.verdict is Verdict.CONTRADICTED


def test_support_outweighs_a_contradiction_from_words_on_something_else():
    judge = judging(against=(Verdict.CONTRADICTED, 0.1, 0.6), support=(Verdict.SUPPORTED, 0.8, 0.8))
    assert decided([cited("against"), cited("support")], judge).judgement.verdict is Verdict.SUPPORTED


def test_a_contradiction_does_not_decide_where_other_words_speak_more_of_the_matter():
    judge = judging(against=(Verdict.CONTRADICTED, 0.0, 0.5), near=(Verdict.PARTLY_SUPPORTED, 0.4, 0.9))
    assert decided([cited("against"), cited("near")], judge).evidence[0].quote == "near"


def test_several_bear_a_claim_out_together_where_none_does_alone():
    one, other = "The police of Durres got two drones.", "A ferry was given to them."
    joined = f"{one}\n{other}"

    def judge_many(pairs):
        score = {one: 0.5, other: 0.3, joined: 0.9}
        return [
            Judgement(
                verdict=Verdict.SUPPORTED if score[source] > 0.8 else Verdict.PARTLY_SUPPORTED,
                reason="",
                score=score[source],
                match=0.7,
            )
            for _, source, _ in pairs
        ]

    decision = decided([cited(one), cited(other)], judge_many)
    assert [c.quote for c in decision.evidence] == [one, other]
    assert decision.judgement.verdict is Verdict.SUPPORTED


def test_words_that_add_nothing_are_not_joined():
    asked = []

    def judge_many(pairs):
        asked.extend(source for _, source, _ in pairs)
        return [Judgement(verdict=Verdict.PARTLY_SUPPORTED, reason="", score=0.5, match=0.7) for _ in pairs]

    decided([cited("The police got two drones."), cited("Two drones, the police said.")], judge_many)
    assert not [source for source in asked if "\n" in source]


def test_only_the_nearest_candidates_are_judged_alone():
    asked = []

    def judge_many(pairs):
        asked.extend(source for _, source, _ in pairs)
        return [Judgement(verdict=Verdict.UNSUPPORTED, reason="", score=0.1, match=0.3) for _ in pairs]

    decided([cited(f"source {i}") for i in range(8)], judge_many)
    assert len([source for source in asked if "\n" not in source]) == READ_CLOSELY


def test_what_cannot_outweigh_the_nearest_support_is_not_judged():
    asked = []

    def judge_many(pairs):
        asked.extend(source for _, source, _ in pairs)
        return [Judgement(verdict=Verdict.SUPPORTED, reason="", score=0.9, match=0.6) for _ in pairs]

    decided([cited("support"), cited("other words"), cited(CLAIM.replace("two", "no"))], judge_many)
    assert asked == ["support", CLAIM.replace("two", "no")]
