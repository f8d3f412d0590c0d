"""A person's own network in a form that OpenVINO reads: ONNX, TensorFlow Lite, and its own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from se_viz.nets.network import USUAL, Network
from se_viz.nets.output import width
from se_viz.nets.own import onnx_weights
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.ready import Data, class_names, fingerprint, opened
from se_viz.nets.own.refusal import RefusedError, blame, otherwise, refuse
from se_viz.nets.own.results import Results, told_of
from se_viz.nets.pixel_options import PixelOptions
from se_viz.pictures import Preprocessing
from se_viz.pictures.labels.names import LONGEST_LABEL, clean, unique_names

FORMS = {".onnx": "ONNX", ".tflite": "TensorFlow Lite", ".xml": "OpenVINO's form"}
"""By the endings of files."""
USUAL_SIZE = 224
PROBABILITIES = ("Softmax", "Sigmoid", "HardSigmoid")
HIDDEN = ("If", "Loop", "TensorIterator")
"""What holds a network of its own, used as the picture says."""


def read_openvino(
    data: Data,
    name: str,
    classes: tuple[str, ...] | None = None,
    wanted: PixelOptions | None = None,
    limits: FileLimits | None = None,
    output: str = "",
    result: str = "",
) -> Network:
    """A network for square colour pictures; its model is an `openvino.Model`.

    Weights that the exporter put beside the file are read where it lies as a path; nothing outside
    its own folder is opened.

    Args and errors as `read_keras` has them.
    """
    name, limits, wanted = clean(name), limits or FileLimits(), wanted or PixelOptions()
    with blame(name), opened(data, limits) as file:
        digest = fingerprint(file)
        suffix = os.path.splitext(name.lower())[1]
        beside = _weights(suffix, name, file.read(), data, limits)
        model = _read(suffix, data, beside)
        size = _fixed(model, wanted)
        refuse(wanted.misfit(size))
        _refuse_large(model, limits)
        results = _results(model)
        told = told_of(results, output, result, {}, _likely(model))
        if told.result is None and classes:
            raise RefusedError(
                "is looked at for its gates alone: leave out the names of its classes."
            )
        _refuse_one_by_one(model)
        named = (
            () if told.result is None else class_names(width(results[told.result][1]) or 1, classes)
        )
        preprocessing = replace(wanted.upon(Preprocessing()), size=size)
        grounds = wanted.grounds(USUAL)
        both = _digest_of(digest, beside)
        return Network(name, f"{name}, your own", model, preprocessing, named, both, grounds, told)


def _weights(suffix: str, name: str, model: bytes, data: Data, limits: FileLimits) -> list[Path]:
    """The files beside a path that hold its weights."""
    if suffix == ".onnx":
        return onnx_weights.beside(model, data, limits)
    return [] if suffix != ".xml" else onnx_weights.found([f"{Path(name).stem}.bin"], data, limits)


def _read(suffix: str, data: Data, beside: list[Path]) -> Any:
    form = FORMS[suffix]
    try:
        from se_viz.compat.openvino import library
    except ImportError as error:
        raise RefusedError(
            f"is a network in {form}, which takes OpenVINO: pip install openvino."
        ) from error
    with otherwise(f"cannot be read as a network in {form}.", "OpenVINO says"):
        core = library.Core()
        if suffix == ".xml":
            (weights,) = beside
            return core.read_model(_bytes(data), weights.read_bytes())
        if suffix == ".onnx":
            return core.read_model(data if isinstance(data, bytes) else str(data))
        with TemporaryDirectory(prefix="se-viz-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / f"network{suffix}"  # its ending tells OpenVINO how to read it
            path.write_bytes(_bytes(data))
            return core.read_model(str(path))


def _bytes(data: Data) -> bytes:
    return data if isinstance(data, bytes) else Path(data).read_bytes()


def _fixed(model: Any, wanted: PixelOptions) -> int:
    """Fix the height and width of the model's input, and free its batch; returns the height."""
    from se_viz.compat.openvino import passes

    if len(model.inputs) != 1:
        raise RefusedError(f"takes {len(model.inputs)} inputs instead of one picture.")
    shape = model.inputs[0].get_partial_shape()
    if shape.rank.is_dynamic or shape.rank.get_length() != 4:
        raise RefusedError(f"takes an input of shape {shape}, not pictures.")
    axes = (1, 2) if _length(shape, 3) == 3 and _length(shape, 1) != 3 else (2, 3)
    known = [_length(shape, axis) for axis in axes]
    size = known[0] or known[1] or wanted.size or USUAL_SIZE
    if {known[0] or size, known[1] or size} != {size}:
        raise RefusedError(f"takes pictures of {known[0]} x {known[1]} pixels, not square ones.")
    lengths = [-1, 3, 3, 3]
    for axis in axes:
        lengths[axis] = size
    with otherwise("cannot take several pictures at once.", "OpenVINO says"):
        model.reshape(lengths)
        folding = passes.Manager()
        folding.register_pass(passes.ConstantFolding())  # what shapes alone decide
        folding.run_passes(model)
    return size


