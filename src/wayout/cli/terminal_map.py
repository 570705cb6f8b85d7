"""A small map of a region for a terminal: coast, borders and rivers as dots of Braille, the ground shaded, a few towns named."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.text import Text
from shapely.geometry.base import BaseGeometry

from wayout.publish.map_frame import Canvas, Frame, make_frame
from wayout.publish.map_ground import RIVER_RANK, in_frame
from wayout.publish.map_of_region import WORLD

DOTS_X, DOTS_Y = 2, 4
"""Dots of a Braille cell."""
_BRAILLE = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
MOST_DIVISIONS = 14
THIN_CELLS = 60
"""Ground of fewer cells is shaded wherever it touches one."""
COUNTRY_SHARE = 0.03
"""A country that fills less of the map is not named."""
Town = tuple[str, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The characters of a map: with Braille, or for terminals that have ASCII only."""

    braille: bool
    half: str
    most: str
    town: str
    anchor: str
    bar: tuple[str, str, str]


UNICODE = Signs(braille=True, half="▒", most="░", town="•", anchor="◆", bar=("├", "─", "┤"))
ASCII = Signs(braille=False, half="#", most=":", town="o", anchor="*", bar=("|", "-", "|"))
STYLES = {
    "border": "default",
    "division": "dim",
    "river": "blue",
    "sea": "blue dim",
    "half": "bold yellow",
    "most": "yellow",
    "town": "bold",
    "anchor": "bold magenta",
    "country": "dim italic",
}
"""Ink by what is drawn; the characters differ too, so that nothing is told by colour alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a map shows: the ground that holds the truth half the time and nine times in ten, what must be seen, and the places it rests on."""

    half: BaseGeometry
    most: BaseGeometry
    focus: BaseGeometry
    anchors: tuple[Town, ...] = ()


