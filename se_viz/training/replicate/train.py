"""Train the rows one after another; what is done stays done."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import keras
import numpy as np
from scipy.special import log_softmax

from se_viz import files
from se_viz.nets import weights
from se_viz.nets.builtin import PREPROCESSING
from se_viz.nets.se_resnet.build import build
from se_viz.pictures import normalise
from se_viz.training.data import Split
from se_viz.training.evaluate import BATCH
from se_viz.training.fit import Run
from se_viz.training.provenance import device, versions
from se_viz.training.recipe import Phase, Recipe
from se_viz.training.replicate.record import LIGHTS, Record, shifted
from se_viz.training.replicate.rows import ROWS
from se_viz.training.sweep import names_digest

RECIPE = Recipe(phases=(Phase(1, 64, 0.0, 4e-3), Phase(17, 64, 4e-3, 0.0)))
"""The built-in network's recipe, cut short: one size, one fall of the learning rate."""
COMMAND = "python -m se_viz.training replicate --data DIR --rows {row} --seeds {seed}"


def replicate(
    wanted: Sequence[tuple[str, int]], train: Split, val: Split, runs: Path, out: Path
) -> None:
    """Train what is not there yet.

    Args:
        wanted: (row, seed) of each run.
        train: pictures a little larger than the views that are cut out of them.
        val: pictures of the size at which networks are measured.
        runs: a folder for each run's checkpoints and weights; a stopped run goes on from there.
        out: where each finished run's record goes.
    """
    out.mkdir(parents=True, exist_ok=True)
    for row, seed in wanted:
        path = out / f"{row}-{seed}.npz"
        if not path.exists():
            started = time.time()
            made = _one(row, seed, train, val, runs / f"{row}-{seed}")
            files.write(path, made.npz())
            right = 100 * (made.guesses == val.labels).mean(1)
            print(f"{path.name}: {right.round(1)} % in {time.time() - started:.0f} s", flush=True)
        keras.utils.clear_session()
        gc.collect()


def _one(row: str, seed: int, train: Split, val: Split, folder: Path) -> Record:
    recipe = replace(RECIPE, seed=seed)
    run = Run(recipe, train, val, folder, ROWS[row])
    run.fit(every=recipe.epochs, verbose=0)
    guesses, losses = measure(_in_float32(row, run.network), val)
    facts = {
        "row": row,
        "seed": seed,
        "command": COMMAND.format(row=row, seed=seed),
        "layout": asdict(ROWS[row]),
        "parameters": int(run.network.count_params()),
        "recipe": recipe.as_dict(),
        "lights": LIGHTS,
        "size": val.pictures.shape[1],
        "training_pictures": len(train.labels),
        "pictures": len(val.labels),
        "names_sha256": names_digest(val),
        "files": val.files,
        "curve": run.history,
        "device": device(),
        "versions": versions(),
    }
    return Record(guesses, losses, facts)


def _in_float32(row: str, trained: keras.Model) -> keras.Model:
    network = build(ROWS[row])
    weights.apply(network, {name: v.numpy() for name, v in weights.variables(trained).items()})
    return network


def measure(network: keras.Model, val: Split) -> tuple[np.ndarray, np.ndarray]:
    """Guesses uint8 (lights, N) and mean losses (lights,) of a network on a split."""
    guesses, losses = [], []
    rows = np.arange(len(val.labels))
    for light in LIGHTS:
        logits = _logits(network, val.pictures, light).astype(np.float64)
        nats = -log_softmax(logits, 1)[rows, val.labels]
        guesses.append(logits.argmax(1).astype(np.uint8))
        losses.append(float(nats.mean()))
    return np.stack(guesses), np.array(losses)


def _logits(network: keras.Model, views: np.ndarray, light: tuple[str, float]) -> np.ndarray:
    """float32 (N, K); the last batch is filled up, so that one graph does for all."""
    parts = []
    for first in range(0, len(views), BATCH):
        part = shifted(views[first : first + BATCH], light)
        padding = [(0, BATCH - len(part)), (0, 0), (0, 0), (0, 0)]
        parts.append(
            network.predict_on_batch(normalise(np.pad(part, padding), PREPROCESSING))[: len(part)]
        )
    return np.concatenate(parts)
