"""What an author is committed to: the judgement of one event word, and the value while it is being worked out."""

from dataclasses import dataclass

from wayout.model import Modality, Mood, Tense

CERTAIN = 3.0
DENIED = 3.0
"""What a plain negation leaves: "did not" is a little less sure than "did", who can say it of everything."""
ASSERTED = 2.2
"""Above this size a claim counts as asserted (or reported), up to it as hedged; so does all that is still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The author's stance to one event word; ``cues`` are the token indexes that made it."""

    value: float = CERTAIN
    negated: bool = False
    denied: bool = False
    conditional: bool = False
    mood: Mood = "fact"
    tense: Tense = "present"
    cues: tuple[int, ...] = ()

    @property
    def modality(self) -> Modality:
        """Name the stance: denied, conditional, hedged or asserted (attribution may make it "reported")."""
        if self.denied:
            return "denied"
        if self.conditional:
            return "conditional"
        return "asserted" if abs(self.value) > ASSERTED and self.tense != "future" else "hedged"


class Stance:
    """A judgement while operators are applied to it, from the event outward."""

    __slots__ = ("conditional", "cues", "denied", "mood", "negated", "tense", "touched", "value")

    def __init__(self, tense: Tense) -> None:
        self.value = CERTAIN
        self.negated = False
        self.denied = False
        self.conditional = False
        self.mood: Mood = "fact"
        self.tense: Tense = tense
        self.cues: list[int] = []
        self.touched = False
        """Whether the event only stands beside what follows: hedges reach it, negation does not."""

    def weaken(self, cap: float, cue: int | None = None, mood: Mood | None = None) -> None:
        """Leave at most ``cap`` of the commitment, keeping its sign; a negative cap turns it round."""
        if cap < 0 and self.touched:
            return
        if cap < 0:
            self.value = -min(abs(self.value), -cap) if self.value > 0 else min(abs(self.value), -cap)
            self.negated = not self.negated
        else:
            self.value = max(-cap, min(cap, self.value))
        self._note(cue, mood)

    def turn(self, cue: int | None = None, left: float = DENIED) -> None:
        """Turn the commitment round; a denial leaves at most ``left`` in size, a denial of a denial all."""
        if self.touched:
            return
        self.value = max(-self.value, -left)
        self.negated = not self.negated
        self._note(cue, None)

    def open(self, *, mood: Mood, conditional: bool = False, cue: int | None = None) -> None:
        """Leave nothing: the clause is asked, wished for or supposed."""
        self.value = 0.0
        self.conditional = self.conditional or conditional
        self._note(cue, mood)

    def judgement(self) -> Judgement:
        """Return the finished judgement."""
        return Judgement(
            value=self.value + 0.0,
            negated=self.negated,
            denied=self.denied,
            conditional=self.conditional,
            mood=self.mood,
            tense=self.tense,
            cues=tuple(dict.fromkeys(self.cues)),
        )

    def _note(self, cue: int | None, mood: Mood | None) -> None:
        if cue is not None:
            self.cues.append(cue)
        if mood is not None and mood != "fact":
            self.mood = mood
