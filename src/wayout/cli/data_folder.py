"""Where data that a user added lies: WAYOUT_DATA, else the data home of the XDG base directory specification."""

import os
from collections.abc import Mapping
from pathlib import Path

from wayout.ground_files.added import added_files
from wayout.locate.looking_up.editions import edition_files
from wayout.settings import DataSettings

VARIABLE = "WAYOUT_DATA"


def data_settings(environment: Mapping[str, str] = os.environ) -> DataSettings:
    """
    Find the data folder, the editions of the gazetteer and the files of the ground in it.

    Parameters
    ----------
    environment
        Variables: WAYOUT_DATA, XDG_DATA_HOME, HOME.

    Returns
    -------
    settings
        The folder need not exist; files are sorted by name.
    """
    folder = _folder(environment)
    return DataSettings(
        folder=folder,
        editions=edition_files(folder / "gazetteer"),
        roads=added_files(folder, "roads"),
        relief=added_files(folder, "relief"),
        landcover=added_files(folder, "landcover"),
    )


def _folder(environment: Mapping[str, str]) -> Path:
    if own := environment.get(VARIABLE):
        return Path(own).expanduser().absolute()
    home = environment.get("XDG_DATA_HOME", "")
    # The specification asks that a relative path be passed over.
    base = Path(home) if Path(home).is_absolute() else Path(environment.get("HOME") or Path.home()) / ".local" / "share"
    return base / "wayout"
