"""The places of a text for people: a row for every phrase, and why a phrase could not be placed."""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from wayout.cli.locate_text import TextPlaces
from wayout.cli.render_region import place_words
from wayout.cli.terminal_text import isolated, safe
from wayout.model import Region, Span


class PlacesView:
    """
    The places of one text, renderable by rich.

    Parameters
    ----------
    places
        What was found in it.
    """

    def __init__(self, places: TextPlaces) -> None:
        self.places = places

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table, then what could not be placed."""
        title = self.places.document.title
        if title:
            yield Text(isolated(safe(title)), style="bold")
        if not self.places.found and not self.places.missed:
            yield Text("no place phrase was found in this text", style="dim")
            return
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("phrase", style="bold", overflow="fold", ratio=3)
        table.add_column("n", justify="right", style="dim")
        table.add_column("taken for", overflow="fold", ratio=6)
        table.add_column("prec", justify="right")
        table.add_column("90 %, km", justify="right")
        table.add_column("sure", justify="right")
        for phrase, region, n in self._repeats(self.places.found):
            places = "; ".join(place_words(p) for p in region.places) or safe(region.why)
            relation = "" if region.method == "name" else f"{region.method.replace('_', ' ')}: "
            cells = (isolated(safe(phrase)), str(n) if n > 1 else "", relation + places, str(region.where_prec))
            table.add_row(*cells, f"{region.radius_km:,.0f}", f"{region.parts[0].weight:.0%}")
        if self.places.found:
            yield table
        told = {self.places.document.quote(span): why for span, why in self.places.missed}
        for phrase, why in told.items():
            yield Text.assemble(("not located  ", "dim"), (isolated(safe(phrase)), "bold"), (f"  {safe(why)}", "dim"))

    def _repeats(self, found: Iterable[tuple[Span, Region]]) -> list[tuple[str, Region, int]]:
        """Tell each phrase once, with how often it stands in the text."""
        rows: dict[str, tuple[Region, int]] = {}
        for span, region in found:
            phrase = " ".join(self.places.document.quote(span).split())
            first, n = rows.get(phrase, (region, 0))
            rows[phrase] = (first, n + 1)
        return [(phrase, region, n) for phrase, (region, n) in rows.items()]
