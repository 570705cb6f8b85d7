"""The same manifest gives the same bytes, whatever the order of hashes in the process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_a_run_gives_the_same_bytes_in_another_process_with_another_hash_seed(tmp_path):
    written = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        call = [sys.executable, "-c", "from wayout.cli.main import main; main()", "brief", "examples/djibo.html"]
        call += ["--party", "aid convoy", "--in", "Djibo", "--within", "7d", "--out", str(out)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(call, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=300)
        written.append({p.name: p.read_bytes() for p in sorted(out.iterdir())})
    assert set(written[0]) == {
        "index.html",
        "documents.jsonl",
        "claims.jsonl",
        "situation.geojson",
        "assessment.json",
        "brief.json",
        "manifest.json",
    }
    assert written[0] == written[1]
