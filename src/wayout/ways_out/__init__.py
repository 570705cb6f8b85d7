"""
Which ways are open? The engine of MOVE on a situation that you draw, without any report or text.

::

    from wayout import ways_out

    ways = ways_out.find_ways(
        sources={"the depot": depot},
        barriers=[ways_out.feature(river, name="the bridge", p_closed=0.4)],
        exits={"the town": town},
        party="aid_convoy",
        within_h=72,
    )

``ways`` shows itself in a notebook as a map with its table; ``ways.what_if({"the bridge": 0.9})`` asks again.
"""

from collections.abc import Mapping
from typing import Any

from wayout.errors import InputError
from wayout.ways_out.answering import answer, prepare
from wayout.ways_out.choices import Choices, hours_of, make_choices
from wayout.ways_out.features import as_features, feature
from wayout.ways_out.given import read_given
from wayout.ways_out.ground import GroundFiles
from wayout.ways_out.ways import Ways

__all__ = ["Choices", "GroundFiles", "Ways", "feature", "find_ways", "find_ways_in"]


def find_ways(
    sources: Any = None,
    barriers: Any = None,
    exits: Any = None,
    party: str = "civilians",
    within_h: float = 240.0,
    **choices: Any,
) -> Ways:
    """
    Work out which ways are open to a party, how fast, and which barrier decides.

    Parameters
    ----------
    sources
        Where the party is: areas, lines or points, lon/lat. Shapely geometries, GeoJSON, objects with ``__geo_interface__`` (a
        geopandas frame), shapes by name, or a list of these.
    barriers
        What may close a way: features with ``p_closed`` (see :func:`feature`); a checkpoint has ``role="checkpoint"`` and
        ``delay_h``.
    exits
        What is to be reached; none: the directions, borders and provinces round the sources.
    party
        ``"armed_group"``, ``"civilians"`` or ``"aid_convoy"``.
    within_h
        Time it has, clock hours (rests included).
    choices
        The other fields of :class:`Choices`: ``profile``, ``at``, ``cell_km``, ``seed`` ...

    Returns
    -------
    ways
        The answer.

    Raises
    ------
    InputError
        If something given is wrong; the message names the feature, the value and the remedy.
    NotFoundError
        If the party or a profile is not known.

    References
    ----------
    docs/methods/travel-time.md, docs/methods/exits.md

    Examples
    --------
    >>> import shapely
    >>> ways = find_ways(shapely.Point(31.2, -10.2), exits={"Kasama": shapely.Point(31.4, -10.2)}, within_h=24, cell_km=5)
    >>> [e.name for e in ways.exits]
    ['Kasama']
    """
    features = [*as_features(sources, "source"), *as_features(barriers, "barrier"), *as_features(exits, "exit")]
    return _asked(features, make_choices({**choices, "party": party, "within_h": within_h}))


def find_ways_in(situation: Any, **choices: Any) -> Ways:
    """
    Work out the ways of a situation drawn as one GeoJSON feature collection whose features carry a ``role``.

    Parameters
    ----------
    situation
        A feature collection as ``dict``, an object with ``__geo_interface__``, or a list of features.
    choices
        Fields of :class:`Choices`; what the collection says under ``question`` (party, within, profile, at, title, note) holds
        where they do not.

    Returns
    -------
    ways
        The answer.

    Raises
    ------
    InputError, NotFoundError
        As :func:`find_ways`.
    """
    node = getattr(situation, "__geo_interface__", situation)
    asked: Mapping[str, Any] = {}
    if isinstance(node, Mapping):
        if node.get("type") != "FeatureCollection":
            raise InputError(
                f"the situation is a {node.get('type')!r:.60}; give a GeoJSON FeatureCollection with its features"
            )
        asked = node.get("question") or {}
        features = node.get("features")
    else:
        features = node
    if not isinstance(features, list | tuple):
        raise InputError("the situation has no list of features; give a GeoJSON FeatureCollection")
    if not isinstance(asked, Mapping):
        raise InputError(f'the situation\'s question is {asked!r:.60}; give an object such as {{"party": "civilians"}}')
    if "ground" in asked:
        raise InputError(
            "the situation's question names a ground; a file does not choose which files are read: give it in the call"
        )
    said = {**asked, **choices}
    if "within" in said:
        within = str(said.pop("within"))
        said = {"within_h": hours_of(within), **said} if "within_h" not in choices else said
    return _asked(list(features), make_choices(said))


def _asked(features: list[Any], choices: Choices) -> Ways:
    given = read_given(features, repair=choices.repair)
    prepared = prepare(features, given, choices)
    return Ways(told=answer(prepared, given.barriers), prepared=prepared)
