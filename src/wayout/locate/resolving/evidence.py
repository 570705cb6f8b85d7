"""Evidence for the places of all names of a text, as arrays: countries and divisions spoken of, nearness, what the text says."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from wayout.geo.sphere import EARTH_KM, sphere_km
from wayout.locate.resolving.constants import constant
from wayout.locate.resolving.links import Link, links_of
from wayout.locate.resolving.nodes import FINE_KINDS, Node
from wayout.model import Place

FOREIGN = {"admin1": "foreign_division", "populated_place": "foreign_town"}
"""What a place of a kind loses in a country that nobody speaks of: names of constants."""
WIDE_KINDS = frozenset({"sea", "continent", "region"})
FAR_TOWN_KM, FAR_DIVISION_KM, FAR_REGION_KM = 15.0, 80.0, 300.0
"""A place this close to a town, to the label of a second-order division, or of a region, may lie in it."""


class Evidence:
    """
    All candidates of all names of a text.

    Candidates are rows, in the order of the nodes; ``first[i]`` to ``first[i + 1]`` are those of node ``i``.
    """

    def __init__(self, text: str, nodes: Sequence[Node]) -> None:
        """Lay out what does not change while names are settled."""
        self.nodes = nodes
        self.places = [place for node in nodes for place in node.places]
        self.first = np.cumsum([0, *(len(node.places) for node in nodes)])
        self.node_of = np.repeat(np.arange(len(nodes)), np.diff(self.first))
        self.prior = np.array([worth for node in nodes for worth in node.priors], float)
        self.unlisted = constant("unlisted") + np.array([node.unlisted for node in nodes], float)
        self.country, self.n_countries = _numbered([place.country for place in self.places])
        self.division, self.n_divisions = _numbered([place.admin1 for place in self.places])
        self.is_fine = np.array([place.kind in FINE_KINDS for place in self.places], bool)
        losses = {kind: constant(name) for kind, name in FOREIGN.items()}
        self.foreign_loss = np.array([losses.get(place.kind, 0.0) for place in self.places], float)
        self.is_wide = np.array([place.kind in WIDE_KINDS for place in self.places], bool)
        self.says = [node.says * math.sqrt(max(1, len(node.mentions))) for node in nodes]
        self.bearing = _bearing(nodes) * np.array(self.says)[None, :]
        self.whole = self.bearing.sum(1, keepdims=True) + constant("silence")
        self.close = self._close()
        self.links = [(link, self._inside(link)) for link in links_of(text, nodes)]

    def shares(self, p: Any, group: Any, n: int) -> Any:
        """Return the share of each country or division in what stands round each name, its own vote left out: (nodes, n + 1)."""
        votes = np.zeros((len(self.nodes), n + 1))
        np.add.at(votes, (self.node_of, group), p)
        votes[:, n] = 0.0  # places without one
        return (self.bearing @ votes) / self.whole

    def spoken(self, p: Any) -> dict[str, float]:
        """Return the share of each country in the whole text, most first."""
        votes: dict[str, float] = {}
        for place, weight, i in zip(self.places, p, self.node_of, strict=True):
            if place.country:
                votes[place.country] = votes.get(place.country, 0.0) + float(weight) * self.says[i]
        total = math.fsum(votes.values())
        return {code: votes[code] / total for code in sorted(votes, key=lambda code: (-votes[code], code))}

    def foreign(self, p: Any) -> Any:
        """Tell which names mean a place in a country that nothing else speaks of, while others are spoken of: (nodes,)."""
        around = self.shares(p, self.country, self.n_countries)
        around[:, self.n_countries] = 1.0  # seas and continents are foreign nowhere
        best = np.zeros(len(self.nodes), int)
        best[self.node_of[np.argsort(p, kind="stable")]] = np.argsort(p, kind="stable")
        at_best = around[np.arange(len(self.nodes)), self.country[best]]
        most = around[:, :-1].max(1) if self.n_countries else np.zeros(len(self.nodes))
        return (at_best < constant("foreign_share")) & (most > constant("respelt_share"))

    def score(self, p: Any) -> tuple[Any, Any]:
        """
        Weigh every candidate, given how likely all are by now.

        Parameters
        ----------
        p
            (candidates,): probability of each within its name.

        Returns
        -------
        score
            (candidates,): log10 of how readily it is meant here.
        unlisted
            (nodes,): the same for a place that no source lists.
        """
        countries = self.shares(p, self.country, self.n_countries)
        divisions = self.shares(p, self.division, self.n_divisions)
        score = self.prior + constant("country") * np.sqrt(countries[self.node_of, self.country])
        score += self._of_divisions(divisions)
        wide = self.prior[self.is_wide] + constant("everywhere")
        score[self.is_wide] = np.maximum(score[self.is_wide], wide)
        score += self._nearness(p)
        own = countries[self.node_of, self.country]
        is_foreign = (own < constant("foreign_share")) & (countries.max(1)[self.node_of] > constant("respelt_share"))
        score -= np.where(is_foreign, self.foreign_loss, 0.0)
        unlisted = self.unlisted + constant("country") * np.sqrt(self._home_share(countries))
        for link, inside in self.links:
            i, o = slice(*self.first[link.inner : link.inner + 2]), slice(*self.first[link.outer : link.outer + 2])
            score[i] += link.worth * (inside @ p[o])
            score[o] += link.worth * (p[i] @ inside)
            unlisted[link.inner] += constant("unlisted_inside") * link.worth * link.stated
        return score, unlisted

    def _home_share(self, shares: Any) -> Any:
        """Return the share of the country where an unlisted place of each name would be: of a namesake's if spoken of, else the first."""
        most = shares.max(1)
        of_namesakes = np.maximum.reduceat(shares[self.node_of, self.country], self.first[:-1])
        return np.where(of_namesakes >= constant("respelt_share"), of_namesakes, most)

    def _of_divisions(self, shares: Any) -> Any:
        """Weigh how much is said of each candidate's first-order division: it is to tell towns apart, and half as much areas."""
        own = constant("division") * np.sqrt(shares[self.node_of, self.division])
        most = constant("division") * np.sqrt(shares.max(1))[self.node_of]
        is_regional = self.is_wide & (self.country < self.n_countries)
        # A region gets what the division most spoken of gets: which divisions it holds is not known here.
        return np.where(self.is_fine, own, np.where(is_regional, most, own) / 2)

    def _nearness(self, p: Any) -> Any:
        """Weigh how near each fine candidate lies to likely places of other names."""
        pull = np.zeros(len(self.places))
        if self.close is None:
            return pull
        rows = self.fine_rows
        top = np.maximum.reduceat(p, self.first[:-1])[self.node_of[rows]]
        odds = np.power(p[rows] / top, constant("near_odds"))
        of = self.node_of[rows]
        near = (self.close * self.bearing[of][:, of]) @ odds
        pull[rows] = constant("near") * (1 - np.exp(-constant("near_gain") * near))
        return self._share_with_areas(pull)

    def _share_with_areas(self, pull: Any) -> Any:
        """Give an area part of what the town of its name in the same country gets: nearness is to tell towns apart."""
        best = np.zeros((len(self.nodes), self.n_countries + 1))
        np.maximum.at(best, (self.node_of, self.country), pull)
        best[:, self.n_countries] = 0.0
        return np.where(self.is_fine, pull, constant("near_area") * best[self.node_of, self.country])

    def _close(self) -> Any:
        """Return 1 for candidates in one place, falling with the square of their distance; ``None`` without fine candidates."""
        self.fine_rows = np.flatnonzero(self.is_fine)
        if not len(self.fine_rows):
            return None
        lon = np.radians([self.places[i].lon for i in self.fine_rows])
        lat = np.radians([self.places[i].lat for i in self.fine_rows])
        xyz = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1).astype(np.float32)
        chord2 = np.maximum(2 - 2 * (xyz @ xyz.T), 0)
        return 1 / (1 + chord2 * np.float32((EARTH_KM / constant("near_reach_km")) ** 2))

    def _inside(self, link: Link) -> Any:
        """Return 1 where a candidate of the inner name lies in one of the outer, (inner candidates, outer candidates)."""
        rows = [self.places[k] for k in range(*self.first[link.inner : link.inner + 2])]
        columns = [self.places[k] for k in range(*self.first[link.outer : link.outer + 2])]
        return np.array([[float(lies_in(x, y, in_town=link.stated)) for y in columns] for x in rows])


