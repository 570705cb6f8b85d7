"""Sentences about what the party will do: hypotheses, branches, and what would change the answer."""

from wayout.model import Branch, Claim, Hypothesis, Sentence
from wayout.publish.telling import Telling
from wayout.publish.words import Words, fill, join, resting_on, sentence
from wayout.stats.likelihood import percent

MOST_LEVERS = 4
"""Levers told in words; ``assessment.json`` has them all."""


def hypothesis_sentences(telling: Telling) -> list[Sentence]:
    """Say how likely each hypothesis is, most likely first; staying is always one of them."""
    said = []
    for n, hypothesis in enumerate(telling.findings.assessment.hypotheses, start=1):
        words = fill(
            "hypothesis",
            chance=telling.chance(hypothesis.p, hypothesis.id),
            statement=outcome(telling, hypothesis),
        )
        claims = tuple(w.claim for w in hypothesis.weights if w.claim in telling.book.claims)
        said.append(sentence(f"hypothesis-{n}", "hypothesis", resting_on(words, claims, hypothesis.evidence)))
    return said


def outcome(telling: Telling, hypothesis: Hypothesis) -> Words:
    """Word a hypothesis: its own statement where every name in it has its ground, else by its exit."""
    records = (hypothesis.id, hypothesis.exit) if hypothesis.exit else (hypothesis.id,)
    woven = telling.woven(hypothesis.statement, hypothesis.evidence, records)
    if woven is not None:
        return woven
    exit_ = telling.exits.get(hypothesis.exit or "")
    if exit_ is None:
        return fill("outcome_stay", party=telling.party)
    return fill("outcome_exit", party=telling.party, way=telling.way(exit_))


def branch_sentences(telling: Telling) -> list[Sentence]:
    """Say of each condition what the answer is with it and without it."""
    said: list[Sentence] = []
    for n, branch in enumerate(telling.findings.assessment.branches, start=1):
        moved = _most_moved(telling, branch)
        claim = telling.book.claims.get(branch.claim)
        if moved is None or claim is None:
            continue
        hypothesis, p_true, p_false = moved
        record = f"branch:{branch.claim}"
        result = outcome(telling, hypothesis)
        quote = telling.quote_claim(claim)
        follows = [c for c in (telling.book.claims.get(i) for i in branch.consequence) if c is not None]
        if percent(p_true) == percent(p_false):
            same = resting_on(fill("branch_same", quote=quote), (claim.id,), branch.evidence)
            said.append(sentence(f"branch-{n}", "branch", same))
            said += _follows(telling, n, claim, follows)
            continue
        on = fill("branch_true", quote=quote, chance=telling.chance(p_true, record), outcome=result)
        off = fill("branch_false", chance=telling.chance(p_false, record), outcome=result)
        said.append(sentence(f"branch-{n}-true", "branch", resting_on(on, (claim.id,), branch.evidence)))
        said.append(sentence(f"branch-{n}-false", "branch", resting_on(off, (claim.id,), branch.evidence)))
        said += _follows(telling, n, claim, follows)
    return said


def _follows(telling: Telling, number: int, claim: Claim, follows: list[Claim]) -> list[Sentence]:
    """Quote what the report says would follow from a condition, each clause once."""
    unique = {c.evidence[0]: c for c in follows if c.evidence[0] != claim.evidence[0]}
    if not unique:
        return []
    words = fill("branch_follows", quote=join([telling.quote_claim(c) for c in unique.values()]))
    return [sentence(f"branch-{number}-follows", "branch", words)]


def _most_moved(telling: Telling, branch: Branch) -> tuple[Hypothesis, float, float] | None:
    known = {key: h for h in telling.findings.assessment.hypotheses for key in (h.id, h.statement)}
    off = dict(branch.if_false)
    rows = [(known[k], p, off[k]) for k, p in branch.if_true if k in known and k in off]
    return max(rows, key=lambda row: (abs(row[1] - row[2]), row[0].id)) if rows else None


def lever_sentences(telling: Telling) -> list[Sentence]:
    """Say which news would change the answer most, and between which figures."""
    said = []
    for n, lever in enumerate(telling.findings.assessment.levers[:MOST_LEVERS], start=1):
        barrier, exit_ = telling.barriers.get(lever.barrier), telling.exits.get(lever.exit)
        if barrier is None or exit_ is None:
            continue
        influence = next((i for i in exit_.deciding if i.barrier == lever.barrier), None)
        what, way = telling.barrier(barrier, exit_, "barrier_self_news"), telling.way(exit_)
        if influence is None:
            words = fill("lever_plain", barrier=what, way=way)
        else:
            words = fill(
                "lever",
                barrier=what,
                way=way,
                open=telling.figure(influence.p_reach_if_open, exit_.id),
                shut=telling.figure(influence.p_reach_if_closed, exit_.id),
            )
        said.append(sentence(f"lever-{n}", "lever", resting_on(words, lever.claims, lever.evidence)))
    return said
