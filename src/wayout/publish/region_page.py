"""Write the page of located phrases: one file that works from disk, without a network, in the look of the brief."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from wayout import __version__
from wayout.geo.floor import FLOOR_KM
from wayout.model import Region
from wayout.publish.map_frame import Canvas
from wayout.publish.map_of_region import Bounds, Town, draw_region_map, show_region
from wayout.publish.quotes import visible

MOST_MAPS = 40
"""Regions shown with a map; a longer text's further phrases are listed as left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRegion:
    """A region, what is told of it (label and words), its readings (words, one a reading), and how often the text has it."""

    region: Region
    facts: tuple[tuple[str, str], ...]
    readings: tuple[str, ...]
    times: int = 1


def region_page(
    told: Sequence[ToldRegion],
    title: str,
    towns_in: Callable[[Bounds], Sequence[Town]],
    missed: Sequence[tuple[str, str]] = (),
) -> str:
    """
    Make the page.

    Parameters
    ----------
    told
        The regions in order.
    title
        Of the page.
    towns_in
        Returns towns for orientation in bounds.
    missed
        Phrases that could not be located, and why.

    Returns
    -------
    html
        The whole page; the same input gives the same text.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    shown = list(told[:MOST_MAPS])
    left_out = [(t.region.phrase, f"located, but only the first {MOST_MAPS} are drawn") for t in told[MOST_MAPS:]]
    style, script = _part("style.css") + _part("region.css"), _part("script.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_part("region.html.j2"))
    regions = []
    for n, one in enumerate(shown, start=1):
        drawn = "".join(draw_region_map(one.region, towns_in, canvas) for canvas in _canvases(n))
        weights = [part.weight for part in one.region.parts]
        regions.append(
            {
                "id": f"r{n}",
                "phrase": visible(one.region.phrase),
                "facts": [(name, visible(words)) for name, words in one.facts],
                # Only what the XML serialiser has escaped is marked as safe.
                "map": Markup(drawn),  # noqa: S704
                "outside": show_region(one.region).n_outside,
                "readings": [
                    (f"{w:.0%}", f"{100 * w:.1f}", visible(r)) for w, r in zip(weights, one.readings, strict=True)
                ],
                "times": one.times,
            }
        )
    return template.render(
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=_policy(style, script),
        title=visible(title),
        regions=regions,
        several=any(len(one.region.parts) > 1 for one in shown),
        missed=[(visible(phrase), visible(why)) for phrase, why in (*missed, *left_out)],
        floor=f"{FLOOR_KM:g}",
        version=__version__,
    )


def _canvases(n: int) -> tuple[Canvas, Canvas]:
    """Make the two papers of a region: wide, and narrow for a phone."""
    return (
        Canvas(prefix=f"map-{n}", width=960.0, low=0.5, high=0.62),
        Canvas(prefix=f"small-map-{n}", width=460.0, low=0.8, high=1.1),
    )


@cache
def _part(name: str) -> str:
    return (resources.files("wayout.publish") / "page" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
