"""Value feasts: Christmas, Easter, Nowruz, and those of the Islamic calendar, give or take a day or two."""

from datetime import date, timedelta

from wayout.extract.timing.calendar_arithmetic import easter, islamic_day, islamic_near
from wayout.extract.timing.days import Match, shift_of
from wayout.extract.timing.scene import Scene, Timex


def read_feast(scene: Scene, m: Match) -> Timex | None:
    """Christmas, Nowruz, Ramadan: the nearest, or the one its words say."""
    name, raw = m["fe"].casefold(), scene.words.raw
    if scene.reference is None and not m["fe_y"]:
        return None
    shift = shift_of(scene, m["fe_r"])
    reference = date(int(m["fe_y"]), 7, 1) if m["fe_y"] else scene.reference
    assert reference is not None  # noqa: S101 - looked at above
    if name in raw["islamic_feasts"]:
        month, day, days = raw["islamic_feasts"][name]
        first = islamic_near(reference, month, day, direction=shift)
        if m["fe_y"] and first.year != reference.year:
            first = islamic_day(reference.year - 579, month, day)
        last = first + timedelta(days=days - 1)
        return scene.make(
            m, f"{first:%Y-%m}" if days > 7 else first.isoformat(), part=first.isoformat(), last=last.isoformat()
        )
    if name in raw["easter_feasts"]:
        days_of = [
            easter(y) + timedelta(days=raw["easter_feasts"][name])
            for y in range(reference.year - 1, reference.year + 2)
        ]
    else:
        month, day = raw["fixed_feasts"][name]
        days_of = [date(y, month, day) for y in range(reference.year - 1, reference.year + 2)]
    if m["fe_y"]:
        return scene.make(m, days_of[1].isoformat())
    direction = shift or scene.direction(m)
    side = [d for d in days_of if (d - reference).days * direction >= 0] if direction else days_of
    return scene.make(m, min(side, key=lambda d: abs((d - reference).days)).isoformat())
