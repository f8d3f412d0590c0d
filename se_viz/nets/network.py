"""A network that is ready to look at pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from se_viz.nets.output import NOTHING, UNSETTLED, Output, Told
from se_viz.pictures import Preprocessing


@dataclass(frozen=True)
class Grounds:
    """Why a network gets its pixels as it does.

    Attributes:
        kind: "published" with its weights, "said" by a person, "read" from its structure, a
            "guess", or "usual": not looked into yet.
        text: the same for people, in a sentence or two.
    """

    kind: Literal["published", "said", "read", "guess", "usual"]
    text: str

    def as_dict(self) -> dict[str, str]:
        """Plain values, as JSON keeps them."""
        return {"kind": self.kind, "text": self.text}


PUBLISHED = Grounds("published", "Its pixels are prepared as was published with its weights.")
USUAL = Grounds("usual", "Its pixels are prepared as is usual; the network was not looked at.")


@dataclass(frozen=True, eq=False)
class Network:
    """A network of Keras with what it takes to use it.

    Attributes:
        name: as in `models` and `--model`.
        title: for people.
        model: a `keras.Model`, float32; normalised pictures (N, size, size, 3) -> one result
            (N, K), or several. None of a network that was stored and runs without Keras.
        preprocessing: how it wants its pictures.
        classes: names of the K classes; one or two where the result is one number.
        fingerprint: SHA-256 of its weights, in hex.
        grounds: why its pixels are prepared so. Where they are "usual", a `Probe` reads the
            network's structure and settles it; use the probe's `network` then.
        told: what is known of its output beforehand.
        output: what it gives. A `Probe` reads that from the network's structure; use the probe's
            `network` then, whose `classes` are those that are shown.
        note: what else people should know of it, a sentence or two; "" for nothing.
    """

    name: str
    title: str
    model: Any = field(repr=False)
    preprocessing: Preprocessing
    classes: tuple[str, ...]
    fingerprint: str
    grounds: Grounds = PUBLISHED
    told: Told = NOTHING
    output: Output = UNSETTLED
    note: str = ""
