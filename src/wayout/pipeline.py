"""
The whole chain on one page: READ, EXTRACT, LOCATE, FUSE, MOVE, ASSESS; PUBLISH takes what it returns.

Every stage is pure: what it needs comes in as an argument, what it found goes out as records of ``wayout.model``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from wayout.assess.assessment import assess
from wayout.extract.actor_book import ActorBook
from wayout.extract.actors import find_actors, open_actors
from wayout.extract.claims import extract_claims
from wayout.extract.time import find_times
from wayout.fuse.situation import fuse_claims
from wayout.locate.claims import locate_claims
from wayout.locate.gazetteer import Gazetteer, open_gazetteer
from wayout.locate.toponyms import find_places
from wayout.model import Actor, ActorId, Claim, Document, Findings, Mention, Miss, Reach, Situation
from wayout.move.exits import MoveOptions, explore
from wayout.question import Request, choose_party, choose_time, make_question
from wayout.read.pages import read_pages
from wayout.read.raw_page import RawPage
from wayout.settings import Settings
from wayout.text.english import parse_text

Progress = Callable[[str], None]


def analyse(
    raws: Iterable[RawPage], request: Request, settings: Settings, progress: Progress = lambda _: None
) -> Findings:
    """
    Run the chain from pages to findings.

    Parameters
    ----------
    raws
        Pages as bytes, in any order.
    request
        The question in the user's words.
    settings
        Seed, draws, cell size, floor.
    progress
        Told the name of each stage as it begins.

    Returns
    -------
    findings
        Everything the run found, ready to publish.

    Raises
    ------
    InputError
        If no page could be read, or no time is known.
    NotFoundError
        If the party or the area is not known.
    """
    book, gazetteer = open_actors(), open_gazetteer()

    progress("READ")
    documents, unread = read_pages(raws)
    at = choose_time(request, documents)
    party, party_actor = choose_party(request, book, at)

    progress("EXTRACT")
    mentions, said = extract(documents, book, gazetteer, at.date())
    actors = with_parents([party_actor.id, *(ActorId(m.ref) for m in mentions if m.ref)], book)

    progress("LOCATE")
    persons = frozenset(i for i, actor in actors.items() if actor.kind == "person")
    claims, unlocated = locate_claims(said, documents, gazetteer, persons=persons)
    question = make_question(request, party, at, claims, gazetteer)
    claims, _ = locate_claims(said, documents, gazetteer, area=question.area, persons=persons)

    options = MoveOptions(
        seed=settings.seed, n_draws=settings.n_draws, cell_km=settings.cell_km, floor_km=settings.floor_km
    )
    reached: dict[tuple[tuple[str, float], ...], Reach] = {}

    def picture(world: Sequence[Claim]) -> tuple[Situation, Reach]:
        """FUSE and MOVE on one world of claims; the same barriers are explored once."""
        situation = fuse_claims(world, documents, question, actors)
        key = tuple((b.id, b.p_closed) for b in situation.barriers)
        if key not in reached:
            reached[key] = explore(question, situation, options, world)
        return situation, reached[key]

    progress("FUSE and MOVE")
    situation, reach = picture(claims)

    progress("ASSESS")
    assessment = assess(claims, documents, question, actors, picture)
    return Findings(
        question=question,
        documents=documents,
        actors=tuple(actors[i] for i in sorted(actors)),
        mentions=mentions,
        claims=claims,
        situation=situation,
        reach=reach,
        assessment=assessment,
        misses=(*unread, *unlocated),
    )


def extract(
    documents: Sequence[Document], book: ActorBook, gazetteer: Gazetteer, at: date | None
) -> tuple[tuple[Mention, ...], tuple[Claim, ...]]:
    """Read every document for actors, places, times and claims; places are phrases still, LOCATE gives them ground."""
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for document in documents:
        parsed = parse_text(document.text)
        actors = find_actors(document, parsed, book)
        places = find_places(document, parsed, gazetteer, [m.span for m in actors])
        times = find_times(document, parsed, at)
        mentions += [*actors, *places]
        claims += extract_claims(document, parsed, [*actors, *places], times, book)
    return tuple(mentions), tuple(claims)


def read_claims(
    raws: Iterable[RawPage], at: datetime | None
) -> Iterator[tuple[Document | None, tuple[Claim, ...], Miss | None]]:
    """Run stages 1 to 3 page by page: each document with its located claims, or why there is none."""
    book, gazetteer = open_actors(), open_gazetteer()
    for raw in raws:
        documents, unread = read_pages([raw])
        yield from ((None, (), miss) for miss in unread)
        for document in documents:
            day = document.published or at
            _, said = extract([document], book, gazetteer, day.date() if day else None)
            claims, _ = locate_claims(said, [document], gazetteer)
            yield document, claims, None


def with_parents(ids: Iterable[ActorId], book: ActorBook) -> dict[ActorId, Actor]:
    """Look up actors and everything above them, by id."""
    found: dict[ActorId, Actor] = {}
    waiting = sorted(set(ids))
    while waiting:
        actor = book.actor(waiting.pop())
        found[actor.id] = actor
        if actor.parent is not None and actor.parent not in found:
            waiting.append(actor.parent)
    return found
