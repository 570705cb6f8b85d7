"""Who does what to whom where, on sentences of several theatres."""

import pytest

CASES = [
    # text, predicate, subject, object, places
    ("The RSF has besieged El Fasher since May.", "besieges", "rsf", None, {("at", "El Fasher")}),
    ("El Fasher remains encircled by the RSF.", "besieges", "rsf", None, {("at", "El Fasher")}),
    ("The siege of El Fasher by the RSF goes on.", "besieges", "rsf", None, {("at", "El Fasher")}),
    (
        "Hundreds of families fled El Fasher toward Tawila on foot.",
        "moves",
        "civilians",
        None,
        {("from", "El Fasher"), ("to", "Tawila")},
    ),
    (
        "The convoy must pass through the Adre crossing to reach North Darfur.",
        "passes",
        "wfp",
        None,
        {("via", "the Adre crossing"), ("to", "North Darfur")},
    ),
    ("JNIM fighters have blockaded Timbuktu.", "besieges", "jnim", None, {("at", "Timbuktu")}),
    (
        "The Malian army launched an operation against JNIM in northern Mali.",
        "attacks",
        "mali",
        "jnim",
        {("at", "northern Mali")},
    ),
    ("Fighters of JNIM were driven out of Kidal.", "displaced", None, "jnim", {("from", "Kidal")}),
    (
        "JNIM may flee north to the Algerian border.",
        "moves",
        "jnim",
        None,
        {("to", "north"), ("to", "the Algerian border")},
    ),
    (
        "Ukrainian forces withdrew from Bakhmut to positions in the west.",
        "withdraws",
        "ukr",
        None,
        {("from", "Bakhmut"), ("to", "the west")},
    ),
    ("The withdrawal of Wagner from Kidal surprised many.", "withdraws", "wagner", None, {("from", "Kidal")}),
    ("The coalition carried out airstrikes on Hodeidah.", "strikes", "coalition", None, {("at", "Hodeidah")}),
    ("Three airstrikes struck RSF units in Nyala.", "strikes", None, "rsf", {("at", "Nyala")}),
    (
        "The Ethiopian army deployed three brigades to the border with Eritrea.",
        "deploys",
        "endf",
        None,
        {("to", "the border with Eritrea")},
    ),
    ("Units sent by Rwanda arrived.", "deploys", "rwa", None, set()),
    ("Wagner, which was deployed along Lake Kivu, waits.", "deploys", None, "wagner", {("at", "Lake Kivu")}),
    ("A convoy of the Red Crescent delivered food to Rafah.", "delivers", "rc", None, {("to", "Rafah")}),
    ("Aid must get into El Fasher through Tawila.", "delivers", None, None, {("to", "El Fasher"), ("via", "Tawila")}),
    ("The TPLF agreed a ceasefire with the Ethiopian army.", "agrees", "tplf", "endf", set()),
    ("Clashes between the SAF and the RSF erupted in Omdurman.", "clashes", "saf", "rsf", {("at", "Omdurman")}),
    ("M23 fighters seized Goma.", "takes", "m23", None, {("at", "Goma")}),
    ("Nyala fell to the RSF last week.", "takes", "rsf", None, {("at", "Nyala")}),
    ("The SAF has lost control of Nyala.", "loses", "saf", None, {("at", "Nyala")}),
    ("The SAF holds the north.", "holds", "saf", None, {("at", "the north")}),
    ("In the east there are M23 fighters.", None, None, None, None),
    (
        "The Nigerian army is conducting a clearance operation in Maiduguri.",
        "sweeps",
        "nga",
        None,
        {("at", "Maiduguri")},
    ),
    ("Egypt has kept the Rafah crossing shut.", "seals", "egy", None, {("at", "the Rafah crossing")}),
    ("Today the Adre crossing is open.", "opens", None, None, {("at", "the Adre crossing")}),
    ("The road to Sake is closed.", "seals", None, None, None),
    ("General Hemedti has taken refuge with the RSF in Nyala.", "shelters", "rsf", "person:hemedti", {("at", "Nyala")}),
    ("Boko Haram released a video on Friday.", "publishes", "boko-haram", None, set()),
    ("Hamas was hiding in Khan Younis.", "present", "hamas", None, {("at", "Khan Younis")}),
    ("In the west, the SAF attacked the RSF.", "attacks", "saf", "rsf", {("at", "the west")}),
]


