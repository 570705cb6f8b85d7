"""
Parse the actor files once into ``src/wayout/vocab/built/actors.json``, so that opening the book takes a tenth of a second.

Runs at `make setup`, offline. The book opens without it too, from the YAML files; a build that no longer fits them is ignored.
"""

import sys
from pathlib import Path

from wayout.extract.naming.built_actors import BUILT, build

TARGET = Path(__file__).parents[1] / "src" / "wayout" / "vocab" / BUILT


def main() -> int:
    """Write the built file and say where."""
    build(TARGET)
    print(f"actors built: {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
