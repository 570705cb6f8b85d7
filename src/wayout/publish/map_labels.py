"""Place labels so that none covers another: the first free spot of a few candidates, most important label first."""

from dataclasses import dataclass, field

CHARACTER_WIDTH = {"m-way": 0.66, "m-area-name": 0.66, "m-number": 0.72, "m-country": 0.82}
"""Mean width of a character as a share of the font size, by kind; generous (DejaVu Bold), so that boxes do not touch."""
OTHER_WIDTH = 0.58
LINE_HEIGHT = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in SVG units."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two rectangles share area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def inside(self, other: "Box") -> bool:
        """Tell whether this rectangle lies in another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A placed label: its lines, the middle of its first baseline, font size; all SVG units."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    kind: str


@dataclass(slots=True, kw_only=True)
class Placer:
    """Keeps what is taken and finds room for the next label."""

    frame: Box
    taken: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def block(self, box: Box) -> None:
        """Keep a rectangle free of labels."""
        self.taken.append(box)

    def block_line(self, start: tuple[float, float], end: tuple[float, float], half: float) -> None:
        """Keep a line free of labels, ``half`` units to each side."""
        steps = max(1, int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / half))
        for n in range(steps + 1):
            x = start[0] + (end[0] - start[0]) * n / steps
            y = start[1] + (end[1] - start[1]) * n / steps
            self.block(Box(left=x - half, top=y - half, right=x + half, bottom=y + half))

    def place(self, lines: tuple[str, ...], at: tuple[float, float], size: float, kind: str, *, must: bool) -> bool:
        """
        Place a label near a point.

        Parameters
        ----------
        lines
            Text, line by line.
        at
            The point it belongs to.
        size
            Font size.
        kind
            CSS class.
        must
            Place it even without free room, at the candidate that overlaps the fewest others.

        Returns
        -------
        placed
            Whether the label was placed.
        """
        width = max(len(line) for line in lines) * size * CHARACTER_WIDTH.get(kind.split()[0], OTHER_WIDTH)
        height = len(lines) * size * LINE_HEIGHT
        choices = [self._box(at, width, height, dx, dy) for dx, dy in _CANDIDATES]
        choices = [box if not must else self._pulled_in(box) for box in choices]
        inside = [box for box in choices if box.inside(self.frame)]
        free = next((box for box in inside if not any(box.overlaps(t) for t in self.taken)), None)
        if free is None and not (must and inside):
            return False
        box = free or min(inside, key=lambda b: sum(b.overlaps(t) for t in self.taken))
        self.taken.append(box)
        self.labels.append(
            Label(lines=lines, x=(box.left + box.right) / 2, y=box.top + size * 0.95, size=size, kind=kind)
        )
        return True

    def _box(self, at: tuple[float, float], width: float, height: float, dx: float, dy: float) -> Box:
        x = at[0] + dx * (width / 2 + 8)
        y = at[1] + dy * (height / 2 + 8)
        return Box(left=x - width / 2, top=y - height / 2, right=x + width / 2, bottom=y + height / 2)

    def _pulled_in(self, box: Box) -> Box:
        dx = max(0.0, self.frame.left - box.left) - max(0.0, box.right - self.frame.right)
        dy = max(0.0, self.frame.top - box.top) - max(0.0, box.bottom - self.frame.bottom)
        return Box(left=box.left + dx, top=box.top + dy, right=box.right + dx, bottom=box.bottom + dy)


_CANDIDATES = (
    (1, 0),
    (-1, 0),
    (0, 1),
    (0, -1),
    (1, 1),
    (-1, 1),
    (1, -1),
    (-1, -1),
    (0, 2.2),
    (0, -2.2),
    (1.6, 1.6),
    (-1.6, 1.6),
    (1.6, -1.6),
    (-1.6, -1.6),
    (0, 3.6),
    (0, -3.6),
    (0, 5),
    (0, -5),
)
"""Where to try, in half label widths and heights from the point: right first, as on printed maps."""
