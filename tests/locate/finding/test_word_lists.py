"""The word lists of the rules for place names."""

from wayout.locate.finding.word_lists import adjectives, divisions, friends, people, seats, senses, unions, unmistakable
from wayout.locate.gazetteer import open_gazetteer
from wayout.text.names import fold_name


def test_every_list_holds_small_words() -> None:
    assert all(word == word.casefold() for words in senses().values() for word in words)


def test_what_a_word_stands_for_is_a_place_the_gazetteer_knows() -> None:
    gazetteer = open_gazetteer()
    meant = {*divisions().values(), *unions().values(), *seats().values()}
    assert {name for name in meant if not gazetteer.exact(fold_name(name))} == set()


def test_people_are_not_adjectives_too() -> None:
    assert not people().keys() & adjectives().keys()
    assert friends()["demonyms"] == people().keys() | adjectives().keys()


def test_unmistakable_abbreviations_are_abbreviations() -> None:
    assert {short for short in unmistakable() if short.replace(".", "") not in divisions()} == set()
