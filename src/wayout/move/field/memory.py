"""Ask whether a grid fits into memory before any is taken."""

import os

from wayout.errors import InputError

BYTES_A_CELL = 50
"""Most memory of one solve, friction, padding and result included (measured in bench/move_field.py)."""
MOST_CELLS = 500_000_000
"""No solve is tried above this, whatever the machine."""


def ask_for_memory(rows: int, cols: int) -> None:
    """
    Refuse a grid that one solve could not hold.

    Parameters
    ----------
    rows, cols
        Shape of the grid.

    Raises
    ------
    InputError
        If the grid has more than 500 million cells, or one solve would take more than the machine's memory.
    """
    n_cells = rows * cols
    need = n_cells * BYTES_A_CELL
    have = machine_memory()
    if n_cells > MOST_CELLS or need > have:
        raise InputError(
            f"a grid of {rows} x {cols} cells needs {need / 1e9:.1f} GB for one solve; this machine has {have / 1e9:.1f} GB and "
            f"the most is {MOST_CELLS // 10**6} million cells: take larger cells or a smaller frame"
        )


def machine_memory() -> int:
    """Return the machine's memory, bytes (what is free now changes by the second, and would change answers with it)."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not every system tells
        return MOST_CELLS * BYTES_A_CELL
