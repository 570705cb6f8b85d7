"""Names that several actors bear, or that somebody outside its years or theatre bears: decided by rule, or left open."""

from datetime import UTC, datetime

import pytest

from wayout.extract.actors import find_actors, open_actors
from wayout.model.document import Document, Source, Step, document_id
from wayout.model.mention import Mention
from wayout.text.english import parse_text

BOOK = open_actors()


def find(text: str, year: int | None, words: str) -> Mention:
    document = Document(
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
    found = [m for m in find_actors(document, parse_text(text), BOOK) if m.text == words]
    assert found, text
    return found[0]


@pytest.mark.parametrize(
    ("acronym", "year", "text", "ref"),
    [
        ("RSF", 2024, "The RSF shelled Omdurman in Sudan.", "rapid-support-forces"),
        ("RSF", 2024, "RSF condemned the arrest of a reporter in France.", "reporters-without-borders"),
        ("SNA", 2021, "The SNA advanced near Afrin in Syria.", "syrian-national-army"),
        ("SNA", 2021, "The SNA fought al-Shabaab near Baidoa in Somalia.", "armed-forces-of-somalia"),
        ("SNA", 2023, "The SNA held a hill in Myanmar.", "shanni-nationalities-army"),
        ("SDF", 2020, "The SDF crossed the Euphrates in Syria.", "syrian-democratic-forces"),
        ("SDF", 2022, "The SDF clashed in Libya with a rival.", "special-deterrence-force"),
        ("PDF", 2023, "The PDF ambushed a convoy in Myanmar.", "peoples-defence-force"),
        ("PDF", 2012, "The PDF burned a village in Sudan.", "sudan-popular-defence-forces"),
        ("NRF", 2022, "The NRF fought in Afghanistan.", "national-resistance-front"),
        ("NRF", 2022, "The NRF reached Mocha in Yemen.", "national-resistance-forces-yemen"),
        ("ADF", 2023, "The ADF raided a village in the Congo.", "adf"),
        ("ADF", 2023, "The ADF raided a village in Cameroon.", "ambazonia-insurgents"),
        ("ASWJ", 2020, "ASWJ fighters took a village in Mozambique.", "islamic-state-mozambique"),
        ("ASWJ", 2020, "ASWJ fighters took a village in Somalia.", "ahlu-sunna-waljamaca"),
        ("AA", 2024, "The AA holds the town in Myanmar.", "arakan-army"),
        ("UPDF", 2024, "The UPDF crossed from Uganda.", "armed-forces-of-uganda"),
        ("UPDF", 2024, "The UPDF fought in Bangladesh.", "updf-bangladesh"),
        ("AFP", 2023, "The AFP chased the rebels in the Philippines.", "armed-forces-of-philippines"),
        ("ISF", 2016, "The ISF retook a quarter in Iraq.", "armed-forces-of-iraq"),
        ("BIR", 2023, "The BIR left Bamenda in Cameroon.", "bir-cameroon"),
        ("PLA", 2023, "The PLA flew around Taiwan, China said.", "armed-forces-of-china"),
        ("EUTM", 2020, "EUTM trained soldiers in Mali.", "eutm-mali"),
        ("KNA", 2024, "The KNA opened the bridge in Myanmar.", "karen-national-army"),
    ],
)
def test_country_decides_an_acronym(acronym: str, year: int, text: str, ref: str) -> None:
    assert find(text, year, acronym).ref == ref


@pytest.mark.parametrize(
    ("acronym", "year", "text"),
    [
        ("M23", 2005, "The M23 was named in a letter."),
        ("FLA", 2014, "The FLA signed the text in Mali."),
        ("AFC", 2015, "The AFC met in the Congo."),
        ("SSC", 2005, "The SSC met in Somalia."),
        ("VDP", 2012, "The VDP met in Burkina Faso."),
        ("MINUSMA", 2009, "MINUSMA was not yet there."),
    ],
)
def test_acronym_outside_the_years_of_all_is_nobody_known(acronym: str, year: int, text: str) -> None:
    mention = find(text, year, acronym)
    assert mention.ref == f"unknown:{acronym.lower()}"
    assert mention.candidates


@pytest.mark.parametrize(
    ("acronym", "year", "text"),
    [
        ("AFC", 2025, "The AFC chose a stadium in Japan; Japan and Qatar agreed."),
        ("M23", 2025, "A form named M23 was printed in Norway."),
        ("KDP", 2019, "The KDP held a congress in Norway; Norway was glad."),
        ("IS", 2018, "IS was stamped on the crate in Peru."),
    ],
)
def test_acronym_outside_its_theatre_shows_its_doubt(acronym: str, year: int, text: str) -> None:
    assert any(c.startswith("unknown:") for c in find(text, year, acronym).candidates)


def test_nothing_said_of_the_place_leaves_all_in_view() -> None:
    mention = find("The SNA withdrew at night.", 2022, "SNA")
    assert {mention.ref, *mention.candidates} >= {"syrian-national-army", "armed-forces-of-somalia"}


def test_known_foe_in_the_text_decides() -> None:
    assert find("The SNA fought al-Shabaab at dawn.", 2022, "SNA").ref == "armed-forces-of-somalia"


def test_long_name_of_an_ended_group_is_still_its_own() -> None:
    mention = find("Veterans of the Coordination of Azawad Movements spoke.", 2026, "Coordination of Azawad Movements")
    assert (mention.ref, mention.candidates) == ("cma", ())


def test_surname_far_from_home_is_nobody_known() -> None:
    mention = find("Petro spoke in Norway. Norway and Sweden listened.", 2024, "Petro")
    assert mention.ref == "unknown:petro"


def test_plain_words_name_nobody_outside_their_theatre() -> None:
    text = "In Haiti, bandits burned a market. Haiti mourned."
    document_words = [m.text for m in _all(text, 2024) if m.ref == "nigerian-bandits"]
    assert document_words == []
    assert find("In Nigeria, bandits burned a market.", 2024, "bandits").ref == "nigerian-bandits"


def _all(text: str, year: int) -> tuple[Mention, ...]:
    document = Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="test"),
        url=None,
        byline=None,
        published=datetime(year, 6, 1, tzinfo=UTC),
        retrieved=None,
        language="en",
        made_by=Step(name="test", version="0"),
    )
    return find_actors(document, parse_text(text), BOOK)


def test_actors_that_share_an_acronym_differ_in_year_or_theatre_or_are_meant_to() -> None:
    """Two of one country at one time could never be told apart."""
    bearers: dict[str, list[str]] = {}
    for actor in BOOK.actors:
        for acronym in actor.acronyms:
            bearers.setdefault(acronym, []).append(actor.id)
    clashes = []
    for acronym, ids in sorted(bearers.items()):
        for i, one in enumerate(ids):
            for other in ids[i + 1 :]:
                a, b = BOOK.by_id(one), BOOK.by_id(other)
                together = (a.active_from or 0) <= (b.active_to or 9999) and (b.active_from or 0) <= (
                    a.active_to or 9999
                )
                kin = other in (a.parent, *BOOK.ties_of(one)) or a.parent == one
                if together and a.country == b.country and not kin:
                    clashes.append((acronym, one, other))
    assert clashes == []
