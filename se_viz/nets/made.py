"""Networks of our own builders by their layouts (`se_resnet:depth=50,gate=tanh`), with random
weights.

This module loads no Keras until `load` or `build` is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from se_viz.compat.keras_settings import load as load_keras
from se_viz.nets.classes import imagenet
from se_viz.nets.described import BUILDERS, kind_of, layout_of, refuse_idle, text_of
from se_viz.nets.network import Network
from se_viz.nets.output import AS_PUBLISHED
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.plan import check, plan
from se_viz.nets.own.refusal import RefusedError
from se_viz.nets.reasons import reason
from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures import Preprocessing

if TYPE_CHECKING:
    import keras

RANDOM = "Random weights, drawn from one seed: what it takes a picture for means nothing."


def load(name: str) -> Network:
    """The network with the layout that a name tells, with the same random weights every time.

    Raises:
        ValueError: for an unknown option, options that do not go together or have no use, or a
            network beyond `FileLimits`; a sentence.
    """
    kind, text = kind_of(name), name.partition(":")[2]
    layout = layout_of(text, BUILDERS[kind])
    refuse_idle(layout)
    if layout.size is None:
        raise ValueError("A network with random weights needs a size for its pictures.")
    load_keras()
    _refuse_large(layout, FileLimits())
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


def _refuse_large(layout: SEResNet | SEInception, limits: FileLimits) -> None:
    """Before any weight is made: whether the network can be built, and is within the limits."""

    def tried() -> keras.Model:
        try:
            return build(layout)
        except ValueError as error:
            raise RefusedError(f"{reason(error)}.") from error

    try:
        planned = plan(tried)
        check(planned, planned.parameters, limits)
    except RefusedError as refused:
        whole = isinstance(refused.__cause__, ValueError)
        raise ValueError(str(refused) if whole else f"The layout {refused}") from refused


def _classes(count: int) -> tuple[str, ...]:
    if count == len(imagenet.CLASSES):
        return imagenet.CLASSES
    return tuple(f"class {number}" for number in range(1, count + 1))
