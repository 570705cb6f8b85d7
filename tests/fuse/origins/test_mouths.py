import pytest

from wayout.fuse.origins.mouths import lend_mouths, mouth_key, mouth_of, settle_chains

SOHR = "syrian-observatory-for-human-rights"


def test_the_innermost_named_source_counts(told):
    assert mouth_of(told("A. Person", via=told("Reuters"))) == "a person"


def test_an_unnamed_sources_words_are_the_outer_ones(told):
    assert mouth_of(told("officials", named=False, via=told("Reuters"))) == "reuters"
    assert mouth_of(told("officials", named=False)) is None
    assert mouth_of(None) is None


def test_an_actor_id_and_the_name_are_one_mouth(told):
    assert mouth_of(told("the Observatory", actor=SOHR)) == mouth_of(told("SOHR")) == SOHR
    assert mouth_of(told("SOHR", actor="unknown:sohr")) == SOHR


@pytest.mark.parametrize(
    "name", ["SOHR", "SOHR, Airwars", "SOHR/Other Report", "head of the Syrian Observatory", "local residents, SOHR"]
)
def test_a_known_name_anywhere_in_the_words_is_the_mouth(name):
    assert mouth_key(name) == SOHR


def test_words_that_name_nobody_known_are_their_own_key():
    assert mouth_key("The Village Council") == "village council"
    assert mouth_key("") is None
    assert mouth_key("people who know") == "people who know"


def test_a_chain_of_citing_ends_at_its_beginning(build, report):
    first, second = build.document("B says that C says so."), build.document("A says that B says so.")
    inner = build.claim(first, "C says so", "seals", subject="x")
    outer = build.claim(second, "B says so", "seals", subject="x")
    own = {inner.id: "origin-b", outer.id: "origin-a"}
    settled = settle_chains([outer, inner], {inner.id: "origin-c", outer.id: "origin-b"}, own)
    assert settled == {inner.id: "origin-c", outer.id: "origin-c"}


def test_what_b_tells_with_its_own_voice_stays_its_own(build):
    first, second = build.document("B tells it."), build.document("A says that B says so.")
    inner, outer = build.claim(first, "tells", "seals"), build.claim(second, "says so", "seals")
    own = {inner.id: "origin-b", outer.id: "origin-a"}
    assert settle_chains([inner, outer], {outer.id: "origin-b"}, own) == {outer.id: "origin-b"}


def test_two_that_cite_each_other_end(build):
    a, b = build.document("A says that B says so."), build.document("B says that A says so.")
    one, other = build.claim(a, "B says so", "seals"), build.claim(b, "A says so", "seals")
    own = {one.id: "origin-a", other.id: "origin-b"}
    settled = settle_chains([one, other], {one.id: "origin-b", other.id: "origin-a"}, own)
    assert set(settled.values()) <= {"origin-a", "origin-b"}


def test_a_headline_has_the_mouth_that_the_body_names(build):
    text = build.document("Pass sealed. The militia sealed the pass, A said. The militia left the town.")
    echo, other = build.document("Pass is sealed."), build.document("The pass was sealed.")
    head = build.claim(text, "Pass sealed", "seals", subject="militia")
    body = build.claim(text, "sealed the pass", "seals", subject="militia")
    left = build.claim(text, "left the town", "withdraws", subject="militia")
    copy, apart = build.claim(echo, "Pass is sealed", "seals", subject="militia"), build.claim(other, "sealed", "seals")
    groups = {text.id: "one", echo.id: "one", other.id: "two"}
    lent = lend_mouths([head, body, left, copy, apart], {body.id: "origin-a"}, groups)
    assert lent == {head.id: "origin-a", copy.id: "origin-a"}


def test_a_mouth_is_lent_only_for_the_same_place(build):
    text = build.document("A bridge fell. Elsewhere, A said, a dam broke; it broke.")
    bridge, dam = (build.region(name, build.box(n, 0, n + 1, 1)) for n, name in enumerate(("Bridge", "Dam")))
    told = build.claim(text, "a dam broke", "other", regions={"at": dam})
    here = build.claim(text, "A bridge fell", "other", regions={"at": bridge})
    there = build.claim(text, "it broke", "other", regions={"at": dam})
    nowhere = build.claim(text, "broke", "other")
    lent = lend_mouths([told, here, there, nowhere], {told.id: "origin-a"}, {text.id: "one"})
    assert lent == {there.id: "origin-a", nowhere.id: "origin-a"}
