"""Reports of many theatres: what a careful analyst takes from each is found, and nobody is made to close what others close."""

from pathlib import Path

import pytest
import yaml

REPORTS = yaml.safe_load((Path(__file__).parent / "theatres.yaml").read_text(encoding="utf-8"))
RECALL = 0.8
SURE = {
    "firm": lambda c: c.certainty > 2,
    "maybe": lambda c: 0 < c.certainty <= 2.2,
    "not": lambda c: c.certainty < 0,
    "open": lambda c: c.certainty == 0 or c.condition is not None or c.modality == "conditional",
}


def _one_of(wanted, *given):
    said = " ".join(str(g) for g in given if g).casefold()
    return any(option.casefold() in said for option in wanted.split("|"))


def _stands(claim, wanted):
    role, _, rest = wanted.partition(" ")
    if role not in ("from", "to", "via", "at", "border") or not rest:
        role, rest = "", wanted
    words = [p.phrase for p in claim.places if not role or p.role == role]
    if not role and claim.object_text:
        words.append(claim.object_text)
    options = rest.replace(f"{role} ", "") if role else rest
    return any(_one_of(options, w) for w in words)


def matches(claim, expected):
    source = claim.attributed_to
    return (
        claim.predicate in expected["predicate"].split("|")
        and ("subject" not in expected or _one_of(expected["subject"], claim.subject, claim.subject_text))
        and ("object" not in expected or _one_of(expected["object"], claim.object, claim.object_text))
        and all(_stands(claim, place) for place in expected.get("places", ()))
        and ("by" not in expected or (source is not None and _one_of(expected["by"], source.name, source.actor)))
        and ("sure" not in expected or SURE[expected["sure"]](claim))
        and (not expected.get("if") or claim.condition is not None)
        and ("type" not in expected or claim.event_type in expected["type"].split("|"))
    )


@pytest.mark.parametrize("name", REPORTS)
def test_most_of_what_an_analyst_takes_is_found(read, name):
    expected = REPORTS[name]["expect"]
    missing = [e for e in expected if not any(matches(c, e) for c in read(REPORTS[name]["text"]))]
    assert len(missing) <= (1 - RECALL) * len(expected), missing


@pytest.mark.parametrize("name", REPORTS)
def test_nobody_is_made_to_do_what_others_do(read, name):
    for predicate, allowed in REPORTS[name]["who"].items():
        done = {c.subject for c in read(REPORTS[name]["text"]) if c.predicate == predicate and c.subject}
        assert done <= set(allowed), predicate
