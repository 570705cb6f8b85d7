"""What is known when a phrase is located: the countries spoken of, the area under discussion, places already found."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, Self

from shapely.geometry.base import BaseGeometry

from wayout.model import Place, PlaceKind, PlaceRole, Region, Span

Preference = Literal["any", "point", "area", "line"]
Sense = tuple[tuple[Place, float], ...]
"""What a name means in a report: places with weights that sum to one, best first."""


class Places(Protocol):
    """What LOCATE asks of a gazetteer."""

    def __hash__(self) -> int:
        """Answers are kept by gazetteer."""
        ...

    def find(
        self, name: str, *, countries: Sequence[str] = (), kinds: Collection[PlaceKind] = (), fuzzy: bool = False
    ) -> tuple[Place, ...]:
        """Return the places a name may mean, best first; ``fuzzy`` allows misspellings in ``countries``."""
        ...

    def rank(self, name: str, shares: Mapping[str, float]) -> tuple[tuple[Place, float], ...]:
        """Return the places a name may mean with their worth (log10), best first, given how much is said of each country."""
        ...

    def exact(self, key: str) -> tuple[tuple[Place, int], ...]:
        """Return the places of exactly this folded name, and which of their names it is."""
        ...

    def largest_town(self, admin1: str) -> Place | None:
        """Return the populated place of a first-order division with the most inhabitants."""
        ...

    def geometry(self, place: Place) -> BaseGeometry:
        """Return a place's geometry, lon/lat."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseContext:
    """
    What surrounds a phrase.

    ``countries``: ISO 3166-1 codes with weights, those the report speaks of (any scale). ``area``: the area under discussion.
    ``near``: places already located in the report. ``role``: how the claim uses the phrase. ``evidence``: its spans. ``senses``: what
    the names of the report mean, by folded name, as all of them together say. ``beside``: for names that no source lists, the place
    the report sets them at; ``inside``: those of them that it says they lie in. ``possible``: for names of which the
    report seems to mean no listed place, the ids of those that it may mean all the same.
    """

    countries: Mapping[str, float] = field(default_factory=dict)
    area: Region | None = None
    near: tuple[Place, ...] = ()
    role: PlaceRole = "at"
    evidence: tuple[Span, ...] = ()
    senses: Mapping[str, Sense] = field(default_factory=dict)
    beside: Mapping[str, Place] = field(default_factory=dict)
    inside: Mapping[str, Place] = field(default_factory=dict)
    possible: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def ranked_countries(self, least_share: float = 0.0) -> tuple[str, ...]:
        """List the countries spoken of at least so much as a share of the most spoken of, most first."""
        least = least_share * max(self.countries.values(), default=0.0)
        spoken = [code for code in self.countries if self.countries[code] >= least]
        return tuple(sorted(spoken, key=lambda code: (-self.countries[code], code)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A gazetteer, a context, how deep in a nested phrase we are, and the way to locate the phrases inside it."""

    gazetteer: Places
    context: PhraseContext
    locate: Callable[[str, "Ground"], Region]
    depth: int = 0
    prefer: Preference = "any"

    def inner(self, phrase: str, prefer: Preference = "any", *, countries: Sequence[str] = ()) -> Region:
        """Locate a phrase inside this one, preferring points or areas; ``countries`` narrows the context."""
        context = self.context
        if countries:
            # What a name means in the report gives way to what the phrase itself says: "Tripoli, Lebanon".
            context = replace(context, countries=dict.fromkeys(countries, 1.0), senses={})
        return self.locate(phrase, self.deeper(prefer, context))

    def deeper(self, prefer: Preference, context: PhraseContext) -> Self:
        """Go one level down."""
        return replace(self, depth=self.depth + 1, prefer=prefer, context=context)
