import pytest

from wayout.fuse.origins.credits import credited_agency

BODY = (
    "The bridge has been shut since noon, drivers at the crossing said. Nobody could say when it will be opened again."
)


@pytest.mark.parametrize(
    "text",
    [
        f"Bridge shut\n\nATOWN, May 5 (Reuters) - {BODY}",
        f"ATOWN (Reuters) \u2014 {BODY}",
        f"Reuters - {BODY}",
        f"Bridge shut\n\nReuters\n\n{BODY}",
        f"Bridge shut\n\nBy Reuters Staff\n\n{BODY}",
        f"Bridge shut\n\nReuters, 5/5/2024\n\n{BODY}",
        f"{BODY} (Reuters)",
        f"{BODY}\n\nSource: Reuters",
        f"{BODY} --Reuters",
        f"{BODY}\n\n(Reporting by A. Person in Atown; Editing by B. Person)",
    ],
)
def test_a_whole_credit_names_the_agency(report, text):
    assert credited_agency(report(text)) == "reuters"


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY} A driver told Reuters that he would wait.",
        f"(Reuters Photo) {BODY}",
        f"{BODY}\n\nSource: Outlet One and agencies",
        f"{BODY}\n\nReuters\n\nAFP",
        f"Reuters and AFP offices were hit: {BODY}",
        "",
    ],
)
def test_a_mention_a_picture_or_two_agencies_are_no_credit(report, text):
    assert credited_agency(report(text)) is None


def test_a_byline_counts(report):
    assert credited_agency(report(BODY, byline="AFP")) == "agence-france-presse"
    assert credited_agency(report(BODY, byline="A. Person")) is None


def test_a_hostile_text_is_read_in_time_linear_in_its_length(report):
    assert credited_agency(report("(" * 20_000 + "- " * 20_000)) is None
