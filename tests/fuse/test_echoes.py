from wayout.fuse.echoes import find_links, find_origins

LONG = (
    "Fighters of the coalition closed the crossing at noon on Tuesday after two days of shelling along the river, "
    "and drivers who had waited for a week turned their trucks round and went back to the town."
)
OTHER = "A second witness, a teacher who lives by the river, told us the crossing is shut and the guards have left."


def test_a_near_copy_is_linked_and_an_independent_report_is_not(build):
    first, copy, other = build.document(LONG), build.document("Agency copy. " + LONG), build.document(OTHER)
    (link,) = find_links([first, other, copy])
    assert {link.first, link.second} == {first.id, copy.id}
    assert link.share > 0.9


def test_a_claim_without_a_mouth_has_its_documents_origin(build):
    document = build.document(LONG)
    claim = build.claim(document, "closed the crossing", "seals")
    origins = find_origins([document], [claim])
    assert origins.of_claim(claim.id) == origins.of_document(document.id)
