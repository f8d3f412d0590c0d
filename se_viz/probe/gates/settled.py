"""What is known of an excitation once it is read: whether it has a range, and where its mean is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from se_viz.probe.gates.excitation import Excitation
from se_viz.probe.gates.squeeze import NoBlockError, Squeeze, changes_nothing, is_mean
from se_viz.probe.graph import Node
from se_viz.probe.operations import nodes as operations
from se_viz.probe.operations.arithmetic import factor_of


def refuse_endless(found: Excitation) -> None:
    """Raises NoBlockError where nothing says from where on the excitation lies: no sigmoid, tanh,
    softmax or relu, nor what comes to the same."""
    if not found.path:
        raise NoBlockError("no sigmoid stands between the pool and the product")
    if not math.isfinite(found.bounds[0]):
        made = operations.describe(found.path[-1])
        raise NoBlockError(
            f"the factor comes from {made}, not from a sigmoid, tanh, softmax or relu"
        )


def settled(found: Excitation) -> Excitation:
    """The same, with what makes a mean of a sum counted to the squeeze, not to the excitation."""
    squeezes, path = [], list(found.path)
    for squeeze in found.squeezes:
        more = _up_to_the_mean(squeeze, path)
        path = [node for node in path if node not in more]
        steps, last = (*squeeze.steps, *more), more[-1].outputs[0] if more else squeeze.slot
        scale = 1.0 if more else squeeze.scale
        squeezes.append(Squeeze(last, steps, scale, squeeze.largest))
    return replace(found, squeezes=tuple(squeezes), path=tuple(path))


def _up_to_the_mean(squeeze: Squeeze, path: Sequence[Node]) -> list[Node]:
    """The steps that multiply a squeeze until it is the mean; none where it never is, or is."""
    slot, scale, found = squeeze.slot, squeeze.scale, []
    while not is_mean(scale):
        users = [node for node in path if slot in node.inputs]
        factor = factor_of(users[0]) if len(users) == 1 else None
        if factor is None and not (len(users) == 1 and changes_nothing(users[0])):
            return []
        found.append(users[0])
        slot, scale = users[0].outputs[0], scale * (1.0 if factor is None else factor)
    return found
