"""Train several runs of one network side by side in one compiled program, on JAX.

A step of a small network leaves a GPU idle between its many small operations. Here each operation
takes the numbers of all runs at once, and one program takes all steps of an epoch.

On an H200, XLA_FLAGS="--xla_gpu_autotune_level=0 --xla_gpu_enable_triton_gemm=false" made compiling
short: half a minute for eight runs, whose epochs of 147 steps then took 1.2 s together.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache, partial
from itertools import groupby

import jax
import keras
import numpy as np

from se_viz.training.fit import EpochBatches, Run, criterion, trainer_of
from se_viz.training.products import with_products

PAUSE = 60.0
"""Seconds from one checkpoint to the next, at least."""


def fit_together(runs: Sequence[Run]) -> None:
    """Train runs of one layout and recipe to their end; those that got as far go on together.

    They differ in their seeds. Each keeps its own files, as it does by itself, but accuracies are
    not measured on the way. The seconds in its history are those of all runs together.
    """

    def done(run: Run) -> int:
        return len(run.history)

    for _, alike in groupby(sorted(runs, key=done), key=done):
        _Group(list(alike)).fit()


class _Group:
    def __init__(self, runs: list[Run]):
        self.runs, self.recipe = runs, runs[0].recipe
        for run in runs:
            run.optimizer.build(run.network.trainable_variables)
        every = [tuple([v.numpy() for v in part] for part in _parts(run)) for run in runs]
        self.state = jax.tree.map(lambda *values: np.stack(values), *every)
        self.kept = time.time()

    def fit(self) -> None:
        first = self.runs[0]
        pictures = keras.Variable(first.train.pictures, trainable=False, dtype="uint8")
        program = cache(partial(_program, first, pictures))
        for epoch in range(len(first.history), self.recipe.epochs):
            self._pass(program(self.recipe.side(epoch)), epoch, pictures.value)

    def _pass(self, program, epoch: int, pictures) -> None:
        started = time.time()
        drawn = [(batches.inputs, batches.targets) for batches in self._batches(epoch)]
        drawn = jax.tree.map(lambda *values: np.stack(values), *drawn)
        self.state, losses = program(self.state, drawn, pictures)
        losses = np.asarray(losses, np.float64).mean(1)
        seconds = round(time.time() - started, 2)
        for run, loss in zip(self.runs, losses, strict=True):
            entry = {"epoch": epoch + 1, "seconds": seconds, "loss": round(float(loss), 5)}
            run.history.append(entry)
        last = epoch + 1 == self.recipe.epochs
        if last or time.time() - self.kept > PAUSE:
            self._keep(last)

    def _batches(self, epoch: int) -> list[EpochBatches]:
        return [EpochBatches(run.recipe, run.train, run.classes, epoch) for run in self.runs]

    def _keep(self, last: bool) -> None:
        state = jax.device_get(self.state)
        for i, run in enumerate(self.runs):
            for variables, values in zip(_parts(run), state, strict=True):
                for variable, value in zip(variables, values, strict=True):
                    variable.assign(value[i])
            run.keep(weights_too=last)
        self.kept = time.time()


def _parts(run: Run) -> tuple[list, list, list]:
    """What changes in training: weights, statistics of batch norms, and the optimizer's state."""
    network = run.network
    return network.trainable_variables, network.non_trainable_variables, run.optimizer.variables


def _program(run: Run, pictures: keras.Variable, side: int):
    """An epoch of all runs: (state, batches (runs, steps, ...), pictures) -> state, losses."""
    trainer = trainer_of(with_products(run.network), pictures, side)
    loss, optimizer = criterion(run.recipe), run.optimizer

    def step(state, batch, shown):
        trainable, fixed, slots = state
        inputs, targets = batch

        def value(trainable):
            before = [shown, *fixed]
            logits, after = trainer.stateless_call(trainable, before, inputs, training=True)
            return loss(targets, logits), after[1:]

        (nats, fixed), gradients = jax.value_and_grad(value, has_aux=True)(trainable)
        trainable, slots = optimizer.stateless_apply(slots, gradients, trainable)
        return (trainable, fixed, slots), nats

    def epoch(state, batches, shown):
        return jax.lax.scan(lambda state, batch: step(state, batch, shown), state, batches)

    return jax.jit(jax.vmap(epoch, in_axes=(0, 0, None)), donate_argnums=0)
