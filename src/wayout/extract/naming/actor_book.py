"""The book of known actors: look up by id or by name, and weigh actors that share a name by year and theatre."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache

from wayout.errors import NotFoundError
from wayout.extract.naming.actor_file import ActorFile, read_actor_file
from wayout.extract.naming.countries import read_countries
from wayout.extract.naming.name_index import NameIndex
from wayout.extract.tokens import cut_words
from wayout.model.actor import Actor
from wayout.model.identity import ActorId

UNKNOWN = "unknown:"
"""Prefix of the ref of a name that is in no file."""
YEARS_OF_GRACE = 1
"""Reports name a group shortly before its listed start and after its listed end."""
_NOWHERE_SAID = 0.5
"""Share of a theatre in a text that names no country."""
_ANYWHERE = 0.3
"""Share of the whole world's actors (agencies, the press) in a text that names countries: less than a theatre it is about."""
_MIN_FUZZY = 8
_LONG_FUZZY = 14
"""Letters from which one, and two, wrong letters are forgiven (our choice; shorter names collide)."""
_FUZZY_KINDS = frozenset(("non_state_armed_group", "state_aligned_militia", "person", "humanitarian_organisation"))


class ActorBook:
    """
    Known actors, by id and by name.

    Parameters
    ----------
    file
        Actors in order of precedence, and the countries of each theatre.
    """

    def __init__(self, file: ActorFile) -> None:
        self._actors = {a.id: a for a in file.actors}
        self._order = {a.id: i for i, a in enumerate(file.actors)}
        self._theatres = file.theatres

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All known actors in order of precedence."""
        return tuple(self._actors.values())

    @cached_property
    def index(self) -> NameIndex:
        """The trie of their names."""
        return NameIndex(self.actors)

    def by_id(self, ref: str) -> Actor:
        """
        Return the actor of an id.

        Parameters
        ----------
        ref
            An id of the actor files.

        Returns
        -------
        actor
            The record.

        Raises
        ------
        NotFoundError
            If no actor has the id.
        """
        try:
            return self._actors[ActorId(ref)]
        except KeyError:
            raise NotFoundError(
                f"no actor has the id {ref!r}; ids are listed in vocab/actors, names are looked up by resolve()"
            ) from None

    def actor(self, ref: str) -> Actor:
        """Return the actor of an id, or a record of kind "unknown" for an ``unknown:`` ref."""
        if ref.startswith(UNKNOWN):
            return Actor(id=ActorId(ref), name=ref.removeprefix(UNKNOWN), kind="unknown", sources=("named in a text",))
        return self.by_id(ref)

    def countries_of(self, actor: Actor) -> tuple[str, ...]:
        """Return the ISO countries of an actor's theatres and its own; empty for an actor of the whole world."""
        if "world" in actor.theatres:
            return ()
        countries = [c for t in actor.theatres for c in self._theatres[t]]
        return tuple(dict.fromkeys((*([actor.country] if actor.country else []), *countries)))

    def side_of(self, ref: str) -> str:
        """Return the outermost parent of an actor, with which its deeds are counted ("Tiger Forces" -> government)."""
        seen = {ref}
        while not ref.startswith(UNKNOWN) and (parent := self._actors[ActorId(ref)].parent) and parent not in seen:
            ref = parent
            seen.add(ref)
        return ref

    def persons_called(self, office: str) -> tuple[Actor, ...]:
        """Return the persons whose record lists an office or rank among their descriptions."""
        return self._called.get(office, ())

    @cached_property
    def _called(self) -> Mapping[str, tuple[Actor, ...]]:
        called: dict[str, list[Actor]] = {}
        for actor in self.actors:
            for office in actor.descriptions if actor.kind == "person" else ():
                called.setdefault(office, []).append(actor)
        return {office: tuple(persons) for office, persons in called.items()}

    def states_of(self, iso2: str) -> tuple[str, ...]:
        """Return the ids of a country's government, its forces and other state bodies."""
        return self._states.get(iso2, ())

    @cached_property
    def _states(self) -> Mapping[str, tuple[str, ...]]:
        states: dict[str, list[str]] = {}
        for actor in self.actors:
            if actor.country and actor.kind in ("state", "state_force"):
                states.setdefault(actor.country, []).append(actor.id)
        return {iso2: tuple(ids) for iso2, ids in states.items()}

    def same_side(self, one: str, other: str) -> bool:
        """Tell whether two actors are one, or one is above the other."""
        return one in self._line(other) or other in self._line(one)

    def ties_of(self, ref: str) -> frozenset[str]:
        """Return whom an actor is known to fight or to fight beside, told of either of the two, and its parent."""
        return self._ties.get(ref, frozenset())

    def are_opposed(self, one: str, other: str) -> bool:
        """Tell whether two actors, or those above them, are known to fight each other."""
        return not self._line(other).isdisjoint(self._foes_of_line(one))

    def _line(self, ref: str) -> frozenset[str]:
        line = {ref}
        while (actor := self._actors.get(ActorId(ref))) and actor.parent and actor.parent not in line:
            ref = actor.parent
            line.add(ref)
        return frozenset(line)

    def _foes_of_line(self, ref: str) -> frozenset[str]:
        return frozenset(f for r in self._line(ref) for f in self._foes.get(r, ()))

    @cached_property
    def _foes(self) -> Mapping[str, frozenset[str]]:
        pairs = [(a.id, o) for a in self.actors for o in a.opponents]
        return _both_ways(pairs)

    @cached_property
    def _ties(self) -> Mapping[str, frozenset[str]]:
        return _both_ways([(a.id, o) for a in self.actors for o in (*a.opponents, *a.allies, *_one(a.parent))])

    def resolve(self, name: str, *, year: int | None = None, countries: Collection[str] = ()) -> tuple[Actor, ...]:
        """
        Find the actors a name may mean.

        Parameters
        ----------
        name
            A name in any case and of any spelling the files list, a country, or nation and noun ("Malian army").
        year
            Year the name is used in; actors not active then come last.
        countries
            ISO countries the text speaks of; actors of these theatres come first.

        Returns
        -------
        actors
            Best first; empty if nothing fits.
        """
        from wayout.extract.naming.nationality import read_nation

        words = cut_words(name)
        entries = self.index.keys.get(" ".join(w.key for w in words), [])
        if not entries and len(words) > 1 and words[0].key == "the":
            words = words[1:]
            entries = self.index.keys.get(" ".join(w.key for w in words), [])
        refs = [e.names for e in entries if e.cls in ("actor", "seat")]
        isos = {e.names for e in entries if e.cls == "country"}
        refs += [c.government for c in read_countries() if c.iso2 in isos]
        if not refs:
            nation = read_nation(words, 0, self.index)
            refs = [r for r in nation.refs if r in self._actors] if nation and nation.last == len(words) else []
        if not refs:
            near = self.near(" ".join(w.key for w in words))
            refs = [near] if near else []
        weights = dict.fromkeys(countries, 1.0)
        ranked = self.rank(dict.fromkeys(refs), year=year, countries=weights)
        return tuple(self.by_id(r) for r, _ in ranked)

    def rank(
        self, refs: Iterable[str], *, year: int | None, countries: Mapping[str, float]
    ) -> list[tuple[str, tuple[bool, float]]]:
        """
        Order actors that share a name by how well year and theatre fit.

        Parameters
        ----------
        refs
            Ids.
        year
            Year of the report; ``None`` if unknown.
        countries
            ISO country to the number of times the text names it.

        Returns
        -------
        ranked
            Id with (is active, share of the text's countries in its theatre), best first.
        """
        scored = [(r, self._fit(self.by_id(r), year, countries)) for r in refs]
        own = {r: -countries.get(self.by_id(r).country or "", 0.0) for r, _ in scored}
        return sorted(scored, key=lambda s: (not s[1][0], -s[1][1], own[s[0]], self._order[ActorId(s[0])]))

    def _fit(self, actor: Actor, year: int | None, countries: Mapping[str, float]) -> tuple[bool, float]:
        active = is_active(actor, year)
        total = sum(countries.values())
        own = self.countries_of(actor)
        if not total or not own:
            return active, _ANYWHERE if total else _NOWHERE_SAID
        return active, sum(countries.get(c, 0.0) for c in own) / total

    def near(self, key: str) -> str | None:
        """Return the id whose long name differs by a letter or two from a folded name, if just one does."""
        return _near(self, key)

    @cached_property
    def fuzzy_keys(self) -> Mapping[str, str]:
        """Folded long names that may be misspelt, with the actor of each; names shared by actors are left out."""
        keys: dict[str, str] = {}
        for key, entries in self.index.keys.items():
            refs = {e.names for e in entries if e.cls == "actor"}
            letters = len(key.replace(" ", ""))
            if len(refs) == 1 and len(entries) == len([e for e in entries if e.cls == "actor"]):
                ref = next(iter(refs))
                if letters >= _MIN_FUZZY and self._actors[ActorId(ref)].kind in _FUZZY_KINDS:
                    keys[key] = ref
        return keys


