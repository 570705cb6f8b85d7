import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wayout.move.worlds.atoms import FREE, make_atoms

SIZE = 12
BARRIERS = st.lists(st.sets(st.integers(0, SIZE - 1)), max_size=6)


def flat(cells):
    return np.array(sorted(cells), dtype=np.intp)


@given(barriers=BARRIERS, walls=st.sets(st.integers(0, SIZE - 1)))
def test_each_cell_lies_in_the_atom_of_just_its_barriers(barriers, walls):
    passable = ~np.isin(np.arange(SIZE), flat(walls))
    atoms = make_atoms(SIZE, [flat(b) for b in barriers], passable)
    for cell in range(SIZE):
        on_it = tuple(i for i, b in enumerate(barriers) if cell in b)
        if on_it and passable[cell]:
            assert atoms.members[atoms.of[cell]] == on_it
        else:
            assert atoms.of[cell] == FREE
    assert len(set(atoms.members)) == len(atoms.members)
    for atom, cells in enumerate(atoms.cells()):
        assert cells.size
        assert (atoms.of[cells] == atom).all()


def test_an_atom_is_open_only_where_all_its_barriers_are():
    atoms = make_atoms(SIZE, [flat({1, 2}), flat({2, 3})], np.ones(SIZE, bool))
    assert atoms.members == ((0,), (0, 1), (1,))
    closed = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], bool)
    assert atoms.open_where(closed).tolist() == [[1, 1, 1], [0, 0, 1], [1, 0, 0], [0, 0, 0]]


@given(barriers=BARRIERS, turn=st.randoms())
def test_the_order_of_barriers_only_renames_them(barriers, turn):
    order = list(range(len(barriers)))
    turn.shuffle(order)
    ones = np.ones(SIZE, bool)
    first = make_atoms(SIZE, [flat(b) for b in barriers], ones)
    second = make_atoms(SIZE, [flat(barriers[i]) for i in order], ones)
    as_sets = [
        {
            (tuple(cells), frozenset(names[m] for m in members))
            for cells, members in zip(a.cells(), a.members, strict=True)
        }
        for a, names in ((first, range(len(barriers))), (second, order))
    ]
    assert as_sets[0] == as_sets[1]
