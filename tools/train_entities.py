"""
Learn the tagger of entities from re3d and write ``vocab/models/entities.npz``; some 30 s on one core.

``python tools/train_entities.py --corpora ../shared/data``; the same corpus, code and machine give the same bytes.
"""

import argparse
import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.re3d import marked, read_re3d  # noqa: E402

from wayout.extract.tagging.tagger import MODEL  # noqa: E402
from wayout.extract.tagging.training import Fit, save_tagger, train_tagger  # noqa: E402


def main() -> int:
    """Train on every document and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpora", type=Path, default=ROOT.parent / "shared" / "data", help="folder that holds text/re3d"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "wayout" / "vocab" / MODEL)
    options = parser.parse_args()
    texts = [marked(text) for text in read_re3d(options.corpora)]
    save_tagger(train_tagger(texts, Fit()), options.out)
    data = options.out.read_bytes()
    print(f"{options.out}: {len(texts)} texts, {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
