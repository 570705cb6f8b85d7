"""
Weighing of hypotheses on simulated worlds with planted truth: a check of the arithmetic, not of the world.

A course of events is drawn from the prior. Origins write a report each, of a kind drawn by the stated likelihoods: true to the
facts with a stated strength, else written whatever happens; some only pass on one shared impression, and others copy them. How much
is written does not depend on the course (rows may be scaled: only ratios within a row count), so that silence tells nothing. The
posterior can then be compared with the truth. What the stated numbers are worth in the world is another question.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import yaml

from bench.score import Score
from wayout.assess.judging.case import Case, leader
from wayout.assess.judging.stated import Stated, stated_for
from wayout.assess.judging.weighing import ELSE, NAMED, STAYS, Pull, count, weigh
from wayout.model import Branch, ClaimId

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
N_WORLDS = 4000
SEED = 1
KINDS = ("moves", "withdraws", "pressed", "hunted", "besieged", "digs_in")
WAYS = {"north": 0.15, "east": 0.3, "south": 0.7, "west": 0.5}
BINS = 10
MOST_ORIGINS = 6
WRITTEN = 0.9
"""Share of reports that bear on the hypotheses."""


@dataclass(frozen=True, slots=True)
class World:
    """A simulated world: the course that came true, and the pulls of its reports."""

    truth: str
    pulls: tuple[Pull, ...]


def measure(corpora: Path) -> list[Score]:
    """
    Draw worlds and score four ways of judging them.

    Parameters
    ----------
    corpora
        Not used: the worlds are made here.

    Returns
    -------
    scores
        Calibration error and log score of ours, of the same without dependence, of counting ticks, and of the prior.
    """
    stated = stated_for("armed_group")
    rng = np.random.default_rng(SEED)
    often = _how_often(stated)
    worlds = [_world(rng, stated, often) for _ in range(N_WORLDS)]
    ours = [_ours(w, stated) for w in worlds]
    naive = [_every_report_counts(w, stated) for w in worlds]
    ticks = [_ticks(w, stated) for w in worlds]
    prior = [Case(p_reach=WAYS, pulls=(), stated=stated).p()] * N_WORLDS
    truths = [w.truth for w in worlds]
    scores = [
        Score(name="hypotheses: calibration error, simulated worlds", value=_ece(ours, truths), higher_is_better=False),
        Score(name="hypotheses: log score, simulated worlds", value=_log_score(ours, truths), higher_is_better=False),
        Score(name="hypotheses: leader came true, simulated worlds", value=_hits(ours, truths)),
    ]
    for name, made in (("every report counted", naive), ("ticks counted", ticks), ("prior alone", prior)):
        scores.append(
            Score(
                name=f"hypotheses: calibration error, {name}",
                value=_ece(made, truths),
                has_floor=False,
                higher_is_better=False,
            )
        )
        scores.append(
            Score(
                name=f"hypotheses: log score, {name}",
                value=_log_score(made, truths),
                has_floor=False,
                higher_is_better=False,
            )
        )
        scores.append(Score(name=f"hypotheses: leader came true, {name}", value=_hits(made, truths), has_floor=False))
    gaps = [branch.gap for branches in _branches_of_examples() for branch in branches]
    scores.append(
        Score(
            name="hypotheses: gap of two worlds from the answer, examples, largest",
            value=max(gaps),
            higher_is_better=False,
            note=f"{len(gaps)} switches",
        )
    )
    return scores


def _branches_of_examples() -> list[tuple[Branch, ...]]:
    """Run the chain on the example reports, and take their switches."""
    from wayout.pipeline import analyse
    from wayout.question import Request
    from wayout.read.raw_page import RawPage
    from wayout.settings import Settings

    found = []
    for expected in sorted(EXAMPLES.glob("*.expected.yaml")):
        call = yaml.safe_load(expected.read_text(encoding="utf-8"))["call"]
        page = expected.with_name(expected.name.replace(".expected.yaml", ".html"))
        request = Request(
            party=call["party"],
            area=call["area"],
            within=call["within"],
            at=datetime.combine(call["at"], datetime.min.time(), tzinfo=UTC),
        )
        found.append(
            analyse([RawPage(name=page.name, content=page.read_bytes())], request, Settings()).assessment.branches
        )
    return found


def _world(rng: np.random.Generator, stated: Stated, often: dict[str, float]) -> World:
    """Draw a course, a shared impression of it, what each origin writes, and copies."""
    truth = _truth(rng, stated)
    strength = float(rng.uniform(0.3, 0.95))
    shared = _kind(rng, stated, often, (truth, strength))
    pulls: list[Pull] = []
    for origin in range(int(rng.integers(1, MOST_ORIGINS + 1))):
        passes_on = rng.random() < stated.dependence**0.5
        kind = shared if passes_on else _kind(rng, stated, often, (truth, strength))
        if kind is not None:
            pulls += _reports(rng, kind, f"o{origin}", strength, truth)
    return World(truth=truth, pulls=tuple(pulls))


def _kind(rng: np.random.Generator, stated: Stated, often: dict[str, float], how: tuple[str, float]) -> str | None:
    """Draw the kind of one report: by the facts, or by what is written whatever happens; ``None`` bears on nothing."""
    truth, strength = how
    by_facts = rng.random() < strength
    chances = []
    for kind in KINDS:
        row = stated.rows[kind]
        p = {STAYS: row.stays, ELSE: row.other}.get(truth, row.leaves) if by_facts else (row.leaves + row.stays) / 2
        chances.append(often[kind] * p)
    rest = max(0.0, 1 - sum(chances))
    drawn = int(rng.choice(len(KINDS) + 1, p=np.array([*chances, rest]) / (sum(chances) + rest)))
    return KINDS[drawn] if drawn < len(KINDS) else None


def _how_often(stated: Stated) -> dict[str, float]:
    """Scale the rows so that as much is written under each course, no kind rarer than it must be."""
    from scipy.optimize import linprog

    rows = [stated.rows[kind] for kind in KINDS]
    equal = [
        [r.leaves - r.stays for r in rows] + [0],
        [r.other - r.stays for r in rows] + [0],
        [r.leaves for r in rows] + [0],
    ]
    at_least = [[-float(k == n) for k in range(len(rows))] + [1.0] for n in range(len(rows))]
    found = linprog([0.0] * len(rows) + [-1.0], A_ub=at_least, b_ub=[0.0] * len(rows), A_eq=equal, b_eq=[0, 0, WRITTEN])
    assert found.x is not None, "the rows cannot be balanced"
    return {kind: float(x) for kind, x in zip(KINDS, found.x[:-1], strict=True)}


def _truth(rng: np.random.Generator, stated: Stated) -> str:
    p = Case(p_reach=WAYS, pulls=(), stated=stated).prior()
    courses = list(p)
    return courses[int(rng.choice(len(courses), p=np.array([p[c] for c in courses]) / sum(p.values())))]


def _reports(rng: np.random.Generator, kind: str, origin: str, strength: float, truth: str) -> list[Pull]:
    """Make one report, the way it names, and the copies that others print of it (under the same origin)."""
    copies = 1 + int(rng.geometric(0.6) - 1)
    name = f"{kind}-{origin}"
    pulls = [
        Pull(claim=ClaimId(f"{name}-{n}"), origin=origin, kind=kind, exit=None, strength=strength)
        for n in range(copies)
    ]
    if kind == "moves":
        way = _named(rng, strength, truth)
        pulls += [
            Pull(claim=ClaimId(f"{name}-{n}"), origin=origin, kind=NAMED, exit=way, strength=strength)
            for n in range(copies)
        ]
    return pulls


def _named(rng: np.random.Generator, strength: float, truth: str) -> str:
    """Name a way: the one taken more often than another where the report follows the facts, else any as open ways are."""
    weights = np.array([p * (2.5 if way == truth and rng.random() < strength else 1.0) for way, p in WAYS.items()])
    return list(WAYS)[int(rng.choice(len(WAYS), p=weights / weights.sum()))]


def _ours(world: World, stated: Stated) -> dict[str, float]:
    return Case(p_reach=WAYS, pulls=world.pulls, stated=stated).p()


def _every_report_counts(world: World, stated: Stated) -> dict[str, float]:
    """Ignore dependence: every copy and every origin is a witness of its own."""
    alone = [count((pull,), stated)[0] for pull in world.pulls]
    return weigh(WAYS, alone, stated)


def _ticks(world: World, stated: Stated) -> dict[str, float]:
    """Count the ticks of the matrix: a course loses by every report that speaks against it (ACH); then shares by the count."""
    counted = count(world.pulls, stated)
    against: Counter[str] = Counter()
    for one in counted:
        if one.share == 0 or one.pull.exit is not None:
            continue
        leaves, stays, other = one.logs
        best = max(one.logs)
        for course, value in ((STAYS, stays), (ELSE, other), *((way, leaves) for way in WAYS)):
            against[course] += value < best - 0.1
    courses = [*WAYS, STAYS, ELSE]
    weights = {c: 1 / (1 + against[c]) for c in courses}
    return {c: w / sum(weights.values()) for c, w in weights.items()}


def _ece(made: list[dict[str, float]], truths: list[str]) -> float:
    """Return the expected calibration error over all courses of all worlds, ten equal bins of probability."""
    p = np.array([x for probabilities in made for x in probabilities.values()])
    came = np.array(
        [course == truth for probabilities, truth in zip(made, truths, strict=True) for course in probabilities]
    )
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    gaps = [
        abs(p[bins == b].mean() - came[bins == b].mean()) * (bins == b).mean() for b in range(BINS) if (bins == b).any()
    ]
    return float(sum(gaps))


def _log_score(made: list[dict[str, float]], truths: list[str]) -> float:
    """Return the mean of -ln P(what came true), nats."""
    return float(np.mean([-np.log(max(p[truth], 1e-6)) for p, truth in zip(made, truths, strict=True)]))


def _hits(made: list[dict[str, float]], truths: list[str]) -> float:
    return float(np.mean([leader(p) == truth for p, truth in zip(made, truths, strict=True)]))
