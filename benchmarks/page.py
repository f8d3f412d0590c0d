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
shown = len(app.get("bidi_component"))
pages = app._registered_pages.items()
app._page_hash = next(key for key, page in pages if page["url_pathname"] == "gates")
app.query_params.clear()
start = time.perf_counter()
app.run()
opened = time.perf_counter() - start
start = time.perf_counter()
app.multiselect(key="classes").set_value(["church"]).run()
again = time.perf_counter() - start
print(json.dumps({
    "first": first, "opened": opened, "again": again, "errors": len(app.exception),
    "figures": shown * len(app.get("plotly_chart")), "tensorflow": "tensorflow" in sys.modules,
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
    """Another class on the page of gates by class."""
    seen = _run()
    return [
        Row(
            "change of class",
            f"{seen['again']:.2f} s",
            f"first run of the page: {seen['opened']:.1f} s",
            f"{seen['again'] / seen['opened']:.2f}",
            "no network is run",
            not seen["tensorflow"],
        )
    ]


def _run() -> dict:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])
