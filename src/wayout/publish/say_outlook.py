"""Sentences about what the party will do: hypotheses, branches, and what would change the answer."""

from wayout.model import Barrier, Branch, Claim, Exit, Hypothesis, Lever, Sentence
from wayout.publish.articles import is_plural
from wayout.publish.figures import points
from wayout.publish.say_exits import states
from wayout.publish.telling import Telling
from wayout.publish.words import Words, fill, join, resting_on, sentence
from wayout.stats.likelihood import percent

MOST_ASKED = 2
"""Barriers named in one piece of news, at most; ``assessment.json`` has them all."""

MOST_GAP = 0.015
"""Two worlds that average to the answer within about a percentage point are not remarked on."""


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
    """Word a hypothesis: leaving by a direction, staying, or its own statement where every name in it has its ground."""
    party = telling.findings.question.party
    many = party.kind == "civilians" or is_plural(party.name)
    exit_ = telling.exits.get(hypothesis.exit or "")
    if exit_ is not None and exit_.kind == "direction":
        name = telling.recorded(exit_.name, exit_.id)
        key = "goes_plural" if many else "goes"
        toward = telling.toward(exit_)
        return fill(key, telling.aim, party=telling.party, area=telling.area, name=name, toward=toward)
    if exit_ is not None:
        return fill("outcome_exit", party=telling.party, way=telling.way(exit_))
    if hypothesis.statement.startswith(party.name):
        key = "stays_civilians" if party.kind == "civilians" else "stays_plural" if many else "stays"
        return fill(key, telling.aim, party=telling.party, area=telling.area)
    return telling.woven(hypothesis.statement, hypothesis.evidence, (hypothesis.id,)) or fill("outcome_other")


def branch_sentences(telling: Telling) -> list[Sentence]:
    """Say of each switch, in the report's words, what makes it one, how likely it is, and the answer with it and without it."""
    said: list[Sentence] = []
    judged = telling.findings.assessment
    for n, branch in enumerate(judged.branches, start=1):
        moved = most_moved(telling, branch)
        claim = telling.book.claims.get(branch.claim)
        if moved is None or claim is None:
            continue
        hypothesis, p_true, p_false = moved
        record, result = f"branch:{branch.claim}", outcome(telling, hypothesis)
        rows = [*_switch(telling, branch, claim), ("chance", _chance(telling, branch, claim))]
        if percent(p_true) == percent(p_false):
            rows.append(("same", fill("branch_same", chance=telling.chance(p_true, record), outcome=result)))
        else:
            rows.append(("true", fill("branch_true", chance=telling.chance(p_true, record), outcome=result)))
            rows.append(("false", fill("branch_false", chance=telling.chance(p_false, record), outcome=result)))
        if branch.gap > MOST_GAP:
            by = points(branch.gap)
            key = "branch_gap" if branch.why == "condition" else "branch_gap_report"
            rows.append(("gap", fill(key, gap=Words(text=by, computed=(by,), records=(record,)))))
        for name, words in rows:
            identity = f"branch-{n}-{name}" if name else f"branch-{n}"
            said.append(sentence(identity, "branch", resting_on(words, (claim.id,), branch.evidence)))
    rest = judged.n_switches - len(judged.branches)
    if said and rest > 0:
        count = Words(text=str(rest), computed=(str(rest),), records=("weighing",))
        words = fill("branch_rest", count=count) if rest > 1 else fill("branch_rest_one")
        said.append(sentence("branch-rest", "method", words))
    return said


def _switch(telling: Telling, branch: Branch, claim: Claim) -> list[tuple[str, Words]]:
    """Quote the claim that is a switch, and what hangs on it or stands against it."""
    quote = telling.quote_claim(claim) if branch.why == "condition" else telling.quote_sentence(claim)
    rows = [("", fill(f"branch_{branch.why}", quote=quote))]
    others = [telling.book.claims[i] for i in branch.opposed if i in telling.book.claims]
    if branch.why == "contested" and others:
        against = {q.text: q for q in (telling.quote_sentence(c) for c in others)}
        rows.append(("against", fill("branch_against", quote=join(list(against.values())))))
    follows = [c for c in (telling.book.claims.get(i) for i in branch.consequence) if c is not None]
    return [*rows, *_follows(telling, claim, follows)]


def _chance(telling: Telling, branch: Branch, claim: Claim) -> Words:
    """Say how likely a switch is to hold; where its report leaves it open, that the figure is a prior."""
    record = f"branch:{branch.claim}"
    if branch.why == "condition" and claim.certainty == 0:
        return fill("branch_open", percent=telling.figure(branch.p_true, record))
    return fill("branch_chance", chance=telling.chance(branch.p_true, record))


def _follows(telling: Telling, claim: Claim, follows: list[Claim]) -> list[tuple[str, Words]]:
    """Quote the sentences in which the report says what would follow from a condition, each once."""
    spans = dict.fromkeys(telling.whole_sentence(c.evidence[0]) for c in follows if c.evidence[0] != claim.evidence[0])
    if not spans:
        return []
    words = fill("branch_follows", quote=join([telling.quote(span) for span in spans]))
    return [("follows", resting_on(words, tuple(c.id for c in follows), ()))]


def most_moved(telling: Telling, branch: Branch) -> tuple[Hypothesis, float, float] | None:
    """Find the hypothesis that a switch moves most, with its probability in both worlds."""
    known = {key: h for h in telling.findings.assessment.hypotheses for key in (h.id, h.statement)}
    off = dict(branch.if_false)
    rows = [(known[k], p, off[k]) for k, p in branch.if_true if k in known and k in off]
    return max(rows, key=lambda row: (round(abs(row[1] - row[2]), 3), row[1], row[0].id)) if rows else None


def lever_sentences(telling: Telling) -> list[Sentence]:
    """Say which news would change the answer most, between which figures, and by how much on average."""
    said = []
    for n, lever in enumerate(telling.findings.assessment.levers, start=1):
        asked = [telling.barriers[b] for b in (lever.barrier, *lever.others) if b in telling.barriers][:MOST_ASKED]
        exit_ = telling.exits.get(lever.exit)
        if not asked or exit_ is None:
            continue
        words = _lever(telling, asked, exit_, lever)
        said.append(sentence(f"lever-{n}", "lever", resting_on(words, lever.claims, lever.evidence)))
    return said


def _lever(telling: Telling, asked: list[Barrier], exit_: Exit, lever: Lever) -> Words:
    way, now = telling.way(exit_), telling.figure(exit_.p_reach, exit_.id)
    if lever.p_reach_if_open is None or lever.p_reach_if_closed is None:
        return fill("lever_plain", barrier=telling.barrier(asked[0]), way=way, now=now)
    open_, shut = (telling.figure(p, exit_.id) for p in (lever.p_reach_if_open, lever.p_reach_if_closed))
    by = points(lever.expected_change)
    change = Words(text=by, computed=(by,), records=(exit_.id,))
    if states(asked[0], exit_):
        is_open = asked[0].kind == "stated_open"
        state = fill("state_open" if is_open else "state_closed", "phrases")
        yes, no = (open_, shut) if is_open else (shut, open_)
        return fill("lever_stated", way=way, state=state, now=now, yes=yes, no=no, change=change)
    told = join([telling.barrier(b) for b in asked])
    return fill("lever", barrier=told, way=way, now=now, open=open_, shut=shut, party=telling.party, change=change)
