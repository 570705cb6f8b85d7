"""From a name to ranked candidates: exact first, then its spelling family, then misspellings."""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from wayout.locate.looking_up.gazetteer_file import NO_ARTICLE
from wayout.locate.looking_up.kind_words import is_site_word, kind_words, same_sites, split_word, without_plain_word
from wayout.locate.looking_up.open_files import OpenFiles
from wayout.locate.looking_up.ranking import (
    KIND_BONUS,
    KIND_STEP,
    KNOWN_WIDELY,
    LIKENESS_STEP,
    MIN_FUZZY,
    MIN_FUZZY_ANYWHERE,
    MIN_NEARNESS,
    MIN_NEARNESS_CHANGED,
    MIN_NEARNESS_SURE,
    PREFERENCE_COST,
    SITE_BONUS,
    SPELLING_COST,
    SPOKEN_OF,
    Hints,
    Ranked,
    cost_of,
    kind_prior,
)
from wayout.locate.looking_up.spelling import (
    abbreviated,
    nearness,
    other_skeletons,
    skeleton,
    without_articles,
    written_out,
)
from wayout.model import Place, PlaceKind
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

MOST_MISSPELT = 40
"""Near names that are looked at for a misspelling: the nearest may all lie in countries that are not spoken of."""
MOST_ALIKE = 60
"""Names of one skeleton that are compared where no country is spoken of."""
MIN_LETTERS_ANYWHERE = 65.0
"""Floor of rapidfuzz's ratio of their folded names, 0-100."""
MIN_SKELETON = 2
SITE_KINDS = frozenset({"installation", "crossing", "lake"})
_EDGES = re.compile(r"^the (?=\S)|(?<=\S) s$")
_SPLIT = re.compile(r"[/()\[\]]")
Spelt = tuple[tuple[Place, int], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for beside the name: (country, weight) pairs, the only kinds wanted (all if none), misspellings too."""

    hints: Hints
    kinds: Collection[PlaceKind]
    fuzzy: bool

    @property
    def countries(self) -> tuple[str, ...]:
        """List the countries spoken of."""
        return tuple(code for code, weight in self.hints if weight >= SPOKEN_OF)


class Candidates:
    """Ranks the places a name may mean; holds nothing but the open files and the informal regions."""

    def __init__(self, files: OpenFiles) -> None:
        """Keep the files; informal regions are indexed by name, and made only when one is asked for."""
        self.files = files
        self._region_keys = _region_keys()

    def exact(self, key: str) -> Spelt:
        """Return places with exactly this folded name, and which of their names it is."""
        found = tuple(row for row in self.files.by_key(key) if row[1] < NO_ARTICLE)
        return (*self._regions(key), *found) if key in self._region_keys else found

    def ranked(self, name: str, asked: Asked) -> list[Ranked]:
        """
        Rank the places of a name.

        Parameters
        ----------
        name
            As written.
        asked
            Countries, kinds, and whether misspellings are allowed.

        Returns
        -------
        ranked
            In order, perhaps with repeats of a place.
        """
        key = fold_name(name)
        spelt = self.spelt(key)
        if not spelt and (bare := _EDGES.sub("", key)) != key:
            key, spelt = bare, self.spelt(bare)
        bare, word = split_word(key)
        if not word or _is_known(spelt, asked):
            ranked = self._of_name(key, spelt, asked, {})
        else:
            bare, inner = self._without_second_word(bare, self.spelt(bare), asked)
            # "Kutum village" is looked for in other spellings only where no Kutum is known.
            ranked = self._of_name(key, spelt, asked, {}, family=not _is_known(inner, asked))
            ranked += self._of_sites(bare, word, asked)
            ranked += self._of_name(bare, inner, asked, bonus_of(word))
        if not ranked:
            for part, of in _alternatives(name):
                ranked += self._of_name(part, self.spelt(part), asked, bonus_of(of or word))
        if asked.fuzzy and not ranked:
            ranked = self._misspelt(bare, asked)
        return sorted(ranked)

    def spelt(self, key: str) -> Spelt:
        """Return places of a folded name, of its abbreviated and written-out forms, and with or without an Arabic article."""
        found = [*self.files.by_key(key)]
        if key in self._region_keys:
            found = [*self._regions(key), *found]
        for other in {written_out(key), abbreviated(key)} - {key}:
            found += self.files.by_key(other)
        bare = without_articles(key)
        if bare != key:
            speaking = article_countries()
            found += [(place, NO_ARTICLE) for place, _ in self.files.by_key(bare) if place.country in speaking]
        return tuple(found)

    def _without_second_word(self, bare: str, spelt: Spelt, asked: Asked) -> tuple[str, Spelt]:
        """Leave a second kind word out of "Qaryat Baybukht village" where the name is not known with it."""
        inner = without_plain_word(bare)
        return (bare, spelt) if inner == bare or _is_known(spelt, asked) else (inner, self.spelt(inner))

    def _of_name(
        self, key: str, spelt: Spelt, asked: Asked, bonus: Mapping[str, float], *, family: bool = True
    ) -> list[Ranked]:
        """Rank exact matches, and spelling families (if wanted) where no exact match is good enough."""
        weights, countries, kinds = dict(asked.hints), asked.countries, asked.kinds
        ranked = []
        enough = False
        for place, preference in spelt:
            if kinds and place.kind not in kinds:
                continue
            widely = kind_prior(place) >= KNOWN_WIDELY and preference < NO_ARTICLE
            enough = enough or not countries or place.country in countries or widely
            cost = cost_of(place, weights, bonus) + PREFERENCE_COST[preference]
            ranked.append(Ranked(cost, str(place.id), place))
        return ranked if enough or not family else ranked + self._of_family(key, asked, bonus)

    def _of_sites(self, bare: str, word: str, asked: Asked) -> list[Ranked]:
        """Rank the sites of a name that are known by another word of the kind: an "airbase" for a "military airport"."""
        if asked.kinds and not SITE_KINDS.intersection(asked.kinds):
            return []
        ranked: list[Ranked] = []
        for other in same_sites(word):
            key = f"{bare} {other}"
            found = self._of_name(key, self.spelt(key), asked, bonus_of(word))
            ranked += [candidate for candidate in found if candidate.place.kind in SITE_KINDS]
        return ranked

    def _of_family(self, key: str, asked: Asked, bonus: Mapping[str, float]) -> list[Ranked]:
        """Rank the places whose names share the skeleton, or one that differs by a consonant often confused."""
        bones = skeleton(key)
        if len(bones) < MIN_SKELETON:
            return []
        weights, countries, kinds = dict(asked.hints), asked.countries, asked.kinds
        least = MIN_NEARNESS if asked.fuzzy else MIN_NEARNESS_SURE
        for i, tried in enumerate((bones, *(other_skeletons(bones) if countries else ()))):
            ranked = []
            for place, other in self._of_skeleton(tried, key, countries):
                if kinds and place.kind not in kinds:
                    continue
                near = nearness(key, other)
                if near >= (least if i == 0 else MIN_NEARNESS_CHANGED):
                    cost = cost_of(place, weights, bonus) + SPELLING_COST + (100 - near) / LIKENESS_STEP
                    ranked.append(Ranked(cost, str(place.id), place))
            if ranked:
                return ranked
        return []

    def _of_skeleton(self, bones: str, key: str, countries: Sequence[str]) -> Iterable[tuple[Place, str]]:
        """Return the places of a skeleton with the name that has it: in the countries, or anywhere if the letters are alike."""
        if countries:
            return self.files.by_skeleton(bones, countries)
        from rapidfuzz import fuzz, process

        names = self.files.names_of_skeleton(bones)
        # A skeleton of the whole world may have thousands of names: places are read for those alike alone.
        alike = process.extract(
            key, list(names), scorer=fuzz.ratio, score_cutoff=MIN_LETTERS_ANYWHERE, limit=MOST_ALIKE
        )
        return [(self.files.by_row(*row), name) for name, _, _ in alike for row in names[name]]

    def _misspelt(self, key: str, asked: Asked) -> list[Ranked]:
        """Rank the places whose names are a letter or two away."""
        from rapidfuzz import fuzz, process

        countries, kinds = asked.countries, asked.kinds
        least = MIN_FUZZY if countries else MIN_FUZZY_ANYWHERE
        near = process.extract(
            key, self.files.names_near(key), scorer=fuzz.ratio, score_cutoff=least, limit=MOST_MISSPELT
        )
        return [
            Ranked((100 - score) - kind_prior(place) / 10, str(place.id), place)
            for name, score, _ in near
            for place, _ in self.files.by_key(name)
            if (not countries or place.country in countries) and (not kinds or place.kind in kinds)
        ]

    def _regions(self, key: str) -> Spelt:
        from wayout.locate.looking_up.regions import read_regions

        wanted = self._region_keys.get(key, ())
        if not wanted:
            return ()
        regions = read_regions()
        return tuple((regions[i].place, preference) for i, preference in wanted)


def bonus_of(word: str) -> dict[str, float]:
    """Return what a kind word adds to each kind it speaks for; nothing for ""."""
    kinds = kind_words().kinds.get(word, ())
    more = SITE_BONUS if is_site_word(word) else 0.0
    return {kind: KIND_BONUS - KIND_STEP * i + more * (kind in SITE_KINDS) for i, kind in enumerate(kinds)}


@cache
def article_countries() -> frozenset[str]:
    """Return the codes of the countries whose place names bear Arabic articles."""
    return frozenset(read_vocab("spelling.yaml")["article_countries"])


@cache
def _region_keys() -> dict[str, tuple[tuple[int, int], ...]]:
    """Map the folded names of informal regions to (number of the region, preference)."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for i, row in enumerate(read_vocab("regions.yaml")["regions"]):
        for nth, name in enumerate((row["name"], *row.get("also", []))):
            key = fold_name(name)
            found[key] = (*found.get(key, ()), (i, 1 + min(nth, 1)))
    return found


def _is_known(spelt: Sequence[tuple[Place, int]], asked: Asked) -> bool:
    """Tell whether the whole name is known, in the countries spoken of where there are any."""
    countries = asked.countries
    return any(not countries or place.country is None or place.country in countries for place, _ in spelt)


def _alternatives(name: str) -> list[tuple[str, str]]:
    """Split "Tadmur/Palmyra" and "Kobani (Ayn al-Arab)" into the names they give, each with its kind word."""
    parts = [fold_name(part) for part in _SPLIT.split(name)]
    parts = [part for part in parts if part and part not in kind_words().kinds]
    return [split_word(part) for part in parts] if _SPLIT.search(name) else []


@lru_cache(maxsize=4096)
def weights_in_order(countries: tuple[str, ...]) -> Hints:
    """Return hints for countries spoken of, most first: the i-th weighs 1 / sqrt(i), none less than what counts as spoken of."""
    order = dict.fromkeys(countries)
    return tuple((code, max(SPOKEN_OF, 1 / math.sqrt(1 + i))) for i, code in enumerate(order))
