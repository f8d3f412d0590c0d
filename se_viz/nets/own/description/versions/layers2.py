"""A layer of Keras 2 as Keras 3 has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from se_viz.nets.own.description.allowed_layers import LAYERS
from se_viz.nets.own.description.versions.modules import module_of

RENAMED = {
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "SyncBatchNormalization": "BatchNormalization",
    "ThresholdedReLU": "ReLU",
}
POLICIES = ("Policy", "PolicyV1")
STEEPNESS = 1.2
"""Keras 2's hard sigmoid, clip(0.2 x + 0.5), is Keras 3's, clip(x / 6 + 0.5), of 1.2 x."""


def layers(value: dict[str, Any]) -> list[dict[str, Any]]:
    """A layer as one of Keras 3, and those that have to follow it."""
    kind = RENAMED.get(value["class_name"], value["class_name"])
    settings = {key: _plain(item) for key, item in value["config"].items()}
    shape = settings.pop("batch_input_shape", None)
    if kind == "InputLayer":
        settings["batch_shape"] = shape
    settings = _SETTINGS.get(kind, dict)(settings)
    if settings.get("activation") == "hard_sigmoid":
        return _hard(value, kind, settings)
    return [_layer(value, kind, settings)]


def _batch_norm(settings: dict[str, Any]) -> dict[str, Any]:
    """In inference, batch renormalization is batch normalization."""
    kept = {key: item for key, item in settings.items() if not key.startswith("renorm")}
    axis = kept.get("axis")
    return kept | {"axis": axis[0]} if isinstance(axis, list) and len(axis) == 1 else kept


def _renamed(old: str, new: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def change(settings: dict[str, Any]) -> dict[str, Any]:
        return {new if key == old else key: item for key, item in settings.items()}

    return change


_SETTINGS = {
    "BatchNormalization": _batch_norm,
    "LeakyReLU": _renamed("alpha", "negative_slope"),
    "ReLU": _renamed("theta", "threshold"),
}


def input_layer(name: str, shape: Any, dtype: Any) -> dict[str, Any]:
    """The input that a first layer tells of."""
    settings = {"name": name, "batch_shape": shape, "dtype": _plain(dtype) or "float32"}
    return _layer({}, "InputLayer", settings)


def _layer(value: dict[str, Any], kind: str, settings: dict[str, Any]) -> dict[str, Any]:
    module = value.get("module") or module_of(kind)
    named = value.get("registered_name")
    return {"module": module, "class_name": kind, "config": settings, "registered_name": named}


def _plain(item: Any) -> Any:
    """A setting; policies are told by their names, and layers in it are layers of Keras 3."""
    if not isinstance(item, dict):
        return item
    if item.get("class_name") in POLICIES:
        return item["config"]["name"]
    if item.get("class_name") not in LAYERS:
        return item
    (layer,) = layers(item)
    return layer


def _hard(value: dict[str, Any], kind: str, settings: dict[str, Any]) -> list[dict[str, Any]]:
    """A layer that ends in Keras 2's hard sigmoid, in steps that Keras 3 has."""
    name = settings["name"]
    steeper = _layer(
        {}, "Rescaling", {"name": f"{name}_steeper", "scale": STEEPNESS, "offset": 0.0}
    )
    last = {"name": f"{name}_hard_sigmoid", "activation": "hard_sigmoid"}
    hard = _layer({}, "Activation", last)
    if kind == "Activation":
        steeper["config"]["name"] = name
        return [steeper, hard]
    return [_layer(value, kind, settings | {"activation": "linear"}), steeper, hard]
