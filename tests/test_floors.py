"""Imports point down, and what should load late loads late."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = (
    ("se_viz.ui",),
    ("se_viz.cli", "se_viz.__main__", "se_viz.api", "se_viz.training", "se_viz.report"),
    ("se_viz.experiments",),
    ("se_viz.figures",),
    ("se_viz.engines",),
    ("se_viz.interventions",),
    ("se_viz.analysis",),
    ("se_viz.profiles", "se_viz.lessons"),
    ("se_viz.manifest", "se_viz.view"),
    ("se_viz.probe",),
    ("se_viz.complexity", "se_viz.quoted"),
    ("se_viz.nets",),
    ("se_viz.pictures",),
    (
        "se_viz.files",
        "se_viz.npz",
        "se_viz.zip_guard",
        "se_viz.shipped",
        "se_viz.terminal",
        "se_viz.compat",
    ),
)
FILES = sorted((ROOT / "se_viz").rglob("*.py"))


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def floor(name: str) -> int | None:
    """0 for the top; None for what stands on no floor, such as `se_viz` itself."""
    for number, rooms in enumerate(FLOORS):
        if any(name == room or name.startswith(f"{room}.") for room in rooms):
            return number
    return None


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", FILES, ids=module)
def test_every_file_stands_on_a_floor_and_imports_from_none_above(path):
    name = module(path)
    here = floor(name)
    assert here is not None or name == "se_viz"
    ours = [other for other in imported(path) if other.startswith("se_viz.")]
    above = [other for other in ours if here is None or (floor(other) or 0) < here]
    assert not above


@pytest.mark.parametrize("path", FILES, ids=module)
def test_only_the_ui_knows_streamlit_and_only_figures_draw(path):
    name = module(path)
    if not name.startswith("se_viz.ui"):
        assert "streamlit" not in roots(path)
        if not name.startswith("se_viz.figures"):
            assert "plotly" not in roots(path)


@pytest.mark.parametrize("path", FILES, ids=module)
def test_only_front_ends_and_runtimes_know_libraries_of_networks(path):
    inside = module(path).partition("se_viz.probe.")[2]
    if inside.startswith(("runtimes.tensorflow", "runtimes.converted")):
        return
    assert not (inside and "tensorflow" in roots(path))
    if not inside.startswith("frontends.keras"):
        assert not (inside and "keras" in roots(path))


@pytest.mark.parametrize("path", FILES, ids=module)
def test_files_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_door_does_nothing_but_open():
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) < 10


@pytest.mark.parametrize(
    ("modules", "absent"),
    [
        ("se_viz", {"tensorflow", "keras", "streamlit", "numpy", "plotly"}),
        ("se_viz.pictures", {"tensorflow", "keras", "streamlit", "plotly"}),
        ("se_viz.profiles, se_viz.nets.zoo, se_viz.complexity", {"tensorflow", "streamlit"}),
        (
            "se_viz.analysis.networks.paper, se_viz.figures.profiles.curves",
            {"tensorflow", "keras", "streamlit"},
        ),
        (
            "se_viz.analysis.profiles.contrast, se_viz.analysis.profiles.distances",
            {"scipy", "plotly"},
        ),
        ("se_viz.manifest, se_viz.lessons", {"tensorflow", "keras", "streamlit", "plotly"}),
        (
            "se_viz.interventions.registry, se_viz.experiments.sweep, se_viz.experiments.resume",
            {"tensorflow", "keras", "streamlit", "plotly"},
        ),
        ("se_viz.cli", {"tensorflow", "streamlit"}),
        ("se_viz.report", {"tensorflow", "streamlit"}),
        ("se_viz.ui.shell", {"tensorflow", "scipy"}),
    ],
)
def test_heavy_libraries_load_when_first_needed(modules, absent):
    script = f"import sys, {modules}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not absent & set(done.stdout.split())


FULL = 15
"""Files of a folder that one looks over at a glance."""
VAGUE = {
    *("held", "memo", "noted", "kept", "places", "parts", "picking", "stand_ins", "story"),
    *("words", "waiting", "door", "trial", "vocabulary"),
}
"""Names of files that do not say what is in them."""


@pytest.mark.parametrize("folder", sorted({path.parent for path in FILES}), ids=module)
def test_folders_are_looked_over_at_a_glance(folder):
    files = [path for path in FILES if path.parent == folder and path.stem != "__init__"]
    assert len(files) <= FULL


def test_files_say_what_is_in_them():
    assert not VAGUE & {path.stem for path in FILES}
    assert not VAGUE & {path.parent.name for path in FILES}


BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("keras", "tensorflow"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocked())
"""
PLAIN = [
    name
    for name in map(module, FILES)
    if name.startswith("se_viz.probe")
    and not name.startswith(
        (
            "se_viz.probe.frontends.keras.",
            "se_viz.probe.runtimes.converted.",
            "se_viz.probe.runtimes.tensorflow.",
        )
    )
]


def test_graphs_are_read_where_neither_keras_nor_tensorflow_is_installed():
    script = f"{BLOCKED}\nimport {', '.join(PLAIN)}\nfrom tests.probe import toy\ntoy.main()"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["True", "True"], done.stderr
