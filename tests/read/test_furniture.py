import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.read.furniture import drop_furniture, ends_with_stop


@pytest.mark.parametrize(
    "line",
    [
        "skip to Main Content",
        "Back To Top",
        "↑ Back to top",
        "Share this:",
        "SHARE THIS ARTICLE",
        "Share on Facebook",
        "Read More »",
        "Read more: Seven hurt as dam gate fails",
        "Also read – What the truce says",
        "Home > News > Africa > Sudan",
        "Home | World | Asia | Myanmar",
        "© 2021 The Example Times. All rights reserved.",
        "We use cookies to give you the best experience. OK",
        "By continuing to use this site you agree to our cookies policy.",
        "Sign up for our weekly newsletter",
        "Get the day's news delivered straight to your inbox",
        "Follow us on Twitter and Telegram",
        "12 comments",
        "Advertisement",
        "Retour en haut",
        "Compartir esta noticia",
        "Перейти к содержанию",
        "العودة إلى الأعلى",
        "* * *",
        "────────",
    ],
)
def test_furniture_lines_go(line):
    assert drop_furniture(["The ford is passable again.", line]) == ("The ford is passable again.",)


@pytest.mark.parametrize(
    "line",
    [
        "They read more books in the camp now.",
        "Villagers share this well with the herders.",
        "The rebels climbed back to top positions on the ridge.",
        "Home guards blocked the road; news of it spread north.",
        "The minister said cookies were handed out at the gate.",
        "He was told to skip to content that mattered.",
        "Skip to content blocks four and five of the plan.",
        "Copyright law was changed in 2019 by the assembly.",
        "The column will not get to top speed on that track.",
        "Comments by the governor angered Juba.",
        "Subscribe or leave was the choice the militia gave farmers.",
        "Mira crossed the bridge at dawn.",
    ],
)
def test_sentences_with_the_same_words_stay(line):
    assert drop_furniture([line]) == (line,)


@pytest.mark.parametrize(
    ("glued", "clean"),
    [
        ("The last bus left for Bamako.Back To Top", "The last bus left for Bamako."),
        ("The last bus left for Bamako. Back to top ↑", "The last bus left for Bamako."),
        ("The last bus left for BamakoBack to top", "The last bus left for Bamako"),
        ("“The road is cut.” Read more", "“The road is cut.”"),
        ("skip to Main Content Troops enter Mopti", "Troops enter Mopti"),
        ("Skip to contentTroops enter Mopti.", "Troops enter Mopti."),
        ("The road is cut. Share on Facebook Share on Twitter", "The road is cut."),
    ],
)
def test_fragments_glued_to_a_paragraph_are_cut(glued, clean):
    assert drop_furniture([glued]) == (clean,)


def test_list_of_other_stories_goes_with_its_heading():
    page = ["The ford is passable again.", "Related articles", "Dam gate fails", "Ten boats lost", "Who runs the port"]
    assert drop_furniture(page) == ("The ford is passable again.",)


def test_text_after_a_list_of_other_stories_stays_with_its_heading():
    page = ["One.", "Most read", "Dam gate fails", "Ten boats lost", "What comes next", "The council meets on Monday."]
    assert drop_furniture(page) == ("One.", "What comes next", "The council meets on Monday.")


@given(
    st.lists(
        st.sampled_from(["Home", "The gate is shut.", "Related articles", "A.Back to top", "Five men", "Menu", ""])
    )
)
def test_dropping_is_idempotent_and_never_reorders(lines):
    once = drop_furniture(lines)
    assert drop_furniture(once) == once
    assert [p for p in once if p == "The gate is shut."] == [p for p in lines if p == "The gate is shut."]


@pytest.mark.parametrize(
    ("line", "expected"),
    [("It fell.", True), ("“It fell.”", True), ("هل سقطت؟", True), ("倒れた。", True), ("It fell", False), ("", False)],
)
def test_full_stops_of_any_script(line, expected):
    assert ends_with_stop(line) is expected
