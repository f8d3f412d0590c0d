"""Names of layers: those of Keras 2 may hold a slash, those of Keras 3 may not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def without_slashes(names: Iterable[str]) -> dict[str, str]:
    """Each name of a network's layers with the one that it has in Keras 3; none of them twice."""
    names = list(names)
    taken = {name for name in names if "/" not in name}
    found = {}
    for name in names:
        found[name] = _free(name.replace("/", "_"), taken) if "/" in name else name
        taken.add(found[name])
    return found


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def names_of(layers: list[dict[str, Any]]) -> dict[str, str]:
    """The layers of a network that Keras 2 described: their names there and in Keras 3."""
    return without_slashes(name_of(layer) for layer in layers)


def name_of(layer: dict[str, Any]) -> str:
    """A layer's name as its network knows it."""
    if "name" in layer:
        return layer["name"]
    return layer["config"]["name"] if isinstance(layer["config"], dict) else "sequential"


def layers_of(config: Any) -> list[dict[str, Any]]:
    """The layers in the settings of a network; a `Sequential` before Keras 2.2.3 is a bare list."""
    return config if isinstance(config, list) else config["layers"]
