from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.fuse.origins.links import entry_of
from wayout.fuse.origins.near_copies import EchoIndex


def _links(*documents):
    index = EchoIndex()
    index.add(entry_of(d) for d in documents)
    return index.links()


def _pairs(*documents):
    return {(link.first, link.second) for link in _links(*documents)}


def _joined(link, *documents):
    return {link.first, link.second} == {d.id for d in documents}


def test_an_excerpt_is_an_echo_of_the_long_text(report, story):
    whole = report(story(1, 400))
    excerpt = report("It is told. " + " ".join(story(1, 400).split()[20:60]), "Outlet Two", 1)
    (link,) = _links(whole, excerpt, report(story(2, 100), "Outlet Three"))
    assert _joined(link, whole, excerpt)
    assert link.share > 0.8


def test_a_footer_under_all_articles_of_an_outlet_links_none_of_them(report, story):
    footer = " all rights are kept by the house and no part may be printed without leave follow us on every channel" * 2
    articles = [report(story(n, 60) + footer, "Outlet One", day=9 * n) for n in range(8)]
    assert len(_pairs(*articles)) <= 1  # nobody can know of the first two that it is a footer


def test_the_same_in_one_week_once_the_outlet_has_shown_its_habit(report, story):
    footer = " all rights are kept by the house and no part may be printed without leave follow us on every channel"
    articles = [report(story(n, 60) + footer, "Outlet One", day=n % 3) for n in range(12)]
    assert not _pairs(*articles)


def test_a_copy_under_another_footer_is_linked_all_the_same(report, story):
    footer = " all rights are kept by the house and no part may be printed without leave follow us on every channel"
    articles = [report(story(n, 60) + footer, "Outlet One", day=9 * n) for n in range(2, 8)]
    copy = report(story(5, 60) + " read also what others say of it", "Outlet Two", day=46)
    (link,) = (x for x in _links(*articles, copy) if copy.id in (x.first, x.second))
    assert _joined(link, articles[3], copy)


def test_background_at_the_end_of_both_links_no_two_stories(report, story):
    background = " " + story(99, 40)
    first, second = story(1, 60) + background, story(2, 60) + background
    assert not _pairs(report(first), report(second, "Outlet Two"))
    assert _pairs(report(background + " " + story(1, 60)), report(background + story(2, 60), "Outlet Two", 1))


def test_a_statement_that_two_outlets_lead_with_links_them_within_a_day_only(report, story):
    said = story(50, 22) + " "
    first, second = said + story(1, 150), story(9, 8) + " " + said + story(2, 150)
    assert _pairs(report(first), report(second, "Outlet Two", 1))
    assert not _pairs(report(first), report(second, "Outlet Two", 3))
    assert not _pairs(report(first), report(second, "Outlet One", 1))


def test_a_thousand_copies_with_other_marks_are_one_group(report, story):
    text = story(1, 60)
    copies = [report(f"{text}{'.' * n}", f"Outlet {n}", n % 40) for n in range(1, 1000)]
    links = _links(report(text), *copies)
    assert len(links) == 999
    assert all(link.share == 1.0 for link in links)


def test_near_copies_spread_over_months_stay_linked(report, story):
    copies = [report(f"page {n} {story(1, 80)} printed {n}", f"Outlet {n}", day=15 * n) for n in range(40)]
    joined = {copies[0].id}
    pairs = _pairs(*copies)
    for _ in copies:
        joined |= {x for pair in pairs if joined & set(pair) for x in pair}
    assert joined == {c.id for c in copies}


def test_a_link_does_not_change_by_what_is_published_later(report, story):
    early = [report(story(n % 3, 70) + f" seen from {n}", f"Outlet {n}", n) for n in range(6)]
    late = [report(story(n % 3, 70) + f" seen from {n}", f"Outlet {n}", 30 + n) for n in range(6, 12)]
    known = {d.id for d in early}
    before = _links(*early)
    after = tuple(x for x in _links(*early, *late) if {x.first, x.second} <= known)
    assert before
    assert after == before


@settings(max_examples=25)
@given(data=st.data())
def test_adding_in_any_order_and_parts_gives_the_same_links(data, report, story):
    documents = [
        report(story(n % 4, 50) + (" read also" * (n % 3)) + f" {n}", f"Outlet {n % 3}", n % 7) for n in range(9)
    ]
    order = data.draw(st.permutations(documents))
    cut = data.draw(st.integers(0, len(order)))
    index = EchoIndex()
    index.add(entry_of(d) for d in order[:cut])
    index.links()
    index.add(entry_of(d) for d in order[cut:])
    index.add(entry_of(d) for d in order[:2])
    assert len(index) == len(documents)
    assert index.links() == _links(*documents)


def test_texts_without_words_are_linked_to_nothing(report):
    assert _links(report("..."), report("!!!", "Outlet Two")) == ()
