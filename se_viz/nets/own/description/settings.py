"""Settings of layers that other versions of Keras know, and the one at hand does not.

Keras refuses a layer over any word that it does not know. Most such words matter in training alone,
or are switched off; what would change numbers is refused with its name.
"""

from __future__ import annotations

import inspect
from functools import cache
from importlib import import_module
from typing import Any

from se_viz.nets.own.description.allowed_layers import OPERATIONS, OURS
from se_viz.nets.own.refusal import RefusedError
from se_viz.pictures.labels.names import clean as shown

OF_ALL = frozenset(("name", "trainable", "dtype"))
IDLE = frozenset(
    [
        "name",
        "trainable",
        "dtype",
        "autocast",
        "dynamic",
        "experimental_autocast",
        "seed",
        "noise_shape",
        "batch_input_shape",
        "input_shape",
        "query_shape",
        "key_shape",
        "value_shape",
        "fused",
        "virtual_batch_size",
        "adjustment",
        "synchronized",
        "renorm",
        "renorm_clipping",
        "renorm_momentum",
        "lora_rank",
        "lora_alpha",
    ]
)
"""Change nothing in inference, or nothing that is not told elsewhere as well."""
USUAL = {"groups": 1}
"""What else leaves a layer as it is; anything that is None or False does so, too."""


def fitting(kind: str, module: str, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of a layer, or of an operation, that the Keras at hand knows.

    Args:
        kind, module: of its class, which are of the `vocabulary`.
        settings: as they came.

    Raises:
        RefusedError: where another one matters.
    """
    known = _known(kind, module)
    others = [key for key in settings if key not in known]
    wrong = next((key for key in others if not _changes_nothing(key, settings[key])), None)
    if wrong:
        raise RefusedError(_complaint(kind, wrong, settings[wrong]))
    return {key: value for key, value in settings.items() if key in known}


@cache
def _known(kind: str, module: str) -> frozenset[str]:
    """The settings that a class takes, of Keras or of ours.

    Raises:
        RefusedError: where this Keras has no such class.
    """
    import keras

    found = getattr(import_module(module), kind, None)
    if found is None:
        raise RefusedError(f"has a part “{kind}”, which Keras {keras.__version__} has not.")
    taken = frozenset(inspect.signature(found).parameters)
    return taken | OF_ALL if "kwargs" in taken else taken


def _changes_nothing(key: str, value: Any) -> bool:
    off = value is None or value is False or value == USUAL.get(key)
    return off or key in IDLE or key.endswith(("_initializer", "_regularizer", "_constraint"))


def _complaint(kind: str, key: str, value: Any) -> str:
    import keras

    return (
        f"has a {kind} with {shown(key, 40)} = {shown(str(value), 40)}, which Keras "
        f"{keras.__version__} has not; with a Keras that has it the file may open."
    )


def takes_settings(module: str) -> bool:
    """Whether classes of a module are built from settings alone."""
    return module == "keras.layers" or module in OPERATIONS or module in OURS
