"""Checkpoints of a training run: weights, optimizer and history in one file, replaced at once."""

from __future__ import annotations

import json
import os
from pathlib import Path

import keras
import numpy as np

from se_viz.training.recipe import Recipe


def save(path: Path, network: keras.Model, optimizer, history: list[dict], recipe: Recipe) -> None:
    """Write a checkpoint; a half-written file never takes the place of a whole one."""
    arrays = {f"w{i}": np.asarray(w, "float32") for i, w in enumerate(network.get_weights())}
    for i, variable in enumerate(optimizer.variables):
        arrays[f"o{i}"] = keras.ops.convert_to_numpy(variable)
    temporary = path.with_suffix(".part.npz")
    arrays["history"] = np.asarray(json.dumps(history))
    arrays["recipe"] = np.asarray(json.dumps(recipe.as_dict()))
    np.savez(temporary, **arrays)  # type: ignore[arg-type]
    os.replace(temporary, path)


def load(path: Path, network: keras.Model, optimizer, recipe: Recipe) -> list[dict]:
    """Put a checkpoint's weights and optimizer state back; returns the history so far.

    Raises:
        ValueError: where the checkpoint was made with another recipe.
    """
    with np.load(path) as file:
        history = json.loads(str(file["history"]))
        changed = recipe.clashes(json.loads(str(file["recipe"])), len(history))
        if changed:
            names = ", ".join(changed)
            raise ValueError(f"{path.parent} holds a run with another recipe ({names} differ).")
        count = len(network.weights)
        network.set_weights([file[f"w{i}"] for i in range(count)])
        optimizer.build(network.trainable_variables)
        for i, variable in enumerate(optimizer.variables):
            variable.assign(file[f"o{i}"])
        return history
