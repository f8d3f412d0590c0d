"""A model that OpenVINO has read: model inputs at its entry, names where it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

import numpy as np

from se_viz.compat.openvino import library, operations
from se_viz.nets.output import width
from se_viz.pictures import Preprocessing
from se_viz.probe.frontends.openvino.program import OpenVINOSource, places
from se_viz.probe.gates.sites import Site
from se_viz.probe.gates.squeeze import is_vector
from se_viz.probe.graph import Slot, channels_first
from se_viz.probe.runtimes.base import Job
from se_viz.probe.runtimes.openvino.program import MODEL_INPUTS, OUTPUTS, OpenVINOProgram, named
from se_viz.probe.runtimes.openvino.tensors import as_kind, hand
from se_viz.probe.runtimes.openvino.variants import as_bytes

Tensors = Mapping[Slot, Any]


def marked(job: Job) -> OpenVINOProgram:
    """The program of a job whose own is an `OpenVINOSource`; weights stay where they are in it."""
    assert isinstance(job.program, OpenVINOSource)
    model = job.program.model.clone()
    tensors = places(model)
    pictures = _entered(model, job)
    found = _named(job, tensors)
    for name, tensor in found.items():
        tensor.get_tensor().add_names({name})
    results = [operations.result(tensor) for tensor in dict.fromkeys(found.values())]
    made = library.Model(results, [pictures])
    made.validate_nodes_and_infer_types()
    return OpenVINOProgram(job.graph, *as_bytes(made), {})


def _entered(model: Any, job: Job) -> Any:
    """Model inputs, uint8 (N, size, size, 3), in place of the model's own input; see
    `Preprocessing` for what becomes of them."""
    preprocessing: Preprocessing = job.network.preprocessing
    (given,), size = model.get_parameters(), preprocessing.size
    pixels = operations.parameter([-1, size, size, 3], np.uint8, MODEL_INPUTS)
    pixels.output(0).get_tensor().set_names({MODEL_INPUTS})
    mean, std = (255 * np.array(n, np.float32) for n in (preprocessing.mean, preprocessing.std))
    x = operations.divide(operations.subtract(operations.convert(pixels, "f32"), mean), std)
    if channels_first(job.graph.shapes[job.graph.inputs[0]]):
        x = operations.transpose(x, [0, 3, 1, 2])
    kind = given.get_element_type().to_string()
    takers = list(given.output(0).get_target_inputs())
    hand(takers, as_kind(x.output(0), kind).get_node())
    return pixels


def _named(job: Job, tensors: Tensors) -> dict[str, Any]:
    """All tensors that are looked at or changed, see `OpenVINOProgram`."""
    graph = job.graph
    found = {named("narrow", i): tensors[slot] for i, slot in enumerate(graph.narrows[1:], 1)}
    if graph.result is not None:
        output = as_kind(tensors[graph.result], "f32")
        count = width(graph.shapes[graph.result])
        found[OUTPUTS] = operations.reshape(output, [-1, count], False).output(0)
    for number, site in enumerate(job.sites):
        z = _flat(tensors[site.z], site)
        found[named("z", number)] = z if site.scale == 1 else _over(z, site.scale)
        found[named("s", number)] = reduce(_times, (_flat(tensors[s], site) for s in site.gates))
        found[named("u", number)] = _as_map(tensors[site.u], site)
        found[named("x", number)] = _as_map(tensors[site.x], site)
    return found


def _flat(tensor: Any, site: Site) -> Any:
    """One number for each channel, (N, C), float32; of a map, those of its first position."""
    shape = tensor.get_partial_shape().get_max_shape()
    if len(shape) == 4 and not is_vector(tuple(shape)):
        axes = [1, 2] if site.axis == 3 else [2, 3]
        tensor = operations.slice(tensor, [0, 0], [1, 1], [1, 1], axes).output(0)
    row = operations.reshape(as_kind(tensor, "f32"), [-1, site.block.channels], False)
    return row.output(0)


def _as_map(tensor: Any, site: Site) -> Any:
    """A feature map as (N, H, W, C), float32."""
    tensor = as_kind(tensor, "f32")
    return operations.transpose(tensor, [0, 2, 3, 1]).output(0) if site.axis == 1 else tensor


def _times(a: Any, b: Any) -> Any:
    return operations.multiply(a, b).output(0)


def _over(a: Any, by: float) -> Any:
    return operations.divide(a, np.float32(by)).output(0)
