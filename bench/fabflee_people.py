"""Who lives where, from the shipped gazetteer: people of a country and of the towns around a point."""

import sqlite3
from functools import cache

import numpy as np
from numpy.typing import NDArray

from wayout.vocab import read_vocab, vocab_path

AROUND_KM = 10.0
KM_PER_DEG = 111.2


@cache
def country_people(name: str) -> float | None:
    """Return a country's population by its English name (underscores for blanks), ``None`` where not known."""
    wanted = name.replace("_", " ").strip().casefold()
    for row in read_vocab("countries.yaml")["countries"]:
        if wanted in (known.casefold() for known in (row["name"], *row["also"])):
            return _countries().get(row["iso2"])
    return None


@cache
def town_people(lon: float, lat: float) -> float:
    """Sum the population of the populated places within 10 km of a point."""
    x, y, people = _towns()
    km = np.hypot((x - lon) * np.cos(np.radians(lat)), y - lat) * KM_PER_DEG
    return float(people[km <= AROUND_KM].sum())


@cache
def _towns() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    with sqlite3.connect(vocab_path("built/gazetteer.sqlite")) as file:
        rows = file.execute(
            "SELECT lon, lat, population FROM places WHERE kind = 'populated_place' AND population > 0"
        ).fetchall()
    x, y, people = np.array(rows, dtype=np.float64).T
    return x, y, people


@cache
def _countries() -> dict[str, float]:
    with sqlite3.connect(vocab_path("built/gazetteer.sqlite")) as file:
        return dict(file.execute("SELECT country, population FROM places WHERE kind = 'country' AND population > 0"))
