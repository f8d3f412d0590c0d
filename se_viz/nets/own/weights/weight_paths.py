"""Weights of a `.keras` file by Keras 2: groups called by class and count, "conv2d_1", in order."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from se_viz.nets.own.description.versions.names import name_of, names_of
from se_viz.nets.own.refusal import RefusedError
from se_viz.nets.own.weights.filling import finish, put
from se_viz.pictures.labels.names import clean as shown

if TYPE_CHECKING:
    import keras

PARTS = ("layer", "_query_dense", "_key_dense", "_value_dense", "_output_dense")
"""Layers in layers, by the name that they have in the file and in Keras."""
LONGER = ("Normalization", "BatchNormalization")
"""Keras 2 kept counts of what was seen in training behind their weights."""


def fill(model: keras.Model, path: Path, text: bytes) -> None:
    """Put weights into the network that was built from a description by Keras 2.

    Args:
        path: of the weights, which were checked.
        text: the description as it came.

    Raises:
        RefusedError: where they do not fit.
    """
    import h5py

    with h5py.File(path, "r") as file:
        _network(model, json.loads(text), file)


def _network(model: Any, described: dict[str, Any], group: Any) -> None:
    layers = described["config"]["layers"]
    names, groups = names_of(layers), group["layers"]
    for place, value in _places(layers):
        if place in groups and _holds(groups[place]):
            layer = model.get_layer(names[name_of(value)])
            nested = isinstance(value["config"].get("layers"), list)
            (_network if nested else _layer)(layer, value, groups[place])


def _holds(group: Any) -> bool:
    """Whether there are weights in a group."""
    return any(hasattr(member, "shape") or _holds(member) for member in group.values())


def _places(layers: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The layers that may have weights, each with the name of its group."""
    seen: Counter[str] = Counter()
    for value in layers:
        kind = _snake_case(value["class_name"])
        yield f"{kind}_{seen[kind]}" if seen[kind] else kind, value
        seen[kind] += 1


def _layer(layer: Any, described: dict[str, Any], group: Any) -> None:
    parts = [name for name in PARTS if name in group and _holds(group[name])]
    for name in parts:
        _layer(getattr(layer, name), described, group[name])
    if not parts:
        wanted = layer.trainable_weights + layer.non_trainable_weights
        saved = group["vars"]
        if len(saved) != len(wanted) and not _has_counts(layer, len(saved) - len(wanted)):
            name = shown(layer.name, 60)
            raise RefusedError(f"holds {len(saved)} weights for “{name}”, which has {len(wanted)}.")
        for number, variable in enumerate(wanted):
            put(layer, variable, saved[str(number)])
        finish(layer)


def _has_counts(layer: Any, more: int) -> bool:
    return more > 0 and type(layer).__name__ in LONGER


def _snake_case(kind: str) -> str:
    """As Keras names groups: BatchNormalization -> batch_normalization, ReLU -> re_lu."""
    parted = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", kind))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", parted).lower()
