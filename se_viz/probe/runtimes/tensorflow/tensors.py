"""Gates, squeezes and maps among the tensors of a run, in the form in which they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

import tensorflow as tf

from se_viz.probe.gates.sites import Site
from se_viz.probe.gates.squeeze import is_vector
from se_viz.probe.graph import Slot


def squeezed(values: Mapping[Slot, Any], site: Site) -> Any:
    """z (N, C), float32, of the tensors of a run."""
    z = flat(values[site.z], site)
    return z if site.scale == 1 else z / site.scale


def excited(values: Mapping[Slot, Any], site: Site) -> Any:
    """s (N, C), float32, of the tensors of a run."""
    return reduce(tf.multiply, (flat(values[gate], site) for gate in site.gates))


def flat(tensor: Any, site: Site) -> Any:
    """One number for each channel, (N, C), float32; of a map, those of its first position."""
    if len(tensor.shape) == 4 and not is_vector(tuple(tensor.shape)):
        tensor = tensor[:, :1, :1] if site.axis == 3 else tensor[..., :1, :1]
    return tf.cast(tf.reshape(tensor, (-1, site.block.channels)), tf.float32)


def as_map(tensor: Any, site: Site) -> Any:
    """A feature map as (N, H, W, C), float32."""
    tensor = tf.cast(tensor, tf.float32)
    return tf.transpose(tensor, (0, 2, 3, 1)) if site.axis == 1 else tensor
