from wayout.assess.assessment import assess


def test_one_unrated_report_gives_low_confidence_and_says_why(build, world):
    document = build.document("The group is in the hills.", reliability="F")
    claim = build.claim(document, "is in the hills", "present", subject="the-group")
    found = assess(
        (claim,), (document,), build.question(build.box(4, 22, 5, 23)), {}, lambda claims: world((0.5,) * 4, claims)
    )
    assert found.confidence == "low"
    assert "1 report" in found.confidence_why
    assert "F (not yet rated)" in found.confidence_why
    assert "no independent confirmation" in found.confidence_why
    assert sum(h.p for h in found.hypotheses) > 0.999


def test_political_reports_move_nothing_and_are_said_to_decide_nothing(build, world):
    document = build.document(
        "The group will move. The minister condemned it. The envoy visited. They agreed on talks."
    )
    moves = build.claim(document, "The group will move", "moves", subject="the-group")
    talk = tuple(
        build.claim(document, words, predicate, subject="minister", object="the-group", event_type=event)
        for words, predicate, event in (
            ("The minister condemned it", "other", "DISAPPROVE"),
            ("The envoy visited", "other", "CONSULT"),
            ("They agreed on talks", "agrees", "AGREE"),
        )
    )
    question = build.question(build.box(4, 22, 5, 23))
    actors = {"the-group": build.actor("the-group")}

    def judged(claims):
        return assess(claims, (document,), question, actors, lambda w: world((0.3, 0.2, 0.8, 0.4), w, 0.8))

    alone, among = judged((moves,)), judged((moves, *talk))
    assert [h.p for h in alone.hypotheses] == [h.p for h in among.hypotheses]
    assert (alone.n_bear_nothing, among.n_bear_nothing) == (0, 3)
    assert among.hypotheses[0].p_low <= among.hypotheses[0].p <= among.hypotheses[0].p_high
    assert among.prior_leaves == 0.3
    assert {s.name for s in among.sensitivity} >= {"moves", "prior", "else"}
