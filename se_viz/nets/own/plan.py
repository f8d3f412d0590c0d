"""What a network would take, known before memory is taken."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from se_viz.compat.keras import calls_of, functional, weights_without_values
from se_viz.compat.keras_settings import settle
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.refusal import RefusedError, otherwise
from se_viz.nets.own.results import Results, likely_of, results_of

if TYPE_CHECKING:
    import keras

Shape = tuple[int | None, ...]
MOST_UNUSED = 10_000  # dropout has two numbers for its random generator


@dataclass(frozen=True)
class Plan:
    """A network without its weights.

    Attributes:
        parameters: numbers in all weights.
        unused: numbers that building it makes beside these.
        activations: numbers in its largest feature map for one picture.
        inputs: their shapes, N first.
        results: names and shapes of what it gives; likely: those that end in a softmax or sigmoid.
        dtype: of the first input.
    """

    parameters: int
    unused: int
    activations: int
    inputs: tuple[Shape, ...]
    results: Results
    likely: tuple[int, ...]
    dtype: str


def plan(build: Callable[[], keras.Model]) -> Plan:
    """What the network that `build` makes would take; its weights are never allocated.

    Keras remembers weights without values for each thread, to fill them later; so this happens in
    a thread of its own, with which they are forgotten.

    Raises:
        RefusedError: where the network cannot be built.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_plan, build).result()


def _plan(build: Callable[[], Any]) -> Plan:
    settle()
    import keras

    with (
        otherwise("describes a network that Keras cannot build.", "it says"),
        keras.StatelessScope(initialize_variables=False),
    ):
        model = build()
        if not getattr(model, "inputs", None):
            raise RefusedError(
                "was saved before its network knew its input; call it once and save it."
            )
        made = weights_without_values()
        parameters = _numbers(model.weights)
        return Plan(
            parameters,
            _numbers(made) - parameters,
            max(math.prod(d or 1 for d in shape[1:]) for shape in _maps(model)),
            tuple(tuple(tensor.shape) for tensor in model.inputs),
            results_of(model),
            likely_of(model),
            model.inputs[0].dtype,
        )


def _numbers(weights: Iterable[Any]) -> int:
    return sum(math.prod(weight.shape) for weight in weights)


def _maps(model: Any) -> Iterator[Shape]:
    """The shapes of all tensors that flow through a network, nested ones included."""
    graph = functional(model) or model
    for operation in graph.operations:
        for node in calls_of(operation):
            yield from (tuple(tensor.shape) for tensor in node.output_tensors)
        if hasattr(operation, "layers"):
            yield from _maps(operation)


def check(found: Plan, numbers: int, limits: FileLimits) -> None:
    """A classifier of square colour pictures, no larger than its weights and the limits.

    numbers: how many the file of weights holds.

    Raises:
        RefusedError: where it is something else.
    """
    if found.parameters > limits.parameters:
        raise RefusedError(
            f"describes a network of {found.parameters:,} weights; {limits.parameters:,} are "
            "allowed."
        )
    if found.unused > MOST_UNUSED:
        raise RefusedError("describes layers that are no part of its network.")
    if found.parameters > numbers:
        raise RefusedError(
            f"describes a network of {found.parameters:,} weights and holds only {numbers:,}."
        )
    if found.activations > limits.activations:
        raise RefusedError(
            f"describes a network with a feature map of {found.activations:,} numbers for one "
            f"picture; {limits.activations:,} are allowed."
        )
    _check_input(found)


def _check_input(found: Plan) -> None:
    shape = found.inputs[0]
    if len(found.inputs) != 1 or len(shape) != 4:
        raise RefusedError("is no network that takes one picture.")
    if shape[1] == 3 and shape[3] != 3:
        raise RefusedError("takes pictures with their channels first; SE-Viz needs them last.")
    if shape[3] != 3:
        raise RefusedError(
            f"takes pictures of {shape[3]} channels; SE-Viz shows pictures of three."
        )
    if shape[1] != shape[2]:
        raise RefusedError(
            f"takes pictures of {shape[1]} x {shape[2]} px; SE-Viz needs square ones."
        )
    if not found.dtype.startswith("float"):
        raise RefusedError(
            f"takes pictures as {found.dtype}; SE-Viz needs a network that takes floats."
        )
