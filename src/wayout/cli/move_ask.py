"""From the words of the command line to an answer: the file, the profile, the ground, the moved probabilities."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from wayout.errors import InputError, SourceError

if TYPE_CHECKING:
    from wayout.ways_out import Ways

MOST_PROFILE_BYTES = 100_000


def moved_probabilities(words: Sequence[str]) -> dict[str, float]:
    """
    Read ``--if "name=0.2"``.

    Examples
    --------
    >>> moved_probabilities(["the bridge=0.2"])
    {'the bridge': 0.2}
    """
    moved: dict[str, float] = {}
    for given in words:
        name, sign, figure = given.rpartition("=")
        name = name.strip()
        try:
            p = float(figure)
        except ValueError:
            p = -1.0
        if not sign or not name or not 0 <= p <= 1:
            raise typer.BadParameter(
                f'--if is {given!r}; give a barrier and a probability between 0 and 1, such as "the bridge=0.2"'
            )
        if name in moved:
            raise typer.BadParameter(f"--if names {name!r} twice; give it once")
        moved[name] = p
    return moved


def ask(situation: str, choices: Mapping[str, Any], ground: Mapping[str, Any]) -> "Ways":
    """
    Read the file and ask MOVE.

    Parameters
    ----------
    situation
        The file, or ``-``.
    choices
        What the command line says; ``None`` leaves it to the file.
    ground
        Files of roads, relief and land cover, and the column of the road classes; what was added to the data folder counts too.

    Returns
    -------
    ways
        The answer.
    """
    from wayout.cli.data_folder import data_settings
    from wayout.cli.move_file import read_situation_file
    from wayout.cli.options import tell_progress
    from wayout.ways_out import GroundFiles, find_ways_in

    said = {key: value for key, value in choices.items() if value is not None}
    if "within" in said:
        said["within_h"] = _hours(said.pop("within"))
    if "profile" in said:
        said["profile"] = _profile(said["profile"])
    collection = read_situation_file(situation)
    said["ground"] = GroundFiles(**ground, data=data_settings())
    tell_progress("MOVE")
    return find_ways_in(collection, **said)


def _hours(text: str) -> float:
    from wayout.ways_out.choices import hours_of

    try:
        return hours_of(text)
    except InputError as error:
        raise typer.BadParameter(f"--{error}") from error


def _profile(given: str) -> Any:
    """Return a known profile's name, or the numbers of a YAML file."""
    from wayout.vocab import read_vocab

    known = read_vocab("mobility_profiles.yaml")["profiles"]
    if given in known:
        return given
    file = Path(given)
    if file.suffix.lower() not in (".yaml", ".yml"):
        raise typer.BadParameter(
            f"--profile is {given!r}; the profiles are {', '.join(sorted(known))}, or give a FILE.yaml"
        )
    import yaml

    if not file.is_file():
        raise SourceError(
            f"{given} is not there; give a YAML file with the numbers of a profile (docs/reference/move.md)"
        )
    with file.open("rb") as stream:
        data = stream.read(MOST_PROFILE_BYTES)
    try:
        node = yaml.safe_load(data)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise SourceError(
            f"{given} is no YAML ({' '.join(str(error).split()):.120}); write a line each: name: number"
        ) from error
    if not isinstance(node, Mapping):
        raise SourceError(f"{given} holds no profile; write a line each: speed_kmh: 4, hours_per_day: 8 ...")
    return {"name": file.stem, **node}
