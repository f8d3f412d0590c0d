"""Train the rows one after another; what is done stays done."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

import keras
import numpy as np
from filelock import FileLock, Timeout

from se_viz import files
from se_viz.experiments.replication.record import LIGHTS, Record, under_lights
from se_viz.nets import weights
from se_viz.nets.se_resnet.build import build
from se_viz.training.app_assets.sweep import names_digest
from se_viz.training.data import Split
from se_viz.training.fit import Run
from se_viz.training.provenance import device, versions
from se_viz.training.recipe import Phase, Recipe
from se_viz.training.replicate.measure import measure, of_bytes
from se_viz.training.replicate.rows import ROWS

RECIPE = Recipe(phases=(Phase(1, 64, 0.0, 4e-3), Phase(17, 64, 4e-3, 0.0)), area=0.35)
"""The built-in network's recipe, cut short: one size, one fall of the learning rate."""
COMMAND = "python -m se_viz.training replicate --data DIR --rows {row} --seeds {seed}"


@dataclass
class Replication:
    """The work, and where it is done.

    Attributes:
        train: pictures a little larger than the crops that are cut out of them.
        val: pictures of the size at which networks are measured.
        runs: a folder for each run's checkpoints and weights; a stopped run goes on from there.
        out: where each finished run's record goes.
    """

    train: Split
    val: Split
    runs: Path
    out: Path

    def go_on(self, wanted: Sequence[tuple[str, int]]) -> None:
        """Train those of some (row, seed) that are not there yet.

        Several processes may share the work: none begins a row in which another is at work.
        """
        for folder in (self.runs, self.out):
            folder.mkdir(parents=True, exist_ok=True)
        for row, seeds in groups(wanted, keras.backend.backend()):
            with suppress(Timeout), FileLock(self.runs / f"{row}.lock", timeout=0):
                self._train(row, [seed for seed in seeds if not self._record(row, seed).exists()])
            keras.utils.clear_session()
            gc.collect()

    def _train(self, row: str, seeds: list[int]) -> None:
        if not seeds:
            return
        started, network = time.time(), build(ROWS[row])
        reader = of_bytes(network)
        for run in _trained([self._run(row, seed) for seed in seeds]):
            named = weights.variables(run.network).items()
            weights.apply(network, {name: v.numpy() for name, v in named})
            made = Record(*measure(reader, self.lit, self.val.labels), self._facts(row, run))
            seed = run.recipe.seed
            files.write(self._record(row, seed), made.npz())
            right = (100 * (made.guesses == self.val.labels).mean(1)).round(1)
            spent = time.time() - started
            print(f"{row}-{seed}: {right}% after {spent:.0f} s", flush=True)

    def _record(self, row: str, seed: int) -> Path:
        return self.out / f"{row}-{seed}.npz"

    def _run(self, row: str, seed: int) -> Run:
        folder = self.runs / f"{row}-{seed}"
        return Run(replace(RECIPE, seed=seed), self.train, self.val, folder, ROWS[row])

    @cached_property
    def lit(self) -> np.ndarray:
        """The pictures on which networks are measured: uint8 (lights, N, size, size, 3)."""
        return under_lights(self.val.pictures)

    def _facts(self, row: str, run: Run) -> dict:
        return {
            "row": row,
            "seed": run.recipe.seed,
            "command": COMMAND.format(row=row, seed=run.recipe.seed),
            "layout": asdict(ROWS[row]),
            "parameters": int(run.network.count_params()),
            "recipe": run.recipe.as_dict(),
            "lights": LIGHTS,
            "size": self.val.pictures.shape[1],
            "training_pictures": len(self.train.labels),
            "pictures": len(self.val.labels),
            "names_sha256": names_digest(self.val),
            "files": self.val.files,
            "curve": run.history,
            "device": device(),
            "versions": versions(),
        }


def groups(wanted: Sequence[tuple[str, int]], backend: str) -> list[tuple[str, list[int]]]:
    """Rows and seeds, as they are trained: on JAX, all seeds of a row together."""
    if backend != "jax":
        return [(row, [seed]) for row, seed in wanted]
    rows = dict.fromkeys(row for row, _ in wanted)
    return [(row, [seed for of, seed in wanted if of == row]) for row in rows]


def _trained(runs: list[Run]) -> Iterator[Run]:
    """The runs, each when it has come to its end."""
    if keras.backend.backend() == "jax":
        from se_viz.training.together import fit_together

        fit_together(runs)
        yield from runs
        return
    for run in runs:
        run.fit(every=run.recipe.epochs, verbose=0)
        yield run
