"""
Where those who flee arrive, scored with constants fitted without the conflict they are scored on.

FabFlee configurations by averaged relative difference (ARD, as Flee defines it; Flee's published bar is 0.6), IOM's shocks in
Iraq by total variation distance. A configuration of a conflict not in ``displacement_constants.yaml`` is scored with the shipped
constants. "seen 30 days" is another task: counts of the first 30 days are known, and only later days are scored.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import yaml

from bench.displacement_fit import Cases, conflict_of, differences, load, mean_by_conflict
from bench.fabflee import averaged_relative_difference, floors, total_variation
from bench.flee_like import people_by_walking
from bench.iom_fit import expected
from bench.iom_shocks import distances, read_stock, scored_shocks, shock_floors
from bench.score import CorpusMissingError, Score
from wayout.move.flight.constants import EarlierConstants, FlightConstants, shipped_constants, shipped_earlier
from wayout.move.flight.over_time import people_over_time

FITTED = yaml.safe_load(Path(__file__).with_name("displacement_constants.yaml").read_text(encoding="utf-8"))
BAR = 0.6
"""Flee 3 (Journal of Computational Science, 2024): averaged relative difference below this in all its conflicts."""
SEEN_DAYS = 31


def measure(corpora: Path) -> list[Score]:
    """Score both corpora, those that are there."""
    flee, iom = corpora / "geo" / "fabflee", corpora / "geo" / "iom_dtm_iraq"
    if not flee.exists() and not iom.exists():
        raise CorpusMissingError(f"neither {flee} nor {iom} is here")
    return [*(_flee(load(flee), flee / "README.md") if flee.exists() else []), *(_iom(iom) if iom.exists() else [])]


def constants_without(conflict: str) -> FlightConstants:
    """Return the constants fitted without a conflict; the shipped ones where none of its cases was ever fitted on."""
    return replace(shipped_constants(), **FITTED["without"].get(conflict, {}))


def earlier_without(origin: str) -> EarlierConstants:
    """Return the constants fitted without a region of origin."""
    return replace(shipped_earlier(), **FITTED["earlier_without"].get(origin, {}))


def _stated_floors(readme: Path) -> dict[tuple[str, str], float]:
    """Read the floors that the corpus' README states, to check our reading of the corpus against them."""
    stated: dict[tuple[str, str], float] = {}
    for line in readme.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 11 and cells[5].startswith((".", "0", "1")):
            stated |= {(cells[0], kind): float(cells[5 + i]) for i, kind in enumerate(("equal", "1/d", "1/d2"))}
    return stated


def _flee(cases: Cases, readme: Path) -> list[Score]:
    beside = {c.name: floors(c) for c, _ in cases}
    left_out, varied, later, held = {}, {}, {}, {}
    for c, case in cases:
        constants = constants_without(conflict_of(c.name))
        people = people_over_time(case, constants)
        left_out[c.name] = averaged_relative_difference(people, c.counts)
        varied[c.name] = total_variation(people, c.counts)
        if c.days > SEEN_DAYS and c.counts[SEEN_DAYS - 1].sum() > 0:
            assimilated = people_over_time(case, constants, c.counts[:SEEN_DAYS])
            share = c.counts[SEEN_DAYS - 1] / c.counts[SEEN_DAYS - 1].sum()
            later[c.name] = averaged_relative_difference(assimilated[SEEN_DAYS:], c.counts[SEEN_DAYS:])
            held[c.name] = averaged_relative_difference(c.counts.sum(1)[SEEN_DAYS:, None] * share, c.counts[SEEN_DAYS:])
    stated = _stated_floors(readme) if readme.exists() else {}
    apart = [abs(beside[name][kind] - value) for (name, kind), value in stated.items() if name in beside]
    inside = differences(cases, shipped_constants())
    walked = {c.name: averaged_relative_difference(people_by_walking(c), c.counts) for c, _ in cases}
    means = {kind: mean_by_conflict({n: f[kind] for n, f in beside.items()}) for kind in ("equal", "1/d", "1/d2")}
    said = "floors: " + ", ".join(f"{kind} {value:.3f}" for kind, value in means.items())
    scores = [
        _low("displacement ARD, mean of left-out conflicts", mean_by_conflict(left_out), f"{said}; Flee's bar {BAR}"),
        _low(
            "displacement ARD, mean of left-out cases",
            _mean(left_out),
            f"1/d2 {_mean({n: f['1/d2'] for n, f in beside.items()}):.3f}",
        ),
        _low("displacement ARD, mean, fitted on all (not a forecast)", mean_by_conflict(inside), "", has_floor=False),
        _low(
            "displacement ARD, a walk by Flee's default rules (baseline)", mean_by_conflict(walked), "", has_floor=False
        ),
        _low("displacement shares, mean TV of left-out conflicts", mean_by_conflict(varied), ""),
        _low(
            "displacement ARD after day 30, seen 30 days",
            mean_by_conflict(later),
            f"shares of day 30 held {mean_by_conflict(held):.3f}",
        ),
        Score(
            name="displacement cases under Flee's bar",
            value=sum(v < BAR for v in left_out.values()),
            beside=f"1/d2 {sum(f['1/d2'] < BAR for f in beside.values())} of {len(beside)}",
            has_floor=False,
        ),
        Score(
            name="displacement cases better than 1/d2",
            value=sum(left_out[n] < f["1/d2"] for n, f in beside.items()),
            beside=f"of {len(beside)}",
            has_floor=False,
        ),
    ]
    if apart:
        scores.append(
            _low("displacement floors, largest difference to the README", round(max(apart), 3), f"{len(apart)} floors")
        )
    unread = {c.name: c.unread for c, _ in cases}
    for name, value in left_out.items():
        others = ", ".join(f"{kind} {beside[name][kind]:.3f}" for kind in ("equal", "1/d", "1/d2"))
        others += f", walk {walked[name]:.3f}"
        after = f"; seen 30 days {later[name]:.3f}, held {held[name]:.3f}" if name in later else ""
        after += f"; closures not understood: {', '.join(unread[name])}" if unread[name] else ""
        scores.append(
            _low(
                f"displacement ARD, {name}", value, others, f"fitted on all {inside[name]:.3f}{after}", has_floor=False
            )
        )
    return scores


def _iom(folder: Path) -> list[Score]:
    shocks = scored_shocks(read_stock(folder / "idp_stock.parquet"))
    ours = [distances(expected(s, earlier_without(s.origin)), s) for s in shocks]
    others = {kind: [distances(shock_floors(s)[kind], s) for s in shocks] for kind in shock_floors(shocks[0])}
    scores = []
    for column, name in enumerate(("TV", "TV outside the region of origin")):
        beside = ", ".join(f"{kind} {np.mean([v[column] for v in values]):.3f}" for kind, values in others.items())
        scores.append(
            _low(f"displacement Iraq, {name}, left-out origins", float(np.mean([v[column] for v in ours])), beside)
        )
    for shock, (whole, outside) in zip(shocks, ours, strict=True):
        beside = ", ".join(f"{kind} {values[shocks.index(shock)][0]:.3f}" for kind, values in others.items())
        scores.append(
            _low(
                f"displacement Iraq, TV, {shock.origin} {shock.base:%Y-%m}",
                whole,
                beside,
                f"outside {outside:.3f}",
                has_floor=False,
            )
        )
    return scores


def _low(name: str, value: float, beside: str, note: str = "", *, has_floor: bool = True) -> Score:
    return Score(name=name, value=value, higher_is_better=False, beside=beside, note=note, has_floor=has_floor)


def _mean(values: Mapping[str, float]) -> float:
    return float(np.mean(list(values.values())))
