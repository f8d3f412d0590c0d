"""The results of a network: how they are called, and which of them is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from se_viz.compat.keras import maker_of, output_names
from se_viz.nets.output import KINDS, Shape, Told, chosen
from se_viz.nets.own.description.loss import loss_of
from se_viz.nets.own.refusal import RefusedError
from se_viz.pictures.labels.names import LONGEST_LABEL, clean, unique_names

if TYPE_CHECKING:
    import keras

Results = tuple[tuple[str, Shape], ...]
MOST_CLASSES = 100_000


def results_of(model: keras.Model) -> Results:
    """Names and shapes of a network's results, in the order of `model.outputs`: keys where it gives
    a dictionary, else the names of the layers that make them."""
    unique = unique_names([(clean(name, LONGEST_LABEL),) for name in output_names(model)])
    shapes = (tuple(tensor.shape) for tensor in model.outputs)
    return tuple(zip(unique, shapes, strict=True))


def likely_of(model: keras.Model) -> tuple[int, ...]:
    """Which of a network's results end in a softmax or a sigmoid, by their places."""
    return tuple(row for row, tensor in enumerate(model.outputs) if _tells_classes(tensor))


def _tells_classes(tensor: Any) -> bool:
    operation = maker_of(tensor)
    function = getattr(operation, "activation", None)
    name = getattr(function, "__name__", "") or type(operation).__name__
    return name.lower() in ("softmax", "sigmoid", "hard_sigmoid", "hardsigmoid")


def told_of(
    results: Results, kind: str, name: str, losses: Any, likely: tuple[int, ...] = ()
) -> Told:
    """What is known of a network's output from its file and from a person.

    Args:
        results: of the network.
        kind: what a person says that the output is, one of `KINDS`; "" where they do not.
        name: which result they want to look at, likewise.
        losses: as `loss.losses_of` gives them.
        likely: as `likely_of` gives them.

    Raises:
        RefusedError: where there is no such result.
    """
    if kind and kind not in KINDS:
        raise RefusedError(f"can have as its output {', '.join(KINDS)}, not {clean(kind, 40)!r}.")
    names = tuple(known for known, _ in results)
    try:
        place = chosen(results, name, kind, MOST_CLASSES, {*likely, *_trained(losses, names)})
    except ValueError as error:
        raise RefusedError(str(error)) from error
    loss = None if place is None else loss_of(losses, names, place)
    return Told(kind, place, names, loss)


def _trained(losses: Any, names: tuple[str, ...]) -> list[int]:
    """Which results were trained to tell classes."""
    found = ((row, loss_of(losses, names, row)) for row in range(len(names)))
    return [row for row, loss in found if loss and loss.kind != "scores"]
