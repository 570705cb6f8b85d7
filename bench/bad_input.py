"""Time and memory of texts nobody should have to read: one enormous line, ten thousand names, no capitals, hostile characters."""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.score import Score

if TYPE_CHECKING:
    from wayout.read.raw_page import RawPage

SMALL = 15_000
"""Characters of each text in ``measure``: all of them together take under a minute."""
FULL = 5_000_000
"""The issue's size; reading is linear from 40,000 characters on, for longer texts are read in passages."""
LIMIT_S = 3000.0

_SENTENCES = (
    "Fighters of the Northern Front seized the town of Tawila on Monday, residents said",
    "The army may withdraw from Kosti if the road to Port Sudan is closed",
    "Aid workers said that about 3,000 people fled north towards the border",
    "JNIM denied on 3 May 2024 that it had closed the road between Gao and Kidal",
    "Ukrainian forces repelled two assaults near Bakhmut last week, according to the general staff",
)
_FIRST = ("Ahmed", "Ibrahim", "Moussa", "Olena", "Win", "Jean", "Yusuf", "Mariam", "Petro", "Aung")
_LAST = ("Keita", "Traore", "Kovalenko", "Htun", "Baptiste", "Haddad", "Diallo", "Osman", "Shevchuk", "Zaw")
_ARABIC = "سيطرت القوات على المدينة يوم الاثنين وقال السكان إن الطريق مغلق"
_CYRILLIC = "Войска заняли город в понедельник, сообщили жители"


def _prose(size: int, mark: str = ". ") -> str:
    draw = random.Random(1)
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(draw.choice(_SENTENCES))
        length += len(parts[-1]) + len(mark)
    return mark.join(parts)


def _names(size: int) -> str:
    """Ten thousand different persons at 250,000 characters."""
    return ", ".join(
        f"{_FIRST[i % 10]} {_LAST[(i // 10) % 10]}{'abcdefghij'[(i // 100) % 10]}{'klmnopqrst'[(i // 1000) % 10]}"
        for i in range(size // 25)
    )


CASES: dict[str, Callable[[int], str]] = {
    "prose, one line": _prose,
    "prose, paragraphs": lambda n: _prose(n, ".\n\n"),
    "no sentence marks": lambda n: _prose(n, " "),
    "commas only": lambda n: _prose(n, ", "),
    "all capitals": lambda n: _prose(n).upper(),
    "no capitals": lambda n: _prose(n).lower(),
    "names": _names,
    "one known name": lambda n: "Islamic State " * (n // 14),
    "one enormous word": lambda n: "Report of the day. " + "a" * n,
    "one word, capitals": lambda n: "Report of the day. " + "Aleppo" * (n // 6),
    "hyphens": lambda n: "Report of the day. " + "al-" * (n // 3),
    "quotation marks": lambda n: "He said. " + '"' * (n // 2) + " x " + "\u201c" * (n // 2),
    "brackets": lambda n: "He said. " + "(" * (n // 2) + " x " + ")" * (n // 2),
    "zero width": lambda n: _prose(n // 2).replace("e", "e\u200c\u200d"),
    "mixed scripts": lambda n: " ".join([_SENTENCES[0], _ARABIC, _CYRILLIC] * (n // 200)),
    "Arabic": lambda n: f"{_ARABIC}. " * (n // 65),
    "emoji": lambda n: (
        "The army \U0001f525\U0001f1f8\U0001f1e9 took Kosti \U0001f468\u200d\U0001f469\u200d\U0001f467. " * (n // 30)
    ),
    "digits": lambda n: "On " + "3 May 2024, 12 " * (n // 15),
    "he said": lambda n: "he said that " * (n // 13),
    "pronouns": lambda n: "Hamas fell. " + "They said it was theirs and they closed it. " * (n // 44),
    "and": lambda n: "The army took " + "Kosti and " * (n // 10),
    "if": lambda n: "if the army takes Kosti " * (n // 24),
    "between": lambda n: "between Homs and " * (n // 17),
    "line ends": lambda n: "Syria\n" * (n // 6),
}


def run(names: Sequence[str], size: int) -> dict[str, dict[str, float]]:
    """Read texts in a process of their own; for each seconds, peak MB so far, mentions, claims and misses."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.bad_input", *names, "--child", "--sizes", str(size)],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{', '.join(names)} at {size} characters: {done.stderr[-400:]}")
    outcomes: dict[str, dict[str, float]] = json.loads(done.stdout)
    return outcomes


def _child(names: Sequence[str], size: int) -> dict[str, dict[str, float]]:
    from wayout.read.raw_page import RawPage
    from wayout.reading import read_claims

    list(read_claims([RawPage(name="warm.txt", content=b"The army took Kosti on Monday.")], None, n_processes=1))
    return {name: _read(RawPage(name="bad.txt", content=CASES[name](size).encode())) for name in names}


def _read(raw: "RawPage") -> dict[str, float]:
    from wayout.model import Reading
    from wayout.reading import read_claims

    begin = time.process_time()
    outcomes = list(read_claims([raw], None, n_processes=1))
    seconds = time.process_time() - begin
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    readings = [o for o in outcomes if isinstance(o, Reading)]
    return {
        "seconds": round(seconds, 2),
        "peak_mb": int(peak.split()[1]) / 1024,
        "mentions": sum(len(r.mentions) for r in readings),
        "claims": sum(len(r.claims) for r in readings),
        "misses": sum(len(r.misses) for r in readings) + len(outcomes) - len(readings),
    }


def measure(corpora: Path) -> list[Score]:
    """Read every bad text at 15,000 characters, one after the other in one process: the slowest, and the peak."""
    outcomes = run(list(CASES), SMALL)
    slowest = max(outcomes, key=lambda n: outcomes[n]["seconds"])
    return [
        Score(
            name="speed bad input, slowest of 24, seconds per 15 kB",
            value=outcomes[slowest]["seconds"],
            higher_is_better=False,
            note=slowest,
        ),
        Score(
            name="speed bad input, peak memory MB",
            value=max(o["peak_mb"] for o in outcomes.values()),
            higher_is_better=False,
            note="15 kB each, one process",
        ),
    ]


def main() -> None:
    """Print one line a case, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench.bad_input", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="CASE")
    parser.add_argument("--sizes", type=int, nargs="+", default=[SMALL], help=f"characters; the issue's is {FULL}")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(_child(options.only, options.sizes[0])))
        return
    for name in options.only or CASES:
        for size in options.sizes:
            try:
                outcome = run([name], size)[name]
            except (RuntimeError, subprocess.TimeoutExpired) as failure:
                print(f"{name:20} {size:9} FAILED {failure}", flush=True)
                continue
            told = "  ".join(f"{key} {value:.6g}" for key, value in outcome.items())
            print(f"{name:20} {size:9} {told}", flush=True)


if __name__ == "__main__":
    main()
