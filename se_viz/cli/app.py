"""`se-viz app`: the app in the browser."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from se_viz import shipped
from se_viz.lessons.library import FOLDER

NAME = "app"
TEXT = "open the app in the browser; it takes what `streamlit run` does, such as --server.port"


def options(command: argparse.ArgumentParser) -> None:
    """One of its own; `rest`, what is not known here, goes on to Streamlit."""
    command.add_argument(
        "--lessons",
        type=Path,
        metavar="DIR",
        help="folder with lessons (*.md), for the page Lessons",
    )


def run(choice: argparse.Namespace) -> int:
    """Run the app until it is stopped; gives Streamlit's status.

    Where the system can, Streamlit takes this process's place, and signals reach it.

    Raises:
        ValueError: where a file is given for a folder.
    """
    if choice.lessons is not None:
        if not choice.lessons.is_dir():
            raise ValueError(f"{choice.lessons} is a file, not a folder with lessons.")
        os.environ[FOLDER] = str(choice.lessons.resolve())  # wherever Streamlit runs
    command = [sys.executable, "-m", "streamlit", "run", str(shipped.APP), *choice.rest]
    if os.name == "posix":
        os.execv(sys.executable, command)
    return subprocess.call(command)
