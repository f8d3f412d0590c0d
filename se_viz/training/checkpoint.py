"""Checkpoints of a training run: weights, optimizer and history in one file, replaced at once."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import BadZipFile
from zlib import error

import keras
import numpy as np

from se_viz import files
from se_viz.training.recipe import Recipe


def save(path: Path, network: keras.Model, optimizer, history: list[dict], recipe: Recipe) -> None:
    """Write a checkpoint; a half-written file never takes the place of a whole one."""
    arrays = {f"w{i}": np.asarray(w, "float32") for i, w in enumerate(network.get_weights())}
    for i, variable in enumerate(optimizer.variables):
        arrays[f"o{i}"] = keras.ops.convert_to_numpy(variable)
    arrays["history"] = np.asarray(json.dumps(history))
    arrays["recipe"] = np.asarray(json.dumps(recipe.as_dict()))
    files.write(path, files.npz(arrays, packed=False))


def load(path: Path, network: keras.Model, optimizer, recipe: Recipe) -> list[dict]:
    """Put a checkpoint's weights and optimizer state back; returns the history so far.

    Raises:
        ValueError: where the checkpoint was made with another recipe, or is damaged.
    """
    arrays = _read(path)
    history = json.loads(str(arrays["history"]))
    changed = recipe.clashes(json.loads(str(arrays["recipe"])), len(history))
    if changed:
        names = ", ".join(changed)
        raise ValueError(f"{path.parent} holds a run with another recipe ({names} differ).")
    count = len(network.weights)
    network.set_weights([arrays[f"w{i}"] for i in range(count)])
    optimizer.build(network.trainable_variables)
    for i, variable in enumerate(optimizer.variables):
        variable.assign(arrays[f"o{i}"])
    return history


def _read(path: Path) -> dict[str, np.ndarray]:
    """A checkpoint's arrays; ValueError for what is damaged, or no checkpoint."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = dict(file)
        _ = arrays["history"], arrays["recipe"]
        return arrays
    except (OSError, ValueError, LookupError, TypeError, EOFError, BadZipFile, error) as fault:
        raise ValueError(f"{path} cannot be read as a checkpoint.") from fault