@pytest.mark.parametrize(("text", "predicate", "subject", "object_", "places"), CASES)
def test_roles(claims_of, places_of, only, text, predicate, subject, object_, places):
    if predicate is None:
        predicate, subject, places = "present", "m23", {("at", "the east")}
    claim = only(claims_of(text), predicate)
    assert (claim.subject, claim.object) == (subject, object_)
    if places is not None:
        assert places <= places_of(claim)


def test_several_events_in_one_sentence(claims_of, only):
    claims = claims_of("JNIM seized Gao and besieged Timbuktu, while the Malian army withdrew from Kidal.")
    assert only(claims, "takes").subject == "jnim"
    assert only(claims, "besieges").subject == "jnim"
    assert only(claims, "withdraws").subject == "mali"


def test_purpose_happens_where_the_force_goes(claims_of, places_of, only):
    claims = claims_of("Rwanda sent four brigades of M23 to Goma to seal the border.")
    sealing = only(claims, "seals")
    assert sealing.subject == "m23"
    assert sealing.mood == "intent"
    assert ("at", "Goma") in places_of(sealing)
    assert only(claims, "deploys").quantity.value == 4


def test_the_aim_of_the_operation_is_done_by_who_was_sent(claims_of, only):
    text = "Rwanda sent M23 to Goma. Objective of the operation: to clean up Sake."
    assert only(claims_of(text), "sweeps").subject == "m23"


def test_alternatives_are_numbered(claims_of, only):
    fleeing = only(claims_of("Fano fighters could escape through Afar or Tigray."), "moves")
    assert [p.alternative for p in fleeing.places] == [1, 2]
    both = only(claims_of("They must pass through Chad and Niger or Libya, the UN said."), "passes")
    assert {p.phrase: p.alternative for p in both.places} == {"Chad": None, "Niger": 1, "Libya": 2}


@pytest.mark.parametrize(
    "text",
    [
        "It is impossible for the militants to move north.",
        "The militants cannot flee north.",
        "The militants are unable to escape to the north.",
        "There is no way north for the militants.",
        "The militants have no way out toward the north.",
        "It is not possible for the militants to go north.",
    ],
)
def test_no_way(claims_of, only, text):
    claim = only(claims_of(text), "cannot_move")
    assert claim.subject == "jnim"
    assert claim.polarity == 1
    assert claim.certainty >= 2
    assert any("north" in place.phrase and place.role == "to" for place in claim.places)


def test_nowhere_to_go(claims_of, only):
    claim = only(claims_of("Civilians have nowhere to go, the UN said."), "cannot_move")
    assert (claim.subject, claim.attributed_to.name) == ("civilians", "the UN")


@pytest.mark.parametrize(
    ("text", "role", "phrase"),
    [
        ("The only way out for the militants is to the south.", "to", "the south"),
        ("The only exit for JNIM is Niger.", "to", "Niger"),
        ("The only road out of El Fasher leads west to Tawila.", "from", "El Fasher"),
        ("The last remaining corridor leads through Tawila.", "via", "Tawila"),
    ],
)
def test_way_open(claims_of, places_of, only, text, role, phrase):
    assert (role, phrase) in places_of(only(claims_of(text), "way_open"))


def test_a_journey_of_two_legs_is_one_claim(claims_of, places_of, only):
    text = "They have one obligatory direction: the one that from Chad leads to Libya to arrive in Niger or Gao."
    claim = only(claims_of(text), "passes")
    assert places_of(claim) == {("from", "Chad"), ("via", "Libya"), ("to", "Niger"), ("to", "Gao")}
    assert claim.mood == "obligation"


