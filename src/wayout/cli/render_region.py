"""A located phrase for people: what it was taken for and why, how fine, how sure, the other readings, and a small map."""

from collections.abc import Iterator
from dataclasses import replace

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wayout.cli.terminal_map import ASCII, UNICODE, Ground, TerminalMap
from wayout.cli.terminal_text import isolated, safe
from wayout.cli.users_gazetteer import users_gazetteer
from wayout.cli.where_prec import PREC_WORDS
from wayout.geo.borders import countries_of, country_name
from wayout.geo.compass import area_km2, bearing_deg, distance_km
from wayout.geo.floor import FLOOR_KM
from wayout.geo.membership import ground_within
from wayout.locate.looking_up.large_towns import choose_towns
from wayout.locate.table_cells import coarse_point, division_name, elsewhere_in, farthest_km, point_of
from wayout.model import Place, Region, WeightedGeometry
from wayout.publish.map_of_region import LABELLED_KINDS, marked_places, show_region

MAP_ROWS = 20
MOST_COLUMNS = 100
MOST_TOWNS = 6
LEAST_MAP = (24, 6)
"""Columns and rows under which a map would say nothing."""
_POINTS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


class RegionView:
    """
    One located phrase, renderable by rich.

    Parameters
    ----------
    region
        Where it is.
    with_map
        Whether to draw the map.
    """

    def __init__(self, region: Region, *, with_map: bool = True) -> None:
        self.region = region
        self.with_map = with_map

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the facts, the readings and the map."""
        region = self.region
        yield Text(isolated(safe(region.phrase)), style="bold")
        facts = Table.grid(padding=(0, 2, 0, 0))
        facts.add_column(style="dim", no_wrap=True)
        facts.add_column(overflow="fold")
        for name, told in region_facts(region):
            facts.add_row(name, told)
        yield Padding(facts, (0, 0, 0, 2), expand=False)
        if len(region.parts) > 1:
            yield Text("  other readings", style="dim")
            yield Padding(self._readings(), (0, 0, 0, 4), expand=False)
        if self.with_map:
            yield Text()
            yield from draw_region(region, console, options.max_width)

    def _readings(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(justify="right")
        table.add_column(overflow="fold")
        for part, words in list(zip(self.region.parts, reading_words(self.region), strict=True))[1:]:
            table.add_row(f"{part.weight:.0%}", words)
        return table


def region_facts(region: Region) -> tuple[tuple[str, str], ...]:
    """Tell a region in words: what it was taken for and why, where it lies, how fine and how sure that is."""
    facts = [("taken for", "; ".join(place_words(place) for place in region.places)), ("why", safe(region.why))]
    best = region.parts[0].place
    home = (best.country,) if region.method == "name" and best is not None and best.country else None
    facts.append(("lies in", ", ".join(country_name(code) for code in home or countries_of(region.geometry))))
    facts.append(("precision", f"where_prec {region.where_prec}: {PREC_WORDS[region.where_prec]}"))
    facts.append(("doubt", doubt_words(region)))
    facts.append(("floor", f"positions are given no finer than {FLOOR_KM:g} km"))
    return tuple((name, told) for name, told in facts if told)


def reading_words(region: Region) -> tuple[str, ...]:
    """Tell each reading in words; the others with how far from the best one they lie."""
    first = point_of(region.geometry, region.parts[0].place)
    told = []
    for part in region.parts:
        words = _reading(part, region)
        if elsewhere_in(part, region) is not None:
            told.append(words)
            continue
        point = point_of(part.geometry, part.place)
        far = distance_km(first, point)
        if far > FLOOR_KM:
            side = _POINTS[round(bearing_deg(first, point) / 45) % 8]
            words += f", {far:,.0f} km to the {side}"
        told.append(words)
    return tuple(told)


def _reading(part: WeightedGeometry, region: Region) -> str:
    home = elsewhere_in(part, region)
    if home is not None:
        return f"somewhere else in {country_name(home)}: no place of that very name is listed there"
    if part.place is None or region.method != "name":
        shape = "the best reading" if part is region.parts[0] else "another shape of the same phrase"
        return f"{shape}, from {part.place.name}" if part.place is not None else shape
    return place_words(part.place)


def place_words(place: Place) -> str:
    """Say what a gazetteer entry is: name, kind, division, country."""
    parts = [place.kind.replace("_", " ")]
    division = division_name(place)
    parts += [division] if division and division != place.name else []
    if place.country and place.kind != "country":
        parts.append(country_name(place.country))
    return f"{isolated(safe(place.name))} ({', '.join(parts)})"


def doubt_words(region: Region) -> str:
    """Say within what distance the true place lies, and how much ground that is: from the middle of a town, else from the shape's edge."""
    best = region.parts[0]
    ground = _rounded(area_km2(ground_within(replace(region, parts=(replace(best, weight=1.0),)), 0.9)))
    half = region.radius50_km
    if region.method == "name" and best.place is not None and best.place.kind in LABELLED_KINDS:
        # From the position as shown, so that what the floor moved is in the figure.
        far = farthest_km(coarse_point(point_of(best.geometry, best.place)), best.geometry)
        told = f"9 times in 10 within {far + region.radius_km:,.0f} km of the position shown"
        return f"half the time within {max(0.0, far + half):,.0f} km, {told}" if half is not None else told
    told = f"9 times in 10 within {region.radius_km:,.0f} km of the shape ({ground} sq km of ground)"
    if half is None:
        return told
    where = f"within {half:,.0f} km of it" if half >= 0 else f"at least {-half:,.0f} km inside its edge"
    return f"half the time {where}; {told}"


