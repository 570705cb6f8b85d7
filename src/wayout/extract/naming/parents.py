"""Actors with everything above them: a battalion's army, an army's state."""

from collections.abc import Iterable

from wayout.errors import NotFoundError
from wayout.extract.naming.actor_book import ActorBook
from wayout.model import Actor, ActorId


def with_parents(ids: Iterable[ActorId], book: ActorBook) -> dict[ActorId, Actor]:
    """
    Look up actors and everything above them, by id.

    One that is in no knowledge file (it was when a store read of it, or a program wrote the claim) is an actor of unknown kind.
    """
    found: dict[ActorId, Actor] = {}
    waiting = sorted(set(ids))
    while waiting:
        actor = _actor(waiting.pop(), book)
        found[actor.id] = actor
        if actor.parent is not None and actor.parent not in found:
            waiting.append(actor.parent)
    return found


def _actor(ref: ActorId, book: ActorBook) -> Actor:
    try:
        return book.actor(ref)
    except NotFoundError:
        return Actor(id=ref, name=str(ref), kind="unknown")
