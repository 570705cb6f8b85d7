"""Score forecasts beside their references, and sum up each author's."""

from collections.abc import Mapping, Sequence

import numpy as np

from wayout.assess.ledger.book import Entry, MadeForecast
from wayout.assess.ledger.references import quiet_option
from wayout.model import ScoredForecast
from wayout.model.forecast import Shares
from wayout.model.forecast_record import AuthorFigures, CalibrationPoint, Figure, SkillAgainst
from wayout.stats.block_bootstrap import ratio_interval
from wayout.stats.calibration import calibration_curve, calibration_error, decompose
from wayout.stats.proper_scores import Floats, brier_scores, log_scores

Scored = tuple[Entry, MadeForecast, ScoredForecast]


def score_forecast(entry: Entry, made: MadeForecast, references: Mapping[str, Shares]) -> ScoredForecast | None:
    """
    Score one forecast and its references on one resolved question.

    Returns
    -------
    scored
        ``None`` where nothing is resolved.
    """
    if entry.resolution is None or entry.resolution.voided:
        return None
    options = entry.question.options
    came = _row(entry.resolution.shares, options)
    said = _row(made.forecast.probabilities, options)
    reference = {name: float(brier_scores(_row(s, options)[None], came[None])[0]) for name, s in references.items()}
    return ScoredForecast(
        question=entry.question.id,
        by=made.forecast.by,
        model=made.forecast.model,
        made_at=made.made_at,
        standing=made.standing,
        p_outcome=float(min(1.0, (said * came).sum())),
        brier=float(brier_scores(said[None], came[None])[0]),
        log_score=float(log_scores(said[None], came[None])[0]),
        brier_zero=reference.get("zero"),
        brier_base_rate=reference.get("base rate"),
        brier_persistence=reference.get("persistence"),
    )


def figures_of(scored: Sequence[Scored]) -> tuple[AuthorFigures, ...]:
    """
    Sum up the scores of each author, method and standing.

    Intervals draw families of questions together where questions have families, else runs of neighbours in time.

    Returns
    -------
    figures
        Those made ahead first, then by author and method.
    """
    groups: dict[tuple[str, str, str], list[Scored]] = {}
    for item in sorted(scored, key=lambda s: (s[0].question.first_day, s[0].question.id)):
        made = item[1]
        groups.setdefault((made.standing, made.forecast.by, made.forecast.model), []).append(item)
    return tuple(_figures(groups[key]) for key in sorted(groups))


def _figures(items: Sequence[Scored]) -> AuthorFigures:
    made = items[0][1]
    brier = np.asarray([s.brier for _, _, s in items])
    logs = np.asarray([s.log_score for _, _, s in items])
    said, came = _statements(items)
    parts = decompose(said, came)
    return AuthorFigures(
        by=made.forecast.by,
        model=made.forecast.model,
        standing=made.standing,
        n=len(items),
        brier=_mean(brier, _labels(items)),
        log_score=_mean(logs, _labels(items)),
        calibration=tuple(
            CalibrationPoint(p_said=p.p_said, share=p.share, low=p.low, high=p.high, n=p.n)
            for p in calibration_curve(said, came)
        ),
        calibration_error=calibration_error(said, came),
        reliability=parts.reliability,
        resolution=parts.resolution,
        uncertainty=parts.uncertainty,
        against=tuple(a for name in ("zero", "base rate", "persistence") if (a := _against(items, name)) is not None),
    )


def _against(items: Sequence[Scored], name: str) -> SkillAgainst | None:
    field = f"brier_{name.replace(' ', '_')}"
    kept = [item for item in items if getattr(item[2], field) is not None]
    if not kept:
        return None
    mine = np.asarray([s.brier for _, _, s in kept])
    theirs = np.asarray([getattr(s, field) for _, _, s in kept])
    loss = ratio_interval(mine, theirs, blocks=_labels(kept))
    return SkillAgainst(
        reference=name,
        n=len(kept),
        skill=Figure(value=1 - loss.value, low=1 - loss.high, high=1 - loss.low),
        brier=float(mine.mean()),
        brier_reference=float(theirs.mean()),
    )


def _mean(values: Floats, labels: Sequence[str] | None) -> Figure:
    interval = ratio_interval(values, np.ones_like(values), blocks=labels)
    return Figure(value=interval.value, low=interval.low, high=interval.high)


def _labels(items: Sequence[Scored]) -> list[str] | None:
    """Families as blocks where there are several of them; ``None``: runs of neighbours."""
    families = [entry.question.family or entry.question.id for entry, _, _ in items]
    return families if len({e.question.family for e, _, _ in items if e.question.family}) > 1 else None


def _statements(items: Sequence[Scored]) -> tuple[Floats, Floats]:
    """Single statements with their probability: one of a question with two options, all of the rest."""
    said: list[float] = []
    came: list[float] = []
    for entry, made, _ in items:
        options = entry.question.options
        p = dict(made.forecast.probabilities)
        o = dict(entry.resolution.shares) if entry.resolution else {}
        asked = options
        if len(options) == 2:
            asked = (next((x for x in options if x != quiet_option(entry.question)), options[0]),)
        said += [p[x] for x in asked]
        came += [o[x] for x in asked]
    return np.asarray(said), np.asarray(came)


def _row(shares: Shares, options: Sequence[str]) -> Floats:
    given = dict(shares)
    return np.asarray([given[o] for o in options])
