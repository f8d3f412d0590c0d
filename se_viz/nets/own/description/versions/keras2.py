"""Descriptions by Keras 2, whole: `.h5`, and `.keras` from Keras 2.12 on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from se_viz.nets.own.description.allowed_layers import MODELS
from se_viz.nets.own.description.versions import layers2, tensorflow
from se_viz.nets.own.description.versions.calls2 import LayerGraph
from se_viz.nets.own.description.versions.modules import module_of
from se_viz.nets.own.description.versions.names import name_of, names_of
from se_viz.nets.own.refusal import otherwise


def network(description: dict[str, Any]) -> dict[str, Any]:
    """The description of a network by Keras 2, as Keras 3 writes it.

    Raises:
        RefusedError: where it holds something for which Keras 3 has nothing.
    """
    with otherwise("is broken: its description is none of a network of Keras 2."):
        return _network(description)


def _network(value: dict[str, Any]) -> dict[str, Any]:
    kind, config = value["class_name"], value["config"]
    if isinstance(config, list):  # a Sequential before Keras 2.2.3
        config = {"name": "sequential", "layers": config}
    if kind not in MODELS or "layers" not in config:
        return value
    kept = {key: config[key] for key in ("name", "trainable") if key in config}
    if kind == "Sequential":
        kept["layers"] = list(_in_a_row(config["layers"]))
    else:
        kind, kept = "Functional", kept | _graph(config)
    module = module_of(kind)
    return {"module": module, "class_name": kind, "config": kept, "registered_name": None}


def _in_a_row(old: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The layers of a `Sequential`, with the input that its first layer may tell of."""
    names = names_of(old)
    entry = _entry(old[0])
    if old[0]["class_name"] != "InputLayer" and entry:
        name = f"{names[name_of(old[0])]}_input"
        yield layers2.input_layer(name, entry["batch_input_shape"], entry.get("dtype"))
    for value in old:
        yield from _layers(value, names[name_of(value)])


def _entry(first: dict[str, Any]) -> dict[str, Any] | None:
    """The settings that tell which pictures a first layer, or a first network, takes."""
    config = first["config"]
    inner = config if isinstance(config, list) else config.get("layers")
    if inner:
        inputs = (layer for layer in inner if layer["class_name"] == "InputLayer")
        return _entry(next(inputs, inner[0]))
    return config if config.get("batch_input_shape") else None


def _graph(config: dict[str, Any]) -> dict[str, Any]:
    """The layers of a functional network with their calls, and its ends."""
    old = config["layers"]
    names = names_of(old)
    new = {value["name"]: _layers(value, names[value["name"]]) for value in old}
    graph = LayerGraph(new)
    for value in old:
        _connect(value, new[value["name"]], graph)
    ends = {key: graph.ends(config[key]) for key in ("input_layers", "output_layers")}
    return {"layers": [layer for layers in new.values() for layer in layers], **ends}


def _connect(value: dict[str, Any], new: list[dict[str, Any]], graph: LayerGraph) -> None:
    """Give what a layer became the calls that it had."""
    calls = value.get("inbound_nodes") or []
    for layer in new:
        layer["name"] = layer["config"]["name"]
    if tensorflow.is_function(value):
        new[0].update(tensorflow.operation(value, new[0]["name"], graph))
    else:
        new[0]["inbound_nodes"] = [graph.call(node) for node in calls]
    for before, after in pairwise(new):
        after["inbound_nodes"] = graph.after(before["name"], len(calls))


def _layers(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A layer, under a new name, as those that do the same in Keras 3 one after the other."""
    if value["class_name"] in MODELS:
        network = _network(value)
        network["config"]["name"] = name
        return [network]
    return layers2.layers({**value, "config": {**value["config"], "name": name}})
