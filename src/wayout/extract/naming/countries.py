"""The countries of the world as texts name them, and the government and forces each of them has."""

from dataclasses import dataclass
from functools import cache

from wayout.extract.naming.built_actors import read_source
from wayout.model.actor import Actor
from wayout.model.identity import ActorId
from wayout.text.names import fold_name

SOURCE = "ISO 3166-1 and Gleditsch-Ward list, vocab/countries.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country: ISO 3166-1 alpha-2, names, adjectives ("Malian"), people ("Malians") and seats of government."""

    iso2: str
    gw: int | None
    name: str
    also: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]

    @property
    def government(self) -> ActorId:
        """Id of its government."""
        return ActorId(f"government-of-{self.slug}")

    @property
    def forces(self) -> ActorId:
        """Id of its armed and security forces."""
        return ActorId(f"armed-forces-of-{self.slug}")

    @property
    def slug(self) -> str:
        """Name as part of an id."""
        return fold_name(self.name).replace(" ", "-")


@cache
def read_countries() -> tuple[Country, ...]:
    """
    Read the countries of the world.

    Returns
    -------
    countries
        In the order of their ISO codes.
    """
    return tuple(
        Country(
            iso2=c["iso2"],
            gw=c["gw"],
            name=c["name"],
            also=tuple(c["also"]),
            adjectives=tuple(c["adjectives"]),
            people=tuple(c["people"]),
            capitals=tuple(c["capitals"]),
        )
        for c in read_source("countries.yaml")["countries"]
    )


def state_actors(country: Country, ucdp: int | None) -> tuple[Actor, Actor]:
    """
    Make the two actors that every country has: its government, and its forces as that government's child.

    Parameters
    ----------
    country
        The country.
    ucdp
        UCDP id of its government, ``None`` where UCDP lists none.

    Returns
    -------
    government, forces
        Two records; a curated record of the same id adds to them.
    """
    ids = (*((("ucdp", str(ucdp)),) if ucdp is not None else ()), *((("gw", str(country.gw)),) if country.gw else ()))
    first = country.adjectives[0] if country.adjectives else country.name
    government = Actor(
        id=country.government,
        name=f"Government of {country.name}",
        kind="state",
        aliases=tuple(f"Government of {n}" for n in country.also),
        metonyms=country.capitals,
        country=country.iso2,
        ids=ids,
        sources=(SOURCE,),
    )
    forces = Actor(
        id=country.forces,
        name=f"{first} Armed Forces",
        kind="state_force",
        aliases=(f"Armed Forces of {country.name}",),
        parent=country.government,
        country=country.iso2,
        sources=(SOURCE,),
    )
    return government, forces
