"""The loss that a network was trained with, as its file tells it: read as data, never built."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from se_viz.nets.output import Loss
from se_viz.nets.own.refusal import otherwise


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KINDS = {
    "logits": _words("""
        categoricalcrossentropy sparsecategoricalcrossentropy categoricalfocalcrossentropy
        categoricalgeneralizedcrossentropy kldivergence kld kullbackleiblerdivergence
    """),
    "multilabel-logits": _words("binarycrossentropy bce binaryfocalcrossentropy"),
    "scores": _words("""
        meansquarederror mse meanabsoluteerror mae meanabsolutepercentageerror mape
        meansquaredlogarithmicerror msle huber logcosh poisson cosinesimilarity
        hinge squaredhinge categoricalhinge
    """),
}
"""What losses of Keras, by their names in one form, say of numbers before softmax or sigmoid."""


def losses_of(text: bytes, training: bytes | None = None) -> Any:
    """What a file says of its losses, None where nothing.

    Args:
        text: the description of the network (`config.json`), which says it in newer files.
        training: how an `.h5` file says that it was trained, if it does.
    """
    with otherwise("is broken: its description of the network is not JSON."):
        found = json.loads(training or text)
    compiled = found.get("compile_config") if isinstance(found, dict) and not training else found
    return compiled.get("loss") if isinstance(compiled, dict) else None


def loss_of(losses: Any, names: Sequence[str], place: int) -> Loss | None:
    """The loss of one of a network's results, None where none of Keras's own is told.

    Args:
        losses: as `losses_of` gives them: one, or a list or an object of one for each result.
        names: of all results.
        place: of the result among them.
    """
    if isinstance(losses, dict) and "class_name" not in losses:
        return _known(losses.get(names[place]))
    if isinstance(losses, list):
        return _known(losses[place]) if len(losses) == len(names) else None
    return _known(losses)


def _known(given: Any) -> Loss | None:
    name, settings = _parts(given)
    if not isinstance(name, str) or not isinstance(settings, dict):
        return None
    plain = name.replace("_", "").lower()
    kind = next((kind for kind, names in KINDS.items() if plain in names), None)
    return Loss(name, kind, settings.get("from_logits") is True) if kind else None


def _parts(given: Any) -> tuple[Any, Any]:
    """Name and settings of a loss; no name for one that is not Keras's own. Keras 2 says of none
    which module it is from."""
    if not isinstance(given, dict):
        return given, {}
    if not str(given.get("module", "keras")).startswith(("keras", "builtins")):
        return None, {}
    name, settings = given.get("class_name"), given.get("config")
    return (settings, {}) if name == "function" else (name, settings)
