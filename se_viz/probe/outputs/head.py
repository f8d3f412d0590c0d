"""What the outputs of a network are: logits, probabilities, or scores.

What a person says holds; else what the structure shows; of a last layer that is linear, and so
tells nothing, the loss it was trained with; else what is usual, which is said to be assumed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from se_viz.nets.network import Network
from se_viz.nets.output import KINDS, Output, Told, width
from se_viz.probe.graph import Graph, Shape
from se_viz.probe.outputs.checks import ADDED_UP, ROUNDING, OutputFinding, by_structure, is_bounded
from se_viz.probe.outputs.class_names import names_of
from se_viz.probe.outputs.ranges import Range
from se_viz.probe.outputs.results import range_of

TWO = {
    "sigmoid": "one probability, that of the second of two classes",
    "multilabel-logits": "one logit, that of the second of two classes",
}


def settled(network: Network, graph: Graph, tried: Callable[[], np.ndarray]) -> Network:
    """The network with its `output`, and the names of the classes that are shown.

    Args:
        network: with what was told of it.
        graph: its structure.
        tried: gives outputs (n, K) of a few model inputs, where structure leaves something open.

    Raises:
        ValueError: where its outputs cannot be what was said, or its names are too few or too many.
    """
    if graph.result is None:
        output = _gates_alone(network.told)
        return replace(network, output=output, classes=())
    shape = graph.shapes[graph.result]
    count = width(shape) or 1
    found = _find(network, range_of(graph, graph.result, _axis(shape)), count, tried)
    binary = count == 1 and found.kind != "scores"
    what = TWO[found.kind] if binary else KINDS[found.kind]
    names = network.told.results
    text = f"It gives {what}: {found.why}.{_of_several(network.told)}"
    output = Output(
        found.kind,
        names_of(network, count, found.kind, binary),
        binary,
        found.known,
        text,
        names,
        names[network.told.result or 0] if names else "",
    )
    return replace(network, output=output, classes=output.classes)


def _gates_alone(told: Told) -> Output:
    said = told.kind == "none"
    why = "so it was said" if said else "none of its results has one number for each class"
    text = f"It is looked at for its gates alone: {why}."
    return Output("none", (), False, "said" if said else "structure", text, told.results)


def _of_several(told: Told) -> str:
    if len(told.results) < 2:
        return ""
    return f" Of its results {', '.join(told.results)}, this is {told.results[told.result or 0]}."


def _axis(shape: Shape) -> int:
    """Of the classes in a result."""
    return next((axis for axis in range(1, len(shape)) if shape[axis] != 1), len(shape) - 1)


def _find(
    network: Network, range_: Range, count: int, tried: Callable[[], np.ndarray]
) -> OutputFinding:
    told, seen = network.told, by_structure(range_, count)
    if told.kind:
        return _said(network, seen, count, tried)
    if seen is not None and seen.known == "assumed":
        return _one_of_several(tried()) or seen
    if seen is not None and (seen.kind != "scores" or range_.form != "bent"):
        return seen
    found = _by_loss(told, range_, count) or seen
    if found is not None:
        return found
    if told.published:
        return OutputFinding("logits", "published", "so it was published with its weights")
    if range_.form == "linear" or (count == 1 and not is_bounded(range_)):
        return _assumed(range_, count)
    return _by_numbers(tried()) or _assumed(range_, count)


def _by_loss(told: Told, found: Range, count: int) -> OutputFinding | None:
    """What the loss says of numbers of which the structure says nothing."""
    loss = told.loss
    if loss is None or (count == 1 and loss.kind == "logits"):
        return None
    by = f"the loss that the file was saved with, {loss.name}"
    if loss.logits or loss.kind == "scores":
        return OutputFinding(loss.kind, "loss", f"so says {by}")
    if found.form in ("linear", "log"):
        why = f"its last layer is linear, so that is assumed; {by}, takes probabilities"
        return OutputFinding(loss.kind, "assumed", why)
    return OutputFinding(_PROBABILITIES[loss.kind], "loss", f"so says {by}")


_PROBABILITIES = {"logits": "softmax", "multilabel-logits": "sigmoid"}


def _by_numbers(outputs: np.ndarray) -> OutputFinding | None:
    """What a few outputs (n, K) show where the structure is not known."""
    inside = (outputs >= -ROUNDING).all() and (outputs <= 1 + ROUNDING).all()
    if not inside:
        return None
    why = "on every picture that was tried, each lay between 0 and 1"
    return _one_of_several(outputs) or OutputFinding("sigmoid", "numbers", why)


def _one_of_several(outputs: np.ndarray) -> OutputFinding | None:
    if np.abs(outputs.sum(1) - 1).max() >= ADDED_UP:
        return None
    return OutputFinding("softmax", "numbers", "those of every picture that was tried add up to 1")


def _assumed(found: Range, count: int) -> OutputFinding:
    if is_bounded(found):
        why = f"by its structure, they lie between {found.low:g} and {found.high:g} at most"
        return OutputFinding("scores", "structure", why)
    last = "its last layer is linear" if found.form == "linear" else "its structure does not tell"
    if count == 1:
        why = f"{last}, so that is assumed; the logit of one of two classes would look alike"
        return OutputFinding("scores", "assumed", why)
    why = f"{last}, so that is assumed; labels each for itself, or a regression, would look alike"
    return OutputFinding("logits", "assumed", why)


def _said(
    network: Network, seen: OutputFinding | None, count: int, tried: Callable[[], np.ndarray]
) -> OutputFinding:
    """What a person says, where it can be."""
    kind = network.told.kind
    if count == 1 and kind in _OF_ONE:
        kind = _OF_ONE[kind]
    if kind in ("softmax", "sigmoid") and (
        seen is None or seen.kind not in _PROBABILITIES.values()
    ):
        _refuse_others(network.title, network.told.kind, tried())
    shown = seen if seen is not None and seen.known != "assumed" and seen.kind != kind else None
    beside = "" if shown is None else f"; by its structure: {KINDS[shown.kind]}"
    return OutputFinding(kind, "said", f"so it was said{beside}")


_OF_ONE = {"logits": "multilabel-logits", "softmax": "sigmoid"}
"""Of one number, the kinds for one class of several are those for one of two."""


def _refuse_others(title: str, kind: str, outputs: np.ndarray) -> None:
    """Raises ValueError where a few outputs (n, K) are no probabilities of this kind."""
    low, high, most = outputs.min(), outputs.max(), outputs.sum(1).max()
    if low < -ROUNDING or high > 1 + ROUNDING:
        number = low if low < 0 else high
        raise ValueError(
            f"The outputs of {title} are no {kind}: it gives {number:.4g}, which is no probability."
        )
    if kind == "softmax" and outputs.shape[1] > 1 and most > 1 + ADDED_UP:
        raise ValueError(
            f"The outputs of {title} are no softmax: those of a picture add up to {most:.4g}."
        )