class TerminalMap:
    """
    A grid of characters with the map on it.

    Parameters
    ----------
    ground
        What to show.
    columns, rows
        Size, characters.
    signs
        :data:`UNICODE` or :data:`ASCII`.
    """

    def __init__(self, ground: Ground, columns: int, rows: int, signs: Signs) -> None:
        self.signs = signs
        self.columns, self.rows = columns, rows
        self.frame = frame_of(ground.focus, columns, rows)
        self._characters = [[" "] * columns for _ in range(rows)]
        self._ink = [[""] * columns for _ in range(rows)]
        self._draw_lines()
        self._shade(ground.most, signs.most, "most")
        self._shade(ground.half, signs.half, "half")
        self._taken = np.zeros((rows, columns), dtype=bool)

    def name_towns(self, towns: Sequence[Town], kind: str = "town", most: int = 6) -> int:
        """Mark towns with their names as far as there is room, and return how many were."""
        return sum(self._name(town, kind) for town in towns[:most])

    def name_countries(self) -> None:
        """Write the names of the countries in capitals where there is room."""
        box = self.frame.box()
        for feature in in_frame("countries", self.frame):
            seen = feature.geometry.intersection(box)
            if seen.area < COUNTRY_SHARE * box.area:
                continue
            name = str(feature.properties["name"]).upper()
            name = name if self.signs.braille else _as_ascii(name)
            inside = self._cells_in(seen)
            point = seen.representative_point()
            row, column = self._cell(point.x, point.y)
            cells = sorted(
                zip(*(axis.tolist() for axis in np.nonzero(inside)), strict=True),
                key=lambda cell: ((cell[0] - row) * 2) ** 2 + (cell[1] - column) ** 2,
            )
            starts = ((near, middle - len(name) // 2) for near, middle in cells)
            free = next(((near, start) for near, start in starts if self._is_free(near, start, len(name))), None)
            if free is not None:
                self._write(*free, name, "country")

    def _is_free(self, row: int, start: int, width: int) -> bool:
        """Tell whether a stretch of a line is blank, so that a name hides nothing."""
        if not (0 <= row < self.rows and start >= 0 and start + width <= self.columns):
            return False
        return not any(self._ink[row][start : start + width])

    def _write(self, row: int, start: int, name: str, kind: str) -> None:
        self._taken[row, start : start + len(name)] = True
        for i, character in enumerate(name):
            self._put(row, start + i, character, kind)

    def lines(self) -> list[Text]:
        """Return the map line by line."""
        return [_painted("".join(row), ink) for row, ink in zip(self._characters, self._ink, strict=True)]

    def scale(self) -> str:
        """Return the scale bar with its length."""
        per_km = self.frame.units_per_km / DOTS_X
        about = self.columns / 5 / per_km
        power = 10.0 ** math.floor(math.log10(about))
        km = max(n * power for n in (1, 2, 5) if n * power <= about)
        left, line, right = self.signs.bar
        return f"{left}{line * max(1, round(km * per_km) - 2)}{right} {km:g} km"

    def _draw_lines(self) -> None:
        frame, box = self.frame, self.frame.box()
        size = (self.rows * DOTS_Y, self.columns * DOTS_X)
        layers: list[tuple[str, NDArray[np.bool_]]] = []
        countries = in_frame("countries", frame)
        sea = np.ones((self.rows, self.columns), dtype=bool)
        border, division, river = (np.zeros(size, dtype=bool) for _ in range(3))
        for feature in countries:
            sea &= ~self._cells_in(feature.geometry.intersection(box))
            self._dot(border, frame.clip(feature.geometry).boundary)
        provinces = in_frame("admin1", frame)
        if len(provinces) <= MOST_DIVISIONS:
            for feature in provinces:
                self._dot(division, frame.clip(feature.geometry).boundary, every=4)
        for feature in in_frame("rivers", frame):
            if (feature.properties.get("rank") or 0) <= RIVER_RANK:
                self._dot(river, frame.clip(feature.geometry), every=2)
        for feature in in_frame("lakes", frame):
            self._dot(river, frame.clip(feature.geometry).boundary)
        for row, column in zip(*np.nonzero(sea), strict=True):
            self._put(int(row), int(column), "⠐" if self.signs.braille else "~", "sea")
        layers = [("division", division), ("river", river), ("border", border)]
        self._write_dots(layers)

    def _write_dots(self, layers: Sequence[tuple[str, NDArray[np.bool_]]]) -> None:
        """Merge the layers' dots into characters; a cell takes the ink of its last layer."""
        plain = {"division": ".", "river": "~", "border": "+"}
        codes = np.zeros((self.rows, self.columns), dtype=int)
        for kind, dots in layers:
            here = np.zeros((self.rows, self.columns), dtype=int)
            for x in range(DOTS_X):
                for y in range(DOTS_Y):
                    here |= dots[y::DOTS_Y, x::DOTS_X] * _BRAILLE[x][y]
            codes |= here
            for row, column in zip(*np.nonzero(here), strict=True):
                sign = chr(0x2800 + int(codes[row, column])) if self.signs.braille else plain[kind]
                self._put(int(row), int(column), sign, kind)

    def _dot(self, dots: NDArray[np.bool_], line: BaseGeometry, every: int = 1) -> None:
        """Set the dots along lines that fall into the map; ``every`` leaves gaps."""
        height, width = dots.shape
        for part in shapely.get_parts(line).tolist():
            n = 0
            points = [self.frame.xy(x, y) for x, y in shapely.get_coordinates(part).tolist()]
            for (x0, y0), (x1, y1) in pairwise(points):
                steps = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0))))
                for i in range(steps):
                    x, y = int(x0 + (x1 - x0) * i / steps), int(y0 + (y1 - y0) * i / steps)
                    n += 1
                    if n % every == 0 and 0 <= x < width and 0 <= y < height:
                        dots[y, x] = True

    def _cells_in(self, geometry: BaseGeometry) -> NDArray[np.bool_]:
        """Tell of every cell whether its middle lies in an area."""
        frame = self.frame
        lon = frame.west + (np.arange(self.columns) + 0.5) * (frame.east - frame.west) / self.columns
        lat = frame.north - (np.arange(self.rows) + 0.5) * (frame.north - frame.south) / self.rows
        grid_lon, grid_lat = np.meshgrid(lon, lat)
        shapely.prepare(geometry)
        inside: NDArray[np.bool_] = shapely.contains_xy(geometry, grid_lon, grid_lat)
        return inside

    def _shade(self, area: BaseGeometry, sign: str, kind: str) -> None:
        inside = self._cells_in(area)
        is_thin = int(inside.sum()) < THIN_CELLS
        if is_thin:
            inside = self._cells_touching(area)
        for row, column in zip(*np.nonzero(inside), strict=True):
            # A border or river through large ground stays to be seen; thin ground goes before them.
            on_line = not is_thin and self._ink[row][column] in ("border", "river")
            if on_line and (kind == "most" or (row + column) % 2):
                continue
            self._put(int(row), int(column), sign, kind)

    def _cells_touching(self, area: BaseGeometry) -> NDArray[np.bool_]:
        """Tell of every cell whether any of it lies in an area: a strip narrower than a cell misses most of their middles."""
        frame = self.frame
        lon = np.linspace(frame.west, frame.east, self.columns + 1)
        lat = np.linspace(frame.north, frame.south, self.rows + 1)
        west, north = np.meshgrid(lon[:-1], lat[:-1])
        east, south = np.meshgrid(lon[1:], lat[1:])
        touching: NDArray[np.bool_] = shapely.intersects(area, shapely.box(west, south, east, north))
        return touching

    def _cell(self, lon: float, lat: float) -> tuple[int, int]:
        x, y = self.frame.xy(lon, lat)
        return int(y // DOTS_Y), int(x // DOTS_X)

    def _name(self, town: Town, kind: str) -> bool:
        name = town[0] if self.signs.braille else _as_ascii(town[0])
        row, column = self._cell(town[1], town[2])
        width = cell_len(name)
        if not name or width != len(name) or not (0 <= row < self.rows and 0 <= column < self.columns):
            return False
        for start in (column + 2, column - width - 1):
            if start < 0 or start + width > self.columns:
                continue
            first, last = min(column, start), max(column, start + width)
            if self._taken[row, max(0, first - 1) : last + 1].any():
                continue
            self._taken[row, first:last] = True
            sign = self.signs.anchor if kind == "anchor" else self.signs.town
            self._put(row, column, sign, kind)
            self._put(row, column + (1 if start > column else -1), " ", kind)
            self._write(row, start, name, kind)
            return True
        return False

    def _put(self, row: int, column: int, sign: str, kind: str) -> None:
        self._characters[row][column] = sign
        self._ink[row][column] = kind


def frame_of(focus: BaseGeometry, columns: int, rows: int) -> Frame:
    """
    Choose the stretch of land that a map shows.

    Parameters
    ----------
    focus
        What must be on it, lon/lat.
    columns, rows
        Size of the map, characters.

    Returns
    -------
    frame
        Its units are dots, two a column and four a row.
    """
    shape = rows * DOTS_Y / (columns * DOTS_X)
    canvas = Canvas(prefix="terminal", width=float(columns * DOTS_X), low=shape, high=shape)
    return make_frame(WORLD, focus, canvas)


def _painted(line: str, ink: Sequence[str]) -> Text:
    text = Text(line, no_wrap=True)
    start = 0
    for end in range(1, len(line) + 1):
        if end == len(line) or ink[end] != ink[start]:
            if ink[start]:
                text.stylize(STYLES[ink[start]], start, end)
            start = end
    return text


def _as_ascii(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
