"""Descriptions by Keras 3.0 to today's: what was called or written otherwise."""

from __future__ import annotations

from typing import Any

from se_viz.nets.own.description.allowed_layers import AUGMENTATIONS
from se_viz.nets.own.description.versions.release import Release
from se_viz.nets.own.refusal import RefusedError

CROPS_RESIZED, CROPS_KEPT = Release(3, 6), Release(3, 8)
"""From when on `RandomCrop` no longer resized in inference, and left pictures as they are."""


def network(value: dict[str, Any], release: Release) -> dict[str, Any]:
    """A network's description in today's form; what is none comes back as it is."""
    config = value.get("config")
    if not isinstance(config, dict) or not isinstance(config.get("layers"), list):
        return value
    ends = {key: single(config[key]) for key in ("input_layers", "output_layers") if key in config}
    layers = [_layer(layer, release) for layer in config["layers"]]
    return {**value, "config": {**config, **ends, "layers": layers}}


def single(ends: Any) -> Any:
    """`[["x", 0, 0]]`, as Keras 3.0 to 3.11 wrote the one end of a network, as `["x", 0, 0]`."""
    one = isinstance(ends, list) and len(ends) == 1 and is_place(ends[0])
    return ends[0] if one else ends


def is_place(value: Any) -> bool:
    """Whether it is the name of a layer, the number of its call and that of the tensor there."""
    numbers = isinstance(value, list) and all(type(item) is int for item in value[1:])
    return numbers and len(value) == 3 and isinstance(value[0], str)


def _layer(value: Any, release: Release) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("config"), dict):
        return value
    if value.get("module") != "keras.layers":
        return network(value, release)
    kind = str(value.get("class_name"))
    if kind in AUGMENTATIONS:
        return _instead(value, "Identity")
    return _crop(value, release) if kind == "RandomCrop" else value


def _crop(value: dict[str, Any], release: Release) -> dict[str, Any]:
    """In inference `RandomCrop` resized pictures at first, cut them later, and now keeps them."""
    if release >= CROPS_KEPT:
        return value
    height, width = value["config"].get("height"), value["config"].get("width")
    if release >= CROPS_RESIZED or height != width:
        raise RefusedError(
            f"has a RandomCrop, which does something else in Keras {release} than today; leave it "
            "out and save the network again."
        )
    return _instead(value, "Resizing", height=height, width=width)


def _instead(value: dict[str, Any], kind: str, **settings: Any) -> dict[str, Any]:
    """A layer without weights in place of another; how it is called stays, but for `training`."""
    settings["name"] = value["config"].get("name")
    plain = {"module": "keras.layers", "class_name": kind, "config": settings}
    kept: dict[str, Any] = {key: value[key] for key in ("name", "inbound_nodes") if key in value}
    if isinstance(kept.get("inbound_nodes"), list):
        kept["inbound_nodes"] = [_untrained(node) for node in kept["inbound_nodes"]]
    return {**plain, "registered_name": None, **kept}


def _untrained(node: Any) -> Any:
    kwargs = node.get("kwargs") if isinstance(node, dict) else None
    if not isinstance(kwargs, dict):
        return node
    return {**node, "kwargs": {key: kwargs[key] for key in kwargs if key != "training"}}
