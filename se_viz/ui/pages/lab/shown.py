"""The pictures on the lab's wall: one's own, else the rendered scenes at noon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from se_viz.analysis.networks.stages import evenly
from se_viz.analysis.predictions.true_classes import Truth, truth_of
from se_viz.pictures import PictureError, Source, model_input_of
from se_viz.ui.sentences import labels
from se_viz.ui.sentences.pictures import accuracy_of
from se_viz.ui.state import resources
from se_viz.ui.state.caches import memo
from se_viz.ui.state.examples import examples
from se_viz.ui.state.session import Collection

MOST = 60
"""Pictures on the wall: as many as a step of the slider can pass through the network at once."""


@dataclass(frozen=True, eq=False)
class Shown:
    """N pictures on the wall.

    Attributes:
        names, labels, digests, thumbnails: of each; the label is "" for one without its own.
        outputs: float32 (N, K), with gates as they are.
        truth: their classes, as far as the network knows them.
        model_inputs: uint8 (N, size, size, 3).
        whole: how many pictures there are.
        lost: names of those that could not be read any more.
        source: where numbers measured on them come from, in words.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...]
    digests: tuple[str, ...]
    thumbnails: tuple[bytes, ...] = field(repr=False)
    outputs: np.ndarray = field(repr=False)
    truth: Truth = field(repr=False)
    model_inputs: np.ndarray = field(repr=False)
    whole: int
    lost: tuple[str, ...]
    source: str

    def __len__(self) -> int:
        return len(self.names)

    @property
    def not_counted(self) -> list[tuple[str, str]]:
        """Name and label of the pictures that count for no accuracy."""
        out = np.flatnonzero(self.truth.rows < 0)
        return [(self.names[row], self.labels[row]) for row in out]


def scenes() -> Shown:
    """The rendered scenes at noon, and what stands beside them."""
    found = examples()
    given = tuple(found.reading.labels)
    return Shown(
        found.reading.names,
        given,
        found.digests,
        found.thumbnails,
        found.reading.outputs,
        truth_of(given, resources.classes(), False),
        _model_inputs(found.digests, found.sources)[0],
        len(found.digests),
        (),
        labels.measured_on_picture(found.title),
    )


def own(mine: Collection, truth: Truth) -> Shown:
    """A session's pictures, at least one; of many, some that are evenly spaced."""
    rows = list(evenly(range(len(mine)), MOST))
    digests = tuple(mine.shots[row].digest for row in rows)
    model_inputs, there = _model_inputs(digests, [mine.source(mine.shots[row]) for row in rows])
    kept = [rows[place] for place in there]
    reading = mine.labelled()
    some = truth_of([truth.labels[row] for row in kept], truth.classes, truth.numbers)
    return Shown(
        tuple(reading.names[row] for row in kept),
        tuple(mine.told[row] for row in kept),
        tuple(mine.shots[row].digest for row in kept),
        tuple(mine.shots[row].thumbnail for row in kept),
        reading.outputs[kept],
        some,
        model_inputs,
        len(mine),
        tuple(reading.names[row] for row in rows if row not in kept),
        accuracy_of(len(some.known), len(mine), truth.numbers),
    )


def _model_inputs(digests: Sequence[str], sources: Sequence[Source]) -> tuple[np.ndarray, list]:
    """Model inputs, and the places of those that could be read."""
    fingerprint = resources.profile_key()
    return memo("wall inputs", (fingerprint, digests), lambda: _loaded(sources), most=2)


def _loaded(sources: Sequence[Source]) -> tuple[np.ndarray, list]:
    preprocessing = resources.probe().network.preprocessing
    found: dict[int, np.ndarray] = {}
    for place, source in enumerate(sources):
        try:
            found[place] = model_input_of(source, preprocessing)
        except PictureError:
            continue
    size = preprocessing.size
    arrays = list(found.values()) or [np.zeros((0, size, size, 3), np.uint8)]
    return (np.stack(arrays) if found else arrays[0]), list(found)
