"""The gazetteer with the editions that the user has added."""

from wayout.cli.data_folder import data_settings
from wayout.locate.gazetteer import Gazetteer, open_gazetteer


def users_gazetteer() -> Gazetteer:
    """
    Open the shipped gazetteer, together with the user's editions (``wayout data``).

    Returns
    -------
    gazetteer
        Shared by later calls of the same process.
    """
    return open_gazetteer(data_settings().editions)
