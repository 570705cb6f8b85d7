"""Made-up rows of event tables; the country and the groups do not exist."""

import csv
import io
from types import SimpleNamespace

import pytest

from wayout.read.pages import read_pages
from wayout.read.raw_page import RawPage

UCDP = {
    "id": "1",
    "type_of_violence": "1",
    "side_a_new_id": "90001",
    "side_a": "Government of Arva",
    "side_b_new_id": "90002",
    "side_b": "Hill Front",
    "source_office": "Arva Wire",
    "source_date": "2019-05-03",
    "source_original": "Arva Wire",
    "where_prec": "1",
    "where_coordinates": "Tall Brook town",
    "adm_1": "North province",
    "latitude": "34.5",
    "longitude": "40.5",
    "country": "Syria",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2019-05-01",
    "date_end": "2019-05-02",
    "low": "2",
    "best": "4",
    "high": "6",
}
ACLED = {
    "event_id_cnty": "ARV1",
    "event_date": "2019-05-01",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Hill Front",
    "inter1": "Rebel group",
    "actor2": "Military Forces of Syria (2000-2024)",
    "inter2": "State forces",
    "country": "Syria",
    "admin1": "North",
    "location": "Tall Brook",
    "latitude": "34.5",
    "longitude": "40.5",
    "geo_precision": "1",
    "source": "Arva Wire",
    "notes": "On 1 May 2019, Hill Front clashed with soldiers.",
    "fatalities": "3",
}


def _table(rows, separator=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def events():
    """Rows with changes, as the text of a table, read."""

    def read(text, **facts):
        content = text if isinstance(text, bytes) else text.encode()
        return read_pages([RawPage(name="file", content=content, **facts)])

    return SimpleNamespace(
        ucdp=lambda *changes, **how: _table([{**UCDP, "id": str(i + 1), **c} for i, c in enumerate(changes)], **how),
        acled=lambda *changes, **how: _table(
            [{**ACLED, "event_id_cnty": f"ARV{i + 1}", **c} for i, c in enumerate(changes)], **how
        ),
        read=read,
    )
