"""What a network gives for a picture: what its numbers are, how that is known, how they are shown.

Softmax, labels each for itself and regression all end in the same linear layer, and a network may
end in probabilities as well. So nothing is shown as a probability before it is known what it is,
and what is a probability already is shown as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

KINDS = {
    "logits": "logits of one class of several, before a softmax",
    "multilabel-logits": "logits of labels each for itself, before a sigmoid",
    "softmax": "probabilities of one class of several",
    "sigmoid": "probabilities of labels each for itself",
    "scores": "scores, which are no probabilities",
    "none": "nothing to look at but its gates",
}
"""What the numbers of an output can be, for people."""
HALF = 0.5
"""A label is said of a picture where its probability is above this."""
NONE_ABOVE = "none above 50%"
UNTOLD = "no class"
"""The class of a picture that nobody named, where the network names none."""
LISTED = 5
SMALLEST = 1.2e-38  # about the least normal float32, so that log p is finite
LARGEST = 1 - 2.0**-24  # the float32 next to 1, so that log(1 - p) is finite

Known = Literal["said", "structure", "loss", "published", "numbers", "assumed"]
Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Loss:
    """A loss that a network was trained with.

    Attributes:
        name: as the file has it.
        kind: what it says of numbers that are no probabilities yet: "logits", "multilabel-logits"
            or "scores".
        logits: whether it takes them so, and not as probabilities.
    """

    name: str
    kind: str
    logits: bool


@dataclass(frozen=True)
class Told:
    """What is known of a network's output before its structure is read.

    Attributes:
        kind: one of `KINDS`, as a person says it; "" where nobody does.
        result: number of the result that is looked at, None for gates alone.
        results: names of all its results.
        loss: that it was trained with.
        published: whether its logits are of one class of several, as was published with it.
    """

    kind: str = ""
    result: int | None = 0
    results: tuple[str, ...] = ()
    loss: Loss | None = None
    published: bool = False


NOTHING, AS_PUBLISHED = Told(), Told(published=True)


@dataclass(frozen=True)
class Output:
    """What a network gives.

    Attributes:
        kind: one of `KINDS`.
        classes: names of what is shown.
        binary: whether its only number is the probability, or its logit, of the last of two
            classes.
        known: by what.
        text: what it gives and how that is known, a sentence or two for people.
        results: names of all its results, and `result`, that of the one that is looked at.
    """

    kind: str = "none"
    classes: tuple[str, ...] = ()
    binary: bool = False
    known: Known = "assumed"
    text: str = ""
    results: tuple[str, ...] = ()
    result: str = ""

    @property
    def one(self) -> bool:
        """Whether it takes each picture for one of its classes."""
        return self.binary or self.kind in ("logits", "softmax")

    @property
    def several(self) -> bool:
        """Whether each label is said by itself, so that a picture may have many, or none."""
        return not self.binary and self.kind in ("multilabel-logits", "sigmoid")

    @property
    def guesses(self) -> bool:
        """Whether it says what a picture shows."""
        return self.one or self.several

    @property
    def measure(self) -> str:
        """What its numbers are called: "probability" or "score"."""
        return "probability" if self.guesses else "score"

    def shown(self, outputs: np.ndarray) -> np.ndarray:
        """What is shown of outputs (..., K): probabilities in [0, 1], or scores; float64, a column
        for each of `classes`. A network's own probabilities are handed on as they are."""
        from scipy.special import expit, softmax

        values = np.asarray(outputs, np.float64)
        if self.kind == "logits":
            return softmax(values, axis=-1)
        if self.kind == "multilabel-logits":
            values = expit(values)
        return np.concatenate([1 - values, values], -1) if self.binary else values

    def before(self, outputs: np.ndarray) -> np.ndarray:
        """Outputs (..., K) before softmax or sigmoid, float64: of probabilities of one class log p,
        of others log(p / (1 - p)); logits and scores as they are."""
        values = np.asarray(outputs, np.float64)
        if self.kind == "softmax":
            return np.log(np.maximum(values, SMALLEST))
        if self.kind == "sigmoid":
            values = np.clip(values, SMALLEST, LARGEST)
            return np.log(values) - np.log1p(-values)
        return values

    def logits(self, outputs: np.ndarray) -> np.ndarray:
        """`before`, with a column for each of `classes`."""
        values = self.before(outputs)
        return np.concatenate([-values, values], -1) if self.binary else values

    def losses(self, outputs: np.ndarray, truth: np.ndarray) -> np.ndarray:
        """-log p of each picture's own class, in nats: outputs (..., N, K), truth int (N,)."""
        from scipy.special import log_softmax

        logits = self.logits(outputs)
        if self.kind == "softmax":
            return -_own(logits, truth)
        if self.kind == "logits":
            return -_own(log_softmax(logits, axis=-1), truth)
        return np.logaddexp(0, -_own(logits, truth))

    def right(self, outputs: np.ndarray, truth: np.ndarray) -> np.ndarray:
        """bool (..., N): whether the likeliest class is the true one; of labels that are said each
        for itself, whether the true one is above one half."""
        shown = self.shown(outputs)
        return _own(shown, truth) > HALF if self.several else shown.argmax(-1) == truth

    def said(self, shown: np.ndarray) -> list[str]:
        """What pictures are taken for, of what is shown (N, K): the likeliest class, the labels
        above one half, or the name of the highest score."""
        if not self.several:
            return [self.classes[best] for best in shown.argmax(-1)] if self.classes else []
        return [self._labels(row) for row in shown]

    def _labels(self, row: np.ndarray) -> str:
        above = [k for k in np.argsort(-row, kind="stable") if row[k] > HALF]
        names = " + ".join(self.classes[k] for k in above[:LISTED])
        more = f" + {len(above) - LISTED} more" if len(above) > LISTED else ""
        return names + more or NONE_ABOVE

    def same(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """bool (N,): whether both (N, K), as shown, say the same of a picture; scores always do."""
        if not self.guesses:
            return np.ones(len(a), bool)
        if self.several:
            return ((a > HALF) == (b > HALF)).all(-1)
        return a.argmax(-1) == b.argmax(-1)

    def labels(self, outputs: np.ndarray) -> tuple[str, ...]:
        """The likeliest class of each picture of outputs (N, K); `UNTOLD` where it says none."""
        if not self.guesses:
            return (UNTOLD,) * len(outputs)
        return tuple(self.classes[best] for best in self.shown(outputs).argmax(-1))

    def number(self, value: float) -> str:
        """A number as people read it: 48.2%, or a score's 0.482."""
        return f"{100 * value:.1f}%" if self.guesses else f"{value:.4g}"

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as JSON keeps them, with the number of classes in place of their names."""
        return asdict(self) | {"classes": len(self.classes), "results": list(self.results)}


UNSETTLED = Output()


def chosen(
    results: Sequence[tuple[str, Shape]],
    name: str = "",
    kind: str = "",
    most: int | None = None,
    likely: Collection[int] = (),
) -> int | None:
    """Which of a network's results is looked at: the named one, else the first that has one number
    for each class, of the likely ones if there are such; None where there is none, or gates alone
    are asked for.

    Args:
        results: their names and shapes, N first.
        name: as a person says it.
        kind: likewise; "none" asks for gates alone.
        most: numbers that a result may have for a picture.
        likely: those of which more than their shape says that they tell classes.

    Raises:
        ValueError: for a name that none has, or a result that has other numbers; the rest of a
            sentence that starts with the network's name.
    """
    names = [known for known, _ in results]
    if name and name not in names:
        raise ValueError(f"has no result {name!r}; its results are {', '.join(names)}.")
    if kind == "none":
        return None
    fitting = [row for row, (_, shape) in enumerate(results) if _fits(shape, most)]
    if name and names.index(name) not in fitting:
        shape = times(results[names.index(name)][1][1:])
        raise ValueError(f"gives a result {name!r} of {shape}, not one number for each class.")
    if name:
        return names.index(name)
    if kind and not fitting:
        raise ValueError(f"gives no {kind}: none of its results has one number for each class.")
    return min(fitting, key=lambda row: row not in likely, default=None)


def width(shape: Shape) -> int | None:
    """Numbers that a result has for a picture, where they are a single row, however written."""
    sides = [side for side in shape[1:] if side != 1] or [1]
    return sides[0] if len(sides) == 1 else None


def times(shape: Shape) -> str:
    """`7 x 7 x 64`."""
    return " x ".join("?" if side is None else str(side) for side in shape) or "1"


def _fits(shape: Shape, most: int | None) -> bool:
    count = width(shape)
    return count is not None and (most is None or count <= most)


def _own(values: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Of (..., N, K) the column of each row's class, (..., N)."""
    return np.take_along_axis(values, np.broadcast_to(truth, values.shape[:-1])[..., None], -1)[
        ..., 0
    ]
