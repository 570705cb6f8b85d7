"""
Whether 70 % means 70 %: will an actor seen in a district be seen in a deadly event there again within 30 days?

Evidence is what UCDP knew at each Monday, believed by the engine itself; the outcome is a later event. The numbers of
``vocab/belief_rules.yaml`` (``seen_active``) are fitted on Syria up to 2017; ``python -m bench.belief_calibration`` fits them again
and draws the diagram of the docs.
"""

import csv
import gzip
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.score import CorpusMissingError, Score
from wayout.fuse.weighing.evidence import Evidence, EvidenceRow, believe
from wayout.fuse.weighing.propositions import Proposition
from wayout.fuse.weighing.recalibrating import learn_recalibration
from wayout.vocab import read_vocab

FILES = {"Syria": "syria_20160101_20190508.csv.gz", "Iraq": "iraq_2013_2017.csv.gz"}
END = {"Syria": date(2019, 5, 8), "Iraq": date(2017, 12, 31)}
DISTRICTS_END = {"Syria": date(2018, 7, 1), "Iraq": date(2017, 12, 31)}
"""The column of districts is empty from then on: what is not recorded by district cannot come true there."""
BINS = 10
WEEK = 7
DIAGRAM = Path(__file__).resolve().parents[1] / "docs" / "methods" / "belief_reliability.svg"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Stated:
    """Probabilities stated on Mondays, with what came: one entry a Monday and pair of actor and district."""

    monday: NDArray[np.int64]
    p: Floats
    came: NDArray[np.bool_]

    def between(self, first: date, last: date, within: int) -> "Stated":
        """Keep Mondays from ``first`` whose window of ``within`` days ends by ``last``."""
        kept = (self.monday >= _day(first)) & (self.monday + within <= _day(last))
        return Stated(self.monday[kept], self.p[kept], self.came[kept])


def measure(corpora: Path) -> list[Score]:
    """Measure calibration on Syria from 2018 and Iraq 2016-17, by district and by half-degree cell."""
    within = int(read_vocab("belief_rules.yaml")["seen_active"]["within_days"])
    scores: list[Score] = []
    for unit in ("district", "cell"):
        for country, first in (("Syria", date(2018, 1, 1)), ("Iraq", date(2016, 1, 1))):
            last = (DISTRICTS_END if unit == "district" else END)[country]
            events = read_events(corpora, country, unit)
            stated = state(events, _mondays(date(first.year - 1, 1, 1), last), within)
            past = stated.between(date(2000, 1, 1), first, within)
            test = stated.between(first, last, within)
            learned = relearned(stated, within).between(first, last, within)
            base = float(np.mean((past.came.mean() - test.came) ** 2))
            name = f"belief active 30 d, {country} {first.year}+, {unit}"
            beside = f"base rate Brier {base:.4f}, {test.came.mean():.3f} came true"
            scores += [
                _score(f"{name} ECE", expected_error(learned), f"fixed {expected_error(test):.4f}", len(test.p)),
                _score(f"{name} Brier", brier(learned), f"{beside}; fixed {brier(test):.4f}", len(test.p)),
                Score(
                    name=f"{name} Brier skill over base rate",
                    value=1 - brier(learned) / base,
                    note=f"{len(test.p)} stated",
                ),
            ]
    return scores


def _score(name: str, value: float, beside: str, n: int) -> Score:
    return Score(name=name, value=value, higher_is_better=False, beside=beside, note=f"{n} stated")


def read_events(corpora: Path, country: str, unit: str) -> list[tuple[str, str, int, int]]:
    """Read events as (place, actor, first day, last day), one an armed side; place and days known well enough."""
    path = corpora / "geo" / "ucdp_dev" / FILES[country]
    if not path.exists():
        raise CorpusMissingError(f"no {path}")
    events = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            place = f"{row['adm_1']}/{row['adm_2']}" if unit == "district" else row["priogrid_gid"]
            if int(row["where_prec"]) > 3 or int(row["date_prec"]) > 2 or (unit == "district" and not row["adm_2"]):
                continue
            days = [_day(date.fromisoformat(row[f"date_{end}"][:10])) for end in ("start", "end")]
            events += [
                (place, row[side], days[0], days[1]) for side in ("side_a", "side_b") if row[side] != "Civilians"
            ]
    return events


