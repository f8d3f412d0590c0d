"""The package as people install it: a wheel, used from another folder."""

from __future__ import annotations

import ast
import json
import os
import re
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BUILD = ("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir")
PATIENCE = 120  # seconds


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, *BUILD, folder, ROOT], check=True)
    (made,) = folder.glob("se_viz-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def started(installed: Path, elsewhere: Path, *words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", "from se_viz.cli import program; program()", *words],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(installed)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_the_rendered_scenes_travel_with_it(installed):
    folder = installed / "se_viz/top_level/assets/examples/scenes"
    assert (folder / "README.md").exists()
    assert (folder / "SCORES.csv").exists()
    assert len(list(folder.glob("*/*.jpg"))) == 116


def test_figures_in_javascript_travel_with_it(installed):
    ours, theirs = (root / "se_viz/ui/components" for root in (ROOT, installed))
    for kind in ("js", "css"):
        names = {path.relative_to(ours) for path in ours.rglob(f"*.{kind}")}
        assert names == {path.relative_to(theirs) for path in theirs.rglob(f"*.{kind}")}
    assert (installed / "se_viz/top_level/assets/examples/block.npz").exists()
    assert list((installed / "se_viz/top_level/assets/replication").glob("plain-*.npz"))


def test_lessons_travel_with_it(installed):
    lessons = installed / "se_viz/top_level/assets/lessons"
    assert {path.stem for path in lessons.glob("*.md")} == {"the-papers-figure", "ten-minutes"}


def test_its_commands_work_from_another_folder(installed, tmp_path):
    listed = started(installed, tmp_path, "models", "--json").communicate(timeout=PATIENCE)[0]
    assert "builtin" in json.dumps(json.loads(listed))
    check = started(installed, tmp_path, "check")
    said = check.communicate(timeout=PATIENCE)[0]
    assert check.returncode == 0, said


def test_its_app_starts_with_its_own_settings(installed, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = started(
        installed, tmp_path, "app", "--server.port", str(port), "--server.headless", "true"
    )
    try:
        assert answer(f"http://localhost:{port}/_stcore/health") == "ok"
    finally:
        app.terminate()
        said = app.communicate(timeout=PATIENCE)[0]
    assert "localhost" in said


def answer(url: str) -> str:
    """What a server says once it is up."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as page:
                return page.read().decode()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def test_it_needs_what_requirements_say(wheel):
    with zipfile.ZipFile(wheel) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith("/METADATA"))
        said = metadata.PathDistribution(zipfile.Path(wheel, name.removesuffix("METADATA")))
    needed = [one for one in said.requires or [] if "extra ==" not in one]
    assert sorted(map(parts, needed)) == sorted(map(parts, required()))


def required() -> list[str]:
    """The lines of `requirements.txt` that are no comment."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def parts(requirement: str) -> tuple[str, frozenset[str]]:
    name, limits = re.fullmatch(r"([A-Za-z0-9_.-]+)(.*)", requirement).groups()
    return name.lower().replace("_", "-"), frozenset(limits.split(","))


def test_every_library_that_is_imported_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [one for some in project["optional-dependencies"].values() for one in some]
    declared = {parts(line)[0] for line in (*required(), *extras)}
    owners = metadata.packages_distributions()
    for name in imported() - set(sys.stdlib_module_names) - {"se_viz"}:
        names = {owner.lower().replace("_", "-") for owner in owners.get(name, [name])}
        names |= {one.removesuffix("-cpu") for one in names}
        assert names & declared, f"{name} is imported and not declared"


def imported() -> set[str]:
    found = set()
    for path in (ROOT / "se_viz").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found
