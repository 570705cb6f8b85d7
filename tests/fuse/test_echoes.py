from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.fuse.belief import Belief
from wayout.fuse.echoes import UNKNOWN, EchoIndex, entry_of, find_links, find_origins, signature
from wayout.model import Attribution, Source

FACT = "The militia sealed the pass."
STORIES = (
    "Fighters of the coalition closed the crossing at noon on Tuesday after two days of shelling along the river, and "
    "drivers who had waited for a week turned their trucks round and went back to the town.",
    "A teacher who lives by the river told us that nobody has crossed for days; the guards have left their post and the "
    "market on the far bank, where she used to buy flour, stands empty in the morning.",
    "Satellite pictures taken on Monday show earth banks across both lanes of the road where it enters the valley, and "
    "no vehicle within ten kilometres of them, according to an analyst who has followed the area for years.",
)


def _report(build, story, outlet="Outlet One", day=0, before="", after=""):
    text = f"{before}{STORIES[story]} {FACT}{after}"
    document = build.document(text, published=build.at - timedelta(days=10 - day))
    return replace(document, source=Source(name=outlet))


def _claim(build, document, told=None):
    return replace(build.claim(document, "sealed", "seals", subject="militia"), attributed_to=told)


def _told(name, **fields):
    return Attribution(name=name, actor=None, source_span=None, cue_span=None, **fields)


def _believe(build, documents, told=()):
    """Return the probability of the sealing as all documents tell it; ``told`` gives the mouths of the first ones."""
    mouths = [*told, *[None] * (len(documents) - len(told))]
    claims = [_claim(build, d, m) for d, m in zip(documents, mouths, strict=True)]
    belief = Belief(claims, documents, build.at)
    return belief.fuse([c.id for c in claims])


def test_a_near_copy_is_linked_and_an_independent_report_is_not(build):
    first, copy, other = (
        _report(build, 0),
        _report(build, 0, "Outlet Two", 1, before="As told. "),
        _report(build, 1, "Outlet Three"),
    )
    (link,) = find_links([first, other, copy])
    assert {link.first, link.second} == {first.id, copy.id}
    assert link.share > 0.8
    assert link.why


def test_two_outlets_two_origins_one_outlet_one(build):
    one, two, same = _report(build, 0), _report(build, 1, "Outlet Two"), _report(build, 2, "The Outlet One", 3)
    origins = find_origins([one, two, same], [])
    assert origins.of_document(one.id) == origins.of_document(same.id) != origins.of_document(two.id)
    assert origins.group_of(one.id) != origins.group_of(same.id)


def test_what_nobody_signs_is_one_origin(build):
    documents = [_report(build, n, name) for n, name in enumerate(("a.txt", "unknown", "-"))]
    origins = find_origins(documents, [])
    assert {origins.of_document(d.id) for d in documents} == {UNKNOWN}


def test_one_mouth_behind_many_outlets_is_one_origin_on_all_days(build):
    documents = [_report(build, n, f"Outlet {n}", 3 * n) for n in range(3)]
    names = ("SOHR", "Syrian Observatory for Human Rights", "the Syrian Observatory")
    claims = [_claim(build, d, _told(n)) for d, n in zip(documents, names, strict=True)]
    origins = find_origins(documents, claims)
    assert len({origins.of_claim(c.id) for c in claims}) == 1
    assert len({origins.of_document(d.id) for d in documents}) == 3


def test_an_agency_credited_by_two_outlets_is_the_origin_of_both_and_of_its_own_page(build):
    documents = [
        _report(build, 0, "Outlet One", before="ATOWN (Reuters) - "),
        _report(build, 1, "Outlet Two", after=" (Reuters)"),
        _report(build, 2, "Reuters"),
    ]
    origins = find_origins(documents, [])
    assert len({origins.of_document(d.id) for d in documents}) == 1


def test_links_count_only_between_documents_that_are_known(build):
    first, bridge = _report(build, 0), _report(build, 0, "Outlet Two", 4, after=" " + STORIES[1])
    last = _report(build, 1, "Outlet Three", 5)
    links = find_links([first, bridge, last])
    assert len(links) == 2
    later = find_origins([first, bridge, last], [], links)
    before = find_origins([first, last], [], links)
    assert later.of_document(first.id) == later.of_document(last.id)
    assert before.of_document(first.id) != before.of_document(last.id)


def test_the_same_words_of_two_outlets_are_one_document_of_the_first(build):
    first, second = _report(build, 0, "Outlet One"), _report(build, 0, "Outlet Two", 1)
    assert first.id == second.id
    alone = find_origins([first], []).of_document(first.id)
    assert find_origins([second, first], []).of_document(first.id) == alone
    assert find_links([first, second]) == ()