def state(events: list[tuple[str, str, int, int]], mondays: list[int], within: int) -> Stated:
    """State on each Monday, from what was known before it, every pair of actor and place an event is known of."""
    fitted = read_vocab("belief_rules.yaml")["seen_active"]
    rows = [
        EvidenceRow(
            claim=str(n),
            document=str(n),
            source="UCDP",
            proposition=Proposition("active", place, actor).key,
            origin="",
            known_day=float(last),
            spoken_day=float("nan"),
            shift=fitted["recency"],
            words=0.0,
            half_life_days=fitted["recency_half_life_days"],
        )
        for n, (place, actor, _, last) in enumerate(events)
    ]
    evidence = Evidence.of(rows)
    starts = _starts(events, evidence.propositions)
    parts: list[tuple[NDArray[np.int64], Floats, NDArray[np.bool_]]] = []
    for monday in mondays:
        believed = believe(evidence, monday - 0.5)
        heard = np.flatnonzero(~np.isnan(believed.last_day))
        came = np.array(
            [np.searchsorted(starts[i], monday) < np.searchsorted(starts[i], monday + within) for i in heard]
        )
        parts.append((np.full(len(heard), monday), believed.p[heard], came.astype(bool)))
    return Stated(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _starts(events: list[tuple[str, str, int, int]], propositions: tuple[str, ...]) -> list[NDArray[np.int64]]:
    days = defaultdict(list)
    for place, actor, first, _ in events:
        days[Proposition("active", place, actor).key].append(first)
    return [np.array(sorted(days[key])) for key in propositions]


def relearned(stated: Stated, within: int) -> Stated:
    """Move each Monday's probabilities by what the windows closed by then taught."""
    fitted = read_vocab("belief_rules.yaml")["seen_active"]
    odds = np.log(stated.p / (1 - stated.p))
    moved = stated.p.copy()
    for monday in np.unique(stated.monday):
        closed = stated.monday + within <= monday
        closed &= stated.monday >= monday - within - fitted["relearn_days"]
        offset, slope = learn_recalibration(odds[closed], stated.came[closed], fitted["relearn_penalty"])
        today = stated.monday == monday
        moved[today] = np.clip(1 / (1 + np.exp(-(offset + slope * odds[today]))), 0.01, 0.99)
    return Stated(stated.monday, moved, stated.came)


def expected_error(stated: Stated) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    return float(sum(abs(p - came) * n for p, came, n in reliability(stated)) / len(stated.p))


def reliability(stated: Stated) -> list[tuple[float, float, int]]:
    """Return by bin: mean probability stated, share that came true, how many."""
    place = np.minimum((stated.p * BINS).astype(int), BINS - 1)
    return [
        (float(stated.p[place == b].mean()), float(stated.came[place == b].mean()), int((place == b).sum()))
        for b in range(BINS)
        if (place == b).any()
    ]


def brier(stated: Stated) -> float:
    """Return the mean squared error of the probabilities."""
    return float(np.mean((stated.p - stated.came) ** 2))


def fit(corpora: Path, half_lives: tuple[float, float]) -> tuple[Floats, float]:
    """
    Fit prior, recency and habit on Syria up to 2017 for a pair of half-lives (recency, habit).

    Returns
    -------
    weights, loss
        Prior log-odds, recency, habit; mean log loss.
    """
    within = int(read_vocab("belief_rules.yaml")["seen_active"]["within_days"])
    events = read_events(corpora, "Syria", "district")
    by_pair = defaultdict(list)
    for place, actor, first, last in events:
        by_pair[place, actor].append((first, last))
    inputs, came = [], []
    for days in by_pair.values():
        starts, ends = (np.array(sorted(column)) for column in zip(*days, strict=True))
        for monday in _mondays(date(2016, 7, 4), date(2018, 1, 1))[::2]:
            ages = monday - np.unique(ends[ends < monday])
            if len(ages) and monday + within <= _day(date(2018, 1, 1)):
                seen = np.exp2(-ages / half_lives[1]).sum()
                inputs.append((1.0, 2.0 ** (-ages.min() / half_lives[0]), np.log1p(seen)))
                came.append(np.searchsorted(starts, monday) < np.searchsorted(starts, monday + within))
    x, y = np.array(inputs), np.array(came, dtype=float)
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        weights -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x, x.T @ (p - y))
    z = x @ weights
    return weights, float((np.logaddexp(0, z) - y * z).mean())


