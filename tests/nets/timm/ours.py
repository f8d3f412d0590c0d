"""What our Keras network computes with the rule's weights; the probe finds its gates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from se_viz.nets.se_resnet import build
from se_viz.nets.timm import ARCHITECTURES
from se_viz.nets.timm.load import put
from se_viz.probe.frontends.keras.unroll import unroll
from se_viz.probe.gates.find import find
from tests.nets.timm import rule


@dataclass(frozen=True)
class Result:
    """Logits (K,), and per block in order of depth its gates (C,) and output (H, W, C)."""

    logits: np.ndarray
    gates: list[np.ndarray]
    features: list[np.ndarray]
    parameters: int


def run(
    architecture: str, shapes: Mapping[str, Sequence[int]], size: int, seed: int = rule.SEED
) -> Result:
    """Our network with the rule's weights under timm's names, on the rule's picture."""
    layout = ARCHITECTURES[architecture].layout
    model = build.build(layout)
    put(model, rule.tensors(shapes, seed), layout, architecture.startswith("legacy_"))
    program = unroll(model)
    values = program.run(tf.constant(rule.picture(size, seed)))
    sites = find(program.graph).sites
    return Result(
        values[program.graph.result].numpy()[0],
        [values[site.s].numpy().ravel() for site in sites],
        [values[site.x].numpy()[0] for site in sites],
        sum(int(np.prod(w.shape)) for w in model.trainable_weights),
    )
