"""Functions compiled once, for one signature, whose memory comes back when they are dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import tensorflow as tf

from se_viz.compat.tensorflow import forget_gradients

MOST = 8
"""Functions that a network keeps compiled, those that were used last."""


@contextmanager
def plain_names(operations: Iterable[Any]) -> Iterator[None]:
    """Give operations names that TensorFlow takes for scopes of a graph, for as long as a function
    is compiled: in Keras a name may be `größe` or `my layer`, and without a graph it runs."""
    strange = {id(each): each for each in operations if not _PLAIN.fullmatch(each.name)}
    names = [each.name for each in strange.values()]
    try:
        for number, operation in enumerate(strange.values(), 1):
            operation.name = f"operation_{number}"
        yield
    finally:
        for operation, name in zip(strange.values(), names, strict=True):
            operation.name = name


_PLAIN = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_.>-]*")


def compile_once(function: Callable, *signature: tf.TensorSpec) -> Callable[..., Any]:
    """The function for inputs of these shapes and types alone; compiles at once.

    Python is taken as it stands, as in Keras: rewriting it (AutoGraph) takes a third of the time,
    and no layer needs it.
    """
    compiled = tf.function(function, input_signature=signature, autograph=False)
    concrete = compiled.get_concrete_function()
    forget_gradients(concrete.graph)
    return concrete
