"""From the user's words to a Question: who is the party, where is the area, when, and for how long."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wayout.errors import InputError, NotFoundError
from wayout.extract.naming.actor_book import ActorBook
from wayout.locate.claims import locate_area
from wayout.locate.gazetteer import Gazetteer
from wayout.model import Actor, Claim, Document, Party, PartyAim, PartyKind, Question
from wayout.move.mobility import profile_for

_WITHIN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(h|d|w)\s*", re.IGNORECASE)
_HOURS = {"h": 1.0, "d": 24.0, "w": 168.0}
_KINDS: dict[str, PartyKind] = {"civilians": "civilians", "humanitarian_organisation": "aid_convoy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the user typed: party, area and horizon in words; ``at`` and ``aim`` where given."""

    party: str
    area: str
    within: str = "14d"
    at: datetime | None = None
    aim: PartyAim | None = None


def parse_within(text: str) -> float:
    """
    Read a horizon such as ``14d``, ``72h`` or ``2w`` and return it in hours.

    Raises
    ------
    InputError
        If it is not a number followed by h, d or w, or not between one hour and a year.

    Examples
    --------
    >>> parse_within("14d")
    336.0
    """
    match = _WITHIN.fullmatch(text)
    hours = float(match[1]) * _HOURS[match[2].lower()] if match else 0.0
    if not 1 <= hours <= 366 * 24:
        raise InputError(
            f"--within is {text!r}; give a number and a unit between 1h and 366d, for example 14d, 72h or 2w"
        )
    return hours


def choose_time(request: Request, documents: Sequence[Document]) -> datetime:
    """
    Return the as-of time: the one asked for, else the date of the newest report.

    Raises
    ------
    InputError
        If neither is known; a picture needs a time.
    """
    if request.at is not None:
        return request.at
    dates = [d.published for d in documents if d.published is not None]
    if not dates:
        raise InputError("no report carries a date; say as of when with --at YYYY-MM-DD")
    return max(dates).astimezone(UTC)


def choose_party(request: Request, book: ActorBook, at: datetime) -> tuple[Party, Actor]:
    """
    Resolve the party and choose how it moves and whether it wants out or in.

    Raises
    ------
    NotFoundError
        If no actor of that name is known; says where to add one.
    """
    found = book.resolve(request.party, year=at.year)
    if not found:
        raise NotFoundError(
            f"party {request.party!r} is not among the known actors; use a fuller name, "
            "'civilians' or 'aid convoy', or add it to wayout/vocab/actors"
        )
    actor = found[0]
    kind = _KINDS.get(actor.kind, "armed_group")
    aim: PartyAim = request.aim or ("in" if kind == "aid_convoy" else "out")
    name = actor.name if kind == "armed_group" else request.party
    return Party(name=name, kind=kind, aim=aim, actor=actor.id, mobility=profile_for(kind)), actor


def make_question(
    request: Request,
    party: Party,
    at: datetime,
    claims: Sequence[Claim],
    documents: Sequence[Document],
    gazetteer: Gazetteer,
) -> Question:
    """
    Put the question together; the area is refined by what the claims say of it.

    Raises
    ------
    NotFoundError
        If the area cannot be located.
    """
    area = locate_area(request.area, gazetteer, claims, documents=documents)
    return Question(party=party, area_text=request.area, area=area, at=at, within_h=parse_within(request.within))
