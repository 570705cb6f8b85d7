"""How the exits of one answer were worked out, put together: the least exact of them speaks for all."""

from collections.abc import Sequence
from typing import Literal

from wayout.model import EnsembleCheck

WORST_FIRST: tuple[Literal["gateways", "draws", "all"], ...] = ("gateways", "draws", "all")


def sum_checks(checks: Sequence[EnsembleCheck]) -> EnsembleCheck:
    """
    Put the checks of several solves together.

    Parameters
    ----------
    checks
        One an exit; exits that were solved together share theirs.

    Returns
    -------
    check
        The least exact method, its least exact share and its largest errors; solves are counted once.
    """
    different = list({id(c): c for c in checks}.values())
    method = next(m for m in WORST_FIRST if any(c.method == m for c in different))
    same = [c for c in different if c.method == method]
    return EnsembleCheck(
        method=method,
        n_training=sum(c.n_training for c in same),
        n_fresh=sum(c.n_fresh for c in same),
        p_exact=min(c.p_exact for c in same),
        max_excess=max(c.max_excess for c in same),
        max_correction=max(c.max_correction for c in same),
        n_missed=sum(c.n_missed for c in same),
    )
