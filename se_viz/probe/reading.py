"""What a probe reads of some pictures: outputs, gates and squeezes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from se_viz.nets.output import UNSETTLED, Output
from se_viz.pictures.records import BY_FOLDER, BY_GUESS, BY_NOBODY

Arrays = Mapping[str, np.ndarray]
GIVEN, GUESSED, OPEN = BY_FOLDER, BY_GUESS, BY_NOBODY
"""Where a label comes from, unless something else is said."""


@dataclass(frozen=True, eq=False)
class Reading:
    """N pictures through a network.

    Attributes:
        names: of the pictures; none, as of the labels, where nobody gave any.
        labels: their classes.
        outputs: float32 (N, K), as the network computes them.
        gates: block name -> s, float32 (N, C), each in [low, high] of its `Block`.
        squeezes: block name -> z, float32 (N, C), in units of U.
        output: what the outputs are.
        class_from: where each label comes from, `GUESSED` for the network's own guess; none where
            all were given.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...]
    outputs: np.ndarray
    gates: Arrays
    squeezes: Arrays
    output: Output = UNSETTLED
    class_from: tuple[str, ...] = ()

    @property
    def logits(self) -> np.ndarray:
        """float32 (N, K): outputs before softmax or sigmoid, see `Output.before`."""
        return self.output.before(self.outputs).astype(np.float32)

    @property
    def guessed(self) -> np.ndarray:
        """bool (N,): whether the label is the network's own guess."""
        return np.array([self.origin_of(row) == GUESSED for row in range(len(self))], bool)

    def origin_of(self, row: int) -> str:
        """Where the label of a picture comes from."""
        return self.class_from[row] if self.class_from else GIVEN

    def marked(self, row: int) -> str:
        """The label of a picture for people, who see whether it is a guess."""
        guess = f" ({GUESSED})" if self.origin_of(row) == GUESSED else ""
        return f"{self.labels[row]}{guess}"

    def __len__(self) -> int:
        return len(self.outputs)

    def select(self, rows: Sequence[int]) -> Reading:
        """Some of the pictures, in the order given."""
        picked = np.asarray(rows, int)
        return Reading(
            tuple(self.names[row] for row in picked),
            tuple(self.labels[row] for row in picked),
            self.outputs[picked],
            {name: values[picked] for name, values in self.gates.items()},
            {name: values[picked] for name, values in self.squeezes.items()},
            self.output,
            class_from=tuple(self.origin_of(row) for row in picked),
        )

    def named(
        self, names: Sequence[str], labels: Sequence[str], class_from: Sequence[str] = ()
    ) -> Reading:
        """The same pictures with names, labels, and where these come from; nothing is copied."""
        given = tuple(names), tuple(labels), self.outputs, self.gates, self.squeezes
        return Reading(*given, self.output, tuple(class_from))

    def relabel(self, labels: Sequence[str], class_from: Sequence[str] = ()) -> Reading:
        """The same pictures under other labels, which come from elsewhere; nothing is copied.

        Raises:
            ValueError: where there are not as many labels as pictures.
        """
        if len(labels) != len(self):
            raise ValueError(f"{len(labels)} labels for {len(self)} pictures.")
        return replace(self, labels=tuple(labels), class_from=tuple(class_from))

    def arrays(self) -> dict[str, np.ndarray]:
        """`names`, `labels`, `guessed` (whether the label is the network's guess), `outputs`,
        `logits`, `gate/SE_2_1`, ..., `squeeze/SE_2_1`, ... as in an NPZ."""
        gates = {f"gate/{name}": values for name, values in self.gates.items()}
        squeezes = {f"squeeze/{name}": values for name, values in self.squeezes.items()}
        names, labels = np.array(self.names, str), np.array(self.labels, str)
        known = {"names": names, "labels": labels, "guessed": self.guessed}
        return known | {"outputs": self.outputs, "logits": self.logits} | gates | squeezes

    def npz(self) -> bytes:
        """The arrays as an NPZ file."""
        buffer = io.BytesIO()
        np.savez(buffer, **self.arrays())  # type: ignore[arg-type]
        return buffer.getvalue()


def join(readings: Iterable[Reading]) -> Reading:
    """Readings of one network after one another.

    Raises:
        ValueError: where there is none.
    """
    parts = list(readings)
    if not parts:
        raise ValueError("There is no reading to join.")
    if len(parts) == 1:
        return parts[0]

    def stack(kind: str) -> dict[str, np.ndarray]:
        return {
            name: np.concatenate([getattr(part, kind)[name] for part in parts])
            for name in getattr(parts[0], kind)
        }

    return Reading(
        tuple(name for part in parts for name in part.names),
        tuple(label for part in parts for label in part.labels),
        np.concatenate([part.outputs for part in parts]),
        stack("gates"),
        stack("squeezes"),
        parts[0].output,
        class_from=tuple(part.origin_of(row) for part in parts for row in range(len(part))),
    )