def test_a_fragment_goes_on_with_the_movement_before(claims_of, places_of):
    claims = claims_of("JNIM must flee elsewhere. Either in Niger or towards Libya.")
    last = claims[-1]
    assert (last.predicate, last.subject) == ("moves", "jnim")
    assert places_of(last) == {("to", "Niger"), ("to", "Libya")}
    assert {p.alternative for p in last.places} == {1, 2}


def test_blocked_aid_cannot_move(claims_of, places_of, only):
    text = "A WFP convoy could not reach El Fasher because the RSF closed the road to Sake."
    claims = claims_of(text)
    stuck, sealing = only(claims, "cannot_move"), only(claims, "seals")
    assert ("to", "El Fasher") in places_of(stuck)
    assert stuck.because == (sealing.id,)


def test_every_claim_rests_on_its_words(claims_of, make_document):
    text = "Families fled El Fasher. The RSF, which holds Nyala, said it would open a corridor if the SAF withdrew."
    document = make_document(text)
    for claim in claims_of(text):
        trigger = claim.words[0]
        assert claim.evidence[0].contains(trigger)
        for span in (*claim.words, *claim.evidence, *(place.span for place in claim.places)):
            assert document.quote(span)
        assert all(document.quote(place.span) == place.phrase for place in claim.places)


def test_ids_are_stable_and_distinct(claims_of):
    text = "Russia and Ukraine attacked Kherson. Russian forces shelled Kherson again."
    first, second = claims_of(text), claims_of(text)
    assert first == second
    assert len({c.id for c in first}) == len(first)


def test_nothing_is_claimed_without_a_party_or_place(claims_of):
    assert claims_of("He held a meeting, opened the session and took a decision to close the debate.") == ()


def test_empty_text(claims_of):
    assert claims_of(" ") == ()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Between 300 and 500 families were evacuated from Mariupol.", 300, 500),
        ("Dozens of families fled Mariupol.", 24, 99),
        ("Four families fled Mariupol.", 4, 4),
        ("Some 2,000 families fled Mariupol.", 1600, 2400),
    ],
)
def test_quantities(claims_of, only, text, low, high):
    quantity = only(claims_of(text), "moves").quantity
    assert (quantity.unit, quantity.low, quantity.high) == ("family", low, high)


def test_the_time_of_the_clause(claims_of, only):
    from datetime import date

    claims = claims_of("M23 seized Goma on Sunday.", published=date(2025, 1, 29))
    assert only(claims, "takes").time.start == date(2025, 1, 26)


def test_a_convoy_waits_to_get_in(claims_of, places_of, only):
    text = (
        "The convoy has been waiting to enter El Fasher, in North Darfur, which the RSF has besieged since May. "
        "It is not possible to reach El Fasher from the north. The only road that is still passable leads west to Tawila."
    )
    claims = claims_of(text)
    waiting = only(claims, "moves")
    assert (waiting.subject, waiting.mood) == ("wfp", "intent")
    assert ("to", "El Fasher") in places_of(waiting)
    assert ("at", "El Fasher") in places_of(only(claims, "besieges"))
    assert only(claims, "cannot_move").certainty == 3
    assert {("to", "west"), ("to", "Tawila")} <= places_of(only(claims, "way_open"))


def test_a_denied_prevention_is_denied(claims_of, only):
    claim = only(claims_of("The SAF denied that it is preventing civilians from leaving El Fasher."), "cannot_move")
    assert (claim.subject, claim.polarity, claim.modality) == ("civilians", -1, "denied")
    assert claim.certainty < 0


def test_what_is_theirs_acts_for_them(claims_of, only):
    claims = claims_of("M23 fighters hold Sake, and their checkpoints have blocked the road to the south.")
    assert only(claims, "seals").subject == "m23"
