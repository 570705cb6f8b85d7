"""A question put to reports: those named in the call, or those the store keeps."""

from dataclasses import dataclass, replace

from wayout.cli.options import check_read, collect, tell_miss, tell_progress
from wayout.cli.store_option import open_to_ask, today
from wayout.errors import SourceError
from wayout.model import Findings
from wayout.question import Request
from wayout.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom the question is put to: ``sources`` as typed, or, where there are none, the ``store``."""

    sources: tuple[str, ...]
    store: str | None


def ask(asked: Asked, request: Request, settings: Settings) -> Findings:
    """
    Run the chain on the reports asked, telling on standard error what could not be used.

    Parameters
    ----------
    asked
        Sources, or a store.
    request
        The question in the user's words.
    settings
        The choices of the run.

    Returns
    -------
    findings
        The same for the same reports, whichever way they came.

    Raises
    ------
    SourceError
        If no source could be read.
    NotFoundError
        If there is no store, or nothing in it on the question.
    """
    return (
        _ask_sources(asked.sources, request, settings) if asked.sources else _ask_store(asked.store, request, settings)
    )


def _ask_sources(sources: tuple[str, ...], request: Request, settings: Settings) -> Findings:
    from wayout.pipeline import analyse

    pages, unread = collect(sources)
    if not pages:
        raise SourceError("no source could be read; see the lines above, and give at least one page, text file or URL")
    findings = analyse(pages, request, settings, tell_progress)
    for miss in findings.misses:
        tell_miss(miss)
    check_read(findings, sources)
    return replace(findings, misses=(*unread, *findings.misses))


def _ask_store(place: str | None, request: Request, settings: Settings) -> Findings:
    from wayout.casebook.recalling import recall
    from wayout.pipeline import analyse_readings

    store, _ = open_to_ask(place)
    with store:
        tell_progress("RECALL")
        recalled = recall(store, request, today(), settings.data.editions)
    findings = analyse_readings(recalled.readings, recalled.request, settings, tell_progress, recalled.judgements)
    findings = replace(findings, misses=(*recalled.misses, *findings.misses))
    for miss in findings.misses:
        tell_miss(miss)
    return findings