def _length(shape: Any, axis: int) -> int | None:
    return None if shape[axis].is_dynamic else shape[axis].get_length()


def _refuse_large(model: Any, limits: FileLimits) -> None:
    ordered = model.get_ordered_ops()
    if len(ordered) > 4 * limits.calls:
        raise RefusedError(f"has {len(ordered):,} operations; {4 * limits.calls:,} are allowed.")
    hidden = [each for each in ordered if each.get_type_name() in HIDDEN]
    if hidden:
        raise RefusedError(f"holds a network within {clean(hidden[0].get_friendly_name(), 60)}.")
    numbers = sum(prod(c.shape) for c in ordered if c.get_type_name() == "Constant")
    if numbers > limits.parameters:
        raise RefusedError(f"has {numbers:,} weights; {limits.parameters:,} are allowed.")
    largest = max(_numbers_of(ordered), default=0)
    if largest > limits.activations:
        raise RefusedError(
            f"has a feature map of {largest:,} numbers; {limits.activations:,} are allowed."
        )


def _numbers_of(ordered: list[Any]) -> Iterator[int]:
    """Numbers in each tensor of one picture, as far as they are known."""
    for each in ordered:
        for tensor in each.outputs() if each.get_type_name() != "Constant" else ():
            shape = tensor.get_partial_shape()
            if shape.rank.is_static:
                yield prod(d.get_length() for d in shape if d.is_static)


def _results(model: Any) -> Results:
    names = [
        sorted(port.get_names())[:1] or [f"result {i}"] for i, port in enumerate(model.outputs)
    ]
    unique = unique_names([(clean(each[0], LONGEST_LABEL),) for each in names])
    return tuple(zip(unique, (_shape(port) for port in model.outputs), strict=True))


def _shape(port: Any) -> tuple[int | None, ...]:
    shape = port.get_partial_shape()
    return (
        () if shape.rank.is_dynamic else (None, *(_length(shape, i) for i in range(1, len(shape))))
    )


def _likely(model: Any) -> tuple[int, ...]:
    """Which results end in a softmax or a sigmoid."""
    makers = [port.get_node().input_value(0).get_node() for port in model.outputs]
    return tuple(i for i, node in enumerate(makers) if node.get_type_name() in PROBABILITIES)


def _refuse_one_by_one(model: Any) -> None:
    """Raises RefusedError where two pictures together come out otherwise than one by one: the file
    was exported for a fixed number of them."""
    from se_viz.compat.openvino import library

    lengths = [2 if d.is_dynamic else d.get_length() for d in model.inputs[0].get_partial_shape()]
    kind = model.inputs[0].get_element_type().to_dtype()
    pictures = np.random.default_rng(0).uniform(0, 1, lengths).astype(kind)
    with otherwise("holds a network that does not run here.", "OpenVINO says"):
        run = library.Core().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        both, alone = (list(run([part]).values()) for part in (pictures, pictures[1:]))
    same = (np.allclose(b[-1:], a, 1e-3, 1e-3, True) for b, a in zip(both, alone, strict=True))
    if not all(same):
        raise RefusedError(
            "is made for one picture at a time: export it with a batch of any size (dynamic_axes, "
            "or dynamic_shapes)."
        )


def _digest_of(digest: str, beside: list[Path]) -> str:
    """SHA-256 of the file, and with it of the weights beside it."""
    if not beside:
        return digest
    found = [digest, *(hashlib.sha256(path.read_bytes()).hexdigest() for path in beside)]
    return hashlib.sha256("".join(found).encode()).hexdigest()
