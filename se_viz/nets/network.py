"""A network that is ready to look at pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from se_viz.pictures import Preprocessing

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True, eq=False)
class Network:
    """A Keras network with what it takes to use it.

    Attributes:
        name: as in `models` and `--model`.
        title: for people.
        model: float32; normalised pictures (N, size, size, 3) -> logits (N, K).
        preprocessing: how it wants its pictures.
        classes: names of the K classes.
        fingerprint: SHA-256 of its weights, in hex.
    """

    name: str
    title: str
    model: keras.Model = field(repr=False)
    preprocessing: Preprocessing
    classes: tuple[str, ...]
    fingerprint: str
