"""Read the actor knowledge: curated files by theatre, merged with the two actors that every country has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args

from wayout.errors import VocabularyError
from wayout.extract.naming.built_actors import SHARED, read_source, source_names
from wayout.extract.naming.countries import read_countries, state_actors
from wayout.model.actor import Actor, ActorKind
from wayout.model.identity import ActorId

_KEYS = frozenset(
    [
        "id",
        "name",
        "kind",
        "aliases",
        "acronyms",
        "misspellings",
        "scripts",
        "metonyms",
        "descriptions",
        "parent",
        "country",
        "theatres",
        "years",
        "opponents",
        "allies",
        "ucdp",
        "sources",
    ]
)
_KINDS = frozenset(get_args(ActorKind))
_TUPLES = ("aliases", "acronyms", "metonyms", "descriptions", "theatres", "opponents", "allies", "ids", "sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorFile:
    """All known actors in order of precedence (curated first), and the countries of each theatre."""

    actors: tuple[Actor, ...]
    theatres: Mapping[str, tuple[str, ...]]


@cache
def read_actor_file() -> ActorFile:
    """
    Read ``vocab/actors/*.yaml`` and ``vocab/countries.yaml``.

    Returns
    -------
    file
        Curated actors first, then the governments and forces of all other countries.

    Raises
    ------
    VocabularyError
        If a record has an unknown key, kind, parent, opponent, ally, theatre or source, or an id occurs twice.
    """
    keys = read_source("actors/_keys.yaml")
    sources: dict[str, str] = keys["sources"]
    curated: dict[str, Actor] = {}
    for name in source_names():
        for block in read_source(name)["blocks"] if name not in SHARED else ():
            for record in block["actors"]:
                actor = _actor({**block["defaults"], **record}, sources, name)
                if actor.id in curated:
                    raise VocabularyError(f"actor id {actor.id!r} of {name} occurs twice; give one another id")
                curated[actor.id] = actor
    actors = _with_states(curated)
    _check(actors, keys["theatres"])
    return ActorFile(actors=actors, theatres={t: tuple(c) for t, c in keys["theatres"].items()})


def _actor(record: Mapping[str, Any], sources: Mapping[str, str], file: str) -> Actor:
    unknown = sorted(set(record) - _KEYS)
    if unknown or record["kind"] not in _KINDS:
        raise VocabularyError(
            f"actor {record['id']!r} of {file} has the unknown key or kind {unknown or record['kind']!r}; "
            "see docs/methods/actors.md for the keys"
        )
    first, last = record.get("years", (None, None))
    aliases = (*record.get("aliases", ()), *record.get("misspellings", ()), *record.get("scripts", ()))
    return Actor(
        id=ActorId(record["id"]),
        name=record["name"],
        kind=record["kind"],
        aliases=tuple(dict.fromkeys(aliases)),
        acronyms=tuple(record.get("acronyms", ())),
        metonyms=tuple(record.get("metonyms", ())),
        descriptions=tuple(record.get("descriptions", ())),
        parent=record.get("parent"),
        country=record.get("country"),
        theatres=tuple(record["theatres"]),
        active_from=first,
        active_to=last,
        opponents=tuple(record.get("opponents", ())),
        allies=tuple(record.get("allies", ())),
        ids=(("ucdp", str(record["ucdp"])),) if "ucdp" in record else (),
        sources=tuple(sources[s] for s in record["sources"] if s != "ucdp" or "ucdp" in record),
    )


def _with_states(curated: Mapping[str, Actor]) -> tuple[Actor, ...]:
    """Add every country's government and forces; a curated record of the same id keeps its place and words."""
    merged = dict(curated)
    ucdp: Mapping[str, int] = read_source("ucdp_governments.yaml")["governments"]
    for country in read_countries():
        for made in state_actors(country, ucdp.get(country.iso2)):
            merged[made.id] = _merge(merged[made.id], made) if made.id in merged else made
    return tuple(merged.values())


def _merge(ours: Actor, made: Actor) -> Actor:
    both: dict[str, Any] = {k: tuple(dict.fromkeys((*getattr(ours, k), *getattr(made, k)))) for k in _TUPLES}
    if made.name != ours.name:
        both["aliases"] = (*both["aliases"], made.name)
    return replace(ours, parent=ours.parent or made.parent, country=ours.country or made.country, **both)


def _check(actors: Iterable[Actor], theatres: Mapping[str, Any]) -> None:
    known = {a.id for a in actors}
    for actor in actors:
        missing = [
            i for i in (*actor.opponents, *actor.allies, *((actor.parent,) if actor.parent else ())) if i not in known
        ]
        if missing or not set(actor.theatres) <= set(theatres):
            raise VocabularyError(
                f"actor {actor.id!r} names the unknown parent, opponent, ally or theatre "
                f"{missing or sorted(set(actor.theatres) - set(theatres))}; add it or correct the spelling"
            )
