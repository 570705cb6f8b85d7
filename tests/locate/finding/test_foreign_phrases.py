"""Every pattern that cuts a French or Arabic phrase has a sentence: [names] are given, the {phrase} is to be cut."""

import re

import pytest

from wayout.locate.finding import phrase_spans
from wayout.locate.finding.phrase_spans import widen

SENTENCES = {
    "fr": [
        "Un camp se trouve {à 30 km à l'ouest de [Ménaka]} depuis mai.",
        "L'épave gît {à une vingtaine de kilomètres de [Djibo]}.",
        "Ils longent {la frontière entre le [Tchad] et le [Soudan]} à pied.",
        "Ils longent {la frontière qui sépare le [Mali] du [Niger]}.",
        "On a fermé {la frontière avec le [Burkina Faso]}.",
        "On a fermé {la frontière [Tchad]-[Soudan]} hier.",
        "On a fermé {la frontière malienne} et {la frontière nigéro-malienne}.",
        "Des tirs à {la frontière est du [Tchad]} inquiètent.",
        "Ils tiennent {la route reliant [Kaya] à [Dori]}.",
        "Ils tiennent {la route nationale 27 entre [Bunia] et [Mambasa]}.",
        "Ils tiennent {l’axe [Sévaré]-[Douentza]}.",
        "Ils tiennent {la route de [Bamako]}.",
        "Un avion est tombé {entre [Gao], [Kidal] et [Ménaka]}.",
        "Un avion est tombé {à mi-chemin entre [Bangui] et [Bria]}.",
        "Ils campent sur {la rive gauche du [Niger]}.",
        "Ils campent {au confluent du [Nil Bleu] et du [Nil Blanc]}.",
        "Ils campent {en aval de [Mopti]}.",
        "Le navire brûle {au large de [Misrata]}.",
        "Il pleut sur {la côte du [Mozambique]} et sur {les côtes libyennes}.",
        "Il pleut sur {la banlieue nord de [Port-au-Prince]}.",
        "Il pleut {non loin de [Butembo]}.",
        "Il pleut sur {la partie est du [Burkina Faso]}.",
        "Ils sont {au nord de [Djibo]} et {à l'est d'[Abéché]}.",
        "Il pleut sur {le nord-est du [Nigeria]}.",
        "Il pleut sur {l'est congolais} et sur {le nord malien}.",
        "Il pleut sur {le centre du [Mali]}.",
        "Il pleut sur {le cercle de [Bandiagara]}.",
        "Ils sont entrés sur {le territoire rwandais}.",
        "Il pleut sur {le nord de la région de [Tillabéri]}.",
    ],
    "ar": [
        "وقع الهجوم {على بعد 30 كم غرب [الفاشر]} أمس",
        "وقع الهجوم {على بعد عشرين كيلومتراً من [صنعاء]}",
        "عبروا {الحدود بين [السودان] و[تشاد]} ليلا",
        "عبروا {الحدود مع [تركيا]} ليلا",
        "عبروا {الحدود السورية العراقية} ليلا",
        "عبروا {الحدود اليمنية} ليلا",
        "قطعوا {الطريق بين [حمص] و[حماة]}",
        "قطعوا {الطريق الدولي من [دمشق] إلى [حلب]}",
        "قطعوا {طريق [دمشق] - [درعا]}",
        "تدور معارك {بين [عدن] و[تعز]} منذ يوم",
        "وصلوا {الضفة اليسرى من نهر [دجلة]}",
        "قصفوا {ريف [حلب] الشمالي}",
        "قصفوا {ضواحي [الخرطوم]}",
        "سقطت طائرة {بالقرب من [مصراتة]}",
        "غرق قارب قبالة {سواحل [الحديدة]}",
        "هدوء في {وسط [سوريا]} اليوم",
        "هدوء و{شمال [حلب]} ب{ريف [إدلب]}",
        "هدوء في {الشمال السوري} وفي {الساحل السوري}",
        "هدوء في {محافظة [صلاح الدين]}",
    ],
}


def _read(sentence: str) -> tuple[str, list[tuple[int, int]], list[str]]:
    """Take the marks out of a sentence; return it with the spans of its names, and its phrases."""
    text, names, phrases, opened = "", [], [], {}
    for piece in re.split(r"([\[\]{}])", sentence):
        if piece in ("[", "{"):
            opened[piece] = len(text)
        elif piece == "]":
            names.append((opened["["], len(text)))
        elif piece == "}":
            phrases.append(text[opened["{"] :])
        else:
            text += piece
    return text, names, phrases


@pytest.mark.parametrize(("language", "sentence"), [(lang, s) for lang, rows in SENTENCES.items() for s in rows])
def test_a_phrase_is_cut_where_it_begins_and_ends(language: str, sentence: str) -> None:
    text, names, phrases = _read(sentence)
    assert [text[a:b] for a, b in widen(text, names, (), language)] == phrases


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_every_pattern_is_used_by_a_sentence(language: str) -> None:
    masked = []
    for sentence in SENTENCES[language]:
        text, names, phrases = _read(sentence)
        for spans in (names, [(text.index(p), text.index(p) + len(p)) for p in phrases]):
            letters = list(text)
            for a, b in spans:
                letters[a:b] = phrase_spans.HEAD + phrase_spans.REST * (b - a - 1)
            masked.append(
                phrase_spans._part_joined("".join(letters), language) if language == "ar" else "".join(letters)
            )
    idle = [r.written for r in phrase_spans._patterns(language) if not any(r.pattern.search(m) for m in masked)]
    assert idle == []


def test_no_phrase_holds_what_is_shut() -> None:
    text = "Ils sont au nord de Djibo"
    assert widen(text, [(20, 25)], [(9, 13)], "fr") == [(20, 25)]
