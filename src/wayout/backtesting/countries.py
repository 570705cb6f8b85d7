"""A country made ready for the back-test: events on cells, hours from MOVE, features of every Monday."""

from wayout.assess.backtesting.cells import cells_of_country
from wayout.assess.backtesting.columns import EventColumns
from wayout.assess.backtesting.features import build_cube
from wayout.assess.backtesting.known import lay_on_cells
from wayout.assess.backtesting.rolling import Country
from wayout.assess.backtesting.windows import mondays
from wayout.backtesting.hours import hours_between


def open_country(
    events: EventColumns,
    iso_a2: str,
    party: str | None,
    days: tuple[int, int, int],
    *,
    by_source: bool = False,
    reach: bool = False,
) -> Country:
    """
    Lay events on a country's cells and compute their features.

    Parameters
    ----------
    events
        The table.
    iso_a2
        The country, ISO 3166-1 alpha-2.
    party
        UCDP's name of the party; ``None`` for all.
    days
        First day of learning, last day of any origin, and the last day the table covers.
    by_source
        Ask that a source was dated before the origin too.
    reach
        Add features of MOVE's hours, so that ours is also shown with them.

    Returns
    -------
    country
        For :func:`~wayout.assess.backtest.run_backtest`.

    Raises
    ------
    InputError
        If the party has no event in the table.
    NotFoundError
        If the borders have no such country.
    """
    cells = cells_of_country(iso_a2)
    record = lay_on_cells(events, cells, party, by_source=by_source)
    learn_from, last, data_until = days
    cube = build_cube(record, mondays(learn_from, min(last, data_until)), hours_between(cells) if reach else None)
    return Country(record=record, cube=cube, learn_from=learn_from, data_until=data_until)
