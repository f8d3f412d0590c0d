"""The first figure, and a change of classes: without TensorFlow, without a forward pass."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.table import Row

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """
import json, sys, time
from streamlit.testing.v1 import AppTest
start = time.perf_counter()
app = AppTest.from_file("app.py", default_timeout=120).run()
first = time.perf_counter() - start
start = time.perf_counter()
app.multiselect(key="classes").set_value(["church"]).run()
again = time.perf_counter() - start
print(json.dumps({
    "first": first, "again": again, "errors": len(app.exception),
    "figures": len(app.get("plotly_chart")), "tensorflow": "tensorflow" in sys.modules,
}))
"""


def first_figure() -> list[Row]:
    """The first page in a new process, and whether TensorFlow came with it."""
    seen = _run()
    drawn = seen["figures"] > 0 and not seen["errors"]
    return [
        Row(
            "first figure, new process",
            f"{seen['first']:.1f} s",
            "TensorFlow loaded: " + ("yes" if seen["tensorflow"] else "no"),
            "",
            "before TensorFlow",
            drawn and not seen["tensorflow"],
        )
    ]


def change_of_class() -> list[Row]:
    """Another class on the first page."""
    seen = _run()
    return [
        Row(
            "change of class",
            f"{seen['again']:.2f} s",
            f"first run of the page: {seen['first']:.1f} s",
            f"{seen['again'] / seen['first']:.2f}",
            "no network is run",
            not seen["tensorflow"],
        )
    ]


def _run() -> dict:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])
