"""
Place phrases become regions: the grammar reads the phrase, the rule's method builds the region.

``locate_phrase`` is the door; each method lives in the file of its idea (names, relations, between, frontiers, rivers, sets).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from wayout.errors import NotFoundError
from wayout.locate.composing import STEP
from wayout.locate.context import Ground, PhraseContext, Places
from wayout.locate.elsewhere import add_elsewhere
from wayout.locate.looking_up.nation_words import country_called
from wayout.locate.shaping.grammar import MAX_PHRASE, Reading, read_phrase, tidy
from wayout.locate.shaping.methods import METHODS
from wayout.model import Region
from wayout.text.names import fold_name

__all__ = ["PhraseContext", "locate_phrase"]

MAX_DEPTH = 5
"""Phrases nested deeper than this ("the road in the north of the area between ...") are not read further."""
MAX_TRIES = 400
"""Readings tried of one phrase with all that is nested in it: an ordinary one takes under thirty."""

_Asked = tuple[str, str, int, bool, tuple[tuple[str, float], ...]]


def locate_phrase(phrase: str, gazetteer: Places, context: PhraseContext) -> Region:
    """
    Locate a place phrase as a region with its doubt.

    Parameters
    ----------
    phrase
        Words as written: "between Mopti and Douentza", "the western area of the province of Herat", "the north".
    gazetteer
        What knows names and geometries.
    context
        The countries spoken of, the area under discussion, places already located.

    Returns
    -------
    region
        Weighted readings, ``where_prec``, 90 % radius, method and why.

    Raises
    ------
    NotFoundError
        If no reading of the phrase can be located; the message says which name is unknown and what to do.

    References
    ----------
    UCDP GED codebook 19.1 (Högbladh 2019), where_prec; ``docs/methods/regions.md``.
    """
    if len(phrase.strip()) > MAX_PHRASE:
        raise NotFoundError(
            f"{phrase.strip()[:60]!r}... has {len(phrase.strip())} characters, more than a place phrase has ({MAX_PHRASE}); "
            "give the words that name the place"
        )
    ground = Ground(gazetteer=gazetteer, context=context, locate=_Locator().locate)
    region = add_elsewhere(ground.locate(phrase, ground), phrase, gazetteer, context)
    step = replace(STEP, parameters=(("countries", ",".join(context.ranked_countries())), ("method", region.method)))
    return replace(region, phrase=phrase.strip(), evidence=context.evidence, made_by=step)


@dataclass(slots=True)
class _Locator:
    """Locates one phrase and those inside it: each once, and no more than so many readings in all."""

    tries: int = 0
    known: dict[_Asked, Region | NotFoundError] = field(default_factory=dict)

    def locate(self, phrase: str, ground: Ground) -> Region:
        """Locate a phrase on its ground, or recall what came of it."""
        words = _in_english(tidy(phrase), ground.gazetteer)
        spoken = tuple(sorted(ground.context.countries.items()))
        asked = (words, ground.prefer, ground.depth, bool(ground.context.senses), spoken)
        if asked not in self.known:
            try:
                self.known[asked] = self._read(words, ground)
            except NotFoundError as error:
                self.known[asked] = error
        found = self.known[asked]
        if isinstance(found, NotFoundError):
            raise found
        return found

    def _read(self, words: str, ground: Ground) -> Region:
        if not words or ground.depth > MAX_DEPTH:
            raise NotFoundError(f"{words[:80]!r} is not a place phrase that can be read; give a plain name")
        failures: list[NotFoundError] = []
        sure: tuple[str, NotFoundError] | None = None
        for found in _in_order(words):
            if sure is not None and found.rule != sure[0]:
                raise sure[1]
            self.tries += 1
            if self.tries > MAX_TRIES:
                raise NotFoundError(f"{words[:80]!r} can be read in too many ways; give fewer places at once")
            try:
                region = METHODS[found.method](found, ground)
            except NotFoundError as error:
                if found.method == "direction":
                    raise
                failures.append(error)
                if found.is_sure and sure is None:
                    sure = found.rule, error
            else:
                return replace(region, phrase=words)
        # The first failure of a relation names the unknown part; that of the whole phrase as a name says less.
        if not failures:
            raise NotFoundError(f"{words[:80]!r} is not a place phrase that can be read; give a plain name")
        telling = [e for e in failures if repr(words) not in str(e)]
        raise (telling or failures)[0]


def _in_english(words: str, gazetteer: Places) -> str:
    """Call a country by its English name where no source lists its French or Arabic one ("RDC", "السعودية")."""
    country = country_called(words)
    if country is None or any(place.country == country[0] for place, _ in gazetteer.exact(fold_name(words))):
        return words
    return country[1]


def _in_order(words: str) -> Iterator[Reading]:
    readings = list(read_phrase(words))
    structured = any(r.method not in ("exact_name", "name") for r in readings)
    for found in readings:
        if found.method == "exact_name" and not structured:
            continue  # the plain-name rule at the end does the same without asking for the very name
        yield found
