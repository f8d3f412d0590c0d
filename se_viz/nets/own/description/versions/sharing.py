"""Layers that stand in two networks of one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from se_viz.nets.own.description.allowed_layers import MODELS
from se_viz.nets.own.refusal import RefusedError
from se_viz.pictures.labels.names import clean as shown

WEIGHTLESS = ("InputLayer", "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "Rescaling")
SHARED = "shared_object_id"


def refuse_shared(description: dict[str, Any]) -> None:
    """A layer with weights that two networks share is described twice and has its weights once.

    Raises:
        RefusedError: where there is one.
    """
    seen = set()
    for layer in _layers(description):
        number = layer.get(SHARED)
        if isinstance(number, int) and layer.get("class_name") not in WEIGHTLESS:
            if number in seen:
                name = shown(str(layer["config"].get("name")), 60)
                raise RefusedError(
                    f"has the layer “{name}” in two of its networks, which cannot be told from two "
                    "layers; save it with a layer for each."
                )
            seen.add(number)


def _layers(value: Any) -> Iterator[dict[str, Any]]:
    """The layers of a network and of those in it."""
    config = value.get("config") if isinstance(value, dict) else None
    if isinstance(config, dict):
        if str(value.get("class_name")) not in MODELS or SHARED in value:
            yield value
        layers = config.get("layers")
        for layer in layers if isinstance(layers, list) else ():
            yield from _layers(layer)