def draw(rows: dict[str, Stated], path: Path) -> None:
    """Draw the reliability diagram: stated against came true, one mark a bin, its area by the number of entries."""
    side, edge = 360, 44
    marks = []
    for (name, stated), colour in zip(rows.items(), ("#1b6ca8", "#b8581d"), strict=True):
        points = [
            (edge + p * side, edge + (1 - came) * side, 2 + 10 * (n / len(stated.p)) ** 0.5)
            for p, came, n in reliability(stated)
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        marks.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        marks += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{colour}"/>' for x, y, r in points]
        at = edge + 18 * (len(marks) > len(points) + 1)
        marks.append(f'<text x="{edge + 10}" y="{at + 18}" fill="{colour}">{name}</text>')
    ticks = [
        f'<text x="{edge + t * side:.0f}" y="{edge + side + 18}" text-anchor="middle">{t:.1f}</text>'
        f'<text x="{edge - 8}" y="{edge + (1 - t) * side + 4:.0f}" text-anchor="end">{t:.1f}</text>'
        for t in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    ]
    body = "\n".join(
        [
            f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="#fff" stroke="#888"/>',
            f'<line x1="{edge}" y1="{edge + side}" x2="{edge + side}" y2="{edge}" stroke="#bbb" stroke-dasharray="4"/>',
            *ticks,
            *marks,
            f'<text x="{edge + side / 2}" y="{edge + side + 36}" text-anchor="middle">stated</text>',
            f'<text x="{edge}" y="{edge - 10}">came true</text>',
        ]
    )
    size = side + 2 * edge
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" font-size="12">\n'
        f"<title>Seen active within 30 days: stated against came true</title>\n{body}\n</svg>\n",
        encoding="utf-8",
    )


def _mondays(first: date, last: date) -> list[int]:
    start = _day(first) + (-first.weekday()) % WEEK
    return list(range(start, _day(last), WEEK))


def _day(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()


def main(corpora: Path) -> None:
    """Print the fit for several half-lives and the reliability tables; draw the diagram."""
    for recency in (60.0, 180.0, 365.0):
        for habit in (15.0, 30.0, 60.0):
            weights, loss = fit(corpora, (recency, habit))
            print(f"half-lives {recency:g} / {habit:g} d: {np.round(weights, 2).tolist()}, log loss {loss:.4f}")
    drawn = {}
    for country, first in (("Syria", date(2018, 1, 1)), ("Iraq", date(2016, 1, 1))):
        for unit, end in (("cell", END), ("district", DISTRICTS_END)):
            mondays = _mondays(date(first.year - 1, 1, 1), end[country])
            stated = state(read_events(corpora, country, unit), mondays, 30)
            learned = relearned(stated, 30).between(first, end[country], 30)
            if unit == "cell":
                drawn[f"{country} {first.year}+ (ECE {expected_error(learned):.3f})"] = learned
            print(country, unit, " ".join("{:.2f}>{:.2f}({})".format(*row) for row in reliability(learned)))
    draw(drawn, DIAGRAM)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared" / "data")
