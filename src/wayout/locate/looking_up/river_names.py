"""Rivers by all the names the map layer writes together: "Ayeyarwady (Irrawaddy)" is known by both."""

import re
from functools import cache

from wayout.geo.layers import read_layer
from wayout.model import Place, PlaceId
from wayout.text.names import fold_name

_PARENTHESIS = re.compile(r"^(?P<first>[^()]+)\((?P<second>[^()]+)\)\s*$")
_RIVER_WORD = re.compile(r"^(?:river|the) | river$")


def rivers_named(name: str) -> tuple[Place, ...]:
    """
    Find the rivers of the map layer that bear a name, alone or in a pair.

    Parameters
    ----------
    name
        As written; "River" before or after it is left out.

    Returns
    -------
    rivers
        With the ids the gazetteer gives them; empty if the layer has none.
    """
    return _by_name().get(_RIVER_WORD.sub("", fold_name(name)), ())


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for i, feature in enumerate(read_layer("rivers")):
        written = str(feature.properties["name"])
        pair = _PARENTHESIS.match(written)
        names = [pair["first"], pair["second"]] if pair else [written]
        middle = feature.geometry.representative_point()
        place = Place(
            id=PlaceId(f"river:{i}"),
            name=names[-1].strip(),
            kind="river",
            country=None,
            admin1=None,
            lon=middle.x,
            lat=middle.y,
        )
        folded = {fold_name(n) for n in (*names, *feature.properties["aliases"])}
        for key in sorted(folded | {_RIVER_WORD.sub("", key) for key in folded}):
            found[key] = (*found.get(key, ()), place)
    return found
