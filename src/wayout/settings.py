"""One frozen record of every choice a run depends on; it goes into the manifest."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSettings:
    """
    Data that the user added to the shipped one; there is none unless a folder is named.

    Attributes
    ----------
    folder
        Where it lies; ``None``: nowhere.
    editions
        Files of the gazetteer's editions in it, sorted by name; their hashes go into the manifest.
    roads, relief, landcover
        Files of the ground in it (:mod:`wayout.ground_files.added`), sorted by name; hashed likewise.
    """

    folder: Path | None = None
    editions: tuple[Path, ...] = ()
    roads: tuple[Path, ...] = ()
    relief: tuple[Path, ...] = ()
    landcover: tuple[Path, ...] = ()

    def ground(self) -> dict[str, tuple[Path, ...]]:
        """Return the files of the ground by kind."""
        return {"roads": self.roads, "relief": self.relief, "landcover": self.landcover}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    Choices of a run. The defaults are the documented ones; the same settings and inputs give the same bytes.

    Attributes
    ----------
    seed
        Seed of the only random generator (barrier draws).
    n_draws
        Barrier draws of the ensemble.
    cell_km
        Cell size of the theatre grid, km; ``None`` chooses 1-5 km from the extent.
    floor_km
        Do-no-harm floor: published geometry is no finer than this, km.
    data
        What the user added to the shipped data.
    """

    seed: int = 1
    n_draws: int = 1000
    cell_km: float | None = None
    floor_km: float = 5.0
    data: DataSettings = field(default_factory=DataSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModelSettings:
    """
    An optional language model that suggests claims; there is none unless the user names one.

    Attributes
    ----------
    base_url
        Address of an OpenAI-compatible interface, up to and without ``/chat/completions``.
    model
        Its name there.
    key
        Secret sent as bearer token; from the environment only, never printed.
    timeout_s
        Time for one answer, retries not counted, s.
    max_answer_bytes
        Largest answer.
    n_tries
        Requests for one paragraph, the first included.
    max_paragraphs
        Paragraphs of one document that are asked about.
    """

    base_url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 120.0
    max_answer_bytes: int = 1_000_000
    n_tries: int = 3
    max_paragraphs: int = 200
