"""`wayout backtest`: how well would forecasts of a party's next events have done, made as of every Monday?"""

import json
import math
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wayout.assess.backtest import BacktestTable
    from wayout.assess.backtesting.columns import EventColumns

_DAY = ["%Y-%m-%d"]
_EPOCH = datetime(1970, 1, 1)  # whole days, as the table's own dates: no zone
_MEMORY_DAYS = 180
_YEAR = 364


def backtest(
    events: Annotated[
        list[Path],
        typer.Argument(
            metavar="EVENTS.csv...",
            help="UCDP GED tables (.csv or .csv.gz); the first is tested, further ones are learned from beside it.",
            show_default=False,
        ),
    ],
    cells: Annotated[
        list[str],
        typer.Option(
            "--cells", metavar="COUNTRY", help="The country of each table, in the same order: SY, SYR, Syria."
        ),
    ],
    party: Annotated[
        str | None, typer.Option("--party", help="UCDP's name of the party (\"IS\"); default: everybody's events.")
    ] = None,
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from", metavar="YYYY-MM-DD", formats=_DAY, help="First origin; default: a year before the last."
        ),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option(
            "--to", metavar="YYYY-MM-DD", formats=_DAY, help="Last origin; default: the last with a whole window."
        ),
    ] = None,
    learn_from: Annotated[
        datetime | None,
        typer.Option(
            "--learn-from",
            metavar="YYYY-MM-DD",
            formats=_DAY,
            help="First day learned from; default: 180 days into each table.",
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until",
            metavar="YYYY-MM-DD",
            formats=_DAY,
            help="Day up to which the table is complete; default: its last.",
        ),
    ] = None,
    horizon: Annotated[
        list[int] | None, typer.Option("--days", min=1, max=730, help="Horizon; repeat for several.")
    ] = None,
    reps: Annotated[
        int, typer.Option("--draws", min=0, max=10_000, help="Draws of the bootstrap; 0: no intervals.")
    ] = 300,
    by_source: Annotated[
        bool, typer.Option("--by-source", help="Stricter: a source must be dated before the origin too.")
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Also show the model fitted once, before the first origin.")
    ] = False,
    reach: Annotated[
        bool, typer.Option("--reach", help="Also show ours with MOVE's hours from recent positions (slower).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Test forecasts of a party's next events on its past, strictly as of each Monday."""
    from wayout.assess.backtest import BacktestOptions, run_backtest
    from wayout.assess.backtesting.windows import Period
    from wayout.backtesting.countries import open_country
    from wayout.cli.country_codes import country_codes
    from wayout.cli.options import tell_progress

    if len(cells) != len(events):
        raise typer.BadParameter(f"{len(events)} tables and {len(cells)} countries; give --cells once for each table")
    horizons = tuple(dict.fromkeys(horizon or [30, 90]))
    tables = [_read(path) for path in events]
    data_until = _day(until) if until else int(tables[0].start.max())
    to = _day(last) if last else data_until + 1 - min(horizons)
    begins = _day(first) if first else data_until + 1 - max(horizons) - _YEAR
    countries = []
    for path, table, name in zip(events, tables, cells, strict=True):
        codes = country_codes([name], "--cells")
        tell_progress(f"{path.name}: features of {codes[0]}")
        learn = _day(learn_from) if learn_from else int(table.start.min()) + _MEMORY_DAYS
        covered = data_until if table is tables[0] else int(table.start.max())
        countries.append(open_country(table, codes[0], party, (learn, to, covered), by_source=by_source, reach=reach))
    name = f"{events[0].name}, {party or 'everybody'}"
    period = Period(name=name, learn_from=countries[0].learn_from, first=begins, last=to, data_until=data_until)
    options = BacktestOptions(horizons=horizons, reps=reps, once=once)
    answer = run_backtest(countries, period, options, tell_progress)
    typer.echo(json.dumps(_as_json(answer), allow_nan=False) if as_json else _as_text(answer))


def _day(given: datetime) -> int:
    return (given - _EPOCH).days


def _read(path: Path) -> "EventColumns":
    """Read a table, compressed or not; rows that cannot be used are told on standard error."""
    import csv
    import gzip
    import io

    from wayout.assess.backtesting.columns import event_columns
    from wayout.errors import SourceError

    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            table = event_columns(csv.DictReader(text))
    except (UnicodeDecodeError, csv.Error, EOFError, gzip.BadGzipFile) as error:
        raise SourceError(f"{path}: {error}; give a UCDP GED table as CSV in UTF-8") from error
    if table.refused:
        shown = "".join(c if c.isprintable() else "\ufffd" for c in table.refused[0])
        typer.echo(f"wayout: {path.name}: {len(table.refused)} rows left out; first: {shown}", err=True)
    return table


def _as_json(table: "BacktestTable") -> dict[str, object]:
    import dataclasses

    def sound(value: object) -> object:
        """JSON has no number for what is not one."""
        if isinstance(value, dict):
            return {key: sound(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [sound(item) for item in value]
        return None if isinstance(value, float) and not math.isfinite(value) else value

    return sound(dataclasses.asdict(table))  # type: ignore[return-value]


def _as_text(table: "BacktestTable") -> str:
    lines = []
    for case in table.cases:
        lines.append(
            f"{table.period.name}: {case.target} within {case.horizon} days; {case.n_origins} origins, {case.n_cases} cases, "
            f"{case.n_happened} happened"
        )
        lines.append(f"  {'':18}{'AP':<22}{'Brier':<22}{'log':<22}{'P@10':<22}{'ECE':<7}ours better by: AP; Brier")
        for row in table.rows:
            if (row.horizon, row.target) != (case.horizon, case.target):
                continue
            told = "".join(f"{_figure(row.scores[key]):<22}" for key in ("AP", "Brier", "log", "P@10"))
            better = "; ".join(_figure(row.ours_better_by[key], "+") for key in ("AP", "Brier") if row.ours_better_by)
            lines.append(f"  {row.forecaster:18}{told}{row.calibration_error:<7.3f}{better}")
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def _figure(figure: object, sign: str = "") -> str:
    value, low, high = (getattr(figure, name) for name in ("value", "low", "high"))
    if not math.isfinite(value):
        return "-"
    span = f" [{low:{sign}.3f},{high:{sign}.3f}]" if math.isfinite(low) else ""
    return f"{value:{sign}.3f}{span}"