def lies_in(inner: Place, outer: Place, *, in_town: bool = False) -> bool:
    """Tell whether a place lies in an area, or ``in_town`` at a town, as far as their entries say."""
    if inner.id == outer.id:
        return False
    if outer.kind == "populated_place":
        return in_town and inner.kind in FINE_KINDS and _apart_km(inner, outer) <= FAR_TOWN_KM
    if outer.kind == "country":
        return inner.country == outer.country
    if outer.kind == "admin1":
        return inner.admin1 is not None and inner.admin1 == outer.admin1
    if outer.kind == "admin2" and inner.kind in FINE_KINDS:
        return inner.admin1 == outer.admin1 and _apart_km(inner, outer) <= FAR_DIVISION_KM
    return outer.kind == "region" and inner.kind in FINE_KINDS and _apart_km(inner, outer) <= FAR_REGION_KM


def _apart_km(one: Place, other: Place) -> float:
    """Return the distance on the sphere, km: whether places are near needs no ellipsoid."""
    return sphere_km(one.lon, one.lat, other.lon, other.lat)


def _numbered(codes: Sequence[str | None]) -> tuple[Any, int]:
    """Number the codes; what has none gets the number after the last."""
    at = {code: i for i, code in enumerate(sorted({code for code in codes if code}))}
    return np.array([at[code] if code else len(at) for code in codes], int), len(at)


def _bearing(nodes: Sequence[Node]) -> Any:
    """Return how much each name (column) bears on each other (row): more beside it than elsewhere, none on itself."""
    n = len(nodes)
    bearing = np.full((n, n), constant("same_document"))
    written = [i for i, node in enumerate(nodes) if node.mentions]
    if written:
        starts = np.array([start for i in written for start, _ in nodes[i].mentions])
        first = np.cumsum([0, *(len(nodes[i].mentions) for i in written)])[:-1]
        apart = np.abs(starts[:, None] - starts[None, :])
        least = np.minimum.reduceat(np.minimum.reduceat(apart, first, 0), first, 1)
        bearing[np.ix_(written, written)] += np.exp(-least / constant("text_reach"))
    np.fill_diagonal(bearing, 0.0)
    return bearing
