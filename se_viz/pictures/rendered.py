"""Rendered scenes that ship: the same things at noon, under clouds, at dusk and in fog."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from se_viz import shipped
from se_viz.pictures.records import Source

FOLDER = shipped.ASSETS / "examples" / "scenes"
SCORES = FOLDER / "SCORES.csv"
COLUMNS = ("class", "view", "light", "probability", "taken_for", "weights_sha256")
LIGHTS = NOON, *_ = ("noon", "overcast", "dusk", "fog")
SAID = "rendered, not photographed"
DIGITS = 16
"""Of the SHA-256 of weights that a score names."""


@dataclass(frozen=True)
class Scene:
    """One scene, whose light alone differs.

    Attributes:
        label: its class.
        view: what is seen of it.
    """

    label: str
    view: str

    @property
    def title(self) -> str:
        """For people."""
        return f"{self.label}, {self.view}"

    def path(self, light: str) -> Path:
        """The JPEG in one of `LIGHTS`."""
        return FOLDER / self.label.replace(" ", "_") / f"{self.view}-{light}.jpg"

    def sources(self) -> list[Source]:
        """The pictures in their four lights, for `load`."""
        return [self.source(light) for light in LIGHTS]

    def source(self, light: str) -> Source:
        """The picture in one of `LIGHTS`, for `load`."""
        path = self.path(light)
        within = path.relative_to(FOLDER).as_posix()
        return Source(path.name, self.label, path.read_bytes, within, path.stat().st_size)


@dataclass(frozen=True)
class Score:
    """What the network that ships makes of a picture.

    Attributes:
        probability: of its class.
        taken_for: the likeliest class.
    """

    probability: float
    taken_for: str


def scenes() -> list[Scene]:
    """All that ship, by class and name."""
    paths = sorted(FOLDER.glob(f"*/*-{LIGHTS[0]}.jpg"))
    named = ((path.parent.name.replace("_", " "), path.stem.rpartition("-")[0]) for path in paths)
    return [Scene(label, view) for label, view in named]


def default() -> Scene:
    """The scene that stands where none was chosen, at `NOON`: the first by name of the first class
    by name, as files are sorted. It is never chosen by its score."""
    return scenes()[0]


def scores(fingerprint: str) -> dict[tuple[Scene, str], Score]:
    """Scene and light -> score, by weights of this SHA-256; none where the file is of others."""
    of_weights = fingerprint[:DIGITS]
    return {
        (Scene(row["class"], row["view"]), row["light"]): Score(
            float(row["probability"]), row["taken_for"]
        )
        for row in _rows()
        if row["weights_sha256"] == of_weights
    }


@cache
def _rows() -> list[dict[str, str]]:
    with SCORES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
