"""The choices of one question, with their defaults; what cannot be is refused before any work is done."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast, get_args

from wayout.errors import InputError, NotFoundError
from wayout.model import Ground, MobilityProfile, Party, PartyAim, PartyKind
from wayout.move.mobility import profile_for
from wayout.ways_out.ground import GroundFiles
from wayout.ways_out.properties import PARTIES

MOST_TEXT = 2_000
"""Characters of a title or note."""
_NUMBERS = (
    ("within_h", 1.0, 366 * 24.0, False),
    ("cell_km", 0.1, 50.0, False),
    ("seed", 0, 2**32, True),
    ("n_draws", 1, 10_000_000, True),
    ("directions", 4, 8, True),
)
"""Numbers of the choices: least, most, and whether only whole ones make sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """
    Everything but the situation itself.

    Attributes
    ----------
    party
        ``"armed_group"``, ``"civilians"`` or ``"aid_convoy"``.
    within_h
        Time the party has, clock hours.
    profile
        How it moves: a profile's name, its numbers as a mapping, or a record; ``None``: the party's usual one.
    at
        As of which day; needed only where barriers carry days.
    cell_km
        Cell size, km; ``None`` chooses 1-5 km from the extent.
    n_draws
        Barrier draws, where their combinations are too many to count through.
    seed
        Seed of the draws.
    directions
        Compass directions looked at where no exits are given: 4 or 8.
    ground
        Roads, relief and land cover of the user's own: files, or records as read.
    crossings_at_towns
        Whether mapped rivers are taken to be crossed at towns (bridge or ferry within 6 km).
    repair
        Mend open and self-crossing rings instead of refusing them.
    title, note
        The user's words for page and files.
    """

    party: str = "civilians"
    within_h: float = 240.0
    profile: str | Mapping[str, Any] | MobilityProfile | None = None
    at: date | datetime | str | None = None
    cell_km: float | None = None
    n_draws: int = 1000
    seed: int = 1
    directions: int = 4
    ground: Ground | GroundFiles | None = None
    crossings_at_towns: bool = True
    repair: bool = False
    title: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse what makes no sense, whoever wrote it."""
        for name, low, high, whole in _NUMBERS:
            value = getattr(self, name)
            if value is None and name == "cell_km":
                continue
            known = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
            if not known or not low <= value <= high:
                raise InputError(
                    f"{name} is {value!r:.60}; give a {'whole ' if whole else ''}number between {low:g} and {high:g}"
                )
        if self.directions not in (4, 8):
            raise InputError(f"directions is {self.directions}; give 4 or 8")
        for name in ("crossings_at_towns", "repair"):
            if not isinstance(getattr(self, name), bool):
                raise InputError(f"{name} is {getattr(self, name)!r:.60}; give true or false")
        for name in ("party", "title", "note"):
            text = getattr(self, name)
            if not isinstance(text, str) or len(text) > MOST_TEXT:
                raise InputError(f"{name} is {text!r:.60}; give a text of at most {MOST_TEXT:,} characters")
        if not isinstance(self.profile, str | Mapping | MobilityProfile | None):
            raise InputError(f"profile is {self.profile!r:.60}; give a name, or the numbers of a profile")
        if not isinstance(self.ground, Ground | GroundFiles | None):
            raise InputError(f"ground is {self.ground!r:.60}; give GroundFiles(roads=...)")


def hours_of(within: str) -> float:
    """
    Read a time such as ``10d`` and return it in hours.

    Raises
    ------
    InputError
        If it is no number followed by h, d or w.

    Examples
    --------
    >>> hours_of("10d")
    240.0
    """
    from wayout.question import parse_within

    try:
        return parse_within(within)
    except InputError as error:
        raise InputError(str(error).removeprefix("--")) from error


def make_choices(given: Mapping[str, Any]) -> Choices:
    """
    Make the record from keyword arguments, naming those that are not known.

    Raises
    ------
    InputError
        If a key is not known, or a value makes no sense.
    """
    known = [f.name for f in dataclasses.fields(Choices)]
    strange = sorted(set(given) - set(known))
    if strange:
        raise InputError(f"there is no choice {strange[0]!r}; the choices are {', '.join(known)}")
    return Choices(**given)


def make_party(choices: Choices, aim: PartyAim) -> Party:
    """
    Make the party of a question.

    Parameters
    ----------
    choices
        Kind of party and mobility profile.
    aim
        Out or in, for MOVE.

    Raises
    ------
    NotFoundError
        If the kind of party or the profile is not known; lists those there are.
    InputError
        If a profile given as numbers lacks one, or has one that is out of range.
    """
    kind = choices.party.strip().casefold().replace(" ", "_").replace("-", "_")
    if kind not in get_args(PartyKind):
        raise NotFoundError(f"there is no party {choices.party!r}; the parties are {', '.join(get_args(PartyKind))}")
    return Party(
        name=kind.replace("_", " "),
        kind=cast("PartyKind", kind),
        aim=aim,
        actor=PARTIES[kind],
        mobility=_profile(choices.profile, cast("PartyKind", kind)),
    )


def _profile(given: str | Mapping[str, Any] | MobilityProfile | None, kind: PartyKind) -> MobilityProfile:
    if isinstance(given, MobilityProfile):
        return given
    if given is None or isinstance(given, str):
        return profile_for(kind, given)
    fields = {f.name: f for f in dataclasses.fields(MobilityProfile)}
    strange = sorted(str(key) for key in set(given) - set(fields))
    if strange:
        raise InputError(f"a mobility profile has no {strange[0]!r}; it has {', '.join(fields)}")
    values: dict[str, Any] = {"name": "own profile", "source": "given by the user", **given}
    missing = [
        name
        for name, f in fields.items()
        if name not in values and f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise InputError(f"the mobility profile {values['name']!r} lacks {', '.join(missing)}; give each of them")
    if isinstance(values.get("road_kmh"), Mapping):
        values["road_kmh"] = tuple(values["road_kmh"].items())
    for name, value in values.items():
        if fields[name].metadata and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise InputError(f"{name} of the mobility profile is {value!r:.60}; give a number")
    profile = MobilityProfile(**values)
    Party(name="party", kind=kind, aim="out", actor=None, mobility=profile)  # a party checks its profile's numbers
    return profile
