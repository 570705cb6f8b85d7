from wayout.assess.branches import find_branches, switch


def _claims(build):
    document = build.document("If the video is real, the army will attack the group. The group is in the hills.")
    condition = build.claim(document, "video is real", "other", certainty=0.0)
    consequence = build.claim(
        document,
        "will attack",
        "attacks",
        subject="army",
        object="the-group",
        condition=condition.id,
        modality="conditional",
    )
    plain = build.claim(document, "is in the hills", "present", subject="the-group")
    return condition, consequence, plain


def test_a_switch_turned_on_frees_the_consequence_and_turned_off_removes_it(build):
    condition, consequence, plain = _claims(build)
    on = {c.id: c for c in switch((condition, consequence, plain), condition.id, holds=True)}
    off = {c.id for c in switch((condition, consequence, plain), condition.id, holds=False)}
    assert on[consequence.id].condition is None
    assert on[condition.id].certainty == 3.0
    assert off == {plain.id}


def test_each_condition_is_one_branch_with_both_worlds(build, world):
    claims = _claims(build)
    situation, _ = world((0.5,) * 4, claims, 0.4)
    worlds = []

    def judge(world_claims):
        worlds.append(len(world_claims))
        return ()

    (branch,) = find_branches(claims, situation, judge)
    assert branch.claim == claims[0].id
    assert branch.consequence == (claims[1].id,)
    assert branch.p_true == 0.4
    assert sorted(worlds) == [1, 3]
    assert set(claims[0].evidence) | set(claims[1].evidence) == set(branch.evidence)
