"""Small networks in ONNX with one SE block, as exporters write them, made by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

CHANNELS, WIDTH, SIZE, CLASSES = 8, 2, 16, 3


class Writer:
    """Writes nodes one after another; each function gives the name of what comes out."""

    def __init__(self) -> None:
        self.nodes: list = []
        self.numbers: list = []
        self.random = np.random.default_rng(0)

    def op(self, kind: str, *given: str, **attributes) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(given), [name], name, **attributes))
        return name

    def array(self, values) -> str:
        name = f"array_{len(self.numbers)}"
        self.numbers.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def weights(self, *shape: int) -> str:
        return self.array(self.random.normal(0, 0.7, shape).astype(np.float32))


def dense(w: Writer, z: str) -> str:
    """PyTorch's Linear: `Gemm` with its matrix turned and a bias."""
    flat = w.op("Flatten", z)
    hidden = w.op(
        "Relu", w.op("Gemm", flat, w.weights(WIDTH, CHANNELS), w.weights(WIDTH), transB=1)
    )
    return w.op("Gemm", hidden, w.weights(CHANNELS, WIDTH), w.weights(CHANNELS), transB=1)


def matmul(w: Writer, z: str) -> str:
    """Keras's Dense: `MatMul` and `Add`."""
    flat = w.op("Reshape", z, w.array(np.array([-1, CHANNELS])))
    hidden = w.op("Relu", w.op("MatMul", flat, w.weights(CHANNELS, WIDTH)))
    return w.op("Add", w.op("MatMul", hidden, w.weights(WIDTH, CHANNELS)), w.weights(CHANNELS))


def convolution(w: Writer, z: str) -> str:
    """timm's: convolutions of one position."""
    hidden = w.op("Relu", w.op("Conv", z, w.weights(WIDTH, CHANNELS, 1, 1), w.weights(WIDTH)))
    return w.op("Conv", hidden, w.weights(CHANNELS, WIDTH, 1, 1), w.weights(CHANNELS))


def pooled(w: Writer, u: str) -> str:
    return w.op("GlobalAveragePool", u)


def averaged(w: Writer, u: str) -> str:
    return w.op("AveragePool", u, kernel_shape=[SIZE // 2, SIZE // 2])


def reduced(w: Writer, u: str) -> str:
    return w.op("ReduceMean", u, axes=[2, 3], keepdims=1)


def sigmoid(w: Writer, x: str) -> str:
    return w.op("Sigmoid", x)


def hard(w: Writer, x: str) -> str:
    return w.op("HardSigmoid", x, alpha=1 / 6, beta=0.5)


def clipped(w: Writer, x: str) -> str:
    """relu6(x + 3) / 6, as exporters of before `HardSwish` wrote it."""
    more = w.op("Add", x, w.array(np.float32(3)))
    ends = w.array(np.float32(0)), w.array(np.float32(6))
    return w.op("Div", w.op("Clip", more, *ends), w.array(np.float32(6)))


def model(
    excite: Callable = dense,
    squeeze: Callable = pooled,
    gate: Callable = sigmoid,
    opset: int = 13,
    batch: int | str = "n",
) -> onnx.ModelProto:
    """Convolution, SE block, mean, and a `Gemm` to three classes."""
    w = Writer()
    u = w.op("Relu", w.op("Conv", "x", w.weights(CHANNELS, 3, 2, 2), strides=[2, 2]))
    s = gate(w, excite(w, squeeze(w, u)))
    if excite is not convolution:
        s = w.op("Reshape", s, w.array(np.array([-1, CHANNELS, 1, 1])))
    x = w.op("Mul", u, s)
    flat = w.op("Flatten", w.op("GlobalAveragePool", x))
    logits = w.op("Gemm", flat, w.weights(CLASSES, CHANNELS), transB=1)
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [batch, 3, SIZE, SIZE])
    made = helper.make_tensor_value_info(logits, TensorProto.FLOAT, [batch, CLASSES])
    graph = helper.make_graph(w.nodes, "small", [given], [made], w.numbers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
