"""Who the sides of a table's row are: by UCDP id, else by name; a name nobody knows stays in the open."""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from wayout.extract.naming.actor_book import UNKNOWN, ActorBook
from wayout.extract.naming.countries import read_countries
from wayout.model import Document, Mention, Span
from wayout.text.event_rows import Field
from wayout.text.names import fold_name

_JOINT = re.compile(r"\s*(?:,|;)\s*")
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_SHORT_LONG = re.compile(r"([A-Z][A-Za-z0-9'-]{1,14}): (.+)")
_FORCES = re.compile(r"(Military|Police) Forces of (?:the )?(.+?)(?:\s*\([^()]*\))?(?:\s+(?![(])(.+))?")


class Side(NamedTuple):
    """A side: its words, where they stand, and its ref: an actor's id, ``unknown:NAME``, or ``None`` where nobody is named."""

    ref: str | None
    text: str
    span: Span

    def mention(self) -> Mention | None:
        """Return the mention of the side; ``None`` where nobody is named."""
        if self.ref is None:
            return None
        return Mention(span=self.span, text=self.text, kind="actor", ref=self.ref, route="name")


class SideFinder:
    """
    Looks up the sides of rows; remembers what it found, for a table names few sides many times.

    Parameters
    ----------
    book
        The known actors.
    told
        The format's entry of ``vocab/event_tables.yaml``.
    """

    def __init__(self, book: ActorBook, told: Mapping[str, Any]) -> None:
        self._book = book
        self._told = told
        self._known = lru_cache(maxsize=50_000)(self._look_up)

    def ucdp(self, document: Document, name: Field, code: Field | None, when: tuple[int, str]) -> list[Side]:
        """
        Return the groups of a UCDP side.

        Parameters
        ----------
        document
            The row.
        name, code
            The side's name and its UCDP id.
        when
            Year of the event and its country (ISO code or "").

        Returns
        -------
        sides
            One, found by its id or name; or, of a joint side ("A, B"), one for each group.
        """
        whole = Side(None, name.value, document.span(name.start, name.end))
        if code is not None:
            if code.value in self._told["civilians"] and fold_name(name.value).startswith("civilian"):
                return [whole._replace(ref="civilians")]
            ranked = self._by_code(code.value, when)
            if ranked:
                return [whole._replace(ref=ranked)]
        ref = self._known(name.value, *when)
        parts = [p for p in _JOINT.split(name.value) if p]
        if ref is not None or len(parts) == 1:
            return [whole._replace(ref=ref or _unknown(name.value))]
        sides: dict[str, Side] = {}
        start = name.start
        for part in parts:
            start = document.text.index(part, start)
            found = self._known(part, *when) or _unknown(part)
            sides.setdefault(found, Side(found, part, document.span(start, start + len(part))))
            start += len(part)
        return list(sides.values())

    def acled(self, document: Document, name: Field, when: tuple[int, str]) -> Side:
        """
        Return an ACLED actor.

        Parameters
        ----------
        document
            The row.
        name
            The actor as ACLED writes it: "HTS: Hayat Tahrir al Sham", "Military Forces of Syria (2000-2024)".
        when
            Year of the event and its country (ISO code or "").

        Returns
        -------
        side
            ``ref`` is ``None`` for those who are nobody in particular ("Unidentified Armed Group", protesters).
        """
        side = Side(None, name.value, document.span(name.start, name.end))
        first = fold_name(name.value).partition(" ")[0]
        if first in self._told["unidentified"]:
            return side
        if first in self._told["generic"]:
            return side._replace(ref=self._told["generic"][first])
        return side._replace(ref=self._known(name.value, *when) or _unknown(name.value))

    def source(self, name: str, when: tuple[int, str]) -> str | None:
        """Return the actor that a source's name means, if one is known."""
        return self._known(name, *when)

    def _by_code(self, code: str, when: tuple[int, str]) -> str | None:
        """Return the actor of a UCDP id; of several of one id that of the event's year and country."""
        refs = self._codes.get(code)
        if not refs:
            return None
        year, country = when
        return self._book.rank(refs, year=year, countries={country: 1.0} if country else {})[0][0]

    @cached_property
    def _codes(self) -> Mapping[str, tuple[str, ...]]:
        codes: dict[str, list[str]] = {}
        for actor in self._book.actors:
            for scheme, code in actor.ids:
                if scheme == "ucdp":
                    codes.setdefault(code, []).append(actor.id)
        return {code: tuple(refs) for code, refs in codes.items()}

    def _look_up(self, name: str, year: int, country: str) -> str | None:
        forces = _FORCES.fullmatch(name)
        if forces is not None:
            return self._forces(forces[1], forces[2], forces[3], (year, country))
        long = _SHORT_LONG.fullmatch(name)
        tries = [name] if long is None else [long[2], long[1], name]
        for words in [*tries, *(_BRACKETS.sub("", t) for t in tries)]:
            ref = self._resolve(words, year, country)
            if ref is not None:
                return ref
        return None

    def _resolve(self, name: str, year: int, country: str) -> str | None:
        found = self._book.resolve(name, year=year, countries=(country,) if country else ())
        return str(found[0].id) if found else None

    def _forces(self, kind: str, land: str, branch: str | None, when: tuple[int, str]) -> str | None:
        """Return a country's army or police, or the branch that is named ("Military Forces of X (2000-) Republican Guard")."""
        if branch and (ref := self._resolve(_BRACKETS.sub("", branch), *when)):
            return ref
        states = self._book.states_of(iso_of(land) or "")
        if kind == "Military":
            return next((i for i in states if i.startswith("armed-forces-of-")), None) or _government(states)
        return next((i for i in states if "police" in i), None) or _government(states)


def _government(states: tuple[str, ...]) -> str | None:
    return next((i for i in states if i.startswith("government-of-")), None)


def _unknown(name: str) -> str:
    return f"{UNKNOWN}{fold_name(name)}"


@lru_cache(maxsize=1000)
def iso_of(country: str) -> str | None:
    """Return the ISO code of a country by its name; UCDP's older names in brackets ("Yemen (North Yemen)") are left off."""
    wanted = {fold_name(country), fold_name(_BRACKETS.sub("", country))}
    for known in read_countries():
        if wanted & {fold_name(n) for n in (known.name, *known.also)}:
            return known.iso2
    return None
