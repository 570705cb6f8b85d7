"""The linter finds what ICD 203 refuses, leaves alone what estimates nothing, and passes our own brief."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.assess.likelihood import agrees, lint_text, read_term
from wayout.errors import NotFoundError
from wayout.stats.likelihood import likelihood_frame, likelihood_table, likelihood_term

FAULTS = [
    ("The group is likely (30 %) to leave the valley.", "word-and-number"),
    ("It is likely (30%) that the road opens.", "word-and-number"),
    ("It is very unlikely (p = 0.3) that the bridge holds.", "word-and-number"),
    ("A withdrawal is unlikely (60 per cent).", "word-and-number"),
    ("A withdrawal is likely (0.3).", "word-and-number"),
    ("A withdrawal is almost certain (about 80 percent).", "word-and-number"),
    ("The attack is likely, with a probability of 20 per cent.", "word-and-number"),
    ("It is probably (90-95%) over.", "word-and-number"),
    ("There is a 10% chance, so it is likely, that they return.", "word-and-number"),
    ("It is very likely - 40% - that the town falls.", "word-and-number"),
    ("There is a roughly even chance (70%) of rain.", "word-and-number"),
    ("There is almost no chance (15%) that they come back.", "word-and-number"),
    ("It is likely (30 to 40 per cent) that the pass closes.", "word-and-number"),
    ("We judge with high confidence that the convoy is likely to be stopped.", "likelihood-and-confidence"),
    ("It is very likely, and we say so with moderate confidence, that they stay.", "likelihood-and-confidence"),
    ("With low confidence, an attack is probable.", "likelihood-and-confidence"),
    ("An attack on the crossing cannot be ruled out.", "no-bounds"),
    ("We can't rule out a further advance.", "no-bounds"),
    ("A collapse cannot be excluded.", "no-bounds"),
    ("The brigade may cross the river this week.", "no-bounds"),
    ("The brigade might cross the river this week.", "no-bounds"),
    ("The siege could end by June.", "no-bounds"),
    ("It is possible that the garrison has left.", "no-bounds"),
    ("The garrison has possibly left.", "no-bounds"),
    ("Perhaps the garrison has left.", "no-bounds"),
    ("There is a possibility that the road is mined.", "no-bounds"),
    ("THE TRUCE MAY BE OVER BY FRIDAY", "no-bounds"),
    ("They may possibly leave.", "stacked"),
    ("It is very likely probable that they leave.", "stacked"),
    ("They could perhaps return.", "stacked"),
    ("They are probably likely to return.", "stacked"),
    ("A retreat is highly likely.", "off-table"),
    ("A retreat is extremely unlikely.", "off-table"),
    ("There is a good chance that they retreat.", "off-table"),
    ("In all likelihood they retreat.", "off-table"),
    ("A retreat is virtually certain.", "off-table"),
    ("A retreat is not likely.", "off-table"),
    ("It is more likely than not that they retreat.", "off-table"),
    ("A retreat is likely. A counter-attack is improbable.", "mixed-rows"),
    ("They probably left. It is very unlikely that they return. It is likely that others do.", "mixed-rows"),
]

CLEAN = [
    "On 8 May 2019 the town fell. In May, June and July nobody left.",
    "Theresa May met the minister.",
    "Residents could not leave. Nobody could see the road; they could hear shelling.",
    "They ran as fast as they could, as soon as possible, wherever possible.",
    "It is likely (67%) that they leave.",
    "It is likely (55-80%) that they leave. It is very likely (80 %).",
    "It is likely that 30 per cent of the land is lost; 30 per cent of the land is already gone.",
    "It is likely, 30 per cent of the land being lost, that they leave.",
    "There is almost no chance (under 1%) that they leave; it is almost certain (over 99%) that they stay.",
    "The route along the river is more likely to be mined than the one by the hills.",
    "The most likely route leads south.",
    "The bridge is likely (0.5 km away) to hold, and the ford is likely (2 of 3 reports).",
    "It is likely (0.6) that they leave.",
    "There is a roughly even chance (50%) that they go.",
    "The remote village has 30 people, 30% of them children.",
    "There was a vote of no confidence. It is likely to fail.",
    "We have high confidence in this assessment. It rests on three reports.",
    "Could they leave by night?",
    "The magistrate found probable cause.",
    "The party showed its military might.",
    "Readers may copy this text. You may leave.",
]


@pytest.mark.parametrize(("text", "rule"), FAULTS)
def test_a_fault_is_found(text, rule):
    found = [f for f in lint_text(text) if f.level == "fault"]
    assert rule in [f.rule for f in found]
    assert all(f.instead for f in found)


@pytest.mark.parametrize("text", CLEAN)
def test_what_estimates_nothing_is_left_alone(text):
    assert [(f.rule, f.words) for f in lint_text(text) if f.level == "fault"] == []


@pytest.mark.parametrize(
    "text",
    [
        'He said: "They may leave, and it is likely (30%)."',
        "“It cannot be ruled out,” the minister said.",
        "The observatory warned that the town could fall.",
        "According to residents the group may leave.",
        "The group may leave, according to residents.",
    ],
)
def test_words_of_others_are_info(text):
    found = lint_text(text)
    assert found
    assert {f.level for f in found} == {"info"}


def test_our_own_judgement_that_we_judge_is_ours():
    assert [f.level for f in lint_text("We believe that they may leave.")] == ["fault"]


def test_quoted_terms_do_not_mix_with_ours():
    assert lint_text('It is likely that they stay. "Probably not," he said.') == ()


def test_places_are_of_the_file():
    text = "First line.\n\nIt is\nhighly likely that they go.\n"
    (found,) = lint_text(text)
    assert (found.line, found.column) == (4, 1)
    assert text[found.start : found.end] == "highly likely" == found.words


def test_markup_is_blanked_in_html_only():
    page = '<p title="may">It is <b>highly</b> likely.</p><script>may</script>'
    assert [(f.rule, f.start) for f in lint_text(page, html=True)] == [("off-table", page.index("highly"))]
    assert "may" in [f.words for f in lint_text(page)]
    assert lint_text("<p>They may go.</p>", html=True)[0].column == 9


def test_an_unclosed_quotation_ends_with_its_paragraph():
    text = '"They may go.\n\nThey may stay.'
    assert [f.level for f in lint_text(text)] == ["info", "fault"]


@given(st.integers(0, 1000))
def test_every_opening_of_ours_passes(thousandths):
    sentence = f"{likelihood_frame(thousandths / 1000)} the group leaves."
    assert lint_text(sentence) == ()


@given(st.floats(0, 1))
def test_a_number_fits_its_own_term_and_the_term_its_midpoint(p):
    assert agrees(likelihood_term(p), p)
    row = read_term(likelihood_term(p))
    assert likelihood_term(row.midpoint) == row.term


def test_both_rows_are_read():
    for row in likelihood_table():
        assert [read_term(words) for words in row.second] == [row] * len(row.second)
    with pytest.raises(NotFoundError, match="no term of ICD 203"):
        read_term("highly likely")


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    for f in lint_text(text):
        assert " ".join(text[f.start : f.end].split()) == f.words
        assert text.splitlines() or f.line == 1


@given(st.lists(st.sampled_from([t for t, _ in FAULTS] + CLEAN), max_size=6))
def test_a_blank_line_before_moves_lines_only(parts):
    text = "\n\n".join(parts)
    first, second = lint_text(text), lint_text("\n\n" + text)
    assert [(f.rule, f.words, f.line + 2) for f in first] == [(f.rule, f.words, f.line) for f in second]