def test_two_independent_reports_are_believed_more_than_one(build):
    one, two = _report(build, 0), _report(build, 1, "Outlet Two")
    assert _believe(build, [one, two]) > _believe(build, [one])


@settings(max_examples=25)
@given(
    n_own=st.integers(1, 3),
    copied=st.integers(0, 2),
    outlet=st.sampled_from(["Outlet 0", "Outlet 1", "Outlet 2", "Somebody Else", "copy.txt"]),
    before=st.sampled_from(["", "As told elsewhere. ", "Reprinted by us, with thanks to its first publisher: "]),
    after=st.sampled_from([" More follows.", " Read also: what the guards say, and what they do not say."]),
    day=st.integers(3, 9),
)
def test_a_copy_or_near_copy_changes_no_probability(build, n_own, copied, outlet, before, after, day):
    own = [_report(build, n, f"Outlet {n}", n) for n in range(n_own)]
    copy = _report(build, copied % n_own, outlet, day, before, after)
    claims = [_claim(build, d) for d in own]
    doubled = _claim(build, copy)
    alone, both = Belief(claims, own, build.at), find_origins([*own, copy], [*claims, doubled])
    assert both.of_claim(doubled.id) == both.of_claim(claims[copied % n_own].id)
    again = Belief([*claims, doubled], [*own, copy], build.at)
    for claim in claims:
        assert again.fuse([claim.id]) == alone.fuse([claim.id])
    # What its own publisher prints again is its newest word; from anybody else it is as old as the first telling.
    anew = outlet == f"Outlet {copied % n_own}"
    told = [_on(d, copy) if anew and i == copied % n_own else d for i, d in enumerate(own)]
    assert again.fuse([c.id for c in claims] + [doubled.id]) == pytest.approx(_believe(build, told))


@pytest.mark.parametrize("letter", ["A", "E"])
def test_a_better_or_worse_name_makes_a_copy_no_surer(build, letter):
    first = _report(build, 0, "Outlet One")
    copy = _report(build, 0, "Outlet Two", 6, after=" More follows.")
    copy = replace(copy, source=replace(copy.source, reliability=letter))
    assert _believe(build, [first, copy]) == _believe(build, [copy, first]) == _believe(build, [first])


def test_of_one_document_printed_by_two_the_first_to_tell_counts_in_any_order(build):
    first, again = _report(build, 0, "Outlet One"), _report(build, 0, "Outlet Two", 6)
    assert first.id == again.id
    assert _believe(build, [again, first]) == _believe(build, [first, again]) == _believe(build, [first])


def _on(document, copy):
    return replace(document, published=copy.published)


@settings(max_examples=25)
@given(day=st.integers(0, 9), outlet=st.sampled_from(["Outlet Two", "SANA", "x.html"]))
def test_a_report_that_only_cites_changes_no_probability(build, day, outlet):
    first, citing = _report(build, 0, "Reuters", day), _report(build, 1, outlet, day)
    assert _believe(build, [citing, first], [_told("Reuters")]) == pytest.approx(_believe(build, [first]))


@settings(max_examples=25)
@given(order=st.permutations(range(6)))
def test_the_order_of_reports_changes_nothing(build, order):
    documents = [_report(build, n % 3, f"Outlet {n % 4}", n, after=f" Part {n}.") for n in range(6)]
    claims = [_claim(build, d, _told("SOHR") if n == 2 else None) for n, d in enumerate(documents)]
    straight = find_origins(documents, claims)
    mixed = find_origins([documents[k] for k in order], [claims[k] for k in order])
    assert find_links([documents[k] for k in order]) == find_links(documents)
    assert [mixed.of_claim(c.id) for c in claims] == [straight.of_claim(c.id) for c in claims]
    assert [mixed.of_document(d.id) for d in documents] == [straight.of_document(d.id) for d in documents]


@settings(max_examples=25)
@given(days=st.lists(st.integers(0, 9), min_size=2, max_size=7))
def test_a_group_has_one_origin_and_linked_documents_one_group(build, days):
    documents = [_report(build, n % 3, f"Outlet {n % 5}", day, after=f" Part {n}.") for n, day in enumerate(days)]
    links = find_links(documents)
    origins = find_origins(documents, [], links)
    for link in links:
        assert origins.group_of(link.first) == origins.group_of(link.second)
    by_group = {}
    for d in documents:
        by_group.setdefault(origins.group_of(d.id), set()).add(origins.of_document(d.id))
    assert all(len(keys) == 1 for keys in by_group.values())


def test_the_index_kept_by_a_store_gives_the_links_of_all_at_once(build):
    documents = [_report(build, n % 3, f"Outlet {n}", n, after=f" Part {n}.") for n in range(7)]
    index = EchoIndex()
    for document in reversed(documents):
        entry = entry_of(document)
        assert entry.signature == signature(document.text)
        index.add([entry])
        index.links()
    assert index.links() == find_links(documents)
