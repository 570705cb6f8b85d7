from wayout.fuse.origins.groups import group_documents, origin_of_group
from wayout.fuse.origins.links import EchoLink
from wayout.fuse.origins.publishers import UNKNOWN, origin_key


def _link(a, b):
    first, second = sorted((a.id, b.id))
    return EchoLink(first=first, second=second, share=1.0, why="test")


def test_chains_join_and_the_first_to_tell_leads(report):
    a, b, c, d = (report(f"text {n}", day=day) for n, day in ((1, 3), (2, 1), (3, None), (4, 0)))
    groups = group_documents([a, b, c, d], [_link(a, b), _link(a, c)])
    assert groups[a.id] == groups[b.id] == groups[c.id] == (b, a, c)
    assert groups[d.id] == (d,)


def test_a_link_to_a_document_that_is_not_known_does_not_count(report):
    a, bridge, b = (report(f"text {n}") for n in range(3))
    assert group_documents([a, b], [_link(a, bridge), _link(bridge, b)])[a.id] == (a,)


def test_the_origin_is_the_first_text_that_anybody_stands_behind(report):
    nobody, agency, later = (
        report("one", "a.txt"),
        report("two (Reuters)", "Outlet One", 1),
        report("three", "Outlet Two", 2),
    )
    assert origin_of_group([nobody, agency, later]) == origin_key("reuters")
    assert origin_of_group([nobody, later]) == origin_key("outlet two")
    assert origin_of_group([nobody]) == UNKNOWN
