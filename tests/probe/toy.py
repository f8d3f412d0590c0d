"""A network of no library, its front end and its runtime: plain NumPy, with one SE block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from se_viz.nets.network import Network
from se_viz.pictures import Preprocessing
from se_viz.probe.edit import Edit
from se_viz.probe.frontends import catalogue as frontends
from se_viz.probe.frontends.base import Frontend
from se_viz.probe.gates.sites import Site
from se_viz.probe.graph import Graph, Node, Slot
from se_viz.probe.kinds import IDENTICAL, Function, Kind
from se_viz.probe.probe import Probe
from se_viz.probe.runtimes import catalogue as runtimes
from se_viz.probe.runtimes.base import Available, Inside, Job, Tensors

SIZE, CLASSES = 8, ("a", "b", "c")
LIBRARY = __name__.partition(".")[0]
FRONTEND = Frontend(LIBRARY, __name__)
RUNTIME = Available("NumPy", LIBRARY, __name__)


@dataclass(frozen=True, eq=False)
class Model:
    """s = sigmoid(W2 relu(W1 z)) of the picture itself, then the mean of s * U."""

    w1: np.ndarray = field(default_factory=lambda: np.array([[1.0], [-0.5], [0.25]], "float32"))
    w2: np.ndarray = field(default_factory=lambda: np.array([[1.0, -2.0, 3.0]], "float32"))

    def gates(self, z: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-np.maximum(z @ self.w1, 0) @ self.w2))


@dataclass(frozen=True, eq=False)
class Program:
    """See `frontends.base.Program`."""

    model: Model
    graph: Graph
    library: str = LIBRARY

    def values(self, wanted: Sequence[Slot], pictures: np.ndarray) -> Mapping[Slot, np.ndarray]:
        if list(wanted) != ["u"]:
            raise ValueError("nothing stands before the block")
        return {"u": pictures}


def read(model: Model, result: int | None) -> Program:
    nodes = (
        pool("u", "z", "pool", keepdims=True),
        dense("z", "bottleneck", model.w1, Function("relu")),
        dense("bottleneck", "s", model.w2, Function("sigmoid")),
        Node(Kind.MULTIPLY, ("u", "s"), ("x",), ((None, SIZE, SIZE, 3),), "scale"),
        pool("x", "logits", "mean", keepdims=False),
    )
    shapes = {"u": (None, SIZE, SIZE, 3)}
    shapes |= {slot: shape for n in nodes for slot, shape in zip(n.outputs, n.shapes, strict=True)}
    return Program(model, Graph(("u",), None if result is None else "logits", nodes, shapes))


def pool(source: str, slot: str, path: str, keepdims: bool) -> Node:
    shape = (None, 1, 1, 3) if keepdims else (None, 3)
    facts = {"axes": (1, 2), "keepdims": keepdims, "alike": True}
    return Node(Kind.MEAN, (source,), (slot,), (shape,), path, facts)


def dense(source: str, slot: str, kernel: np.ndarray, function: Function = IDENTICAL) -> Node:
    facts = {"kernel": lambda: kernel, "bias": None, "axis": 3, "function": function}
    facts |= {"widths": kernel.shape}
    shape = (None, 1, 1, kernel.shape[1])
    return Node(Kind.DENSE, (source,), (slot,), (shape,), f"fc_{slot}", facts, learned=True)


@dataclass(frozen=True, eq=False)
class NumPyRuntime:
    """See `Runtime`."""

    title, precision = "NumPy", "float32"

    model: Model
    preprocessing: Preprocessing
    graph: Graph

    def forward(self, model_inputs: np.ndarray) -> Tensors:
        u = self._pixels(model_inputs)
        return self._passed(u, self.model.gates(u.mean((1, 2))))

    def bare(self, model_inputs: np.ndarray) -> np.ndarray:
        return self.forward(model_inputs).outputs

    def outputs(self, model_inputs: np.ndarray) -> np.ndarray:
        return self.forward(model_inputs).outputs

    def edited(self, model_inputs: np.ndarray, edit: Edit) -> Tensors:
        u = self._pixels(model_inputs)
        own = self.model.gates(u.mean((1, 2)))
        return self._passed(u, edit.keep * np.take_along_axis(own, edit.take, 1) + edit.add)

    def swept(
        self, model_inputs: np.ndarray, edits: Edit, rows: np.ndarray, joins: Mapping[Slot, int]
    ) -> np.ndarray:
        each = (Edit(edits.keep[row], edits.add[row], edits.take[row]) for row in rows)
        return np.stack([self.edited(model_inputs, edit).outputs for edit in each])

    def inside(self, model_inputs: np.ndarray, site: Site) -> Inside:
        u, seen = self._pixels(model_inputs), self.forward(model_inputs)
        (s,) = seen.gates
        return Inside(u, *seen.squeezes, s, u * s[:, None, None])

    def _pixels(self, model_inputs: np.ndarray) -> np.ndarray:
        mean, std = (
            np.array(n, np.float32) for n in (self.preprocessing.mean, self.preprocessing.std)
        )
        return (model_inputs / np.float32(255) - mean) / std

    def _passed(self, u: np.ndarray, s: np.ndarray) -> Tensors:
        outputs = (u * s[:, None, None]).mean((1, 2))
        return Tensors(outputs, (s.astype(np.float32),), (u.mean((1, 2)),))


def start(job: Job) -> NumPyRuntime:
    assert isinstance(job.program, Program)
    return NumPyRuntime(job.program.model, job.network.preprocessing, job.graph)


def probe(batch: int = 2) -> Probe:
    """Of the network, once its front end and its runtime are in the lists."""
    network = Network("toy", "Toy", Model(), Preprocessing(size=SIZE), CLASSES, "f" * 64)
    return Probe(network, batch)


def main() -> None:
    """Everything at once, where no other library can be loaded."""
    from se_viz.probe.check import identity, self_check

    frontends.FRONTENDS.append(FRONTEND)
    runtimes.RUNTIMES.append(RUNTIME)
    model_inputs = np.random.default_rng(0).integers(0, 256, (3, SIZE, SIZE, 3), np.uint8)
    print(self_check(probe(), model_inputs).passed, identity(probe(), model_inputs).same)
