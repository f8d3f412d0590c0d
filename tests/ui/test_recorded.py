"""Links and manifests of before open the same pages, with the same numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.ui.recording import FOLDER, LINKS, shown

CLOSE = 1e-3
"""Of numbers that a network computed, on whichever processor."""


@pytest.mark.parametrize("name", LINKS)
def test_a_link_shows_what_it_showed(name):
    recorded = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    alike(shown(name), recorded, name)


def alike(now: Any, before: Any, where: str) -> None:
    if isinstance(before, dict):
        assert sorted(now) == sorted(before), where
        for key, value in before.items():
            alike(now[key], value, f"{where}/{key}")
    elif isinstance(before, list):
        assert len(now) == len(before), where
        for number, (ours, theirs) in enumerate(zip(now, before, strict=True)):
            alike(ours, theirs, f"{where}/{number}")
    elif isinstance(before, float):
        assert now == pytest.approx(before, rel=CLOSE, abs=CLOSE), where
    else:
        assert now == before, where