def _rounded(km2: float) -> str:
    """Write an area with two digits that count."""
    digits = max(0, len(f"{km2:.0f}") - 2)
    return f"{round(km2, -digits):,.0f}"


def draw_region(region: Region, console: Console, width: int) -> Iterator[Text]:
    """
    Draw the map of a region with its legend.

    Parameters
    ----------
    region
        Where something is.
    console
        Tells which characters the terminal has.
    width
        Columns there are.

    Yields
    ------
    line
        A line of the map, then the legend; nothing where there is no room.
    """
    columns, rows = min(width - 2, MOST_COLUMNS), min(MAP_ROWS, max(0, console.height - 8) or MAP_ROWS)
    if columns < LEAST_MAP[0] or rows < LEAST_MAP[1]:
        return
    signs = UNICODE if _can_show(console.encoding, "▒⠿•├") else ASCII
    shown = show_region(region)
    anchors = tuple((safe(name), lon, lat) for name, lon, lat in marked_places(region.places))
    ground = Ground(half=shown.half, most=shown.most, focus=shown.focus, anchors=anchors)
    drawn = TerminalMap(ground, columns, rows, signs)
    drawn.name_towns(anchors, "anchor")
    frame = drawn.frame
    bounds = (frame.west, frame.south, frame.east, frame.north)
    towns = choose_towns(users_gazetteer(), bounds, 2 * MOST_TOWNS, first=anchors)
    drawn.name_towns([(safe(name), lon, lat) for name, lon, lat in towns][:MOST_TOWNS])
    drawn.name_countries()
    for line in drawn.lines():
        yield Text(" ") + line
    legend = Text(" ")
    for sign, told, style in (
        (signs.half, "half the time here", "bold yellow"),
        (signs.most, "9 times in 10", "yellow"),
        (signs.anchor, "named", "bold magenta"),
        (signs.town, "town", "bold"),
    ):
        legend.append(f"{sign} ", style=style)
        legend.append(f"{told}  ", style="dim")
    legend.append(drawn.scale())
    yield legend


def _can_show(encoding: str, characters: str) -> bool:
    try:
        characters.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
