"""`se-viz app`: the app in the browser."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from se_viz import shipped

NAME = "app"
TEXT = "open the app in the browser; it takes what `streamlit run` does, such as --server.port"


def options(command: argparse.ArgumentParser) -> None:
    """None of its own: `rest`, what is not known here, goes on to Streamlit."""


def run(choice: argparse.Namespace) -> int:
    """Run the app until it is stopped; gives Streamlit's status.

    Where the system can, Streamlit takes this process's place, and signals reach it.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(shipped.APP), *choice.rest]
    if os.name == "posix":
        os.execv(sys.executable, command)
    return subprocess.call(command)
