"""Every choice of the training run, and the random choices of one epoch."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Phase:
    """Some epochs at one picture size, along which the learning rate moves in a straight line.

    Attributes:
        epochs: how many.
        side: of the crops, in pixels.
        start, end: learning rate before its first step and after its last.
    """

    epochs: int
    side: int
    start: float
    end: float


# One long fall of the learning rate; smaller pictures first, where steps are cheap.
PHASES = (
    Phase(2, 96, 0.0, 4e-3),
    Phase(32, 96, 4e-3, 4e-3 * 28 / 60),
    Phase(28, 128, 4e-3 * 28 / 60, 0.0),
)


@dataclass(frozen=True)
class Recipe:
    """Settings of a training run.

    Attributes:
        phases: picture sizes and learning rates, one phase after the other.
        batch: pictures a step.
        decay: decoupled weight decay on kernels, times the learning rate at each step.
        momentum: of Muon, with Nesterov's rule.
        iterations: of Newton and Schulz, which make Muon's steps orthogonal.
        smoothing: label smoothing.
        mixup: alpha of the Beta distribution that mixes two pictures; 0 for none.
        area: smallest share of a picture's area that a random crop keeps.
        aspect: largest change of the aspect ratio by a crop, either way.
        colour: largest relative change of brightness, contrast and saturation.
        precision: Keras dtype policy of the computation; the weights stay float32.
        seed: of every random choice.
    """

    phases: tuple[Phase, ...] = PHASES
    batch: int = 64
    decay: float = 0.15
    momentum: float = 0.95
    iterations: int = 3
    smoothing: float = 0.1
    mixup: float = 0.0
    area: float = 0.25
    aspect: float = 4 / 3
    colour: float = 0.3
    precision: str = "mixed_bfloat16"
    seed: int = 0

    @property
    def epochs(self) -> int:
        """Passes over the training pictures in all phases together."""
        return sum(phase.epochs for phase in self.phases)

    def as_dict(self) -> dict:
        return asdict(self)

    def spans(self) -> list[tuple[int, int, int]]:
        """(first epoch, end epoch, side in pixels) of each phase, in order."""
        spans, first = [], 0
        for phase in self.phases:
            spans.append((first, first + phase.epochs, phase.side))
            first += phase.epochs
        return spans

    def side(self, epoch: int) -> int:
        """Pixels of the crops in an epoch, counted from 0."""
        return next(side for first, end, side in self.spans() if first <= epoch < end)

    def stretched(self, epochs: int) -> Recipe:
        """The same course over another number of epochs; phases that round to none fall out."""
        ends = np.cumsum([phase.epochs for phase in self.phases]) * epochs / self.epochs
        counts = np.diff(np.round(ends).astype(int), prepend=0)
        pairs = zip(self.phases, counts, strict=True)
        return replace(self, phases=tuple(replace(p, epochs=int(n)) for p, n in pairs if n))

    def peaked(self, rate: float) -> Recipe:
        """The same course with all learning rates scaled so that `rate` is the highest."""
        scale = rate / max(max(phase.start, phase.end) for phase in self.phases)
        phases = (replace(p, start=p.start * scale, end=p.end * scale) for p in self.phases)
        return replace(self, phases=tuple(phases))

    def clashes(self, before: dict, epochs: int) -> list[str]:
        """Settings in which this recipe differs from one that has already run some epochs.

        Phases may differ where they lie wholly ahead.
        """
        now, before = json.loads(json.dumps(self.as_dict())), dict(before)
        begun = sum(first < epochs for first, _, _ in self.spans())
        now["phases"], before["phases"] = now["phases"][:begun], before["phases"][:begun]
        return sorted(key for key in now | before if now.get(key) != before.get(key))

    def steps(self, pictures: int) -> int:
        """Steps of one epoch; a last, smaller batch is left out."""
        return pictures // min(self.batch, pictures)


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
    shape = (recipe.steps(pictures), min(recipe.batch, pictures))
    picks = rng.permutation(pictures)[: shape[0] * shape[1]].reshape(shape).astype("int32")
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
    return np.clip(np.stack(sides, -1), 0, 1).astype("float32")
