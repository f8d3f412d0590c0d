"""Modules of the classes in `.h5` files, which tell none."""

from __future__ import annotations

from typing import Any

from se_viz.compat.keras import FUNCTIONAL
from se_viz.nets.own.description.allowed_layers import (
    AUGMENTATIONS,
    KNOWN,
    LAYERS,
    MODELS,
    OPERATIONS,
)


def with_modules(value: Any) -> Any:
    """A network's description with the modules of its parts that are known."""
    if not isinstance(value, dict):
        return value
    config = value.get("config")
    if isinstance(config, dict) and isinstance(config.get("layers"), list):
        config = {**config, "layers": [with_modules(layer) for layer in config["layers"]]}
    return _with_module({**value, "config": config})


def _with_module(value: dict[str, Any]) -> dict[str, Any]:
    """Operations, which may be called as layers are, are told by what they lack."""
    settings = value["config"]
    if value.get("module") or not isinstance(settings, dict):
        return value
    is_layer = bool({"trainable", "dtype"} & set(settings))
    module = module_of(str(value.get("class_name")), is_layer)
    if module in OPERATIONS:
        value = {**value, "config": {"name": value.get("name"), **settings}}
    return {**value, "module": module}


def module_of(kind: str, is_layer: bool = True) -> str | None:
    """The module of a class that is known: of a layer or a network, or of an operation; else None.

    Names such as "Add" are both.
    """
    if kind in MODELS:
        return FUNCTIONAL if kind == "Functional" else "keras"
    layers = "keras.layers" if kind in LAYERS | AUGMENTATIONS else None
    operations = next((module for module in OPERATIONS if kind in KNOWN[module]), None)
    return layers or operations if is_layer else operations or layers
