"""Train the built-in network with checkpoints and resume, on any Keras backend."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np

from se_viz import files
from se_viz.nets import weights
from se_viz.nets.builtin import CONFIG, PREPROCESSING
from se_viz.nets.described import text_of
from se_viz.nets.se_resnet.build import build
from se_viz.training import checkpoint
from se_viz.training.augmentation import RandomCrops
from se_viz.training.data import Split
from se_viz.training.evaluate import predict
from se_viz.training.fused import fuse
from se_viz.training.muon import Muon
from se_viz.training.recipe import Recipe, plan_epoch


class EpochBatches(keras.utils.PyDataset):
    """The steps of one epoch: what to look at, each (steps, batch, ...), and the mixed targets,
    (steps, batch, K)."""

    def __init__(self, recipe: Recipe, split: Split, classes: int, epoch: int):
        super().__init__()
        self.recipe, self.labels, self.classes = recipe, split.labels, classes
        self.turn_to(epoch)

    def turn_to(self, epoch: int) -> None:
        """Draw another epoch's steps; Keras may have any number of looks at one before it."""
        plan = plan_epoch(self.recipe, len(self.labels), epoch)
        hot = np.eye(self.classes, dtype="float32")[self.labels[plan.picks]]
        mix = plan.mix[..., None]
        self.inputs, self.targets = vars(plan), mix * hot + (1 - mix) * np.roll(hot, 1, axis=1)

    def __len__(self) -> int:
        return len(self.targets)

    def __getitem__(self, step: int):
        return {name: values[step] for name, values in self.inputs.items()}, self.targets[step]


class Keeper(keras.callbacks.Callback):
    """Before each epoch: draw it. After it: note the history, write a checkpoint; now and then
    measure."""

    def __init__(self, run: Run, batches: EpochBatches, every: int):
        super().__init__()
        self.run, self.batches, self.every = run, batches, every
        self.started = time.time()

    def on_epoch_begin(self, epoch, logs=None):
        self.batches.turn_to(epoch)

    def on_epoch_end(self, epoch, logs=None):
        now = time.time()
        entry = {"epoch": epoch + 1, "seconds": round(now - self.started, 2)}
        entry["loss"] = round(float(logs["loss"]), 5)
        ends = {end for _, end, _ in self.run.recipe.spans()}
        if epoch + 1 in ends or (epoch + 1) % self.every == 0:
            entry["top1"] = self.run.measure()
        self.run.history.append(entry)
        self.run.keep("top1" in entry)
        self.run.after()
        self.started = time.time()


class Run:
    """One training run in a folder.

    It holds `checkpoint.npz` to go on from, after every epoch; `history.json` to look at; and
    `weights.safetensors` (float32), whenever the accuracy was measured.
    """

    def __init__(self, recipe: Recipe, train: Split, val: Split, out: Path, config=CONFIG):
        self.recipe, self.train, self.val, self.out = recipe, train, val, Path(out)
        self.config, self.classes = config, config.classes
        self.out.mkdir(parents=True, exist_ok=True)
        keras.utils.set_random_seed(recipe.seed)
        self.network = fuse(build(config.flexible(), recipe.precision))
        self.optimizer = _optimizer(recipe, len(train.labels))
        self.history: list[dict] = []
        self.after: Callable[[], None] = lambda: None
        if self.checkpoint.exists():
            self.history = checkpoint.load(self.checkpoint, self.network, self.optimizer, recipe)

    @property
    def checkpoint(self) -> Path:
        return self.out / "checkpoint.npz"

    def fit(
        self,
        every: int,
        until: int | None = None,
        verbose: int | str = "auto",
        after: Callable[[], None] = lambda: None,
    ) -> None:
        """Train up to epoch `until` (default: all), measuring `every` few epochs.

        It is measured after each phase too. `after` is called after each epoch, when its
        checkpoint is written.
        """
        self.after = after
        pictures = keras.Variable(self.train.pictures, trainable=False, dtype="uint8")
        for first, end, side in self.recipe.spans():
            end = min(end, until or end)
            first = max(first, len(self.history))
            if first < end:
                self._fit_phase(pictures, first, end, side, every, verbose)

    def _fit_phase(self, pictures, first, end, side, every, verbose):
        batches = EpochBatches(self.recipe, self.train, self.classes, first)
        trainer = trainer_of(self.network, pictures, side)
        on_jax = keras.backend.backend() == "jax"
        trainer.compile(self.optimizer, criterion(self.recipe), jit_compile=on_jax)
        trainer.fit(
            batches,
            initial_epoch=first,
            epochs=end,
            shuffle=False,
            verbose=verbose,
            callbacks=[Keeper(self, batches, every)],
        )

    def measure(self) -> float:
        """Top-1 accuracy in percent on the validation split, one centre crop each."""
        right = predict(self.network, self.val.pictures) == self.val.labels
        return round(100 * float(right.mean()), 2)

    def keep(self, weights_too: bool) -> None:
        """Write checkpoint and history; and the weights, if wanted."""
        checkpoint.save(self.checkpoint, self.network, self.optimizer, self.history, self.recipe)
        files.write_json(self.out / "history.json", self.history)
        if weights_too:
            said = {weights.LAYOUT: text_of(self.config)}
            weights.write(self.network, self.out / "weights.safetensors", np.float32, said)


class Rates(keras.optimizers.schedules.LearningRateSchedule):
    """The learning rate of each step: straight lines from phase to phase."""

    def __init__(self, recipe: Recipe, steps: int):
        self.recipe, self.steps = recipe, steps

    def __call__(self, step):
        step, rate = keras.ops.cast(step, "float32"), 0.0
        for phase, (first, end, _) in zip(self.recipe.phases, self.recipe.spans(), strict=True):
            share = (step - first * self.steps) / (phase.epochs * self.steps)
            inside = keras.ops.logical_and(step >= first * self.steps, step < end * self.steps)
            here = phase.start + (phase.end - phase.start) * share
            rate = keras.ops.where(inside, here, rate)
        return rate

    def get_config(self):
        return {"recipe": self.recipe, "steps": self.steps}


def _optimizer(recipe: Recipe, pictures: int):
    optimizer = Muon(
        Rates(recipe, recipe.steps(pictures)),
        momentum=recipe.momentum,
        weight_decay=recipe.decay,
        adam_weight_decay=recipe.decay,
        ns_steps=recipe.iterations,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer


def criterion(recipe: Recipe) -> keras.losses.Loss:
    """Cross-entropy of logits against smoothed targets."""
    return keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=recipe.smoothing)


def trainer_of(network: keras.Model, pictures: keras.Variable, side: int) -> keras.Model:
    """The network behind the random crops, so that one compiled step does everything."""
    inputs = {
        "picks": keras.Input((), dtype="int32", name="picks"),
        "boxes": keras.Input((4,), name="boxes"),
        "colour": keras.Input((3,), name="colour"),
        "mix": keras.Input((), name="mix"),
    }
    crops = RandomCrops(pictures, side, PREPROCESSING.mean, PREPROCESSING.std, name="crops")
    logits = network(crops(**inputs))
    return keras.Model(inputs, keras.ops.cast(logits, "float32"))
