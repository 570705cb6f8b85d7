from dataclasses import replace

from wayout.fuse.belief import Belief
from wayout.model import Source

LONG = (
    "Fighters of the coalition closed the crossing at noon on Tuesday after two days of shelling along the river, "
    "and drivers who had waited for a week turned their trucks round and went back to the town."
)
OTHER = (
    "A second witness, a teacher who lives by the river, told us the crossing has been shut and the guards have left."
)


def _by(document, name):
    return replace(document, source=Source(name=name, reliability="B"))


def _belief(build, documents):
    claims = [build.claim(d, "crossing", "seals") for d in documents]
    return Belief(claims, documents, build.at), [c.id for c in claims]


def test_two_independent_reports_are_believed_more_than_one(build):
    belief, ids = _belief(build, [build.document(LONG), _by(build.document(OTHER), "Other Paper")])
    assert belief.n_groups == 2
    assert belief.fuse(ids) > belief.fuse(ids[:1])


def test_a_copy_changes_nothing(build):
    first = build.document(LONG)
    copy = _by(build.document("Agency copy. " + LONG + " More follows."), "Other Paper")
    alone, ids = _belief(build, [first])
    both, both_ids = _belief(build, [first, copy])
    assert both.n_groups == 1
    assert both.fuse(both_ids) == alone.fuse(ids)


def test_the_order_of_reports_changes_nothing(build):
    documents = [build.document(LONG), _by(build.document(OTHER), "Other Paper")]
    forward, ids = _belief(build, documents)
    backward, _ = _belief(build, documents[::-1])
    assert forward.fuse(ids) == backward.fuse(ids[::-1])


def test_nothing_said_leaves_the_prior(build):
    belief, _ = _belief(build, [build.document(LONG)])
    assert belief.fuse([]) == belief.prior


def test_a_denial_by_an_independent_report_pulls_back(build):
    yes, no = build.document(LONG), _by(build.document(OTHER), "Other Paper")
    claims = [build.claim(yes, "crossing", "seals"), build.claim(no, "crossing", "seals", certainty=-3.0)]
    belief = Belief(claims, [yes, no], build.at)
    assert belief.fuse([c.id for c in claims]) < belief.fuse([claims[0].id])
