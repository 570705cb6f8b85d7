"""Run code in a Python of its own, as a user's machine does."""

import os
import subprocess
import sys


def run_fresh(code: str, *arguments: str) -> str:
    """Return what a fresh interpreter prints; compiled files are kept, whatever this one was told."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