def _one(ref: ActorId | None) -> tuple[ActorId, ...]:
    return (ref,) if ref else ()


def _both_ways(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {ref: frozenset(others) for ref, others in found.items()}


@lru_cache(maxsize=10_000)
def _near(book: ActorBook, key: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    letters = len(key.replace(" ", ""))
    if letters < _MIN_FUZZY:
        return None
    most = 2 if letters >= _LONG_FUZZY else 1
    found = process.extract(key, book.fuzzy_keys.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=5)
    best = min((d for _, d, _ in found), default=0)
    refs = {book.fuzzy_keys[k] for k, d, _ in found if d == best and k[0] == key[0]}
    return refs.pop() if len(refs) == 1 else None


def is_active(actor: Actor, year: int | None) -> bool:
    """Tell whether an actor was active in a year, give or take a year; an unknown year excludes nobody."""
    if year is None:
        return True
    since = actor.active_from is None or actor.active_from - YEARS_OF_GRACE <= year
    return since and (actor.active_to is None or year <= actor.active_to + YEARS_OF_GRACE)


def open_actors() -> ActorBook:
    """
    Open the shipped book of actors (some 0.2 s the first time).

    Returns
    -------
    book
        Ready to look up; build once, share it.
    """
    return ActorBook(read_actor_file())
