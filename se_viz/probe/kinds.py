"""What nodes of a graph do, as far as anything is told by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Function:
    """A function of each number by itself.

    Attributes:
        name: one that `formulas.formula` knows; any other where it is not `known`.
        parameters: of it; arrays hold one number, or one for each channel.
    """

    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    known: bool = True


IDENTICAL = Function("linear")
"""Hands on what it gets."""


class Kind(StrEnum):
    """What a node does; behind each, the attributes that it has.

    Axes are counted with N, from 0; arrays may be given as what makes them, see `graph.Array`.
    """

    # Of several tensors number by number, axes aligned at their ends; or of one and a `constant`
    # (1,) or (C,), which stands before it if `first`.
    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    AVERAGE = "average"

    # Of each number by itself.
    FUNCTION = "function"  # function: Function
    IDENTITY = "identity"  # hands on what it gets, in inference
    LOGARITHM = "log"
    SQUARE_ROOT = "sqrt"
    SQUARE = "square"
    ABSOLUTE = "absolute"

    # Of all numbers along an axis.
    SOFTMAX = "softmax"  # axis, one or several, as given: -1 is the last
    LOG_SOFTMAX = "log_softmax"  # axis
    SPARSEMAX = "sparsemax"  # axis
    DIVIDE_BY_NORM = "divide_by_norm"  # axis, order

    # By weights.
    DENSE = "dense"  # kernel (in, out), bias (out,) or None, widths (in, out), axis, function after
    WEIGHTED = "weighted"  # by weights of any other form; function after
    MATMUL = "matmul"  # constant behind the tensor, None where there is none

    # Over positions.
    MEAN = "mean"  # axes, keepdims, alike: whether all count alike
    SUM = "sum"  # axes, keepdims, alike
    LARGEST = "largest"  # axes, keepdims
    SMALLEST = "smallest"  # axes, keepdims
    POOL = "pool"  # mean over windows; axes, window, () where that depends on the picture
    EINSUM = "einsum"  # subscripts

    # Moves numbers and computes nothing.
    RESHAPE = "reshape"
    TRANSPOSE = "transpose"  # order: which axis comes to stand where
    INDEX = "index"  # key, a tuple of numbers, slices, None and Ellipsis
    SPLIT = "split"  # axis
    CONCATENATE = "concatenate"  # axis
    STACK = "stack"  # axis, of its own
    SPREAD = "spread"  # repeats what it gets along some axes
    FILLED = "filled"  # number: stands everywhere in a tensor shaped like its input

    OPAQUE = "opaque"  # a class of its own that holds layers, used nobody knows how
    OTHER = "other"
