"""
The whole chain on one page: READ, EXTRACT, LOCATE, FUSE, MOVE, ASSESS; PUBLISH takes what it returns.

Every stage is pure: what it needs comes in as an argument, what it found goes out as records of ``wayout.model``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from wayout.assess.assessment import assess
from wayout.errors import InputError
from wayout.extract.actors import open_actors
from wayout.extract.naming.parents import with_parents
from wayout.fleeing import expect_arrivals
from wayout.ground_files.for_frame import ground_of
from wayout.locate.claims import locate_claims
from wayout.locate.gazetteer import open_gazetteer
from wayout.model import ActorId, Findings, Judgement, Reading
from wayout.move.options import MoveOptions
from wayout.question import Request, choose_party, choose_time, make_question
from wayout.read.pages import read_pages
from wayout.read.raw_page import RawPage
from wayout.reading import extract_all, in_order
from wayout.settings import Settings
from wayout.worlds import Worlds

Progress = Callable[[str], None]


def analyse(
    raws: Iterable[RawPage], request: Request, settings: Settings, progress: Progress = lambda _: None
) -> Findings:
    """
    Run the chain from pages, in any order, to findings: READ and EXTRACT, then :func:`analyse_readings`.

    Raises
    ------
    InputError
        If no page could be read, or no time is known.
    NotFoundError
        If the party or the area is not known.
    """
    progress("READ")
    documents, unread = read_pages(raws)
    if not documents:
        why = "; ".join(f"{miss.what}: {miss.why}" for miss in unread) or "no page was given"
        raise InputError(f"nothing could be read ({why}); give at least one page with running text")
    at = choose_time(request, documents)
    choose_party(request, open_actors(), at)  # a party that nobody knows is told before the long work

    progress("EXTRACT")
    readings = extract_all(documents, at.date(), editions=settings.data.editions)
    findings = analyse_readings(readings, replace(request, at=at), settings, progress)
    return replace(findings, misses=(*unread, *findings.misses))


def analyse_readings(
    readings: Sequence[Reading],
    request: Request,
    settings: Settings,
    progress: Progress = lambda _: None,
    judgements: Sequence[Judgement] = (),
) -> Findings:
    """
    Run the chain from what was read, now or long ago (``casebook``), in any order, to findings ready to publish.

    ``settings`` hold seed, draws, cell size and floor, and what the user added: editions of the gazetteer, roads, relief,
    land cover. ``progress`` is told the name of each stage as it begins. ``judgements`` are people's: ratings of sources, the
    assessed layer of control. Raises what :func:`analyse` does.
    """
    book, gazetteer = open_actors(), open_gazetteer(settings.data.editions)
    readings = in_order(readings)
    documents = tuple(r.document for r in readings)
    mentions = tuple(m for r in readings for m in r.mentions)
    said = [c for r in readings for c in r.claims]
    at = choose_time(request, documents)
    party, party_actor = choose_party(request, book, at)
    actors = with_parents([party_actor.id, *(ActorId(m.ref) for m in mentions if m.ref)], book)

    progress("LOCATE")
    persons = frozenset(i for i, actor in actors.items() if actor.kind == "person")
    claims, unlocated = locate_claims(said, documents, gazetteer, persons=persons, mentions=mentions)
    question = make_question(request, party, at, claims, documents, gazetteer)
    claims, _ = locate_claims(said, documents, gazetteer, area=question.area, persons=persons, mentions=mentions)

    options = MoveOptions(
        seed=settings.seed,
        n_draws=settings.n_draws,
        cell_km=settings.cell_km,
        floor_km=settings.floor_km,
        towns=gazetteer.towns_near(question.area.geometry),
        ground=ground_of(question, settings.data, settings.cell_km),
    )
    picture = Worlds(documents, question, actors, options, judgements).picture

    progress("FUSE and MOVE")
    situation, reach = picture(claims)
    same_cells = replace(options, cell_km=reach.cell_km)
    arrivals, unasked = expect_arrivals(question, situation, claims, gazetteer, same_cells)

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
        misses=(*unlocated, *unasked),
        arrivals=arrivals,
        judgements=tuple(judgements),
    )
