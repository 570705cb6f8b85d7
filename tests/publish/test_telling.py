"""Whatever other steps write into names, statements and reasons, the brief that is composed passes its own gate."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from wayout.model import Miss
from wayout.publish.articles import called
from wayout.publish.brief import compose_brief
from wayout.publish.provenance import check_brief

WORDS = st.one_of(
    st.text(max_size=25),
    st.lists(
        st.sampled_from(
            [
                "the",
                "SAF",
                "Khartoum",
                "likely",
                "south",
                "Wagner",
                "can",
                "will",
                "open",
                "“",
                "”",
                "target",
                "two",
                "7",
                "{way}",
                ".",
            ]
        ),
        max_size=6,
    ).map(" ".join),
)


def told_with(findings, words):
    barriers = tuple(replace(b, name=words) for b in findings.situation.barriers)
    hypotheses = tuple(replace(h, statement=f"{words} {n}") for n, h in enumerate(findings.assessment.hypotheses))
    links = tuple(replace(link, end=words) for link in findings.reach.onward)
    contradictions = tuple(replace(c, why=words) for c in findings.situation.contradictions)
    return replace(
        findings,
        situation=replace(
            findings.situation,
            barriers=barriers,
            contradictions=contradictions,
            unknowns=(words, f"No report speaks of {words}."),
        ),
        reach=replace(findings.reach, onward=links),
        assessment=replace(findings.assessment, hypotheses=hypotheses, branches=()),
        misses=(Miss(what=words, why=words),),
    )


def test_composition_always_passes_the_gate(findings):
    @settings(max_examples=80, deadline=None)
    @given(words=WORDS)
    @example(words="A")
    @example(words="The")
    @example(words="No report")
    def holds(words):
        told = told_with(findings, words)
        check_brief(compose_brief(told), told)

    holds()


def test_common_nouns_get_an_article_and_names_do_not():
    assert called("aid convoy") == "the aid convoy"
    assert called("the families") == "the families"
    assert called("Islamic State") == "Islamic State"
