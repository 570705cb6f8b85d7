"""Run every bench, print one table, and fail if a figure falls below its floor."""

import argparse
import importlib
import json
import sys
from pathlib import Path

from bench.score import CorpusMissingError, Score

BENCHES = (
    "read",
    "actors",
    "relations",
    "attribution",
    "factuality",
    "times",
    "events",
    "sub_events",
    "bad_input",
    "toponyms",
    "place_names",
    "phrases",
    "calibration",
    "complex_places",
    "editions",
    "tables",
    "move_field",
    "move_roads",
    "move_reachability",
    "displacement",
    "move_ensemble",
    "echoes",
    "belief_calibration",
    "casebook",
    "hypotheses",
    "wording",
    "forecasts",
    "backtest",
    "store_speed",
    "speed",
    "track_record",
)
CORPORA = Path(__file__).resolve().parents[2] / "shared" / "data"
FLOORS = Path(__file__).with_name("floors.json")
TOLERANCE = 0.0005
"""One flipped item of the largest set moves its figure by less than this."""


def main() -> int:
    """Measure, print, compare; return 1 if a floor is broken."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="BENCH", help=f"of {', '.join(BENCHES)} (default: all)")
    parser.add_argument("--raise-floors", action="store_true", help="write better figures into floors.json")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    options = parser.parse_args()
    if unknown := sorted(set(options.only) - set(BENCHES)):
        parser.error(f"no bench named {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    floors: dict[str, float] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    scores: list[Score] = []
    for bench in options.only or BENCHES:
        try:
            scores += importlib.import_module(f"bench.{bench}").measure(options.corpora)
        except CorpusMissingError as reason:
            print(f"skipped {bench}: {reason}", file=sys.stderr)
    broken = [s for s in scores if _below_floor(s, floors)]
    print(f"| {'figure':58} | {'value':>10} | {'floor':>10} | beside | note |\n|---|---|---|---|---|")
    for s in scores:
        floor = floors.get(s.name)
        mark = " BELOW" if s in broken else ""
        print(
            f"| {s.name:58} | {s.value:10.4g} | {'' if floor is None else f'{floor:10.4g}':>10}{mark} | {s.beside} | {s.note} |"
        )
    if options.raise_floors:
        for s in scores:
            if s.has_floor and not s.name.startswith("speed") and not _below_floor(s, floors):
                better = max if s.higher_is_better else min
                floors[s.name] = better(round(s.value, 4), floors.get(s.name, round(s.value, 4)))
        FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=1) + "\n")
    return 1 if broken else 0


def _below_floor(score: Score, floors: dict[str, float]) -> bool:
    floor = floors.get(score.name)
    if floor is None:
        return False
    tolerance = TOLERANCE if score.items is None else max(TOLERANCE, 1.5 / score.items)
    return score.value < floor - tolerance if score.higher_is_better else score.value > floor + tolerance


if __name__ == "__main__":
    sys.exit(main())
