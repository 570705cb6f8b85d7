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
