"""
A mean-field reading of Flee's simulation with its published default rules, unfitted: a baseline beside ours.

People are put into conflict zones by population, as long as they are in conflict. From a place they take a link with a probability in
proportion to the weight of where it leads over its length plus 10 km: camps weigh 2, conflict zones 0.25, others 1. They stop
at the first open camp. Expected values of that walk instead of agents; no days under way, no awareness beyond the next place, no
forced redirection. Rules: Suleimenova, Bell, Groen 2017, https://doi.org/10.1038/s41598-017-13828-9.
"""

import numpy as np

from bench.fabflee import Configuration, Counts, zone_activity

CAMP, ZONE, SOFTENING_KM = 2.0, 0.25, 10.0


def people_by_walking(c: Configuration) -> Counts:
    """Compute how many people are at each camp on each day, newcomers by the walk, departures in proportion."""
    zones, active = zone_activity(c)
    population = np.nan_to_num(np.array([c.number(z, "population") for z in zones]), nan=0.0) + 1.0
    total = c.counts.sum(axis=1)
    changes = {0, *(d for k in c.closures for d in (k.from_day, k.to_day))}
    changes |= set((np.flatnonzero((np.diff(active, axis=0) != 0).any(axis=1)) + 1).tolist())
    now, people = np.zeros(len(c.camps)), np.zeros_like(c.counts)
    shares = np.full(len(c.camps), 1.0 / len(c.camps))
    for day in range(c.days):
        if day in changes:
            arriving = (active[day] * population) @ _first_camp(c, zones, active[day], day)
            shares = arriving / arriving.sum() if arriving.sum() > 0 else shares
        change = total[day] - now.sum()
        now = now + change * shares if change >= 0 else now * (total[day] / now.sum())
        people[day] = now
    return people


def _first_camp(c: Configuration, zones: tuple[str, ...], active: Counts, day: int) -> Counts:
    """Return the probability that the walk from each zone ends at each camp (n_zones, n_camps)."""
    names = list(c.places)
    at = {name: i for i, name in enumerate(names)}
    shut = [k for k in c.closures if k.from_day <= day < k.to_day]
    closed = {k.name.casefold() for k in shut if k.kind in ("location", "camp")}
    borders = {(k.name, k.other) for k in shut if k.kind == "country"}
    country = [c.places[n].get("country") or "" for n in names]
    weight = np.ones(len(names))
    weight[[at[z] for z, fought in zip(zones, active, strict=True) if fought > 0]] = ZONE
    camps = [at[x] for x in c.camps]
    weight[camps] = CAMP
    weight[[i for i, n in enumerate(names) if n.casefold() in closed]] = 0.0
    step = np.zeros((len(names), len(names)))
    for start, end, km in c.routes:
        if start in at and end in at:
            for i, j in ((at[start], at[end]), (at[end], at[start])):
                if (country[i], country[j]) not in borders:
                    step[i, j] = max(step[i, j], weight[j] / (km + SOFTENING_KM))
    step = step / np.maximum(step.sum(axis=1, keepdims=True), 1e-300)
    onward = step.copy()
    onward[:, camps] = 0.0
    # A hair of loss keeps islands without a camp solvable.
    ends = np.linalg.solve(np.eye(len(names)) - (1.0 - 1e-9) * onward, step[:, camps])
    return np.asarray(ends[[at[z] for z in zones]], dtype=np.float64)
