"""Numbers that stand in a model: constants, perhaps cast, moved or quantised."""

from __future__ import annotations

from typing import Any

import numpy as np

from se_viz.compat.openvino import library, operations
from se_viz.probe.runtimes.openvino.compiled import compile_once

MOVES = ("Reshape", "Squeeze", "Unsqueeze", "Transpose")


def constant_of(tensor: Any) -> Any | None:
    """What gives the numbers of a tensor, a function without arguments; None of one that depends on
    the picture."""
    node = tensor.get_node()
    kind = node.get_type_name()
    if kind == "Constant":
        return lambda: np.array(node.get_data(), copy=True)
    if kind not in ("Convert", *MOVES, "FakeQuantize", "Multiply", "Subtract", "Add", "Divide"):
        return None
    given = [constant_of(node.input_value(place)) for place in range(node.get_input_size())]
    if any(each is None for each in given):
        return None
    return lambda: _evaluated(node)


def _evaluated(node: Any) -> np.ndarray:
    """What an operation makes of constants."""
    part = library.Model([operations.result(node.output(0))], [])
    (found,) = compile_once(part, "float32")()
    return found
