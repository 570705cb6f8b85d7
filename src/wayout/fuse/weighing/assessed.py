"""The third layer of control: what a person judged. Without a person's judgement it is empty."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from wayout import __version__
from wayout.errors import InputError
from wayout.model import Control, Step, content_id
from wayout.model.judgement import Judgement

ASSESSED = "assessed_control"
"""Kind of judgement that says how probably an actor holds a place: ``about`` is the id of a control, the body has ``p_held``."""


def assessed_controls(
    judgements: Iterable[Judgement], controls: Iterable[Control], at: datetime
) -> tuple[tuple[Control, ...], tuple[str, ...]]:
    """
    Make controls of layer "assessed" of what people judged by the time of the picture; the newest of a control counts.

    Judgements do not fade by rule: a person made them, and a person takes them back with a newer one.

    Parameters
    ----------
    judgements
        Judgements of any kind; others than :data:`ASSESSED` are passed over.
    controls
        The claimed and reported controls of the picture, which the judgements are about.
    at
        The time of the picture.

    Returns
    -------
    controls
        Sorted by id of what they are about.
    unmatched
        Ids of judged controls that the picture does not have.

    Raises
    ------
    InputError
        If a judgement's body has no ``p_held`` between 0 and 1.
    """
    newest: dict[str, Judgement] = {}
    for judgement in judgements:
        if judgement.kind == ASSESSED and judgement.made_at <= at:
            other = newest.get(judgement.about)
            if other is None or (judgement.made_at, judgement.id) > (other.made_at, other.id):
                newest[judgement.about] = judgement
    by_id = {control.id: control for control in controls}
    made = tuple(_assessed(newest[about], by_id[about]) for about in sorted(newest) if about in by_id)
    return made, tuple(about for about in sorted(newest) if about not in by_id)


def _assessed(judgement: Judgement, control: Control) -> Control:
    body = judgement.value()
    p = body.get("p_held") if isinstance(body, dict) else None
    if isinstance(p, bool) or not isinstance(p, int | float) or not 0 <= p <= 1:
        raise InputError(
            f"judgement {judgement.id} of control {judgement.about} says p_held = {p!r}; give a number between 0 and 1"
        )
    return replace(
        control,
        id=content_id("control", control.id, "assessed"),
        layer="assessed",
        p_held=float(p),
        last_evidence=judgement.made_at.astimezone(UTC).date(),
        made_by=Step(
            name="fuse.assessed", version=__version__, parameters=(("by", judgement.by), ("judgement", judgement.id))
        ),
    )
