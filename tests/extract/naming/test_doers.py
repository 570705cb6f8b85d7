"""Who strikes in "Kenyan airstrikes" and "regime airstrikes"."""

from types import SimpleNamespace

from wayout.extract.claims import extract_claims
from wayout.model import Mention
from wayout.text.english import parse_text


class Forces:
    """Know one army."""

    def actor(self, ref):
        return None

    def resolve(self, name):
        return (SimpleNamespace(id="army-of-kenya", kind="state_force"),) if name == "Kenyan forces" else ()


def _strikes(make_document, text):
    document = make_document(text)
    start = text.index("Tigray")
    span = document.span(start, start + 6)
    made = [Mention(span=span, text="Tigray", kind="place", ref=None, route="name")]
    return [c for c in extract_claims(document, parse_text(text), made, (), Forces()) if c.predicate == "strikes"]


def test_a_nation_before_a_deed_stands_for_its_forces(make_document):
    (claim,) = _strikes(make_document, "Kenyan airstrikes hit three villages in Tigray.")
    assert claim.subject == "army-of-kenya"
    assert claim.subject_text == "Kenyan"


def test_a_nation_that_names_no_one_army_names_nobody(make_document):
    (claim,) = _strikes(make_document, "Kurdish airstrikes hit three villages in Tigray.")
    assert claim.subject is None
