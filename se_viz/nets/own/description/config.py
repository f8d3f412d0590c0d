"""The description of a network (`config.json`), rewritten from parts that are known to be harmless.

Keras turns this file into objects, and its safe mode has been passed by more than once:
CVE-2025-1550 (any function of any module), CVE-2025-8747 (Keras's own functions that fetch files),
CVE-2025-9906 (a description that switches safe mode off), CVE-2025-12058 (layers that read files).
So what reaches Keras is not what came: only the classes of `vocabulary` are kept, in float32, and
what matters in training alone (initializers, regularizers, constraints, the optimizer) is left out.
"""

from __future__ import annotations

import json
from typing import Any

from se_viz.nets.own.description.allowed_layers import (
    ACTIVATIONS,
    DTYPES,
    FLOATS,
    FUNCTION_MODULES,
    KNOWN,
    MODELS,
    OURS,
    POLICIES,
    VALUES,
)
from se_viz.nets.own.description.settings import fitting, takes_settings
from se_viz.nets.own.description.versions import today
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.refusal import RefusedError, otherwise
from se_viz.nets.own.saved import Saved
from se_viz.pictures.labels.names import clean as shown

DEEPEST = 60  # levels of brackets; a network in a network in a network has about 25
LARGEST = 10_000_000  # no width, size or step of a layer is near


def read(saved: Saved, limits: FileLimits) -> dict[str, Any]:
    """The description of a network in a form that is safe to hand to Keras.

    Raises:
        RefusedError: where it is no description of a network, or has parts that are not known.
    """
    with otherwise("is broken: its description of the network is not JSON."):
        config = json.loads(saved.text)
    if not isinstance(config, dict) or config.get("class_name") not in MODELS:
        kind = config.get("class_name") if isinstance(config, dict) else None
        raise RefusedError(_no_model(kind))
    cleaned = _object(today(config, saved.release, saved.legacy), 0)
    if calls(cleaned) > limits.calls:
        raise RefusedError(f"describes a network of more than {limits.calls:,} layers.")
    return cleaned


def calls(value: Any) -> int:
    """How often the parts of a description run: nested ones as often as what they are in."""
    if isinstance(value, list):
        return sum(map(calls, value))
    if not isinstance(value, dict):
        return 0
    if "class_name" not in value:
        return sum(map(calls, value.values()))
    return max(1, len(value.get("inbound_nodes", ()))) * (1 + calls(value["config"]))


def _clean(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise RefusedError(f"describes its network in more than {DEEPEST} nested levels.")
    if isinstance(value, list):
        return [_clean(item, depth + 1) for item in value]
    if isinstance(value, dict):
        if "class_name" in value:
            return _object(value, depth)
        return {key: _entry(key, item, depth + 1) for key, item in value.items()}
    if isinstance(value, int | float) and not abs(value) <= LARGEST:
        raise RefusedError(f"asks for sizes beyond all bounds, such as {shown(str(value), 20)}.")
    return value


def _entry(key: str, value: Any, depth: int) -> Any:
    """One setting of a layer; those of training are replaced by the plainest there are."""
    if key.endswith("_initializer"):
        return "zeros"
    if key.endswith(("_regularizer", "_constraint")) or key == "seed":
        return None
    if key == "dtype" and isinstance(value, str):
        return _dtype(value)
    return _clean(value, depth)


def _dtype(name: Any) -> str:
    if name not in DTYPES:
        raise RefusedError(f"asks for the number format {_quoted(name)}, which is not known.")
    return "float32" if name in FLOATS else name


def _object(value: dict[str, Any], depth: int) -> Any:
    kind, module, inner = value["class_name"], value.get("module"), value.get("config")
    if kind == "function":
        return _activation(module, inner)
    if not isinstance(kind, str) or not isinstance(inner, dict):
        raise RefusedError(f"describes a part {_quoted(kind)} that is not known.")
    if kind in VALUES:
        return {"class_name": kind, "config": _clean(inner, depth + 1)}
    if not isinstance(module, str) or kind not in KNOWN.get(module, ()):
        raise RefusedError(_stranger(kind, module))
    if value.get("registered_name") not in (None, kind):
        raise RefusedError(_stranger(str(value["registered_name"]), module))
    if kind in POLICIES:
        return _dtype(inner.get("name"))
    settings = _clean(inner, depth + 1)
    if takes_settings(module):
        settings = fitting(kind, module, settings)
    return _layer(value, kind, module, settings, depth)


def _layer(
    value: dict[str, Any], kind: str, module: str, settings: dict[str, Any], depth: int
) -> dict[str, Any]:
    if kind == "Normalization" and settings.get("axis") not in (None, -1, 3, [-1], [3]):
        raise RefusedError("normalises its pictures pixel by pixel, which is not supported.")
    if kind in MODELS and not _described(settings.get("layers")):
        raise RefusedError("describes a network without layers.")
    result: dict[str, Any] = {
        "module": module,
        "class_name": kind,
        "config": settings,
        "registered_name": kind if module in OURS else None,
    }
    if "name" in value:
        result["name"] = _clean(value["name"], depth)
    if "inbound_nodes" in value:
        result["inbound_nodes"] = [_node(node, depth + 1) for node in value["inbound_nodes"]]
    return result


def _described(found: Any) -> bool:
    return isinstance(found, list) and all(
        isinstance(layer, dict) and "module" in layer for layer in found
    )


def _node(node: Any, depth: int) -> Any:
    """A call of a layer. One that takes no tensor of the network would run at once, unchecked."""
    cleaned = _clean(node, depth)
    if not isinstance(cleaned, dict) or not _takes_tensor(cleaned):
        raise RefusedError("calls a layer on something that is not part of the network.")
    return cleaned


def _takes_tensor(value: Any) -> bool:
    if isinstance(value, dict):
        return value.get("class_name") == "__keras_tensor__" or any(
            map(_takes_tensor, value.values())
        )
    return isinstance(value, list) and any(map(_takes_tensor, value))


def _activation(module: Any, name: Any) -> str:
    if module not in FUNCTION_MODULES or name not in ACTIVATIONS:
        raise RefusedError(f"calls the function {_quoted(name)}, which is no activation of Keras.")
    return name


def _no_model(kind: Any) -> str:
    if not isinstance(kind, str):
        return "is broken: it does not describe a network."
    return (
        f"is a network of a class of its own, {_quoted(kind)}, which takes that class's code to "
        "open; save its graph alone: keras.Model(model.inputs, model.outputs).save('graph.keras')."
    )


def _stranger(kind: str, module: Any) -> str:
    if kind == "Lambda":
        return "has a Lambda layer, which holds program code; replace it by a layer of Keras."
    package = module.partition(".")[0] if isinstance(module, str) else ""
    others = f"code of {_quoted(package)}" if package else "code of its own"
    whose = "a layer of Keras" if package == "keras" else others
    return (
        f"has a part {_quoted(kind)}, {whose} that is not opened; the layers of Keras that image "
        "classifiers are made of are."
    )


def _quoted(name: Any) -> str:
    return f"“{shown(str(name), 60)}”"
