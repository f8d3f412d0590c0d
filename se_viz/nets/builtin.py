"""The network that ships with the app: SE-ResNet-50's layout at half width, for ten classes.

This module loads no Keras until `load` is called.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from se_viz import shipped
from se_viz.compat.keras_settings import load as load_keras
from se_viz.nets.classes.imagenette import NAMES
from se_viz.nets.output import KINDS, Output
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures import Preprocessing

if TYPE_CHECKING:
    import keras

PREPROCESSING = Preprocessing(size=160)
CONFIG = SEResNet(depth=50, width=0.5, classes=10, size=PREPROCESSING.size, zero_last_gamma=True)
CLASSES = NAMES
OUTPUT = Output(
    "logits",
    CLASSES,
    known="published",
    text=f"It gives {KINDS['logits']}: so it was published with its weights.",
)
SPLIT = "Imagenette, validation set"
NAME = "builtin"
TITLE = "SE-ResNet-50, half width, ten classes"
UNTRAINED = "untrained"
UNTRAINED_TITLE = "The same SE-ResNet-50 before training"

ASSETS = shipped.ASSETS / "builtin"
WEIGHTS = ASSETS / "weights.safetensors"
PROVENANCE = ASSETS / "provenance.json"
PROFILE = ASSETS / "profile.npz"
UNTRAINED_PROFILE = ASSETS / "untrained_profile.npz"
INTERVALS = ASSETS / "intervals.json"
SWEEP = ASSETS / "sweep.npz"
SHIFTS = ASSETS / "shifts.npz"
HEALTH = ASSETS / "health.json"
OPENVINO = ASSETS / "openvino"
BLOCK = ASSETS.parent / "examples" / "block.npz"
REPLICATION = ASSETS.parent / "replication"
TIMES = REPLICATION / "times.json"


def load(weights: str | Path = WEIGHTS) -> keras.Model:
    """The network in float32, for normalised pictures (N, 160, 160, 3) -> logits (N, 10).

    Raises:
        ValueError: where the weights cannot be read or belong to another network.
    """
    load_keras()
    from se_viz.nets import weights as files
    from se_viz.nets.se_resnet import build

    tensors = files.read(weights)
    model = build.build(CONFIG)
    files.apply(model, tensors)
    return model


def load_untrained() -> keras.Model:
    """The same network with random weights, the same ones every time."""
    load_keras()
    from se_viz.nets.se_resnet import build
    from se_viz.nets.se_resnet.random_weights import draw

    model = build.build(CONFIG)
    draw(model)
    return model


def provenance() -> dict:
    """How the weights were made and how good they are, as `training ship` wrote it."""
    return json.loads(PROVENANCE.read_text(encoding="utf-8"))


def intervals() -> dict:
    """How sure the class specificity of each block is, as `training intervals` wrote it."""
    return json.loads(INTERVALS.read_text(encoding="utf-8"))


def health() -> dict:
    """What the checks of gates give before and after training, as `training health` wrote it."""
    return json.loads(HEALTH.read_text(encoding="utf-8"))
