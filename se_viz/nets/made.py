"""Networks of our own builders by their layouts (`se_resnet:depth=50,gate=tanh`), with random
weights.

This module loads no Keras until `load` or `build` is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from se_viz.compat.keras_settings import load as load_keras
from se_viz.nets.classes import imagenet
from se_viz.nets.described import layout_of, text_of
from se_viz.nets.network import Network
from se_viz.nets.output import AS_PUBLISHED
from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures import Preprocessing

if TYPE_CHECKING:
    import keras

BUILDERS: dict[str, SEResNet | SEInception] = {
    "se_resnet": SEResNet(),
    "se_inception": SEInception(),
}
"""What stands before the colon, with what is usual."""
RANDOM = "Random weights, drawn from one seed: what it takes a picture for means nothing."


def is_made(name: str) -> bool:
    """Whether a name begins with one of `BUILDERS`, as in "se_resnet:depth=18"."""
    return name.partition(":")[0] in BUILDERS


def load(name: str) -> Network:
    """The network with the layout that a name tells, with the same random weights every time.

    Raises:
        ValueError: for an unknown option, or options that do not go together; a sentence.
    """
    kind, _, text = name.partition(":")
    layout = layout_of(text, BUILDERS[kind])
    if layout.size is None:
        raise ValueError("A network with random weights needs a size for its pictures.")
    load_keras()
    from se_viz.nets.se_resnet.random_weights import draw
    from se_viz.nets.weights import fingerprint_of

    model = build(layout)
    draw(model)
    told = ":".join(filter(None, (kind, text_of(layout))))
    return Network(
        told,
        f"{told}, random weights",
        model,
        Preprocessing(size=layout.size),
        _classes(layout.classes),
        fingerprint_of(model),
        told=AS_PUBLISHED,
        note=RANDOM,
    )


def build(layout: SEResNet | SEInception) -> keras.Model:
    """The network of a layout, whichever of our builders it is of; TensorFlow is loaded."""
    from se_viz.nets.se_inception import build as inception
    from se_viz.nets.se_resnet import build as resnet

    if isinstance(layout, SEInception):
        return inception.build(layout)
    return resnet.build(layout)


def _classes(count: int) -> tuple[str, ...]:
    if count == len(imagenet.CLASSES):
        return imagenet.CLASSES
    return tuple(f"class {number}" for number in range(1, count + 1))
