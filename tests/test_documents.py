"""Documents for contributors name what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("ARCHITECTURE.md", "CONTRIBUTING.md")
PLACES = (ROOT, ROOT / "se_viz")


def named(document: str) -> list[str]:
    """Paths in a document: words in backticks with a slash in them, or the ending of a file."""
    words = re.findall(r"`([A-Za-z_./0-9]+)`", (ROOT / document).read_text(encoding="utf-8"))
    paths = [word.removesuffix("...").rstrip("/") for word in words]
    return [path for path in paths if "/" in path or path.endswith((".py", ".txt", ".md"))]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_is_there(document):
    missing = [
        path
        for path in named(document)
        if not any((place / path).exists() or (place / f"{path}.py").exists() for place in PLACES)
    ]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS)
def test_they_name_paths(document):
    assert len(named(document)) > 20
