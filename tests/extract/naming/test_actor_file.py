"""The actor knowledge: every record sound, every name leading to its actor."""

from wayout.extract.naming.actor_book import open_actors
from wayout.extract.naming.actor_file import read_actor_file
from wayout.extract.naming.name_index import fits_case
from wayout.extract.tokens import cut_words

FILE = read_actor_file()
BOOK = open_actors()


def test_ids_are_unique_slugs() -> None:
    ids = [a.id for a in FILE.actors]
    assert len(ids) == len(set(ids))
    assert all(i == i.lower() and " " not in i for i in ids)


def test_parents_and_opponents_exist() -> None:
    ids = {a.id for a in FILE.actors}
    assert {i for a in FILE.actors for i in (*a.opponents, *([a.parent] if a.parent else []))} <= ids


def test_no_actor_is_its_own_ancestor() -> None:
    for actor in FILE.actors:
        line = [actor]
        while parent := line[-1].parent:
            assert parent not in {a.id for a in line}
            line.append(BOOK.by_id(parent))


def test_every_record_says_what_it_rests_on() -> None:
    assert all(a.sources for a in FILE.actors)


def test_every_name_resolves_to_its_actor() -> None:
    for actor in FILE.actors:
        for name in (actor.name, *actor.aliases, *actor.acronyms, *actor.metonyms):
            assert actor.id in {a.id for a in BOOK.resolve(name)}, (actor.id, name)


def test_every_name_is_found_as_it_is_listed() -> None:
    for actor in FILE.actors:
        for name in (actor.name, *actor.aliases, *actor.acronyms):
            words = cut_words(name)
            hit = next(BOOK.index.starting_at(words, 0), None)
            assert hit is not None, (actor.id, name)
            assert any(e.names == actor.id and fits_case(e, words) for e in hit.entries), (actor.id, name)


def test_theatres_asked_for_are_filled() -> None:
    levant = [a for a in FILE.actors if {"syria", "iraq"} & set(a.theatres)]
    rest = [a for a in FILE.actors if a.theatres and not {"syria", "iraq", "world"} & set(a.theatres)]
    assert len(levant) >= 60
    assert len(rest) >= 60


def test_years_run_forward() -> None:
    both = [a for a in FILE.actors if a.active_from and a.active_to]
    assert all((a.active_from or 0) <= (a.active_to or 0) for a in both)
