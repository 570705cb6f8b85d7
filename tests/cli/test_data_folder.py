from pathlib import Path

import pytest

from wayout.cli.data_folder import data_settings


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"WAYOUT_DATA": "/srv/wayout", "XDG_DATA_HOME": "/srv/share"}, "/srv/wayout"),
        ({"XDG_DATA_HOME": "/srv/share", "HOME": "/home/analyst"}, "/srv/share/wayout"),
        ({"XDG_DATA_HOME": "share", "HOME": "/home/analyst"}, "/home/analyst/.local/share/wayout"),
        ({"HOME": "/home/analyst"}, "/home/analyst/.local/share/wayout"),
        ({"WAYOUT_DATA": "", "HOME": "/home/analyst"}, "/home/analyst/.local/share/wayout"),
    ],
)
def test_the_folder_is_the_users_own_or_the_data_home(environment, folder):
    assert data_settings(environment).folder == Path(folder)


def test_editions_are_found_by_name_and_nothing_else(tmp_path):
    gazetteer = tmp_path / "gazetteer"
    (gazetteer / "downloads").mkdir(parents=True)
    for name in ("SY.sqlite", "IQ.sqlite", "IQ.json", "SD.sqlite.part", ".x.sqlite"):
        (gazetteer / name).touch()
    (gazetteer / "ML.sqlite").mkdir()
    found = data_settings({"WAYOUT_DATA": str(tmp_path)}).editions
    assert [path.name for path in found] == ["IQ.sqlite", "SY.sqlite"]


def test_no_folder_means_no_editions(tmp_path):
    assert data_settings({"WAYOUT_DATA": str(tmp_path / "absent")}).editions == ()
