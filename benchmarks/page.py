"""The first figure, and a change of classes: without TensorFlow, without a forward pass."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

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

PAGES = """
import json, time
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=300).run()
pages = {page["url_pathname"]: key for key, page in app._registered_pages.items()}

def taken(act):
    start = time.perf_counter()
    act()
    assert not app.exception
    return time.perf_counter() - start

def turn_to(path):
    app._page_hash = pages[path]
    app.query_params.clear()
    app.run()

opened = {}
for path in filter(None, pages):
    turn_to(path)
    opened[path] = taken(lambda: turn_to(path))

def steps(path, key, values, widget):
    turn_to(path)
    return [taken(lambda: getattr(app, widget)(key=key).set_value(value).run()) for value in values]

lab = steps("lab", "share", (0.8, 0.6, 0.4), "slider")
r = steps("cost", "r", ("8", "4", "2"), "select_slider")
print(json.dumps({"opened": opened, "lab": lab, "r": r}))
"""
OPEN, STEP = 1.0, 0.5
"""Seconds of server time: a page that was seen before, and a step of a slider on it."""


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


def pages_and_steps() -> list[Row]:
    """Every page again, the Lab's slider over the scenes' wall, and r on the page of costs."""
    seen = _run(PAGES)
    slowest = max(seen["opened"], key=seen["opened"].__getitem__)
    rows = [
        Row(
            f"slowest of {len(seen['opened'])} pages, opened again",
            f"{seen['opened'][slowest]:.2f} s",
            f"/{slowest}; the median: {median(seen['opened'].values()):.2f} s",
            "",
            f"under {OPEN:g} s",
            seen["opened"][slowest] < OPEN,
        )
    ]
    what = {"lab": "a step of the Lab's slider, 29 pictures", "r": "a step of r"}
    return rows + [
        Row(
            said,
            f"{median(seen[key]):.2f} s",
            "",
            "",
            f"under {STEP:g} s",
            median(seen[key]) < STEP,
        )
        for key, said in what.items()
    ]


def _run(script: str = SCRIPT) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])
