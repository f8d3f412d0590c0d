"""Every choice of the training run, and the random choices of one epoch."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import ceil

import numpy as np


@dataclass(frozen=True)
class Recipe:
    """Settings of a training run.

    Attributes:
        epochs: passes over the training pictures.
        batch: pictures a step.
        peak_rate: learning rate after the warm-up; falls to 0 along a cosine.
        warmup: share of the steps in which the rate rises from 0.
        decay: decoupled weight decay on kernels, times the learning rate at each step.
        momentum: of SGD with Nesterov's rule.
        smoothing: label smoothing.
        mixup: alpha of the Beta distribution that mixes two pictures; 0 for none.
        area: smallest share of a picture's area that a random crop keeps.
        aspect: largest change of the aspect ratio by a crop, either way.
        colour: largest relative change of brightness, contrast and saturation.
        sizes: pairs of (share of the epochs, side in pixels), one after the other.
        seed: of every random choice.
    """

    epochs: int = 120
    batch: int = 64
    peak_rate: float = 0.16
    warmup: float = 0.1
    decay: float = 5e-3
    momentum: float = 0.9
    smoothing: float = 0.1
    mixup: float = 0.2
    area: float = 0.25
    aspect: float = 4 / 3
    colour: float = 0.3
    sizes: tuple[tuple[float, int], ...] = ((0.4, 128), (0.45, 160), (0.15, 192))
    seed: int = 0

    def as_dict(self) -> dict:
        return asdict(self)

    def phases(self) -> list[tuple[int, int, int]]:
        """(first epoch, end epoch, side in pixels) of each size, in order."""
        phases, first, share = [], 0, 0.0
        for part, side in self.sizes:
            share += part
            end = min(self.epochs, ceil(round(share * self.epochs, 6)))
            if end > first:
                phases.append((first, end, side))
            first = end
        return phases


@dataclass(frozen=True)
class EpochPlan:
    """The random choices of one epoch, drawn before it starts.

    Attributes:
        picks: int32 (steps, batch), which picture.
        boxes: float32 (steps, batch, 4), crop as top, bottom, left, right in [0, 1];
            left and right change places in a mirrored picture.
        colour: float32 (steps, batch, 3), factors of brightness, contrast and saturation.
        mix: float32 (steps, batch), weight of the picture itself against its neighbour's.
    """

    picks: np.ndarray
    boxes: np.ndarray
    colour: np.ndarray
    mix: np.ndarray


def plan_epoch(recipe: Recipe, pictures: int, epoch: int) -> EpochPlan:
    """Draw an epoch's choices; they depend on the seed and the epoch alone, so runs can resume."""
    rng = np.random.default_rng((recipe.seed, epoch))
    batch = min(recipe.batch, pictures)
    steps = pictures // batch
    shape = (steps, batch)
    picks = rng.permutation(pictures)[: steps * batch].reshape(shape).astype("int32")
    colour = 1 + recipe.colour * rng.uniform(-1, 1, (*shape, 3))
    mix = rng.beta(recipe.mixup, recipe.mixup, shape) if recipe.mixup else np.ones(shape)
    return EpochPlan(
        picks, _boxes(rng, recipe, shape), colour.astype("float32"), mix.astype("float32")
    )


def _boxes(rng: np.random.Generator, recipe: Recipe, shape: tuple[int, int]) -> np.ndarray:
    area = rng.uniform(recipe.area, 1, shape)
    stretch = np.exp(0.5 * np.log(recipe.aspect) * rng.uniform(-1, 1, shape))
    height = np.minimum(np.sqrt(area) * stretch, 1)
    width = np.minimum(np.sqrt(area) / stretch, 1)
    top = rng.uniform(0, 1, shape) * (1 - height)
    left = rng.uniform(0, 1, shape) * (1 - width)
    flip = rng.random(shape) < 0.5
    right = left + width
    sides = [top, top + height, np.where(flip, right, left), np.where(flip, left, right)]
    return np.stack(sides, -1).astype("float32")
