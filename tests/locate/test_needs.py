import pytest

from wayout.locate.needs import absent_slots, first_words, needed_slots, words_of


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("the {border} of {N}", {"border", "N"}),
        ("(?:the )?(?:{main} )?{road} (?:to|into) {N}", {"road", "N"}),
        ("(?:{N}|{A}) {border}", {"border"}),
        ("{road} {N}(?! {A})", {"road", "N"}),
        ("{border}(?:land)? of {N}", {"N"}),
        ("(?:{road} )*{N}", {"N"}),
        ("{road}?{border} {N}", {"border", "N"}),
    ],
)
def test_only_what_no_match_can_do_without_is_needed(pattern: str, needed: set[str]) -> None:
    assert needed_slots(pattern, ("border", "road", "main", "N", "A")) == needed


def test_a_slot_is_absent_from_a_text_without_its_words() -> None:
    openers = first_words({"road": ["road", "main road"], "near": ["~", "close to"]})
    assert openers == {"road": frozenset({"road", "main"})}
    assert absent_slots(openers, words_of("The Main-road to Bor")) == set()
    assert absent_slots(openers, words_of("the track to Bor")) == {"road"}
