"""What is added to a store gives one picture, one list of changes and one set of readings on every backend."""

from datetime import UTC, datetime

from wayout.casebook.adding import AddOptions, add_reports
from wayout.casebook.changes import find_changes
from wayout.casebook.picture import picture_at
from wayout.casebook.recalling import recall
from wayout.question import Request
from wayout.read.raw_page import RawPage
from wayout.store.open import IN_MEMORY, open_store

BEFORE, AFTER = datetime(2021, 3, 10, tzinfo=UTC), datetime(2021, 3, 28, tzinfo=UTC)
SIDES = ("Government of Mali", "JNIM", "Group 3", "Civilians")
HEADER = "id,type_of_violence,side_a,side_b,latitude,longitude,date_start,date_end,best,source_office\n"


def _table():
    rows = []
    for n in range(40):
        day = f"2021-03-{n % 28 + 1:02d}"
        sides = f"{SIDES[n % 2]},{SIDES[2 + n % 2]}"
        rows.append(f"{n},1,{sides},{16 + n % 5 / 10},{n % 3 / 10},{day},{day},{n % 4},Wire {n % 3}\n")
    return RawPage(name="rows.csv", content=(HEADER + "".join(rows)).encode())


def _answers(store):
    options = AddOptions(today=datetime(2021, 4, 1, tzinfo=UTC), n_processes=1)
    first = add_reports([_table()], store, options)
    again = add_reports([_table()], store, options)
    recalled = recall(store, Request(party="civilians", area="Gao", at=AFTER), AFTER)
    counts = (first.n_new, first.n_claims, again.n_new, again.n_known)
    return counts, picture_at(store, AFTER), find_changes(store, BEFORE, AFTER), recalled


def test_both_backends_answer_alike(store):
    counts, picture, changes, recalled = _answers(store)
    assert counts[0] == counts[3] == 40
    assert counts[2] == 0
    assert picture.situation.presences
    assert changes.changes
    assert recalled.readings
    with open_store(IN_MEMORY) as plain:
        assert _answers(plain) == (counts, picture, changes, recalled)


def test_a_judgement_acts_alike_on_both_backends(store):
    from wayout.fuse.reliability import make_rating

    answers = []
    with open_store(IN_MEMORY) as plain:
        for kept in (store, plain):
            before = _answers(kept)[1]
            kept.add_judgement(make_rating("UCDP GED", "E", "for a test", "the test", BEFORE))
            after = picture_at(kept, AFTER)
            assert after.situation != before.situation
            answers.append(after)
    assert answers[0] == answers[1]
