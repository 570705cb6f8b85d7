"""`wayout locate --html`: the page of one phrase or of a text's places, written to a file."""

from collections.abc import Sequence
from pathlib import Path

import typer

from wayout.cli.locate_text import TextPlaces
from wayout.cli.render_region import reading_words, region_facts
from wayout.cli.users_gazetteer import users_gazetteer
from wayout.locate.looking_up.large_towns import Bounds, Town, choose_towns
from wayout.model import Region
from wayout.publish.region_page import ToldRegion, region_page

MOST_TOWNS = 9


def write_page(
    regions: Sequence[tuple[Region, int]], title: str, out: Path, missed: Sequence[tuple[str, str]] = ()
) -> None:
    """
    Write the page of regions.

    Parameters
    ----------
    regions
        Each with how often the text names it.
    title
        Of the page.
    out
        The file.
    missed
        Phrases that could not be located, and why.
    """
    told = [
        ToldRegion(region=region, facts=region_facts(region), readings=reading_words(region), times=times)
        for region, times in regions
    ]
    page = region_page(told, title, _towns, missed)
    out.write_text(page, encoding="utf-8", errors="xmlcharrefreplace")
    typer.echo(f"wayout: the page is {out}", err=True)


def write_text_page(places: Sequence[TextPlaces], out: Path) -> None:
    """Write the page of the places of texts, each phrase once."""
    found: dict[str, tuple[Region, int]] = {}
    missed: dict[str, str] = {}
    for place in places:
        for span, region in place.found:
            phrase = " ".join(place.document.quote(span).split())
            first, n = found.get(phrase, (region, 0))
            found[phrase] = (first, n + 1)
        missed.update({place.document.quote(span): why for span, why in place.missed})
    title = next((p.document.title for p in places if p.document.title), None)
    write_page(list(found.values()), title or "The places of a text", out, list(missed.items()))


def _towns(bounds: Bounds) -> tuple[Town, ...]:
    return choose_towns(users_gazetteer(), bounds, MOST_TOWNS, apart=0.12)
