"""How much a source counts: Admiralty letters that people give, and the weights the fusion reads from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from wayout.errors import InputError
from wayout.fuse.origins.mouths import mouth_of
from wayout.fuse.origins.publishers import name_key, publisher_of
from wayout.model import Claim, Document, Judgement
from wayout.model.judgement import make_judgement
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

RATING = "rating"
"""Kind of the judgements that rate a source."""
UNKNOWN_LETTER = "F"
UNKNOWN_NUMBER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """Somebody's letter for a source: ``key`` is one for all spellings of it; F takes an earlier letter back."""

    key: str
    name: str
    letter: str
    why: str
    by: str
    made_at: datetime


def source_key(name: str) -> str:
    """
    Return one key for all spellings of a source: an actor's id where the name is known, else the folded name.

    Parameters
    ----------
    name
        A publisher or a mouth, as written or as its id.

    Returns
    -------
    key
        The same for "SOHR" and "Syrian Observatory for Human Rights".

    Raises
    ------
    InputError
        If the name holds no letter or digit.
    """
    key = name_key(name) or fold_name(name)
    if not any(c.isalnum() for c in key):
        raise InputError(f"source {name!r} has no name; give the name as 'wayout sources' lists it")
    return key


def make_rating(name: str, letter: str, why: str, by: str, made_at: datetime) -> Judgement:
    """
    Make the judgement that rates a source.

    Parameters
    ----------
    name
        The source.
    letter
        Admiralty letter, A to F.
    why, by
        The reason, and who gives it: a letter that nobody answers for is no rating.
    made_at
        When, aware.

    Returns
    -------
    judgement
        Of kind ``"rating"``, about the source's key.

    Raises
    ------
    InputError
        If the letter is none, or the reason or the name of who rates is empty.
    """
    letter = letter.strip().upper()
    if letter not in letters():
        raise InputError(f"reliability {letter!r} is no Admiralty letter; give one of {', '.join(letters())}")
    if not why.strip() or not by.strip():
        raise InputError(f"a rating of {name!r} needs a reason (--why) and who gives it (--by)")
    value = {"name": name, "letter": letter, "why": why.strip()}
    return make_judgement(kind=RATING, about=source_key(name), made_at=made_at, by=by.strip(), value=value)


def ratings_at(judgements: Iterable[Judgement], at: datetime) -> dict[str, Rating]:
    """
    Return the rating of each source as of a time: the newest made by then counts.

    Parameters
    ----------
    judgements
        Any judgements; those of other kinds are passed over. Of two made at one moment the later in the given order counts.
    at
        The time of the picture, aware.

    Returns
    -------
    ratings
        By key, sorted.

    Raises
    ------
    InputError
        If a rating cannot be read: a letter that is silently lost would change every probability.
    """
    newest: dict[str, Rating] = {}
    for judgement in judgements:
        if judgement.kind != RATING or judgement.made_at > at:
            continue
        rating = _read(judgement)
        before = newest.get(rating.key)
        if before is None or before.made_at <= rating.made_at:
            newest[rating.key] = rating
    return dict(sorted(newest.items()))


def letter_of(name: str, letter: str, ratings: Mapping[str, Rating]) -> str:
    """Return a source's letter: the rating's where there is one, else the one it came with."""
    rating = ratings.get(source_key(name)) if ratings else None
    return letter if rating is None else rating.letter


def letter_weight(letter: str) -> float:
    """
    Return the weight of a report's log-odds by its source's letter.

    Parameters
    ----------
    letter
        Admiralty letter.

    Returns
    -------
    weight
        1 for A; F (unknown) lies between C and D: it is neither trust nor distrust.
    """
    return float(read_vocab("belief_rules.yaml")["weight_by_reliability"][letter])


def number_weight(credibility: int | None) -> float:
    """
    Return the weight of a report by its Admiralty number.

    Parameters
    ----------
    credibility
        1 to 5; ``None`` or 6: cannot be judged.

    Returns
    -------
    weight
        1 where it cannot be judged: then the source's letter speaks alone.
    """
    if credibility is None or credibility == UNKNOWN_NUMBER:
        return 1.0
    return float(read_vocab("belief_rules.yaml")["weight_by_credibility"][credibility])


def weakest_rated(publisher: str, mouth: str | None) -> float:
    """
    Return the weight of a chain of a publisher and the mouth it quotes.

    Whoever passes a mouth's words on cannot make them surer, nor can a rated mouth mend a bad carrier.

    Parameters
    ----------
    publisher, mouth
        Their letters; ``None`` where the publisher speaks itself.

    Returns
    -------
    weight
        The least of the letters that are not F; that of F where both are: an unknown link is never counted as a good one.

    Examples
    --------
    >>> weakest_rated("A", "D") == letter_weight("D"), weakest_rated("F", "B") == letter_weight("B")
    (True, True)
    """
    rated = [letter_weight(x) for x in (publisher, mouth) if x is not None and x != UNKNOWN_LETTER]
    return min(rated, default=letter_weight(UNKNOWN_LETTER))


def weigh_claim(claim: Claim, document: Document, ratings: Mapping[str, Rating]) -> float:
    """
    Return the whole weight of one claim: letters of publisher and mouth, number of the report, whether its mouth is anybody.

    Parameters
    ----------
    claim
        The claim.
    document
        Its document.
    ratings
        As :func:`ratings_at` returns them.

    Returns
    -------
    weight
        Factor on the log-odds of the claim's words.
    """
    publisher = letter_of(document.source.name, document.source.reliability, ratings)
    key = mouth_of(claim.attributed_to)
    mouth = None if key is None else ratings[key].letter if key in ratings else UNKNOWN_LETTER
    weight = weakest_rated(publisher, mouth) * number_weight(claim.credibility)
    if claim.attributed_to is not None and claim.attributed_to.actor is None:
        weight *= float(read_vocab("belief_rules.yaml")["weight_unnamed_source"])
    return weight


def key_of_document(document: Document) -> str:
    """Return the key of a document's publisher; a source that nobody names has its own name's."""
    return publisher_of(document.source) or source_key(document.source.name)


def letters() -> tuple[str, ...]:
    """Return the letters in order."""
    return tuple(read_vocab("admiralty.yaml")["reliability"])


def words_of_letter(letter: str) -> str:
    """Return what a letter says, in the scale's own words."""
    return str(read_vocab("admiralty.yaml")["reliability"][letter])


def _read(judgement: Judgement) -> Rating:
    value = judgement.value()
    try:
        name, letter, why = (str(value[key]) for key in ("name", "letter", "why"))
    except (KeyError, TypeError) as error:
        raise InputError(
            f"rating {judgement.id} has no name, letter and why ({error}); it was not made here"
        ) from error
    if letter not in letters():
        raise InputError(f"rating {judgement.id} gives {letter!r}, which is no Admiralty letter; it was not made here")
    return Rating(key=judgement.about, name=name, letter=letter, why=why, by=judgement.by, made_at=judgement.made_at)
