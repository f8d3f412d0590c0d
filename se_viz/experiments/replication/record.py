"""What is kept of a run: its guesses on every picture under every light, in one small file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from se_viz import files
from se_viz.pictures.shifts import KINDS

CLEAN = ("clean", 0.0)
LIGHTS = (
    CLEAN,
    *(
        (name, strength)
        for name, strengths in {
            "contrast": (0.4, 0.2),
            "exposure": (0.4, 0.2),
            "blur": (2.0, 4.0),
            "noise": (0.12, 0.26),
        }.items()
        for strength in strengths
    ),
)
"""Shift and strength of each row of the guesses; a noise has the seed 0."""


@dataclass(frozen=True, eq=False)
class Record:
    """One trained network.

    Attributes:
        guesses: uint8 (lights, N), the likeliest class of each picture, in the order of the split.
        losses: float64 (lights,), mean cross-entropy, in nats.
        facts: row, seed, layout, recipe, curve, versions, pictures.
    """

    guesses: np.ndarray
    losses: np.ndarray
    facts: Mapping[str, Any]

    def npz(self) -> bytes:
        """As an NPZ file without pickles."""
        facts = np.array(json.dumps(dict(self.facts)))
        return files.npz({"guesses": self.guesses, "losses": self.losses, "facts": facts})


def load(path: Path) -> Record:
    """A record that was written."""
    with np.load(path, allow_pickle=False) as file:
        return Record(file["guesses"], file["losses"], json.loads(str(file["facts"])))


def shifted(model_inputs: np.ndarray, light: tuple[str, float]) -> np.ndarray:
    """uint8 (N, size, size, 3) under one of `LIGHTS`."""
    name, strength = light
    return model_inputs if light == CLEAN else KINDS[name].apply(model_inputs, strength)


def under_lights(model_inputs: np.ndarray) -> np.ndarray:
    """uint8 (N, size, size, 3) under all `LIGHTS`, (lights, N, size, size, 3)."""
    return np.stack([shifted(model_inputs, light) for light in LIGHTS])
