from wayout.model import EnsembleCheck
from wayout.move.ways.checks import sum_checks

ALL, DRAWS = EnsembleCheck(method="all"), EnsembleCheck(method="draws")


def graph(p_exact, n_training, max_excess=0.0):
    return EnsembleCheck(
        method="gateways", n_training=n_training, n_fresh=100, p_exact=p_exact, max_excess=max_excess, n_missed=1
    )


def test_the_least_exact_method_speaks_for_all():
    assert sum_checks([ALL, ALL]).method == "all"
    assert sum_checks([ALL, DRAWS, ALL]).method == "draws"
    assert sum_checks([DRAWS, graph(0.99, 10), ALL]).method == "gateways"


def test_solves_that_exits_share_are_counted_once_and_the_worst_error_is_told():
    shared, other = graph(0.999, 300, 0.01), graph(0.99, 200)
    found = sum_checks([shared, shared, ALL, other])
    assert (found.n_training, found.n_fresh, found.n_missed) == (500, 200, 2)
    assert (found.p_exact, found.max_excess) == (0.99, 0.01)
