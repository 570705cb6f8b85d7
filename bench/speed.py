"""Speed and memory of stages 1 to 3 on real reports, and of the demo's question."""

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.score import CorpusMissingError, Score
from wayout.engine.on_one_machine import n_cores
from wayout.model import Reading

N_REPORTS = 600
WARM = 30
ROOT = Path(__file__).resolve().parents[1]
DEMO = """
import sys
from wayout.cli.main import main
sys.argv = ["wayout", "brief", "examples/badia.html", "--party", "Islamic State", "--in", "Badia al-Sham",
            "--at", "2019-05-08", "--within", "14d", "--out", sys.argv[1]]
try:
    main()
finally:
    print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""The peak is read from the process itself: what a parent is told of its children counts the parent's own size too."""


def measure(corpora: Path) -> list[Score]:
    """Read, extract and locate the first 600 reports of the feed; time the whole chain on the worked example."""
    path = corpora / "text" / "reports_syria_iraq" / "reports.jsonl.gz"
    if not path.exists():
        raise CorpusMissingError(f"{path} is not there; the reports are not part of the repository")
    from wayout.read.raw_page import RawPage
    from wayout.reading import read_claims

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(N_REPORTS), lines, strict=False)]
    pages = [RawPage(name=row["id"], content=row["text"].encode(), url=None, retrieved=None) for row in rows]
    list(read_claims(pages[:WARM], None, 1))  # models, layers and patterns load before the clock starts
    readings: list[Reading] = []
    scores = []
    for label, n_processes in (("one process", 1), ("all cores", n_cores())):
        begin = time.perf_counter()
        readings = [o for o in read_claims(pages, None, n_processes) if isinstance(o, Reading)]
        seconds = time.perf_counter() - begin
        words = sum(len(r.document.text.split()) for r in readings)
        scores.append(
            Score(
                name=f"speed stages 1-3, words per second, {label}",
                value=words / seconds,
                beside="goal 6,000 on two cores" if n_processes > 1 else "",
                note=f"{words} words, {n_processes} processes",
            )
        )
    ours = sum("our own fault" in miss.why for reading in readings for miss in reading.misses)
    n_claims = sum(len(r.claims) for r in readings)
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return [
        *_demo(),
        Score(name="reports read of 600", value=len(readings) - ours, note="three are copies of others; no crash"),
        *scores,
        Score(name="speed claims per 1,000 words", value=1000 * n_claims / words),
        Score(name="speed peak memory of the parent, MB", value=own, higher_is_better=False),
        Score(
            name="speed peak memory of the largest process, MB",
            value=child,
            higher_is_better=False,
            note="most of it shared with the parent",
        ),
    ]


def _demo() -> list[Score]:
    """Run the demo's command as a newcomer would: a process of its own, from start to the page."""
    with tempfile.TemporaryDirectory() as out:
        begin = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", DEMO, out], check=True, cwd=ROOT, capture_output=True, text=True)
        seconds = time.perf_counter() - begin
    peak_mb = int(done.stdout.split("VmHWM:")[1].split()[0]) / 1024
    return [
        Score(
            name="speed demo, seconds", value=seconds, higher_is_better=False, note="process start to page; goal < 30"
        ),
        Score(name="speed demo, peak memory MB", value=peak_mb, higher_is_better=False, note="goal < 2,000"),
    ]
