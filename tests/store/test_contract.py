"""What every store promises, on every backend, with the same answers."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import numpy as np
import pytest
import shapely

from wayout.errors import InputError, ProvenanceError
from wayout.model import judgement_hash, make_judgement
from wayout.store.base import ClaimFilter


@pytest.fixture
def filled(store, reports):
    first, second = reports.aleppo_and_homs()
    store.add_readings([first, second], "reader 1")
    return store


def predicates(store, **asked):
    return [claim.predicate for claim in store.claims(ClaimFilter(**asked))]


def test_what_is_put_in_comes_out_equal(store, reports):
    first, second = reports.aleppo_and_homs()
    assert store.add_reading(first.document, first.claims, first.mentions, first.misses, "reader 1")
    assert store.add_readings([second], "reader 1") == (True,)
    by_id = sorted([first, second], key=lambda r: r.document.id)
    assert store.documents() == (first.document, second.document)
    assert store.claims() == tuple(c for r in by_id for c in r.claims)
    assert store.mentions(r.document.id for r in by_id) == tuple(m for r in by_id for m in r.mentions)
    assert store.misses() == tuple((r.document.id, m) for r in by_id for m in r.misses)
    assert list(store.readings()) == [("reader 1", replace(first, times=())), ("reader 1", second)]


def test_adding_again_changes_nothing(filled, reports):
    before = list(filled.export())
    first, second = reports.aleppo_and_homs()
    assert filled.add_readings([second, first, first], "reader 1") == (False, False, False)
    assert not filled.add_document(first.document)
    assert list(filled.export()) == before


def test_a_reading_given_twice_at_once_is_kept_once(store, reports):
    first, _ = reports.aleppo_and_homs()
    assert store.add_readings([first, first], "reader 1") == (True, False)
    assert len(store.claims()) == len(first.claims)


def test_has_tells_readers_apart(filled, reports):
    document = reports.aleppo_and_homs()[0].document
    assert filled.has(document.id, "reader 1")
    assert not filled.has(document.id, "reader 2")
    assert not filled.has("doc-of-nobody\x00", "reader 1")


def test_the_reading_added_last_answers(filled, reports):
    first, _ = reports.aleppo_and_homs()
    fewer = replace(first, claims=first.claims[:1], misses=())
    assert filled.add_readings([fewer], "reader 2") == (True,)
    assert sorted(predicates(filled)) == ["strikes", "takes"]
    assert first.document.id not in dict(filled.misses())


def test_a_newer_reading_may_find_nothing(filled, reports):
    first, _ = reports.aleppo_and_homs()
    filled.add_reading(first.document, [], [], [], "reader 2")
    assert predicates(filled) == ["strikes"]
    assert predicates(filled, text="Homs") == []
    assert predicates(filled, bbox=(36, 34, 37, 35)) == []


@pytest.mark.parametrize(
    ("bbox", "found"),
    [
        ((37.0, 36.0, 37.1, 36.1), ["strikes", "takes"]),  # inside the area
        ((30.0, 30.0, 40.0, 40.0), ["loses", "strikes", "takes"]),
        ((37.5, 36.5, 40.0, 40.0), ["strikes", "takes"]),  # a shared corner touches
        ((37.51, 36.51, 40.0, 40.0), []),
        ((36.7, 34.7, 36.7, 34.7), ["loses"]),  # a box without extent, on a point
        ((36.7, 30.0, 36.7, 40.0), ["loses", "strikes", "takes"]),  # a line
        ((170.0, 30.0, -170.0, 40.0), []),
        ((36.9, 30.0, 36.6, 40.0), ["strikes", "takes"]),  # all around the world but a slit, in which Homs lies
    ],
)
def test_claims_in_a_box(filled, bbox, found):
    assert sorted(predicates(filled, bbox=bbox)) == found


def test_a_box_touches_the_outline_not_only_its_frame(store, reports, build):
    corner = shapely.Polygon([(0, 0), (10, 0), (0, 10)])
    store.add_readings(
        [
            reports.reading(
                "They hold it.", claims=(("They hold it", "holds", {"regions": {"at": build.region("it", corner)}}),)
            )
        ],
        "1",
    )
    assert predicates(store, bbox=(8, 8, 9, 9)) == []
    assert predicates(store, bbox=(4, 4, 9, 9)) == ["holds"]


@pytest.mark.parametrize(
    "geometry",
    [
        shapely.Polygon([(0, 0), (4, 4), (4, 0), (0, 4)]),  # crosses itself
        shapely.GeometryCollection([shapely.Point(1, 1), shapely.LineString([(0, 0), (3, 3)])]),
        shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(0.5, 0.5, 2, 2)]),
        shapely.Point(1, 1, 200),
    ],
)
def test_odd_geometries_are_found_and_come_back_as_they_were(store, reports, build, geometry):
    given = reports.reading(
        "They hold it.", claims=(("They hold it", "holds", {"regions": {"at": build.region("it", geometry)}}),)
    )
    store.add_readings([given], "1")
    assert store.claims(ClaimFilter(bbox=(0.9, 0.9, 1.1, 1.1))) == given.claims
    assert store.claims(ClaimFilter(bbox=(50, 50, 51, 51))) == ()
    assert store.check().problems == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aleppo", ["strikes", "takes"]),
        ("ALEPPO took", ["takes"]),
        ("hayat tahrir", ["takes"]),
        ("Hay'at", ["takes"]),
        ("the", ["loses"]),  # no word is too common
        ("tak", []),  # whole words
        ("taking", []),  # no stems
        ("aleppo homs", []),  # all in one claim
        ("' OR 1=1 --", []),
        ('"; DROP TABLE claims; aleppo', []),
        ("aleppo OR homs", []),
        ("NOT homs", []),
    ],
)
def test_claims_by_words(filled, text, found):
    assert sorted(predicates(filled, text=text)) == found


@pytest.mark.parametrize("text", ["", "  ", "...", "* & |"])
def test_a_search_without_a_word_is_refused(filled, text):
    with pytest.raises(InputError, match="has no word"):
        filled.claims(ClaimFilter(text=text))


def test_words_in_other_scripts(store, reports):
    store.add_readings(
        [
            reports.reading(
                "\u0633\u064a\u0637\u0631\u062a \u0639\u0644\u0649 \u062d\u0644\u0628.",
                claims=(("\u0633\u064a\u0637\u0631\u062a \u0639\u0644\u0649 \u062d\u0644\u0628", "takes", {}),),
            )
        ],
        "1",
    )
    assert predicates(store, text="\u062d\u064e\u0644\u064e\u0628") == ["takes"]
    assert predicates(store, text="\u062f\u0645\u0634\u0642") == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actors": ("hts",)}, ["strikes", "takes"]),
        ({"actors": ("the-army",)}, ["loses", "takes"]),
        ({"actors": ("nobody", "\x00", "\ud800")}, []),
        ({"actors": ()}, []),
        ({"predicates": ("loses", "strikes")}, ["loses", "strikes"]),
        ({"predicates": ()}, []),
        ({"documents": ()}, []),
        ({"ids": ()}, []),
        ({"ids": ("claim-of-nobody", "\x00")}, []),
        ({"actors": ("hts",), "predicates": ("takes",), "text": "aleppo", "bbox": (30, 30, 40, 40)}, ["takes"]),
    ],
)
def test_claims_by_party_and_predicate(filled, asked, found):
    assert sorted(predicates(filled, **asked)) == found


def test_claims_by_id(filled):
    every = filled.claims()
    assert filled.claims(ClaimFilter(ids=(every[1].id, every[0].id))) == every[:2]


def test_nothing_published_later_answers(filled, reports, build):
    first, second = (r.document for r in reports.aleppo_and_homs())
    later = build.at + timedelta(hours=48)
    assert filled.documents(until=build.at) == (first,)
    assert sorted(predicates(filled, until=build.at)) == ["loses", "takes"]
    assert filled.documents(until=later) == (first, second)
    assert predicates(filled, until=build.at - timedelta(microseconds=1)) == []
    baghdad = timezone(timedelta(hours=3))
    assert sorted(predicates(filled, until=build.at.astimezone(baghdad))) == ["loses", "takes"]
    assert filled.documents([second.id], until=build.at) == ()


def test_times_to_the_microsecond_and_far_away(store, reports):
    moments = [
        datetime(2024, 3, 31, 1, 59, 59, 999999, tzinfo=UTC),
        datetime(2024, 3, 31, 2, 0, tzinfo=UTC),
        datetime(1, 1, 2, tzinfo=UTC),
        datetime(9999, 12, 30, tzinfo=UTC),
        datetime(2024, 3, 31, 5, 0, 0, 1, tzinfo=timezone(timedelta(hours=3))),
    ]
    given = [reports.reading(f"Report {i}.", published=moment) for i, moment in enumerate(moments)]
    store.add_readings(given, "1")
    by_time = sorted((r.document for r in given), key=lambda d: d.published)
    assert store.documents() == tuple(by_time)
    assert [len(store.documents(until=moment)) for moment in sorted(moments)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("zone", ["Asia/Baghdad", "America/Sao_Paulo"])
def test_the_machines_zone_does_not_matter(store, reports, monkeypatch, zone):
    try:
        with monkeypatch.context() as patch:
            patch.setenv("TZ", zone)
            time.tzset()
            at_the_edge = datetime(2024, 3, 31, 1, 30, tzinfo=UTC)
            given = reports.reading("A report.", published=at_the_edge)
            store.add_readings([given], "1")
            assert store.documents(until=at_the_edge) == (given.document,)
            assert store.documents(until=at_the_edge - timedelta(microseconds=1)) == ()
            kept = store.add_judgement(make_judgement(kind="rating", about="x", made_at=at_the_edge, by="b", value=1))
            assert store.judgements(until=at_the_edge) == (kept,)
    finally:
        time.tzset()


def test_undated_reports_are_kept_apart_from_any_date(store, reports, build):
    undated = reports.reading("Undated.", published=None, claims=(("Undated", "present", {}),))
    fetched = reports.reading("Fetched.", published=None, retrieved=build.at, claims=(("Fetched", "holds", {}),))
    store.add_readings([undated, fetched], "1")
    assert store.documents() == (fetched.document, undated.document)
    assert store.documents(until=datetime(9999, 1, 1, tzinfo=UTC)) == (fetched.document,)
    assert predicates(store, until=build.at) == ["holds"]
    assert sorted(predicates(store)) == ["holds", "present"]


def test_the_same_text_elsewhere_is_one_document_that_appeared_again(store, reports):
    later = reports.reading("A report.", source="Copy", hours=5, claims=(("A report", "present", {}),))
    earlier = reports.reading("A report.", source="Origin", hours=1)
    assert store.add_readings([later], "1") == (True,)
    assert not store.add_document(later.document)
    assert store.add_document(earlier.document)
    assert store.documents() == (earlier.document,)
    assert store.appearances() == (earlier.document, later.document)
    assert store.appearances([later.document.id]) == (earlier.document, later.document)
    assert predicates(store, until=earlier.document.published) == ["present"]


def test_a_thousand_copies_are_one_text(store, reports):
    copies = [reports.reading("A report.", url=f"https://example.org/{i}").document for i in range(1000)]
    assert all(store.add_documents(copies))
    appeared = store.appearances()
    assert len(appeared) == 1000
    assert len({id(document.text) for document in appeared}) == 1
    assert dict(store.check().counts)["documents"] == 1
    assert len(store.documents()) == 1


def test_a_second_look_at_the_same_page_is_no_new_appearance(store, reports, build):
    first = reports.reading("A report.", retrieved=build.at)
    again = reports.reading("A report.", retrieved=build.at + timedelta(days=9))
    store.add_readings([first], "1")
    assert not store.add_document(again.document)
    assert store.documents() == (first.document,)


def test_answers_do_not_depend_on_the_order_of_adding(where, request, reports):
    from wayout.store.open import open_store

    first, second = reports.aleppo_and_homs()
    copy = reports.reading(second.document.text, source="Copy", hours=99)
    with open_store(where) as one, open_store(":memory:") as other:
        for reading in (first, second, copy):
            one.add_readings([reading], "1")
        for reading in (copy, second, first):
            other.add_document(reading.document)
        for reading in (second, first):
            other.add_readings([reading], "1")
        assert list(one.export()) == list(other.export())
        assert one.documents() == other.documents()
        assert one.claims() == other.claims()


def test_pages_put_together_are_the_whole(store, reports):
    many = [
        reports.reading(
            f"Report {i} says so and so.",
            hours=i % 3,
            claims=((f"Report {i}", "present", {}), ("so and so", "holds", {})),
        )
        for i in range(15)
    ]
    store.add_readings(many, "1")
    whole = store.claims()
    pages = [store.claims(ClaimFilter(limit=7, offset=start)) for start in range(0, 42, 7)]
    assert [len(page) for page in pages] == [7, 7, 7, 7, 2, 0]
    assert tuple(claim for page in pages for claim in page) == whole
    assert store.claims(ClaimFilter(offset=28)) == whole[28:]
    assert store.claims(ClaimFilter(limit=0)) == ()
    ids = tuple(r.document.id for r in many)
    assert store.claims(ClaimFilter(documents=ids, limit=3, offset=2)) == whole[2:5]


def test_more_documents_than_a_database_takes_at_once(filled, monkeypatch):
    monkeypatch.setattr("wayout.store.asking.MOST_IDS", 1)
    ids = (*(d.id for d in filled.documents()), "doc-unknown")
    assert filled.claims(ClaimFilter(documents=ids)) == filled.claims()
    assert filled.claims(ClaimFilter(documents=ids, limit=1, offset=1)) == filled.claims()[1:2]
    assert filled.documents(ids) == filled.documents()
    every = filled.claims()
    assert filled.claims(ClaimFilter(ids=(every[2].id, every[0].id))) == (every[0], every[2])
    assert filled.claims(ClaimFilter(ids=(every[2].id, every[0].id), limit=1, offset=1)) == every[2:]


def test_a_name_that_no_database_takes(store, reports):
    hostile = "x'); DROP TABLE claims;--\x00\ud800<script>"
    given = reports.reading(
        f"Said {hostile}.",
        source=hostile,
        url=hostile,
        claims=((f"Said {hostile}", "other", {"subject": hostile, "subject_text": hostile}),),
    )
    store.add_readings([given], "1")
    assert store.claims(ClaimFilter(actors=(hostile,))) == given.claims
    assert store.documents() == (given.document,)
    assert store.check().problems == ()


@pytest.mark.parametrize("reader", ["", "\x00", "r\u00e9", "a" * 201, "a\n"])
def test_a_reader_is_named_in_plain_letters(store, reports, reader):
    with pytest.raises(InputError, match="printable ASCII"):
        store.add_readings([reports.reading("A report.")], reader)


def test_a_reading_that_cannot_be_right_leaves_nothing_behind(store, reports):
    good, other = reports.reading("A report."), reports.reading("Another, longer report.")
    bad = replace(good, mentions=other.mentions)
    past_the_end = replace(good, mentions=(replace(good.mentions[0], span=good.document.span(0, 99)),))
    naive = replace(other, document=replace(other.document, published=datetime(2024, 1, 1)))
    renamed = replace(good, document=replace(good.document, text="A different report."))
    for wrong in (bad, past_the_end, naive, renamed):
        with pytest.raises(InputError):
            store.add_readings([other, wrong] if wrong is not naive else [wrong], "1")
    assert store.documents() == ()
    assert dict(store.check().counts)["readings"] == 0


def test_judgements_are_chained_in_the_order_they_were_made(store, build):
    made = [
        make_judgement(kind=kind, about="doc-1", made_at=build.at, by="an analyst", value={"p": p})
        for kind, p in (("rating", 1), ("forecast", 2))
    ]
    kept = [store.add_judgement(judgement) for judgement in made]
    assert store.add_judgement(made[0]) == kept[0]
    assert store.judgements() == tuple(kept)
    assert store.judgements(kind="forecast") == (kept[1],)
    assert store.judgements(until=build.at - timedelta(seconds=1)) == ()
    assert store.judgements(until=build.at) == tuple(kept)
    assert kept[0].previous == ""
    assert kept[1].previous
    assert store.head() == store.check().head != ""
    with pytest.raises(ProvenanceError, match="stands behind"):
        store.add_judgement(
            replace(make_judgement(kind="rating", about="x", made_at=build.at, by="b", value=1), previous="0" * 64)
        )


def test_many_judgements_are_chained_as_one_by_one_and_all_or_none(store, build):
    made = [
        make_judgement(kind="rating", about=f"doc-{n}", made_at=build.at, by="an analyst", value=n) for n in range(4)
    ]
    first = store.add_judgement(made[0])
    kept = store.add_judgements(made)
    assert kept[0] == first
    assert [k.previous == judgement_hash(before) for before, k in pairwise(kept)] == [True] * 3
    assert store.judgements() == kept
    other = make_judgement(kind="rating", about="doc-9", made_at=build.at, by="an analyst", value=9)
    with pytest.raises(InputError, match="other words"):
        store.add_judgements([other, replace(made[1], body='"F"')])
    assert store.judgements() == kept
    assert store.add_judgements([]) == ()


def test_a_judgement_is_not_overwritten_by_one_with_its_id(store, build):
    made = make_judgement(kind="rating", about="doc-1", made_at=build.at, by="an analyst", value="A")
    store.add_judgement(made)
    with pytest.raises(InputError, match="other words"):
        store.add_judgement(replace(made, body='"F"'))


def test_derived_columns_come_back_and_grow(store):
    columns = {
        "id": np.array(["a", "bb", ""]),
        "day": np.array(["2024-01-01", "NaT", "2025-01-01"], dtype="datetime64[D]"),
        "shift": np.array([0.1, np.nan, -np.inf]),
        "signature": np.arange(12, dtype=np.uint64).reshape(3, 4),
        "known": np.array([True, False, True]),
        "raw": np.array([b"\xff", b"", b"abc"]),
    }
    assert store.derived("evidence") is None
    assert store.derived_basis("evidence") is None
    store.put_derived("evidence", columns, basis="v1")
    store.put_derived("evidence", {**columns, "id": np.array(["a much longer id"] * 3)}, basis="v2", extend=True)
    found = store.derived("evidence")
    assert list(found) == list(columns)
    assert store.derived_basis("evidence") == "v2"
    for name, values in columns.items():
        assert found[name].dtype.kind == values.dtype.kind
        np.testing.assert_array_equal(found[name][:3], values)
    assert found["id"][5] == "a much longer id"
    assert found["signature"].shape == (6, 4)
    store.put_derived("evidence", {"id": np.array([], dtype="U5")}, basis="v3")
    assert {name: len(values) for name, values in store.derived("evidence").items()} == {"id": 0}
    with pytest.raises(ValueError, match="read-only"):
        store.derived("evidence")["id"][...] = "x"


def test_derived_columns_in_many_pieces(store, monkeypatch):
    monkeypatch.setattr("wayout.store.columns.CHUNK_BYTES", 64)
    columns = {"a": np.arange(100), "b": np.arange(100, dtype=np.int8)}
    store.put_derived("x", columns)
    store.put_derived("x", columns, extend=True)
    np.testing.assert_array_equal(store.derived("x")["a"], np.tile(np.arange(100), 2))
    np.testing.assert_array_equal(store.derived("x")["b"], np.tile(np.arange(100, dtype=np.int8), 2))


def test_many_small_extensions_are_joined(store, monkeypatch):
    monkeypatch.setattr("wayout.store.columns.MOST_CRUMBS", 3)
    for i in range(10):
        store.put_derived("x", {"a": np.array([i]), "b": np.array(["y" * i])}, basis=str(i), extend=True)
    np.testing.assert_array_equal(store.derived("x")["a"], np.arange(10))
    assert list(store.derived("x")["b"]) == ["y" * i for i in range(10)]
    assert store.derived_basis("x") == "9"
    with store.door.reading() as connection:
        assert connection.exec_driver_sql("SELECT n_chunks FROM derived").scalar_one() <= 3


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"a": np.arange(3), "b": np.arange(4)},
        {"a": np.array(["a", None], dtype=object)},
        {"a": np.float64(3.0)},
        {"\u00e9": np.arange(3)},
    ],
)
def test_columns_that_cannot_be_kept_are_refused(store, columns):
    with pytest.raises(InputError):
        store.put_derived("x", columns)
    assert store.derived("x") is None


def test_an_extension_must_fit(store):
    store.put_derived("x", {"a": np.arange(3)})
    for columns in ({"b": np.arange(3)}, {"a": np.array(["x"])}, {"a": np.zeros((3, 2), dtype=int)}):
        with pytest.raises(InputError, match="put it anew"):
            store.put_derived("x", columns, extend=True)
    assert len(store.derived("x")["a"]) == 3


def test_a_store_opened_again_holds_the_same(where, reports):
    from wayout.store.open import open_store

    with open_store(where) as store:
        store.add_readings(reports.aleppo_and_homs(), "1")
        before = list(store.export())
    with open_store(where) as store:
        assert list(store.export()) == before
        assert store.check().problems == ()
