"""A denial is linked to what it denies."""

import pytest


def _pair(claims, predicate):
    """Return the affirmed and the denied claim of a predicate, which must be all there is."""
    found = [c for c in claims if c.predicate == predicate]
    assert len(found) == 2, [(c.predicate, c.certainty) for c in claims]
    return sorted(found, key=lambda c: -c.certainty)


@pytest.mark.parametrize(
    "text",
    [
        "The RSF said it had taken Nyala. The SAF denied that the RSF had taken Nyala.",
        "Residents said the RSF took Nyala. The SAF denied the capture of Nyala by the RSF.",
        "The RSF took Nyala, residents said. The SAF denied this.",
        "The RSF said it had seized Nyala. The SAF dismissed the report.",
        "The RSF said it had seized Nyala. The claim was rejected by the SAF.",
        "The RSF said it had seized Nyala. The SAF called the claim false.",
        "The SAF denied that the RSF had taken Nyala. Residents say the RSF took Nyala.",
        "The SAF rejected the RSF's claim that it had taken Nyala.",
    ],
)
def test_a_denial_points_to_what_it_denies(claims_of, text):
    affirmed, denied = _pair(claims_of(text), "takes")
    assert denied.denies == affirmed.id
    assert affirmed.denies is None
    assert (denied.attributed_to.actor, denied.polarity, denied.modality) == ("saf", -1, "denied")
    assert denied.certainty <= -2 < 0 < affirmed.certainty
    assert affirmed.attributed_to.actor != "saf"


def test_the_denial_of_a_loss_denies_the_taking(claims_of, only):
    claims = claims_of("The SAF took Kosti from the RSF, the UN said. The RSF denied losing Kosti.")
    assert only(claims, "loses").denies == only(claims, "takes").id


@pytest.mark.parametrize(
    "text",
    [
        "The SAF rejected claims that the RSF had taken Nyala.",
        "The SAF dismissed reports of the capture of Nyala by the RSF.",
        "The SAF called reports that the RSF had taken Nyala false.",
        "The SAF denied that the RSF had taken Nyala.",
    ],
)
def test_a_denial_of_what_nobody_here_says_stands_alone(claims_of, only, text):
    claim = only(claims_of(text), "takes")
    assert (claim.denies, claim.attributed_to.actor, claim.modality) == (None, "saf", "denied")
    assert claim.certainty <= -2


def test_a_denial_elsewhere_denies_nothing_here(claims_of, only):
    claims = claims_of("The RSF said it had taken Nyala. The SAF denied losing El Fasher.")
    assert only(claims, "loses").denies is None


def test_one_does_not_deny_oneself(claims_of):
    claims = claims_of("The RSF said it had taken Nyala. The RSF said it had not taken Nyala.")
    assert all(claim.denies is None for claim in claims)


def test_the_words_of_a_pointing_denial_come_first(claims_of, make_document):
    text = "The RSF took Nyala, residents said. The SAF denied this."
    _, denied = _pair(claims_of(text), "takes")
    document = make_document(text)
    assert [document.quote(span) for span in denied.evidence[:1]] == ["The SAF denied"]
    assert document.quote(denied.words[0]) == "denied"
