"""Names of every nation's forces and government in other languages, made of heads and adjectives."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from wayout.extract.naming.countries import Country, read_countries
from wayout.vocab import read_vocab

_ARTICLE = "\u0627\u0644"
_FEMININE = "\u0629"


class NationName(NamedTuple):
    """Words that name a country (``cls`` "country") or its forces or government, in a language."""

    words: str
    language: str
    iso2: str
    cls: Literal["country", "force", "government"]


@cache
def nation_names() -> tuple[NationName, ...]:
    """
    Make the names of forces and governments of the nations in ``vocab/foreign_nations.yaml``.

    Returns
    -------
    names
        A few thousand; those of countries tell only where a text plays.
    """
    vocab = read_vocab("foreign_nations.yaml")
    return tuple(_names(vocab["heads"], vocab["nations"]))


def refs_of(iso2: str, cls: str) -> str:
    """Return the id of a country's forces or government."""
    country = _by_iso()[iso2]
    return country.forces if cls == "force" else country.government


@cache
def _by_iso() -> Mapping[str, Country]:
    return {c.iso2: c for c in read_countries()}


def _names(heads: Mapping[str, Any], nations: Mapping[str, Mapping[str, Any]]) -> Iterator[NationName]:
    makers = {"ar": _arabic, "fr": _french, "ru": _slavic, "uk": _slavic, "tr": _turkish, "fa": _persian}
    for iso2, names in nations.items():
        for language, make in makers.items():
            own = names[language]
            for name in _country_names(language, own):
                yield NationName(name, language, iso2, "country")
            for cls, listed in heads[language].items():
                for words in make(listed, own):
                    yield NationName(words, language, iso2, cls)


def _country_names(language: str, own: Any) -> Sequence[str]:
    if language == "fr":
        return (own[2].split(" ", 1)[1] if " " in own[2] else own[2].removeprefix("d'"),)
    if language in ("ar", "ru", "uk"):
        return (own[1],)
    return own if isinstance(own, list) else (own,)


def _arabic(heads: Mapping[str, Sequence[str]], own: Sequence[str]) -> Iterator[str]:
    adjective = " ".join(_ARTICLE + w for w in own[0].split())
    for head in heads["adjective_m"]:
        yield f"{head} {adjective}"
    first, _, rest = adjective.partition(" ")
    for head in heads["adjective_f"]:
        yield f"{head} {first}{_FEMININE}{' ' + rest + _FEMININE if rest else ''}"
    for head in heads["country"]:
        yield f"{head} {own[1]}"


def _french(heads: Mapping[str, Sequence[str]], own: Sequence[str]) -> Iterator[str]:
    masculine, feminine, of = own
    plurals = (_french_plural(masculine), _french_plural(feminine))
    for gender, adjective in zip(("m", "f", "mp", "fp"), (masculine, feminine, *plurals), strict=True):
        for head in heads[gender]:
            yield f"{head} {adjective}"
    for head in heads["of"]:
        yield f"{head} {of}"


def _french_plural(adjective: str) -> str:
    return adjective if adjective.endswith(("s", "x", "\u00e8")) else adjective + "s"


def _slavic(heads: Mapping[str, Sequence[str]], own: Sequence[str]) -> Iterator[str]:
    for head in heads["adjective"]:
        yield f"{own[0]} {head}"
    for head in heads["of"]:
        yield f"{head} {own[1]}"


def _turkish(heads: Mapping[str, Sequence[str]], own: Sequence[str]) -> Iterator[str]:
    for nation in own:
        for head in heads["noun"]:
            yield f"{nation} {head}"


def _persian(heads: Mapping[str, Sequence[str]], own: str) -> Iterator[str]:
    for head in heads["country"]:
        yield f"{head} {own}"
