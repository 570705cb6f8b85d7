"""Every class of cue in its frames, on sentences from many theatres; and what holds of any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.extract.attribution import find_attributions
from wayout.text.english import parse_text


def spans_of(text):
    """Return (kind, cue, source, content) of the outermost attributions, as words."""
    parsed = parse_text(text)

    def words(pieces):
        return " ... ".join(parsed[a : b + 1].text for a, b in pieces)

    return [(a.kind, words(a.cue), words(a.source), words(a.content)) for a in find_attributions(parsed)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # say: clause, quotation, inversion, aside, "as"
        ("The FLA announced that it had left Kidal.", ("verb", "announced", "The FLA", "that it had left Kidal")),
        ("The bridge has fallen, said the mayor.", ("verb", "said", "the mayor", "The bridge has fallen")),
        ("As the mayor put it, the road is closed.", ("verb", "put", "the mayor", "the road is closed")),
        ("Officials have also warned that Goma could fall.", ("verb", "have also warned", "Officials", "that Goma could fall")),
        ("Envoys asked whether the crossing was open.", ("verb", "asked", "Envoys", "whether the crossing was open")),
        # manner, write
        ("Guards shouted that the gate was shut.", ("verb", "shouted", "Guards", "that the gate was shut")),
        ("The channel wrote that troops entered Toretsk.", ("verb", "wrote", "The channel", "that troops entered Toretsk")),
        # think, perceive, show
        ("Analysts believe the junta will lose Lashio.", ("verb", "believe", "Analysts", "the junta will lose Lashio")),
        ("Monitors saw that the camp was empty.", ("verb", "saw", "Monitors", "that the camp was empty")),
        ("Satellite images show that the port burned.", ("verb", "show", "Satellite images", "that the port burned")),
        # passive
        ("It is reported that Wagner left Bakhmut.", ("verb", "is reported", "", "that Wagner left Bakhmut")),
        ("M23 is said to have entered Bukavu.", ("verb", "is said", "", "M23 ... to have entered Bukavu")),
        # intend, urge, deny_doing
        ("The junta plans to retake Myawaddy.", ("intent", "plans", "The junta", "to retake Myawaddy")),
        ("The army tried to deny the loss of Wad Madani.", ("verb", "tried to deny", "The army", "the loss of Wad Madani")),
        ("The governor urged residents to leave Taiz.", ("intent", "urged", "The governor", "residents to leave Taiz")),
        ("The army denied shelling the market.", ("verb", "denied", "The army", "shelling the market")),
        # attitude, talk, regard, tell_of, accuse
        ("The UN condemned the attack on Djibo.", ("thing", "condemned", "The UN", "the attack on Djibo")),
        ("Kyiv called the vote a sham.", ("thing", "called", "Kyiv", "the vote a sham")),
        ("Aid groups regard the corridor as unsafe.", ("thing", "regard", "Aid groups", "the corridor as unsafe")),
        ("JNIM claimed responsibility for the attack.", ("verb", "claimed", "JNIM", "responsibility for the attack")),
        ("Kinshasa accused Kigali of arming M23.", ("verb", "accused", "Kinshasa", "Kigali of arming M23")),
        ("The Houthis are accused of mining the road.", ("verb", "are accused", "", "The Houthis ... of mining the road")),
        # prepositions, moved, seeming
        ("The mission called for a ceasefire.", ("thing", "called for", "The mission", "a ceasefire")),
        ("The militia called on the army to leave Goma.", ("thing", "called on", "The militia", "the army")),
        ("Photos show two burned bridges.", ("thing", "show", "Photos", "two burned bridges")),
        ("Diplomats were alarmed by the advance.", ("thing", "were alarmed by", "Diplomats", "the advance")),
        ("Fighters seem to have left Cité Soleil.", ("seeming", "seem", "", "to have left Cité Soleil")),
        # nouns, adjectives
        ("The army rejected the militia's claim that it holds Sake.", None),
        ("Turkey issued a warning that it could attack Kobani.", ("noun", "issued a warning", "Turkey", "that it could attack Kobani")),
        ("Chad's support for the rebels is known.", ("thing", "support for", "Chad's", "the rebels")),
        ("Villagers are afraid that the gang will return.", ("adjective", "are afraid", "Villagers", "that the gang will return")),
        # the words of judging, wording and refusing; particles; prepositions
        ("The junta reprimanded two generals in Lashio.", ("thing", "reprimanded", "The junta", "two generals in Lashio")),
        ("The mayor articulated the fears of Goma.", ("thing", "articulated", "The mayor", "the fears of Goma")),
        ("Envoys outlined how the corridor would work.", ("thing", "outlined", "Envoys", "how the corridor would work")),
        ("Tribal elders boycotted the talks in Marib.", ("thing", "boycotted", "Tribal elders", "the talks in Marib")),
        ("The minister lashed out at the blockade.", ("thing", "lashed out at", "The minister", "the blockade")),
        ("The army played down the loss of Kidal.", ("thing", "played down", "The army", "the loss of Kidal")),
        ("The churches appealed for calm.", ("thing", "appealed for", "The churches", "calm")),
        ("An allegation rejected by the army spread in Kosti.", ("thing", "rejected", "the army", "An allegation")),
        # the chain of verbs, also of those that are no cue
        ("The colonel managed to explain the retreat.", ("thing", "managed to explain", "The colonel", "the retreat")),
        # nouns that tell only of somebody
        ("The bishop unleashed a tirade against the gangs.", ("thing", "unleashed a tirade against", "The bishop", "the gangs")),
        ("Traders are apprehensive about the new checkpoint.", ("adjective", "are apprehensive about", "Traders", "the new checkpoint")),
        # phrases
        ("According to the UN, Sinja is calm.", ("according", "According to", "the UN", "Sinja is calm")),
        ("Army: rebels withdrew from Lashio overnight", ("colon", ":", "Army", "rebels withdrew from Lashio overnight")),
    ],
)  # fmt: skip
def test_a_class_in_its_frame(text, expected):
    found = spans_of(text)
    if expected is None:
        assert len(found) == 1
    else:
        assert expected in found


@pytest.mark.parametrize(
    "text",
    [
        "A tirade against the gangs was heard in Cap-Haïtien.",  # nobody's
        "The army took on the rebels near Sake.",  # an act, no words
        "The general turned on his radio in Kosti.",
    ],
)
def test_words_of_speech_that_nobody_speaks(text):
    assert not [kind for kind, *_ in spans_of(text) if kind in ("thing", "verb")]


def test_nobody_claims_what_he_rejects_claims_of():
    (outer,) = find_attributions(parse_text("The SAF rejected claims that the RSF had taken Nyala."))
    assert outer.kind == "denial"
    assert [a.source_head for a in outer.inner] == [None]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Officials, speaking on condition of anonymity, said the convoy left Sanaa.", "Officials"),
        ("The ministry's spokesman Ali Nasser told Reuters the port was open.", "The ministry's spokesman Ali Nasser"),
        (
            "The port is open, said Ali Nasser, a spokesman for the ministry.",
            "Ali Nasser, a spokesman for the ministry",
        ),
        ("Sources close to the presidency said the troops left Kidal.", "Sources close to the presidency"),
    ],
)
def test_a_source_with_what_describes_it(text, source):
    assert ("verb", source) in [(kind, who) for kind, _, who, _ in spans_of(text)]


def test_a_quotation_goes_on_behind_its_speaker():
    text = "\u201cWe hold the town,\u201d a spokesman said. \u201cNobody has left. Nobody will.\u201d"
    assert spans_of(text) == [
        ("verb", "said", "a spokesman", "\u201cWe hold the town,\u201d ... \u201cNobody has left. Nobody will.\u201d")
    ]


def test_a_quotation_goes_on_behind_an_aside():
    text = "\u201cThe road is open,\u201d the driver said, \u201cbut nobody takes it.\u201d"
    assert spans_of(text) == [
        ("verb", "said", "the driver", "\u201cThe road is open,\u201d ... \u201cbut nobody takes it.\u201d")
    ]


def test_saying_it_points_at_no_sentence():
    kinds = [kind for kind, *_ in spans_of("The army left Kosti. The mayor said it. Residents confirmed this.")]
    assert kinds.count("deictic") == 1


def test_a_quotation_without_a_speaker_is_nobodys_word():
    assert [kind for kind, *_ in spans_of('The sign reads: "All roads to the north of here are closed."')] != []
    assert spans_of('"All roads to the north are closed now."')[0][0] == "quotation"


def test_two_tellings_of_one_speaker_are_two():
    found = spans_of("The governor said the town had fallen and warned that rebels were moving south.")
    assert [(cue, source) for _, cue, source, _ in found] == [("said", "The governor"), ("warned", "The governor")]


def test_what_is_told_in_what_is_told_is_inside():
    (outer,) = find_attributions(parse_text("Media reported that residents said the army had left Kosti."))
    assert len(outer.inner) == 1
    assert outer.holds(outer.inner[0].cue_head)
    assert list(outer.with_inner()) == [outer, outer.inner[0]]


_WORDS = st.sampled_from(
    ["The army", "said", "that", "denied", "\u201c", "\u201d", '"', "it", "claims", "of", "to", "according to", "left",
     "Goma", ".", ",", ":", "\n\n", "reportedly", "was", "accused", "and", "who", "''", "\u202b", "\U0001f6d1", "X"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=30).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_pieces_lie_in_order_inside_the_text_and_never_share_a_word(text):
    parsed = parse_text(text)
    for top in find_attributions(parsed):
        for spans in top.with_inner():
            taken = [i for role in (spans.cue, spans.source, spans.content) for a, b in role for i in range(a, b + 1)]
            assert len(taken) == len(set(taken))
            assert all(0 <= i < len(parsed) for i in taken)
            assert spans.content
            for role in (spans.cue, spans.source, spans.content):
                assert list(role) == sorted(role)
