from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.fuse.reliability import p_claim


def test_surer_words_give_a_higher_probability(build):
    document = build.document("The militia sealed the pass.")
    ps = [
        p_claim(build.claim(document, "sealed", "seals", certainty=c), document, build.at) for c in (-3, -1, 0, 1, 2, 3)
    ]
    assert ps == sorted(ps)
    assert ps[0] < 0.5 < ps[-1]
    assert ps[2] == pytest.approx(0.5)


def test_an_unrated_source_moves_belief_less_than_a_good_one_but_more_than_a_bad_one(build):
    def p(letter):
        document = build.document(f"The militia sealed the pass, said {letter}.", reliability=letter)
        return p_claim(build.claim(document, "sealed", "seals"), document, build.at)

    assert p("A") > p("C") > p("F") > p("D") > p("E") > 0.5


def test_old_reports_fade_toward_the_prior_and_later_ones_do_not_count(build):
    def p(days):
        document = build.document("The militia sealed the pass.", published=build.at - timedelta(days=days))
        return p_claim(build.claim(document, "sealed", "seals"), document, build.at)

    assert p(0) > p(30) > p(300) > 0.5
    assert p(-10) == pytest.approx(0.5)


def test_a_consequence_is_no_likelier_than_its_condition(build):
    document = build.document("If the bridge is mined, the militia is cut off.")
    condition = build.claim(document, "mined", "other", certainty=0.0)
    consequence = build.claim(document, "cut off", "besieges", condition=condition.id)
    assert p_claim(consequence, document, build.at, {condition.id: 0.2}) < 0.2


@given(st.floats(-3, 3), st.sampled_from("ABCDEF"), st.sampled_from([None, 1, 2, 3, 4, 5]))
def test_every_probability_is_inside_the_scale(build, certainty, letter, credibility):
    document = build.document("The militia sealed the pass.", reliability=letter)
    claim = build.claim(document, "sealed", "seals", certainty=certainty, credibility=credibility)
    assert 0.01 <= p_claim(claim, document, build.at) <= 0.99
