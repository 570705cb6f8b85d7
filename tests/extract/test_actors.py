"""Who a report speaks of: own sentences of several theatres."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from wayout.extract.actors import ActorBook, find_actors, open_actors
from wayout.model.document import Document, Source, Step, document_id
from wayout.model.mention import Mention
from wayout.text.english import parse_text


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return open_actors()


def document(text: str, year: int | None = None) -> Document:
    return Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="test"),
        url=None,
        byline=None,
        published=datetime(year, 6, 1, tzinfo=UTC) if year else None,
        retrieved=None,
        language="en",
        made_by=Step(name="test", version="0"),
    )


def find(book: ActorBook, text: str, year: int | None = None) -> tuple[Mention, ...]:
    return find_actors(document(text, year), parse_text(text), book)


def refs(book: ActorBook, text: str, year: int | None = None) -> dict[str, str | None]:
    return {m.text: m.ref for m in find(book, text, year)}


# --- names -------------------------------------------------------------------------------------------------------------


def test_longest_name_wins(book: ActorBook) -> None:
    found = refs(book, "Islamic State West Africa Province raided the base near Monguno.")
    assert found == {"Islamic State West Africa Province": "iswap"}


def test_spelling_variants_lead_to_one_actor(book: ActorBook) -> None:
    text = "Hay\u2019at Tahrir al-Sham met elders. Hayat Tahrir Al-Sham denied it. Tahrir ash-Sham left."
    assert {m.ref for m in find(book, text, 2020)} == {"hayat-tahrir-al-sham"}


def test_small_misspelling_of_a_long_name_is_forgiven(book: ActorBook) -> None:
    assert [a.id for a in book.resolve("Maghawir al-Thawrah")] == ["maghawir-al-thawra"]
    assert book.resolve("Hamat") == ()


def test_acronym_needs_its_capitals(book: ActorBook) -> None:
    assert "is" not in refs(book, "The town is quiet and it is said that aid is near.")
    assert refs(book, "IS attacked a checkpoint in Kirkuk.", 2020)["IS"] == "islamic-state"
    assert "who" not in refs(book, "The families who fled are safe.")


def test_possessive_is_not_part_of_the_name(book: ActorBook) -> None:
    found = refs(book, "Al-Shabaab's fighters fired on the convoy near Baidoa.", 2022)
    assert found["Al-Shabaab"] == "al-shabaab"


def test_generic_actors(book: ActorBook) -> None:
    found = refs(book, "Families left the camp while an aid convoy waited at the crossing.")
    assert found["Families"] == "civilians"
    assert found["aid convoy"] == "aid-convoys"


def test_other_scripts_are_listed(book: ActorBook) -> None:
    assert book.resolve("قوات الدعم السريع")[0].id == "rapid-support-forces"
    assert book.resolve("ВСУ")[0].id == "armed-forces-of-ukraine"


# --- nations -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("Togolese troops", "armed-forces-of-togo"),
        ("Malian army", "armed-forces-of-mali"),
        ("Kyrgyz border guards", "armed-forces-of-kyrgyzstan"),
        ("Chad's military", "armed-forces-of-chad"),
        ("Peruvian government", "government-of-peru"),
        ("Sri Lankan security forces", "armed-forces-of-sri-lanka"),
        ("Kigali officials", "government-of-rwanda"),
        ("government of Fiji", "government-of-fiji"),
        ("Nigerien junta", "government-of-niger"),
        ("Nigerian air force", "armed-forces-of-nigeria"),
        ("US special forces", "armed-forces-of-united-states"),
    ],
)
def test_nation_with_noun_names_any_state(book: ActorBook, words: str, ref: str) -> None:
    assert refs(book, f"On Monday the {words} reached the village.")[words] == ref


def test_nations_that_share_a_noun(book: ActorBook) -> None:
    found = refs(book, "Congolese and Rwandan troops exchanged fire near the volcano.")
    assert found["Congolese"] == "armed-forces-of-democratic-republic-of-the-congo"
    assert found["Rwandan troops"] == "armed-forces-of-rwanda"


def test_backed_is_not_acting(book: ActorBook) -> None:
    found = refs(book, "Turkish-backed fighters entered the town.", 2020)
    assert "government-of-turkey" not in found.values()
    assert "armed-forces-of-turkey" not in found.values()


# --- metonyms ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "name", "ref"),
    [
        ("Khartoum sent two brigades to the border.", "Khartoum", "government-of-sudan"),
        ("Addis Ababa accused the rebels of shelling a market.", "Addis Ababa", "government-of-ethiopia"),
        ("The offensive was launched by Kyiv on Sunday.", "Kyiv", "government-of-ukraine"),
        ("Diplomats urged Kinshasa to open a corridor.", "Kinshasa", "government-of-democratic-republic-of-the-congo"),
        ("Ethiopia deployed troops along the river.", "Ethiopia", "government-of-ethiopia"),
        ("The Kremlin rejected the plan.", "Kremlin", "government-of-russia"),
        ("Ankara and Moscow agreed on a truce.", "Moscow", "government-of-russia"),
    ],
)
def test_capital_that_acts_is_its_government(book: ActorBook, sentence: str, name: str, ref: str) -> None:
    assert refs(book, sentence, 2023).get(name) == ref


@pytest.mark.parametrize(
    "sentence",
    [
        "Shells fell in Khartoum overnight.",
        "Families travelled to Kyiv by train.",
        "The road from Addis Ababa is cut.",
        "Kinshasa is a large city.",
        "The convoy passed near Bamako.",
        "Ethiopia borders Kenya.",
    ],
)
def test_capital_that_does_not_act_stays_a_place(book: ActorBook, sentence: str) -> None:
    assert not [m for m in find(book, sentence) if m.route == "metonym"]


def test_dateline_is_not_an_actor(book: ActorBook) -> None:
    assert "Sudan" not in refs(book, "Sudan, the families leave the camp under fire")


# --- ambiguity ---------------------------------------------------------------------------------------------------------


def test_theatre_decides_a_shared_acronym(book: ActorBook) -> None:
    somalia = "The SNA retook a town in Somalia. Somali elders welcomed it. The Somali government spoke."
    syria = "The SNA shelled a village in Syria. Syrian activists saw it. The Syrian government spoke."
    assert refs(book, somalia, 2022)["SNA"] == "armed-forces-of-somalia"
    assert refs(book, syria, 2022)["SNA"] == "syrian-national-army"


def test_shared_acronym_without_context_stays_open(book: ActorBook) -> None:
    (mention,) = [m for m in find(book, "The SNA moved at dawn.", 2022) if m.text == "SNA"]
    assert {mention.ref, *mention.candidates} >= {"armed-forces-of-somalia", "syrian-national-army"}


def test_acronym_outside_its_years_is_not_matched_silently(book: ActorBook) -> None:
    (mention,) = [m for m in find(book, "JNIM was named in the letter.", 1995) if m.text == "JNIM"]
    assert mention.ref == "unknown:jnim"
    assert "jnim" in mention.candidates


def test_text_explains_its_own_acronym(book: ActorBook) -> None:
    text = "The Allied Democratic Forces (ADF) crossed from Cameroon into Nigeria. Cameroon saw it. The ADF left."
    assert {m.ref for m in find(book, text, 2023) if m.text == "ADF"} == {"adf"}


# --- persons -----------------------------------------------------------------------------------------------------------


def test_leader_is_a_person_and_no_place(book: ActorBook) -> None:
    (mention,) = [m for m in find(book, "Al-Burhan visited the front.", 2024) if "Burhan" in m.text]
    assert (mention.kind, mention.ref) == ("person", "abdel-fattah-al-burhan")


def test_person_named_like_a_country_is_a_person(book: ActorBook) -> None:
    found = find(book, "Peter Jordan said on Friday that the bridge was closed.")
    assert "government-of-jordan" not in {m.ref for m in found}


def test_title_belongs_to_the_person(book: ActorBook) -> None:
    found = refs(book, "President Salva Kiir ordered the army to leave.", 2023)
    assert found["President Salva Kiir"] == "salva-kiir"


def test_office_alone_is_its_only_holder_in_the_text(book: ActorBook) -> None:
    text = "President Salva Kiir spoke on Monday. The President promised a corridor."
    assert refs(book, text, 2023)["President"] == "salva-kiir"


def test_unknown_person_keeps_one_ref_by_surname(book: ActorBook) -> None:
    text = "Colonel Martin Okello said the road was open. Okello said he would wait."
    people = [m.ref for m in find(book, text) if m.kind == "person"]
    assert len(people) == 2
    assert len(set(people)) == 1
    assert str(people[0]).startswith("unknown:")


# --- unknown organisations ---------------------------------------------------------------------------------------------


def test_unknown_organisation_is_proposed(book: ActorBook) -> None:
    found = {m.text: m for m in find(book, "The Northern Farmers Union said its members would not leave.")}
    assert found["Northern Farmers Union"].ref == "unknown:northern farmers union"
    assert found["Northern Farmers Union"].route == "statistical"
    assert book.actor("unknown:northern farmers union").kind == "unknown"


# --- descriptions ------------------------------------------------------------------------------------------------------


def test_group_goes_back_to_the_armed_group_named_before(book: ActorBook) -> None:
    text = "M23 seized the hill. On Tuesday the group moved south."
    assert refs(book, text, 2024)["group"] == "m23"


def test_description_asks_for_the_right_kind(book: ActorBook) -> None:
    text = "The Sudanese army shelled the market. The paramilitaries had left. The Rapid Support Forces denied it."
    assert "paramilitaries" not in refs(book, text, 2024)
    text = "The Rapid Support Forces shelled the Sudanese army. The paramilitaries then left."
    assert refs(book, text, 2024)["paramilitaries"] == "rapid-support-forces"


def test_two_possible_groups_leave_the_noun_open(book: ActorBook) -> None:
    text = "There was fighting between Boko Haram and ISWAP. The jihadists burnt two villages."
    assert "jihadists" not in refs(book, text, 2022)


def test_known_opponent_decides_between_two_groups(book: ActorBook) -> None:
    text = "JNIM and M23 were both named. The Malian army pursued the group."
    assert refs(book, text, 2024)["group"] == "jnim"


def test_they_is_the_subject_before(book: ActorBook) -> None:
    (mention,) = [
        m for m in find(book, "The Houthis seized a ship. They later released the crew.", 2024) if m.text == "They"
    ]
    assert (mention.ref, mention.route) == ("ansar-allah", "coreference")


def test_empty_it_is_nobody(book: ActorBook) -> None:
    assert "it" not in refs(book, "Hamas issued a statement. Now it is clear that it was late.", 2024)


# --- laws --------------------------------------------------------------------------------------------------------------

STORY = (
    "Mali: the army and Wagner leave Tessalit\n\nThe Malian army said on Monday that JNIM had attacked Gao. "
    "General Assimi Go\u00efta met Russia's ambassador. The junta's troops, who are backed by Moscow, left the base; "
    "the jihadists entered it. Residents fled to Algeria, and the UN called for a corridor."
)


def test_every_span_slices_to_its_text_and_none_overlap(book: ActorBook) -> None:
    mentions = find(book, STORY, 2024)
    assert all(STORY[m.span.start : m.span.end] == m.text for m in mentions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))
    assert all(book.actor(m.ref).id == m.ref for m in mentions if m.ref)


def test_same_input_same_mentions(book: ActorBook) -> None:
    assert find(book, STORY, 2024) == find(open_actors(), STORY, 2024)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "!!!", "\u200f\u202e\u0000", "((((", "'s 's 's", "The", "IS"])
def test_odd_texts_give_no_error(book: ActorBook, text: str) -> None:
    assert isinstance(find(book, text), tuple)


def test_office_with_its_nation_is_the_listed_holder(book: ActorBook) -> None:
    assert refs(book, "The Ethiopian prime minister visited Gondar.", 2022)["Ethiopian prime minister"] == "abiy-ahmed"
    assert refs(book, "On Friday the president of Ukraine spoke.", 2023)["president of Ukraine"] == "volodymyr-zelensky"


def test_office_of_another_is_not_lent_to_the_one_in_the_text(book: ActorBook) -> None:
    text = "President Salva Kiir spoke first. The Kenyan President replied."
    assert refs(book, text, 2023)["Kenyan President"] != "salva-kiir"


def test_short_form_of_a_long_name(book: ActorBook) -> None:
    text = "The Syrian Observatory for Human Rights counted twelve raids. The Observatory said a bridge was hit."
    assert refs(book, text, 2018)["Observatory"] == "syrian-observatory-for-human-rights"


def test_one_sense_in_one_text(book: ActorBook) -> None:
    text = "The SDF crossed the river in Iraq and Syria. Kurdish forces then held the ridge. Iraq protested."
    assert refs(book, text, 2018)["Kurdish forces"] == "syrian-democratic-forces"


def test_heading_of_a_list_is_not_an_actor(book: ActorBook) -> None:
    assert "Iraq" not in refs(book, "Iraq - Near the dam, two strikes destroyed a bridge.")


def test_quarter_named_after_a_sheikh_is_no_person(book: ActorBook) -> None:
    assert not [m for m in find(book, "Shells fell on Sheikh Othman and on Khor Maksar.") if m.kind == "person"]


def test_besieged_town_that_the_model_takes_for_an_organisation_stays_a_place(book: ActorBook) -> None:
    assert "El Fasher" not in refs(
        book, "The RSF encircled El Fasher, where thousands of displaced people are trapped.", 2025
    )


def test_a_thing_named_after_somebody_is_no_deed_of_theirs(book: ActorBook) -> None:
    assert "unesco" not in refs(book, "Shells fell near the UNESCO World Heritage Site in Sanaa.").values()
    assert "unesco" in refs(book, "UNESCO said that shells fell near the old city of Sanaa.").values()


@pytest.mark.parametrize(
    "text",
    [
        "Both sides broke the Cessation of Hostilities in Tigray.",
        "The Treaty of Friendship and Cooperation binds Kyiv and Warsaw.",
    ],
)
def test_what_is_agreed_is_nobody(book: ActorBook, text: str) -> None:
    assert not any(ref is not None and ref.startswith("unknown:") for ref in refs(book, text).values())
