"""Weights of files by Keras 2, and of `.h5` files, put into a network of today's Keras.

Keras reads both by the order of layers, which its versions may see differently where branches are
alike. Here a layer gets what was saved under its own name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from se_viz.nets.own.description.versions.names import layers_of, names_of
from se_viz.nets.own.refusal import RefusedError
from se_viz.nets.own.weights import hdf5
from se_viz.pictures.labels.names import clean as shown

if TYPE_CHECKING:
    import keras

ROOT = "model_weights"
DEEPEST = 6  # parts of a weight's name that tell it from others


def fill(model: keras.Model, path: Path, text: bytes) -> None:
    """Put the weights of an `.h5` file that was checked into the network that it describes.

    text: the description as it came.

    Raises:
        RefusedError: where they do not fit it, or do not tell where they belong.
    """
    import h5py

    old = {new: name for name, new in names_of(layers_of(json.loads(text)["config"])).items()}
    with h5py.File(path, "r") as file:
        groups = file.get(ROOT) or {}
        for layer in model.layers:
            name = old.get(layer.name, layer.name)
            if layer.weights and name not in groups:
                raise RefusedError(f"holds no weights for {_named(layer)}.")
            if layer.weights:
                others = {other for other in old.values() if other.startswith(f"{name}/")}
                _fill(layer, groups[name], {other.removeprefix(f"{name}/") for other in others})


def _fill(layer: Any, group: Any, others: set[str]) -> None:
    """others: groups in this one that are those of other layers, "Conv/BatchNorm" in "Conv"."""
    wanted = layer.trainable_weights + layer.non_trainable_weights
    saved = dict(_datasets(group, others))
    pairs = _by_name(wanted, saved) or _in_order(wanted, saved, group)
    if pairs is None:
        raise RefusedError(f"holds weights for {_named(layer)} that do not tell where they belong.")
    for variable, values in pairs:
        put(layer, variable, values)
    finish(layer)


def put(layer: Any, variable: Any, values: Any) -> None:
    """Put what was saved into one weight of a layer.

    Raises:
        RefusedError: where it has another shape.
    """
    if tuple(values.shape) != tuple(variable.shape):
        raise RefusedError(
            f"holds weights that do not fit the network that it describes: {_named(layer)} takes "
            f"{tuple(variable.shape)}, and {tuple(values.shape)} were saved."
        )
    variable.assign(np.asarray(values))


def finish(layer: Any) -> None:
    """What layers such as `Normalization` make of their weights once those are there."""
    for inner in (layer, *getattr(layer, "layers", ())):
        if hasattr(inner, "finalize_state"):
            inner.finalize_state()
        if inner is not layer:
            finish(inner)


def _datasets(group: Any, others: set[str], path: str = "") -> Iterator[tuple[str, Any]]:
    """The weights in a group by their names, such as "conv2d/kernel:0"."""
    for name, member in group.items():
        if hasattr(member, "shape"):
            yield path + name, member
        elif path + name not in others:
            yield from _datasets(member, others, f"{path}{name}/")


def _by_name(wanted: list[Any], saved: Mapping[str, Any]) -> list[tuple[Any, Any]] | None:
    """Each weight with what was saved under the same name; of the names, as few last parts count
    as tell them apart."""
    for parts in range(1, DEEPEST):
        ours = [_end(variable.path, parts) for variable in wanted]
        theirs = {_end(name, parts): name for name in saved}
        apart = len(set(ours)) == len(ours) and len(theirs) == len(saved)
        if apart and set(ours) <= set(theirs):
            left = set(theirs) - set(ours)
            alike = [(v, saved[theirs[end]]) for v, end in zip(wanted, ours, strict=True)]
            return alike if all(map(_idle, left)) else None
    return None


def _end(name: str, parts: int) -> tuple[str, ...]:
    """Keras 2 called the kernel of a depthwise convolution by another name."""
    ends = name.removesuffix(":0").split("/")[-parts:]
    return tuple(end.replace("depthwise_kernel", "kernel") for end in ends)


def _idle(end: tuple[str, ...]) -> bool:
    """Counts of what was seen in training, and what batch renormalization keeps."""
    return end[-1] in ("count", "moving_stddev") or end[-1].startswith("renorm_")


def _in_order(
    wanted: list[Any], saved: Mapping[str, Any], group: Any
) -> list[tuple[Any, Any]] | None:
    """Each weight with what was saved in its place, as long as they are called alike."""
    order = hdf5.names(group, "weight_names") if len(saved) == len(wanted) else None
    if order is None or sorted(order) != sorted(saved):
        return None
    ends = zip((_end(variable.path, 1) for variable in wanted), order, strict=True)
    if any(end != _end(name, 1) for end, name in ends):
        return None
    return [(variable, saved[name]) for variable, name in zip(wanted, order, strict=True)]


def _named(layer: Any) -> str:
    return f"“{shown(layer.name, 60)}”"
